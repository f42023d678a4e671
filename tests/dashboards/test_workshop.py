"""The workshop's page: what the form writes, what is shown of it, saving and the way back, and what is broken is opened to be mended."""

import shutil
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import outlooks
from dashboards.workshop import desk, smart
from dashboards.workshop.answers import answered, readable, said
from dashboards.workshop.desk import Bench
from dashboards.workshop.fields import GROUPS, Field
from data import definitions as definition_files
from data.facts import current
from data.home import Home
from kpis import catalogue
from kpis.foresight import kept
from kpis.workshop.draft import opened, problems_as_saved, tried
from tests.city_home import write_home
from tests.conftest import ROOT
from tests.given import given
from tests.small_city import HOSTILE, build, session
from tests.test_pages import text

PAGE = "pages/office/workshop.py"
FIELDS = {field.key: field for fields in GROUPS.values() for field in fields}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def home(built, tmp_path, monkeypatch) -> Home:
    shutil.copytree(built.folder, tmp_path / "home")
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home")


def visit(language: str = "en", **asked: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = language
    app.run()
    for key, value in asked.items():
        app.query_params[key] = value
    return settled(app.switch_page(PAGE).run())


def settled(app: AppTest) -> AppTest:
    assert not app.exception, app.exception[0].message
    return app


def parts(app: AppTest) -> list[object]:
    return [given(part) for part in app.get("bidi_component")]


def texts(app: AppTest) -> list[dict]:
    """What was given to the editors."""
    return [part for part in parts(app) if isinstance(part, dict)]


def shown(app: AppTest) -> str:
    """What the page says in HTML of its own."""
    drawn = [ElementTree.fromstring(f"<div>{part}</div>") for part in parts(app) if isinstance(part, str)]
    return " ".join(text(part) for part in drawn)


def fill(app: AppTest, key: str, value: str) -> AppTest:
    return settled(app.text_input(key=f"workshop_{key}_").set_value(value).run())


def save(app: AppTest, by: str = "Ana", reason: str = "As agreed") -> AppTest:
    app.text_input(key="workshop_by").set_value(by)
    app.text_area(key="workshop_reason").set_value(reason)
    return settled(app.button(key="workshop_commit").click().run())


def test_a_goal_is_shown_in_the_form_and_as_it_stands_in_its_file(home):
    app = visit(draft="trips")
    (editor,) = texts(app)
    assert editor["text"] == opened(home, "trips", "aurora").texts[0]
    assert (editor["name"], editor["state"], editor["problems"]) == ("kpis/definitions/all.yaml", "No problems", [])
    assert app.text_input(key="workshop_target.value_").value == "60"
    assert app.selectbox(key="workshop_polarity_").value == "higher"
    assert app.selectbox(key="workshop_measure_").value == "trips"


def test_an_answer_is_in_the_text_at_once_and_the_rest_is_as_it_was(home):
    app = fill(visit(draft="trips"), "target.value", "90")
    assert texts(app)[0]["text"] == opened(home, "trips", "aurora").texts[0].replace("value: 60", "value: 90")


def test_a_wrong_answer_is_said_at_its_line_with_its_cure_and_cannot_be_saved(home):
    app = fill(visit(draft="trips"), "target.value", "sixty")
    (problem,) = texts(app)[0]["problems"]
    line = texts(app)[0]["text"].split("\n").index(next(line for line in texts(app)[0]["text"].split("\n") if "sixty" in line)) + 1
    assert (problem["line"], problem["kind"]) == (line, "red")
    assert problem["said"] == "target.value: 'sixty' is not a number; write a plain number such as 1250.5, without quotes or thousand marks"
    assert "1 problem stands in the way: mend it first." in [part.value for part in app.markdown]
    assert "workshop_commit" not in [button.key for button in app.button]
    assert "As saved" not in shown(app)


def test_the_last_year_is_said_in_words_and_counted_in_the_table(home):
    app = fill(visit(draft="trips"), "target.value", "90")
    said = shown(app)
    count = int(said.split("With this definition ")[1].split()[0])
    assert 0 < count <= 12
    assert said.count("tinted: months that would have been otherwise") == 1
    (year,) = [part for part in parts(app) if isinstance(part, str) and 'class="year"' in part]
    assert year.count(" moved") == 2 * count
    assert "every month of the last year would have been as it was" in shown(visit(draft="trips"))


def test_the_smart_rule_stands_beside_it_with_lines(home):
    said = shown(visit(draft="trips"))
    assert "Not ready for the public page" in said
    assert "Must be mended, line 1:" in said


def test_the_chance_counts_what_came_since_the_city_s_own_year_began(home, monkeypatch):
    home.city.write_text(f"{home.city.read_text(encoding='utf-8')}fiscal_year_starts: 7\n", encoding="utf-8")
    counted = home.indicators.read_text(encoding="utf-8").replace("kind: level", "kind: flow").replace('"%"', "trips")
    home.indicators.write_text(counted, encoding="utf-8")
    known, draft = session(home), opened(home, "trips", "aurora")
    text = draft.texts[0].replace("value: 60, date: 2028-12-31", "value: 660, date: 2026-12-31")
    draft = draft.with_text(0, f"{text}  accumulation: flow\n")
    trial = tried(home, known.definitions, draft, known.held)
    assert trial.catalogue
    found = kept.compute(known.facts, trial.catalogue, known.definitions, "aurora")
    monkeypatch.setattr(outlooks, "of", lambda _: found)
    assert sum(found["trips"].forecast.mean[:6]) < 400  # since July; since January it would be enough
    chance = (smart._chances(known, draft, trial) or {})["trips"]
    assert chance is not None
    assert chance < 0.01


def test_before_anything_is_forecast_it_is_said_that_the_chance_is_still_to_come(home, monkeypatch):
    monkeypatch.setattr(outlooks, "of", lambda _: None)
    assert "the chance of reaching its target is not yet computed" in shown(visit(draft="trips"))


def test_saving_writes_the_file_and_the_panel_has_it_at_once(home):
    app = save(fill(visit(draft="trips"), "target.value", "90"))
    assert [part.value for part in app.success] == ["Saved in kpis/definitions/all\\.yaml. It is in force."]
    kpi = catalogue.load(home, definition_files.load(home)).kpi["trips"]
    assert kpi.target and kpi.target.value == 90
    assert [(change.by, change.reason) for change in kpi.changes] == [("Ana", "As agreed")]
    assert "changes:" in texts(app)[0]["text"]
    assert "every month of the last year would have been as it was" in shown(app)


@pytest.mark.parametrize(
    ("by", "reason", "said"), [("", "x", "nobody has said who; write who"), ("x", "", "nobody has said why; write the reason")]
)
def test_nothing_is_saved_without_who_and_why(home, by, reason, said):
    before = (home.definitions / "all.yaml").read_bytes()
    app = save(fill(visit(draft="trips"), "target.value", "90"), by, reason)
    assert [part.value.replace("\\", "") for part in app.error] == [said]
    assert (home.definitions / "all.yaml").read_bytes() == before
    assert app.text_area(key="workshop_reason").value == reason


def test_undo_puts_the_old_text_back_as_a_draft_and_asks_for_a_reason(home):
    app = save(fill(visit(draft="trips"), "target.value", "90"))
    app = settled(app.button(key="workshop_undo").click().run())
    assert "target: {value: 60" in texts(app)[0]["text"]
    assert app.text_input(key="workshop_by").value == "Ana"
    app = save(app, reason="Too much")
    assert "target: {value: 60" in (home.definitions / "all.yaml").read_text(encoding="utf-8")
    assert "reason: Too much, fields: [{key: target.value, from: 90, to: 60}]" in texts(app)[0]["text"]


def test_a_draft_stays_while_another_goal_is_looked_at_and_can_be_given_up(home):
    app = fill(visit(draft="trips"), "target.value", "90")
    app = settled(app.selectbox(key="draft").set_value("lanes").run())
    assert app.text_input(key="workshop_target.value_").value == "45"
    app = settled(app.selectbox(key="draft").set_value("trips").run())
    assert app.text_input(key="workshop_target.value_").value == "90"
    app = settled(app.button(key="workshop_discard").click().run())
    assert app.text_input(key="workshop_target.value_").value == "60"


def test_a_file_that_somebody_else_changed_is_not_written_over_and_both_texts_are_shown(home):
    app = fill(visit(draft="trips"), "target.value", "90")
    path = home.definitions / "all.yaml"
    theirs = path.read_text(encoding="utf-8").replace("value: 44, date", "value: 43, date")
    path.write_text(theirs, encoding="utf-8")
    app = save(app)
    assert path.read_text(encoding="utf-8") == theirs
    assert "Somebody has changed" in app.error[0].value
    assert ["value: 43" in code.value for code in app.code] == [True, False]
    assert ["value: 90" in code.value for code in app.code] == [False, True]
    app = settled(app.button(key="workshop_keep_mine").click().run())
    assert "value: 90" in texts(app)[0]["text"]
    app = save(app)
    assert app.success


def test_a_new_goal_begins_valid_from_its_indicator_and_is_opened_once_saved(home):
    app = visit(draft="new")
    app = settled(app.selectbox(key="workshop_measure").set_value("lights").run())
    app = settled(app.button(key="workshop_begin").click().run())
    (editor,) = texts(app)
    assert editor["problems"] == []
    assert editor["text"].startswith("- id: lights_2\n  name: {es: Meta lights, en: Goal lights}\n  indicator: lights\n")
    assert "# statement:  # the goal in one sentence that begins with a verb" in editor["text"]
    app = fill(app, "id", "street_lamps")
    app = fill(app, "target.value", "99")
    assert [problem["said"] for problem in texts(app)[0]["problems"]] == ["target.date: date is missing; add it"]
    app = fill(app, "target.date", "2028-12-31")
    app = save(app)
    assert app.selectbox(key="draft").value == "street_lamps"
    assert app.success


def test_a_home_without_figures_says_what_will_be_here(home):
    shutil.rmtree(home.store)
    app = visit(draft="trips")
    assert any("No figures are loaded yet" in part.value for part in app.markdown)
    assert texts(app)[0]["problems"] == []


def test_a_home_without_goals_offers_a_new_one(tmp_path, monkeypatch):
    empty = write_home(tmp_path / "home", city="town", indicators={"homes": "year"})
    monkeypatch.setenv("MANDATO_HOME", str(empty.folder))
    app = visit()
    assert app.selectbox(key="draft").options == ["A new goal"]
    assert [header.value for header in app.header] == ["A new goal"]


BROKEN = {
    "a word that is not allowed": ("polarity: lower", "polarity: lowest", 4, "'lowest' is not allowed here"),
    "no YAML": ("polarity: lower", "polarity: [lower", 6, "not YAML"),
}


@pytest.mark.parametrize("known", [True, False], ids=["while the last valid ones hold", "from the start"])
@pytest.mark.parametrize(("old", "new", "line", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_broken_is_opened_at_its_line_and_mended(home, old, new, line, said, known):
    path = home.definitions / "all.yaml"
    good = path.read_text(encoding="utf-8")
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    if known:
        app.run()
    path.write_text(good.replace(old, new, 1), encoding="utf-8")
    app = settled(settled(app.run()).switch_page(PAGE).run())
    assert app.title[0].value == "KPI workshop"
    (editor,) = texts(app)
    (problem,) = editor["problems"]
    assert said in problem["said"]
    assert problem["line"] == line


def test_an_answer_that_the_text_cannot_take_is_said_once(home):
    path = home.definitions / "all.yaml"
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    app.run()
    written = path.read_text(encoding="utf-8")
    path.write_text(written.replace("target: {value: 60, date: 2028-12-31}", "target: [60]", 1), encoding="utf-8")
    app = fill(settled(app.switch_page(PAGE).run()), "target.value", "62")
    said = "this text is written in a way that cannot be kept; write the change into it by hand"
    assert said in [warning.value for warning in app.warning]
    assert "target: [60]" in texts(app)[0]["text"]
    assert said not in [warning.value for warning in settled(app.run()).warning]


def test_what_no_longer_fits_into_the_files_is_not_dropped_unsaid(home):
    home.targets.mkdir()
    own = home.targets / "aurora.yaml"
    own.write_text("targets:\n  trips: {target: {value: 61, date: 2028-12-31}}\n", encoding="utf-8")
    app = fill(visit(draft="trips"), "target.value", "63")
    own.write_text("targets:\n  lights: {target: {value: 98, date: 2028-12-31}}\n", encoding="utf-8")
    app = settled(app.run())
    assert "Somebody has changed" in app.error[0].value
    assert "value: 63" in app.code[1].value
    assert "workshop_keep_mine" not in [button.key for button in app.button]
    assert "copy what you want to keep" in " ".join(note.value for note in app.markdown)


def test_what_problems_stand_in_is_found_at_once_broken_files_first(home):
    path, own = home.definitions / "all.yaml", home.targets / "aurora.yaml"
    home.targets.mkdir()
    own.write_text("targets:\n  lights: {target: {value: high, date: 2028-12-31}}\n  trips: {target: {value: 61, date: 2028-12-31}}\n")
    path.write_text(path.read_text(encoding="utf-8").replace("polarity: lower", "polarity: lowest", 1), encoding="utf-8")
    (home.definitions / "more.yaml").write_text("kpis: [\n", encoding="utf-8")
    known = definition_files.load(home)
    bench = Bench(home, known, current(home), "aurora", "en")
    found = problems_as_saved(home, known, bench.facts)
    assert desk.troubled(bench, found) == ["file:kpis/definitions/more.yaml", "robberies", "lights"]
    assert desk.troubled(bench, []) == []


def test_what_the_city_itself_says_is_not_mended_here(home):
    home.city.write_text(home.city.read_text(encoding="utf-8").replace("name: Aurora", "name:"), encoding="utf-8")
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    app = settled(settled(app.run()).switch_page(PAGE).run())
    assert app.title[0].value == "A definition needs mending"
    assert not texts(app)


def test_a_name_that_tries_to_be_markup_is_a_text(home):
    app = visit(draft="hostile")
    assert HOSTILE.split(" &")[0] in texts(app)[0]["text"]
    assert "<img" not in "".join(part for part in parts(app) if isinstance(part, str))


def test_the_facts_are_only_read(home):
    held = current(home)
    save(fill(visit(draft="trips"), "target.value", "90"))
    after = current(home)
    assert held and after and held.version == after.version


@pytest.mark.parametrize(
    ("key", "answer", "language", "line"),
    [
        ("weight", "2", "", "  weight: 2"),
        ("weight", "two", "", "  weight: two"),
        ("target.value", "62.5", "", "  target: {value: 62.5, date: 2028-12-31}"),
        ("question", "Who?", "en", "  question: {en: Who?}"),
        ("name", "Viajes", "es", "  name: {es: Viajes, en: Goal trips}"),
        ("bands", "cuts", "", "  bands: {on_track: 0.9, at_risk: 0.6}"),
        ("bands", "preset:clearpoint", "", "  bands: {preset: clearpoint}"),
        ("measure", "metric:share", "", "  metric: share"),
        ("path.method", "steps", "", "  path: {method: steps}"),
    ],
)
def test_an_answer_as_the_text_has_it(home, key, answer, language, line):
    draft = answered(opened(home, "trips", "aurora"), FIELDS[key], answer, language)
    assert line in draft.texts[0].split("\n")
    assert readable(draft)


@pytest.mark.parametrize(
    ("typed", "locale", "line"),
    [
        ("27,5", "es_ES", "{value: 27.5, "),
        ("27.5", "es_ES", "{value: 27.5, "),
        ("1,234", "es_ES", "{value: 1.234, "),
        ("0.125", "es_ES", "{value: 0.125, "),
        ("1.234", "es_MX", "{value: 1.234, "),
        ("1200", "es_ES", "{value: 1200, "),
        ("1,200", "en", '{value: "1,200", '),
        ("1.200,5", "es_ES", '{value: "1.200,5", '),
    ],
)
def test_a_number_is_read_with_the_decimal_mark_of_the_reader(home, typed, locale, line):
    assert line in answered(opened(home, "trips", "aurora"), FIELDS["target.value"], typed, locale=locale).texts[0]


def test_a_number_that_can_be_two_is_asked_about_and_the_text_stays(home):
    app = visit("es", draft="trips")
    before = texts(app)[0]["text"]
    fill(app, "target.value", "1.200")
    assert texts(app)[0]["text"] == before
    assert [said.value.replace("\\", "") for said in app.warning] == ["1.200 puede ser 1200 o 1,200; escriba el que quiere decir"]
    fill(app, "target.value", "62,5")
    assert "target: {value: 62.5," in texts(app)[0]["text"]


def test_an_answer_that_is_taken_away_takes_its_key_out(home):
    draft = opened(home, "trips", "aurora")
    without = answered(draft, FIELDS["axis"], None)
    assert without.texts[0] == draft.texts[0].replace("  axis: open\n", "")
    assert said(without, FIELDS["axis"]) is None


def test_what_the_place_wants_of_its_own_is_written_into_its_own_file(home):
    home.targets.mkdir()
    (home.targets / "aurora.yaml").write_text("targets:\n  trips: {target: {value: 61, date: 2028-12-31}}\n", encoding="utf-8")
    draft = opened(home, "trips", "aurora")
    assert (said(draft, Field("target.value", "")), said(draft, Field("baseline.value", ""))) == ("61", "44")
    draft = answered(answered(draft, FIELDS["target.value"], "63"), FIELDS["baseline.value"], "45")
    assert draft.texts[1] == "trips: {target: {value: 63, date: 2028-12-31}}\n"
    assert "baseline: {value: 45," in draft.texts[0]


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_field_of_the_form_has_a_name_in_each_language(home, language):
    app = visit(language, draft="trips")
    labels = [field.label for field in [*app.text_input, *app.selectbox]]
    assert all(labels)
    assert ("Target" in labels) == (language == "en")


def test_a_change_is_told_on_the_goal_s_own_page_which_leads_back_here(home):
    app = save(fill(visit(draft="trips"), "target.value", "90"), reason="The council asks for more")
    app.query_params["kpi"] = "trips"
    app = settled(app.switch_page("pages/goals/goal.py").run())
    assert ", Ana: The council asks for more" in shown(app)
    assert "Change this goal in the workshop" in [link.proto.label for link in app.get("page_link")]


@pytest.mark.parametrize(("file", "led"), [("kpis/definitions/all.yaml", True), ("data/city.yaml", False)])
def test_what_is_broken_in_a_goal_leads_here(home, file, led):
    path = home.folder / file
    path.write_text(path.read_text(encoding="utf-8") + "\nnobody_knows_this: 1\n", encoding="utf-8")
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    app = settled(app.run())
    assert ("Mend it in the KPI workshop" in [link.proto.label for link in app.get("page_link")]) == led
