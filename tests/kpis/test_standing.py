"""Where a city stands on an indicator: each rule by a case worked by hand."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kpis.peers.corrections import Corrections
from kpis.peers.standing import Beside
from kpis.shares import byar
from tests.compared_towns import PLACES, Towns, held, monthly, yearly

JUNE, MAY, APRIL = date(2026, 6, 30), date(2026, 5, 31), date(2026, 4, 30)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Towns:
    return Towns(tmp_path_factory.mktemp("towns"))


def marks(figure: Beside) -> tuple[str, ...]:
    return figure.marks


def ranks(towns: Towns, indicator: str, **told: float) -> dict[str, int | None]:
    found = towns.on(indicator, told, JUNE)
    return {figure.place: figure.rank for figure in (found.own, *found.peers)}


def test_best_is_first_by_polarity_and_equal_ones_share_the_better_place(towns: Towns) -> None:
    assert ranks(towns, "days", aurora=12, bruma=9, cima=12, duna=20) == {"aurora": 2, "bruma": 1, "cima": 2, "duna": 4}
    assert ranks(towns, "punctual", aurora=12, bruma=9, cima=12, duna=20) == {"aurora": 2, "bruma": 4, "cima": 2, "duna": 1}
    # neither way is better: from the lowest to the highest
    assert ranks(towns, "spent", aurora=12, bruma=9, cima=12, duna=20) == {"aurora": 2, "bruma": 1, "cima": 2, "duna": 4}


def test_gaps_are_to_the_median_of_the_peers_and_to_the_best_of_them(towns: Towns) -> None:
    found = towns.on("days", {"aurora": 12, "bruma": 9, "cima": 10, "duna": 20, "estela": 8}, JUNE)
    assert (found.position, found.of, found.shared) == (4, 5, False)
    assert (found.median, found.gap) == (9.5, 2.5)  # of 8, 9, 10, 20: the city itself is not among them
    assert found.best is not None and found.best.place == "estela" and found.gap_best == 4
    neutral = towns.on("spent", {"aurora": 12, "bruma": 9, "cima": 10}, JUNE)
    assert neutral.best is None and neutral.gap_best is None and neutral.sign == 0 and neutral.position == 3


def test_a_peer_of_another_period_is_shown_and_not_ranked(towns: Towns) -> None:
    older = {"aurora": {MAY: 5.0, JUNE: 6.0}, "bruma": {JUNE: 7.0}, "cima": {JUNE: 8.0}, "duna": {APRIL: 1.0, MAY: 2.0}}
    found = towns.on("days", older, JUNE)
    duna = found.peers[-1]
    assert (duna.period, duna.value, duna.rank, marks(duna)) == (MAY, 2.0, None, ("other_period",))
    assert (found.position, found.of, found.median) == (1, 3, 7.5)
    # older than a year it is not shown either
    found = towns.on("days", {**older, "duna": {date(2025, 5, 31): 2.0}}, JUNE)
    assert (found.peers[-1].period, marks(found.peers[-1])) == (None, ("none",))


def test_where_most_peers_have_no_newer_one_the_last_shared_period_is_compared(towns: Towns) -> None:
    told = {"aurora": {MAY: 5.0, JUNE: 6.0}, "bruma": {MAY: 7.0}, "cima": {MAY: 4.0}, "duna": {MAY: 9.0, JUNE: 1.0}}
    found = towns.on("days", told, JUNE)
    assert (found.own.period, found.own.value, marks(found.own)) == (MAY, 5.0, ("earlier",))
    assert (found.position, found.of) == (2, 4)
    assert [peer.period for peer in found.peers] == [MAY, MAY, MAY]
    # half of them are enough to stay with the city's own
    found = towns.on("days", {**told, "cima": {MAY: 4.0, JUNE: 4.0}, "estela": {MAY: 3.0}}, JUNE)
    assert (found.own.period, marks(found.own), found.of) == (JUNE, (), 3)


def test_who_measures_otherwise_is_shown_and_not_ranked(towns: Towns) -> None:
    found = towns.on("income", {"aurora": 20, "bruma": 10, "duna": 99}, date(2025, 12, 31))
    duna = found.peers[-1]
    assert (duna.value, duna.rank, marks(duna)) == (99, None, ("definition",))
    assert duna.differs == {"es": "Antes de impuestos", "en": "Before taxes"}
    assert (found.position, found.of, found.median) == (1, 2, 10)
    # of the place that differs itself: no position, and the reason
    found = towns.on("income", {"duna": 99, "aurora": 20, "bruma": 10}, date(2025, 12, 31))
    assert found.position is None and found.median == 15 and str(found.why) == "it is measured otherwise here: Before taxes"


def test_counts_are_divided_as_declared(towns: Towns) -> None:
    found = towns.on("visits", {"aurora": 1000, "bruma": 1000, "cima": 100, "faro": 700}, JUNE)
    assert [figure.value for figure in (found.own, *found.peers)] == [5.0, 10.0, 2.0, None]  # per 1,000 residents
    assert (found.own.raw, found.position, found.of, found.decimals, found.by) == (1000, 2, 3, 1, None)
    assert marks(found.peers[-1]) == ("not_divided",) and found.peers[-1].raw == 700  # its residents are not known
    homes = towns.on("breakins", {"aurora": 160, "bruma": 50}, JUNE)
    assert [figure.value for figure in (homes.own, *homes.peers)] == [2.0, 1.0]  # per 1,000 households
    assert homes.by == {"es": "hogares", "en": "households"} and homes.position == 2


def test_a_count_that_says_not_what_divides_it_is_not_compared(towns: Towns) -> None:
    found = towns.on("permits", {"aurora": 10, "bruma": 900}, JUNE)
    assert found.position is None and found.median is None and found.gap is None and found.least is None
    assert [figure.raw for figure in (found.own, *found.peers)] == [10, 900]
    assert "nothing says what it is divided by" in str(found.why)
    assert str(found.cure) == "write `compare: {by: population, per: 1000}` of permits in data/indicators.yaml, or another trait"
    lacking = towns.on("visits", {"faro": 10, "aurora": 900}, JUNE)
    assert lacking.position is None and str(lacking.cure) == "write `population` of faro in data/places.yaml"
    lacking = towns.on("breakins", {"faro": 10, "aurora": 900}, JUNE)
    assert str(lacking.cure) == "write `traits: {households: …}` of faro in data/places.yaml"


def test_without_a_figure_or_a_peer_there_is_no_position_and_the_cure_is_said(towns: Towns) -> None:
    series = held(towns.definitions, "days", {"aurora": {}, "bruma": 5.0, "cima": 7.0}, JUNE, flags={"aurora": "sensor broken"})
    found = towns.stand(series)
    assert found.position is None and found.median == 6 and found.own.missing == "sensor broken" and marks(found.own) == ("none",)
    assert [peer.rank for peer in found.peers] == [1, 2] and str(found.why) == "no figure is known here up to this month"
    alone = towns.on("days", {"aurora": 5.0}, JUNE)
    assert alone.position is None and str(alone.why) == "there is no other place to compare with"
    nobody = towns.on("days", {"aurora": 5.0, "bruma": {}}, JUNE)
    assert nobody.position is None and str(nobody.why) == "no peer has a figure of it"
    apart = towns.on("days", {"aurora": {JUNE: 5.0}, "bruma": {MAY: 5.0}}, JUNE)
    assert apart.position is None and str(apart.why) == "no peer has a figure of the same period"


def test_of_a_survey_a_difference_is_real_beyond_both_intervals(towns: Towns) -> None:
    # of 1,000 answers half: Wilson's reach is 3.09 points; of two such, by the root of the sum of squares, 4.37
    near = towns.on("content", {"aurora": 50, "bruma": 54, "cima": 54}, JUNE, below=1000)
    assert near.least is not None and near.least.told == "interval" and near.least.difference == pytest.approx(4.36, abs=0.02)
    assert near.verdict == "no_difference" and near.position == 3 and near.between == (1, 3)
    assert (near.own.low, near.own.high) == (pytest.approx(46.91, abs=0.01), pytest.approx(53.09, abs=0.01))
    far = towns.on("content", {"aurora": 50, "bruma": 55, "cima": 55}, JUNE, below=1000)
    assert far.verdict == "worse" and far.between == (3, 3)


def test_of_what_happened_a_difference_is_real_beyond_what_chance_does_to_a_count(towns: Towns) -> None:
    # 160 break-ins in 80,000 households: 136.2 to 186.8 by Byar, 1.70 to 2.33 per 1,000
    found = towns.on("breakins", {"aurora": 160, "bruma": 120}, JUNE)
    assert (found.own.low, found.own.high) == (pytest.approx(1.702, abs=0.002), pytest.approx(2.335, abs=0.002))
    assert found.least is not None and found.least.told == "interval" and found.verdict == "no_difference"
    assert byar(0) == (0.0, pytest.approx(3.67, abs=0.03))  # the exact limits are 0 and 3.69
    assert byar(10) == (pytest.approx(4.79, abs=0.02), pytest.approx(18.39, abs=0.02))  # 4.80 and 18.39


def test_what_is_no_matter_of_cases_has_no_interval_and_does_not_hang_on_its_unit(towns: Towns) -> None:
    end, told = date(2025, 12, 31), {"aurora": 4100.0, "bruma": 2000.0, "cima": 1000.0}
    mega = towns.on("energy", told, end)
    kilo = towns.on("energy", {place: 1000 * value for place, value in told.items()}, end)
    assert (mega.own.low, mega.least, mega.verdict) == (None, None, None) == (kilo.own.low, kilo.least, kilo.verdict)
    budget = towns.on("punctual", {"aurora": 72.40, "bruma": 72.42, "cima": 72.43}, JUNE, below=1e8)  # euros of euros
    assert (budget.own.low, budget.least, budget.verdict, budget.between) == (None, None, None, None)


def test_a_tiny_peer_is_told_apart_by_its_own_interval(towns: Towns) -> None:
    """Without a break-in among 1,250 households chance leaves up to 2.9 for each 1,000: nobody with 2.0 is really behind it."""
    places = PLACES.replace("name: Faro}", "name: Faro, population: 3000, traits: {households: 1250}}")
    found = Towns(towns.folder / "tiny", places=places).on(
        "breakins", {"aurora": 160.0, "bruma": 500.0, "cima": 200.0, "duna": 1000.0, "faro": 0.0}, JUNE
    )
    assert found.position == 2 and found.between == (1, 2)


def test_of_other_series_it_is_the_larger_of_usual_corrections_and_twice_the_usual_step(towns: Towns) -> None:
    own = monthly([10, 11, 10, 11, 10, 11], JUNE)  # steps of 1 against a median that stays
    peers = {"bruma": monthly([8] * 6, JUNE), "cima": monthly([8] * 6, JUNE)}
    series = held(towns.definitions, "days", {"aurora": own, **peers}, JUNE)
    found = towns.stand(series)
    assert found.least is not None and (found.least.difference, found.least.told) == (2.0, "movement") and found.verdict == "worse"
    corrected = towns.stand(series, Corrections(usual={"days": 4.0}))
    assert corrected.least is not None and (corrected.least.difference, corrected.least.told) == (4.0, "revisions")
    assert corrected.verdict == "no_difference"
    less = towns.stand(series, Corrections(usual={"days": 0.5}))
    assert less.least is not None and less.least.told == "movement"


def test_seasons_that_all_share_are_no_movement(towns: Towns) -> None:
    season = [10, 30, 10, 30, 10, 30, 10]
    told = {"aurora": monthly([value + 5 for value in season], JUNE), "bruma": monthly(season, JUNE), "cima": monthly(season, JUNE)}
    found = towns.on("days", told, JUNE)
    assert found.least is not None and found.least.difference == 0 and found.verdict == "worse"


def test_rounding_is_no_difference(towns: Towns) -> None:
    told = {"aurora": monthly([7 * 0.1] * 12, JUNE), "bruma": monthly([0.7] * 12, JUNE), "cima": monthly([0.7] * 12, JUNE)}
    found = towns.on("days", told, JUNE)
    assert found.gap and found.least is not None and found.least.difference < 1e-9
    assert found.verdict == "no_difference" and found.between == (1, 3) and found.position == 1


def test_of_too_few_peers_nobody_is_better_or_worse(towns: Towns) -> None:
    """One of five that were chosen: first of two, and no more than that."""
    lonely = {"aurora": monthly([5.0] * 24, JUNE), "bruma": monthly([9.0] * 24, JUNE)}
    found = towns.on("days", {**lonely, "cima": {}, "duna": {}, "estela": {}}, JUNE)
    assert found.few and (found.position, found.of, found.verdict) == (1, 2, None)
    assert found.trend is not None and found.trend.course is None
    half = towns.on("days", {**lonely, "cima": {}}, JUNE)
    assert not half.few and half.verdict == "better"


def test_where_nothing_tells_what_is_real_nothing_is_said(towns: Towns) -> None:
    found = towns.on("days", {"aurora": 12, "bruma": 9, "cima": 3}, JUNE)
    assert found.least is None and found.verdict is None and found.between is None and found.position == 3


def test_a_goal_may_say_which_way_is_better_and_what_can_be_told(tmp_path: Path) -> None:
    goals = (
        "kpis:\n- {id: spend, name: Spend, indicator: spent, polarity: higher, owner: hall, basis: ratio, smallest_difference: 5,"
        " target: {value: 90, date: 2027-12-31}}\n"
    )
    found = Towns(tmp_path, goals).on("spent", {"aurora": 60, "bruma": 57, "cima": 50}, JUNE)
    assert found.sign == 1 and found.position == 1 and found.least is not None and found.least.told == "declared"
    assert found.gap == 6.5 and found.verdict == "better" and found.between == (1, 2)  # 57 is within 5 of it


def test_the_gap_to_the_median_closes_or_widens_over_three_years(towns: Towns) -> None:
    steady = {name: monthly([10] * 48, JUNE) for name in ("bruma", "cima")}
    found = towns.on("days", {"aurora": monthly([20] * 24 + [14] * 24, JUNE), **steady}, JUNE)
    assert found.trend is not None and len(found.trend.periods) == 48 and set(found.trend.median) == {10.0}
    assert (found.trend.since, found.trend.gain, found.trend.course) == (date(2023, 6, 30), 6.0, "gaining")
    shorter = towns.on("days", {"aurora": monthly([14] * 12 + [20] * 12, JUNE), **steady}, JUNE)
    assert shorter.trend is not None and (shorter.trend.since, shorter.trend.course) == (date(2025, 6, 30), "losing")
    assert shorter.trend.gain == -6


def test_a_change_within_what_is_usual_is_none(towns: Towns) -> None:
    own = [10.0, 11.0] * 18 + [10.5, 11.5] * 6
    found = towns.on("days", {"aurora": monthly(own, JUNE), "bruma": monthly([8.0] * 48, JUNE)}, JUNE)
    assert found.least is not None and found.least.difference > 1.9
    assert found.trend is not None and (found.trend.gain, found.trend.course) == (-0.5, "steady")


def test_the_usual_reach_of_peers_is_the_one_in_the_middle(towns: Towns) -> None:
    found = towns.on("breakins", {"aurora": 160, "bruma": 120, "cima": 20, "duna": 900}, JUNE)
    reaches = sorted(peer.reach for peer in found.peers if peer.reach is not None)
    assert found.own.reach is not None and found.least is not None and reaches[0] < reaches[1] < reaches[2]
    assert found.least.difference == pytest.approx((found.own.reach**2 + reaches[1] ** 2) ** 0.5)


def test_one_odd_month_moves_no_trend(towns: Towns) -> None:
    own = [12.0] * 47 + [30.0]
    found = towns.on("days", {"aurora": monthly(own, JUNE), "bruma": monthly([10] * 48, JUNE)}, JUNE)
    assert found.trend is not None and found.trend.gain == 0 and found.trend.course == "steady"


def test_medians_are_of_the_same_periods_and_of_the_ranked_alone(towns: Towns) -> None:
    end = date(2025, 12, 31)
    told = {
        "aurora": yearly([10, 11, 12, 13, 14], 2025),
        "bruma": yearly([20, 20, 20, 20, 20], 2025),
        "cima": yearly([40, 40], 2025),
        "duna": yearly([1000] * 5, 2025),  # measures it otherwise
    }
    trend = towns.on("income", told, end).trend
    assert trend is not None and trend.median == (20.0,) * 5 and trend.peers == 1  # nobody knows what cima was in 2022
    assert (trend.own, trend.since, trend.gain) == ((10.0, 11.0, 12.0, 13.0, 14.0), date(2022, 12, 31), 3.0)


def test_whoever_joins_moves_no_trend(towns: Towns) -> None:
    """Nobody became better: two worse ones begin to report in the last year."""
    flat, joined = monthly([10.0] * 60, JUNE), monthly([20.0] * 12, JUNE)
    told = {"aurora": flat, "bruma": flat, "cima": flat, "duna": joined, "estela": joined}
    trend = towns.on("days", told, JUNE).trend
    assert trend is not None and (trend.gain, trend.course, trend.peers) == (0.0, "steady", 2)
    assert set(trend.median) == {10.0} and len(trend.median) == 60
    # where they are too many to be left out, the line begins with them, and nothing is said to have changed
    trend = towns.on("days", {**told, "cima": joined}, JUNE).trend
    assert trend is not None and (trend.gain, trend.course, trend.peers) == (None, None, 4)
    assert set(trend.median) == {20.0} and len(trend.median) == 12


def test_a_period_that_few_of_them_have_is_left_out(towns: Towns) -> None:
    told = {"aurora": monthly([10.0] * 48, JUNE), **{name: monthly([8.0] * 48, JUNE) for name in ("bruma", "cima", "duna")}}
    for name in ("cima", "duna"):
        del told[name][MAY]
    trend = towns.on("days", told, JUNE).trend
    assert trend is not None and MAY not in trend.periods and len(trend.periods) == 47


def improver_of(towns: Towns, **told: list[float]) -> tuple[str, float, float, float] | None:
    found = towns.on("days", {place: monthly(values, JUNE) for place, values in told.items()}, JUNE).improver
    return found and (found.place, found.first, found.last, found.gain)


def test_the_best_improver_gained_most_over_three_years(towns: Towns) -> None:
    own, flat = [10.0] * 60, [20.0] * 60
    better, best = [20.0] * 30 + [16.0] * 30, [40.0] * 30 + [30.0] * 30
    assert improver_of(towns, aurora=own, bruma=flat, cima=better, duna=best) == ("duna", 40.0, 30.0, 10.0)
    found = towns.on("days", {"aurora": monthly([12.0] * 30 + [10.0] * 30, JUNE), "bruma": monthly(best, JUNE)}, JUNE).improver
    assert found is not None and (found.years, found.begins, found.ends, found.own_gain) == (3, date(2023, 6, 30), JUNE, 2.0)


def test_nobody_is_the_best_improver_where_nothing_tells_what_is_real(towns: Towns) -> None:
    end = date(2025, 12, 31)
    told = {"aurora": yearly([5.0] * 4, 2025), "bruma": yearly([5.0, 5.0, 5.00003, 5.00003], 2025), "cima": yearly([5.0] * 4, 2025)}
    found = towns.on("income", told, end)
    assert found.least is None and found.improver is None


def test_one_that_only_came_back_from_an_odd_value_is_no_improver(towns: Towns) -> None:
    own, better = [10.0] * 60, [20.0] * 30 + [16.0] * 30
    odd = [20.0] * 60
    odd[-37] = 90.0  # the very month from which three years are counted
    assert improver_of(towns, aurora=own, bruma=odd, cima=better) == ("cima", 20.0, 16.0, 4.0)
    lucky = [20.0] * 60
    lucky[-1] = 1.0
    assert improver_of(towns, aurora=own, bruma=lucky, cima=better) == ("cima", 20.0, 16.0, 4.0)
    assert improver_of(towns, aurora=own, bruma=odd, cima=lucky) is None


def test_of_yearly_figures_an_odd_one_is_told_by_its_neighbours(towns: Towns) -> None:
    end = date(2025, 12, 31)
    told = {place: yearly([10] * 6, 2025) for place in ("aurora", "estela", "faro")}
    told |= {"bruma": yearly([10, 10, 1, 10, 10, 10], 2025), "cima": yearly([10, 10, 11, 12, 13, 14], 2025)}
    found = towns.on("income", told, end).improver
    assert found is not None and (found.place, found.first, found.last, found.years) == ("cima", 11.0, 14.0, 3)


def test_figures_that_are_usually_corrected_are_provisional_until_they_are(towns: Towns) -> None:
    series = held(towns.definitions, "days", {"aurora": 12, "bruma": 9, "cima": 8}, JUNE)
    told = Corrections(usually=frozenset({("bruma", "days"), ("cima", "days")}), corrected=frozenset({("cima", "days", JUNE)}))
    found = towns.stand(series, told)
    assert [marks(figure) for figure in (found.own, *found.peers)] == [(), ("provisional",), ()]
    assert found.of == 3  # it is ranked all the same, and marked


@pytest.mark.parametrize(("apart", "least", "most"), [(0.0, 0.0, 0.05), (15.0, 0.95, 1.0)])
def test_who_does_not_differ_is_seldom_said_to_and_who_does_mostly(towns: Towns, apart: float, least: float, most: float) -> None:
    """Five places with the same season and the same chance, and the city `apart` from them: how often better or worse is said."""
    random, names = np.random.default_rng(16), ["aurora", "bruma", "cima", "duna", "estela"]
    season, said = 10 * np.sin(np.arange(36) * np.pi / 6), 0
    for _ in range(200):
        drawn = {name: 50 + season + random.normal(0, 3, 36) + apart * (name == "aurora") for name in names}
        found = towns.on("days", {name: monthly(list(values), JUNE) for name, values in drawn.items()}, JUNE)
        said += found.verdict in ("better", "worse")
    assert least <= said / 200 <= most


def test_a_standing_does_not_hang_on_units(towns: Towns) -> None:
    """The same figures times a thousand: positions and words stay, and every size is a thousand times as large."""
    random = np.random.default_rng(8)
    told = {place: monthly(list(random.uniform(5, 15, 48)), JUNE) for place in ("aurora", "bruma", "cima", "duna", "estela")}
    small = towns.on("days", told, JUNE)
    large = towns.on("days", {place: {day: 1000 * value for day, value in given.items()} for place, given in told.items()}, JUNE)
    assert (small.position, small.between, small.verdict) == (large.position, large.between, large.verdict)
    assert small.gap is not None and small.least is not None and large.least is not None
    assert large.gap == pytest.approx(1000 * small.gap) and large.least.difference == pytest.approx(1000 * small.least.difference)
    assert (small.improver and small.improver.place) == (large.improver and large.improver.place)
