"""The one command: duly."""


def main() -> None:
    """Entry point of the console script."""
    raise SystemExit(2)
