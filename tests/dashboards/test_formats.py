"""Numbers, units and periods as each country writes them."""

from datetime import UTC, date, datetime

import pytest

from dashboards import formats
from data.indicators import Indicator
from data.periods import Month
from kpis.score import Amount, Difference, Period, Reason, Share


def indicator(unit: str, decimals: int = 1, one: dict[str, str] | None = None) -> Indicator:
    told = {"id": "it", "name": "It", "kind": "level", "frequency": "month", "theme": "life", "source": "us", "owner": "us"}
    return Indicator.model_validate({**told, "unit": unit, "unit_one": one, "decimals": decimals})


def spaces(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "decimals", "locale", "written"),
    [
        (1234567.891, 2, "es_ES", "1.234.567,89"),
        (1234567.891, 2, "es_MX", "1,234,567.89"),
        (1234567.891, 2, "es_CO", "1.234.567,89"),
        (1234567.891, 2, "es_AR", "1.234.567,89"),
        (1234567.891, 2, "es_CL", "1.234.567,89"),
        (1234567.891, 2, "en_GB", "1,234,567.89"),
        (68, 1, "en_US", "68.0"),
        (68.26, 0, "en_US", "68"),
        (-0.01, 1, "en_US", "0.0"),
        (None, 1, "en_US", "–"),
    ],
)
def test_a_number_is_written_as_in_the_country(value, decimals, locale, written):
    assert formats.number(value, decimals, locale) == written


@pytest.mark.parametrize(
    ("value", "unit", "locale", "written"),
    [
        (68.24, "%", "es_ES", "68,2 %"),
        (31.4, {"es": "por 10.000 hab.", "en": "per 10,000 residents"}, "en_GB", "31.4 per 10,000 residents"),
        (31.4, {"es": "por 10.000 hab.", "en": "per 10,000 residents"}, "es_CL", "31,4 por 10.000 hab."),
        (1250.5, "EUR", "es_ES", "1.250,5 EUR"),
        (None, "EUR", "es_ES", "–"),
    ],
)
def test_a_number_stands_with_its_unit(value, unit, locale, written):
    assert spaces(formats.with_unit(value, unit, 1, locale)) == written


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(1234.5, 1, "1,234"), (123.45, 2, "123"), (68.24, 1, "68.2"), (0.04567, 3, "0.046"), (7, 0, "7"), (None, 1, "–")],
)
def test_a_headline_says_three_digits_at_most(value, decimals, written):
    assert formats.headline(value, decimals, "en_GB") == written


@pytest.mark.parametrize(
    ("end", "frequency", "locale", "said"),
    [
        (date(2026, 6, 30), "month", "en_GB", "June 2026"),
        (date(2026, 6, 30), "month", "es_MX", "junio de 2026"),
        (date(2026, 6, 30), "quarter", "en_GB", "2nd quarter 2026"),
        (date(2026, 6, 30), "quarter", "es_ES", "2.º trimestre de 2026"),
        (date(2026, 6, 30), "half", "en_GB", "1st half of 2026"),
        (date(2026, 12, 31), "half", "es_ES", "2.º semestre de 2026"),
        (date(2025, 12, 31), "year", "en_GB", "2025"),
        (date(2023, 6, 30), "year", "en_GB", "2022/23"),
        (date(2026, 6, 30), "day", "en_GB", "30 Jun 2026"),
        (date(2026, 6, 28), "week", "en_GB", "week to 28 Jun 2026"),
    ],
)
def test_a_period_is_said_in_words(end, frequency, locale, said):
    assert formats.period(end, frequency, locale) == said


@pytest.mark.parametrize(
    ("end", "frequency", "said"),
    [(date(2026, 6, 30), "month", "Jun 2026"), (date(2026, 6, 30), "quarter", "Q2 2026"), (date(2025, 12, 31), "year", "2025")],
)
def test_a_tight_column_says_a_period_shortly(end, frequency, said):
    assert formats.short_period(end, frequency, "en_GB") == said


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "said"),
    [
        (-2.13, "%", 1, "2.1 points"),
        (2.13, "days", 1, "2.1 days"),
        (0.04, "days", 1, "0.04 days"),
        (1.8, "per 10,000 residents in 12 months", 1, "1.8"),
        (1.2, "days", 0, "1"),
        (-1, "%", 0, "1 point"),
        (1, "%", 1, "1.0 points"),
    ],
)
def test_a_difference_has_no_sign_and_is_never_shown_as_zero(value, unit, decimals, said):
    assert spaces(formats.difference(value, indicator(unit, decimals), "en_GB")) == said


