"""The yearly account of the mandate: what was carried out, results by criterion, what failed and why, decisions, versions of the plan."""

from datetime import date

from dashboards import formats
from dashboards.plan import mandate, shown, truth_line, vocabulary
from dashboards.plan.accountability import compliance
from dashboards.plan.entries import Entries, Row
from dashboards.reports import council
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Document, Section
from dashboards.reports.parts import ledger, letterhead, line
from dashboards.session import Session
from dashboards.words import Words, translator
from data.people import posts
from data.plans.reading import Plan
from data.plans.versions import Version, versions
from data.problems import N_, NotPossibleNow
from kpis.plans.truth import Truth


def document(session: Session, _subject: str | None = None) -> Document:
    """The account of the session's place until the month. Raises NotPossibleNow without a mandate plan."""
    _, plan = translator(session.locale), mandate.of_place(session)
    if plan is None:
        raise NotPossibleNow(N_("there is no mandate plan of this place yet: `python -m data plan FILE` takes one in"))
    truth, found = shown.truth_of(session, plan), shown.ledger_of(session, plan)
    owners = {post.id: post for post in posts(session.records, session.review_day)}
    entries = Entries(session, owners, nodes=shown.changed(session, plan, found))
    sections = [
        _complied(session, truth, _),
        Section(_("What came of it"), tables=[_results(entries, criterion, found.results) for criterion in vocabulary.CRITERIA]),
        *council.outcomes(session, plan, entries, _),
        Section(_("What was decided, and why"), tables=[ledger.decisions(entries, found)]),
        _versions(session, entries, plan, _),
    ]
    title = _("Accountability report, {year}", year=session.month.last.year)
    return letterhead.document(session, "accountability", title, compliance.sentence(truth, session.locale), sections, plan=plan)


def _complied(session: Session, truth: Truth, _: Words) -> Section:
    columns = [Column(_("State"), 3), Column(_("Actions"), 1, number=True), Column(_("Share"), 1, number=True)]
    rows = [
        [line.state(session, {"state": state}), Cell(formats.number(number, 0, session.locale)),
         Cell(compliance.share(truth, state, number, session.locale))]
        for state, number in truth.counts.items() if number
    ]  # fmt: skip
    counted = truth.whole["actions"]
    said = [truth_line.gap(session, truth.whole)] if counted else []
    return Section(
        _("Degree of compliance"), said, line.bars(session, truth.whole) if counted else [],
        tables=[Table(_("Actions by what became of them"), columns, rows)],
    )  # fmt: skip


def _results(entries: Entries, criterion: str, results: list[Row]) -> Table:
    _ = entries.words
    columns = [
        Column(_("Result"), 4), Column(_("Measured"), 2, number=True), Column(_("Expected"), 2, number=True),
        Column(_("Period and source"), 3), Column(_("What it says"), 4),
    ]  # fmt: skip
    rows = [_result(entries, row) for row in results if row["criterion"] == criterion]
    word = vocabulary.CRITERIA[criterion]
    return Table(formats.sentence(_(word)), columns, rows, "" if rows else _("Nobody has written down a result of this kind."))


def _result(entries: Entries, row: Row) -> list[Cell]:
    about = entries.about(row)
    return [
        Cell(entries.say(row["name"]), about, strong=True),
        Cell(entries.amount(row, "measured")),
        Cell(entries.amount(row, "expected")),
        Cell(entries.source(row)),
        Cell(entries.say(row["said"]) or formats.NOTHING),
    ]


def _versions(session: Session, entries: Entries, plan: Plan, _: Words) -> Section:
    known = versions(session.records, plan.id, shown.until(session))
    columns = [
        Column(_("Version"), 1, number=True),
        Column(_("Day"), 2),
        Column(_("What made it"), 6),
        Column(_("Changes"), 1.2, number=True),
    ]
    return Section(_("Versions of the plan"), tables=[Table("", columns, [_version(session, entries, each, _) for each in known])])


def _version(session: Session, entries: Entries, version: Version, _: Words) -> list[Cell]:
    if version.number == 1:
        said, why = _("First version, taken in by {name}", name=version.person), ""
    elif version.day is None:
        said, why = _("A newer file, taken in by {name}; it names no decision", name=version.person), ""
    else:
        said, why = entries.say(version.title), entries.say(version.why)
    day = formats.day(_day(version), session.locale)
    return [Cell(str(version.number), strong=True), Cell(day), Cell(said, why), Cell(str(len(version.changes)))]


def _day(version: Version) -> date:
    return version.day or version.at.date()
