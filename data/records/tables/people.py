"""People, what they may do, and the posts they hold."""

from sqlalchemy import Column, Date, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from data.records.columns import Json
from data.records.tables.parts import identifier, metadata, row_version, to

person = Table("person", metadata, identifier(), Column("name", Text, nullable=False), Column("email", Text), row_version())
role = Table(
    "role", metadata, identifier(), to("person", needed=True), Column("role", String(40), nullable=False),
    Column("area", String(80)), row_version(),
    Unique("person", "role", "area"),
)  # fmt: skip
"""What a person may do (data/access.py), in one area or, without one, in all."""
post = Table("post", metadata, identifier(), Column("area", String(80)), Column("name", Json, nullable=False), row_version())
"""An owner is a post, so that a promise keeps its owner when people change. `area` is an area of city.yaml."""
holding = Table(
    "holding", metadata, identifier(), to("post", needed=True), to("person", needed=True),
    Column("starts", Date, nullable=False), Column("ends", Date), row_version(),
)  # fmt: skip
"""Who holds a post between which days, both included; `ends` is empty while nobody knows it."""
