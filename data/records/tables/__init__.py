"""Every table of the records. Rows that people change carry a `version`; a row's `id` is given by its verb and never used again.

Texts that the city writes in several languages are Json: `"Agua"`, or `{"es": "Agua", "en": "Water"}`, as in the YAML files.
Shares and percentages are 0 to 100. Amounts are in units of the line's currency. Days are the city's; moments are UTC.
"""

from data.records.tables.assessments import assessment, assessment_score, policy
from data.records.tables.meetings import (
    analysis,
    city_key,
    city_month,
    concern,
    follow_up,
    item,
    meeting,
    note,
    review,
    risk,
    sent_value,
    snapshot,
    stand_in,
)
from data.records.tables.parts import metadata
from data.records.tables.people import holding, person, post, role
from data.records.tables.plans import (
    budget_line,
    decision,
    evidence,
    milestone,
    node,
    outcome,
    plan,
    plan_file,
    plan_link,
    plan_version,
    progress,
    result,
)
from data.records.tables.practices import practice
from data.records.tables.trail import audit, draft, head

UNTOLD = frozenset({"draft"})
"""Tables whose rows the audit knows by their hash alone: what somebody typed and threw away is nobody's business, and would fill it."""
AUDITED = tuple(table for table in metadata.sorted_tables if table.name not in {"audit", "head"})

__all__ = [
    "AUDITED", "UNTOLD", "analysis", "assessment", "assessment_score", "audit", "budget_line", "city_key", "city_month", "concern",
    "decision", "draft", "evidence", "follow_up", "head", "holding", "item", "meeting", "metadata", "milestone", "node", "note", "outcome",
    "person", "plan", "plan_file", "plan_link", "plan_version", "policy", "post", "practice", "progress", "result", "review", "risk",
    "role", "sent_value", "snapshot", "stand_in",
]  # fmt: skip
