"""Texts of cells as people read them: without the tags of HTML, and keys made of names where a file has none."""

import hashlib
import html
import re
from collections.abc import Sequence

from data.ids import id_of

TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
BREAKS = re.compile(r"<(br|/p|/div|/li|/h\d)\b[^<>]*>", re.IGNORECASE)
LONGEST_KEY = 200


def shown(cell: str) -> str:
    """The text of a cell: tags left out, entities read, a paragraph a line."""
    text = TAG.sub("", BREAKS.sub("\n", cell)) if "<" in cell else cell
    lines = [" ".join(line.split()) for line in html.unescape(text).replace("\0", "").splitlines()]
    return "\n".join(line for line in lines if line)


def one_line(cell: str) -> str:
    """A name, on one line."""
    return " ".join(shown(cell).split())


def made_key(parts: Sequence[str]) -> str:
    """A key for something that the file only names, by its place in the tree: the same whenever the same file comes again."""
    digest = hashlib.sha256("\x1f".join(parts).encode(errors="replace")).hexdigest()[:10]
    return f"{id_of(parts[-1][:80], ())[:60]}-{digest}"


def joined_key(parts: Sequence[str]) -> str:
    """The texts of the key columns; one that is too long is cut, and stays a key of its own."""
    key = " / ".join(part.strip() for part in parts if part.strip())
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 11]}-{hashlib.sha256(key.encode(errors='replace')).hexdigest()[:10]}"
