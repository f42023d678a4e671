"""Proposals: letters, sheets, names and their matches, what a person declares, and files that are no table at all."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import definitions as definition_files
from data.definition_edits import extended, save, source_entry
from data.definitions import Definitions
from data.home import Home
from data.ingest import read
from data.new_home import copy, starter_files
from data.proposal import Match, Proposal, propose, source_of
from data.proposal.layout import unit_in
from tests import proposals
from tests.data.test_proposal_shapes import SHAPES
from tests.malformed import ods, xls

TABLE = "Distrito;Año;Población\nCentro;2023;48300\nSan Martín;2023;30000\n"


@pytest.fixture
def known(tmp_path: Path) -> Definitions:
    return proposals.definitions(tmp_path / "home")


def keys(found: Proposal) -> list[str]:
    return [question.key for question in found.open]


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "encoding", "asked", "said"),
    [
        (TABLE.encode("utf-8"), "utf-8", [], ""),
        (TABLE.encode("utf-8-sig"), "utf-8", [], ""),
        (TABLE.encode("utf-16"), "utf-16", [], ""),
        (TABLE.encode("utf-16-le"), "utf-16", [], "without the mark that says so"),
        (TABLE.encode("cp1252"), "cp1252", [], "written as Windows does (cp1252); line 1: Distrito;Año;Población"),
        (TABLE.replace("Centro", "Centro – “el viejo” €").encode("cp1252"), "cp1252", [], "line 1"),
        (TABLE.replace("San Martín", "L’Hospitalet").encode("cp1252"), "cp1252", [], "line 1"),
        (TABLE.encode("mac-roman"), "cp1252", ["encoding"], "in which the words are right"),
    ],
    ids=[
        "UTF-8",
        "with a mark",
        "UTF-16",
        "UTF-16 without a mark",
        "Windows",
        "with dashes and the euro",
        "an apostrophe",
        "another computer's",
    ],
)
def test_letters_are_recognised_or_asked_about(raw: bytes, encoding: str, asked: list[str], said: str, known: Definitions, tmp_path: Path):
    found = proposals.proposed(tmp_path, known, raw)
    assert (found.source.encoding, keys(found)) == (encoding, asked)
    assert said in proposals.said(found)


def test_a_question_about_letters_shows_a_line_in_each_reading(known: Definitions, tmp_path: Path):
    found = proposals.proposed(tmp_path, known, TABLE.encode("mac-roman"))
    shown = {option.value: option.examples[0][1] for option in found.open[0].options}
    assert shown == {"cp1252": "Distrito;A–o;Poblaci—n", "latin-1": "Distrito;A\x96o;Poblaci\x97n"}


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"], ids=["semicolon", "comma", "tab", "bar"])
def test_what_parts_the_columns_is_recognised_beside_commas_in_numbers_and_names(mark: str, known: Definitions, tmp_path: Path):
    text = f'Distrito{mark}"Año"{mark}Renta media\n"Centro"{mark}2023{mark}"31250,5"\n"San Martín, el alto"{mark}2023{mark}"28100,25"\n'
    found = proposals.proposed(tmp_path, known, text)
    assert (found.source.delimiter, found.source.decimal, keys(found)) == (mark, ",", [])


def test_what_parts_the_columns_is_asked_where_two_marks_do_it_evenly(known: Definitions, tmp_path: Path):
    found = proposals.proposed(tmp_path, known, "a;b,c\nx;1,2\ny;3,4\n")
    assert keys(found)[0] == "delimiter"
    assert [option.value for option in found.open[0].options] == [";", ","]
    assert found.open[0].options[0].examples == (("a;b,c", "a | b,c"),)


def test_of_several_sheets_one_is_asked_for_and_then_read(known: Definitions, tmp_path: Path):
    table = [["Padrón", None, None], ["Distrito", "Año", "Población"], ["Centro", 2023, 48300], ["Ribera Alta", 2023, 30100.5]]
    raw = workbook(Léeme=[["Notas"]], Datos=table)
    found = proposals.proposed(tmp_path, known, raw, name="book.xlsx")
    assert (found.sheets, keys(found), found.guesses) == (("Léeme", "Datos"), ["sheet"], ())
    assert [option.message.format(**option.values) for option in found.questions[0].options] == [
        "Léeme: 1 lines, 1 columns",
        "Datos: 4 lines, 3 columns",
    ]
    found = proposals.proposed(tmp_path, known, raw, {"sheet": "Datos"}, name="book.xlsx")
    assert (keys(found), found.source.header_row, found.grid[0]) == ([], 2, (1, ("Padrón", "", "")))
    assert proposals.rows(tmp_path, known, found, name="book.xlsx") == [
        ("centro", "population", "", "2023-12-31", 48300.0),
        ("ribera", "population", "", "2023-12-31", 30100.5),
    ]


def test_numbers_that_a_workbook_keeps_as_numbers_ask_for_no_marks(known: Definitions, tmp_path: Path):
    rows = [["Distrito", "Año", "Población"], ["Centro", 2023, 1.234], ["Ribera Alta", 2023, 30.125]]
    assert keys(proposals.proposed(tmp_path, known, workbook(Hoja=rows), name="numbers.xlsx")) == []
    texts = [rows[0], *([*row[:2], str(row[2])] for row in rows[1:])]
    assert keys(proposals.proposed(tmp_path, known, workbook(Hoja=texts), name="texts.xlsx")) == ["decimal"]


def test_a_parquet_file_names_its_own_columns(known: Definitions, tmp_path: Path):
    frame = pl.DataFrame({"Distrito": ["Centro", "Ribera Alta"], "Año": [2022, 2023], "Población": [48300.0, 30.125]})
    frame.write_parquet(tmp_path / "file.parquet")
    found = propose(tmp_path / "file.parquet", known, "file.parquet")
    assert (found.problems, keys(found), [guess.role for guess in found.guesses]) == ((), [], ["place", "period", "wide"])
    assert proposals.rows(tmp_path, known, found, name="file.parquet") == [
        ("centro", "population", "", "2022-12-31", 48300.0),
        ("ribera", "population", "", "2023-12-31", 30.125),
    ]


def test_json_lines_name_their_columns_too(known: Definitions, tmp_path: Path):
    text = '{"Distrito": "Centro", "Año": "2022", "Población": 48300}\n{"Distrito": "Ribera Alta", "Año": "2023", "Población": 30.125}\n'
    found = proposals.proposed(tmp_path, known, text, name="file.jsonl")
    assert (found.problems, keys(found), [guess.role for guess in found.guesses]) == ((), [], ["place", "period", "wide"])
    assert proposals.rows(tmp_path, known, found, name="file.jsonl") == [
        ("centro", "population", "", "2022-12-31", 48300.0),
        ("ribera", "population", "", "2023-12-31", 30.125),
    ]


def merged_workbook() -> bytes:
    """A header of two lines over merged cells, a district merged over its years, days as Excel keeps them, a note at the end."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Paro por distrito"],
        [],
        ["Distrito", "Mes", "Paro registrado", None],
        [None, None, "Mujeres", "Hombres"],
        ["Centro", datetime(2024, 1, 31), 61, 59.5],
        [None, datetime(2024, 2, 29), 60, "n.d."],
        ["Ribera Alta", datetime(2024, 1, 31), 40, 41],
        [None, datetime(2024, 2, 29), 42, 43],
        ["Fuente: servicio de empleo"],
    ):
        sheet.append(row)
    for area in ("A1:D1", "A3:A4", "B3:B4", "C3:D3", "A5:A6", "A7:A8"):
        sheet.merge_cells(area)
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_merged_cells_of_a_workbook_are_understood(known: Definitions, tmp_path: Path):
    given = {"fill_down": "yes", "roles": {"Paro registrado · Hombres": "not_read"}, "indicators": {"Paro registrado · Mujeres": "jobless"}}
    found = proposals.proposed(tmp_path, known, merged_workbook(), name="merged.xlsx")
    assert (keys(found), found.problems, found.source.header_row, found.source.header_rows) == (["fill_down"], (), 3, 2)
    assert [(guess.name, guess.role) for guess in found.guesses] == [
        ("Distrito", "place"),
        ("Mes", "period"),
        ("Paro registrado · Mujeres", "wide"),
        ("Paro registrado · Hombres", "wide"),
    ]
    assert found.indicators[0].near == ("jobless",)
    found = proposals.proposed(tmp_path, known, merged_workbook(), given, name="merged.xlsx")
    assert proposals.rows(tmp_path, known, found, name="merged.xlsx") == [
        ("centro", "jobless", "", "2024-01-31", 61.0),
        ("centro", "jobless", "", "2024-02-29", 60.0),
        ("ribera", "jobless", "", "2024-01-31", 40.0),
        ("ribera", "jobless", "", "2024-02-29", 42.0),
    ]


