"""What the colours and circles of a map mean: each step with its numbers, and the rest in words."""

from collections.abc import Sequence
from html import escape

from dashboards import formats
from dashboards.maps import Area, Bubble, Classes
from dashboards.palette import Palette
from dashboards.session import Session
from dashboards.words import Words, translator
from data.indicators import Indicator

Drawn = Sequence[Area | Bubble]


def legend(session: Session, indicator: Indicator, period: str, classes: Classes, shades: Palette, drawn: Drawn) -> str:
    """The legend as HTML."""
    _ = translator(session.locale)
    said = steps_said(session, indicator, classes)
    steps = [_step(text, classes.shade(number, shades)) for number, text in enumerate(said)]
    silent = [place for place in drawn if place.value is None]
    if silent:
        kind, unknown = "none" if isinstance(silent[0], Area) else "unknown", escape(_("no value"))
        steps.append(f'<li><span class="swatch {kind}"></span>{unknown}</li>')
    listed = f'<ul class="legend">{"".join(steps)}</ul>' if steps else ""
    about = f"{formats.sentence(period)}, {session.say(indicator.unit)}."
    return f'{listed}<p class="note">{escape(" ".join([about, *_explained(indicator, drawn, _)]))}</p>'


def steps_said(session: Session, indicator: Indicator, classes: Classes) -> list[str]:
    """From where to where each step of the colour reaches; none of a count, whose circles say it all."""
    return [] if indicator.is_count else [_said(session, indicator, classes, *step) for step in classes.steps]


def _said(session: Session, indicator: Indicator, classes: Classes, *step: float) -> str:
    low, high = (formats.number(end, classes.decimals, session.locale) for end in step)
    said = low if low == high else f"{low} – {high}"
    return said + (f"{formats.BOUND}%" if indicator.unit == "%" else "")


def _step(said: str, shade: list[int]) -> str:
    red, green, blue = shade
    return f'<li><span class="swatch" style="background:rgb({red},{green},{blue})"></span>{escape(said)}</li>'


def _explained(indicator: Indicator, drawn: Drawn, _: Words) -> list[str]:
    areas, circles = any(isinstance(place, Area) for place in drawn), any(isinstance(place, Bubble) for place in drawn)
    count = indicator.is_count
    told = {
        _("The stronger the colour, the higher the value."): not count,
        _("The larger the circle, the more residents."): circles and not count,
        _("The larger the circle, the higher the value."): circles and count,
        _("Larger districts have more of anything that is counted: “Per 1,000 residents” colours them fairly."): count and areas,
    }
    return [sentence for sentence, holds in told.items() if holds]
