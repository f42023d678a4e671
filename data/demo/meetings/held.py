"""The meetings in the order of time: each talk with its notes, each ask with what became of it, each concern step by step."""

from collections.abc import Iterator
from datetime import date, timedelta

from data.access import Actor
from data.demo.meetings.story import Absence, Ask, Held, MeetingFile, Talk, Worry
from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import moment
from data.meetings import agenda, concerns, follow_ups, notes
from data.meetings.meetings import end_meeting, plan_meeting, start_meeting
from data.meetings.vocabulary import NOTE_PARTS
from data.periods import Month
from data.records.writing import FIRST
from data.reviews.reviews import open_review
from data.reviews.stand_ins import name_stand_in

LASTS = timedelta(minutes=80)


def happen(telling: Telling, place: str, told: MeetingFile) -> Iterator[Event]:
    """Every meeting that was held, the one that is planned, the concerns, and who stands in for whom."""
    for held in told.held:
        meeting = _Meeting(telling, place, told.keeper, held)
        yield Event(meeting.at, meeting.begins)
        yield Event(meeting.at + LASTS, meeting.ends)
        yield from (event for talk in held.talks for ask in talk.asks for event in _became(telling, place, held, ask))
    for worry in told.concerns:
        yield from _worry(telling, place, worry)
    for absence in told.stand_ins:
        yield _absence(telling, told.keeper, absence)
    planned = told.planned
    yield Event(moment(planned.day - timedelta(days=9), "planned"), lambda: _plan(telling, place, told))


class _Meeting:
    """One meeting, written down by its keeper."""

    def __init__(self, telling: Telling, place: str, keeper: str, told: Held) -> None:
        self._telling, self._place, self._told = telling, place, told
        self.at, self._keeper = moment(told.day, "meeting"), keeper
        self._begun = (0, FIRST)

    def begins(self) -> None:
        """Planned, begun and talked through."""
        people, told = self._telling.players.people, self._told
        records, by, at = self._telling.records, self._by, self.at
        review = open_review(records, by, self._place, Month.parse(told.month), at)
        meeting = plan_meeting(records, by, review, told.day, told.room, at)
        agenda.make_agenda(records, by, meeting, [_item(self._telling, talk) for talk in told.talks], at)
        version = start_meeting(records, by, meeting, FIRST, [people[name] for name in told.present], people[told.chair], at)
        for row, talk in zip(agenda.agenda(records, meeting), told.talks, strict=True):
            self._talked(meeting, row["id"], row["version"], talk)
        self._begun = (meeting, version)

    def ends(self) -> None:
        end_meeting(self._telling.records, self._by, *self._begun, self.at + LASTS)

    @property
    def _by(self) -> Actor:
        return self._telling.players.actor(self._keeper, self._told.day)

    def _talked(self, meeting: int, item: int, version: int, talk: Talk) -> None:
        records, by, at = self._telling.records, self._by, self.at
        if talk.left_out:
            agenda.drop_item(records, by, item, version, talk.left_out, at)
        for part in NOTE_PARTS:
            if text := getattr(talk, part):
                notes.write_note(records, by, item, part, text, None, None, at)
        for ask in talk.asks:
            follow_ups.ask(records, by, _ask(self._telling, self._place, talk, ask, meeting, item), self._told.day, at)


def _item(telling: Telling, talk: Talk) -> agenda.Item:
    node = telling.nodes[talk.action] if talk.action else None
    return agenda.Item(talk.kind, talk.whys, goal=talk.goal, node=node, title=talk.title, kept=talk.left_out is None)


def _ask(telling: Telling, place: str, talk: Talk, ask: Ask, meeting: int, item: int) -> follow_ups.FollowUp:
    node = telling.nodes[talk.action] if talk.action else None
    owner = telling.players.posts[ask.owner]
    return follow_ups.FollowUp(place, ask.what, owner, ask.due, ask.evidence, meeting, item, talk.goal, node)


def _became(telling: Telling, place: str, held: Held, ask: Ask) -> Iterator[Event]:
    """A follow-up that was put off, done or dropped later."""

    def found() -> tuple[int, int]:
        """Its id and version."""
        rows = follow_ups.follow_ups(telling.records, place)
        return next((row["id"], row["version"]) for row in rows if row["what"] == ask.what)

    def by(day: date) -> Actor:
        return telling.players.actor(held.chair, day)

    if ask.moved:
        at = moment(ask.due, ask.what, "moved")
        yield Event(at, lambda: follow_ups.postpone(telling.records, by(ask.due), *found(), ask.moved or ask.due, at))
    if ask.done:
        done, kept = ask.done, moment(ask.done, ask.what, "done")
        yield Event(kept, lambda: follow_ups.done(telling.records, by(done), *found(), done, ask.shown or "", at=kept))
    if ask.dropped:
        gone = moment(ask.due, ask.what, "dropped")
        yield Event(gone, lambda: follow_ups.drop(telling.records, by(ask.due), *found(), ask.dropped or "", gone))


def _worry(telling: Telling, place: str, told: Worry) -> Iterator[Event]:
    """A concern, and each step that it came to."""
    known = {"version": FIRST}
    steps = {"answer": concerns.answer, "decision": concerns.decide, "settled": concerns.close}

    def raised() -> None:
        said = told.raised
        node = telling.nodes[told.action] if told.action else None
        new = concerns.Concern(place, told.title, said.text, told.area, told.goal, node)
        known["id"] = concerns.raise_concern(
            telling.records, telling.players.actor(said.by, said.day), new, said.day, moment(said.day, told.title)
        )

    yield Event(moment(told.raised.day, told.title), raised)
    for name, verb in steps.items():
        if said := getattr(told, name):
            at = moment(said.day, told.title, name)

            def goes_on(said=said, verb=verb, at=at) -> None:
                by = telling.players.actor(said.by, said.day)
                known["version"] = verb(telling.records, by, known["id"], known["version"], said.text, said.day, at)

            yield Event(at, goes_on)


def _absence(telling: Telling, keeper: str, told: Absence) -> Event:
    """Somebody who stands in is named three days before."""
    at = moment(told.starts - timedelta(days=3), "absent", told.post)

    def happens() -> None:
        by, players = telling.players.actor(keeper, at.date()), telling.players
        name_stand_in(telling.records, by, players.posts[told.post], players.people[told.by], told.starts, told.ends, at)

    return Event(at, happens)


def _plan(telling: Telling, place: str, told: MeetingFile) -> None:
    planned = told.planned
    at = moment(planned.day - timedelta(days=9), "planned")
    by = telling.players.actor(told.keeper, at.date())
    review = open_review(telling.records, by, place, Month.parse(planned.month), at)
    plan_meeting(telling.records, by, review, planned.day, planned.room, at)