@pytest.mark.parametrize(("ending", "written"), [("xls", xls.workbook), ("ods", ods.workbook)])
def test_workbooks_of_other_programs_are_proposed_alike(ending: str, written: Callable[..., bytes], known: Definitions, tmp_path: Path):
    raw = written([["Padrón", None, None], ["Distrito", "Año", "Población"], ["Centro", 2022, 48300], ["Ribera Alta", 2023, 1.234]])
    found = proposals.proposed(tmp_path, known, raw, name=f"file.{ending}")
    assert (keys(found), found.problems, found.source.format, found.source.header_row) == ([], (), ending, 2)
    assert proposals.rows(tmp_path, known, found, name=f"file.{ending}") == [
        ("centro", "population", "", "2022-12-31", 48300.0),
        ("ribera", "population", "", "2023-12-31", 1.234),
    ]


def test_a_hidden_sheet_is_named_and_not_read(known: Definitions, tmp_path: Path):
    book = openpyxl.load_workbook(BytesIO(workbook(Datos=[["Distrito", "Año", "Población"], ["Centro", 2023, 48300]], Notas=[["x"]])))
    book["Notas"].sheet_state = "hidden"
    book.save(tmp_path / "hidden.xlsx")
    found = propose(tmp_path / "hidden.xlsx", known, "hidden.xlsx")
    assert (keys(found), found.sheets, len(found.guesses)) == ([], ("Datos", "Notas"), 3)
    assert "hidden sheets are not read: Notas" in proposals.said(found)


