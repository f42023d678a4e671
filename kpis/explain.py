"""Why a number is what it is: the rule, the arithmetic with its numbers, and what value would change the status."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import isclose

from data.problems import N_
from kpis.accumulation import Identity, begins, form, scale
from kpis.attainment import EQUAL
from kpis.definition import EXCEEDED
from kpis.reasons import amount, difference, share
from kpis.score import Amount, Reason, Score, Share, Status

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
    "absolute bands": N_("Held against values: on track from {on_track}, at risk from {at_risk}."),
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
TOLERATED = N_("{tolerance} short of what is asked still counts as met.")
WIDENED = N_("Bands narrower than {smallest} are widened to it, because the data cannot tell less apart.")


@dataclass(frozen=True)
class Explanation:
    """`inputs` by name (value, baseline, due, target ...); `arithmetic` is None where nothing was divided.

    `thresholds` gives the value from which each status would hold, in the indicator's unit; None where no value would.
    `notes` say how values are counted and what the rule is softened or sharpened by.
    """

    rule: Reason | None
    inputs: Mapping[str, Amount]
    arithmetic: Reason | None
    thresholds: Mapping[Status, Amount | None]
    notes: tuple[Reason, ...] = ()


def explain(score: Score) -> Explanation:
    """How a score came about. Without a target there is no rule, and no threshold."""
    if score.aim.target is None or score.kpi.polarity == "neutral":
        return Explanation(None, _inputs(score), None, {})
    found = dict(_in_order(score, _thresholds(score))) if score.due is not None else {}
    thresholds: dict[Status, Amount | None] = {
        status: None if number is None else amount(number, score.indicator) for status, number in found.items()
    }
    return Explanation(_rule(score), _inputs(score), _arithmetic(score), thresholds, tuple(_notes(score)))


def _inputs(score: Score) -> dict[str, Amount]:
    target, ends, sign = score.aim.target, scale(score.kpi, score.indicator), score.kpi.sign
    below = target is not None and target.low is not None and score.value is not None and score.value < target.low
    numbers = {
        "value": score.value,
        "baseline": _base(score),
        "due": score.due,
        "target": None if target is None or target.range else _target(score),
        "low": target and target.low,
        "high": target and target.high,
        "limit": target and (target.low_limit if below else target.high_limit),
        **({"worst": ends.min if sign > 0 else ends.max, "best": ends.max if sign > 0 else ends.min} if ends else {}),
    }
    return {name: amount(number, score.indicator) for name, number in numbers.items() if number is not None}


def _base(score: Score) -> float | None:
    """What a way is measured from: the baseline, or where last year ended."""
    if score.counted.accumulation == "reduction_annual":
        return score.base
    return score.aim.baseline.value if score.aim.baseline else None


def _target(score: Score) -> float:
    """The target in force: of a flow, this year's."""
    assert score.aim.target is not None
    return score.aim.target.value if score.target_now is None else score.target_now


def _form(score: Score) -> str:
    return form(score.kpi, score.counted)


def _rule(score: Score) -> Reason:
    bands, formula = score.bands, _form(score)
    if bands is None:
        return Reason(RULES["absolute"])
    if formula == "none":
        values = {"on_track": amount(bands.on_track, score.indicator), "at_risk": amount(bands.at_risk, score.indicator)}
        return Reason(RULES["absolute bands"], values)
    name = score.kpi.basis if formula == "way" else formula
    return Reason(RULES[name], {"on_track": Share(bands.on_track), "at_risk": Share(bands.at_risk)})


def _notes(score: Score) -> Iterator[Reason]:
    kpi, how = score.kpi, score.counted
    if how.broken:
        yield Reason(COUNTED["broken"])
    elif how.accumulation:
        since = begins(score.aim)
        values = {"since": since + timedelta(days=1)} if how.sums == "plan" and since else {}
        yield Reason(COUNTED["above the baseline" if how.above_baseline else how.accumulation], values)
    if how.identity:
        yield Reason(IDENTITIES[how.identity])
    if kpi.attainment == "binary":
        yield Reason(BINARY)
    if kpi.tolerance:
        yield Reason(TOLERATED, {"tolerance": difference(kpi.tolerance, score.indicator)})
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
    formula, polarity, target = _form(score), score.kpi.polarity, score.aim.target
    if score.attainment is None or score.kpi.attainment == "binary" or target is None:
        return None
    if formula == "way":
        way = _way(score)
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


def _way(score: Score) -> tuple[float, float] | None:
    """Where the way that is measured begins and ends; None where it has no length."""
    base, target = _base(score), score.aim.target
    end = score.due if score.kpi.basis == "on_schedule" else target and _target(score)
    if base is None or end is None or isclose(end, base, rel_tol=EQUAL):
        return None
    return base, end


