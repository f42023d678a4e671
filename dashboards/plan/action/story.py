"""What the area reported, as a story, the latest first."""

from html import escape

from dashboards import formats
from dashboards.plan import truth_line, vocabulary
from dashboards.plan.action.subject import Row, Subject
from dashboards.plan.written import written

FIRST = 6
"""Reports that are shown before the others are asked for."""


def story(about: Subject) -> str:
    """The reports as an HTML list; the older ones fold away."""
    _, reports = about.words, about.found.reports
    heading, none = _("What the area reported"), _("Nothing yet.")
    title = f"<h2>{escape(heading)}</h2>"
    if not reports:
        return f'{title}<p class="note">{escape(none)}</p>' if about.leaf else ""
    older = reports[FIRST:]
    said = _.ngettext("{n} older report", "{n} older reports", len(older), n=len(older))
    more = f"<details><summary>{escape(said)}</summary>{_list(about, older)}</details>" if older else ""
    return f"{title}{_list(about, reports[:FIRST])}{more}"


def sentence(about: Subject, report: Row) -> str:
    """How far it was said to be, and what of that was new."""
    _, locale = about.words, about.session.locale
    status = vocabulary.options(vocabulary.STATUSES, locale).get(report["status"]) or _("no status")
    if report["declared"] is None:
        return status
    declared = truth_line.share(report["declared"], locale)
    if report["was_declared"] is None or report["was_declared"] == report["declared"]:
        return _("{status}, {share} declared", status=status, share=declared)
    return _(
        "{status}, {share} declared, before {was}", status=status, share=declared, was=truth_line.share(report["was_declared"], locale)
    )


def _list(about: Subject, reports: list[Row]) -> str:
    return f'<ol class="story">{"".join(_entry(about, report) for report in reports)}</ol>'


def _entry(about: Subject, report: Row) -> str:
    day = formats.day(report["day"], about.session.locale)
    words = f"<p>{written(about.session, report['said'])}</p>" if report["said"] else ""
    return (
        f"<li><time>{escape(day)}</time><div><p>{escape(sentence(about, report))}</p>{words}"
        f'<span class="note">{escape(report["person_name"])}</span></div></li>'
    )
