"""Workbooks of the three kinds: what their cells hold, errors and formulas, merged cells and hidden sheets."""

from datetime import date
from typing import Any

from tests.malformed import ods, xls, xlsx
from tests.malformed.case import GOOD, Case, Cell, accept, refuse, rows

HEAD = ["place", "period", "value"]
BRUMA = ("bruma", "2025-04", 2)
FIRST = ["aurora", "2025-04", 1]


def _table(*cells: Any) -> list[list[Any]]:
    """A header, a good row, and a row for each cell."""
    places = ["bruma", "nunoa", "penalolen"]
    return [HEAD, FIRST, *([place, "2025-04", cell] for place, cell in zip(places, cells, strict=False))]


def cells() -> list[Case]:
    """What the cells of a workbook hold, whatever they show."""
    third = [["A title"], [], HEAD, FIRST]
    double = [["place", 2025, None], [None, "April", "May"], ["aurora", 1, 2]]
    wide = {"columns": {"place": "place"}, "wide": {"periods": {"2025 · April": "2025-04", "2025 · May": "2025-05"}}, "header_rows": 2}
    both = [GOOD, ("aurora", "2025-05", 2)]

    def of_all(name: str, about: str, table: list, expected: list[Cell], **declare: Any) -> list[Case]:
        made = {"xlsx": xlsx.workbook(table), "xls": xls.workbook(table), "ods": ods.workbook(table)}
        return [accept(f"{name}.{kind}", about, content, expected, **declare) for kind, content in made.items()]

    exact = [0.1, 1234.5678, -1e-7]
    numbers = [GOOD, *((place, "2025-04", number) for place, number in zip(("bruma", "nunoa", "penalolen"), exact, strict=True))]
    return [
        *of_all("numbers", "numbers as they are, whatever the marks declared", _table(*exact), numbers, decimal=",", thousands="."),
        *of_all(
            "texts", "texts by the marks declared", _table("1.234,5"), [GOOD, ("bruma", "2025-04", 1234.5)], decimal=",", thousands="."
        ),
        *of_all("empty", "an empty cell", _table(None), [GOOD, ("bruma", "2025-04", "empty")]),
        *of_all("title", "a title above, declared", third, [GOOD], header_row=3),
        *of_all("double", "a header of two lines", double, both, **wide),
        *of_all("notes", "footnotes", [*_table(2), [], ["Source: x"], ["y"]], [GOOD, BRUMA], footnotes=["Source:"]),
        *of_all("units", "a line of units", [HEAD, [None, "month", "days"], FIRST], [GOOD], rows_below_header=1),
        *of_all("year", "a year as a number", [HEAD, ["aurora", 2025, 1]], [("aurora", "2025", 1)], often="years"),
        accept("day.xlsx", "a day", xlsx.workbook([HEAD, ["aurora", date(2025, 4, 30), 1]]), [GOOD], date_format="%d/%m/%Y"),
        accept("day.ods", "a day", ods.workbook([HEAD, ["aurora", date(2025, 4, 30), 1]]), [GOOD], date_format="%d/%m/%Y"),
        accept("day.xls", "a day", xls.workbook([HEAD, ["aurora", xls.Shown(45777, xls.DAY), 1]]), [GOOD], date_format="%d/%m/%Y"),
        accept(
            "month.xlsx", "a day shown as a month", xlsx.workbook([HEAD, ["aurora", xlsx.Shown(date(2025, 4, 1), "mmm-yy"), 1]]), [GOOD]
        ),
        accept(
            "percent.xlsx", "a cell shown as 12% is 0.12", xlsx.workbook(_table(xlsx.Shown(0.12, "0%"))), [GOOD, ("bruma", "2025-04", 0.12)]
        ),
        accept(
            "percent.xls",
            "a cell shown as 12% is 0.12",
            xls.workbook(_table(xls.Shown(0.12, xls.PERCENT))),
            [GOOD, ("bruma", "2025-04", 0.12)],
        ),
        accept(
            "percent.ods",
            "a cell shown as 12% is 0.12",
            ods.workbook(_table(ods.number(0.12, "12%", "percentage"))),
            [GOOD, ("bruma", "2025-04", 0.12)],
        ),
        rows("day_for_value.xlsx", "a day is no value", xlsx.workbook(_table(date(2025, 4, 30))), [(3, "value")], ["not a number"], [GOOD]),
        rows(
            "serial.xlsx",
            "a day that lost its format",
            xlsx.workbook([HEAD, FIRST, ["bruma", 45777, 1]]),
            [(3, "period")],
            ["not a month"],
            [GOOD],
        ),
        rows("truth.xlsx", "truth undeclared", xlsx.workbook(_table(True)), [(3, "value")], ["not a number"], [GOOD]),
        refuse(
            "question.xlsx",
            "a text that is a question hides no other fault",
            xlsx.workbook(_table("1,5", "many")),
            "1,5 has a comma",
            "'many'",
        ),
        rows("missing.ods", "a usual mark", ods.workbook(_table("n.d.")), [(3, "value")], ["usually marks a missing value"], [GOOD]),
        accept("note.ods", "a note in a cell is no part of it", ods.workbook(_table(_noted())), [GOOD, BRUMA]),
        accept(
            "repeated.ods",
            "a cell that is repeated",
            ods.package(_repeated()),
            [GOOD, ("aurora", "2025-05", 1)],
            **{**wide, "header_rows": 1, "wide": {"periods": {"April": "2025-04", "May": "2025-05"}}},
        ),
    ]


