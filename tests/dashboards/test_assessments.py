"""The pages Assessments and Policy: what is due first, what was judged and by whom, and what whoever keeps them may write."""

from dataclasses import replace
from datetime import date

import pytest

from dashboards.assessments.known import NOTHING
from data.assessments.reading import register
from tests.action_town import copied
from tests.assessed_town import Assessed, assessed
from tests.small_city import HOSTILE
from tests.visited import drawn, fill, press, visited

LIST, ONE = "pages/policy/assessments.py", "pages/policy/policy.py"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Assessed:
    return assessed(tmp_path_factory.mktemp("assessed") / "home")


@pytest.fixture
def city(made, tmp_path) -> Assessed:
    """For one test to change."""
    return replace(made, town=copied(made.town, tmp_path / "home"))


@pytest.fixture
def look(made, monkeypatch):
    """A visit of the town as it is, as somebody."""
    return lambda page=LIST, who=None, **asked: visited(made.town.home, monkeypatch, page, made.town.people[who] if who else None, **asked)


@pytest.fixture
def write(city, monkeypatch):
    """A visit of the town that a test changes."""
    return lambda page=ONE, who="office", **asked: visited(city.town.home, monkeypatch, page, city.town.people[who], **asked)


def text(node) -> str:
    return " ".join("".join(node.itertext()).split())


def headline(app) -> str:
    return drawn(app).findtext(".//p[@class='headline']") or ""


def table(page, caption: str) -> list[list[str]]:
    (found,) = [each for each in page.iterfind(".//table") if each.findtext("caption") == caption]
    return [[text(cell) for cell in row] for row in found.iterfind("tbody/tr") if "group" not in (row.get("class") or "")]


def test_what_is_overdue_stands_before_everything(look):
    page = drawn(look())
    assert page.findtext(".//p[@class='headline']") == "1 assessment is overdue, for 10 days; 2 are due within three months."
    rows = table(page, "Assessments that are due, the first day first")
    assert [row[1:3] for row in rows] == [
        ["Final", "30 Jun 202610 days ago"], ["Ex-ante", "31 Aug 2026in 52 days"], ["Impact", "1 Sept 2026in 53 days"],
    ]  # fmt: skip
    assert rows[1][0] == HOSTILE and rows[1][3] == "nobody has planned it"


def test_coverage_says_how_much_of_how_much_beside_the_study(look):
    page = drawn(look())
    said = [text(item) for item in page.iterfind(".//ul[@class='covered']/li")]
    assert said == [
        "Ex-ante: 0 of 2 policies were assessed, with 0 of 2 actions of the plan. "
        "In the study 3 of 19 cities do so in most or all cases (in general 6 to 38 %).",
        "Mid-term: 1 of 2 policies were assessed, with 1 of 2 actions of the plan. "
        "In the study 5 of 19 cities do so in most or all cases (in general 12 to 49 %).",
        "Final: 0 of 2 policies were assessed, with 0 of 2 actions of the plan. "
        "In the study 5 of 19 cities do so in most or all cases (in general 12 to 49 %).",
    ]
    rows = {row[0]: row[1:] for row in table(page, "What was assessed of the plan")}
    assert rows["Mid-term"][0] == rows["Somebody from outside"][0] == rows["The people it is for"][0] == "1 of 2"
    assert rows["The city itself"][0] == "0 of 2"


def test_who_was_never_assessed_is_named(look):
    said = [text(each) for each in drawn(look()).iterfind(".//p") if text(each).startswith("Never assessed:")]
    assert said == [f"Never assessed: {HOSTILE}."]


def test_the_register_says_what_became_of_each_assessment(look):
    rows = {row[0]: row[1:] for row in table(drawn(look()), "Policies and their assessments")}
    (patrols,) = [cells for name, cells in rows.items() if name.startswith("Patrols")]
    assert patrols == [
        "given up", "22 Jun 2026", "overdue since 30 Jun 2026", "under way, due 1 Sept 2026",
        "adjustsomebody from outside; the people it is for", "Ask <b>first</b>",
    ]  # fmt: skip
    (shade,) = [cells for name, cells in rows.items() if name.startswith(HOSTILE)]
    assert shade == ["due 31 Aug 2026", "due 2 Mar 2027", "due 29 Feb 2028", "", "", ""]


