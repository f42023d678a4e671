"""The demo city: the same every time, believable, and with the story of docs/demo-city.md in it."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import pairwise
from math import inf
from pathlib import Path

import polars as pl
import pytest

from data import definitions
from data.__main__ import main
from data.definitions import Definitions
from data.demo import build
from data.demo.recipe import MONTHS
from data.demo.recipes import RECIPES
from data.demo.story import CITY, STORM_EFFECTS
from data.facts import Facts, current
from data.home import REPOSITORY, Home
from data.loads import NewLoad, apply
from data.periods import Month, start
from kpis import catalogue
from kpis.metrics.observations import observations
from kpis.scorecard import scorecard
from tests.demo_city import copied
from tests.small_demo import small_demo

SAME_EVERYWHERE = "7ddf823c52c5a368"
"""Changes only when somebody changes the recipes or the story on purpose."""
LAST = Month(2026, 10)


@pytest.fixture(scope="module")
def known() -> Definitions:
    return definitions.load(Home(REPOSITORY))


@pytest.fixture(scope="module")
def made(known: Definitions) -> list[tuple[NewLoad, pl.DataFrame]]:
    return build.loads(known)


@pytest.fixture(scope="module")
def home(demo_city: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The demo as its command built it in a fresh folder."""
    with pytest.MonkeyPatch.context() as patch:
        found = copied(demo_city, tmp_path_factory.mktemp("copy"))
        patch.setenv("MANDATO_HOME", str(found.folder))
        yield found


@pytest.fixture(scope="module")
def facts(home: Home) -> Facts:
    found = current(home)
    assert found
    return found


@pytest.fixture(scope="module")
def held(facts: Facts) -> pl.DataFrame:
    return facts.observations()


def series(facts: Facts, indicator: str, place: str = CITY) -> dict[str, float | None]:
    """The values of one series by month."""
    rows = facts.observations(places=[place], indicators=[indicator])
    return {f"{period:%Y-%m}": value for period, value in rows.select("period", "value").rows()}


def mean(values: dict[str, float | None], first: str, last: str) -> float:
    inside = [value for month, value in values.items() if first <= month <= last and value is not None]
    return sum(inside) / len(inside)


def test_building_twice_gives_the_same_figures(made: list[tuple[NewLoad, pl.DataFrame]], known: Definitions) -> None:
    again = build.loads(known)
    assert [load for load, _ in again] == [load for load, _ in made]
    assert all(rows.equals(before) for (_, rows), (_, before) in zip(again, made, strict=True))


def test_figures_are_the_same_on_every_machine(made: list[tuple[NewLoad, pl.DataFrame]]) -> None:
    assert sha256(" ".join(load.id for load, _ in made).encode()).hexdigest()[:16] == SAME_EVERYWHERE


def test_there_is_a_load_for_each_month_known_on_the_fifth_of_the_next(made: list[tuple[NewLoad, pl.DataFrame]]) -> None:
    assert len(made) == MONTHS
    assert [load.known_on for load, _ in made] == [Month(2020, 12).plus(i).first.replace(day=5) for i in range(MONTHS)]
    assert all(load.demo and load.rows_read == rows.height for load, rows in made)
    assert all((rows["period"] < load.known_on).all() for load, rows in made)


def test_the_city_has_districts_peers_themes_and_axes_enough(known: Definitions) -> None:
    kinds = Counter((place.kind, place.parent) for place in known.places)
    assert kinds == {("city", None): 24, ("district", CITY): 8}
    assert sum(place.population or 0 for place in known.places if place.parent == CITY) == known.place[CITY].population
    assert len(known.indicators) >= 60
    assert len({indicator.theme for indicator in known.indicators}) == len(known.themes) == 8
    assert {indicator.frequency for indicator in known.indicators} == {"month", "quarter", "year"}
    goals = catalogue.load(Home(REPOSITORY), known).kpis
    assert len(goals) == 26
    assert {goal.axis for goal in goals} == {axis.id for axis in known.city.mandate.axes}
    assert len(known.city.mandate.axes) == 5


def test_every_text_is_in_spanish_and_english(known: Definitions) -> None:
    goals = catalogue.load(Home(REPOSITORY), known).kpis
    texts = [text for one in known.indicators for text in (one.name, one.source, one.description)]
    texts += [text for goal in goals for text in (goal.name, goal.question)]
    texts += [place.name for place in known.places if place.id != CITY]
    texts += [area.name for area in known.city.areas] + [axis.name for axis in known.city.mandate.axes]
    assert [text for text in texts if not isinstance(text, dict) or set(text) != {"es", "en"}] == []


def test_every_indicator_has_a_recipe_and_every_recipe_an_indicator(known: Definitions) -> None:
    assert set(RECIPES) == set(known.indicator)
    assert set(STORM_EFFECTS) <= set(known.indicator)


