"""The good rows of a file are loaded, and the refused ones come back with their cells, their reasons and their cures."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.definitions import Definitions
from data.ingest import Partial, read_partial
from data.problems import Refused
from data.sources import Source
from tests.counting_town import LONG, definitions
from tests.malformed import xlsx

APRIL, MAY = date(2025, 4, 30), date(2025, 5, 31)


def partial(folder: Path, *contents: str, **declared: Any) -> Partial:
    """The files one.csv, two.csv ... with these rows below the header of a long file."""
    known = definitions(folder / "home", {"columns": LONG, **declared})
    return read_partial(files(folder, *contents), known[1], known[0])


def files(folder: Path, *contents: str) -> list[tuple[Path, str]]:
    given = []
    for name, content in zip(("one.csv", "two.csv"), contents, strict=False):
        (folder / name).write_text(f"place,indicator,period,value,line\n{content}", encoding="utf-8")
        given.append((folder / name, name))
    return given


def kept(found: Partial) -> list[tuple[str, date, float | None]]:
    return found.observations.rows.select("place", "period", "value").rows()


def aside(found: Partial) -> list[tuple[str, int, str]]:
    return found.refused.select("file", "line", "column").rows()


def test_a_refused_row_brings_its_cells_its_reason_and_its_cure(tmp_path: Path) -> None:
    found = partial(tmp_path, "aurora,waiting_days,2025-04,1,a\nbruma,waiting_days,2025-04,many,b\n")
    assert kept(found) == [("aurora", APRIL, 1)]
    assert found.refused.rows(named=True) == [
        {
            "place": "bruma",
            "indicator": "waiting_days",
            "period": "2025-04",
            "value": "many",
            "line (file)": "b",
            "file": "one.csv",
            "line": 3,
            "column": "value",
            "reason": "'many' is not a number",
            "cure": "write digits only; if it means a missing value, declare it under `nulls`",
        }
    ]


def test_several_faults_of_a_row_are_told_in_one(tmp_path: Path) -> None:
    found = partial(tmp_path, "aurora,waiting_days,2025-04,1,\nnowhere,waiting_days,2025-13,many,\n")
    (row,) = found.refused.rows(named=True)
    assert row["column"] == "place, period, value"
    assert row["reason"] == "'nowhere' is not a known place; '2025-13' is not a month; 'many' is not a number"
    assert len(found.problems) == 3


def test_a_row_too_short_or_too_long_keeps_the_cells_it_has(tmp_path: Path) -> None:
    found = partial(tmp_path, "aurora,waiting_days,2025-04,1,\nbruma,waiting_days\ncentre,waiting_days,2025-04,1,a,b\n")
    assert kept(found) == [("aurora", APRIL, 1)]
    assert found.refused.select("place", "period", "field 6").rows() == [("bruma", None, None), ("centre", "2025-04", "b")]


def test_two_rows_that_say_the_same_are_both_refused_also_across_files(tmp_path: Path) -> None:
    found = partial(
        tmp_path,
        "aurora,waiting_days,2025-04,1,\naurora,waiting_days,2025-05,1,\n",
        "bruma,waiting_days,2025-04,1,\naurora,waiting_days,2025-04,2,\n",
    )
    assert kept(found) == [("aurora", MAY, 1), ("bruma", APRIL, 1)]
    assert aside(found) == [("one.csv", 2, "value"), ("two.csv", 3, "value")]
    assert "given again on line 3 of two.csv" in found.refused["reason"][0]
    assert "given twice, first on line 2 of one.csv" in found.refused["reason"][1]


def test_a_bad_value_and_a_good_one_of_the_same_thing_are_both_refused(tmp_path: Path) -> None:
    found = partial(tmp_path, "aurora,waiting_days,2025-04,many,\naurora,waiting_days,2025-04,2,\nbruma,waiting_days,2025-04,2,\n")
    assert kept(found) == [("bruma", APRIL, 2)]


def test_a_bad_cell_of_a_wide_row_refuses_the_whole_row(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("place,April,May\naurora,1,2\nbruma,3,x\n", encoding="utf-8")
    wide = {
        "columns": {"place": "place"},
        "all": {"indicator": "waiting_days"},
        "wide": {"periods": {"April": "2025-04", "May": "2025-05"}},
    }
    known, source = definitions(tmp_path / "home", wide)
    found = read_partial([(tmp_path / "wide.csv", "wide.csv")], source, known)
    assert kept(found) == [("aurora", APRIL, 1), ("aurora", MAY, 2)]
    assert found.refused.select("place", "April", "May", "column").rows() == [("bruma", "3", "x", "May")]


def test_rows_left_out_are_counted_and_not_refused(tmp_path: Path) -> None:
    found = partial(tmp_path, "aurora,waiting_days,2025-04,1,\nTotal,,,x,\nTotal,9\n", leave_out={"place": ["Total"]})
    assert (found.observations.left_out, found.refused.height, found.problems) == (2, 0, ())


def test_a_cell_that_leans_on_a_row_that_could_not_be_read_is_refused(tmp_path: Path) -> None:
    first = "aurora,waiting_days,2025-04,1,\n,waiting_days,2025-05,2,\n"
    content = f"{first}bruma,waiting_days\n,waiting_days,2025-06,3,\ncentre,waiting_days,2025-04,4,\n"
    found = partial(tmp_path, content, fill_down=["place"])
    assert kept(found) == [("aurora", APRIL, 1), ("aurora", MAY, 2), ("centre", APRIL, 4)]
    assert aside(found) == [("one.csv", 4, "period"), ("one.csv", 5, "place")]


def test_a_cell_that_leans_on_an_error_is_refused(tmp_path: Path) -> None:
    rows = [["aurora", 1], [None, 2], [xlsx.Formula("#REF!"), 3], [None, 4], ["bruma", 5]]
    table = [list(LONG), *([place, "waiting_days", f"2025-0{month}", month] for place, month in rows)]
    known, source = definitions(tmp_path / "home", {"columns": LONG, "fill_down": ["place"]})
    (tmp_path / "book.xlsx").write_bytes(xlsx.workbook(table))
    found = read_partial([(tmp_path / "book.xlsx", "book.xlsx")], source, known)
    assert found.observations.rows["value"].to_list() == [1, 2, 5]
    assert aside(found) == [("book.xlsx", 4, "place"), ("book.xlsx", 5, "place")]


def test_an_object_brings_every_key_it_has_and_a_broken_line_its_text(tmp_path: Path) -> None:
    good = '{"place": "aurora", "indicator": "waiting_days", "period": "2025-04", "value": 1}'
    bad = '{"place": "nowhere", "indicator": "waiting_days", "period": "2025-04", "value": 2.50, "note": "x"}'
    (tmp_path / "june.jsonl").write_text(f'{good}\n{bad}\n{{"place"\n', encoding="utf-8")
    known, source = definitions(tmp_path / "home", {"columns": LONG})
    refused = read_partial([(tmp_path / "june.jsonl", "june.jsonl")], source, known).refused
    assert refused.select("place", "value", "note", "line").rows() == [("nowhere", "2.50", "x", 2), (None, None, None, 3)]
    assert refused["field 6"].to_list() == [None, '{"place"']


WHOLE = {
    "a question about a decimal mark": (
        "aurora,waiting_days,2025-04,1,\nbruma,waiting_days,2025-04,1.234,\n",
        "1.234 can be 1234 or 1.234",
    ),
    "a question about the order of day and month": ("aurora,waiting_days,01/02/2025,1,\n", "does the day come first"),
    "a quote that is never closed": ('aurora,waiting_days,2025-04,1,\n"bruma,waiting_days,2025-04,1,\n', "never closed"),
    "no good row": ("nowhere,waiting_days,2025-04,1,\n", "'nowhere' is not a known place"),
}


@pytest.mark.parametrize(("content", "words"), WHOLE.values(), ids=WHOLE)
def test_a_fault_of_the_whole_file_refuses_it_all(content: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=words):
        partial(tmp_path, content)


@pytest.fixture
def known(tmp_path: Path) -> tuple[Definitions, Source]:
    return definitions(tmp_path / "home", {"columns": LONG})


def test_a_file_that_cannot_be_read_keeps_the_others_out(known: tuple[Definitions, Source], tmp_path: Path) -> None:
    given = [*files(tmp_path, "aurora,waiting_days,2025-04,1,\n"), (tmp_path / "none.csv", "none.csv")]
    with pytest.raises(Refused, match=r"none\.csv: there is no such file"):
        read_partial(given, known[1], known[0])
