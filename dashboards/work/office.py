"""What the data office does with a review: it begins it, and opens it again, with a reason, after it was closed."""

from typing import Any

import streamlit as st

from dashboards import formats
from dashboards.plan import doing, form
from dashboards.plan.fields import Field, Typed
from dashboards.plan.form import NEW, Form
from dashboards.session import Session
from dashboards.words import translator
from dashboards.work.known import Known
from data.access import may
from data.reviews.reviews import REVIEW, open_review
from data.snapshots.reopening import reopen

PLACE = "work"


def show(session: Session, found: Known) -> None:
    """The button or the form; whoever keeps no reviews is told that one has not begun."""
    _ = translator(session.locale)
    if session.actor is None or not may(session.actor, "keep_review", REVIEW):
        if found.review is None:
            st.write(_("The data office has not begun this review yet: values are asked for once it has."))
        return
    if found.review is None:
        month = formats.month_name(found.month, session.locale)
        doing.press(session, _("Begin the review of {month}", month=month), "open_review", _open(session, found), PLACE)
    elif found.closed:
        form.fold(session, _again(session, found))


def _open(session: Session, found: Known) -> Any:
    def act() -> str:
        _ = translator(session.locale)
        assert session.actor is not None
        open_review(session.records, session.actor, session.place, found.month)
        return _("The review of {month} has begun.", month=formats.month_name(found.month, session.locale))

    return act


def _again(session: Session, found: Known) -> Form:
    _ = translator(session.locale)

    def send(typed: Typed, _version: int, _file: Any) -> str:
        assert session.actor is not None
        reopen(session.records, session.actor, session.place, found.month, typed["why"] or "")
        return _("The review of {month} is open again. What was closed is kept as it was.", month=month)

    month = formats.month_name(found.month, session.locale)
    fields = (Field("why", _("Why it is opened again"), "text"),)
    name = f"review/{session.place}/{found.month}/again"
    return Form(name, _("Open this month again"), fields, {"why": None}, NEW, {_("Open it again"): send}, said_at=PLACE)
