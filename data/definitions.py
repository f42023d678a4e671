"""Everything a city has written down about its data, read and checked together."""

import os
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from data import parsed
from data.city import City
from data.comparison_problems import comparison_problems
from data.context_problems import group_problems, size_problems, told_problems, trait_problems
from data.fetch_declaration import faults
from data.home import Home
from data.indicators import Indicator, Indicators, Theme
from data.located import at, twice, unknown
from data.model import M, read_model
from data.places import Group, Place, Places, Trait
from data.problems import N_, Problem, Refused
from data.sources import Source, Sources
from data.yaml_file import Document, parse


@dataclass(frozen=True, eq=False)
class Definitions:
    """The city, its places, indicators and sources, each findable by id. One reading is one object: caches go by it."""

    city: City
    places: tuple[Place, ...]
    themes: tuple[Theme, ...]
    indicators: tuple[Indicator, ...]
    sources: tuple[Source, ...]
    traits: tuple[Trait, ...] = ()
    groups: tuple[Group, ...] = ()
    sizes: tuple[int, ...] = ()

    @cached_property
    def place(self) -> dict[str, Place]:
        return {place.id: place for place in self.places}

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def source(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def area(self) -> dict[str, str | dict[str, str]]:
        """Names of the areas."""
        return {area.id: area.name for area in self.city.areas}


def load(home: Home) -> Definitions:
    """The home's definitions, read again only when a file has changed.

    Raises Refused with every problem of every file.
    """
    return _load(home, stamp(home.city, home.places, home.indicators, home.sources))


def stamp(*paths: Path) -> tuple[Hashable, ...]:
    """Changes whenever one of the files does; for caches."""
    return tuple((str(path), *_age(path)) for path in paths)


def _age(path: Path) -> tuple[int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116 - every run of every page looks at fifty files, and a path's own takes twice as long
    except OSError:  # missing, or not to be read: whoever reads it says so
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4)
def _load(home: Home, _stamp: tuple[Hashable, ...]) -> Definitions:
    problems: list[Problem] = []
    city, city_file = read_part(City, home.city, home, problems)
    places, places_file = read_part(Places, home.places, home, problems)
    indicators, indicators_file = read_part(Indicators, home.indicators, home, problems)
    sources, sources_file = (Sources(), None) if not home.sources.exists() else read_part(Sources, home.sources, home, problems)
    if problems or not (city and places and indicators and sources):
        raise Refused(problems)
    known = tuple(indicator.in_years_from(city.fiscal_year_starts) for indicator in indicators.indicators)
    found = Definitions(city, places.places, indicators.themes, known, sources.sources, places.traits, places.groups, places.sizes)
    problems = contradictions(found, city_file, places_file, indicators_file)
    if sources_file:
        problems += _source_problems(found, sources_file)
    if problems:
        raise Refused(problems)
    return found


def contradictions(found: Definitions, city: Document, places: Document, indicators: Document) -> list[Problem]:
    """What the city, its places and its indicators say that does not go together; the documents are those that they stand in."""
    return [*_city_problems(found, city), *_place_problems(found, places), *_indicator_problems(found, indicators)]


def read_part(kind: type[M], path: Path, home: Home, problems: list[Problem], text: str | None = None) -> tuple[M | None, Document]:
    """One file as a model, or None with its problems added to the list; `text` is what it is to say, in place of what it says."""
    name = home.short(path)
    document = Document(name, None, {})
    try:
        document = parsed.read(home, path) if text is None else parse(text, name)
        return read_model(kind, document), document
    except Refused as refused:
        problems += refused.problems
        return None, document


def _city_problems(found: Definitions, document: Document) -> list[Problem]:
    city = found.city
    problems = twice([area.id for area in city.areas], lambda i: ("areas", i, "id"), document)
    problems += twice([axis.id for axis in city.mandate.axes], lambda i: ("mandate", "axes", i, "id"), document)
    if city.place not in found.place:
        problems.append(unknown(document, ("place",), "place", city.place, found.place))
    if city.mandate.end <= city.mandate.start:
        problems.append(at(document, ("mandate", "end"), "the mandate ends before it starts", "correct one of the two dates"))
    for i, event in enumerate(city.events):
        for what, key, names, known in (
            ("indicator", "indicators", event.indicators, found.indicator),
            ("place", "places", event.places, found.place),
        ):
            problems += [unknown(document, ("events", i, key, n), what, name, known) for n, name in enumerate(names) if name not in known]
    return problems


def _place_problems(found: Definitions, document: Document) -> list[Problem]:
    problems = twice([place.id for place in found.places], lambda i: ("places", i, "id"), document)
    for i, place in enumerate(found.places):
        if place.parent is not None and place.parent not in found.place:
            problems.append(unknown(document, ("places", i, "parent"), "place", place.parent, found.place))
        elif _is_own_ancestor(place, found.place):
            problems.append(at(document, ("places", i, "parent"), "{name!r} lies inside itself", "correct the parent", name=place.id))
        if place.kind == "district" and place.parent is None:
            problems.append(at(document, ("places", i), "a district needs a parent", "add `parent:` with the city's id"))
    problems += [*trait_problems(found.traits, found.indicator, document), *told_problems(found.places, found.traits, document)]
    return [*problems, *group_problems(found.groups, found.place, document), *size_problems(found.sizes, document)]


def _is_own_ancestor(place: Place, known: dict[str, Place]) -> bool:
    above: list[str] = []
    parent = place.parent
    while parent in known and parent not in above:
        above.append(parent)
        parent = known[parent].parent
    return place.id in above


def _indicator_problems(found: Definitions, document: Document) -> list[Problem]:
    themes = [theme.id for theme in found.themes]
    problems = twice(themes, lambda i: ("themes", i, "id"), document)
    problems += twice([indicator.id for indicator in found.indicators], lambda i: ("indicators", i, "id"), document)
    for i, indicator in enumerate(found.indicators):
        if indicator.theme not in themes:
            problems.append(unknown(document, ("indicators", i, "theme"), "theme", indicator.theme, themes))
        if indicator.owner not in found.area:
            problems.append(unknown(document, ("indicators", i, "owner"), "area", indicator.owner, found.area))
        if indicator.min is not None and indicator.max is not None and indicator.min >= indicator.max:
            problems.append(at(document, ("indicators", i, "min"), "`min` is not below `max`", "correct one of them"))
    return problems + comparison_problems(found.indicators, found.traits, found.place, document)


def _source_problems(found: Definitions, document: Document) -> list[Problem]:
    problems = twice([source.id for source in found.sources], lambda i: ("sources", i, "id"), document)
    for i, source in enumerate(found.sources):
        problems += source_problems(source, found, document, ("sources", i))
    return problems


def source_problems(source: Source, found: Definitions, document: Document, location: tuple) -> list[Problem]:
    """What is wrong with a source that stands at a location of a document."""
    problems = [
        part
        for check in (_source_shape, _source_joined, _source_wide, _source_rows, _source_marks)
        for part in check(source, document, location)
    ]
    problems += (
        [at(document, (*location, "fetch", key), *said, **values) for key, *said, values in faults(source.fetch)] if source.fetch else []
    )
    wide = source.wide
    for key, values, known, what in (
        ("places", source.names.places, found.place, "place"),
        ("indicators", source.names.indicators, found.indicator, "indicator"),
    ):
        problems += [unknown(document, (*location, "names", key, n), what, v, known) for n, v in values.items() if v not in known]
        columns = (getattr(wide, key) or {}) if wide else {}
        problems += [unknown(document, (*location, "wide", key, n), what, v, known) for n, v in columns.items() if v not in known]
        whole = getattr(source.all, what)
        if whole is not None and whole not in known:
            problems.append(unknown(document, (*location, "all", what), what, whole, known))
    return problems


def _source_shape(source: Source, document: Document, location: tuple) -> list[Problem]:
    """Each of place, indicator, period and value comes from exactly one of: a column, the whole file, the wide columns."""
    problems = []
    for part in ("place", "indicator", "period"):
        across = source.wide is not None and getattr(source.wide, f"{part}s") is not None
        given = [getattr(source.columns, part) is not None, getattr(source.all, part) is not None, across]
        if sum(given) != 1:
            hint = N_("give it once: under `columns`, under `all`, or under `wide`")
            problems.append(at(document, location, "{part} is given {times} times", hint, part=part, times=sum(given)))
    if (source.columns.value is not None) == bool(source.wide):
        problems.append(
            at(document, location, "the values are given {times} times", "give `columns.value`, or `wide`", times=2 if source.wide else 0)
        )
    segments = [source.columns.segment is not None, bool(source.columns.segments), source.all.segment is not None]
    if sum(segments) > 1:
        hint = N_("give it once: as `columns.segment`, as `columns.segments`, or under `all`")
        problems.append(at(document, location, "segment is given {times} times", hint, times=sum(segments)))
    return problems


def _source_joined(source: Source, document: Document, location: tuple) -> list[Problem]:
    """Columns that are joined are several, and each is named once."""
    problems = []
    for part in ("place", "indicator", "period"):
        columns, place = source.columns.of(part), (*location, "columns", part)
        if isinstance(getattr(source.columns, part), tuple) and len(columns) < 2:
            hint = N_("name the other columns too, or write the one as it is, without brackets")
            problems.append(at(document, place, "a list of columns joins two or more", hint))
        if again := [column for column in columns if columns.count(column) > 1]:
            problems.append(at(document, place, "{column} would be joined with itself", "name each column once", column=again[0]))
    return problems


def _source_wide(source: Source, document: Document, location: tuple) -> list[Problem]:
    """A wide file names columns of values, all of one kind."""
    if source.wide is None:
        return []
    problems = []
    across = [kind for kind in ("periods", "indicators", "places") if getattr(source.wide, kind) is not None]
    if len(across) != 1:
        problems.append(at(document, (*location, "wide"), "a wide file has columns of one kind", "give one of periods, indicators, places"))
    elif not source.wide.columns:
        hint = N_("name each column of values and what it stands for")
        problems.append(at(document, (*location, "wide", *across), "a wide file has columns of values, and none is named", hint))
    if source.columns.numerator or source.columns.denominator:
        hint = N_("give one row for each value, or leave them out")
        problems.append(at(document, (*location, "columns"), "a wide file has no column for a numerator or denominator", hint))
    return problems


def _source_rows(source: Source, document: Document, location: tuple) -> list[Problem]:
    """What ends the data, leaves rows out or fills them says something, and touches no value."""
    problems = []
    values = {source.columns.value, source.columns.numerator, source.columns.denominator, *(source.wide.columns if source.wide else ())}
    texts = [("footnotes", source.footnotes), *(("leave_out", column, texts) for column, texts in source.leave_out.items())]
    for *key, found in texts:
        if any(text != text.strip() or not text for text in found):
            hint = N_("write the text as it stands in the file, without spaces around it")
            problems.append(at(document, (*location, *key), "an empty text, or one with spaces around it, is found nowhere", hint))
    for column in source.fill_down:
        if column in values:
            hint = N_("leave it out: an empty value is a missing one, never the one above")
            problems.append(at(document, (*location, "fill_down"), "{column} holds values, and cannot be filled", hint, column=column))
    return problems


def _source_marks(source: Source, document: Document, location: tuple) -> list[Problem]:
    """The marks of numbers and dates say one thing each."""
    problems = []
    if source.decimal and source.decimal == source.thousands:
        problems.append(at(document, (*location, "thousands"), "the decimal and the thousands mark are the same", "correct one of them"))
    if source.date_format is not None and (unread := source.unread_date_codes):
        hint = N_("use %d, %m, %Y and the marks between them, as %d/%m/%Y")
        problems.append(at(document, (*location, "date_format"), "the date format cannot be read: {codes}", hint, codes=unread))
    words = [*source.nulls, *source.true, *source.false]
    if again := [word for word in words if words.count(word) > 1]:
        hint = N_("keep it under one of nulls, true, false")
        problems.append(at(document, location, "{word!r} is declared with two meanings", hint, word=again[0]))
    return problems
