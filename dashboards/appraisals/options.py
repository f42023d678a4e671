"""The options side by side: a row for each, and a column for each way of weighing that the file allows."""

from html import escape

import polars as pl

from dashboards import formats
from dashboards.appraisals.shown import Shown
from dashboards.plan.money.amounts import named_in
from dashboards.plan.tables import NUMBER, Title
from dashboards.plan.tables import table as drawn
from dashboards.words import Words
from kpis.appraisals.conclusion import advised
from kpis.appraisals.cost_benefit import Returns, Worth
from kpis.appraisals.risks import gravest

Column = tuple[Title, dict[str, str]]
"""A heading, and its cell as HTML for each option."""


def table(one: Shown) -> str:
    """Every option with what it is worth, what it reaches and its gravest risk."""
    _ = one.words
    columns = [*_money(one, _), *_effects(one, _), *_criteria(one, _), *_risks(one, _)]
    titles = [(_("Option"), ""), *(title for title, _cells in columns)]
    rows = [[_name(one, option.id, _), *(cells[option.id] for _title, cells in columns)] for option in one.appraisal.options]
    heading = escape(_("The options side by side"))
    return f"<h2>{heading}</h2>{drawn(titles, [('', rows)], _caption(one, _), 'options')}"


def frame(one: Shown) -> pl.DataFrame:
    """The same to download, numbers as numbers."""
    _, found = one.words, one.found
    worths = {worth.option: worth for worth in found.worths.worths} if found.worths else {}
    priced = {effect.option: effect for effect in found.effects}
    rows = []
    for option in one.appraisal.options:
        worth, effect = worths.get(option.id), priced.get(option.id)
        rows.append(
            {
                _("Option"): one.say(option.name),
                _("Net present value"): found.worth(option.id),
                _("Costs"): worth.costs if worth else None,
                _("Benefits"): worth.benefits if worth else None,
                _("Benefits per unit of cost"): worth.ratio if worth else None,
                _("Internal rate of return"): _single(worth.returns) if worth else None,
                _("Money is back by the end of"): worth.payback if worth else None,
                _("Effect"): effect.effect if effect else None,
                _("Cost of one unit"): effect.unit_cost if effect else None,
                _("By the criteria"): found.criteria.rankings[0].scores[option.id] if found.criteria else None,
                _("Best under, of all weights"): found.criteria.shares[option.id] if found.criteria else None,
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def returns(one: Shown, found: Returns) -> str:
    """The internal rate, or in words why there is none to be told."""
    _ = one.words
    if found.kind == "one":
        return one.percent(found.rates[0], 1)
    if found.kind == "several":
        return _("several: {rates}; none of them says anything", rates=", ".join(one.percent(rate, 1) for rate in found.rates))
    return _("none")


def _caption(one: Shown, _: Words) -> str:
    if one.found.worths is None:
        return _("Everything is held against doing nothing.")
    rate = formats.number(one.found.worths.rate, 1 if one.found.worths.rate % 1 else 0, one.session.locale)
    said = _("Everything is held against doing nothing. Amounts in {currency} of {year}, discounted at {rate} % a year.")
    return said.format(currency=one.currency, year=one.found.worths.base_year, rate=rate)


def _name(one: Shown, option: str, _: Words) -> str:
    told = one.appraisal.option(option)
    about = f'<span class="note">{escape(one.say(told.about))}</span>' if told.about else ""
    mark = escape(_("comes out best"))
    best = f' <b class="best">{mark}</b>' if advised(one.found) == option else ""
    return f'<span class="option">{escape(one.say(told.name))}{best}{about}</span>'


def _money(one: Shown, _: Words) -> list[Column]:
    if one.found.worths is None:
        return []
    worths: dict[str, Worth] = {worth.option: worth for worth in one.found.worths.worths}
    nothing = one.appraisal.nothing.id

    def cells(write) -> dict[str, str]:
        return {nothing: formats.NOTHING, **{name: escape(write(worth)) for name, worth in worths.items()}}

    zero = {nothing: one.amount(0)}
    ratio, rate, by = _("Benefits per unit of cost"), _("Internal rate of return"), _("Money is back by the end of")
    return [
        ((named_in(_("Net present value"), one.currency), NUMBER), {**cells(lambda worth: one.amount(worth.net)), **zero}),
        ((ratio, NUMBER), cells(lambda worth: formats.number(worth.ratio, 2, one.session.locale))),
        ((rate, NUMBER), cells(lambda worth: returns(one, worth.returns))),
        ((by, NUMBER), cells(lambda worth: str(worth.payback) if worth.payback else _("never in these years"))),
    ]


def _effects(one: Shown, _: Words) -> list[Column]:
    outcome = one.appraisal.outcome
    if not one.found.effects or outcome is None:
        return []
    unit = one.say(outcome.unit)
    effects = {found.option: one.plain(found.effect) for found in one.found.effects}
    return [((f"{one.say(outcome.name)}, {unit}", NUMBER), effects)]


def _criteria(one: Shown, _: Words) -> list[Column]:
    found = one.found.criteria
    if found is None:
        return []
    scores = {option: formats.number(score, 2, one.session.locale) for option, score in found.rankings[0].scores.items()}
    shares = {option: one.percent(share) for option, share in found.shares.items()}
    return [((_("By the criteria, 0 to 1"), NUMBER), scores), ((_("Best under, of all weights"), NUMBER), shares)]


def _risks(one: Shown, _: Words) -> list[Column]:
    if not one.found.risks:
        return []
    graves = {option.id: gravest(one.found.risks, option.id) for option in one.appraisal.options if not option.nothing}
    cells = {name: str(grave.score) if grave else formats.NOTHING for name, grave in graves.items()}
    return [((_("Gravest risk, of 25"), NUMBER), {one.appraisal.nothing.id: formats.NOTHING, **cells})]


def _single(found: Returns) -> float | None:
    return found.rates[0] if found.kind == "one" else None
