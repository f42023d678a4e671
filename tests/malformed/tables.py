"""Tables: headers, units, footnotes, totals, cells that lean on the one above, places and segments."""

from typing import Any

from tests.malformed.case import GOOD, HEADER, Case, accept, one, refuse, rows

BRUMA = ("bruma", "2025-04", 2)


def headers() -> list[Case]:
    """Names of columns that are missing, doubled, or somewhere else."""
    below = f"Waiting days by city\n\n{HEADER}aurora,2025-04,1\n"
    wide: dict[str, Any] = {
        "columns": {"place": "place"},
        "wide": {"periods": {"2025 · April": "2025-04", "2025 · May": "2025-05"}},
        "header_rows": 2,
    }
    double = "place,2025,,Notes\n,April,May,\naurora,1,2,x\n"
    cells = [GOOD, ("aurora", "2025-05", 2)]
    other: dict[str, Any] = {**wide, "wide": {"periods": {"2025 · April": "2025-04", "2024 · April": "2024-04"}}}
    one_year: dict[str, Any] = {**other, "wide": {"periods": {"2025 · April": "2025-04"}}}
    return [
        accept("title.csv", "a title above, declared", below, [GOOD], header_row=3),
        refuse("title_undeclared.csv", "the header is found", below, "they are on line 3", "header_row: 3", line=1),
        accept("double.csv", "2023 above its months", double, cells, **wide),
        accept("double_below_title.csv", "a header of two lines below a title", f"Title\n{double}", cells, **{**wide, "header_row": 2}),
        refuse("double_found.csv", "a header of two lines is found", f"Title\n\n{double}", "they are on line 3", line=1, **wide),
        refuse(
            "double_twice.csv",
            "two columns with one name",
            "place,2025,\n,April,April\na,1,2\n",
            "two columns are called",
            **one_year,
        ),
        accept(
            "two_years.csv",
            "one month of two years",
            "place,2025,2024\n,April,April\naurora,1,2\n",
            [GOOD, ("aurora", "2024-04", 2)],
            **other,
        ),
        refuse("missing.csv", "a column is missing", "place,period\naurora,2025-04\n", "expected columns are not on line 1: value", line=1),
        refuse(
            "renamed.csv",
            "a column has another name",
            "place,period,amount\naurora,2025-04,1\n",
            "value",
            "the file has: place, period, amount",
            line=1,
        ),
        refuse("case.csv", "capital letters make another name", "Place,Period,Value\naurora,2025-04,1\n", "place, period, value", line=1),
        accept("reordered.csv", "the order of columns means nothing", "value,place,period\n1,aurora,2025-04\n", [GOOD]),
        accept("added.csv", "a column more is not read", "place,period,note,value\naurora,2025-04,x,1\n", [GOOD]),
        rows(
            "retyped.csv",
            "a column holds something else than before",
            "place,period,value\naurora,2025-04,high\n",
            [(2, "value")],
            ["'high' is not a number"],
        ),
        refuse(
            "twice.csv",
            "two columns with one name",
            "place,period,value,value\naurora,2025-04,1,2\n",
            "two columns are called 'value'",
            line=1,
        ),
        refuse("nameless.csv", "a column without a name", "place,period,value,,x\naurora,2025-04,1,2,3\n", "column 4 has no name", line=1),
        accept("spaced.csv", "spaces around names mean nothing", " place , period,value \naurora,2025-04,1\n", [GOOD]),
        accept(
            "broken_name.csv",
            "a name over two lines",
            'place,period,"value\n(days)"\naurora,2025-04,1\n',
            [GOOD],
            columns={"place": "place", "period": "period", "value": "value\n(days)"},
        ),
        refuse(
            "many_columns.csv",
            "more columns than a table has",
            ",".join(f"c{n}" for n in range(5000)) + "\n" + "1," * 4999 + "1\n",
            "5000 columns are too many",
            line=1,
        ),
        refuse("header_only.csv", "nothing below", HEADER, "no rows below the header"),
    ]


