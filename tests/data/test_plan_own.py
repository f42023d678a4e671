"""Our own plan file: every column of a plan in words, and what we write we read back equal."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.people import add_post
from data.plan_files import own, written
from data.plan_files.cells import Row, grids
from data.plan_files.formats import read
from data.plan_files.kept import Kept
from data.plan_files.own_columns import COLUMNS
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.plans.vocabulary import PDCA, PHASES, STATUSES
from data.problems import Refused
from data.records.records import Records
from data.records.tables import node
from tests.plan_sheets import SETTING, adopted, bare, document, office, saved

LEVELS = ({"one": {"es": "Eje", "en": "Axis"}, "many": {"es": "Ejes", "en": "Axes"}}, {"one": "Acción", "many": "Acciones"})
FULL = NodeEntry(
    key="1.1", name={"es": "Pozos", "en": "Wells"}, level=1, parent="1",
    fields={
        "description": 'Con "comillas"; y\nlíneas', "area": "works", "ladder": "build", "status": "suspended", "status_text": "parado",
        "status_reason": "sin agua", "declared": 33.333333333333336, "starts": date(2025, 1, 2), "ends": date(2026, 3, 4),
        "first_starts": date(2025, 1, 1), "first_ends": date(2026, 1, 1), "place": "centro", "latitude": -3.25, "longitude": 40.125,
        "work": True, "limits": {"es": "Obras", "en": "Works"}, "sdg": ["6", "11"], "goals": ["wells"],
        "weight": 60.0, "beneficiaries": 1e6, "left_out": "por acuerdo", "participation": {"design": "consult"},
        "pdca": "do",
        "pilot": ["a", {"of": 1}],
    },
    milestones=(
        MilestoneEntry(
            name="=Proyecto", share=40.5, stage="designed", needs={"es": "Acuerdo"}, due=date(2025, 6, 1), done_on=date(2025, 6, 2)
        ),
        MilestoneEntry(name={"en": "Built"}, share=59.5),
    ),
    lines=(
        LineEntry(code="32.A", currency="COP", phases=dict.fromkeys(PHASES, 1234567.89), name="Obra", year=2025, source={"es": "SGP"}),
        LineEntry(code="32.A", currency="EUR", phases={"initial": 0.0}),
    ),
)  # fmt: skip
PLAN = PlanDocument(
    key="mandate", name={"es": "Plan", "en": "Plan"}, place="aurora", kind="annual", weights="beneficiaries", starts=date(2025, 1, 1),
    ends=date(2028, 12, 31), levels=LEVELS, nodes=(NodeEntry(key="1", name="[Eje] ", level=0), FULL),
)  # fmt: skip


def written_and_read(held: Kept, path: Path, setting: Any = SETTING) -> PlanDocument:
    """The plan through a file of ours."""
    written.write(path, own.rows(held, setting), written.CSV)
    return read(path, path.name, setting)


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".tsv"])
def test_what_we_write_we_read_back_equal(records: Records, tmp_path: Path, ending: str):
    _, held = adopted(records, PLAN)
    found = written_and_read(held, tmp_path / f"plan{ending}")
    assert bare(found) == bare(PLAN)
    for part in ("key", "name", "place", "kind", "weights", "starts", "ends", "levels"):
        assert getattr(found, part) == getattr(PLAN, part)


def test_the_owner_of_an_action_is_named_by_the_post(records: Records, tmp_path: Path):
    post = add_post(records, office(records), {"es": "Dirección de obras"}, "works")
    owned = replace(FULL, fields={**FULL.fields, "owner": post})
    _, held = adopted(records, replace(PLAN, nodes=(PLAN.nodes[0], owned)))
    setting = replace(SETTING, posts={"Dirección de obras": post})
    found = written_and_read(held, tmp_path / "plan.csv", setting)
    assert found.nodes[1].fields["owner"] == post
    stranger = document(tmp_path / "plan.csv")
    assert "owner" not in stranger.nodes[1].fields
    assert any("there is no post 'Dirección de obras'" in str(warning) for warning in stranger.warnings)


def test_an_area_or_a_place_that_this_city_does_not_have_is_warned_of_and_left_out(records: Records, tmp_path: Path):
    _, held = adopted(records, PLAN)
    found = written_and_read(held, tmp_path / "plan.csv", replace(SETTING, areas=(), places=()))
    assert {"area", "place"} & set(found.nodes[1].fields) == set()
    assert [warning.as_json()["message"] for warning in found.warnings] == [
        "'works' is not a known area", "'centro' is not a known place",
    ]  # fmt: skip


def test_every_column_is_in_the_documentation():
    from tests.conftest import ROOT

    page = (ROOT / "docs" / "plans-in-and-out.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in page] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("node,1.1", "nod,1.1"), "'nod' is no kind of row"),
        (("milestone,,1.1", "milestone,,9.9"), "there is no node '9.9' above this row"),
        ((",33.333333333333336,", ",third,"), "'third' is not a number"), (("2025-01-02", "2025-13-02"), "is not a day"),
        (("node,1.1,1,1,", "node,1.1,1,,"), "the row has no level"), (("suspended", "stopped"), "stopped is no status"),
        (("annual", "yearly"), "yearly is no kind"),
        (("consult", "ask"), "ask is no participation_design"), ((",59.5,", ",9.5,"), "the shares of its milestones add up to 50"),
        (("node,1.1,1,1,", "node,1.1,7,1,"), "its parent 7 is not in the plan"), (("node,1.1,1,1,", "node,1,1,1,"), "was given before"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_of_ours_is_said(records: Records, tmp_path: Path, change: tuple[str, str], said: str):
    _, held = adopted(records, PLAN)
    written.write(tmp_path / "plan.csv", own.rows(held, SETTING), written.CSV)
    text = (tmp_path / "plan.csv").read_text(encoding="utf-8")
    assert change[0] in text
    with pytest.raises(Refused) as refused:
        document(saved(tmp_path, text.replace(change[0], change[1], 1)))
    assert any(said in str(problem) and problem.line and problem.hint for problem in refused.value.problems)


def test_a_commitment_type_that_this_city_does_not_have_is_refused_with_its_row_and_cure(records: Records, tmp_path: Path):
    _, held = adopted(records, PLAN)
    with pytest.raises(Refused) as refused:
        written_and_read(held, tmp_path / "plan.csv", replace(SETTING, ladders=("service", "rule")))
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (6, "commitment_type")
    assert "build is no commitment type" in str(problem) and "write one of: service, rule; or declare it in data/ladders.yaml" in str(
        problem
    )


def test_a_file_of_ours_without_nodes_is_refused(tmp_path: Path):
    with pytest.raises(Refused, match="the file has no row of a node"):
        document(saved(tmp_path, "row,key,parent,level,name\nplan,p,,,P\n"))


TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
SHOWN = TEXTS.filter(lambda text: bool(text.strip()))
WORDS = SHOWN | st.dictionaries(st.sampled_from(["es", "en", "pt_BR"]), SHOWN, min_size=1)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
NUMBERS = st.floats(0, 1e12, allow_nan=False)
FIELDS = {
    "description": WORDS, "status": st.sampled_from(STATUSES), "status_text": SHOWN, "declared": NUMBERS, "starts": DAYS, "weight": NUMBERS,
    "latitude": st.floats(-90, 90), "pilot": WORDS, "pdca": st.sampled_from(PDCA),
}  # fmt: skip
STEPS = st.lists(st.tuples(WORDS, st.none() | DAYS, st.none() | WORDS), max_size=3)


@st.composite
def entries(draw: st.DrawFn) -> tuple[NodeEntry, ...]:
    """A tree of two levels with any words, days and figures in it."""
    below = [draw(actions(f"00{number}")) for number in range(draw(st.integers(0, 4)))]
    return (NodeEntry(key="top", name=draw(WORDS), level=0), *below)


@st.composite
def actions(draw: st.DrawFn, key: str) -> NodeEntry:
    """An action with any milestones and money."""
    fields = {name: draw(st.none() | kind) for name, kind in FIELDS.items()}
    steps, phases = draw(STEPS), draw(st.sets(st.sampled_from(PHASES)))
    return NodeEntry(
        key=key, name=draw(WORDS), level=1, parent="top", fields={name: value for name, value in fields.items() if value is not None},
        milestones=tuple(MilestoneEntry(name=name, share=100 / len(steps), due=due, needs=needs) for name, due, needs in steps),
        lines=tuple(LineEntry(code=f"{at}", currency="EUR", phases={phase: draw(NUMBERS)}) for at, phase in enumerate(phases)),
    )  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(nodes=entries())
def test_any_plan_that_we_write_we_read_back_equal(tmp_path: Path, nodes: tuple[NodeEntry, ...]):
    found = written_and_read(as_kept(replace(PLAN, nodes=nodes)), tmp_path / "any.csv")
    assert bare(found) == list(nodes)


def as_kept(found: PlanDocument) -> Kept:
    """A document as the records would give it back, without a database."""
    ids = {entry.key: number for number, entry in enumerate(found.nodes, start=1)}
    columns = node.columns.keys()
    nodes = [
        {**dict.fromkeys(columns), "work": False, **entry.fields, "id": ids[entry.key], "key": entry.key, "name": entry.name,
         "level": entry.level, "parent": ids.get(entry.parent or "")} for entry in found.nodes
    ]  # fmt: skip
    lines = {ids[each.key]: [{**dict.fromkeys(PHASES), **vars(line), **line.phases} for line in each.lines] for each in found.nodes}
    steps = {ids[each.key]: [vars(step) for step in each.milestones] for each in found.nodes}
    plan = {part: getattr(found, part) for part in ("key", "name", "kind", "place", "weights", "starts", "ends", "levels")}
    return Kept(plan, nodes, lines, steps, {}, None)


CELLS = st.lists(st.lists(TEXTS | st.sampled_from(["node", "milestone", "1", "x", "100%", "1.234", "31/12/2025"]), max_size=8), max_size=6)
HEADERS = (
    ["row", "key", "parent", "level", "name", "progress", "starts", "share"],
    ["Level 0", "Level 1", "Node.Title", "Node.external_id", "Node.Status", "Node.Progress", "Node.Start", "Node.End"],
    ["id", "parent/id", "title/es", "title/en", "start_date", "end_date", "status/key", "progress"],
    ["result_id", "parent_id", "title_es", "start_date", "end_date", "progress", "external_id", "parent_external_id"],
    [
        "codigo_indicador_producto",
        "linea_estrategica",
        "indicador_producto",
        "meta_cuatrienio",
        "ods",
        "total_2024",
        "avance",
        "sector_mga",
    ],
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(header=st.sampled_from(HEADERS), cells=CELLS, full=st.booleans())
def test_random_cells_never_crash(tmp_path: Path, header: list[str], cells: list[list[str]], full: bool):
    rows = [Row(1, tuple(header)), *(Row(2, tuple([*row, *[""] * 8][:8] if full else row)) for row in cells)]
    path = tmp_path / "random.csv"
    path.write_bytes(written.text_of(rows, written.CSV))
    try:
        found = document(path)
    except Refused as refused:
        assert all(str(problem) for problem in refused.problems)
        return
    assert found.nodes


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=5), quoted=st.integers(0, 15))
def test_any_csv_file_is_written_as_it_was_read(tmp_path: Path, cells: list[list[str]], quoted: int):
    path = tmp_path / "any.csv"
    raw = written.text_of([Row(1, tuple(row), f"{quoted:x}") for row in cells], written.CSV)
    path.write_bytes(raw)
    try:
        grid = grids(path, "any.csv", {"delimiter": ",", "encoding": "utf-8"})[0]
    except Refused:
        return
    assert written.text_of(grid.rows, grid.layout) == raw
