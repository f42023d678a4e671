"""Too thin to estimate anything: said before an estimator is asked, with what would be needed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from data.problems import N_
from kpis.impact.panel import Panel
from kpis.impact.study import Method, Study
from kpis.score import Reason, Said

BEFORE: dict[Method, int] = {"sdid": 8, "sc": 8, "did": 1, "event_study": 3, "its": 12}
"""The fewest periods before the start. Eight are what a comparison is fitted on at the least; an event study needs some to hold against."""
ALONE_MONTHS = 24
"""The same of months without a comparison: in less than two years a season and a trend look alike."""
AFTER: dict[Method, int] = {"sdid": 3, "sc": 3, "did": 1, "event_study": 1, "its": 6}
"""The fewest periods under the policy."""
OTHERS = 5
"""The fewest places beside: among fewer, nobody can say what happens by chance. Two groups of many rows each are told by their rows."""
MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, eq=False)
class Asked:
    """What rules are asked about."""

    panel: Panel
    study: Study


def refusal(panel: Panel, study: Study) -> Reason | None:
    """Why nothing can be estimated from these figures, and what would be needed; None where something can."""
    return next((reason for rule in RULES for reason in rule(Asked(panel, study))), None)


def _nothing_missing(asked: Asked) -> Iterator[Reason]:
    missing = np.argwhere(~np.isfinite(asked.panel.values))
    if len(missing):
        unit, period = missing[0]
        yield Reason(
            N_("values missing: {missing}, the first of {unit} in {period}; fill them in, or leave out who lacks them with donors_out"),
            {"missing": len(missing), "unit": Said(asked.panel.units[unit]), "period": Said(asked.panel.periods[period])},
        )


def _somebody_treated(asked: Asked) -> Iterator[Reason]:
    if not asked.panel.treated.any():
        yield Reason(N_("nobody in these figures is under the policy; name who is, and since when"))


def _long_before(asked: Asked) -> Iterator[Reason]:
    least = _least_alone(asked) if asked.study.method == "its" else BEFORE[asked.study.method]
    if asked.panel.start < least:
        yield Reason(
            N_("periods before the start: {before}, where at least {least} are needed; take figures that begin earlier"),
            {"before": asked.panel.start, "least": least},
        )


def _least_alone(asked: Asked) -> int:
    """Without a comparison: two years of months, and the stated season twice."""
    months = all(MONTH.fullmatch(period) for period in asked.panel.periods)
    return max(ALONE_MONTHS if months else BEFORE["its"], 2 * asked.study.season.period if asked.study.season else 0)


def _long_after(asked: Asked) -> Iterator[Reason]:
    after, least = len(asked.panel.periods) - asked.panel.start, AFTER[asked.study.method]
    if after < least:
        yield Reason(
            N_("periods under the policy: {after}, where at least {least} are needed; ask again when there are more"),
            {"after": after, "least": least},
        )


def _enough_others(asked: Asked) -> Iterator[Reason]:
    others = len(asked.panel.donors)
    if asked.study.method == "its":
        return
    if not others:
        yield Reason(N_("nobody is left to compare with; name others, or ask with the method its, which tells less"))
    elif others < OTHERS and asked.panel.samples is None:
        yield Reason(
            N_("others to compare with: {others}, where at least {least} are needed to tell an effect from chance; name more of them"),
            {"others": others, "least": OTHERS},
        )


def _more_beside_than_under(asked: Asked) -> Iterator[Reason]:
    treated, others = int(asked.panel.treated.sum()), len(asked.panel.donors)
    if asked.study.method in ("sdid", "sc") and others <= treated:
        yield Reason(
            N_("under the policy: {treated}, beside them: {others}; this method needs more beside: name more, or ask with did"),
            {"treated": treated, "others": others},
        )


def _something_moves(asked: Asked) -> Iterator[Reason]:
    if not np.ptp(asked.panel.path[: asked.panel.start]) and asked.panel.start > 1:
        yield Reason(N_("the figure never changed before the start, so that nothing says how much it moves by itself"))


RULES: tuple[Callable[[Asked], Iterator[Reason]], ...] = (
    _nothing_missing,
    _somebody_treated,
    _long_before,
    _long_after,
    _enough_others,
    _more_beside_than_under,
    _something_moves,
)
"""In the order in which they are said; the first that fires is."""
