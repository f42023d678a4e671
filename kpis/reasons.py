"""Why a status holds, in one sentence with its numbers."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from math import floor, isclose

from data.indicators import Indicator
from data.problems import N_
from kpis.accumulation import Counting, Form, begins, counted, form, scale
from kpis.attainment import EQUAL
from kpis.definition import Aim, Kpi, Path
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
    "neutral": N_("shown without a judgement: neither more nor less of it is better"),
    "gap": N_("a period up to {period} has no value, so that the sum is not known"),
    "season": N_("the target is spread over the year as the year before was, and that year is not whole"),
    "last_year": N_("the year before ended without a value to measure the reduction from"),
    "nothing asked": N_("nothing is due up to {period}"),
    "within": N_("{value} is within the range from {low} to {high}"),
    "outside": N_("{value} is outside the range from {low} to {high}: {share} attained"),
    "nearly": N_("{value} comes within {tolerance} of the target of {target}, which counts as met"),
    "nearly within": N_("{value} comes within {tolerance} of the range from {low} to {high}, which counts as met"),
    "sum": N_("{value} added up since {since} against {due} due by then: {share} of what is asked"),
    "yearly": N_("{value} after {base} when last year ended, against {due} due this year: {share} of the way"),
    "yearly not kept": N_("{value} is worse than the {due} due this year; last year ended better, at {base}"),
    "performance": N_("{value} is at {share} of the scale from {worst} to {best}"),
    "close": N_("{value} is within {room} of the {due} asked for: no less can be told apart, or it counts as met"),
    "close to the range": N_("{value} is within {room} of the range from {low} to {high}: no less can be told apart, or it counts as met"),
    "close to on track": N_("{value} is within {smallest} of being on track, and no less can be told apart"),
}
OF_A_LIMIT: dict[str, str] = {
    "exceeded": N_("{value} is well below the target of {target}, and lower is better"),
    "exceeded by way": N_("{value} is well below the target of {target}, and lower is better: {share} of the way from {baseline}"),
    "ratio": N_("{value} against {due} at the most: {share} attained"),
    "sum": N_("{value} added up since {since} against {due} at the most by then: {share} attained"),
    "absolute at_risk": N_("{value} is too much to be on track, which takes {on_track} at the most; up to {at_risk} it is at risk"),
    "absolute off_track": N_("{value} is above {at_risk}, up to which it would be at risk; the target is {target}"),
}
"""The same where lower is better, as far as the words would mislead there."""


def reason(kpi: Kpi, indicator: Indicator, aim: Aim, verdict: Mapping[str, object]) -> Reason:
    """The sentence for a row of kpis.judge, with the numbers that it names."""
    how = counted(kpi, aim, indicator)
    case = _case(kpi, aim, how, verdict)
    sentence = OF_A_LIMIT.get(case, SENTENCES[case]) if kpi.polarity == "lower" else SENTENCES[case]
    values = {name: value for name, value in _values(kpi, indicator, aim, how, verdict).items() if f"{{{name}}}" in sentence}
    return Reason(sentence, values)


def amount(number: float, indicator: Indicator, apart_from: float | None = None) -> Amount:
    """A number in the indicator's unit, with the decimals that tell it apart from another one."""
    decimals = indicator.decimals
    while apart_from is not None and decimals < 6 and number != apart_from and round(number, decimals) == round(apart_from, decimals):
        decimals += 1
    return Amount(number, indicator.unit, decimals, indicator.unit_one)


def difference(number: float, indicator: Indicator) -> Difference:
    """The size of a difference in the indicator's unit, with the decimals that tell it apart from none."""
    return Difference(abs(number), indicator.unit, amount(number, indicator, 0.0).decimals, indicator.unit_one)


def share(number: float) -> Share:
    """A share in whole percents, never rounded up: 89.9% of the way is not on track from 90%."""
    return Share(floor(number * 100 + 1e-6) / 100)


def _case(kpi: Kpi, aim: Aim, how: Counting, verdict: Mapping) -> str:
    status = str(verdict["status"])
    if status == "exceeded":
        return "exceeded by way" if verdict["progress"] is not None else "exceeded"
    if status == "reached":
        return _reached_case(kpi, aim, verdict)
    if status in ("on_track", "at_risk", "off_track"):
        return _judged_case(kpi, aim, how, verdict)
    return _unjudged_case(kpi, how, verdict)


def _unjudged_case(kpi: Kpi, how: Counting, verdict: Mapping) -> str:
    """Why nothing was judged, where the status alone does not say it."""
    status = str(verdict["status"])
    if status == "no_data" and verdict.get("hold"):
        return str(verdict["hold"])
    if status == "not_due" and how.sums and verdict["due"] is not None:
        return "nothing asked"
    return "neutral" if status == "untracked" and kpi.polarity == "neutral" else status


