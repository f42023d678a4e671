"""A place's figures before something began there and now: at the same time of the year, and beside those of another place."""

from datetime import date

import polars as pl

from data.periods import Month
from kpis.before_and_now import Moved, moved, same_periods


def monthly(place: str, first: Month, values: list[float | None]) -> pl.DataFrame:
    periods = [first.plus(number).last for number in range(len(values))]
    return pl.DataFrame({"place": place, "period": periods, "value": values}, schema_overrides={"value": pl.Float64})


BRUMA = monthly("bruma", Month(2024, 1), [float(number) for number in range(30)])
"""January 2024 (0) to June 2026 (29)."""


def test_the_latest_value_stands_beside_the_same_month_before_it_began():
    assert moved(BRUMA, "bruma", date(2025, 7, 1)) == Moved("bruma", 17.0, date(2025, 6, 30), 29.0, date(2026, 6, 30))
    assert moved(BRUMA, "bruma", date(2025, 6, 30)) == Moved("bruma", 5.0, date(2024, 6, 30), 29.0, date(2026, 6, 30))
    found = moved(BRUMA, "bruma", date(2025, 6, 30))
    assert found is not None and found.change == 24.0


def test_it_is_the_last_value_that_is_known_of_that_month():
    rows = BRUMA.with_columns(value=pl.when(pl.col("period") == date(2025, 6, 30)).then(None).otherwise(pl.col("value")))
    assert moved(rows, "bruma", date(2026, 1, 1)) == Moved("bruma", 5.0, date(2024, 6, 30), 29.0, date(2026, 6, 30))


def test_nothing_is_said_without_a_value_before_or_since():
    for since in (date(2024, 6, 30), date(2026, 7, 1)):
        assert moved(BRUMA, "bruma", since) is None, since
    assert moved(BRUMA, "aurora", date(2025, 7, 1)) is None


def test_another_place_is_seen_between_the_same_periods_or_not_at_all():
    like = moved(BRUMA, "bruma", date(2025, 7, 1))
    assert like is not None
    own = monthly("aurora", Month(2025, 6), [70.0, None, 72.0])
    assert same_periods(pl.concat([BRUMA, own]), "aurora", like) is None
    whole = monthly("aurora", Month(2025, 6), [70.0 + number for number in range(13)])
    assert same_periods(pl.concat([BRUMA, whole]), "aurora", like) == Moved("aurora", 70.0, date(2025, 6, 30), 82.0, date(2026, 6, 30))
