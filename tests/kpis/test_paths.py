"""A path says what is due on a day: as one number, as points of a line, and as a column; all three agree."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpis.definition import Kpi
from kpis.paths import due, first_day, points
from tests.kpi_town import goal, judged

LINE = goal(baseline=(60.0, "2024-12-31"), target=(80.0, "2026-12-31"))
STAIRS = goal(baseline=(10.0, "2023-12-31"), target=(100.0, "2027-12-31"), steps=[(20.0, "2024-12-31"), (50.0, "2025-12-31")])
ONLY_TARGET = goal(basis="ratio", target=(80.0, "2026-12-31"))


@pytest.mark.parametrize(
    ("kpi", "day", "expected"),
    [
        pytest.param(LINE, "2024-12-30", None, id="before the baseline nothing is due"),
        pytest.param(LINE, "2024-12-31", 60, id="on its day the baseline is due"),
        pytest.param(LINE, "2025-12-31", 70, id="half way, half"),
        pytest.param(LINE, "2026-12-31", 80, id="on its day the target is due"),
        pytest.param(LINE, "2031-01-01", 80, id="and ever after"),
        pytest.param(STAIRS, "2024-12-30", None, id="before the first step nothing is due, baseline or not"),
        pytest.param(STAIRS, "2024-12-31", 20, id="a step on its own day"),
        pytest.param(STAIRS, "2025-12-30", 20, id="a step until the next"),
        pytest.param(STAIRS, "2027-12-30", 50, id="the last step until the target's date"),
        pytest.param(STAIRS, "2027-12-31", 100, id="the target after the steps"),
        pytest.param(ONLY_TARGET, "1999-01-01", 80, id="a target alone is always due"),
        pytest.param(goal(), "2025-01-01", None, id="without a target nothing is due"),
    ],
)
def test_what_is_due_on_a_day(kpi, day, expected):
    assert due(kpi, date.fromisoformat(day), kpi.basis) == expected


@pytest.mark.parametrize("basis", ["ratio", "absolute"])
def test_a_straight_line_is_no_schedule_for_a_basis_that_looks_at_the_target(basis):
    assert due(LINE, date(2025, 12, 31), basis) == 80
    assert points(LINE, basis) == [(date(2026, 12, 31), 80)]
    assert due(STAIRS, date(2025, 12, 31), basis) == 50


def test_the_points_of_a_line_are_its_ends():
    assert points(LINE) == [(date(2024, 12, 31), 60), (date(2026, 12, 31), 80)]
    assert points(goal()) == []


def test_the_points_of_a_stepped_path_are_stairs():
    assert points(STAIRS) == [
        (date(2024, 12, 31), 20),
        (date(2025, 12, 31), 20),
        (date(2025, 12, 31), 50),
        (date(2027, 12, 31), 50),
        (date(2027, 12, 31), 100),
    ]


def test_a_single_step_on_the_targets_day_is_the_target():
    assert points(goal(target=(9.0, "2027-12-31"), steps=[(9.0, "2027-12-31")])) == [(date(2027, 12, 31), 9)]


amounts = st.integers(-1000, 1000).map(float)
START = date(2024, 1, 31)


@st.composite
def paths(draw) -> Kpi:
    length = draw(st.integers(1, 1500))
    first, last = draw(amounts), draw(amounts)
    end = START + timedelta(days=length)
    offsets = sorted(draw(st.sets(st.integers(1, length), max_size=5)))
    steps = [(draw(amounts), (START + timedelta(days=n)).isoformat()) for n in offsets]
    return goal(
        basis=draw(st.sampled_from(["on_schedule", "progress", "ratio", "absolute"])),
        polarity="higher" if last >= first else "lower",
        baseline=draw(st.none() | st.just((first, START.isoformat()))),
        target=(last, end.isoformat()),
        steps=steps,
    )


@given(paths(), st.integers(-20, 60))
@settings(max_examples=150)
def test_the_column_agrees_with_the_number(kpi, offset):
    period = f"{2024 + (offset // 12)}-{offset % 12 + 1:02}"
    found = judged(kpi, {period: 1.0}, period)
    expected = due(kpi, found["period"], kpi.basis)
    assert found["due"] == (None if expected is None else pytest.approx(expected))


@given(paths(), st.integers(0, 2000))
def test_the_number_lies_on_the_line_through_the_points(kpi, offset):
    day = START + timedelta(days=offset)
    asked = due(kpi, day, kpi.basis)
    line = points(kpi, kpi.basis)
    begin = first_day(kpi)
    if begin and day < begin:
        assert asked is None
        return
    assume(all(day != corner for corner, _ in line))
    left = [value for corner, value in line if corner < day]
    right = [value for corner, value in line if corner > day]
    ends = [*left[-1:], *right[:1]]
    assert asked is not None
    assert min(ends) - 1e-6 <= asked <= max(ends) + 1e-6


@given(paths(), st.integers(0, 2000), st.integers(0, 2000))
def test_a_straight_line_never_turns_back(kpi, one, other):
    assume(not kpi.path.steps)
    early, late = (due(kpi, START + timedelta(days=offset), kpi.basis) for offset in sorted((one, other)))
    assert early is not None and late is not None
    assert kpi.sign * (late - early) >= -1e-9
