"""The bands of a preset or a list that a goal is read off: all of them, and the one it is in."""

from dashboards import formats
from dashboards.session import Session
from dashboards.words import translator
from kpis.bands import Band, stretches
from kpis.presets import library
from kpis.score import Score

Row = tuple[str, str]


def rows(session: Session, score: Score) -> list[Row]:
    """The bands in their order, and the name of the goal's own; [] where a goal has no bands with names."""
    _, bands = translator(session.locale), score.kpi.bands
    if bands is None or not bands.scale:
        return []
    preset = library.preset(bands.preset or "")
    told = " · ".join(_span(session, score, stretch.band) for stretch in stretches(bands.scale))
    said = _("Bands of {preset}: {bands}", preset=session.say(preset.name), bands=told) if preset else _("Bands: {bands}", bands=told)
    held = score.listed_band
    if held is None:
        return [(said, "")]
    name = session.say(held.said)
    return [(said, name if held.meaning is None else f"{name}: {session.say(held.meaning)}"), *_widened(session, score)]


def _widened(session: Session, score: Score) -> list[Row]:
    """The bands as they are in force, where the data cannot tell less than some were wide."""
    if not score.widened or not score.kpi.smallest_difference:
        return []
    _, told = translator(session.locale), " · ".join(_span(session, score, stretch.band) for stretch in stretches(score.widened))
    least = formats.difference(score.kpi.smallest_difference, score.indicator, session.locale)
    return [(_("Widened, because the data cannot tell less than {least} apart: {bands}", least=least, bands=told), "")]


def _span(session: Session, score: Score, band: Band) -> str:
    """A band as `green 90 % – 110 %`."""
    name = session.say(band.said)
    start, end = (None if number is None else _number(session, score, number) for number in (band.start, band.end))
    if start is not None and end is not None:
        return f"{name} {start}" if band.start == band.end else f"{name} {start} – {end}"
    if end is not None:
        return f"{name} {'≤' if band.holds_end(highest=False) else '<'} {end}"
    return f"{name} {'≥' if band.holds_start else '>'} {start}"


def _number(session: Session, score: Score, number: float) -> str:
    if score.kpi.basis == "absolute":
        return formats.in_table(number, score.indicator, session.locale)
    percent = round(number * 100, 4)
    return f"{formats.number(percent, 0 if percent == int(percent) else 1, session.locale)}{formats.BOUND}%"
