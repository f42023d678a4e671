"""Whether it can be found out later if the policy worked: eight things that must be there before it begins.

After Wholey's evaluability assessment (1979) and Davies' review of its checklists (2013). What the panel knows is read off the panel.
"""

from dataclasses import dataclass
from typing import Literal

from data.problems import N_
from kpis.appraisals.appraisal import Appraisal
from kpis.appraisals.panel_knows import PanelKnows
from kpis.score import Reason

Answer = Literal["yes", "partly", "no"]
POINTS: dict[Answer, float] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
ENOUGH_BEFORE, SOME_BEFORE = 8, 4
"""Periods before the start: as many as an estimate asks for, and half of them."""
ENOUGH_BESIDE, SOME_BESIDE = 8, 3
"""Places to compare with: beside fewer than eight, chance alone looks like an effect too often."""


@dataclass(frozen=True)
class Check:
    """One thing that must be there, the answer, and why; `by_panel` says that the panel itself answered."""

    name: str
    question: str
    answer: Answer
    why: Reason
    by_panel: bool = False


@dataclass(frozen=True)
class Evaluability:
    """All checks in order, and the points that they give."""

    checks: tuple[Check, ...]

    @property
    def points(self) -> float:
        return sum(POINTS[check.answer] for check in self.checks)

    @property
    def missing(self) -> tuple[Check, ...]:
        """What is not there, or not wholly."""
        return tuple(check for check in self.checks if check.answer != "yes")


def evaluability(told: Appraisal, panel: PanelKnows) -> Evaluability:
    """The eight checks of one appraisal, with what the panel knows of its indicator."""
    return Evaluability(
        (
            _written("problem", N_("Is the problem measured?"), told.evaluation.problem, N_("its size is not written down")),
            _baseline(panel),
            _written(
                "theory", N_("Is it said why it should work?"), told.evaluation.theory, N_("the theory of change is not written down")
            ),
            _indicator(told, panel),
            _beside(told, panel),
            _before(told, panel),
            _budget(told),
            _written("decides", N_("Who decides with the result?"), told.evaluation.decides, N_("nobody is named who will use the result")),
        )
    )


def _written(name: str, question: str, text: object, missing: str) -> Check:
    return Check(name, question, "yes" if text else "no", Reason(N_("written down in the appraisal") if text else missing))


def _baseline(panel: PanelKnows) -> Check:
    question = N_("Is there a baseline?")
    if panel.baseline:
        return Check("baseline", question, "yes", Reason(N_("a goal stands on the indicator, with its baseline")), by_panel=True)
    if panel.periods:
        return Check("baseline", question, "partly", Reason(N_("the indicator has values, and no goal with a baseline")), by_panel=True)
    return Check("baseline", question, "no", Reason(N_("no goal with a baseline, and no value")), by_panel=True)


def _indicator(told: Appraisal, panel: PanelKnows) -> Check:
    question = N_("Is there an indicator with figures?")
    if told.indicator is None:
        return Check("indicator", question, "no", Reason(N_("no indicator is named that the policy is to move")))
    if not panel.periods:
        return Check("indicator", question, "no", Reason(N_("the indicator has no value in the panel")), by_panel=True)
    if panel.old:
        return Check("indicator", question, "partly", Reason(N_("its latest value is out of date")), by_panel=True)
    return Check("indicator", question, "yes", Reason(N_("the panel holds its figures")), by_panel=True)


def _beside(told: Appraisal, panel: PanelKnows) -> Check:
    """The larger of the two: districts, or other cities."""
    question, most = N_("Is there somebody to compare with?"), max(panel.districts, panel.peers)
    sentence = N_("{peers} other cities and {districts} districts have the indicator")
    why = Reason(sentence, {"peers": panel.peers, "districts": panel.districts})
    if most >= ENOUGH_BESIDE:
        return Check("comparison", question, "yes", why, by_panel=True)
    if told.evaluation.comparison:
        return Check("comparison", question, "partly", Reason(N_("written down in the appraisal; the panel does not hold its figures")))
    return Check("comparison", question, "partly" if most >= SOME_BESIDE else "no", why, by_panel=True)


def _before(told: Appraisal, panel: PanelKnows) -> Check:
    question = N_("Are there enough periods before the start?")
    if told.start is None:
        return Check("before", question, "no", Reason(N_("no start is named")))
    sentence = N_("{periods} periods have a value before the start; {needed} are needed")
    why = Reason(sentence, {"periods": panel.before, "needed": ENOUGH_BEFORE})
    answer: Answer = "yes" if panel.before >= ENOUGH_BEFORE else "partly" if panel.before >= SOME_BEFORE else "no"
    return Check("before", question, answer, why, by_panel=True)


def _budget(told: Appraisal) -> Check:
    question = N_("Is money set aside for evaluating?")
    if told.evaluation.budget:
        return Check("budget", question, "yes", Reason(N_("an amount is written down in the appraisal")))
    return Check("budget", question, "no", Reason(N_("no amount is set aside")))
