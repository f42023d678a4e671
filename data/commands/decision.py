"""What every command that changes a plan asks about the decision that says so."""

import argparse
from datetime import date

from data.command_line import day
from data.plans.deciding import Decision
from data.plans.vocabulary import REASONS
from data.problems import N_, Problem, Refused


def add(parser: argparse.ArgumentParser, why: str, *, needed: bool = False) -> None:
    """Its options; `why` helps with the first of them, which may be `needed`."""
    parser.add_argument("--why", metavar="WORDS", required=needed, help=why)
    parser.add_argument("--reason", choices=REASONS, help="the kind of reason; without it, other")
    parser.add_argument("--decided", metavar="TITLE", help="the decision that says so; without it, the reason is its title")
    parser.add_argument("--day", metavar="DAY", type=day, help="the day of the decision; without it, today")


def asked(told: argparse.Namespace) -> bool:
    """Whether anything of a decision was said."""
    return any(value is not None for value in (told.why, told.reason, told.decided, told.day))


def decision(told: argparse.Namespace, plan_id: int, today: date) -> Decision:
    """The decision about a plan. Raises Refused where it has no reason."""
    if not told.why:
        raise Refused([Problem(N_("a plan is changed by a decision, and a decision has a reason"), N_("say it with --why"), key="--why")])
    return Decision(plan_id, told.day or today, told.decided or told.why, told.reason or "other", told.why)
