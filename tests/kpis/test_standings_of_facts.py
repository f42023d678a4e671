"""Standings from a store: one reading for all indicators, corrections that were really loaded, and the demo city."""

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl
import pytest

from data import definitions as definition_files
from data import facts as fact_files
from data.facts import Facts
from data.home import Home
from data.loads import ROWS, NewLoad, apply
from data.periods import Month
from kpis import catalogue as catalogues
from kpis.peers.choosing import nearest
from kpis.peers.corrections import corrections
from kpis.peers.exported import COLUMNS, frame
from kpis.peers.standing import UNRANKED, Standing
from kpis.peers.standings import standings
from tests.compared_towns import Towns

JUNE = Month(2026, 6)
OCTOBER = Month(2026, 10)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Towns, Facts]]:
    """Bruma's days are put right a month after they come, by 2, every month; Aurora's three times, by 1, 1 and 3."""
    folder = tmp_path_factory.mktemp("stored")
    found = Towns(folder)
    months = [JUNE.plus(back) for back in range(-13, 1)]
    loads = []
    for at, month in enumerate(months):
        first = {"aurora": 12.0 + at % 2, "bruma": 9.0, "cima": 20.0}
        rows = [_row(place, month, value) for place, value in first.items()]
        if at:
            rows.append(_row("bruma", months[at - 1], 11.0))
        if at in (3, 6, 9):
            rows.append(_row("aurora", months[at - 1], 12.0 + (at - 1) % 2 + {3: 1, 6: 1, 9: 3}[at]))
        table = pl.DataFrame(rows, schema=ROWS)
        loads.append((NewLoad(f"m{at}", "hall", (), "ana", month.last + timedelta(days=5), table.height), table))
    apply(Home(folder), found.definitions, loads)
    facts = fact_files.current(Home(folder))
    assert facts is not None
    yield found, facts
    fact_files.forget()


def _row(place: str, month: Month, value: float) -> dict[str, object]:
    told = {"place": place, "indicator": "days", "segment": "", "period": month.last, "value": value}
    return {**dict.fromkeys(ROWS), **told}


def test_corrections_that_were_loaded_say_what_is_real_and_what_is_provisional(towns: tuple[Towns, Facts]) -> None:
    found, facts = towns
    told = corrections(facts, ["aurora", "bruma", "cima"], JUNE)
    assert told.usual == {"days": 1.0}  # the median of 1, 1 and 3, of the city itself
    assert told.usually == {("bruma", "days")}
    assert not corrections(facts, ["aurora", "bruma", "cima"], JUNE.plus(8)).usually  # corrected no more
    known = standings(facts, found.catalogue, found.definitions, "aurora", JUNE, ["bruma", "cima", "aurora", "bruma"])
    days = known["days"]
    assert [peer.place for peer in days.peers] == ["bruma", "cima"]
    assert days.peers[0].marks == ("provisional",) and days.peers[1].marks == ()  # June's is not corrected yet
    earlier = standings(facts, found.catalogue, found.definitions, "aurora", JUNE.plus(-1), ["bruma", "cima"])["days"]
    assert earlier.peers[0].marks == () and earlier.peers[0].value == 11.0
    assert set(known) == set(found.definitions.indicator) and known["visits"].own.marks == ("none",)


def test_before_any_figure_every_indicator_says_what_to_load(towns: tuple[Towns, Facts]) -> None:
    found, _ = towns
    known = standings(None, found.catalogue, found.definitions, "aurora", JUNE, ["bruma"])
    assert {standing.position for standing in known.values()} == {None}
    assert str(known["days"].why) == "no figure is known here up to this month"


def test_a_standing_as_a_table_has_a_row_for_each_place(towns: tuple[Towns, Facts]) -> None:
    found, facts = towns
    known = standings(facts, found.catalogue, found.definitions, "aurora", JUNE, ["bruma", "cima"])
    table = frame({"days": known["days"]}, found.definitions, "en")
    assert table.columns == list(COLUMNS) and table["place"].to_list() == ["aurora", "bruma", "cima"]
    own, bruma, _ = table.to_dicts()
    assert (own["own"], own["rank"], own["ranked"], own["gap"], own["median"], own["period"]) == (True, 2, 3, -1.5, 14.5, "2026-06")
    assert (own["verdict"], own["told_by"]) == ("no_difference", "movement")
    assert own["smallest_difference"] == pytest.approx(2 * 16 / 13)  # the gap went 16 in 13 steps: 1 0 0 1 2 2 1 2 2 1 1 1 2
    assert (bruma["own"], bruma["marks"], bruma["gap"], bruma["value"]) == (False, "provisional", None, 9.0)


@pytest.fixture(scope="module")
def demo(demo_city: Home) -> dict[str, Standing]:
    definitions = definition_files.load(demo_city)
    facts = fact_files.current(demo_city)
    peers = [one.place for one in nearest(definitions, facts, "villa_quimera", OCTOBER.last).nearest]
    return standings(facts, catalogues.load(demo_city, definitions), definitions, "villa_quimera", OCTOBER, peers)


def test_the_demo_city_is_compared_by_every_indicator_and_metric_of_a_goal(demo: dict[str, Standing], demo_city: Home) -> None:
    definitions = definition_files.load(demo_city)
    assert list(demo)[: len(definitions.indicators)] == [one.id for one in definitions.indicators]
    assert "overdue_share" in demo and "breakins_in_twelve_months" in demo
    without = {name: str(each.why) for name, each in demo.items() if each.position is None}
    assert without == {"school_meals_local": "no figure is known here up to this month"}
    assert {len(each.peers) for each in demo.values()} == {15}
    assert demo["breakins_in_twelve_months"].per == demo["home_breakins"].per  # a metric is divided as what it adds up


def test_the_demo_has_peers_that_lag_and_that_measure_otherwise(demo: dict[str, Standing]) -> None:
    marked = {(name, peer.place): peer.marks for name, each in demo.items() for peer in each.peers if UNRANKED.intersection(peer.marks)}
    assert marked[("robberies", "puerto_ficcion")] == ("other_period",)
    assert marked[("library_visits", "santa_metafora")] == ("definition",)
    assert all(peer.rank is None for each in demo.values() for peer in each.peers if (each.indicator.id, peer.place) in marked)
    assert demo["rent"].own.marks == ("earlier",) and demo["rent"].own.period == date(2026, 9, 30)  # its own is known a month ahead
    assert demo["satisfaction"].own.period == date(2026, 3, 31)  # nobody has sent it since


def test_the_demo_says_better_worse_and_no_real_difference(demo: dict[str, Standing]) -> None:
    verdicts = {name: each.verdict for name, each in demo.items()}
    assert (verdicts["robberies"], verdicts["rent"], verdicts["bus_punctuality"]) == ("better", "worse", "no_difference")
    assert verdicts["road_deaths"] == "no_difference"  # 25 deaths: chance alone makes it 16 or 37
    assert demo["feels_safe"].least is not None and demo["feels_safe"].least.told == "interval"
    assert all(each.verdict for name, each in demo.items() if name != "school_meals_local")
    best = demo["water_losses"].improver
    assert best is not None and (best.place, best.years, best.first > best.last) == ("puerto_utopia", 3, True)
    for each in demo.values():
        if each.improver and each.least:
            assert each.improver.gain > each.least.difference and each.improver.place in {peer.place for peer in each.ranked}
