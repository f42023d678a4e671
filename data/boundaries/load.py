"""Prepares a file of outlines: reads, matches, checks and simplifies it, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from data.boundaries import feature_file, shapes
from data.boundaries.feature_file import FeatureFile
from data.boundaries.matching import matched
from data.definitions import Definitions
from data.ingest.fault import Fault
from data.located import near
from data.places import Place
from data.problems import N_, Problem, Refused


@dataclass(frozen=True)
class Asked:
    """How to find the places: the properties that hold their codes and names, and which places may be meant."""

    code: str | None = None
    names: str | None = None
    parent: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Prepared:
    """Outlines that can be kept: those of the places of one kind inside one parent (None: inside nothing)."""

    parent: str | None
    kind: str
    shapes: dict[str, BaseGeometry]


def prepare(path: Path, definitions: Definitions, asked: Asked) -> Prepared:
    """The outlines of a file. Raises Refused with everything that is wrong with it."""
    candidates = _candidates(definitions, asked)
    file = feature_file.read(path, str(path))
    outlines, problems = _outlines(file)
    try:
        places = matched(file, candidates, asked.code, asked.names)
    except Refused as refused:
        raise Refused([*problems, *refused.problems]) from None
    problems += _several_groups(file, places) + _turned(file, places, outlines, definitions) if not problems else []
    if problems:
        raise Refused(problems)
    if pair := shapes.overlapping(outlines):
        values = {"one": places[pair[0]].id, "other": places[pair[1]].id}
        fault = Fault("{other} and {one} lie over each other", "correct the two outlines, or their codes", values)
        raise Refused([file.located(fault, file.features[pair[1]])])
    return _light(file, places, outlines)


def _candidates(definitions: Definitions, asked: Asked) -> list[Place]:
    if asked.parent is not None and asked.parent not in definitions.place:
        values = {"name": asked.parent, "near": near(asked.parent, definitions.place)}
        raise Refused([Problem("{name!r} is not a known place", "write {near}", key="--parent", values=values)])
    return [
        place
        for place in definitions.places
        if (asked.parent is None or place.parent == asked.parent) and (asked.kind is None or place.kind == asked.kind)
    ]


def _outlines(file: FeatureFile) -> tuple[list[BaseGeometry], list[Problem]]:
    """The shape of each feature; where the coordinates are no degrees, that alone is said, once."""
    drawn = [shapes.shape_of(feature.geometry) for feature in file.features]
    for feature, shape in zip(file.features, drawn, strict=True):
        if not isinstance(shape, Fault) and (fault := shapes.out_of_range(shape)):
            raise Refused([file.located(fault, feature, "geometry")])
    whole = _repaired(drawn)
    problems = [
        file.located(shape, feature, "geometry") for feature, shape in zip(file.features, whole, strict=True) if isinstance(shape, Fault)
    ]
    return [shape for shape in whole if not isinstance(shape, Fault)], problems


def _repaired(drawn: Sequence[BaseGeometry | Fault]) -> list[BaseGeometry | Fault]:
    """Every shape made valid, as far as that takes no longer than somebody waits."""
    found, left = [], shapes.MOST_REPAIRED_IN_ALL
    for shape in drawn:
        if not isinstance(shape, Fault) and not (shape.is_valid and shape.area):
            left -= int(shapely.get_num_coordinates(shape))
            shape = shapes.repaired(shape) if left >= 0 else Fault("its outline crosses itself", shapes.MEND)
        found.append(shape)
    return found


def _several_groups(file: FeatureFile, places: Sequence[Place]) -> list[Problem]:
    groups = sorted({f"{place.kind} in {place.parent or '-'}" for place in places})
    if len(groups) == 1:
        return []
    hint = N_("load them from several files, or narrow them with --parent and --kind")
    return [Problem("the places are of several kinds or parents: {groups}", hint, file.name, values={"groups": "; ".join(groups)})]


def _turned(file: FeatureFile, places: Sequence[Place], outlines: Sequence[BaseGeometry], definitions: Definitions) -> list[Problem]:
    """Latitude written first: the outlines lie where the known places would be with their coordinates turned round."""
    for feature, place, outline in zip(file.features, places, outlines, strict=True):
        known = _known_point(place, definitions)
        if known and outline.distance(Point(known.y, known.x)) < min(1.0, outline.distance(known)):
            values = {"place": place.id, "latitude": f"{known.y:g}", "longitude": f"{known.x:g}"}
            message = N_("latitude is written before longitude: {place} is known to lie at longitude {longitude}, latitude {latitude}")
            return [
                file.located(Fault(message, N_("write longitude first, as GeoJSON asks, and export again"), values), feature, "geometry")
            ]
    return []


def _known_point(place: Place, definitions: Definitions) -> Point | None:
    """Where the place is known to be, or what it lies in."""
    above: Place | None = place
    while above:
        if above.latitude is not None and above.longitude is not None:
            return Point(above.longitude, above.latitude)
        above = definitions.place.get(above.parent or "")
    return None


def _light(file: FeatureFile, places: Sequence[Place], outlines: Sequence[BaseGeometry]) -> Prepared:
    found = shapes.light(outlines)
    if shapes.size(found) > shapes.LIMIT:
        raise Refused([Problem("too many outlines for one map, even simplified", "load them by region, in several files", file.name)])
    return Prepared(places[0].parent, places[0].kind, {place.id: shape for place, shape in zip(places, found, strict=True)})
