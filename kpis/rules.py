"""What is demanded of a goal. A rule is a function that returns problems; RULES refuse, WARNINGS only say."""

from collections.abc import Callable, Iterable, Iterator

from data.definitions import at, unknown
from data.problems import N_, Problem
from kpis import accumulation_rules, band_rules, rules_of_paths
from kpis.definition_files import Goal, Written
from kpis.metrics.rules import METRIC_RULES, METRIC_WARNINGS
from kpis.rules_of_measures import RULES_OF_MEASURES, WARNINGS_OF_MEASURES

Rule = Callable[[Written], Iterable[Problem]]


def an_id_is_given_once(written: Written) -> Iterator[Problem]:
    first: dict[str, Goal] = {}
    for goal in written.goals:
        name = goal.kpi.id
        if name in first:
            line = first[name].document.mark((*first[name].location, "id"))[0]
            there = f"{first[name].document.path}:{line}"
            yield goal.problem("id", "the id {name!r} is given twice, first in {there}", "rename one of them", name=name, there=there)
        first.setdefault(name, goal)


def names_are_known(written: Written) -> Iterator[Problem]:
    known = written.definitions
    axes = [axis.id for axis in known.city.mandate.axes]
    for goal in written.goals:
        kpi = goal.kpi
        if kpi.indicator is not None and kpi.indicator not in known.indicator:
            yield goal.unknown("indicator", "indicator", kpi.indicator, list(known.indicator))
        if kpi.owner not in known.area:
            yield goal.unknown("owner", "area", kpi.owner, list(known.area))
        if kpi.axis is not None and kpi.axis not in axes:
            yield goal.unknown("axis", "axis", kpi.axis, axes)


def targets_are_for_known_places_and_goals(written: Written) -> Iterator[Problem]:
    places = written.definitions.place
    for file in {own.document.path: own for own in written.own_aims}.values():
        if file.place not in places:
            hint = N_("name the file after a place's id")
            yield at(file.document, (), "no place has the id {name!r}, after which this file is named", hint, name=file.place)
    for own in written.own_aims:
        if own.kpi not in written.kpi and written.complete:
            yield unknown(own.document, ("targets", own.kpi), "KPI", own.kpi, written.kpi)


