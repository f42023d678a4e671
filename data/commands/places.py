"""places: loads the outlines of places from a GeoJSON file, so that the map draws them as areas; all of them or none

examples: python -m data places districts.geojson
          python -m data places municipios.geojson --code CVEGEO --names NOM_MUN --parent colima --dry-run
"""

import argparse
from pathlib import Path

from data import boundaries, definitions
from data.boundaries import Asked, Prepared
from data.command_line import Answer, counted
from data.definitions import Definitions
from data.home import Home
from data.places import Kind

EMPTY = {"places": []}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="GeoJSON in longitude and latitude: one area for each place")
    parser.add_argument("--code", metavar="PROPERTY", help="the property that holds a place's code, id or name")
    parser.add_argument("--names", metavar="PROPERTY", help="the property that holds its name; beside --code both must agree")
    parser.add_argument("--parent", metavar="ID", help="only places inside this one may be meant")
    parser.add_argument("--kind", choices=Kind.__args__, help="only places of this kind may be meant")
    parser.add_argument("--dry-run", action="store_true", help="check the file and keep nothing")


def run(told: argparse.Namespace) -> Answer:
    """Checks the outlines, and keeps them in the home."""
    home = Home.here()
    known = definitions.load(home)
    found = boundaries.prepare(told.file, known, Asked(told.code, told.names, told.parent, told.kind))
    without = _without(known, found)
    answer = {"places": list(found.shapes), "without": without, "file": None, "bytes": None}
    said = f"{counted(len(found.shapes), 'outline')} of {found.kind} places in {found.parent or 'no other place'}"
    if without:
        said += f"; still without one: {', '.join(without)}"
    if told.dry_run:
        return Answer({**answer, "problems": []}, f"{said}\nnothing was kept (--dry-run)")
    path, size = boundaries.keep(home, found)
    kept = {"file": home.short(path), "bytes": size, "problems": []}
    return Answer({**answer, **kept}, f"{said}\nkept in {home.short(path)}, {size / 1000:.0f} kB")


def _without(known: Definitions, found: Prepared) -> list[str]:
    """Places of the same kind and parent that the file says nothing about."""
    alike = [place.id for place in known.places if place.parent == found.parent and place.kind == found.kind]
    return [place for place in alike if place not in found.shapes]
