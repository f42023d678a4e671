"""The agenda as HTML: each item by its name, why it is there, whose it is, and what was said and asked about it before."""

from collections.abc import Hashable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboards import formats, links, outlooks, panel, scores
from dashboards.goal_review import saying
from dashboards.meetings import found
from dashboards.meetings.items import Items
from dashboards.meetings.month.known import Known
from dashboards.plan import states
from dashboards.session import Session
from dashboards.words import NN_
from data.meetings.agenda import as_item
from data.meetings.notes import decisions
from kpis.headline import MOST_DECISIONS
from kpis.meetings.agenda import Found
from kpis.meetings.before import decided_before
from kpis.score import Score

Row = Mapping[str, Any]
MOST = 60
"""Of what was found and is not on the agenda, so much is listed."""
TOLD = 3
"""Open follow-ups named beside an item."""


def block(about: Known) -> str:
    """The items to be talked about, the rest, and those that were left out; drawn once for each state of the records."""
    stamp = (about.session.records_state, found.ready(about.session), about.changes)
    meeting = about.meeting
    assert meeting is not None
    return _drawn(about.session, stamp, meeting["id"], about)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs={**scores.KEYED, Known: lambda _about: 0})
def _drawn(session: Session, stamp: Hashable, meeting: int, about: Known) -> str:  # noqa: ARG001 - what the cache goes by
    _, told = about.words, _Told.of(about)
    rows = about.talked_about
    kept, rest = ([row for row in rows if bool(row["kept"]) is first] for first in (True, False))
    out = [row for row in about.rows if row["dropped"] is not None]
    first = escape(_("Talked about") if about.over else _("To be talked about"))
    how = _("Buttons, or Alt with the arrow keys, move the item that has the focus.") if about.changes else ""
    parts = [
        f'<p class="note">{escape(how)}</p>' if how else "",
        f"<h3>{first}</h3>{_list(told, kept, 1)}" if kept else "",
        _rest(told, rest, len(kept) + 1),
        _left_out(told, out),
    ]
    return "".join(parts)


def not_on_it(about: Known) -> str:
    """What needs a decision and is not on the agenda, as HTML, folded where there is an agenda; else why there is nothing."""
    _, meeting = about.words, about.meeting
    assert meeting is not None
    if about.over or about.closed:
        return ""
    every = found.found(about.session, meeting["day"])
    there = {as_item(row).about for row in about.rows}
    left = [each for each in every if each.item.about not in there]
    if not every:
        return _nothing(about)
    if not left:
        return ""
    first, rest = ([], left) if about.rows else (left[:MOST_DECISIONS], left[MOST_DECISIONS:])
    return _candidates(about, first) + _folded(about, rest)


def _candidates(about: Known, first: Sequence[Found], begins: int = 1) -> str:
    items = "".join(_candidate(about, each) for each in first)
    return f'<ol class="found" start="{begins}">{items}</ol>' if items else ""


def _folded(about: Known, left: Sequence[Found]) -> str:
    """The others, as many as anybody reads, on demand."""
    _ = about.words
    if not left:
        return ""
    number = formats.number(len(left), 0, about.session.locale)
    if about.rows:
        one, many = NN_("{n} thing needs a decision and is not on the agenda", "{n} things need a decision and are not on the agenda")
    else:
        one, many = NN_("{n} other thing needs a decision", "{n} other things need a decision")
    said = escape(_.ngettext(one, many, len(left), n=number))
    beyond = _("The first {n} are listed; the others are on the pages Goals and Progress.", n=MOST) if len(left) > MOST else ""
    more = f'<p class="note">{escape(beyond)}</p>' if beyond else ""
    listed = _candidates(about, left[:MOST], 1 if about.rows else MOST_DECISIONS + 1)
    return f"<details><summary>{said}</summary>{listed}{more}</details>"