def test_other_cities_have_every_indicator_and_districts_about_twenty(held: pl.DataFrame, known: Definitions) -> None:
    has = dict(held.group_by("place").agg(pl.col("indicator").n_unique()).iter_rows())
    assert {has[place.id] for place in known.places if place.kind == "city" and place.id != CITY} == {len(known.indicators)}
    assert {has[place.id] for place in known.places if place.parent == CITY} == {22}


def test_values_stay_within_their_limits_and_their_decimals(held: pl.DataFrame, known: Definitions) -> None:
    for indicator in known.indicators:
        values = held.filter(indicator=indicator.id)["value"].drop_nulls()
        assert values.is_between(indicator.min or 0, indicator.max if indicator.max is not None else inf).all(), indicator.id
        assert ((values - values.round(indicator.decimals)).abs() < 1e-9).all(), indicator.id


def test_a_ratio_is_its_two_parts_and_nothing_else_has_parts(held: pl.DataFrame, known: Definitions) -> None:
    for indicator in known.indicators:
        rows = held.filter(pl.col("value").is_not_null(), indicator=indicator.id)
        if indicator.kind != "ratio":
            assert rows["numerator"].null_count() == rows["denominator"].null_count() == rows.height
            continue
        off = (rows["numerator"] / rows["denominator"] * RECIPES[indicator.id].per - rows["value"]).abs()
        assert (off <= 0.5 * 10**-indicator.decimals + 1e-9).all(), indicator.id
        if indicator.max == 100:
            assert (rows["numerator"] <= rows["denominator"]).all(), indicator.id


@pytest.mark.parametrize("indicator", [name for name, recipe in RECIPES.items() if recipe.districts == "parts"])
def test_districts_add_up_to_the_city(indicator: str, held: pl.DataFrame, known: Definitions) -> None:
    rows = held.filter(indicator=indicator).join(
        pl.DataFrame({"place": [place.id for place in known.places if CITY in (place.id, place.parent)]}), on="place"
    )
    columns = ["value"] if known.indicator[indicator].kind != "ratio" else ["numerator", "denominator"]
    for column in columns:
        city = rows.filter(place=CITY).sort("period")[column]
        parts = rows.filter(pl.col("place") != CITY).group_by("period").agg(pl.col(column).sum()).sort("period")[column]
        assert ((city - parts).abs() < 1e-6).all()


def test_the_metrics_are_what_their_names_say(facts: Facts, known: Definitions) -> None:
    names = ["breakins_this_year", "breakins_in_twelve_months", "shared_trips", "overdue_share"]
    goals = catalogue.load(Home(REPOSITORY), known)
    rows = observations(facts, goals, known, names, places=[CITY], since=LAST.first)
    breakins, received, overdue = (series(facts, name) for name in ("home_breakins", "requests_received", "requests_overdue"))
    assert set(goals.measures) == set(names)
    assert dict(rows.select("indicator", "value").iter_rows()) == {
        "breakins_this_year": sum(breakins[f"2026-{month:02}"] or 0 for month in range(1, 11)),
        "breakins_in_twelve_months": sum(value or 0 for month, value in breakins.items() if "2025-11" <= month <= "2026-10"),
        "shared_trips": sum(series(facts, name)["2026-10"] or 0 for name in ("bus_passengers", "bike_trips")),
        "overdue_share": pytest.approx(100 * (overdue["2026-10"] or 0) / (received["2026-10"] or 1)),
    }


@pytest.mark.parametrize(("indicator", "dimensions"), [("unemployment", {"sex", "age"}), ("library_visits", {"age"})])
def test_women_and_men_and_all_ages_add_up_to_the_city(
    indicator: str, dimensions: set[str], made: list[tuple[NewLoad, pl.DataFrame]]
) -> None:
    rows = pl.concat([rows for _, rows in made]).filter(pl.col("place") == CITY, pl.col("indicator") == indicator)
    last = rows.filter(pl.col("period") == rows["period"].max()).with_columns(count=pl.coalesce("numerator", "value"))
    counts = {dimension: last.filter(pl.col("segment").str.starts_with(f"{dimension}="))["count"].sum() for dimension in dimensions}
    total = last.filter(pl.col("segment") == "")["count"].item()
    assert counts == dict.fromkeys(dimensions, total)
    assert set(last["segment"].str.extract("^([a-z]+)=").drop_nulls()) == dimensions


def test_what_is_built_stays_in_every_district(held: pl.DataFrame, known: Definitions) -> None:
    for district in (place.id for place in known.places if place.parent == CITY):
        assert held.filter(indicator="cycle_lanes", place=district).sort("period")["value"].is_sorted()


