"""From the budget to the plan: for each budget code, the actions that it pays."""

from html import escape

import polars as pl

from dashboards import formats
from dashboards.plan import truth_line
from dashboards.plan.money import amounts, pace, phases
from dashboards.plan.money.known import Known
from dashboards.plan.money.tables import Column, Line, table
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.plans import spending

AT_ONCE, MOST = 10, 100
"""Codes listed at once and on demand, the largest first; any other can be chosen."""
NAMED = 6
"""Actions named beside a code in the list of all."""


def by_code(lines: pl.DataFrame) -> pl.DataFrame:
    """The sums of each code and currency, the largest budget first; `nodes` are the actions it pays, `years` its years."""
    sums = spending.together(lines, ["code"])
    also = lines.group_by("code", "currency", maintain_order=True).agg(
        pl.col("node").unique(maintain_order=True).alias("nodes"), pl.col("year").drop_nulls().unique().sort().alias("years")
    )
    return sums.join(also, on=["code", "currency"], maintain_order="left").sort(
        pl.col("budget").fill_null(0), descending=True, maintain_order=True
    )


def block(session: Session, known: Known, code: str) -> str:
    """The code that was chosen with each of its lines, or the largest codes, as HTML."""
    return one(session, known, code) if code else largest(session, known)


def largest(session: Session, known: Known) -> str:
    """The largest codes, each with what it pays, as HTML."""
    _, found = translator(session.locale), by_code(known.lines)
    caption, columns = _("Budget codes and the actions they pay, the largest first"), _columns(session, known, _)
    lines = [_line(session, known, row, NAMED, _) for row in found.head(MOST).iter_rows(named=True)]
    drawn, rest = table(caption, columns, lines[:AT_ONCE], brief=True), lines[AT_ONCE:]
    if not rest:
        return drawn
    said = escape(_.ngettext("{n} smaller code", "{n} smaller codes", len(rest), n=amounts.count(len(rest), session.locale)))
    more = table(caption, columns, rest, brief=True) + _beyond(session, found.height - MOST)
    return f"{drawn}<details><summary>{said}</summary>{more}</details>"


def _beyond(session: Session, left: int) -> str:
    """How many codes are not listed, and where they are."""
    if left <= 0:
        return ""
    _, number = translator(session.locale), amounts.count(left, session.locale)
    said = _.ngettext(
        "{n} more is in the choice above and in the download.", "{n} more are in the choice above and in the download.", left, n=number
    )
    return f'<p class="note">{escape(said)}</p>'


def one(session: Session, known: Known, code: str) -> str:
    """One code with each of its lines and the action that the line pays, as HTML."""
    _ = translator(session.locale)
    nodes = {row["id"]: row for row in known.truth.nodes.select("id", "name").iter_rows(named=True)}
    rows = known.lines.filter(pl.col("code") == code)
    columns = [Column(_("Action")), Column(_("Year"), "number"), *_columns(session, known, _)[3:]]
    lines = (
        Line([pace.action(session, nodes[row["node"]]), str(row["year"] or formats.NOTHING), *_amounts(session, row, known.alone)])
        for row in rows.iter_rows(named=True)
    )
    return table(_("What budget code {code} pays", code=code), columns, lines)


def _columns(session: Session, known: Known, _: Words) -> list[Column]:
    told = [phases.name(session, phase) for phase in ("committed", "paid")]
    return [
        Column(_("Code")), Column(_("Pays")), Column(_("Years"), "number"),
        Column(amounts.named_in(_("Budget in force"), known.alone), "number"),
        *(Column(title, "number") for title in told), Column(_("Paid share"), "number"),
    ]  # fmt: skip


def _line(session: Session, known: Known, row: truth_line.Row, most: int, _: Words) -> Line:
    named = [pace.action(session, {"id": node, "name": known.names[node]}) for node in row["nodes"][:most]]
    left = len(row["nodes"]) - most
    more = [escape(_.ngettext("{n} more", "{n} more", left, n=amounts.count(left, session.locale)))] if left > 0 else []
    years = "–".join(str(year) for year in dict.fromkeys([row["years"][0], row["years"][-1]])) if row["years"] else formats.NOTHING
    return Line(
        [
            f'<span class="code">{escape(row["code"])}</span>',
            f"<div>{'<br/>'.join([*named, *more])}</div>",
            years,
            *_amounts(session, row, known.alone),
        ]
    )


def _amounts(session: Session, row: truth_line.Row, alone: str | None) -> list[str]:
    locale = session.locale
    share = 100 * row["paid"] / row["budget"] if row["paid"] is not None and row["budget"] else None
    told = [
        amounts.beside(row["budget"], row["currency"], alone, locale),
        *(amounts.exact(row[name], locale) for name in ("committed", "paid")),
    ]
    return [*map(escape, told), truth_line.share(share, locale)]