def _thresholds(score: Score) -> dict[Status, float | None]:
    bands, due = score.bands, score.due
    assert score.aim.target is not None and due is not None
    if score.aim.target.range:
        return _range_thresholds(score)
    target = _target(score)
    reached = target - score.kpi.sign * (score.kpi.tolerance or 0.0)
    found: dict[Status, float | None] = {"exceeded": _exceeded_from(score, target), "reached": reached}
    if score.counted.sums and score.kpi.sign < 0:
        found = {"exceeded": None, "reached": None}  # a sum that must stay low is not settled before its end
    asked = target if score.kpi.basis in ("progress", "performance") else due
    if bands is None or score.kpi.attainment == "binary":
        eased = asked - score.kpi.sign * _room(score)
        return {**found, "on_track": None if asked == target else eased, "at_risk": None}
    on_track = _eased(score, _from(score, asked, bands.on_track), asked)
    at_risk = _from(score, asked, bands.at_risk)
    if on_track is not None and score.kpi.smallest_difference:
        at_risk = _worse(score, at_risk, on_track - score.kpi.sign * score.kpi.smallest_difference)
    return {**found, "on_track": on_track, "at_risk": at_risk}


def _in_order(score: Score, found: Mapping[Status, float | None]) -> Iterator[tuple[Status, float | None]]:
    """Without a value that would already have a better status."""
    best = None
    for status, value in found.items():
        past = value is not None and best is not None and _outwards(score) * (value - best) > 0
        yield status, None if past else value
        best = best if past or value is None else value


def _outwards(score: Score) -> int:
    """Where better values lie; of a range, inwards from the value's side."""
    target = score.aim.target
    if target is None or not target.range or score.value is None:
        return score.kpi.sign
    return 1 if score.value < target.value else -1


def _room(score: Score) -> float:
    return max(score.kpi.tolerance or 0.0, score.kpi.smallest_difference or 0.0)


def _eased(score: Score, value: float | None, asked: float) -> float | None:
    """A threshold no closer to what is asked than the tolerance and the smallest difference."""
    return _worse(score, value, asked - score.kpi.sign * _room(score)) if _room(score) else value


def _worse(score: Score, one: float | None, other: float) -> float:
    if one is None:
        return other
    return min(one, other) if score.kpi.sign > 0 else max(one, other)


def _range_thresholds(score: Score) -> dict[Status, float | None]:
    """On the value's own side of the range, or on the nearer one."""
    target, bands, value = score.aim.target, score.bands, score.value
    assert target is not None and target.low is not None and target.high is not None and value is not None
    below = value < (target.low + target.high) / 2
    end, limit, outwards = (target.low, target.low_limit, -1.0) if below else (target.high, target.high_limit, 1.0)
    width, smallest = 0.0 if limit is None else abs(limit - end), score.kpi.smallest_difference or 0.0
    reached: dict[Status, float | None] = {"exceeded": None, "reached": end + outwards * (score.kpi.tolerance or 0.0)}
    if bands is None or score.kpi.attainment == "binary":
        return {**reached, "on_track": None, "at_risk": None}
    on_track = max((1 - bands.on_track) * width, _room(score))
    at_risk = max((1 - bands.at_risk) * width, on_track + smallest)
    return {**reached, "on_track": end + outwards * on_track, "at_risk": end + outwards * at_risk}


def _from(score: Score, asked: float, band: float) -> float | None:
    formula, ends = _form(score), scale(score.kpi, score.indicator)
    if formula == "none":
        return band
    if formula == "ratio":
        return None if asked <= 0 else asked * band if score.kpi.sign > 0 else asked / band
    if formula == "performance":
        assert ends is not None
        worst, best = (ends.min, ends.max) if score.kpi.sign > 0 else (ends.max, ends.min)
        return worst + band * (best - worst)
    if (way := _way(score)) and score.kpi.sign * (way[1] - way[0]) > 0:
        return way[0] + band * (way[1] - way[0])
    assert score.bands is not None
    kept = asked if score.counted.accumulation == "reduction_annual" else _base(score)
    return kept if band == score.bands.on_track else None


def _exceeded_from(score: Score, target: float) -> float | None:
    base = None if _form(score) in ("ratio", "performance", "none") and score.counted.accumulation else _base(score)
    if base is not None and score.counted.accumulation == "reduction_annual" and score.kpi.sign * (base - target) >= 0:
        base = None
    if base is not None and not isclose(target, base, rel_tol=EQUAL):
        return base + EXCEEDED * (target - base)
    if target <= 0:
        return None
    return target * EXCEEDED if score.kpi.sign > 0 else target / EXCEEDED
