"""What speaks against believing an effect, each as one rule: what forbids a verdict, and what keeps it from being clear.

docs/verdicts.md says the same in words, and what the limits were found by: 500 panels whose truth was known.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from data.problems import N_
from kpis.impact.case import Case, quantile
from kpis.score import Reason, Said, Share

POOR_FIT = 0.25
"""Root mean squared gap before the start over the standard deviation of the treated path: from here on it may be a poor comparison..."""
STRAYS = 1.6
"""...and is one if the gap strays so many times as far, for the size of its steps, as that of the usual placebo."""
CARRIES_ALL, CARRIES_MOST = 0.9, 0.5
"""The weight of one donor that forbids a verdict, and that keeps it from being clear."""
NOT_ALIKE, HARDLY_ALIKE = 0.01, 0.05
"""The chance of such differences before the start, had they moved alike: below it, forbidden; below it, not clear."""
BEGAN_BEFORE, MAY_HAVE_BEGUN = 3.0, 2.0
"""How many spreads of earlier gaps the last two before the start lie off."""
PRETENDED = 2.0
"""How many times its own doubt an effect may be that was pretended to begin earlier, when there was no policy."""
STEADY = 2
"""How many times as long as each value looks back a policy must have run for its effect to have come in whole."""
EXTREME = 0.05
"""The share of placebos that may show as much as the treated. With fewer than 19 others not even the first rank is so rare."""
EQUAL = 1e-9
OTHERS_FOR_CLEAR = round(1 / EXTREME) - 1
BEFORE_FOR_ALIKE = 3
"""Periods before the start from which differences between groups could be seen at all."""
STRICT = 0.99
"""A clear effect keeps 0 outside an interval of this level, a likely one outside the 95% that is shown."""


@dataclass(frozen=True)
class Finding:
    """Something found against an effect: it `forbids` a verdict or `weakens` it, because of this; `needed` where it forbids."""

    rule: str
    grade: Literal["forbids", "weakens"]
    because: Reason
    needed: Reason | None = None


def findings(case: Case) -> tuple[Finding, ...]:
    """Everything found against an effect, what forbids a verdict first."""
    found = [finding for rule in RULES for finding in rule(case)]
    return tuple(sorted(found, key=lambda finding: finding.grade == "weakens"))


def strays(gaps: np.ndarray) -> float:
    """How far gaps stray for the size of their steps: root mean square over that of their first differences divided by root two.

    1 of noise without memory, more of a gap that drifts (von Neumann, 1941, the ratio turned over and its root taken).
    """
    steps = float(np.sqrt(np.mean(np.diff(gaps) ** 2) / 2))
    return float(np.sqrt(np.mean(gaps**2)) / steps) if steps else float("inf")


def comes_in_slowly(case: Case) -> bool:
    """Whether values look back over several periods, and the policy has not run long enough for its effect to be in them whole."""
    return case.panel.window > 1 and case.effect.after < STEADY * case.panel.window


def poorly_fitted(case: Case) -> bool:
    """Whether the comparison missed the treated path before the start by more than noise explains."""
    fit = case.number("fit")
    if fit is None or fit < POOR_FIT or case.effect.method not in ("sdid", "sc"):
        return False
    own = strays(np.array([point.gap for point in case.effect.series[: case.effect.before]]))
    usual = [strays(np.array(placebo.gaps[: case.effect.before])) for placebo in case.effect.placebos]
    return own >= STRAYS * (float(np.median(usual)) if usual else 1.0)


def _doubt_is_known(case: Case) -> Iterator[Finding]:
    ends = (case.effect.estimate, case.effect.se, case.effect.low, case.effect.high)
    if any(end is None or not np.isfinite(end) for end in ends):
        yield Finding(
            "doubt",
            "forbids",
            Reason(N_("how far chance alone could move this effect is not known")),
            Reason(N_("more places to compare with, or more periods")),
        )


def _one_start(case: Case) -> Iterator[Finding]:
    if case.effect.method == "did" and case.panel.staggered:
        share = case.number("two_way_weight")
        because = N_("they did not all begin at once, and this method then compares some with others who have the policy already")
        weighed = N_("they did not all begin at once, so that {share} of what is compared counts the wrong way round")
        yield Finding(
            "one_start",
            "forbids",
            Reason(weighed, {"share": Share(share)}) if share else Reason(because),
            Reason(N_("the same study with the method event_study, which keeps the starts apart")),
        )


def _fits_before(case: Case) -> Iterator[Finding]:
    missed = case.number("rmspe_before")
    if missed is not None and poorly_fitted(case):
        yield Finding(
            "fit",
            "forbids",
            Reason(
                N_("already before the start the comparison misses by {missed} in a usual period, more than chance explains"),
                {"missed": case.size(missed)},
            ),
            Reason(N_("others who moved more like it before the start, or a series that begins earlier")),
        )


def _many_carry(case: Case) -> Iterator[Finding]:
    heaviest = case.number("heaviest")
    if heaviest is None or heaviest < CARRIES_MOST or case.effect.method not in ("sdid", "sc"):
        return
    because = Reason(N_("{unit} alone is {share} of the comparison"), {"unit": Said(case.donor), "share": Share(heaviest)})
    needed = Reason(N_("more places like the one under the policy, so that none is the comparison by itself"))
    yield Finding("carries", "forbids", because, needed) if heaviest >= CARRIES_ALL else Finding("carries", "weakens", because)


def _moved_alike(case: Case) -> Iterator[Finding]:
    chance = case.number("trend_p")
    if case.effect.method not in ("did", "event_study"):
        return
    if case.effect.before < BEFORE_FOR_ALIKE:
        yield Finding("alike", "weakens", Reason(N_("too few periods before the start to see whether they had moved alike")))
    elif chance is not None and chance < HARDLY_ALIKE:
        needed = Reason(N_("the same study with the method sdid, or others who moved alike before the start"))
        because = Reason(N_("already before the start the places under the policy moved otherwise than those beside them"))
        yield Finding("alike", "forbids", because, needed) if chance < NOT_ALIKE else Finding("alike", "weakens", because)


def _began_then(case: Case) -> Iterator[Finding]:
    off = case.number("anticipation_z")
    if off is None or abs(off) < MAY_HAVE_BEGUN:
        return
    because = Reason(N_("it moved away from the comparison in the two periods before the start already"))
    needed = Reason(N_("the day on which the policy really began to be felt, as the start"))
    same_way = off * case.effect.estimate > 0
    yield (Finding("began", "forbids", because, needed) if abs(off) >= BEGAN_BEFORE and same_way else Finding("began", "weakens", because))


def _nothing_when_pretended(case: Case) -> Iterator[Finding]:
    """Without a comparison nothing else says how often such a thing happens by itself."""
    off, pretended = case.number("time_placebo_z"), case.number("time_placebo")
    if off is None or pretended is None or abs(off) < PRETENDED:
        return
    said = N_("pretended to begin earlier, when there was no policy, it shows an effect too: {pretended}")
    because = Reason(said, {"pretended": case.size(pretended)})
    if case.effect.n_control:
        yield Finding("pretended", "weakens", because)
    else:
        yield Finding("pretended", "forbids", because, Reason(N_("others to compare with, which had the same ups and downs")))


def _without_any_donor(case: Case) -> Iterator[Finding]:
    low, high = case.number("without_low"), case.number("without_high")
    if low is not None and high is not None and (low <= 0 <= high or case.effect.estimate * (low + high) < 0):
        donor = Said(str(case.effect.diagnostics.get("without") or ""))
        yield Finding("without", "weakens", Reason(N_("without {unit} in the comparison the effect is gone"), {"unit": donor}))


def _rare_among_others(case: Case) -> Iterator[Finding]:
    if case.effect.n_control == 0 or case.groups_of_rows:
        return
    if case.effect.n_control < OTHERS_FOR_CLEAR:
        yield Finding(
            "others",
            "weakens",
            Reason(
                N_("among {others} others and itself even the most extreme place is a chance of 1 in {places}"),
                {"others": case.effect.n_control, "places": case.effect.n_control + 1},
            ),
        )
        return
    rank, chance = case.number("placebo_rank"), case.number("placebo_p")
    if chance is not None and chance > EXTREME + EQUAL:
        because = N_("others without the policy moved as much for their own size: it is number {rank} of {places}")
        places = len(case.effect.placebos) + 1
        yield Finding("rank", "weakens", Reason(because, {"rank": round(rank or chance * places), "places": places}))


def _compared(case: Case) -> Iterator[Finding]:
    if case.effect.n_control == 0:
        yield Finding("alone", "weakens", Reason(N_("it is compared with nobody, only with its own past: weak evidence")))


def _chance_that_lasts(case: Case) -> Iterator[Finding]:
    """Classical errors take every period for a new one: where chance lasts they are far too small (Bertrand and others, 2004)."""
    if case.effect.diagnostics.get("errors") == "classical" and not case.groups_of_rows:
        because = Reason(N_("its interval is worked out as if no chance lasted from one period to the next, and may be too narrow"))
        yield Finding("lasting", "weakens", because)


def _strictly(case: Case) -> Iterator[Finding]:
    if case.doubt and abs(case.effect.estimate) <= quantile(STRICT, case.degrees) * case.doubt:
        yield Finding("strict", "weakens", Reason(N_("at the stricter level of 99% it cannot be told from chance")))


RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    _doubt_is_known,
    _one_start,
    _fits_before,
    _many_carry,
    _moved_alike,
    _began_then,
    _compared,
    _rare_among_others,
    _nothing_when_pretended,
    _without_any_donor,
    _chance_that_lasts,
    _strictly,
)
"""What must hold of an effect, in the order in which it is said."""
