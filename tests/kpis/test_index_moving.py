"""What drives a place's position, what moves the ranks, and the cheapest way up."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kpis.index.building import build
from kpis.index.doubting import doubted
from kpis.index.drivers import drivers
from kpis.index.from_table import figures
from kpis.index.reading import read
from kpis.index.removal import removals
from kpis.index.sensitivity import sensitivity, sobol
from kpis.index.way_up import HALVINGS, _Reach, _single, ways_up
from tests.conftest import ROOT
from tests.doubted_index import DOUBT, PARTS, indicators, levels, made, rows
from tests.index_tables import TABLE, built, with_indicator

ASEM = "data/public/asem_connectivity_index/ASEM_iData.csv"


def mixed() -> list[dict]:
    """Every mean in one index."""
    found = levels(combine="geometric")
    found[0]["combine"], found[1]["combine"] = "arithmetic", "harmonic"
    return found


@pytest.mark.parametrize("written", [levels(), levels(combine="geometric"), levels(combine="harmonic"), mixed()])
@pytest.mark.parametrize("floor", [0, 0.05])
def test_drivers_sum_to_the_gap_of_the_scores(tmp_path: Path, written: list[dict], floor: float):
    index = made(tmp_path, levels=written, floor=floor, missing="median")
    for place in index.places:
        found = drivers(index, place)
        middle = index.places.index(found.beside)
        assert index.rank[middle] == 6
        assert sum(one.gap for one in found.of) == pytest.approx(found.gap, abs=1e-9) and found.missing == 0
        assert found.gap == pytest.approx(index.score[index.places.index(place)] - index.score[middle])
        assert [abs(one.gap) for one in found.of] == sorted((abs(one.gap) for one in found.of), reverse=True)


def test_drivers_by_hand(tmp_path: Path):
    """Parks count a quarter: 40 of 10 to 40 is 1, 20 is a third, so that the best is (1 - 1/3) / 4 above the place in the middle."""
    found = drivers(built(tmp_path), "duna")
    parks = next(one for one in found.of if one.name == "parks")
    assert (found.beside, found.how, parks.own, parks.median) == ("costa", "sums", 40, 30)
    assert parks.gap == pytest.approx((1 - 2 / 3) / 4)


def test_figures_that_are_missing_are_told_apart(tmp_path: Path):
    index = made(tmp_path)
    found = drivers(index, "t1")
    assert found.missing != 0 and sum(one.gap for one in found.of) + found.missing == pytest.approx(found.gap)
    assert next(one for one in found.of if one.name == "parks").gap == 0


def test_pairs_have_no_parts(tmp_path: Path):
    found = drivers(made(tmp_path, levels=levels(combine="copeland")), "t1")
    assert (found.how, found.of) == ("none", ())


def test_removing_an_indicator_is_the_index_without_it(tmp_path: Path):
    index = made(tmp_path)
    found = {one.name: one for one in removals(index, "t4")}
    fewer = [{**level, "of": [name for name in level["of"] if name != "beds"]} for level in levels()]
    by_hand = made(tmp_path, indicators=[one for one in indicators() if one["name"] != "beds"], levels=fewer, coverage=0, doubt={})
    assert found["beds"].mean_shift == pytest.approx(np.abs(by_hand.rank - index.rank).mean())
    assert found["beds"].own_rank == by_hand.rank[4] and found["beds"].own_shift == by_hand.rank[4] - index.rank[4]
    assert [one.mean_shift for one in removals(index)] == sorted((one.mean_shift for one in found.values()), reverse=True)


def test_a_part_is_removed_as_an_indicator_is(tmp_path: Path):
    index = made(tmp_path)
    without = made(tmp_path, levels=[*levels()[:2], {"name": "index", "of": ["nature", "work"]}], indicators=indicators()[:4], doubt={})
    found = {one.name: one for one in removals(index, of=list(PARTS))}
    assert found["care"].mean_shift == pytest.approx(np.abs(without.rank - index.rank).mean())
    assert found["care"].own_rank is None


def test_the_last_indicator_leaves_nothing_to_rank(tmp_path: Path):
    index = built(tmp_path, indicators=with_indicator("parks")[:1], levels=[{"name": "index", "of": ["parks"]}], coverage=0)
    assert np.isnan(removals(index, "aldea")[0].mean_shift)


def test_published_shifts_of_the_asem_pillars(shared: Path):
    """COINr's documentation (W. Becker, 2022) prints 3.96 ranks without Social and 1.18 without Institutional, the most and the least."""
    recipe = read(ROOT / "kpis/index/ready/asem_connectivity.yaml", table=shared / ASEM)
    index = build(recipe, figures(recipe))
    pillars = [name for level in index.recipe.levels[-3:-1] for name in level.of]
    found = removals(index, of=pillars)
    assert found[0].mean_shift == pytest.approx(3.96, abs=0.01) and found[-1].mean_shift == pytest.approx(1.18, abs=0.01)


def ishigami(points: np.ndarray) -> np.ndarray:
    """Ishigami and Homma (1990) with a = 7 and b = 0.1."""
    one, two, three = points.T
    return (np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))[:, None]


def test_sobol_indices_of_ishigami():
    first, total = sobol(ishigami, [(-np.pi, np.pi)] * 3, 2048, seed=1)
    assert first[0] == pytest.approx([0.314, 0.442, 0.0], abs=0.02)
    assert total[0] == pytest.approx([0.558, 0.442, 0.244], abs=0.02)


