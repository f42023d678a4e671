"""Earned value: the work done, what was planned and what was spent, all in money; in words first, then the usual indices."""

from html import escape

import polars as pl

from dashboards import formats
from dashboards.plan import shown, truth_line
from dashboards.plan.money import amounts
from dashboards.plan.money.known import Known
from dashboards.plan.money.tables import Column, Line, table
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from kpis.plans.earned_value import EarnedValue, earned_value

CLOSE = 0.02
"""How far an index may be from 1 to be said to be as planned."""
COLUMNS = ("BAC", "PV", "EV", "AC", "SPI", "CPI", "EAC", "EAC (SPI)", "TCPI")
MEANINGS = {
    "BAC": N_("the budget of the actions that can be measured so"),
    "PV": N_("the budget of the work that was to be done by now"),
    "EV": N_("the budget of the work that is proved"),
    "AC": N_("what was spent: accrued, else paid"),
    "SPI": N_("EV / PV; below 1, less is proved than was planned"),
    "CPI": N_("EV / AC; below 1, proved work cost more than it was worth"),
    "EAC": N_("BAC / CPI; what all will cost if it goes on as so far"),
    "EAC (SPI)": N_("AC + (BAC − EV) / (CPI · SPI); what all will cost if the delay has to be caught up too"),
    "TCPI": N_("(BAC − EV) / (BAC − AC); how much work each unit of the money left has to bring"),
}


def block(session: Session, known: Known) -> str:
    """The plan in words, and each first-level part as a row, as HTML; "" where nothing can be measured so."""
    _, found = translator(session.locale), known.truth
    parts = [(row, earned_value(found, row["id"])) for row in found.nodes.filter(pl.col("parent").is_null()).iter_rows(named=True)]
    whole = earned_value(found)
    if not any(value for _row, value in parts):
        return ""
    columns = [Column(_("Part of the plan")), *(Column(name, "number") for name in COLUMNS)]
    currencies = {value.currency for _row, value in parts if value}
    lines = [_line(session, _named(session, row, value, len(currencies) > 1), value) for row, value in parts if value]
    lines += [_line(session, escape(_("The whole plan")), whole, "whole")] if whole else []
    title, said = escape(_("Earned value")), escape(sentence(session, whole, _))
    caption = _("Earned value by part of the plan, in {currencies}", currencies=", ".join(sorted(map(str, currencies))))
    drawn = table(caption, columns, lines)
    return f'<details><summary>{title}</summary><p class="why">{said}</p>{drawn}{_explained(session, whole, _)}</details>'


def sentence(session: Session, value: EarnedValue | None, _: Words) -> str:
    """What the indices of the whole plan say to whoever never heard of them."""
    if value is None:
        return _("Parts of the plan in different currencies cannot be added together; each is measured by itself.")
    said = [_pace(session, value, _), _cost(session, value, _)]
    if value.at_completion is not None:
        cost, budget = (amounts.said(amount, str(value.currency), session.locale) for amount in (value.at_completion, value.budget))
        said.append(_("If it goes on so, what is budgeted at {budget} will cost {cost}.", budget=budget, cost=cost))
    return " ".join(filter(None, said))


def _pace(session: Session, value: EarnedValue, _: Words) -> str:
    index = value.schedule_index
    if index is None:
        return ""
    share = formats.number(100 * index, 0, session.locale)
    if abs(index - 1) < CLOSE:
        return _("As much is proved as was planned by now.")
    if index < 1:
        return _("Of the work that was planned by now, {share} % is proved.", share=share)
    return _("More is proved than was planned by now: {share} % of it.", share=share)


def _cost(session: Session, value: EarnedValue, _: Words) -> str:
    index = value.cost_index
    if not index:
        return ""
    if abs(index - 1) < CLOSE:
        return _("Proved work cost what it was budgeted at.")
    each = formats.number(1 / index, 2, session.locale)
    return _("For each unit of proved work, {each} was spent.", each=each)


def _named(session: Session, row: truth_line.Row, value: EarnedValue, several: bool) -> str:
    currency = f'<span class="note">{escape(str(value.currency))}</span>' if several else ""
    return escape(shown.name(session, row["name"])) + currency


def _line(session: Session, name: str, value: EarnedValue, kind: str = "") -> Line:
    locale = session.locale
    money = (amounts.exact(amount, locale) for amount in (value.budget, value.planned, value.earned, value.cost))
    indices = (formats.number(index, 2, locale) for index in (value.schedule_index, value.cost_index))
    completion = (amounts.exact(amount, locale) for amount in (value.at_completion, value.at_completion_with_delay))
    return Line([name, *money, *indices, *completion, formats.number(value.to_complete_index, 2, locale)], kind)


def _explained(session: Session, value: EarnedValue | None, _: Words) -> str:
    told = "".join(f"<dt>{name}</dt><dd>{escape(_(meaning))}</dd>" for name, meaning in MEANINGS.items())
    left = value.left_out if value else 0
    said = _.ngettext(
        "{n} action with a budget is left out: nothing says what it cost, or by when it was planned.",
        "{n} actions with a budget are left out: nothing says what they cost, or by when they were planned.",
        left,
        n=amounts.count(left, session.locale),
    )
    note = f'<p class="note">{escape(said)}</p>' if left else ""
    return f'{note}<dl class="definition">{told}</dl>'
