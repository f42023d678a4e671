"""What a signal says in one sentence: unusually high or low, by which rule, better or worse."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from data.indicators import Indicator
from data.problems import N_
from kpis.definition import Kpi
from kpis.reasons import amount
from kpis.score import Reason, Signal
from kpis.signals import LEAST, RUN, TREND

SENTENCES: dict[str, str] = {
    "outside high": N_("unusually high: above {high}, the most that this series does by itself"),
    "outside low": N_("unusually low: below {low}, the least that this series does by itself"),
    "jump high": N_("an unusual step up: more than this series moves by itself from one period to the next"),
    "jump low": N_("an unusual step down: more than this series moves by itself from one period to the next"),
    "run high": N_("unusually high: the last {run} values all lie above {centre}, their usual level"),
    "run low": N_("unusually low: the last {run} values all lie below {centre}, their usual level"),
    "trend high": N_("unusual: the last {trend} values rise without a break"),
    "trend low": N_("unusual: the last {trend} values fall without a break"),
    "near high": N_("unusually high: two of the last three values lie close to {high}, the most that this series does by itself"),
    "near low": N_("unusually low: two of the last three values lie close to {low}, the least that this series does by itself"),
    "usual": N_("nothing unusual: between {low} and {high}, as this series does by itself"),
    "too_short": N_("too short to tell what is usual: that takes {least} earlier values, and {points} are known"),
    "too_short since": N_(
        "too short to tell what is usual since the change of {phase}: that takes {least} earlier values, and {points} are known"
    ),
}
OF_THE_SEASON: dict[str, str] = {
    "outside high": N_("unusually high for the time of year: above {high}, the most that this series does by itself"),
    "outside low": N_("unusually low for the time of year: below {low}, the least that this series does by itself"),
    "jump high": N_("an unusual step up for the time of year: more than this series moves by itself"),
    "jump low": N_("an unusual step down for the time of year: more than this series moves by itself"),
    "run high": N_("unusually high for the time of year: for {run} values the change since a year before is above its usual level"),
    "run low": N_("unusually low for the time of year: for {run} values the change since a year before is below its usual level"),
    "trend high": N_("unusual: for {trend} values the change since a year before rises without a break"),
    "trend low": N_("unusual: for {trend} values the change since a year before falls without a break"),
    "near high": N_(
        "unusually high for the time of year: two of the last three values lie close to the most that this series does by itself"
    ),
    "near low": N_(
        "unusually low for the time of year: two of the last three values lie close to the least that this series does by itself"
    ),
    "usual": N_("nothing unusual for the time of year: between {low} and {high}, as this series does by itself"),
}
"""The same where it is the change since a year before that is judged."""
SIGNS = {"higher": 1, "lower": -1}
"""Which side is better; of any other polarity none is."""


def signal(kpi: Kpi, indicator: Indicator, found: Mapping[str, Any]) -> Signal:
    """A row of kpis.signals as a verdict on this goal."""
    rule = found["rule"]
    side: Literal["high", "low"] = "high" if found["side"] > 0 else "low"
    return Signal(
        verdict="unusual" if rule else "too_short" if found["centre"] is None else "usual",
        reason=reason(indicator, found),
        side=side if rule else None,
        direction=_direction(kpi, found["side"]) if rule else None,
        **{name: found[name] for name in ("rule", "new", "since", "low", "centre", "high", "points", "seasonal")},
    )


def _direction(kpi: Kpi, side: int) -> Literal["better", "worse", "neither"]:
    gain = SIGNS.get(kpi.polarity, 0) * side
    return "neither" if gain == 0 else "better" if gain > 0 else "worse"


def reason(indicator: Indicator, found: Mapping[str, Any]) -> Reason:
    """What a row of kpis.signals says, whatever goal the series belongs to."""
    rule = f"{found['rule']} {'high' if found['side'] > 0 else 'low'}" if found["rule"] else None
    declared = found["phase"] > date.min
    short = "too_short since" if declared else "too_short"
    case = rule or (short if found["centre"] is None else "usual")
    sentence = OF_THE_SEASON.get(case, SENTENCES[case]) if found["seasonal"] else SENTENCES[case]
    limits = {name: amount(found[name], indicator, found["value"]) for name in ("low", "centre", "high") if found[name] is not None}
    values = {**limits, "run": RUN, "trend": TREND, "least": LEAST, "points": found["points"], "phase": found["phase"]}
    return Reason(sentence, {name: value for name, value in values.items() if f"{{{name}}}" in sentence})
