"""The small city with plans in its records: actions of every state, with evidence, money, decisions, a link and an empty post."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data import people
from data.access import Actor, Role
from data.home import Home
from data.plans.action import action
from data.plans.adopting import adopt
from data.plans.deciding import Decision, change, decide
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.plans.evidence import bring_link, judge
from data.plans.linking import link
from data.plans.reading import plans, tree
from data.plans.reporting import Report, report_all
from data.records.records import Records, records
from tests.small_city import HOSTILE, build

LEVELS = ({"one": {"es": "eje", "en": "axis"}, "many": {"es": "ejes", "en": "axes"}},
          {"one": {"es": "línea", "en": "line"}, "many": {"es": "líneas", "en": "lines"}},
          {"one": {"es": "acción", "en": "action"}, "many": {"es": "acciones", "en": "actions"}})  # fmt: skip
STARTS, ENDS = date(2025, 1, 1), date(2028, 12, 31)
MAY, JUNE = datetime(2026, 5, 20, 9, tzinfo=UTC), datetime(2026, 6, 20, 9, tzinfo=UTC)
"""Before the review of May, and between it and that of June."""
LATE = date(2026, 3, 31)
ACTIONS: dict[str, dict[str, Any]] = {
    # key: status, declared, last day, stages proved of four, budget, paid
    "1.1.1": {"status": "completed", "declared": 100.0, "ends": date(2026, 6, 30), "proved": 4, "money": (1_000_000, 900_000)},
    "1.1.2": {"status": "completed", "declared": 100.0, "ends": date(2026, 6, 30), "proved": 2, "money": (250_000, 250_000)},
    "1.1.3": {"status": "started", "declared": 75.0, "ends": LATE, "proved": 1, "money": (400_000, 380_000)},
    "1.2.1": {"status": "started", "declared": 40.0, "ends": ENDS, "proved": 1},
    "1.2.2": {"status": "not_started", "declared": 0.0, "ends": ENDS, "proved": 0},
    "2.1.1": {"status": "suspended", "declared": 20.0, "ends": ENDS, "proved": 0},
    "2.1.2": {"status": "removal_proposed", "declared": 10.0, "ends": ENDS, "proved": 0},
    "2.1.3": {"status": "started", "ends": ENDS, "proved": 0},
    "2.1.4": {"status": "started", "declared": 30.0, "ends": ENDS, "proved": 0},
}


def planned(folder: Path) -> Home:
    """The home; its mandate plan has the key `pam`."""
    home = build(folder)
    fill(records(home))
    return home


def fill(held: Records) -> None:
    """People, plans, evidence, reports and decisions, all before the review of June 2026."""
    people_of = {"office": _person(held, "Ofelia", "office"), "reviewer": _person(held, "Rita", "reviewer")}
    posts = [people.add_post(held, people.PROGRAM, name, "police") for name in ({"es": "Jefatura", "en": "Head"}, HOSTILE)]
    people.take_post(held, people.PROGRAM, posts[0], people_of["office"].person, STARTS)
    office = people_of["office"]
    pam = adopt(held, office, _plan(posts), MAY)
    only = (NodeEntry(key="x", name="Only one", level=0, fields={"status": "started"}),)
    name = {"es": "Plan anual", "en": "Annual plan"}
    annual = PlanDocument(key="poa", name=name, place="aurora", levels=LEVELS[:1], kind="annual", nodes=only)
    link(held, office, adopt(held, office, annual, MAY), pam, "implements", MAY)
    _prove(held, office, people_of["reviewer"])
    _decided(held, office, pam)


def node_id(held: Records, key: str) -> int:
    """A node of the mandate plan by its key."""
    nodes = tree(held, plans(held)[0].id, ENDS).nodes
    return nodes.filter(nodes["key"] == key)["id"].item()


def _person(held: Records, name: str, role: str) -> Actor:
    number = people.add_person(held, people.PROGRAM, name, roles=(Role(role),))
    return people.actor(held, number, STARTS)


def _plan(posts: list[int]) -> PlanDocument:
    above = [
        ("1", 0, None, "A safe city"),
        ("2", 0, None, HOSTILE),
        ("1.1", 1, "1", "Streets"),
        ("1.2", 1, "1", "Houses"),
        ("2.1", 1, "2", "Works"),
    ]
    parents = [NodeEntry(key=key, name=name, level=level, parent=parent) for key, level, parent, name in above]
    actions = [_action(key, told, posts[int(key == "2.1.4")]) for key, told in ACTIONS.items()]
    name = {"es": "Plan de mandato", "en": "Mandate plan"}
    return PlanDocument(key="pam", name=name, place="aurora", levels=LEVELS, nodes=(*parents, *actions), starts=STARTS, ends=ENDS)


def _action(key: str, told: dict[str, Any], owner: int) -> NodeEntry:
    fields = {
        "status": told["status"],
        "declared": told.get("declared"),
        "starts": STARTS,
        "ends": told["ends"],
        "area": "police",
        "owner": owner,
    }
    fields |= {"place": "centro" if key.startswith("1.1") else None, "sdg": ["11.2"] if key == "1.2.1" else None}
    fields |= {"pdca": "do" if key.startswith("1") else None, "first_ends": date(2025, 12, 31) if key == "1.1.3" else told["ends"]}
    # The stages of what is late were due, the others are to come: so only its own end makes an action late.
    steps = tuple(MilestoneEntry(name=f"Step {step}", share=25, due=told["ends"]) for step in range(4))
    money = told.get("money")
    lines = (
        (LineEntry(code=key, currency="EUR", year=2026, phases={"initial": money[0], "committed": money[0], "paid": money[1]}),)
        if money
        else ()
    )
    name = HOSTILE if key == "2.1.4" else f"Action {key}"
    return NodeEntry(key=key, name=name, level=2, parent=key[:3], fields=fields, milestones=steps, lines=lines)


def _prove(held: Records, office: Actor, reviewer: Actor) -> None:
    """What is proved, by May but for one stage of 1.1.1, which makes it implemented in June; then 1.2.1 reports more."""
    for key, told in ACTIONS.items():
        found = action(held, node_id(held, key))
        assert found is not None
        for step in found.milestones[: told["proved"]]:
            at = JUNE if key == "1.1.1" and step["position"] == 3 else MAY
            number = bring_link(held, office, step["id"], "Record", "https://example.org/record", at)
            judge(held, reviewer, number, 1, "accepted", at=at)
    found = action(held, node_id(held, "1.2.1"))
    assert found is not None
    report_all(held, office, [Report(found.node["id"], found.node["version"], JUNE.date(), 60.0, "started")], JUNE)


def _decided(held: Records, office: Actor, pam: int) -> None:
    """A date moved, and an action cancelled."""
    for key, title, changes in (
        ("2.1.3", "Later", {"ends": date(2028, 6, 30)}),
        ("2.1.4", "No more", {"status": "cancelled", "status_reason": "no site"}),
    ):
        decision = decide(held, office, Decision(pam, MAY.date(), title, "legal_impediment", f"Because of {HOSTILE}", body="Council"), MAY)
        found = tree(held, pam, ENDS).nodes
        row = found.filter(found["key"] == key).row(0, named=True)
        change(held, office, row["id"], row["version"], decision, MAY, **changes)
