"""The page Peers: its sentence counts its table, strips lie true, words say how sure, and a city without peers learns what to write."""

import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from dashboards import scores, standing
from dashboards.peers import about, chart, leads, listing, one, page, sets, strip, summing, who
from dashboards.peers.saying import Said
from dashboards.session import Session
from dashboards.words import translator
from data.indicators import Compared
from data.periods import Month
from kpis.peers.exported import frame
from kpis.peers.groups import PeerSet
from kpis.peers.standing import Least
from kpis.peers.worst_first import severity
from kpis.score import Reason
from tests import small_city
from tests.peered import BEST, MIDDLE, OWN, WORST, beside, improver, indicator, trend, unranked
from tests.peered import standing as made

PEERS = "pages/compare/peers.py"
MONTH = Month(2026, 10)


@pytest.fixture(scope="module")
def demo(demo_city) -> Session:
    return small_city.session(demo_city, "en", OWN, MONTH)


@pytest.fixture(scope="module")
def spanish(demo_city) -> Session:
    return small_city.session(demo_city, "es", OWN, MONTH)


@pytest.fixture(scope="module")
def drawn(demo) -> ElementTree.Element:
    """The page of the demo city beside its fifteen; that it parses says that no text broke out of it."""
    peers = sets.sets(demo)[0]
    return parsed(page.drawn(demo, peers, standing.of(demo, peers.places)))


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def text(element: ElementTree.Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).replace("\xa0", " ").split())


def rows(drawn: ElementTree.Element, look: str) -> list[ElementTree.Element]:
    """The rows of the first table with a class, without those that name a group."""
    found = next(each for each in drawn.iter("table") if look in each.attrib["class"].split())
    return [row for row in found.iter("tr") if row.find("td") is not None]


def cell(row: ElementTree.Element, title: str) -> str:
    return text(next(each.find("span") for each in row.iter("td") if each.attrib["data-name"] == title))


def section(drawn: ElementTree.Element, title: str) -> ElementTree.Element:
    return next(each for each in drawn.iter("section") if text(each.find("h2")) == title)


def test_the_sentence_counts_what_the_rows_of_the_table_say(demo, drawn):
    """Recomputed from the words of the table; where neither way is better there is nothing to count."""
    gaps = [cell(row, "Against the median") for row in rows(drawn, "standings")]
    neutral = [each.indicator for each in standing.of(demo, sets.sets(demo)[0].places).values() if not each.sign and each.position]
    told = text(drawn.find("p"))
    better, worse = (sum(gap.endswith(word) for gap in gaps) for word in ("better", "worse"))
    alike = gaps.count("no real difference")
    plain = rows(drawn, "neutral")
    assert neutral and {text(row.find("th/a")) for row in plain} == {demo.say(each.name) for each in neutral}
    assert not any("Position" in each.attrib.values() for row in plain for each in row), "nobody is first or last of what has no better end"
    assert all(re.search(r"(more|less|no real difference)$", cell(row, "Against the median")) for row in plain)
    assert better and worse and alike, "a sentence that counts nothing proves nothing"
    said = re.fullmatch(
        r"Of (\d+) indicators: better than the median of the peers in (\d+), no real difference in (\d+), worse in (\d+)\.", told
    )
    assert said, told
    assert [int(number) for number in said.groups()] == [better + alike + worse, better, alike, worse]


def test_themes_and_indicators_begin_with_the_worst_gap(demo, drawn):
    found = standing.of(demo, sets.sets(demo)[0].places)
    by_name = {demo.say(each.indicator.name): each for each in found.values() if each.position and each.sign}
    shown = [by_name[text(row.find("th/a"))] for row in rows(drawn, "standings")]
    assert len(shown) == len(by_name)
    first = shown[0]
    assert first.verdict == "worse" and severity(first) == min(severity(each) for each in shown if each.verdict == "worse")
    for theme in {each.indicator.theme for each in shown}:
        inside = [each for each in shown if each.indicator.theme == theme]
        assert shown.index(inside[-1]) - shown.index(inside[0]) == len(inside) - 1, "a theme stands together"
        assert [severity(each) for each in inside if each.verdict == "worse"] == sorted(
            severity(each) for each in inside if each.verdict == "worse"
        )


