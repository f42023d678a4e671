"""The page Progress: what it says first, the tree and what narrows it, how figures add up, when, what moved and what lacks."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.plan import shown
from dashboards.plan.progress import adding_up, care, moved, rows, summary, timeline, tree, values
from dashboards.plan.progress.choice import Choice
from data.home import Home
from data.people import posts
from data.plans.reading import plans
from data.records.records import records
from kpis.plans.truth import Truth, truth
from tests.conftest import ROOT
from tests.planned_city import ACTIONS, STARTS, node_id, planned
from tests.small_city import HOSTILE, session
from tests.small_plan import DAY, node
from tests.small_plan import tree as small_tree
from tests.test_pages import text

PAGE = "pages/plan/progress.py"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return planned(tmp_path_factory.mktemp("planned") / "home")


@pytest.fixture(scope="module")
def known(home) -> Truth:
    asked = session(home)
    return shown.truth_of(asked, plans(asked.records)[0])


@pytest.fixture
def visited(home, monkeypatch):
    """A visit to the page by its link: the HTML that it draws."""

    def visit(**asked: str) -> ElementTree.Element:
        monkeypatch.setenv("MANDATO_HOME", str(home.folder))
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.run()
        for key, value in {"language": "en", **asked}.items():
            app.query_params[key] = value
        app.switch_page(PAGE).run()
        assert not app.exception
        return parsed("".join(panel.proto.bytes.decode() for panel in app.main.get("bidi_component")))

    return visit


def parsed(html: str) -> ElementTree.Element:
    """The HTML as a tree; that it parses says that no text broke out of it."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def view(home: Home, known: Truth, choice: Choice | None = None, language: str = "en") -> tree.View:
    asked, choice = session(home, language), choice or Choice("pam")
    sight = rows.in_sight(rows.left(asked, known, choice), choice)
    held = {post.id: post for post in posts(asked.records, asked.review_day)}
    return tree.View(asked, known, choice, sight, held, tree.areas_below(known.nodes))


def shown_keys(found: ElementTree.Element, known: Truth) -> list[str]:
    keys = dict(known.nodes.select("id", "key").iter_rows())
    return [keys[int(row.attrib["data-node"])] for row in found.findall(".//table[@class='plan-tree']/tbody/tr[@data-node]")]


def row(found: ElementTree.Element, home: Home, key: str) -> list[str]:
    cells = found.find(f".//table[@class='plan-tree']/tbody/tr[@data-node='{node_id(records(home), key)}']")
    assert cells is not None
    return [text(cell).replace("\xa0", " ") for cell in cells]


def said(found: ElementTree.Element | None) -> str:
    assert found is not None
    return text(found).replace("\xa0", " ")


# What it says first


def test_the_headline_is_what_is_proved_then_what_is_declared_and_the_time(visited):
    headline = visited().find(".//p[@class='headline']")
    assert headline is not None
    assert said(headline) == "25 % of the plan is proved; the areas declare 52.1 %, and 38 % of the time is used."


def test_the_headline_is_the_sum_of_the_table_below_it(visited, known):
    """Each action counts the same: the first level, weighed by its actions, and the column of what each adds, both give the headline."""
    found = visited()
    tops = [row for row in found.findall(".//tr[@class='depth0']") if row[0].find(".//a[@class='toggle']") is not None]
    weighed = [(float(said(row[3]).split()[0]), int(re.findall(r"(\d+) action", said(row[0]))[-1])) for row in tops]
    assert sum(value * count for value, count in weighed) / sum(count for _, count in weighed) == pytest.approx(known.whole["proved"])
    (behind,) = found.findall(".//details/table[@class='adding stacked']")
    adds = [float(said(row[3])) for row in behind.findall("tbody/tr")]
    foot = behind.find("tfoot/tr")
    assert foot is not None
    assert sum(adds) == pytest.approx(float(said(foot[3])), abs=0.01) == pytest.approx(known.whole["proved"], abs=0.01)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"declared": 40.0}, "50 % of the plan is proved; the areas declare 40 %."),
        ({}, "50 % of the plan is proved; the areas declare nothing."),
        (
            {"starts": STARTS, "ends": date(2025, 12, 31)},
            "50 % of the plan is proved; the areas declare nothing, and 100 % of the time is used.",
        ),
        ({"left_out": "not ours"}, "This plan has no action that counts."),
    ],
)
def test_the_headline_says_nothing_of_what_is_not_known(home, fields, sentence):
    found = truth(small_tree(node("a", proved=50.0, **fields)))
    assert summary.sentence(session(home), found.whole).replace("\xa0", " ") == sentence


