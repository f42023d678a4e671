"""What a reader of Progress has chosen; all of it stands in the address, so that a link shows the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

import streamlit as st

from dashboards import session as visit
from dashboards.session import Session
from dashboards.words import N_, translator

ALL = ""
ONLY = "only"
KINDS = {"area": N_("Area"), "district": N_("Neighbourhood"), "owner": N_("Owner"), "sdg": N_("SDG")}
"""What the tree can be narrowed by in the one control; the state is chosen by its count, and words by the search box."""
MOST_ONLY = 20
ORDERS = {"attention": N_("what needs attention first"), "plan": N_("in the order of the plan")}
FEW = 100
"""Rows that are shown below one node, unless more are asked for."""
MOST_OPEN = 100
"""Nodes that an address opens at most."""
NONE = "none"
"""In the address where every node is closed by hand."""
LONGEST = 100
"""Letters of a text to search for."""


@dataclass(frozen=True)
class Choice:
    """`only` are properties, each as `option` writes it: of one kind any holds, of several kinds all.

    `opened` are the nodes whose children are shown, None as the page opens; `node` is the one whose sum is explained.
    """

    plan: str
    state: str = ALL
    only: tuple[str, ...] = ()
    find: str = ALL
    order: str = "attention"
    opened: tuple[int, ...] | None = None
    node: int | None = None
    rows: int = FEW

    @property
    def narrows(self) -> bool:
        """Whether some of the actions are left out of sight."""
        return bool(self.state or self.only or self.find)

    def values(self, kind: str) -> list[str]:
        """The properties of one kind that it narrows to."""
        return [unquote(value) for found, _, value in (each.partition(":") for each in self.only) if found == kind]

    def toggled(self, node: int, opened: tuple[int, ...]) -> "Choice":
        """The same with one node opened or closed; `opened` are those that are shown open now."""
        kept = tuple(each for each in opened if each != node)
        return replace(self, opened=kept if node in opened else (*kept, node)[-MOST_OPEN:])

    def everything(self) -> "Choice":
        """All actions again, in the same order."""
        return Choice(self.plan, order=self.order)

    def query(self) -> dict[str, str]:
        """As the address says it: only what differs from how the page opens."""
        said = {name: getattr(self, name) for name in ("state", "find") if getattr(self, name)}
        said |= {ONLY: ",".join(self.only)} if self.only else {}
        said |= {"order": self.order} if self.order != "attention" else {}
        said |= {} if self.opened is None else {"open": ",".join(map(str, self.opened)) or NONE}
        said |= {"node": str(self.node)} if self.node is not None else {}
        said |= {"rows": str(self.rows)} if self.rows != FEW else {}
        return {"plan": self.plan, **said}


def option(kind: str, value: object) -> str:
    """A property to narrow by, as the address says it: "area:police"; a comma or a space of a city's own word is written as a code."""
    return f"{kind}:{quote(str(value), safe='')}"


def address(session: Session, choice: Choice) -> str:
    return session.address("progress", **choice.query())


def asked(plan: str, options: Mapping[str, str], states: tuple[str, ...]) -> Choice:
    """What the address and the control say; called before the control is drawn. What is no option asks for nothing."""
    only, told = visit.linked_list(ONLY, options, [], MOST_ONLY), st.query_params
    return Choice(
        plan, only=tuple(only), state=_one_of(told.get("state", ""), states, ALL), find=told.get("find", "")[:LONGEST].strip(),
        order=_one_of(told.get("order", ""), tuple(ORDERS), "attention"), opened=_opened(told.get("open")), node=_number(told.get("node")),
        rows=_number(told.get("rows")) or FEW,
    )  # fmt: skip


def control(session: Session, options: Mapping[str, str]) -> None:
    """The one control that narrows: one element for all kinds, because each costs every run of the page."""
    _ = translator(session.locale)
    label, hint = _("Narrow the table"), _("Area, neighbourhood, owner, SDG")
    st.multiselect(
        label, list(options), key=ONLY, format_func=options.__getitem__, placeholder=hint, label_visibility="collapsed", width=240,
        max_selections=MOST_ONLY,
    )  # fmt: skip


def _opened(text: str | None) -> tuple[int, ...] | None:
    if not text:
        return None
    numbers = [number for number in map(_number, text.split(",")) if number is not None]
    return tuple(dict.fromkeys(numbers))[:MOST_OPEN]


def _number(text: Any) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _one_of(text: str, options: tuple[str, ...], otherwise: str) -> str:
    return text if text in options else otherwise
