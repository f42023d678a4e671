"""Which numbers can be given back as they were written: a quick look at millions of them says what a close one would."""

from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest.numbers import MOST_DIGITS, read_numbers
from data.sources import Mapping
from tests.thorough import part

DIGITS = st.text("0123456789", min_size=1, max_size=24)
WRITTEN = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.tuples(st.sampled_from(["", "-", "+"]), DIGITS, st.just("."), DIGITS).map("".join),
    st.tuples(st.sampled_from(["0.", "-0."]), st.text("0", max_size=30), DIGITS).map("".join),
    DIGITS,
)


def comes_back(text: str) -> bool:
    number = Decimal(text)
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    fits = len(digits) <= MOST_DIGITS and (number != number.to_integral_value() or Decimal(float(text)) == number)
    return (len(text) <= 15 and "e" not in text) or (fits and (number == 0) == (float(text) == 0))


@settings(max_examples=part(400, 3))
@given(st.lists(WRITTEN, min_size=1, max_size=20))
def test_a_number_that_comes_back_is_taken_and_no_other(texts):
    found = read_numbers(pl.Series(texts), pl.repeat(None, len(texts), dtype=pl.Float64, eager=True), Mapping(decimal="."))
    assert found["failed"].to_list() == [not comes_back(text) for text in texts]
    assert [value for value in found["value"] if value is not None] == [float(text) for text in texts if comes_back(text)]
