"""A month file: what a month says, the public key of the city, and its signature, as one line of JSON.

    {"content": {...}, "key": "64 hexadecimal digits", "signature": "128 hexadecimal digits"}

It is written in one way only (data.records.columns.canonical), and read only as it was written: every byte of it counts. What is signed is
FOR, and the content so written.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any, NoReturn

from pydantic import ValidationError

from data.exchange.content import FORMAT, MonthContent
from data.exchange.signing import fingerprint, public_key, sign, signed
from data.periods import Month
from data.problems import N_, Problem, Refused
from data.records.columns import canonical

LARGEST = 4_000_000
"""Bytes; a month of 300 goals has 150,000."""
FOR = b"mandato month\n"
"""Before what is signed, so that no signature of this key for anything else is one of a month."""
AHEAD = timedelta(days=1)
"""How far another city's clock may be ahead."""

SEND_AGAIN = N_("ask the city to send it again, as it is: not opened and saved by another program")
NOT_ONE = N_("this is not a month file")
ASK = N_("ask the city for the file that its page This month or `python -m data export-month` writes")
TOO_LARGE = N_("this file has more than {most} bytes, which no month file has")
CHANGED = N_("this file is not as the city signed it: something of it was changed or lost on its way")
NEWER = N_("this file is of format {found}, and this program reads format {known}")
UPDATE = N_("update whichever program is older, yours or the city's, and ask for the file again")
UNKNOWN = N_("this file is signed, and says something that month files do not say: {where}: {why}")
TOLD_TWICE = N_("this file says two things about one goal or plan: {what}")
FUTURE = N_("this file says that it was made on {day}, which is to come, or is of a month to come")
CLOCK = N_("ask the city to set its clock right, and to make the file again")


@dataclass(frozen=True)
class MonthFile:
    """A file that its key signed. Whose key that is, its fingerprint tells to whoever compares it."""

    name: str
    content: MonthContent
    key: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key)


def sealed(content: MonthContent, private: bytes) -> bytes:
    """The file, signed."""
    told = json.loads(canonical(content.model_dump(mode="json")))
    return canonical({"content": told, "key": public_key(private), "signature": sign(private, _message(told))}).encode()


def opened(found: bytes, name: str, now: datetime | None = None) -> MonthFile:
    """What a file says; `name` is what messages call it. Raises Refused where it is none, or not as it was signed."""
    try:
        return _opened(found, name, now or datetime.now(UTC))
    except _Faulty as fault:
        raise Refused([Problem(fault.message, fault.hint, name, values=fault.values)]) from None


class _Faulty(Exception):
    """Why a file is none, in the words of a problem."""

    def __init__(self, message: str, hint: str, **values: object) -> None:
        super().__init__(message)
        self.message, self.hint, self.values = message, hint, values


def _opened(found: bytes, name: str, now: datetime) -> MonthFile:
    whole = _read(found)
    content = whole["content"]
    if content.get("format") != FORMAT:
        raise _Faulty(NEWER, UPDATE, found=str(content.get("format"))[:20], known=FORMAT)
    if not signed(whole["key"], whole["signature"], _message(content)):
        raise _Faulty(CHANGED, SEND_AGAIN)
    told = _content(content)
    _require_said_once([f"goal {goal.id}" for goal in told.goals] + [f"plan {plan.key}" for plan in told.plans])
    latest = max(told.made_at, told.closed_at)
    if latest > now + AHEAD or Month.parse(told.month).first > told.made_at.date() + AHEAD:
        raise _Faulty(FUTURE, CLOCK, day=latest.date())
    return MonthFile(name, told, whole["key"])


def _message(content: dict[str, Any]) -> bytes:
    return FOR + canonical(content).encode()


def _read(found: bytes) -> dict[str, Any]:
    """The three parts, in the one way in which they are written."""
    if len(found) > LARGEST:
        raise _Faulty(TOO_LARGE, ASK, most=LARGEST)
    try:
        whole = json.loads(found.decode(), parse_constant=_no_number)
        as_written = canonical(whole).encode() == found
    except (ValueError, RecursionError):  # no letters, no JSON, no number, half a letter, nested without end
        raise _Faulty(NOT_ONE, ASK) from None
    if not isinstance(whole, dict) or set(whole) != {"content", "key", "signature"} or not isinstance(whole["content"], dict):
        raise _Faulty(NOT_ONE, ASK)
    if not as_written or not _hexadecimal(whole["key"], 64) or not _hexadecimal(whole["signature"], 128):
        raise _Faulty(CHANGED, SEND_AGAIN)
    return whole


def _hexadecimal(found: object, digits: int) -> bool:
    """In small letters: the same key must not be written in two ways."""
    return isinstance(found, str) and len(found) == digits and re.fullmatch(r"[0-9a-f]+", found) is not None


def _no_number(_text: str) -> NoReturn:
    raise ValueError


def _content(content: dict[str, Any]) -> MonthContent:
    try:
        return MonthContent.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])[:100]
        raise _Faulty(UNKNOWN, UPDATE, where=where, why=first["msg"][:200]) from None


def _require_said_once(named: Sequence[str]) -> None:
    what, times = max(Counter(named).items(), key=itemgetter(1), default=("", 0))
    if times > 1:
        raise _Faulty(TOLD_TWICE, UPDATE, what=what)
