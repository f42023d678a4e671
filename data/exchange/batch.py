"""Several files at once: each is received or refused by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from data.access import Actor
from data.exchange.month_file import MonthFile, opened
from data.exchange.receiving import Done, receive
from data.exchange.signing import same_fingerprint
from data.exchange.trusting import trust
from data.problems import N_, Problem, Refused
from data.records.records import Records

NO_SUCH = N_("no file here is signed by the key {fingerprint}")
READ_AGAIN = N_("compare it again with the city's; each file's own is said beside it")


@dataclass(frozen=True)
class Outcome:
    """What became of a file: `told` where it could be read, `done` where it was received; else the problem."""

    name: str
    told: MonthFile | None = None
    done: Done | None = None
    problem: Problem | None = None


def receive_all(records: Records, actor: Actor, files: Iterable[tuple[str, bytes]], compared: Sequence[str] = ()) -> list[Outcome]:
    """Receive files, by name and content, in their order; `compared` are fingerprints of keys to trust first.

    Raises NotAllowed, and NotPossibleNow where the records cannot be reached: what was received before that stays.
    """
    return [_received(records, actor, name, found, compared) for name, found in files]


def unknown_fingerprints(outcomes: Iterable[Outcome], compared: Iterable[str]) -> list[Problem]:
    """One for each fingerprint that somebody compared and that is of no file."""
    known = [each.told.fingerprint for each in outcomes if each.told]
    wrong = [each for each in compared if not any(same_fingerprint(each, one) for one in known)]
    return [Problem(NO_SUCH, READ_AGAIN, key="--trust", values={"fingerprint": each}) for each in wrong]


def _received(records: Records, actor: Actor, name: str, found: bytes, compared: Sequence[str]) -> Outcome:
    outcome = Outcome(name)
    try:
        told = opened(found, name)
        outcome = Outcome(name, told)
        fitting = next((each for each in compared if same_fingerprint(each, told.fingerprint)), None)
        if fitting is not None:
            trust(records, actor, told, fitting)
        return replace(outcome, done=receive(records, actor, told))
    except Refused as refused:
        return replace(outcome, problem=refused.problems[0])
