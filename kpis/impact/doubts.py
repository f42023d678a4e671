"""The three things that could make an effect wrong, the likeliest first: what its figures point at, and what no figures rule out."""

from collections.abc import Callable, Iterator

from data.problems import N_
from kpis.impact.case import Case
from kpis.impact.checks import (
    CARRIES_MOST,
    EXTREME,
    HARDLY_ALIKE,
    MAY_HAVE_BEGUN,
    OTHERS_FOR_CLEAR,
    POOR_FIT,
    PRETENDED,
    comes_in_slowly,
    poorly_fitted,
)
from kpis.score import Reason, Said, Share

Doubt = tuple[float, Reason]
"""How near it comes to spoiling the effect, and what it is: from 1 on a limit of the checks is passed."""
THREE = 3
MANY_BEFORE, MANY_AFTER = 24, 6
NOISIER = 1.25
JUST_BEFORE = 2
"""Periods to either side of the start in which something else is hardest to tell from the policy."""
WORTH_SAYING = 0.5
"""Below half of its limit a figure says nothing against the effect."""


def three(case: Case) -> tuple[Reason, ...]:
    """Exactly three, the likeliest first."""
    found = [doubt for source in SOURCES for doubt in source(case)]
    return tuple(reason for _, reason in sorted(found, key=lambda doubt: -doubt[0])[:THREE])


def _of_the_comparison(case: Case) -> Iterator[Doubt]:
    heaviest, missed = case.number("heaviest"), case.number("rmspe_before")
    if heaviest is not None and case.effect.weights and heaviest >= WORTH_SAYING * CARRIES_MOST:
        values = {"unit": Said(case.donor), "share": Share(heaviest)}
        yield heaviest / CARRIES_MOST, Reason(N_("{unit} is {share} of the comparison: what happened there counts as the policy's"), values)
    if missed is not None and poorly_fitted(case):
        fit = case.number("fit") or POOR_FIT
        said = N_("the comparison missed by {missed} in a usual period before the start")
        yield min(fit / POOR_FIT, 4.0), Reason(said, {"missed": case.size(missed)})
    outside = case.number("outside")
    if outside is not None and outside >= 0.1 and case.effect.method == "sc":
        said = N_("in {share} of the periods before the start it lay above or below all others, where no mixture of them reaches")
        yield outside / 0.25, Reason(said, {"share": Share(outside)})


def _of_leaving_one_out(case: Case) -> Iterator[Doubt]:
    ends = [end for end in (case.number("without_low"), case.number("without_high")) if end is not None]
    donor = case.effect.diagnostics.get("without")
    if not ends or not donor or not case.effect.estimate:
        return
    farthest = max(ends, key=lambda end: abs(end - case.effect.estimate))
    moved = abs(farthest - case.effect.estimate) / abs(case.effect.estimate)
    if moved >= WORTH_SAYING / 2:
        said = N_("without {unit} in the comparison the effect would be {size}")
        yield moved * 1.5, Reason(said, {"unit": Said(str(donor)), "size": case.size(farthest)})


def _of_the_time_before(case: Case) -> Iterator[Doubt]:
    began, chance = case.number("anticipation_z"), case.number("trend_p")
    if began is not None and abs(began) >= WORTH_SAYING * MAY_HAVE_BEGUN:
        yield abs(began) / MAY_HAVE_BEGUN, Reason(N_("the effect may have begun before the start that is stated"))
    if chance is not None and chance < 0.2:
        said = N_("they may not have moved alike without the policy: before the start they did not quite")
        yield min(HARDLY_ALIKE / max(chance, 0.001), 4.0), Reason(said)


def _of_an_earlier_start(case: Case) -> Iterator[Doubt]:
    """What a pretended start shows spoils an effect by its size: of half of it as much as it can, of a tenth hardly."""
    off, pretended = case.number("time_placebo_z"), case.number("time_placebo")
    if off is None or pretended is None or abs(off) < WORTH_SAYING * PRETENDED:
        return
    share = abs(pretended) / abs(case.effect.estimate) if case.effect.estimate else 1.0
    said = N_("it may have been drawing away from the others anyway: an earlier start that never was shows {size} too")
    yield abs(off) / PRETENDED * min(1.0, 2 * share), Reason(said, {"size": case.size(pretended)})


