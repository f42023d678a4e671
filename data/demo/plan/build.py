"""The demo's plans, meetings and assessments, told in the order of time: in one change, or with facts and closed months."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, select

from data.city import City
from data.definitions import Definitions
from data.demo.assessments.made import assessed
from data.demo.assessments.story import policies
from data.demo.meetings.closing import Closing
from data.demo.meetings.held import happen
from data.demo.meetings.months import months
from data.demo.meetings.story import meetings
from data.demo.meetings.texts import said
from data.demo.meetings.typed import typed
from data.demo.plan.came_of_it import outcomes
from data.demo.plan.cycle import cycle
from data.demo.plan.decided import decisions, stops
from data.demo.plan.documents import MANDATE, beside, mandate
from data.demo.plan.players import Players, enter, leave, take
from data.demo.plan.proofs import proofs
from data.demo.plan.reports import reports
from data.demo.plan.story import Line, PlanFile, axes, came_of_it, cast, decided, plans
from data.demo.plan.telling import Event, Telling, tell
from data.demo.plan.timeline import SEEN, Course, course, moment
from data.demo.practices.made import practised
from data.demo.practices.story import practices
from data.home import REPOSITORY, Home
from data.loads import Rows
from data.people import PROGRAM
from data.plans.adopting import adopt
from data.plans.ladder import ladders
from data.plans.linking import link
from data.problems import Problem, Refused
from data.records.records import Records, begun, records
from data.records.tables import node, plan
from data.records.together import together
from data.snapshots.judging import one_after_another

ADOPTED = datetime(2025, 1, 30, 10, 0, tzinfo=UTC)
OFFICE = "office_head"


def build(home: Home, definitions: Definitions) -> bool:
    """Write the plans of the demo into a home without plans; returns whether it did. A home that has them is left as it is.

    All of it is one change, and so no month is closed: that takes what the month showed on its own day.
    """
    held = records(home)
    if _keys(held):
        return False
    with together(held, PROGRAM) as whole:
        tell(_begin(whole, definitions)[1])
    return True


def build_whole(home: Home, definitions: Definitions, loads: Sequence[Rows]) -> None:
    """Facts, plans and closed months as time went by: many changes, so into an empty home that nobody else knows."""
    held = records(home)
    with together(held, PROGRAM) as whole:
        telling, events = _begin(whole, definitions)
    with one_after_another() as statuses:
        closing = Closing(telling, home, definitions, OFFICE, loads, statuses)
        events = sorted([*events, *closing.steps(months(definitions))], key=attrgetter("at"))
        for alone, chapter in groupby(events, key=attrgetter("alone")):
            with nullcontext(held) if alone else together(held, PROGRAM) as writes:
                telling.through(writes)
                tell(chapter)
        closing.arrive(SEEN)


def require_no_own_plan(home: Home, fresh: str) -> None:
    """Raises Refused where the records hold plans that are not the demo's."""
    keys = _keys(records(home)) if begun(home) else set()
    if keys and MANDATE not in keys:
        raise Refused([Problem("the records hold the city's own plans, and the demo would mix with them", fresh)])


def counts(home: Home) -> dict[str, int]:
    """How many plans and actions the records of a home hold; an action is what has nothing below it."""
    if not begun(home):
        return {"plans": 0, "actions": 0}
    below = select(node.c.parent).where(node.c.parent.is_not(None))
    with records(home).read() as connection:
        held = connection.execute(select(func.count()).select_from(plan)).scalar_one()
        actions = connection.execute(select(func.count()).select_from(node).where(node.c.id.not_in(below))).scalar_one()
    return {"plans": held, "actions": actions}


def _keys(held: Records) -> set[str]:
    with held.read() as connection:
        return set(connection.execute(select(plan.c.key)).scalars())


def _begin(whole: Records, definitions: Definitions) -> tuple[Telling, list[Event]]:
    """Who is there, and the mandate plan, are written down; returned is what happens after that."""
    city, found, others = definitions.city, axes(), plans()
    lines = [line for each in (*found, *others) for line in each.lines]
    courses = _courses(lines)
    players = enter(whole, cast())
    telling = Telling(whole, players, courses)
    office = players.actor(OFFICE, ADOPTED.date())
    number = adopt(whole, office, mandate(city, found, courses, players.posts), ADOPTED)
    telling.adopted(number)
    return telling, [*_of_the_plan(telling, city, number, others), *_of_the_reviews(telling, definitions)]


def _of_the_plan(telling: Telling, city: City, number: int, others: Iterable[PlanFile]) -> list[Event]:
    choices, results = decided(), came_of_it()
    learnt = frozenset(each.action for each in results.outcomes)
    return [
        *_changes_of_people(telling.players),
        *(_adoption(telling, city, each, number) for each in others),
        *decisions(telling, OFFICE, number, choices.decisions),
        *reports(telling, stops(choices.stopped)),
        *proofs(telling),
        *cycle(telling, learnt),
        *outcomes(telling, number, results),
    ]  # fmt: skip


def _of_the_reviews(telling: Telling, definitions: Definitions) -> list[Event]:
    place = definitions.city.place
    values = typed(telling, definitions, OFFICE, months(definitions).values)
    judged = assessed(telling, place, policies())
    return [*happen(telling, place, meetings()), *said(telling, place, OFFICE), *values, *judged, *practised(telling, practices())]


def _courses(lines: Iterable[Line]) -> dict[str, Course]:
    """The course of every action by its key, on the ladders that come with the program."""
    known = ladders(Home(REPOSITORY))
    actions = [line.whole(action) for line in lines for action in line.actions]
    return {action.key: course(action, known[action.ladder]) for action in actions}


def _adoption(telling: Telling, city: City, told: PlanFile, mandate_id: int) -> Event:
    """A plan beside the mandate plan is adopted, and linked to it."""
    at = moment(told.adopted, told.key)

    def happens() -> None:
        office = telling.players.actor(OFFICE, told.adopted)
        document = beside(city, told, telling.courses, telling.players.posts, telling.nodes)
        number = adopt(telling.records, office, document, at)
        link(telling.records, office, number, mandate_id, told.link, at)
        telling.adopted(number)

    return Event(at, happens)


def _changes_of_people(players: Players) -> Iterator[Event]:
    """Posts that change hands, and the rights of those who go."""
    for post in players.cast.posts:
        for held in post.held:
            if held.since:
                at = moment(held.since, post.id, "takes")
                by = players.actor(OFFICE, at.date())
                yield Event(at, lambda post=post, held=held, by=by, at=at: take(players, post, held, by, at))
            if held.until:
                at = moment(held.until, post.id, "leaves")
                by = players.actor(OFFICE, at.date())
                yield Event(at, lambda held=held, by=by, at=at: leave(players, held.person, by, at))
