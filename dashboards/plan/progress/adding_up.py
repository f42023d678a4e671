"""How a figure adds up: the headline by four methods side by side, and the sum behind any node, with what does not count and why."""

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from dashboards import formats
from dashboards.plan import shown
from dashboards.plan.written import reason
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from kpis.plans.rollup import audit as sum_behind
from kpis.plans.rollup import headlines
from kpis.plans.truth import Truth

METHODS = {
    "mean": (N_("Mean"), N_("every action counts the same")),
    "weighted": (N_("Weighted"), N_("by the weights that the plan gives")),
    "budget": (N_("By budget"), N_("by the amount in force of each action")),
    "finished_only": (N_("Finished only"), N_("an action counts when it is finished, and nothing before")),
}
WEIGHTS = {
    "equal": N_("In this plan every action counts the same."),
    "manual": N_("In this plan each part counts by the weight that it was given."),
    "budget": N_("In this plan actions count by their budget."),
    "beneficiaries": N_("In this plan actions count by the people they reach."),
}
WHY = {
    "cancelled": N_("cancelled"),
    "left_out": N_("left out"),
    "nothing_counts": N_("nothing in it counts"),
    "no_weight": N_("has no weight"),
}


def methods(session: Session, truth: Truth) -> str:
    """The headline under every method, as an HTML table."""
    _ = translator(session.locale)
    titles = [
        ("", _("Method")),
        ("number", _("Proved")),
        ("number", _("Declared")),
        ("number", _("Actions counted")),
        ("number", _("not counted")),
    ]
    rows = "".join(_method(session, row, _) for row in headlines(truth.tree).iter_rows(named=True))
    return _table(_("The headline by four methods"), titles, rows) + f'<p class="note">{escape(_(WEIGHTS[truth.weights]))}</p>'


def audit(session: Session, truth: Truth, node: int | None) -> str:
    """The sum behind a node, or the plan (None), as an HTML table whose last column adds up to the last row."""
    _, locale = translator(session.locale), session.locale
    children = sum_behind(truth, node)
    whole = truth.whole if node is None else truth.nodes.filter(pl.col("id") == node).row(0, named=True)
    titles = _titles(_)
    rows = "".join(_part(session, row, _) for row in children.iter_rows(named=True))
    known = whole["declared"] is not None
    sums = [sum(children[column]) for column in ("adds", "declared_adds")]
    cells = ["", "", number(sums[0], locale), "", number(sums[1] if known else None, locale)]
    foot = _cells(cells, [said for _kind, said in _titles(_)[1:]])
    title = _("How {share} adds up", share=percent(whole["proved"], locale))
    together = escape(_("Together"))
    total = f'<tfoot role="rowgroup"><tr role="row"><th role="rowheader" scope="row">{together}</th>{foot}</tr></tfoot>'
    return _table(title, titles, rows, total) + _unknown(whole, _)


def number(value: float | None, locale: str) -> str:
    """To two decimals, so that what is added can be added up by hand."""
    return formats.number(value, 2, locale)


def percent(value: float | None, locale: str) -> str:
    return formats.with_unit(value, "%", 2, locale)


def _titles(_: Words) -> list[tuple[str, str]]:
    """The columns of a sum."""
    return [
        ("", _("Part of the plan")),
        ("number", _("Its weight")),
        ("number", _("Proved")),
        ("number", _("Adds to proved, points")),
        ("number", _("Declared")),
        ("number", _("Adds to declared, points")),
    ]


def _cells(values: list[str], names: list[str]) -> str:
    """The figures of a row, each with the name of its column for a phone, where no head stands above them."""
    named = zip(values, names, strict=True)
    return "".join(f'<td role="cell" class="number" data-name="{escape(name)}">{value}</td>' for value, name in named)


def _method(session: Session, row: Mapping[str, Any], _: Words) -> str:
    word, meaning = METHODS[row["method"]]
    cells = [percent(row["proved"], session.locale), percent(row["declared"], session.locale)]
    cells += [formats.number(row[column], 0, session.locale) for column in ("counted", "left_out")]
    shown_cells = _cells(cells, [_("Proved"), _("Declared"), _("Actions counted"), _("not counted")])
    given = _(meaning) if row["proved"] is not None else _("no action has such a weight")
    name = f'{escape(_(word))}<span class="note">{escape(given)}</span>'
    return f'<tr role="row" data-method="{row["method"]}"><th role="rowheader" scope="row">{name}</th>{shown_cells}</tr>'


def _part(session: Session, row: Mapping[str, Any], _: Words) -> str:
    locale, name = session.locale, escape(shown.name(session, row["name"]))
    if row["excluded"]:
        word = WHY[row["excluded"]]
        why = ": ".join(filter(None, [escape(_(word)), reason(session, row["excluded_why"])]))
        said = escape(_("does not count: {why}")).format(why=why)
        cells = f'<td role="cell" class="why" colspan="5">{said}</td>'
    else:
        told = [
            percent(row["share"], locale), percent(row["proved"], locale), number(row["adds"], locale),
            percent(row["declared"], locale), number(None if row["declared"] is None else row["declared_adds"], locale),
        ]  # fmt: skip
        cells = _cells(told, [said for _kind, said in _titles(_)[1:]])
    return f'<tr role="row" data-part="{row["id"]}"><th role="rowheader" scope="row">{name}</th>{cells}</tr>'


def _unknown(whole: Mapping[str, Any], _: Words) -> str:
    """Of what nobody declared anything, the declared figure says nothing: it has no weight in it."""
    number_of = whole["undeclared"]
    if not number_of or whole["declared"] is None:
        return ""
    said = _.ngettext(
        "{n} action declares nothing: it counts as nothing proved, and not at all in what is declared.",
        "{n} actions declare nothing: they count as nothing proved, and not at all in what is declared.",
        number_of,
        n=number_of,
    )
    return f'<p class="note">{escape(said)}</p>'


def _table(title: str, titles: list[tuple[str, str]], rows: str, foot: str = "") -> str:
    head = "".join(f'<th role="columnheader" scope="col" class="{kind}">{escape(said)}</th>' for kind, said in titles)
    return (
        f'<table role="table" class="adding stacked"><caption>{escape(title)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{rows}</tbody>{foot}</table>'
    )
