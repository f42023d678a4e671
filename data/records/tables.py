"""Every table of the records. Rows that people change carry a `version`; a row's `id` is given by its verb and never used again.

Texts that the city writes in several languages are Json: `"Agua"`, or `{"es": "Agua", "en": "Water"}`, as in the YAML files.
Shares and percentages are 0 to 100. Amounts are in units of the line's currency. Days are the city's; moments are UTC.
"""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from data.plans import vocabulary as words
from data.records.columns import Json, Moment

metadata = MetaData()


def _id() -> Column:
    return Column("id", Integer, primary_key=True, autoincrement=False)


def _version() -> Column:
    return Column("version", Integer, nullable=False)


def _to(table: str, name: str | None = None, *, needed: bool = False) -> Column:
    return Column(name or table, Integer, ForeignKey(f"{table}.id"), nullable=not needed)


def _one_of(name: str, values: tuple[str, ...], *, needed: bool = True) -> tuple[Column, CheckConstraint]:
    listed = ", ".join(f"'{value}'" for value in values)
    return Column(name, String(40), nullable=not needed), CheckConstraint(f"{name} in ({listed})")


person = Table("person", metadata, _id(), Column("name", Text, nullable=False), Column("email", Text), _version())
role = Table(
    "role", metadata, _id(), _to("person", needed=True), Column("role", String(40), nullable=False), Column("area", String(80)), _version(),
    Unique("person", "role", "area"),
)  # fmt: skip
"""What a person may do (data/access.py), in one area or, without one, in all."""
post = Table("post", metadata, _id(), Column("area", String(80)), Column("name", Json, nullable=False), _version())
"""An owner is a post, so that a promise keeps its owner when people change. `area` is an area of city.yaml."""
holding = Table(
    "holding", metadata, _id(), _to("post", needed=True), _to("person", needed=True),
    Column("starts", Date, nullable=False), Column("ends", Date), _version(),
)  # fmt: skip
"""Who holds a post between which days, both included; `ends` is empty while nobody knows it."""

