"""Why a number is what it is: the rule, the arithmetic with its numbers, and what value would change the status."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from data.problems import N_
from kpis.accumulation import Identity, begins, scale
from kpis.reasons import amount, difference, share
from kpis.score import Amount, Reason, Score, Share, Status
from kpis.thresholds import form_of, measured_from, target_in_force, thresholds, upwards, way_of

RULES: dict[str, str] = {
    "on_schedule": N_(
        "How much of the way planned by now is done: value minus baseline, over due minus baseline. "
        "On track from {on_track}, at risk from {at_risk}."
    ),
    "progress": N_(
        "How much of the way to the target is done: value minus baseline, over target minus baseline. "
        "On track from {on_track}, at risk from {at_risk}."
    ),
    "ratio": N_(
        "The value over what is asked, or the other way round where lower is better. On track from {on_track}, at risk from {at_risk}."
    ),
    "range": N_(
        "All is attained within the range; outside it falls in a straight line, to nothing at the limit. "
        "On track from {on_track}, at risk from {at_risk}."
    ),
    "performance": N_(
        "Where the value lies on its scale, from the worse end to the better one. On track from {on_track}, at risk from {at_risk}."
    ),
    "absolute": N_("Met or not."),
    "absolute bands higher": N_("Held against values: on track from {on_track}, at risk from {at_risk}."),
    "absolute bands lower": N_("Held against values: on track up to {on_track}, at risk up to {at_risk}."),
}
ARITHMETIC: dict[str, str] = {
    "on_schedule": N_("({value} − {baseline}) / ({due} − {baseline}) = {share}"),
    "progress": N_("({value} − {baseline}) / ({target} − {baseline}) = {share}"),
    "ratio higher": N_("{value} / {due} = {share}"),
    "ratio lower": N_("{due} / {value} = {share}"),
    "whole higher": N_("{value} / {target} = {share}"),
    "whole lower": N_("{target} / {value} = {share}"),
    "below the range": N_("1 − ({low} − {value}) / ({low} − {limit}) = {share}"),
    "above the range": N_("1 − ({value} − {high}) / ({limit} − {high}) = {share}"),
    "performance higher": N_("({value} − {worst}) / ({best} − {worst}) = {share}"),
    "performance lower": N_("({worst} − {value}) / ({worst} − {best}) = {share}"),
}
COUNTED: dict[str, str] = {
    "level": N_("The value counts as it is; no baseline is subtracted."),
    "flow": N_("The values of the year are added up and held against the year's own target; each year stands alone."),
    "cumulative": N_("All values since {since} are added up and held against the whole target."),
    "above the baseline": N_("All values since {since} are added up, on top of the baseline."),
    "capacity": N_("Only what was added to the baseline counts."),
    "reduction": N_("What counts is how far the value fell from the baseline."),
    "reduction_annual": N_("What counts is how far the value fell from where last year ended."),
    "maintain": N_("The value is to be kept at its target from the first day on."),
    "broken": N_("What is programmed for the years does not make the target, so the latest value is taken for the plan's accumulated one."),
}
IDENTITIES: dict[Identity, str] = {
    "maintained": N_("Every year is programmed as much as the target: it is to be kept."),
    "last": N_("The last year is programmed as much as the target: each year's amount is a level to reach."),
    "total": N_("The years' amounts add up to the target: each is what is to be done in that year."),
    "increments": N_("The years' amounts add up to the way from the baseline to the target: each is what that year adds."),
    "last_increment": N_("The last year's amount is the way from the baseline to the target: amounts are counted on from the baseline."),
}
BINARY = N_("All or nothing: less than what is asked counts as nothing.")
TOLERATED: dict[str, str] = {
    "higher": N_("{tolerance} short of what is asked still counts as met."),
    "lower": N_("{tolerance} above what is asked still counts as met."),
    "range": N_("{tolerance} outside the range still counts as met."),
}
WIDENED = N_("Bands narrower than {smallest} are widened to it, because the data cannot tell less apart.")


@dataclass(frozen=True)
class Explanation:
    """`inputs` by name (value, baseline, due, target ...); `arithmetic` is None where nothing was divided.

    `thresholds` gives the value from which each status would hold, in the indicator's unit; None where no value would. With
    `upwards` that value and all above it do, else it and all below.
    `notes` say how values are counted and what the rule is softened or sharpened by.
    """

    rule: Reason | None
    inputs: Mapping[str, Amount]
    arithmetic: Reason | None
    thresholds: Mapping[Status, Amount | None]
    notes: tuple[Reason, ...] = ()
    upwards: bool = True


def explain(score: Score) -> Explanation:
    """How a score came about. Without a target there is no rule, and no threshold."""
    if score.aim.target is None or score.kpi.polarity == "neutral":
        return Explanation(None, _inputs(score), None, {})
    found = thresholds(score) if score.due is not None else {}
    values: dict[Status, Amount | None] = {
        status: None if number is None else amount(number, score.indicator) for status, number in found.items()
    }
    return Explanation(_rule(score), _inputs(score), _arithmetic(score), values, tuple(_notes(score)), upwards(score))


def _inputs(score: Score) -> dict[str, Amount]:
    target, ends, sign = score.aim.target, scale(score.kpi, score.indicator), score.kpi.sign
    below = target is not None and target.low is not None and score.value is not None and score.value < target.low
    numbers = {
        "value": score.value,
        "baseline": measured_from(score),
        "due": score.due,
        "target": None if target is None or target.range else target_in_force(score),
        "low": target and target.low,
        "high": target and target.high,
        "limit": target and (target.low_limit if below else target.high_limit),
        **({"worst": ends.min if sign > 0 else ends.max, "best": ends.max if sign > 0 else ends.min} if ends else {}),
    }
    return {name: amount(number, score.indicator) for name, number in numbers.items() if number is not None}


def _rule(score: Score) -> Reason:
    bands, formula = score.bands, form_of(score)
    if bands is None:
        return Reason(RULES["absolute"])
    if formula == "none":
        values = {"on_track": amount(bands.on_track, score.indicator), "at_risk": amount(bands.at_risk, score.indicator)}
        return Reason(RULES[f"absolute bands {score.kpi.polarity}"], values)
    name = score.kpi.basis if formula == "way" else formula
    return Reason(RULES[name], {"on_track": Share(bands.on_track), "at_risk": Share(bands.at_risk)})


def _notes(score: Score) -> Iterator[Reason]:
    kpi, how = score.kpi, score.counted
    if how.broken:
        yield Reason(COUNTED["broken"])
    elif how.accumulation:
        since = begins(score.aim, how.year_starts)
        values = {"since": since + timedelta(days=1)} if how.sums == "plan" and since else {}
        yield Reason(COUNTED["above the baseline" if how.above_baseline else how.accumulation], values)
    if how.identity:
        yield Reason(IDENTITIES[how.identity])
    if kpi.attainment == "binary":
        yield Reason(BINARY)
    if kpi.tolerance:
        yield Reason(TOLERATED[kpi.polarity], {"tolerance": difference(kpi.tolerance, score.indicator)})
    if kpi.smallest_difference:
        yield Reason(WIDENED, {"smallest": difference(kpi.smallest_difference, score.indicator)})


def _arithmetic(score: Score) -> Reason | None:
    case = _arithmetic_case(score)
    if case is None or score.attainment is None:
        return None
    inputs = _inputs(score)
    values = {name: value for name, value in inputs.items() if f"{{{name}}}" in ARITHMETIC[case]}
    return Reason(ARITHMETIC[case], {**values, "share": share(score.attainment)})


def _arithmetic_case(score: Score) -> str | None:
    formula, polarity, target = form_of(score), score.kpi.polarity, score.aim.target
    if score.attainment is None or score.kpi.attainment == "binary" or target is None:
        return None
    if formula == "way":
        way = way_of(score)
        turned = way is not None and score.counted.accumulation == "reduction_annual" and score.kpi.sign * (way[1] - way[0]) <= 0
        return None if way is None or turned else score.kpi.basis
    if formula == "range":
        return _range_case(score)
    if formula == "ratio" and score.counted.accumulation and score.kpi.basis == "progress":
        return f"whole {polarity}"
    return f"{formula} {polarity}"


def _range_case(score: Score) -> str | None:
    """On which side of its range the value is; None where it is inside, or nothing counts on that side."""
    target, value = score.aim.target, score.value
    assert target is not None and target.low is not None and target.high is not None and value is not None
    if value < target.low and target.low_limit is not None:
        return "below the range"
    return "above the range" if value > target.high and target.high_limit is not None else None
