"""The forms in which the area of a goal, or the data office, writes what moved it and what could keep it from its target."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from dashboards import formats, panel
from dashboards.goal_review.known import Row, Said, texts
from dashboards.goal_review.wording import LIKELIHOODS
from dashboards.plan import form
from dashboards.plan.entries import Entries
from dashboards.plan.fields import Field, Typed, day
from dashboards.plan.form import Form
from dashboards.session import Session
from dashboards.words import translator
from data.access import Object, may
from data.records.records import begun
from data.reviews.analyses import write_analysis
from data.reviews.of_goals import NEW
from data.reviews.reviews import review_of
from data.reviews.risks import Risk, weigh_risk
from kpis.definition import Kpi

RISK = ("said", "likelihood", "measure", "owner", "due")


def folded(session: Session, kpi: Kpi) -> None:
    """The forms in parts that unfold; nothing where the reader may write neither, or the month's review has not begun or is closed."""
    for each in forms(session, kpi):
        form.fold(session, each)


def show(session: Session, kpi: Kpi) -> None:
    """The forms in the open, each under its name."""
    for each in forms(session, kpi):
        panel.show(f"<h3>{escape(each.title)}</h3>", key=f"{each.name}#title")
        form.show(session, each)


def forms(session: Session, kpi: Kpi) -> Iterator[Form]:
    """Those that the reader may fill in for a goal in the review of the session's month."""
    if session.actor is None or not begun(session.home):
        return
    review, now = review_of(session.records, session.place, session.month), texts(session).of(kpi.id, session.month)
    if review is None or review["state"] == "closed":
        return
    if may(session.actor, "write_analysis", Object("analysis", kpi.owner)):
        yield _analysis(session, review, kpi, now)
    if may(session.actor, "weigh_risk", Object("risk", kpi.owner)):
        yield _weighed(session, review, kpi, now)


def _analysis(session: Session, review: Row, kpi: Kpi, now: Said) -> Form:
    _ = translator(session.locale)
    hint = _("A few sentences: what changed in the figure since the month before, and what is behind it")
    fields = (Field("said", _("What moved, and why"), "text", hint=hint),)
    row: Mapping[str, Any] = now.analysis or {"said": None, "version": NEW}

    def send(typed: Typed, version: int, _file: Any) -> str:
        assert session.actor is not None
        write_analysis(session.records, session.actor, review["id"], kpi.id, kpi.owner, version, typed["said"] or "")
        return _("The analysis is saved.")

    name, title = f"analysis/{review['id']}/{kpi.id}", _("Analysis of {month}", month=formats.month_name(session.month, session.locale))
    told = {"said": row["said"]}
    return Form(name, title, fields, told, row["version"], {_("Save the analysis"): send}, ("said",), _changed(session, now.analysis))


def _weighed(session: Session, review: Row, kpi: Kpi, now: Said) -> Form:
    _ = translator(session.locale)
    row: Mapping[str, Any] = now.risk or {**dict.fromkeys(RISK), "version": NEW}

    def send(typed: Typed, version: int, _file: Any) -> str:
        assert session.actor is not None
        told = Risk(typed["said"] or "", typed["likelihood"], typed["measure"], typed["owner"], day(typed["due"]))
        weigh_risk(session.records, session.actor, review["id"], kpi.id, kpi.owner, version, told)
        return _("The risk is saved.")

    name, title = f"risk/{review['id']}/{kpi.id}", _("Risk as of {month}", month=formats.month_name(session.month, session.locale))
    told = {**{field: row[field] for field in RISK}, "due": row["due"] and row["due"].isoformat()}
    return Form(name, title, _asked(session), told, row["version"], {_("Save the risk"): send}, RISK, _changed(session, now.risk))


def _asked(session: Session) -> tuple[Field, ...]:
    _ = translator(session.locale)
    known = texts(session).posts
    called = {number: Entries(session, known).post(number) for number in known}
    return (
        Field("said", _("What could keep the target from being met"), "text"),
        Field("likelihood", _("How likely"), "chips", {word: _(said) for word, said in LIKELIHOODS.items()}),
        Field("measure", _("What is done about it"), "text"),
        Field("owner", _("By which post"), "choice", called),
        Field("due", _("Until when"), "day"),
    )


def _changed(session: Session, row: Row | None) -> str:
    _ = translator(session.locale)
    return _("Last saved by {name} on {when}", name=row["name"], when=formats.moment(row["at"], session.locale)) if row else ""
