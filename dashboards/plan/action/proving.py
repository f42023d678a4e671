"""The forms in which an area says which stages were reached, and brings what shows it."""

from typing import Any

import streamlit as st

from dashboards.plan import doing, form
from dashboards.plan.action.stages import SHOWN, stages
from dashboards.plan.action.subject import Row, Subject
from dashboards.plan.fields import Field, Typed, day, plain
from dashboards.plan.form import NEW, Form
from data.plans.evidence import bring_file, bring_link, withdraw
from data.plans.reporting import reach
from data.problems import N_, Problem, Refused


def show(about: Subject) -> None:
    """Draws nothing where there are no stages, or for whoever may not."""
    if not about.found.milestones:
        return
    if about.may("report_progress"):
        form.fold(about.session, _reached(about))
    if about.may("bring_evidence"):
        form.fold(about.session, _brought(about))
        _taken_back(about)


def _reached(about: Subject) -> Form:
    """One day for each stage; each is a row of its own with its own version, which this run has just read."""
    _, rows = about.words, about.found.milestones
    fields = tuple(Field(str(row["id"]), about.say(row["name"]), "day") for row in rows)
    now = {str(row["id"]): plain(row["done_on"]) for row in rows}
    version = sum(row["version"] for row in rows)
    return Form(
        f"action/{about.node['id']}/reached",
        _("Say which stages were reached"),
        fields,
        now,
        version,
        {_("Save the days"): _reach(about)},
        tuple(now),
    )


def _reach(about: Subject) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        actor, changed = about.session.actor, 0
        assert actor is not None
        for row in about.found.milestones:
            told = typed[str(row["id"])]
            if told != plain(row["done_on"]):
                reach(about.session.records, actor, row["id"], row["version"], day(told))
                changed += 1
        return about.words.ngettext("{n} day is saved.", "{n} days are saved.", changed, n=changed)

    return send


def _brought(about: Subject) -> Form:
    _ = about.words
    known = {str(stage.row["id"]): stage.name for stage in stages(about)}
    hint = _("PDF, picture, spreadsheet or document, 10 MB at most. A file is not kept in the draft: choose it last.")
    fields = (
        Field("stage", _("Which stage it shows"), "choice", known, needed=True),
        Field("title", _("What it is"), "line", hint=_("For example: Handover record of 12 May")),
        Field("link", _("Link, where it is published"), "line"),
        Field("file", _("Or a file"), "file", hint=hint),
    )
    first = next((str(stage.row["id"]) for stage in stages(about) if stage.stands not in SHOWN), next(iter(known)))
    now = {"stage": first, "title": None, "link": None}
    return Form(f"action/{about.node['id']}/evidence", _("Bring evidence"), fields, now, NEW, {_("Send for review"): _bring(about)})


def _bring(about: Subject) -> Any:
    def send(typed: Typed, _version: int, file: Any) -> str:
        _ = about.words
        actor, records = about.session.actor, about.session.records
        assert actor is not None
        stage, title = int(typed["stage"]), typed["title"] or ""
        if file is not None:
            bring_file(records, actor, stage, title, file.name, file.getvalue())
        elif typed["link"]:
            bring_link(records, actor, stage, title, typed["link"])
        else:
            raise Refused([Problem(N_("there is neither a file nor a link"), N_("choose a file, or write a link"))])
        return _("The evidence waits for somebody outside the area to accept it.")

    return send


def _taken_back(about: Subject) -> None:
    """A button for each piece that nobody has accepted."""
    _ = about.words
    where = f"withdrawn {about.node['id']}"
    doing.said(where)
    mine = [piece for piece in about.found.evidence if piece["state"] != "accepted"]
    if not mine:
        return
    with st.expander(_("Withdraw evidence")):
        for piece in mine:
            label = _("Withdraw «{title}»", title=piece["title"])
            doing.press(about.session, label, f"withdraw_{piece['id']}", _withdraw(about, piece), where)


def _withdraw(about: Subject, piece: Row) -> Any:
    def act() -> str:
        _ = about.words
        actor = about.session.actor
        assert actor is not None
        withdraw(about.session.records, actor, piece["id"], piece["version"])
        return _("«{title}» is withdrawn.", title=piece["title"])

    return act
