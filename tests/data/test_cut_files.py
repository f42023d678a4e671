"""A file whose end is missing, wherever it was cut: refused, and what was loaded before stays; no row of it is read as another."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from data import facts
from data.__main__ import main
from data.home import Home
from data.ingest import read_partial
from tests.counting_town import LONG, build, definitions
from tests.malformed import ods, xls
from tests.thorough import part

CUTS = part(50, 3)
HEADER = list(LONG)
ROWS = [[place, "visitors", f"2025-01-{day:02}", day * 1000 + 0.5] for day in range(1, 29) for place in ("aurora", "bruma")]


def text(mark: str) -> bytes:
    return "".join(mark.join(map(str, row)) + "\n" for row in [HEADER, *ROWS]).encode()


def json_lines() -> bytes:
    return pl.DataFrame(ROWS, schema=HEADER, orient="row").write_ndjson().encode()


def parquet() -> bytes:
    made = io.BytesIO()
    pl.DataFrame(ROWS, schema=HEADER, orient="row").write_parquet(made)
    return made.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([HEADER, *ROWS]):
            sheet.write_row(line, 0, row)
    return made.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    "csv": lambda: text(","),
    "tsv": lambda: text("\t"),
    "jsonl": json_lines,
    "parquet": parquet,
    "xlsx": workbook,
    "xls": lambda: xls.workbook([HEADER, *ROWS]),
    "ods": lambda: ods.workbook([HEADER, *ROWS]),
}
LINES = ("csv", "tsv", "jsonl")
"""A text that ends at the end of a line, or of an object, cannot be told from a whole one."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = build(tmp_path / "home", {"id": "daily", "columns": LONG})
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    monkeypatch.chdir(tmp_path)
    return home


def ingest(name: str, content: bytes) -> int:
    Path(name).write_bytes(content)
    return main(["ingest", name, "--source", "daily", "--json"])


def held(home: Home) -> list[tuple[str, date, float]]:
    found = facts.current(home)
    return [] if found is None else sorted(found.observations().select("place", "period", "value").rows())


@pytest.mark.parametrize("kind", MADE)
def test_a_file_cut_anywhere_is_refused_and_what_was_loaded_stays(kind: str, home: Home) -> None:
    whole = MADE[kind]()
    assert ingest("before.csv", text(",").replace(b".5", b".25")) == 0
    before = held(home)
    offsets = [len(whole) * number // CUTS for number in range(CUTS)]
    assert len(set(offsets)) == CUTS
    for offset in offsets:
        if kind in LINES and whole[offset - 1 : offset] in (b"\n", b"}"):
            continue
        assert ingest(f"cut.{kind}", whole[:offset]) == 1, offset
    assert held(home) == before
    assert ingest(f"whole.{kind}", whole) == 0
    assert held(home) == sorted((place, date.fromisoformat(day), value) for place, _, day, value in ROWS)


@pytest.mark.parametrize("kind", LINES)
def test_a_text_cut_at_the_end_of_a_line_gives_its_rows_as_they_are(kind: str, home: Home) -> None:
    whole = MADE[kind]()
    lines = whole.splitlines(keepends=True)
    kept = len(lines) // 2
    assert ingest(f"cut.{kind}", b"".join(lines[:kept])) == 0
    rows = ROWS[: kept if kind == "jsonl" else kept - 1]
    assert held(home) == sorted((place, date.fromisoformat(day), value) for place, _, day, value in rows)


def test_a_cut_text_that_is_read_in_part_gives_only_rows_that_are_whole(tmp_path: Path) -> None:
    known, source = definitions(tmp_path / "home", {"columns": LONG})
    whole, file = text(","), tmp_path / "cut.csv"
    for offset in range(len(whole) - 60, len(whole)):
        file.write_bytes(whole[:offset])
        rows = read_partial([(file, "cut.csv")], source, known).observations.rows.select("place", "period", "value").rows()
        assert set(rows) <= {(place, date.fromisoformat(day), value) for place, _, day, value in ROWS}
