"""The forms in which the meeting is planned, and its day, room and people are changed."""

from typing import Any

from dashboards.meetings.month.known import PLACE, Known
from dashboards.plan import form
from dashboards.plan.fields import Field, Typed, day
from dashboards.plan.form import NEW, Form
from data.meetings.meetings import change_meeting, plan_meeting
from data.people import people
from data.problems import N_, Problem, Refused

WATCHED = ("day", "room", "chair", "present")


def show(about: Known) -> None:
    """The form to plan a meeting where none is in hand, or folded, the one that changes it."""
    _ = about.words
    if not about.may:
        return
    if about.meeting is None:
        form.show(about.session, _new(about, ""))
    elif about.over:
        form.fold(about.session, _new(about, _("Plan another meeting about this month")))
    else:
        form.fold(about.session, _changed(about))


def _fields(about: Known) -> tuple[Field, ...]:
    _, names = about.words, {row["id"]: row["name"] for row in people(about.session.records)}
    return (
        Field("day", _("Day of the meeting"), "day", needed=True),
        Field("room", _("Room")),
        Field("chair", _("Who leads it"), "choice", names),
        Field("present", _("Who is asked to come"), "choices", names),
    )


def _new(about: Known, title: str) -> Form:
    _, session = about.words, about.session
    now: Typed = {"day": session.review_day.isoformat(), "room": None, "chair": None, "present": []}
    number = len(about.others) + (about.meeting is not None)
    name = f"meeting/new/{about.review['id']}/{number}"
    return Form(name, title, _fields(about), now, NEW, {_("Plan the meeting"): _plan(about)}, said_at=PLACE)


def _changed(about: Known) -> Form:
    _, row = about.words, about.meeting
    assert row is not None
    now = {"day": row["day"].isoformat(), "room": row["room"], "chair": row["chair"], "present": row["present"] or []}
    title, sends = _("Day, room and people"), {_("Save"): _change(about, row["id"])}
    return Form(f"meeting/{row['id']}", title, _fields(about), now, row["version"], sends, WATCHED, said_at=PLACE)


def _plan(about: Known) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _, session = about.words, about.session
        assert session.actor is not None
        told = _typed(typed)
        plan_meeting(session.records, session.actor, about.review["id"], **told)
        return _("The meeting is planned.")

    return send


def _change(about: Known, meeting: int) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _, session = about.words, about.session
        assert session.actor is not None
        change_meeting(session.records, session.actor, meeting, version, **_typed(typed))
        return _("Saved.")

    return send


def _typed(typed: Typed) -> dict[str, Any]:
    """What the columns hold. Raises Refused without a day."""
    when = day(typed["day"])
    if when is None:
        raise Refused([Problem(N_("a meeting has a day"), N_("choose it"), column="day")])
    return {"day": when, "room": typed["room"], "chair": typed["chair"], "present": typed["present"] or []}
