"""The budget by year and by where the money comes from, and what each beneficiary costs."""

from collections.abc import Callable
from html import escape
from typing import Any

import polars as pl

from dashboards import formats
from dashboards.plan import shown, truth_line
from dashboards.plan.money import amounts, pace, phases
from dashboards.plan.money.known import Known
from dashboards.plan.money.tables import Column, Line, folded, table
from dashboards.session import Session
from dashboards.words import translator
from kpis.plans import spending

AT_ONCE, MOST = 8, 60
"""Actions shown at once, and on demand; all are in the download."""


def by_year(session: Session, known: Known) -> str:
    _ = translator(session.locale)
    found = spending.together(known.lines, ["year"]).sort("year", nulls_last=True, maintain_order=True)
    return _split(session, known, found, "year", _("Budget by year"), _("Year"), lambda value: str(value or _("no year said")))


def by_source(session: Session, known: Known) -> str:
    _ = translator(session.locale)
    found = spending.together(known.lines, ["source"]).sort(pl.col("budget").fill_null(0), descending=True, maintain_order=True)
    named = shown.name
    return _split(
        session,
        known,
        found,
        "source",
        _("Budget by source of the money"),
        _("Source"),
        lambda value: named(session, value) or _("no source said"),
    )


def beneficiaries(session: Session, known: Known) -> str:
    """Money for each beneficiary, the dearest first; "" where no action says whom it reaches."""
    _, found = translator(session.locale), reached(known)
    if found.is_empty():
        return ""
    columns = [
        Column(_("Action")), Column(_("Beneficiaries"), "number"), Column(_("Budget in force"), "number"), Column(_("For each"), "number")
    ]  # fmt: skip
    lines = [_each(session, row) for row in found.head(MOST).iter_rows(named=True)]
    caption = _("Budget for each beneficiary, the highest first")
    note = escape(
        _("A high figure is not bad in itself: what counts is what each of them gains. It helps to compare actions of the same kind.")
    )
    title, drawn = (
        escape(_("Money for each beneficiary")),
        folded(caption, columns, lines[:AT_ONCE], lines[AT_ONCE:], found.height - AT_ONCE, session),
    )
    return f'<h2>{title}</h2><p class="note">{note}</p>{drawn}'


def reached(known: Known) -> pl.DataFrame:
    """Actions that say whom they reach, with the budget for each; the dearest first."""
    told = known.truth.tree.nodes.select("id", "beneficiaries")
    return spending.per_beneficiary(known.truth.nodes.join(told, on="id", how="left", maintain_order="left"))


def _each(session: Session, row: truth_line.Row) -> Line:
    number = formats.number(row["beneficiaries"], 0, session.locale)
    budget, each = (escape(amounts.with_currency(row[name], row["currency"], session.locale)) for name in ("budget", "each"))
    return Line([pace.action(session, row), number, budget, f"<b>{each}</b>"])


def _split(session: Session, known: Known, found: pl.DataFrame, key: str, caption: str, title: str, said: Callable[[Any], str]) -> str:
    _ = translator(session.locale)
    told = [phases.name(session, phase) for phase in ("committed", "accrued", "paid")]
    columns = [
        Column(title),
        Column(amounts.named_in(_("Budget in force"), known.alone), "number"),
        *(Column(name, "number") for name in told),
        Column(_("Paid share"), "share"),
    ]
    return table(caption, columns, (_line(session, row, said(row[key]), known.alone) for row in found.iter_rows(named=True)))


def _line(session: Session, row: truth_line.Row, name: str, alone: str | None) -> Line:
    locale = session.locale
    budget = escape(amounts.beside(row["budget"], row["currency"], alone, locale))
    share = truth_line.share(row["paid_share"], locale)
    width = min(row["paid_share"] or 0.0, 100.0)
    bar = f'{share}<span class="scale money" aria-hidden="true"><span class="filled" style="width:{width:.1f}%"></span></span>'
    return Line([escape(name), budget, *(amounts.exact(row[phase], locale) for phase in ("committed", "accrued", "paid")), bar])
