"""Whatever a file holds, it is read or refused: nothing else happens, and no number comes back as another."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.definitions import Definitions
from data.ingest import read
from data.problems import Refused
from data.sources import Source
from tests.counting_town import LONG, definitions

FRAGMENTS = st.sampled_from(
    [
        "aurora",
        "waiting_days",
        "2025-05",
        "1",
        ",",
        ";",
        '"',
        "\n",
        "\r",
        "\r\n",
        "\0",
        " ",
        "Total",
        "1.234",
        "12%",
        "NaN",
        "1e999",
        "é",
        "=",
    ]
)
MARKS = st.sampled_from([(".", ""), (".", ","), (",", "."), (",", " "), (".", "'")])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Definitions, Source]:
    return definitions(tmp_path_factory.mktemp("town"), {"columns": LONG})


def read_text(content: bytes, town: tuple[Definitions, Source]) -> list[float | None]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "june.csv"
        file.write_bytes(content)
        return read(file, town[1], town[0]).rows["value"].to_list()


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(FRAGMENTS, max_size=40), header=st.booleans())
def test_a_text_of_any_pieces_is_read_or_refused(parts: list[str], header: bool, town: tuple[Definitions, Source]) -> None:
    content = ("place,indicator,period,value\n" if header else "") + "".join(parts)
    try:
        assert read_text(content.encode(), town)
    except Refused as refused:
        assert refused.problems
        assert all(str(problem) and problem.hint for problem in refused.problems)


@settings(max_examples=50, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused(content: bytes, town: tuple[Definitions, Source]) -> None:
    with pytest.raises(Refused):
        read_text(content, town)


@settings(max_examples=150, deadline=None)
@given(value=st.decimals(min_value=-(10**9), max_value=10**9, places=4), marks=MARKS)
def test_a_number_written_with_the_declared_marks_comes_back(value, marks: tuple[str, str], town: tuple[Definitions, Source]) -> None:
    decimal, thousands = marks
    written = f"{value:,.4f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    source = town[1].model_copy(update={"decimal": decimal, "thousands": thousands or None, "delimiter": "|"})
    content = f"place|indicator|period|value\naurora|waiting_days|2025-05|{written}\n"
    assert read_text(content.encode(), (town[0], source)) == [float(value)]
