"""Strict YAML: every value knows its line, and nothing is guessed.

Refused before anything is built: files over 1 MB, nesting deeper than 20, anchors, aliases, tags, a key said twice.
Words stay words: `no`, `012`, `1_000` and `12:30` are text, never False, 10, 1000 or 750; only true, false, null
and plain decimal numbers are more than text. Dates stay text until a model reads them.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from data.problems import N_, Problem, Refused
from data.yaml_syntax import syntax_problem

# libyaml's own loader is ten times faster, but its composer dies on deep nesting: events are counted first.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST_FILE = 1_000_000
"""Bytes. A thousand goals fit in half of it; YAML beyond it is data in the wrong place."""
DEEPEST = 20

NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}

Key = str | int
Mark = tuple[int, int]


@dataclass(frozen=True)
class Document:
    """One YAML file: its value, and the line and column (from 1) at which each part of it begins."""

    path: str
    value: object
    marks: dict[tuple[Key, ...], Mark]

    def mark(self, location: tuple[Key, ...]) -> Mark | tuple[None, None]:
        """Line and column of the nearest part that is in the file: a missing key is reported at its parent."""
        while location and location not in self.marks:
            location = location[:-1]
        return self.marks.get(location, (None, None))


def read_yaml(path: Path, name: str | None = None) -> Document:
    """The document in a file; `name` is what messages call it. Raises Refused with file, line and cure."""
    name = name or str(path)
    return parse(_text(path, name), name)


def parse(text: str, name: str) -> Document:
    """The document in a text; `name` is what messages call it. Raises Refused as `read_yaml`."""
    if len(text) > LARGEST_FILE:
        raise _too_large(name)
    try:
        _refuse_bombs(text, name)
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise Refused([syntax_problem(error, text, name)]) from None
    if node is None:
        return Document(name, None, {(): (1, 1)})
    marks: dict[tuple[Key, ...], Mark] = {}
    problems: list[Problem] = []
    value = _build(node, (), marks, problems, name)
    if problems:
        raise Refused(problems)
    return Document(name, value, marks)


def _text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _too_large(name)
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise Refused([Problem("this file is missing", "make it, or start from `python -m data new DIR`", name)]) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refused([Problem("cannot be read: {why}", "give a file that can be read", name, values={"why": why})]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Refused([Problem("not UTF-8 text", "save the file as UTF-8", name, line)]) from None


def _too_large(name: str) -> Refused:
    return Refused([Problem("larger than 1 MB", "split it into several files", name)])


def _refuse_bombs(text: str, name: str) -> None:
    depth = documents = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if fault := _fault(event, depth, documents):
            mark, values = event.start_mark, {"deepest": DEEPEST, "tag": getattr(event, "tag", None)}
            raise Refused([Problem(*fault, name, mark.line + 1, mark.column + 1, values=values)])


def _fault(event: yaml.Event, depth: int, documents: int) -> tuple[str, str] | None:
    """What an event must not be, and its cure."""
    if depth > DEEPEST:
        return N_("nested deeper than {deepest}"), N_("flatten it")
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return N_("anchors and aliases are not allowed"), N_("write the value out in each place")
    if getattr(event, "tag", None) not in (None, "!"):
        return N_("tags such as {tag} are not allowed"), N_("write plain text, numbers, lists and keys")
    if documents > 1:
        return N_("a second document begins here"), N_("keep one document per file and remove `---`")
    return None


def _build(node: yaml.Node, at: tuple[Key, ...], marks: dict, problems: list[Problem], name: str) -> object:
    marks[at] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*at, index), marks, problems, name) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return {key: _build(value, (*at, key), marks, problems, name) for key, value in _keys(node, problems, name)}
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node.value, quoted=bool(node.style))  # libyaml calls the plain style "", PyYAML None


def _keys(node: yaml.MappingNode, problems: list[Problem], name: str) -> Iterator[tuple[str, yaml.Node]]:
    """Keys are text as written (`2024: 5` has the key "2024"), each said once."""
    first: dict[str, int] = {}
    for key, value in node.value:
        line, column = key.start_mark.line + 1, key.start_mark.column + 1
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem("a list or mapping cannot be a key", "write a word before the colon", name, line, column))
        elif key.value in first:
            values = {"key": key.value, "first": first[key.value]}
            problems.append(Problem("{key!r} is said twice, first on line {first}", "keep one", name, line, column, key.value, values))
        else:
            first[key.value] = line
            yield key.value, value


def _scalar(text: str, quoted: bool) -> object:
    if quoted:
        return text
    if text in WORDS:
        return WORDS[text]
    if not NUMBER.fullmatch(text):
        return text
    number = float(text)
    if not math.isfinite(number):
        return text
    return int(text) if text.lstrip("+-").isdigit() else number