def test_every_state_is_counted_with_its_word_number_and_percentage(visited):
    found = visited()
    counts = {item.attrib["data-state"]: said(item) for item in found.findall(".//ul[@class='counts']/li")}
    assert counts == {
        "implemented": "Implemented112 %", "completed": "Completed, not proved112 %", "started": "Under way225 %", "late": "Late112 %",
        "not_started": "Not started112 %", "suspended": "Suspended112 %", "removal_proposed": "Removal proposed112 %",
        "cancelled": "Cancelled1",
    }  # fmt: skip
    assert all(item.find(".//svg") is not None for item in found.findall(".//ul[@class='counts']/li"))
    finished = said(found.find(".//p[@class='note finished']"))
    assert finished == "Finished: 2 of 8 actions, 25.00 %. Finished or on schedule: 5, 62.5 %. 1 was cancelled and does not count."


def counted(**actions: int) -> Truth:
    """A plan with so many actions in each state."""
    fields = {
        "completed": {"status": "completed"}, "started": {"status": "started"}, "not_started": {"status": "not_started"},
        "late": {"status": "started", "ends": DAY.replace(month=1)}, "removal_proposed": {"status": "removal_proposed"},
    }  # fmt: skip
    nodes = [node(f"{state}{number:04}", "l", **fields[state]) for state, count in actions.items() for number in range(count)]
    return truth(small_tree(node("l"), *nodes))


