"""Which gaps ask for attention first."""

import pytest

from kpis.peers.worst_first import severity, worst_first
from tests.peered import MIDDLE, OWN, beside, indicator, standing


def named(name: str, **more):
    return standing(indicator=indicator(id=name), **more)


def test_the_worst_come_first_and_the_better_last_whatever_their_unit():
    far = named("far", gap=14.0)
    found = worst_first([
        named("better", verdict="better", gap=-9.0), named("near"), named("neutral", sign=0, verdict="higher"),
        named("alike", verdict="no_difference"), named("unknown", verdict=None, least=None), far,
    ])  # fmt: skip
    assert [each.indicator.id for each in found] == ["far", "near", "unknown", "alike", "neutral", "better"]


def test_a_gap_is_weighed_by_what_sets_the_peers_apart_and_by_no_unit():
    days = standing()
    hours = standing(own=beside(OWN, 24 * 24.0), peers=tuple(beside(p.place, 24 * (p.value or 0), p.rank) for p in days.peers), gap=96.0)
    assert severity(days) == pytest.approx(severity(hours)) == pytest.approx(-4 / (200 / 3) ** 0.5)
    assert severity(standing(sign=1)) == pytest.approx(-severity(days))


def test_nothing_is_weighed_where_nothing_sets_the_peers_apart():
    assert severity(standing(peers=(beside(MIDDLE, 20.0, 1),))) == 0
    assert severity(standing(gap=None)) == 0
