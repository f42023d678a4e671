"""The page of one appraisal and the list of all: what comes first, what every number stands on, and what a broken file says."""

import shutil
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import curves, palette
from dashboards.appraisals import criteria, effects, groups, options, ready, risks, worth
from dashboards.appraisals.shown import Shown
from data.home import Home
from kpis.appraisals.cost_benefit import RATES, Returns
from kpis.appraisals.evaluability import POINTS
from kpis.appraisals.weighing import weigh
from tests.appraised import appraisal, flows
from tests.dashboards.conftest import session_of
from tests.small_city import HOSTILE, LAST

PAGE = "pages/policy/appraisal.py"
GOOD = """appraisal: town
name: "<b>Lamps</b> & more"
question: Which lamps?
indicator: robberies
starts: 2026-09
rate: 4
outcome: {name: Robberies fewer, unit: per 10 000}
options:
  - {id: idle, name: Go on, nothing: true, scores: {safety: 0, works: 0}}
  - id: lights
    name: "<i>Lights</i>"
    effect: 3
    scores: {safety: 3.5, works: 6}
    flows:
      - {year: 2027, cost: 1000000}
      - {year: 2028, benefit: 1300000}
  - id: patrols
    name: Patrols
    effect: 2
    scores: {safety: 4, works: 1}
    flows:
      - {year: 2027, cost: 3000000}
      - {year: 2028, benefit: 2900000}
criteria:
  - {id: safety, name: Safety, weight: 0.6}
  - {id: works, name: Works, weight: 0.4, better: lower}
risks:
  - {name: Theft of lamps, option: lights, probability: 3, impact: 4, owner: police}
  - {name: Rain, probability: 1, impact: 2}
groups:
  - {name: North, people: 1000, income: 5, gains: {lights: 400}}
  - {name: South, people: 2000, income: 9, gains: {lights: 300}, pays: {lights: 500}}
evaluation: {problem: Too many robberies}
"""


@pytest.fixture
def visit(city, app, tmp_path, monkeypatch) -> Callable[..., AppTest]:
    """The page in a city that has these appraisals."""

    def open_page(files: dict[str, str], **asked: str) -> AppTest:
        home = Home(tmp_path / "weighing")
        shutil.copytree(city.folder, home.folder)
        home.options.mkdir(exist_ok=True)
        for name, content in files.items():
            (home.options / f"{name}.yaml").write_text(content, encoding="utf-8")
        monkeypatch.setenv("MANDATO_HOME", str(home.folder))
        app.query_params["language"] = "en"
        app.run()
        for key, value in asked.items():
            app.query_params[key] = value
        return app.switch_page(PAGE).run()

    return open_page


def drawn(app: AppTest) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(f"<div>{panel.proto.bytes.decode()}</div>") for panel in app.main.get("bidi_component")]


def html(told: str) -> ElementTree.Element:
    """That it parses says that no text broke out of it."""
    return ElementTree.fromstring(f"<div>{told}</div>")


def text(element: ElementTree.Element | None) -> str:
    assert element is not None
    return "".join(element.itertext()).replace("\xa0", " ")


def table(panel: ElementTree.Element, number: int = 0) -> list[list[str]]:
    found = list(panel.iter("table"))[number]
    return [[text(cell) for cell in row] for row in found.iter("tr")]


def test_the_answer_comes_first_and_then_the_options_side_by_side(visit):
    page = visit({"town": GOOD}, appraisal="town")
    assert not page.exception
    assert page.title[0].value == "\\<b\\>Lamps\\</b\\> \\& more"
    first = drawn(page)[0]
    headline = text(first.find("p[@class='headline']"))
    assert headline.startswith("“Patrols” is best by the criteria, and so it is under ")
    assert headline.endswith("; “<i>Lights</i>” is worth more in money, at a rate of 4 %.")
    rows = table(first)
    assert [row[0].split("comes out")[0].strip() for row in rows[1:]] == ["Go on", "<i>Lights</i>", "Patrols"]
    assert "comes out best" in rows[3][0] and "comes out best" not in rows[2][0]
    by_name = dict(zip(rows[0], rows[2], strict=True))
    assert by_name["Net present value, EUR"] == "250,000"
    assert (by_name["Benefits per unit of cost"], by_name["Internal rate of return"], by_name["Money is back by the end of"]) == (
        "1.25", "30.0 %", "2028",
    )  # fmt: skip
    assert dict(zip(rows[0], rows[3], strict=True))["Money is back by the end of"] == "never in these years"


def test_the_share_in_the_headline_is_that_of_the_table_and_of_the_longest_bar(visit):
    page = visit({"town": GOOD}, appraisal="town")
    first, *_others, parts = drawn(page)
    rows = table(first)
    shares = {row[0]: dict(zip(rows[0], row, strict=True))["Best under, of all weights"] for row in rows[1:]}
    best = next(share for name, share in shares.items() if "comes out best" in name)
    assert f"under {best} of all possible weights" in text(first.find("p[@class='headline']"))
    bars = {item.attrib["data-option"]: text(item.find("b")) for item in parts.iter("li") if "data-option" in item.attrib}
    assert bars["patrols"] == best
    widths = [int(share.split()[0]) for share in bars.values()]
    assert (widths, sum(widths) in (99, 100, 101)) == (sorted(widths, reverse=True), True)


