"""The nearest by context: counted by hand, held against scipy, and against what must be true of any places."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data.facts import Facts
from data.indicators import Indicator
from data.places import Trait
from data.problems import Refused
from kpis.peers import choosing
from kpis.peers.choosing import nearest, nearest_in
from kpis.peers.context import context
from kpis.peers.distances import euclidean, gower, rebased, standardised
from tests import kpi_town
from tests.peer_towns import context_of, towns

RAIN = Trait(id="rain", name="Rain", unit="mm")
COAST = Trait(id="coast", name="Coast", kind="category", categories={"sea": "By the sea"})
NUMBERS = arrays(float, st.tuples(st.integers(3, 9), st.integers(1, 4)), elements=st.integers(-1000, 1000).map(float))


def test_distances_by_hand():
    # One variable 1, 2, 3, 6: mean 3, deviations -2, -1, 0, 3, standard deviation sqrt(14 / 4); the other 0, 0, 4, 4: mean 2, 2.
    found = context_of(np.array([[1, 0], [2, 0], [3, 4], [6, 4]], float))
    apart = [0, 1 / 3.5**0.5, (4 / 3.5 + 4) ** 0.5, (25 / 3.5 + 4) ** 0.5]
    assert euclidean(found, 0).distances() == pytest.approx(apart)
    chosen = nearest_in(found, "p0")
    assert chosen.method == "euclidean"
    assert [each.place for each in chosen.nearest] == ["p1", "p2", "p3"]
    assert [each.distance for each in chosen.nearest] == pytest.approx([apart[1] / apart[3], apart[2] / apart[3], 1])


def test_gower_by_hand():
    # Ranges 10 and 100; the third is a category. Of p2 the second is missing and left out; of p3 only one of three is known.
    found = context_of(np.array([[0, 50, 0], [5, 100, 0], [10, np.nan, 1], [np.nan, np.nan, 1], [2, 0, 1]]), (2,))
    expected = [0, (0.5 + 0.5 + 0) / 3, (1 + 1) / 2, np.nan, (0.2 + 0.5 + 1) / 3]
    assert gower(found, 0).distances() == pytest.approx(expected, nan_ok=True)
    chosen = nearest_in(found, "p0")
    assert (chosen.method, chosen.left_out) == ("gower", ("p3",))
    assert [(each.place, round(each.distance, 4)) for each in chosen.nearest] == [("p1", 0.3333), ("p4", 0.5667), ("p2", 1.0)]


@given(NUMBERS)
def test_as_scipy_measures_it(values):
    from scipy.spatial.distance import cdist  # slow to import, and needed here alone

    scores = standardised(values)
    ours = np.array([euclidean(context_of(values), own).distances() for own in range(len(values))])
    assert np.allclose(ours, cdist(scores, scores), atol=1e-9)


@given(NUMBERS, st.integers(0, 3))
def test_both_measures_are_symmetric_and_zero_to_oneself(values, category):
    found = context_of(np.abs(values % 8), (category,))
    for measure in (euclidean, gower):
        apart = np.array([measure(found, own).distances() for own in range(len(values))])
        assert np.allclose(apart, apart.T) and (np.diag(apart) == 0).all() and (apart >= 0).all()
        assert (rebased(apart[0]) <= 1).all() and (rebased(apart[0]).max() in (0, 1))


@given(NUMBERS, st.sampled_from([0.001, 0.3048, 60, 1e6]), st.floats(-500, 500))
def test_another_unit_changes_nobodys_distance(values, factor, shift):
    other = values.copy()
    other[:, 0] = other[:, 0] * factor + shift
    for measure in (euclidean, gower):
        before, after = (rebased(measure(context_of(each), 0).distances()) for each in (values, other))
        assert np.allclose(before, after, atol=1e-6)


def test_places_as_near_stay_in_the_order_of_the_file():
    chosen = nearest_in(context_of(np.array([[0], [1], [-1], [1], [5]], float)), "p0", 2)
    assert [each.place for each in chosen.nearest] == ["p1", "p2"]


def test_stability_is_the_share_that_stays_when_a_variable_is_left_out():
    # By both p1 and p2 are nearest; without the second p3 takes the place of p2; without the first p2 and p3 change places with p1.
    found = context_of(np.array([[0, 0], [1, 1], [3, 0], [0, 9], [9, 9]], float))
    chosen = nearest_in(found, "p0", 2)
    assert [each.place for each in chosen.nearest] == ["p1", "p2"]
    assert chosen.stability == {"v0": 1.0, "v1": 0.5}
    assert nearest_in(found, "p0").stability == {}, "where all are chosen, nobody can go"
    assert nearest_in(context_of(found.values[:, :1]), "p0", 2).stability == {}


def test_residents_come_first_by_their_logarithm_and_a_variable_without_variation_does_not_count():
    told = {"own": (1000, {"rain": 5}), "double": (2000, {"rain": 5}), "half": (500, {"rain": 5}), "far": (8000, {"rain": 5})}
    chosen = nearest(towns(told, RAIN), None, "own")
    assert chosen.variables == ("population",) and chosen.not_used == ("rain",), "what does not count is said"
    assert [(each.place, round(each.distance, 3)) for each in chosen.nearest] == [("double", 0.333), ("half", 0.333), ("far", 1)]


def test_the_reason_says_by_what_they_are_alike_and_by_what_not():
    told = {
        "own": (100_000, {"rain": 700, "coast": "sea"}),
        "twin": (104_000, {"rain": 705, "coast": "sea"}),
        "other": (99_000, {"rain": 1900, "coast": "inland"}),
        "third": (900_000, {"rain": 100, "coast": "inland"}),
    }
    twin, other, third = nearest(towns(told, RAIN, COAST), None, "own").nearest
    assert str(twin.reason) == "alike: Coast (By the sea), Rain (705 beside 700 mm), Residents (104,000 beside 100,000)"
    assert (twin.like, twin.unlike) == (("coast", "rain", "population"), ())
    assert (
        str(other.reason)
        == "alike: Residents (99,000 beside 100,000); unlike: Rain (1,900 beside 700 mm), Coast (inland beside By the sea)"
    )
    assert (third.place, third.like) == ("third", ()) and str(third.reason).startswith(
        "alike in nothing by itself; unlike: Residents (900,000"
    )


def test_alike_is_within_half_a_standard_deviation_and_unlike_from_a_whole_one_on():
    found = context_of(np.array([[0], [0.45], [0.6], [0.95], [1.15], [-2.2]]))  # of which one is 1.116: 0.40, 0.54, 0.85, 1.03, 1.97
    assert {each.place: (each.like, each.unlike) for each in nearest_in(found, "p0").nearest} == {
        "p1": (("v0",), ()), "p2": ((), ()), "p3": ((), ()), "p4": ((), ("v0",)), "p5": ((), ("v0",)),
    }  # fmt: skip


def test_a_trait_of_an_indicator_takes_its_latest_known_value_and_no_other_indicator_is_read():
    asked = []

    class Held(Facts):
        def __init__(self) -> None:
            pass

        def observations(self, **told) -> pl.DataFrame:
            asked.append(told)
            rows = [("own", 2024, 500.0), ("own", 2025, 900.0), ("near", 2025, 890.0), ("far", 2023, 100.0), ("far", 2025, None)]
            columns = {"indicator": "wet", "place": [place for place, _, _ in rows], "period": [date(year, 12, 31) for _, year, _ in rows]}
            return pl.DataFrame({**columns, "value": [value for _, _, value in rows]})

    wet = Indicator.model_validate({**kpi_town.indicator("year", measures="context").model_dump(exclude={"id"}), "id": "wet"})
    definitions = towns({name: (100, {}) for name in ("own", "near", "far")}, Trait(id="rain", name="Rain", indicator="wet"))
    definitions = replace(definitions, indicators=(*definitions.indicators, wet))
    found = context(definitions, ("own", "near", "far"), Held(), date(2026, 1, 1))
    assert found.values[:, 1].tolist() == [900, 890, 100]
    assert asked == [{"places": ("own", "near", "far"), "indicators": ["wet"], "until": date(2026, 1, 1)}]
    assert [each.place for each in nearest(definitions, Held(), "own", date(2026, 1, 1)).nearest] == ["near", "far"]


@pytest.mark.parametrize(
    ("told", "place", "expected"),
    [
        ({"own": (1, {}), "far": (2, {})}, "onw", "place: 'onw' is not a known place; write own"),
        (
            {"own": (None, {}), "far": (None, {})},
            "own",
            "places.yaml: nothing tells the places apart by which peers could be chosen; write",
        ),
        ({"own": (5, {}), "far": (5, {})}, "own", "places.yaml: nothing tells the places apart"),
        ({"own": (5, {})}, "own", "places.yaml: nothing tells the places apart"),
        (
            {"own": (None, {"rain": 1.0}), "a": (5, {"rain": 2.0, "coast": "sea"}), "b": (6, {"rain": 3.0, "coast": "land"})},
            "own",
            "places.yaml: place: too little is known of what 'own' is like: population, coast are missing; write at least half of them",
        ),
        (
            {"own": (5, {"rain": 1.0, "coast": "sea"}), "a": (None, {"rain": 2.0}), "b": (None, {"coast": "land"}), "c": (6, {})},
            "own",
            "places.yaml: of no other place enough is known to compare it with 'own'; write their `population:` and `traits:`",
        ),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_cure(told, place, expected):
    with pytest.raises(Refused) as refused:
        nearest(towns(told, RAIN, COAST), None, place)
    assert [str(problem).removeprefix("data/").startswith(expected) for problem in refused.value.problems] == [True]


def test_a_place_of_which_too_little_is_known_is_left_out_and_moves_nobody():
    told = {
        "own": (100, {"rain": 1.0, "coast": "sea"}),
        "near": (110, {"rain": 1.1, "coast": "sea"}),
        "far": (900, {"rain": 9.0, "coast": "land"}),
    }
    before = nearest(towns(told, RAIN, COAST), None, "own")
    after = nearest(towns({**told, "dim": (1_000_000, {})}, RAIN, COAST), None, "own")
    assert (after.left_out, after.nearest) == (("dim",), before.nearest)


def test_the_farthest_place_is_one_and_only_the_nearest_are_listed():
    values = np.random.default_rng(3).normal(size=(40, 3))
    chosen = nearest_in(context_of(values), "p0")
    assert len(chosen.nearest) == choosing.FIFTEEN
    everybody = nearest_in(context_of(values), "p0", 100).nearest
    assert len(everybody) == 39 and everybody[-1].distance == 1 and chosen.nearest == everybody[:15]
