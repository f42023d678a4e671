"""What is unusual: limits as textbooks compute them, each rule on the least series that breaks it, and the same by a plain loop."""

from datetime import date
from itertools import pairwise
from statistics import mean, median

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.city import Event
from data.definitions import Definitions
from data.indicators import Indicator
from data.periods import Month
from data.places import Place
from kpis.signals import COLUMNS, latest, signals
from kpis.unusual import OF_THE_SEASON, SENTENCES, signal
from tests.kpi_town import COLUMNS as OBSERVED
from tests.kpi_town import TOWN, definitions, goal, indicator

FIRST = Month(2020, 1)


def observed(*values: float | None, place: str = TOWN, name: str = "lights") -> pl.DataFrame:
    rows = [(place, name, "", FIRST.plus(i).last, value) for i, value in enumerate(values)]
    return pl.DataFrame(rows, schema=OBSERVED, orient="row")


def with_events(known: Definitions, *events: Event) -> Definitions:
    city = known.city.model_copy(update={"events": events})
    return Definitions(city, known.places, known.themes, known.indicators, known.sources)


def found(*values: float | None, known: Definitions | None = None) -> list[dict]:
    return signals(observed(*values), known or definitions(indicator())).to_dicts()


QUIET = (10.0, 11.0) * 6
"""Twelve values: mean 10.5, every step 1, so that 7.84 to 13.16 is usual, and a step of more than 3.268 is not."""

ANY = (3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4)
"""Two dozen values without a season."""

# Monthly trade deficits of the United States in billions, 1987 and the start of 1988: D. J. Wheeler, Understanding Variation, 1993.
DEFICITS = (10.7, 13.0, 11.4, 11.5, 12.5, 14.1, 14.8, 14.1, 12.6, 16.0, 11.7, 10.6, 10.0, 11.4, 7.9)


def test_limits_are_those_of_wheelers_trade_deficits():
    *_, january, _february, march = found(*DEFICITS)
    assert january["centre"] == pytest.approx(12.75)
    assert (january["low"], january["high"]) == (pytest.approx(8.32, abs=0.01), pytest.approx(17.18, abs=0.01))
    assert january["rule"] is None
    assert (march["rule"], march["side"], march["new"]) == ("outside", -1, True)


def test_twelve_earlier_values_are_needed_and_none_of_the_first_is_ever_unusual():
    rows = found(*[10.0] * 11, 99.0, 10.0, 10.0)
    assert [row["centre"] is None for row in rows] == [True] * 12 + [False] * 2
    assert [row["points"] for row in rows] == list(range(14))
    assert not any(row["rule"] for row in rows[:12])


@pytest.mark.parametrize(
    ("rule", "side", "more"),
    [
        pytest.param(None, 0, (12.0,), id="within the limits"),
        pytest.param("outside", 1, (13.2,), id="above the upper limit"),
        pytest.param("outside", -1, (7.8,), id="below the lower limit"),
        pytest.param("jump", -1, (13.1, 9.0), id="a step longer than any usual one, between the limits"),
        pytest.param(None, 0, (11.0,) * 6, id="seven on a side, with the one before"),
        pytest.param("run", 1, (11.0,) * 7, id="eight on a side, with the one before"),
        pytest.param("run", -1, (10.0,) * 8, id="eight on the other side"),
        pytest.param("trend", 1, (9.7, 9.9, 10.1, 10.3, 10.6, 10.7), id="six that rise"),
        pytest.param("trend", -1, (10.9, 10.7, 10.5, 10.3, 10.1), id="six that fall, with the one before"),
        pytest.param(None, 0, (10.9, 10.7, 10.5, 10.3, 10.3, 10.1), id="a value that stays ends a trend"),
        pytest.param("near", 1, (12.6, 11.5, 12.9), id="two of three close to the upper limit"),
        pytest.param(None, 0, (12.6, 11.5, 12.0), id="one of three close to the upper limit"),
    ],
)
def test_each_rule_by_the_least_series_that_breaks_it(rule, side, more):
    last = found(*QUIET, *more)[-1]
    assert (last["rule"], last["side"]) == (rule, side)


def test_what_goes_on_is_not_new_and_says_since_when():
    *_, first, second = found(*QUIET, 13.5, 14.5)
    assert (first["rule"], first["new"], first["since"]) == ("outside", True, first["period"])
    assert (second["rule"], second["new"], second["since"]) == ("outside", False, first["period"])


def test_only_the_last_two_dozen_values_before_count():
    early, late = found(*[500.0, 0.0] * 10, *ANY, 10.5)[-1], found(*ANY, 10.5)[-1]
    assert [early[name] for name in ("low", "centre", "high")] == [pytest.approx(late[name]) for name in ("low", "centre", "high")]


