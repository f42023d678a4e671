"""R, relevant: part of what the government was elected for, and an answer to something outside the city hall."""

from data.problems import N_
from kpis.smart.candidate import Candidate
from kpis.smart.outcome import PASSED, Answer, failed, unchecked

MOST = 7
"""Goals of one axis that people still keep in mind."""


def belongs_to_the_plan(goal: Candidate) -> Answer:
    if goal.kpi.axis:
        return PASSED
    return failed(N_("it belongs to no axis of the mandate"), N_("add `axis:`"))


def answers_to_something_outside(goal: Candidate) -> Answer:
    if goal.kpi.sdg:
        return PASSED
    return failed(N_("nobody has said which Sustainable Development Goal it serves"), N_('add `sdg:`, as in `sdg: ["11.6"]`'))


def has_few_goals_beside_it(goal: Candidate) -> Answer:
    if goal.kpi.axis is None:
        return unchecked(N_("it belongs to no axis of the mandate"))
    goals = goal.beside.axes[goal.kpi.axis]
    if goals <= MOST:
        return PASSED
    return failed(N_("its axis has {goals} goals, and {most} are as many as are kept in mind"), N_("drop some"), goals=goals, most=MOST)


def measures_more_than_work_done(_goal: Candidate) -> Answer:
    return unchecked(N_("whether an axis measures results, and not only work done, is known once there is a plan"))
