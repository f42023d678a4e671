"""The first rows of a file as they will be loaded: whose value of what, when, and how much."""

from html import escape
from typing import Any

import polars as pl
from babel.numbers import format_decimal

from dashboards import formats, layout, panel
from dashboards.load.tables import table
from dashboards.session import Session
from dashboards.words import N_, translator
from data import segments
from data.definitions import Definitions
from data.indicators import Indicator

SHOWN = 8


def show(session: Session, known: Definitions, rows: pl.DataFrame) -> None:
    """A table of them, and how many there are in all."""
    _ = translator(session.locale)
    titles = [_("Place"), _("Indicator"), _("Segment"), _("Period"), _("Value"), _("Note")]
    if (rows["segment"] == "").all():
        titles.remove(_("Segment"))
    if rows["flag"].is_null().all():
        titles.remove(_("Note"))
    panel.show(table(titles, [_row(session, known, row, titles) for row in rows.head(SHOWN).iter_rows(named=True)]), key="load_preview")
    layout.note(reach(session, rows))


def reach(session: Session, rows: pl.DataFrame) -> str:
    """How many places and indicators the rows are about, and from when to when."""
    _ = translator(session.locale)
    places, indicators, missing = rows["place"].n_unique(), rows["indicator"].n_unique(), rows["value"].null_count()
    said = [
        _.ngettext("{n} place", "{n} places", places, n=places),
        _.ngettext("{n} indicator", "{n} indicators", indicators, n=indicators),
        _.ngettext("{n} missing value", "{n} missing values", missing, n=missing),
    ]
    since, until = (formats.day(day, session.locale) for day in (rows["period"].min(), rows["period"].max()))  # type: ignore[arg-type]
    return _("{counts}; periods that end from {since} to {until}.", counts=", ".join(said), since=since, until=until)


def _row(session: Session, known: Definitions, row: dict[str, Any], titles: list[str]) -> list[str]:
    _ = translator(session.locale)
    indicator, flag = known.indicator[row["indicator"]], row["flag"] or ""
    said = {
        _("Place"): session.say(known.place[row["place"]].name),
        _("Indicator"): session.say(indicator.name),
        _("Segment"): ", ".join(segments.parts(row["segment"]).values()),
        _("Period"): formats.period(row["period"], indicator.frequency, session.locale),
        _("Value"): _exact(session, row["value"], indicator),
        _("Note"): _(flag),
    }
    return [escape(said[title]) for title in titles]


def _exact(session: Session, value: float | None, indicator: Indicator) -> str:
    """The number as it is held: a preview rounds nothing away."""
    if value is None:
        return formats.NOTHING
    return f"{format_decimal(value, '#,##0.##########', locale=session.locale)}{formats.BOUND}{session.say(indicator.unit)}"


EMPTY = N_("empty")
"""The reason of a missing value whose cell holds nothing, as the readers write it."""
