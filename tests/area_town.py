"""A small plan in the records of a home: two areas that share a line, with what is owed, proved, returned and stopped."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data.access import Actor, Role
from data.home import Home
from data.people import PROGRAM, actor, add_person, add_post, take_post
from data.plans.adopting import adopt
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.plans.evidence import bring_link, judge
from data.plans.outcomes import Outcome, record_outcome
from data.plans.reporting import Report, report
from data.records.records import Records, records
from data.records.tables import milestone, node

DAY = date(2026, 7, 15)
"""The review day of the small city's last month."""
BEGAN, ENDS = date(2025, 1, 1), date(2028, 12, 31)
NAMES = {
    "1": {"es": "Barrios", "en": "Neighbourhoods"},
    "1.1": {"es": "Reformar el mercado", "en": "Renovate the market"},
    "1.2": {"es": "Alumbrar el parque", "en": "Light the park"},
    "1.3": {"es": "Policía de barrio", "en": "Neighbourhood police"},
    "1.4": {"es": "Ordenanza de terrazas", "en": "By-law on terraces"},
    "1.5": '<img src=x onerror=alert(1)> & "quotes" **bold**',
}


@dataclass(frozen=True)
class Town:
    """What tests ask for by name: ids of people by role, and of nodes by key."""

    records: Records
    plan: int
    people: dict[str, int]
    nodes: dict[str, int]

    def actor(self, name: str) -> Actor:
        return actor(self.records, self.people[name], DAY)

    def row(self, key: str) -> dict[str, Any]:
        with self.records.read() as connection:
            found = connection.execute(node.select().where(node.c.id == self.nodes[key])).mappings().one()
        return dict(found)


def build(home: Home) -> Town:
    """Write it; `police` owns 1.1, 1.2, 1.4 and 1.5, `hall` owns 1.3. The editor is of `police`, the reviewer of `hall`."""
    held = records(home)
    people = {
        "editor": add_person(held, PROGRAM, "Elena Editora", roles=(Role("editor", "police"),)),
        "reviewer": add_person(held, PROGRAM, "Rosa Revisora", roles=(Role("reviewer"), Role("editor", "hall"))),
        "office": add_person(held, PROGRAM, "Olga Oficina", roles=(Role("office"),)),
        "mayor": add_person(held, PROGRAM, "Marta Alcaldesa", roles=(Role("mayor"),)),
    }
    head = add_post(held, PROGRAM, {"es": "Jefatura de Seguridad", "en": "Head of Security"}, "police")
    add_post(held, PROGRAM, {"es": "Enlace de Seguridad", "en": "Security liaison"}, "police")
    take_post(held, PROGRAM, head, people["editor"], BEGAN)
    plan = adopt(held, actor(held, people["office"], DAY), _document(head), _at(2025, 1, 2))
    with held.read() as connection:
        nodes = {row.key: row.id for row in connection.execute(node.select())}
        steps = {(row.node, row.position): row.id for row in connection.execute(milestone.select())}
    town = Town(held, plan, people, nodes)
    _story(town, {(key, position): steps[nodes[key], position] for key in ("1.1", "1.2") for position in range(2)}, head)
    return town


def _story(town: Town, steps: dict[tuple[str, int], int], head: int) -> None:
    editor, reviewer = town.actor("editor"), town.actor("reviewer")
    report(town.records, editor, Report(town.nodes["1.1"], 1, date(2026, 7, 1), 60.0, "started", "Walls up"), _at(2026, 7, 1))
    report(town.records, editor, Report(town.nodes["1.2"], 1, date(2026, 3, 1), 30.0, "started"), _at(2026, 3, 1))
    stopped = Report(town.nodes["1.4"], 1, date(2026, 2, 1), 10.0, "suspended", reason="Appeal in court")
    report(town.records, editor, stopped, _at(2026, 2, 1))
    first = bring_link(town.records, editor, steps["1.1", 0], "Design", "https://example.org/design", _at(2025, 6, 1))
    judge(town.records, reviewer, first, 1, "accepted", at=_at(2025, 6, 9))
    second = bring_link(town.records, editor, steps["1.2", 0], "Contract", "https://example.org/contract", _at(2026, 5, 1))
    judge(town.records, reviewer, second, 1, "returned", "The signature is missing", at=_at(2026, 5, 4))
    bring_link(town.records, editor, steps["1.2", 1], "Photograph", "https://example.org/photo", _at(2026, 6, 20))
    failure = Outcome(
        town.plan, date(2026, 4, 1), succeeded=False, title="The contractor failed", reason="other", what="It went bankrupt",
        lesson="Ask for a guarantee", node=town.nodes["1.1"], corrective="Tender again", owner=head, due=date(2026, 6, 30),
    )  # fmt: skip
    record_outcome(town.records, editor, failure, _at(2026, 4, 1))


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


def _document(head: int) -> PlanDocument:
    steps = (
        MilestoneEntry(name="Designed", share=40, due=date(2025, 6, 30)),
        MilestoneEntry(name="Open", share=60, due=date(2026, 8, 31)),
    )
    money = (LineEntry(code="1511-622", currency="EUR", phases={"initial": 200000.0, "committed": 150000.0, "paid": 90000.0}),)
    nodes = (
        NodeEntry(key="1", name=NAMES["1"], level=0),
        _action("1.1", "police", head, milestones=steps, lines=money),
        _action("1.2", "police", head, milestones=steps),
        _action("1.3", "hall", None),
        _action("1.4", "police", head),
        _action("1.5", "police", None, ends=date(2026, 1, 31)),
    )
    levels = ({"one": "Line", "many": "Lines"}, {"one": "Action", "many": "Actions"})
    return PlanDocument(key="plan", name={"es": "Plan de mandato", "en": "Mandate plan"}, place="aurora", levels=levels, nodes=nodes,
                        starts=BEGAN, ends=ENDS)  # fmt: skip


def _action(key: str, area: str, owner: int | None, ends: date = ENDS, **more: Any) -> NodeEntry:
    fields = {"area": area, "owner": owner, "starts": BEGAN, "ends": ends}
    return NodeEntry(key=key, name=NAMES[key], level=1, parent="1", fields=fields, **more)
