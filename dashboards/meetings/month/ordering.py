"""The agenda as a list whose items are moved, kept, left out and taken back by buttons and keys; the focus stays on the item."""

from collections.abc import Mapping, Sequence
from typing import Any

from streamlit.components import v2

from dashboards import links
from dashboards import session as visit
from dashboards.meetings.month import listing
from dashboards.meetings.month.known import PLACE, Known
from dashboards.panel import FOLDER
from dashboards.plan import doing
from data.meetings.agenda import drop_item, keep_item, move_item

Row = Mapping[str, Any]
KEY, SAID, LEAVING = "agenda", "agenda said", "agenda leaving"
ACTS = ("move", "keep", "later", "leave", "back")

_list = v2.component(
    "mandato_agenda",
    css="\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("panel.css", "agenda/agenda.css")),
    js=(FOLDER / "agenda" / "agenda.js").read_text(encoding="utf-8"),
)


def show(about: Known) -> None:
    """Draw it, follow the link that is chosen in it, and do what is asked of an item."""
    told = {"html": listing.block(about), "said": str(visit.left(SAID) or "")}
    chosen = _list(data=told, key=KEY, on_order_change=_stay, on_link_change=_stay)
    if chosen.link:
        links.follow(chosen.link)
    if chosen.order and about.changes:
        obey(about, chosen.order)


def obey(about: Known, order: Any) -> None:
    """Do what was asked: an item, the version that was seen, one of ACTS, and how many steps; what nobody can ask is passed over."""
    row = next((row for row in about.rows if isinstance(order, Mapping) and row["id"] == order.get("item")), None)
    if row is None or order.get("act") not in ACTS or not all(isinstance(order.get(name), int) for name in ("version", "steps")):
        return
    if order["act"] == "leave":
        visit.put(LEAVING, row["id"])
        visit.show_again()
        return
    if done := doing.attempt_at(about.session, lambda: _do(about, row, order), PLACE):
        visit.put(SAID, done)
        visit.show_again()


def places(rows: Sequence[Row], talked_about: Sequence[Row], item: int, steps: int) -> int:
    """How many places an item moves among all rows to pass so many of its own kind, those that are kept or the others."""
    every = [row["id"] for row in rows]
    kept = next(row["kept"] for row in rows if row["id"] == item)
    group = [row["id"] for row in talked_about if row["kept"] == kept]
    target = group[min(max(group.index(item) + steps, 0), len(group) - 1)]
    return every.index(target) - every.index(item)


def _do(about: Known, row: Row, order: Mapping[str, Any]) -> str:
    _, session, name = about.words, about.session, about.items.title(row)
    actor, version = session.actor, order["version"]
    assert actor is not None
    told = (session.records, actor, row["id"], version)
    if order["act"] == "move":
        return _moved(about, row, order)
    if order["act"] == "back":
        drop_item(*told, None)
        return _("{name} is on the agenda again.", name=name)
    keep_item(*told, kept=order["act"] == "keep")
    return _("{name} is to be talked about.", name=name) if order["act"] == "keep" else _("{name} waits among the rest.", name=name)


def _moved(about: Known, row: Row, order: Mapping[str, Any]) -> str:
    _, session = about.words, about.session
    assert session.actor is not None
    by = places(about.rows, about.talked_about, row["id"], order["steps"])
    if by:
        move_item(session.records, session.actor, row["id"], order["version"], by)
    group = [each["id"] for each in about.talked_about if each["kept"] == row["kept"]]
    ahead = 0 if row["kept"] else len(about.talked_about) - len(group)
    number = ahead + 1 + min(max(group.index(row["id"]) + order["steps"], 0), len(group) - 1)
    return _("{name} is number {n} of {all}.", name=about.items.title(row), n=number, all=len(about.talked_about))


def _stay() -> None:
    """The component asks for a callback before it reports what was chosen; there is nothing to do before the page runs again."""
