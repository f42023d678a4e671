"""A meeting in a report: which one, and each item of its agenda by its name, with why it is there and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards import formats, scores
from dashboards.goal import coming, verdict
from dashboards.goal_review import saying
from dashboards.meetings.found import whys as reasons
from dashboards.meetings.items import Items
from dashboards.plan import delays, shown, states
from dashboards.reports.content import Bar, short
from dashboards.reports.document import Chart
from dashboards.reports.parts import goals, line
from dashboards.session import Session
from dashboards.words import Words, translator
from data.meetings.agenda import agenda
from data.meetings.follow_ups import follow_ups
from data.meetings.meetings import meetings
from data.meetings.notes import decisions, notes
from data.problems import N_, NotPossibleNow
from data.records.records import begun
from kpis.meetings.before import decided_before
from kpis.score import Score

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Meeting:
    """A meeting and all that its reports need: `items` in their order, `dropped` those left out; follow-ups are all of the place.

    Where the month is closed, `session` and `figures` are as it was closed; what the meeting wrote, and what things are called, is today's.
    """

    session: Session
    row: Row
    items: list[Row]
    dropped: list[Row]
    notes: list[Row]
    decisions: list[Row]
    follow_ups: list[Row]
    named: Items
    figures: Items
    scores: dict[str, Score]

    @property
    def words(self) -> Words:
        return translator(self.session.locale)

    @property
    def asked(self) -> list[Row]:
        """The follow-ups that this meeting asked for."""
        return [row for row in self.follow_ups if row["meeting"] == self.row["id"]]


def meeting(session: Session, asked: str | None, *, held: bool) -> Meeting:
    """The meeting of that id, else the last one about the session's month, of those that began where it must be `held`.

    Raises NotPossibleNow where there is none.
    """
    live = session.live
    rows = meetings(live.records, live.place) if begun(live.home) else []
    of_month = [row for row in rows if (str(row["id"]) == asked if asked else row["month"] == str(session.month))]
    found = next((row for row in of_month if row["state"] != "planned" or not held), None)
    if found is None and of_month:
        raise NotPossibleNow(N_("the meeting has not begun yet, so that there are no minutes of it"))
    if found is None:
        raise NotPossibleNow(N_("no meeting about this month is planned: the page This month plans one"))
    return _known(session.closed, found)


def _known(session: Session, row: Row) -> Meeting:
    records = session.live.records
    items = agenda(records, row["id"])
    judged = scores.judged(session) if session.held else ()
    return Meeting(
        session,
        row,
        [each for each in items if each["dropped"] is None],
        [each for each in items if each["dropped"] is not None],
        notes(records, row["id"]),
        decisions(records, session.place),
        [*follow_ups(records, session.place)],
        Items(session.live),
        Items(session),
        {score.kpi.id: score for score in judged},
    )


def name(found: Meeting, item: Row) -> str:
    """What it is called; an action with its key behind it, for a number stands before it."""
    node = found.named.nodes.get(item["node"] or 0) if item["kind"] == "action" else None
    return f"{short(shown.name(found.named.session, node['name']))} ({node['key']})" if node else short(found.named.title(item))


def whys(found: Meeting, item: Row) -> list[str]:
    """Why it is talked about, a sentence for each reason, as on the page of the month."""
    return reasons(found.session, item)


def stands(found: Meeting, item: Row) -> list[str]:
    """How it stands, in the sentences of its page."""
    session, score = found.session, found.scores.get(item["goal"] or "")
    if score:
        status = goals.status(session, score).text
        said = saying.brief(session, score.kpi.id)
        return [f"{status}. {verdict.sentence(session, score)}", *filter(None, [coming.sentence(session, score)]), *said]
    node = found.figures.nodes.get(item["node"] or 0)
    if node:
        late = delays.late(node, session.locale)
        return [f"{', '.join(filter(None, [states.word(node['state'], session.locale), late]))}."]
    raised = found.named.concerns.get(item["concern"] or 0)
    return [raised["said"], *filter(None, [raised["answer"]])] if raised else []


def bars(found: Meeting, item: Row) -> list[Bar]:
    """The truth line of an action; nothing of anything else."""
    node = found.figures.nodes.get(item["node"] or 0)
    return line.bars(found.session, node) if node else []


def chart(found: Meeting, item: Row) -> list[Chart]:
    """The chart of a goal; nothing of anything else."""
    score = found.scores.get(item["goal"] or "")
    drawn = goals.chart(found.session, score) if score else None
    return [drawn] if drawn else []


def last_decision(found: Meeting, item: Row) -> str:
    """What an earlier meeting decided about the same thing; "" where none did."""
    _, row = found.words, next(iter(decided_before(found.decisions, found.row, item)), None)
    return _("Last decision, {day}: {text}", day=formats.day(row["day"], found.session.locale), text=row["text"]) if row else ""