def _of_chance(case: Case) -> Iterator[Doubt]:
    others, rank, chance = case.effect.n_control, case.number("placebo_rank"), case.number("placebo_p")
    if 0 < others < OTHERS_FOR_CLEAR and not case.groups_of_rows:
        yield OTHERS_FOR_CLEAR / others, Reason(N_("chance: {others} others are few to tell it from"), {"others": others})
    elif case.told and chance is not None and chance > EXTREME and case.effect.placebos:
        places = len(case.effect.placebos) + 1
        said = N_("chance: among {places} places it is number {rank} by what changed at the start")
        yield min(chance / EXTREME, 2.0), Reason(said, {"rank": round(rank or chance * places), "places": places})
    wider = case.number("wider") or 1.0
    if wider >= NOISIER:
        yield wider / 2, Reason(N_("it moves more by itself than those that it is compared with, so that chance is harder to tell"))


def _of_short_series(case: Case) -> Iterator[Doubt]:
    if case.effect.before < MANY_BEFORE and not case.groups_of_rows:
        said = N_("periods before the start: {before}; a longer past would tell better what is usual there")
        yield 0.4 * MANY_BEFORE / case.effect.before, Reason(said, {"before": case.effect.before})
    if case.effect.after < MANY_AFTER and not case.groups_of_rows:
        said = N_("periods under the policy: {after}; an effect may fade, or grow")
        yield 0.4 * MANY_AFTER / case.effect.after, Reason(said, {"after": case.effect.after})


def _of_values_over_several_periods(case: Case) -> Iterator[Doubt]:
    """A value of the last twelve months holds months without the policy for a year: the effect comes in slowly."""
    if comes_in_slowly(case):
        said = N_("each value is of the last {window} periods, so that an effect comes in slowly and shows smaller than it is")
        yield 4.0, Reason(said, {"window": case.panel.window})


def _of_the_residuals(case: Case) -> Iterator[Doubt]:
    kept = case.number("autocorrelation")
    if kept is not None and abs(kept) >= 0.3:
        yield abs(kept) / 0.5, Reason(N_("chance lasts from one period to the next here, so that the interval may be too narrow"))


def _of_what_no_figures_say(case: Case) -> Iterator[Doubt]:
    if case.effect.n_control == 0:
        yield 5.0, Reason(N_("whatever else happened at that time is counted as the policy's: there is no comparison"))
        yield 0.8, Reason(N_("the way it went before may have ended by itself, without the policy"))
    else:
        yield _once(case), Reason(N_("something else that touched only this place at the same time: a storm, a strike, another measure"))
        yield (
            0.45 if case.told else 0.9,
            Reason(N_("others may have done something alike at that time, which would hide a part of the effect")),
        )
        near = case.study.compare == "districts"
        said = N_("the other districts may feel the policy too, by people and traffic that move between them")
        yield (1.2, Reason(said)) if near else (0.35, Reason(N_("the policy may have reached those it is compared with")))
    yield 0.3, Reason(N_("the way it is counted may have changed at that time"))


def _of_what_happened(case: Case) -> Iterator[Doubt]:
    """Events that the city keeps: after the start, or just before it, the nearest to it first."""
    for event in case.panel.events:
        away = event.period - case.panel.start
        if away >= -JUST_BEFORE:
            said = N_("{event} in {period}: what it did counts as the policy's, unless the others felt it too")
            values = {"event": Said(event.name), "period": Said(case.panel.periods[event.period])}
            yield (1.5 if abs(away) <= JUST_BEFORE else 0.9) - abs(away) / 1000, Reason(said, values)


def _once(case: Case) -> float:
    """Many places under the policy are seldom all touched by something else."""
    return 0.5 if case.effect.n_treated == 1 else 0.4


SOURCES: tuple[Callable[[Case], Iterator[Doubt]], ...] = (
    _of_the_comparison,
    _of_leaving_one_out,
    _of_the_time_before,
    _of_an_earlier_start,
    _of_chance,
    _of_short_series,
    _of_values_over_several_periods,
    _of_the_residuals,
    _of_what_happened,
    _of_what_no_figures_say,
)
