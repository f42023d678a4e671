"""Who the comparison is, and the figures period by period: what the charts show, in tables."""

from html import escape

import polars as pl

from dashboards import formats
from dashboards.study import method, saying
from dashboards.study.shown import Shown
from dashboards.words import translator
from kpis.impact.effect import Effect

LEAST = 0.005
"""A weight below which somebody does not count: it would be shown as 0 %."""
MOST = 12
"""Who weighs most, in this table; the rest together."""


def weights(shown: Shown) -> str:
    """Each of the compared by weight, with a bar; "" where nobody is weighed."""
    _, found = translator(shown.session.locale), weighed(shown)
    if not found:
        return ""
    longest = max(weight for _name, weight in found)
    body = "".join(_weight(shown, name, weight, longest) for name, weight in found[:MOST])
    rest = sum(weight for _name, weight in found[MOST:])
    n = len(found) - MOST
    more = _weight(shown, _.ngettext("{n} more", "{n} more", n, n=n), rest, longest) if n > 0 else ""
    title, head = escape(_("Who the comparison is")), (_("Place"), _("Weight"))
    names = f'<th scope="col">{escape(head[0])}</th><th scope="col" class="number">{escape(head[1])}</th><td></td>'
    return f'<section><h2>{title}</h2><table class="where"><thead><tr>{names}</tr></thead><tbody>{body}{more}</tbody></table></section>'


def weighed(shown: Shown) -> list[tuple[str, float]]:
    """Names and weights of whoever counts, the heaviest first."""
    held = shown.effect.weights if shown.effect else {}
    found = [(shown.place(unit), weight) for unit, weight in held.items() if abs(weight) >= LEAST]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def series(shown: Shown) -> str:
    """The series as a table that opens when it is asked for."""
    _ = translator(shown.session.locale)
    if shown.effect is None or not shown.effect.series:
        return ""
    titles = [_("Period"), _("Measured"), _("Without the policy"), _("Difference")]
    head = "".join(f'<th scope="col" class="{"number" if index else ""}">{escape(title)}</th>' for index, title in enumerate(titles))
    body = "".join(_period(shown, shown.effect, number) for number in range(len(shown.effect.series)))
    summary, unit = escape(_("All values")), escape(shown.outcome.unit)
    return (
        f'<details class="series"><summary>{summary}</summary><table class="values"><caption>{unit}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>"
    )


def frame(shown: Shown) -> pl.DataFrame:
    """The same to download, numbers as numbers, in the unit of the page."""
    _, effect, measured = translator(shown.session.locale), shown.effect, shown.outcome
    names = [_("Period"), _("Measured"), _("Without the policy"), _("Difference"), _("Since the start")]
    rows = [
        (point.period, measured.level(point.actual), measured.level(point.expected), measured.effect(point.gap), number >= effect.before)
        for number, point in enumerate(effect.series)
    ] if effect else []  # fmt: skip
    types = [pl.String, pl.Float64, pl.Float64, pl.Float64, pl.Boolean]
    return pl.DataFrame(rows, dict(zip(names, types, strict=True)), orient="row")


def about(shown: Shown) -> dict[str, str]:
    """What must stand beside the figures when they travel: what was found, and how."""
    _ = translator(shown.session.locale)
    question = {_("Question"): shown.session.say(shown.study.question)} if shown.study.question else {}
    told = {_("Study"): shown.name, **question, _("Finding"): saying.headline(shown), _("Unit"): shown.outcome.unit}
    return {**told, **dict(method.rows(shown))}


def _weight(shown: Shown, name: str, weight: float, longest: float) -> str:
    share = f"{formats.number(100 * weight, 1, shown.session.locale)}{formats.BOUND}%"
    bar = f'<span class="bar" style="width:{max(0.0, 100 * weight / longest):.0f}%"></span>'
    return (
        f'<tr><th scope="row">{escape(name)}</th><td class="number"><b>{escape(share)}</b></td>'
        f'<td class="share"><span class="grey">{bar}</span></td></tr>'
    )


def _period(shown: Shown, effect: Effect, number: int) -> str:
    point = effect.series[number]
    since = ' class="since"' if number == effect.before else ""
    cells = (shown.outcome.bare(point.actual), shown.outcome.bare(point.expected), shown.outcome.exact(point.gap))
    said = "".join(f'<td class="number">{escape(cell)}</td>' for cell in cells)
    name = escape(formats.sentence(shown.calendar.name(point.period)))
    return f'<tr{since}><th scope="row">{name}</th>{said}</tr>'
