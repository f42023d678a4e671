"""Kinds of files: wrong endings, pages of servers, Parquet and JSON lines."""

import gzip
import io
import json
from datetime import date, datetime
from typing import Any

import polars as pl

from tests.malformed import ods, xls
from tests.malformed.case import GOOD, Case, accept, one, refuse, rows
from tests.malformed.xlsx import workbook

BRUMA = ("bruma", "2025-04", 2)
TABLE = [["place", "period", "value"], ["aurora", "2025-04", 1]]


def wrong_kinds() -> list[Case]:
    """Files that are not what their ending says."""
    page = b"<!DOCTYPE html><html><body><h1>503</h1></body></html>"
    return [
        refuse("error_page.csv", "a page of a server", page, "a web page, not a table", "fetch the file again"),
        refuse("error_page.xlsx", "a page of a server", page, "not a workbook"),
        refuse("error_page.xls", "a page that old servers call a workbook", page, "not a workbook", "web page"),
        refuse("error_page.ods", "a page of a server", page, "not a workbook"),
        refuse("error_page.parquet", "a page of a server", page, "not a readable Parquet file"),
        refuse("error_page.jsonl", "a page of a server", page, "a web page"),
        refuse("xml.csv", "another page", b'<?xml version="1.0"?><rows/>', "a web page, not a table"),
        refuse("workbook.csv", "a workbook", workbook(TABLE), "a spreadsheet, not a text file"),
        refuse("old_workbook.csv", "an old workbook", xls.workbook(TABLE), "an old .xls workbook"),
        refuse("parquet.csv", "a Parquet file", _parquet(), "a Parquet file", "name it .parquet"),
        refuse("packed.csv", "a packed file", gzip.compress(one("1").encode()), "compressed", "unpack it"),
        refuse("document.csv", "a document", b"%PDF-1.7\n" + b"x" * 100, "a PDF, not a table"),
        refuse("text.xlsx", "a text", one("1"), "not a workbook", "name it .csv"),
        refuse("text.xls", "a text", one("1"), "not a workbook", "name it .csv"),
        refuse("text.parquet", "a text", one("1"), "not a readable Parquet file"),
        refuse("new.xls", "a newer workbook", workbook(TABLE), "a newer workbook", "name it .xlsx"),
        refuse("old.xlsx", "an older workbook", xls.workbook(TABLE), "an old .xls workbook", "name it .xls"),
        refuse("open.xlsx", "a workbook of another kind", ods.workbook(TABLE), "damaged"),
        refuse("macro.xlsm", "an ending that is not read", workbook(TABLE), ".xlsm files are not read", "save it as .xlsx"),
        refuse("packed.csv.gz", "an ending that is not read", gzip.compress(b"x"), ".gz files are not read", "unpack it"),
        refuse("nameless", "no ending", one("1"), "nameless files are not read"),
    ]


def _parquet(**columns: Any) -> bytes:
    made = io.BytesIO()
    compression = columns.pop("compression", "zstd")
    pl.DataFrame({"place": ["aurora"], "period": ["2025-04"], "value": [1.0], **columns}).write_parquet(made, compression=compression)
    return made.getvalue()


def parquet() -> list[Case]:
    """Parquet files: their own types, and what they can hold that is no value."""
    two = {"place": ["aurora", "bruma"], "period": ["2025-04", "2025-04"]}
    return [
        accept("plain.parquet", "texts and numbers", _parquet(), [GOOD]),
        accept("whole.parquet", "whole numbers", _parquet(value=[1]), [GOOD]),
        accept("days.parquet", "days", _parquet(period=[date(2025, 4, 30)]), [GOOD]),
        accept("moments.parquet", "moments", _parquet(period=[datetime(2025, 4, 30, 12)]), [GOOD]),
        accept("text_numbers.parquet", "numbers as texts", _parquet(value=["1.5"]), [("aurora", "2025-04", 1.5)]),
        accept("null.parquet", "no value", _parquet(value=pl.Series([None], dtype=pl.Float64)), [("aurora", "2025-04", "empty")]),
        rows(
            "nan.parquet",
            "not a number",
            _parquet(value=[1.0, float("nan")], **two),
            [(2, "value")],
            ["usually marks a missing value"],
            [GOOD],
        ),
        rows("infinite.parquet", "infinity", _parquet(value=[1.0, float("inf")], **two), [(2, "value")], ["not a value"], [GOOD]),
        rows(
            "huge.parquet",
            "a whole number that cannot be stored",
            _parquet(value=[1, 2**60 + 1], **two),
            [(2, "value")],
            ["stored exactly"],
            [GOOD],
        ),
        refuse("list.parquet", "lists", _parquet(value=[[1.0]]), "holds lists or structures"),
        refuse("struct.parquet", "structures", _parquet(value=[{"a": 1}]), "holds lists or structures"),
        rows(
            "zone.parquet",
            "moments of a time zone",
            _parquet(period=pl.Series([datetime(2025, 4, 30)]).dt.replace_time_zone("UTC")),
            [(1, "period")],
            ["offset from UTC"],
        ),
        refuse("missing.parquet", "a column is missing", _parquet(value=["1"]).replace(b"value", b"valor"), "value"),
        refuse("brotli.parquet", "a compression that is not safe", _parquet(compression="brotli"), "Brotli"),
        refuse("cut.parquet", "cut off", _parquet()[:-20], "not a readable Parquet file"),
        refuse("head.parquet", "nothing but its first bytes", b"PAR1", "not a readable Parquet file"),
        refuse(
            "no_rows.parquet",
            "no rows",
            _parquet(place=pl.Series([], dtype=pl.String), period=pl.Series([], dtype=pl.String), value=pl.Series([], dtype=pl.Float64)),
            "no rows",
        ),
        accept("truth.parquet", "truth as declared", _parquet(value=[True]), [GOOD], true=["true"]),
    ]


