"""What if the parts weighed otherwise: a control for each, and every place reckoned at once for whatever they say. Nothing is saved."""

from collections.abc import Hashable, Mapping
from html import escape

import numpy as np
import streamlit as st

from dashboards import formats, panel
from dashboards.index import ordinals, tiers
from dashboards.index.shown import Shown
from dashboards.kept import kept
from dashboards.ordinals import ordinal
from dashboards.session import left, put
from dashboards.words import Words, translator
from kpis.index.figures import Numbers
from kpis.index.reweighing import in_force, reweighted

MOST = 8
"""Parts that have a control; of more, the heaviest."""
STEP = 1
WIDTH = 210
"""Pixels of a control."""
FIRST = 10
"""Places that the table names, besides the reader's own and those that move most."""
MOVED = 5
WARMED = 64
"""Outcomes held in memory."""


def show(shown: Shown, key: Hashable) -> None:
    """The controls and what they change, which is kept by the `key` of the index; of one of a single part there is nothing to weigh."""
    _ = translator(shown.locale)
    if len(shown.parts) < 2:
        st.write(_("This index has a single part, so there is nothing to weigh otherwise."))
        return
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        asked = _controls(shown, _)
        if asked != usual(shown):
            st.button(_("As the index is written"), key="index_reset", on_click=_reset, args=(shown,))
    panel.show(_kept_outcome(key, shown, tuple(asked.items())), key="index_what_if")


def usual(shown: Shown) -> dict[str, int]:
    """The weights in force, in whole per cent, of the parts that have a control: the heaviest, in the order of the file."""
    weights = in_force(shown.built)
    heaviest = sorted(weights, key=lambda part: -weights[part])[:MOST]
    return {part: round(100 * weights[part]) for part in weights if part in heaviest}


@kept(WARMED, by=lambda key, _shown, asked: (key, asked))
def _kept_outcome(_key: Hashable, shown: Shown, asked: tuple[tuple[str, int], ...]) -> str:
    return outcome(shown, dict(asked))


def outcome(shown: Shown, asked: Mapping[str, int]) -> str:
    """What comes of these weights: one sentence, the shares that they are, and the places that move."""
    _ = translator(shown.locale)
    _score, rank = reweighted(shown.built, weighed(shown, asked))
    shares = _shares(shown, asked, _)
    saves = escape(_("What if the parts weighed otherwise? This shows it and saves nothing; the index stays as it is written."))
    sentence = f'<p class="headline small">{escape(said(shown, rank))}</p><p class="because">{escape(shares)}</p>'
    return f'<p class="note">{saves}</p>{sentence}{_table(shown, rank, _)}'


def weighed(shown: Shown, asked: Mapping[str, int]) -> dict[str, float]:
    """Weights for all parts: as asked where that is another figure, else those in force exactly."""
    held, shown_as = in_force(shown.built), usual(shown)
    return {part: asked[part] / 100 if part in asked and asked[part] != shown_as[part] else held[part] for part in held}


def said(shown: Shown, rank: Numbers) -> str:
    """7th instead of 9th, and how many others move."""
    _ = translator(shown.locale)
    others = _others(shown, rank, _)
    if shown.own is None:
        return others
    if np.isnan(rank[shown.own]):
        lost = _("{place} would not be ranked: it has no figure of what still weighs.", place=shown.place(shown.own))
        return f"{lost} {others}"
    told = {"place": shown.place(shown.own), "rank": ordinal(int(rank[shown.own]), shown.locale)}
    if rank[shown.own] == shown.built.rank[shown.own]:
        stays = _("{place} would stay {rank}.", **told)
        return f"{stays} {others}"
    was = shown.ranked(shown.own)
    moves = _("{place} would be {rank} instead of {was}.", **told, was=was)
    return f"{moves} {others}"


def _others(shown: Shown, rank: Numbers, _: Words) -> str:
    """How many places change their rank, and how many would have none."""
    lost = int(np.isnan(rank).sum())
    moved = int((rank != shown.built.rank).sum()) - lost
    said = _.ngettext("{n} place of all changes its rank.", "{n} places of all change their rank.", moved, n=moved)
    said = said if moved else _("No place changes its rank.")
    unranked = _.ngettext("{n} place would not be ranked.", "{n} places would not be ranked.", lost, n=lost)
    return f"{said} {unranked}" if lost else said


def _controls(shown: Shown, _: Words) -> dict[str, int]:
    asked = {}
    for part, weight in usual(shown).items():
        key = _key(shown, part)
        if is_new := left(key) is None:
            put(key, weight)
        # what is held holds; without any value Streamlit would go through all that the visit holds, for each control
        value = None if is_new else weight
        asked[part] = st.slider(shown.label(part), 0, 100, value, STEP, key=key, format="%d %%", width=WIDTH)
    return asked


def _reset(shown: Shown) -> None:
    for part in usual(shown):
        put(_key(shown, part), None)


def _key(shown: Shown, part: str) -> str:
    return f"index_weight_{shown.recipe.index}_{part}"


def _shares(shown: Shown, asked: Mapping[str, int], _: Words) -> str:
    """The weights as they count: whatever is asked for, they sum to 100 %."""
    weights = weighed(shown, asked)
    total = sum(weights.values())
    told = {part: weight / total if total else 1 / len(weights) for part, weight in weights.items()}
    parts = [f"{shown.label(part)} {formats.number(100 * share, 0, shown.locale)}{formats.BOUND}%" for part, share in told.items()]
    return _("So weighed: {parts}.", parts=", ".join(parts))


def _table(shown: Shown, rank: Numbers, _: Words) -> str:
    """The first places, the reader's own, and those that move most or would not be ranked."""
    names = [("", _("Place")), ("number", _("With these weights")), ("number", _("As written")), ("number", _("Moves"))]
    head = "".join(f'<th scope="col" class="{kind}">{escape(name)}</th>' for kind, name in names)
    told = sorted(_told(shown, rank), key=lambda each: (np.nan_to_num(rank[each], nan=np.inf), shown.place(each)))
    body = "".join(_row(shown, number, rank, _) for number in told)
    return f'<table class="values wide"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _told(shown: Shown, rank: Numbers) -> set[int]:
    move = np.abs(shown.built.rank - rank)
    movers = [each for each in np.argsort(-move, kind="stable")[:MOVED].tolist() if move[each] > 0]
    lost = np.flatnonzero(np.isnan(rank))[:MOVED].tolist()
    return {*np.argsort(rank, kind="stable")[:FIRST].tolist(), *movers, *lost, *_own(shown)}


def _own(shown: Shown) -> list[int]:
    return [] if shown.own is None else [shown.own]


def _row(shown: Shown, number: int, rank: Numbers, _: Words) -> str:
    own = ' class="own"' if number == shown.own else ""
    cells = (_then(shown, rank[number], _), shown.ranked(number), _moves(shown, number, rank[number]))
    said = "".join(f'<td class="number">{escape(cell)}</td>' for cell in cells)
    return f'<tr{own}><th scope="row">{tiers.link(shown, number)}</th>{said}</tr>'


def _then(shown: Shown, rank: float, _: Words) -> str:
    return _("not ranked") if np.isnan(rank) else ordinal(int(rank), shown.locale)


def _moves(shown: Shown, number: int, rank: float) -> str:
    up = 0 if np.isnan(rank) else shown.rank(number) - int(rank)
    return ordinals.moves(up, shown.locale) if up else formats.NOTHING
