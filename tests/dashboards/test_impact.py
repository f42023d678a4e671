"""The page Impact and what stands of it elsewhere: studies by how sure they are; what is wrong with one file hides no other."""

import shutil
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import formats
from dashboards.impact import listing
from dashboards.impact.page import about, sentence
from dashboards.study import comparison, reckoning
from dashboards.words import translator
from kpis.impact.answer import Answer
from kpis.score import Reason
from tests.made_studies import effect, refused, shown, study, verdict

IMPACT, STUDY = "pages/policy/impact.py", "pages/policy/study.py"
FILES = {
    "app": "study: app\nname: {es: Aplicación, en: Request app}\nindicator: answered\ntreated: [centro]\nstart: 2025-07\naction: '1.1'\n",
    "bus": "study: bus\nname: Buses\nindicator: trips\ntreated: [centro]\nstart: 2025-07\n",
}
BROKEN = "study: broken\nindicator: answered\nmethd: sdid\nstart: 2025-07\n"
Open = Callable[..., AppTest]


@pytest.fixture
def opened(city, app, tmp_path, monkeypatch) -> Open:
    """A page of the small city with these studies in it, each with the finding that is given."""

    def build(page: str, files: dict[str, str], found: dict[str, Answer], **asked: str) -> AppTest:
        home = tmp_path / "studied"
        if not home.exists():
            shutil.copytree(city.folder, home)
        (home / "kpis" / "studies").mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (home / "kpis" / "studies" / f"{name}.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("MANDATO_HOME", str(home))
        monkeypatch.setattr(reckoning, "found", lambda _session, _stamp: {name: (answer, ()) for name, answer in found.items()})
        app.query_params["language"] = "en"
        app.run()
        for key, value in asked.items():
            app.query_params[key] = value
        return app.switch_page(page).run()

    return build


def answers() -> dict[str, Answer]:
    clear = Answer(study(better="higher"), effect(), verdict())
    return {"app": clear, "bus": Answer(study(study="bus", name="Buses"), refused=(Reason("too few periods"),))}


def drawn(app: AppTest) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(f"<div>{panel.proto.bytes.decode()}</div>") for panel in app.main.get("bidi_component")]


def text(element: ElementTree.Element) -> str:
    return "".join(element.itertext()).replace("\xa0", " ")


