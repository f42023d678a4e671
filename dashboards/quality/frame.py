"""Every finding with the rows that show it, as a table to take away."""

from collections.abc import Sequence

import polars as pl

from dashboards import formats
from dashboards.quality.choice import FILTERS, Choice, names
from dashboards.quality.parts import PARTS, TO_DO
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.quality import Finding, Report, Row

TYPES = (*(pl.String,) * 8, pl.Date, pl.Date, pl.Float64, pl.Float64, pl.String, pl.String)


def frame(session: Session, findings: Sequence[Finding]) -> pl.DataFrame:
    """One row for each row of each finding, numbers as numbers; a finding without rows has one."""
    _ = translator(session.locale)
    heads = [_("Finding"), _("Part"), _("What to do"), _("Indicator"), _("Place"), _("Elsewhere"), _("Owner"), _("Why")]
    titles = [*heads, _("Period"), _("Up to"), _("Value"), _("First known"), _("Note"), _("Unit")]
    rows = [
        (str(number), *_finding(session, finding, _), *_row(session, finding, row))
        for number, finding in enumerate(findings, start=1)
        for row in (finding.rows or (None,))
    ]
    return pl.DataFrame(rows, schema=dict(zip(titles, TYPES, strict=True)), orient="row")


def about(session: Session, report: Report, choice: Choice) -> dict[str, str]:
    """What the findings are of, for whoever meets them elsewhere."""
    _, options = translator(session.locale), names(session)
    asked = {_(FILTERS[key]): options[key][value] for key, value in (("area", choice.area), ("theme", choice.theme)) if value}
    return {
        _("Place"): session.say(session.definitions.place[session.place].name),
        _("Reviewed month"): formats.month_name(session.month, session.locale),
        _("Review day"): formats.day(report.review, session.locale),
        **asked,
    }


def _finding(session: Session, finding: Finding, _: Words) -> tuple[str, ...]:
    known, places = session.definitions.indicator, [session.say(session.definitions.place[place].name) for place in finding.places]
    both = finding.part == "duplicates"
    return (
        _(PARTS[finding.part].title),
        _(TO_DO[finding.urgency]),
        (" = " if both else ", ").join(session.say(known[indicator].name) for indicator in finding.indicators),
        " = ".join(places) if both else places[0],
        "" if both else ", ".join(places[1:]),
        session.say(session.definitions.area[finding.owner]),
        formats.reason(finding.reason, session.locale),
    )


def _row(session: Session, finding: Finding, row: Row | None) -> tuple:
    if row is None:
        return None, None, None, None, None, None
    unit = session.say(session.definitions.indicator[finding.indicators[0]].unit)
    return row.period, row.until or row.period, row.value, row.before, row.note or None, unit
