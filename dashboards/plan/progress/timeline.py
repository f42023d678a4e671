"""When: the nodes in sight as bars on one true time axis, with the review day, the days first promised, and the end at the pace so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from dashboards import formats
from dashboards.plan import delays, shown, states
from dashboards.plan.progress import tree
from dashboards.plan.progress.rows import Line
from dashboards.plan.progress.tree import View
from dashboards.session import Session
from dashboards.words import Words, translator

MOST = 60
"""Bars that one look can compare."""
Node = Mapping[str, Any]


@dataclass(frozen=True)
class Axis:
    """The days at its left and right end."""

    since: date
    until: date

    def at(self, day: date) -> float:
        """Percent of the way; what lies outside is drawn at the end."""
        return min(max(100 * (day - self.since).days / max((self.until - self.since).days, 1), 0.0), 100.0)


def table(view: View) -> str:
    """The bars as an HTML table, "" where nothing in sight has days."""
    _, session = translator(view.session.locale), view.session
    dated = [line for line in view.sight.lines if isinstance(line, Line) and line.node["starts"] and line.node["ends"]]
    if not dated:
        return ""
    axis, today = _axis(view, [line.node for line in dated[:MOST]]), view.truth.tree.day
    rows = "".join(_row(view, line, axis, _) for line in dated[:MOST])
    more = len(dated) - MOST
    left_out = escape(_.ngettext("{n} more in the table above.", "{n} more in the table above.", more, n=more))
    rest = f'<p class="note">{left_out}</p>' if more > 0 else ""
    caption = escape(_("Each row of the table above, from its first to its last day"))
    titles = [escape(_("Name")), _scale(session, axis, today), escape(_("Ends, delay"))]
    head = "".join(f'<th role="columnheader" scope="col">{title}</th>' for title in titles)
    return (
        f'<table role="table" class="timeline"><caption>{caption}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>{rest}{_legend(session, today, _)}'
    )


def _axis(view: View, nodes: Sequence[Node]) -> Axis:
    """From the first day to the last planned one; a forecast beyond ends there, so that one runaway does not squeeze the others."""
    plan = view.truth.tree.plan
    firsts = [day for node in nodes for day in (node["starts"], node["first_starts"]) if day]
    lasts = [day for node in nodes for day in (node["ends"], node["first_ends"]) if day]
    return Axis(min([*firsts, plan.starts or firsts[0]]), max([*lasts, plan.ends or lasts[0]]))


def _scale(session: Session, axis: Axis, today: date) -> str:
    """The years above the bars, and the review day, as HTML."""
    years = range(axis.since.year, axis.until.year + 1)
    marks = "".join(f'<i style="left:{axis.at(max(date(year, 1, 1), axis.since)):.2f}%">{year}</i>' for year in years)
    side = "before" if axis.at(today) > 60 else "after"
    now = f'<b class="{side}" style="left:{axis.at(today):.2f}%">{escape(formats.day(today, session.locale))}</b>'
    return f'<span class="years">{marks}{now if axis.since <= today <= axis.until else ""}</span>'


def _row(view: View, line: Line, axis: Axis, _: Words) -> str:
    session, node = view.session, line.node
    late = _late(view, node, _)
    note = f'<span class="note">{escape(late)}</span>' if late else ""
    return (
        f'<tr role="row" class="depth{min(line.depth, tree.DEEPEST)}" data-node="{node["id"]}">'
        f'<th role="rowheader" scope="row" class="name">{escape(shown.name(session, node["name"]))}</th>'
        f'<td role="cell" class="bars">{_bar(session, node, axis, view.truth.tree.day, _)}</td>'
        f'<td role="cell" class="due">{escape(formats.day(node["ends"], session.locale))}{note}</td></tr>'
    )


def _late(view: View, node: Node, _: Words) -> str:
    """How late it comes at its pace; else what the table above says."""
    behind = delays.at_pace(node["delay_days"], view.session.locale) if node["forecast_end"] else ""
    return behind or tree.delay(view.session, view.truth, node, _)


def _bar(session: Session, node: Node, axis: Axis, today: date, _: Words) -> str:
    """One bar: its days, filled as far as it is proved; behind it, as a ghost, those first promised; dots until its end at this pace."""
    look, parts = states.STATES[node["state"]], [f'<i class="today" style="left:{axis.at(today):.2f}%"></i>']
    if node["first_ends"] and node["first_ends"] != node["ends"]:
        parts.append(_span(axis, node["first_starts"] or node["starts"], node["first_ends"], "ghost"))
    proved = f'<b style="width:{min(node["proved"], 100):.1f}%"></b>'
    parts.append(_span(axis, node["starts"], node["ends"], f"days {look.colour}", proved))
    ahead = node["forecast_end"]
    if ahead and ahead > node["ends"]:
        parts.append(_span(axis, node["ends"], ahead, "beyond"))
    return f'<span class="track" role="img" aria-label="{escape(_said(session, node, _))}">{"".join(parts)}</span>'


def _span(axis: Axis, first: date, last: date, kind: str, inside: str = "") -> str:
    left, right = axis.at(first), axis.at(last)
    return f'<span class="{kind}" style="left:{left:.2f}%;width:{max(right - left, 0.4):.2f}%">{inside}</span>'


def _said(session: Session, node: Node, _: Words) -> str:
    """The bar in words."""
    locale = session.locale
    said = [_("from {start} to {end}", start=formats.day(node["starts"], locale), end=formats.day(node["ends"], locale))]
    if node["first_ends"] and node["first_ends"] != node["ends"]:
        said.append(_("first promised for {day}", day=formats.day(node["first_ends"], locale)))
    if node["forecast_end"] and node["forecast_end"] > node["ends"]:
        said.append(_("at this pace {day}", day=formats.day(node["forecast_end"], locale)))
    return "; ".join(said)


def _legend(session: Session, today: date, _: Words) -> str:
    said = _(
        "Filled: the proved share. Outline: the days first promised, where they were moved. Dots: until when it takes at the pace so far. "
        "Vertical line: the review on {day}.",
        day=formats.day(today, session.locale),
    )
    return f'<p class="note">{escape(said)}</p>'