def test_what_moves_no_rank_explains_nothing(tmp_path: Path):
    alone = sensitivity(made(tmp_path, doubt={"weights": 0.5, "missing": ["median"]}, missing="skip"), "t4", 64)
    assert alone.names == ("missing", "weights") and max(alone.total) > 0.5
    whole = made(tmp_path, places=12, missing="median", doubt={"weights": 0.5, "missing": ["skip"]})
    assert sensitivity(whole, None, 64).own_first is None
    still = sensitivity(built(tmp_path, doubt={"normalise": ["zscore"]}), "duna", 64)
    assert still.own_first is not None and still.names == ("normalise",) and np.isnan(still.first[0]) and np.isnan(still.own_first[0])
    assert sensitivity(built(tmp_path), "duna").names == ()


def test_one_choice_alone_explains_all(tmp_path: Path):
    found = sensitivity(made(tmp_path, doubt={"error": {"jobs": 4.0}}), "t4", 256)
    assert found.names == ("error",) and found.total[0] == pytest.approx(1, abs=0.1) and found.first[0] == pytest.approx(1, abs=0.15)


def test_ways_up_by_hand(tmp_path: Path):
    """Borde passes costa (0.7083 against 0.3333) by jobs alone at 90: 0.7917, which no other indicator does within what towns achieved."""
    index = built(tmp_path)
    (rank,) = ways_up(index, doubted(index), "borde")
    assert (rank.to, rank.place, rank.reached, rank.tier) == (2, "costa", True, None), "without doubt no tier is aimed at"
    assert [(one.name, one.value, one.best) for one in rank.steps] == [("jobs", 60, 90)]
    needed = index.score[2] - (index.score[1] - 0.5 * 0.25)
    assert rank.steps[0].wanted == pytest.approx(50 + 40 * 2 * needed, abs=1e-4)
    assert rank.steps[0].cost == pytest.approx((rank.steps[0].wanted - 60) / np.std([50, 70, 90], ddof=1))
    assert ways_up(index, doubted(index), "duna") == ()


def test_every_way_up_is_enough_and_none_goes_beyond_what_was_achieved(tmp_path: Path):
    index = made(tmp_path, doubt={**DOUBT, "one_out": False, "draws": 200})
    doubt = doubted(index)
    for place in index.places[::3]:
        for way in ways_up(index, doubt, place):
            assert way.reached and way.steps and all(0 < one.cost < 10 for one in way.steps)
            for one in way.steps:
                assert min(one.value, one.best) - 1e-9 <= one.wanted <= max(one.value, one.best) + 1e-9
            moved = index.figures.values.copy()
            for one in way.steps:
                moved[index.places.index(place), index.recipe.names.index(one.name)] = one.wanted
            again = built(tmp_path, table=rows(moved), indicators=indicators(), levels=levels())
            assert again.rank[index.places.index(place)] <= way.to == index.rank[index.places.index(way.place)]


def test_a_tier_is_aimed_at_by_its_last_rank_and_said_once(tmp_path: Path):
    index = made(tmp_path, doubt={**DOUBT, "one_out": False, "draws": 200})
    order = np.argsort(index.rank)
    tier = np.repeat([1.0, 2.0, 3.0], 4)[np.argsort(order)]
    doubt = replace(doubted(index), tier=tier)
    ways = [[(way.to, way.tier) for way in ways_up(index, doubt, index.places[place])] for place in order]
    assert ways[0] == [] and ways[3] == [(3, None)]
    assert ways[4] == [(4, 1)] and ways[6] == [(6, None), (4, 1)] and ways[11] == [(11, None), (8, 2)]


def test_the_cheapest_is_the_cheapest_of_a_place_that_lacks_a_figure_too(tmp_path: Path):
    """Each indicator by itself, halved by hand until it is just enough."""
    index = made(tmp_path, missing="median", levels=levels(combine="geometric"))
    reach, place = _Reach(index, index.places.index("t4")), index.places.index("t4")
    assert np.isnan(reach.value).any()
    way, enough = ways_up(index, doubted(index, 100), "t4")[0], []
    for one in reach.open:
        share = np.linspace(0, 1, 2001)[:, None] * (np.arange(len(reach.value)) == one)
        reached = np.flatnonzero(reach.outcomes(share)[1] < index.rank[place])
        enough += [float(reach.cost(share[reached[0]])[one])] if len(reached) else []
    assert len(way.steps) == 1 and len(enough) > 1 and way.steps[0].cost == pytest.approx(min(enough), abs=0.01)


def test_what_is_dearer_than_the_cheapest_is_not_halved_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where figures are treated draw by draw each halving costs as much as a new index."""
    index, cases, right = made(tmp_path, missing="median"), [], _Reach.outcomes
    monkeypatch.setattr(_Reach, "outcomes", lambda reach, shares: cases.append(len(shares)) or right(reach, shares))
    assert _single(_Reach(index, index.places.index("t8")), float(index.rank[index.places.index("t8")] - 1)) is not None
    assert cases[1] > 2 and sum(cases) < cases[1] * HALVINGS / 2


def test_where_nothing_within_reach_is_enough_all_of_it_is_shown(tmp_path: Path):
    """Aldea lacks jobs, and by what is left it cannot pass: what it has not measured it cannot move."""
    index = built(tmp_path, table=TABLE.replace("10,5,50", "40,1.5,"), missing={"group_median": "region"})
    way = ways_up(index, doubted(index), "aldea")[0]
    assert not way.reached and [one.name for one in way.steps] == ["waste"]
    assert way.steps[0].wanted == way.steps[0].best == 1