def _noted() -> str:
    note = "<office:annotation><text:p>checked</text:p></office:annotation>"
    return f'<table:table-cell office:value-type="float" office:value="2">{note}<text:p>2</text:p></table:table-cell>'


def _repeated() -> str:
    twice = ods.number(1).replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"')
    many = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return f'<table:table table:name="Data">{ods.row(["place", "April", "May"])}{ods.row(["aurora", twice])}{many}</table:table>'


def errors_and_formulas() -> list[Case]:
    """An error and a formula without a result look empty, and are not."""
    result, error = xlsx.Formula(2), xlsx.Formula("#DIV/0!")
    uncomputed = xlsx.sheet_changed(xlsx.workbook(_table(xlsx.Formula(4711))), b"<v>4711</v>", b"")
    told = ["is an error of the spreadsheet"]
    return [
        accept("formula.xlsx", "a formula's stored result", xlsx.workbook(_table(result)), [GOOD, BRUMA]),
        accept("formula.xls", "a formula's stored result", xls.workbook(_table(xls.Formula(2.0))), [GOOD, BRUMA]),
        accept("formula.ods", "a formula's stored result", ods.workbook(_table(ods.formula(2))), [GOOD, BRUMA]),
        accept("text_formula.xls", "a formula that gives a text", xls.workbook([HEAD, [xls.Formula("aurora"), "2025-04", 1]]), [GOOD]),
        rows("error.xlsx", "an error", xlsx.workbook(_table(error)), [(3, "value")], told, [GOOD]),
        rows("error.xls", "an error", xls.workbook(_table(xls.Formula("#DIV/0!"))), [(3, "value")], told, [GOOD]),
        rows("error_value.xls", "an error that was typed", xls.workbook(_table("#N/A")), [(3, "value")], told, [GOOD]),
        rows("error.ods", "an error", ods.workbook(_table(ods.formula(error="#DIV/0!"))), [(3, "value")], told, [GOOD]),
        rows("error_502.ods", "an error by its number", ods.workbook(_table(ods.formula(error="Err:502"))), [(3, "value")], told, [GOOD]),
        rows(
            "error_place.xlsx",
            "an error where a place should be",
            xlsx.workbook([HEAD, FIRST, [error, "2025-04", 1]]),
            [(3, "place")],
            told,
            [GOOD],
        ),
        accept("error_elsewhere.xlsx", "an error in a column that is not read", xlsx.workbook([[*HEAD, "note"], [*FIRST, error]]), [GOOD]),
        accept(
            "error_left_out.xlsx",
            "an error in a row that is left out",
            xlsx.workbook([*_table(), ["Total", "2025-04", error]]),
            [GOOD],
            leave_out={"place": ["Total"]},
        ),
        rows("uncomputed.xlsx", "a formula without a result", uncomputed, [(3, "value")], ["without a stored result"], [GOOD]),
        rows(
            "uncomputed.ods",
            "a formula without a result",
            ods.workbook(_table(ods.formula())),
            [(3, "value")],
            ["without a stored result"],
            [GOOD],
        ),
    ]


