"""What drives the place: each indicator beside the median place, as points of the score that it lifts or holds back."""

from collections.abc import Iterator, Sequence
from html import escape

from dashboards.index import amounts, plot, saying
from dashboards.index.shown import Shown
from dashboards.words import N_, Words, translator
from kpis.index.drivers import Driver, Drivers, drivers

MOST = 6
"""Indicators on the first screen, those that weigh most; the others open on demand."""
TAKEN_APART = {
    "logarithms": N_("Since parts are multiplied, each share is reckoned by its logarithm."),
    "reciprocals": N_("Since parts are put together by a harmonic mean, each share is reckoned by its reciprocal."),
}
NAMED = 2
"""Of each kind that the sentence names."""


def block(shown: Shown) -> str:
    """One sentence, then the bars; "" where the reader's own place is not ranked."""
    if shown.own is None:
        return ""
    _, found = translator(shown.locale), drivers(shown.built, shown.built.places[shown.own])
    title = escape(_("What drives its place"))
    if not found.of:
        told = _("Places are compared two by two here, so no indicator has a share of the score that could be told apart.")
        return f'<section class="drivers"><h2>{title}</h2><p class="because">{escape(told)}</p></section>'
    first, others = found.of[:MOST], found.of[MOST:]
    rest = escape(_("The other indicators"))
    more = f"<details><summary>{rest}</summary>{_table(shown, others, found, _)}</details>" if others else ""
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in _notes(shown, found, _))
    return (
        f'<section class="drivers"><h2>{title}</h2><p class="because">{escape(said(shown, found.of))}</p>'
        f"{_table(shown, first, found, _)}{more}{notes}</section>"
    )


def said(shown: Shown, found: Sequence[Driver]) -> str:
    """What lifts it most beside the median place, and what holds it back."""
    _ = translator(shown.locale)
    lifts = [driver for driver in found if driver.gap > 0][:NAMED]
    drags = [driver for driver in found if driver.gap < 0][:NAMED]
    if not lifts and not drags:
        return _("It is as the median place in everything.")
    told = {"lifts": _named(shown, lifts, _), "drags": _named(shown, drags, _)}
    if not drags:
        return _("Beside the median place it gains most by {lifts}, and loses by nothing.", **told)
    if not lifts:
        return _("Beside the median place it loses most by {drags}, and gains by nothing.", **told)
    return _("Beside the median place it gains most by {lifts}, and loses most by {drags}.", **told)


def _notes(shown: Shown, found: Drivers, _: Words) -> Iterator[str]:
    """Which place is the median one, what the points sum to, and what is owed to figures that are missing."""
    told = {"place": shown.named(found.beside), "gap": points(shown, found.gap)}
    yield _("The median place is {place}; all points sum to the difference of the two scores, {gap}.", **told)
    if found.how in TAKEN_APART:
        yield _(TAKEN_APART[found.how])
    if points(shown, found.missing) != points(shown, 0):
        yield _("{points} points come of figures that one of the two has not.", points=points(shown, found.missing))


def _named(shown: Shown, found: Sequence[Driver], _: Words) -> str:
    return saying.joined([f"{shown.label(driver.name)} ({points(shown, driver.gap)})" for driver in found], _)


def points(shown: Shown, gap: float) -> str:
    """+3.1, −4.2, in points of the score."""
    return f"{'−' if gap < 0 else '+' if gap > 0 else ''}{plot.written(shown, abs(gap))}"


def _table(shown: Shown, found: Sequence[Driver], every: Drivers, _: Words) -> str:
    widest = max(abs(driver.gap) for driver in every.of) or 1.0
    names = [("", _("Indicator")), ("pull", _("Holds back | lifts")), ("number", _("Points"))]
    head = "".join(f'<th scope="col" class="{kind}">{escape(name)}</th>' for kind, name in names)
    body = "".join(_row(shown, driver, widest, _) for driver in found)
    return f'<table class="values wide"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(shown: Shown, driver: Driver, widest: float, _: Words) -> str:
    half = 50 * abs(driver.gap) / widest
    left, kind = (50 - half, "down") if driver.gap < 0 else (50.0, "up")
    bar = f'<span class="pulled" aria-hidden="true"><i class="{kind}" style="left:{left:.1f}%;width:{half:.1f}%"></i></span>'
    note = f'<span class="note">{escape(_beside(shown, driver, _))}</span>'
    number = f'<td class="number">{escape(points(shown, driver.gap))}</td>'
    return f'<tr><th scope="row">{_link(shown, driver.name)}{note}</th><td class="pull">{bar}</td>{number}</tr>'


def _beside(shown: Shown, driver: Driver, _: Words) -> str:
    """12.1 days; the median place 9.4."""
    amount = amounts.of(shown, driver.name)
    return _("{own}; the median place {median}", own=amount.said(driver.own), median=amount.said(driver.median))


def _link(shown: Shown, name: str) -> str:
    """To the page Peers about the same indicator, where it is one of the city's."""
    one, label = shown.ingredient(name), escape(shown.label(name))
    if one.indicator not in shown.session.measured:
        return label
    return f'<a href="{escape(shown.session.address("peers", indicator=str(one.indicator)))}">{label}</a>'
