"""What several commands are told in the same words: a month, a day, an id."""

from collections.abc import Iterable
from datetime import date

from data.located import near
from data.periods import Month
from data.problems import Problem


def month(key: str, text: str, problems: list[Problem]) -> Month | None:
    """The month that an option names; None, and a problem more, where it is none."""
    try:
        return Month.parse(text)
    except ValueError:
        problems.append(Problem("{text!r} is not a month", "write it as 2026-06", key=key, values={"text": text}))
        return None


def day(key: str, text: str | None, problems: list[Problem]) -> date | None:
    """The day that an option names; None where it is not given, and with a problem more where it is none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        problems.append(Problem("{text!r} is not a day", "write it as 2026-07-10", key=key, values={"text": text}))
        return None


def unknown(key: str, what: str, name: str, known: Iterable[str]) -> list[Problem]:
    """A problem where nothing has this id."""
    known = list(known)
    if name in known:
        return []
    values = {"name": name, "what": what, "near": near(name, known)}
    return [Problem("{name!r} is not a known {what}", "write {near}", key=key, values=values)]