def titles(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def written(app: AppTest) -> str:
    """What stands on the page beside its tables, without the marks that keep it from being taken for markup."""
    return "\n".join(shown_.value.replace("\\", "") for shown_ in app.markdown)


def test_the_sentence_counts_what_the_rows_say(session):
    found = [
        shown(session), shown(session, kind="no_detectable_effect"), shown(session, kind="cannot_tell"),
        shown(session, kind="cannot_tell"), refused(session, Reason("too thin")),
    ]  # fmt: skip
    said = sentence(found, translator("en"))
    assert said == "Of 5 studies: 1 shows a clear effect, 1 shows no detectable effect, 2 cannot tell, 1 could not be estimated."
    table = ElementTree.fromstring(listing.table(found))
    assert len([row for row in table.iter("tr") if "data-study" in row.attrib]) == 5
    assert listing.ordered(found)[0].kind == "clear_effect" and listing.ordered(found)[-1].kind == "refused"


def test_a_row_says_size_interval_and_which_way_in_words(session):
    row = next(row for row in ElementTree.fromstring(listing.table([shown(session)])).iter("tr") if "data-study" in row.attrib)
    cells = {cell.attrib.get("data-name"): text(cell) for cell in row}
    assert cells["Size"] == "9.8 points morebetween 7.0 and 12.0" and cells["Better or worse"] == "better"
    assert cells["Verdict"] == "Clear effect" and cells["Since"] == "Jul 2025"
    assert row.find(".//svg[@role='img']") is not None


def test_what_is_downloaded_is_what_the_table_says(session):
    frame = listing.frame([shown(session), refused(session, Reason("thin"), study="other")], "en_GB")
    assert frame["Effect"].to_list() == [9.8, None] and frame["Interval from"].to_list() == [7.0, None]
    assert frame["Verdict"].to_list() == ["Clear effect", "Not estimated"]


def test_what_is_downloaded_says_by_which_facts_and_claims_no_month(session):
    told = about(session, translator("en"))
    assert "Month" not in told
    newest = max(load.known_on for load in session.held.loads())
    assert told["Facts"] == formats.day(newest, session.locale)


def test_the_page_shows_every_study_and_the_method_that_fits(opened):
    page = opened(IMPACT, FILES, answers())
    assert not page.exception
    (table,) = drawn(page)
    assert text(table).startswith("Of 2 studies: 1 shows a clear effect, 1 could not be estimated.")
    assert "Which method?" in titles(page)
    assert "**Synthetic difference-in-differences**:" in written(page)
    assert "By all figures known on" in written(page)


def test_the_four_questions_lead_to_another_method(opened):
    page = opened(IMPACT, {}, {})
    page.number_input(key="method_treated").set_value(8).run()
    assert "**Difference-in-differences**:" in written(page)
    page.number_input(key="method_before").set_value(0).run()
    assert "**No method**:" in written(page)
    assert not page.exception


def test_without_studies_the_page_says_what_would_stand_there(opened):
    page = opened(IMPACT, {}, {})
    assert "No study yet" in titles(page) and not page.exception


def test_a_broken_file_is_named_with_its_line_and_hides_no_other(opened):
    page = opened(IMPACT, {**FILES, "broken": BROKEN}, answers())
    assert "A study needs mending" in titles(page)
    assert "kpis/studies/broken.yaml, line 3" in written(page)
    assert "Request app" in text(drawn(page)[0]) and not page.exception


def test_the_page_of_a_study_shows_its_finding_and_charts(opened):
    page = opened(STUDY, FILES, answers(), study="app")
    assert not page.exception
    assert [title.value for title in page.title] == ["Request app"]
    verdict_, evidence, _to_change = drawn(page)
    assert text(verdict_).startswith("Goal answered: 9.8 points more")
    assert "By all figures known on" in written(page)
    assert "3 things that could make it wrong" in text(evidence)
    assert titles(page) == [
        "What happened, and what would have happened without it",
        "The difference, beside places where nothing was done",
    ]


def test_the_page_of_a_refused_study_says_why_and_draws_nothing(opened):
    page = opened(STUDY, FILES, answers(), study="bus")
    assert not page.exception and titles(page) == []
    assert "Too few periods." in text(drawn(page)[0])


def test_a_link_to_no_study_leads_back_to_all(opened):
    page = opened(STUDY, FILES, answers(), study="gone")
    assert titles(page) == ["There is no such study"] and not page.exception


def test_a_goal_says_whether_what_was_done_for_it_worked(opened):
    page = opened("pages/goals/goal.py", FILES, answers(), kpi="answered")
    block = next(each for each in drawn(page) if "Did it work?" in text(each))
    assert "Request app" in text(block) and "Clear effect" in text(block) and "Buses" not in text(block)
    other = opened("pages/goals/goal.py", FILES, answers(), kpi="lights")
    assert not any("Did it work?" in text(each) for each in drawn(other))


def test_search_finds_studies(opened):
    page = opened(IMPACT, FILES, answers())
    assert {"Request app · Study", "Buses · Study"} <= set(page.sidebar.selectbox[0].options)


def test_whoever_only_reads_may_try_a_study_and_not_save_it(opened):
    page = opened(STUDY, FILES, answers(), new="1")
    assert not page.exception and "Still to be said" in written(page)
    page = opened(STUDY, FILES, answers(), study="app", change="1")
    assert not page.exception
    (button,) = [button for button in page.button if button.label == "Try it"]
    button.click().run()
    assert "What it would say" in titles(page) and not page.exception
    assert "Only the data office saves studies" in written(page)
    assert not [button for button in page.button if button.label == "Save the study"]


def test_the_download_carries_the_finding(session):
    told = comparison.about(shown(session))
    assert told["Finding"].startswith("Goal answered") and told["Method"] == "Synthetic difference-in-differences"