def test_each_row_leads_to_its_indicator_and_draws_every_peer(demo, drawn):
    peers = sets.sets(demo)[0]
    for name, row in zip(_ranked(demo, peers), rows(drawn, "standings"), strict=True):
        link = row.find("th/a")
        assert link is not None and link.attrib["href"] == f"peers?place={OWN}&month=2026-10&language=en&peers=nearest&indicator={name}"
        known = [each for each in standing.of(demo, peers.places)[name].peers if each.value is not None]
        assert len([dot for dot in row.iter("circle") if "peer" in dot.attrib["class"]]) == len(known)
        assert len([dot for dot in row.iter("circle") if dot.attrib["class"] == "own"]) == 1


def _ranked(session: Session, peers: PeerSet) -> list[str]:
    """Indicators in the order of the table."""
    found = [each for each in standing.of(session, peers.places).values() if each.position and each.sign]
    return [each.indicator.id for _theme, held in listing.by_theme(session, found) for each in held]


def test_who_the_peers_are_and_why_these(demo, drawn):
    against, found = section(drawn, "Against whom"), sets.neighbours(demo)
    assert found is not None
    names = [demo.say(demo.definitions.place[each.place].name) for each in found.nearest]
    assert [text(each) for each in against.iter("li")] == names
    assert "never by how well they do" in text(against)
    assert [text(row.find("th")) for row in rows(against, "reasons")] == names
    assert all(cell(row, "Why") for row in rows(against, "reasons"))
    distances = [float(cell(row, "Distance")) for row in rows(against, "reasons")]
    assert distances == sorted(distances) and 0 <= distances[0] <= distances[-1] <= 1
    assert len(rows(against, "stability")) == len(found.variables)


def test_where_nobody_is_left_out_nobody_was_chosen(demo_city):
    district = small_city.session(demo_city, "en", "puerto_bruma", MONTH)
    peers = sets.sets(district)[0]
    assert sets.name(district, peers) == f"All {len(peers.places)}, the most alike first"
    shown = parsed(who.block(district, peers))
    assert "Every place of its kind, the one most like" in text(shown) and "cities" not in text(shown)
    assert [each.attrib["class"] for each in shown.iter("table") if "stability" in each.attrib["class"]] == []


def test_a_variable_that_is_not_used_is_named(demo, monkeypatch):
    found = sets.neighbours(demo)
    assert found is not None and not found.not_used
    assert "Not used, because" not in who.block(demo, sets.sets(demo)[0])
    monkeypatch.setattr(sets, "neighbours", lambda _session: replace(found, not_used=("rain",)))
    told = who.block(demo, sets.sets(demo)[0])
    assert f"Not used, because not known of this place or the same everywhere: {who.variable(demo, 'rain')}." in told


def test_what_has_no_position_is_listed_with_its_reason_unless_the_city_does_not_measure_it(demo):
    why = {"why": Reason("no peer has a figure of it"), "cure": Reason("choose other peers")}
    undivided = unranked(**why, own=beside(OWN, None, raw=120.0, marks=("not_divided",)))
    found = {"a": made(), "b": unranked(**why), "c": undivided, "d": unranked(**why, own=beside(OWN, None))}
    shown = rows(parsed(listing.block(demo, sets.sets(demo)[0], found)), "unranked")
    assert [cell(row, "Value") for row in shown] == ["24.0 days", "120.0 days"]
    assert {cell(row, "Why it is not compared") for row in shown} == {"No peer has a figure of it; choose other peers"}


def test_what_next_begins_with_the_worst_and_says_what_others_did(demo, drawn):
    found = standing.of(demo, sets.sets(demo)[0].places)
    asked = leads.asking(found.values())[: leads.MOST]
    shown = section(drawn, "What next").findall("ul/li")
    assert [text(each.find("a")) for each in shown] == [demo.say(each.indicator.name) for each in asked]
    for each, lead in zip(asked, shown, strict=True):
        links = [link.attrib["href"] for link in lead.iter("a")]
        assert any(link.startswith("explorer?") and f"indicators={each.indicator.id}" in link for link in links)
    assert "practices" in " ".join(each.attrib["href"] for each in section(drawn, "What next").iter("a"))


