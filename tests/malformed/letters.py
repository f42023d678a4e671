"""Letters: encodings, and byte order marks."""

from typing import Any

from tests.malformed.case import HEADER, Case, accept, refuse, rows

SPANISH = f"{HEADER}Ñuñoa,2025-04,1\nPeñalolén,2025-04,2\n"
CELLS = [("nunoa", "2025-04", 1), ("penalolen", "2025-04", 2)]


def encodings() -> list[Case]:
    """Which letters the bytes mean."""
    windows = f"{HEADER}Ñuñoa,2025-04,“1”\n".encode("cp1252")
    noted: dict[str, Any] = {"columns": {"place": "place", "value": "value", "segment": "period"}, "all": {"period": "2025-04"}}
    euro = f"{HEADER}Ñuñoa,50 €,1\n".encode("cp1252")
    return [
        accept("utf8.csv", "UTF-8 needs no declaration", SPANISH, CELLS),
        accept("latin1.csv", "Latin-1 as declared", SPANISH.encode("latin-1"), CELLS, encoding="latin-1"),
        accept("cp1252.csv", "Windows letters as declared", SPANISH.encode("cp1252"), CELLS, encoding="cp1252"),
        accept("euro.csv", "the euro of Windows as declared", euro, [("nunoa", "2025-04", 1, "50 €")], encoding="cp1252", **noted),
        rows("euro_latin1.csv", "the euro is no letter of Latin-1", euro, [(2, "period")], ["cp1252"], encoding="latin-1", **noted),
        refuse("latin1_undeclared.csv", "Latin-1 undeclared", SPANISH.encode("latin-1"), "not UTF-8", "encoding: latin-1", line=2),
        refuse("cp1252_undeclared.csv", "Windows letters undeclared", windows, "not UTF-8", "encoding: cp1252", line=2),
        refuse("utf8_as_latin1.csv", "UTF-8 declared as Latin-1", SPANISH, "UTF-8 text", "encoding: utf-8", encoding="latin-1"),
        refuse("utf8_as_cp1252.csv", "UTF-8 declared as Windows", SPANISH, "UTF-8 text", "encoding: utf-8", encoding="cp1252"),
        refuse("utf8_as_utf16.csv", "UTF-8 declared as UTF-16", SPANISH, "not UTF-16 text", "correct `encoding`", encoding="utf-16"),
        refuse("broken_utf8.csv", "half a letter in the middle", SPANISH.encode().replace("ñ".encode(), b"\xc3", 1), "not UTF-8", line=2),
        refuse("utf7.csv", "UTF-7 is read as it stands", HEADER + "+ANE-u+APE-oa,2025-04,1\n", "is not a known place"),
        accept("decomposed.csv", "an accent written apart is the same letter", HEADER + "N\u0303un\u0303oa,2025-04,1\n", CELLS[:1]),
        rows(
            "nul.csv",
            "a NUL byte is no value",
            f"{HEADER}aurora,2025-04,1\0\nbruma,2025-04,2\n",
            [(2, "value")],
            ["NUL"],
            [("bruma", "2025-04", 2)],
        ),
        refuse("binary.csv", "bytes that are no text", bytes(range(256)) * 4, "not a text file"),
    ]


def byte_order_marks() -> list[Case]:
    """What the first bytes say of the letters."""
    little, big = SPANISH.encode("utf-16-le"), SPANISH.encode("utf-16-be")
    return [
        accept("utf8_mark.csv", "the mark is no part of the first name", b"\xef\xbb\xbf" + SPANISH.encode(), CELLS),
        accept(
            "utf8_mark_latin1.csv", "the mark comes before what is declared", b"\xef\xbb\xbf" + SPANISH.encode(), CELLS, encoding="latin-1"
        ),
        accept("utf16_little.csv", "UTF-16 with its mark", b"\xff\xfe" + little, CELLS),
        accept("utf16_big.csv", "UTF-16 the other way round, with its mark", b"\xfe\xff" + big, CELLS),
        accept("utf16_little_bare.csv", "UTF-16 without a mark, declared", little, CELLS, encoding="utf-16"),
        accept("utf16_big_bare.csv", "UTF-16 the other way round without a mark, declared", big, CELLS, encoding="utf-16"),
        refuse("utf16_bare.csv", "UTF-16 without a mark, undeclared", little, "not a text file", "encoding: utf-16"),
        refuse("utf16_odd.csv", "UTF-16 with half a letter at its end", b"\xff\xfe" + little + b"1", "UTF-16"),
        refuse("utf32.csv", "UTF-32 begins like UTF-16", b"\xff\xfe\0\0" + SPANISH.encode("utf-32-le"), "UTF-32", "save the file as UTF-8"),
        refuse("mark_alone.csv", "a mark and nothing after it", b"\xef\xbb\xbf", "expected columns"),
        refuse("two_marks.csv", "the second mark is part of a name", b"\xef\xbb\xbf" * 2 + SPANISH.encode(), "expected columns", "place"),
    ]


CLASSES = {"encodings": encodings, "byte order marks": byte_order_marks}
