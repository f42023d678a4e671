"""The plan's money in one sentence and one picture: of the budget in force, what is committed, accrued and paid, beside what is proved."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import polars as pl

from dashboards import formats, glossary
from dashboards.plan import truth_line
from dashboards.plan.money import amounts, phases
from dashboards.plan.money.known import Known
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.plans import spending

Row = Mapping[str, Any]
PARTS = ("committed", "accrued", "paid")


def block(session: Session, known: Known) -> str:
    """The headline, and for each currency a scale, as HTML; what the amounts are stands below."""
    scales = "".join(_scale(session, known, row) for row in known.totals.iter_rows(named=True))
    return f'<p class="headline">{escape(sentence(session, known))}</p>{scales}<p class="note">{escape(basis(session, known))}</p>'


def sentence(session: Session, known: Known) -> str:
    """ "34 % of the 182 million euros in force is paid. In 7 actions payments run ahead of proved work, by 4.1 million euros in all." """
    _, ahead = translator(session.locale), spending.ahead(known.truth, truth_line.CLOSE)
    return " ".join(filter(None, [_paid(session, known.totals, _), _ahead(session, ahead, _)]))


def basis(session: Session, known: Known) -> str:
    """What the amounts are: whose budget, which years, in which currency, as known when."""
    _, currencies = translator(session.locale), ", ".join(known.totals["currency"])
    said = [
        _("Budget in force: as it was last modified, else as it was approved."),
        *_years(known.lines["year"], session.locale, _),
        _("Amounts in {currencies}, as the records hold them now, at the prices of their year.", currencies=currencies),
        _("What was spent on actions that no longer count is in them."),
        _("Work as it was proved on {day}.", day=formats.day(known.truth.tree.day, session.locale)),
    ]
    return " ".join(said)


def _years(years: pl.Series, locale: str, _: Words) -> Iterator[str]:
    """From when to when, and how many lines do not say."""
    told = sorted(years.drop_nulls().unique())
    if len(told) == 1:
        yield _("Lines of {year}.", year=told[0])
    elif told:
        yield _("Lines of {first} to {last}.", first=told[0], last=told[-1])
    if silent := years.null_count():
        yield _.ngettext("{n} line names no year.", "{n} lines name no year.", silent, n=amounts.count(silent, locale))


def _paid(session: Session, totals: pl.DataFrame, _: Words) -> str:
    if totals.height > 1:
        return _.ngettext(
            "The plan is paid in {n} currency.",
            "The plan is paid in {n} currencies, which are not added together.",
            totals.height,
            n=totals.height,
        )
    row, locale = totals.row(0, named=True), session.locale
    budget = amounts.said(row["budget"], row["currency"], locale)
    if row["budget"] is None:
        return _("No budget is known yet.")
    if row["paid"] is None:
        return _("The plan has a budget of {budget}; no payment is known.", budget=budget)
    paid, committed = truth_line.share(row["paid_share"], locale), truth_line.share(row["committed_share"], locale)
    if row["committed"] is None:
        return _("{paid} of the {budget} in force is paid.", paid=paid, budget=budget)
    return _("{paid} of the {budget} in force is paid, and {committed} is committed.", paid=paid, budget=budget, committed=committed)


def _ahead(session: Session, ahead: pl.DataFrame, _: Words) -> str:
    number = ahead.height
    if not number:
        return ""
    if ahead["currency"].n_unique() > 1:
        return _.ngettext(
            "In {n} action payments run ahead of proved work.",
            "In {n} actions payments run ahead of proved work.",
            number,
            n=amounts.count(number, session.locale),
        )
    amount = amounts.said(float(ahead["amount_ahead"].sum()), ahead["currency"][0], session.locale)
    return _.ngettext(
        "In {n} action payments run ahead of proved work, by {amount}.",
        "In {n} actions payments run ahead of proved work, by {amount} in all.",
        number,
        n=amounts.count(number, session.locale),
        amount=amount,
    )


def _scale(session: Session, known: Known, row: Row) -> str:
    _, locale = translator(session.locale), session.locale
    currency = row["currency"]
    budget = _("{phase}: {amount}", phase=_("Budget in force"), amount=amounts.with_currency(row["budget"], currency, locale))
    proved = known.truth.whole["proved"]
    work = _bar(
        glossary.link(session, "proved", _("Work proved")), _("{share} of the plan", share=truth_line.share(proved, locale)), proved, "work"
    )
    money = "".join(_phase(session, row, name, currency) for name in PARTS if row[name] is not None)
    return f'<p class="budget">{escape(budget)}</p><div class="truth-line">{work}{money}</div>'


def _phase(session: Session, row: Row, name: str, currency: str) -> str:
    share, locale = row[f"{name}_share"], session.locale
    amount = amounts.with_currency(row[name], currency, locale)
    said = amount if share is None else f"{truth_line.share(share, locale)} · {amount}"
    label = glossary.link(session, name, phases.name(session, name))
    return _bar(label, said, share, "money")


def _bar(label: str, said: str, share: float | None, kind: str) -> str:
    width, text = min(max(share or 0.0, 0.0), 100.0), escape(said)
    bar = f'<span class="scale {kind}" role="img" aria-label="{text}"><span class="filled" style="width:{width:.1f}%"></span></span>'
    return f"<span>{label}</span>{bar}<b>{text}</b>"