def test_what_loses_ground_is_a_lead_too_and_a_city_without_any_is_told_so(demo):
    losing = made(verdict="no_difference", gap=1.0, trend=trend(-3.0, "losing"))
    assert leads.asking([made(verdict="better"), losing, made()])[1] is losing
    assert len(leads.asking([made(trend=trend(-6.0, "losing"))])) == 1, "what is worse and loses ground is one thing"
    assert leads.asking([made(verdict="better"), made(verdict="no_difference", trend=trend(0.1, "steady"))]) == []
    told = leads.block(demo, sets.sets(demo)[0], {"wait": made(verdict="better", gap=-4.0)})
    assert "Nothing is worse than among the peers" in told and "cannot be told" not in told


def test_where_nothing_can_be_told_nobody_is_told_that_nothing_is_worse(demo):
    peers, untold = sets.sets(demo)[0], made(verdict=None, least=None)
    for found in ({}, {"wait": untold}, {"wait": unranked(Reason("no peer has a figure of it"))}, {"wait": made(sign=0, verdict="higher")}):
        told = leads.block(demo, peers, found)
        assert "Nothing can be told yet" in told and "worse" not in told
    some = leads.block(demo, peers, {"wait": untold, "other": made(verdict="better", gap=-4.0)})
    assert "Nothing is worse than among the peers" in some and "Of 1 indicator it cannot be told." in some


def test_without_a_better_end_there_is_no_position_in_words(demo):
    plain = Said(demo, made(sign=0, verdict="higher", between=(2, 4)))
    assert (plain.position(), plain.between(), one.sure(plain)) == ("neither way is better", "", "")
    said = "24.0 days, 4.0 days more than the median of the peers; neither more nor less is better."
    assert leads.stands(plain).replace("\xa0", " ") == one.sentence(plain).replace("\xa0", " ") == said
    assert {cell(row, "Position") for row in rows(parsed(one.places(plain)), "everyone")} == {"–"}
    table = frame({"wait": made(sign=0, verdict="higher")}, demo.definitions, "en")
    assert table["rank"].to_list() == [None] * 4


def test_of_too_few_peers_the_page_says_so_and_provisional_ones_are_counted(demo):
    lonely = made(peers=(beside(BEST, 10.0, 1), beside(MIDDLE, None), beside(WORST, None)), of=2, position=2, verdict=None)
    assert Said(demo, lonely).least() == "Compared are 1 of 3 peers: too few to call anything better or worse."
    assert "4.0 days more" in Said(demo, lonely).gap().replace("\xa0", " ")
    early = made(peers=(beside(BEST, 10.0, 1, marks=("provisional",)), beside(MIDDLE, 20.0, 2)))
    assert Said(demo, early).flags() == ["1 provisional"]
    assert Said(demo, early).marks(beside(WORST, None, marks=("none",), missing="sensor broken")) == "no value: sensor broken"


def test_nobody_is_counted_where_neither_way_is_better_and_what_cannot_be_told_is_said():
    _ = translator("en_GB")
    found = [made(), made(sign=0, verdict="higher"), made(verdict=None, least=None), unranked(Reason("no peer has a figure of it"))]
    assert summing.sentence(found, _) == "Of 2 indicators: worse in 1, 1 cannot be told."
    assert summing.sentence([], _) == "No indicator can be compared with these peers yet."


