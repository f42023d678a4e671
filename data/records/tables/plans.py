"""Plans, what they promise, what shows it, what it costs, and what was decided."""

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from data.plans import vocabulary as words
from data.records.columns import Json, Moment
from data.records.tables.parts import identifier, metadata, one_of, row_version, to

plan = Table(
    "plan", metadata, identifier(),
    Column("key", String(80), nullable=False, unique=True),
    Column("name", Json, nullable=False),
    *one_of("kind", words.KINDS),
    Column("place", String(80), nullable=False),
    Column("starts", Date), Column("ends", Date),
    Column("levels", Json, nullable=False),  # names from the top down, each {one, many}: texts by language
    *one_of("weights", words.WEIGHTS),
    Column("number", Integer, nullable=False),  # of the plan's own version in force (plan_version)
    Column("source", Json),  # where it was imported from: format, name, columns, layout
    row_version(),
)  # fmt: skip
plan_file = Table(
    "plan_file", metadata, identifier(), to("plan", needed=True),
    Column("part", String(40), nullable=False), Column("format", String(40), nullable=False),
    Column("layout", Json, nullable=False), Column("map", Json, nullable=False), Column("rows", Json, nullable=False), row_version(),
    Unique("plan", "part"),
)  # fmt: skip
"""A file that a plan was imported from, as it was written, so that it goes out again with the same rows and cells.

`part` is `plan`, or `indicators` for a file of figures about its nodes.
"""
plan_link = Table(
    "plan_link", metadata, identifier(), to("plan", needed=True), to("plan", "other", needed=True), *one_of("kind", words.LINKS),
    Unique("plan", "other", "kind"),
)  # fmt: skip
node = Table(
    "node", metadata, identifier(), to("plan", needed=True), to("node", "parent"),
    Column("level", Integer, nullable=False),  # 0 is the top
    Column("position", Integer, nullable=False),  # among everything of the plan, in the order of the document
    Column("key", String(200), nullable=False),  # the city's own number or id, always text
    Column("name", Json, nullable=False), Column("description", Json),
    Column("area", String(80)), to("post", "owner"),
    Column("ladder", String(80)),  # the commitment type (data/ladders.yaml), of actions
    *one_of("status", words.STATUSES, needed=False), Column("status_text", Text), Column("status_reason", Text),
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
    *one_of("pdca", words.PDCA, needed=False),
    Column("pilot", Json),  # what is tried out, where it is a pilot
    Column("cells", Json),  # the imported row: the text of each cell, by the columns of the plan's source
    row_version(),
    Unique("plan", "key"),
)  # fmt: skip
Index("node_parent", node.c.parent)
milestone = Table(
    "milestone", metadata, identifier(), to("node", needed=True),
    Column("position", Integer, nullable=False), Column("name", Json, nullable=False),
    Column("stage", String(80)),  # of the node's ladder
    Column("share", Float, nullable=False),  # of the action
    Column("needs", Json),  # the evidence it needs, in words
    Column("due", Date), Column("done_on", Date),  # as the area says
    row_version(),
)  # fmt: skip
Index("milestone_node", milestone.c.node)
evidence = Table(
    "evidence", metadata, identifier(), to("milestone", needed=True),
    Column("title", Text, nullable=False), Column("link", Text),
    Column("file", String(64)), Column("file_name", Text), Column("media", String(120)), Column("bytes", Integer),  # sha256 of a kept file
    to("person", "brought_by", needed=True), Column("brought_at", Moment, nullable=False),
    *one_of("state", words.EVIDENCE_STATES),
    to("person", "judged_by"), Column("judged_at", Moment), Column("judged_area", String(80)), Column("note", Text),
    row_version(),
)  # fmt: skip
Index("evidence_milestone", evidence.c.milestone)
progress = Table(
    "progress", metadata, identifier(), to("node", needed=True), Column("at", Moment, nullable=False), Column("day", Date, nullable=False),
    to("person", needed=True), Column("declared", Float), *one_of("status", words.STATUSES, needed=False), Column("said", Text),
    Column("was_declared", Float), Column("was_status", String(40)),  # what held before
)  # fmt: skip
"""What an area reported of a node, for which day: never changed; the latest is the node's own `declared` and `status`."""
Index("progress_node", progress.c.node, progress.c.day)
budget_line = Table(
    "budget_line", metadata, identifier(), to("node", needed=True),
    Column("code", String(80), nullable=False), Column("name", Json), Column("year", Integer), Column("source", Json),
    Column("currency", String(3), nullable=False),
    *(Column(phase, Float) for phase in words.PHASES),
    row_version(),
)  # fmt: skip
Index("budget_line_node", budget_line.c.node)
decision = Table(
    "decision", metadata, identifier(), to("plan", needed=True), to("node"), Column("day", Date, nullable=False),
    Column("title", Json, nullable=False), Column("body", Json),  # who decided: council, mayor
    *one_of("reason", words.REASONS), Column("why", Json, nullable=False), Column("link", Text), row_version(),
)  # fmt: skip
plan_version = Table(
    "plan_version", metadata, identifier(), to("plan", needed=True), Column("number", Integer, nullable=False),
    to("decision"),  # empty for version 1, and where a newer file made it
    Column("at", Moment, nullable=False), to("person", needed=True),
    Column("changes", Json, nullable=False),  # [{node, field, was, is}]; no node: of the whole plan
    Unique("plan", "number"),
)  # fmt: skip
outcome = Table(
    "outcome", metadata, identifier(), to("plan", needed=True), to("node"), Column("day", Date, nullable=False),
    Column("succeeded", Boolean, nullable=False), Column("title", Json, nullable=False), *one_of("reason", words.REASONS),
    Column("what", Json, nullable=False), Column("lesson", Json, nullable=False), Column("corrective", Json),
    to("post", "owner"), Column("due", Date), Column("done_on", Date), row_version(),
)  # fmt: skip
"""A failure or a success, with its lesson; a failure names the corrective measure, who owes it and by when."""
result = Table(
    "result", metadata, identifier(), to("node", needed=True), *one_of("criterion", words.CRITERIA),
    Column("name", Json, nullable=False), Column("measured", Float), Column("expected", Float), Column("unit", Json),
    Column("period", String(40)), Column("source", Json), Column("said", Json), row_version(),
)  # fmt: skip