def test_every_part_stands_on_the_page_once(visit):
    page = visit({"town": GOOD}, appraisal="town")
    titles = [text(title) for panel in drawn(page) for title in panel.iter("h2")]
    assert titles == [
        "What to know before deciding", "The options side by side", "How much hangs on the weights", "What a unit of the outcome costs",
        "What could go wrong", "Who gains and who pays", "Can it be found out later whether it worked?",
    ]  # fmt: skip
    assert [header.value for header in page.header] == ["“\\<i\\>Lights\\</i\\>” is worth the most at any rate from 0 to 12 %"]


def test_what_speaks_against_it_is_said_below_the_answer(visit):
    first = drawn(visit({"town": GOOD}, appraisal="town"))[0]
    said = [text(line) for line in first.iter("li")]
    assert "Serious risks without an owner or a measure: 1." in said


def test_a_name_that_tries_to_be_markup_stays_text(visit):
    hostile = (
        GOOD.replace("name: Patrols", f'name: "{HOSTILE}"').replace("name: North", f'name: "{HOSTILE}"').replace("Rain", f'"{HOSTILE}"')
    )
    page = visit({"town": hostile}, appraisal="town")
    assert not page.exception
    assert all(list(panel.iter("img")) == [] for panel in drawn(page))


def test_an_appraisal_that_is_not_there_says_which_are(visit):
    page = visit({"town": GOOD}, appraisal="bridge")
    assert [header.value for header in page.header] == ["This appraisal is not here"]
    assert not page.exception


def test_where_none_is_written_it_says_what_would_be_here(visit):
    page = visit({})
    assert any("None is written down yet." in shown.value for shown in page.markdown)


def test_a_broken_file_is_named_with_its_line_and_hides_no_other(visit):
    page = visit({"town": GOOD, "other": GOOD.replace("appraisal: town", "appraisal: other").replace("weight: 0.6", "weight: 0.5")})
    said = " ".join(shown.value for shown in page.markdown)
    assert "kpis/options/other\\.yaml, line 25" in said and "the weights sum to 0\\.9, not to 1" in said
    assert not page.exception


def test_the_page_needs_no_figures(visit, monkeypatch, tmp_path):
    page = visit({"town": GOOD}, appraisal="town")
    shutil.rmtree(tmp_path / "weighing" / "data" / "store")
    page.run()
    assert not page.exception
    assert text(drawn(page)[0].find("p[@class='headline']")).startswith("“Patrols”")


@pytest.fixture
def one(session) -> Callable[..., Shown]:
    def weighed(told_options, **more) -> Shown:
        return Shown(session, weigh(appraisal(told_options, **more), session.definitions, session.catalogue, session.held))

    return weighed


def test_several_internal_rates_are_said_in_words_and_never_one_of_them(one):
    found = one({"mine": {"flows": flows([100, 0, 132], [0, 230, 0])}}, rate=4.0)
    rows = table(html(options.table(found)))
    assert dict(zip(rows[0], rows[2], strict=True))["Internal rate of return"] == "several: 10.0 %, 20.0 %; none of them says anything"
    assert options.returns(found, Returns("none")) == "none"


def test_an_appraisal_of_money_alone_has_no_other_part(one):
    found = one({"mine": {"flows": flows([100, 0], [0, 230])}}, rate=4.0)
    assert [part.block(found) for part in (criteria, effects, risks, groups)] == ["", "", "", ""]
    titles = table(html(options.table(found)))[0]
    assert titles == [
        "Option",
        "Net present value, EUR",
        "Benefits per unit of cost",
        "Internal rate of return",
        "Money is back by the end of",
    ]


def test_the_curves_are_the_worths_at_each_rate_and_the_rate_in_force_is_marked(one):
    found = one({"mine": {"flows": flows([3_000_000, 0], [0, 4_000_000])}}, rate=4.0)
    assert found.found.worths is not None
    rows = worth.rows(found, found.found.worths, 1_000_000.0)
    line = rows.filter((rows["series"] == "mine") & rows["text"].is_null())
    assert line["rate"].to_list() == list(map(float, RATES))
    assert line["value"].to_list() == pytest.approx([4 / (1 + rate / 100) - 3 for rate in RATES])
    assert rows.filter(rows["series"] == "idle")["value"].drop_nulls().unique().to_list() == [0]
    marked = rows.filter(rows["series"] == curves.DECLARED)
    assert (marked["rate"].to_list(), marked["text"].to_list()) == ([4.0], ["declared: 4 %"])
    assert rows.filter(rows["at"].is_not_null()).select("series", "text").rows() == [("idle", "Idle"), ("mine", "mine")]


