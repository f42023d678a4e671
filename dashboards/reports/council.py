"""The report to the council: goals by axis, the plan line by line, its money, and failures as fully as successes."""

from typing import Any

import polars as pl

from dashboards import formats, overview, scores
from dashboards.plan import mandate, shown, truth_line
from dashboards.plan.accountability.page import learnt
from dashboards.plan.entries import Entries
from dashboards.plan.money import amounts, figures
from dashboards.plan.money.known import known
from dashboards.plan.progress import summary
from dashboards.reports.content import Cell, Column, Table, short
from dashboards.reports.document import Chart, Document, Section, Series
from dashboards.reports.parts import areas_words, goals, ledger, letterhead, line
from dashboards.session import Session
from dashboards.words import Words, translator
from data.people import posts
from data.plans.reading import Plan
from kpis.headline import headline
from kpis.plans import spending
from kpis.plans.truth import Truth


def document(session: Session, _subject: str | None = None) -> Document:
    """The report of the session's place and month; without a mandate plan, of its goals alone."""
    _, judged, plan = translator(session.locale), scores.judged(session), mandate.of_place(session)
    sections = [_goals(session, _), *areas_words.of_goals(session, judged), *(_of_plan(session, plan, _) if plan else [])]
    title = _("Report to the council, {month}", month=letterhead.month(session))
    return letterhead.document(session, "council", title, overview.sentence(headline(judged), _), sections, plan=plan)


def _goals(session: Session, _: Words) -> Section:
    axes = {axis.id: f"{number} · {session.say(axis.name)}" for number, axis in enumerate(session.definitions.city.mandate.axes, start=1)}
    groups = scores.by_axis(session, scores.judged(session))
    tables = [goals.table(session, group, axes[axis] if axis else _("Other goals")) for axis, group in groups]
    return Section(_("Goals by axis"), tables=tables)


def _of_plan(session: Session, plan: Plan, _: Words) -> list[Section]:
    truth = shown.truth_of(session, plan)
    if not truth.whole["actions"]:
        return [Section(_("The plan"), [summary.sentence(session, truth.whole)])]
    said = [summary.sentence(session, truth.whole), truth_line.gap(session, truth.whole), summary.finished(session, truth)]
    parts = [
        Section(_("The plan"), said, line.bars(session, truth.whole), tables=[lines(session, truth, _)]),
        _money(session, plan, _),
    ]
    entries = Entries(session, {post.id: post for post in posts(session.records, session.review_day)})
    return [*parts, *outcomes(session, plan, entries, _)]


def lines(session: Session, truth: Truth, _: Words) -> Table:
    """Everything above the actions, in the plan's order: state, proved, declared, time and money of each."""
    columns = [
        Column(_("Part of the plan"), 5), Column(_("State"), 2.2), Column(_("Actions"), 1.4, number=True),
        Column(_("Proved"), 1.5, number=True), Column(_("Declared"), 1.6, number=True), Column(_("Time used"), 2.1, number=True),
        Column(_("Budget"), 3, number=True),
    ]  # fmt: skip
    rows = truth.nodes.filter(~pl.col("leaf"))
    return Table(_("The plan, part by part"), columns, [_line(session, row, _) for row in rows.iter_rows(named=True)])


def _line(session: Session, row: dict[str, Any], _: Words) -> list[Cell]:
    locale = session.locale
    paid = _("{share} paid", share=truth_line.share(row["paid_share"], locale)) if row["paid_share"] is not None else ""
    several = _("several currencies") if row["currency"] and "," in row["currency"] else formats.NOTHING
    budget = several if row["budget"] is None else amounts.with_currency(row["budget"], row["currency"], locale)
    return [
        Cell(short(f"{row['key']} {shown.name(session, row['name'])}"), strong=row["parent"] is None),
        line.state(session, row),
        Cell(formats.number(row["actions"], 0, locale)),
        Cell(truth_line.share(row["proved"], locale)),
        Cell(truth_line.share(row["declared"], locale)),
        Cell(truth_line.share(row["time_used"], locale)),
        Cell(budget, paid),
    ]


def _money(session: Session, plan: Plan, _: Words) -> Section:
    """The budget in force and what of it is committed and paid, by year."""
    found, title = known(session, plan), _("Money")
    if found.lines.is_empty():
        return Section(title, [_("No budget line is in the plan.")])
    by_year = spending.together(found.lines, ["year"]).sort("year", nulls_last=True, maintain_order=True)
    columns = [Column(_("Year"), 1.4), *(Column(said, 2, number=True) for said in (_("Budget in force"), _("Committed"), _("Paid")))]
    rows = [_year(session, row, _) for row in by_year.iter_rows(named=True)]
    said = [figures.sentence(session, found), figures.basis(session, found)]
    return Section(title, said, charts=_paid(session, by_year, _), tables=[Table(_("Budget by year"), columns, rows)])


def _year(session: Session, row: dict[str, Any], _: Words) -> list[Cell]:
    told = [amounts.with_currency(row[name], row["currency"], session.locale) for name in ("budget", "committed", "paid")]
    return [Cell(str(row["year"] or _("no year said")), strong=True), *map(Cell, told)]


def _paid(session: Session, by_year: pl.DataFrame, _: Words) -> list[Chart]:
    """Budget and payments of each year as bars, in millions; none where years have several currencies."""
    if by_year["currency"].n_unique() != 1 or by_year["budget"].null_count():
        return []
    currency, labels = by_year["currency"][0], [str(year or _("no year said")) for year in by_year["year"]]
    parts = {_("budget"): "budget", _("paid"): "paid"}
    series = [
        Series(said, [None if value is None else value / amounts.MILLION for value in by_year[name]], name == "budget", name == "paid")
        for said, name in parts.items()
    ]
    unit = _("million {currency}", currency=currency)
    told = "; ".join(
        f"{label}: " + ", ".join(f"{one.name} {formats.number(one.values[index], 1, session.locale)}" for one in series)
        for index, label in enumerate(labels)
    )
    alt = _("Bars of the budget and of what is paid, by year, in {unit}: {figures}.", unit=unit, figures=told)
    return [Chart(_("What is paid of each year's budget"), "bars", labels, series, unit, alt)]


def outcomes(session: Session, plan: Plan, entries: Entries, _: Words) -> list[Section]:
    """Failures and successes in the same parts."""
    rows = shown.ledger_of(session, plan).outcomes
    failed, won = [row for row in rows if not row["succeeded"]], [row for row in rows if row["succeeded"]]
    tables = [ledger.outcomes(entries, failed, _("Failures")), ledger.outcomes(entries, won, _("Successes"))]
    return [Section(_("Failures and successes, and what was learnt"), [learnt(entries, rows)], tables=tables)]
