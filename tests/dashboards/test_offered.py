"""The months that can be chosen before the city has any figures."""

from datetime import date

import pytest

from dashboards.offered import choosable, mandate_months, names
from data.city import City, Mandate
from data.definitions import load
from data.periods import Month
from tests.small_city import build


def test_months_are_named_as_an_address_names_them():
    assert names((Month(2026, 2), Month(2026, 1), Month(2025, 12))) == ("2026-02", "2026-01", "2025-12")


@pytest.fixture
def city(tmp_path) -> City:
    held = load(build(tmp_path / "home")).city
    return held.model_copy(update={"mandate": Mandate(start=date(2025, 1, 1), end=date(2026, 3, 31)), "review_day": 10})


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2025, 11, 9), "2025-09"),
        (date(2025, 11, 10), "2025-10"),
        (date(2026, 1, 20), "2025-12"),
        (date(2024, 6, 1), "2025-01"),
        (date(2029, 6, 1), "2026-03"),
    ],
)
def test_without_figures_the_newest_month_is_the_last_of_the_mandate_that_was_reviewed(city, today, newest):
    found = mandate_months(city, today)
    assert str(found[0]) == newest
    assert found[-1] == Month(2025, 1)
    assert list(found) == sorted(found, reverse=True)


def test_a_city_without_figures_is_offered_them(tmp_path):
    definitions = load(build(tmp_path / "home"))
    assert choosable(None, definitions, definitions.city.place)[-1] == Month.of(definitions.city.mandate.start)
