"""The city's coat of arms: a drawing beside its definitions, named by `arms:` in data/city.yaml."""

from xml.etree import ElementTree

from data.city import City
from data.home import Home
from data.problems import N_, Problem, Refused

MOST = 300_000
"""Bytes: arms stand small on each page of a report."""
SVG = "{http://www.w3.org/2000/svg}svg"


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
    if b"<!DOCTYPE" in drawing or b"<!ENTITY" in drawing:
        return False
    try:
        drawing.decode()
        root = ElementTree.fromstring(drawing)  # noqa: S314 - it declares no entities: that is refused above
    except (ElementTree.ParseError, UnicodeDecodeError):
        return False
    return root.tag == SVG and all(_still(part) for part in root.iter())


def _still(part: ElementTree.Element) -> bool:
    names = {name.rpartition("}")[2].lower(): value for name, value in part.attrib.items()}
    acts = any(name.startswith("on") for name in names) or part.tag.rpartition("}")[2] in ("script", "foreignObject")
    return not acts and all(value.startswith(("#", "data:image/")) for name, value in names.items() if name == "href")


def _refused(path: str, message: str, hint: str) -> Refused:
    return Refused([Problem(message, hint, path, key="arms", values={"most": MOST // 1000})])