# Published in percent, and turned here into the whole numbers of actions that give them.
PUBLISHED = {
    "Sant Boi 2012: 416 of 872 finished": (
        counted(completed=416, late=40, started=416), ["416 of 872 actions", "47.71 %", "416", "40"]
    ),
    "Sabadell 2016: 68.5 % finished or on schedule, 28 % late, 3.4 % proposed for removal, of 816": (
        counted(completed=300, started=259, late=229, removal_proposed=28), ["of 816 actions", "on schedule: 559, 68.5 %", "28 %", "3.4 %"]
    ),
    "Alella 2015-19: 115, 24 and 22 of 161": (
        counted(completed=115, started=24, not_started=22), ["115", "71 %", "24", "15 %", "22", "14 %", "115 of 161 actions"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("found", "figures"), PUBLISHED.values(), ids=PUBLISHED.keys())
def test_a_published_result_stands_on_the_page(home, found, figures):
    page = parsed(summary.heading(session(home), found) + summary.counts(session(home), found, Choice("pam")))
    words = [said(part) for part in page.iter() if part.tag in ("b", "span", "p")]
    assert [figure for figure in figures if not any(figure == word or figure in word.split(": ", 1)[-1] for word in words)] == []


# The tree


def test_only_the_first_level_is_open_and_what_lies_deeper_is_not_sent(visited, known):
    found = visited()
    assert shown_keys(found, known) == ["2", "2.1", "1", "1.1", "1.2"]
    toggles = [link.attrib["aria-expanded"] for link in found.findall(".//a[@class='toggle']")]
    assert toggles == ["true", "false", "true", "false", "false"]
    assert "Action 1.1.1" not in [said(name) for name in found.findall(".//table[@class='plan-tree']//th")]


def test_a_link_opens_a_node_and_the_next_one_closes_it(home, known):
    closed, number = view(home, known), node_id(records(home), "1.1")
    opened = closed.choice.toggled(number, closed.sight.opened)
    found = parsed(tree.table(view(home, known, opened)))
    assert shown_keys(found, known) == ["2", "2.1", "1", "1.1", "1.1.3", "1.1.2", "1.1.1", "1.2"]
    again = opened.toggled(number, opened.opened or ())
    assert again.opened == closed.sight.opened
    assert Choice("pam").toggled(5, (5,)).query()["open"] == "none"


def test_a_row_says_state_figures_delay_money_and_owner(visited, home):
    opened = str(node_id(records(home), "1.1"))
    found = visited(open=opened + "," + str(node_id(records(home), "1")))
    assert row(found, home, "1.1.3") == [
        "Action 1.1.3", "Late", "", "25.0 %", "75.0 %", "31 Mar 2026101 days overdue", "400,000 EUR95 % paid", "HeadSecurity",
    ]  # fmt: skip
    assert row(found, home, "1.1")[0] == "▾Streets3 actions"
    assert row(found, home, "1.1")[6] == "1,650,000 EUR92.7 % paid"
    drawn = found.find(f".//tr[@data-node='{node_id(records(home), '1.1.3')}']//span[@class='small-truth']")
    assert drawn is not None
    assert drawn.attrib["aria-label"].replace("\xa0", " ") == "25 % proved, 75 % declared; 100 % of the time used"


def test_a_cancelled_action_is_shown_and_does_not_count(visited, home):
    opened = ",".join(str(node_id(records(home), key)) for key in ("2", "2.1"))
    found = visited(open=opened)
    assert row(found, home, "2.1.4")[:4] == [HOSTILE, "Cancelled", "", "–"]
    assert row(found, home, "2.1")[0].endswith("3 actions, 1 cancelled")


def test_a_name_of_the_city_is_never_markup(visited, home):
    """The whole page parses, with a name and reasons that try to be markup, and holds no element of theirs."""
    found = visited(state="cancelled")
    assert found.findall(".//img") == []
    assert any(HOSTILE in said(name) for name in found.findall(".//th"))


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({"state": "late"}, ["1", "1.1", "1.1.3"]),
        ({"only": "district:centro"}, ["1", "1.1", "1.1.3", "1.1.2", "1.1.1"]),
        ({"only": "sdg:11"}, ["1", "1.2", "1.2.1"]),
        ({"find": "action 2.1.3"}, ["2", "2.1", "2.1.3"]),
        ({"only": "district:centro,sdg:11"}, []),
        ({"only": "area:police,owner:999", "state": "implemented"}, ["1", "1.1", "1.1.1"]),
    ],
)
def test_the_tree_is_narrowed_down_to_the_actions_that_match(visited, known, asked, keys):
    assert shown_keys(visited(**asked), known) == keys


def test_the_number_of_a_state_is_the_number_of_rows_it_narrows_to(visited, known):
    leaves = set(known.nodes.filter("leaf")["key"])
    for state, count in known.counts.items():
        found = visited(state=state)
        assert sum(key in leaves for key in shown_keys(found, known)) == count, state
        assert said(found.find(".//p[@class='count orders']/span")).startswith(f"{count} of 9 actions"), state


def test_by_owner_and_back_to_all(visited, home, known):
    owner = str(known.nodes.filter(key="2.1.4")["owner"].item())
    found = visited(only=f"owner:{owner}")
    assert shown_keys(found, known) == ["2", "2.1", "2.1.4"]
    back = next(link for link in found.iter("a") if said(link) == "Show all actions")
    assert "only" not in back.attrib["href"] and "plan=pam" in back.attrib["href"]


def test_nothing_that_matches_is_said_with_the_way_back(visited):
    found = visited(find="nowhere to be found")
    assert "No action matches" in said(found)
    assert any(said(link) == "Show all actions" for link in found.iter("a"))


