"""Changes one value of a YAML text in its place, and leaves every other character as somebody wrote it.

Comments, order, quotes and keys that nobody here knows stay. Each change is read back: what does not say exactly what was
asked is refused, and never written.
"""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from typing import Any

import yaml

from data.problems import N_, Problem, Refused
from data.yaml_file import Loader, parse

Key = str | int
Path = Sequence[Key]
STEP = "  "


def with_value(text: str, path: Path, value: Any) -> str:
    """The text with this value at a path such as (0, "target", "value"); None takes the key out, and parents that it leaves empty.

    Missing parents are made. Raises Refused where the text cannot be read, or cannot be changed in its place.
    """
    held = parse(text, "").value
    wanted = deepcopy(held)
    if value is not None and not _has_room(held, path):
        raise _not_kept()
    if value is None:
        path = _with_lonely_parents(wanted, path)
        if not path:
            return text
        new = _without(text, path)
        _drop(wanted, path)
    else:
        new = _with(text, path, value)
        _put(wanted, path, value)
    return _proved(new, wanted)


def appended(text: str, path: Path, value: Any) -> str:
    """The text with a value more at the end of the list at a path, which is made where there is none. Raises Refused as `with_value`."""
    held = parse(text, "").value
    listed = value_at(held, path)
    if not listed:
        return with_value(text, path, [value])
    if not isinstance(listed, list):
        raise _not_kept()
    wanted = deepcopy(held)
    value_at(wanted, path).append(value)
    node = _node(_composed(text), path)
    return _proved(_after_last(text, node, written(value), "- "), wanted)


