"""The small city with a plan: two actions of Security, one of the town hall, their stages, papers, money and people."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from data.access import Actor, Role
from data.home import Home
from data.people import PROGRAM, actor, add_person, add_post, take_post
from data.plans.action import action
from data.plans.adopting import adopt
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.records.records import Records, records
from tests.small_city import HOSTILE, build

PLAIN = HOSTILE.replace('\\"', '"')
"""As people read the name that tries to be markup."""
DAY = date(2026, 7, 10)
"""On which June 2026 is reviewed."""
LADDERS = """
ladders:
  - id: build
    name: {es: Obra, en: Building work}
    stages:
      - {id: designed, name: {es: Proyecto, en: Design}, share: 40, needs: {es: Acuerdo, en: Resolution}}
      - {id: finished, name: {es: Obra, en: Work}, share: 60, needs: {es: Acta, en: Handover record}}
"""


@dataclass(frozen=True)
class Planned:
    """The home, its records, who is there by a short name, and the nodes by their keys."""

    home: Home
    records: Records
    people: dict[str, Actor]
    nodes: dict[str, int]
    plan: int

    def version(self, key: str) -> int:
        found = action(self.records, self.nodes[key])
        assert found is not None
        return found.node["version"]

    def stage(self, key: str, number: int) -> int:
        """The id of a stage of an action, counted from 0."""
        found = action(self.records, self.nodes[key])
        assert found is not None
        return found.milestones[number]["id"]


def planned(folder: Path, *, demo: bool = False) -> Planned:
    """A home of its own with that plan."""
    home = build(folder, demo=demo)
    home.ladders.write_text(LADDERS, encoding="utf-8")
    held = records(home)
    people = _people(held)
    post = add_post(held, PROGRAM, {"es": "Jefatura de Seguridad", "en": "Head of Security"}, "police")
    take_post(held, PROGRAM, post, people["editor"].person, date(2025, 1, 1))
    plan = adopt(held, people["office"], _document(post), datetime(2025, 1, 2, tzinfo=UTC))
    with held.read() as connection:
        nodes = {row.key: row.id for row in connection.exec_driver_sql("select key, id from node")}
    return Planned(home, held, people, nodes, plan)


def copied(made: Planned, folder: Path) -> Planned:
    """The same in another folder, for one test to change."""
    shutil.copytree(made.home.folder, folder)
    home = Home(folder)
    return replace(made, home=home, records=records(home))


def _people(held: Records) -> dict[str, Actor]:
    roles = {
        "editor": ("Eva Editora", Role("editor", "police")),
        "colleague": ("Carlos Colega", Role("editor", "police")),
        "hall": ("Hugo Alcaldía", Role("editor", "hall")),
        "reviewer": ("Rita Revisora", Role("reviewer")),
        "office": ("Olga Oficina", Role("office")),
        "mayor": ("María Alcaldesa", Role("mayor")),
    }
    ids = {short: add_person(held, PROGRAM, name, roles=(role,)) for short, (name, role) in roles.items()}
    return {short: actor(held, number, DAY) for short, number in ids.items()}


def _document(post: int) -> PlanDocument:
    line = LineEntry(
        code="130.22", currency="EUR", year=2026, phases={"initial": 1000.0, "committed": 800.0, "accrued": 900.0, "paid": 500.0}
    )
    station = {
        "area": "police", "owner": post, "ladder": "build", "status": "started", "declared": 50.0, "starts": date(2025, 1, 1),
        "ends": date(2026, 12, 31), "place": "centro", "goals": ["robberies", "gone"], "sdg": [11, 16], "pdca": "do",
        "participation": {"design": "consult"}, "limits": {"es": "Un pleito", "en": "A lawsuit"},
    }  # fmt: skip
    stages = (
        MilestoneEntry(name={"es": "Proyecto", "en": "Design"}, share=40, stage="designed", due=date(2025, 6, 30), needs="Resolution"),
        MilestoneEntry(name={"es": "Obra", "en": "Work"}, share=60, stage="finished", due=date(2026, 12, 1)),
    )
    nodes = (
        NodeEntry(key="1", name={"es": "Ciudad segura", "en": "Safe city"}, level=0),
        NodeEntry(
            key="1.1",
            name={"es": "Comisaría", "en": "Police station"},
            level=1,
            parent="1",
            fields=station,
            milestones=stages,
            lines=(line,),
        ),
        NodeEntry(key="1.2", name=HOSTILE.replace('\\"', '"'), level=1, parent="1", fields={"area": "hall", "declared": 100.0}),
    )
    levels = (
        {"one": {"es": "Eje", "en": "Axis"}, "many": {"es": "Ejes", "en": "Axes"}},
        {"one": {"es": "Acción", "en": "Action"}, "many": {"es": "Acciones", "en": "Actions"}},
    )
    return PlanDocument(key="pam", name={"es": "Plan", "en": "Plan"}, place="aurora", levels=levels, nodes=nodes)
