"""Kinds of columns that SQLite and PostgreSQL keep alike."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, Text, TypeDecorator


class Json(TypeDecorator[Any]):
    """Lists, mappings and texts by language, as canonical JSON text: equal contents are equal texts in both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:  # noqa: ARG002
        return None if value is None else json.loads(value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, as text that sorts as time does: 2026-06-30T09:15:00.000000Z."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return None if value is None else _moment(value)


def moment_text(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _moment(text: str) -> datetime:
    """Raises ValueError for a text that says the same moment otherwise: nobody wrote it so, and it is damage."""
    found = datetime.fromisoformat(text).astimezone(UTC)
    if moment_text(found) != text:
        raise ValueError(text)
    return found


CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """JSON in one way only, so that equal contents have equal hashes. Raises ValueError for what is not a finite number."""
    return CANONICAL.encode(value)


def told(text: str | None) -> Any:
    """What a Json column holds, from its text, as frames carry it."""
    return None if text is None else json.loads(text)
