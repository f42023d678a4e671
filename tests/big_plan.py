"""A plan of 5,000 actions and 30,000 milestones in records of their own, drawn by rule, with evidence, money and months of reports."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from data import people
from data.access import Actor, Role
from data.plans.adopting import PLAN, adopt
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.records import database
from data.records.records import Records
from data.records.schema import bring_up_to_date
from data.records.tables import evidence, progress

DAY = date(2026, 6, 30)
STARTS, ENDS = date(2025, 1, 1), date(2028, 12, 31)
TAKEN_IN, WRITTEN = datetime(2025, 1, 1, 9, tzinfo=UTC), datetime(2026, 6, 5, 9, tzinfo=UTC)
"""When the plan was taken in, and when its evidence and reports were written down: before the end of DAY."""
FAN = (5, 5, 4, 5, 10)
"""Axes, lines of each, objectives, programmes, actions: 5 * 5 * 4 * 5 * 10 = 5,000."""
MILESTONES = 6
STATUSES = ("started", "started", "not_started", "completed", "suspended", "started", "started", "cancelled")


def document(fan: tuple[int, ...] = FAN) -> PlanDocument:
    """The plan, parents before children."""
    names = ("Axis", "Line", "Objective", "Programme", "Action")[-len(fan) :]
    levels = tuple({"one": name, "many": f"{name}s"} for name in names)
    return PlanDocument(key="big", name="Big plan", place="city", levels=levels, nodes=tuple(_nodes(fan)), starts=STARTS, ends=ENDS)


def new_records(folder: Path) -> Records:
    """New records in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = database.engine(f"sqlite:///{folder / database.NAME}")
    bring_up_to_date(engine, folder)
    return Records(engine, folder)


def big_plan(made: Records, fan: tuple[int, ...] = FAN, months: int = 0) -> int:
    """Write the plan in empty records, with evidence for two milestones of three and so many monthly reports of each action; its id."""
    writer = office(made)
    told = document(fan)
    plan = adopt(made, writer, told, TAKEN_IN)
    actions = [entry for entry in told.nodes if entry.milestones]
    first = len(told.nodes) - len(actions) + 1  # ids are given level by level
    with made.write(writer, WRITTEN) as write:
        write.doing("import_plan", PLAN)
        write.insert_all(evidence, list(_evidence(len(actions), writer.person)))
        write.insert_all(progress, list(_reports(actions, first, months, writer.person)))
    return plan


def office(made: Records) -> Actor:
    """Somebody of the data office, who may import a plan."""
    roles = (Role("office"),)
    return Actor(people.add_person(made, people.PROGRAM, "Office", roles=roles), "Office", frozenset(roles))


def _nodes(fan: tuple[int, ...], above: str | None = None, level: int = 0) -> Iterator[NodeEntry]:
    for number in range(fan[level]):
        key = f"{number}" if above is None else f"{above}.{number}"
        if level < len(fan) - 1:
            yield NodeEntry(key=key, name=f"Part {key}", level=level, parent=above, fields={"area": f"area_{number}"})
            yield from _nodes(fan, key, level + 1)
        else:
            yield _action(key, above, level)


def _action(key: str, above: str | None, level: int) -> NodeEntry:
    luck = sum(int(part) * (place + 3) for place, part in enumerate(key.split(".")))
    starts = STARTS + timedelta(days=luck % 400)
    fields = {
        "area": f"area_{luck % 12}",
        "status": STATUSES[luck % len(STATUSES)], "declared": None if luck % 11 == 0 else float(luck * 7 % 101),
        "starts": starts, "ends": starts + timedelta(days=300 + luck % 500), "place": f"district_{luck % 9}", "ladder": "build",
        "description": f"What is done in {key}, said in a sentence of ordinary length.",
    }  # fmt: skip
    share = 100 / MILESTONES
    steps = tuple(
        MilestoneEntry(name=f"Step {step}", share=share, stage=f"stage_{step}", due=starts + timedelta(days=60 * step + 50))
        for step in range(MILESTONES)
    )
    phases = {"initial": 1000.0 + luck, "committed": 600.0, "accrued": 500.0, "paid": 400.0 + luck % 300}
    return NodeEntry(key=key, name=f"Action {key}", level=level, parent=above, fields=fields, milestones=steps,
                     lines=(LineEntry(code=key, currency="EUR", phases=phases, year=2026),))  # fmt: skip


def _evidence(actions: int, who: int) -> Iterator[dict[str, Any]]:
    """Of two milestones of three; half of it accepted, the rest waits."""
    for milestone in range(1, actions * MILESTONES + 1):
        if milestone % 3:
            told = {"milestone": milestone, "title": "Record", "link": "https://example.org/record", "brought_by": who}
            brought = datetime(2026, 3, 1 + milestone % 28, 9, tzinfo=UTC)
            judged = (
                {"state": "awaiting"}
                if milestone % 2
                else {"state": "accepted", "judged_by": who, "judged_at": brought + timedelta(days=4)}
            )
            yield {**told, "brought_at": brought, **judged}


def _reports(actions: Sequence[NodeEntry], first: int, months: int, who: int) -> Iterator[dict[str, Any]]:
    """Of every action, month by month up to the day's, when it declares what the node now says."""
    for number in range(1, months + 1):
        month = DAY.year * 12 + DAY.month - 1 - (months - number)
        at = datetime(month // 12, month % 12 + 1, 5, tzinfo=UTC)
        for place, action in enumerate(actions):
            now = action.fields["declared"]
            now, was = (None, None) if now is None else (now * number / months, now * (number - 1) / months)
            status = action.fields["status"] if number == months else "started"
            told = {"declared": now, "status": status, "was_declared": was, "was_status": "started"}
            yield {"node": first + place, "at": at, "day": at.date(), "person": who, **told}
