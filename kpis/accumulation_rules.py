"""What is demanded of polarity, accumulation, a plan's years and attainment, beside the rules of kpis.rules."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from data.periods import year_of
from data.problems import N_, Problem
from kpis.accumulation import FITS, IDENTITIES, counted, scale
from kpis.definition_files import Goal, Written

SUMMED = ("flow", "cumulative")
FALLS = ("reduction", "reduction_annual")


def a_range_has_two_ends(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        target, polarity = goal.aim.target, goal.kpi.polarity
        if not target or not goal.wrote("target"):
            continue
        if polarity == "range" and not target.range:
            hint = N_("write `low:` and `high:` in place of `value:`")
            yield goal.problem("target", "the polarity is range, and the target has no low and high end", hint)
        elif polarity != "range" and (target.low is not None or target.high is not None):
            message = N_("the target is a range, but the polarity is {polarity}")
            yield goal.problem("target", message, "write `polarity: range`, or one `value`", polarity=polarity)
        elif target.range:
            yield from _ends_in_order(goal)


def _ends_in_order(goal: Goal) -> Iterator[Problem]:
    target = goal.aim.target
    assert target is not None
    ends = [(key, getattr(target, key)) for key in ("low_limit", "low", "high", "high_limit")]
    given = [(key, value) for key, value in ends if value is not None]
    for (lower, low), (upper, high) in pairwise(given):
        if low >= high:
            message = N_("{lower} {low:g} is not below {upper} {high:g}")
            yield goal.problem(f"target.{upper}", message, "correct one of them", lower=lower, low=low, upper=upper, high=high)


def a_neutral_goal_has_no_target(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        if goal.kpi.polarity == "neutral" and goal.aim.target and goal.wrote("target"):
            hint = N_("remove the target, or say which way is better")
            yield goal.problem("target", "a neutral goal is shown and never judged, so it has no target", hint)


def a_basis_goes_with_its_polarity(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        kpi = goal.kpi
        if kpi.polarity == "range" and (kpi.accumulation not in (None, "level") or kpi.basis == "performance"):
            key = "basis" if kpi.basis == "performance" else "accumulation"
            yield goal.problem(key, "a range is held against the value itself", "remove this key, or choose another polarity")


def a_scale_has_two_ends(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        kpi, indicator = goal.kpi, written.definitions.indicator.get(goal.kpi.measure)
        ends = scale(kpi, indicator) if indicator else kpi.scale
        if kpi.basis == "performance" and indicator and ends is None:
            hint = N_("add `scale:` with `min` and `max`, or the indicator's `min` and `max`")
            yield goal.problem("basis", "the basis performance measures on a scale, and there is none", hint)
        if kpi.scale and kpi.scale.min >= kpi.scale.max:
            message = N_("the scale's min {min:g} is not below its max {max:g}")
            yield goal.problem("scale", message, "correct one of them", min=kpi.scale.min, max=kpi.scale.max)


def only_amounts_are_added_up(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        kpi, indicator = goal.kpi, written.definitions.indicator.get(goal.kpi.measure)
        if kpi.accumulation in SUMMED and indicator and indicator.kind != "flow":
            message = N_("{accumulation} adds values up, and the indicator's kind is {kind}, whose values do not add up")
            hint = N_("choose another accumulation, or correct the indicator's kind")
            yield goal.problem("accumulation", message, hint, accumulation=kpi.accumulation, kind=indicator.kind)


def a_sum_says_from_when_it_counts(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        kpi, aim = goal.kpi, goal.aim
        if kpi.accumulation in SUMMED and aim.target and not aim.baseline and not aim.programmed and goal.wrote("target", "baseline"):
            message = N_("{accumulation} adds values up, and nothing says from when")
            yield goal.problem("accumulation", message, "add `baseline:` with its date, or `programmed:`", accumulation=kpi.accumulation)


def an_accumulation_goes_with_its_polarity(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        kpi = goal.kpi
        if (kpi.accumulation in FALLS and kpi.polarity != "lower") or (kpi.accumulation == "capacity" and kpi.polarity != "higher"):
            message = N_("with the accumulation {accumulation} the polarity cannot be {polarity}")
            values = {"accumulation": kpi.accumulation, "polarity": kpi.polarity}
            yield goal.problem("polarity", message, "correct one of them", **values)


def what_is_maintained_stays_as_it_was(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        baseline, target = goal.aim.baseline, goal.aim.target
        if (
            goal.kpi.accumulation == "maintain"
            and baseline
            and target
            and baseline.value != target.value
            and goal.wrote("target", "baseline")
        ):
            message = N_("maintain keeps a value, but the baseline is {baseline:g} and the target {target:g}")
            hint = N_("write the same value, or another accumulation")
            yield goal.problem("target.value", message, hint, baseline=baseline.value, target=target.value)


def a_seasonal_path_spreads_a_sum(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        path, indicator = goal.aim.path, written.definitions.indicator.get(goal.kpi.measure)
        if path.method != "seasonal" or not indicator or not goal.wrote("path", "programmed"):
            continue
        how = counted(goal.kpi, goal.aim, indicator)
        if how.sums is None:
            hint = N_("choose the accumulation flow, or cumulative with `programmed:`")
            yield goal.problem("path.method", "a seasonal path spreads a year's amount, and nothing is added up here", hint)
        elif how.sums == "plan" and not goal.aim.programmed:
            yield goal.problem("path.method", "a seasonal path spreads each year's amount, and none is given", "add `programmed:`")
        elif indicator.frequency not in ("month", "quarter", "half"):
            message = N_("a seasonal path needs months, quarters or half-years, and the indicator comes by {frequency}")
            yield goal.problem("path.method", message, "choose another method", frequency=indicator.frequency)


def years_are_programmed_once(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        aim, indicator = goal.aim, written.definitions.indicator.get(goal.kpi.measure)
        starts = indicator.year_starts if indicator else 1
        if not aim.programmed or not goal.wrote("programmed", "path", "target"):
            continue
        if not aim.target:
            yield goal.problem("programmed", "years are programmed towards a target, and there is none", "add `target:`")
        elif int(max(aim.programmed)) > year_of(aim.target.date, starts):
            message = N_("{year} is after the target's date {date}")
            yield goal.problem("programmed", message, "correct one of them", year=max(aim.programmed), date=aim.target.date)
        if aim.path.steps or aim.path.milestones:
            yield goal.problem("programmed", "years are programmed, and the path has points of its own", "keep one of the two")
        years = sorted(map(int, aim.programmed))
        if years != list(range(years[0], years[-1] + 1)):
            yield goal.problem("programmed", "a year is missing between {first} and {last}", "write 0 for a year without an amount",
                               first=years[0], last=years[-1])  # fmt: skip


def a_plans_years_make_its_target(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        indicator = written.definitions.indicator.get(goal.kpi.measure)
        if not indicator or not goal.wrote("programmed", "target", "baseline") or not counted(goal.kpi, goal.aim, indicator).broken:
            continue
        asked = goal.kpi.accumulation
        wanted = ", ".join(IDENTITIES[name] for name in (FITS[asked] if asked else IDENTITIES))
        message = N_("the amounts of the years do not make the target, by none of: {identities}")
        hint = N_("correct an amount; until then the latest value is judged as the plan's accumulated one")
        yield goal.problem("programmed", message, hint, identities=wanted)


RULES: tuple[Callable[[Written], Iterable[Problem]], ...] = (
    a_range_has_two_ends,
    a_neutral_goal_has_no_target,
    a_basis_goes_with_its_polarity,
    a_scale_has_two_ends,
    only_amounts_are_added_up,
    a_sum_says_from_when_it_counts,
    an_accumulation_goes_with_its_polarity,
    what_is_maintained_stays_as_it_was,
    a_seasonal_path_spreads_a_sum,
    years_are_programmed_once,
)
WARNINGS: tuple[Callable[[Written], Iterable[Problem]], ...] = (a_plans_years_make_its_target,)