def test_later_values_change_nothing_that_was_said():
    whole, half = found(*QUIET, 13.5, 9.0, 14.0, 11.0, 10.0), found(*QUIET, 13.5, 9.0)
    assert whole[: len(half)] == half


def test_a_declared_change_begins_a_new_phase_for_what_it_names():
    change = Event(date=FIRST.plus(12).first, name="New lamps", indicators=("lights",))
    values = (*QUIET, *(value + 20 for value in QUIET), 31.0)
    assert found(*values)[12]["rule"] == "outside"
    rows = found(*values, known=with_events(definitions(indicator()), change))
    assert not any(row["rule"] for row in rows)
    assert (rows[-1]["phase"], rows[-1]["points"], rows[-1]["centre"]) == (change.date, 12, pytest.approx(30.5))


@pytest.mark.parametrize(
    "event",
    [
        pytest.param({"name": "Storm"}, id="that names no indicator"),
        pytest.param({"name": "Trees", "indicators": ("trees",)}, id="of another indicator"),
        pytest.param({"name": "Elsewhere", "indicators": ("lights",), "places": ("village",)}, id="of another place"),
    ],
)
def test_an_event_begins_no_phase(event):
    known = with_events(definitions(indicator()), Event(date=FIRST.plus(12).first, **event))
    assert found(*QUIET, 31.0, known=known)[-1]["rule"] == "outside"


def test_an_event_of_the_city_reaches_its_districts():
    known = definitions(indicator())
    district = Place(id="harbour", name="Harbour", parent=TOWN)
    known = Definitions(known.city, (*known.places, district), known.themes, known.indicators, known.sources)
    known = with_events(known, Event(date=FIRST.plus(12).first, name="New lamps", indicators=("lights",)))
    assert signals(observed(*QUIET, 31.0, place="harbour"), known)["rule"].to_list() == [None] * 13


SUMMERS = (10.0, 11.0, 13.0, 16.0, 20.0, 24.0, 26.0, 24.0, 20.0, 16.0, 13.0, 11.0)


def test_a_seasonal_series_is_held_against_the_year_before():
    years = [value + year * (1 + month % 2 / 10) for year in range(3) for month, value in enumerate(SUMMERS)]
    usual, unusual = found(*years, 13.0)[-1], found(*years, 15.0)[-1]
    assert (usual["seasonal"], usual["rule"]) == (True, None)
    assert usual["low"] < 13.0 < usual["high"] < 15.0
    assert (unusual["rule"], unusual["side"]) == ("outside", 1)
    assert not found(*ANY, *ANY[1:], *ANY[2:])[-1]["seasonal"]


def test_limits_stay_where_the_indicator_can_be():
    known = definitions(indicator(min=0, max=100))
    row = found(*(1.0, 60.0) * 6, 30.0, known=known)[-1]
    assert (row["low"], row["high"]) == (0, 100)


def test_missing_values_are_left_out_and_only_totals_count():
    table = pl.concat([observed(*QUIET, None, 31.0), observed(*[99.0] * 14).with_columns(segment=pl.lit("women"))])
    rows = signals(table, definitions(indicator()))
    assert rows.columns == list(COLUMNS)
    assert (rows.height, rows["rule"][-1]) == (13, "outside")


def test_the_latest_value_of_each_indicator():
    table = pl.concat([observed(*QUIET, 31.0), observed(*QUIET, name="trees")])
    rows = latest(table, definitions(indicator(), indicator(id="trees")))
    assert {name: row["rule"] for name, row in rows.items()} == {"lights": "outside", "trees": None}


@pytest.mark.parametrize(
    ("polarity", "value", "direction"),
    [("higher", 31.0, "better"), ("higher", -31.0, "worse"), ("lower", 31.0, "worse"), ("lower", -31.0, "better")],
)
def test_unusual_is_better_or_worse_by_polarity(polarity, value, direction):
    told = signal(goal(polarity=polarity), indicator(), found(*QUIET, value)[-1])
    assert (told.verdict, told.direction, told.new) == ("unusual", direction, True)
    assert str(told.reason).startswith("unusually high: above 13.2 %" if value > 0 else "unusually low: below 7.8 %")


def test_where_neither_side_is_better_none_is_said():
    neutral = goal().model_copy(update={"polarity": "neutral"})
    assert signal(neutral, indicator(), found(*QUIET, 31.0)[-1]).direction == "neither"


def test_what_is_usual_or_too_short_says_so_and_takes_no_side():
    usual, short = (signal(goal(), indicator(), found(*values)[-1]) for values in ((*QUIET, 11.0), QUIET))
    assert (usual.verdict, usual.direction, usual.side) == ("usual", None, None)
    assert str(usual.reason) == "nothing unusual: between 7.8 % and 13.2 %, as this series does by itself"
    assert (short.verdict, short.centre) == ("too_short", None)
    assert "takes 12 earlier values, and 11 are known" in str(short.reason)


