"""Reads a GeoJSON file of outlines, and says of anything else what it is and how to make GeoJSON of it."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from data.ingest.fault import Fault
from data.problems import N_, Problem, Refused

LARGEST_FILE = 20_000_000
"""Bytes. Twenty times the municipalities of a large state as statistics offices publish them."""
MOST_PARTS = 1_500_000
"""Points and other lists and objects: empty ones are small in a file and large in memory."""
MOST_FEATURES = 2_000
SIMPLIFY = N_("simplify it first, as with `mapshaper FILE -simplify 10% keep-shapes -o smaller.geojson`")
EXPORT = N_("export it as GeoJSON with coordinates in degrees (EPSG:4326), as any map program does")
SIGNATURES: dict[bytes, tuple[str, str]] = {
    b"PK\x03\x04": (N_("a zip file, perhaps a shapefile or KMZ, not GeoJSON"), EXPORT),
    b"SQLite format 3": (N_("a GeoPackage, not GeoJSON"), EXPORT),
    b"\x00\x00\x27\x0a": (N_("a shapefile, not GeoJSON"), EXPORT),
    b"<": (N_("XML such as KML or GML, or a web page, not GeoJSON"), EXPORT),
}
"""How files begin that are sent instead of GeoJSON."""
DEGREES = re.compile(r"(urn:ogc:def:crs:)?(OGC:[\d.]*:?CRS84|EPSG:[\d.]*:?4326|WGS ?84)", re.IGNORECASE)
"""How an old GeoJSON says that its coordinates are longitude and latitude."""
FEATURES = re.compile(r'"features"\s*:\s*\[')
BETWEEN = re.compile(r"[ \t\r\n,]*")
"""What parts two features."""


@dataclass(frozen=True)
class Feature:
    """One outline with what the file says about it; `number` counts from 1."""

    number: int
    name: object
    properties: dict[str, Any]
    geometry: Any


@dataclass(frozen=True)
class FeatureFile:
    """A GeoJSON file of features; `name` is what messages call it."""

    name: str
    text: str
    features: tuple[Feature, ...]

    def located(self, fault: Fault, feature: Feature, part: str = "") -> Problem:
        """A problem at one feature, with the line on which the feature begins."""
        key = f"features.{feature.number}{'.' * bool(part)}{part}"
        return Problem(fault.message, fault.hint, self.name, self._lines.get(feature.number), key=key, values=fault.values)

    @cached_property
    def _lines(self) -> dict[int, int]:
        """The line of each feature, as far as the text can be followed."""
        found, lines = FEATURES.search(self.text), {}
        at, decoder = found.end() if found else len(self.text), json.JSONDecoder()
        line, counted = 1, 0
        for feature in self.features:
            at = BETWEEN.match(self.text, at).end()  # type: ignore[union-attr] - it fits nothing too
            line, counted = line + self.text.count("\n", counted, at), at
            try:
                value, at = decoder.raw_decode(self.text, at)
            except ValueError:
                return lines
            if not isinstance(value, dict) or value.get("geometry") != feature.geometry:
                return {}  # the word stood elsewhere first
            lines[feature.number] = line
        return lines


def read(path: Path, name: str) -> FeatureFile:
    """The features of a file. Raises Refused where it is not GeoJSON in degrees that we can draw."""
    text = _text(path, name)
    document = _document(text, name)
    if fault := _not_a_collection(document) or _not_in_degrees(document.get("crs")):
        raise Refused([Problem(fault.message, fault.hint, name, values=fault.values)])
    found = document["features"]
    if not found:
        raise Refused([Problem("the file holds no outline", "export it again with its features", name)])
    if len(found) > MOST_FEATURES:
        values = {"count": len(found), "most": MOST_FEATURES}
        raise Refused([Problem("{count} outlines, and {most} is the limit", "load them by region, in several files", name, values=values)])
    return FeatureFile(name, text, tuple(_feature(number, value) for number, value in enumerate(found, start=1)))


def _text(path: Path, name: str) -> str:
    if path.is_dir():
        raise Refused([Problem("this is a folder", "give a file", name)])
    if not path.exists():
        raise Refused([Problem("this file is missing", "check its name and its folder", name)])
    if path.stat().st_size > LARGEST_FILE:
        raise Refused([Problem("larger than {limit} MB", SIMPLIFY, name, values={"limit": LARGEST_FILE // 10**6})])
    content = path.read_bytes()
    begin = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, (message, hint) in SIGNATURES.items():
        if content.startswith(signature) or begin.startswith(signature):
            raise Refused([Problem(message, hint, name)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused([Problem("not UTF-8 text", "save the file as UTF-8", name, line)]) from None


def _document(text: str, name: str) -> Any:
    if not text.strip():
        raise Refused([Problem("the file is empty", "fetch or export it again", name)])
    if text.count("[") + text.count("{") > MOST_PARTS:
        raise Refused([Problem("more than {most} points", SIMPLIFY, name, values={"most": MOST_PARTS})])
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        hint = N_("the file may be cut off: fetch or export it again")
        raise Refused([Problem("not JSON: {why}", hint, name, error.lineno, error.colno, values={"why": error.msg})]) from None
    except RecursionError:
        raise Refused([Problem("nested far deeper than any outline", EXPORT, name)]) from None
    except ValueError:
        raise Refused([Problem("a number in it has thousands of digits", EXPORT, name)]) from None


def _not_a_collection(document: Any) -> Fault | None:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Topology":
        hint = N_("turn it into GeoJSON, as with `mapshaper FILE -o format=geojson FILE.geojson` or `topo2geo`")
        return Fault("TopoJSON, not GeoJSON", hint)
    if kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        values = {"found": str(kind)[:60]}
        return Fault("not a FeatureCollection of GeoJSON, but {found!r}", "export the outlines of all places as one GeoJSON file", values)
    return None


def _not_in_degrees(crs: Any) -> Fault | None:
    """What an old GeoJSON may say about its coordinates; the present standard knows degrees only."""
    if crs is None:
        return None
    said = crs.get("properties", {}) if isinstance(crs, dict) else crs
    known = str(said.get("name", said) if isinstance(said, dict) else said)[:80]
    if DEGREES.fullmatch(known.replace("::", ":")):
        return None
    hint = N_("export it in longitude and latitude (EPSG:4326), as with `ogr2ogr -t_srs EPSG:4326 degrees.geojson FILE`")
    return Fault("its coordinates are in the reference system {found!r}, not in degrees (WGS 84)", hint, {"found": known})


def _feature(number: int, value: Any) -> Feature:
    """What is no feature has no geometry, and is refused as such."""
    found = value if isinstance(value, dict) else {}
    properties = found.get("properties")
    return Feature(number, found.get("id"), properties if isinstance(properties, dict) else {}, found.get("geometry"))
