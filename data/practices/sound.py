"""What is wrong with what is written of a practice: all of it at once, each with its cure."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from data.plans.evidence import LINK
from data.practices.vocabulary import STRENGTHS
from data.problems import N_, Problem

KEY = re.compile(r"[a-z][a-z0-9_]{0,79}")
SINCE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
Row = Mapping[str, Any]


def faults(row: Row, today: date) -> Iterator[Problem]:
    """Every fault of a row of the table `practice`, as it is written on a day."""
    return chain(_told(row), _where(row), _began(row, today), _shown(row), _paid(row))


def _said(text: Any) -> bool:
    """Whether a text, or one of its languages, says anything."""
    return any(map(_said, text.values())) if isinstance(text, Mapping) else bool(text and text.strip())


def _told(row: Row) -> Iterator[Problem]:
    if not KEY.fullmatch(row["key"]):
        hint = N_("use small letters, digits and _, beginning with a letter")
        yield Problem(N_("{found} is no key of a practice"), hint, column="key", values={"found": row["key"]})
    if not _said(row["name"]) or not _said(row["done"]):
        yield Problem(N_("a practice needs a name and what was done"), N_("write both"), column="name")
    if not row["indicators"]:
        hint = N_("choose at least one, so that it is found beside it")
        yield Problem(N_("it does not say which indicator it is about"), hint, column="indicators")


def _where(row: Row) -> Iterator[Problem]:
    if bool(row["place"]) == _said(row["elsewhere"]):
        hint = N_("choose a place of the panel, or write the name of another; not both")
        yield Problem(N_("it does not say in one way where it was done"), hint, column="place")


def _began(row: Row, today: date) -> Iterator[Problem]:
    since = row["since"]
    if since and not _is_day(since):
        hint = N_("write it as 2024, 2024-05 or 2024-05-01")
        yield Problem(N_("{found} is no day, month or year"), hint, column="since", values={"found": since})
    elif since and since > today.isoformat()[: len(since)]:
        hint = N_("write since when it is done")
        yield Problem(N_("{found} has not come yet"), hint, column="since", values={"found": since})


def _shown(row: Row) -> Iterator[Problem]:
    if row["strength"] not in STRENGTHS:
        values = {"found": row["strength"], "known": ", ".join(STRENGTHS)}
        yield Problem(N_("{found} does not say what shows it"), N_("write one of: {known}"), column="strength", values=values)
    if row["link"] and not LINK.fullmatch(row["link"]):
        hint = N_("copy the whole address, beginning with https://")
        yield Problem(N_("{found} is not a link"), hint, column="link", values={"found": row["link"]})
    if row["strength"] != "described" and not (row["link"] and _said(row["found"])):
        hint = N_("write what was found and the link to it, or say that it is only described")
        yield Problem(N_("it was measured, and nothing here shows that"), hint, column="link")


def _paid(row: Row) -> Iterator[Problem]:
    if row["cost"] is not None and not (math.isfinite(row["cost"]) and row["cost"] >= 0):
        yield Problem(N_("{found} is no cost"), N_("write an amount from zero up"), column="cost", values={"found": row["cost"]})
    if (row["cost"] is None) == bool(row["currency"]):
        yield Problem(N_("a cost is an amount and its currency"), N_("write both, or neither"), column="currency")


def _is_day(text: str) -> bool:
    """Whether there is such a day, month or year."""
    if not SINCE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True
