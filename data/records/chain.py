"""The audit chain: each change as a link that names the one before it, under a key that the database does not hold."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
    return canonical({column.name: _plain(column.type, row[column.name]) for column in table.columns})


def content_hash(text: str | None) -> str:
    """Of the text; of nothing where the row is gone."""
    return hashlib.sha256((text or "").encode()).hexdigest()


GONE = content_hash(None)
"""The content's hash of a row that was removed."""


def link(secret: bytes, previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry: HMAC-SHA256 over everything in it and the hash before it."""
    told = [_plain(None, entry[part]) for part in SIGNED]
    return hmac.digest(secret, f"{previous}{canonical(told)}".encode(), "sha256").hex()


def _plain(kind: Any, value: Any) -> Any:
    if value is not None and isinstance(kind, Float):
        return float(value) + 0.0  # a negative zero comes back from SQLite as zero
    if isinstance(kind, Json):
        return json.loads(canonical(value))  # as it will be read back: keys are texts, tuples are lists
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value
