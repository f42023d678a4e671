"""The order of rows, asked quickly, against the order that sorting by the four parts of the key gives."""

from datetime import date
from itertools import pairwise

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.order import KEY, ascending, repeated

SCHEMA = {"period": pl.Date, "indicator": pl.UInt16, "place": pl.UInt16, "segment": pl.String}
KEYS = st.tuples(
    st.sampled_from([date(1900, 1, 31), date(1969, 12, 31), date(2024, 12, 31), date(2199, 12, 31)]),
    st.sampled_from([0, 1, 255, 65_535]),
    st.sampled_from([0, 1, 256, 65_535]),
    st.sampled_from(["", "men", "women", "Ñ"]),
)


@given(st.one_of(st.lists(KEYS, max_size=6), st.lists(KEYS, max_size=6).map(sorted), st.lists(KEYS, max_size=6, unique=True).map(sorted)))
def test_rows_ascend_where_each_is_greater_than_the_one_before(keys):
    rows = pl.DataFrame(keys, schema=SCHEMA, orient="row")
    for segment in (pl.String, pl.Categorical):
        assert ascending(rows.with_columns(pl.col("segment").cast(segment))) == all(a < b for a, b in pairwise(keys))


@given(st.lists(KEYS, max_size=6))
def test_what_is_given_twice_is_found(keys):
    rows = pl.DataFrame(keys, schema=SCHEMA, orient="row")
    assert repeated(rows).to_list() == [keys.count(key) > 1 for key in keys]
    assert rows.columns == KEY
