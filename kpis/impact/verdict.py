"""A verdict that a mayor understands, from an effect and the rules of kpis.impact.checks; docs/verdicts.md has them in words.

* clear_effect: 0 lies outside the 95% interval, outside a stricter one of 99%, and no check speaks against it
* likely_effect: 0 lies outside the 95% interval, but a check speaks against it; or 0 lies inside, but the treated stands out among
  its placebos by what it moved for its own size, and nothing else speaks against it
* no_detectable_effect: 0 lies inside, and an effect of the size that matters lies outside: it would have been seen
* cannot_tell: a check forbids a verdict, or 0 lies inside and an effect that matters could hide there
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from data.problems import N_
from kpis.impact.case import SHOWN, Case, quantile
from kpis.impact.checks import EQUAL, EXTREME, STEADY, Finding, comes_in_slowly, findings
from kpis.impact.doubts import three
from kpis.impact.effect import Effect
from kpis.impact.panel import Numbers, Panel
from kpis.impact.study import Study
from kpis.score import Reason

Kind = Literal["clear_effect", "likely_effect", "no_detectable_effect", "cannot_tell"]
KINDS: tuple[Kind, ...] = ("clear_effect", "likely_effect", "no_detectable_effect", "cannot_tell")
Way = Literal["better", "worse", "higher", "lower"]
LEAST_FOR_A_TREND = 4
"""Periods before the start in which a trend can be told from chance at all."""
POWER = 0.8
"""An effect counts as detectable if it would be told from chance four times in five."""

WAYS: dict[tuple[str, str | None], str] = {
    ("higher", "higher"): N_("the policy improved it: {size} higher than it would have been without (95% interval: {low} to {high})"),
    ("lower", "lower"): N_("the policy improved it: {size} lower than it would have been without (95% interval: {low} to {high})"),
    ("higher", "lower"): N_("it got worse under the policy: {size} higher than it would have been without (95% interval: {low} to {high})"),
    ("lower", "higher"): N_("it got worse under the policy: {size} lower than it would have been without (95% interval: {low} to {high})"),
    ("higher", None): N_("{size} higher than it would have been without the policy (95% interval: {low} to {high})"),
    ("lower", None): N_("{size} lower than it would have been without the policy (95% interval: {low} to {high})"),
}
"""Which way it went, and which way is better."""
CHANCE = N_(
    "cannot be told from chance: {size} against what would have been without the policy (95% interval: {low} to {high}, zero included)"
)
SEEN = N_("an effect of {smallest}, the smallest that would matter, lies outside; one of {detectable} is seen in four cases of five")
SEEN_BESIDE_USUAL = N_(
    "an effect of {smallest}, as much as the figure varies by itself, lies outside; one of {detectable} is seen in four cases of five"
)
HIDDEN = N_("an effect of {smallest}, the smallest that would matter, could hide inside; one of {detectable} is seen in four cases of five")
HIDDEN_BESIDE_USUAL = N_(
    "an effect of {smallest}, as much as the figure varies by itself, could hide inside; one of {detectable} is seen in four cases of five"
)
SLOWLY = N_("each value is of the last {window} periods, and the policy has {after}: an effect comes in slowly")
LONGER = N_("at least {periods} periods under the policy, or figures of each period by itself")
TOO_SMALL = N_("an effect there is, but too small to matter: {smallest} is the smallest that would")
PERHAPS_TOO_SMALL = N_("it may be too small to matter: {smallest} is the smallest that would")
STANDS_OUT = N_("the interval includes zero, but for its own size it moved as number {rank} of {places} places: chance seldom does that")
MORE = N_("more periods under the policy, more places under it, or more to compare with")


@dataclass(frozen=True)
class Verdict:
    """`because` says the effect first, then what decided the kind; `doubts` are three; `needed` is told where it cannot tell.

    `way` is None where no effect is told. `detectable` is the smallest effect that would be seen in four cases of five, `smallest` the one
    that it was held against: the study's, or how far the treated path strayed before the start. Both in the estimate's unit.
    `against` names the checks that spoke against it (kpis.impact.checks), such as fit or rank.
    """

    kind: Kind
    because: tuple[Reason, ...]
    doubts: tuple[Reason, ...] = ()
    needed: Reason | None = None
    way: Way | None = None
    too_small: bool = False
    detectable: float | None = None
    smallest: float | None = None
    against: tuple[str, ...] = ()


def judge(effect: Effect, panel: Panel, study: Study) -> Verdict:
    """What can be said of an effect, and what speaks against it."""
    case = Case(effect, panel, study)
    found = findings(case)
    forbidden = [finding for finding in found if finding.grade == "forbids"]
    if forbidden:
        said = Verdict("cannot_tell", tuple(finding.because for finding in forbidden), needed=forbidden[0].needed)
    else:
        said = _seen(case, found) if case.told or _stands_out(case, found) else _not_seen(case, found)
    return replace(said, doubts=three(case), against=tuple(finding.rule for finding in found), detectable=detectable(case))


def _stands_out(case: Case, found: Sequence[Finding]) -> bool:
    """By the rank among the placebos alone, each held against its own gaps before: small where the interval is that of noisier places."""
    chance = case.number("placebo_p")
    return chance is not None and chance <= EXTREME + EQUAL and {finding.rule for finding in found} == {"strict"}


def detectable(case: Case) -> float | None:
    """The smallest effect that would be told from chance in four cases of five (Bloom, 1995); None where the doubt is not known."""
    return case.doubt * (quantile(SHOWN, case.degrees) + quantile(2 * POWER - 1, case.degrees)) if case.doubt else None


def matters(case: Case) -> float:
    """The smallest effect that matters: the study's own, or how far the treated path strays before the start, around its own trend.

    Of a figure that grows the plain standard deviation is mostly the growth: beside it every effect would be too small to matter.
    """
    if case.smallest is not None:
        return case.smallest
    before = case.panel.path[: case.panel.start]
    if len(before) < 2:
        return float(np.std(case.panel.values))
    return min(float(np.std(before, ddof=1)), _around_its_trend(before) if len(before) >= LEAST_FOR_A_TREND else np.inf)


def _around_its_trend(path: Numbers) -> float:
    """The standard deviation of what a straight line leaves, which took two degrees of freedom."""
    when = np.arange(len(path)) - (len(path) - 1) / 2
    level = path - path.mean()
    left = level - when * (when @ level) / (when @ when)
    return float(np.sqrt(left @ left / (len(path) - 2)))


def _seen(case: Case, found: Sequence[Finding]) -> Verdict:
    effect, study, smallest = case.effect, case.study, case.smallest
    went = "higher" if effect.estimate > 0 else "lower"
    small = smallest is not None and abs(effect.estimate) < smallest
    sized = _sized(WAYS[went, study.better], case, abs(effect.estimate))
    return Verdict(
        "likely_effect" if found else "clear_effect",
        (sized, *[_too_small(case)] * small, *_but(case, found)),
        way=("better" if went == study.better else "worse") if study.better else went,
        too_small=small,
        smallest=smallest,
    )


def _but(case: Case, found: Sequence[Finding]) -> Iterator[Reason]:
    """What keeps an effect from being clear."""
    if case.told:
        yield from (finding.because for finding in found)
    else:
        rank, places = case.number("placebo_rank") or 1, len(case.effect.placebos) + 1
        yield Reason(STANDS_OUT, {"rank": round(rank), "places": places})


def _not_seen(case: Case, found: Sequence[Finding]) -> Verdict:
    """Held against the size that matters: were it the true effect, its interval would hold it in all but 5% of cases."""
    least, smallest, stated = detectable(case) or 0.0, matters(case), case.smallest
    if comes_in_slowly(case):
        return _too_early(case)
    seen = _farthest(case) < smallest
    said = (SEEN if stated else SEEN_BESIDE_USUAL) if seen else (HIDDEN if stated else HIDDEN_BESIDE_USUAL)
    held = Reason(said, {"detectable": case.size(least), "smallest": case.size(smallest)})
    alone = (finding.because for finding in found if finding.rule == "alone")
    return Verdict(
        "no_detectable_effect" if seen else "cannot_tell",
        (_sized(CHANCE, case, case.effect.estimate), held, *alone),
        needed=None if seen else Reason(MORE),
        smallest=smallest,
    )


def _too_early(case: Case) -> Verdict:
    """Of values that look back over several periods: what is not seen yet may still come in."""
    slowly = Reason(SLOWLY, {"window": case.panel.window, "after": case.effect.after})
    needed = Reason(LONGER, {"periods": STEADY * case.panel.window})
    return Verdict("cannot_tell", (_sized(CHANCE, case, case.effect.estimate), slowly), needed=needed, smallest=case.smallest)


def _sized(sentence: str, case: Case, shown: float) -> Reason:
    ends = {"low": case.effect.low or 0.0, "high": case.effect.high or 0.0}
    return Reason(sentence, {"size": case.size(shown), **{name: case.size(end) for name, end in ends.items()}})


def _farthest(case: Case) -> float:
    return max(abs(case.effect.low or 0.0), abs(case.effect.high or 0.0))


def _too_small(case: Case) -> Reason:
    smallest = case.smallest or 0.0
    return Reason(TOO_SMALL if _farthest(case) < smallest else PERHAPS_TOO_SMALL, {"smallest": case.size(smallest)})
