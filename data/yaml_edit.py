"""Adds entries to a list of a YAML text, and leaves everything else in it as somebody wrote it: comments, order, quotes."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

Entry = Mapping[str, Any]

WIDEST = 100_000
"""Characters in a line before it is broken: never, since a person's lines would be too."""
SHORT = 110
"""Characters up to which an entry, or a part of one, is written on one line."""


def with_entries(text: str | None, key: str, entries: Sequence[Entry], *, replace: bool = False) -> str | None:
    """The text with the entries in its list `key`, after the last; with `replace` in the place of the one with the same id.

    Without entries the text is as it was; without a text there is a new one.
    """
    if not entries:
        return text
    line_end = "\r\n" if text and "\r\n" in text else "\n"
    editor = _editor(text or "", key)
    document = editor.load((text or f"{key}: []\n").lstrip("\ufeff"))
    held = document[key]
    held.fa.set_block_style()
    added = [entry["id"] for entry in entries if not _put(held, entry, replace)]
    edited = io.StringIO()
    editor.dump(document, edited)
    spaced = _spaced(edited.getvalue(), added)
    return spaced.replace("\r\n", "\n").replace("\n", line_end)


def written(entry: Entry) -> str:
    """An entry as the text of a file of its own."""
    editor, text = _editor("", ""), io.StringIO()
    node = _node(entry, ("id",))
    node.fa.set_block_style()
    editor.dump(node, text)
    return text.getvalue()


def _editor(text: str, key: str) -> YAML:
    editor = YAML()
    editor.preserve_quotes = True
    editor.width = WIDEST
    editor.allow_unicode = True
    editor.representer.ignore_aliases = lambda *_: True  # type: ignore[method-assign]
    found = re.search(rf"^{key}:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)- ", text, re.MULTILINE)
    offset = len(found[1]) if found else 2
    editor.indent(mapping=2, sequence=offset + 2, offset=offset)
    return editor


def _put(held: CommentedSeq, entry: Entry, replace: bool) -> bool:
    """Puts the entry where one with its id stands, else at the end; tells which."""
    new = _node(entry, ("id",))
    for number, other in enumerate(held if replace else ()):
        if other.get("id") == entry["id"]:
            # What stands below the old entry, an empty line or a comment on the next one, stays there.
            _keep_ending(other, new)
            held[number] = new
            return True
    held.append(new)
    return False


def _keep_ending(old: CommentedMap, new: CommentedMap) -> None:
    ending = _last_comment(old)
    if ending is not None:
        last = _last_holder(new)
        last[0].ca.items[last[1]] = [None, None, ending, None] if isinstance(last[0], CommentedMap) else [ending, None]


def _last_holder(node: Any) -> tuple[Any, Any]:
    """The mapping or list, and its key, that is written last: comments below an entry hang on it."""
    while True:
        key = list(node)[-1] if isinstance(node, CommentedMap) else len(node) - 1
        inner = node[key]
        if not isinstance(inner, CommentedMap | CommentedSeq) or not inner or inner.fa.flow_style():
            return node, key
        node = inner


def _last_comment(node: Any) -> Any:
    holder, key = _last_holder(node)
    found = holder.ca.items.get(key)
    if not found:
        return None
    return found[2] if isinstance(holder, CommentedMap) else found[0]


def _node(value: Any, path: tuple[str, ...]) -> Any:
    """Plain values as nodes that can be laid out: short parts on one line, long ones on a line for each key."""
    if isinstance(value, Mapping):
        node = CommentedMap((_quoted(key), _node(inner, (*path, key))) for key, inner in value.items())
    elif isinstance(value, list | tuple):
        node = CommentedSeq(_node(inner, path) for inner in value)
    else:
        return _quoted(value)
    nested = len(path) > 1
    if len(str(value)) <= SHORT and (nested or all(not isinstance(inner, Mapping | list | tuple) for inner in node)):
        node.fa.set_flow_style()
    else:
        node.fa.set_block_style()
    return node


def _quoted(value: Any) -> Any:
    """ruamel writes ?x and :x without quotes, which in a list on one line would be read as a key and as a value."""
    return DoubleQuotedScalarString(value) if isinstance(value, str) and value.startswith(("?", ":")) else value


def _spaced(text: str, added: Sequence[str]) -> str:
    """An empty line before each new entry that has lines of its own, where the list parts its entries so."""
    for name in added:
        start = re.search(rf"^ *- id: {re.escape(name)}$", text, re.MULTILINE)
        if start and re.search(r"\n *\n *- id: ", text[: start.start()] + "\n"):
            before = text[: start.start()].rstrip("\n")
            text = f"{before}\n\n{text[start.start() :]}"
    return text
