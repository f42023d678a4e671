"""The sheet of an area goes out and comes back: nothing is lost on the way, and everything wrong is named with row, column and cure."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from data.plans.comparing import Held, Values, compare, tidy
from data.plans.sheet import COLUMNS, Wording, read, understand, write
from data.plans.vocabulary import STATUSES
from data.problems import Refused

ENGLISH = Wording(
    "Actions",
    {"id": "Id", "key": "Number", "name": "Action", "declared": "Declared (%)", "status": "Status", "said": "What was done",
     "reason": "Why", "version": "Version"},
    {status: status.replace("_", " ").capitalize() for status in STATUSES},
    ("Fill in the white cells.",),
    "Instructions",
)  # fmt: skip
SPANISH = Wording(
    "Acciones",
    {"id": "Id", "key": "Número", "name": "Acción", "declared": "Declarado (%)", "status": "Estado", "said": "Qué se hizo",
     "reason": "Por qué", "version": "Versión"},
    {**{status: f"Estado {status}" for status in STATUSES}, "started": "Iniciada"},
    ("Rellene las celdas blancas.",),
    "Instrucciones",
)  # fmt: skip
PLACE = {name: at for at, name in enumerate(COLUMNS, start=1)}

AREA = {
    7: Held(7, 3, "1.1", '"Market"', Values(60.0, "started", None, None)),
    8: Held(8, 1, "1.2", '"Park"', Values(None, None, None, None)),
    9: Held(9, 12, "=1+1", '"-Terraces"', Values(10.5, "suspended", None, "Appeal\nin court")),
}


def sent(folder: Path, actions: dict[int, Held] = AREA, wording: Wording = ENGLISH, name: str = "sheet.xlsx") -> Path:
    file = folder / name
    file.write_bytes(write(list(actions.values()), {node: f"Action {node}" for node in actions}, wording))
    return file


def edited(file: Path, **cells: object) -> Path:
    """The file with other cells, each said as `declared_2=75`: column and row; the number's own type is kept."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    for place, value in cells.items():
        column, _, row = place.rpartition("_")
        sheet.cell(int(row), PLACE[column]).value = value  # pyright: ignore[reportAttributeAccessIssue] - openpyxl types too little
    book.save(file)
    return file


def received(file: Path, held: dict[int, Held] = AREA, elsewhere: tuple[int, ...] = (40,)):
    return understand(read(file, file.name, [ENGLISH, SPANISH]), held, elsewhere)


def changes(file: Path, held: dict[int, Held] = AREA):
    found = received(file, held)
    return compare(found.values, {node: action.values for node, action in held.items()}, held), found.found


def said(found) -> list[str]:
    return [str(each.problem) for each in found]


@pytest.mark.parametrize("wording", [ENGLISH, SPANISH])
def test_a_sheet_that_nobody_touched_changes_nothing(tmp_path, wording):
    assert changes(sent(tmp_path, wording=wording)) == ([], ())


def test_what_is_known_is_locked_and_the_version_is_out_of_sight(tmp_path):
    sheet = load_workbook(sent(tmp_path)).worksheets[0]
    assert sheet.protection.sheet
    locked = {name: sheet.cell(2, at).protection.locked for name, at in PLACE.items()}
    assert {name for name, is_locked in locked.items() if not is_locked} == {"declared", "status", "said", "reason"}
    assert sheet.column_dimensions["H"].hidden and sheet["H2"].value == 3
    offered = next(each for each in sheet.data_validations.dataValidation if each.type == "list")
    assert offered.formula1 == '"Not started,Started,Completed,Suspended,Removal proposed"', "to cancel takes a decision"
    assert str(offered.sqref) == "E2:E4"


def test_an_action_that_is_cancelled_stays_so_through_the_sheet(tmp_path):
    gone = {7: Held(7, 3, "1.1", '"Market"', Values(60.0, "cancelled", None, "A vote"))}
    found = received(edited(sent(tmp_path, gone), declared_2=65), gone)
    assert (found.values[7].status, found.found) == ("cancelled", ())


def test_the_cells_that_were_changed_are_the_only_ones_that_would_change(tmp_path):
    file = edited(sent(tmp_path), declared_2=75, said_2="Roof on", status_3="started")
    (first, second), found = changes(file)
    assert (first.held.node, first.mine, first.wanted) == (7, ("declared", "said"), Values(75.0, "started", "Roof on", None))
    assert (second.held.node, second.mine, second.wanted.status) == (8, ("status",), "started")
    assert found == ()


@pytest.mark.parametrize(
    ("typed", "value"), [(75, 75.0), (75.5, 75.5), ("75 %", 75.0), ("75,5", 75.5), ("75.5%", 75.5), ("75,5\u00a0%", 75.5), (None, None)]
)
def test_a_progress_is_understood_as_it_is_meant(tmp_path, typed, value):
    found = received(edited(sent(tmp_path), declared_2=typed))
    assert found.values[7].declared == value
    assert not any(each.refuses for each in found.found)


def test_a_progress_that_is_a_text_is_said_with_what_it_is_read_as(tmp_path):
    found = received(edited(sent(tmp_path), declared_2="75 %")).found
    assert said(found) == ["sheet.xlsx:2: Declared (%): '75 %' is a text; it is read as 75"]


