"""What areas say of their goals: owed on My work, written there and on the Goal page, and shown wherever the goal is talked about."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.goal_review import known, saying, writing
from dashboards.goal_review.wording import LIKELIHOODS
from dashboards.meetings.month import known as month
from dashboards.meetings.month import listing as agenda_list
from dashboards.meetings.projected import matter, subject
from dashboards.reports import council, goal_sheet, preread, slides
from dashboards.reports.document import Document
from dashboards.session import Session
from dashboards.words import translator
from dashboards.work import known as work
from dashboards.work import listing, matrix
from data.people import posts
from data.periods import Month
from data.reviews.analyses import write_analysis
from data.reviews.reviews import open_review
from data.reviews.risks import Risk, risks, weigh_risk
from data.reviews.vocabulary import LIKELIHOODS as KNOWN
from data.snapshots.freezing import freeze
from data.snapshots.frozen import in_force
from data.snapshots.reopening import reopen
from kpis.reviews.statuses import statuses
from tests.action_town import copied
from tests.conftest import ROOT
from tests.given import given
from tests.meeting_town import Met, met
from tests.small_city import HOSTILE, LAST
from tests.small_city import session as session_at

GOAL = "robberies"
SAID = "Night patrols stopped in June.\nTwo officers are ill."
WORRY = "No patrol before autumn"
DONE = "Hire two officers"
ENGLISH = [
    "What moved it, and why: Night patrols stopped in June. Two officers are ill.",
    f"Risk, likely: {WORRY}",
    f"What is done about it: {DONE} (Head of Security (Eva Editora), by 1 Sept 2026)",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Met:
    return met(tmp_path_factory.mktemp("said") / "home")


@pytest.fixture
def town(made: Met, tmp_path: Path) -> Met:
    """For one test to change."""
    return replace(made, town=copied(made.town, tmp_path / "home"))


def write(town: Met, said: str = SAID, version: int = 0, of: Month = LAST) -> int:
    review = open_review(town.records, town.office, "aurora", of)
    return write_analysis(town.records, town.town.people["editor"], review, GOAL, "police", version, said)


def weigh(town: Met) -> int:
    review = open_review(town.records, town.office, "aurora", LAST)
    told = Risk(WORRY, "high", DONE, posts(town.records, date(2026, 7, 10))[0].id, date(2026, 9, 1))
    return weigh_risk(town.records, town.town.people["editor"], review, GOAL, "police", 0, told)


@pytest.fixture
def told(town: Met) -> Met:
    """The goal has both texts of June, and an analysis of May."""
    write(town, "It was quiet in May", of=Month(2026, 5))
    write(town)
    weigh(town)
    return town


def looking(town: Met, who: str | None = "editor", **more: Any) -> Session:
    return replace(session_at(town.town.home, **more), actor=town.town.people[who] if who else None)


def plain(html: str) -> str:
    return " ".join(part.strip() for part in ElementTree.fromstring(f"<div>{html.replace('&nbsp;', ' ')}</div>").itertext() if part.strip())


def text(document: Document) -> str:
    cells = [cell.text for section in document.sections for table in section.tables for row in table.rows for cell in row]
    return "\n".join([*(said for section in document.sections for said in (section.title, *section.said)), *cells])


# Owed ----------------------------------------------------------------------------------------------------------------------------
def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr("dashboards.meetings.clock.today", lambda _session: day)


def owed(town: Met, who: str | None = "editor") -> list[tuple[str, Any]]:
    return [(duty.kind, duty.what) for duty in work.known(looking(town, who)).duties if duty.kind in ("analysis", "risk")]


def test_texts_are_owed_by_phase_until_they_are_written(town, monkeypatch):
    on(monkeypatch, date(2026, 7, 5))
    assert owed(town) == []
    on(monkeypatch, date(2026, 7, 7))
    first = owed(town)
    assert ("analysis", GOAL) in first and {kind for kind, _goal in first} == {"analysis"}
    on(monkeypatch, date(2026, 7, 12))
    both = owed(town)
    assert set(both) == {*first, *(("risk", goal) for _kind, goal in first)}
    write(town)
    assert set(both) - set(owed(town)) == {("analysis", GOAL)}
    weigh(town)
    assert set(both) - set(owed(town)) == {("analysis", GOAL), ("risk", GOAL)}


def test_a_closed_review_asks_for_no_words(town, monkeypatch):
    on(monkeypatch, date(2026, 7, 12))
    assert owed(town)
    freeze(town.town.home, town.records, town.office, "aurora", LAST, accepted="None came", statuses=statuses)
    assert owed(town) == []


def test_the_list_leads_to_the_goal_and_to_the_form_and_the_office_counts_them(town, monkeypatch):
    on(monkeypatch, date(2026, 7, 12))
    found = work.known(looking(town))
    html = listing.block(looking(town), found.duties, found.day)
    assert "Analysis: what moved it, and why" in plain(html) and "Write it here" in plain(html)
    assert f"work?place=aurora&amp;month=2026-06&amp;language=en&amp;goal={GOAL}" in html
    assert f"goal?place=aurora&amp;month=2026-06&amp;language=en&amp;kpi={GOAL}" in html
    assert "Write it here" not in listing.block(looking(town, "mayor"), found.duties, found.day)
    counted = matrix.block(looking(town, "office"), found)
    assert "Analyses" in counted and "Risks" in counted


# Written -------------------------------------------------------------------------------------------------------------------------
class Visitor:
    """Somebody on a page, in English."""

    def __init__(self, town: Met, monkeypatch: pytest.MonkeyPatch, page: str, who: str | None, **asks: str) -> None:
        monkeypatch.setenv("MANDATO_HOME", str(town.town.home.folder))
        monkeypatch.setattr("dashboards.acting.choose", lambda *_: town.town.people[who] if who else None)
        self.app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        self.app.query_params["language"] = "en"
        self.app.run()
        for name, value in asks.items():
            self.app.query_params[name] = value
        self.app.switch_page(f"pages/{page}.py").run()
        assert not self.app.exception

    def fill(self, **values: Any) -> None:
        widgets = [*self.app.text_area, *self.app.selectbox, *self.app.date_input, *self.app.get("button_group")]
        for name, value in values.items():
            form, field = name.split("_")
            next(each for each in widgets if form in (each.key or "") and (each.key or "").endswith(f"#{field}")).set_value(value)

    def press(self, label: str) -> str:
        next(button for button in self.app.button if button.label == label).click()
        self.app.run()
        assert not self.app.exception
        return " ".join(box.value.replace("\\", "") for box in [*self.app.success, *self.app.error])

    @property
    def labels(self) -> set[str]:
        return {button.label for button in self.app.button}

    def drawn(self, key: str) -> str:
        found = [part for part in self.app.get("bidi_component") if part.proto.id.endswith(f"-{key}")]
        return plain(given(found[0])) if found else ""


PLACES = [("home/work", {"goal": GOAL}), ("goals/goal", {"kpi": GOAL})]


@pytest.mark.parametrize(("page", "asks"), PLACES)
def test_the_area_writes_both_on_my_work_and_on_the_goals_page(town, monkeypatch, page, asks):
    on(monkeypatch, date(2026, 7, 12))
    visitor = Visitor(town, monkeypatch, page, "editor", **asks)
    visitor.fill(analysis_said=SAID)
    assert visitor.press("Save the analysis") == "The analysis is saved."
    assert visitor.press("Save the risk").startswith("Nothing was saved: it does not say what could keep the target from being met")
    visitor.fill(risk_said=WORRY, risk_likelihood="high")
    assert visitor.press("Save the risk") == "The risk is saved."
    said = known.texts(looking(town)).of(GOAL, LAST)
    assert said.analysis and said.risk and (said.analysis["said"], said.risk["said"], said.risk["likelihood"]) == (SAID, WORRY, "high")


@pytest.mark.parametrize(("page", "asks"), PLACES)
@pytest.mark.parametrize("who", ["hall", "mayor", None])
def test_nobody_else_finds_a_form(town, monkeypatch, page, asks, who):
    on(monkeypatch, date(2026, 7, 12))
    assert not {"Save the analysis", "Save the risk"} & Visitor(town, monkeypatch, page, who, **asks).labels


def test_what_was_typed_is_kept_and_two_writers_are_shown_both(town, monkeypatch):
    first = Visitor(town, monkeypatch, "goals/goal", "editor", kpi=GOAL)
    first.fill(analysis_said="The pump failed")
    first.app.run()
    write(town, "Written by a colleague")
    first.app.run()
    assert "Save the analysis" not in first.labels and "Keep mine: send it on top of theirs" in first.labels
    again = Visitor(town, monkeypatch, "goals/goal", "editor", kpi=GOAL)  # another visit finds the draft
    assert "Written by a colleague" in again.drawn(f"analysis/{_review(town)}/{GOAL}#versions")
    assert "The pump failed" in again.drawn(f"analysis/{_review(town)}/{GOAL}#versions")
    assert again.press("Keep mine: send it on top of theirs") == "The analysis is saved."
    said = known.texts(looking(town)).of(GOAL, LAST).analysis
    assert said and (said["said"], said["version"]) == ("The pump failed", 2)


def _review(town: Met) -> int:
    return open_review(town.records, town.office, "aurora", LAST)


def test_a_month_that_has_no_review_or_a_closed_one_has_no_forms(town):
    kpi = looking(town).catalogue.kpi[GOAL]
    assert [form.name for form in writing.forms(looking(town), kpi)] == [f"analysis/{_review(town)}/{GOAL}", f"risk/{_review(town)}/{GOAL}"]
    assert list(writing.forms(looking(town, month=Month(2026, 4)), kpi)) == []
    freeze(town.town.home, town.records, town.office, "aurora", LAST, accepted="None came", statuses=statuses)
    assert list(writing.forms(looking(town), kpi)) == []


# Shown ---------------------------------------------------------------------------------------------------------------------------
def test_the_sentences_are_in_the_readers_language(told):
    assert saying.sentences(looking(told), GOAL) == ENGLISH
    spanish = saying.sentences(looking(told, language="es"), GOAL)
    assert len(spanish) == 3 and not set(spanish) & set(ENGLISH) and "Jefatura de Seguridad" in spanish[2]


def test_the_goal_page_shows_the_month_and_folds_earlier_ones(told):
    html = saying.block(looking(told, None), GOAL)
    said = plain(html)
    assert "Night patrols stopped in June. Two officers are ill." in said and "Risk, likely" in said and "Eva Editora, " in said
    assert "1 earlier month" in said and "It was quiet in May" in said and said.index("Night patrols") < said.index("It was quiet")
    earlier = plain(saying.block(looking(told, None, month=Month(2026, 5)), GOAL))
    assert "It was quiet in May" in earlier and "Night patrols" not in earlier and "earlier month" not in earlier
    assert saying.block(looking(told, None), "answered") == "" == saying.block(looking(told, None, month=Month(2026, 4)), GOAL)


def test_what_people_wrote_is_never_markup(town):
    write(town, HOSTILE + "\n<b>x")
    html = saying.block(looking(town, None), GOAL)
    assert "<img" not in html and "<b>" not in html and HOSTILE in plain(html)


def test_agenda_meeting_and_reports_show_it(told, monkeypatch):
    session = looking(told, "office")
    about = month.of(session)
    assert about is not None
    item = next(row for row in about.talked_about if row["goal"] == GOAL)
    drawn = plain(f"<div>{agenda_list._about(agenda_list._Told.of(about), item)}</div>")
    assert all(sentence in drawn for sentence in ENGLISH)
    monkeypatch.setattr("streamlit.query_params", {"meeting": str(told.meeting), "item": str(told.items["goal"])})
    shown: dict[str, str] = {}
    monkeypatch.setattr("dashboards.panel.show", lambda html, key: shown.setdefault(key, html))
    monkeypatch.setattr(matter, "_chart", lambda *_: None)
    found = subject.of(session)
    assert found is not None
    matter.show(found)
    assert "Night patrols stopped in June." in shown["meeting_verdict"] and WORRY in shown["meeting_verdict"]
    for document in (preread.document(session), slides.document(session), goal_sheet.document(session, GOAL), council.document(session)):
        assert all(sentence in text(document) for sentence in ENGLISH)


def test_a_long_text_is_whole_on_the_goals_sheet_and_cut_before_the_meeting(town):
    write(town, "word " * 100 + "end")
    assert "end" in saying.sentences(looking(town), GOAL)[0]
    assert "word end" in text(goal_sheet.document(looking(town), GOAL)) and "word end" in text(council.document(looking(town)))
    said = text(preread.document(looking(town, "office")))
    assert "word word" in said and "word end" not in said


def test_a_closed_month_says_what_it_said(told):
    freeze(told.town.home, told.records, told.office, "aurora", LAST, accepted="None came", statuses=statuses)
    row = in_force(told.records, "aurora", LAST)
    closed = replace(looking(told), snapshot=row).closed
    reopen(told.records, told.office, "aurora", LAST, "A figure was wrong")
    write(told, "Another story", 1)
    assert saying.sentences(closed, GOAL)[0] == ENGLISH[0]
    assert saying.sentences(looking(told), GOAL)[0] == "What moved it, and why: Another story"


def test_every_likelihood_has_a_word_and_the_trail_names_it(told):
    _ = translator("es_ES")
    assert tuple(LIKELIHOODS) == KNOWN and len({_(word) for word in LIKELIHOODS.values()}) == 3
    assert [row["likelihood"] for row in risks(told.records, "aurora", LAST)] == ["high"]
