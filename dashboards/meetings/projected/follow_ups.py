"""Who does what by when: what is open about an item, and a form that writes down the next one in place."""

from datetime import date, timedelta
from html import escape
from typing import Any

from dashboards import formats
from dashboards.meetings import promised
from dashboards.meetings.projected.subject import Row, Subject
from dashboards.plan import fields, form
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import NEW, Form
from dashboards.plan.tables import table
from data.meetings.follow_ups import FollowUp, ask, follow_ups
from data.meetings.meetings import meetings
from data.people import Post, posts
from data.periods import Month
from data.problems import N_, Problem, Refused
from kpis.meetings import promises

OTHER_DAY = "other"


def block(about: Subject, item: Row) -> str:
    """The open ones about an item, and those that this meeting asked for, as an HTML table; "" where there are none."""
    _, found = about.words, [row for row in follow_ups(about.session.records, about.session.place) if _belongs(row, item)]
    if not found:
        return ""
    names = {post.id: post for post in posts(about.session.records, about.session.review_day)}
    titles = [(_("What"), ""), (_("Who"), ""), (_("Due on"), ""), (_("What shall show it"), "")]
    title = _("Follow-ups")
    rows = [_row(about, row, names) for row in found]
    return f'<section class="projected"><h2>{escape(title)}</h2>{table(titles, [("", rows)], title, "quiet wrapped")}</section>'


def show(about: Subject) -> None:
    """The form; nothing for whoever may not."""
    if about.may("ask_follow_up") and about.meeting["state"] != "planned":
        form.fold(about.session, _form(about))


def _belongs(row: Row, item: Row) -> bool:
    same = any(row[name] is not None and row[name] == item[name] for name in ("goal", "node")) or row["id"] == item["follow_up"]
    return row["item"] == item["id"] or (same and row["state"] == "open")


def _row(about: Subject, row: Row, names: dict[int, Post]) -> list[str]:
    _, post = about.words, names.get(row["owner"])
    holder = (post.holder or _("nobody holds it")) if post else ""
    due = formats.day(row["due"], about.session.locale)
    if promises.is_overdue(row, about.meeting["day"]):
        due = f"{due}; {promised.when(row, about.meeting['day'], about.session.locale)}"
    who = f"{about.session.say(post.name)} ({holder})" if post else ""
    return [escape(text) for text in (row["what"], who, due, row["evidence"] or "")]


def _form(about: Subject) -> Form:
    _, item, known = about.words, about.item, about.known
    assert item is not None
    named = {post: known.post(post) for post in known.posts}
    days = _days(about)
    asked = (
        Field("what", _("What is to be done")),
        Field("owner", _("Who"), "choice", named),
        Field("when", _("By when"), "choice", days, needed=True),
        Field("due", _("Another day"), "day", hint=_("Counts only where another day is chosen.")),
        Field("evidence", _("What shall show it")),
    )
    now = {"what": None, "owner": _owner(about, item), "when": next(iter(days)), "due": None, "evidence": None}
    name = f"meeting/item/{item['id']}/follow_up"
    return Form(name, _("Ask for a follow-up"), asked, now, NEW, {_("Write it down"): _send(about, item)})


def _days(about: Subject) -> dict[str, str]:
    """The days that are chosen most, each as itself, in words; and any other."""
    _, held, locale = about.words, about.meeting["day"], about.session.locale
    found = {
        _next_meeting(about).isoformat(): N_("Next meeting, {day}"),
        (held + timedelta(weeks=2)).isoformat(): N_("In two weeks, {day}"),
        Month.of(held).last.isoformat(): N_("End of the month, {day}"),
    }
    told = {day: _(said, day=formats.day(date.fromisoformat(day), locale)) for day, said in found.items()}
    return {**told, OTHER_DAY: _("Another day")}


def _next_meeting(about: Subject) -> date:
    """The next one that is planned; else the review day of the month after."""
    held = about.meeting["day"]
    planned = [row["day"] for row in meetings(about.session.records, about.session.place) if row["day"] > held]
    return min(planned) if planned else Month.of(held).plus(1).first.replace(day=about.session.definitions.city.review_day)


def _owner(about: Subject, item: Row) -> int | None:
    """The post that answers for an action or for the follow-up that is talked about, else the first of the area; None where nobody does."""
    known, kpi = about.known, about.session.catalogue.kpi.get(item["goal"])
    held = known.nodes.get(item["node"]) or known.follow_ups.get(item["follow_up"]) or known.concerns.get(item["concern"]) or {}
    area = kpi.owner if kpi else held.get("area")
    return held.get("owner") or next((post.id for post in known.posts.values() if area and post.area == area), None)


def _send(about: Subject, item: Row) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _, actor, session = about.words, about.session.actor, about.session
        assert actor is not None
        told = FollowUp(
            session.place, typed["what"] or "", _asked(typed), _due(typed), typed["evidence"], about.meeting["id"], item["id"],
            item["goal"], item["node"],
        )  # fmt: skip
        ask(session.records, actor, told, about.meeting["day"])
        return _("The follow-up is written down.")

    return send


def _asked(typed: Typed) -> int:
    if typed["owner"] is None:
        raise Refused([Problem(N_("it does not say who does it"), N_("choose a post; the data office keeps the list"), column="owner")])
    return typed["owner"]


def _due(typed: Typed) -> date:
    due = fields.day(typed["due"] if typed["when"] == OTHER_DAY else typed["when"])
    if due is None:
        raise Refused([Problem(N_("it does not say by when"), N_("choose a day"), column="due")])
    return due
