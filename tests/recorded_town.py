"""A town of four areas with people of every role and a small plan, written with the verbs, for tests of the records."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from data.access import Actor, Role
from data.home import Home
from data.people import PROGRAM, actor, add_person, add_post, take_post
from data.plans.adopting import adopt
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.records import records as opened
from data.records.database import WRITES
from data.records.records import Records
from data.records.tables import AUDITED, audit, evidence, milestone, node

DAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
PDF = b"%PDF-1.7 a handover record"
LEVELS = ({"one": "Axis", "many": "Axes"}, {"one": "Action", "many": "Actions"})
WHO = {
    "office": (Role("office"),),
    "mayor": (Role("mayor"),),
    "consultant": (Role("consultant"),),
    "water": (Role("editor", "water"),),
    "parks": (Role("editor", "parks"),),
    "reviewer": (Role("reviewer", "audit"),),
    "nobody": (),
}
"""People by the name that tests call them by, and what they may do."""


@dataclass(frozen=True)
class Town:
    """Ids by short names: people as actors, `nodes` by their key, `steps` the milestones of `pipes`."""

    records: Records
    who: dict[str, Actor]
    post: int
    plan: int
    nodes: dict[str, int]
    steps: list[int]


@contextmanager
def records_of(folder: Path) -> Iterator[Records]:
    """The records of a home in that folder, let go of at the end."""
    found = opened.records(Home(folder))
    try:
        yield found
    finally:
        found.engine.dispose()
        opened._records.cache_clear()


@dataclass(frozen=True)
class Built:
    """The town as it lies in a folder, and where it lies on PostgreSQL in a database: written once, and copied for each who asks."""

    folder: Path
    town: Town
    database: str = ""

    def lay(self, folder: Path) -> None:
        """What is kept beside the database, or with it: the key of the chain and its end."""
        shutil.copytree(self.folder, folder)

    def of(self, records: Records) -> Town:
        """Its ids and people, in records that were opened where it was laid."""
        return replace(self.town, records=records)


def built(folder: Path, database: str = "") -> Built:
    """Written with the verbs, where the environment says that records are."""
    with records_of(folder) as records:
        return Built(folder, town(records), database)


def document(key: str = "mandate") -> PlanDocument:
    """An axis of two actions: of water, with milestones and money, and of parks."""
    steps = (MilestoneEntry(name="Designed", share=40.0, due=date(2026, 3, 1)), MilestoneEntry(name="Built", share=60.0))
    lines = (LineEntry(code="32.A", currency="EUR", phases={"initial": 1000.0, "committed": 400.0}, year=2026),)
    return PlanDocument(
        key=key, name={"es": "Plan de mandato", "en": "Mandate plan"}, place="aurora", levels=LEVELS,
        nodes=(
            NodeEntry(key="1", name="A city that lasts", level=0),
            NodeEntry(key="pipes", name={"es": "Tuberías", "en": "Pipes"}, level=1, parent="1", milestones=steps, lines=lines,
                      fields={"area": "water", "starts": date(2026, 1, 1), "ends": date(2026, 12, 31), "beneficiaries": 5000.0}),
            NodeEntry(key="trees", name="Trees", level=1, parent="1", fields={"area": "parks", "declared": 10.0, "status": "started"}),
        ),
    )  # fmt: skip


def town(records: Records) -> Town:
    """The town in new records."""
    ids = {name: add_person(records, PROGRAM, name, f"{name}@aurora.example", roles) for name, roles in WHO.items()}
    office = actor(records, ids["office"], DAY)
    post = add_post(records, office, {"es": "Dirección de aguas", "en": "Head of water"}, "water")
    take_post(records, office, post, ids["water"], date(2025, 1, 1))
    plan = adopt(records, office, document(), AT)
    with records.read() as connection:
        nodes = {row.key: row.id for row in connection.execute(select(node.c.key, node.c.id))}
        steps = connection.execute(select(milestone.c.id).order_by(milestone.c.position)).scalars().all()
    return Town(records, {name: actor(records, number, DAY) for name, number in ids.items()}, post, plan, nodes, list(steps))


def row(records: Records, table: Any, row_id: int) -> dict[str, Any]:
    """A row as it stands."""
    with records.read() as connection:
        return dict(connection.execute(select(table).where(table.c.id == row_id)).mappings().one())


def last_evidence(records: Records) -> int:
    with records.read() as connection:
        return connection.execute(select(func.max(evidence.c.id))).scalar_one()


def everything(records: Records) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to see that nothing was written."""
    with records.read() as connection:
        asked = {table.name: select(table).order_by(*table.primary_key) for table in (*AUDITED, audit)}
        return {name: [tuple(row) for row in connection.execute(query)] for name, query in asked.items()}


def refused(place: Town, error: type[Exception], verb: Any, *given: Any, **named: Any) -> Any:
    """That a verb raises, and writes nothing; returns what it raised."""
    before = everything(place.records)
    with pytest.raises(error) as found:
        verb(place.records, *given, **named)
    assert everything(place.records) == before
    return found.value


@contextmanager
def past_the_verbs(records: Records) -> Iterator[Connection]:
    """A connection that writes what it likes, as somebody does who has the database and not the program."""
    with records.engine.connect().execution_options(**WRITES) as connection, connection.begin():
        yield connection
