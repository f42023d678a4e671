"""What an index of the home's own figures is reckoned from: of which period, divided by what, and what is said of it."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.home import Home
from data.periods import Month
from data.problems import Refused
from kpis.index import from_facts
from kpis.index.at_home import settled
from kpis.index.figures import Figures
from kpis.index.latest import latest
from kpis.index.reckoned import reckoned
from tests.index_home import CITIES, CRIME, DECEMBER, DISTRICTS, GREEN, INDEX, NOVEMBER, RESIDENTS, TRIPS, asked, build, known, load, row


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("home"))


def read(home: Home, text: str = INDEX, month: Month | None = DECEMBER) -> Figures:
    facts, catalogue, definitions = known(home)
    return from_facts.figures(settled(asked(text), catalogue, definitions), facts, catalogue, definitions, month)


def refusal(home: Home, text: str) -> str:
    with pytest.raises(Refused) as refused:
        read(home, text)
    return str(refused.value)


def test_each_place_has_its_figure_of_the_period_that_most_have(home):
    found = read(home)
    assert found.places == CITIES and found.names == ("Alta", "Baja", "Cima", "Dehesa", "Ermita")
    crime, trips, green = found.values.T
    assert crime.tolist() == [30, 20, 50, 40, pytest.approx(11)], "Ermita's last is a month older"
    assert trips.tolist() == list(TRIPS.values())
    assert np.isnan(green[2]) and np.delete(green, 2).tolist() == [9, 12, 8, 15], "Cima measures it otherwise"
    assert found.periods[0] == ("2025-12", "2025-12", "2024") and found.periods[4] == ("2025-11", "2025-12", "2024")


def test_what_a_reader_must_know_is_said_with_its_line(home):
    other, otherwise = map(str, read(home).notes)
    assert other.startswith("well.yaml:6: indicators.1.indicator: crime: the figures of Ermita are of another period than 2025-12")
    assert otherwise.startswith("well.yaml:8: indicators.3.indicator: green is measured otherwise by Cima: it counts as missing there")


def test_a_count_is_divided_as_its_indicator_is_compared(home):
    found = read(home)
    assert found.denominators[:, 1].tolist() == [residents / 1000 for residents in RESIDENTS.values()]
    assert set(found.denominators[:, 0]) == {1.0}, "what is no count is not"


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("population", list(RESIDENTS.values())),
        ("homes", [40_000, 25_000, 100_000, 20_000, 10_000]),
        ("crime", [30, 20, 50, 40, 11]),
    ],
)
def test_or_by_what_the_index_says_residents_a_trait_or_an_indicator(home, by, expected):
    found = read(home, INDEX.replace("indicator: trips", f"indicator: trips, denominator: {by}"))
    assert found.denominators[:, 1].tolist() == pytest.approx(expected)


def test_a_divisor_of_another_period_or_measured_otherwise_is_said(home):
    crime = read(
        home,
        INDEX.replace("  - {name: crime, indicator: crime}\n", "")
        .replace("indicator: trips", "indicator: trips, denominator: crime")
        .replace("crime, green", "green"),
    )
    of_crime, of_green = map(str, crime.notes)
    assert "indicators.1.denominator: crime: the figures of Ermita are of another period than 2025-12" in of_crime
    assert "green is measured otherwise by Cima" in of_green
    green = read(
        home,
        INDEX.replace("indicator: trips", "indicator: trips, denominator: green")
        .replace("  - {name: green, indicator: green, direction: higher}\n", "")
        .replace(", green]", "]"),
    )
    assert np.isnan(green.denominators[2, 1]) and np.isfinite(np.delete(green.denominators[:, 1], 2)).all()
    assert "indicators.2.denominator: green is measured otherwise by Cima: it counts as missing there" in str(green.notes[-1])


def test_who_measures_otherwise_chooses_no_period(tmp_path):
    """Four of five have green of 2025, Cima among them; without it three of four do, fewer than those that have 2024."""
    home = build(tmp_path / "home")
    load(home, "newer", [row(place, "green", date(2025, 12, 31), 7.0) for place in ("alta", "baja", "dehesa", "cima")])
    found = read(home)
    assert found.periods[2][2] == "" and found.periods[4][2] == "2024" and found.periods[0][2] == "2024"
    assert not any("Cima" in str(note) and "another period" in str(note) for note in found.notes)


def test_a_month_is_read_as_it_stood_and_the_newest_unless_named(home):
    crime = INDEX.replace("  - {name: trips, indicator: trips}\n", "").replace(", trips]", "]")
    assert read(home, crime, NOVEMBER).values[:, 0].tolist() == pytest.approx([value * 1.1 for value in CRIME.values()])
    assert read(home, crime, None).values[:, 0].tolist() == read(home, crime, DECEMBER).values[:, 0].tolist()


def test_districts_are_those_of_the_city_and_places_can_be_named(home):
    districts = INDEX.replace("cities", "districts").replace("  - {name: green, indicator: green, direction: higher}\n", "")
    districts = districts.replace(", green]", "]")
    assert read(home, districts).places == DISTRICTS
    assert read(home, INDEX.replace("cities", "[ermita, alta]")).places == ("ermita", "alta")


def test_peers_are_the_city_and_those_nearest_to_it(home):
    assert read(home, INDEX.replace("cities", "peers")).places == CITIES, "of so few all are near"


def test_groups_are_what_places_say_of_themselves_or_the_region_around_them(home):
    found = read(home, f"{INDEX}missing: {{group_median: coast}}\nblend: {{region: region, share: 0.2}}\n")
    assert found.groups == {"coast": ("shore", "shore", "inland", "", "shore"), "region": ("", "costa", "costa", "", "")}


def test_a_metric_is_read_like_an_indicator(home):
    metric = INDEX.replace("indicator: green", "indicator: trips_per_crime")
    assert read(home, metric).values[:3, 2].tolist() == pytest.approx([500 / 30, 5, 18])


def test_without_figures_it_is_refused(home):
    assert "no place has a figure of silent; load them" in refusal(home, INDEX.replace("indicator: green", "indicator: silent"))
    _, catalogue, definitions = known(home)
    with pytest.raises(Refused, match="no figures are loaded"):
        from_facts.figures(settled(asked(), catalogue, definitions), None, catalogue, definitions)


def test_a_figure_older_than_a_year_beside_the_others_is_none(tmp_path):
    home = build(tmp_path / "home")
    periods = {"alta": date(2025, 9, 30), "baja": date(2025, 9, 30), "cima": date(2025, 9, 30), "dehesa": date(2025, 9, 30)}
    rows = [row(place, "silent", period, 1.0) for place, period in periods.items()]
    load(home, "silent", [*rows, row("ermita", "silent", date(2024, 8, 31), 2.0)])
    found = read(home, INDEX.replace("indicator: green", "indicator: silent"))
    assert found.values[:4, 2].tolist() == [1, 1, 1, 1] and np.isnan(found.values[4, 2]) and found.periods[4][2] == ""


def test_the_newest_period_of_four_in_five_is_compared_else_the_one_that_most_have():
    def rows(**counts: int) -> pl.DataFrame:
        told = [(f"p{place}", date(2025, int(month[1:]), 28), 1.0) for month, count in counts.items() for place in range(count)]
        return pl.DataFrame(told, schema=["place", "period", "value"], orient="row")

    places = [f"p{number}" for number in range(10)]
    assert latest(rows(m1=10, m2=8), places).period == date(2025, 2, 28)
    assert latest(rows(m1=10, m2=7), places).period == date(2025, 1, 28)
    assert latest(rows(m1=3), [*places, "none"]).period == date(2025, 1, 28), "of those that have any"
    assert latest(pl.concat([rows(m3=5), rows(m2=10).tail(5)]), places).period == date(2025, 3, 28), "of two that as many have the newer"
    assert latest(rows(m1=1).filter(pl.col("value") > 1), places).period is None


def test_what_comes_out_is_ranked_and_each_score_can_be_followed(home):
    """By hand: min-max of crime (lower better), trips per 1,000 residents and green; Cima has no green."""
    facts, catalogue, definitions = known(home)
    built = reckoned(settled(asked(), catalogue, definitions), facts, catalogue, definitions, DECEMBER)
    crime = [(50 - value) / 39 for value in (30, 20, 50, 40, 11)]
    trips = [(value - 2) / 3 for value in (5, 2, 4.5, 5, 3)]
    green = [(value - 8) / 7 for value in (9, 12, 8, 15)]
    life = [(crime[place] + each) / 2 for place, each in zip((0, 1, 3, 4), green, strict=True)]
    life.insert(2, crime[2])
    assert built.score.tolist() == pytest.approx([(a + b) / 2 for a, b in zip(life, trips, strict=True)])
    assert built.flags[: len(built.figures.notes)] == built.figures.notes and built.places == CITIES
    assert GREEN["ermita"] == max(GREEN.values()) and built.places[int(np.argmin(built.rank))] == "ermita"
