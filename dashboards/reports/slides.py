"""The slides of a month's meeting: how it stands, what changed, each item with the question to decide, what was promised, what comes."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from dashboards import changed, formats, overview, scores
from dashboards.meetings import promised
from dashboards.plan import areas, mandate, shown, truth_line
from dashboards.reports.content import Cell, Column, Table, short
from dashboards.reports.document import Chart, Document, Section, Series
from dashboards.reports.parts import agenda, follow_ups, goals, letterhead, line
from dashboards.reports.parts.agenda import Meeting, Row
from dashboards.session import Session
from dashboards.style import LOOKS
from dashboards.words import N_, Words, translator
from data.meetings.concerns import concerns
from data.meetings.meetings import meetings
from data.people import Post, posts
from data.plans.reading import Plan
from data.records.records import begun
from kpis.headline import headline
from kpis.meetings import promises
from kpis.reviews.cycle import phases
from kpis.score import STATUSES, Score, Status

QUESTIONS: dict[str, str] = {
    "worsened": N_("What do we do so that it does not go on getting worse?"),
    "unlikely": N_("What do we change so that the target is reached, or is it another target?"),
    "spending": N_("Why is money ahead of work, and does the next payment wait?"),
    "milestone": N_("By which new day is the stage done, and who answers for it?"),
    "stale": N_("Who brings the figure, and by when?"),
    "overdue": N_("Is it still to be done, by whom and by when?"),
    "concern": N_("What do we do about it?"),
    "added": N_("What do we decide?"),
}
"""What the meeting decides of an item, by the first reason for which it is there."""
PHASES: dict[str, str] = {
    "collect": N_("Collect: the areas send their values and reports"),
    "analyse": N_("Analyse: the data office checks them"),
    "risk": N_("Weigh risks: the agenda is made"),
    "close": N_("Meet, and close the month"),
}
MOST_DUE = 6
"""Follow-ups that the calendar names."""


def document(session: Session, meeting: str | None = None) -> Document:
    """The slides of a meeting by its id, else of the last one about the month; of the goals that need a decision where none is planned.

    Raises NotPossibleNow before the first load, and where the meeting of that id is not there.
    """
    _, found, plan = translator(session.locale), headline(scores.judged(session)), mandate.of_place(session)
    held = _meeting(session, meeting)
    day = held.row["day"] if held else session.review_day
    known = follow_ups.known(session)
    holders = {post.id: post for post in posts(session.records, session.review_day)} if begun(session.home) else {}
    sections = [
        _look(session, plan, _),
        *_changed(session, _),
        _promised(session, known, holders, _),
        *(_of_meeting(held, _) if held and held.items else _of_goals(session, found.needs_decision, _)),
        _concerns(session, _),
        _calendar(session, day, known, holders, _),
    ]
    title = _title(session, held, _)
    return letterhead.document(session, "slides", title, overview.sentence(found, _), sections, plan=plan)


def _title(session: Session, held: Meeting | None, _: Words) -> str:
    month = letterhead.month(session)
    if held is None:
        return _("Review of {month}", month=month)
    return _("Review of {month}: meeting of {day}", month=month, day=formats.day(held.row["day"], session.locale))


def _meeting(session: Session, asked: str | None) -> Meeting | None:
    about = [row for row in meetings(session.records, session.place) if row["month"] == str(session.month)] if begun(session.home) else []
    return agenda.meeting(session, asked, held=False) if asked or about else None


def _look(session: Session, plan: Plan | None, _: Words) -> Section:
    """The goals by their status, and the plan's truth line."""
    title, chart = _("The month in one look"), _by_status(scores.judged(session), _)
    truth = shown.truth_of(session, plan) if plan else None
    if truth is None or not truth.whole["actions"]:
        return Section(title, [_("No action of a plan counts yet.")], charts=[chart])
    said = [truth_line.gap(session, truth.whole), mandate.late(session, truth)]
    return Section(title, [*filter(None, said)], line.bars(session, truth.whole), [chart])


