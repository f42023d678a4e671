"""A value in words and as HTML: which it is, how much, and what is odd about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from dashboards import formats
from dashboards.session import Session
from dashboards.sparklines import Frame, sparkline
from dashboards.words import translator
from dashboards.work.values import known
from dashboards.work.values.known import Known, Row
from data.periods import Month
from kpis.score import Reason

SHOWN = 24
"""Months that a drawing shows."""
DECIMALS = 3
"""Of a numerator or denominator that is no whole number."""


def named(session: Session, row: Mapping[str, Any]) -> str:
    """The indicator, and under it where and when, as HTML."""
    period = formats.period(row["period"], known.frequency(session, row), session.locale)
    return f'{escape(known.name(session, row))}<span class="note">{escape(f"{known.where(session, row)} · {period}")}</span>'


def amount(session: Session, row: Mapping[str, Any], value: float | None) -> str:
    """A value with its unit, as text; a dash where there is none."""
    indicator = session.definitions.indicator.get(row["indicator"])
    return formats.measured(value, indicator, session.locale) if indicator else formats.number(value, 1, session.locale)


def figure(session: Session, row: Mapping[str, Any], value: float | None) -> str:
    """The number for a narrow column, in which a long unit would push it out of sight."""
    indicator = session.definitions.indicator.get(row["indicator"])
    return formats.in_table(value, indicator, session.locale) if indicator else formats.number(value, 1, session.locale)


def value(
    session: Session, row: Mapping[str, Any], said: float | None, note: str | None, parts: tuple[float | None, float | None] = (None, None)
) -> str:
    """A value, the numerator and denominator that make it, and its note, as HTML."""
    told = [made_of(session, *parts), note or ""]
    return escape(amount(session, row, said)) + "".join(f'<span class="note">{escape(text)}</span>' for text in told if text)


def made_of(session: Session, numerator: float | None, denominator: float | None) -> str:
    """Both parts of a value, as text: 9 / 190; "" where it has none."""
    if numerator is None or denominator is None:
        return ""
    return " / ".join(formats.number(part, 0 if part.is_integer() else DECIMALS, session.locale) for part in (numerator, denominator))


def typed(session: Session, row: Mapping[str, Any]) -> str:
    """What was typed of a value, as HTML."""
    return value(session, row, row["value"], row["said"], (row["numerator"], row["denominator"]))


def text(said: str | None) -> str:
    """What people wrote, as HTML."""
    return escape(said or "")


def odd(session: Session, found: Sequence[Reason]) -> str:
    """What looks odd, in a sentence each."""
    return " ".join(f"{formats.sentence(formats.reason(reason, session.locale))}." for reason in found).replace("?.", "?")


def drawing(session: Session, known_values: Known, row: Row) -> str:
    """The last two years of a value's series and the value itself, as a drawing; "" where nothing is known of it."""
    _, last = translator(session.locale), row["period"]
    history: list[tuple[date, float]] = known_values.history(row)
    since = Month.of(last).plus(-SHOWN).last
    typed = [] if row["value"] is None else [(last, row["value"])]
    shown = [point for point in history if point[0] >= since]
    if not shown:
        return ""
    told = {"first": amount(session, row, shown[0][1]), "last": amount(session, row, shown[-1][1])}
    label = _("from {first} to {last}", **told)
    return sparkline([*shown, *typed], (), Frame(since, last), label, marks=typed)
