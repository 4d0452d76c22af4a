"""`duly officer reset`: an officer who lost all they came in by, where no other officer can reset it."""

import argparse


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("officer", help="let an officer in anew who lost what they log in by")
    verbs = parser.add_subparsers(title="what to do", metavar="VERB", required=True)
    reset = verbs.add_parser("reset", help="take all of it away, and print an invitation")
    reset.add_argument("who", help="their login, their name, or the office that they alone hold")
    reset.add_argument(
        "--reason", required=True, help="how you know who asks, and what was lost; it is a fact"
    )
    reset.set_defaults(run=run_reset)


def run_reset(arguments: argparse.Namespace) -> int:
    from duly_server.cli.office import complain, open_ready_office, say  # noqa: PLC0415 -- only an office's

    open_ready_office()
    from django.conf import settings  # noqa: PLC0415 -- after setup

    from duly.vocabulary import Refused  # noqa: PLC0415 -- the same
    from duly_server.gateways.clock import Clock  # noqa: PLC0415 -- the same
    from duly_server.services import invitations, resetting  # noqa: PLC0415 -- the same

    today, at = Clock(settings.DULY_ZONE, day_file=settings.DULY_DAY_FILE).read()
    done = resetting.reset_on_the_machine(arguments.who, reason=arguments.reason, on=today, at=at)
    if isinstance(done, Refused):
        return complain(done.problems)
    say(f"Nothing that {done.name} came in by opens anything any more. They come in anew, once within seven")
    say("days, by this address. Give it to them and to nobody else:")
    say(f"    {invitations.link(settings.DULY_ADDRESS, done.token or '')}")
    return 0