def test_names_are_matched_by_id_name_and_likeness_and_near_ones_are_offered(known: Definitions, tmp_path: Path):
    places = ["centro", "Old Centre", "SAN MARTIN", "Ribera  Alta.", "Rivera Alta", "Ciudad Lineal"]
    text = "Distrito,Año,Población\n" + "".join(f"{place},2023,{number}\n" for number, place in enumerate(places))
    found = proposals.proposed(tmp_path, known, text)
    assert found.places == (
        Match("centro", "centro", "known", (), 1, "centro_2"),
        Match("Old Centre", "centro", "known", (), 1, "old_centre"),
        Match("SAN MARTIN", "san_martin", "likeness", (), 1, "san_martin_2"),
        Match("Ribera  Alta.", "ribera", "likeness", (), 1, "ribera_alta"),
        Match("Rivera Alta", None, "", ("ribera",), 1, "rivera_alta"),
        Match("Ciudad Lineal", None, "", (), 1, "ciudad_lineal"),
    )
    assert found.source.names.places == {"SAN MARTIN": "san_martin", "Ribera  Alta.": "ribera"}
    chosen = source_of(found, {"places": {"Rivera Alta": "ribera", "Ciudad Lineal": "aurora"}, "id": "census", "name": "Census"})
    assert chosen.names.places == {**found.source.names.places, "Rivera Alta": "ribera", "Ciudad Lineal": "aurora"}
    assert (chosen.id, chosen.name) == ("census", "Census")
    declared = proposals.proposed(tmp_path, known, text, {"places": {"Rivera Alta": "ribera"}})
    assert declared.places[4] == Match("Rivera Alta", "ribera", "declared", (), 1, "rivera_alta")