def units_and_footnotes() -> list[Case]:
    """Lines that are no data, above and below it."""
    table = f"{HEADER},year,days\naurora,2025-04,1\nbruma,2025-04,2\n"
    noted = f"{HEADER}aurora,2025-04,1\n\nSource: registry,,\n* provisional,,\nbruma,2025-04,2\n"
    return [
        accept("units.csv", "a line of units, declared", table, [GOOD, BRUMA], rows_below_header=1),
        rows(
            "units_undeclared.csv",
            "a line of units is no data",
            table,
            [(2, "place"), (2, "period"), (2, "value")],
            ["no place is named"],
            [GOOD, BRUMA],
        ),
        accept("footnotes.csv", "nothing is read from the footnotes on", noted, [GOOD], footnotes=["Source:"]),
        accept(
            "ragged_footnote.csv", "a footnote needs no cells", f'{HEADER}aurora,2025-04,1\nSource: x\n"y\n', [GOOD], footnotes=["Source:"]
        ),
        rows(
            "footnotes_undeclared.csv",
            "a footnote is no data",
            f"{HEADER}aurora,2025-04,1\nSource: registry,,\n",
            [(3, "place"), (3, "period")],
            ["not a known place"],
            [GOOD],
        ),
        accept(
            "footnote_inside.csv",
            "a footnote begins the first cell that holds something",
            f"{HEADER}aurora,2025-04,1\n,Note: x,\n",
            [GOOD],
            footnotes=["Note:"],
        ),
        accept(
            "footnote_word_elsewhere.csv",
            "the same word later in a row is none",
            f"{HEADER}aurora,2025-04,1\nbruma,2025-04,2\n",
            [GOOD, BRUMA],
            footnotes=["2025"],
        ),
        refuse("footnote_first.csv", "nothing but footnotes", f"{HEADER}Source: x,,\n", "no rows below the header", footnotes=["Source:"]),
        refuse("units_only.csv", "nothing below the units", f"{HEADER},year,days\n", "no rows below the header", rows_below_header=1),
    ]


def totals() -> list[Case]:
    """Rows that would count everything twice, and rows that lean on others."""
    words = ["Total", "TOTAL", "Total general", "Subtotal", "Grand total", "Suma", "Todos", "Overall"]
    undeclared = [
        rows(
            f"total_{number}.csv",
            f"{word} is no place",
            f"{HEADER}aurora,2025-04,1\n{word},2025-04,3\n",
            [(3, "place")],
            ["is a total", "leave_out"],
            [GOOD],
        )
        for number, word in enumerate(words)
    ]
    table = f"{HEADER}aurora,2025-04,1\nTotal,2025-04,3\nbruma,2025-04,2\n"
    by_sex: dict[str, Any] = {"columns": {"place": "place", "period": "period", "value": "value", "segments": {"sex": "sex"}}}
    sexes = "place,period,sex,value\naurora,2025-04,Women,1\naurora,2025-04,Total,3\n"
    women = ("aurora", "2025-04", 1, "sex=Women")
    merged = f"{HEADER}aurora,2025-04,1\n,2025-05,2\nbruma,2025-04,3\n"
    filled = [GOOD, ("aurora", "2025-05", 2), ("bruma", "2025-04", 3)]
    return [
        *undeclared,
        accept("left_out.csv", "left out as declared", table, [GOOD, BRUMA], leave_out={"place": ["Total"]}),
        accept(
            "left_out_broken.csv",
            "a row left out may be broken",
            f"{HEADER}aurora,2025-04,1\nTotal,,x\nTotal\n",
            [GOOD],
            leave_out={"place": ["Total"]},
        ),
        rows(
            "left_out_other.csv",
            "another total is not left out",
            table.replace("Total", "Totals"),
            [(3, "place")],
            ["is a total"],
            [GOOD, BRUMA],
            leave_out={"place": ["Total"]},
        ),
        refuse(
            "left_out_all.csv", "nothing is left", f"{HEADER}Total,2025-04,1\n", "no rows below the header", leave_out={"place": ["Total"]}
        ),
        rows(
            "total_of_sexes.csv", "a total among segments", sexes, [(3, "sex")], ["is a total, not a part", "leave_out"], [women], **by_sex
        ),
        accept(
            "total_named.csv",
            "a total of segments that means all",
            sexes,
            [women, ("aurora", "2025-04", 3)],
            names={"segments": {"Total": ""}},
            **by_sex,
        ),
        accept("filled_down.csv", "a place stands once for its rows, declared", merged, filled, fill_down=["place"]),
        rows(
            "filled_undeclared.csv",
            "an empty place is none",
            merged,
            [(3, "place")],
            ["no place is named"],
            [GOOD, ("bruma", "2025-04", 3)],
        ),
        rows(
            "filled_first.csv",
            "nothing stands above the first row",
            f"{HEADER},2025-04,1\nbruma,2025-04,2\n",
            [(2, "place")],
            ["no place is named"],
            [BRUMA],
            fill_down=["place"],
        ),
    ]


