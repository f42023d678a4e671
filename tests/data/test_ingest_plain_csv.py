"""A large plain file is read at once; it comes out as the careful reader reads it, or is left to that one."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from data import ingest
from data.definitions import Definitions
from data.ingest import plain_csv
from data.ingest.rows import COLUMNS, KEY
from data.problems import Refused
from data.sources import Source
from tests.conftest import ROOT
from tests.counting_town import LONG, definitions
from tests.data.test_ingest_good_files import FILES, GOOD
from tests.thorough import part

TEXTS = pl.col("place", "indicator", "segment", "flag").cast(pl.String)
HEADER = "place,indicator,period,value\n"


@pytest.fixture(autouse=True)
def any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files too."""
    monkeypatch.setattr(plain_csv, "SMALLEST", 0)


def carefully(files: list[tuple[Path, str]], source: Source, known: Definitions) -> pl.DataFrame | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_csv, "read", lambda *_: None)
        try:
            return ingest.read_all(files, source, known).rows
        except Refused:
            return None


def quickly(files: list[tuple[Path, str]], source: Source, known: Definitions) -> pl.DataFrame | None:
    return plain_csv.read(files, source, known, lambda _: None)


def same(found: pl.DataFrame, expected: pl.DataFrame) -> None:
    assert found.columns == COLUMNS
    assert_frame_equal(found.with_columns(TEXTS).sort(KEY), expected.sort(KEY), check_exact=True)