def _by_status(judged: Sequence[Score], _: Words) -> Chart:
    counts: Counter[Status] = Counter(score.status for score in judged)
    there: list[Status] = [status for status in STATUSES if counts[status]]
    labels = [_(LOOKS[status].word) for status in there]
    title = _.ngettext("{n} goal by its status", "{n} goals by their status", len(judged), n=len(judged))
    alt = f"{title}: {'; '.join(f'{label}: {counts[status]}' for label, status in zip(labels, there, strict=True))}."
    return Chart(title, "bars", labels, [Series(_("Goals"), [counts[status] for status in there], brand=True)], "", alt)


def _changed(session: Session, _: Words) -> list[Section]:
    found = changed.since_the_month_before(session)
    if found is None:
        return []
    if not found:
        return [Section(changed.name(session), [changed.none(session)])]
    before, now = changed.months(session)
    columns = [Column(_("Goal"), 4), Column(before, 2.2), Column(now, 2.2), Column(_("Why"), 6)]
    rows = []
    for move in found:
        score = move.after or move.before
        assert score is not None
        states = [goals.status(session, each) if each else Cell(formats.NOTHING) for each in (move.before, move.after)]
        rows.append([Cell(short(session.say(score.kpi.name)), strong=True), *states, Cell(changed.why(session, move))])
    return [Section(changed.name(session), tables=[Table("", columns, rows)])]


def _of_meeting(held: Meeting, _: Words) -> list[Section]:
    """The agenda, and each item that is kept on a slide of its own."""
    kept = [item for item in held.items if item["kept"]] or held.items
    others = [item for item in held.items if item not in kept]
    rows = [
        [Cell(str(number)), Cell(agenda.name(held, item), strong=True), Cell(_why(held, item) or formats.NOTHING)]
        for number, item in enumerate(kept, 1)
    ]
    left = _.ngettext("and {n} more", "and {n} more", len(others), n=len(others)) if others else ""
    listed = Table("", [Column("#", 0.5), Column(_("Item"), 6), Column(_("Why"), 6)], rows, left=left)
    notes = [f"{agenda.name(held, item)}: {_why(held, item)}" for item in others]
    return [Section(_("Agenda"), tables=[listed], notes=notes), *(_item(held, number, item, _) for number, item in enumerate(kept, 1))]


def _why(held: Meeting, item: Row) -> str:
    return " ".join(agenda.whys(held, item))


def _item(held: Meeting, number: int, item: Row, _: Words) -> Section:
    said = [*agenda.whys(held, item), *agenda.stands(held, item), agenda.last_decision(held, item)]
    owner = held.named.owner(item)
    answers = [_("Who answers for it: {owner}.", owner=owner)] if owner else []
    title = f"{number}. {agenda.name(held, item)}"
    told = [*filter(None, said), *answers, *_decided(held, item, _), *_asked(held, item, _)]
    return Section(title, told, agenda.bars(held, item), agenda.chart(held, item))


def _decided(held: Meeting, item: Row, _: Words) -> list[str]:
    """What the meeting decided of an item, each text where there are two; until it has, the question to decide."""
    texts = [row["text"] for row in held.notes if row["item"] == item["id"] and row["part"] == "decided" and row["text"].strip()]
    if texts:
        return [_("Decided: {text}", text=text) for text in texts]
    why = next((why for why in item["whys"] if why in QUESTIONS), "added")
    return [_("To decide: {question}", question=_(QUESTIONS[why]))]


def _asked(held: Meeting, item: Row, _: Words) -> list[str]:
    """The follow-ups that the meeting asked for with an item, a sentence each: beside its chart there is no room for a table."""
    rows = [row for row in held.asked if row["item"] == item["id"]]
    days = [formats.day(row["due"], held.session.locale) for row in rows]
    owners = [held.named.post(row["owner"]) for row in rows]
    return [
        _("Follow-up: {what}. {owner}, by {day}.", what=row["what"], owner=owner, day=day)
        for row, owner, day in zip(rows, owners, days, strict=True)
    ]


