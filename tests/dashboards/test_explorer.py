"""The explorer: what is chosen is in the link, and chart, map and table show the same values."""

import shutil
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.explorer import listing, mapping, pictures
from dashboards.explorer.choice import Choice
from dashboards.explorer.drawing import rows
from dashboards.explorer.figures import Figure, Series, all_series, figures, frame, observations
from dashboards.explorer.saying import said_of
from dashboards.session import MORE, Session
from data.home import Home
from data.periods import Month
from tests.dashboards.conftest import load_another
from tests.small_city import LAST
from tests.test_pages import drawn, text

EXPLORER = "pages/goals/explorer.py"
NAMES = ["Indicator", "Place", "Part", "From", "To", "Value", "Unit", "Note", "Source"]


def choice(indicators: str = "robberies", places: str = "aurora,centro", since: str = "2026-01", until: str = str(LAST)) -> Choice:
    return Choice(tuple(indicators.split(",")), tuple(places.split(",")), "chart", Month.parse(since), Month.parse(until))


def held(session: Session, wanted: Choice) -> list[Series]:
    return all_series(session, wanted, observations(session, wanted))


def shown(session: Session, wanted: Choice) -> list[Figure]:
    return figures(session, wanted, held(session, wanted))


def visit(app: AppTest, **asked: str) -> AppTest:
    app.run()
    for key, value in {"language": "en", **asked}.items():
        app.query_params[key] = value
    return app.switch_page(EXPLORER).run()


@pytest.mark.parametrize(
    ("indicators", "places", "titles"),
    [
        ("robberies", "aurora", ["Goal robberies"]),
        ("robberies,lights", "aurora", ["Goal robberies, Goal lights"]),
        ("robberies,lights", "aurora,centro", ["Goal robberies", "Goal lights"]),
        ("silent,lights", "aurora,centro", ["Goal lights"]),
    ],
)
def test_indicators_share_a_figure_where_one_scale_holds_them(session, indicators, places, titles):
    assert [figure.title for figure in shown(session, choice(indicators, places))] == titles


def test_the_session_s_place_stands_out(session):
    (figure,) = shown(session, choice(places="centro,aurora"))
    assert [(series.place, series.strong) for series in figure.series] == [("centro", False), ("aurora", True)]


def test_without_the_session_s_place_the_first_one_stands_out(session):
    (figure,) = shown(session, choice(places="bruma,centro"))
    assert [series.strong for series in figure.series] == [True, False]


def test_the_months_chosen_are_both_included(session):
    (figure,) = shown(session, choice(since="2026-02", until="2026-04"))
    assert [period.month for period, _value in figure.series[0].values] == [2, 3, 4]


def test_every_line_carries_its_name_at_its_end(session):
    (figure,) = shown(session, choice())
    named = rows(session, figure).drop_nulls("text")
    assert named["text"].to_list() == ["Aurora", "Old Centre"]
    assert set(named["period"]) == {LAST.first}


def test_names_of_equal_lines_do_not_lie_on_each_other(session):
    (figure,) = shown(session, choice())
    low, high = sorted(rows(session, figure).drop_nulls("text")["at"])
    assert high > low


def test_the_finding_names_whom_it_is_about(session):
    (figure,) = shown(session, choice())
    assert said_of(session, figure) == "Aurora: has fallen for 5 months."


def test_the_table_lists_periods_newest_first_under_the_places(session):
    (figure,) = shown(session, choice(since="2026-05"))
    table = listing.table(session, figure).replace("\xa0", " ")
    assert table.index("Aurora") < table.index("Old Centre") < table.index("June 2026") < table.index("May 2026")
    assert '<td role="cell" class="number" data-name="Aurora">37.1 %</td>' in table


def test_a_map_leaves_out_a_place_whose_parts_it_shows(session):
    (figure,) = shown(session, choice(places="aurora,centro,puerto"))
    bubbles = mapping.bubbles(session, figure.indicators[0], figure.series, {})
    assert [bubble.name for bubble in bubbles] == ["Old Centre", "Harbour"]


