"""Budget and works: what the page says first can be worked out again from the tables below it."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.plan.money import amounts, codes, depth, earned, figures, pace, phases, splits, told, tree, warnings, works
from dashboards.plan.money.known import Known
from data.access import Actor, Object, Role
from data.home import Home
from data.people import PROGRAM, add_person
from data.plans.adopting import adopt
from data.plans.document import LineEntry, NodeEntry, PlanDocument
from data.records.columns import canonical
from data.records.records import records
from data.records.tables import budget_line
from tests.conftest import ROOT
from tests.paid_plan import LINES, lines_of, plan
from tests.small_city import HOSTILE, build


def made(lines=LINES, limits=None) -> Known:
    found = plan(lines=lines)
    ids = dict(found.nodes.select("key", "id").iter_rows())
    placed = replace(found.tree.plan, place="aurora")
    object.__setattr__(found.tree, "plan", placed)
    return Known(found, lines_of(found, lines), {ids[key]: canonical(text) for key, text in (limits or {}).items()})


@pytest.fixture
def known() -> Known:
    return made(limits={"a1": {"es": "Sin terreno", "en": "No site"}})


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def text(element: ElementTree.Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).replace("\xa0", " ").split())


def rows(html: str, caption: str) -> list[list[str]]:
    """The cells of the table whose caption begins so, below its head."""
    found = next(table for table in parsed(html).iter("table") if text(table.find("caption")).startswith(caption))
    return [[text(cell) for cell in row] for row in found.findall("tbody/tr")]


def number(said: str) -> float:
    """1.234,5 or 1,234.5 EUR as a number, whichever has no decimals here."""
    return float(re.sub(r"[^\d]", "", said))


def test_the_headline_says_what_is_paid_and_where_money_runs_ahead(session, known):
    assert figures.sentence(session, known).replace("\xa0", " ") == (
        "42.3 % of the 3,900 euros in force is paid, and 79.5 % is committed. In 1 action payments run ahead of proved work, by 600 euros."
    )


def test_every_number_of_the_headline_stands_in_the_tables_below(session, known):
    *parts, whole = rows(tree.block(session, known, []), "Budget by part")
    assert whole[0] == "The whole plan"
    for column in range(1, len(whole) - 1):
        assert number(whole[column]) == sum(number(row[column]) for row in parts if row[column] != "–")
    budget, committed, paid = (
        sum(number(row[column]) for row in rows(splits.by_year(session, known), "Budget by year")) for column in (1, 2, 4)
    )
    said = figures.sentence(session, known).replace("\xa0", " ")
    assert said.startswith(f"{100 * paid / budget:.1f} % of the {budget:,.0f} euros in force is paid, and {100 * committed / budget:.1f} %")
    ahead = rows(pace.block(session, known), "Paid ahead")
    assert said.endswith(f"In {len(ahead)} action payments run ahead of proved work, by {sum(number(row[5]) for row in ahead):.0f} euros.")


def test_years_and_sources_add_up_to_the_budget(session, known):
    for html, caption in ((splits.by_year(session, known), "Budget by year"), (splits.by_source(session, known), "Budget by source")):
        assert sum(number(row[1]) for row in rows(html, caption)) == 3900
    assert [row[0] for row in rows(splits.by_year(session, known), "Budget by year")] == ["2025", "2026", "no year said"]
    assert rows(splits.by_source(session, known), "Budget by source")[0][:2] == ["own", "2,500"]


def test_the_basis_names_currency_years_and_which_budget(session, known):
    said = figures.basis(session, known)
    assert "Lines of 2025 to 2026. 1 line names no year." in said
    assert "Amounts in EUR" in said
    assert "as it was last modified, else as it was approved" in said


def test_the_first_level_is_shown_and_deeper_ones_on_demand_down_to_the_line(session, known):
    ids = dict(known.truth.nodes.select("key", "id").iter_rows())
    first = rows(tree.block(session, known, []), "Budget by part")
    assert [row[0] for row in first] == ["Axis A", "Axis B", "The whole plan"]
    opened = rows(tree.block(session, known, [ids["a"], ids["a1"]]), "Budget by part")
    assert [row[0] for row in opened][:4] == ["Axis A", "Bridge its page", "100.1own · 2025", "100.2state · 2026"]
    assert number(opened[0][1]) == number(first[0][1])
    assert number(opened[2][1]) + number(opened[3][1]) == number(opened[1][1]) == 1900


def test_a_row_that_is_open_says_so_and_closes(session, known):
    ids = dict(known.truth.nodes.select("key", "id").iter_rows())
    links = [link for link in parsed(tree.block(session, known, [ids["a"]])).iter("a") if link.get("role") == "button"]
    state = {text(link): (link.attrib["aria-expanded"], link.attrib["href"].rpartition("open=")[2]) for link in links}
    assert state["Axis A"] == ("true", "")
    assert state["Axis B"] == ("false", f"{ids['a']}%2C{ids['b']}")


def test_a_budget_code_leads_to_the_actions_that_it_pays(session, known):
    listed = {row[0]: row for row in rows(codes.block(session, known, ""), "Budget codes")}
    assert set(listed) == {"100.1", "100.2", "200", "300"}
    assert listed["100.1"][2:4] == ["2025–2026", "1,500"]
    one = rows(codes.block(session, known, "100.1"), "What budget code 100.1 pays")
    assert [(row[0][:6], row[1], row[2]) for row in one] == [("Bridge", "2025", "1,000"), (HOSTILE[:6], "2026", "500")]


def test_money_ahead_of_work_says_why_it_matters_and_the_reverse_is_there_too(session, known):
    html = pace.block(session, known)
    assert rows(html, "Paid ahead")[0] == ["Bridge", "Late", "10 %", "40 %", "30 points", "600 EUR", "Security"]
    assert rows(html, "Proved ahead")[0][:5] == ["Clinic", "Under way", "60 %", "10 %", "50 points"]
    assert "the less the city can still withhold" in text(parsed(html))
    assert "1 action was paid 400 euros and has no stages" in text(parsed(html))


def test_a_plan_whose_money_and_work_go_together_says_so(session):
    html = pace.block(session, made({"a1": [{"code": "1", "initial": 100, "paid": 10}]}))
    assert "In no action are payments 5 points or more ahead of proved work." in text(parsed(html))


def test_amounts_that_rise_are_shown_both(session, known):
    found = rows(warnings.block(session, known), "2 amounts")
    assert [row[1:] for row in found] == [
        ["Budget in force: 500 EUR", "Committed: 600 EUR", "100 EUR"], ["Accrued: 300 EUR", "Paid: 350 EUR", "50 EUR"],
    ]  # fmt: skip
    assert warnings.block(session, made({"a1": [{"code": "1", "initial": 100, "modified": 120, "committed": 90}]})) == ""


def test_works_stand_under_their_districts_and_none_is_dropped(session, known):
    listed = rows(works.block(session, known, works.ALL, 1), "Key works, in each")
    assert [row[0] for row in listed if len(row) == 1] == ["Old Centre", "Harbour", "Outside any neighbourhood"]
    names = [row[0] for row in listed if len(row) > 1]
    assert (len(names), names[0], names[2]) == (3, "Bridge", "ParkAuroranot on the map")
    assert next(row for row in listed if row[0] == "Bridge")[3] == "No site"


def test_the_works_sentence_counts_what_the_list_shows(session, known):
    html = works.block(session, known, works.ALL, 1)
    listed = [row for row in rows(html, "Key works, in each") if len(row) > 1]
    said = text(parsed(html).find("p[@class='why']"))
    assert said.startswith("3 key works for 2,500 euros: 1 is late, 1 is finished. The furthest behind is Bridge: ")
    assert (len(listed), sum(row[1] == "Late" for row in listed), sum(row[1] == "Implemented" for row in listed)) == (3, 1, 1)
    together = rows(html, "Key works by neighbourhood")
    assert [row[:4] for row in together if row[0] == "Old Centre"] == [["Old Centre", "1", "1", "0"]]


def test_a_district_shows_its_works_alone_and_the_way_back(session, known):
    html = works.block(session, known, "centro", 1)
    assert [row[0] for row in rows(html, "Key works, in each")] == ["Old Centre", "Bridge"]
    current = next(link for link in parsed(html).iter("a") if link.get("aria-current"))
    assert (text(current), "district=all" in current.attrib["href"]) == ("Old Centre", True)
    elsewhere = rows(works.block(session, known, works.NOWHERE, 1), "Key works, in each")
    assert [row[0] for row in elsewhere] == ["Outside any neighbourhood", "ParkAuroranot on the map"]


def test_what_each_beneficiary_costs(session, known):
    assert rows(splits.beneficiaries(session, known), "Budget for each") == [["Bridge", "400", "2,000 EUR", "5 EUR"]]


def test_earned_value_is_said_in_words_first(session, known):
    html = earned.block(session, known)
    assert text(parsed(html).find("details/summary")) == "Earned value"
    words = text(parsed(html).find("details/p"))
    assert words.startswith("Of the work that was planned by now,")
    value = rows(html, "Earned value")[-1]
    planned, proved, cost = (number(value[at]) for at in (2, 3, 4))
    assert float(value[5]) == pytest.approx(proved / planned, abs=0.01)
    assert float(value[6]) == pytest.approx(proved / cost, abs=0.01)


def test_phases_have_the_names_of_the_country(session, known):
    spain, mexico = (replace(session, locale=locale, language="es") for locale in ("es_ES", "es_MX"))
    assert phases.name(spain, "accrued") == "Obligación reconocida"
    assert phases.name(mexico, "accrued") == "Devengado"
    assert phases.name(mexico, "reserved")
    header = text(parsed(tree.block(spain, known, [])).find(".//thead"))
    assert "Crédito inicial" in header
    named = rows(phases.crosswalk(session), "What each phase")
    assert [len(row) for row in named] == [6] * 6
    assert named[4][1:] == ["Obligación reconocida", "Devengado", "Obligación", "Devengado", "Devengado"]


def test_a_plan_in_two_currencies_adds_nothing_across_them(session):
    two = {"a1": LINES["a1"], "b1": [{"code": "9", "currency": "USD", "initial": 700, "committed": 70, "paid": 7}]}
    known = made(two)
    assert figures.sentence(session, known).startswith("The plan is paid in 2 currencies, which are not added together.")
    whole = [row for row in rows(tree.block(session, known, []), "Budget by part") if row[0] == "The whole plan"]
    assert [row[1:3] for row in whole] == [["EUR", "1,900"], ["USD", "700"]]
    assert "USD" in text(parsed(depth.block(session, known)))


def test_a_name_that_tries_to_be_markup_is_shown_as_it_is_written(session, known):
    html = (
        works.block(session, known, works.ALL, 1)
        + pace.block(session, known)
        + codes.block(session, known, "")
        + warnings.block(session, known)
    )
    assert not list(parsed(html).iter("img"))
    assert HOSTILE.replace('\\"', '"') in [text(link) for link in parsed(html).iter("a")]


def test_every_table_has_a_caption_and_header_cells(session, known):
    blocks = [draw(session, known) for draw in (figures.block, pace.block, warnings.block, depth.block)]
    html = "".join([*blocks, works.block(session, known, works.ALL, 1), tree.block(session, known, []), codes.block(session, known, "")])
    for table in parsed(html).iter("table"):
        assert text(table.find("caption"))
        assert all(cell.attrib["scope"] == "col" for cell in table.iter("th") if cell.attrib["role"] == "columnheader")
        assert all(row[0].tag == "th" for row in table.findall("tbody/tr"))
        width = len(table.findall("thead/tr/th"))
        assert {len(row) for row in table.findall("tbody/tr")} <= {width, 1}


def test_what_is_downloaded_says_everything_that_is_shown(session, known):
    lines = told.lines(session, known)
    assert (lines.height, lines["budget"].sum()) == (5, 3900)
    tables = {name: build() for name, (_label, build) in told.tables(session, known).items()}
    assert tables["works"]["limits"].to_list() == ["No site", "", ""]
    assert tables["ahead"].select("key", "amount_ahead").rows() == [("a1", 600)]
    assert tables["behind"]["key"].to_list() == ["b1"]
    assert tables["check"].height == 2
    assert tables["parts"].filter(pl.col("level") == 0)["budget"].sum() == 3900
    assert "Amounts in EUR" in told.about(session, known)["Amounts"]


@pytest.mark.parametrize(
    ("value", "locale", "said"),
    [
        (182_400_000, "en_GB", "182 million euros"),
        (182_400_000, "es_ES", "182 millones de euros"),
        (29_495_063_000, "en_GB", "29.5 billion euros"),
        (12_500, "es_ES", "12.500 euros"),
        (4_130_000, "es_MX", "4.13 millones de euros"),
        (None, "en_GB", "–"),
    ],
)
def test_amounts_in_sentences(value, locale, said):
    assert amounts.said(value, "EUR", locale).replace("\xa0", " ") == said


def test_small_amounts_keep_their_cents():
    assert amounts.with_currency(2.5, "EUR", "en_GB").replace("\xa0", " ") == "2.50 EUR"
    assert amounts.exact(1234.5, "en_GB") == "1,234"


LINE = LineEntry(code="7", currency="EUR", phases={"initial": 1000.0, "paid": 250.0}, year=2026)


def panel_with(folder: Path, monkeypatch, *lines: LineEntry) -> AppTest:
    """The panel of the small city with a plan of two works in its records, the first paid by the lines."""
    home = build(folder / "city")
    held = records(home)
    office = add_person(held, PROGRAM, "Office", roles=(Role("office"),))
    nodes = (
        NodeEntry(key="a", name="Axis", level=0),
        NodeEntry(key="a1", name="Bridge", level=1, parent="a", lines=lines, fields={"work": True, "place": "centro"}),
        NodeEntry(key="a2", name="Quay", level=1, parent="a", fields={"work": True, "place": "puerto"}),
    )
    document = PlanDocument(key="pam", name="Plan", place="aurora", levels=({"one": "axis", "many": "axes"},) * 2, nodes=nodes)
    adopt(held, Actor(office, "Office", frozenset({Role("office")})), document)
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


@pytest.fixture
def visited(tmp_path, monkeypatch) -> AppTest:
    return panel_with(tmp_path, monkeypatch, LINE)


def opened(app: AppTest, **asked: str) -> str:
    app.run()
    for key, value in {"language": "en", **asked}.items():
        app.query_params[key] = value
    app.switch_page("pages/plan/budget.py").run()
    assert not app.exception
    return "".join(panel.proto.bytes.decode() for panel in app.main.get("bidi_component"))


def test_the_page_reads_the_records_and_the_link(visited):
    html = opened(visited, district="centro", open="1", code="7")
    assert "25 % of the 1,000 euros in force is paid." in text(parsed(html))
    assert [row[0] for row in rows(html, "Key works, in each")] == ["Old Centre", "Bridgenot on the map"]
    assert [row[0] for row in rows(html, "Budget by part")] == ["Axis", "Bridge its page", "The whole plan"]
    assert rows(html, "What budget code 7 pays")[0][0] == "Bridge"
    assert visited.selectbox(key="district").value == "centro"


def test_a_link_that_means_nothing_is_ignored(visited):
    html = opened(visited, district="nowhere", open="x,99,-1", works="0", code="'; drop table")
    assert visited.selectbox(key="district").value == works.ALL
    assert [row[0] for row in rows(html, "Key works, in each")] == ["Old Centre", "Bridgenot on the map", "Harbour", "Quaynot on the map"]


def test_a_plan_without_budget_lines_shows_its_works_and_says_what_would_be_here(tmp_path, monkeypatch):
    app = panel_with(tmp_path, monkeypatch)
    html = opened(app)
    assert "No budget yet" in [header.value for header in app.header]
    assert text(parsed(html).find(".//p[@class='why']")) == "2 key works: none is late, none is finished."
    assert not [row for row in rows(html, "Key works by neighbourhood") if "EUR" in row]


def test_of_thousands_of_codes_one_is_typed(tmp_path, monkeypatch):
    lines = (LineEntry(code=f"{number:04}", currency="EUR", phases={"initial": 10.0 + number}) for number in range(1_001))
    app = panel_with(tmp_path, monkeypatch, *lines)
    opened(app)
    app.text_input(key="code_typed").set_value(" 0007 ").run()
    html = "".join(panel.proto.bytes.decode() for panel in app.main.get("bidi_component"))
    assert rows(html, "What budget code 0007 pays")[0][:3] == ["Bridge", "–", "17"]
    app.text_input(key="code_typed").set_value("nothing").run()
    assert "No budget line has the code nothing." in " ".join(said.value for said in app.markdown).replace("\\", "")


def test_a_city_without_a_plan_says_what_would_be_here(app):
    app.run().switch_page("pages/plan/budget.py").run()
    assert not app.exception
    assert not app.main.get("bidi_component")
    assert [code.value for code in app.code] == ["python -m data plan FILE --dry-run"]


def test_a_change_of_the_records_shows_at_the_next_look(visited):
    assert "25 % of the 1,000 euros" in text(parsed(opened(visited)))
    held = records(Home.here())
    with held.write(Actor(1, "Office", frozenset({Role("office")}))) as write:
        write.doing("keep_budget", Object("node"))
        write.update(budget_line, 1, 1, paid=500.0)
    html = "".join(panel.proto.bytes.decode() for panel in visited.run().main.get("bidi_component"))
    assert "50 % of the 1,000 euros" in text(parsed(html))


def test_an_address_that_names_no_number_opens_nothing(visited):
    opened(visited, open="²,x", works="²")
    assert not visited.exception
