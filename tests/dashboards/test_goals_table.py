"""The table of goals: what stands in a row, in which order, and how its drawing is said."""

from xml.etree import ElementTree

import pytest

from dashboards import goals_table, scores
from data.periods import Month
from tests.small_city import build, session


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return build(tmp_path_factory.mktemp("town"))


def shown(asked) -> ElementTree.Element:
    """The table and what stands at its foot."""
    table = goals_table.table(asked, scores.by_axis(asked, scores.judged(asked)), scores.histories(asked))
    return ElementTree.fromstring(f"<div>{table}</div>")


def parsed(asked) -> ElementTree.Element:
    return shown(asked)[0]


def cells(table: ElementTree.Element, goal: str) -> list[str]:
    row = table.find(f".//tr[@data-goal='{goal}']")
    assert row is not None
    return ["".join(cell.itertext()).replace("\xa0", " ") for cell in row]


def label(table: ElementTree.Element, goal: str) -> str:
    row = table.find(f".//tr[@data-goal='{goal}']")
    assert row is not None
    drawing = next(svg for svg in row.iter("svg") if svg.get("role") == "img")
    return drawing.attrib["aria-label"].replace("\xa0", " ")


def test_a_row_says_name_status_value_due_change_owner_and_age(home):
    row = cells(parsed(session(home)), "robberies")
    assert row == [
        "Goal robberies",
        "Off track",
        "37.1 %",
        "31.9 %",
        "",
        "0.1 points better",
        "under 1 %little to go by",
        "Security10 days",
    ]


def test_a_phone_has_a_name_for_what_is_due_and_for_the_chance(home):
    row = parsed(session(home, "es")).find(".//tr[@data-goal='robberies']")
    assert row is not None
    named = {cell.attrib["class"].split()[-1]: cell.attrib["data-name"].replace("\xa0", " ") for cell in row if "data-name" in cell.attrib}
    assert named == {"due": "Programado a la fecha", "chance": "Probabilidad de 20 % para dic 2028"}


def test_a_rough_chance_is_marked_and_the_mark_explained_at_the_foot(home):
    found = shown(session(home))
    assert "".join(found[1].itertext()).startswith(
        "Little to go by: of the past values of this series fewer than 60 % lay where 80 % should"
    )
    mark = found.find(".//tr[@data-goal='robberies']//span[@class='note rough']")
    assert mark is not None and mark.attrib["title"] == "".join(found[1].itertext())


def test_where_no_chance_is_rough_nothing_stands_at_the_foot(home, monkeypatch):
    monkeypatch.setattr("dashboards.outlooks.TOO_NARROW", 0.0)
    assert len(shown(session(home))) == 1
    assert cells(parsed(session(home)), "robberies")[6] == "under 1 %"


@pytest.mark.parametrize("page", ["pages/home/overview.py", "pages/goals/goals.py"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Ages are counted from the end of each period to the review of June 2026, on 10 Jul 2026, not to today."),
        (
            "es",
            "La antigüedad se cuenta desde el fin de cada periodo hasta la revisión de junio de 2026, el 10 jul 2026, no hasta hoy.",
        ),
    ],
)
def test_the_page_says_to_which_day_ages_are_counted(app, page, language, said):
    app.query_params["language"] = language
    app.run()
    app.switch_page(page).run()
    shown = [panel.proto.bytes.decode() for panel in app.main.get("bidi_component")]
    assert any(f'<p class="note">{said}</p>' in html for html in shown)


def test_a_value_of_another_period_says_which_and_nothing_about_its_change(home):
    row = cells(parsed(session(home)), "satisfied")
    assert (row[2], row[5], row[7]) == ("61.6 %Nov 2025", "–", "Security222 days")


def test_goals_stand_under_their_axis_and_those_that_need_attention_first(home):
    table = parsed(session(home, "es"))
    titles = ["".join(row[0].itertext()) for row in table.iter("tr") if row[0].get("scope") == "rowgroup"]
    assert titles[0] == "1 · Una ciudad segura" and titles[-1] == "Otras metas"
    goals = [row.attrib["data-goal"] for row in table.iter("tr") if "data-goal" in row.attrib]
    assert goals == ["robberies", "lights", "hostile", "satisfied", "answered", "trips", "trees", "lanes", "silent", "later", "aimless"]


def test_every_column_and_every_row_has_a_header_cell_and_the_table_a_caption(home):
    table = parsed(session(home))
    assert [cell.attrib["scope"] for cell in table.iter("th") if cell.get("role") == "columnheader"] == ["col"] * 8
    assert all(row[0].get("scope") == "row" for row in table.iter("tr") if "data-goal" in row.attrib)
    assert table[0].tag == "caption" and table[0].text


def test_a_drawing_says_its_first_and_last_value_and_the_target(home):
    said = label(parsed(session(home)), "robberies")
    assert said == "From 39.5 % (Jun 2024) to 37.1 % (Jun 2026); target 20.0 % (Dec 2028)"


def test_a_goal_without_a_target_is_drawn_without_a_path(home):
    assert label(parsed(session(home)), "aimless") == "From 90.5 % (Jun 2024) to 92.9 % (Jun 2026)"


def test_the_numbers_are_those_of_the_place_and_month_asked_for(home):
    row = cells(parsed(session(home, place="puerto", month=Month(2026, 3))), "robberies")
    assert row[2] == "37.4 %"


def test_a_month_before_the_first_value_has_no_data_and_nothing_green(home):
    table = parsed(session(home, month=Month(2023, 1)))
    assert {row.attrib["data-status"] for row in table.iter("tr") if "data-goal" in row.attrib} == {"no_data", "untracked"}
