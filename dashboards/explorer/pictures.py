"""The figures of the explorer as one picture, with a caption that says where they come from."""

from collections.abc import Callable, Mapping, Sequence

from dashboards import charts, formats, maps, palette, pictures
from dashboards.downloads import Files, always
from dashboards.explorer import drawing, legend, mapping
from dashboards.explorer.choice import Choice
from dashboards.explorer.figures import Figure
from dashboards.explorer.mapping import Drawn
from dashboards.explorer.saying import said_of
from dashboards.palette import Palette
from dashboards.pictures import Part
from dashboards.session import Session
from dashboards.words import translator


def of(session: Session, choice: Choice, figures: Sequence[Figure], about: Mapping[str, str]) -> Files:
    """What the download offers: the maps where they are shown, else the charts, as PNG and as SVG."""
    _ = translator(session.locale)
    if choice.view == "map":
        figures = [figure for figure in figures if _maps(session, figure)]
    else:
        figures = [figure for figure in figures if any(len(series.values) > 1 for series in figure.series)]
    if not figures:
        return {}
    caption = _caption(session, figures, about)

    def picture(kind: Callable[[Sequence[Part], Sequence[str]], bytes]) -> Callable[[], bytes]:
        return lambda: kind([part for figure in figures for part in parts(session, choice, figure)], caption)

    return {
        _("Picture (PNG)"): ("png", "image/png", picture(pictures.png)),
        _("Drawing (SVG)"): ("svg", "image/svg+xml", picture(pictures.svg)),
    }


def parts(session: Session, choice: Choice, figure: Figure) -> list[Part]:
    """One figure with its title and what it says, on white paper whatever the reader's screen."""
    shades = palette.light(session.definitions.city.colours.brand)
    if choice.view == "map":
        return [_map(session, figure, drawn, shades) for drawn in _maps(session, figure)]
    first = figure.indicators[0]
    specification = charts.lines(shades, session.locale, session.say(first.unit), first.frequency, still=True)
    return [Part(figure.title, said_of(session, figure), specification, drawing.rows(session, figure))]


def _maps(session: Session, figure: Figure) -> list[Drawn]:
    """The maps of a figure on which there is anything to see."""
    found = [mapping.drawn(session, indicator, mapping.of_whole_places(figure, indicator)) for indicator in figure.indicators]
    return [drawn for drawn in found if drawn.areas or drawn.bubbles]


def _map(session: Session, figure: Figure, drawn: Drawn, shades: Palette) -> Part:
    said = legend.steps_said(session, drawn.indicator, drawn.classes)
    specification = maps.still(drawn.areas, drawn.bubbles, drawn.classes, shades, said)
    title = session.say(drawn.indicator.name) if len(figure.indicators) > 1 else figure.title
    about = f"{formats.sentence(drawn.period)}, {session.say(drawn.indicator.unit)}."
    return Part(title, " ".join(filter(None, [about, mapping.said_of(session, drawn)])), specification)


def _caption(session: Session, figures: Sequence[Figure], about: Mapping[str, str]) -> list[str]:
    """Where it comes from on lines of their own, the rest on one."""
    _ = translator(session.locale)
    indicators = [indicator for figure in figures for indicator in figure.indicators]
    source, unit, link, address = _("Source"), _("Unit"), _("Link"), _("Downloaded from")
    first = {
        source: ", ".join(dict.fromkeys(session.say(indicator.source) for indicator in indicators)),
        unit: ", ".join(dict.fromkeys(session.say(indicator.unit) for indicator in indicators)),
    }
    rest = " · ".join(f"{term}: {said}" for term, said in {**about, **always(session)}.items() if said and term not in (link, address))
    return [*(f"{term}: {said}" for term, said in first.items()), rest, *([f"{link}: {about[link]}"] if link in about else [])]
