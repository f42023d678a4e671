"""A list of bands that the proof accepts gives every number exactly one name, and the expression gives that one."""

import math
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.bands import EQUAL, Band, Of, Polarity, cut, find, find_by, prove
from tests.thorough import part

STATUSES = ("off_track", "at_risk", "on_track", "exceeded")
INCLUDES = (None, "from", "to", "both", "neither")
GRID = [step / 20 for step in range(-20, 41)]


def band(name: str, status: str = "off_track", start: float | None = None, end: float | None = None, includes: str | None = None) -> Band:
    told: dict[str, Any] = {"name": name, "status": status, "from": start, "to": end, "includes": includes}
    return Band.model_validate(told)


LIGHTS = (band("red", "off_track", end=0.5), band("amber", "at_risk", 0.5, 0.9), band("green", "on_track", 0.9))


def names(bands, numbers: list[float | None], of: Of = "share") -> list[str | None]:
    return pl.DataFrame({"x": numbers}, schema={"x": pl.Float64}).select(name=find(pl.col("x"), bands, of))["name"].to_list()


def holders(bands, number: float) -> list[str]:
    """The bands that hold a number, asked one by one and to the last digit."""
    top = max(math.inf if one.end is None else one.end for one in bands)
    return [one.name for one in bands if one.holds(number, highest=one.end == top)]


def test_a_band_holds_its_lower_end_and_not_its_upper_one():
    assert names(LIGHTS, [-1, 0.4999, 0.5, 0.8999, 0.9, 5]) == ["red", "red", "amber", "amber", "green", "green"]


def test_the_order_of_writing_does_not_matter():
    assert prove(LIGHTS[::-1]) == [] and names(LIGHTS[::-1], [0.1, 0.5, 0.9]) == ["red", "amber", "green"]


def test_a_number_a_hair_below_an_edge_is_at_it():
    assert names(LIGHTS, [0.1 + 0.2 + 0.6 - 1e-12, 0.9 - 1e-6]) == ["green", "amber"]


@pytest.mark.parametrize(
    ("includes", "named"),
    [(None, ["low", "high", "high"]), ("to", ["low", "low", "high"])],
)
def test_an_edge_belongs_to_the_band_that_includes_it(includes, named):
    bands = (band("low", end=1, includes=includes), band("high", "on_track", 1, None, "neither" if includes else None))
    assert prove(bands) == [] and names(bands, [0.9, 1, 1.1]) == named


def test_a_single_number_can_be_a_band():
    bands = (band("fewer", "off_track", end=0), band("none", "at_risk", 0, 0, "both"), band("more", "on_track", 0, None, "neither"))
    assert prove(bands, of="value") == []
    assert names(bands, [-1e-300, 0, 1e-300], "value") == ["fewer", "none", "more"]


def test_no_number_has_no_band():
    assert names(LIGHTS, [None, math.nan]) == [None, None] and names(LIGHTS, [math.inf, -math.inf]) == ["green", "red"]


def test_each_row_is_read_off_its_own_scale():
    strict = (band("bad", "off_track", end=0.99), band("good", "on_track", 0.99))
    table = pl.DataFrame({"scale": ["lights", "strict", "other", None], "x": [0.95] * 4})
    found = table.select(name=find_by(pl.col("scale"), pl.col("x"), {"lights": (LIGHTS, "share"), "strict": (strict, "share")}))
    assert found["name"].to_list() == ["green", "bad", None, None]


def test_the_cuts_of_a_list_are_those_of_our_statuses():
    assert (cut(LIGHTS, "on_track"), cut(LIGHTS, "at_risk"), cut(LIGHTS, "exceeded")) == (0.9, 0.5, None)
    falling = (band("good", "on_track", end=8, includes="to"), band("bad", "off_track", 8, None, "neither"))
    assert (cut(falling, "on_track"), cut(falling, "at_risk")) == (8, 8)