def _nothing(about: Known) -> str:
    """Why nothing was found: there is nothing to look at, or nothing is wrong."""
    _, session = about.words, about.session
    said = [
        "" if session.held and session.catalogue.kpis else _("No goal has a figure yet, so that none can be ranked."),
        "" if about.items.nodes else _("No plan is in the records yet, so that no action can be ranked."),
    ]
    told = " ".join(filter(None, [_("Nothing needs a decision."), *said]))
    return f"<p>{escape(told)}</p>"


def _candidate(about: Known, each: Found) -> str:
    row = {**vars(each.item), "title": each.item.title}
    whys = " ".join(found.whys(about.session, row, about.meeting["day"] if about.meeting else None))
    return f'<li>{_name(about.items, row)}<span class="note">{escape(whys)}</span></li>'


class _Told:
    """What every item is told with, read once: chances, last decisions and open follow-ups by what they are about."""

    def __init__(self, about: Known, judged: Mapping[str, Score], decided: list[Row]) -> None:
        self.about, self.judged, self.decided = about, judged, decided

    @classmethod
    def of(cls, about: Known) -> "_Told":
        view, session = about.view, about.session
        judged = scores.judged(view) if view.held else ()
        return cls(about, {score.kpi.id: score for score in judged}, decisions(session.records, session.place))

    def open_follow_ups(self, row: Row) -> list[Row]:
        """Those about the item's goal or action, or asked for with it, that nobody has done."""
        mine = (each for each in self.about.items.follow_ups.values() if each["state"] == "open")
        return [each for each in mine if _same(each, row) or each["item"] == row["id"]]

    def decisions(self, row: Row) -> list[Row]:
        """What this meeting decided of it: several texts where people wrote at once and nobody chose."""
        return [each for each in self.decided if each["item"] == row["id"]]

    def last_decision(self, row: Row) -> Row | None:
        """What an earlier meeting decided about the same thing."""
        meeting = self.about.meeting
        return next(iter(decided_before(self.decided, meeting, row)), None) if meeting else None


def _same(one: Row, other: Row) -> bool:
    """Whether both are about the same goal or action."""
    return any(other[name] is not None and one[name] == other[name] for name in ("goal", "node"))


def _list(told: _Told, rows: list[Row], first: int) -> str:
    last = first + len(rows) - 1
    items = "".join(_item(told, row, number, (number == first, number == last)) for number, row in enumerate(rows, first))
    return f'<ol class="agenda">{items}</ol>'


def _rest(told: _Told, rows: list[Row], first: int) -> str:
    """On demand where some are kept: a meeting that talks about everything decides nothing."""
    if not rows:
        return ""
    said = escape(told.about.words.ngettext("The rest: {n} item", "The rest: {n} items", len(rows), n=len(rows)))
    unfolded = "" if first > 1 else ' open=""'
    return f'<details data-part="rest"{unfolded}><summary>{said}</summary>{_list(told, rows, first)}</details>'


def _item(told: _Told, row: Row, number: int, ends: tuple[bool, bool]) -> str:
    about, items = told.about, told.about.items
    day = about.meeting["day"] if about.meeting else None
    whys = "".join(f"<li>{escape(why)}</li>" for why in found.whys(about.session, row, day))
    return (
        f'<li tabindex="-1" data-item="{row["id"]}" data-version="{row["version"]}"><span class="position">{number}</span>'
        f'<div><h3>{_name(items, row)}</h3>{_decided(told, row)}{_stands(told, row)}<ul class="whys">{whys}</ul>'
        f'{_about(told, row)}</div><div class="orders">{_orders(told.about, row, ends)}</div></li>'
    )


def _name(items: Items, row: Row) -> str:
    """By its name, which leads to its page where it has one."""
    session, said = items.session, escape(items.title(row))
    pages = {"goal": ("goal", "kpi", row["goal"]), "action": ("action", "node", row["node"]),
             "follow_up": ("followups", "id", row["follow_up"]), "concern": ("concerns", "id", row["concern"])}  # fmt: skip
    page, key, value = pages.get(row["kind"], ("", "", ""))
    if page not in links.PAGES:
        return said
    return f'<a href="{escape(session.address(page, **{key: str(value)}))}">{said}</a>'