def _reached_case(kpi: Kpi, aim: Aim, verdict: Mapping) -> str:
    """Met as it is, or by the tolerance alone."""
    value, ends = verdict["value"], aim.target and aim.target.range
    if ends:
        return "within" if ends[0] <= value <= ends[1] or not kpi.tolerance else "nearly within"
    short = kpi.sign * (verdict["target"] - value)
    return "nearly" if kpi.tolerance and short > EQUAL * max(abs(value), 1.0) else "reached"


def _judged_case(kpi: Kpi, aim: Aim, how: Counting, verdict: Mapping) -> str:
    status, attained, formula = str(verdict["status"]), verdict["attainment"], form(kpi, how)
    if by_room := _room_case(kpi, formula, status, attained):
        return by_room
    if formula == "range":
        return "outside"
    if formula == "way" and kpi.attainment == "proportional":
        return _way_case(kpi, aim, how, verdict)
    if formula == "none" and kpi.bands:
        return f"absolute {status}"
    if attained is None or kpi.attainment == "binary":
        return _asked_case(aim, status)
    return "sum" if how.sums else formula


def _room_case(kpi: Kpi, formula: Form, status: str, attained: float | None) -> str | None:
    """Whether the status is owed to the tolerance or the smallest difference: by the band alone it would be a worse one."""
    bands = kpi.bands_in_force
    if attained is None or bands is None or not (kpi.tolerance or kpi.smallest_difference):
        return None
    if status == "on_track" and attained + EQUAL < bands.on_track:
        return "close to the range" if formula == "range" else "close"
    return "close to on track" if status == "at_risk" and attained + EQUAL < bands.at_risk else None


def _asked_case(aim: Aim, status: str) -> str:
    if status == "on_track":
        return "step met"
    return "not met" if aim.path != Path() or aim.programmed else "target missed"


def _way_case(kpi: Kpi, aim: Aim, how: Counting, verdict: Mapping) -> str:
    end = verdict["due"] if kpi.basis == "on_schedule" else verdict["target"]
    if how.accumulation == "reduction_annual":
        better = kpi.sign * (verdict["base"] - end) >= 0
        return ("step met" if verdict["attainment"] == 1 else "yearly not kept") if better else "yearly"
    if aim.baseline is None:
        return "not met"
    if isclose(end, aim.baseline.value, rel_tol=EQUAL):
        return "kept" if verdict["attainment"] == 1 else "not kept"
    return "away" if verdict["attainment"] < 0 else str(kpi.basis)


def _values(kpi: Kpi, indicator: Indicator, aim: Aim, how: Counting, verdict: Mapping) -> dict[str, object]:
    value, period = verdict["value"], verdict["period"]
    nearest = verdict["due"] if verdict["due"] is not None else verdict["target"]
    shown = verdict["progress"] if verdict["status"] == "exceeded" else verdict["attainment"]
    since = how.eve(period) if how.sums == "year" and period else begins(aim, how.year_starts)
    return {
        **{name: amount(number, indicator, value) for name, number in _numbers(kpi, indicator, aim, how, verdict) if number is not None},
        **{name: difference(room, indicator) for name, room in _rooms(kpi) if room is not None},
        "value": value if value is None else amount(value, indicator, nearest),
        "share": shown if shown is None else share(shown),
        "period": period and Period(period, indicator.frequency),
        "since": since and since + timedelta(days=1),
        "first_day": first_day(aim, how),
        "age": verdict["age_days"],
        "limit": verdict["limit_days"],
    }


def _numbers(kpi: Kpi, indicator: Indicator, aim: Aim, how: Counting, verdict: Mapping) -> Iterator[tuple[str, float | None]]:
    """What may stand in a sentence beside the value, by its name."""
    bands, target, ends = kpi.bands, aim.target, scale(kpi, indicator)
    asks_target = kpi.basis in ("progress", "performance") and how.accumulation is not None
    yield "due", verdict["target"] if asks_target else verdict["due"]
    yield "target", verdict["target"]
    yield "baseline", aim.baseline and aim.baseline.value
    yield "base", verdict.get("base")
    yield from (("low", target and target.low), ("high", target and target.high))
    if ends:
        yield from zip(("worst", "best") if kpi.sign > 0 else ("best", "worst"), (ends.min, ends.max), strict=True)
    yield from (("on_track", bands and bands.on_track), ("at_risk", bands and bands.at_risk))


def _rooms(kpi: Kpi) -> Iterator[tuple[str, float | None]]:
    """How close is close enough."""
    given = [room for room in (kpi.tolerance, kpi.smallest_difference) if room is not None]
    return iter((("tolerance", kpi.tolerance), ("smallest", kpi.smallest_difference), ("room", max(given, default=None))))