FLAWS: list[tuple[tuple[Band, ...], dict[str, Any], tuple[int, str], str]] = [
    ((LIGHTS[0],), {}, (0, ""), "one band alone says nothing"),
    ((LIGHTS[0], band("red", "on_track", 0.5)), {}, (1, "name"), "two bands have the name 'red'"),
    ((LIGHTS[0], LIGHTS[2]), {}, (1, "from"), "between 'red', up to 0.5, and 'green', from 0.9, no band holds"),
    ((LIGHTS[0], band("green", "on_track", 0.4)), {}, (1, "from"), "the bands 'red' and 'green' overlap"),
    ((band("red", "off_track", 0, 0.5), band("green", "on_track", 0.5)), {}, (0, "from"), "below 0 no band holds"),
    ((LIGHTS[0], band("green", "on_track", 0.5, 1)), {}, (1, "to"), "above 1 no band holds"),
    ((LIGHTS[0], band("amber", "at_risk", 0.9, 0.5), LIGHTS[2]), {}, (1, "from"), "its cuts are reversed"),
    ((LIGHTS[0], band("amber", "at_risk", 0.5, 0.5), band("green", "on_track", 0.5)), {}, (1, "from"), "'amber' holds no number"),
    (
        (band("red", "at_risk", end=0.5), band("amber", "off_track", 0.5, 0.9), LIGHTS[2]),
        {},
        (1, "status"),
        "'amber' (off_track) lies above 'red' (at_risk): better and worse are mixed up",
    ),
    (LIGHTS, {"polarity": "lower"}, (0, "status"), "the bands get better towards higher numbers, but lower is better"),
    (
        (band("low", "on_track", end=8, includes="to"), band("high", "off_track", 9)),
        {"polarity": "lower", "of": "value"},
        (1, "from"),
        "between 'low', up to 8, and 'high', from 9, no band holds",
    ),
]


@pytest.mark.parametrize(("bands", "told", "place", "message"), FLAWS, ids=[flaw[-1] for flaw in FLAWS])
def test_a_flaw_is_named_with_its_place(bands, told, place, message):
    flaws = prove(bands, **told)
    assert [(flaw.index, flaw.key) for flaw in flaws] == [place] and message in str(flaws[0])
    assert flaws[0].hint


def test_between_whole_numbers_there_is_no_gap():
    bands = (
        band("few", "on_track", end=8, includes="to"),
        band("some", "at_risk", 9, 10, "both"),
        band("many", "off_track", 10, None, "neither"),
    )
    assert prove(bands, "lower", "value", whole=True) == []
    assert prove(bands, "lower", "value") != []


def test_bands_need_only_reach_as_far_as_the_indicator_does():
    bands = (band("bad", "off_track", 0, 50), band("good", "on_track", 50, 100))
    assert prove(bands, "higher", "value", 0, 100) == []
    assert [flaw.key for flaw in prove(bands, "higher", "value", -5, 100.5)] == ["from", "to"]
    assert names(bands, [50, 100], "value") == ["good", "good"]


def test_in_a_range_bands_rise_to_the_best_and_fall_again():
    bands = (band("low", "off_track", end=5), band("good", "on_track", 5, 9, "both"), band("high", "at_risk", 9, None, "neither"))
    assert prove(bands, "range", "value") == []
    assert prove(bands, "higher", "value") != []
    assert prove((*bands[:2], band("high", "at_risk", 9, 12, "neither"), band("top", "on_track", 12)), "range", "value") != []


