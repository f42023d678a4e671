"""A column's name is what stands above it, in one line or in several."""

import pytest

from data.ingest.header import column_names

HEADERS = {
    "one line": ([[" Place ", "Value"]], ["Place", "Value"]),
    "a name above its parts": ([["Place", "2023", ""], ["", "Men", "Women"]], ["Place", "2023 · Men", "2023 · Women"]),
    "what is empty in a workbook": ([["Place", 2023, None], [None, "Men", "Women"]], ["Place", "2023 · Men", "2023 · Women"]),
    "three lines": (
        [["Id", "2023", "", "", "2024"], ["", "Men", "", "Women", "Men"], ["", "a", "b", "a", "a"]],
        ["Id", "2023 · Men · a", "2023 · Men · b", "2023 · Women · a", "2024 · Men · a"],
    ),
    "a line that ends early": ([["Place", "2023"], ["", "Men", "Women"]], ["Place", "2023 · Men", "2023 · Women"]),
    "columns without anything in them": (
        [["Place", "2023", "", ""], ["", "Men", "Women", ""]],
        ["Place", "2023 · Men", "2023 · Women", ""],
    ),
    "no line at all": ([], []),
    "an accent written apart": ([["an\u0303o"]], ["año"]),
}


@pytest.mark.parametrize(("rows", "expected"), HEADERS.values(), ids=HEADERS)
def test_a_name_is_its_cells_from_the_top_down(rows: list, expected: list[str]) -> None:
    texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
    assert column_names(texts) == expected
