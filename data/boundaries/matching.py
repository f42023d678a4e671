"""Which known place each outline is of: by its code, its id or its name."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from data.boundaries.feature_file import Feature, FeatureFile
from data.ingest.fault import Fault
from data.places import Place
from data.problems import N_, Problem, Refused

USUAL = ("", "code", "id", "name")
"""Where a file says which place it means when nobody says where to look: the feature's own id (""), or a property."""
MOST_SHOWN = 12


def matched(file: FeatureFile, places: Iterable[Place], code: str | None, names: str | None) -> list[Place]:
    """The place of each feature, in their order. Raises Refused with every feature that is nobody's, or somebody else's too."""
    register = _Register(places)
    asked = [part for part in (code, names) if part is not None] or [_usual(file, register)]
    problems: list[Problem] = []
    found = [_place(file, feature, asked, register, problems) for feature in file.features]
    problems += _twice(file, found)
    if problems:
        raise Refused(problems)
    return [place for place in found if place]


class _Register:
    """Finds places by id, code, or name in any language."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.ids = {place.id: place for place in places}
        self.known: dict[str, dict[str, Place]] = {}
        for place in self.ids.values():
            names = [place.name] if isinstance(place.name, str) else place.name.values()
            for name in (place.id, place.code or place.id, *names):
                self.known.setdefault(_folded(name), {})[place.id] = place

    def find(self, text: str) -> Place | Fault:
        """An id means its own place, also where another has it for a name."""
        if text in self.ids:
            return self.ids[text]
        found = list(self.known.get(_folded(text), {}).values())
        if len(found) == 1:
            return found[0]
        if found:
            values = {"found": text[:80], "ids": ", ".join(place.id for place in found)}
            return Fault("{found!r} is the name of several places: {ids}", "narrow them with --parent or --kind, or use --code", values)
        near = get_close_matches(_folded(text), self.known, 1)
        place = next(iter(self.known[near[0]].values())).id if near else ""
        hint = (
            N_("correct it, or give the place in data/places.yaml this `code`") if not near else N_("{near} is near; correct one of them")
        )
        return Fault("{found!r} is not the code, id or name of a known place", hint, {"found": text[:80], "near": place})


def _usual(file: FeatureFile, register: _Register) -> str:
    """The first of the usual properties that every feature has. Raises Refused, naming the property that would fit."""
    for name in USUAL:
        if all(_said(feature, name) for feature in file.features):
            return name
    properties = list(dict.fromkeys(name for feature in file.features for name in feature.properties))
    fit = next((name for name in properties if all(_fits(feature, name, register) for feature in file.features)), None)
    values = {"properties": ", ".join(properties[:MOST_SHOWN]) or "-", "fit": fit}
    hint = N_("name it with --code PROPERTY; `--code {fit}` would fit") if fit else N_("name it with --code PROPERTY: one of {properties}")
    raise Refused([Problem("nothing says which property names the place", hint, file.name, values=values)])


def _fits(feature: Feature, name: str, register: _Register) -> bool:
    return isinstance(register.find(_said(feature, name)), Place)


def _said(feature: Feature, name: str) -> str:
    """What a feature says its place is; "" where it says nothing. A number is read as it is written."""
    value = feature.properties.get(name) if name else feature.name
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else str(value)
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _place(file: FeatureFile, feature: Feature, asked: Sequence[str], register: _Register, problems: list[Problem]) -> Place | None:
    """The place that all properties agree on."""
    found: list[Place] = []
    for name in asked:
        part, text = f"properties.{name}" if name else "id", _said(feature, name)
        missing = Fault("no place is named", "write its code, id or name, or remove the feature")
        place = register.find(text) if text else missing
        if isinstance(place, Place):
            found.append(place)
        else:
            problems.append(file.located(place, feature, part))
    if len(found) == 2 and found[0] != found[1]:
        values = {"first": found[0].id, "second": found[1].id}
        fault = Fault("its code means {first} and its name {second}", "correct the one that is wrong", values)
        problems.append(file.located(fault, feature))
    return found[0] if len(found) == len(asked) else None


def _twice(file: FeatureFile, found: Sequence[Place | None]) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for feature, place in zip(file.features, found, strict=True):
        if place and place.id in first:
            hint = N_("correct the code, or join the parts of one place into one MultiPolygon")
            fault = Fault("{place} has an outline already, in feature {first}", hint, {"place": place.id, "first": first[place.id]})
            problems.append(file.located(fault, feature))
        elif place:
            first[place.id] = feature.number
    return problems


def _folded(name: str) -> str:
    """Upper and lower case, and the two ways to write an accent, are one name."""
    return unicodedata.normalize("NFC", name).strip().casefold()
