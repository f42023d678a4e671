"""Shapes of text files: delimiters, quotes, rows of the wrong length, and files that end too early."""

from tests.malformed.case import GOOD, HEADER, Case, accept, one, refuse, rows, two

BRUMA = ("bruma", "2025-04", 2)


def delimiters() -> list[Case]:
    """What stands between the cells."""
    comma = f"{HEADER}aurora,2025-04,1\nbruma,2025-04,2\n"
    return [
        accept("semicolons.csv", "as declared", comma.replace(",", ";"), [GOOD, BRUMA], delimiter=";"),
        accept("tabs.tsv", "a .tsv file has tabs", comma.replace(",", "\t"), [GOOD, BRUMA]),
        accept("tabs.csv", "tabs as declared", comma.replace(",", "\t"), [GOOD, BRUMA], delimiter="\t"),
        accept("bars.txt", "bars as declared", comma.replace(",", "|"), [GOOD, BRUMA], delimiter="|"),
        accept("commas.tsv", "what is declared comes before the ending", comma, [GOOD, BRUMA], delimiter=","),
        refuse("semicolons_undeclared.csv", "named with the cure", comma.replace(",", ";"), 'delimiter: ";"', line=1),
        refuse("tabs_undeclared.csv", "named with the cure", comma.replace(",", "\t"), 'delimiter: "\\t"', line=1),
        refuse("commas_in_tsv.tsv", "named with the cure", comma, 'delimiter: ","', line=1),
        rows(
            "two_kinds.csv",
            "one row with another delimiter",
            f"{HEADER}aurora,2025-04,1\nbruma;2025-04;2\n",
            [(3, "period")],
            ["1 fields instead of 3"],
            [GOOD],
        ),
        rows(
            "decimal_comma_unquoted.csv",
            "a decimal comma that parts the cell",
            f"{HEADER}aurora,2025-04,1\nbruma,2025-04,2,5\n",
            [(3, 4)],
            ["4 fields instead of 3", "quote text"],
            [GOOD],
        ),
        accept("sep_line.csv", "the first line of Excel's own, passed over as declared", f"sep=,\n{comma}", [GOOD, BRUMA], header_row=2),
        refuse("sep_line_undeclared.csv", "the header is found below it", f"sep=,\n{comma}", "header_row: 2", line=1),
    ]


def quotes() -> list[Case]:
    """Cells in quotes, and what goes wrong with them."""
    where = {"columns": {"place": "place", "value": "value", "segment": "period"}, "all": {"period": "2025-04"}}
    return [
        accept("quoted.csv", "every cell in quotes", '"place","period","value"\n"aurora","2025-04","1"\n', [GOOD]),
        accept(
            "line_break.csv",
            "a line break in a cell",
            one("1", '"women\nunder 30"'),
            [("aurora", "2025-04", 1, "women\nunder 30")],
            **where,
        ),
        accept(
            "doubled.csv",
            "a quote in a cell, doubled",
            one("1", '"the ""old"" ones"'),
            [("aurora", "2025-04", 1, 'the "old" ones')],
            **where,
        ),
        accept("delimiter_inside.csv", "a comma in quotes", one("1", '"men, women"'), [("aurora", "2025-04", 1, "men, women")], **where),
        accept("single.csv", "single quotes are letters", one("1", "'men'"), [("aurora", "2025-04", 1, "'men'")], **where),
        accept(
            "inch.csv", "a quote in the middle of a cell is a letter", one("1", '5" rain'), [("aurora", "2025-04", 1, '5" rain')], **where
        ),
        refuse("never_closed.csv", "a quote left open", f'{HEADER}aurora,2025-04,1\n"bruma,2025-04,2\n', "never closed", line=3),
        refuse("text_after.csv", "text after a closed quote", f'{HEADER}"aurora"x,2025-04,1\n', "followed by more text", line=2),
        refuse(
            "never_closed_late.csv",
            "a quote left open after line breaks",
            f'{HEADER}"a\nb",2025-04,1\n"bruma\n',
            "opened on line 4",
            line=4,
        ),
        rows(
            "fault_after_break.csv",
            "lines are counted through line breaks",
            f'{HEADER}"nowhere\nat all",2025-04,1\nbruma,2025-04,x\n',
            [(2, "place"), (4, "value")],
            ["not a known place", "not a number"],
        ),
    ]