ONE_DAY = {"es": "día", "en": "day"}


@pytest.mark.parametrize(
    ("value", "decimals", "locale", "said"),
    [
        (1, 0, "en_GB", "1 day"),
        (1.4, 0, "en_GB", "1 day"),
        (2, 0, "en_GB", "2 days"),
        (0, 0, "en_GB", "0 days"),
        (1, 1, "en_GB", "1.0 days"),
        (1, 0, "es_ES", "1 día"),
        (21, 0, "es_ES", "21 days"),
    ],
)
def test_one_has_its_own_unit_where_somebody_said_it(value, decimals, locale, said):
    known = indicator("days", decimals, ONE_DAY)
    assert spaces(formats.measured(value, known, locale)) == said
    assert spaces(formats.difference(-value, known, locale)) == said
    amount, apart = (kind(value, "days", decimals, ONE_DAY) for kind in (Amount, Difference))
    assert spaces(formats.reason(Reason("{value}", {"value": amount}), locale)) == said
    assert spaces(formats.reason(Reason("{value}", {"value": apart}), locale)) == said


def test_a_command_says_one_day_too():
    assert [str(kind(1.0, "days", 0, ONE_DAY)) for kind in (Amount, Difference)] == ["1 day", "1 day"]
    assert [str(Difference(number, "%", 0)) for number in (1.0, 2.0)] == ["1 point", "2 points"]


def test_a_long_unit_stands_where_nothing_around_names_it():
    told = indicator("per 10,000 residents in 12 months")
    assert spaces(formats.signed(-2, told, "en_GB")) == "−2.0"
    assert spaces(formats.signed(-2, told, "en_GB", whole=True)) == "−2.0 per 10,000 residents in 12 months"


def test_one_point_is_one_point_in_spanish_too():
    assert spaces(formats.difference(1, indicator("%", 0), "es_ES")) == "1 punto"


@pytest.mark.parametrize(("days", "said"), [(1, "1 day"), (10, "10 days"), (None, "–")])
def test_an_age_is_said_in_days(days, said):
    assert formats.age(days, "en_GB") == said


def test_a_title_begins_with_a_capital_letter():
    assert formats.sentence(formats.month_name(Month(2026, 6), "es_ES")) == "Junio de 2026"


def test_a_reason_is_said_with_the_countrys_numbers_and_a_long_unit_once():
    unit = {"es": "por 10.000 hab. en 12 meses", "en": "per 10,000 residents in 12 months"}
    values = {"value": Amount(31.7, unit, 1), "due": Amount(27.8, unit, 1), "share": Share(0.4)}
    why = Reason("{value} against {due} due now: {share} of the way that was planned by then", values)
    assert spaces(formats.reason(why, "es_ES")).startswith("31,7 por 10.000 hab. en 12 meses frente a 27,8 programado a la fecha: 40 %")


def test_a_reason_says_periods_and_days_in_words():
    values = {"value": Amount(61, "%", 0), "period": Period(date(2025, 11, 30), "month"), "age": 222, "limit": 45}
    why = Reason("the latest value, {value}, is of {period}: {age} days old at the review, and {limit} is the limit", values)
    assert "is of November 2025: 222 days old" in formats.reason(why, "en_GB")
    assert formats.reason(Reason("nothing is due before {first_day}", {"first_day": date(2026, 12, 31)}), "en_GB").endswith("31 Dec 2026")


def test_what_is_done_in_the_evening_is_done_on_that_day(clock):
    late = datetime(2026, 7, 1, 2, 30, tzinfo=UTC)
    clock("America/Lima")
    assert formats.day_of(late, "en_GB") == "30 Jun 2026"
    assert formats.moment(late, "en_GB") == "30 Jun 2026, 21:30"