def a_target_is_no_step_back(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        baseline, target, kpi = goal.aim.baseline, goal.aim.target, goal.kpi
        if kpi.accumulation == "flow" or (kpi.accumulation == "cumulative" and not goal.aim.programmed):
            continue  # of a sum the baseline says only from when it counts
        if baseline and target and goal.wrote("baseline", "target") and kpi.sign * (target.value - baseline.value) < 0:
            message = N_("the target {target:g} is worse than the baseline {baseline:g}, because {polarity} is better")
            values = {"target": target.value, "baseline": baseline.value, "polarity": kpi.polarity}
            yield goal.problem("target.value", message, "correct the target, the baseline or the polarity", **values)


def a_target_lies_after_its_baseline(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        baseline, target = goal.aim.baseline, goal.aim.target
        if baseline and target and goal.wrote("baseline", "target") and target.date <= baseline.date:
            message = N_("the target's date {target} is not after the baseline's date {baseline}")
            yield goal.problem("target.date", message, "correct one of the two dates", target=target.date, baseline=baseline.date)


def a_basis_has_what_it_measures_from(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        kpi, aim = goal.kpi, goal.aim
        by_its_years = bool(aim.programmed) and kpi.accumulation is None
        if kpi.needs_baseline and aim.target and not aim.baseline and not by_its_years and goal.wrote("baseline", "target"):
            message = N_("the basis {basis} measures from a baseline, and there is none")
            yield goal.problem("baseline", message, "add `baseline:`, or choose the basis ratio or absolute", basis=kpi.basis)


def a_ratio_has_a_target_above_zero(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        aim, hint = goal.aim, N_("choose the basis on_schedule, progress or absolute")
        if goal.kpi.basis != "ratio" or not goal.kpi.sign or not goal.wrote("target", "path"):
            continue
        if aim.target and aim.target.value <= 0:
            yield goal.problem("target.value", "a ratio to a target of zero or less says nothing", hint)
        for key, step in aim.path.points:
            if step.value <= 0:
                yield goal.problem(f"path.{key}.value", "a ratio to a step of zero or less says nothing", hint)


def bands_are_in_order(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        kpi, bands = goal.kpi, goal.kpi.bands
        if bands is None or bands.preset or bands.listed:  # kpis.band_rules proves those
            continue
        sign = kpi.sign if kpi.basis == "absolute" and kpi.sign else 1
        if sign * (bands.on_track - bands.at_risk) <= 0:
            message = N_("on_track {on_track:g} is not better than at_risk {at_risk:g}")
            yield goal.problem("bands", message, "correct one of them", on_track=bands.on_track, at_risk=bands.at_risk)
        if kpi.basis != "absolute" and not 0 < min(bands.on_track, bands.at_risk) <= max(bands.on_track, bands.at_risk) <= 1:
            message = N_("with the basis {basis} bands are shares of what is due, above 0 and up to 1")
            yield goal.problem("bands", message, "write 0.90 for 90%", basis=kpi.basis)
        if kpi.basis == "absolute" and kpi.target and kpi.sign * (bands.on_track - kpi.target.value) > 0:
            message = N_("on_track {on_track:g} goes beyond the target {target:g}")
            yield goal.problem("bands.on_track", message, "correct one of them", on_track=bands.on_track, target=kpi.target.value)


def values_are_possible(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        indicator = written.definitions.indicator.get(goal.kpi.measure)
        steps = ((f"path.{key}", step) for key, step in goal.aim.path.points)
        for key, part in (("baseline", goal.aim.baseline), ("target", goal.aim.target), *steps):
            if not part or not indicator or not goal.wrote(key.partition(".")[0]):
                continue
            if indicator.min is not None and part.value < indicator.min:
                message = N_("{value:g} cannot be: the indicator is never below {limit:g}")
                yield goal.problem(
                    f"{key}.value", message, "correct the value, or the indicator's `min`", value=part.value, limit=indicator.min
                )
            if indicator.max is not None and part.value > indicator.max:
                message = N_("{value:g} cannot be: the indicator is never above {limit:g}")
                yield goal.problem(
                    f"{key}.value", message, "correct the value, or the indicator's `max`", value=part.value, limit=indicator.max
                )


def a_target_lies_within_the_mandate(written: Written) -> Iterator[Problem]:
    mandate = written.definitions.city.mandate
    for goal in written.every_goal:
        target = goal.aim.target
        if target and not target.reason and goal.wrote("target") and not mandate.start <= target.date <= mandate.end:
            message = N_("the target's date {date} is outside the mandate, {start} to {end}")
            values = {"date": target.date, "start": mandate.start, "end": mandate.end}
            yield goal.problem("target.date", message, "correct it, or say why as the target's `reason:`", **values)


def a_polarity_agrees_with_its_indicator(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        indicator = written.definitions.indicator.get(goal.kpi.measure)
        if indicator and goal.kpi.sign and indicator.polarity not in ("neutral", goal.kpi.polarity):
            message = N_("the goal says that {polarity} is better, its indicator says {other}")
            hint = N_("correct one of them, unless it is meant")
            yield goal.problem("polarity", message, hint, polarity=goal.kpi.polarity, other=indicator.polarity)


RULES: tuple[Rule, ...] = (
    an_id_is_given_once,
    names_are_known,
    targets_are_for_known_places_and_goals,
    a_target_is_no_step_back,
    a_target_lies_after_its_baseline,
    *rules_of_paths.RULES,
    a_basis_has_what_it_measures_from,
    a_ratio_has_a_target_above_zero,
    bands_are_in_order,
    band_rules.a_preset_is_known_and_fits,
    band_rules.a_list_of_bands_is_proved,
    band_rules.a_target_is_in_a_good_band,
    values_are_possible,
    *accumulation_rules.RULES,
    *METRIC_RULES,
    *RULES_OF_MEASURES,
)
WARNINGS: tuple[Rule, ...] = (
    a_target_lies_within_the_mandate,
    a_polarity_agrees_with_its_indicator,
    *accumulation_rules.WARNINGS,
    *METRIC_WARNINGS,
    *WARNINGS_OF_MEASURES,
)


def broken(written: Written) -> list[Problem]:
    """What is wrong with goals that could be read, by every rule."""
    return [problem for rule in RULES for problem in rule(written)]