AGAIN = "undo the change of the grey columns, or download the sheet again and copy your cells over"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"declared_2": "half"}, "2: Declared (%): 'half' is not a percentage; write a number from 0 to 100"),
        ({"declared_2": 0.75}, "2: Declared (%): 0.75 could mean 75 %; a spreadsheet keeps a percentage as a fraction: write 75; "
                               "if it is less than one percent, write 0 or 1"),
        ({"status_3": "Done"}, "3: Status: Done is not a status; write one of: Not started, Started, Completed, Suspended, "
                               "Removal proposed"),
        ({"id_2": 99}, f"2: Id: there is no action with the id 99; {AGAIN}"),
        ({"id_2": "seven"}, f"2: Id: there is no action with the id seven; {AGAIN}"),
        ({"id_2": 40}, "2: Id: 1.1 is an action of another area; remove the row: its own area reports it"),
        ({"id_2": 8}, f"2: Number: the id and the number do not belong together: 1.1 instead of 1.2; {AGAIN}"),
        ({"key_2": "1.9"}, f"2: Number: the id and the number do not belong together: 1.9 instead of 1.1; {AGAIN}"),
        ({"id_5": 7, "key_5": "1.1", "version_5": 3}, "5: Id: 1.1 stands in row 2 too; keep one of the two rows"),
        ({"name_5": "Another"}, "5: Id: this row was added: it names no action of the sheet; "
                                "remove the row: an action is added to the plan by a decision"),
        ({"version_2": 4}, "2: Version: the hidden column says another version than was sent out: 4; "
                           "download the sheet again and copy your cells over"),
        ({"version_2": None}, "2: Version: the hidden column says another version than was sent out: -; "
                              "download the sheet again and copy your cells over"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_row_column_and_cure(tmp_path, cells, problem):
    found = received(edited(sent(tmp_path), declared_4=20, **cells))
    assert f"sheet.xlsx:{problem}" in said(each for each in found.found if each.refuses)
    assert found.values[9].declared == 20  # the other rows are understood all the same


def test_rows_that_are_missing_are_said_and_change_nothing(tmp_path):
    found = received(sent(tmp_path, {7: AREA[7]}))
    assert said(found.found) == ["sheet.xlsx: 2 actions of the area have no row: 1.2, =1+1; they stay as they are"]
    assert not found.found[0].refuses and set(found.values) == {7}


def test_a_file_that_is_no_sheet_of_ours_is_refused_whole(tmp_path):
    file = edited(sent(tmp_path), status_1="Estado")
    with pytest.raises(Refused, match="these columns are missing: Status; send back the sheet that you downloaded here"):
        read(file, "sheet.xlsx", [ENGLISH, SPANISH])
    other = tmp_path / "list.csv"
    other.write_text("Id,Number\n1,2\n")
    with pytest.raises(Refused, match=r"\.csv files are not read; send the sheet back as it was downloaded"):
        read(other, "list.csv", [ENGLISH])
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Refused):
        read(broken, "broken.xlsx", [ENGLISH])


def test_a_formula_in_a_cell_that_failed_is_no_empty_cell(tmp_path):
    file = edited(sent(tmp_path), declared_2="=1/0")
    found = received(file)
    assert [each.problem.line for each in found.found if each.refuses] == [2]
    assert 7 not in found.values


letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
texts = st.none() | st.text(letters | st.just("\n"), max_size=60)
values = st.builds(
    Values, st.none() | st.floats(0, 100).map(lambda value: round(value, 3)), st.none() | st.sampled_from(STATUSES), st.none(), texts
)
keys = st.text(letters, min_size=1, max_size=12)


@st.composite
def areas(draw) -> dict[int, Held]:
    rows = draw(st.lists(st.tuples(keys, st.integers(1, 500), values), min_size=1, max_size=6))
    return {node: Held(node, version, key, '"x"', said) for node, (key, version, said) in enumerate(rows, start=1)}


@given(areas(), st.sampled_from([ENGLISH, SPANISH]))
@settings(deadline=None, max_examples=60)
def test_whatever_the_records_hold_goes_out_and_comes_back_as_it_was(tmp_path_factory, actions, wording):
    file = sent(tmp_path_factory.mktemp("round"), actions, wording)
    found = received(file, actions)
    assert found.found == ()
    assert {node: _tidy(values) for node, values in found.values.items()} == {
        node: _tidy(action.values) for node, action in actions.items()
    }
    assert found.versions == {node: action.version for node, action in actions.items()}


@given(areas(), st.data())
@settings(deadline=None, max_examples=60)
def test_whoever_changes_some_rows_changes_these_and_no_others(tmp_path_factory, actions, data):
    wanted = {node: data.draw(values.filter(lambda said: not 0 < (said.declared or 0) < 1)) for node in actions}
    touched = data.draw(st.sets(st.sampled_from(sorted(actions))))
    mine = {node: Held(node, held.version, held.key, held.name, wanted[node] if node in touched else held.values)
            for node, held in actions.items()}  # fmt: skip
    found = received(sent(tmp_path_factory.mktemp("round"), mine), actions)
    would = compare(found.values, {node: held.values for node, held in actions.items()}, actions)
    differs = {node for node in touched if _tidy(wanted[node]) != _tidy(actions[node].values)}
    assert {change.held.node for change in would} == differs
    assert {change.held.node: _tidy(change.wanted) for change in would} == {node: _tidy(wanted[node]) for node in differs}
    assert not any(change.stale for change in would)


def _tidy(said: Values) -> tuple:
    return (said.declared, said.status, tidy(said.said), tidy(said.reason))


def test_the_workbook_is_small_and_opens():
    book = load_workbook(BytesIO(write(list(AREA.values()), dict.fromkeys(AREA, "Name"), ENGLISH)))
    assert book.sheetnames == ["Actions", "Instructions"]
