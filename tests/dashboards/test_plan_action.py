"""What the page Action says of an action, and what its forms do with what somebody typed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.markdown import plain
from dashboards.plan import doing, unjudged
from dashboards.plan.action import about as promise
from dashboards.plan.action import children, describing, figures, files, history, ledger, money, stages, story, subject, verdict
from dashboards.plan.action.subject import Subject
from dashboards.plan.written import reason
from data import drafts
from data.access import Role
from data.people import PROGRAM, add_person
from data.plan_files import gobierto_indicators
from data.plan_files.kept import kept
from data.plans.action import action
from data.plans.adopting import adopt
from data.plans.deciding import Decision, decide_and_change, describe
from data.plans.difference import EMPTY
from data.plans.document import NodeEntry, PlanDocument
from data.plans.evidence import bring_file, bring_link, judge, withdraw
from data.plans.linking import servable
from data.plans.outcomes import Outcome, Result, record_outcome, record_result
from data.plans.reporting import Report, reach, report
from data.problems import NotPossibleNow, Refused
from data.records import trouble
from tests.action_town import DAY, PLAIN, Planned, copied, planned
from tests.conftest import ROOT
from tests.small_city import session

PDF = b"%PDF-1.4 small"
JUNE = datetime(2026, 6, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Planned:
    return planned(tmp_path_factory.mktemp("planned") / "home")


@pytest.fixture
def city(made, tmp_path) -> Planned:
    """For one test to change."""
    return copied(made, tmp_path / "home")


@pytest.fixture
def seen(city) -> Callable[..., Subject]:
    """An action as somebody sees it."""

    def see(key: str = "1.1", language: str = "en", who: str | None = None) -> Subject:
        found = subject.of(replace(session(city.home, language), actor=city.people.get(who or "")), city.nodes[key])
        assert found is not None
        return found

    return see


@pytest.fixture
def app(city, monkeypatch) -> AppTest:
    monkeypatch.setenv("MANDATO_HOME", str(city.home.folder))
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


def said(html: str) -> str:
    """The words of a piece of HTML, which has to be whole."""
    return " ".join("".join(ElementTree.fromstring(f"<div>{html}</div>").itertext()).replace("\xa0", " ").split())


def cells(html: str) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    rows = ElementTree.fromstring(f"<div>{html}</div>").iter("tr")
    return [[" ".join("".join(cell.itertext()).replace("\xa0", " ").split()) for cell in row] for row in rows]


def accept(city: Planned, number: int = 0) -> int:
    piece = bring_file(city.records, city.people["editor"], city.stage("1.1", number), "Resolution", "r.pdf", PDF, JUNE)
    judge(city.records, city.people["reviewer"], piece, 1, "accepted", at=JUNE)
    return piece


def test_the_headline_says_what_is_late_and_what_is_proved(city, seen):
    assert "Late. «Design» was due on 30 Jun 2025, and nothing shows it." in said(verdict.headline(seen()))
    accept(city)
    text = said(verdict.headline(seen()))
    assert "Under way. Next: «Work» by 1 Dec 2026." in text
    assert "40 % proved, 50 % declared" in text
    assert "Measured on 10 Jul 2026" in text


def test_each_stage_says_how_it_stands_and_who_accepted_what(city, seen):
    assert [stage.stands for stage in stages.stages(seen())] == ["late", "open"]
    accept(city)
    waits = bring_link(city.records, city.people["editor"], city.stage("1.1", 1), "Minutes", "https://example.org/m", JUNE)
    assert [stage.stands for stage in stages.stages(seen())] == ["proved", "awaiting"]
    text = said(stages.steps(seen()))
    assert "Accepted by Rita Revisora on 20 Jun 2026." in text
    assert "It waits for somebody outside the area." in text
    judge(city.records, city.people["reviewer"], waits, 1, "returned", "The page is empty", JUNE)
    assert [stage.stands for stage in stages.stages(seen())] == ["proved", "returned"]
    assert "Sent back by Rita Revisora on 20 Jun 2026: The page is empty" in said(stages.steps(seen()))


def test_evidence_that_waits_too_long_keeps_no_stage_from_being_late_and_names_who_judges_it(city, seen):
    long_ago = datetime(2026, 6, 9, 12, tzinfo=UTC)
    piece = bring_link(city.records, city.people["editor"], city.stage("1.1", 0), "Minutes", "https://example.org/m", long_ago)
    assert [stage.stands for stage in stages.stages(seen())] == ["unjudged", "open"]
    assert "Late. «Design» was due on 30 Jun 2025, and nobody has judged what shows it." in said(verdict.headline(seen()))
    told = "It has waited for 31 days, and after 30 days it no longer keeps the stage from being late. To be judged by Rita Revisora."
    assert told in said(stages.steps(seen()))
    judge(city.records, city.people["reviewer"], piece, 1, "accepted", at=JUNE)
    assert "judged by" not in said(stages.steps(seen())) and "Under way" in said(verdict.headline(seen()))


def test_where_no_reviewer_may_judge_the_office_does_and_where_nobody_may_that_is_said(city, seen):
    about = seen()
    of_area, nobodys = about.node, {**about.node, "area": None}
    piece = {"brought_by": city.people["reviewer"].person}
    assert unjudged.whose(about.session, piece, of_area) == "To be judged by Olga Oficina."
    assert unjudged.whose(about.session, piece, nobodys) == ("Nobody may judge it: give somebody outside the area the role of reviewer.")
    for name in ("Ana", "Bea", "Celia"):
        add_person(city.records, PROGRAM, name, roles=(Role("reviewer"),))
    piece = {"brought_by": city.people["editor"].person}
    assert unjudged.whose(about.session, piece, of_area) == "To be judged by Rita Revisora, Ana, Bea or 1 more."


def test_a_stage_that_is_only_said_to_be_reached_is_late_and_says_so(city, seen):
    reach(city.records, city.people["editor"], city.stage("1.1", 0), 1, date(2025, 6, 3))
    reach(city.records, city.people["editor"], city.stage("1.1", 1), 1, date(2026, 7, 1))
    assert [stage.stands for stage in stages.stages(seen())] == ["late", "reached"]
    assert "due 30 Jun 2025said to be reached on 3 Jun 2025; no evidence yet" in said(stages.steps(seen()))
    headline = said(verdict.headline(seen()))
    assert "Late. «Design» was due on 30 Jun 2025, and nothing shows it. The area says that it was reached on 3 Jun 2025." in headline
    bring_link(city.records, city.people["editor"], city.stage("1.1", 0), "Minutes", "https://example.org/m", JUNE)
    assert "Under way. Next: «Work»" in said(verdict.headline(seen()))
    assert "reached 3 Jun 2025, as the area says" in said(stages.steps(seen()))


def test_shares_of_proved_stages_are_the_figure_of_the_headline(city, seen):
    accept(city)
    about = seen()
    proved = sum(stage.row["share"] for stage in stages.stages(about) if stage.stands == "proved")
    assert about.row["proved"] == proved == 40
    frame = stages.frame(about)
    assert frame.filter(frame["State"] == "Proved")["Share"].sum() == proved


def test_what_the_children_add_is_the_figure_of_the_parent(city, seen):
    accept(city)
    about = seen("1")
    assert sum(children.adds(row) or 0 for row in about.children) == pytest.approx(about.row["proved"]) == 20
    assert "together 20 %" in said(children.block(about))
    assert "2 actions count in it, 1 is finished, 0 are late." in said(verdict.headline(about))


def test_a_child_that_does_not_count_says_why(city, seen):
    told = Decision(city.plan, DAY, "Out", "other", "It belongs to the state", city.nodes["1.2"])
    decide_and_change(city.records, city.people["office"], told, city.version("1.2"), left_out="It belongs to the state")
    about = seen("1")
    assert [children.adds(row) is None for row in about.children] == [False, True]
    assert "1 does not count, with its reason." in said(children.block(about))
    assert "It does not count in the plan: It belongs to the state." in said(verdict.headline(seen("1.2")))


def test_names_that_try_to_be_markup_stay_names(seen):
    assert PLAIN in said(children.block(seen("1")))
    assert PLAIN in said(promise.table(seen("1.2")))


def test_a_date_that_was_moved_names_the_decision_and_who_made_it(city, seen):
    told = Decision(city.plan, DAY, "Three months more", "technical_impediment", "Rock under the street", city.nodes["1.1"], "Council")
    decide_and_change(city.records, city.people["office"], told, city.version("1.1"), ends=date(2027, 3, 31))
    text = said(promise.table(seen()))
    assert "1 Jan 2025 to 31 Mar 2027; first promised: 1 Jan 2025 to 31 Dec 2026" in text
    assert "version 2: end from 31 Dec 2026 to 31 Mar 2027 (Three months more, Council)" in text
    assert "Kind of reasonTechnical impedimentWhyRock under the street" in said(ledger.decisions(seen()))


def test_an_action_cancelled_after_its_last_report_is_cancelled(city, seen):
    report(city.records, city.people["editor"], Report(city.nodes["1.1"], 1, date(2026, 6, 1), 55.0, "started"), JUNE)
    told = Decision(city.plan, DAY, "Stop", "other", "No money", city.nodes["1.1"])
    decide_and_change(city.records, city.people["office"], told, city.version("1.1"), status="cancelled", status_reason="No money")
    assert "Cancelled. The reason given: No money." in said(verdict.headline(seen()))


@pytest.mark.parametrize(("language", "phrase"), [("en", "Line 130.22: Accrued is 900, more than Committed with 800."), ("es", "130.22")])
def test_amounts_carry_the_countrys_names_and_a_rise_is_said(seen, language, phrase):
    text = said(money.table(seen(language=language)))
    assert phrase in text
    assert "obligación reconocida" in text.lower() if language == "es" else "accrued" in text.lower()


def test_owner_goals_links_and_what_stands_in_the_way(city, seen):
    text = said(promise.table(seen()))
    assert "Head of Security (Eva Editora)" in text
    assert "A lawsuit" in text
    assert "Old Centre" in text


def test_the_story_tells_what_was_new_the_latest_first(city, seen):
    editor, node = city.people["editor"], city.nodes["1.1"]
    report(city.records, editor, Report(node, 1, date(2026, 5, 31), 60.0, "started", "Foundations"), JUNE)
    report(city.records, editor, Report(node, 2, date(2026, 6, 30), 70.0, "started", "Walls"), JUNE)
    text = said(story.story(seen()))
    assert text.index("Walls") < text.index("Foundations")
    assert "Under way, 70 % declared, before 60 %" in text


@pytest.mark.parametrize(("language", "marked"), [("en", ["es"]), ("es", [])])
def test_who_reads_another_language_than_the_citys_is_told_in_which_one_people_wrote(city, seen, language, marked):
    editor, node, at = city.people["editor"], city.nodes["1.1"], {"at": JUNE}
    report(city.records, editor, Report(node, 1, date(2026, 5, 31), 60.0, "suspended", "Cimientos & <b>", "Sin dinero."), **at)
    piece = bring_file(city.records, editor, city.stage("1.1", 0), "Acta", "r.pdf", PDF, JUNE)
    judge(city.records, city.people["reviewer"], piece, 1, "returned", "Falta la firma", JUNE)
    drawn = {
        "Cimientos & <b>": story.story(seen(language=language)),
        "Sin dinero": verdict.headline(seen(language=language)),
        "Acta": stages.steps(seen(language=language)),
        "Falta la firma": stages.steps(seen(language=language)),
    }
    for text, html in drawn.items():
        spans = [span for span in ElementTree.fromstring(f"<div>{html}</div>").iter("span") if "lang" in span.attrib]
        assert text in said(html)
        assert [span.attrib["lang"] for span in spans if "".join(span.itertext()) == text] == marked


@pytest.mark.parametrize(
    ("why", "said_so"),
    [
        ("not in the file of 2026-06-30", "no figura en el archivo del 30 jun 2026"),
        (EMPTY, "todavía no contiene nada"),
        ("Sin obra.", "Sin obra"),
    ],
)
def test_why_something_does_not_count_is_said_in_spanish_where_the_words_are_ours(city, why, said_so):
    assert reason(session(city.home, "es"), why) == said_so


def test_what_stands_in_the_way_of_a_verb_is_said_in_the_readers_language(city, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(doing.st, "error", lambda text, **_more: told.append(text))

    def too_many() -> str:
        raise NotPossibleNow(trouble.UNREACHABLE, why=trouble.TOO_MANY)

    assert doing.attempt(session(city.home, "es"), too_many) is None
    why = "no se puede acceder a los registros, y no se ha cambiado nada: hay demasiadas personas trabajando en ellos"
    assert told == [plain(f"No se guardó nada: {why}; inténtelo de nuevo en un momento.")]


def test_successes_failures_and_results(city, seen):
    office, node = city.people["office"], city.nodes["1.1"]
    record_outcome(
        city.records,
        office,
        Outcome(city.plan, DAY, False, "It leaks", "other", "Rain", "Test roofs", node, "A new roof", 1, date(2026, 1, 1)),
    )
    record_result(city.records, office, Result(node, "scope", "Visitors", 12.5, 20, "people"))
    assert "Failure" in said(ledger.outcomes(seen()))
    assert "1 Jan 2026; overdue" in said(ledger.outcomes(seen()))
    assert cells(ledger.results(seen()))[1] == ["Visitors", "scope", "12.50 people", "20 people", "–"]


def test_history_says_who_changed_which_column_and_also_what_was_withdrawn(city, seen):
    report(city.records, city.people["editor"], Report(city.nodes["1.1"], 1, DAY, 60.0, "suspended", reason="Strike"), JUNE)
    piece = bring_link(city.records, city.people["editor"], city.stage("1.1", 0), "Minutes", "https://example.org/m")
    withdraw(city.records, city.people["editor"], piece, 1)
    text = said(history.table(seen()))
    assert "Eva Editora reported progress" in text
    assert "declared progress from 50 to 60" in text
    assert "status from Under way to Suspended" in text
    assert "new evidence: Minutes" in text
    assert "Evidence removed" in text


@pytest.mark.parametrize(
    ("name", "safe"),
    [("r.pdf", "r.pdf"), ("a/b\\c\r\n.pdf", "a_b_c_.pdf"), ('x";.png', "x_.png"), ("..", "file"), ("acta día 1.pdf", "acta día 1.pdf")],
)
def test_a_file_goes_out_under_a_safe_name(name, safe):
    assert files.safe_name(name) == safe


def test_a_file_is_read_only_when_it_is_asked_for(city, seen):
    piece = accept(city)
    found = next(row for row in seen().found.evidence if row["id"] == piece)
    read = files.reading(seen().session, found["file"])
    assert read() == PDF


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF-1.4 smelt")])
def test_of_a_file_that_is_gone_or_damaged_the_page_says_so_in_place_of_a_button(city, app, monkeypatch, harm):
    piece = accept(city)
    asked = {"node": str(city.nodes["1.1"]), "language": "en"}
    assert [button.key for button in as_actor(app, city, "mayor", monkeypatch, **asked).get("download_button")] == [
        f"evidence_file_{piece}"
    ]
    assert not app.warning
    file = next((city.records.store / "evidence").rglob("?" * 64))
    harm(file)
    app.run()
    assert not app.get("download_button")
    assert [each.value for each in app.warning] == [plain("The file r.pdf is damaged or gone from the store; a restore brings it back.")]


def as_actor(app: AppTest, city: Planned, who: str, monkeypatch, **asked: str) -> AppTest:
    """The page, as somebody who was chosen sees it; the control is tried in a browser."""
    person = city.people[who]
    monkeypatch.setattr("dashboards.acting.choose", lambda *_: person)
    app.run()
    for key, value in asked.items():
        app.query_params[key] = value
    return app.switch_page("pages/plan/action.py").run()


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


@pytest.mark.parametrize(
    ("who", "sees", "does_not_see"),
    [
        ("editor", {"Send the report", "Send for review", "Save the amounts"}, {"Accept", "Save the decision"}),
        ("hall", set(), {"Send the report", "Send for review", "Accept", "Save the amounts", "Record it"}),
        ("reviewer", {"Accept", "Send back with the note"}, {"Send the report", "Send for review"}),
        ("mayor", {"Save the decision", "Record it"}, {"Accept", "Send the report"}),
        ("office", {"Send the report", "Accept", "Save the decision"}, set()),
    ],
)
def test_who_may_not_do_it_does_not_see_the_button(app, city, monkeypatch, who, sees, does_not_see):
    bring_link(city.records, city.people["editor"], city.stage("1.1", 0), "Minutes", "https://example.org/m")
    as_actor(app, city, who, monkeypatch, node=str(city.nodes["1.1"]), language="en")
    assert not app.exception
    assert sees <= labels(app)
    assert not labels(app) & does_not_see


def declared(app: AppTest):
    return next(field for field in app.number_input if field.label == "Declared progress, in %")


def click(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_what_is_typed_is_kept_and_dropped_when_it_is_sent(app, city, monkeypatch):
    editor, form = city.people["editor"], f"action/{city.nodes['1.1']}/report"
    as_actor(app, city, "editor", monkeypatch, node=str(city.nodes["1.1"]), language="en")
    assert drafts.kept(city.records, editor, form) is None
    declared(app).set_value(64.0)
    app.run()
    kept = drafts.kept(city.records, editor, form)
    assert kept is not None
    assert kept[0]["typed"]["declared"] == 64
    click(app, "Send the report")
    assert [box.value for box in app.success] == ["The report is saved\\."]
    assert drafts.kept(city.records, editor, form) is None
    found = action(city.records, city.nodes["1.1"])
    assert found is not None
    assert found.node["declared"] == 64


def test_an_edit_on_a_version_that_is_gone_is_refused_with_both_shown(app, city, monkeypatch):
    as_actor(app, city, "editor", monkeypatch, node=str(city.nodes["1.1"]), language="en")
    declared(app).set_value(64.0)
    app.run()
    report(city.records, city.people["colleague"], Report(city.nodes["1.1"], 1, DAY, 30.0, "started"))
    click(app, "Send the report")
    found = action(city.records, city.nodes["1.1"])
    assert found is not None
    assert found.node["declared"] == 30
    tables = [panel.proto.bytes.decode() for panel in app.main.get("bidi_component") if b"versions" in panel.proto.bytes]
    assert cells(tables[0])[1] == ["Declared progress, in % differs", "30", "64"]
    assert "Saved by Carlos Colega" in said(tables[0])
    click(app, "Mix by hand")
    assert declared(app).value == 64
    declared(app).set_value(47.0)
    app.run()
    click(app, "Send the report")
    found = action(city.records, city.nodes["1.1"])
    assert found is not None
    assert found.node["declared"] == 47


def test_taking_theirs_gives_mine_up(app, city, monkeypatch):
    as_actor(app, city, "editor", monkeypatch, node=str(city.nodes["1.1"]), language="en")
    declared(app).set_value(64.0)
    app.run()
    report(city.records, city.people["colleague"], Report(city.nodes["1.1"], 1, DAY, 30.0, "started"))
    app.run()
    click(app, "Take theirs, and give up mine")
    assert declared(app).value == 30
    assert drafts.kept(city.records, city.people["editor"], f"action/{city.nodes['1.1']}/report") is None


def test_what_others_changed_elsewhere_in_the_row_is_no_conflict(app, city, monkeypatch):
    as_actor(app, city, "editor", monkeypatch, node=str(city.nodes["1.1"]), language="en")
    declared(app).set_value(64.0)
    app.run()
    describe(city.records, city.people["colleague"], city.nodes["1.1"], 1, pilot="Two streets")
    click(app, "Send the report")
    found = action(city.records, city.nodes["1.1"])
    assert found is not None
    assert (found.node["declared"], found.node["pilot"]) == (64, "Two streets")


def test_links_and_goals_are_told_by_their_names(city, seen):
    entry = NodeEntry(key="7", name={"es": "Noches tranquilas", "en": "Calm nights"}, level=0)
    told = PlanDocument(key="poa", name="Year", place="aurora", kind="annual", levels=({"one": "A", "many": "A"},), nodes=(entry,))
    adopt(city.records, city.people["office"], told)
    (served,) = servable(city.records, city.plan)
    describe(city.records, city.people["colleague"], city.nodes["1.1"], 1, serves=[served["id"]], goals=["lights", "gone"])
    about = seen()
    assert {"links to other plans from nothing to Calm nights"} <= set(history.sentences(about, about.history[0]))
    lights = about.goals(["lights"])["lights"]
    assert lights != "lights" and history.value(about, "goals", ["lights", "gone"]) == f"{lights}, gone"
    assert "serves Calm nights (Year)" in said(promise.table(about))


def test_figures_that_came_with_the_plan_are_shown_the_latest_first(city, seen, tmp_path):
    assert figures.block(seen()) == ""
    path = tmp_path / "figures.csv"
    rows = '1.1,noise,"<i>Nights</i>",45,23,2024\n1.1,noise,,45,31,2025-06\n1.1,poll,60,40,2025-01-01,\n'
    path.write_text(f"external_id,custom_field,col_1,col_2,col_3,col_4\n{rows}", encoding="utf-8")
    read = gobierto_indicators.read(path, path.name, kept(city.records, "pam"))
    gobierto_indicators.keep(city.records, city.people["office"], city.plan, read)
    assert cells(figures.block(seen())) == [
        ["Date", "Indicator", "Objective", "Value reached"], ["2025-06", "", "45", "31"], ["2024", "<i>Nights</i>", "45", "23"],
        ["Date", "col_1", "col_2"], ["2025-01-01", "60", "40"],
    ]  # fmt: skip
    assert "The file numbers its columns, and does not say what they hold." in said(figures.block(seen()))
    assert figures.block(seen("1.2")) == ""


def test_a_goal_that_went_since_it_was_typed_is_refused(city, seen):
    form = describing.form_of(seen(who="office"))
    (save,) = form.sends.values()
    with pytest.raises(Refused, match="there is no goal went; choose one that there is"):
        save({**form.now, "goals": ["gone", "went"]}, form.version, None)
    save({**form.now, "goals": ["gone"]}, form.version, None)  # the action had it before
    found = action(city.records, city.nodes["1.1"])
    assert found and found.node["goals"] == ["gone"]


def test_looking_at_the_page_keeps_no_draft(app, city, monkeypatch):
    before = city.records.stamp
    as_actor(app, city, "office", monkeypatch, node=str(city.nodes["1.1"]), language="en")
    app.run()
    with city.records.read() as connection:
        assert connection.exec_driver_sql("select count(*) from draft").scalar() == 0
    assert city.records.stamp == before


@pytest.mark.parametrize("node", ["", "9999", "x", "1;drop table node", "²"])
def test_a_link_that_names_nothing_shows_what_waits_and_the_way_on(app, city, monkeypatch, node):
    as_actor(app, city, "reviewer", monkeypatch, node=node, language="en")
    assert not app.exception
    assert "Nothing waits for you." in [text.value for text in app.markdown]


def test_the_queue_holds_what_this_person_may_judge(app, city, monkeypatch):
    bring_link(city.records, city.people["editor"], city.stage("1.1", 0), "Minutes", "https://example.org/m", JUNE)
    as_actor(app, city, "reviewer", monkeypatch, language="en")
    assert "1 piece of evidence waits for you. The oldest has waited for 20 days." in [text.value for text in app.markdown]
    click(app, "Accept")
    assert [box.value for box in app.success] == ["Accepted\\: it counts as proved\\."]
    assert "Nothing waits for you." in [text.value for text in app.markdown]