def _of_goals(session: Session, needed: Sequence[Score], _: Words) -> list[Section]:
    """Where no meeting is planned: the goals that the Overview says need a decision."""
    if not needed:
        return [Section(_("Needs a decision"), [_("No goal needs a decision this month.")])]
    return [_goal(session, score, _) for score in needed]


def _goal(session: Session, score: Score, _: Words) -> Section:
    why = "stale" if score.status in ("stale", "no_data") else "unlikely"
    owner = _("Who answers for it: {owner}.", owner=areas.name(session, score.kpi.owner))
    said = [goals.why(session, score, overview.why(session, score)), owner, _("To decide: {question}", question=_(QUESTIONS[why]))]
    return Section(session.say(score.kpi.name), said, charts=list(filter(None, [goals.chart(session, score)])))


def _promised(session: Session, known: Sequence[Row], holders: dict[int, Post], _: Words) -> Section:
    """How many of the promises that fell due were kept, and which are overdue."""
    title, day = _("Follow-ups"), session.review_day
    if not known:
        return Section(title, [_("No follow-up was asked for yet.")])
    late = [row for row in known if promises.is_overdue(row, day)]
    said = [promised.waiting(known, day, session.locale), promised.kept(promises.kept(known, day), session.locale)]
    return Section(title, said, tables=[follow_ups.table(session, late, holders, _("Overdue"))] if late else [])


def _concerns(session: Session, _: Words) -> Section:
    rows = concerns(session.records, session.place) if begun(session.home) else []
    there = [row for row in rows if row["raised_on"] <= session.review_day and row["state"] != "closed"]
    if not there:
        return Section(_("Concerns"), [_("No concern is open.")])
    columns = [Column(_("Concern"), 5), Column(_("Area"), 3), Column(_("Raised"), 2, number=True), Column(_("Answer or decision"), 5)]
    told = [
        [
            Cell(short(row["title"]), strong=True),
            Cell(areas.name(session, row["area"]) if row["area"] else formats.NOTHING),
            Cell(formats.day(row["raised_on"], session.locale)),
            Cell(row["decision"] or row["answer"] or _("not answered yet")),
        ]
        for row in sorted(there, key=lambda row: row["raised_on"])
    ]
    return Section(_("Concerns"), tables=[Table("", columns, told)], notes=[f"{row['title']}: {row['said']}" for row in there])


def _calendar(session: Session, since: date, known: Sequence[Row], holders: dict[int, Post], _: Words) -> Section:
    """What comes after a day until the end of the next month's review: its phases, meetings, and the follow-ups that fall due."""
    following = phases(session.month.plus(1), session.definitions.city.cycle)
    until = following[-1].last
    waiting = [row for row in known if promises.is_waiting(row, since) and since <= row["due"] <= until]
    days: list[tuple[date, str, str]] = [
        (phase.last, _(PHASES[phase.name]), _("from {day}", day=formats.day(phase.first, session.locale))) for phase in following
    ]
    days += [(row["due"], short(row["what"]), _holder(session, holders.get(row["owner"]))) for row in waiting[:MOST_DUE]]
    planned = meetings(session.records, session.place) if begun(session.home) else []
    days += [(row["day"], _("Meeting"), row["room"] or "") for row in planned if since < row["day"] <= until]
    rows = [[Cell(formats.day(day, session.locale)), Cell(what, note, strong=True)] for day, what, note in sorted(days)]
    left = len(waiting) - MOST_DUE
    more = _.ngettext("and {n} more", "and {n} more", left, n=left) if left > 0 else ""
    return Section(_("What comes next"), tables=[Table("", [Column(_("Day"), 2), Column(_("What"), 9)], rows, left=more)])


def _holder(session: Session, post: Post | None) -> str:
    return " · ".join(filter(None, [session.say(post.name), post.holder])) if post else ""
