"""The Overview's sentence and its bar of time."""

from datetime import date

import pytest

from dashboards.overview import sentence, time_used
from dashboards.words import translator
from data.city import Mandate
from data.periods import Month
from kpis.headline import Headline


@pytest.mark.parametrize(
    ("good", "judged", "worsened", "without", "said"),
    [
        (12, 22, 3, 0, "12 of 22 goals are on track or better. 3 got worse since their last figure."),
        (1, 1, 1, 0, "1 of 1 goal is on track or better. 1 got worse since its last figure."),
        (0, 2, 0, 1, "0 of 2 goals are on track or better. None got worse. 1 has no fresh data."),
        (0, 2, 0, 2, "0 of 2 goals are on track or better. None got worse. 2 have no fresh data."),
        (0, 0, 0, 0, "No goal with a target is due here yet."),
    ],
)
def test_the_month_is_summed_up_in_plain_words(good, judged, worsened, without, said):
    assert sentence(Headline(good, judged, worsened, (), without), translator("en")) == said


@pytest.mark.parametrize(
    ("month", "share"),
    [(Month(2024, 6), 0.0), (Month(2025, 1), 31 / 1461), (Month(2026, 12), 730 / 1461), (Month(2028, 12), 1.0), (Month(2031, 1), 1.0)],
)
def test_the_time_used_is_counted_to_the_end_of_the_month_under_review(month, share):
    mandate = Mandate(start=date(2025, 1, 1), end=date(2028, 12, 31))
    assert time_used(mandate, month) == pytest.approx(share)