def circles(drawn: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for dot in parsed(drawn).iter("circle"):
        found.setdefault(dot.attrib["class"], []).append(float(dot.attrib["cx"]))
    return found


def test_a_strip_has_the_better_on_its_right_whichever_way_that_is():
    lower, higher = circles(strip.strip(made(), "said")), circles(strip.strip(made(sign=1), "said"))
    left, right = strip.MARGIN, strip.WIDTH - strip.MARGIN
    assert lower["peer"] == [right, (left + right) / 2, left]
    assert higher["peer"] == [left, (left + right) / 2, right]
    assert lower["own"][0] == pytest.approx(left + (right - left) * 0.3) and higher["own"][0] == pytest.approx(left + (right - left) * 0.7)


def test_a_strip_shows_the_median_what_is_like_it_and_who_is_not_ranked():
    peers = (beside(BEST, 10.0, 1), beside(MIDDLE, 20.0, 2), beside(WORST, 30.0, None, marks=("other_period",)), beside("nobody", None))
    drawn = strip.strip(made(peers=peers), "6 days & more")
    assert circles(drawn)["peer unranked"] == [strip.MARGIN]
    picture = parsed(drawn).find("svg")
    assert picture is not None and picture.attrib["aria-label"] == "6 days & more"
    band, tick = picture.find("rect"), picture.find("path")
    assert band is not None and tick is not None
    middle = strip.WIDTH / 2
    assert tick.attrib["d"].startswith(f"M{middle:.1f} ")
    x, width = float(band.attrib["x"]), float(band.attrib["width"])
    assert x + width / 2 == pytest.approx(middle, abs=0.1)
    assert width == pytest.approx((strip.WIDTH - 2 * strip.MARGIN) * 4 / 20, abs=0.1), "two days to both sides, of twenty across"


def test_a_strip_holds_where_nothing_sets_places_apart_and_is_none_where_nobody_is_beside():
    alike = made(own=beside(OWN, 5.0, 1), peers=(beside(BEST, 5.0, 1),), median=5.0, gap=0.0, least=Least(0.0, "movement"))
    assert circles(strip.strip(alike, "")) == {"peer": [strip.WIDTH / 2], "own": [strip.WIDTH / 2]}
    assert strip.strip(made(peers=(beside(BEST, None),)), "") == ""


def test_one_place_alone_stands_on_a_scale_that_holds_every_interval():
    wide = beside(OWN, 24.0, 3, low=0.0, high=40.0)
    drawn = strip.dot(made(own=wide), wide)
    left, right = strip.MARGIN, strip.WIDTH - strip.MARGIN
    reach = parsed(drawn).find("svg/path[@class='reach']")
    assert reach is not None and reach.attrib["d"] == f"M{right:.1f} 13.0H{left:.1f}"
    assert circles(drawn) == {"own": [pytest.approx(left + (right - left) * 0.4, abs=0.1)]}
    worst = made(own=wide).peers[2]
    assert circles(strip.dot(made(own=wide), worst)) == {"peer": [pytest.approx(left + (right - left) * 0.25, abs=0.1)]}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "4.0 days worse"),
        ({"gap": -4.0, "verdict": "better"}, "4.0 days better"),
        ({"gap": 1.0, "verdict": "no_difference"}, "no real difference"),
        ({"gap": 0.0, "verdict": None}, "no real difference"),
        ({"sign": 0, "verdict": "higher"}, "4.0 days more"),
        ({"sign": 0, "gap": -4.0, "verdict": "lower"}, "4.0 days less"),
        ({"gap": 4.0, "verdict": None, "least": None}, "4.0 days more"),
        ({"gap": -4.0, "verdict": None, "least": None}, "4.0 days less"),
        ({"gap": None, "verdict": None}, "–"),
    ],
)
def test_a_gap_is_said_in_its_own_unit_and_only_where_it_is_real(demo, more, said):
    assert Said(demo, made(**more)).gap().replace("\xa0", " ") == said


def test_a_position_says_where_it_may_lie_and_why_there_is_none(demo, spanish):
    sure = Said(demo, made())
    assert (sure.position(), sure.between(), one.sure(sure)) == ("3rd of 4", "", "")
    unsure = made(shared=True, between=(2, 4))
    assert Said(demo, unsure).position() == "3rd of 4, shared"
    assert Said(demo, unsure).between() == "may be 2nd to 4th"
    assert one.sure(Said(demo, unsure)) == "Real differences alone put it between 2nd and 4th."
    assert Said(spanish, unsure).position() == "3.º de 4, compartido"
    assert Said(spanish, unsure).between() == "puede ser del 2.º al 4.º"
    none = Said(demo, unranked(Reason("no peer has a figure of it"), Reason("choose other peers")))
    assert (none.position(), none.why()) == ("not ranked", "No peer has a figure of it; choose other peers")