@pytest.mark.parametrize(("count", "circles"), [(True, ["Old Centre"]), (False, ["Old Centre", "Harbour"])], ids=["a count", "a share"])
def test_a_map_draws_no_circle_of_a_count_that_is_missing_and_counts_such_places(session, count, circles):
    (figure,) = shown(session, choice(places="aurora,centro,puerto"))
    indicator = figure.indicators[0].model_copy(update={"kind": "flow"} if count else {})
    assert indicator.is_count == count
    series = [replace(one, indicator=indicator, rows=one.rows[:-1] if one.place == "puerto" else one.rows) for one in figure.series]
    drawn_map = mapping.drawn(session, indicator, series)
    assert [bubble.name for bubble in drawn_map.bubbles] == circles
    assert drawn_map.silent == 1


def test_of_a_map_that_draws_nothing_no_picture_is_offered(session):
    wanted = replace(choice(places="centro"), view="map")
    (figure,) = shown(session, wanted)
    assert pictures.of(session, wanted, [figure], {})
    nowhere = tuple(place.model_copy(update={"latitude": None}) for place in session.definitions.places)
    lost = replace(session, definitions=replace(session.definitions, places=nowhere))
    assert pictures.of(lost, wanted, [figure], {}) == {}


def test_the_table_beside_a_map_lists_all_places_the_highest_first(session):
    (figure,) = shown(session, choice(places="aurora,centro,puerto"))
    table = mapping.table(session, figure.indicators[0], figure.series, "June 2026")
    assert table.count('<th scope="row">') == 3


def test_a_download_has_a_row_for_every_value(session):
    wanted = choice(since="2026-05")
    table = frame(session, held(session, wanted), NAMES)
    assert table.height == 4
    assert table.row(0)[:3] == ("Goal robberies", "Aurora", "Total")
    assert table["Unit"].unique().to_list() == ["%"]


def test_a_link_says_everything_that_is_chosen(session):
    assert choice().address(session) == (
        "place=aurora&month=2026-06&language=en&indicators=robberies&places=aurora,centro&view=chart&from=2026-01&to=2026-06"
    )


def test_a_link_brings_back_what_was_chosen(app):
    page = visit(app, indicators="lights,trips", places="bruma", view="table", **{"from": "2026-03", "to": "2026-05"})
    assert page.multiselect(key="indicators").value == ["lights", "trips"]
    assert page.multiselect(key="places").value == ["bruma"]
    (panel,) = drawn(page)
    assert [text(row) for row in panel.findall(".//tbody/tr/th")] == ["May 2026", "April 2026", "March 2026"]


@pytest.mark.parametrize(("view", "kind"), [("chart", "vega_lite_chart"), ("map", "deck_gl_json_chart"), ("table", "bidi_component")])
def test_each_view_draws_its_own(app, view, kind):
    page = visit(app, indicators="robberies", view=view)
    assert not page.exception
    assert page.get(kind)


def test_months_in_the_wrong_order_are_put_right(app):
    page = visit(app, indicators="robberies", places="aurora", view="table", **{"from": "2026-05", "to": "2026-03"})
    assert len(drawn(page)[0].findall(".//tbody/tr")) == 3


def test_what_a_link_asks_for_and_is_not_there_is_named_once(app):
    page = visit(app, indicators="nothing,lights", places="<b>", view="pie", place="zz", month="1999-01", **{"from": "x"})
    assert not page.exception
    assert page.get("vega_lite_chart")
    assert page.multiselect(key="indicators").value == ["lights"]
    for asked in (
        "place that does not exist, zz",
        "month without data, 1999",
        "indicators that do not exist, nothing",
        "places that do not exist",
        "in a month without data, x",
    ):
        assert any(asked in note.value for note in page.markdown), asked
    assert not any("<b>" in note.value for note in page.markdown)
    assert not any("The link" in note.value for note in page.run().markdown)