def _decided(told: _Told, row: Row) -> str:
    """What this meeting decided of it, above everything else that is known of it."""
    _ = told.about.words
    texts = [_("Decided: {text}", text=each["text"]) for each in told.decisions(row)]
    return "".join(f'<p class="decided">{escape(text)}</p>' for text in texts)


def _stands(told: _Told, row: Row) -> str:
    """The status of a goal or the state of an action, as HTML."""
    session = told.about.session
    if row["kind"] == "goal" and row["goal"] in told.judged:
        return panel.status(session, told.judged[row["goal"]].status)
    node = told.about.items.nodes.get(row["node"]) if row["kind"] == "action" else None
    return states.mark(node["state"], session.locale) if node else ""


def _about(told: _Told, row: Row) -> str:
    """Whose it is and its chance; the last decision and the open follow-ups about it; each on a line of its own."""
    about, _ = told.about, told.about.words
    view, score = about.view, told.judged.get(row["goal"] or "")
    known = score is not None and outlooks.chance(view, score) is not None
    chance = _("chance of the target {chance}", chance=outlooks.told(view, score)) if score and known else ""
    said = [" · ".join(filter(None, [about.items.owner(row), chance]))]
    said += saying.brief(view, row["goal"]) if row["kind"] == "goal" else []
    if decided := told.last_decision(row):
        day = formats.day(decided["day"], view.locale)
        said.append(_("Last decision, {day}: {text}", day=day, text=decided["text"]))
    asked = told.open_follow_ups(row)
    due = [_("{what} (due {day})", what=each["what"], day=formats.day(each["due"], view.locale)) for each in asked[:TOLD]]
    if due:
        named, count = "; ".join(due), len(asked)
        said.append(_.ngettext("{n} open follow-up: {named}", "{n} open follow-ups: {named}", count, n=count, named=named))
    return "".join(f'<p class="about">{escape(line)}</p>' for line in said if line)


def _orders(about: Known, row: Row, ends: tuple[bool, bool]) -> str:
    """The buttons of an item; the first of its list cannot go up, nor the last down."""
    if not about.changes:
        return ""
    _, name = about.words, about.items.title(row)
    if row["kept"]:
        keep = ("later", _("Not now"), _("Not now: {name}", name=name))
    else:
        keep = ("keep", _("Talk about it"), _("Talk about {name}", name=name))
    buttons = [
        ("up", "↑", _("Move {name} up", name=name)), ("down", "↓", _("Move {name} down", name=name)), keep,
        ("leave", _("Leave out…"), _("Leave out {name}", name=name)),
    ]  # fmt: skip
    stuck = {"up": ends[0], "down": ends[1]}
    return "".join(_button(*each, stuck=stuck.get(each[0], False)) for each in buttons)


def _button(act: str, text: str, label: str, *, stuck: bool = False) -> str:
    off = ' aria-disabled="true"' if stuck else ""
    return f'<button type="button" data-act="{act}" aria-label="{escape(label)}" title="{escape(label)}"{off}>{escape(text)}</button>'


def _left_out(told: _Told, rows: list[Row]) -> str:
    about, _ = told.about, told.about.words
    if not rows:
        return ""
    said = escape(_.ngettext("{n} item was left out", "{n} items were left out", len(rows), n=len(rows)))
    back = _("Take it back")
    items = "".join(
        f'<li tabindex="-1" data-item="{row["id"]}" data-version="{row["version"]}"><span></span><div><h3>{_name(about.items, row)}</h3>'
        f'<p class="about">{escape(row["dropped"])}</p></div><div class="orders">{_back(about, row, back)}</div></li>'
        for row in rows
    )
    return f'<details data-part="out"><summary>{said}</summary><ul class="agenda">{items}</ul></details>'


def _back(about: Known, row: Row, text: str) -> str:
    return _button("back", text, f"{text}: {about.items.title(row)}") if about.changes else ""
