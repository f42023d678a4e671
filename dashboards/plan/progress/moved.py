"""What moved since the review before: each action whose state or figures are other ones now."""

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from dashboards import formats
from dashboards.plan import actions_table, shown, states
from dashboards.plan.tables import NUMBER, table
from dashboards.plan.truth_line import share
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.plans.moves import moved
from kpis.plans.states import FINISHED
from kpis.plans.truth import Truth

RANKS = ("late", "implemented", "completed", "cancelled", "removal_proposed", "suspended", "started", "not_started")
"""What became of an action, by how much a reader wants to know it."""
MOST = 8
"""Rows shown at once; all are one step further."""


def section(session: Session, before: Truth, now: Truth) -> str:
    """The sentence and the table, as HTML."""
    _ = translator(session.locale)
    day = formats.day(before.tree.day, session.locale)
    title = _("What moved since the review of {day}", day=day)
    found = actions(before, now)
    return f"<h2>{escape(title)}</h2><p>{escape(sentence(session, before, now, found))}</p>{_table(session, found, title, _)}"


def actions(before: Truth, now: Truth) -> pl.DataFrame:
    """The actions that moved: the columns of `moved`, and the name; whose state changed first, then by how much is proved more."""
    names = now.nodes.filter(pl.col("leaf")).select("id", "name")
    found = moved(before, now).join(names, on="id", maintain_order="left")
    rank = pl.col("state").replace_strict({state: place for place, state in enumerate(RANKS)}, return_dtype=pl.Int8)
    same, gained = pl.col("state").eq_missing(pl.col("state_was")), (pl.col("proved") - pl.col("proved_was")).abs()
    return found.sort(same, rank, gained, descending=[False, False, True], nulls_last=True, maintain_order=True)


def sentence(session: Session, before: Truth, now: Truth, found: pl.DataFrame) -> str:
    """How the headline moved, and how many actions finished or became late."""
    _, locale = translator(session.locale), session.locale
    if found.is_empty():
        return _("No action moved.")
    changed = found.filter(pl.col("state").ne_missing(pl.col("state_was")))
    done = changed.filter(pl.col("state").is_in(FINISHED) & ~pl.col("state_was").is_in(FINISHED).fill_null(value=False)).height
    late = changed.filter(pl.col("state") == "late").height
    said = [_.ngettext("{n} action moved.", "{n} actions moved.", found.height, n=found.height)]
    said += [_.ngettext("{n} was finished.", "{n} were finished.", done, n=done)] if done else []
    said += [_.ngettext("{n} became late.", "{n} became late.", late, n=late)] if late else []
    was, figure = share(before.whole["proved"], locale), share(now.whole["proved"], locale)
    if was == figure:
        said.append(_("Of the whole plan {share} is proved, as before.", share=figure))
    else:
        said.append(_("Of the whole plan {was} was proved, now {share} is.", was=was, share=figure))
    return " ".join(said)


def _table(session: Session, found: pl.DataFrame, title: str, _: Words) -> str:
    if found.is_empty():
        return ""
    titles = [(_("Action"), ""), (_("State"), "state"), (_("Proved"), NUMBER), (_("Declared"), NUMBER)]
    rows = [_row(session, row, _) for row in found.iter_rows(named=True)]
    first = table(titles, [("", rows[:MOST])], title, "quiet")
    if len(rows) <= MOST:
        return first
    more = _.ngettext("{n} more", "{n} more", len(rows) - MOST, n=len(rows) - MOST)
    return f"{first}<details><summary>{escape(more)}</summary>{table(titles, [('', rows[MOST:])], f'{title}: {more}', 'quiet')}</details>"


def _row(session: Session, row: Mapping[str, Any], _: Words) -> list[str]:
    name = actions_table.link(session, row["id"], shown.name(session, row["name"]))
    return [name, _state(session, row, _), _figure(row, "proved", session.locale), _figure(row, "declared", session.locale)]


def _state(session: Session, row: Mapping[str, Any], _: Words) -> str:
    now = states.mark(row["state"], session.locale)
    if row["state_was"] is None:
        new = escape(_("new in the plan"))
        return f"{new}: {now}"
    if row["state_was"] == row["state"]:
        return now
    was = escape(states.word(row["state_was"], session.locale))
    return f"{was} → {now}"


def _figure(row: Mapping[str, Any], name: str, locale: str) -> str:
    """From what to what; only once where it stayed."""
    before, after = share(row[f"{name}_was"], locale), share(row[name], locale)
    return after if before == after else f"<span>{before} → <b>{after}</b></span>"
