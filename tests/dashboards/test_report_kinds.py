"""Each kind of report: what it says, that it says what the pages say, and that it is short where it must be."""

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pypdf
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import overview, scores
from dashboards.__main__ import main
from dashboards.plan import shown, truth_line
from dashboards.plan.accountability import compliance
from dashboards.plan.area import known, saying
from dashboards.reports import kinds, pdf
from dashboards.reports.content import Cell, Column, Table, short
from dashboards.reports.document import Chart, Document, Section, Series
from dashboards.session import Session
from dashboards.study import known as studies
from dashboards.words import translator
from data import definitions
from data.access import Actor, Role
from data.loads import NewLoad, apply
from data.meetings.agenda import Item, add_item, agenda, drop_item, make_agenda
from data.meetings.follow_ups import FollowUp, ask
from data.meetings.meetings import plan_meeting, start_meeting
from data.meetings.notes import write_note
from data.people import PROGRAM, actor, add_person, people, posts
from data.periods import Month
from data.plans.reading import plans
from data.problems import N_, NotPossibleNow
from data.reviews.reviews import open_review
from data.snapshots.freezing import freeze
from data.snapshots.reopening import reopen
from kpis.headline import headline
from tests import district_town, pdf_checks, small_city
from tests.district_town import HOSTILE

OF = {"goal": "robberies", "area": "police", "study": "patrols"}
"""Of what a report is, where it is of one thing."""
MEETING = date(2026, 7, 16)
LONG = "Everybody spoke at length, and nothing of it may be lost." * 30


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> district_town.Town:
    built_town = district_town.build(tmp_path_factory.mktemp("reported"))
    path = built_town.home.studies / "patrols.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("study: patrols\nname: Patrols\nindicator: robberies\nmethod: its\nstart: 2026-05\n", encoding="utf-8")
    return built_town


@pytest.fixture(scope="module")
def held(town) -> int:
    """A meeting of June 2026 that is on: its id."""
    return meet(town)


def meet(town: district_town.Town) -> int:
    """Meet about June 2026, after a meeting about May: the id of the meeting, which goes on."""
    office = reviewer(town)
    before = plan_meeting(town.records, office, open_review(town.records, office, "aurora", Month(2026, 5)), date(2026, 6, 16))
    earlier = add_item(town.records, office, before, Item("goal", ("added",), goal="robberies"))
    write_note(town.records, office, earlier, "decided", "Count again at night", None, None)
    meeting = plan_meeting(town.records, office, open_review(town.records, office, "aurora", Month(2026, 6)), MEETING, "Blue room")
    found = [
        Item("goal", ("worsened",), goal="robberies", kept=True),
        Item("action", ("milestone",), node=town.nodes["1.1"], kept=True),
        Item("other", ("added",), title=HOSTILE),
    ]
    make_agenda(town.records, office, meeting, found)
    robberies, _market, other = (row["id"] for row in agenda(town.records, meeting))
    head = posts(town.records, MEETING)[0].id
    ask(town.records, office, FollowUp("aurora", "Show the count", head, date(2026, 7, 1), "A table", before, earlier), date(2026, 6, 16))
    start_meeting(town.records, office, meeting, 1, [office.person], office.person)
    write_note(town.records, office, robberies, "discussed", LONG, None, None)
    write_note(town.records, office, robberies, "decided", "Patrol the market", None, None)
    write_note(town.records, clerk(town), robberies, "decided", "Light the market", None, None)
    ask(town.records, office, FollowUp("aurora", "Name the streets", head, date(2026, 8, 1), "A map", meeting, robberies), MEETING)
    drop_item(town.records, office, other, 1, "Already settled")
    return meeting


def reviewer(town: district_town.Town) -> Actor:
    return actor(town.records, next(row["id"] for row in people(town.records) if row["name"] == "Rosa Revisora"), MEETING)


def clerk(town: district_town.Town) -> Actor:
    """Another one of the office, who writes at the same time."""
    return actor(town.records, add_person(town.records, PROGRAM, "Olga Oficina", roles=(Role("office"),)), MEETING)