def places_and_segments() -> list[Case]:
    """Names that are not known, known twice, or hold marks of ours."""
    two_parts: dict[str, Any] = {
        "columns": {"place": "place", "period": "period", "value": "value", "segments": {"sex": "sex", "age": "age"}}
    }
    head = "place,period,sex,age,value\n"
    whole: dict[str, Any] = {"columns": {"place": "place", "value": "value", "segment": "period"}, "all": {"period": "2025-04"}}
    return [
        accept(
            "known_names.csv",
            "names in any language and case",
            f"{HEADER}ÑUÑOA,2025-04,1\nPenalolen,2025-04,2\n",
            [("nunoa", "2025-04", 1), ("penalolen", "2025-04", 2)],
        ),
        rows("near.csv", "a slip of the keyboard", one("1", place="Aurorra"), [(2, "place")], ["write aurora"]),
        accept("by_id.csv", "an id in capitals", one("1", place="NUNOA"), [("nunoa", "2025-04", 1)]),
        rows("of_two.csv", "the name of two places", one("1", place="Centre"), [(2, "place")], ["the name of several", "north, south"]),
        accept(
            "of_two_declared.csv",
            "the name of two places, declared",
            one("1", place="Centre"),
            [("north", "2025-04", 1)],
            names={"places": {"Centre": "north"}},
        ),
        rows("no_place.csv", "no place", one("1", place=""), [(2, "place")], ["no place is named"]),
        rows("hidden_letter.csv", "a letter that nobody sees", one("1", place="aurora\u200b"), [(2, "place")], ["not a known place"]),
        rows("look_alike.csv", "a letter of another script", one("1", place="\u0430urora"), [(2, "place")], ["not a known place"]),
        rows(
            "same_twice.csv",
            "two values of one thing",
            f"{HEADER}aurora,2025-04,1\nbruma,2025-04,2\naurora,2025-04,3\n",
            [(4, "value"), (2, "value")],
            ["given twice"],
            [BRUMA],
        ),
        rows(
            "same_by_name.csv",
            "two values under two names",
            f"{HEADER}aurora,2025-04,1\nAurora,2025/4,1\n",
            [(2, "value"), (3, "value")],
            ["given twice"],
        ),
        accept(
            "two_dimensions.csv",
            "a segment of two columns",
            f"{head}aurora,2025-04,women,15-24,1\naurora,2025-04,,,9\n",
            [("aurora", "2025-04", 1, "age=15-24|sex=women"), ("aurora", "2025-04", 9)],
            **two_parts,
        ),
        rows(
            "bar.csv",
            "a mark that parts dimensions",
            f"{head}aurora,2025-04,a|b,,1\naurora,2025-04,,,9\n",
            [(2, "sex")],
            ["parts the dimensions"],
            [("aurora", "2025-04", 9)],
            **two_parts,
        ),
        rows(
            "equals.csv",
            "another one",
            f"{head}aurora,2025-04,,age=1,1\naurora,2025-04,,,9\n",
            [(2, "age")],
            ["parts the dimensions"],
            [("aurora", "2025-04", 9)],
            **two_parts,
        ),
        accept(
            "whole_segment.csv",
            "a whole segment, in our order whatever the file's",
            one("1", "sex=women|age=15-24"),
            [("aurora", "2025-04", 1, "age=15-24|sex=women")],
            **whole,
        ),
        rows(
            "dimension_twice.csv", "a dimension given twice", one("1", "sex=women|sex=men"), [(2, "period")], ["is not a segment"], **whole
        ),
        accept("formula.csv", "a formula is a text", one("1", "=1+1"), [("aurora", "2025-04", 1, "=1+1")], **whole),
        rows(
            "fault_of_each.csv",
            "every fault of a row is told",
            f"{HEADER}aurora,2025-04,1\nnowhere,2025-13,x\n",
            [(3, "place"), (3, "period"), (3, "value")],
            ["place", "month", "number"],
            [GOOD],
        ),
    ]


CLASSES = {
    "headers": headers,
    "units and footnotes": units_and_footnotes,
    "totals and merged rows": totals,
    "names of places and segments": places_and_segments,
}
