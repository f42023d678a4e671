"""The plan as a table that opens level by level: state, proved and declared, days, money and owner of each node."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import polars as pl

from dashboards import formats, glossary
from dashboards.plan import areas, delays, shown, states, truth_line
from dashboards.plan.money import amounts as amounts_of
from dashboards.plan.progress import adding_up
from dashboards.plan.progress.choice import ORDERS, Choice, address
from dashboards.plan.progress.rows import InSight, Line, More
from dashboards.session import Session
from dashboards.words import Words, translator
from data.people import Post
from data.plans.reading import Plan
from kpis.plans.truth import Truth

COLUMNS = 8
DEEPEST = 5
"""Steps to the right that the eye can tell apart."""


@dataclass(frozen=True)
class View:
    """What the rows of one table have in common."""

    session: Session
    truth: Truth
    choice: Choice
    sight: InSight
    posts: Mapping[int, Post]
    areas: Mapping[int, frozenset[str]]
    """Of each node the areas of the actions below it."""


def areas_below(nodes: pl.DataFrame) -> dict[int, frozenset[str]]:
    """The areas of the actions at or below each node; `nodes` has id, parent, leaf and area."""
    parents = dict(nodes.select("id", "parent").iter_rows())
    found: dict[int, set[str]] = {}
    for action, area in nodes.filter(pl.col("leaf") & pl.col("area").is_not_null()).select("id", "area").iter_rows():
        node = action
        while node is not None and area not in found.setdefault(node, set()):
            found[node].add(area)
            node = parents[node]
    return {node: frozenset(areas) for node, areas in found.items()}


def table(view: View) -> str:
    """The table as HTML, with the links that sort it and say how many actions are shown."""
    session, _ = view.session, translator(view.session.locale)
    if not view.sight.matching and view.choice.narrows:
        return _none(view, _)
    caption = escape(_("The plan, level by level"))
    body = "".join(_row(view, line, _) if isinstance(line, Line) else _more(view, line, _) for line in view.sight.lines)
    money = f'<p class="note">{escape(amounts(view.truth, _))}</p>' if view.truth.whole["budget"] is not None else ""
    return (
        f'{_above(view, _)}<table role="table" class="plan-tree"><caption>{caption}</caption>{_head(session, view.truth.tree.plan, _)}'
        f'<tbody role="rowgroup">{body}</tbody></table>{money}'
    )


def level_name(session: Session, plan: Plan, level: int, number: int) -> str:
    """What a level of the plan is called, for one or for many."""
    return session.say(plan.levels[level]["one" if number == 1 else "many"]) if level < len(plan.levels) else ""


def amounts(truth: Truth, _: Words) -> str:
    """What the column of money holds."""
    plan = truth.tree.plan
    said = _("Money: the budget in force (modified, else initial) with all that lies below, and the share of it that is paid.")
    if plan.starts and plan.ends:
        return said + " " + _("Years of the plan: {first} to {last}.", first=plan.starts.year, last=plan.ends.year)
    return said


def _above(view: View, _: Words) -> str:
    """How many actions the filters leave, with the way back, and the two orders."""
    session, choice, total = view.session, view.choice, int(view.truth.nodes["leaf"].sum())
    said = [escape(_.ngettext("{n} of {total} action", "{n} of {total} actions", total, n=view.sight.matching, total=total))]
    if not choice.narrows:
        said = [escape(_.ngettext("{n} action", "{n} actions", total, n=total))]
    if choice.state:
        said.append(states.mark(choice.state, session.locale))
    if choice.find:
        said.append(escape(_("with “{text}” in the name", text=choice.find)))
    if choice.narrows:
        said.append(_everything(view, _))
    title, orders = escape(_("Order")), " · ".join(_order(view, order, _(words)) for order, words in ORDERS.items())
    return f'<p class="count orders"><span>{" · ".join(said)}</span><span>{title}: {orders}</span></p>'


def _everything(view: View, _: Words) -> str:
    """The way back to all actions."""
    link, said = escape(address(view.session, view.choice.everything())), escape(_("Show all actions"))
    return f'<a href="{link}">{said}</a>'


def _order(view: View, order: str, words: str) -> str:
    if order == view.choice.order:
        return f'<b aria-current="true">{escape(words)}</b>'
    return f'<a id="order-{order}" href="{escape(address(view.session, replace(view.choice, order=order)))}">{escape(words)}</a>'


def _none(view: View, _: Words) -> str:
    title, said = escape(_("No action matches")), escape(_("Actions that have all the properties chosen would be listed here."))
    return f"<h3>{title}</h3><p>{said} {_everything(view, _)}</p>"


def _head(session: Session, plan: Plan, _: Words) -> str:
    names = " / ".join(dict.fromkeys(level_name(session, plan, level, 1) for level in range(len(plan.levels))))
    titles = [
        ("", escape(formats.sentence(names))), ("", escape(_("State"))), ("", escape(_("Proved, declared, time"))),
        ("number", glossary.link(session, "proved", _("Proved"))), ("number", glossary.link(session, "declared", _("Declared"))),
        ("", escape(_("Ends, delay"))), ("number", escape(_("Budget, paid"))), ("", escape(_("Owner"))),
    ]  # fmt: skip
    cells = "".join(f'<th role="columnheader" scope="col" class="{kind}">{title}</th>' for kind, title in titles)
    return f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'


def _row(view: View, line: Line, _: Words) -> str:
    session, node = view.session, line.node
    explained = _explained(view, node) if view.choice.node == node["id"] else ""
    cells = [
        _cell("state", states.mark(node["state"], session.locale)),
        _cell("bars", truth_line.small(session, node)),
        _cell("number", _proved(view, line, _), _("Proved")),
        _cell("number", escape(share(node["declared"], session.locale)), _("Declared")),
        _cell("due", _days(session, view.truth, node, _), _("Ends")),
        _cell("number money", _money(session, node, _), _("Budget")),
        _cell("owner", owner(view, line, _)),
    ]
    return (
        f'<tr role="row" class="depth{min(line.depth, DEEPEST)}" data-node="{node["id"]}" data-state="{node["state"]}">'
        f'<th role="rowheader" scope="row" class="name">{_name(view, line, _)}</th>{"".join(cells)}</tr>{explained}'
    )


def _cell(kind: str, content: str, name: str = "") -> str:
    """A cell, with the name of its column where a phone, which has no head, needs it."""
    named = f' data-name="{escape(name)}"' if name else ""
    return f'<td role="cell" class="{kind}"{named}>{content}</td>'


def _name(view: View, line: Line, _: Words) -> str:
    """An action leads to its page; what has something below opens and closes."""
    session, node = view.session, line.node
    name = escape(shown.name(session, node["name"]))
    if line.opened is None:
        return f'<a href="{escape(session.address("action", node=str(node["id"])))}">{name}</a>'
    link = escape(address(session, view.choice.toggled(node["id"], view.sight.opened)))
    sign = f'<span class="sign" aria-hidden="true">{"▾" if line.opened else "▸"}</span>'
    toggle = f'<a id="node-{node["id"]}" class="toggle" href="{link}" aria-expanded="{str(line.opened).lower()}">{sign}{name}</a>'
    return f'{toggle}<span class="note">{escape(_inside(view, node, _))}</span>'


def _inside(view: View, node: Mapping[str, Any], _: Words) -> str:
    """How many actions count in it, and of them how many the filters leave."""
    total = node["actions"]
    if view.choice.narrows:
        return _.ngettext("{n} of {total} action", "{n} of {total} actions", total, n=node["matching"], total=total)
    said = [_.ngettext("{n} action", "{n} actions", total, n=total)]
    said += [_.ngettext("{n} cancelled", "{n} cancelled", node["cancelled"], n=node["cancelled"])] if node["cancelled"] else []
    said += [_.ngettext("{n} left out", "{n} left out", node["left_out"], n=node["left_out"])] if node["left_out"] else []
    return ", ".join(said)


def _proved(view: View, line: Line, _: Words) -> str:
    """Of what has something below, the figure opens and closes the sum behind it."""
    node, figure = line.node, escape(share(line.node["proved"], view.session.locale))
    if node["excluded"]:
        return formats.NOTHING
    if line.opened is None:
        return figure
    is_open = view.choice.node == node["id"]
    link = escape(address(view.session, replace(view.choice, node=None if is_open else node["id"], opened=view.sight.opened)))
    title = escape(_("How this figure adds up"))
    return f'<a id="sum-{node["id"]}" href="{link}" aria-expanded="{str(is_open).lower()}" title="{title}">{figure}</a>'


def _explained(view: View, node: Mapping[str, Any]) -> str:
    behind = adding_up.audit(view.session, view.truth, node["id"])
    return f'<tr role="row" class="audit"><td role="cell" colspan="{COLUMNS}">{behind}</td></tr>'


def _days(session: Session, truth: Truth, node: Mapping[str, Any], _: Words) -> str:
    if node["ends"] is None:
        return formats.NOTHING
    note = delay(session, truth, node, _)
    return escape(formats.day(node["ends"], session.locale)) + (f'<span class="note">{escape(note)}</span>' if note else "")


def delay(session: Session, truth: Truth, node: Mapping[str, Any], _: Words) -> str:
    """What is late of a node: its end, its stages, or its pace; "" where nothing is."""
    overdue, late = (truth.tree.day - node["ends"]).days, node["late_stages"]
    if node["state"] == "late" and node["leaf"] and overdue > 0:
        return delays.overdue(overdue, session.locale)
    if late:
        return _.ngettext("{n} stage late", "{n} stages late", late, n=late)
    return delays.at_pace(node["delay_days"], session.locale)


def _money(session: Session, node: Mapping[str, Any], _: Words) -> str:
    if node["budget"] is None:
        return escape(_("several currencies")) if node["currency"] and "," in node["currency"] else formats.NOTHING
    shown_amount = amounts_of.with_currency(node["budget"], node["currency"], session.locale)
    paid = _("{share} paid", share=truth_line.share(node["paid_share"], session.locale)) if node["paid_share"] is not None else ""
    return escape(shown_amount) + (f'<span class="note">{escape(paid)}</span>' if paid else "")


def owner(view: View, line: Line, _: Words) -> str:
    """The post that answers for a node, and its area; of what has several areas below, how many, as HTML."""
    session, node = view.session, line.node
    area, post = areas.link(session, node["area"], view.choice.plan), view.posts.get(node["owner"] or 0)
    if post is not None:
        return escape(session.say(post.name)) + (f'<span class="note">{area}</span>' if area else "")
    if area:
        return area
    below = view.areas.get(node["id"], frozenset())
    if len(below) == 1:
        return areas.link(session, next(iter(below)), view.choice.plan)
    return escape(_.ngettext("{n} area", "{n} areas", len(below), n=len(below))) if below else formats.NOTHING


def share(value: float | None, locale: str) -> str:
    """A percentage of a column: always with one decimal."""
    return formats.with_unit(value, "%", 1, locale)


def _more(view: View, line: More, _: Words) -> str:
    every = escape(address(view.session, replace(view.choice, rows=10 * view.choice.rows, opened=view.sight.opened)))
    said = escape(_.ngettext("{n} more", "{n} more", line.hidden, n=line.hidden))
    return (
        f'<tr role="row" class="depth{min(line.depth, DEEPEST)} more"><td role="cell" colspan="{COLUMNS}">'
        f'<a href="{every}">{said}</a></td></tr>'
    )
