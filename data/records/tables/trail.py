"""What nobody has sent yet, and the audit: every change as a link of a chain."""

from sqlalchemy import Column, Index, Integer, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from data.records.columns import Json, Moment
from data.records.tables.parts import identifier, metadata, row_version, to

draft = Table(
    "draft", metadata, identifier(), to("person", needed=True), Column("form", String(200), nullable=False),
    Column("content", Json, nullable=False), Column("at", Moment, nullable=False), row_version(), Unique("person", "form"),
)  # fmt: skip
"""What a person has typed and not yet sent, by the form it was typed in."""

audit = Table(
    "audit", metadata, Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False), Column("actor", Text, nullable=False), Column("action", String(80), nullable=False),
    Column("object", String(80), nullable=False), Column("row", Integer, nullable=False), Column("version", Integer, nullable=False),
    Column("content", Text), Column("content_hash", String(64), nullable=False),  # the whole row after the change; none: it is gone
    Column("previous", String(64), nullable=False), Column("hash", String(64), nullable=False),
)  # fmt: skip
Index("audit_object", audit.c.object, audit.c.row)
Index("audit_at", audit.c.object, audit.c.at)
head = Table(
    "head", metadata, Column("id", Integer, primary_key=True, autoincrement=False), Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)  # fmt: skip
"""One row: the end of the audit chain. Who writes holds it first, so that writers come one after another on PostgreSQL too."""