def test_the_order_is_what_needs_attention_or_the_plan_s(home, known):
    keys = shown_keys(parsed(tree.table(view(home, known, Choice("pam", order="plan", opened=tuple(known.nodes["id"]))))), known)
    assert keys == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.2", "1.2.1", "1.2.2", "2", "2.1", "2.1.1", "2.1.2", "2.1.3", "2.1.4"]
    attention = shown_keys(parsed(tree.table(view(home, known, Choice("pam", opened=tuple(known.nodes["id"]))))), known)
    assert attention == ["2", "2.1", "2.1.2", "2.1.1", "2.1.3", "2.1.4", "1", "1.1", "1.1.3", "1.1.2", "1.1.1", "1.2", "1.2.1", "1.2.2"]


def test_more_children_than_one_look_takes_are_one_link_further(home):
    found = truth(small_tree(node("l"), *(node(f"a{number:03}", "l") for number in range(130))))
    opened = tuple(found.nodes.filter(key="l")["id"])
    page = parsed(tree.table(view(home, found, Choice("pam", opened=opened))))
    assert len(page.findall(".//tr[@data-node]")) == 101
    more = page.find(".//tr[@class='depth1 more']//a")
    assert more is not None and said(more) == "30 more" and "rows=1000" in more.attrib["href"]
    assert len(parsed(tree.table(view(home, found, Choice("pam", opened=opened, rows=1000)))).findall(".//tr[@data-node]")) == 131


def test_levels_bear_the_plan_s_own_names_in_the_reader_s_language(home, known):
    for language, names in (("en", "Axis / line / action"), ("es", "Eje / línea / acción")):
        head = parsed(tree.table(view(home, known, language=language))).find(".//thead/tr/th")
        assert head is not None and said(head) == names


@pytest.mark.parametrize(
    "asked", [{"open": "x,-1,99999"}, {"node": "999"}, {"node": "abc"}, {"rows": "0"}, {"state": "nothing"}, {"order": "up"}, {"open": "²"}]
)
def test_a_link_that_asks_for_what_is_not_there_shows_the_plan(visited, asked):
    assert "of the plan is proved" in said(visited(**asked))


# How it adds up


def test_a_figure_opens_the_sum_behind_it_under_its_row(visited, home):
    number = str(node_id(records(home), "2.1"))
    found = visited(node=number)
    link = found.find(f".//a[@id='sum-{number}']")
    assert link is not None and link.attrib["aria-expanded"] == "true"
    table = found.find(".//tr[@class='audit']//table")
    assert table is not None
    parts = {said(part[0]): [said(cell) for cell in part[1:]] for part in table.findall("tbody/tr")}
    assert parts["Action 2.1.1"] == ["33.33 %", "0.00 %", "0.00", "20.00 %", "10.00"]
    assert parts[HOSTILE] == ["does not count: cancelled: no site"]
    assert "1 action declares nothing" in said(found.find(".//tr[@class='audit']"))


def test_the_headline_by_four_methods(home, known):
    found = parsed(adding_up.methods(session(home), known))
    methods = {part.attrib["data-method"]: [said(cell) for cell in part[1:]] for part in found.findall(".//tbody/tr")}
    assert methods == {
        "mean": ["25.00 %", "52.14 %", "8", "1"],
        "weighted": ["–", "–", "0", "9"],
        "budget": ["74.24 %", "93.94 %", "3", "6"],
        "finished_only": ["12.50 %", "25.00 %", "8", "1"],
    }
    assert "no action has such a weight" in said(found)


# When


