"""The page Practices: the list as it is narrowed, one practice with whom to ask for those alone who may know, and what is written."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dashboards.administration import wording
from dashboards.practices import about, figures, listing
from dashboards.practices.known import Known
from data.access import Actor
from data.practices.reading import practices
from data.records.log import Asked, read
from kpis.before_and_now import Moved
from tests.action_town import copied
from tests.dashboards.conftest import session_of
from tests.practised_town import Practised, practised
from tests.small_city import HOSTILE, LAST
from tests.visited import drawn, fill, press, visited

PAGE = "pages/compare/practices.py"
WITHHELD = "Shown to people of the city who hold a role or a post."


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Practised:
    return practised(tmp_path_factory.mktemp("practised") / "home")


@pytest.fixture
def city(made, tmp_path) -> Practised:
    """For one test to change."""
    return replace(made, town=copied(made.town, tmp_path / "home"))


@pytest.fixture
def look(made, monkeypatch):
    """A visit of the town as it is, as somebody."""
    return lambda who=None, **asked: visited(made.town.home, monkeypatch, PAGE, made.town.people[who] if who else None, **asked)


@pytest.fixture
def write(city, monkeypatch):
    """A visit of the town that a test changes."""
    return lambda who="office", **asked: visited(city.town.home, monkeypatch, PAGE, city.town.people[who], **asked)


def text(node) -> str:
    return " ".join("".join(node.itertext()).split())


def headline(app) -> str:
    return drawn(app).findtext(".//p[@class='headline']") or ""


def listed(app) -> list[list[str]]:
    """Groups and rows of the list, each with the texts of its cells."""
    (found,) = [each for each in drawn(app).iterfind(".//table") if each.findtext("caption") == "Practices, the best shown first"]
    return [[text(cell) for cell in row] for row in found.iterfind("tbody/tr")]


def told(app) -> dict[str, str]:
    """What is told of one practice, by its terms."""
    (found,) = drawn(app).iterfind(".//dl")
    return dict(zip([text(each) for each in found.iterfind("dt")], [text(each) for each in found.iterfind("dd")], strict=True))


def now(city: Practised, key: str):
    return next(row for row in practices(city.town.records) if row["key"] == key)


def test_the_list_begins_with_what_others_did_and_what_shows_it(look):
    app = look()
    assert headline(app) == "2 practices of 2 other places; what came of 1 of them was measured."
    porters, whistles, own, patrols, proposed, dogs = listed(app)
    assert porters == [
        "PortersA porter in every street", "BrumaMay 2024", "Goal robberiesGoal lights",
        f"compared with others{HOSTILE}", "1.25 million euros",
    ]  # fmt: skip
    assert whistles[0] == HOSTILE * 2 and whistles[1] == HOSTILE and "gone_since" in whistles[2] and whistles[3:] == ["only described", ""]
    assert (own, patrols[0], proposed, dogs[0]) == (
        ["Of this city"], "PatrolsTwo patrols at night", ["Proposed, and not kept yet"], "DogsA dog for every shop",
    )  # fmt: skip
    (gone,) = [each for each in drawn(app).iterfind(".//details") if text(each.find("summary")) == "1 is withdrawn"]
    assert [text(cell) for cell in gone.iterfind(".//tbody/tr/*")] == ["Songs", "Bruma", HOSTILE]
    (box,) = [each for each in app.selectbox if each.key == "search"]
    assert "Porters · Practice" in box.options and not any(name.startswith(("Dogs", "Songs")) for name in box.options)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"about": "lights"}, ["Porters"]), ({"where": "elsewhere"}, [HOSTILE, "Dogs"]), ({"where": "aurora"}, ["Patrols"]),
        ({"shown": "described"}, [HOSTILE, "Dogs"]), ({"about": "robberies", "where": "bruma", "shown": "compared"}, ["Porters"]),
    ],
)  # fmt: skip
def test_the_address_narrows_the_list(look, asked, left):
    found = [row[0] for row in listed(look(**asked)) if len(row) > 1]
    assert [next(name for name in left if cell.startswith(name)) for cell in found] == left


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"about": "lights"}, "1 practice of 1 other place; what came of it was measured."),
        ({"shown": "described"}, "1 practice of 1 other place, only described."),
        ({"where": "aurora"}, "No practice of another place fits what is asked for."),
    ],
)
def test_the_headline_counts_what_is_listed(look, asked, said):
    assert headline(look(**asked)) == said


def test_what_the_address_asks_for_and_is_not_there_is_said(look):
    app = look(about="sunshine", practice="songs_of_old")
    said = " ".join(each.value for each in app.markdown)
    assert "The link asks for practices about what none is about, sunshine" in said
    assert "The link names no practice that is written down in this month" in said and len(listed(app)) == 6


def test_a_month_shows_what_was_known_then(look):
    assert headline(look(month="2026-05")) == "3 practices of 2 other places; what came of 1 of them was measured."
    assert headline(look(month="2026-03")) == "" and look(month="2026-03").main.get("header")[0].value == "No practice yet"


def test_one_practice_says_what_it_cost_and_what_the_figures_did(look):
    app = look(practice="patrols")
    assert app.title[0].value == "Patrols" and "Aurora · since 1 Jan 2025" in app.markdown[0].value
    page = drawn(app)
    (table,) = page.iterfind(".//table")
    (before,) = [[text(cell) for cell in row] for row in table.iterfind("tbody/tr") if len(row) > 1]
    assert before == ["Aurora", "39.5 %Jun 2024", "37.1 %Jun 2026", "−2.4 points"]
    ways = {text(each): each.get("href", "") for each in page.iterfind(".//ul/li/a")}
    assert ways["where the city stands"].startswith("peers?") and "indicator=robberies" in ways["where the city stands"]
    assert "places=aurora" in ways["both over time"]
    assert told(look(practice="porters"))["What it cost"] == "1.25 million euros"


def test_figures_of_two_places_say_what_sets_them_apart(made, monkeypatch):
    known = Known(session_of(made.town.home, "aurora", LAST, "en_GB"))
    share = known.session.indicator("robberies")
    row = {"place": "bruma", "indicators": ["robberies"]}
    assert not share.is_count and figures._counts(known, row) == ""
    with monkeypatch.context() as counted:
        counted.setattr(type(known.session), "indicator", lambda _session, _name: share.model_copy(update={"kind": "flow"}))
        assert "Counts grow with a place" in figures._counts(known, row)
        assert figures._counts(known, {**row, "place": "aurora"}) == "", "nobody stands under itself"
    moved = Moved("bruma", 1.0, LAST.last, 2.0, LAST.last)
    told = share.model_copy(update={"differs": {"bruma": {"en": "only weekdays", "es": "solo laborables"}}})
    assert "measured otherwise: only weekdays" in figures._row(known, moved, told)[0]
    assert "otherwise" not in figures._row(known, moved, share)[0]


def test_whom_to_ask_is_told_to_people_with_a_part_and_to_nobody_else(look, made, monkeypatch):
    assert told(look("reviewer", practice="porters"))["Whom to ask"] == "Head of Security, Bruma · security@bruma.example"
    stranger = Actor(made.town.people["office"].person, "nobody")
    for app in (look(practice="porters"), visited(made.town.home, monkeypatch, PAGE, stranger, practice="porters")):
        assert told(app)["Whom to ask"] == WITHHELD
        assert "bruma.example/porters" in ElementTree.tostring(drawn(app), encoding="unicode")
        assert "security@" not in ElementTree.tostring(drawn(app), encoding="unicode")


def test_whom_to_ask_is_in_no_list_no_file_and_no_log(look, made, monkeypatch):
    asked = visited(made.town.home, monkeypatch, PAGE, made.town.people["office"])
    assert "security@" not in ElementTree.tostring(drawn(asked), encoding="unicode")
    known = Known(session_of(made.town.home, "aurora", LAST, "en_GB"))
    frame = listing.frame(known, known.rows)
    assert frame.height == 5 and "security@" not in frame.write_csv() and "Head of Security" not in frame.write_csv()
    found = read(made.town.records, Asked(kind="practice"))
    said = " ".join(line for entry in found.entries for line in wording.change(known.session, entry, found.names))
    assert "security@" not in said and "Porters" in said


def test_a_section_for_other_pages_begins_with_the_place_that_is_asked_for(made):
    session = session_of(made.town.home, "aurora", LAST, "en_GB")
    assert [row["key"] for row in about.of(session, "robberies")] == ["porters", "whistles"]
    assert [row["key"] for row in about.of(session, "lights")] == ["porters"] and about.block(session, "trees") == ""
    page = ElementTree.fromstring(about.block(session, "robberies", "bruma"))
    first, second = page.iterfind(".//li")
    assert text(first) == f"Porters compared with othersBruma, May 2024. {HOSTILE}" and text(second).startswith(HOSTILE)


def test_without_the_module_there_is_no_section(made):
    session = session_of(made.town.home, "aurora", LAST, "en_GB")
    city = session.definitions.city.model_copy(update={"modules": ("goals",)})
    without = replace(session, definitions=replace(session.definitions, city=city))
    assert about.block(without, "robberies") == ""


@pytest.mark.parametrize(("who", "new"), [(None, set()), ("office", {"Save the practice"}), ("editor", {"Send the proposal"})])
def test_each_is_offered_what_they_may_do(look, who, new):
    offered = {"Save the practice", "Send the proposal", "Withdraw it", "Keep it", "Take it up again"}
    assert {button.label for button in look(who).button} & offered == new
    changes = {button.label for button in look(who, practice="porters").button} & offered
    assert changes == ({"Save the practice", "Withdraw it"} if who == "office" else set())
    proposal = {button.label for button in look(who, practice="dogs").button} & offered
    assert (
        proposal
        == {None: set(), "office": {"Save the practice", "Withdraw it", "Keep it"}, "editor": {"Save the practice", "Withdraw it"}}[who]
    )


def test_a_practice_is_written_changed_undone_withdrawn_and_taken_up_again(write, city):
    app = write(about="lights")
    said = press(app, "Save the practice")
    assert "a practice needs a name and what was done" in said and "where it was done" in said
    fill(app, "practice/new", name="Porters", done="Again", place="bruma", since="2025", strength="measured", link="page 4")
    assert "it was measured, and nothing here shows that" in press(app, "Save the practice")
    fill(app, "practice/new", link="https://bruma.example/again", found="It fell")
    assert press(app, "Save the practice") == "The practice is written down: Porters"
    row = now(city, "porters_2")
    assert (row["state"], row["indicators"], row["place"], row["found"]) == ("kept", ["lights"], "bruma", "It fell")
    app = write(practice="porters")
    fill(app, f"practice/{city.ids['porters']}/en", name="Doorkeepers", since="2023")
    assert press(app, "Save the practice") == "The practice is saved."
    assert now(city, "porters")["name"] == {"es": "Porteros", "en": "Doorkeepers"}
    assert press(write(practice="porters"), "Undo the last change") == "The last change is undone."
    assert (now(city, "porters")["name"]["en"], now(city, "porters")["since"]) == ("Porters", "2024-05")
    app = write(practice="porters")
    assert "withdrawn with a reason" in press(app, "Withdraw it")
    fill(app, "withdraw", withdrawn="It was the lights")
    assert press(app, "Withdraw it") == "The practice is withdrawn."
    app = write(practice="porters")
    assert "Withdrawn: It was the lights" in text(drawn(app))
    assert press(app, "Take it up again") == "The practice holds again." and now(city, "porters")["state"] == "kept"


def test_what_somebody_proposes_the_office_keeps(write, city):
    app = write("editor")
    fill(app, "practice/new", name="Cats", done="A cat for every shop", elsewhere="Island")
    next(each for each in app.multiselect if each.key.endswith("#indicators")).set_value(["robberies"])
    assert press(app, "Send the proposal") == "The practice is proposed: Cats"
    assert now(city, "cats")["state"] == "proposed"
    assert "Proposed by Eva Editora." in text(drawn(write(practice="cats")))
    assert press(write(practice="cats"), "Keep it") == "The practice is kept." and now(city, "cats")["state"] == "kept"


def test_before_the_first_practice_the_page_says_what_will_be_here(look, monkeypatch):
    monkeypatch.setattr("dashboards.practices.known.begun", lambda *_: False)
    assert look().main.get("header")[0].value == "No practice yet"
    assert "proposes the first one" in " ".join(each.value for each in look().markdown)
