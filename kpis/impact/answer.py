"""What a study has to say: an effect and a verdict, or why there is none. Command, kept results and pages share it."""

from dataclasses import dataclass, replace

from data.definitions import Definitions
from data.facts import Facts
from data.home import Home
from data.problems import Problem, Refused
from kpis.catalogue import Catalogue
from kpis.impact import from_facts, from_table
from kpis.impact.began import began
from kpis.impact.effect import Effect
from kpis.impact.estimating import estimate
from kpis.impact.leaving_out import without_periods
from kpis.impact.panel import Panel
from kpis.impact.reading import Written
from kpis.impact.study import Study
from kpis.impact.thin import refusal
from kpis.impact.verdict import Verdict, judge
from kpis.score import Reason


@dataclass(frozen=True)
class Answer:
    """`effect` and `verdict` are there, or `refused` says why not: a Reason where the figures are too thin, Problems where they are wrong.

    `study` is as it was estimated: with the way that is better and the unit, which its indicator may have brought. `left_out` are places
    that lack too many figures, `filled` counts the figures put between two known ones. `units` and `periods` are those of the panel.
    """

    study: Study
    effect: Effect | None = None
    verdict: Verdict | None = None
    refused: tuple[Reason | Problem, ...] = ()
    left_out: tuple[str, ...] = ()
    filled: int = 0
    units: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    start: str | None = None
    """The first period under the policy."""

    @property
    def kind(self) -> str:
        """The verdict in a word; whoever is refused cannot tell."""
        return self.verdict.kind if self.verdict else "cannot_tell"


def answered(written: Written, home: Home, facts: Facts | None, catalogue: Catalogue, definitions: Definitions) -> Answer:
    """What a study of a home says now; nothing is raised for what is wrong with its figures: the answer tells it."""
    try:
        start = began(written, home)
        if written.study.table is not None:
            return of_table(written, start)
        found = from_facts.figures(written, start, facts, catalogue, definitions)
        panel = without_periods(found.panel, written)
    except Refused as refused:
        return Answer(written.study, refused=tuple(refused.problems))
    return replace(_placed(of_panel(panel, found.study), written), left_out=found.left_out, filled=found.filled)


def of_table(written: Written, start: object) -> Answer:
    """What the table of a study says. Raises Refused where it is wrong."""
    return _placed(of_panel(without_periods(from_table.panel(written, start), written), written.study), written)


def of_panel(panel: Panel, study: Study) -> Answer:
    """What a panel says; where it is too thin, why and what would be needed."""
    told = Answer(study, units=panel.units, periods=panel.periods, start=panel.periods[panel.start])
    if thin := refusal(panel, study):
        return replace(told, refused=(thin,))
    try:
        effect = estimate(panel, study)
    except Refused as refused:
        return replace(told, refused=tuple(refused.problems))
    return replace(told, effect=effect, verdict=judge(effect, panel, study))


def _placed(answer: Answer, written: Written) -> Answer:
    """What an estimator refuses, with the line of the study that it is about."""
    refused = tuple(_at_its_line(one, written) if isinstance(one, Problem) else one for one in answer.refused)
    return replace(answer, refused=refused)


def _at_its_line(problem: Problem, written: Written) -> Problem:
    if problem.key is None or problem.path is not None:
        return problem
    return written.problem(problem.key, problem.message, problem.hint, **problem.values)
