"""The colours of a report where no page's style sheet says them."""

from dashboards.palette import Palette

SHOWN = {"red": "#b3261e", "orange": "#8f5b00", "green": "#1b7a43", "violet": "#6a3fb5", "gray": "#5b6770"}
"""Of a status, by the names that dashboards.style gives them: as in .streamlit/config.toml, light."""
PALE = 0.72


def alone(drawing: str, ink: Palette) -> str:
    """A drawing of the page that stands by itself: what the page's style sheet says about it goes along."""
    colours = "".join(f".mark.{name}{{color:{colour}}}" for name, colour in SHOWN.items())
    style = (
        f".ground{{fill:{ink.rule};stroke:{ink.paper};stroke-width:1.2}}.ground.chosen{{fill:{ink.brand};fill-opacity:.16}}"
        f".mark{{color:{ink.ink};stroke:{ink.paper};stroke-width:1}}{colours}"
        f".mark *{{fill:currentColor}}.mark circle.open{{fill:{ink.paper};stroke:currentColor;stroke-width:2.4}}"
        ".mark path.open{fill:none;stroke:currentColor;stroke-width:3.4}"
        f"text{{font-family:'Libertinus Serif';font-size:13px;font-weight:600;fill:{ink.ink};text-anchor:middle}}"
    )
    head, rest = drawing.split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{rest}'


def lighter(colour: str) -> str:
    """A colour as pale as what is outlined: more white than colour."""
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * PALE):02x}" for part in parts)
