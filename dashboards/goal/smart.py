"""Whether a goal is one that can be published: the five letters of the Smart Rule, what fails, and its cure."""

import re
from html import escape

import streamlit as st

from dashboards import formats, glossary, outlooks, scores
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from kpis.score import Reason, Score
from kpis.smart import LETTERS, Assessment, Letter, Outcome, assess

NAMES: dict[Letter, str] = {
    "S": N_("Specific"),
    "M": N_("Measurable"),
    "A": N_("Achievable"),
    "R": N_("Relevant"),
    "T": N_("With a time"),
}


def assessed(session: Session) -> dict[str, Assessment]:
    """Every goal of the place before the gate, by its id, on what is known up to the month under review."""
    return _assessed(session, outlooks.ready(session))


@st.cache_resource(show_spinner=False, max_entries=50, hash_funcs=scores.KEYED)
def _assessed(session: Session, with_chances: bool) -> dict[str, Assessment]:
    chances = {score.kpi.id: outlooks.chance(session, score) for score in scores.judged(session)} if with_chances else None
    found = assess(session.catalogue, session.definitions, session.place, session.facts, session.month.last, chances)
    return {told.kpi.id: told for told in found}


def of(session: Session, score: Score) -> Assessment | None:
    """How the goal stands before the gate; None at a place that wants nothing of it and is not the city itself."""
    ours = score.aim.target is not None or session.place == session.definitions.city.place
    return assessed(session)[score.kpi.id] if ours else None


def badge(session: Session, score: Score) -> str:
    """Says that the goal stays off the public page; "" where it may go there."""
    told = of(session, score)
    if told is None or told.publishable:
        return ""
    _ = translator(session.locale)
    said = _("Not ready for the public page")
    return f'<p><span class="badge">{escape(said)}</span></p>'


def table(session: Session, score: Score) -> str:
    """The letters as an HTML table: name, score, and what is to be mended."""
    told, _ = of(session, score), translator(session.locale)
    if told is None:
        return ""
    title = glossary.link(session, "smart", _("Smart Rule"))
    said = _("ready for the public page") if told.publishable else _("not ready for the public page")
    body = "".join(_row(session, told, letter, _) for letter in LETTERS)
    return f'<section><h2>{title}: {escape(said)}</h2><table class="smart"><tbody>{body}</tbody></table></section>'


def _row(session: Session, told: Assessment, letter: Letter, _: Words) -> str:
    passed, total = told.score(letter)
    count = _("{passed} of {total}", passed=passed, total=total)
    found = "".join(_said(session, one, _) for one in told.open if one.check.letter == letter)
    found += _unchecked(session, told, letter, _)
    return (
        f'<tr><th scope="row"><b>{letter}</b> {escape(_(NAMES[letter]))}</th>'
        f'<td class="number{"" if passed == total else " short"}">{escape(count)}</td><td>{found}</td></tr>'
    )


def _unchecked(session: Session, told: Assessment, letter: Letter, _: Words) -> str:
    """Why some checks could not look, each reason once."""
    reasons = [formats.reason(one.reason, session.locale) for one in told.unchecked if one.check.letter == letter and one.reason]
    if not reasons:
        return ""
    said = _("Not checked: {reasons}.", reasons="; ".join(dict.fromkeys(reasons)))
    return f'<p class="note">{escape(said)}</p>'


def _said(session: Session, found: Outcome, _: Words) -> str:
    kind = _("Must be mended") if found.check.hard else _("Advice")
    parts = [sentence(session, part) for part in (found.reason, found.cure) if part]
    return f'<p class="{"hard" if found.check.hard else "soft"}"><b>{escape(kind)}:</b> {" ".join(parts)}</p>'


def sentence(session: Session, part: Reason) -> str:
    """A sentence of its own; what is to be typed stands as code."""
    said = escape(formats.sentence(formats.reason(part, session.locale))) + "."
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", said)
