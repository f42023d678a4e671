"""Amounts that rise from one phase to the next: kept and shown as the records have them, and said to be doubtful."""

from html import escape

import polars as pl

from dashboards.plan import shown
from dashboards.plan.money import amounts, pace, phases
from dashboards.plan.money.known import Known
from dashboards.plan.money.tables import Column, Line, table
from dashboards.session import Session
from dashboards.words import translator
from kpis.plans import spending

MOST = 25


def block(session: Session, known: Known) -> str:
    """The lines as HTML; "" where every amount can be right."""
    _, found = translator(session.locale), spending.rises(known.lines)
    if found.is_empty():
        return ""
    columns = [Column(_("Action, budget code")), Column(_("Phase before")), Column(_("Phase after")), Column(_("Higher by"), "number")]
    rows = found.join(known.lines.select("id", "node", "code", "currency"), on="id", how="left", maintain_order="left")
    more = rows.height - MOST
    title, why = escape(_("Amounts to check")), escape(_(
        "Nothing can be committed beyond the budget, or paid beyond what was owed, and yet these lines show it. The amounts are shown as"
        " they were given: whoever keeps the accounts can say which one is wrong."
    ))  # fmt: skip
    said = escape(_.ngettext("{n} more is in the download.", "{n} more are in the download.", more, n=amounts.count(more, session.locale)))
    note = f'<p class="note">{said}</p>' if more > 0 else ""
    caption = _.ngettext(
        "{n} amount that rises between phases",
        "{n} amounts that rise between phases",
        found.height,
        n=amounts.count(found.height, session.locale),
    )
    drawn = table(caption, columns, (_line(session, known, row) for row in rows.head(MOST).iter_rows(named=True)))
    return f'<section><h2>{title}</h2><p class="why">{why}</p>{drawn}{note}</section>'


def frame(session: Session, known: Known) -> pl.DataFrame:
    """The same as a table to take away."""
    found = spending.rises(known.lines).join(
        known.lines.select("id", "node", "code", "currency"), on="id", how="left", maintain_order="left"
    )
    names = pl.Series("action", [shown.name(session, known.names[node]) for node in found["node"]], dtype=pl.String)
    return found.with_columns(names).select("action", "code", "currency", "before", "before_amount", "phase", "amount")


def _line(session: Session, known: Known, row: dict) -> Line:
    locale, currency = session.locale, row["currency"]
    name = pace.action(session, {"id": row["node"], "name": known.names[row["node"]]})
    before, after = (
        escape(f"{phases.name(session, row[phase])}: {amounts.with_currency(row[amount], currency, locale)}")
        for phase, amount in (("before", "before_amount"), ("phase", "amount"))
    )
    higher = escape(amounts.with_currency(row["amount"] - row["before_amount"], currency, locale))
    return Line([f'{name}<span class="note code">{escape(row["code"])}</span>', before, after, f"<b>{higher}</b>"])
