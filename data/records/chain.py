"""The audit chain: each change as a link that names the one before it, under a key that the database does not hold."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Float, Table

from data.records.columns import Json, canonical, moment_text

START = "0" * 64
"""What the first link names as the one before it."""
SIGNED = ("seq", "at", "actor", "action", "object", "row", "version", "content_hash")
"""Columns of the audit that a link's hash covers; the content is covered by its own hash."""


@dataclass(frozen=True)
class Head:
    """The end of the chain: the number of its last link, 0 where there is none, and its hash."""

    seq: int
    hash: str


def content(table: Table, row: Mapping[str, Any]) -> str:
    """A whole row as canonical text: the same from what is written and from what either database gives back."""
    return canonical({name: plain(row[name]) for name, plain in _columns(table)})


def content_hash(text: str | None) -> str:
    """Of the text; of nothing where the row is gone."""
    return hashlib.sha256((text or "").encode()).hexdigest()


GONE = content_hash(None)
"""The content's hash of a row that was removed."""


def link(secret: bytes, previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry: HMAC-SHA256 over everything in it and the hash before it."""
    told = [_plain(entry[part]) for part in SIGNED]
    return hmac.digest(secret, f"{previous}{canonical(told)}".encode(), "sha256").hex()


@cache
def _columns(table: Table) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Each column with what makes its value plain."""
    return tuple((column.name, _kind(column.type)) for column in table.columns)


def _kind(kind: Any) -> Callable[[Any], Any]:
    return _number if isinstance(kind, Float) else _whole if isinstance(kind, Json) else _plain


def _number(value: Any) -> Any:
    return None if value is None else float(value) + 0.0  # a negative zero comes back from SQLite as zero


def _whole(value: Any) -> Any:
    return None if value is None else json.loads(canonical(value))  # as it will be read back: keys are texts, tuples are lists


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value
