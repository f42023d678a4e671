"""Writes what a form has asked into the city's own YAML files, with their comments and layout kept; all of it or nothing.

The new files are first read whole, beside the old ones, and only then take their place, in an order in which a city whose
power fails half-way still has definitions that hold: indicators and places first, then the source that needs them.
"""

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from data import definition_swap, yaml_edit
from data.definition_lock import alone
from data.definition_swap import Swap
from data.definitions import Definitions, contradictions, load
from data.home import Home
from data.indicators import Indicators
from data.lasting import flush_folder, replace_bytes
from data.model import read_model
from data.places import Places
from data.problems import N_, NotPossibleNow, Problem, Refused, cause
from data.sources import Source
from data.versions import writing
from data.yaml_file import Document

Entry = Mapping[str, Any]


def save(home: Home, *, source: Entry | None = None, places: Sequence[Entry] = (), indicators: Sequence[Entry] = ()) -> Definitions:
    """Adds or replaces the source (by its id) and appends new places and indicators, each as its YAML file would write it.

    A source that is replaced keeps its `fetch:` where the new one says nothing of it: where a file comes from is no part of how it is read.
    Returns the definitions as they are then. Raises Refused where they would not be valid, and NotPossibleNow where the
    files cannot be written or somebody else is writing them; then every file is as it was.
    """
    with _writing(home):
        before = load(home)
        source = source and _with_fetch(source, before)
        old = {path: text_of(path) for path in (home.indicators, home.places, home.sources)}
        new = {
            home.indicators: yaml_edit.with_entries(old[home.indicators], "indicators", indicators),
            home.places: yaml_edit.with_entries(old[home.places], "places", places),
            home.sources: yaml_edit.with_entries(old[home.sources], "sources", [source] if source else [], replace=True),
        }
        changed = {path: text for path, text in new.items() if text is not None and text != old[path]}
        _rehearse(home, changed, before, source)
        _write(changed, old)
        return load(home)


def exchange(home: Home, new: Mapping[Path, str | None], opened: Mapping[Path, str | None], prove: Callable[[], None]) -> None:
    """Puts texts in the place of files that still say what they did when they were opened, and keeps those in `store/replaced/`.

    A file whose text is None is removed.

    `prove` is asked for once nobody else can write, and raises Refused where the texts do not hold. Raises NotPossibleNow where a
    file says something else by now, or cannot be written; then every file is as it was.
    """
    with _writing(home):
        _require_unchanged(opened)
        prove()
        changed = {path: text for path, text in new.items() if text != opened[path]}
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
        if len(changed) > 1:
            with _way_back(home, changed):
                _write(changed, opened)
        else:
            definition_swap.keep_aside(home, map(home.short, changed))
            _write(changed, opened)


def text_of(path: Path) -> str | None:
    """The file as it is, its line ends too; None where there is none."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None


def extended(definitions: Definitions, *, places: Sequence[Entry] = (), indicators: Sequence[Entry] = ()) -> Definitions:
    """The definitions with places and indicators that are still to be saved, for checking and rehearsing. Raises Refused."""
    places_file = Document("data/places.yaml", {"places": list(places)}, {})
    indicators_file = Document("data/indicators.yaml", {"themes": [], "indicators": list(indicators)}, {})
    found = replace(
        definitions,
        places=(*definitions.places, *read_model(Places, places_file).places),
        indicators=(*definitions.indicators, *read_model(Indicators, indicators_file).indicators),
    )
    if problems := contradictions(found, Document("data/city.yaml", None, {}), places_file, indicators_file):
        raise Refused(problems)
    return found


def source_entry(source: Source) -> dict[str, Any]:
    """A source as its YAML entry: only what differs from what is taken for granted."""
    said = source.model_dump(exclude_defaults=True, mode="json")
    if source.format == "csv":
        said["delimiter"] = source.delimiter  # what is taken for granted depends on the name of the file
    return {"id": source.id, "name": source.name} | {key: value for key, value in said.items() if value not in ({}, [])}


def _with_fetch(source: Entry, before: Definitions) -> Entry:
    """A mapping made from a file on somebody's desk does not know where the file was fetched."""
    held = before.source.get(source["id"])
    return source if held is None or held.fetch is None or "fetch" in source else {**source, "fetch": source_entry(held)["fetch"]}


@contextmanager
def _writing(home: Home) -> Iterator[None]:
    """Be the one who writes the home's definitions, and say plainly what the disk does not take."""
    with _trouble_said(), alone(home):
        yield


@contextmanager
def _trouble_said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotPossibleNow("the definitions cannot be written: {why}; nothing was changed", why=cause(error)) from error


def _rehearse(home: Home, changed: Mapping[Path, str], before: Definitions, source: Entry | None) -> None:
    """Reads the new files beside the old ones. Raises Refused where they do not hold, or say anything else than they did."""
    with tempfile.TemporaryDirectory(prefix="definitions-", dir=home.store) as folder:
        stage = Home(Path(folder))
        stage.city.parent.mkdir()
        for path in (home.city, home.places, home.indicators, home.sources):
            target = stage.folder / path.relative_to(home.folder)
            if path in changed:
                target.write_bytes(changed[path].encode("utf-8"))
            elif path.exists():
                shutil.copyfile(path, target)
        after = load(stage)
    replaced = {} if source is None else {source["id"]}
    kept = [held for held in before.sources if held.id not in replaced]
    same = (
        after.places[: len(before.places)] == before.places,
        after.indicators[: len(before.indicators)] == before.indicators,
        after.themes == before.themes,
        [held for held in after.sources if held.id not in replaced] == kept,
    )
    if not all(same):
        hint = N_("write the new entries into it by hand")
        raise Refused([Problem("this file is written in a way that cannot be kept", hint, home.short(path)) for path in changed])


def _require_unchanged(old: Mapping[Path, str | None]) -> None:
    if any(text_of(path) != text for path, text in old.items()):
        raise NotPossibleNow("somebody has just changed the definitions; nothing was changed: look at them and try again")


@contextmanager
def _way_back(home: Home, files: Collection[Path]) -> Iterator[None]:
    """Several files change as one: a plan lies ready to bring the old ones back, which whoever writes next carries out after a power cut.

    Raises NotPossibleNow while facts are loaded or restored, for who writes those carries out any plan that lies there.
    """
    with writing(home), _trouble_said():
        come = {home.short(path): path for path in files if path.exists()}
        gone = tuple(home.short(path) for path in files if not path.exists())
        definition_swap.prepare(home, Swap(come, gone), None)
        try:
            yield
        finally:
            definition_swap.drop(home)


def _write(changed: Mapping[Path, str | None], old: Mapping[Path, str | None]) -> None:
    """Puts each new file in the place of the old one, and removes those without a text; where one fails, all are as they were."""
    _require_unchanged({path: old[path] for path in changed})
    written: list[Path] = []
    try:
        for path, text in changed.items():
            written.append(path)
            _replace(path, text)
    except BaseException:
        for path in written:
            _put_back(path, old[path])
        raise


def _put_back(path: Path, text: str | None) -> None:
    with suppress(OSError):  # what could not be written is still as it was
        if text is None:
            path.unlink(missing_ok=True)
        elif text_of(path) != text:
            _replace(path, text)


def _replace(path: Path, text: str | None) -> None:
    """A link stays a link, unless the file is removed."""
    if text is None:
        path.unlink()
        flush_folder(path.parent)
    else:
        replace_bytes(path.resolve(), text.encode("utf-8"))
