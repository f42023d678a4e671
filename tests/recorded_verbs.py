"""Every verb that writes, each made ready to be done once to the town's water works."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from data.access import Actor, Role
from data.assessments.assessments import Planned, begin, finish, plan_assessment, write_assessment
from data.assessments.assessments import drop as drop_assessment
from data.assessments.assessments import open_again as resume
from data.assessments.policies import Policy, add_policy, describe_policy, keep_policy
from data.assessments.scores import Score, judge_criterion, take_back
from data.drafts import drop, keep
from data.exchange.month_file import MonthFile
from data.exchange.receiving import receive
from data.exchange.trusting import forget, trust
from data.exchange.trusting import withdraw as withdraw_trust
from data.meetings.agenda import Item, add_item
from data.meetings.concerns import Concern, answer, close, raise_concern
from data.meetings.concerns import decide as decide_concern
from data.meetings.follow_ups import FollowUp, ask, done, open_again, postpone
from data.meetings.follow_ups import drop as drop_follow_up
from data.meetings.meetings import plan_meeting
from data.meetings.notes import take_note, write_note
from data.people import add_person, add_post, change_person, leave_post, set_roles, take_post
from data.periods import Month
from data.plans.adopting import adopt
from data.plans.assigning import Assignment, assign
from data.plans.deciding import Decision, add, change, decide, describe
from data.plans.document import NodeEntry
from data.plans.evidence import bring_file, bring_link, judge, withdraw
from data.plans.linking import link, unlink
from data.plans.outcomes import Outcome, Result, close_outcome, record_outcome, record_result
from data.plans.reading import plans
from data.plans.reporting import Report, reach, report, report_all
from data.plans.settling import settle
from data.practices.practices import (
    Practice,
    add_practice,
    change_practice,
    keep_practice,
    restore_practice,
    undo_change,
    withdraw_practice,
)
from data.reviews.analyses import write_analysis
from data.reviews.reviews import open_review
from data.reviews.risks import Risk, weigh_risk
from tests.month_files import MARK, month_file
from tests.recorded_town import DAY, PDF, Town, document


def _outcome(place: Town) -> Outcome:
    what = "Dry spring"
    return Outcome(place.plan, DAY, True, "Done early", "other", what, "Begin in spring", node=place.nodes["pipes"])


def _office(place: Town) -> Actor:
    return place.who["office"]


def _decided(place: Town) -> int:
    return decide(place.records, _office(place), Decision(place.plan, DAY, "Council", "other", "So it was"))


def _brought(place: Town) -> int:
    return bring_link(place.records, place.who["water"], place.steps[0], "Photograph", "https://aurora.example/1")


def _recorded(place: Town) -> int:
    return record_outcome(place.records, _office(place), _outcome(place))


def _weighed(place: Town) -> tuple[Any, ...]:
    """Weighed by budget, by a decision."""
    return partial(settle, weights="budget"), Decision(place.plan, DAY, "Council", "other", "So it was")


def _assigned(place: Town) -> tuple[Any, ...]:
    return Decision(place.plan, DAY, "Council", "other", "So it was"), [Assignment(place.nodes["pipes"], area="parks")]


def _linked(place: Town) -> int:
    return link(place.records, _office(place), place.plan, _second(place), "continues")


def _second(place: Town) -> int:
    """Another plan, adopted once."""
    there = {plan.key: plan.id for plan in plans(place.records)}
    return there.get("second") or adopt(place.records, _office(place), document("second"))


def _typed(place: Town) -> str:
    keep(place.records, Actor(place.who["nobody"].person, "nobody", frozenset({Role("mayor")})), "typed", {"a": 1})
    return "typed"


def _asked(place: Town) -> int:
    return ask(place.records, _office(place), FollowUp("aurora", "Mend the pump", place.post, DAY), DAY)


def _review(place: Town) -> int:
    return open_review(place.records, _office(place), "aurora", Month(2026, 5))


def _item(place: Town) -> int:
    """On the agenda of a meeting."""
    meeting = plan_meeting(place.records, _office(place), _review(place), DAY)
    return add_item(place.records, _office(place), meeting, Item("other", ("added",), title="The pump"))


def _noted(place: Town) -> tuple[int, dict[int, int]]:
    """A note, and its version by its id."""
    number, version = write_note(place.records, _office(place), _item(place), "decided", "Mend it", None, None)
    return number, {number: version}


def _raised(place: Town) -> int:
    """By somebody who has no role any more, so that whoever is tried as them may close it."""
    somebody = Actor(place.who["nobody"].person, "nobody", frozenset({Role("mayor")}))
    return raise_concern(place.records, somebody, Concern("aurora", "Water", "It is brown", "water"), DAY)


def _dropped(place: Town) -> tuple[int, int]:
    number = _asked(place)
    return number, drop_follow_up(place.records, _office(place), number, 1, "Sold")


def _policy(place: Town) -> int:
    """Of the area of water."""
    told = Policy("aurora", "less_leaks", "Less leaks", "A third of the water is lost", area="water", nodes=(place.nodes["pipes"],))
    return add_policy(place.records, _office(place), told)


def _assessed(place: Town) -> int:
    return plan_assessment(place.records, _office(place), Planned(_policy(place), "mid_term", DAY))


def _scored(place: Town) -> tuple[int, int]:
    """An assessment and its judgement."""
    number = _assessed(place)
    return number, judge_criterion(place.records, _office(place), number, EFFECTIVE)


def _written(place: Town) -> tuple[int, int]:
    """All that it takes to be done, and its version."""
    number, _score = _scored(place)
    told: dict[str, Any] = {"deviations": "None", "lesson": "Measure first", "recommendation": "continue", "why": "It works"}
    return number, write_assessment(place.records, _office(place), number, 1, **told)


def _given_up(place: Town) -> tuple[int, int]:
    number = _assessed(place)
    return number, drop_assessment(place.records, _office(place), number, 1, "Nobody to make it")


def _practice(place: Town) -> int:
    """Kept, for the office wrote it down."""
    return add_practice(place.records, _office(place), METERS)


def _proposed(place: Town) -> int:
    return add_practice(place.records, place.who["water"], METERS)


def _changed(place: Town) -> tuple[int, int]:
    number = _practice(place)
    return number, change_practice(place.records, _office(place), number, 1, place="bruma")


def _withdrawn(place: Town) -> tuple[int, int]:
    number = _practice(place)
    return number, withdraw_practice(place.records, _office(place), number, 1, "It was never done")


def _trusted(place: Town) -> str:
    """Aurora's key is trusted; returns the city."""
    trust(place.records, _office(place), month_file(), MARK)
    return "aurora"


