"""Any other table of a plan by a map: its levels, keys, progress, days and money, and what is wrong with the map or the table."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.problems import Refused
from tests.conftest import ROOT
from tests.plan_sheets import by_map, entry, saved

BOARD = (
    "Línea;Código;Meta;Lograda;Prometida;Estado;Inicio;Fin;Área;Barrio;Lat;Lon;Presupuesto;Pagado 1;Pagado 2;Otra cosa\n"
    "Agua;01;Pozos;3;4;verde;15/01/2025;31/12/2026;Obras;Centro;40,41;-3,70;1.250,5;1.000,25;10;x\n"
    "Agua;02;Fuentes;9;4;gris;;;Jardines;Old Centre;;;100;200;;y\n"
    "Aire;03;Árboles;;0;;;;Nadie;Lejos;95;;;;;z\n"
    "Total;;;;;;;;;;;;1.350,5;;;\n"
)
MAP = """
plan: {key: board, name: Tablero, weights: budget}
decimal: ","
thousands: "."
date_format: "%d/%m/%Y"
leave_out: {Línea: [Total]}
levels:
  - {one: Línea, many: Líneas, column: Línea}
rows: {one: Meta, many: Metas}
key: Código
name: Meta
progress: {of: Lograda, over: Prometida}
status: Estado
status_words: {verde: started, gris: null}
starts: Inicio
ends: Fin
area: Área
areas: {Jardines: parks}
place: Barrio
latitude: Lat
longitude: Lon
budget:
  - {name: Inversión, currency: COP, factor: 1000, initial: Presupuesto, paid: [Pagado 1, Pagado 2]}
