"""Whatever a file holds, it is read or refused: nothing else happens, and no number comes back as another."""

import io
import json
import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.definitions import Definitions
from data.ingest import read_all, read_partial
from data.ingest.fault import Fault
from data.ingest.numbers import question, read_numbers, why_not
from data.ingest.period_texts import read_period
from data.periods import EXAMPLES
from data.problems import Refused
from data.sources import Source
from tests.counting_town import LONG, definitions
from tests.malformed import ods, xls, xlsx
from tests.thorough import part

FRAGMENTS = st.sampled_from(
    [
        *("aurora", "waiting_days", "2025-05", "1", "Total", "1.234", "12%", "NaN", "1e999", "é", "=", "<5", "n.d.", "Ago 2005", "Jan-24"),
        *(",", ";", '"', "\n", "\r", "\r\n", "\0", " ", "\u2028", "\ufeff", "aurora,waiting_days,2025-05,1\n"),
    ]
)
MARKS = st.sampled_from([(".", ""), (".", ","), (",", "."), (",", " "), (".", "'")])
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
HEADER = "place,indicator,period,value\n"
Town = tuple[Definitions, Source]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return definitions(tmp_path_factory.mktemp("town"), {"columns": LONG})


def read(content: bytes, town: Town, ending: str = "csv") -> list[float | None]:
    """The values of a file; every one of its problems has words and a cure. Raises Refused."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"june.{ending}"
        file.write_bytes(content)
        try:
            return read_all([(file, "june")], town[1], town[0]).rows["value"].to_list()
        except Refused as refused:
            assert refused.problems
            assert all(str(problem) and problem.hint.format(**problem.values) for problem in refused.problems)
            _in_part(file, town)
            raise


def _in_part(file: Path, town: Town) -> None:
    """What cannot be read whole can be read in part, or is refused too; then every refused line has its reason."""
    try:
        found = read_partial([(file, "june")], town[1], town[0])
    except Refused:
        return
    assert found.refused["reason"].str.len_chars().min()
    assert not found.observations.rows.is_empty()


def tried(content: bytes, town: Town, ending: str = "csv") -> list[float | None]:
    try:
        return read(content, town, ending)
    except Refused:
        return []


@settings(max_examples=part(1500, 10), deadline=None)
@given(parts=st.lists(FRAGMENTS, max_size=40), header=st.booleans())
def test_a_text_of_any_pieces_is_read_or_refused(parts: list[str], header: bool, town: Town) -> None:
    tried(((HEADER if header else "") + "".join(parts)).encode(), town)


@settings(max_examples=part(400), deadline=None)
@given(content=st.binary(max_size=200), ending=st.sampled_from(["csv", "tsv", "jsonl", "xlsx", "xls", "ods", "parquet"]))
def test_any_bytes_are_refused(content: bytes, ending: str, town: Town) -> None:
    with pytest.raises(Refused):
        read(content, town, ending)


KEYS: dict[str, list[Any]] = {
    "header_row": [1, 2],
    "header_rows": [1, 2],
    "rows_below_header": [0, 1],
    "footnotes": [(), ("Total",), ("1",)],
    "leave_out": [{}, {"place": ("Total", "1")}],
    "fill_down": [(), ("place",)],
    "nulls": [(), ("<#", "n.d.")],
    "encoding": ["utf-8", "latin-1", "utf-16", "cp1252"],
    "decimal": [None, ","],
    "date_format": [None, "%b-%y"],
}


@settings(max_examples=part(1000, 10), deadline=None)
@given(parts=st.lists(FRAGMENTS, max_size=20), told=st.fixed_dictionaries({key: st.sampled_from(values) for key, values in KEYS.items()}))
def test_a_text_is_read_or_refused_whatever_is_declared(parts: list[str], told: dict[str, Any], town: Town) -> None:
    source = town[1].model_copy(update=told)
    tried((HEADER + "".join(parts)).encode(told["encoding"], "replace"), (town[0], source))


@settings(max_examples=part(800), deadline=None)
@given(value=NUMBERS, marks=MARKS)
def test_a_number_written_with_the_declared_marks_comes_back(value: Decimal, marks: tuple[str, str], town: Town) -> None:
    decimal, thousands = marks
    text = f"{value:,.4f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    source = town[1].model_copy(update={"decimal": decimal, "thousands": thousands or None, "delimiter": "|"})
    content = f"place|indicator|period|value\naurora|waiting_days|2025-05|{text}\n"
    assert read(content.encode(), (town[0], source)) == [float(value)]


ANY_NUMBER = st.text(alphabet="0123456789.,' +-eE%<>()\u00a0٣", max_size=14)


@settings(max_examples=part(2500), deadline=None)
@given(texts=st.lists(ANY_NUMBER, min_size=1, max_size=8), marks=MARKS, unit=st.sampled_from([None, "%"]))
def test_a_text_is_a_number_by_the_declared_marks_or_is_told_why_not(
    texts: list[str], marks: tuple[str, str], unit: Any, town: Town
) -> None:
    decimal, thousands = marks
    source = town[1].model_copy(update={"decimal": decimal, "thousands": thousands or None, "unit": unit})
    given_texts = pl.Series("text", [text.strip() for text in texts])
    native = pl.Series("native", [None] * len(texts), dtype=pl.Float64)
    found = read_numbers(given_texts, native, source)
    for text, value, failed in zip(given_texts, found["value"], found["failed"], strict=True):
        if value is not None:
            plain = text.replace(thousands, "") if thousands else text
            plain = plain.replace("\u00a0", "") if thousands == " " else plain
            assert value == float(plain.removesuffix("%").strip().replace(decimal, "."))
        assert not failed or why_not(text, source).message
    assert question(given_texts, native, source) is None


@settings(max_examples=part(2000), deadline=None)
@given(
    text=st.text(alphabet="0123456789-/QTSHWFYMagoetd de.", max_size=14) | st.text(max_size=12),
    frequency=st.sampled_from(list(EXAMPLES)),
    starts=st.integers(1, 12),
    form=st.sampled_from([None, "%d/%m/%Y", "%b-%y", "%d de %B de %Y"]),
)
def test_a_text_is_a_period_or_is_told_why_not(text: str, frequency: Any, starts: int, form: str | None, town: Town) -> None:
    source = town[1].model_copy(update={"fiscal_year_starts": starts, "date_format": form})
    found = read_period(text, frequency, source)
    if isinstance(found, Fault):
        assert found.message.format(**found.values)
        assert found.hint.format(**found.values)
    else:
        assert 1583 <= found.year < 2200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["aurora", "2025-05", "waiting_days"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=part(700), deadline=None)
@given(objects=st.lists(st.dictionaries(st.sampled_from([*LONG, "other"]), JSON, max_size=5) | JSON, max_size=5), cut=st.integers(0, 5))
def test_any_json_lines_are_read_or_refused(objects: list[Any], cut: int, town: Town) -> None:
    content = "".join(f"{json.dumps(one)}\n" for one in objects)
    tried(content[: len(content) - cut].encode(), town, "jsonl")


ROW = st.tuples(st.sampled_from(["aurora", "bruma"]), st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.floats(-1e12, 1e12) | st.none())


def distinct(rows: list[tuple]) -> list[tuple]:
    return list({(place, day): (place, day, value) for place, day, value in rows}.values())


def _separated(rows: list[tuple]) -> bytes:
    lines = [f"{place};visitors;{day};{'n.d.' if value is None else repr(value).replace('.', ',')}\n" for place, day, value in rows]
    return (HEADER.replace(",", ";") + "".join(lines)).encode("utf-16")


def _objects(rows: list[tuple]) -> bytes:
    whole = [{"place": place, "indicator": "visitors", "period": str(day), "value": value} for place, day, value in rows]
    return "".join(f"{json.dumps(one)}\n" for one in whole).encode()


def _table(rows: list[tuple]) -> list[list[Any]]:
    return [list(LONG), *([place, "visitors", str(day), value] for place, day, value in rows)]


def _parquet(rows: list[tuple]) -> bytes:
    made = io.BytesIO()
    shape = {"place": pl.String, "indicator": pl.String, "period": pl.Date, "value": pl.Float64}
    pl.DataFrame([(place, "visitors", day, value) for place, day, value in rows], schema=shape, orient="row").write_parquet(made)
    return made.getvalue()


WRITERS: dict[str, Callable[[list[tuple]], bytes]] = {
    "csv": _separated,
    "jsonl": _objects,
    "parquet": _parquet,
    "xlsx": lambda rows: xlsx.workbook(_table(rows)),
    "xls": lambda rows: xls.workbook(_table(rows)),
    "ods": lambda rows: ods.workbook(_table(rows)),
}


@pytest.mark.parametrize(("ending", "examples"), [("csv", 300), ("jsonl", 300), ("parquet", 100), ("xlsx", 60), ("xls", 150), ("ods", 150)])
def test_a_table_that_is_written_comes_back(ending: str, examples: int, town: Town) -> None:
    source = town[1].model_copy(update={"decimal": ",", "nulls": ("n.d.",), "delimiter": ";"})

    @settings(max_examples=part(examples), deadline=None)
    @given(rows=st.lists(ROW, min_size=1, max_size=6).map(distinct))
    def check(rows: list[tuple]) -> None:
        if ending == "xlsx":  # its writer keeps sixteen digits
            rows = [(place, day, None if value is None else float(f"{value:.15g}")) for place, day, value in rows]
        assert read(WRITERS[ending](rows), (town[0], source), ending) == [value for _, _, value in rows]

    check()


SMALL = [list(LONG), ["aurora", "visitors", "2025-05-01", 1.5], ["bruma", "visitors", "2025-05-01", 7]]
WHOLE = {"xls": xls.workbook(SMALL), "ods": ods.workbook(SMALL), "xlsx": xlsx.workbook(SMALL)}


@pytest.mark.parametrize("ending", WHOLE)
def test_a_workbook_with_some_bytes_changed_is_read_or_refused(ending: str, town: Town) -> None:
    """In the packed ones a check sum finds most; an old one has none, and is read as what it says then."""

    @settings(max_examples=part(150), deadline=None)
    @given(changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6))
    def check(changes: list[tuple[float, int]]) -> None:
        content = bytearray(WHOLE[ending])
        for place, byte in changes:
            content[int(place * len(content))] = byte
        tried(bytes(content), town, ending)

    check()