def _sent(place: Town) -> MonthFile:
    """A file of that city."""
    _trusted(place)
    return month_file()


EFFECTIVE = Score("effectiveness", "own", 4, "Losses fell by a tenth", link="https://aurora.example/losses")
METERS = Practice("meters", "Meters", "Every house has one", ("leaks",), place="aurora")
Act = Callable[[Town], tuple[Any, ...]]
VERBS: dict[str, tuple[str, Act]] = {
    "add_person": ("keep_people", lambda place: (add_person, "Ada")),
    "change_person": ("keep_people", lambda place: (change_person, place.who["parks"].person, 1)),
    "set_roles": ("keep_people", lambda place: (set_roles, place.who["parks"].person, 1, (Role("mayor"),))),
    "add_post": ("keep_people", lambda place: (add_post, "Head of parks", "parks")),
    "take_post": ("keep_people", lambda place: (take_post, place.post, place.who["parks"].person, DAY)),
    "leave_post": ("keep_people", lambda place: (leave_post, 1, 1, DAY)),
    "adopt": ("import_plan", lambda place: (adopt, document("second"))),
    "change": ("change_plan", lambda place: (change, place.nodes["pipes"], 1, _decided(place))),
    "add": ("change_plan", lambda place: (add, place.plan, _decided(place), NodeEntry(key="9", name="Wells", level=0))),
    "settle": ("change_plan", _weighed),
    "assign": ("change_plan", lambda place: (assign, *_assigned(place))),
    "link": ("change_plan", lambda place: (link, place.plan, _second(place), "implements")),
    "unlink": ("change_plan", lambda place: (unlink, _linked(place))),
    "describe": ("describe_action", lambda place: (describe, place.nodes["pipes"], 1)),
    "report": ("report_progress", lambda place: (report, Report(place.nodes["pipes"], 1, DAY, 40.0, "started"))),
    "report_all": ("report_progress", lambda place: (report_all, [Report(place.nodes["pipes"], 1, DAY, 40.0, "started")])),
    "reach": ("report_progress", lambda place: (reach, place.steps[0], 1, DAY)),
    "bring_link": ("bring_evidence", lambda place: (bring_link, place.steps[0], "Photograph", "https://aurora.example/1")),
    "bring_file": ("bring_evidence", lambda place: (bring_file, place.steps[0], "Record", "record.pdf", PDF)),
    "withdraw": ("bring_evidence", lambda place: (withdraw, _brought(place), 1)),
    "judge": ("judge_evidence", lambda place: (judge, _brought(place), 1, "accepted")),
    "decide": ("record_decision", lambda place: (decide, Decision(place.plan, DAY, "Council", "other", "So it was"))),
    "record_outcome": ("record_outcome", lambda place: (record_outcome, _outcome(place))),
    "close_outcome": ("record_outcome", lambda place: (close_outcome, _recorded(place), 1, DAY)),
    "record_result": ("record_result", lambda place: (record_result, Result(place.nodes["pipes"], "scope", "Homes"))),
    "keep": ("keep_draft", lambda place: (keep, "form", {"a": 1})),
    "write_analysis": ("write_analysis", lambda place: (write_analysis, _review(place), "leaks", "water", 0, "A dry May")),
    "weigh_risk": ("weigh_risk", lambda place: (weigh_risk, _review(place), "leaks", "water", 0, Risk("No rain", "high"))),
    "write_note": ("write_note", lambda place: (write_note, _item(place), "decided", "Mend it", None, None)),
    "take_note": ("write_note", lambda place: (take_note, *_noted(place), "Mend it now")),
    "ask": ("ask_follow_up", lambda place: (ask, FollowUp("aurora", "Mend the pump", place.post, DAY), DAY)),
    "done": ("do_follow_up", lambda place: (done, _asked(place), 1, DAY, "Mended")),
    "postpone": ("ask_follow_up", lambda place: (postpone, _asked(place), 1, date(2026, 7, 1))),
    "drop_follow_up": ("ask_follow_up", lambda place: (drop_follow_up, _asked(place), 1, "Sold")),
    "open_again": ("ask_follow_up", lambda place: (open_again, *_dropped(place))),
    "raise_concern": ("raise_concern", lambda place: (raise_concern, Concern("aurora", "Water", "It is brown", "water"), DAY)),
    "answer": ("answer_concern", lambda place: (answer, _raised(place), 1, "A pipe burst", DAY)),
    "decide_concern": ("decide_concern", lambda place: (decide_concern, _raised(place), 1, "Mend it", DAY)),
    "close": ("close_concern", lambda place: (close, _raised(place), 1, "It is clear again", DAY)),
    "add_policy": ("keep_policy", lambda place: (add_policy, Policy("aurora", "shade", "Shade", "Streets are hot", area="water"))),
    "describe_policy": ("describe_policy", lambda place: (describe_policy, _policy(place), 1)),
    "keep_policy": ("keep_policy", lambda place: (keep_policy, _policy(place), 1)),
    "plan_assessment": ("keep_assessment", lambda place: (plan_assessment, Planned(_policy(place), "final", DAY))),
    "begin": ("keep_assessment", lambda place: (begin, _assessed(place), 1)),
    "write_assessment": ("keep_assessment", lambda place: (write_assessment, _assessed(place), 1)),
    "judge_criterion": ("keep_assessment", lambda place: (judge_criterion, _assessed(place), EFFECTIVE)),
    "take_back": ("keep_assessment", lambda place: (take_back, _scored(place)[1], 1)),
    "finish": ("keep_assessment", lambda place: (finish, *_written(place), DAY)),
    "drop_assessment": ("keep_assessment", lambda place: (drop_assessment, _assessed(place), 1, "Nobody to make it")),
    "resume": ("keep_assessment", lambda place: (resume, *_given_up(place))),
    "add_practice": ("propose_practice", lambda place: (add_practice, METERS)),
    "change_practice": ("keep_practice", lambda place: (change_practice, _practice(place), 1)),
    "undo_change": ("keep_practice", lambda place: (undo_change, *_changed(place))),
    "keep_practice": ("keep_practice", lambda place: (keep_practice, _proposed(place), 1)),
    "withdraw_practice": ("keep_practice", lambda place: (withdraw_practice, _practice(place), 1, "It was never done")),
    "restore_practice": ("keep_practice", lambda place: (restore_practice, *_withdrawn(place))),
    "trust": ("receive_city", lambda place: (trust, month_file(), MARK)),
    "receive": ("receive_city", lambda place: (receive, _sent(place))),
    "withdraw_trust": ("receive_city", lambda place: (withdraw_trust, _trusted(place))),
    "forget": ("receive_city", lambda place: (forget, _trusted(place))),
    "drop": ("keep_draft", lambda place: (drop, _typed(place))),
}
"""Each verb: the action that it asks leave for, and the verb with all but the records and the actor, made ready by those who may."""
