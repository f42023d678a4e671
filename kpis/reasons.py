"""Why a status holds, in one sentence with its numbers."""

from collections.abc import Mapping
from math import floor, isclose

from data.indicators import Indicator
from data.problems import N_
from kpis.attainment import EQUAL
from kpis.definition import Aim, Kpi
from kpis.paths import first_day
from kpis.score import Amount, Difference, Period, Reason, Share

SENTENCES: dict[str, str] = {
    "untracked": N_("no target is set"),
    "no_data": N_("no value is known up to this month"),
    "not_due": N_("nothing is due before {first_day}"),
    "stale": N_("the latest value, {value}, is of {period}: {age} days old at the review, and {limit} is the limit"),
    "reached": N_("{value} meets the target of {target}"),
    "exceeded": N_("{value} goes beyond the target of {target}"),
    "exceeded by way": N_("{value} goes beyond the target of {target}: {share} of the way from {baseline}"),
    "on_schedule": N_("{value} against {due} due now: {share} of the way that was planned by then"),
    "progress": N_("{value} on the way to {target}: {share} of the way from {baseline}"),
    "away": N_("{value} is further from the target of {target} than the baseline, {baseline}"),
    "kept": N_("{value} is no worse than the baseline, {baseline}, and no more is due yet"),
    "not kept": N_("{value} is worse than the baseline, {baseline}, which was to be kept"),
    "ratio": N_("{value} against {due}: {share} of what is asked"),
    "absolute on_track": N_("{value} does not meet the target of {target}, but {on_track} is enough to be on track"),
    "absolute at_risk": N_("{value} is not enough to be on track, which takes {on_track}; from {at_risk} it is at risk"),
    "absolute off_track": N_("{value} misses {at_risk}, from which it would be at risk; the target is {target}"),
    "step met": N_("{value} meets the {due} due now, on the way to {target}"),
    "not met": N_("{value} does not meet the {due} due now"),
    "target missed": N_("{value} does not meet the target of {target}"),
}


def reason(kpi: Kpi, indicator: Indicator, aim: Aim, verdict: Mapping[str, object]) -> Reason:
    """The sentence for a row of kpis.judge, with the numbers that it names."""
    sentence = SENTENCES[_case(kpi, aim, verdict)]
    values = {name: value for name, value in _values(kpi, indicator, aim, verdict).items() if f"{{{name}}}" in sentence}
    return Reason(sentence, values)


def amount(number: float, indicator: Indicator, apart_from: float | None = None) -> Amount:
    """A number in the indicator's unit, with the decimals that tell it apart from another one."""
    decimals = indicator.decimals
    while apart_from is not None and decimals < 6 and number != apart_from and round(number, decimals) == round(apart_from, decimals):
        decimals += 1
    return Amount(number, indicator.unit, decimals)


def difference(number: float, indicator: Indicator) -> Difference:
    """The size of a difference in the indicator's unit, with the decimals that tell it apart from none."""
    return Difference(abs(number), indicator.unit, amount(number, indicator, 0.0).decimals)


def share(number: float) -> Share:
    """A share in whole percents, never rounded up: 89.9% of the way is not on track from 90%."""
    return Share(floor(number * 100 + 1e-6) / 100)


def _case(kpi: Kpi, aim: Aim, verdict: Mapping) -> str:
    status, attained = verdict["status"], verdict["attainment"]
    if status == "exceeded":
        return "exceeded by way" if verdict["progress"] is not None else "exceeded"
    if status not in ("on_track", "at_risk", "off_track"):
        return str(status)
    if kpi.needs_baseline:
        return _way_case(kpi, aim, verdict)
    if kpi.basis == "absolute" and kpi.bands:
        return f"absolute {status}"
    return "ratio" if attained is not None else _asked_case(aim, str(status))


def _asked_case(aim: Aim, status: str) -> str:
    if status == "on_track":
        return "step met"
    return "not met" if aim.path.steps else "target missed"


def _way_case(kpi: Kpi, aim: Aim, verdict: Mapping) -> str:
    end = verdict["due"] if kpi.basis == "on_schedule" else verdict["target"]
    if aim.baseline is None:
        return "not met"
    if isclose(end, aim.baseline.value, rel_tol=EQUAL):
        return "kept" if verdict["attainment"] == 1 else "not kept"
    return "away" if verdict["attainment"] < 0 else str(kpi.basis)


def _values(kpi: Kpi, indicator: Indicator, aim: Aim, verdict: Mapping) -> dict[str, object]:
    value, bands, period = verdict["value"], kpi.bands, verdict["period"]
    nearest = verdict["due"] if verdict["due"] is not None else verdict["target"]
    shown = verdict["progress"] if verdict["status"] == "exceeded" else verdict["attainment"]
    numbers = {
        "due": verdict["due"],
        "target": verdict["target"],
        "baseline": aim.baseline and aim.baseline.value,
        "on_track": bands and bands.on_track,
        "at_risk": bands and bands.at_risk,
    }
    return {
        **{name: amount(number, indicator, value) for name, number in numbers.items() if number is not None},
        "value": value if value is None else amount(value, indicator, nearest),
        "share": shown if shown is None else share(shown),
        "period": period and Period(period, indicator.frequency),
        "first_day": first_day(aim),
        "age": verdict["age_days"],
        "limit": verdict["limit_days"],
    }
