"""R, relevant: part of what the government was elected for, and an answer to something outside the city hall."""

from data.problems import N_
from kpis.smart.candidate import Candidate, objective
from kpis.smart.outcome import PASSED, Answer, failed, unchecked

NO_AXIS = N_("it belongs to no axis of the mandate")
MOST = 7
"""Goals of one axis that people still keep in mind."""


def belongs_to_the_plan(goal: Candidate) -> Answer:
    if goal.kpi.axis:
        return PASSED
    return failed(NO_AXIS, N_("add `axis:`"))


def answers_to_something_outside(goal: Candidate) -> Answer:
    if goal.kpi.sdg:
        return PASSED
    return failed(N_("nobody has said which Sustainable Development Goal it serves"), N_('add `sdg:`, as in `sdg: ["11.6"]`'))


def has_few_goals_beside_it(goal: Candidate) -> Answer:
    if goal.kpi.axis is None:
        return unchecked(NO_AXIS)
    goals = goal.beside.axes[goal.kpi.axis]
    if goals <= MOST:
        return PASSED
    return failed(N_("its axis has {goals} goals, and {most} are as many as are kept in mind"), N_("drop some"), goals=goals, most=MOST)


def measures_more_than_work_done(goal: Candidate) -> Answer:
    """Of its objective (its node of the plan, or else its axis) some goal measures an outcome, and not only output."""
    kinds = goal.beside.measured.get(objective(goal.kpi), {})
    if objective(goal.kpi) is None:
        return unchecked(NO_AXIS)
    if kinds.get("outcome"):
        return PASSED
    if kinds.get(None):
        sentence = N_("nobody has said of every goal of its objective whether it measures work done or what came of it")
        return unchecked(sentence, N_("add `measures: output` or `measures: outcome` to their indicators"))
    sentence, cure = N_("its objective measures work done alone, and nothing that came of it"), N_("add a goal on an outcome to it")
    return failed(sentence, cure)
