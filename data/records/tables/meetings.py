"""The monthly reviews: values and texts that areas owe, what was frozen at their end, meetings, what these asked for, and concerns."""

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from data.meetings import vocabulary as words
from data.records.columns import Json, Moment
from data.records.tables.parts import identifier, metadata, one_of, row_version, to
from data.reviews.vocabulary import LIKELIHOODS, REVIEW_STATES, VALUE_STATES

stand_in = Table(
    "stand_in", metadata, identifier(), to("post", needed=True), to("person", needed=True),
    Column("starts", Date, nullable=False), Column("ends", Date, nullable=False), row_version(),
)  # fmt: skip
"""Who may do, between two days, what whoever holds the post may."""

review = Table(
    "review", metadata, identifier(),
    Column("place", String(80), nullable=False), Column("month", String(7), nullable=False),  # 2026-10
    *one_of("state", REVIEW_STATES), row_version(), Unique("place", "month"),
)  # fmt: skip
snapshot = Table(
    "snapshot", metadata, identifier(), to("review", needed=True),
    Column("at", Moment, nullable=False), to("person", needed=True),
    Column("folder", String(80), nullable=False),  # inside the store's snapshots
    Column("facts_version", Integer), Column("definitions", String(64), nullable=False),  # hash of the definition files
    Column("records", String(64), nullable=False),  # the end of the audit chain that was frozen
    Column("statuses", String(64), nullable=False),  # hash of the file with every status and its reason
    Column("missing", Json, nullable=False), Column("accepted", Text),  # what was missing, and why it was closed all the same
    Column("reopened_at", Moment), to("person", "reopened_by"), Column("reopened_why", Text), row_version(),
)  # fmt: skip
"""A closed month as it was; one that was reopened stays, with the reason."""
sent_value = Table(
    "sent_value", metadata, identifier(), to("review", needed=True),
    Column("place", String(80), nullable=False), Column("indicator", String(80), nullable=False),
    Column("segment", String(80), nullable=False), Column("period", Date, nullable=False),  # its last day
    Column("value", Float), Column("numerator", Float), Column("denominator", Float), Column("said", Text),
    *one_of("state", VALUE_STATES), Column("question", Text),
    to("person", "typed_by", needed=True), Column("typed_at", Moment, nullable=False),
    to("person", "judged_by"), Column("judged_at", Moment), Column("load", Integer),
    Column("publishing", String(64)),  # id of the load that is being made of it: nothing changes it meanwhile
    row_version(),
    Unique("review", "place", "indicator", "segment", "period"),
)  # fmt: skip
"""A value that an area types for a review; once validated it is loaded as a fact, by the load named here."""
analysis = Table(
    "analysis", metadata, identifier(), to("review", needed=True), Column("goal", String(80), nullable=False),
    Column("area", String(80)), Column("said", Text, nullable=False),
    to("person", needed=True), Column("at", Moment, nullable=False), row_version(), Unique("review", "goal"),
)  # fmt: skip
"""What moved a goal in the month, and why, in the words of the area that answers for it."""
risk = Table(
    "risk", metadata, identifier(), to("review", needed=True), Column("goal", String(80), nullable=False),
    Column("area", String(80)), Column("said", Text, nullable=False), *one_of("likelihood", LIKELIHOODS),
    Column("measure", Text), to("post", "owner"), Column("due", Date),  # together or not at all
    to("person", needed=True), Column("at", Moment, nullable=False), row_version(), Unique("review", "goal"),
)  # fmt: skip
"""What could keep a goal from its target, how likely, and what is done about it by whom until when."""

meeting = Table(
    "meeting", metadata, identifier(), to("review", needed=True), Column("day", Date, nullable=False), Column("room", Text),
    *one_of("state", words.MEETING_STATES), to("person", "chair"), Column("present", Json),  # ids of people
    Column("opened_at", Moment), Column("ended_at", Moment), row_version(),
)  # fmt: skip
concern = Table(
    "concern", metadata, identifier(), Column("place", String(80), nullable=False), Column("area", String(80)),
    Column("goal", String(80)), to("node"), Column("title", Text, nullable=False), Column("said", Text, nullable=False),
    *one_of("state", words.CONCERN_STATES), to("person", "raised_by", needed=True), Column("raised_on", Date, nullable=False),
    Column("answer", Text), to("person", "answered_by"), Column("answered_on", Date),
    Column("decision", Text), to("person", "decided_by"), Column("decided_on", Date),
    Column("settled", Text), Column("closed_on", Date), row_version(),
)  # fmt: skip
"""A worry, answered, decided, and closed by nobody but whoever raised it, with how it was settled."""
item = Table(
    "item", metadata, identifier(), to("meeting", needed=True), Column("position", Integer, nullable=False),
    *one_of("kind", words.ITEM_KINDS), Column("goal", String(80)), to("node"), to("concern"),
    Column("follow_up", Integer),  # no foreign key: a follow-up names the item that it came from
    Column("title", Text), Column("whys", Json, nullable=False),  # words of WHYS
    Column("kept", Boolean, nullable=False),  # among those to be talked about
    to("person", "added_by"), Column("dropped", Text), row_version(),
)  # fmt: skip
"""Of the agenda. `added_by` is empty where the program found it; `dropped` is why it is not talked about after all."""
note = Table(
    "note", metadata, identifier(), to("item", needed=True), *one_of("part", words.NOTE_PARTS), Column("text", Text, nullable=False),
    to("person", needed=True), Column("at", Moment, nullable=False),
    Column("beside", Integer),  # the note that somebody else was writing at the same time: both are kept until one of them is taken
    row_version(),
)  # fmt: skip
follow_up = Table(
    "follow_up", metadata, identifier(), Column("place", String(80), nullable=False), to("meeting"), to("item"),
    Column("what", Text, nullable=False), to("post", "owner", needed=True), Column("area", String(80)),
    Column("due", Date, nullable=False), Column("first_due", Date, nullable=False),  # as it is now, and as it was promised
    Column("evidence", Text), Column("goal", String(80)), to("node"),
    *one_of("state", words.FOLLOW_UP_STATES), Column("done_on", Date), Column("shown", Text), Column("link", Text),
    Column("dropped", Text), to("person", "made_by", needed=True), Column("made_on", Date, nullable=False), row_version(),
)  # fmt: skip
"""Who does what by when. `evidence` is what is asked for, `shown` what was done; `dropped` is why nobody does it any more."""
Index("follow_up_owner", follow_up.c.owner)
Index("item_meeting", item.c.meeting)
Index("note_item", note.c.item)

city_month = Table(
    "city_month", metadata, identifier(), Column("city", String(80), nullable=False), Column("month", String(7), nullable=False),
    Column("signer", String(64), nullable=False), Column("at", Moment, nullable=False), to("person", needed=True),
    Column("content", Json, nullable=False), row_version(), Unique("city", "month"),
)  # fmt: skip
"""A closed month that another city signed and sent, for whoever advises many."""
city_key = Table(
    "city_key", metadata, identifier(), Column("city", String(80), nullable=False), Column("key", String(64), nullable=False),
    Column("at", Moment, nullable=False), to("person", needed=True), row_version(), Unique("city"),
)  # fmt: skip
"""The public key by which a city's months are known: who compared its fingerprint, and when. No row: nothing of it is received."""