@st.composite
def any_bands(draw) -> tuple[Band, ...]:
    """Lists of bands, half of them whole, the others spoiled in one place or more."""
    spoiled = draw(st.booleans())
    edges = sorted(draw(st.lists(st.sampled_from(GRID), min_size=1, max_size=5, unique=not spoiled)))
    ends: list[float | None] = [None, *edges, None]
    ranks = sorted(draw(st.lists(st.integers(0, 3), min_size=len(ends) - 1, max_size=len(ends) - 1)), reverse=draw(st.booleans()))
    uppers = [draw(st.booleans()) for _ in edges]  # which of its two bands holds each edge
    made = []
    for index, (start, end) in enumerate(pairwise(ends)):
        holds_start, holds_end = index > 0 and uppers[index - 1], index < len(edges) and not uppers[index]
        includes = {(True, True): "both", (True, False): "from", (False, True): "to", (False, False): "neither"}[holds_start, holds_end]
        if spoiled and draw(st.integers(0, 3)) == 0:
            start, end = draw(st.sampled_from([None, *GRID])), draw(st.sampled_from([None, *GRID]))
            includes = draw(st.sampled_from(INCLUDES))
        made.append(band(f"band_{index}", STATUSES[ranks[index]], start, end, includes))
    return tuple(draw(st.permutations(made)))


def probes(bands) -> list[float]:
    """Every edge, every middle between two, and something beyond both ends."""
    edges = sorted({end for one in bands for end in (one.start, one.end) if end is not None} or {0.0})
    between = [(low + high) / 2 for low, high in pairwise(edges)]
    return [edges[0] - 1, *edges, *between, edges[-1] + 1]


@settings(max_examples=part(800, 3))
@given(any_bands(), st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=20), st.sampled_from(("share", "value")))
def test_what_is_proved_gives_every_number_one_band_and_the_expression_finds_it(bands, numbers, of):
    if any(flaw.key != "status" for flaw in prove(bands, "higher", of)):
        return
    edges = [end for one in bands for end in (one.start, one.end) if end is not None]
    clear = [x for x in numbers if all(x == edge or abs(x - edge) > 2 * EQUAL * max(1.0, abs(edge)) for edge in edges)]
    asked = [*clear, *probes(bands)]
    held = [holders(bands, number) for number in asked]
    assert all(len(names_of_one) == 1 for names_of_one in held)
    assert names(bands, list(asked), of) == [one for [one] in held]


@settings(max_examples=part(200, 3))
@given(st.lists(any_bands().filter(lambda bands: all(flaw.key == "status" for flaw in prove(bands))), min_size=1, max_size=4))
def test_many_scales_at_once_name_what_each_names_alone(lists):
    asked = [(str(scale), number) for scale, bands in enumerate(lists) for number in (*probes(bands), math.inf, -math.inf)]
    table = pl.DataFrame(asked, schema={"scale": pl.String, "x": pl.Float64}, orient="row")
    together = table.select(name=find_by(pl.col("scale"), pl.col("x"), {str(n): (bands, "share") for n, bands in enumerate(lists)}))
    assert together["name"].to_list() == [name for scale, number in asked for name in names(lists[int(scale)], [number])]


@settings(max_examples=part(400, 3))
@given(any_bands(), st.sampled_from(("share", "value")))
def test_what_is_refused_for_its_ends_leaves_a_number_without_one_band(bands, of):
    flaws = [flaw for flaw in prove(bands, "higher", of) if flaw.key in ("from", "to")]
    if not flaws:
        return
    empty = [one for one in bands if all(one.name not in holders(bands, number) for number in probes(bands))]
    assert empty or any(len(holders(bands, number)) != 1 for number in probes(bands))


@settings(max_examples=part(300, 3))
@given(any_bands(), st.sampled_from(("higher", "lower")))
def test_proved_bands_never_get_worse_the_better_the_number(bands, polarity: Polarity):
    if prove(bands, polarity, "value"):
        return
    status = {one.name: STATUSES.index(one.status) for one in bands}
    numbers: list[float | None] = [*sorted(probes(bands), reverse=polarity == "lower")]
    ranks = [status[name] for name in names(bands, numbers, "value") if name]
    assert ranks == sorted(ranks) and len(ranks) == len(numbers)
