"""What is due and overdue, before anything else on the page; what is further off is folded."""

from collections.abc import Sequence
from datetime import date
from html import escape

from dashboards import formats
from dashboards.assessments import vocabulary
from dashboards.assessments.known import Known
from dashboards.plan import areas
from dashboards.plan.tables import table
from kpis.assessments.due import Due


def headline(known: Known) -> str:
    """ "2 assessments are overdue, the oldest for 41 days; 1 more is due within three months." """
    _, today = known.words, known.session.review_day
    late = [each for each in known.due if each.overdue(today)]
    soon = sum(each.soon(today) for each in known.due)
    said = _.ngettext("{n} is due within three months", "{n} are due within three months", soon, n=soon)
    if not late:
        return _("No assessment is overdue; {soon}.", soon=said)
    oldest = formats.age((today - late[0].day).days, known.session.locale)
    return _.ngettext(
        "{n} assessment is overdue, for {oldest}; {soon}.", "{n} assessments are overdue, the oldest for {oldest}; {soon}.",
        len(late), n=len(late), oldest=oldest, soon=said,
    )  # fmt: skip


def block(known: Known) -> str:
    """The list as HTML."""
    _, today = known.words, known.session.review_day
    late = [each for each in known.due if each.overdue(today)]
    soon = [each for each in known.due if each.soon(today)]
    later = [each for each in known.due if each not in late and each not in soon]
    groups = [(_("Overdue assessments"), _rows(known, late)), (_("Due within three months"), _rows(known, soon))]
    drawn = table(_titles(known), groups, _("Assessments that are due, the first day first"), "due-list") if late or soon else ""
    return drawn + _folded(known, later)


def when(known: Known, day: date) -> str:
    """ "28 Feb 2025, 620 days ago", "30 Jan 2027, in 81 days" """
    _, days = known.words, (day - known.session.review_day).days
    said = formats.age(abs(days), known.session.locale)
    told = _("{age} ago", age=said) if days < 0 else _("in {age}", age=said)
    return f'{escape(known.date(day))}<span class="note">{escape(told)}</span>'


def _titles(known: Known) -> list[tuple[str, str]]:
    _ = known.words
    return [(_("Policy"), ""), (_("Assessment"), ""), (_("Due on"), ""), (_("Who judges"), ""), (_("Area"), "")]


def _rows(known: Known, found: Sequence[Due]) -> list[list[str]]:
    return [_row(known, each) for each in found]


def _row(known: Known, each: Due) -> list[str]:
    _, made = known.words, each.assessment
    unplanned = escape(_("nobody has planned it"))
    judges = escape(known.judge(made)) if made else f'<span class="note">{unplanned}</span>'
    moment = escape(formats.sentence(known.moment(each.moment)))
    key = "overdue" if each.overdue(known.session.review_day) else made["state"] if made else "planned"
    drawn = vocabulary.state(key, moment) if made or key == "overdue" else moment
    return [known.link(each.policy), drawn, when(known, each.day), judges, areas.link(known.session, each.policy["area"])]


def _folded(known: Known, later: Sequence[Due]) -> str:
    if not later:
        return ""
    _ = known.words
    said = escape(_.ngettext("{n} is due later", "{n} are due later", len(later), n=len(later)))
    drawn = table(_titles(known), [("", _rows(known, later))], _("Assessments that are due later"), "due-list")
    return f'<details class="more"><summary>{said}</summary>{drawn}</details>'
