"""Reads a file of one JSON object a line into a table of texts; its numbers keep their exact value."""

import io
import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path

import polars as pl

from data.ingest.fault import Fault
from data.ingest.header import column_name
from data.ingest.numbers import is_exact
from data.ingest.table import HEADER_WITHIN, MOST_COLUMNS, Progress, Table, wide_frame
from data.ingest.text_file import opened
from data.problems import N_, Problem, Refused
from data.sources import Source

LONGEST_LINE = 1_000_000
"""Characters."""


class _Number(str):
    """A number as the file writes it."""


class _Twice(ValueError):
    """A key that an object gives again."""


Object = dict[str, object]
Found = tuple[int, str, Object | Fault]
"""A line, its text, and the object or what is wrong with it."""


def header(path: Path, source: Source, name: str) -> list[str]:
    """The keys of the first objects, in the order in which they come. Raises Refused."""
    with opened(path, source, name) as (stream, _):
        objects = [found for _, _, found in islice(_objects(stream, name), HEADER_WITHIN)]
    return list(dict.fromkeys(key for found in objects if isinstance(found, dict) for key in found))


def read(path: Path, source: Source, name: str, progress: Progress) -> Table:
    """The keys that the source wants; one that an object does not have is empty there. Raises Refused."""
    rows = _Rows(source, name)
    with opened(path, source, name) as (stream, raw):
        for line, _, found in _objects(stream, name):
            rows.add(line, found)
        progress(raw.tell())
    return rows.table()


def cells(path: Path, source: Source, name: str, lines: set[int]) -> pl.DataFrame:
    """Some objects: `line`, then every key; a line that is no object stands as a whole in a column of its own."""
    with opened(path, source, name) as (stream, _):
        wanted = [one for one in _objects(stream, name) if one[0] in lines]
    keys = (key for _, _, found in wanted if isinstance(found, dict) for key in found)
    columns = list(dict.fromkeys([*header(path, source, name), *keys]))
    return wide_frame(columns, [(line, _shown(found, text, columns)) for line, text, found in wanted])


def _shown(found: Object | Fault, text: str, columns: list[str]) -> list[str | None]:
    if isinstance(found, Fault):
        return [*[None] * len(columns), text.strip().replace("\0", "")]
    return [None if found.get(key) is None else str(found[key]).encode(errors="replace").decode() for key in columns]


def _objects(stream: io.TextIOWrapper, name: str) -> Iterator[Found]:
    """Every line that is not blank."""
    line = 0
    while text := stream.readline(LONGEST_LINE + 1):
        line += 1
        if len(text) > LONGEST_LINE:
            hint = N_("write one object a line, each on a line of its own")
            raise Refused([Problem("a line is longer than {longest} characters", hint, name, line, values={"longest": LONGEST_LINE})])
        if line == 1 and text.lstrip().startswith("["):
            raise Refused([Problem("one JSON array, not one object a line", "write each object on a line of its own", name, 1)])
        if text.strip():
            yield line, text, _object(text)


def _object(text: str) -> Object | Fault:
    try:
        found = json.loads(text, parse_float=_Number, parse_int=_Number, parse_constant=_Number, object_pairs_hook=_once)
    except _Twice as key:
        return Fault("the key {key!r} is given twice", "keep one of the two", {"key": str(key)})
    except (ValueError, RecursionError) as error:
        hint = N_("write one whole object a line; if the file was cut off in transfer, fetch it again")
        return Fault("not a JSON object: {why}", hint, {"why": str(error)[:100]})
    if not isinstance(found, dict):
        return Fault("not a JSON object", "write one object a line, as {example}", {"example": '{"a": 1}'})
    return found


def _once(pairs: list[tuple[str, object]]) -> Object:
    found: Object = {}
    for key, value in pairs:
        if (key := column_name(key)) in found:
            raise _Twice(key)
        found[key] = value
    return found


class _Rows:
    """The wanted keys of the objects read so far."""

    def __init__(self, source: Source, name: str) -> None:
        self.source, self.name = source, name
        self.keys: dict[str, None] = {}
        self.lines: list[int] = []
        self.text: dict[str, list[str]] = {key: [] for key in source.wanted}
        self.numbers: dict[str, list[float | None]] = {key: [] for key in source.wanted}
        self.problems: list[Problem] = []

    def add(self, line: int, found: Object | Fault) -> None:
        if isinstance(found, Fault):
            self.problems.append(Problem(found.message, found.hint, self.name, line, values=found.values))
            return
        self.keys |= dict.fromkeys(found)
        if len(self.keys) > MOST_COLUMNS:
            hint, values = N_("keep the keys that are observations, at most {most}"), {"count": len(self.keys), "most": MOST_COLUMNS}
            raise Refused([Problem("{count} keys are too many", hint, self.name, line, values=values)])
        self.lines.append(line)
        for key in self.text:
            text, number = self._value(found.get(key), line, key)
            self.text[key].append(text)
            self.numbers[key].append(number)

    def _value(self, value: object, line: int, key: str) -> tuple[str, float | None]:
        if value is None or isinstance(value, bool):
            return "" if value is None else str(value).lower(), None
        if isinstance(value, _Number):
            return str(value), _exact(value)
        if fault := _not_plain(value):
            self.problems.append(Problem(fault.message, fault.hint, self.name, line, key))
            return "", None
        return str(value).strip(), None

    def table(self) -> Table:
        """Raises Refused where no object has a wanted key."""
        missing = [key for key in self.source.wanted if key not in self.keys]
        if missing and (self.keys or not self.problems):
            values = {"missing": ", ".join(missing), "found": ", ".join(self.keys)[:200]}
            hint = N_("the file has: {found}; correct the source, or the file")
            raise Refused([Problem("no object has what is expected: {missing}", hint, self.name, column=missing[0], values=values)])
        text = pl.DataFrame(self.text, schema=dict.fromkeys(self.text, pl.String))
        numbers = {key: pl.Series(key, cells, dtype=pl.Float64) for key, cells in self.numbers.items()}
        return Table(text, pl.Series("line", self.lines, pl.UInt32), numbers, tuple(self.problems))


def _not_plain(value: object) -> Fault | None:
    """What a key holds that no cell can."""
    if not isinstance(value, str):
        return Fault("holds a list or an object", "give it one plain value")
    if "\0" in value:
        return Fault("a NUL byte is not a value", "write the value, or leave the cell empty")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        return Fault("half a letter is not a text", "write the text again")
    return None


def _exact(number: str) -> float | None:
    """What can be stored as it is; the rest stays text and is refused as such."""
    try:
        return float(number) if is_exact(Decimal(number)) else None
    except ArithmeticError:
        return None
