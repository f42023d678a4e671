"""How many promises were kept, by owner, area and month."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from dashboards import formats
from dashboards.meetings import promised
from dashboards.meetings.follow_ups import saying
from dashboards.meetings.follow_ups.known import Known, Row
from dashboards.plan import areas
from dashboards.plan.tables import NUMBER, table
from data.periods import Month
from kpis.meetings import promises
from kpis.meetings.promises import Kept, month_promised

LAST = 12
"""Months of the last year."""


def block(known: Known, rows: Sequence[Row]) -> str:
    """The three tables as HTML; nothing while there is no follow-up."""
    _ = known.words
    if not rows:
        return ""
    owners = promises.kept_by(rows, known.day, lambda row: row["owner"])
    of_areas = promises.kept_by([row for row in rows if row["area"]], known.day, lambda row: row["area"])
    months = promises.kept_by(sorted(rows, key=month_promised, reverse=True), known.day, month_promised)
    months = {month: found for month, found in months.items() if found.due or found.dropped}
    drawn = [
        _table(known, _("Owner"), owners, lambda owner: escape(known.items.post(owner)), rows, "owner"),
        _table(known, _("Area"), of_areas, lambda area: areas.link(known.session, area), rows, "area"),
        _table(known, _("Month promised"), dict(list(months.items())[:LAST]), lambda month: _month(known, month), rows, "month"),
    ]
    columns = "".join(f"<div>{each}</div>" for each in drawn if each)
    title, rule = escape(_("Promises kept")), escape(saying.counted(known))
    return f'<h2>{title}</h2><p class="count">{rule}</p><div class="columns rates">{columns}</div>'


def _table(known: Known, title: str, found: Mapping[Any, Kept], name: Callable[[Any], str], rows: Sequence[Row], column: str) -> str:
    _ = known.words
    titles = [(title, ""), *((each, NUMBER) for each in (_("Kept"), _("Share"), _("Overdue"), _("Dropped")))]
    overdue = [row for row in rows if known.state(row) == "overdue"]
    lines = [[name(key), *_numbers(known, kept, sum(_key(row, column) == key for row in overdue))] for key, kept in found.items()]
    return table(titles, [("", lines)], _("Promises kept, by {what}", what=title.lower()), narrow=True) if lines else ""


def _numbers(known: Known, kept: Kept, overdue: int) -> list[str]:
    due, done, late, dropped = (formats.number(each, 0, known.session.locale) for each in (kept.due, kept.kept, overdue, kept.dropped))
    _ = known.words
    said = _("{kept} of {n}", kept=done, n=due)
    return [escape(said), escape(promised.share(kept, known.session.locale)), late, dropped]


def _key(row: Row, column: str) -> Any:
    return month_promised(row) if column == "month" else row[column]


def _month(known: Known, month: str) -> str:
    return escape(formats.sentence(formats.short_month(Month.parse(month), known.session.locale)))