def test_how_sure_a_gap_is_and_how_it_went(demo):
    assert Said(demo, made()).least().replace("\xa0", " ") == (
        "Less than 2.0 days is no real difference: twice the usual movement between two periods."
    )
    assert Said(demo, made(least=None, verdict=None)).least() == "Nothing is known by which a real difference could be told."
    told = [Said(demo, made(trend=trend(gain, course))).trend().replace("\xa0", " ") for gain, course in ((6, "gaining"), (-6, "losing"))]
    assert told == ["6.0 days gained since Jun 2025", "6.0 days lost since Jun 2025"]
    assert Said(demo, made(trend=trend(0.5, "steady"))).trend() == "no real change since Jun 2025"
    assert Said(demo, made()).trend() == ""
    assert Said(demo, made(trend=trend(0.001, None), least=None, verdict=None)).trend() == "", "nothing tells whether it is real"


def test_a_count_is_said_by_what_it_is_divided_by_with_digits_that_say_something(demo, spanish):
    figures = {"own": beside(OWN, 0.0241, 2), "peers": (beside(BEST, 0.02, 1),), "median": 0.02, "gap": 0.0041, "least": None}
    residents = made(per=Compared(per=1000), **figures)
    assert Said(demo, residents).value(0.0241).replace("\xa0", " ") == "0.0241 days per 1,000 residents"
    assert Said(spanish, residents).unit == "days por cada 1.000 habitantes"
    households = made(per=Compared(by="households", per=1000), by={"en": "Households", "es": "Hogares"})
    assert Said(demo, households).unit == "days per 1,000 households"
    assert Said(demo, made(per=Compared(per=1))).unit == "days per resident"
    assert Said(demo, made()).unit == "days"


def test_what_must_be_known_of_figures_is_said_in_words(demo):
    peers = (
        beside(BEST, 10.0, 1, marks=("provisional",)),
        beside(MIDDLE, 20.0, marks=("other_period",)),
        beside(WORST, 30.0, marks=("definition",), differs={"en": "only weekdays", "es": "solo laborables"}),
    )
    said = Said(demo, made(own=beside(OWN, 24.0, 2, marks=("provisional",)), peers=peers))
    assert said.flags() == ["provisional", "1 of another period", "1 measures it otherwise", "1 provisional"]
    assert [said.marks(each) for each in peers] == ["provisional", "of another period, not ranked", "measured otherwise: only weekdays"]


def test_one_indicator_large_orders_everybody_and_shows_where_it_came_from(demo):
    found = made(
        trend=trend(6, "gaining"), improver=improver(), peers=(*made().peers, beside("puente_sonado", 15.0, marks=("definition",)))
    )
    said, peers = Said(demo, found), sets.sets(demo)[0]
    drawn = parsed(one.top(said, peers) + one.learnt(said))
    assert text(drawn.find("p[@class='headline']")) == "3rd of 4, at 24.0 days: 4.0 days worse than the median of the peers."
    table = rows(drawn, "everyone")
    assert [text(row.find("th")) for row in table] == ["Saint Example", "Story River", "Villa Quimera", "Mount Perhaps", "Dreamt Bridge"]
    assert [cell(row, "Position") for row in table] == ["1", "2", "3", "4", "–"]
    assert [text(row.find("th/b")) for row in table if row.find("th/b") is not None] == ["Villa Quimera"]
    assert text(section(drawn, "Who improved most")).endswith("Saint Example improved most: from 16.0 to 10.0 days in 3 years.")
    lines = chart.rows(said, found.trend)  # pyright: ignore[reportArgumentType]
    assert lines.filter("strong")["value"].drop_nulls().to_list() == [30.0, 24.0]
    assert set(lines["text"].drop_nulls()) == {"Villa Quimera", "Median of the peers"}
    assert "24.0 days at the end" in chart.described(said, found.trend).replace("\xa0", " ")  # pyright: ignore[reportArgumentType]


def test_one_without_a_position_says_why(demo):
    why = {"why": Reason("no peer has a figure of it"), "cure": Reason("choose other peers")}
    assert one.sentence(Said(demo, unranked(**why))).replace("\xa0", " ") == (
        "24.0 days. Not ranked: No peer has a figure of it; choose other peers."
    )
    assert one.sentence(Said(demo, unranked(**why, own=beside(OWN, None)))) == "No peer has a figure of it; choose other peers"


def test_a_name_that_is_markup_stays_text(demo):
    hostile = made(indicator=indicator(name=small_city.HOSTILE, unit=small_city.HOSTILE))
    peers = sets.sets(demo)[0]
    drawn = parsed(page.drawn(demo, peers, {"wait": hostile}) + one.top(Said(demo, hostile), peers))
    assert drawn.find(".//img") is None and small_city.HOSTILE in unescape(text(drawn))