def built(session: Session, kind: str, subject: str | None = None) -> Document:
    if kind == "study":
        studies.settle(session)
    return kinds.KINDS[kind](session, subject or OF.get(kind))


def text(file: bytes) -> str:
    """All that the file says, on one line."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages).split())


def cells(document: Document, title: str) -> list[list[Cell]]:
    """The rows of the tables below a heading."""
    return [[*row] for section in document.sections if section.title == title for table in section.tables for row in table.rows]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("kind", [*kinds.KINDS])
def test_each_kind_is_a_tagged_file_that_lasts_with_its_language_and_title(town, held, kind, language):
    document = built(small_city.session(town.home, language), kind)
    file, pages = kinds.written(document, "pdf")
    read = pypdf.PdfReader(BytesIO(file))
    assert len(read.pages) == pages
    assert pages <= (document.pages or pages)
    assert pdf_checks.problems(file) == []
    root: Any = read.trailer["/Root"]
    assert root["/Lang"].startswith(language)
    assert read.metadata is not None
    assert read.metadata.title == document.title
    assert " ".join(document.sentence.split())[:40].replace("\xa0", " ") in text(file).replace("\xa0", " ")


def test_a_brief_says_the_overviews_sentence_and_its_exceptions_with_the_same_reasons(town):
    session = small_city.session(town.home)
    found, document = headline(scores.judged(session)), built(session, "brief")
    assert document.sentence == overview.sentence(found, translator(session.locale))
    told = {row[0].text: row[2].text for row in cells(document, "Needs a decision")}
    assert [*told] == [short(session.say(score.kpi.name)) for score in found.needs_decision]
    assert all(told[name].startswith(overview.why(session, score)) for name, score in zip(told, found.needs_decision, strict=True))


def test_a_brief_has_the_truth_line_and_what_is_overdue(town, held):
    session = small_city.session(town.home)
    plan = next(section for section in built(session, "brief").sections if section.title == "The plan")
    truth = shown.truth_of(session, plans(town.records)[0])
    assert [bar.said for bar in plan.bars] == [bar.said for bar in truth_line.bars(session, truth.whole)]
    overdue = cells(built(session, "brief"), "Follow-ups overdue")
    assert [row[0].text for row in overdue] == ["Show the count"]
    assert overdue[0][2].note == "overdue for 9 days"


def test_a_brief_of_a_city_without_records_begins_none(tmp_path):
    home = small_city.build(tmp_path / "city")
    document = built(small_city.session(home), "brief")
    assert [section.title for section in document.sections] == ["Needs a decision", "Follow-ups overdue"]
    assert not (home.store / "records.sqlite").exists()


def test_minutes_hold_everything_that_was_written_and_both_of_two_texts(town, held):
    document = built(small_city.session(town.home), "minutes")
    assert document.title == "Minutes of the meeting of 16 Jul 2026"
    assert document.sentence == "2 items were on the agenda. 1 decision was taken. 1 follow-up was asked for."
    first = next(section for section in document.sections if section.title.startswith("1. "))
    written, asked = first.tables
    assert [(row[0].text, row[0].note, row[1].text) for row in written.rows] == [
        ("Discussed", "", LONG),
        ("Decided", "Rosa Revisora", "Patrol the market"),
        ("Decided", "Olga Oficina", "Light the market"),
    ]
    assert [cell.text for cell in asked.rows[0]] == ["Name the streets", "Head of Security", "1 Aug 2026", "A map"]
    assert [row[0].text for row in cells(document, "What was promised")] == ["Show the count"]
    assert cells(document, "Left out of the agenda")[0][1].text == "Already settled"
    assert document.sections[0].said[:2] == ["Rosa Revisora.", "In the chair: Rosa Revisora."]


def test_minutes_in_a_file_leave_nothing_out(town, held):
    said = text(kinds.written(built(small_city.session(town.home), "minutes"), "pdf")[0])
    assert said.replace("- ", "").count("nothing of it may be lost") == 30
    assert "<img src=x onerror=alert(1)>" in said


def test_a_pre_read_has_each_kept_item_with_its_chart_and_the_last_decision(town, held):
    document = built(small_city.session(town.home), "preread")
    robberies, market = document.sections[:2]
    assert robberies.title == "1. Goal robberies"
    assert "Last decision, 16 Jun 2026: Count again at night" in robberies.said
    assert [chart.kind for chart in robberies.charts] == ["lines"]
    assert [bar.name for bar in market.bars] == ["Time", "Work", "Money"]
    assert [row[0].text for row in cells(document, "Follow-ups")] == ["Show the count"]


def test_a_meeting_that_is_planned_has_a_pre_read_and_no_minutes_yet(tmp_path):
    town = district_town.build(tmp_path)
    session, office = small_city.session(town.home), reviewer(town)
    with pytest.raises(NotPossibleNow, match="no meeting about this month is planned"):
        built(session, "preread")
    plan_meeting(town.records, office, open_review(town.records, office, "aurora", Month(2026, 6)), MEETING)
    assert built(session, "preread").title == "Before the meeting of 16 Jul 2026"
    with pytest.raises(NotPossibleNow, match="the meeting has not begun yet"):
        built(session, "minutes")


def test_a_report_to_the_council_has_every_goal_the_plan_its_money_and_failures_as_fully_as_successes(town):
    session = small_city.session(town.home)
    document = built(session, "council")
    named = [row[0].text for row in cells(document, "Goals by axis")]
    assert len(named) == len(scores.judged(session))
    assert [row[0].text for row in cells(document, "The plan")] == ["1 Districts"]
    assert [bar.kind for section in document.sections for bar in section.charts] == ["bars"]
    failed, won = next(section for section in document.sections if section.title.startswith("Failures")).tables
    assert (failed.title, won.title) == ("Failures · 1", "Successes · 2")
    assert [column.title for column in failed.columns] == [column.title for column in won.columns]
    assert failed.rows[0][2].note == "Head of Security (Elena Editora), 30 Jun 2026; overdue"


def test_the_yearly_account_has_its_sentence_results_decisions_and_versions(town):
    session = small_city.session(town.home)
    document = built(session, "accountability")
    assert document.sentence == compliance.sentence(shown.truth_of(session, plans(town.records)[0]), session.locale)
    assert [table.title for table in document.sections[1].tables] == ["Effectiveness", "Efficiency", "Scope", "Equality"]
    (decided,) = cells(document, "What was decided, and why")
    assert decided[2].text == "Ends: 31 May 2026 → 30 Jun 2026"
    assert cells(document, "Versions of the plan")[0][2].text == "Tender the market again"


def test_the_sheet_of_an_area_says_its_pages_sentence_and_lists_all_its_actions(town):
    session = small_city.session(town.home)
    found = known.of_area(session, plans(town.records)[0], "police")
    document = built(session, "area")
    assert document.sentence == saying.sentence(session, found)
    assert len(cells(document, "Its actions")) == found.actions.height == 5


def test_the_sheet_of_a_goal_shows_its_values_the_newest_first(town):
    document = built(small_city.session(town.home), "goal")
    assert [cell.text for cell in cells(document, "Latest values")[0]] == ["June 2026", "37.1\xa0%", "31.9\xa0%"]
    assert len(cells(document, "Latest values")) == 13


@pytest.mark.parametrize("kind", ["area", "accountability"])
def test_what_needs_a_plan_says_how_to_get_one(tmp_path, kind):
    with pytest.raises(NotPossibleNow, match="python -m data plan FILE"):
        built(small_city.session(small_city.build(tmp_path / "city")), kind)


def page(*sections: Section, pages: int = 0) -> Document:
    return Document("brief", "en", "GB", "Aurora", "#0b6b74", "Title", "About", "Sentence", sections, pages=pages)


CHART = Chart(
    "It fell", "lines", ["May", "June"], [Series("values", [1.0, None], brand=True), Series("due", [2.0, 3.0], dashed=True)], "%", "Alt"
)


def test_a_report_that_must_be_short_gives_up_rows_and_then_charts():
    rows = [[Cell(LONG)]] * 40
    document = page(Section("One", charts=[CHART] * 9), Section("Two", tables=[Table("", [Column("What")], rows)]), pages=2)
    told = pdf.rooms(document)
    assert told[0] == (40, 9)
    assert told[-1] == (1, 0)
    assert all(more[0] >= fewer[0] and more[1] >= fewer[1] and more != fewer for more, fewer in pairwise(told))
    file, pages = pdf.of_document(document)
    assert pages == 2
    assert re.search(r"and \d\d more", text(file))


def test_a_report_without_tables_or_charts_that_is_too_long_is_as_long_as_it_is():
    assert pdf.of_document(page(Section("One", [LONG] * 30), pages=1))[1] > 1


def test_a_chart_is_said_in_words_and_a_hostile_name_is_only_a_name():
    hostile = replace(CHART, series=[Series(HOSTILE, [1.0, 2.0])], labels=["<b>", "&"], unit=HOSTILE)
    file, _pages = pdf.of_document(page(Section("One", charts=[CHART, hostile])))
    assert file.count(b"/S/Figure") == 2


def test_a_drawing_that_is_none_is_named_as_the_cause():
    with pytest.raises(NotPossibleNow, match=r"the report cannot be set on pages: .*SVG"):
        pdf.of_document(replace(page(Section("One")), arms="<svg"))


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_says_why(town, tmp_path, monkeypatch, capsys):
    def fail(_document: Document) -> tuple[bytes, int]:
        raise NotPossibleNow(N_("the report has too many letters that the bundled fonts do not have"))

    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    monkeypatch.setattr(pdf, "of_document", fail)
    out = tmp_path / "brief.pdf"
    out.write_bytes(b"the old one")
    assert main(asked(out, "brief")) == 3
    assert "too many letters" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {out: b"the old one"}


def asked(out: Path, kind: str, **more: str) -> list[str]:
    told = {"place": "aurora", "month": "2026-06", "kind": kind, "format": "pdf", "language": "en", **more}
    return ["report", *(part for name, value in told.items() for part in (f"--{name}", value)), "--out", str(out)]


def test_the_command_writes_each_kind(town, held, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    assert main([*asked(tmp_path / "minutes.pdf", "minutes", id=str(held)), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == len(pypdf.PdfReader(tmp_path / "minutes.pdf").pages)


def test_a_closed_month_is_reported_as_it_was_closed(tmp_path, monkeypatch, capsys):
    town = district_town.build(tmp_path / "town")
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    open_review(town.records, reviewer(town), "aurora", Month(2026, 6))
    freeze(town.home, town.records, reviewer(town), "aurora", Month(2026, 6), accepted="The rest comes later")
    revised = NewLoad("later", "test", ("later.csv",), "test", date(2026, 7, 20), 1)
    apply(town.home, definitions.load(town.home), [(revised, robberies(12.5))])
    out = tmp_path / "goal.pdf"
    assert main([*asked(out, "goal", id="robberies"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["snapshot"] == "aurora-2026-06-1"
    said = text(out.read_bytes()).replace("\xa0", " ")
    assert "37.1 %" in said
    assert "12.5 %" not in said
    assert "As the month was closed on" in said
    reopen(town.records, reviewer(town), "aurora", Month(2026, 6), "The figure was wrong")
    assert main(asked(out, "goal", id="robberies")) == 0
    assert "12.5 %" in text(out.read_bytes()).replace("\xa0", " ")


def robberies(value: float) -> pl.DataFrame:
    """A revision of June 2026."""
    empty = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}
    row = {"place": "aurora", "indicator": "robberies", "segment": "", "period": small_city.LAST.last, "value": value}
    return pl.DataFrame([row]).with_columns(**empty)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("goal", "--id names no goal"),
        ("area", "--id names no area of the city; name one of: police, hall"),
        ("study", "--id names no study of the city; name one of: patrols"),
    ],
)
def test_the_command_names_what_there_is_where_the_id_is_wrong(town, tmp_path, monkeypatch, capsys, kind, said):
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    assert main(asked(tmp_path / "x.pdf", kind, id="nothing")) == 1
    assert said in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_a_page_offers_its_report_when_somebody_opens_the_choice(app: AppTest):
    app.query_params["language"] = "en"
    app.run()
    assert not app.get("download_button")
    app.session_state["brief_reports"] = True
    app.run()
    assert "PDF, to print" in [button.proto.label for button in app.get("download_button")]
