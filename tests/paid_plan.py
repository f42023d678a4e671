"""A small plan with money for tests of what a page says of it: two axes, six actions, budget lines whose sums are easy."""

from datetime import date
from typing import Any

import polars as pl

from data.plans.lines import LINE
from data.plans.vocabulary import PHASES
from data.records.columns import canonical
from kpis.plans.spending import in_force
from kpis.plans.truth import Truth, truth
from tests.small_city import HOSTILE
from tests.small_plan import DAY, Node, node, tree

SCHEMA = {
    "id": pl.Int64,
    "node": pl.Int64,
    "code": pl.String,
    "name": pl.String,
    "year": pl.Int64,
    "source": pl.String,
    "currency": pl.String,
}
LINES: dict[str, list[dict[str, Any]]] = {
    "a1": [
        {"code": "100.1", "year": 2025, "source": "own", "initial": 900, "modified": 1000, "committed": 900, "accrued": 800, "paid": 800},
        {"code": "100.2", "year": 2026, "source": "state", "initial": 1000, "committed": 200, "accrued": 0, "paid": 0},
    ],
    "a2": [{"code": "100.1", "year": 2026, "source": "own", "initial": 500, "committed": 600, "accrued": 300, "paid": 350}],
    "b1": [{"code": "200", "year": 2025, "source": "own", "initial": 1000, "committed": 1000, "accrued": 100, "paid": 100}],
    "b2": [{"code": "300", "initial": 400, "committed": 400, "accrued": 400, "paid": 400}],
}
"""By action: a1 is paid ahead of proof (800 of 2,000 with 10 % proved), b1 the other way, b2 has no stages; a2 rises twice."""
NODES = (
    node("a", name=canonical({"es": "Eje A", "en": "Axis A"})),
    node("a1", "a", name=canonical({"es": "Puente", "en": "Bridge"}), area="police", place="centro", latitude=38.40, longitude=-17.30,
         work=True, proved=10, proofs={"late": 1}, beneficiaries=400, starts=date(2025, 1, 1), ends=date(2026, 12, 31)),
    node("a2", "a", name=canonical(HOSTILE.replace('\\"', '"')), area="hall", place="puerto", latitude=38.41, longitude=-17.21,
         work=True, proved=70, starts=date(2026, 1, 1), ends=date(2026, 12, 31)),
    node("a3", "a", name=canonical("Park"), place="aurora", work=True, proved=100, declared=100),
    node("b", name=canonical({"es": "Eje B", "en": "Axis B"})),
    node("b1", "b", name=canonical("Clinic"), proved=60),
    node("b2", "b", name=canonical("Grants")),
)  # fmt: skip
"""a1 is late, a3 stands in no district and has no point."""


def money(key: str, lines: dict[str, list[dict[str, Any]]] = LINES) -> list[dict[str, Any]]:
    """The lines of a node together, as `Tree.money` has them."""
    rows = [{**dict.fromkeys(PHASES), "currency": "EUR", **line} for line in lines.get(key, [])]
    found = pl.DataFrame(rows, schema={"currency": pl.String, **dict.fromkeys(PHASES, pl.Float64)}) if rows else pl.DataFrame()
    if found.is_empty():
        return []
    said = [pl.when(pl.col(phase).count() > 0).then(pl.col(phase).sum()).alias(phase) for phase in PHASES]
    sums = (
        found.with_columns(budget=pl.coalesce("modified", "initial"))
        .group_by("currency")
        .agg(*said, pl.col("budget").sum(), pl.len().alias("lines"))
    )
    return sums.to_dicts()


def plan(*nodes: Node, lines: dict[str, list[dict[str, Any]]] = LINES) -> Truth:
    """The truth of these nodes, by default of NODES, with the money of their lines."""
    told = (Node(each.key, each.parent, each.fields, each.proofs, tuple(money(each.key, lines))) for each in nodes or NODES)
    return truth(tree(*told, starts=date(2025, 1, 1), ends=date(2028, 12, 31), day=DAY))


def lines_of(found: Truth, lines: dict[str, list[dict[str, Any]]] = LINES) -> pl.DataFrame:
    """The lines as `data.plans.lines` reads them, with the budget in force."""
    ids = dict(found.nodes.select("key", "id").iter_rows())
    rows = [
        {
            **dict.fromkeys(LINE),
            "node": ids[key],
            "currency": "EUR",
            **line,
            "source": canonical(line["source"]) if "source" in line else None,
        }
        for key, told in lines.items()
        for line in told
    ]
    numbered = [{**row, "id": number} for number, row in enumerate(rows, 1)]
    return in_force(pl.DataFrame(numbered, schema={**SCHEMA, **dict.fromkeys(PHASES, pl.Float64)}))
