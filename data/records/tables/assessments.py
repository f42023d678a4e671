"""Policies, what they promise to change and how, and the assessments that judge them, criterion by criterion."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from data.assessments import vocabulary as words
from data.records.columns import Json
from data.records.tables.parts import identifier, metadata, one_of, row_version, to

policy = Table(
    "policy", metadata, identifier(), Column("place", String(80), nullable=False), Column("key", String(80), nullable=False),
    Column("name", Json, nullable=False), Column("problem", Json, nullable=False),
    Column("theory", Json, nullable=False),  # {step: text}, steps of vocabulary.STEPS
    Column("starts", Date), Column("ends", Date), Column("area", String(80)), to("post", "owner"),
    Column("nodes", Json, nullable=False), Column("goals", Json, nullable=False),  # ids
    row_version(), Unique("place", "key"),
)  # fmt: skip
"""What the city does about a problem, the parts of plans that carry it out, and the goals in which it should show."""
assessment = Table(
    "assessment", metadata, identifier(), to("policy", needed=True), *one_of("moment", words.MOMENTS), Column("due", Date, nullable=False),
    *one_of("state", words.STATES), Column("dropped", Text),  # why nobody makes it any more
    *one_of("judge", words.JUDGES), Column("judge_name", Json), Column("method", Json),
    Column("done_on", Date), Column("deviations", Json), Column("lesson", Json),
    *one_of("recommendation", words.RECOMMENDATIONS, needed=False), Column("why", Json),
    Column("study", String(80)), Column("appraisal", String(80)),  # files of kpis/studies and kpis/options, by their ids
    Column("next_due", Date), row_version(),
)  # fmt: skip
"""A judgement of a policy that is due on a day; one that is done says what deviated, what was learnt and what should follow, with why."""
assessment_score = Table(
    "assessment_score", metadata, identifier(), to("assessment", needed=True), *one_of("criterion", words.CRITERIA),
    *one_of("judge", words.JUDGES), Column("score", Integer),  # 1 to 5
    Column("unscored", Json),  # why there is none
    Column("argument", Json, nullable=False), Column("link", Text),
    Column("indicator", String(80)), Column("period", String(10)),  # the figure that shows it, and of when: 2026, 2026-Q2, 2026-06
    row_version(), Unique("assessment", "criterion", "judge"),
)  # fmt: skip
"""How a policy does by one criterion in the eyes of one kind of judge, with what shows it: a link, or a figure of the panel."""
Index("assessment_policy", assessment.c.policy)