def test_a_month_shows_what_was_known_then(look):
    page = drawn(look(month="2026-05"))
    rows = {row[0]: row[1:] for row in table(page, "Policies and their assessments")}
    (patrols,) = [cells for name, cells in rows.items() if name.startswith("Patrols")]
    assert patrols[1] == "overdue since 31 May 2026" and patrols[-1] == ""
    assert look(ONE, policy="patrols", month="2026-03").main.get("header")[0].value == "There is no such policy"


def test_a_policy_is_shown_from_its_problem_to_who_judged_it(look):
    page = drawn(look(ONE, policy="patrols"))
    assert page.findtext(".//p[@class='headline']") == (
        "Recommended by the mid-term assessment of 22 Jun 2026: adjust. Thefts moved next door."
    )
    steps = [text(step) for step in page.iterfind(".//ol[@class='chain']/li")]
    assert steps[0] == "What is put inTwo patrols" and steps[3] == "What changes for peopleFewer thefts"
    assert steps[1] == "What is donenot written yet"
    assert table(page, "What carries it out")[0][0] == "1.1 Police station"
    assert [row[0] for row in table(page, "Where it should show")] and "Overdue: final, since 30 Jun 2026 (10 days)." in text(page)
    rows = table(page, "How it was judged, criterion by criterion")
    assert [row[1] for row in rows] == ["4 of 5somebody from outside", "2 of 5the people it is for", "no scoresomebody from outside"]
    assert rows[0][3].startswith("Goal robberies, May 2026: ") and rows[1][2] == HOSTILE
    assert rows[1][3] == "document" and rows[2][2:] == ["It ends Too early", "nothing yet"]


def test_whether_it_worked_stands_before_who_judged_it(look, monkeypatch):
    monkeypatch.setattr("dashboards.impact.about.block", lambda *_args, **_told: "<h2>Did it work?</h2>")
    page = drawn(look(ONE, policy="patrols"))
    titles = [text(title) for title in page.iterfind(".//h2")]
    assert titles.index("Did it work?") < titles.index("How it was judged")


def test_what_is_done_is_opened_again_and_what_is_not_is_written(look):
    ways = {
        "".join(part.findtext("h3") or "")[:3]: [text(way) for way in part.iterfind("p/a")]
        for part in drawn(look(ONE, who="office", policy="patrols")).iterfind(".//section[@class='assessment']")
    }
    assert ways["Mid"] == ["Open the assessment again"]


def test_dots_say_the_same_as_the_words(look):
    page = drawn(look(ONE, policy="patrols"))
    full = [len(strip.findall("circle[@class='full']")) for strip in page.iterfind(".//svg[@class='dots']")]
    assert full == [4, 2] == [int(text(each).split()[0]) for each in page.iterfind(".//span[@class='of-five']")]


def test_goal_and_action_lead_to_the_policy(look, made):
    for page, asked in (("pages/goals/goal.py", {"kpi": "robberies"}), ("pages/plan/action.py", {"node": str(made.town.nodes["1.1"])})):
        items = [text(item) for item in drawn(look(page, **asked)).iterfind(".//ul[@class='policies']/li")]
        assert items == ["Patrols: mid-term, 22 Jun 2026, adjust. Ask <b>first</b>"], page
    assert drawn(look("pages/goals/goal.py", kpi="lights")).find(".//ul[@class='policies']") is None


def test_search_finds_a_policy(look):
    (box,) = [each for each in look().selectbox if each.key == "search"]
    assert "Patrols · Policy" in box.options


@pytest.mark.parametrize(("who", "offered"), [(None, set()), ("mayor", set()), ("hall", set()), ("office", {"Plan it", "Save the policy"}),
                                              ("editor", {"Save the policy"})])  # fmt: skip
def test_each_is_offered_what_they_may_do(look, who, offered):
    buttons = {button.label for button in look(ONE, who, policy="patrols").button}
    assert buttons & {"Plan it", "Save the policy", "Save the judgement"} == offered


