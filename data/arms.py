"""The city's coat of arms: a drawing beside its definitions, named by `arms:` in data/city.yaml."""

import re
from xml.etree import ElementTree

from data.city import City
from data.home import Home
from data.problems import N_, Problem, Refused

MOST = 300_000
"""Bytes: arms stand small on each page of a report."""
SVG = "{http://www.w3.org/2000/svg}svg"
ACTING = ("script", "foreignobject", "animate", "set")
"""Parts that do something, or change what another part refers to; however they are spelt: a browser may read them as HTML."""
ELSEWHERE = re.compile(r"@import|url\((?!\s*['\"]?#)|\\", re.IGNORECASE)
"""In a style: what refers to something outside the drawing, or hides by a backslash whether it does."""


def arms(home: Home, city: City) -> str | None:
    """The arms as SVG; None where the city names none. Raises Refused where the file is missing or is no drawing that stands by itself."""
    if city.arms is None:
        return None
    try:
        drawing = (home.folder / city.arms).read_bytes()
    except OSError:
        raise _refused(
            city.arms, N_("the city's arms are not there"), N_("put the file there, or take `arms:` out of data/city.yaml")
        ) from None
    if len(drawing) > MOST:
        raise _refused(city.arms, N_("the city's arms are too large: more than {most} kB"), N_("save a simpler drawing"))
    if not _alone(drawing):
        raise _refused(
            city.arms, N_("the city's arms are not an SVG that stands by itself"), N_("save them as plain SVG, without links and scripts")
        )
    return drawing.decode()


def _alone(drawing: bytes) -> bool:
    """Whether it is an SVG that asks for nothing from elsewhere and does nothing."""
    if any(begun in drawing for begun in (b"<!DOCTYPE", b"<!ENTITY", b"<?xml-stylesheet")):
        return False
    try:
        drawing.decode()
        root = ElementTree.fromstring(drawing)  # noqa: S314 - it declares no entities: that is refused above
    except (ElementTree.ParseError, UnicodeDecodeError):
        return False
    return root.tag == SVG and all(_still(part) for part in root.iter())


def _still(part: ElementTree.Element) -> bool:
    names = {name.rpartition("}")[2].lower(): value for name, value in part.attrib.items()}
    acts = any(name.startswith("on") for name in names) or part.tag.rpartition("}")[2].lower() in ACTING
    leads = any(ELSEWHERE.search(text) for text in (part.text or "", *names.values()))
    return not (acts or leads) and names.get("href", "#").startswith(("#", "data:image/"))


def _refused(path: str, message: str, hint: str) -> Refused:
    return Refused([Problem(message, hint, path, key="arms", values={"most": MOST // 1000})])
