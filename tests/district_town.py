"""A small plan in two districts of the small city, with works, a bankrupt contractor, and values that differ from the city's."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from data import definitions as definition_files
from data.access import Role
from data.home import Home
from data.loads import NewLoad, apply
from data.people import PROGRAM, actor, add_person, add_post, take_post
from data.plans.adopting import adopt
from data.plans.deciding import Decision, decide_and_change
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.plans.evidence import bring_link, judge
from data.plans.outcomes import Outcome, record_outcome
from data.plans.reporting import Report, report
from data.records.records import Records, records
from data.records.tables import milestone, node
from tests import small_city

BEGAN, ENDS = date(2025, 1, 1), date(2028, 12, 31)
HOSTILE = small_city.HOSTILE.replace('\\"', '"') + ' #let x = $y$ "日本"'
NAMES: dict[str, Any] = {
    "1.1": {"es": "Reformar el mercado", "en": "Renovate the market"},
    "1.2": {"es": "Alumbrar el parque", "en": "Light the park"},
    "1.3": HOSTILE,
    "1.4": {"es": "Muelle nuevo", "en": "New pier"},
    "1.5": {"es": "Ordenanza de terrazas", "en": "By-law on terraces"},
}
REQUESTS = """
  - id: requests_received
    name: {es: Solicitudes recibidas, en: Requests received}
    unit: {es: solicitudes, en: requests}
    kind: flow
    frequency: month
    theme: life
    source: town hall
    owner: hall
    decimals: 0
  - id: noise
    name: {es: Ruido, en: Noise}
    unit: dB
    kind: level
    frequency: month
    theme: life
    source: town hall
    owner: hall
    polarity: lower
"""
VALUES = {
    "robberies": (50.0, 37.1), "answered": (90.0, 74.5), "requests_received": (300.0, 1200.0), "noise": (61.0, 58.0),
}  # fmt: skip
"""Of June 2026 in the Old Centre and in the city; there 48 a year before of all. Every other goal stands as in the city."""


@dataclass(frozen=True)
class Town:
    """What tests ask for by name."""

    home: Home
    records: Records
    plan: int
    nodes: dict[str, int]


def build(folder: Path) -> Town:
    """The small city with the plan: in the Old Centre 1.1 (a late work), 1.2 and 1.3 (hostile, nobody's), in the Harbour 1.4."""
    home = small_city.build(folder)
    home.indicators.write_text(home.indicators.read_text(encoding="utf-8") + REQUESTS, encoding="utf-8")
    load = NewLoad("districts", "test", ("districts.csv",), "test", date(2026, 7, 4), 1)
    apply(home, definition_files.load(home), [(load, _observations())])
    return adopted(home, *_nodes())


def adopted(home: Home, *entries: NodeEntry) -> Town:
    """These nodes in the records of the home, the first owned by the head of Security; with a story where they are those of `build`."""
    held = records(home)
    editor = add_person(held, PROGRAM, "Elena Editora", roles=(Role("editor", "police"),))
    reviewer = add_person(held, PROGRAM, "Rosa Revisora", roles=(Role("reviewer"), Role("office")))
    head = add_post(held, PROGRAM, {"es": "Jefatura de Seguridad", "en": "Head of Security"}, "police")
    take_post(held, PROGRAM, head, editor, BEGAN)
    owned = tuple(replace(each, fields={**each.fields, "owner": head}) if each.fields.get("owner") == "head" else each for each in entries)
    levels = ({"one": "Line", "many": "Lines"}, {"one": "Action", "many": "Actions"})
    document = PlanDocument(key="plan", name={"es": "Plan de mandato", "en": "Mandate plan"}, place="aurora", levels=levels,
                            nodes=(NodeEntry(key="1", name="Districts", level=0), *owned), starts=BEGAN, ends=ENDS)  # fmt: skip
    plan = adopt(held, actor(held, reviewer, BEGAN), document, _at(2025, 1, 2))
    with held.read() as connection:
        nodes = {row.key: row.id for row in connection.execute(node.select())}
        steps = {row.node: row.id for row in connection.execute(milestone.select().order_by(milestone.c.position.desc()))}
    town = Town(home, held, plan, nodes)
    if "1.2" in nodes:
        _story(town, steps[nodes["1.2"]], head, *(actor(held, person, date(2026, 7, 15)) for person in (editor, reviewer)))
    return town


def _story(town: Town, step: int, head: int, editor: Any, reviewer: Any) -> None:
    report(town.records, editor, Report(town.nodes["1.2"], 1, date(2026, 7, 1), 60.0, "started"), _at(2026, 7, 1))
    brought = bring_link(town.records, editor, step, "Design", "https://example.org/design", _at(2025, 6, 1))
    judge(town.records, reviewer, brought, 1, "accepted", at=_at(2025, 6, 9))
    decided = Decision(town.plan, date(2026, 3, 5), "Tender the market again", "other", "The contractor is bankrupt", town.nodes["1.1"])
    decide_and_change(town.records, reviewer, decided, 1, _at(2026, 3, 5), ends=date(2026, 6, 30))
    told = {"plan": town.plan, "reason": "other", "what": "As it was", "lesson": "Ask for a guarantee"}
    lost = Outcome(day=date(2026, 2, 1), succeeded=False, title="The contractor failed", node=town.nodes["1.1"],
                   corrective="Tender again", owner=head, due=date(2026, 6, 30), **told)  # fmt: skip
    won = Outcome(day=date(2026, 5, 1), succeeded=True, title="Lamps came early", node=town.nodes["1.2"], **told)
    far = Outcome(day=date(2026, 5, 1), succeeded=True, title="The pier has a design", node=town.nodes["1.4"], **told)
    for outcome in (lost, won, far):
        record_outcome(town.records, editor, outcome, _at(2026, 5, 2))


def work(key: str, name: Any, place: str | None, **fields: Any) -> NodeEntry:
    """An action of Security that builds something."""
    told = {"area": "police", "place": place, "starts": BEGAN, "ends": date(2026, 5, 31), "work": True, **fields}
    money = (LineEntry(code=f"9-{key}", currency="EUR", phases={"initial": 200000.0, "committed": 150000.0, "paid": 90000.0}),)
    return NodeEntry(key=key, name=name, level=1, parent="1", fields=told, lines=money)


def _nodes() -> tuple[NodeEntry, ...]:
    steps = (MilestoneEntry(name="Designed", share=40, due=date(2025, 6, 30)), MilestoneEntry(name="Lit", share=60, due=date(2027, 8, 31)))
    plain = {"work": False, "ends": ENDS}
    limits = {"es": "Quebró la constructora", "en": "The builder went bankrupt"}
    lit = replace(work("1.2", NAMES["1.2"], "centro", owner="head", **plain), milestones=steps, lines=())
    return (
        work("1.1", NAMES["1.1"], "centro", owner="head", latitude=38.4, longitude=-17.3, limits=limits),
        lit,
        work("1.3", NAMES["1.3"], "centro", **plain),
        work("1.4", NAMES["1.4"], "puerto", ends=ENDS),
        work("1.5", NAMES["1.5"], None, **plain),
    )


def _observations() -> pl.DataFrame:
    rows = [
        {"place": place, "indicator": name, "segment": "", "period": period, "value": value}
        for name, (here, city) in VALUES.items()
        for place, period, value in (
            ("centro", small_city.LAST.last, here), ("aurora", small_city.LAST.last, city),
            ("centro", small_city.LAST.plus(-12).last, 48.0),
        )
    ]  # fmt: skip
    empty = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}
    return pl.DataFrame(rows).with_columns(**empty)


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)