def merged_and_hidden() -> list[Case]:
    """One cell for several, and sheets that nobody sees."""
    places = [HEAD, ["aurora", "2025-04", 1], [None, "2025-05", 2], ["bruma", "2025-04", 2]]
    values = [HEAD, ["aurora", "2025-04", 1], ["bruma", "2025-04", None]]
    across = [HEAD, ["aurora", "2025-04", 1], ["bruma", "2025-04", None]]
    filled = [GOOD, ("aurora", "2025-05", 2), BRUMA]
    read = {"sheet": "Data"}
    two_sheets = xlsx.workbook(_table(), others=["More"])
    other = xlsx.workbook(_table(), others=["More"], cover=True)
    span = ods.workbook([HEAD, ["aurora", "2025-04", _spanned()], ["bruma", "2025-04", "<table:covered-table-cell/>"]])
    return [
        accept(
            "place.xlsx",
            "a place merged over its rows, declared",
            xlsx.workbook(places, merged=[(1, 0, 2, 0)]),
            filled,
            fill_down=["place"],
        ),
        accept(
            "place.xls", "a place merged over its rows, declared", xls.workbook(places, merged=[(1, 2, 0, 0)]), filled, fill_down=["place"]
        ),
        rows(
            "place_undeclared.xlsx",
            "nobody knows whether it is meant for all",
            xlsx.workbook(places, merged=[(1, 0, 2, 0)]),
            [(3, "place")],
            ["is merged with", "fill_down"],
            [GOOD, BRUMA],
        ),
        rows(
            "value.xlsx",
            "one value for two places",
            xlsx.workbook(values, merged=[(1, 2, 2, 2)]),
            [(3, "value")],
            ["merged with the one on line 2"],
            [GOOD],
        ),
        rows(
            "value.xls",
            "one value for two places",
            xls.workbook(values, merged=[(1, 2, 2, 2)]),
            [(3, "value")],
            ["merged with the one on line 2"],
            [GOOD],
        ),
        rows("value.ods", "one value for two places", span, [(3, "value")], ["merged with the one on line 2"], [GOOD]),
        rows(
            "across.xlsx",
            "a period that covers the value",
            xlsx.workbook(across, merged=[(2, 1, 2, 2)]),
            [(3, "value")],
            ["is merged with"],
            [GOOD],
        ),
        accept(
            "header.xlsx",
            "a merged title above",
            xlsx.workbook([["Title", None, None], *_table(2)], merged=[(0, 0, 0, 2)]),
            [GOOD, BRUMA],
            header_row=2,
        ),
        refuse("two_sheets.xlsx", "which of two sheets", two_sheets, "there are several sheets: Data, More", "sheet:"),
        accept("two_sheets_declared.xlsx", "the declared sheet", two_sheets, [GOOD], **read),
        refuse("hidden.xlsx", "a hidden sheet beside", xlsx.workbook(_table(), hidden=["Old"]), "hidden sheets among: Data, Old"),
        refuse("hidden.xls", "a hidden sheet beside", xls.workbook(_table(), hidden=["Old"]), "hidden sheets among: Data, Old"),
        refuse("hidden.ods", "a hidden sheet beside", ods.workbook(_table(), hidden=["Old"]), "hidden sheets among: Data, Old"),
        accept("hidden_beside.xls", "the declared sheet", xls.workbook(_table(), hidden=["Old"]), [GOOD], **read),
        accept("hidden_beside.ods", "the declared sheet", ods.workbook(_table(), hidden=["Old"]), [GOOD], **read),
        accept("hidden_declared.xlsx", "a hidden sheet is read where it is declared", other, [GOOD], **read),
        refuse(
            "no_such_sheet.xlsx",
            "a sheet that is not there",
            two_sheets,
            "there is no sheet 'data'",
            "declare one of: Data, More",
            sheet="data",
        ),
    ]


def _spanned() -> str:
    return ods.number(1).replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="2"')


CLASSES = {"cells of workbooks": cells, "errors and formulas": errors_and_formulas, "merged cells and hidden sheets": merged_and_hidden}