def test_every_rule_has_its_sentences():
    cases = {f"{rule} {side}" for rule in ("outside", "jump", "run", "trend", "near") for side in ("high", "low")}
    assert cases <= set(SENTENCES)
    assert set(OF_THE_SEASON) <= set(SENTENCES)


def in_a_loop(values: list[float], seasonal_kind: bool = True) -> list[tuple]:
    """The rules again, one value after the other: rule, side, new, low, centre, high."""
    year = [value - values[i - 12] if i >= 12 else None for i, value in enumerate(values)]
    seasonal = seasonal_kind and _wanders_less(year, values)
    xs = year if seasonal else list(values)
    told: list[tuple] = []
    state_before = 0
    for i, x in enumerate(xs):
        before = [other for other in xs[max(i - 24, 0) : i] if other is not None]
        if x is None or len(before) < 12:
            state_before = 0
            told.append((None, 0, False, None, None, None))
            continue
        centre, spread = mean(before), mean(abs(b - a) for a, b in pairwise(before))
        rounding = 1e-9 * max(abs(values[i]), abs(values[i - 12]) if i >= 12 else 0)
        recent = [other for other in xs[: i + 1] if other is not None]
        state, state_side = _state(recent, centre, spread, rounding)
        jump = _sign(recent[-1] - recent[-2], 3.268 * spread + rounding)
        state_new = state_side != 0 and state_side != state_before
        rule, side = ("jump", jump) if jump and not state_new else (state, state_side)
        shift = values[i - 12] if seasonal else 0
        told.append((rule, side, bool(jump) or state_new, shift + centre - 2.66 * spread, shift + centre, shift + centre + 2.66 * spread))
        state_before = state_side
    return told


def _wanders_less(year: list[float | None], values: list[float]) -> bool:
    known = range(13, len(values))
    if len(known) < 12:
        return False
    of_year = mean(abs((year[i] or 0) - (year[i - 1] or 0)) for i in known)
    return of_year < mean(abs(values[i] - values[i - 1]) for i in known)


def _state(recent: list[float], centre: float, spread: float, rounding: float) -> tuple[str | None, int]:
    away = [x - centre for x in recent]
    steps = [b - a for a, b in pairwise(recent)][-5:]
    for rule, side in (
        ("outside", _sign(away[-1], 2.66 * spread + rounding)),
        ("run", _all_on(away[-8:], 8, rounding)),
        ("trend", _all_on(steps, 5, rounding)),
        ("near", _two_of_three(away[-3:], 2 / 3 * 2.66 * spread + rounding)),
    ):
        if side:
            return rule, side
    return None, 0


def _sign(distance: float, reach: float) -> int:
    return 1 if distance > reach else -1 if distance < -reach else 0


def _all_on(distances: list[float], count: int, rounding: float) -> int:
    sides = {_sign(distance, rounding) for distance in distances}
    return sides.pop() if len(distances) == count and len(sides) == 1 else 0


def _two_of_three(away: list[float], reach: float) -> int:
    side = _sign(away[-1], reach)
    return side if side and len(away) == 3 and _sign(median(away), reach) == side else 0


steps = st.integers(-30, 30).map(lambda number: number / 10)
noise = st.integers(0, 60).flatmap(lambda count: st.lists(steps, min_size=count, max_size=count))
drift, swing = st.integers(-10, 10).map(lambda number: number / 10), st.sampled_from([0.0, 0.0, 2.0, 8.0])


@given(noise, drift, swing, st.sampled_from(["month", "day"]))
@settings(max_examples=200, deadline=None)
def test_one_pass_says_the_same_as_a_loop(strays, slope, season, frequency):
    values = [round(50 + slope * i + season * SUMMERS[i % 12] / 10 + stray, 1) for i, stray in enumerate(strays)]
    known = definitions(Indicator.model_validate({**indicator().model_dump(), "frequency": frequency}))
    rows = found(*values, known=known)
    expected = in_a_loop(values, seasonal_kind=frequency == "month")
    assert [(row["rule"], row["side"], row["new"]) for row in rows] == [row[:3] for row in expected]
    for row, (*_, low, centre, high) in zip(rows, expected, strict=True):
        limits = (row["low"], row["centre"], row["high"])
        assert limits == (None, None, None) if centre is None else limits == pytest.approx((low, centre, high), abs=1e-6)


@given(st.lists(noise, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_series_is_judged_by_itself_alone(several):
    known = definitions(*(indicator(id=f"lights_{number}") for number in range(len(several))))
    tables = [observed(*strays, name=f"lights_{number}") for number, strays in enumerate(several)]
    together, alone = signals(pl.concat(tables), known), pl.concat([signals(table, known) for table in tables])
    assert together.equals(alone)


def test_phases_of_no_change_begin_before_everything():
    assert {row["phase"] for row in found(*QUIET)} == {date.min}
