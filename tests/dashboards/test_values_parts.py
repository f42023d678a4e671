"""Numerator and denominator on the screen: in the table, in the sheet that comes back, and beside the value wherever it is shown."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboards.work.values import desk, grid, known, office, saying, sheets, wording
from dashboards.work.values.difference import Desktop
from data.drafts import keep
from data.plans.sheet import read
from data.problems import Refused
from data.reviews.sheet import COLUMNS
from data.reviews.values import send, type_values
from tests.dashboards.test_values import LEAKS, desktop, free, out, touch
from tests.data.test_review_parts import of, ratio_town
from tests.value_town import ValueTown

ON_TIME, SCORE = "aurora/on_time/2026-06-30/", "aurora/score/2026-06-30/"


@pytest.fixture
def town(tmp_path: Path) -> ValueTown:
    return ratio_town(tmp_path / "home")


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """What a visit remembers."""
    kept: dict[str, object] = {}
    monkeypatch.setattr("dashboards.session.left", kept.get)
    monkeypatch.setattr("dashboards.session.put", kept.__setitem__)
    yield kept


def proposed(found: Desktop, key: str = ON_TIME, **cells: str) -> Any:
    return grid.proposed(found, touch(found, key, **cells), free(found))


def test_the_value_is_computed_and_shown_before_it_is_saved(town, visited):
    found = desktop(town, language="es")
    (good,) = proposed(found, numerator="1.200,5", denominator="2401").good
    assert (good.value, good.parts) == (50, (1200.5, 2401))
    shown = saying.value(found.session, good.row, good.value, good.said, good.parts)
    assert "50,0" in shown and "1.200,500 / 2.401" in shown.replace("\u202f", ".")


def test_what_contradicts_its_parts_is_left_out_until_it_is_corrected(town, visited):
    told = proposed(desktop(town), value="60", numerator="9", denominator="12")
    assert told.good == () and "the value 60 is not what its parts make: 9 / 12 makes 75" in str(told.faults[0])
    told = proposed(desktop(town), value="", numerator="9", denominator="")
    assert told.good == () and "without the other" in str(told.faults[0])
    told = proposed(desktop(town), value="", numerator="nine", denominator="12")
    assert told.good == () and "'nine' is not a number" in str(told.faults[0])


def test_other_parts_make_another_value_without_touching_it(town, visited):
    type_values(town.records, town.who["water"], town.definitions, town.review, [of("on_time", None, 1, 3)])
    found = desktop(town)
    (good,) = proposed(found, numerator="2").good
    assert (good.value, good.parts) == (200 / 3, (2, 3))
    (noted,) = proposed(found, numerator="1", said="Counted twice").good
    assert (noted.value, noted.said) == (100 / 3, "Counted twice")
    told = proposed(found, value="70", said="")
    assert told.good == () and "is not what its parts make" in str(told.faults[0])
    (alone,) = proposed(found, value="70", numerator="", denominator="").good
    assert (alone.value, alone.parts) == (70, (None, None))


def test_what_was_kept_before_there_were_parts_is_begun_anew(town, visited):
    found = desktop(town)
    touch(found, value="50")
    visited.clear()
    draft = {"lines": {ON_TIME: {"version": 0, **{part: {"value": "1", "said": ""} for part in ("clean", "start", "cells")}}}}
    keep(town.records, town.who["water"], found.form, draft)
    assert desk.settled(found.session, found.form, free(found)).touched == {}


def filled(found: Desktop, folder: Path, cells: dict[str, Any], *, without: tuple[str, ...] = (), row_key: str = ON_TIME) -> Any:
    """What is proposed by the sheet that went out with other cells of one row, `without` columns that older sheets did not have."""
    book = load_workbook(BytesIO(out(found)))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == row_key:
            for column, value in cells.items():
                row[COLUMNS.index(column)].value = value
    for column in without:
        titles = [cell.value for cell in sheet[1]]
        sheet.delete_cols(titles.index(wording.of("en").titles[column]) + 1)
    file = folder / "mine.xlsx"
    book.save(file)
    return sheets.proposed(found, free(found), {}, read(file, "mine.xlsx", wording.known("en")))


def test_a_sheet_brings_both_parts(town, tmp_path):
    (good,) = filled(desktop(town), tmp_path, {"numerator": 9, "denominator": 12}).good
    assert (good.row["key"], good.value, good.parts) == (ON_TIME, 75, (9, 12))
    told = filled(desktop(town), tmp_path, {"value": 60, "numerator": 9, "denominator": 0})
    (fault,) = told.faults
    assert told.good == () and (fault.line, fault.column) == (_row(town), "Denominator") and "is zero" in str(fault)


def test_a_sheet_in_which_only_a_part_is_another_makes_another_value(town, tmp_path):
    type_values(town.records, town.who["water"], town.definitions, town.review, [of("on_time", None, 1, 3)])
    assert filled(desktop(town), tmp_path, {}).good == ()
    (good,) = filled(desktop(town), tmp_path, {"numerator": 2}).good
    assert good.value == 200 / 3


def test_a_sheet_from_before_is_still_taken(town, tmp_path):
    before = ("numerator", "denominator")
    (good,) = filled(desktop(town), tmp_path, {"value": 60}, without=before).good
    assert (good.value, good.parts) == (60, (None, None))
    type_values(town.records, town.who["water"], town.definitions, town.review, [of("on_time", None, 9, 12)])
    assert filled(desktop(town), tmp_path, {}, without=before).good == ()
    told = filled(desktop(town), tmp_path, {"value": 60}, without=before)
    assert told.good == () and "is not what its parts make" in str(told.faults[0])
    with pytest.raises(Refused, match="columns are missing: Value"):
        filled(desktop(town), tmp_path, {}, without=("value",))


def _row(town: ValueTown) -> int:
    sheet = load_workbook(BytesIO(out(desktop(town)))).worksheets[0]
    return next(row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == ON_TIME)


def test_parts_are_free_only_where_they_make_the_value(town):
    sheet = load_workbook(BytesIO(out(desktop(town)))).worksheets[0]
    open_cells = {
        str(row[0].value): {COLUMNS[at] for at, cell in enumerate(row) if not cell.protection.locked} for row in sheet.iter_rows(min_row=2)
    }
    assert open_cells[ON_TIME] == {"value", "numerator", "denominator", "said"}
    assert open_cells[LEAKS] == open_cells[SCORE] == {"value", "said"}


def test_the_office_sees_what_makes_the_value(town):
    kept = type_values(town.records, town.who["water"], town.definitions, town.review, [of("on_time", None, 9, 12)])
    send(town.records, town.who["water"], town.definitions, town.review, kept)
    found = desktop(town, "office")
    assert "9 / 12" in office.about(found.session, found.known, found.known.rows[ON_TIME])
    assert known.computed(found.session, found.known.rows[ON_TIME]) and not known.computed(found.session, found.known.rows[SCORE])