def test_where_the_best_changes_with_the_rate_the_title_says_so(one):
    soon, late = flows([100, 0, 0, 0], [0, 130, 0, 0]), flows([100, 0, 0, 0], [0, 0, 0, 160])
    found = one({"soon": {"flows": soon}, "late": {"flows": late}}, rate=4.0)
    assert found.found.worths is not None
    assert worth._finding(found, found.found.worths, found.words) == "Which option is worth the most hangs on the rate"
    never = one({"dear": {"flows": flows([100, 0], [0, 50])}}, rate=4.0)
    assert never.found.worths is not None
    assert worth._finding(never, never.found.worths, never.words).startswith("At no rate from 0 to 12 %")


def test_the_chart_is_one_specification_for_a_palette_and_holds_no_data():
    built = curves.by_rate(palette.light(), "en_GB", "EUR")
    assert built is curves.by_rate(palette.light(), "en_GB", "EUR")
    assert "datasets" not in built and not any("data" in layer for layer in built["layer"])


def test_dominated_options_are_said_to_be_outdone(one):
    given = {name: {"flows": flows([cost], [0]), "effect": float(effect)} for name, (cost, effect) in {"a": (10, 5), "b": (20, 4)}.items()}
    found = one(given, rate=4.0, outcome={"name": "Points", "unit": "points"})
    rows = {row[0]: row[-1] for row in table(html(effects.block(found)))}
    assert rows["b"] == "outdone: “a” does no less for no more"
    assert (rows["Idle"], rows["a"]) == ("where one begins", "worth considering")


def test_the_numbers_in_the_matrix_are_those_of_the_list(one):
    found = one({"a": {"effect": None}}, risks=[{"name": "x", "probability": 1, "impact": 1}, {"name": "y", "probability": 5, "impact": 4}])
    block = html(risks.block(found))
    matrix, listed = table(block, 0), table(block, 1)
    assert matrix[0][4] == "1" and matrix[4][1] == "2"
    assert [row[0] for row in listed[1:]] == ["1. y", "2. x"]
    assert [row[1] for row in listed[1:]] == ["20extreme", "1low"]


def test_who_pays_more_than_they_gain_is_in_the_table_with_each_persons_part(one):
    people = [
        {"name": "North", "people": 10, "income": 1, "gains": {"a": 50}},
        {"name": "South", "people": 20, "income": 2, "gains": {"a": 10}, "pays": {"a": 50}},
    ]
    block = html(groups.block(one({"a": {}}, groups=people)))
    assert table(block)[2:] == [["North10 people", "50", "0", "50", "5.0"], ["South20 people", "10", "50", "-40", "-2.0"]]
    said = [text(line) for line in block.iter("li")]
    # the poorest two fifths are the ten of the north and two of the south: 50 + 1 of 60, and 5 of 50
    assert said[0].startswith("“a”: the poorest 40 % of the people get 85 % of the gains (more on the poor")
    assert said[1].startswith("“a”: the poorest 40 % of the people pay 10 % of the costs (more on the rich")


def test_the_points_are_those_of_the_answers_below_them(one):
    found = one({"a": {}}, indicator="robberies", starts="2026-09", evaluation={"problem": "x"})
    block = html(ready.block(found))
    answers = [item.attrib["class"] for item in block.iter("li")]
    points = sum(POINTS[answer] for answer in answers)  # pyright: ignore[reportArgumentType]
    assert text(block.find("p")).startswith(f"{points:g} of 8 things are there.")


def test_the_download_has_the_numbers_of_the_table(one):
    found = one({"mine": {"flows": flows([100, 0], [0, 130])}}, rate=4.0)
    frame = options.frame(found)
    assert frame["Net present value"].to_list() == [0, pytest.approx(25)]
    assert frame["Internal rate of return"].to_list() == [None, pytest.approx(0.3)]


def test_spanish_reads_as_spanish(city):
    reader = session_of(city, "aurora", LAST, "es_ES")
    told = appraisal({"a": {"flows": flows([100, 0], [0, 130])}}, rate=4.0)
    found = Shown(reader, weigh(told, reader.definitions, reader.catalogue, reader.held))
    assert "Valor actual neto, EUR" in table(html(options.table(found)))[0]


def test_names_that_would_lie_on_each_other_are_lifted_and_none_is_lowered():
    assert worth._upwards([5.0, 0.0, 0.4], 1.0) == [5.0, 0.0, 1.0]
    assert worth._upwards([0.0, 0.0, 0.5], 1.0) == [0.0, 1.0, 2.0]


def test_the_list_says_what_each_comes_to_and_names_a_broken_file(visit):
    page = visit({"town": GOOD, "other": GOOD.replace("appraisal: town", "appraisal: other").replace("rate: 4", "rate: 40")})
    listed = page.switch_page("pages/policy/assessments.py").run()
    assert not listed.exception
    (row,) = [row for panel in drawn(listed) for row in panel.iter("tr") if "Lamps" in text(row)]
    assert "appraisal=town" in next(link.attrib["href"] for link in row.iter("a"))
    cells = [text(cell) for cell in row]
    assert cells[1].startswith("“Patrols” is best by the criteria") and cells[2:] == ["3", "4 of 8"]
    assert any("kpis/options/other" in shown.value for shown in listed.markdown)