def test_every_baseline_is_the_value_of_its_series(facts: Facts, known: Definitions) -> None:
    goals = catalogue.load(Home(REPOSITORY), known)
    checked = 0
    for goal in goals.kpis:
        baseline = goals.aim(goal.id, CITY).baseline
        if baseline:
            measure = goals.indicator(goal.measure, known)
            rows = observations(facts, goals, known, [goal.measure], places=[CITY], until=baseline.date)
            held = dict(rows.filter(segment="").select("period", "value").iter_rows())[baseline.date]
            assert round(held, measure.decimals) == baseline.value, goal.id
            checked += 1
    assert checked == 23


def test_the_last_month_shows_every_status(home: Home, facts: Facts, known: Definitions) -> None:
    assert facts.last_period(CITY) == LAST.last
    scores = scorecard(facts, catalogue.load(home, known), known, CITY, LAST)
    assert Counter(score.status for score in scores) == {
        "on_track": 11,
        "exceeded": 1,
        "reached": 1,
        "at_risk": 5,
        "off_track": 4,
        "stale": 1,
        "no_data": 1,
        "not_due": 1,
        "untracked": 1,
    }
    assert {score.kpi.basis for score in scores} == {"on_schedule", "progress", "ratio", "absolute"}
    status = {score.kpi.id: score.status for score in scores}
    assert (status["overdue_requests"], status["home_breakins"]) == ("on_track", "at_risk"), "goals on a ratio and on a cumulative metric"
    assert (status["satisfaction"], status["school_meals_local"], status["nursery_places"]) == ("stale", "no_data", "not_due")


@pytest.mark.parametrize(("indicator", "least"), [("requests_received", 1.4), ("days_to_resolve", 1.35), ("fire_calls", 1.4)])
def test_the_storm_lifts(indicator: str, least: float, facts: Facts) -> None:
    values = series(facts, indicator)
    assert mean(values, "2022-12", "2022-12") > least * mean(values, "2021-12", "2021-12")


@pytest.mark.parametrize("indicator", ["requests_on_time", "bus_punctuality", "street_lights", "works_on_schedule"])
def test_the_storm_drags_down(indicator: str, facts: Facts) -> None:
    values = {month: value for month, value in series(facts, indicator).items() if "2020-12" <= month <= "2024-12" and value is not None}
    assert min(values, key=lambda month: values[month]) == "2022-12"


def test_the_request_app_works(facts: Facts) -> None:
    values = series(facts, "requests_on_time")
    assert mean(values, "2026-05", "2026-10") - mean(values, "2024-05", "2024-10") > 8
    gains = [
        mean(other, "2026-05", "2026-10") - mean(other, "2024-05", "2024-10")
        for place in facts.places
        if place in ("nueva_fabula", "puerto_utopia", "gran_ninguna", "san_ejemplo")
        for other in [series(facts, "requests_on_time", place)]
    ]
    assert max(gains) < 4


def test_the_bus_lanes_do_not(facts: Facts) -> None:
    lanes, punctual = series(facts, "bus_lanes"), series(facts, "bus_punctuality")
    assert (lanes["2025-02"], lanes["2025-03"]) == (7.0, 18.4)
    assert abs(mean(punctual, "2025-03", "2026-02") - mean(punctual, "2024-03", "2025-02")) < 1


def test_robberies_rise_in_two_districts_only(facts: Facts, known: Definitions) -> None:
    districts = [place.id for place in known.places if place.parent == CITY]
    rise = {
        place: (series(facts, "robberies", place)["2026-10"] or 0) / (series(facts, "robberies", place)["2026-05"] or 1)
        for place in districts
    }
    assert {place for place, times in rise.items() if times > 1.12} == {"centro_viejo", "puerto_bruma"}


def test_a_corrected_method_shows_only_after_it_was_published(facts: Facts) -> None:
    def told(day: date) -> float:
        return facts.observations(places=[CITY], indicators=["recycling"], since=date(2024, 6, 1), until=date(2024, 6, 30), as_known=day)[
            "value"
        ][0]

    assert told(date(2025, 5, 4)) == pytest.approx(told(date(2025, 5, 5)) * 1.045, rel=0.005)
    assert facts.revisions(CITY, "recycling").filter(pl.col("until") == date(2025, 5, 5)).height == 12


def test_permits_of_may_2025_came_with_those_of_august(facts: Facts) -> None:
    def last(day: date) -> date:
        return facts.observations(places=[CITY], indicators=["permit_days"], as_known=day)["period"].to_list()[-1]

    assert (last(date(2025, 9, 4)), last(date(2025, 9, 5))) == (date(2025, 7, 31), date(2025, 8, 31))
    known_on = dict(facts.revisions(CITY, "permit_days").select("period", "known_on").iter_rows())
    assert known_on[date(2025, 5, 31)] == known_on[date(2025, 6, 30)] == date(2025, 9, 5)