def test_a_bar_says_its_days_the_first_promise_and_the_end_at_this_pace(home, known):
    opened = Choice("pam", opened=tuple(known.nodes["id"]))
    found = parsed(timeline.table(view(home, known, opened)))
    late = found.find(f".//tr[@data-node='{node_id(records(home), '1.1.3')}']")
    assert late is not None
    track = late.find(".//span[@class='track']")
    assert track is not None
    assert track.attrib["aria-label"] == "from 1 Jan 2025 to 31 Mar 2026; first promised for 31 Dec 2025; at this pace 30 Jan 2031"
    assert [part.attrib["class"] for part in track] == ["today", "ghost", "days red", "beyond"]
    assert said(late[2]) == "31 Mar 20265 years late at this pace"
    on_time = found.find(f".//tr[@data-node='{node_id(records(home), '1.2.2')}']//span[@class='track']")
    assert on_time is not None and [part.attrib["class"] for part in on_time] == ["today", "days gray"]


def test_the_review_day_stands_where_it_is_on_the_axis_of_time(home, known):
    found = parsed(timeline.table(view(home, known)))
    lines = {line.attrib["style"] for line in found.findall(".//i[@class='today']")}
    share = 100 * (date(2026, 7, 10) - STARTS).days / (date(2028, 12, 31) - STARTS).days
    assert lines == {f"left:{share:.2f}%"}
    assert "10 Jul 2026" in said(found.find("./table/thead"))


def test_without_days_there_is_no_timeline(home):
    assert timeline.table(view(home, truth(small_tree(node("a"))))) == ""


# What moved


def test_what_moved_since_the_review_before(home, known):
    asked = session(home)
    before = shown.truth_of(asked, plans(asked.records)[0], asked.at(asked.month.plus(-1)).review_day)
    found = parsed(moved.section(asked, before, known))
    rows_moved = {said(part[0]): [said(cell) for cell in part[1:]] for part in found.findall(".//tbody/tr")}
    assert rows_moved["Action 1.1.1"] == ["Completed, not proved → Implemented", "75 % → 100 %", "100 %"]
    assert rows_moved["Action 1.2.1"] == ["Under way", "25 %", "40 % → 60 %"]
    assert set(rows_moved) == {"Action 1.1.1", "Action 1.2.1"}
    sentence = said(found.find("p"))
    assert sentence == "2 actions moved. Of the whole plan 21.9 % was proved, now 25 % is."


def test_a_month_in_which_nothing_moved_says_so(home, known):
    found = parsed(moved.section(session(home), known, known))
    assert said(found.find("p")) == "No action moved." and found.find(".//table") is None


def test_finished_and_late_are_counted_among_what_moved(home):
    def plan(first: str, day: date) -> Truth:
        return truth(small_tree(node("a", status=first), node("b", status="started", ends=date(2026, 6, 15)), day=day))

    before, now = plan("started", date(2026, 6, 10)), plan("completed", date(2026, 7, 10))
    said_of = moved.sentence(session(home), before, now, moved.actions(before, now))
    assert said_of.startswith("2 actions moved. 1 was finished. 1 became late.")


# What lacks


def test_what_fewer_than_four_of_five_have_is_marked_in_words(home, known):
    asked = session(home)
    found = parsed(care.section(asked, known, posts(asked.records, asked.review_day), Choice("pam")))
    assert "Fewer than 80 % of the actions have: a budget, a goal that it serves, a place." in said(found)
    low = [part.attrib["data-field"] for part in found.findall(".//ul[@class='shares']/li[@class='short']")]
    assert low == ["budget", "goals", "place"]
    assert "Plan: 0 · Do: 5 · Check: 0 · Act: 0 · not said of 3" in said(found)
    spanish = parsed(care.section(session(home, "es"), known, posts(asked.records, asked.review_day), Choice("pam")))
    assert "Planificar: 0 · Hacer: 5 · Verificar: 0 · Actuar: 0 · no consta en 3" in said(spanish)


