"""Marks of numbers and orders of dates: right or asked about, never wrong without a word."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.proposal import dates, marks
from tests import proposals

Pair = tuple[str, str | None]
PAIRS: list[Pair] = [(".", None), (",", None), (".", ","), (",", "."), (".", " "), (",", " "), (".", "'"), (",", "'")]
FORMATS = ["%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y", "%m/%d/%y", "%y/%m/%d", "%Y%m%d", "%d/%m/%Y %H:%M"]


def written(number: int, decimals: int, pair: Pair) -> str:
    """A number, given in units of its last decimal, as somebody with these marks writes it."""
    decimal, thousands = pair
    whole, part = divmod(abs(number), 10**decimals)
    grouped = f"{whole:,}".replace(",", thousands or "")
    return ("-" if number < 0 else "") + grouped + (f"{decimal}{part:0{decimals}}" if decimals else "")


@given(
    pair=st.sampled_from(PAIRS),
    numbers=st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(0, 4)), min_size=1, max_size=6),
)
@settings(max_examples=150)
def test_numbers_with_known_marks_are_read_right_or_asked_about(pair: Pair, numbers: list[tuple[int, int]]):
    texts = {written(number, decimals, pair): number / 10**decimals for number, decimals in numbers}
    found = marks.find(dict.fromkeys(texts, 1), {})
    if found.questions:
        options = {option.value: dict(option.examples) for option in found.questions[0].options}
        shown = {text: read for text, read in options[pair[0]].items() if text in texts}
        assert shown == {text: texts[str(text)] for text in shown}
        answered = marks.find(dict.fromkeys(texts, 1), {"decimal": pair[0]})
        assert [question.answer for question in answered.questions] == [pair[0]]
        found = answered
    assert marks.read(list(texts), (found.decimal or ".", found.thousands)) == list(texts.values())


@given(form=st.sampled_from(FORMATS), days=st.lists(st.dates(date(1970, 1, 1), date(2049, 12, 31)), min_size=1, max_size=5))
@settings(max_examples=150)
def test_dates_in_a_known_order_are_read_right_or_asked_about(form: str, days: list[date]):
    texts = [day.strftime(form) for day in days]
    found, remarks, questions = dates.order(texts, {})
    if questions:
        assert found is None
        right = next(option for option in questions[0].options if option.value == form)
        assert [read for _, read in right.examples] == [day.isoformat() for day in days[:3]]
    elif found is None:  # written so that it needs no format
        assert [dates.meaning(text) for text in texts] == [day.isoformat() for day in days]
    else:
        assert found == form
        assert remarks


@given(
    pair=st.sampled_from(PAIRS),
    delimiter=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    around=st.sets(st.sampled_from(["title", "units", "total", "note"])),
    missing=st.sampled_from(["n.d.", "-", "<5", "*", "..", "s/d"]),
    numbers=st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 3)), min_size=2, max_size=6),
)
@settings(max_examples=30)
def test_a_whole_file_is_read_right_or_asked_about(
    tmp_path_factory: pytest.TempPathFactory,
    pair: Pair,
    delimiter: str,
    encoding: str,
    around: set[str],
    missing: str,
    numbers: list[tuple[int, int]],
):
    folder = tmp_path_factory.mktemp("file")
    known = proposals.definitions(folder / "home")
    cells = [*(written(number, decimals, pair) for number, decimals in numbers), missing]
    rows = [["Distrito", "Año", "Población"], *(["Centro", str(2000 + at), cell] for at, cell in enumerate(cells))]
    if "units" in around:
        rows.insert(1, ["", "", "habitantes"])
    if "total" in around:
        rows.append(["Total", "2000", written(7, 0, pair)])
    lines = [delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows]
    lines = ["Padrón municipal de habitantes", ""] * ("title" in around) + lines + ["", "Fuente: Padrón"] * ("note" in around)
    raw = "".join(f"{line}\n" for line in lines).encode(encoding)
    given: dict[str, str] = {}
    right = {"decimal": pair[0], "delimiter": delimiter, "encoding": encoding}
    found = proposals.proposed(folder, known, raw)
    while found.open:
        assert not {question.key for question in found.open} & set(given)
        given |= {question.key: right[question.key] for question in found.open}
        found = proposals.proposed(folder, known, raw, given)
    assert found.problems == ()
    assert [row[4] for row in proposals.rows(folder, known, found)] == [*(number / 10**decimals for number, decimals in numbers), missing]


@pytest.mark.parametrize(
    ("texts", "decimal", "thousands"),
    [
        (["12.5"], None, None),
        (["12.5", "1.234"], ".", None),
        (["12,5"], ",", None),
        (["1.234,56"], ",", "."),
        (["1,234.56"], ".", ","),
        (["1.234.567"], ",", "."),
        (["1.234.567", "1.000"], ",", "."),
        (["0.123", "1.500"], ".", None),
        (["1234.567"], None, None),
        (["1 234,5"], ",", " "),
        (["1\u00a0234,5"], ",", " "),
        (["1'234.5"], ".", "'"),
        (["1,5E+03", "2"], ",", None),
        (["7", "12", "2024"], None, None),
    ],
)
def test_marks_that_leave_no_other_reading_are_proposed(texts: list[str], decimal: str | None, thousands: str | None):
    found = marks.find(dict.fromkeys(texts, 1), {})
    assert (found.decimal, found.thousands, found.questions) == (decimal, thousands, ())
    assert bool(found.remarks) == bool(decimal or thousands)


@pytest.mark.parametrize(
    ("texts", "said", "point", "comma"),
    [
        (["1.234"], "How is 1.234 to be read?", [("1.234", 1.234)], [("1.234", 1234.0)]),
        (["7", "1,234"], "How is 1,234 to be read?", [("1,234", 1234.0)], [("1,234", 1.234)]),
        (["1 234"], "Thousands are parted, as in 1 234", [("1 234", 1234.0)], [("1 234", 1234.0)]),
        (["1,5", "2.5"], "such as 2.5 and 1,5", [("1,5", ""), ("2.5", 2.5)], [("1,5", 1.5), ("2.5", "")]),
    ],
)
def test_marks_that_leave_two_readings_are_asked_about_with_both(texts: list[str], said: str, point: list[tuple], comma: list[tuple]):
    found = marks.find(dict.fromkeys(texts, 1), {})
    question = found.questions[0]
    assert said in question.message.format(**question.values)
    assert (found.decimal, found.thousands, question.answer) == (None, None, None)
    assert {option.value: list(option.examples) for option in question.options} == {".": point, ",": comma}


@pytest.mark.parametrize(
    ("text", "kind", "meaning"),
    [
        ("2019", "year", "2019"),
        ("Año 2019", "year", "2019"),
        ("2018/19", "fiscal", "2018/19"),
        ("2018-2019", "fiscal", "2018/19"),
        ("FY2019", "fiscal", "FY2019"),
        ("2018/11", "month", "2018-11"),
        ("2018-1", "month", "2018-01"),
        ("11/2018", "month", "2018-11"),
        ("ene-24", "named", "2024-01"),
        ("2005/Ago", "named", "2005-08"),
        ("Enero de 2024", "named", "2024-01"),
        ("sept. 2024", "named", "2024-09"),
        ("T1 2024", "quarter", "2024-Q1"),
        ("1T24", "quarter", "2024-Q1"),
        ("II trimestre 2024", "quarter", "2024-Q2"),
        ("2024-S2", "half", "2024-H2"),
        ("2024-W07", "week", "2024-W07"),
        ("2024-02-29", "day", "2024-02-29"),
        ("2024-02-29 00:00:00", "day", "2024-02-29"),
        ("01/02/2024", "date", None),
        ("Total 2024", None, None),
        ("Cap 21", None, None),
        ("2024.5", None, None),
        ("3024", None, None),
        ("Centro", None, None),
    ],
)
def test_periods_as_people_write_them(text: str, kind: str | None, meaning: str | None):
    assert (dates.kind(text), dates.meaning(text)) == (kind, meaning)


@pytest.mark.parametrize(
    ("texts", "form", "asked"),
    [
        (["ene-24", "feb-24"], "%b-%y", False),
        (["ene-31", "ene-32"], "%b-%y", False),
        (["ene-24"], None, True),
        (["ene 24", "feb 25"], None, True),
        (["20240131"], "%Y%m%d", False),
        (["13/02/24"], None, True),
        (["31/12/99"], "%d/%m/%y", False),
        (["13/02/2024", "02/13/2024"], None, True),
        (["2024-01-31"], None, False),
    ],
)
def test_dates_that_only_sometimes_tell_their_order(texts: list[str], form: str | None, asked: bool):
    found, _, questions = dates.order(texts, {})
    assert (found, bool(questions)) == (form, asked)


def test_fiscal_years_that_could_be_months_can_be_said_to_be(tmp_path: Path):
    question = dates.fiscal(["2010/11", "2011/12"], {})
    assert question is not None
    assert [option.value for option in question.options] == list(range(1, 13))
    alone = dates.fiscal(["2018/19"], {"fiscal_year_starts": 7})
    assert alone is not None
    assert (alone.answer, [option.value for option in alone.options]) == (7, list(range(2, 13)))
    assert alone.options[5].examples == (("2018/19", "2018-07 – 2019-06"),)
    assert dates.fiscal(["2018/19", "2019"], {}) is None