def test_unemployment_comes_a_month_late(facts: Facts) -> None:
    assert max(series(facts, "unemployment")) == "2026-09"


def test_some_values_are_corrected_but_few(made: list[tuple[NewLoad, pl.DataFrame]], held: pl.DataFrame) -> None:
    told = sum(rows.height for _, rows in made)
    assert 0.02 < (told - held.height) / held.height < 0.05


def test_a_gap_keeps_its_reason(facts: Facts) -> None:
    gaps = facts.observations(places=[CITY]).filter(pl.col("value").is_null())
    assert gaps.select("indicator", "period", "flag").sort("period").rows() == [
        ("bike_trips", date(2021, 8, 31), "s/d: sistema en obras"),
        ("nitrogen_dioxide", date(2022, 12, 31), "s/d: estaciones averiadas por el temporal"),
        ("calls_answered", date(2024, 3, 31), "s/d: cambio de centralita"),
        ("calls_answered", date(2024, 4, 30), "s/d: cambio de centralita"),
    ]


def test_a_period_is_the_last_day_of_its_frequency(held: pl.DataFrame, known: Definitions) -> None:
    for indicator in known.indicators:
        ends = held.filter(indicator=indicator.id, place="nueva_fabula")["period"].sort().to_list()
        assert all(start(after, indicator.frequency).toordinal() == before.toordinal() + 1 for before, after in pairwise(ends))


def test_a_second_run_changes_nothing_and_says_so(home: Home, facts: Facts, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    assert capsys.readouterr().out.startswith("nothing has changed: 32 places, 67 indicators")
    now = current(home)
    assert now and now.version == facts.version


def test_the_command_tells_what_is_held(home: Home, facts: Facts, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    held = facts.observations(segment=None).height
    assert told == {"places": 32, "indicators": 67, "observations": held, "facts_version": 4, "plans": 3, "actions": 147}


def test_a_fresh_folder_gets_the_demos_definitions(home: Home) -> None:
    for path in ("data/city.yaml", "kpis/definitions/safe_city.yaml", "kpis/targets/villa_quimera.yaml"):
        assert (home.folder / path).read_bytes() == (REPOSITORY / path).read_bytes()


# What follows changes facts, each in a home of its own.


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    return small_demo(tmp_path)


def own_load(home: Home) -> None:
    row = {"place": CITY, "indicator": "robberies", "segment": "", "period": date(2026, 11, 30), "value": 30.0}
    rows = pl.DataFrame([{**row, "numerator": None, "denominator": None, "flag": None}])
    load = NewLoad("own", "monthly_report", ("november.csv",), "test", date(2026, 12, 5), 1)
    apply(home, definitions.load(home), [(load, rows)])


def test_the_demo_refuses_to_mix_with_own_loads(small: Home, capsys: pytest.CaptureFixture[str]) -> None:
    own_load(small)
    before = current(small)
    assert main(["demo", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["facts_version"] is None
    assert "own loads" in told["problems"][0]["message"]
    assert "MANDATO_HOME" in told["problems"][0]["hint"]
    assert current(small) is before


def test_the_demo_refuses_the_home_of_another_city(small: Home, capsys: pytest.CaptureFixture[str]) -> None:
    small.city.write_text(small.city.read_text(encoding="utf-8").replace("demo: true", "demo: false"), encoding="utf-8")
    assert main(["demo"]) == 1
    assert "the definitions here are those of Villa Quimera" in capsys.readouterr().err
    assert current(small) is None


def test_the_demo_never_overwrites_definitions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places.yaml").write_text("places: []\n", encoding="utf-8")
    assert main(["demo"]) == 1
    assert "places.yaml: this file is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["places.yaml"]


def test_removing_the_demo_leaves_own_loads(small: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    own_load(small)
    assert main(["demo", "--remove"]) == 0
    out = capsys.readouterr().out
    assert "`python -m data new DIR` makes a home of your own" in out
    left = current(small)
    assert left and not left.demo and [load.id for load in left.loads()] == ["own"]
    assert left.observations()["value"].to_list() == [30.0]


def test_there_may_be_no_demo_to_remove(small: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--remove"]) == 0
    assert capsys.readouterr().out == "there is no demo to remove: no facts are held\n"


def test_an_earlier_edition_of_the_demo_is_replaced(small: Home) -> None:
    row = {"place": CITY, "indicator": "robberies", "segment": "", "period": date(2019, 1, 31), "value": 30.0}
    rows = pl.DataFrame([{**row, "numerator": None, "denominator": None, "flag": None}])
    apply(small, definitions.load(small), [(NewLoad("demo-old", "demo", (), "test", date(2019, 2, 5), 1, demo=True), rows)])
    assert main(["demo"]) == 0
    now = current(small)
    assert now and now.first_period(CITY) == date(2020, 11, 30)
    assert "demo-old" not in {load.id for load in now.loads()}