"""
SMALL = "plan: {key: p}\nkey: id\nname: name\n"


def test_a_map_says_what_each_column_is(tmp_path: Path):
    found = by_map(saved(tmp_path, BOARD), MAP)
    wells = entry(found, "01")
    assert wells.fields == {
        "declared": 75.0, "status": "started", "status_text": "verde", "starts": date(2025, 1, 15), "ends": date(2026, 12, 31),
        "area": "works", "place": "centro", "latitude": 40.41, "longitude": -3.7,
    }  # fmt: skip
    assert wells.lines[0].phases == {"initial": 1250500.0, "paid": 1010250.0}
    assert (found.key, found.name, found.weights) == ("board", "Tablero", "budget")
    assert [each.name for each in found.nodes] == ["Agua", "Pozos", "Fuentes", "Aire", "Árboles"]


def test_progress_of_two_columns_counts_no_more_than_all_of_it_and_nothing_of_nothing(tmp_path: Path):
    found = by_map(saved(tmp_path, BOARD), MAP)
    assert entry(found, "02").fields["declared"] == 100.0
    assert "declared" not in entry(found, "03").fields


def test_names_that_are_not_known_are_warned_of_once_each(tmp_path: Path):
    warnings = [str(warning) for warning in by_map(saved(tmp_path, BOARD), MAP).warnings]
    assert sorted(text.split("; ")[0] for text in warnings) == [
        "plan.csv:3: 02: Inversión: paid is 200,000.00, more than initial with 100,000.00",
        "plan.csv:4: Barrio: 'Lejos' is not a known place", "plan.csv:4: Lat: 95 is no place on earth",
        "plan.csv:4: Área: 'Nadie' is not a known area",
    ]  # fmt: skip


def test_amounts_that_rise_after_the_budget_in_force_are_warned_of(tmp_path: Path):
    told = MAP.replace("initial: Presupuesto", "modified: Presupuesto")
    warnings = [str(warning) for warning in by_map(saved(tmp_path, BOARD), told).warnings]
    assert any("paid is 200,000.00, more than modified with 100,000.00" in text for text in warnings)


@pytest.mark.parametrize(
    ("cells", "said", "declared"),
    [
        (["0,5", "1"], "progress: {column: p, share: true}", [50.0, 100.0]), (["50 %", "7,5%"], "progress: p", [50.0, 7.5]),
        (["0.29", ""], "progress: {column: p, share: true}", [29.0, None]), (["NR", "ND"], "progress: p", [None, None]),
    ],
)  # fmt: skip
def test_progress_is_read_as_percent_or_as_a_share(tmp_path: Path, cells: list[str], said: str, declared: list[float | None]):
    rows = "".join(f'{number},n,"{cell}"\n' for number, cell in enumerate(cells))
    found = by_map(saved(tmp_path, f"id,name,p\n{rows}"), SMALL + said)
    assert [each.fields.get("declared") for each in found.nodes] == declared


@pytest.mark.parametrize(
    ("cells", "said", "days"),
    [
        (["13/02/2025", "01/02/2025"], "", [date(2025, 2, 13), date(2025, 2, 1)]),
        (["02/13/2025", "01/02/2025"], "", [date(2025, 2, 13), date(2025, 1, 2)]),
        (["2025-02-13T00:00", "2025/2/1"], "", [date(2025, 2, 13), date(2025, 2, 1)]),
        (["45992", "45992.0"], "", [date(2025, 12, 1), date(2025, 12, 1)]),
        (["March 2025", "2025"], 'date_format: ["%B %Y", "%Y"]', [date(2025, 3, 1), date(2025, 1, 1)]),
    ],
)  # fmt: skip
def test_days_are_read_in_every_order(tmp_path: Path, cells: list[str], said: str, days: list[date]):
    rows = "".join(f"{number},n,{cell}\n" for number, cell in enumerate(cells))
    found = by_map(saved(tmp_path, f"id,name,d\n{rows}"), f"{SMALL}starts: d\n{said}\n")
    assert [each.fields["starts"] for each in found.nodes] == days


def test_a_month_that_ends_something_is_its_last_day(tmp_path: Path):
    found = by_map(saved(tmp_path, "id,name,d\n1,n,February 2028\n"), f'{SMALL}ends: d\ndate_format: "%B %Y"\n')
    assert found.nodes[0].fields["ends"] == date(2028, 2, 29)


def test_levels_are_filled_down_and_rows_kept_by_what_they_say(tmp_path: Path):
    text = "axis,name,kind\nA,one,goal\n,two,goal\nB,sum,total\n,three,goal\n"
    told = "plan: {key: p}\nlevels: [{one: Axis, many: Axes, column: axis}]\nfill_down: [axis]\nkeep: {kind: [goal]}\nname: name\n"
    found = by_map(saved(tmp_path, text), told)
    keys = {each.key: each.name for each in found.nodes}
    assert [(each.name, keys.get(each.parent or "")) for each in found.nodes if each.level == 1] == [
        ("one", "A"), ("two", "A"), ("three", "B"),
    ]  # fmt: skip
    assert entry(found, "two").cells == ("", "two", "goal")


def test_a_workbook_is_read_from_the_row_that_has_the_columns(tmp_path: Path):
    path = tmp_path / "board.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tablero")
        sheet.write_string(0, 0, "Plan de la ciudad")
        for column, name in enumerate(("id", "name", "p")):
            sheet.write_string(3, column + 1, name)
        sheet.write_string(4, 1, "007")
        sheet.write_string(4, 2, "Uno")
        sheet.write_number(4, 3, 1.5)
    found = by_map(path, SMALL + "progress: p\n")
    assert (found.nodes[0].key, found.nodes[0].fields["declared"], found.nodes[0].line) == ("007", 1.5, 5)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (SMALL + "status: state\n", "the column state is missing"), (SMALL + "colour: red\n", "colour is not a known key"),
        ("plan: {key: p}\n", "name is missing"), (SMALL + "status: id\nstatus_words: {x: green}\n", "is not allowed here"),
        (SMALL + "starts: d\n", "can be two days"), (SMALL + "starts: d\nends: d\ndate_format: '%Y-%m'\n", "is not a day"),
        (SMALL + "weight: w\n", "can be 1234 or 1.234"),
        (SMALL.replace("p}", "p, weights: manual}") + "weight: v\n", "the weights of the 2 rows under - add up to 90"),
    ],
)  # fmt: skip
def test_what_a_map_or_its_table_lacks_is_said_with_its_place(tmp_path: Path, told: str, said: str):
    with pytest.raises(Refused) as refused:
        by_map(saved(tmp_path, "id,name,d,w,v\n1,n,01/02/2025,1.234,40\n2,m,01/02/2025,5,50\n"), told)
    found = [problem for problem in refused.value.problems if said in str(problem)]
    assert found
    assert all(problem.hint and problem.path and problem.line for problem in found)


def test_two_columns_that_say_the_order_of_days_otherwise_are_refused(tmp_path: Path):
    with pytest.raises(Refused, match="13/01/2025 has its day first, and 01/13/2025 its month"):
        by_map(saved(tmp_path, "id,name,d\n1,n,13/01/2025\n2,m,01/13/2025\n"), SMALL + "starts: d\n")


def test_what_cannot_be_read_is_kept_where_the_map_says_so(tmp_path: Path):
    found = by_map(saved(tmp_path, "id,name,d\n1,n,soon\n2,m,2025-01-01\n"), SMALL + "starts: d\nunreadable: keep\n")
    assert [each.fields for each in found.nodes] == [{}, {"starts": date(2025, 1, 1)}]
    assert [warning.line for warning in found.warnings] == [2]


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "plan-maps").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_maps_of_the_documentation_are_maps(path: Path, tmp_path: Path):
    with pytest.raises(Refused, match=r"the column .* is missing"):
        by_map(saved(tmp_path, "a,b\n1,2\n"), path.read_text(encoding="utf-8"))


ODD = st.sampled_from(
    ["", "1.234", "50%", "31/12/2025", "2025-02-30", "Agua", "a", "\ufeff", "=1+1", "1e999", "-", "45992", "<b>x</b>", "٣", "0"]
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(st.lists(ODD, min_size=16, max_size=16), max_size=5), parents=st.booleans())
def test_odd_cells_never_crash(tmp_path: Path, rows: list[list[str]], parents: bool):
    header = BOARD.splitlines()[0]
    text = "\n".join([header, *(";".join(row) for row in rows)]) + "\n"
    try:
        found = by_map(saved(tmp_path, text), MAP + ("parent: Otra cosa\n" if parents else ""))
    except Refused as refused:
        assert all(str(problem) for problem in refused.problems)
        return
    assert found.nodes
