"""One study on one page of paper: did it work, what shows it, what could make it wrong, and how it was reckoned."""

from dashboards import formats
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Chart, Document, Section, Series
from dashboards.reports.parts import facts, letterhead
from dashboards.session import Session
from dashboards.study import chart, comparison, known, method, saying
from dashboards.study.shown import Shown
from dashboards.study.verdicts import LOOKS
from dashboards.words import Words, translator
from data.problems import N_, NotPossibleNow
from kpis.impact.effect import Effect

LONGEST = 80
"""Periods that the chart shows, the latest: more would not be told apart on paper."""
HEAVIEST = 6


def document(session: Session, study: str | None) -> Document:
    """The sheet of a study by its id. Raises NotPossibleNow of one that the city does not have, or that was not reckoned yet."""
    _, found = translator(session.locale), known.study(session, str(study))
    shown = known.shown(session, found) if found else None
    if shown is None:
        raise NotPossibleNow(N_("there is no such study, or it is still being reckoned"))
    sections = [_verdict(shown, _), *_chart(shown, _), *_doubts(shown, _), *_weights(shown, _), _method(shown, _)]
    return letterhead.document(session, "study", shown.name, saying.headline(shown), sections, pages=1)


def _verdict(shown: Shown, _: Words) -> Section:
    """The word of the verdict, and why it is so."""
    asked = [shown.session.say(shown.study.question)] if shown.study.question else []
    needed = saying.needed(shown)
    return Section(_(LOOKS[shown.kind].word), [*asked, *saying.reasons(shown), *([needed] if needed else [])], column="main")


def _chart(shown: Shown, _: Words) -> list[Section]:
    if shown.effect is None or not shown.effect.series:
        return []
    points = shown.effect.series[-LONGEST:]
    drawn = Chart(
        _("What happened, and what would have happened without it"),
        "lines",
        [shown.calendar.short(point.period) for point in points],
        [
            Series(_("without the policy"), [shown.outcome.level(point.expected) for point in points], dashed=True),
            Series(chart.treated(shown), [shown.outcome.level(point.actual) for point in points], brand=True),
        ],
        shown.outcome.unit,
        chart.described(shown, shown.effect),
    )
    return [Section(_("What shows it"), [_since(shown, shown.effect, _)], charts=[drawn], column="main")]


def _since(shown: Shown, effect: Effect, _: Words) -> str:
    """Where the policy begins, which the chart on paper has no rule for."""
    return _.ngettext(
        "The policy began in {start}: {n} period since then.", "The policy began in {start}: {n} periods since then.",
        effect.after, n=effect.after, start=shown.start,
    )  # fmt: skip


def _doubts(shown: Shown, _: Words) -> list[Section]:
    found = saying.doubts(shown)
    n = len(found)
    title = _.ngettext("What could make it wrong", "{n} things that could make it wrong", n, n=n)
    return [Section(title, [f"{number}. {said}" for number, said in enumerate(found, start=1)], column="main")] if found else []


def _weights(shown: Shown, _: Words) -> list[Section]:
    rows = [
        [Cell(name), Cell(f"{formats.number(100 * weight, 1, shown.session.locale)}{formats.BOUND}%", strong=True)]
        for name, weight in comparison.weighed(shown)
    ]
    if not rows:
        return []
    n = len(rows) - HEAVIEST
    left = _.ngettext("and {n} more", "and {n} more", n, n=n) if n > 0 else ""
    table = Table("", [Column(_("Place"), 3), Column(_("Weight"), 1, number=True)], rows[:HEAVIEST], left=left)
    return [Section(_("Who the comparison is"), tables=[table], column="side")]


def _method(shown: Shown, _: Words) -> Section:
    return Section(_("How it was computed"), tables=[facts.table(method.rows(shown), _, parts=(3, 2))], column="side")