def test_columns_nobody_knows_wait_for_an_id_and_take_it_either_way(known: Definitions, tmp_path: Path):
    text = "Distrito,Año,Población,Árboles (miles)\nCentro,2023,48300,12\n"
    found = proposals.proposed(tmp_path, known, text)
    assert [(match.text, match.id, match.new_id, match.unit) for match in found.indicators] == [
        ("Población", "population", "poblacion", None),
        ("Árboles (miles)", None, "arboles_miles", "miles"),
    ]
    assert found.source.wide is not None
    assert found.source.wide.indicators == {"Población": "population"}
    wanted = {"Población": "population", "Árboles (miles)": "trees"}
    told = source_of(found, {"indicators": {"Árboles (miles)": "trees"}}).wide
    given = proposals.proposed(tmp_path, known, text, {"indicators": {"Árboles (miles)": "trees"}}).source.wide
    assert told is not None
    assert given is not None
    assert told.indicators == given.indicators == wanted


def test_what_a_person_declares_comes_first(known: Definitions, tmp_path: Path):
    text = "Distrito,Año,Población,Renta media\nCentro,2023,48300,1.5\nTotal,2023,9,9.5\nFuera,2023,1,2.5\n"
    given = {"roles": {"Población": "not_read"}, "leave_out": {"Distrito": ["Fuera"]}, "decimal": ".", "header_row": 1}
    found = proposals.proposed(tmp_path, known, text, given)
    assert [(guess.name, guess.role) for guess in found.guesses if guess.role == "not_read"] == [("Población", "not_read")]
    assert found.source.leave_out == {"Distrito": ("Total", "Fuera")}
    assert proposals.rows(tmp_path, known, found) == [("centro", "income", "", "2023-12-31", 1.5)]


def test_a_header_can_be_pointed_at(known: Definitions, tmp_path: Path):
    text = "Distrito;Año;Población\nde la ciudad;natural;en enero\nCentro;2023;48300\nCentro;2022;48100\n"
    given = {"header_row": 1, "header_rows": 1, "rows_below_header": 1}
    found = proposals.proposed(tmp_path, known, text, given)
    assert (found.source.header_row, found.source.rows_below_header) == (1, 1)
    assert len(proposals.rows(tmp_path, known, found)) == 2


def test_an_answered_question_stays_and_can_be_answered_otherwise(known: Definitions, tmp_path: Path):
    text = "Distrito,Año,Renta media\nCentro,2023,31.250\n"
    for mark, thousands in ((".", None), (",", ".")):
        found = proposals.proposed(tmp_path, known, text, {"decimal": mark})
        assert [(question.key, question.answer) for question in found.questions] == [("decimal", mark)]
        assert (found.source.decimal, found.source.thousands) == (mark, thousands)


def test_where_no_column_seems_to_hold_values_it_is_asked_which_does(known: Definitions, tmp_path: Path):
    text = "Distrito,Año,Estado\nCentro,2023,bueno\nRibera Alta,2023,malo\n"
    found = proposals.proposed(tmp_path, known, text)
    assert (keys(found), found.source.wide, found.source.columns.value) == (["value", "indicator"], None, None)
    told = proposals.proposed(tmp_path, known, text, {"value": "Estado", "indicator": "population"})
    assert (told.source.columns.value, keys(told)) == ("Estado", ["nulls"])
    given = {"roles": {"Población": "not_read", "Renta media": "not_read"}}
    found = proposals.proposed(tmp_path, known, "Distrito,Año,Población,Renta media\nCentro,2023,1,2\n", given)
    assert keys(found) == ["value", "indicator"]


@pytest.mark.parametrize(
    ("number", "mark", "wanted"),
    [("1.234,5", ".", (".", None)), ("12.5", ",", (",", None)), ("12,5", ",", (",", None)), ("7", ",", (",", None))],
)
def test_a_declared_mark_is_kept_also_where_texts_contradict_it(number: str, mark: str, wanted: tuple, known: Definitions, tmp_path: Path):
    found = proposals.proposed(tmp_path, known, f"Distrito;Año;Renta media\nCentro;2023;{number}\n", {"decimal": mark})
    assert (found.source.decimal, found.source.thousands) == wanted


