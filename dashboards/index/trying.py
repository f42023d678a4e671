"""An index that is being written, reckoned before it is saved: what its page would say first."""

from collections.abc import Hashable
from html import escape

import numpy as np
import streamlit as st

from dashboards import formats, layout, panel
from dashboards.index import known, saying, tiers
from dashboards.index.reckoning import own_place
from dashboards.index.shown import Shown
from dashboards.kept import kept
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import translator
from data.problems import Refused
from data.yaml_file import parse
from kpis.index import reading
from kpis.index.at_home import settled
from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.reading import Written
from kpis.index.reckoned import reckoned
from kpis.saving import Draft

WARMED = 16
"""Drafts whose figures are held in memory."""


def proved(session: Session, draft: Draft) -> Written:
    """The draft as an index of the home. Raises Refused with every problem."""
    document = parse(draft.text, session.home.short(draft.path))
    return settled(reading.written(document, draft.path), session.catalogue, session.definitions)


def show(session: Session, draft: Draft) -> bool:
    """What the page of the draft would say first, and its ranks; False where it can rank nobody, which is said."""
    _ = translator(session.locale)
    try:
        built, doubt = _tried(session, draft)
    except Refused as refused:
        layout.unsaved(refused.problems, _)
        return False
    own = own_place(session, built)
    shown = Shown(session, built, doubt, None if own is None else built.places.index(own))
    st.header(_("What it would say"), anchor=False)
    told = [*saying.flags(shown), *saying.left_out(shown)]
    answer = f'<p class="headline">{escape(saying.headline(shown))}</p><p class="because">{escape(saying.doubt(shown))}</p>'
    notes = "".join(f"<li>{escape(one)}</li>" for one in told)
    panel.show(answer + tiers.block(shown) + _table(session, built) + (f"<ul>{notes}</ul>" if notes else ""), key="index_tried")
    return True


def _table(session: Session, built: Built) -> str:
    _ = translator(session.locale)
    parts = {level.name: session.say(level.label or level.name) for level in built.recipe.levels[:-1]}
    titles = [(_("Place"), ""), *((name, NUMBER) for name in (_("Rank"), _("Score"), *parts.values()))]
    order = sorted(range(len(built.places)), key=lambda number: built.rank[number])
    caption = _("Places by rank, at {month}", month=formats.month_name(session.month, session.locale))
    return table(titles, [("", [_row(session, built, number, list(parts)) for number in order])], caption, "index")


def _row(session: Session, built: Built, number: int, parts: list[str]) -> list[str]:
    place = built.places[number]
    name = escape(session.say(session.definitions.place[place].name))
    scores = [built.score[number], *(built.parts[part][number] for part in parts)]
    told = [formats.NOTHING if np.isnan(score) else escape(formats.number(float(score), 1, session.locale)) for score in scores]
    return [f"<b>{name}</b>" if place == session.place else name, str(int(built.rank[number])), *told]


def _as_of(session: Session, draft: Draft) -> Hashable:
    return known.stamp(session), str(session.month), session.place, draft.path, draft.text


@kept(WARMED, by=_as_of)
def _tried(session: Session, draft: Draft) -> tuple[Built, Doubted]:
    from kpis.index.doubting import doubted  # what draws is loaded by whoever draws

    built = reckoned(proved(session, draft), session.held, session.catalogue, session.definitions, session.month)
    return built, doubted(built, own=own_place(session, built))
