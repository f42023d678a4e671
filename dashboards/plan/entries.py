"""The entries of the ledger as HTML: decisions, failures and successes, and results, drawn alike wherever they are shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from dashboards import formats
from dashboards.plan import actions_table, papers, vocabulary
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.people import Post

Row = Mapping[str, Any]

COLUMNS = {
    "name": N_("name"), "area": N_("area"), "owner": N_("owner"), "ladder": N_("kind of promise"), "starts": N_("begins"),
    "ends": N_("ends"), "place": N_("place"), "weight": N_("weight"), "beneficiaries": N_("beneficiaries"), "parent": N_("part of"),
    "left_out": N_("left out of the count"), "stage_due": N_("day of a stage"),
    "status": N_("status"), "status_reason": N_("reason of the status"),
    "key": N_("new in the plan"), "declared": N_("declared"), "lines": N_("budget lines"), "milestones": N_("stages and their days"),
}  # fmt: skip
"""What a decision, or a newer file, may change, in words."""
MOST = 8
"""Changes of one decision that are listed; the versions of the plan name each with its action."""
UNSAID = ("key", "lines", "milestones")
"""Of these nobody writes down from what to what."""


@dataclass(frozen=True, eq=False)
class Entries:
    """What the entries need to name things: the session, and every post with who holds it. `named` writes the action's name beside them.

    `level` is that of their headings: one below what they stand under; `nodes` are the names of what decisions changed, by id.
    """

    session: Session
    posts: Mapping[int, Post]
    named: bool = True
    level: int = 3
    nodes: Mapping[int, Any] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        return translator(self.session.locale)

    def say(self, text: Any) -> str:
        return self.session.say(text) if text else ""

    def decision(self, row: Row, changes: Sequence[Row] = ()) -> str:
        """A decision: what, why, what it changed in the plan, who and when."""
        _ = self.words
        who = f", {self.say(row['body'])}" if row["body"] else ""
        listed, more = [self._moved(row, each) for each in changes[:MOST]], len(changes) - MOST
        if more > 0:
            listed.append(escape(_.ngettext("{n} more", "{n} more", more, n=more)))
        moved = "".join(f"<li>{text}</li>" for text in listed)
        told = [
            (_("Kind of reason"), escape(self.reason(row))),
            (_("Why"), escape(self.say(row["why"]))),
            (_("What it changed"), f"<ul>{moved}</ul>" if moved else ""),
        ]
        return self._entry("decision", self._title(row), f"{formats.day(row['day'], self.session.locale)}{who}", row, told)

    def outcome(self, row: Row) -> str:
        """A failure or a success, both in the same parts and the same size."""
        _ = self.words
        kind = _("Success") if row["succeeded"] else _("Failure")
        told = [
            (_("What happened"), escape(self.say(row["what"]))),
            (_("Kind of reason"), escape(self.reason(row))),
            (_("What was learnt"), escape(self.say(row["lesson"]))),
            (_("What is done about it"), escape(self.say(row["corrective"]))),
            (_("Who owes it"), escape(self.post(row["owner"]))),
            (_("Until"), escape(self.until(row))),
        ]
        look = "success" if row["succeeded"] else "failure"
        return self._entry(look, escape(self.say(row["title"])), f"{kind}, {formats.day(row['day'], self.session.locale)}", row, told)

    def reason(self, row: Row) -> str:
        """The kind of reason that was given."""
        word = vocabulary.REASONS[row["reason"]]
        return formats.sentence(self.words(word))

    def change(self, each: Row) -> str:
        """ends: 30 Jun 2026 → 31 Dec 2026"""
        _ = self.words
        if each["field"] in UNSAID:
            word = COLUMNS[each["field"]]
            return formats.sentence(_(word))
        was, now = (self._value(each["field"], each[name]) for name in ("was", "is"))
        column = _({**COLUMNS, **vocabulary.WHOLE}.get(each["field"]) or str(each["field"]))
        return f"{formats.sentence(column)}: {was} → {now}"

    def change_of(self, each: Row, name: Any) -> str:
        """The same after the name of what was changed, which leads to its page, as HTML; the plan as a whole needs no name.

        What was decided in a month and written down later changed, or made, what that month's plan does not have: it has no name here.
        """
        said, node = escape(self.change(each)), each["node"]
        if node is None:
            return said
        about = actions_table.link(self.session, node, self.say(name)) if name else escape(formats.sentence(self.not_there_yet()))
        return f"{about}: {said}"

    def not_there_yet(self) -> str:
        """What an entry is about that came into the plan later than the day that is looked at."""
        _ = self.words
        return _("an action that came into the plan after this month")

    def about(self, row: Row) -> str:
        """The number and the name of the action that an entry is about; "" where it is about the whole plan."""
        if row.get("node") is None:
            return ""
        return f"{row['node_key']} {self.say(row['node_name'])}" if row["node_key"] else self.not_there_yet()

    def post(self, post: int | None) -> str:
        """A post and who holds it."""
        _, known = self.words, self.posts.get(post or 0)
        if known is None:
            return ""
        holder = known.holder or _("nobody holds it")
        return f"{self.say(known.name)} ({holder})"

    def until(self, row: Row) -> str:
        """When a corrective measure is due, and what became of it."""
        _, locale = self.words, self.session.locale
        if row["due"] is None:
            return ""
        day = formats.day(row["due"], locale)
        if row["done_on"]:
            return _("{day}; done on {done}", day=day, done=formats.day(row["done_on"], locale))
        return _("{day}; overdue", day=day) if self.overdue(row) else day

    def overdue(self, row: Row) -> bool:
        """Whether a corrective measure should have been taken by the review day and was not."""
        return bool(row["due"] and not row["done_on"] and row["due"] < self.session.review_day)

    def amount(self, row: Row, name: str) -> str:
        """A measured or an expected value of a result, with its unit."""
        value = row[name]
        return formats.with_unit(value, row["unit"] or "", 0 if value is None or value == int(value) else 2, self.session.locale).strip()

    def source(self, row: Row) -> str:
        """Of when a result is, and where it comes from."""
        return " · ".join(filter(None, [row["period"], self.say(row["source"])])) or formats.NOTHING

    def link(self, row: Row) -> str:
        """The action that an entry is about, as a link to its page if it has one yet; "" where it is about the whole plan."""
        if row.get("node") is None or not self.named:
            return ""
        if not row["node_key"]:
            return escape(self.not_there_yet())
        address = escape(self.session.address("action", node=str(row["node"])))
        return f'<a href="{address}">{escape(self.about(row))}</a>'

    def _moved(self, row: Row, each: Row) -> str:
        """What the entry is about already is not named again."""
        own = row.get("node") is not None and each["node"] == row["node"]
        return escape(self.change(each)) if own else self.change_of(each, self.nodes.get(each["node"]))

    def _entry(self, look: str, title: str, when: str, row: Row, told: Sequence[tuple[str, str]]) -> str:
        items = "".join(f"<dt>{escape(term)}</dt><dd>{said}</dd>" for term, said in told if said)
        about = f'<span class="note">{self.link(row)}</span>' if self.link(row) else ""
        heading, day = f"<h{self.level}>{title}</h{self.level}>", escape(when)
        return f'<li class="{look}">{heading}<span class="note">{day}</span>{about}<dl class="definition">{items}</dl></li>'

    def _title(self, row: Row) -> str:
        return papers.titled(escape(self.say(row["title"])), row["link"])

    def _value(self, field: str, value: Any) -> str:
        """A value of a column, as people say it."""
        _, known = self.words, self.session.definitions
        if value is None:
            return _("nothing")
        if field in vocabulary.WHOLE:
            return vocabulary.whole(self.session, field, value)
        if isinstance(value, float):
            return formats.number(value, 0 if value == int(value) else 2, self.session.locale)
        says: dict[str, Callable[[Any], str]] = {
            "starts": lambda day: formats.day(date.fromisoformat(day), self.session.locale),
            "ends": lambda day: formats.day(date.fromisoformat(day), self.session.locale),
            "stage_due": lambda day: formats.day(date.fromisoformat(day), self.session.locale),
            "status": lambda status: _(vocabulary.STATUSES.get(status) or str(status)),
            "owner": lambda post: self.post(post) or str(post),
            "area": lambda area: self.say(known.area.get(area, area)),
            "place": lambda place: self.say(known.place[place].name) if place in known.place else place,
        }
        return says.get(field, lambda text: self.say(text) if isinstance(text, dict) else str(text))(value)
