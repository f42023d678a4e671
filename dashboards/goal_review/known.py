"""What was written of goals in the reviews of a place, up to the month that is looked at; of a closed month as it was closed."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import streamlit as st

from dashboards import scores
from dashboards.session import Session
from data.people import Post, posts
from data.periods import Month
from data.records.records import begun
from data.reviews.analyses import analyses
from data.reviews.risks import risks

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """Of one goal in one month; what nobody wrote is None."""

    month: Month
    analysis: Row | None
    risk: Row | None


@dataclass(frozen=True, eq=False)
class Texts:
    """By the id of each goal, the newest month first; `posts` are all, with who holds each on the review day."""

    by_goal: Mapping[str, Sequence[Said]]
    posts: Mapping[int, Post] = field(default_factory=dict)

    def of(self, goal: str, month: Month) -> Said:
        """What was written of a goal in the review of a month."""
        return next((said for said in self.by_goal.get(goal, ()) if said.month == month), Said(month, None, None))

    def before(self, goal: str, month: Month) -> list[Said]:
        """What was written of it in earlier reviews."""
        return [said for said in self.by_goal.get(goal, ()) if said.month != month]

    def written(self, kind: str, month: Month) -> set[str]:
        """The goals of which there is an `analysis`, or a `risk`, in the review of a month."""
        return {goal for goal in self.by_goal if getattr(self.of(goal, month), kind) is not None}


def texts(session: Session) -> Texts:
    """Of the session's place, up to its month."""
    return _texts(session, session.records_state) if begun(session.home) else Texts({})


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=scores.KEYED)
def _texts(session: Session, stamp: Hashable) -> Texts:  # noqa: ARG001 - what the cache goes by
    written = [
        (row["goal"], row["month"], kind, row)
        for kind, rows in (("analysis", analyses), ("risk", risks))
        for row in rows(session.records, session.place, session.month)
    ]
    found: dict[str, list[Said]] = {}
    ordered = sorted(written, key=lambda each: (each[0], each[1].first), reverse=True)
    for (goal, month), each in groupby(ordered, key=lambda each: each[:2]):
        rows = {kind: row for _goal, _month, kind, row in each}
        found.setdefault(goal, []).append(Said(month, rows.get("analysis"), rows.get("risk")))
    return Texts(found, {post.id: post for post in posts(session.records, session.review_day)})