def ragged_rows() -> list[Case]:
    """Rows with too few cells, or too many."""
    return [
        rows(
            "too_few.csv",
            "a row with a cell missing",
            f"{HEADER}aurora,2025-04,1\nbruma,2025-04\n",
            [(3, "value")],
            ["2 fields instead of 3"],
            [GOOD],
        ),
        rows(
            "too_many.csv",
            "a row with a cell too many",
            f"{HEADER}aurora,2025-04,1\nbruma,2025-04,2,3\n",
            [(3, 4)],
            ["4 fields instead of 3"],
            [GOOD],
        ),
        rows(
            "empty_too_many.csv",
            "an empty cell too many",
            f"{HEADER}aurora,2025-04,1\nbruma,2025-04,2,\n",
            [(3, 4)],
            ["4 fields instead of 3"],
            [GOOD],
        ),
        refuse(
            "header_with_more.csv",
            "the header has a column more",
            "place,period,value,\naurora,2025-04,1\n",
            "column 4 has no name",
            line=1,
        ),
        accept("blank_lines.csv", "blank lines are passed over", f"{HEADER}\naurora,2025-04,1\n\n\nbruma,2025-04,2\n\n", [GOOD, BRUMA]),
        accept(
            "lines_of_commas.csv",
            "lines of nothing but delimiters are blank",
            f"{HEADER}aurora,2025-04,1\n,,\nbruma,2025-04,2\n,,\n",
            [GOOD, BRUMA],
        ),
        rows("all_ragged.csv", "no row fits", f"{HEADER}aurora\nbruma\n", [(2, "period"), (3, "period")], ["1 fields instead of 3"]),
    ]


def cut_off() -> list[Case]:
    """Files whose end is missing, or looks as if it were."""
    return [
        rows(
            "in_a_number_utf16.csv",
            "12 may have been 125, also in UTF-16",
            f"{HEADER}aurora,2025-04,1\nbruma,2025-04,12".encode("utf-16"),
            [(3, None)],
            ["cut off"],
            [GOOD],
        ),
        rows(
            "in_a_number.csv",
            "12 may have been 125",
            f"{HEADER}aurora,2025-04,1\nbruma,2025-04,12",
            [(3, None)],
            ["cut off", "open_end: true"],
            [GOOD],
        ),
        rows(
            "in_a_row.csv",
            "the last row ends early",
            f"{HEADER}aurora,2025-04,1\nbruma,2025",
            [(3, "value"), (3, None)],
            ["2 fields instead of 3"],
            [GOOD],
        ),
        refuse(
            "in_a_quote.csv", "the last cell ends early", f'{HEADER}aurora,2025-04,1\n"brum', "never closed", "cut off in transfer", line=3
        ),
        refuse("after_the_header.csv", "nothing but the header", HEADER, "no rows below the header"),
        refuse("in_the_header.csv", "half a header", "place,per", "expected columns", line=1),
        refuse("in_a_letter.csv", "half a letter at the end", f"{HEADER}aurora,2025-04,1\nÑuñoa".encode()[:-3], "not UTF-8"),
        refuse("in_utf16.csv", "half a letter of UTF-16", (HEADER + "aurora,2025-04,1\n").encode("utf-16")[:-1], "UTF-16"),
        accept("open_end.csv", "an end without a line break, declared", one("1")[:-1], [GOOD], open_end=True),
        accept("closed_quote.csv", "a closed quote is an end", HEADER + 'aurora,2025-04,"1"', [GOOD]),
        accept("old_mac.csv", "carriage returns end lines", one("1").replace("\n", "\r"), [GOOD]),
        accept("windows.csv", "carriage returns and line feeds do", two("2").replace("\n", "\r\n"), [GOOD, BRUMA]),
        refuse("nothing.csv", "no byte at all", b"", "the file is empty"),
        refuse("spaces.csv", "nothing but spaces", b"  \n \n", "the file is empty"),
    ]


CLASSES = {"delimiters": delimiters, "quotes": quotes, "ragged rows": ragged_rows, "cuts and ends of lines": cut_off}
