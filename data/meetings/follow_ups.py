"""Who does what by when: asked for in a meeting or between two, carried on until it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor, Object
from data.plans.evidence import LINK
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import follow_up, post
from data.records.writing import Row


@dataclass(frozen=True)
class FollowUp:
    """What is asked for, of which post and by when; `evidence` is what shall show it."""

    place: str
    what: str
    owner: int
    due: date
    evidence: str | None = None
    meeting: int | None = None
    item: int | None = None
    goal: str | None = None
    node: int | None = None


def ask(records: Records, actor: Actor, told: FollowUp, day: date, at: datetime | None = None) -> int:
    """Write a follow-up down on a day; returns its id. Raises Refused where it says nothing or is due before the day, NotAllowed, Gone."""
    problems = []
    if not told.what.strip():
        problems.append(Problem(N_("it does not say what is to be done"), N_("write it in one sentence"), column="what"))
    if told.due < day:
        problems.append(Problem(N_("it is due on {due}, before today"), N_("choose a day to come"), column="due", values={"due": told.due}))
    if problems:
        raise Refused(problems)
    with records.write(actor, at) as write:
        write.doing("ask_follow_up", Object("follow_up"))
        area = write.row(post, told.owner)["area"]
        values = {**vars(told), "what": told.what.strip()}
        return write.insert(
            follow_up, **values, area=area, first_due=told.due, state="open", made_by=actor.person, made_on=day
        )  # fmt: skip


def done(
    records: Records,
    actor: Actor,
    follow_up_id: int,
    version: int,
    day: date,
    shown: str,
    link: str | None = None,
    at: datetime | None = None,
) -> int:
    """It was done on a day, and this shows it; returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    if not shown.strip():
        raise Refused([Problem(N_("it does not say what was done"), N_("write what shows that it was kept"), column="shown")])
    changes = {"state": "done", "done_on": day, "shown": shown.strip(), "link": _address(link)}
    return _settle(records, actor, follow_up_id, version, at, "do_follow_up", _requires_a_day_gone_by(day), **changes)


def drop(records: Records, actor: Actor, follow_up_id: int, version: int, why: str, at: datetime | None = None) -> int:
    """Nobody does it any more, with the reason; returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    if not why.strip():
        raise Refused([Problem(N_("a follow-up is dropped with a reason"), N_("write it"), column="dropped")])
    return _settle(records, actor, follow_up_id, version, at, "ask_follow_up", state="dropped", dropped=why.strip())


def postpone(records: Records, actor: Actor, follow_up_id: int, version: int, due: date, at: datetime | None = None) -> int:
    """Another day; the first one is kept, and it is by that one that the promise was kept or not.

    Raises Refused, NotAllowed, Stale, Gone.
    """
    return _settle(records, actor, follow_up_id, version, at, "ask_follow_up", _requires_another(due), due=due)


def open_again(records: Records, actor: Actor, follow_up_id: int, version: int, at: datetime | None = None) -> int:
    """It was not done or dropped after all: whoever may do the one may take it back; returns the new version.

    Raises Refused where it is open, NotAllowed, Stale, Gone.
    """
    with records.write(actor, at) as write:
        row = write.row(follow_up, follow_up_id)
        write.doing("do_follow_up" if row["state"] == "done" else "ask_follow_up", about(row))
        if row["version"] == version and row["state"] == "open":
            raise Refused([Problem(N_("it is open already"), N_("look at it as it stands now"))])
        emptied = dict.fromkeys(("done_on", "shown", "link", "dropped"))
        return write.update(follow_up, follow_up_id, version, state="open", **emptied)


def follow_ups(records: Records, place: str) -> list[Mapping[str, Any]]:
    """Every follow-up of a place, those that are due first at the top: the columns of `follow_up`."""
    with records.read() as connection:
        query = select(follow_up).where(follow_up.c.place == place).order_by(follow_up.c.due, follow_up.c.id)
        return [dict(row) for row in connection.execute(query).mappings()]


def about(row: Row | Mapping[str, Any]) -> Object:
    """Whom a follow-up binds: what data.access is asked."""
    return Object("follow_up", row["area"], row["owner"])


Require = Callable[[Row, date], None]
"""Given the row as it stands and the day of the change; raises Refused."""


def _requires_open(row: Row, _today: date) -> None:
    if row["state"] != "open":
        raise Refused([Problem(N_("it is done or dropped already"), N_("open it again first"))])


def _requires_a_day_gone_by(day: date) -> Require:
    def require(row: Row, today: date) -> None:
        _requires_open(row, today)
        if day > today:
            raise Refused([Problem(N_("it was done on {day}, which is to come"), N_("correct the day"), column="day", values={"day": day})])

    return require


def _requires_another(due: date) -> Require:
    def require(row: Row, today: date) -> None:
        _requires_open(row, today)
        if due < row["made_on"]:
            values = {"due": due, "made": row["made_on"]}
            problem = Problem(N_("{due} lies before {made}, when it was asked for"), N_("choose a later day"), column="due", values=values)
            raise Refused([problem])

    return require


def _address(link: str | None) -> str | None:
    """Raises Refused where a link is none."""
    told = (link or "").strip()
    if told and not LINK.fullmatch(told):
        problem = Problem(N_("{found} is not a link"), N_("copy the whole address, beginning with https://"), column="link")
        raise Refused([replace(problem, values={"found": told})])
    return told or None


def _settle(
    records: Records,
    actor: Actor,
    follow_up_id: int,
    version: int,
    at: datetime | None,
    asks: str,
    require: Require = _requires_open,
    **changes: Any,
) -> int:
    """Change it where the row lets it be changed so; whoever was slower than somebody else is told that first."""
    with records.write(actor, at) as write:
        row = write.row(follow_up, follow_up_id)
        write.doing(asks, about(row))
        if row["version"] == version:
            require(row, write.at.astimezone().date())
        return write.update(follow_up, follow_up_id, version, **changes)