def test_the_office_writes_a_new_policy_down(write, city):
    app = write(LIST)
    assert "a policy needs a name and the problem that it answers" in press(app, "Add the policy")
    fill(app, "policy/new", name="Menos ruido", problem="It is loud at night", area="police")
    assert press(app, "Add the policy") == "The policy is written down: Menos ruido"
    (row,) = [row for row in register(city.town.records, "aurora").policies if row["key"] == "menos_ruido"]
    assert (row["name"], row["area"], row["nodes"]) == ("Menos ruido", "police", [])


def test_an_assessment_is_planned_judged_and_done(write, city):
    app = write(policy="shade")
    assert "when the assessment is due; choose a day" in press(app, "Plan it")
    fill(app, f"policy/{city.shade}/plan", moment="ex_ante", due=date(2026, 8, 1))
    assert press(app, "Plan it") == "The assessment is planned."
    (row,) = register(city.town.records, "aurora").of_policy(city.shade)
    app = write(policy="shade", assessment=str(row["id"]))
    press(app, "Begin it")
    app = write(policy="shade", assessment=str(row["id"]))
    said = press(app, "Save it: the assessment is done")
    assert "no criterion is judged on something that shows it" in said and "it does not say what was learnt" in said
    fill(app, f"assessment/{row['id']}/score", score=4, argument="It is hot", link="https://aurora.example/heat")
    assert press(app, "Save the judgement") == "The judgement is saved."
    form = f"policy/assessment/{row['id']}/en"
    fill(app, form, lesson="Plant early", recommendation="continue", why="Trees take time")
    assert press(app, "Save it: the assessment is done") == "The assessment is done."
    (now,) = register(city.town.records, "aurora").of_policy(city.shade)
    assert (now["state"], now["done_on"], now["recommendation"]) == ("done", date.today(), "continue")
    assert headline(write(policy="shade")).endswith("2026: go on. Trees take time.")


def test_a_judgement_that_stands_is_changed_or_taken_back(write, city):
    made = city.made["impact"]
    app = write(policy="patrols", assessment=str(made))
    fill(app, f"assessment/{made}/score", score=3, argument="So so", link="https://aurora.example/x")
    press(app, "Save the judgement")
    (score,) = register(city.town.records, "aurora").of_assessment(made)
    app = write(policy="patrols", assessment=str(made), score=str(score["id"]))
    ways = [link.get("href", "") for link in drawn(app).iterfind(".//table//a") if text(link) == "Change"]
    assert len(ways) == 1 and f"score={score['id']}" in ways[0]
    fill(app, f"score/{score['id']}", score=1)
    press(app, "Save the judgement")
    assert [row["score"] for row in register(city.town.records, "aurora").of_assessment(made)] == [1]
    assert (
        press(write(policy="patrols", assessment=str(made), score=str(score["id"])), "Take the judgement back")
        == "The judgement is taken back."
    )
    assert register(city.town.records, "aurora").of_assessment(made) == []


def test_an_assessment_is_given_up_with_a_reason_and_taken_up_again(write, city):
    number = str(city.made["final"])
    app = write(policy="patrols", assessment=number)
    assert "dropped with a reason" in press(app, "Give it up")
    fill(app, f"assessment/{number}/drop", dropped="Nobody is left")
    assert press(app, "Give it up") == "The assessment is given up."
    assert press(write(policy="patrols", assessment=number), "Open the assessment again") == "It is open again."


def test_an_area_describes_its_policy_and_the_other_language_stays(write, city):
    app = write(who="editor", policy="patrols")
    fill(app, f"policy/{city.patrols}/describe", outcomes="Far fewer thefts")
    assert press(app, "Save the policy") == "The policy is saved."
    (row,) = [row for row in register(city.town.records, "aurora").policies if row["key"] == "patrols"]
    assert row["theory"]["outcomes"] == {"es": "Menos robos", "en": "Far fewer thefts"} and row["ends"] == date(2026, 12, 31)


def test_before_the_first_policy_the_page_says_what_will_be_here(look, monkeypatch):
    monkeypatch.setattr("dashboards.assessments.known.register", lambda *_: NOTHING)
    assert look().main.get("header")[0].value == "No policy yet"
    assert any(button.label == "Add the policy" for button in look(who="office").button)
    assert "writes the first policy down" in " ".join(each.value for each in look().markdown)