def agree(content: bytes | str, source: Source, known: Definitions, *, plain: bool | None = None) -> None:
    """Both readers say the same of a file, or the quick one leaves it; `plain` says which of the two is expected."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "june.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        files = [(file, "june.csv")]
        found, expected = quickly(files, source, known), carefully(files, source, known)
    if found is not None:
        assert expected is not None, "a file was taken that ought to be refused"
        same(found, expected)
    assert plain is None or plain == (found is not None)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Definitions, Source]:
    return definitions(tmp_path_factory.mktemp("town"), {"columns": LONG})


def rows(*lines: str) -> str:
    return HEADER + "".join(f"{line}\n" for line in lines)


A, B = "aurora,waiting_days,2025-04,1.5", "bruma,waiting_days,2025-04,2"
PLAIN: dict[str, tuple[str | bytes, dict[str, Any]]] = {
    "a few rows": (rows(A, B), {}),
    "line breaks of Windows": (rows(A, B).replace("\n", "\r\n"), {}),
    "a byte order mark": (b"\xef\xbb\xbf" + rows(A).encode(), {}),
    "quotes around everything": ('"place","indicator","period","value"\n"aurora","waiting_days","2025-04","1.5"\n', {}),
    "quotes around some cells": (rows('"aurora",waiting_days,"2025-04",1.5', B), {}),
    "an empty value": (rows(A, "bruma,waiting_days,2025-04,"), {}),
    "an empty value in quotes": (rows(A, 'bruma,waiting_days,2025-04,""'), {}),
    "spaces around cells": (rows(" aurora , waiting_days,2025-04 , 1.5 "), {}),
    "names in any language and case": (rows("AURORA,Días de espera,2025-04,1", "casco antiguo,waiting days,2025-04,2"), {}),
    "a missing value with its reason": (rows(A, "bruma,waiting_days,2025-04,n.d."), {"nulls": ["n.d."]}),
    "decimal comma": (
        rows(A.replace(",", ";").replace(".", ","), B.replace(",", ";")).replace(HEADER, HEADER.replace(",", ";")),
        {"delimiter": ";", "decimal": ",", "thousands": "."},
    ),
    "thousands": (
        rows("aurora;waiting_days;2025-04;1.234.567,25").replace(HEADER, HEADER.replace(",", ";")),
        {"delimiter": ";", "decimal": ",", "thousands": "."},
    ),
    "many digits": (rows("aurora,waiting_days,2025-04,69.65094757080078", "bruma,waiting_days,2025-04,1e-3"), {"decimal": "."}),
    "different frequencies": (rows(A, "aurora,days_of_rain,2024,5", "aurora,visitors,2024-02-29,7"), {}),
    "a fiscal year": (rows("aurora,days_of_rain,2024,5"), {"fiscal_year_starts": 7}),
    "declared dates": (rows("aurora,visitors,03/04/2025,5"), {"date_format": "%d/%m/%Y"}),
    "a column that nobody asks for": ("note," + rows("x," + A, "," + B), {}),
    "a column at the end that nobody asks for": (HEADER.strip() + f",note\n{A},x\n{B},\n", {}),
    "lines above the header": ("A title, with commas\n\n" + rows(A, B), {"header_row": 3}),
    "segments": ("who," + rows("women," + A, "men," + A, "," + A), {"columns": {**LONG, "segment": "who"}}),
    "one place and period for all": (
        "value\n3\n",
        {"columns": {"value": "value"}, "all": {"place": "bruma", "indicator": "waiting_days", "period": "2025-04"}},
    ),
    "parts of a ratio": (
        "part,whole,place,period,value\n1,2,aurora,2025,50\n,,bruma,2025,3\n",
        {
            "all": {"indicator": "share_answered"},
            "columns": {"place": "place", "period": "period", "value": "value", "numerator": "part", "denominator": "whole"},
        },
    ),
    "words for numbers": (rows("aurora,waiting_days,2025-04,yes"), {"true": ["yes"]}),
}


@pytest.mark.parametrize("case", PLAIN)
def test_a_plain_file_is_read_at_once_and_as_the_careful_reader_does(case: str, town: tuple[Definitions, Source]) -> None:
    content, declared = PLAIN[case]
    source = Source.model_validate({**town[1].model_dump(mode="json", exclude_defaults=True), **declared})
    agree(content, source, town[0], plain=True)


ODD: dict[str, str | bytes] = {
    "nothing": "",
    "a header alone": HEADER,
    "no line break at the end": rows(A, B).rstrip("\n"),
    "no line break at all": HEADER.strip(),
    "a blank line": rows(A, "", B),
    "a line of delimiters": rows(A, ",,,", B),
    "a field too few": rows(A, "bruma,waiting_days,2025-04"),
    "a field too many": rows(A, B + ",7"),
    "one too many where another is missing": rows(A, "bruma,waiting_days,2025-04", "bruma,waiting_days,2025-05,1,7"),
    "an empty field too many": rows(A, B + ","),
    "a line break in quotes": rows('aurora,waiting_days,"2025\n-04",1'),
    "a delimiter in quotes": rows('aurora,waiting_days,2025-04,"1,5"'),
    "a quote in a cell": rows('aur"ora,waiting_days,2025-04,1'),
    "a doubled quote": rows('"aur""ora",waiting_days,2025-04,1'),
    "text after a quote": rows('"aurora"x,waiting_days,2025-04,1'),
    "a quote after a space": rows(' "aurora",waiting_days,2025-04,1'),
    "a value's quote after a space": rows('aurora,waiting_days,2025-04, "1"'),
    "a quote never closed": rows('aurora,waiting_days,2025-04,"1'),
    "a lone carriage return": rows("aurora\r,waiting_days,2025-04,1"),
    "lines of old computers": rows(A, B).replace("\n", "\r"),
    "mixed line breaks": rows(A) + "bruma,waiting_days,2025-04,2\r" + "centre,waiting_days,2025-04,2\n",
    "a NUL byte": rows(A, "bruma,waiting_days,2025-04,\0"),
    "a mark inside the file": rows(A, "\ufeffbruma,waiting_days,2025-04,2"),
    "no UTF-8": rows(A).encode() + b"bruma,waiting_days,2025-04,\xff\n",
    "UTF-16": rows(A).encode("utf-16"),
    "an unknown place": rows(A, "brumo,waiting_days,2025-04,2"),
    "a name of two places": rows("Harbour,waiting_days,2025-04,2"),
    "a total": rows(A, "Total,waiting_days,2025-04,2"),
    "no place": rows(",waiting_days,2025-04,2"),
    "no period": rows("aurora,waiting_days,,2"),
    "a year for a month": rows("aurora,waiting_days,2025,2"),
    "no such day": rows("aurora,visitors,2025-02-30,2"),
    "day or month first": rows("aurora,visitors,01/02/2025,2"),
    "no number": rows(A, "bruma,waiting_days,2025-04,two"),
    "no finite number": rows(A, "bruma,waiting_days,2025-04,inf"),
    "a number of another language": rows(A, "bruma,waiting_days,2025-04,٣"),
    "an underscore": rows(A, "bruma,waiting_days,2025-04,1_000"),
    "too many digits": rows(A, "bruma,waiting_days,2025-04,0.12345678901234567890123"),
    "a whole number that cannot be stored": rows(A, "bruma,waiting_days,2025-04,123456789012345678"),
    "thousands or decimals": rows(A, "bruma,waiting_days,2025-04,1.234"),
    "beyond the limit": rows("aurora,share_answered,2025,101"),
    "given twice": rows(A, B, A),
    "given twice under two names": rows(A, "AURORA,waiting_days,2025-04,2"),
    "a column twice": rows(A).replace("indicator", "place", 1),
    "a column without a name": "," + rows("x," + A),
    "a column missing": rows(A).replace("value", "valor", 1),
    "a web page": "<!doctype html>\n" + rows(A),
    "a header in two lines": rows(A).replace("place", '"pla\nce"', 1),
}


@pytest.mark.parametrize("case", ODD)
def test_an_odd_file_is_left_to_the_careful_reader(case: str, town: tuple[Definitions, Source]) -> None:
    agree(ODD[case], town[1], town[0], plain=False)


@pytest.mark.parametrize(
    "file", sorted(path.name for folder in ("good_files", "broken_files") for path in (ROOT / "tests/fixtures" / folder).glob("*.csv"))
)
def test_the_files_of_the_fixtures_read_the_same(file: str, town: tuple[Definitions, Source], tmp_path: Path) -> None:
    folder = GOOD if (GOOD / file).exists() else ROOT / "tests/fixtures/broken_files"
    declared = [given for name, given, _ in FILES if name == file] or [{"columns": LONG}]
    known, source = definitions(tmp_path / "home", declared[0])
    agree((folder / file).read_bytes(), source, known)


@pytest.mark.parametrize(
    "declared",
    [
        {"wide": {"places": {"value": "aurora"}}},
        {"encoding": "latin-1"},
        {"header_rows": 2},
        {"footnotes": ["Source"]},
        {"rows_below_header": 1},
        {"leave_out": {"place": ["Total"]}},
    ],
)
def test_what_a_source_declares_beyond_the_plain_is_left_to_the_careful_reader(
    declared: dict, town: tuple[Definitions, Source], tmp_path: Path
) -> None:
    source = Source.model_validate({**town[1].model_dump(mode="json", exclude_defaults=True), **declared})
    file = tmp_path / "june.csv"
    file.write_text(rows(A, B), encoding="utf-8")
    assert quickly([(file, "june.csv")], source, town[0]) is None


def test_dimensions_of_segments_are_left_to_the_careful_reader(town: tuple[Definitions, Source], tmp_path: Path) -> None:
    file = tmp_path / "june.csv"
    file.write_text("sex," + rows("women," + A), encoding="utf-8")
    source = Source.model_validate({"id": "s", "name": "s", "columns": {**LONG, "segments": {"sex": "sex"}}})
    assert quickly([(file, "june.csv")], source, town[0]) is None


def test_several_files_are_one_and_a_value_of_two_of_them_is_left_to_the_careful_reader(
    town: tuple[Definitions, Source], tmp_path: Path
) -> None:
    first, second, again = (tmp_path / f"{name}.csv" for name in "abc")
    for file, line in ((first, A), (second, B), (again, A)):
        file.write_text(rows(line), encoding="utf-8")
    known, source = town
    files = [(first, "a"), (second, "b")]
    found, expected = quickly(files, source, known), carefully(files, source, known)
    assert found is not None and expected is not None
    same(found, expected)
    assert quickly([(first, "a"), (again, "c")], source, known) is None


def test_the_rows_lie_in_the_order_in_which_they_are_kept(town: tuple[Definitions, Source], tmp_path: Path) -> None:
    file = tmp_path / "june.csv"
    lines = [
        f"{place},{indicator},{period},1"
        for place in ("bruma", "aurora")
        for indicator, period in (("days_of_rain", "2024"), ("waiting_days", "2024-12"), ("waiting_days", "2024-11"))
    ]
    file.write_text(rows(*lines), encoding="utf-8")
    found = quickly([(file, "june.csv")], town[1], town[0])
    assert found is not None
    assert found.select("period", "indicator", "place").cast(pl.String).rows() == [
        ("2024-11-30", "waiting_days", "aurora"),
        ("2024-11-30", "waiting_days", "bruma"),
        ("2024-12-31", "waiting_days", "aurora"),
        ("2024-12-31", "waiting_days", "bruma"),
        ("2024-12-31", "days_of_rain", "aurora"),
        ("2024-12-31", "days_of_rain", "bruma"),
    ]


CELLS = {
    "place": st.sampled_from(["aurora", "bruma", "centre", "AURORA", '"bruma"', " harbour", "Harbour", "Total", "", '"', '""', "a\r"]),
    "indicator": st.sampled_from(["waiting_days", "waiting_days", "visitors", "Visitors ", "share_answered", "x"]),
    "period": st.sampled_from(
        ["2025-04", "2025-05", "2025-06", "2025-05-31", "2025-05-01", "2025", "01/02/2025", "2025-W07", '"2025-07"', ""]
    ),
    "value": st.one_of(
        st.floats(-1e6, 1e6).map(repr),
        st.integers(-(10**19), 10**19).map(str),
        st.decimals(-1000, 1000, places=2).map(str),
        st.sampled_from(
            [
                "",
                "1",
                "0",
                "-0",
                "1.234",
                "1,5",
                '"3"',
                '"1,5"',
                "<5",
                "n.d.",
                " 7 ",
                "1e5",
                "1e-400",
                "+4.",
                ".5",
                "NaN",
                "5%",
                '""',
                "1\0",
            ]
        ),
    ),
}
GOOD_CELLS = {
    "place": st.sampled_from(["aurora", "bruma", "centre", "AURORA ", '"bruma"', " harbour"]),
    "indicator": st.sampled_from(["waiting_days", '"Waiting days"']),
    "period": st.dates(date(1951, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    "value": st.one_of(st.floats(-1e6, 1e6).map(repr), st.decimals(-1000, 1000, places=2).map(str), st.sampled_from(["", "<5", '"3"'])),
}


def lines_of(cells: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.tuples(*cells.values()).map(",".join), min_size=1, max_size=8)


NASTY = st.sampled_from(["", "\n", "\r\n", "\r", ",", '"', "\0", "\ufeff", " ", "x", ",,,\n", "é"])


@settings(max_examples=part(300, 3), deadline=None)
@given(
    lines=st.one_of(lines_of(CELLS), lines_of(GOOD_CELLS)),
    end=st.sampled_from(["\n", "\r\n"]),
    extra=NASTY,
    at=st.integers(0, 400),
    closed=st.booleans(),
)
def test_any_file_is_read_the_same_or_left(lines, end: str, extra: str, at: int, closed: bool, town: tuple[Definitions, Source]) -> None:
    content = end.join([HEADER.strip(), *lines]) + (end if closed else "")
    agree(content[:at] + extra + content[at:], town[1].model_copy(update={"nulls": ("<5", "n.d."), "decimal": "."}), town[0])


@settings(max_examples=part(100, 3), deadline=None)
@given(lines=lines_of(GOOD_CELLS))
def test_any_good_file_is_read_the_same(lines, town: tuple[Definitions, Source]) -> None:
    agree(rows(*lines), town[1].model_copy(update={"nulls": ("<5", "n.d."), "decimal": "."}), town[0])


def test_a_large_good_file_is_taken(town: tuple[Definitions, Source], monkeypatch: pytest.MonkeyPatch) -> None:
    """In several batches, and with fewer rows at once than there are."""
    monkeypatch.setattr("data.ingest.plain_cells.ROWS_AT_ONCE", 100)
    lines = [
        f"{place},waiting_days,{year}-{month:02},{year / 7}"
        for place in ("aurora", "bruma")
        for year in range(1900, 2100)
        for month in range(1, 13)
    ]
    agree(rows(*lines), town[1].model_copy(update={"decimal": "."}), town[0], plain=True)
