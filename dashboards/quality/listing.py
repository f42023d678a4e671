"""The findings of one part as an HTML table: what, why with the rows that show it, its history, and whose it is."""

from collections.abc import Sequence
from html import escape

from dashboards import formats
from dashboards.quality.histories import Histories
from dashboards.session import Session
from dashboards.words import Words, translator
from data.periods import Month
from kpis.quality import Finding, Row

MOST_INDICATORS = 4
MOST_PLACES = 40
"""What the Explorer takes."""
MONTHS_BEFORE = 24
"""Months before the first row that the Explorer shows along."""
MOST_ROWS = 12
"""Rows that the page lists of one finding; the download has them all."""
SHOWN = 8
"""Findings of a part that are shown at once; the others are folded away."""


def table(session: Session, findings: Sequence[Finding], histories: Histories) -> str:
    """The findings in their order, all but the first few folded away."""
    _, first, rest = translator(session.locale), findings[:SHOWN], findings[SHOWN:]
    more = escape(_.ngettext("{n} more", "{n} more", len(rest), n=len(rest)))
    folded = f"<details><summary>{more}</summary>{_table(session, rest, histories, _)}</details>" if rest else ""
    return _table(session, first, histories, _) + folded


def plain(session: Session, findings: Sequence[Finding]) -> str:
    """The findings without drawings, for those that need nothing from anybody."""
    return _table(session, findings, None, translator(session.locale))


def name(session: Session, finding: Finding) -> str:
    """The indicator, and the place where it is not the reviewed one; of an area's many indicators, the area."""
    if finding.part == "owners":
        return session.say(session.definitions.area[finding.owner])
    said = " = ".join(session.say(session.definitions.indicator[name].name) for name in dict.fromkeys(finding.indicators))
    return said if finding.places[0] == session.place else f"{said} · {_place(session, finding.places[0])}"


def address(session: Session, finding: Finding) -> str:
    """The view of the Explorer that shows it; "" where the Explorer is not in use."""
    if "explorer" not in session.definitions.city.modules:
        return ""
    told = {
        "indicators": ",".join(dict.fromkeys(finding.indicators[:MOST_INDICATORS])),
        "places": ",".join(dict.fromkeys(finding.places[:MOST_PLACES])),
        "view": "chart",
    }
    if finding.rows and finding.part != "revisions":
        told["from"] = str(Month.of(min(row.period for row in finding.rows)).plus(-MONTHS_BEFORE))
    return session.address("explorer", **told)


def _table(session: Session, findings: Sequence[Finding], histories: Histories | None, _: Words) -> str:
    titles = [_("What"), _("Why"), *([_("History")] if histories else []), _("Owner")]
    head = "".join(f'<th role="columnheader" scope="col">{escape(title)}</th>' for title in titles)
    body = "".join(_row(session, finding, histories, _) for finding in findings)
    return (
        f'<table role="table" class="findings"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(session: Session, finding: Finding, histories: Histories | None, _: Words) -> str:
    why = formats.sentence(formats.reason(finding.reason, session.locale))
    owner = escape(session.say(session.definitions.area[finding.owner]))
    drawn = f'<td role="cell" class="history">{histories.drawing(session, finding)}</td>' if histories else ""
    return (
        f'<tr role="row" data-part="{finding.part}" data-urgency="{finding.urgency}">'
        f'<th role="rowheader" scope="row">{_what(session, finding, _)}</th>'
        f'<td role="cell">{escape(why)}.{_rows(session, finding, _)}</td>'
        f'{drawn}<td role="cell" class="owner">{owner}</td></tr>'
    )


def _what(session: Session, finding: Finding, _: Words) -> str:
    where, known = address(session, finding), session.definitions.indicator
    if finding.part == "owners":
        said = escape(session.say(session.definitions.area[finding.owner]))
        return f'<a href="{escape(where)}">{said}</a>' if where else said
    said = escape(" = ".join(session.say(known[indicator].name) for indicator in dict.fromkeys(finding.indicators)))
    linked = f'<a href="{escape(where)}">{said}</a>' if where else said
    return f'{linked}<span class="note">{escape(_where(session, finding, _))}</span>'


def _where(session: Session, finding: Finding, _: Words) -> str:
    places = [_place(session, place) for place in dict.fromkeys(finding.places)]
    if finding.part == "duplicates":
        return " = ".join(places)
    more = len(places) - 1
    return _.ngettext("{place} and {n} more", "{place} and {n} more", more, place=places[0], n=more) if more else places[0]


def _place(session: Session, place: str) -> str:
    return session.say(session.definitions.place[place].name)


def _rows(session: Session, finding: Finding, _: Words) -> str:
    """The rows that show it, folded; one that the sentence has told already is not told again."""
    rows = finding.rows[:MOST_ROWS]
    if len(finding.rows) < 2 and not any(row.note for row in rows):
        return ""
    titles = [("", _("Period")), ("number", _("First known")), ("number", _("Value")), ("", _("Note"))]
    used = [True, *(any(getattr(row, part) not in (None, "") for row in rows) for part in ("before", "value", "note"))]
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(title)}</th>' for (kind, title), shown in zip(titles, used, strict=True) if shown
    )
    body = "".join(_cells(session, finding, row, used) for row in rows)
    summary = escape(_.ngettext("{n} row", "{n} rows", len(finding.rows), n=len(finding.rows)))
    left = len(finding.rows) - len(rows)
    said = escape(_.ngettext("{n} more is in the download.", "{n} more are in the download.", left, n=left)) if left else ""
    return (
        f'<details><summary>{summary}</summary><table class="values rows"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{said}</details>"
    )


def _cells(session: Session, finding: Finding, row: Row, used: Sequence[bool]) -> str:
    """One row; a column in which no row has anything is left out."""
    indicator, locale = session.definitions.indicator[finding.indicators[0]], session.locale
    period = formats.short_period(row.period, indicator.frequency, locale)
    until = f" – {formats.short_period(row.until, indicator.frequency, locale)}" if row.until else ""
    before, value = (escape(formats.in_table(number, indicator, locale)) for number in (row.before, row.value))
    cells = [
        f'<th scope="row">{escape(period + until)}</th>',
        f'<td class="number">{before}</td>',
        f'<td class="number">{value}</td>',
        f"<td>{escape(row.note)}</td>",
    ]
    return f"<tr>{''.join(cell for cell, shown in zip(cells, used, strict=True) if shown)}</tr>"