def written(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    return _scalar(value)


def value_at(held: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does."""
    for key in path:
        if isinstance(held, list):
            held = held[key] if isinstance(key, int) and key < len(held) else None
        else:
            held = held.get(key) if isinstance(held, dict) else None
    return held


def _composed(text: str) -> Any:
    """The text with where each part of it stands.

    The loader in Python refuses a question mark before a comma, as in {es: ¿A tiempo?, en: On time?}; libyaml, which reads files, takes it.
    """
    for loader in (yaml.SafeLoader, Loader):
        with suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=loader)
    raise _not_kept()


def _scalar(value: Any) -> str:
    """Without quotes where it is read back as it is, also inside brackets."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if not isinstance(value, str):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    plain = value == value.strip() and value.isprintable() and not re.search(r"^[?:\-!&*|>'\"%@`#]|: |:$| #|[\[\]{},]", value)
    return value if plain and _reads_as(value, value) else json.dumps(value, ensure_ascii=False)


def _reads_as(text: str, value: str) -> bool:
    try:
        return parse(f"[{text}]", "").value == [value]
    except Refused:
        return False


def _proved(text: str, wanted: object) -> str:
    try:
        found = parse(text, "").value
    except Refused:
        found = None
    if found != wanted:
        raise _not_kept()
    return text


def _not_kept() -> Refused:
    return Refused([Problem(N_("this text is written in a way that cannot be kept"), N_("write the change into it by hand"))])


def _has_room(held: Any, path: Path) -> bool:
    """Whether what stands there is groups and lists as the path names them, as far as it goes; what a group lacks can be made."""
    if not held:
        return False
    for key in path:
        if isinstance(held, dict) and isinstance(key, str):
            held = held.get(key)
            if not _is_container(held):
                return True
        elif isinstance(held, list) and isinstance(key, int) and key < len(held):
            held = held[key]
        else:
            return False
    return True


def _put(held: Any, path: Path, value: Any) -> None:
    for key in path[:-1]:
        if isinstance(held, dict) and not _is_container(held.get(key)):
            held[key] = {}
        held = held[key]
    held[path[-1]] = value


def _is_container(held: object) -> bool:
    return isinstance(held, dict | list)


def _drop(held: Any, path: Path) -> None:
    del value_at(held, path[:-1])[path[-1]]


def _with_lonely_parents(held: Any, path: Path) -> Path:
    """The path to take out: the key itself, or the outermost parent that holds nothing else; () where it is not there."""
    parent = value_at(held, path[:-1])
    if not isinstance(parent, dict) or path[-1] not in parent:
        return ()
    while len(path) > 1 and isinstance(path[-2], str) and len(value_at(held, path[:-1])) == 1:
        path = path[:-1]
    return path


def _with(text: str, path: Path, value: Any) -> str:
    """Puts the value in the place of the one that is there, or after the last key of the nearest parent that is a group."""
    root = _composed(text)
    for end in range(len(path), 0, -1):
        node = _node(root, path[:end])
        if node is None:
            continue
        if end == len(path):
            return _replaced(text, node, value)
        if isinstance(node, yaml.MappingNode) and node.value:
            return _inserted(text, node, path[end:], value)
        return _replaced(text, node, _nested(path[end:], value))
    return _inserted(text, root, path, value)


def _nested(path: Path, value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value


def _inserted(text: str, node: Any, path: Path, value: Any) -> str:
    return _after_last(text, node, _entry(str(path[0]), _nested(path[1:], value), _column(node), flow=bool(node.flow_style)), "")


def _entry(key: str, value: Any, column: int, *, flow: bool) -> str:
    """A key with its value: a list outside brackets has a line for each item."""
    if flow or not isinstance(value, list) or not value:
        return f"{_scalar(key)}: {written(value)}"
    lines = [f"{' ' * column}{STEP}- {written(item)}" for item in value]
    return "\n".join([f"{_scalar(key)}:", *lines])


def _after_last(text: str, node: Any, said: str, dash: str) -> str:
    """The text with one item more at the end of a list or group; `dash` begins it where each has a line of its own."""
    last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    end = _end(text, last)
    if node.flow_style:
        return f"{text[:end]}, {said}{text[end:]}"
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return f"{text[:line_end]}\n{' ' * _column(node)}{dash}{said}{text[line_end:]}"


def _column(node: Any) -> int:
    return node.start_mark.column


def _replaced(text: str, node: Any, value: Any) -> str:
    start, end = node.start_mark.index, _end(text, node)
    if end <= start:  # nothing stands after the colon
        start = end = len(text[:start].rstrip()) if text[:start].rstrip().endswith(":") else start
        return f"{text[:start]} {written(value)}{text[end:]}"
    block = not isinstance(node, yaml.ScalarNode) and not node.flow_style
    before = f"{text[:start].rstrip()} " if block else text[:start]  # a group with lines of its own moves up to its key
    return f"{before}{written(value)}{text[end:]}"


def _end(text: str, node: Any) -> int:
    """Where a value ends, without the comments and empty lines that follow it."""
    if isinstance(node, yaml.ScalarNode):
        end = node.end_mark.index
        return node.start_mark.index + len(text[node.start_mark.index : end].rstrip()) if node.style in ("|", ">") else end
    if node.flow_style or not node.value:
        return node.end_mark.index
    return _end(text, node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1])


def _without(text: str, path: Path) -> str:
    parent: Any = _node(_composed(text), path[:-1])
    index = next(number for number, (key, _value) in enumerate(parent.value) if key.value == path[-1])
    key, value = parent.value[index]
    start, end = key.start_mark.index, _end(text, value)
    if parent.flow_style:
        if index + 1 < len(parent.value):
            return text[:start] + text[parent.value[index + 1][0].start_mark.index :]
        begins = _end(text, parent.value[index - 1][1]) if index else start
        return text[:begins] + text[end:]
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end + 1
    own = text.rfind("\n", 0, start) + 1
    if text[own:start].strip():  # the first key of an item stands on the line of its dash: the next one takes its place
        return text[:start] + text[parent.value[index + 1][0].start_mark.index :]
    return text[:own] + text[line_end:]


def _node(node: Any, path: Path) -> Any:
    for key in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        else:
            return None
    return node
