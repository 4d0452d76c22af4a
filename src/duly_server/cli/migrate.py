"""`duly migrate`: the tables brought up to this version; what takes away from them waits for --contract."""

import argparse


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("migrate", help="bring the tables up to this version of Duly")
    parser.add_argument(
        "--contract",
        action="store_true",
        help="also take away what only older versions used: when none of them runs any more",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import complain, open_office, say  # noqa: PLC0415 -- only where an office is

    open_office()
    from duly_server.store import tables  # noqa: PLC0415 -- after setup

    with tables.as_owner() as against:
        if against:
            return complain(against)
        found = tables.bring_up(contract=arguments.contract)
    if not isinstance(found, tuple):
        return complain([found])
    done, waiting = found
    say(f"{done} changes were made to the tables." if done != 1 else "One change was made to the tables.")
    if waiting:
        say(f"{waiting} more take away what older versions use: run duly migrate --contract when none runs.")
    return 0