def test_a_link_to_what_is_there_needs_no_words(app):
    page = visit(app, indicators="lights", places="centro", place="puerto", month="2026-05", **{"from": "2026-01"})
    assert not any("The link" in note.value for note in page.markdown)


def test_a_link_that_asks_for_too_many_shows_the_first_ones_each_once(app):
    page = visit(app, indicators="robberies,robberies,answered,lights,trips,lanes,trees")
    assert not page.exception
    assert page.multiselect(key="indicators").value == ["robberies", "answered", "lights", "trips"]


def test_another_place_is_shown_where_no_places_were_chosen(app):
    page = visit(app, indicators="robberies")
    page.session_state[MORE] = True
    page.run().selectbox(key="place").set_value("bruma").run()
    assert page.multiselect(key="places").value == ["bruma"]


def test_places_that_were_chosen_stay_with_another_place(app):
    page = visit(app, indicators="robberies", places="centro,aurora")
    page.session_state[MORE] = True
    page.run().selectbox(key="place").set_value("bruma").run()
    assert page.multiselect(key="places").value == ["centro", "aurora"]


@pytest.mark.parametrize("kind", ["city", "region"])
def test_a_city_that_is_its_only_place_is_shown_without_groups_to_choose(app, city, tmp_path, monkeypatch, kind):
    shutil.copytree(city.folder, tmp_path / "alone")
    home = Home(tmp_path / "alone")
    home.places.write_text(f"places: [{{id: aurora, name: Aurora, kind: {kind}}}]\n", encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    page = visit(app, indicators="robberies")
    assert not page.exception
    assert not [button for button in page.button if button.label == "All cities"]


def test_no_indicator_chosen_says_what_to_choose(app):
    page = visit(app, indicators="robberies")
    page.multiselect(key="indicators").set_value([]).run()
    assert page.header[0].value == "Nothing is chosen yet"


def test_no_place_chosen_says_what_to_choose(app):
    page = visit(app, indicators="robberies")
    page.multiselect(key="places").set_value([]).run()
    assert page.header[0].value == "Nothing is chosen yet"


def test_a_choice_without_values_says_so(app):
    page = visit(app, indicators="silent")
    assert page.header[0].value == "No value is known for this choice"


def test_one_press_chooses_all_cities(app):
    page = visit(app, indicators="robberies")
    next(button for button in page.button if button.label == "All cities").click().run()
    assert page.multiselect(key="places").value == ["aurora", "bruma"]


def test_the_link_to_share_is_shown(app):
    page = visit(app, indicators="robberies", places="aurora", view="map")
    assert "explorer?place=aurora" in page.code[0].value
    assert "view=map" in page.code[0].value


def test_a_chosen_indicator_without_values_is_named(app):
    page = visit(app, indicators="silent,lights", places="aurora")
    assert page.get("vega_lite_chart")
    assert any("No value is known for this choice" in note.value and "Goal silent" in note.value for note in page.markdown)


def test_a_single_value_is_a_table_and_not_a_chart(app):
    page = visit(app, indicators="robberies", places="aurora", view="chart", **{"from": str(LAST), "to": str(LAST)})
    assert any("Only one value is known so far" in note.value for note in page.markdown)
    assert not page.get("vega_lite_chart")
    assert len(drawn(page)[0].findall(".//tbody/tr")) == 1


def test_where_only_other_places_have_values_their_months_are_offered(others):
    others.query_params["language"] = "en"
    page = others.run()
    assert not page.exception
    assert page.selectbox(key="month").options == ["December 2018", "November 2018"]


def test_a_chosen_place_brings_its_months(app, city, tmp_path, monkeypatch):
    shutil.copytree(city.folder, tmp_path / "both")
    load_another(Home(tmp_path / "both"))
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "both"))
    page = visit(app, indicators="robberies", places="bruma", **{"from": "2018-11", "to": "2018-12"})
    assert not page.exception
    assert (page.selectbox(key="from").value, page.selectbox(key="to").value) == ("2018-11", "2018-12")
    assert page.get("vega_lite_chart")
