"""What the net present value hangs on: the rate, as a chart, and costs and benefits, as a table."""

from html import escape

import polars as pl

from dashboards import charts, curves, formats, layout, palette, panel
from dashboards.appraisals.shown import Shown
from dashboards.plan.tables import NUMBER, table
from dashboards.words import Words
from kpis.appraisals.conclusion import advised
from kpis.appraisals.cost_benefit import RATES, SWINGS, CostBenefit, Worth

MILLION = 1_000_000


def show(one: Shown) -> None:
    """The chart and the table; nothing where no flows are given."""
    found, _ = one.found.worths, one.words
    if found is None:
        return
    layout.section(_finding(one, found, _))
    scale, unit = _scale(one, found, _)
    drawn = curves.by_rate(palette.current(one.session), one.session.locale, unit)
    charts.show(rows(one, found, scale), drawn, "appraisal_rates", _alt(one, found, _))
    panel.show(swings(one, found), key="appraisal_swings")


def rows(one: Shown, found: CostBenefit, scale: float) -> pl.DataFrame:
    """A line for each option over the rates, doing nothing among them at zero; the first point carries the name."""
    strong, _ = advised(one.found), one.words
    lines = {one.appraisal.nothing.id: (0.0,) * len(RATES), **{worth.option: worth.by_rate for worth in found.worths}}
    starts = {option: values[0] / scale for option, values in lines.items()}
    span = (max(max(values) for values in lines.values()) - min(min(values) for values in lines.values())) / scale
    heights = _upwards(list(starts.values()), curves.NAME_SHARE * span)
    told: list[tuple] = [(found.rate, None, curves.DECLARED, False, _("declared: {rate} %", rate=_rate(one, found.rate)), None, None)]
    for (option, values), height in zip(lines.items(), heights, strict=True):
        name, best = one.name(option), option == strong
        for rate, value in zip(RATES, values, strict=True):
            tip = _("{option}, at {rate} %: {amount}", option=name, rate=rate, amount=one.money(value))
            told.append((float(rate), value / scale, option, best, None, None, tip))
        told.append((float(RATES[0]), starts[option], option, best, name, height, None))
    return pl.DataFrame(told, schema=curves.COLUMNS, orient="row")


def swings(one: Shown, found: CostBenefit) -> str:
    """The worth of each option with costs and benefits moved, and by how much they may move before it is nil."""
    _ = one.words
    moved = [
        _("Costs {n} % lower", n=-SWINGS[0]),
        _("Costs {n} % higher", n=SWINGS[1]),
        _("Benefits {n} % lower", n=-SWINGS[0]),
        _("Benefits {n} % higher", n=SWINGS[1]),
    ]
    titles = [(_("Option"), ""), (_("As reckoned"), NUMBER), *((title, NUMBER) for title in moved), (_("It stands at zero when"), "")]
    lines = [
        [escape(one.name(worth.option)), *map(one.amount, (worth.net, *worth.swings)), escape(_switches(one, worth, _))]
        for worth in found.worths
    ]
    caption = _("Net present value in {currency} of {year}, if things turn out otherwise", currency=one.currency, year=found.base_year)
    return table(titles, [("", lines)], caption, "swings")


def _switches(one: Shown, worth: Worth, _: Words) -> str:
    """The switching values in words."""
    said = []
    for share, rise, fall in (
        (worth.costs_may_rise, _("costs rise by {n}"), _("costs fall by {n}")),
        (None if worth.benefits_may_fall is None else -worth.benefits_may_fall, _("benefits rise by {n}"), _("benefits fall by {n}")),
    ):
        if share is not None:
            said.append((rise if share >= 0 else fall).format(n=one.percent(abs(share))))
    return _("{one}, or {other}", one=said[0], other=said[1]) if len(said) == 2 else "".join(said) or formats.NOTHING


def _finding(one: Shown, found: CostBenefit, _: Words) -> str:
    """The chart's title: whether the best stays the best at every rate that is drawn."""
    leading = {_best(found, n) for n in range(len(RATES))}
    if len(leading) > 1:
        return _("Which option is worth the most hangs on the rate")
    (best,) = leading
    if best is None:
        return _("At no rate from 0 to 12 % does an option bring more than it costs")
    return _("“{option}” is worth the most at any rate from 0 to 12 %", option=one.name(best))


def _best(found: CostBenefit, n: int) -> str | None:
    """The option that is worth the most at the n-th rate; None where that is doing nothing."""
    best = max(found.worths, key=lambda worth: worth.by_rate[n])
    return best.option if best.by_rate[n] > 0 else None


def _scale(one: Shown, found: CostBenefit, _: Words) -> tuple[float, str]:
    """Millions where amounts are that large, and what the axis is called."""
    largest = max(abs(value) for worth in found.worths for value in worth.by_rate)
    if largest >= MILLION:
        return float(MILLION), _("net present value, millions of {currency}", currency=one.currency)
    return 1.0, _("net present value, {currency}", currency=one.currency)


def _alt(one: Shown, found: CostBenefit, _: Words) -> str:
    parts = [f"{one.name(worth.option)}: {one.money(worth.by_rate[0])} – {one.money(worth.by_rate[-1])}" for worth in found.worths]
    return _("Line chart of the net present value at rates from 0 to 12 %; {parts}.", parts="; ".join(parts))


def _upwards(heights: list[float], least: float) -> list[float]:
    """The heights with those lifted that stand less than `least` above the one below: a name never falls under its line's beginning."""
    placed: dict[int, float] = {}
    floor = float("-inf")
    for n in sorted(range(len(heights)), key=heights.__getitem__):
        placed[n] = max(heights[n], floor)
        floor = placed[n] + least
    return [placed[n] for n in range(len(heights))]


def _rate(one: Shown, rate: float) -> str:
    return formats.number(rate, 1 if rate % 1 else 0, one.session.locale)
