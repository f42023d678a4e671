"""What is said of an effect: the four verdicts, each check that speaks against one, the three doubts, and what is too thin to ask."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from kpis.impact.case import Case, quantile
from kpis.impact.checks import RULES, findings, strays
from kpis.impact.comparison import Comparison
from kpis.impact.effect import Effect, Placebo, Point
from kpis.impact.panel import NEVER, Happened, Panel
from kpis.impact.placebos import wider
from kpis.impact.sdid import sdid
from kpis.impact.sizes import size
from kpis.impact.study import Study
from kpis.impact.thin import refusal
from kpis.impact.verdict import KINDS, Verdict, judge
from tests.simulated_panels import made, study

BEFORE, AFTER, OTHERS = 24, 12, 24
STEADY = tuple((-1.0) ** at for at in range(BEFORE + AFTER))
SOUND: Mapping[str, float | str] = {
    "fit": 0.1,
    "rmspe_before": 0.3,
    "placebo_rank": 1,
    "placebo_p": 0.04,
    "time_placebo": 0.1,
    "time_placebo_z": 0.3,
    "without": "city_05",
    "without_low": 2.7,
    "without_high": 3.2,
    "heaviest": 0.2,
    "outside": 0.0,
    "anticipation_z": 0.2,
    "degrees": OTHERS - 1,
}


def panel(others: int = OTHERS, before: int = BEFORE, after: int = AFTER, treated: int = 1) -> Panel:
    random = np.random.default_rng(3)
    first = np.array([before] * treated + [NEVER] * others)
    periods = tuple(f"{2020 + each // 12}-{each % 12 + 1:02d}" for each in range(before + after))
    units = tuple(f"city_{each:02d}" for each in range(treated + others))
    return Panel(units, periods, random.normal(60, 2, (len(units), len(periods))), first)


def lacking(unit: int, period: int) -> Panel:
    given = panel()
    given.values[unit, period] = np.nan
    return given


def effect(estimate: float = 3.0, se: float | None = 0.5, method: str = "sdid", **diagnostics: float | str | None) -> Effect:
    """A sound one, unless something is said otherwise."""
    reach = None if se is None else 2.07 * se
    return Effect(
        method=method,
        estimate=estimate,
        se=se,
        low=None if reach is None else estimate - reach,
        high=None if reach is None else estimate + reach,
        p=None,
        n_treated=1,
        n_control=OTHERS,
        before=BEFORE,
        after=AFTER,
        weights={"city_05": 0.2, "city_07": 0.1},
        series=tuple(Point(str(at), 60 + (-1) ** at * 0.3, 60.0) for at in range(BEFORE + AFTER)),
        placebos=tuple(
            Placebo(f"city_{each:02d}", tuple((-1.0) ** at for at in range(BEFORE + AFTER)), 0.2, 1.0) for each in range(OTHERS)
        ),
        diagnostics={**SOUND, **diagnostics},
    )


def judged(found: Effect, **said: object) -> Verdict:
    return judge(found, panel(), study(**said))  # pyright: ignore[reportArgumentType]


def test_a_sound_effect_is_a_clear_one():
    verdict = judged(effect(), unit_name="%")
    assert (verdict.kind, verdict.way, verdict.against, verdict.needed) == ("clear_effect", "better", (), None)
    assert [str(reason) for reason in verdict.because] == [
        "the policy improved it: 3.0 points higher than it would have been without (95% interval: 2.0 points to 4.0 points)"
    ]


@pytest.mark.parametrize(
    ("estimate", "better", "way", "words"),
    [
        (3.0, "higher", "better", "the policy improved it: 3.0 days higher"),
        (3.0, "lower", "worse", "it got worse under the policy: 3.0 days higher"),
        (-3.0, "higher", "worse", "it got worse under the policy: 3.0 days lower"),
        (-3.0, "lower", "better", "the policy improved it: 3.0 days lower"),
        (3.0, None, "higher", "3.0 days higher than it would have been"),
        (-3.0, None, "lower", "3.0 days lower than it would have been"),
    ],
)
def test_better_and_worse_are_told_by_what_is_better(estimate: float, better: str | None, way: str, words: str):
    verdict = judged(effect(estimate, without_low=estimate, without_high=estimate), better=better, unit_name="days")
    assert verdict.way == way
    assert str(verdict.because[0]).startswith(words)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("rank", effect(placebo_rank=3, placebo_p=0.12)),
        ("others", replace(effect(), n_control=7)),
        ("pretended", effect(time_placebo=1.4, time_placebo_z=2.4)),
        ("without", effect(without_low=-0.1)),
        ("carries", effect(heaviest=0.6)),
        ("began", effect(anticipation_z=2.2)),
        ("began", effect(anticipation_z=-4.0)),
        ("strict", effect(1.3, without_low=1.0, without_high=1.6)),
        ("lasting", effect(method="did", errors="classical")),
        ("lasting", effect(method="its", errors="classical")),
        ("alone", replace(effect(method="its"), n_control=0)),
        ("alike", effect(method="did", trend_p=0.03)),
        ("alike", replace(effect(method="did"), before=2)),
    ],
)
def test_what_keeps_an_effect_from_being_clear(rule: str, found: Effect):
    verdict = judged(found)
    assert (verdict.kind, verdict.against) == ("likely_effect", (rule,))
    assert len(verdict.because) == 2


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("doubt", effect(se=None)),
        ("doubt", replace(effect(), high=float("nan"))),
        ("carries", effect(heaviest=0.95)),
        ("pretended", replace(effect(method="its", time_placebo_z=2.4), n_control=0)),
        ("began", effect(anticipation_z=3.5)),
        ("alike", effect(method="event_study", trend_p=0.001)),
    ],
)
def test_what_forbids_a_verdict_says_what_would_be_needed(rule: str, found: Effect):
    verdict = judged(found)
    assert (verdict.kind, verdict.against[0], verdict.way) == ("cannot_tell", rule, None)
    assert verdict.needed is not None


def drifting(times: float) -> Effect:
    """The gap before the start goes up and down slowly, in steps as small as those of the placebos, to so many times as far."""
    gaps = [times * np.sin(2 * np.pi * at / BEFORE) if at < BEFORE else 3.0 for at in range(BEFORE + AFTER)]
    return replace(effect(fit=0.6), series=tuple(Point(str(at), 60 + gap, 60.0) for at, gap in enumerate(gaps)))


def test_a_poor_fit_is_one_that_noise_does_not_explain():
    noisy = effect(fit=0.6, rmspe_before=2.0)
    assert judged(noisy).kind == "clear_effect"
    verdict = judged(drifting(2.0))
    assert (verdict.kind, verdict.against) == ("cannot_tell", ("fit",))
    assert judged(replace(drifting(2.0), diagnostics={**SOUND, "fit": 0.2})).kind == "clear_effect"


def test_steps_without_memory_stray_by_one():
    white = np.random.default_rng(1).normal(0, 3, 20_000)
    assert strays(white) == pytest.approx(1, abs=0.02)
    assert strays(np.cumsum(white)) > 10


def test_two_way_regression_of_several_starts_names_the_event_study():
    staggered = replace(panel(treated=2), first=np.array([20, 24] + [NEVER] * OTHERS))
    verdict = judge(effect(method="did", two_way_weight=0.07), staggered, study("did"))
    assert (verdict.kind, verdict.against) == ("cannot_tell", ("one_start",))
    assert "event_study" in str(verdict.needed)
    assert "7%" in str(verdict.because[0])
    assert judge(effect(method="event_study"), staggered, study("event_study")).kind == "clear_effect"


def test_few_others_can_never_be_clear_and_it_says_why():
    verdict = judge(replace(effect(placebo_rank=1, placebo_p=1 / 8), n_control=7), panel(others=7), study())
    assert verdict.kind == "likely_effect"
    assert str(verdict.because[1]) == "among 7 others and itself even the most extreme place is a chance of 1 in 8"


def test_no_effect_is_said_only_where_one_that_matters_would_have_been_seen():
    none = effect(0.2, without_low=-0.2, without_high=0.4, placebo_rank=9, placebo_p=0.36)
    seen = judged(none, smallest=2.0, unit_name="days")
    assert (seen.kind, seen.way, seen.needed) == ("no_detectable_effect", None, None)
    assert str(seen.because[1]) == (
        "an effect of 2.0 days, the smallest that would matter, lies outside; one of 1.5 days is seen in four cases of five"
    )
    hidden = judged(none, smallest=1.2)
    assert (hidden.kind, hidden.needed is None) == ("cannot_tell", False)


def test_no_effect_is_not_said_where_the_interval_reaches_one_that_matters():
    assert judged(effect(0.9, placebo_rank=2, placebo_p=0.08), smallest=1.9).kind == "cannot_tell"


@pytest.mark.parametrize(("window", "kind"), [(1, "no_detectable_effect"), (AFTER // 2, "no_detectable_effect"), (12, "cannot_tell")])
def test_none_is_not_said_while_an_effect_may_still_come_in(window, kind):
    told = judge(effect(0.2, placebo_p=0.4), replace(panel(), window=window), study(smallest=1.9))
    assert told.kind == kind
    slow = "each value is of the last 12 periods, so that an effect comes in slowly and shows smaller than it is"
    assert (slow in map(str, told.doubts)) == (str(told.needed or "").startswith("at least 24 periods under the policy")) == (window == 12)


def test_without_a_stated_size_it_is_held_against_what_the_figure_strays_by_itself():
    made = panel()
    verdict = judge(effect(0.2, placebo_p=0.4), made, study())
    assert verdict.smallest == pytest.approx(made.values[0, :BEFORE].std(ddof=1))
    assert str(verdict.because[1]) == (
        "an effect of 2.4, as much as the figure varies by itself, lies outside; one of 1.5 is seen in four cases of five"
    )


def test_growth_is_no_straying_beside_which_effects_are_too_small_to_matter():
    flat = panel()
    grown = replace(flat, values=flat.values + 5.0 * np.arange(BEFORE + AFTER))
    none = effect(0.9, se=1.0, placebo_p=0.4)
    still, growing = (judge(none, each, study()) for each in (flat, grown))
    assert growing.smallest == pytest.approx(still.smallest, rel=0.1)  # The plain standard deviation would be 35.
    assert still.kind == growing.kind == "cannot_tell"


def test_the_smallest_effect_of_a_logarithm_is_told_in_per_cent():
    none = effect(0.02, se=0.015, placebo_p=0.4)
    assert judged(none, log=True, smallest=6.0).kind == "no_detectable_effect"
    hidden = judged(none, log=True, smallest=5.0)
    assert (hidden.kind, hidden.smallest) == ("cannot_tell", pytest.approx(np.log(1.05)))
    assert "an effect of 5.0 %, the smallest that would matter" in str(hidden.because[1])


def test_who_stands_out_among_the_placebos_is_likely_though_the_interval_holds_none():
    found = effect(0.9, without_low=0.5, without_high=1.0)
    verdict = judged(found, smallest=1.5)
    assert (verdict.kind, verdict.way, verdict.against) == ("likely_effect", "better", ("strict",))
    assert "number 1 of 25 places" in str(next(reason for reason in verdict.because if "includes zero" in str(reason)))
    for but in ({"placebo_p": 0.08}, {"time_placebo_z": 2.5}, {"without_low": -0.1}, {"heaviest": 0.6}):
        assert judged(replace(found, diagnostics={**found.diagnostics, **but}), smallest=1.5).kind == "cannot_tell"


def test_an_effect_too_small_to_matter_is_said_to_be():
    surely = judged(effect(3.0), smallest=5.0)
    assert (surely.kind, surely.too_small) == ("clear_effect", True)
    assert "too small to matter" in str(surely.because[1])
    assert str(judged(effect(3.0), smallest=3.5).because[1]).startswith("it may be too small")
    assert not judged(effect(3.0), smallest=2.0).too_small


def test_the_relative_effect_of_a_logarithm_is_told_in_per_cent():
    found = effect(0.0755, 0.035, without_low=0.07, without_high=0.08)
    assert "7.8 % higher than it would have been without (95% interval: 0.3 % to 15.9 %)" in str(judged(found, log=True).because[0])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (effect(3.0, 5.0), "3 (-7 to 13)"),
        (effect(3.04, 1.0), "3.0 (1.0 to 5.1)"),
        (effect(0.3, 0.1), "0.30 (0.09 to 0.51)"),
        (effect(10.75, 5.0), "10.8 (0.4 to 21.1)"),
        (effect(10.351, 5.0), "10.35 (0.00 to 20.70)"),
    ],
)
def test_a_size_has_the_decimals_that_its_doubt_leaves_standing(found: Effect, said: str):
    low, high = (size(end or 0.0, found, study()) for end in (found.low, found.high))
    assert f"{size(found.estimate, found, study())} ({low} to {high})" == said


@pytest.mark.parametrize(
    ("words", "found", "said"),
    [
        ("city_05 is 71% of the comparison", effect(heaviest=0.71), {}),
        ("without city_05 in the comparison the effect would be 0.4", effect(without_low=0.4), {}),
        ("an earlier start that never was shows 1.4", effect(time_placebo=1.4, time_placebo_z=1.9), {}),
        ("may have begun before the start", effect(anticipation_z=1.8), {}),
        ("among 25 places it is number 4", effect(placebo_rank=4, placebo_p=0.16), {}),
        ("others may have done something alike", effect(0.2, placebo_p=0.8, without_low=0.2, without_high=0.2), {}),
        ("the other districts may feel the policy too", effect(), {"compare": "districts"}),
        ("there is no comparison", replace(effect(method="its"), n_control=0), {}),
        ("it moves more by itself than those", effect(wider=1.8), {}),
        ("periods before the start: 9", replace(effect(), before=9), {}),
        ("the comparison missed by 2.0", replace(drifting(2.0), diagnostics={**SOUND, "fit": 0.6, "rmspe_before": 2.0}), {}),
    ],
)
def test_the_likeliest_doubt_comes_first(words: str, found: Effect, said: dict[str, object]):
    assert words in str(judged(found, **said).doubts[0])


def test_an_earlier_start_that_shows_little_beside_the_effect_is_none_of_its_doubts():
    doubts = [str(reason) for reason in judged(effect(time_placebo=-0.25, time_placebo_z=-2.1)).doubts]
    assert not any("an earlier start" in doubt for doubt in doubts)


def test_what_happened_near_the_start_is_the_first_doubt_and_what_lay_long_before_is_none():
    happened = (Happened("Storm", BEFORE - 6), Happened("Election", BEFORE + 9), Happened({"en": "Strike", "es": "Huelga"}, BEFORE + 1))
    doubts = [str(reason) for reason in judge(effect(), replace(panel(), events=happened), study()).doubts]
    assert doubts[0].startswith("Strike in 2022-02: what it did counts as the policy's")
    assert doubts[1].startswith("Election in 2022-10")
    assert not any("Storm" in doubt for doubt in doubts)


@pytest.mark.parametrize("found", [effect(), effect(0.1), effect(se=None), replace(effect(method="its"), n_control=0, diagnostics={})])
def test_doubts_are_exactly_three_and_differ(found: Effect):
    assert len({reason.sentence for reason in judged(found).doubts}) == 3


def compared(gaps: list[float]) -> Comparison:
    return Comparison(np.array([0]), np.array([1]), np.ones(1), np.empty(0), np.array([*gaps, 9.0, 9.0]), len(gaps))


def test_an_interval_is_wider_where_the_treated_is_noisier_than_its_placebos_and_never_narrower():
    quiet, loud = compared([1, -1, 1, -1]), compared([3, -3, 3, -3])
    assert wider(loud, [quiet, quiet]) == pytest.approx(3)
    assert wider(quiet, [loud, quiet]) == 1
    assert wider(quiet, []) == 1


def test_the_interval_is_the_placebo_error_made_wider():
    one = made(5, treated=1)
    found = sdid(one.panel, study())
    wide = found.diagnostics["wider"]
    assert isinstance(wide, float) and found.se and found.low and found.high
    assert found.high - found.low == pytest.approx(2 * quantile(0.95, len(one.panel.donors) - 1) * found.se * wide)
    assert Case(found, one.panel, study()).doubt == pytest.approx(found.se * wide)


def test_a_verdict_is_one_of_four():
    assert {judged(found).kind for found in (effect(), effect(placebo_p=0.5), effect(0.1, placebo_p=0.5), effect(se=None))} == set(KINDS)


def test_every_rule_finds_nothing_against_a_sound_effect():
    case = Case(effect(), panel(), study())
    assert {rule.__name__: list(rule(case)) for rule in RULES} == {rule.__name__: [] for rule in RULES}
    assert findings(case) == ()


@pytest.mark.parametrize(
    ("words", "given", "asked"),
    [
        ("periods before the start: 7, where at least 8", panel(before=7), study()),
        ("periods under the policy: 2, where at least 3", panel(after=2), study()),
        ("others to compare with: 4, where at least 5", panel(others=4), study()),
        ("nobody is left to compare with", panel(others=0), study("did")),
        ("this method needs more beside", panel(others=6, treated=6), study()),
        ("periods before the start: 23, where at least 24", panel(before=23), study("its")),
        ("periods before the start: 24, where at least 48", panel(), study("its", season={"period": 24})),
        ("periods under the policy: 5, where at least 6", panel(after=5), study("its")),
        ("values missing: 1, the first of city_03 in 2020-02", lacking(3, 1), study()),
        ("never changed before the start", replace(panel(), values=np.ones((25, 36))), study()),
        ("nobody in these figures is under the policy", replace(panel(), first=np.full(25, NEVER)), study()),
    ],
)
def test_what_is_too_thin_is_refused_with_what_would_be_needed(words: str, given: Panel, asked: Study):
    assert words in str(refusal(given, asked))


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (panel(before=8, after=3, others=5), study()),
        (panel(before=1, after=1, others=5), study("did")),
        (panel(before=24, after=6, others=0), study("its")),
        (replace(panel(before=12, after=6), periods=tuple(map(str, range(2000, 2018)))), study("its")),
        (replace(panel(before=1, after=1, others=1), samples=(np.zeros(4, np.int64), np.zeros(4, np.int64), np.zeros(4))), study("did")),
    ],
)
def test_what_is_just_enough_is_not_refused(given: Panel, asked: Study):
    assert refusal(given, asked) is None
