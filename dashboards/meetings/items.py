"""The items of an agenda as people see them: what each is about by its name, whose it is, and why it is talked about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import Any

from dashboards.meetings.vocabulary import WHYS
from dashboards.plan import areas, shown
from dashboards.plan.entries import Entries
from dashboards.session import Session
from dashboards.words import translator
from data.meetings.concerns import concerns
from data.meetings.follow_ups import follow_ups
from data.people import Post, people, posts
from data.plans.reading import plans

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Items:
    """What the items of a session's place are about; everything is read once, when it is asked for.

    `day` is the one on which somebody holds a post: the review day, unless another is given.
    """

    session: Session
    day: date | None = None

    @cached_property
    def nodes(self) -> dict[int, Row]:
        """Every node of every plan by its id: `name`, `area`, `owner` and whatever else `Truth.nodes` holds."""
        known = (shown.truth_of(self.session, plan) for plan in plans(self.session.records))
        return {row["id"]: row for truth in known for row in truth.nodes.iter_rows(named=True)}

    @cached_property
    def posts(self) -> dict[int, Post]:
        """Every post, and who holds it on the day."""
        return {post.id: post for post in posts(self.session.records, self.day or self.session.review_day)}

    @cached_property
    def concerns(self) -> dict[int, Row]:
        return {row["id"]: row for row in concerns(self.session.records, self.session.place)}

    @cached_property
    def follow_ups(self) -> dict[int, Row]:
        return {row["id"]: row for row in follow_ups(self.session.records, self.session.place)}

    @cached_property
    def people(self) -> dict[int, str]:
        return {row["id"]: row["name"] for row in people(self.session.records)}

    def title(self, item: Row) -> str:
        """What it is about, by its name; what is no longer there, by its id."""
        told = {
            "goal": lambda: self.goal(item["goal"]),
            "action": lambda: self.action(item["node"]),
            "concern": lambda: self.concerns.get(item["concern"], {}).get("title"),
            "follow_up": lambda: self.follow_ups.get(item["follow_up"], {}).get("what"),
            "other": lambda: item["title"],
        }
        return told[item["kind"]]() or item["title"] or f"{item['kind']} {item['concern'] or item['follow_up'] or ''}".strip()

    def goal(self, goal: str) -> str:
        kpi = self.session.catalogue.kpi.get(goal)
        return self.session.say(kpi.name) if kpi else goal

    def action(self, node: int) -> str:
        row = self.nodes.get(node)
        return f"{row['key']} {shown.name(self.session, row['name'])}" if row else str(node)

    def links(self, about: Row) -> str:
        """The goal and the action that an item, a concern or a follow-up is about, as HTML links; "" where it is about neither."""
        goal, node = about["goal"], about["node"]
        told = [(self.goal(goal), self.session.address("goal", kpi=goal))] if goal else []
        told += [(self.action(node), self.session.address("action", node=str(node)))] if node else []
        return " · ".join(f'<a href="{escape(address)}">{escape(name)}</a>' for name, address in told)

    def owner(self, item: Row) -> str:
        """Who answers for what it is about; "" where nobody does."""
        if item["kind"] == "goal":
            kpi = self.session.catalogue.kpi.get(item["goal"])
            return areas.name(self.session, kpi.owner) if kpi else ""
        if item["kind"] == "action":
            row = self.nodes.get(item["node"], {})
            return self.post(row.get("owner")) or areas.name(self.session, row.get("area"))
        if item["kind"] == "follow_up":
            return self.post(self.follow_ups.get(item["follow_up"], {}).get("owner"))
        return areas.name(self.session, self.concerns.get(item["concern"], {}).get("area"))

    def post(self, post: int | None) -> str:
        """A post and who holds it."""
        return Entries(self.session, self.posts).post(post)

    def whys(self, item: Row) -> str:
        """Why it is talked about, in one line."""
        _ = translator(self.session.locale)
        words = [WHYS[why] for why in item["whys"]]
        return "; ".join(_(word) for word in words)
