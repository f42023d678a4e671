"""What the page is about: one node of a plan, read whole, with its line of truth and the names that it mentions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from dashboards.plan import areas, shown
from dashboards.plan.entries import Entries
from dashboards.session import Session
from dashboards.words import Words, translator
from data.access import Object, may
from data.people import Post, posts
from data.plans.action import Action, action, history, names
from data.plans.ladder import Ladder, ladders
from data.plans.reading import Plan, plans
from data.records.trail import Change
from kpis.plans.truth import Truth

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Subject:
    """`row` is the node's line of `truth`; `found` holds everything that hangs on it, as it stood on the review day."""

    session: Session
    plan: Plan
    found: Action
    truth: Truth
    row: Row

    @property
    def node(self) -> Row:
        return self.found.node

    @cached_property
    def today(self) -> "Subject":
        """The same with everything as it stands now, which is what forms change, whichever month is looked at."""
        now = self.found if self.found.day is None else action(self.session.records, self.node["id"])
        return self if now is None or now is self.found else replace(self, found=now)

    @property
    def leaf(self) -> bool:
        return bool(self.row["leaf"])

    @property
    def words(self) -> Words:
        return translator(self.session.locale)

    @cached_property
    def posts(self) -> dict[int, Post]:
        """Every post, and who holds it on the review day."""
        return {post.id: post for post in posts(self.session.records, self.session.review_day)}

    @cached_property
    def ladders(self) -> dict[str, Ladder]:
        return ladders(self.session.home)

    @cached_property
    def history(self) -> list[Change]:
        return history(self.session.records, self.found)

    @cached_property
    def below(self) -> list[Row]:
        """The line of truth of everything under the node, in the order of the document."""
        inside, found = {self.node["id"]}, []
        for row in self.truth.nodes.sort("level", maintain_order=True).iter_rows(named=True):
            if row["parent"] in inside:
                inside.add(row["id"])
                found.append(row)
        return found

    @property
    def children(self) -> list[Row]:
        return [row for row in self.below if row["parent"] == self.node["id"]]

    def may(self, action: str) -> bool:
        """Whether the actor may do it to this node; nobody may while nobody was chosen."""
        actor = self.session.actor
        return actor is not None and may(actor, action, Object("node", self.node["area"]))

    def say(self, text: Any) -> str:
        return self.session.say(text) if text else ""

    def area(self, area: str | None) -> str:
        """An area by its name; one that the city no longer has, by its id."""
        return areas.name(self.session, area)

    def place(self, place: str | None) -> str:
        found = self.session.definitions.place.get(place or "")
        return self.session.say(found.name) if found else place or ""

    def post(self, post: int | None) -> str:
        """A post and who holds it."""
        return Entries(self.session, self.posts).post(post)

    def goals(self, goals: Sequence[str]) -> dict[str, str]:
        """Goals by their ids and names; one that the city no longer tracks is named by its id."""
        known = self.session.catalogue.kpi
        return {goal: self.session.say(known[goal].name) if goal in known else goal for goal in goals}

    def linked(self, nodes: Sequence[int]) -> dict[int, str]:
        """Nodes of other plans by their ids and names."""
        found = names(self.session.records, nodes)
        return {number: self.say(found[number]) if number in found else str(number) for number in nodes}

    def level(self, level: int, many: bool = False) -> str:
        """What the plan calls what lies on a level."""
        _ = self.words
        levels = self.plan.levels
        return self.say(levels[level]["many" if many else "one"]) if level < len(levels) else _("Action")


def of(session: Session, node_id: int) -> Subject | None:
    """None where there is no such node, or was none yet in the month that is looked at."""
    day = shown.until(session)
    found = action(session.records, node_id, day)
    if found is None:
        return None
    plan = next(plan for plan in plans(session.records, day) if plan.id == found.node["plan"])
    truth = shown.truth_of(session, plan)
    return Subject(session, plan, found, truth, truth.nodes.row(by_predicate=pl.col("id") == node_id, named=True))