def test_a_year_that_the_file_mentions_is_offered_and_not_taken(known: Definitions, tmp_path: Path):
    text = "Censo de 2021\nDistrito,Población\nCentro,48300\nRibera Alta,30100\n"
    found = proposals.proposed(tmp_path, known, text, name="padron_2022.csv")
    assert (keys(found), found.source.all.period) == (["period"], None)
    assert [option.value for option in found.open[0].options] == ["2021", "2022"]


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (b"", "empty.csv", "the file is empty"),
        (b"   \n\n", "blank.csv", "the file is empty"),
        (b"only one line\n", "line.csv", "fewer than two lines"),
        (b"one\ncolumn\nonly\n", "column.csv", "no line has more than one column"),
        (b"1;2;3\n4;5;6\n7;8;9\n", "bare.csv", "no line names the columns"),
        (b"a;a;b\nx;1;2\ny;3;4\n", "twice.csv", "two columns are called 'a'"),
        ("Distrito;Año;Trimestre;Paro\nCentro;2024;1;9\nCentro;2024;2;8\n".encode(), "bare.csv", "in two columns, Año and Trimestre"),
        ("Distrito;Año;Trimestre;Paro\nCentro;2024;I;9\nCentro;2024;II;8\n".encode(), "roman.csv", "Año and Trimestre"),
        ("Distrito;Año;Mes;Paro\nCentro;Año 2024;1;9\nCentro;Año 2024;2;8\n".encode(), "words.csv", "Año and Mes"),
        (b"<!doctype html><html></html>", "page.csv", "a web page"),
        (b"PK\x03\x04nothing", "fake.csv", "a zip file"),
        (b"PK\x03\x04nothing", "broken.xlsx", "damaged, has a password or was cut off"),
        (b"hello", "text.xlsx", "not a workbook"),
        (b"hello", "text.parquet", "not a readable Parquet file"),
        (b"hello", "letter.docx", ".docx files are not read"),
        (b"hello", "packed.gz", ".gz files are not read"),
        (b"hello", "nameless", "nameless files are not read"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_cure(raw: bytes, name: str, said: str, known: Definitions, tmp_path: Path):
    found = proposals.proposed(tmp_path, known, raw, name=name)
    assert said in proposals.said(found)
    assert all(problem.hint and problem.path == name for problem in found.problems)
    assert found.problems


@pytest.mark.parametrize(
    ("text", "columns", "frequency", "last"),
    [
        ("Distrito;Año;Mes;Paro\nCentro;2024;1;9\nCentro;2024;2;8\n", ("Año", "Mes"), "jobless", "2024-01-31"),
        ("Distrito;Año;Mes;Paro\nCentro;2024;enero;9\nCentro;2024;mayo;8\n", ("Año", "Mes"), "jobless", "2024-01-31"),
        ("Distrito;Mes;Año;Paro\nCentro;Ene;2024;9\nCentro;May;2024;8\n", ("Año", "Mes"), "jobless", "2024-01-31"),
        ("Distrito;Año;Mes;Nombre mes;Paro\nCentro;2024;1;enero;9\nCentro;2024;2;febrero;8\n", ("Año", "Mes"), "jobless", "2024-01-31"),
        ("Distrito;Año;Mes;Paro\nCentro;2024;1;9\nCentro;2024;Total;9\n", ("Año", "Mes"), "jobless", "2024-01-31"),
        ("Distrito;Año;Trimestre;Paro\nCentro;2024;T1;9\nCentro;2024;T2;8\n", ("Año", "Trimestre"), "sales", "2024-03-31"),
    ],
    ids=["numbers", "names", "the month first", "number and name", "a total of months", "quarters"],
)
def test_a_year_and_a_month_in_two_columns_are_read_as_one_period(text, columns, frequency, last, known: Definitions, tmp_path: Path):
    found = proposals.proposed(tmp_path, known, text, {"indicators": {"Paro": frequency}})
    assert (found.source.columns.period, found.problems, found.open) == (columns, (), ())
    assert proposals.rows(tmp_path, known, found)[0] == ("centro", frequency, "", last, 9.0)


def test_a_column_of_whole_periods_comes_before_its_parts(known: Definitions, tmp_path: Path):
    text = "Distrito;Fecha;Año;Mes;Paro\nCentro;2024-01;2024;1;9\nCentro;2024-02;2024;2;8\n"
    found = proposals.proposed(tmp_path, known, text, {"indicators": {"Paro": "jobless"}})
    assert (found.source.columns.period, found.problems, found.open) == ("Fecha", (), ())
    assert [row[3:] for row in proposals.rows(tmp_path, known, found)] == [("2024-01-31", 9.0), ("2024-02-29", 8.0)]


def test_columns_that_a_person_says_hold_the_same_are_joined_in_that_order(known: Definitions, tmp_path: Path):
    text = "Unidad,Código,Distrito,Año,Valor\neuros,I-7,Centro,2023,31\n,P-1,Centro,2023,48\neuros,I-7,Ribera Alta,2023,29\n"
    names = {"I-7 euros": "income", "P-1": "population"}
    given = {"roles": {"Código": "indicator", "Unidad": "indicator"}, "indicators": names}
    found = proposals.proposed(tmp_path, known, text, given)
    assert [question.key for question in found.open] == ["fill_down"]
    assert "the column they are joined with is enough" in found.open[0].options[1].message
    found = proposals.proposed(tmp_path, known, text, given | {"fill_down": "no"})
    assert found.source.columns.indicator == ("Código", "Unidad")
    assert [(match.text, match.id, match.rows) for match in found.indicators] == [("I-7 euros", "income", 2), ("P-1", "population", 1)]
    assert proposals.rows(tmp_path, known, found) == [
        ("centro", "income", "", "2023-12-31", 31.0),
        ("centro", "population", "", "2023-12-31", 48.0),
        ("ribera", "income", "", "2023-12-31", 29.0),
    ]
    assert source_entry(found.source)["columns"]["indicator"] == ["Código", "Unidad"]


def test_two_columns_of_one_name_are_not_joined_by_it(known: Definitions, tmp_path: Path):
    found = proposals.proposed(
        tmp_path, known, "Lugar;Lugar;Año;Paro\nCentro;1;2024;9\nRibera Alta;2;2024;8\n", {"roles": {"Lugar": "place"}}
    )
    assert [problem.as_json()["message"] for problem in found.problems] == ["two columns are called 'Lugar'"]


def test_a_file_that_is_gone_is_said(known: Definitions, tmp_path: Path):
    found = propose(tmp_path / "gone.csv", known, "gone.csv")
    assert "cannot be read" in proposals.said(found)


@given(data=st.data())
@settings(max_examples=60)
def test_no_file_makes_a_proposal_fail(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    folder = tmp_path_factory.mktemp("any")
    known = proposals.definitions(folder / "home")
    shape = data.draw(st.sampled_from(SHAPES)).text
    at = data.draw(st.integers(0, len(shape)))
    raw = data.draw(st.one_of(st.binary(max_size=200), st.text(alphabet=' ;,\n"\t1.2-aéTotal', max_size=80).map(str.encode)))
    text = data.draw(
        st.sampled_from([raw, shape[:at].encode(), shape[:at].encode() + raw + shape[at:].encode(), shape.encode()[at // 2 :]])
    )
    name = data.draw(st.sampled_from(["file.csv", "file.tsv", "file.xlsx", "file.xls", "file.ods", "file.parquet", "file.jsonl"]))
    found = proposals.proposed(folder, known, text, name=name)
    assert isinstance(proposals.said(found), str)


@pytest.mark.filterwarnings("ignore:Unknown extension")  # what openpyxl says of the charts in it
def test_the_workbook_of_american_cities_is_read_cell_by_cell(shared: Path, tmp_path: Path):
    """Asks for nothing but the sheet and the period; everything in it is new to the city, and is defined on the way."""
    path = shared / "data/public/sdsn_us_cities_sdg_2019/2018USCitiesIndexResults.xlsx"
    home = Home(tmp_path)
    copy(starter_files(tmp_path))
    known = definition_files.load(home)
    assert keys(propose(path, known, path.name)) == ["sheet"]
    assert keys(propose(path, known, path.name, given={"sheet": "DATA"})) == ["period"]
    found = propose(path, known, path.name, given={"sheet": "DATA", "period": "2018"})
    assert (keys(found), found.source.header_row, found.source.rows_below_header, found.problems) == ([], 2, 1, ())
    roles = [guess.role for guess in found.guesses]
    assert roles == ["not_read", "place", "not_read", *["wide"] * 44]
    assert [(match.text, match.unit) for match in found.indicators[:2]] == [
        ("% of population living below the federal poverty level", "%"),
        ("Per Capita Personal Income", "$ per capita"),
    ]
    assert all(match.unit for match in found.indicators)
    places = [{"id": match.new_id, "name": match.text, "kind": "metropolitan_area"} for match in found.places]
    same = {"kind": "level", "frequency": "year", "source": "SDSN", "theme": known.themes[0].id, "owner": known.city.areas[0].id}
    indicators = [{"id": match.new_id, "name": match.text, "unit": match.unit, **same} for match in found.indicators]
    ids = {part: {match.text: match.new_id for match in getattr(found, part)} for part in ("places", "indicators")}
    source = source_of(found, {**ids, "id": "us_cities", "name": "US cities"})
    read_before = read(path, source, extended(known, places=places, indicators=indicators), path.name).rows
    saved = save(home, source=source_entry(source), places=places, indicators=indicators)
    assert read(path, saved.source["us_cities"], saved, path.name).rows.equals(read_before)
    _same_cells(path, read_before, ids)


def _same_cells(path: Path, rows: pl.DataFrame, ids: dict[str, dict[str, str]]) -> None:
    """Every cell of the table, read by another program, is the observation that was made of it."""
    header, _, *lines = list(openpyxl.load_workbook(path, data_only=True)["DATA"].iter_rows(min_row=2, values_only=True))
    held = {(place, indicator): value for place, indicator, value in rows.select("place", "indicator", "value").iter_rows()}
    cells = {
        (ids["places"][str(line[1]).strip()], ids["indicators"][str(name).strip()]): value
        for line in lines
        for name, value in zip(header[3:], line[3:], strict=True)
    }
    assert len(cells) == rows.height == 100 * 44
    assert held == {key: None if value is None else float(value) for key, value in cells.items()}  # type: ignore[arg-type]


UNITS = {
    "Ozone Levels (8-Hr)": None,
    "Stress index (Water Stress)": None,
    "PM2.5 (Population Weighted)": None,
    "Enrolment (nursery, pre-k)": None,
    "Curso (2019/2020)": None,
    "Alumnos (niños/niñas)": None,
    "Accidentes (por sexo)": None,
    "Interval (95% CI)": None,
    "% of schools (nursery, pre-k)": "%",
    "Paro (%)": "%",
    "Renta (€)": "€",
    "Renta (€/hab)": "€/hab",
    "PM10 [µg/m³]": "µg/m³",
    "Homicides (per 100,000)": "per 100,000",
    "Homicidios (por 100.000 habitantes)": "por 100.000 habitantes",
    "Caudal (m3/s)": "m3/s",
    "Deaths (/100000)": "/100000",
    "Espera (días)": "días",
    "Superficie (km²)": "km²",
    "Población (personas)": "personas",
    "Gasto (millones de euros)": "millones de euros",
}


@pytest.mark.parametrize(("header", "unit"), UNITS.items(), ids=UNITS.keys())
def test_brackets_at_the_end_of_a_name_are_a_unit_only_where_they_look_like_one(header: str, unit: str | None):
    assert unit_in(header) == unit
