"""Budget and works below its heading: what the plan costs, whether money and work go together, the works, and the depth on demand."""

from collections.abc import Callable, Hashable
from functools import partial
from html import escape

import streamlit as st

from dashboards import downloads, layout, panel
from dashboards import session as visit
from dashboards.kept import kept
from dashboards.plan import shown
from dashboards.plan.money import codes, depth, figures, opened, pace, told, tree, warnings, works
from dashboards.plan.money.known import Known, known
from dashboards.session import Session
from dashboards.words import Words, translator

Draw = Callable[..., str]
LISTED = 1_000
"""Codes up to which a box lists them: one of thousands costs every run of the page."""


def show(session: Session) -> None:
    """The page, or what it would show once there is a plan."""
    plan = shown.asked(session)
    if plan is None:
        shown.nothing_yet(session)
        return
    found, _ = known(session, plan), translator(session.locale)
    page, priced = _page_of_works(), not found.lines.is_empty()
    district = _district(session, found) if found.has_works else works.ALL
    _download(session, found)
    if not priced:
        _no_lines(_)
    money = _drawn(session, found, _money) if priced else ""
    panel.show(money + _drawn(session, found, works.block, district, page), "budget")
    if priced:
        panel.show(_drawn(session, found, _parts, opened.nodes(), page), "budget_parts")
        code = _code(found, _)
        panel.show(_drawn(session, found, codes.block, code) + _drawn(session, found, depth.block), "budget_codes")


def _money(session: Session, found: Known) -> str:
    return figures.block(session, found) + pace.block(session, found) + warnings.block(session, found)


def _parts(session: Session, found: Known, held: tuple[int, ...], page: int) -> str:
    """From the plan to the line; what is below is headed here, because each element costs every run."""
    _ = translator(session.locale)
    heading = escape(_("From the budget to the plan"))
    return f"{tree.block(session, found, held, page)}<h2>{heading}</h2>"


def _as_of(session: Session, found: Known, draw: Draw, *asked: Hashable) -> Hashable:
    return found.stamp, session.key, found.plan.id, found.truth.tree.day, draw, asked


@kept(64, by=_as_of)
def _drawn(session: Session, found: Known, draw: Draw, *asked: Hashable) -> str:
    """A part of the page as HTML: drawn once for each state of the records, each session key and what is asked of it."""
    return draw(session, found, *asked)


def _page_of_works() -> int:
    asked = st.query_params.get("works", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else 1


def _district(session: Session, found: Known) -> str:
    _, names = translator(session.locale), works.choices(session, found)
    chosen = visit.linked("district", list(names), works.ALL)
    with session.controls:
        st.selectbox(_("District"), list(names), key="district", format_func=names.__getitem__, label_visibility="collapsed", width=190)
    return chosen


def _code(found: Known, _: Words) -> str:
    """The budget code to look into; "" for all."""
    options = ["", *found.codes]
    chosen = visit.linked("code", options, "")
    if len(options) > LISTED:
        return _typed(found, _) or chosen
    st.selectbox(_("Budget code"), options, key="code", format_func=lambda code: code or _("all codes"), width=320)
    return chosen


def _typed(found: Known, _: Words) -> str:
    """The code that was typed; "" where none was, or one that no line has, which is said."""
    typed = st.text_input(_("Budget code"), key="code_typed", placeholder=_("all codes"), width=320).strip()
    if not typed or typed in found.codes:
        return typed
    layout.note(_("No budget line has the code {code}.", code=typed))
    return ""


def _no_lines(_: Words) -> None:
    layout.section(_("No budget yet"))
    st.write(
        _(
            "Here you will see what the plan costs and what is paid. No budget line is in the records so far: they come with a plan that is"
            " taken in from a file, or are kept on the page of each action."
        )
    )


def _download(session: Session, found: Known) -> None:
    """Everything the page shows: the lines, the sums of each node, the works, money ahead of work, amounts to check."""
    more: downloads.Files = {
        label: (f"{name}.csv", "text/csv", partial(told.csv, session, found, build))
        for name, (label, build) in told.tables(session, found).items()
    }
    with session.controls:
        downloads.offer(session, "budget", partial(told.lines, session, found), partial(told.about, session, found), more)
