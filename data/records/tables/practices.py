"""Practices: what a place did about something that indicators measure, for others to learn from."""

from sqlalchemy import Column, Float, String, Table, Text

from data.practices import vocabulary as words
from data.records.columns import Json
from data.records.tables.parts import identifier, metadata, one_of, row_version, to

practice = Table(
    "practice", metadata, identifier(), Column("key", String(80), nullable=False, unique=True),
    *one_of("state", words.STATES), Column("withdrawn", Text),  # why it should not be followed any more
    Column("name", Json, nullable=False), Column("done", Json, nullable=False),  # what was done
    Column("place", String(80)), Column("elsewhere", Json),  # a place of the home by its id, or another one by its name
    Column("since", String(10)),  # 2024, 2024-05 or 2024-05-01
    Column("indicators", Json, nullable=False),  # ids of indicators and metrics
    *one_of("strength", words.STRENGTHS), Column("found", Json), Column("link", Text),  # what was found, and where it can be read
    Column("cost", Float), Column("currency", String(20)), Column("bought", Json),
    Column("contact", Text), Column("address", Text),  # whom to ask, and how: for people with a role alone
    to("person", "written_by", needed=True), row_version(),
)  # fmt: skip
"""What was done, where and since when, which indicators it is about, what shows that it works, what it cost and whom to ask."""