def test_owners_with_too_many_and_posts_with_nobody_in_them_lead_to_their_actions(home):
    held = posts(records(home), date(2026, 7, 10))
    taken, empty = (next(post.id for post in held if bool(post.holder) is is_taken) for is_taken in (True, False))
    found = truth(small_tree(*(node(f"a{number}", owner=taken) for number in range(11)), node("b", owner=empty)))
    page = parsed(care.section(session(home), found, held, Choice("pam")))
    lists = {said(title): said(below) for title, below in zip(page.findall("h3"), page.findall("ul[@class='plain']"), strict=True)}
    assert lists == {
        "Owners with more than 10 unfinished actions": "Head (Ofelia): 11 unfinished actions",
        "Posts with nobody in them that answer for actions": f"{HOSTILE}: 1 unfinished action",
    }
    assert [f"only=owner%3A{taken}" in link.attrib["href"] for link in page.findall("ul[@class='plain']/li/a")] == [True, False]


# Other plans and versions


def test_each_version_names_the_decision_that_made_it(visited):
    versions = [said(version) for version in visited().findall(".//ol[@class='versions']/li")]
    assert versions[0].startswith("No more 20 May 2026 · Council")
    assert "Status: Under way → Cancelled" in versions[0] and "Reason of the status: nothing → no site" in versions[0]
    assert "Ends: 31 Dec 2028 → 30 Jun 2028" in versions[1]
    assert versions[2] == "First version, taken in on 20 May 2026 by Ofelia" and len(versions) == 3


def test_a_linked_plan_is_named_from_either_side(visited):
    (link,) = visited().findall(".//li[@data-link]")
    assert said(link) == "This plan is carried out by: Annual plan (annual operational plan)"
    (back,) = visited(plan="poa").findall(".//li[@data-link]")
    assert said(back) == "This plan carries out: Mandate plan (mandate plan)"


# To take away, and nothing at all


def test_what_is_taken_away_is_what_is_in_sight_with_all_its_figures(home, known):
    asked = session(home)
    held = {post.id: post for post in posts(asked.records, asked.review_day)}
    whole = values.frame(asked, known, Choice("pam"), held)
    assert whole["Number"].to_list() == known.nodes["key"].to_list()
    assert whole.filter(Number="1.1.3").select("Part of", "State", "Proved (%)", "Declared (%)", "Paid", "Currency").row(0) == (
        "1.1", "Late", 25.0, 75.0, 380_000.0, "EUR",
    )  # fmt: skip
    late = values.frame(asked, known, Choice("pam", state="late"), held)
    assert late["Number"].to_list() == ["1", "1.1", "1.1.3"]
    assert values.about(asked, known.tree.plan, Choice("pam", state="late"), {})["State"] == "Late"


def test_without_a_plan_the_page_says_what_would_be_here(app):
    app.query_params["language"] = "en"
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception and "No plan yet" in [title.value for title in app.header]


def test_the_plan_of_the_tests_has_every_state(known):
    assert all(known.counts.values()) and len(ACTIONS) == sum(known.counts.values())


def test_the_page_does_not_send_a_large_plan_whole(home):
    """5,000 actions below 500 lines of ten axes: what is drawn does not grow with them."""
    axes = [node(f"{axis}") for axis in range(10)]
    lines = [node(f"{axis}.{line}", f"{axis}") for axis in range(10) for line in range(50)]
    actions = [node(f"{each.key}.{number}", each.key) for each in lines for number in range(10)]
    found = truth(small_tree(*axes, *lines, *actions))
    assert len(parsed(tree.table(view(home, found))).findall(".//tr[@data-node]")) == 10


def test_records_that_cannot_be_read_are_said_below_the_one_title_of_the_page(tmp_path, monkeypatch):
    """A page that had its title already does not get a second one."""
    home = planned(tmp_path / "home")
    home_records = home.store / "records.sqlite"
    records(home).engine.dispose()
    home_records.write_bytes(b"no database at all" * 500)
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    app.switch_page("pages/plan/progress.py").run()
    assert [each.value for each in app.title] == ["Progress"]
    assert [each.value for each in app.header] == ["Not possible just now"]
    assert any("the records cannot be read" in each.value for each in app.text)