def _lines(*objects: Any) -> str:
    return "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in objects)


def json_lines() -> list[Case]:
    """One object a line."""
    good = {"place": "aurora", "period": "2025-04", "value": 1}
    other = {**good, "place": "bruma"}

    def second(name: str, about: str, text: Any, places: list, *words: str) -> Case:
        return rows(name, about, _lines(good, text), places, words, [GOOD])

    def value(text: str) -> str:
        return json.dumps({**other, "value": "@"}).replace('"@"', text)

    return [
        accept("plain.jsonl", "objects", _lines(good, {**other, "value": 2}), [GOOD, BRUMA]),
        accept("spaced.ndjson", "blank lines are passed over", _lines("", good, "", ""), [GOOD]),
        accept("no_end.jsonl", "an object without a line break is whole", _lines(good)[:-1], [GOOD]),
        accept("mark.jsonl", "a byte order mark", b"\xef\xbb\xbf" + _lines(good).encode(), [GOOD]),
        accept("texts.jsonl", "numbers as texts", _lines({**good, "value": "1.5"}), [("aurora", "2025-04", 1.5)]),
        accept("exact.jsonl", "numbers as they are written", _lines(good, value("0.1")), [GOOD, ("bruma", "2025-04", 0.1)]),
        accept(
            "comma.jsonl", "its own numbers need no marks", _lines(good, value("1.234")), [GOOD, ("bruma", "2025-04", 1.234)], decimal=","
        ),
        accept(
            "missing_key.jsonl",
            "a key that is missing is empty",
            _lines(good, {"place": "bruma", "period": "2025-04"}),
            [GOOD, ("bruma", "2025-04", "empty")],
        ),
        accept("null.jsonl", "null is empty", _lines({**good, "value": None}), [("aurora", "2025-04", "empty")]),
        accept("truth.jsonl", "truth as declared", _lines({**good, "value": True}), [GOOD], true=["true"]),
        refuse("text_question.jsonl", "a number as text is a question", _lines({**good, "value": "1.234"}), "can be 1234 or 1.234"),
        second("twice.jsonl", "a key given twice", '{"place": "bruma", "place": "aurora"}', [(2, None)], "'place' is given twice"),
        second("nested.jsonl", "an object inside", value('{"a": 1}'), [(2, "value")], "holds a list or an object"),
        second("list.jsonl", "a list inside", value("[1]"), [(2, "value")], "holds a list or an object"),
        second("nan.jsonl", "NaN is no JSON", value("NaN"), [(2, "value")], "usually marks a missing value"),
        second("infinite.jsonl", "nor is Infinity", value("-Infinity"), [(2, "value")], "not a value"),
        second("huge.jsonl", "a number beyond all", value("1e999"), [(2, "value")], "stored exactly"),
        second("precise.jsonl", "more digits than can be stored", value("0.12345678901234567890"), [(2, "value")], "stored exactly"),
        second("whole.jsonl", "a whole number that cannot be stored", value("9007199254740993"), [(2, "value")], "stored exactly"),
        second("broken.jsonl", "a line that is no object", '{"place": "bruma", ', [(2, None)], "not a JSON object"),
        second("comma_after.jsonl", "a comma too many", '{"place": "bruma",}', [(2, None)], "not a JSON object"),
        second("number.jsonl", "a number alone", "5", [(2, None)], "not a JSON object"),
        second(
            "half_letter.jsonl", "half a letter", '{"place": "\\ud800", "period": "2025-04", "value": 1}', [(2, "place")], "half a letter"
        ),
        second("nul.jsonl", "a NUL letter", '{"place": "a\\u0000", "period": "2025-04", "value": 1}', [(2, "place")], "NUL"),
        second("deep.jsonl", "a hundred thousand lists", "[" * 100_000, [(2, None)], "not a JSON object"),
        refuse("array.jsonl", "one array", json.dumps([good]) + "\n", "one JSON array", line=1),
        refuse("pretty.jsonl", "an object over several lines", json.dumps(good, indent=1) + "\n", "not a JSON object"),
        refuse("other_keys.jsonl", "other keys", _lines({"a": 1}), "no object has what is expected"),
        refuse("array.json", "an ending that is not read", json.dumps([good]), ".json files are not read", "jsonl"),
        refuse("many_keys.jsonl", "more keys than a table has", _lines({**good, **{f"k{n}": 1 for n in range(2000)}}), "keys are too many"),
    ]


CLASSES = {"wrong kinds of files": wrong_kinds, "Parquet": parquet, "JSON lines": json_lines}