def test_every_set_has_its_name_and_its_reason(demo, spanish):
    _, found = translator("en_GB"), {each.id: each for each in sets.sets(demo)}
    assert sets.name(demo, found["nearest"]) == "The 15 most alike" and sets.name(spanish, found["nearest"]) == "Las 15 más parecidas"
    assert sets.name(demo, found["all"]) == "All (23)"
    assert len({sets.name(demo, each) for each in found.values()}) == len({who.why(demo, each, _) for each in found.values()}) == len(found)
    size = found["size"]
    assert "250,000 to 500,000 residents" in sets.name(demo, size)
    assert sets.name(demo, replace(size, low=None)) == "Of its size: under 500,000 residents"
    assert sets.name(demo, replace(size, high=None)) == "Of its size: 250,000 residents or more"
    assert who.block(demo, found["all"]).count("<li") == 23


def test_the_download_holds_every_figure_of_the_page(demo):
    peers = sets.sets(demo)[0]
    found = standing.of(demo, peers.places)
    taken = frame(found, demo.definitions, demo.language)
    assert taken.height == len(found) * 16
    assert pl.read_parquet(page.as_parquet(taken)).equals(taken)
    told = page.about(demo, peers)
    assert told["Peers"] == "The 15 most alike" and "never by how well they do" in told["Chosen"]


def test_a_goal_stands_beside_its_peers_where_the_city_compares_itself(demo):
    score = next(each for each in scores.judged(demo) if each.kpi.id == "bus_punctuality")
    told = parsed(about.block(demo, score))
    found = standing.of_goal(demo, score, sets.sets(demo)[0].places)
    assert found is not None and found.position
    assert text(told).startswith("Beside its peers") and Said(demo, found).position().capitalize() in text(told)
    assert told.find(".//a[@href]") is not None
    city = demo.definitions.city.model_copy(update={"modules": tuple(each for each in demo.definitions.city.modules if each != "compare")})
    definitions = replace(demo.definitions, city=city)
    assert about.block(replace(demo, definitions=definitions), score) == ""


def opened(app, home: Path, monkeypatch, **asked: str):
    monkeypatch.setenv("MANDATO_HOME", str(home))
    app.query_params["language"] = "en"
    app.run()
    for key, value in asked.items():
        app.query_params[key] = value
    return app.switch_page(PEERS).run()


def shown(app) -> str:
    return "\n".join([each.value.replace("\\", "") for each in [*app.markdown, *app.header]])


def test_a_city_with_peers_and_no_traits_is_compared_and_told_what_to_write(city, app, monkeypatch):
    """And a link to other peers, or to an indicator that is not measured, is answered with what there is."""
    opened(app, city.folder, monkeypatch, peers="group:nowhere", indicator="nothing")
    assert not app.exception
    assert "The most alike are not known yet" in shown(app) and "traits:" in app.code[0].value
    assert "The link names an indicator that is not known here" in shown(app)
    assert "The link asks for peers that do not exist, group:nowhere" in shown(app)
    app.query_params["indicator"] = "answered"
    app.run()
    assert not app.exception
    panel = app.main.get("bidi_component")[0].proto.bytes.decode()
    assert "Goal answered" in panel and "Bruma" in panel


def test_a_city_that_is_the_only_one_learns_what_would_be_here(city, app, tmp_path, monkeypatch):
    home = Path(shutil.copytree(city.folder, tmp_path / "alone"))
    places = home / "data" / "places.yaml"
    kept = [line for line in places.read_text(encoding="utf-8").splitlines() if "id: bruma" not in line]
    places.write_text("\n".join(kept) + "\n", encoding="utf-8")
    opened(app, home, monkeypatch)
    assert not app.exception
    assert "Nobody to compare with yet" in shown(app) and "traits:" in app.code[0].value
    places.write_text(places.read_text(encoding="utf-8") + "traits: [{id: income}]\n", encoding="utf-8")
    app.run()
    assert not app.exception
    assert "A definition needs mending" in app.warning[0].value and "places.yaml" in app.warning[0].value.replace("\\", "")
    assert "Nobody to compare with yet" in shown(app), "the last valid ones hold"