plan = Table(
    "plan", metadata, _id(),
    Column("key", String(80), nullable=False, unique=True),
    Column("name", Json, nullable=False),
    *_one_of("kind", words.KINDS),
    Column("place", String(80), nullable=False),
    Column("starts", Date), Column("ends", Date),
    Column("levels", Json, nullable=False),  # names from the top down, each {one, many}: texts by language
    *_one_of("weights", words.WEIGHTS),
    Column("number", Integer, nullable=False),  # of the plan's own version in force (plan_version)
    Column("source", Json),  # where it was imported from: format, name, columns, layout
    _version(),
)  # fmt: skip
plan_file = Table(
    "plan_file", metadata, _id(), _to("plan", needed=True),
    Column("part", String(40), nullable=False), Column("format", String(40), nullable=False),
    Column("layout", Json, nullable=False), Column("map", Json, nullable=False), Column("rows", Json, nullable=False), _version(),
    Unique("plan", "part"),
)  # fmt: skip
"""A file that a plan was imported from, as it was written, so that it goes out again with the same rows and cells.

`part` is `plan`, or `indicators` for a file of figures about its nodes.
"""
plan_link = Table(
    "plan_link", metadata, _id(), _to("plan", needed=True), _to("plan", "other", needed=True), *_one_of("kind", words.LINKS),
    Unique("plan", "other", "kind"),
)  # fmt: skip
node = Table(
    "node", metadata, _id(), _to("plan", needed=True), _to("node", "parent"),
    Column("level", Integer, nullable=False),  # 0 is the top
    Column("position", Integer, nullable=False),  # among everything of the plan, in the order of the document
    Column("key", String(200), nullable=False),  # the city's own number or id, always text
    Column("name", Json, nullable=False), Column("description", Json),
    Column("area", String(80)), _to("post", "owner"),
    Column("ladder", String(80)),  # the commitment type (data/ladders.yaml), of actions
    *_one_of("status", words.STATUSES, needed=False), Column("status_text", Text), Column("status_reason", Text),
    Column("declared", Float),
    Column("starts", Date), Column("ends", Date),  # as planned now
    Column("first_starts", Date), Column("first_ends", Date),  # as first promised
    Column("place", String(80)), Column("latitude", Float), Column("longitude", Float),
    Column("work", Boolean, nullable=False),  # a key work, on the works map
    Column("limits", Json), # what stands in a work's way
    Column("sdg", Json), Column("goals", Json), Column("serves", Json),  # SDG numbers; goal ids; node ids in other plans
    Column("weight", Float), Column("beneficiaries", Float),
    Column("left_out", Text),  # why it does not count in the roll-up; empty: it counts
    Column("participation", Json),  # {phase: level}
    *_one_of("pdca", words.PDCA, needed=False),
    Column("pilot", Json),  # what is tried out, where it is a pilot
    Column("cells", Json),  # the imported row: the text of each cell, by the columns of the plan's source
    _version(),
    Unique("plan", "key"),
)  # fmt: skip
Index("node_parent", node.c.parent)
milestone = Table(
    "milestone", metadata, _id(), _to("node", needed=True),
    Column("position", Integer, nullable=False), Column("name", Json, nullable=False),
    Column("stage", String(80)),  # of the node's ladder
    Column("share", Float, nullable=False),  # of the action
    Column("needs", Json),  # the evidence it needs, in words
    Column("due", Date), Column("done_on", Date),  # as the area says
    _version(),
)  # fmt: skip
Index("milestone_node", milestone.c.node)
evidence = Table(
    "evidence", metadata, _id(), _to("milestone", needed=True),
    Column("title", Text, nullable=False), Column("link", Text),
    Column("file", String(64)), Column("file_name", Text), Column("media", String(120)), Column("bytes", Integer),  # sha256 of a kept file
    _to("person", "brought_by", needed=True), Column("brought_at", Moment, nullable=False),
    *_one_of("state", words.EVIDENCE_STATES),
    _to("person", "judged_by"), Column("judged_at", Moment), Column("judged_area", String(80)), Column("note", Text),
    _version(),
)  # fmt: skip
Index("evidence_milestone", evidence.c.milestone)
progress = Table(
    "progress", metadata, _id(), _to("node", needed=True), Column("at", Moment, nullable=False), Column("day", Date, nullable=False),
    _to("person", needed=True), Column("declared", Float), *_one_of("status", words.STATUSES, needed=False), Column("said", Text),
    Column("was_declared", Float), Column("was_status", String(40)),  # what held before
)  # fmt: skip
"""What an area reported of a node, for which day: never changed; the latest is the node's own `declared` and `status`."""
Index("progress_node", progress.c.node, progress.c.day)
budget_line = Table(
    "budget_line", metadata, _id(), _to("node", needed=True),
    Column("code", String(80), nullable=False), Column("name", Json), Column("year", Integer), Column("source", Json),
    Column("currency", String(3), nullable=False),
    *(Column(phase, Float) for phase in words.PHASES),
    _version(),
)  # fmt: skip
Index("budget_line_node", budget_line.c.node)
decision = Table(
    "decision", metadata, _id(), _to("plan", needed=True), _to("node"), Column("day", Date, nullable=False),
    Column("title", Json, nullable=False), Column("body", Json),  # who decided: council, mayor
    *_one_of("reason", words.REASONS), Column("why", Json, nullable=False), Column("link", Text), _version(),
)  # fmt: skip
plan_version = Table(
    "plan_version", metadata, _id(), _to("plan", needed=True), Column("number", Integer, nullable=False),
    _to("decision"),  # empty for version 1, and where a newer file made it
    Column("at", Moment, nullable=False), _to("person", needed=True),
    Column("changes", Json, nullable=False),  # [{node, field, was, is}]; no node: of the whole plan
    Unique("plan", "number"),
)  # fmt: skip
outcome = Table(
    "outcome", metadata, _id(), _to("plan", needed=True), _to("node"), Column("day", Date, nullable=False),
    Column("succeeded", Boolean, nullable=False), Column("title", Json, nullable=False), *_one_of("reason", words.REASONS),
    Column("what", Json, nullable=False), Column("lesson", Json, nullable=False), Column("corrective", Json),
    _to("post", "owner"), Column("due", Date), Column("done_on", Date), _version(),
)  # fmt: skip
"""A failure or a success, with its lesson; a failure names the corrective measure, who owes it and by when."""
result = Table(
    "result", metadata, _id(), _to("node", needed=True), *_one_of("criterion", words.CRITERIA),
    Column("name", Json, nullable=False), Column("measured", Float), Column("expected", Float), Column("unit", Json),
    Column("period", String(40)), Column("source", Json), Column("said", Json), _version(),
)  # fmt: skip
draft = Table(
    "draft", metadata, _id(), _to("person", needed=True), Column("form", String(200), nullable=False),
    Column("content", Json, nullable=False), Column("at", Moment, nullable=False), _version(), Unique("person", "form"),
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
head = Table(
    "head", metadata, Column("id", Integer, primary_key=True, autoincrement=False), Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)  # fmt: skip
"""One row: the end of the audit chain. Who writes holds it first, so that writers come one after another on PostgreSQL too."""

UNTOLD = frozenset({"draft"})
"""Tables whose rows the audit knows by their hash alone: what somebody typed and threw away is nobody's business, and would fill it."""
AUDITED = tuple(table for table in metadata.sorted_tables if table.name not in {"audit", "head"})
