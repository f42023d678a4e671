"""Why a number is what it is: the rule, the arithmetic with its numbers, and what value would change the status."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose

from data.problems import N_
from kpis.attainment import EQUAL
from kpis.definition import EXCEEDED
from kpis.reasons import amount, share
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
    "absolute": N_("Met or not."),
    "absolute bands": N_("Held against values: on track from {on_track}, at risk from {at_risk}."),
}
ARITHMETIC: dict[str, str] = {
    "on_schedule": N_("({value} − {baseline}) / ({due} − {baseline}) = {share}"),
    "progress": N_("({value} − {baseline}) / ({target} − {baseline}) = {share}"),
    "ratio higher": N_("{value} / {due} = {share}"),
    "ratio lower": N_("{due} / {value} = {share}"),
}


@dataclass(frozen=True)
class Explanation:
    """`inputs` by name (value, baseline, due, target); `arithmetic` is None where nothing was divided.

    `thresholds` gives the value from which each status would hold, in the indicator's unit; None where no value would.
    """

    rule: Reason | None
    inputs: Mapping[str, Amount]
    arithmetic: Reason | None
    thresholds: Mapping[Status, Amount | None]


def explain(score: Score) -> Explanation:
    """How a score came about. Without a target there is no rule, and no threshold."""
    if score.aim.target is None:
        return Explanation(None, _inputs(score), None, {})
    found = _thresholds(score) if score.due is not None else {}
    thresholds: dict[Status, Amount | None] = {
        status: None if number is None else amount(number, score.indicator) for status, number in found.items()
    }
    return Explanation(_rule(score), _inputs(score), _arithmetic(score), thresholds)


def _inputs(score: Score) -> dict[str, Amount]:
    baseline, target = score.aim.baseline, score.aim.target
    numbers = {"value": score.value, "baseline": baseline and baseline.value, "due": score.due, "target": target and target.value}
    return {name: amount(number, score.indicator) for name, number in numbers.items() if number is not None}


def _rule(score: Score) -> Reason:
    bands = score.bands
    if bands is None:
        return Reason(RULES["absolute"])
    if score.kpi.basis == "absolute":
        values = {"on_track": amount(bands.on_track, score.indicator), "at_risk": amount(bands.at_risk, score.indicator)}
        return Reason(RULES["absolute bands"], values)
    return Reason(RULES[score.kpi.basis], {"on_track": Share(bands.on_track), "at_risk": Share(bands.at_risk)})


def _arithmetic(score: Score) -> Reason | None:
    if score.attainment is None or (score.kpi.needs_baseline and _way(score) is None):
        return None
    case = f"ratio {score.kpi.polarity}" if score.kpi.basis == "ratio" else score.kpi.basis
    values = {name: value for name, value in _inputs(score).items() if f"{{{name}}}" in ARITHMETIC[case]}
    return Reason(ARITHMETIC[case], {**values, "share": share(score.attainment)})


def _way(score: Score) -> tuple[float, float] | None:
    """Where the way that is measured begins and ends; None where it has no length."""
    baseline, target = score.aim.baseline, score.aim.target
    end = score.due if score.kpi.basis == "on_schedule" else target and target.value
    if baseline is None or end is None or isclose(end, baseline.value, rel_tol=EQUAL):
        return None
    return baseline.value, end


def _thresholds(score: Score) -> dict[Status, float | None]:
    target, bands, due = score.aim.target, score.bands, score.due
    assert target is not None and due is not None
    found: dict[Status, float | None] = {"exceeded": _exceeded_from(score, target.value), "reached": target.value}
    if bands is None:
        return {**found, "on_track": None if due == target.value else due, "at_risk": None}
    return {**found, "on_track": _from(score, due, bands.on_track), "at_risk": _from(score, due, bands.at_risk)}


def _from(score: Score, due: float, band: float) -> float | None:
    if score.kpi.basis == "absolute":
        return band
    if score.kpi.basis == "ratio":
        return None if due <= 0 else due * band if score.kpi.polarity == "higher" else due / band
    if way := _way(score):
        return way[0] + band * (way[1] - way[0])
    assert score.bands is not None
    return score.aim.baseline.value if score.aim.baseline and band == score.bands.on_track else None


def _exceeded_from(score: Score, target: float) -> float | None:
    baseline = score.aim.baseline
    if baseline is not None and not isclose(target, baseline.value, rel_tol=EQUAL):
        return baseline.value + EXCEEDED * (target - baseline.value)
    if target <= 0:
        return None
    return target * EXCEEDED if score.kpi.polarity == "higher" else target / EXCEEDED
