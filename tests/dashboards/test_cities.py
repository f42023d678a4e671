"""The page Cities: what it says of each city, and how a month that a city sent is received, or not."""

from datetime import date
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.cities import listing, one
from dashboards.cities.known import Known
from dashboards.markdown import plain
from data.access import Actor
from data.exchange.making import own_fingerprint
from data.exchange.month_file import opened
from data.exchange.received import months, received
from data.exchange.receiving import receive
from data.exchange.trusting import trust, trusted
from data.home import Home
from data.snapshots.freezing import freeze
from kpis.cities.lateness import owed
from tests.action_town import PLAIN, Planned, copied, planned
from tests.conftest import ROOT
from tests.dashboards.conftest import session_of
from tests.sent_months import OTHER, Sent, sent, three
from tests.small_city import HOSTILE, LAST, build

PAGE = "pages/home/cities.py"
MONTH = "pages/meetings/month.py"
TODAY = date.today()
COMPARED = "They read out the same, from the first group to the last"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Planned:
    """A town whose panel has the page, and to which nothing was sent."""
    city = planned(tmp_path_factory.mktemp("consulting") / "home")
    switch_on(city.home)
    return city


@pytest.fixture
def city(made, tmp_path) -> Planned:
    """For one test to change."""
    return copied(made, tmp_path / "home")


@pytest.fixture
def filled(city) -> Planned:
    """Three cities are trusted, and sent four months."""
    for each in three(TODAY):
        file = opened(each.content, each.name)
        trust(city.records, city.people["office"], file, file.fingerprint)
        receive(city.records, city.people["office"], file)
    return city


@pytest.fixture
def visit(monkeypatch):
    """A visit to the page by its link, as somebody."""

    def go(home: Home, who: Actor | None, page: str = PAGE, language: str = "en", **asked: str) -> AppTest:
        monkeypatch.setenv("MANDATO_HOME", str(home.folder))
        monkeypatch.setattr("dashboards.acting.choose", lambda *_: who)
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.run()
        for key, value in {"language": language, **asked}.items():
            app.query_params[key] = value
        app.switch_page(page).run()
        assert not app.exception
        return app

    return go


def switch_on(home: Home) -> None:
    modules = "modules: [work, goals, plan, meetings, load, cities]\n"
    home.city.write_text(home.city.read_text(encoding="utf-8") + modules, encoding="utf-8")


def drawn(app: AppTest) -> ElementTree.Element:
    """The HTML of the page, parsed: that it parses says that no text broke out of it."""
    parts = "".join(panel.proto.bytes.decode() for panel in app.main.get("bidi_component"))
    return ElementTree.fromstring(f"<div>{parts}</div>")


def said(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).replace("\xa0", " ").split())


def text(app: AppTest) -> str:
    return said(drawn(app))


def rows(app: AppTest, caption: str) -> list[list[str]]:
    """The cells of a table, its heading left out, by its caption."""
    for table in drawn(app).iter("table"):
        if said(next(table.iter("caption"))) == caption:
            return [[said(cell) for cell in row] for row in table.iter("tr")][1:]
    raise AssertionError(f"no table {caption}")


def cities(app: AppTest) -> list[list[str]]:
    return rows(app, "Cities, each by the newest month that it sent")


def bring(app: AppTest, *files: Sent) -> AppTest:
    app.file_uploader(key="cities_files").set_value([(each.name, each.content, "application/json") for each in files]).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == plain(label)).click()
    app.run()
    assert not app.exception


def told(app: AppTest) -> str:
    return " ".join(each.value.replace("\\", "") for each in [*app.success, *app.error])


def tampered(file: Sent) -> Sent:
    return Sent("changed.json", file.content.replace(b'"missing":0', b'"missing":1'))


# What it says


def test_nothing_received_says_what_to_ask_a_city_for(city, visit):
    app = visit(city.home, city.people["office"])
    assert [header.value.replace("\\", "") for header in app.header] == ["No city has sent a month yet", "Receive a city's month"]
    assert app.code[0].value == "python -m data export-month --place PLACE --month 2026-09"


def test_before_anybody_works_with_the_panel_it_leads_to_where_people_come_in(tmp_path, visit):
    home = build(tmp_path / "home")
    switch_on(home)
    app = visit(home, None)
    assert [link.proto.label for link in app.main.get("page_link")] == ["Nobody works with this panel yet: how the first people come in"]
    assert not app.file_uploader


def test_each_city_has_a_row_those_that_need_a_call_first(filled, visit):
    app = visit(filled.home, None)
    assert "3 cities: 2 need a call." in text(app)
    first, alta, baja, quiet, clara = cities(app)
    assert (first, quiet) == (["Needs a call"], ["Nothing presses"])
    assert alta[0] == (
        "Alta1 month not closed in time; 1 goal got worse, and it is a signal; 3 follow-ups overdue; proved work is 25 points behind "
        "the time used; only 2 of 5 promises kept; no meeting to come is known; 4 values missing"
    )
    assert "late: 1 month not received" in alta[1]
    assert alta[2:7] == ["none is planned", "6 open3 past their day", "2 of 5 (40 %)", "21 is a signal", "4 of 5"]
    assert alta[8] == "4"
    assert alta[7] == "25 points behind time"
    assert (baja[0], clara[0]) == ("Lower Sierra1 follow-up overdue", PLAIN.replace('"', '\\"'))
    assert "in 2 days" in clara[2]


def test_of_fewer_than_five_promises_no_share_is_told(filled, visit):
    _group, _alta, baja, *_rest = cities(visit(filled.home, None))
    assert baja[4] == "2 of 3"


def test_the_rows_stand_by_name_or_by_meeting_where_the_link_says_so(filled, visit):
    first = [row[0].split("1 ")[0][:5] for row in cities(visit(filled.home, None, order="name"))]
    assert first == [PLAIN[:5], "Alta", "Lower"]
    meeting = [row[2] for row in cities(visit(filled.home, None, order="meeting"))]
    assert ["in 2 days" in meeting[0], "in 9 days" in meeting[1], meeting[2]] == [True, True, "none is planned"]


def test_the_page_speaks_spanish(filled, visit):
    app = visit(filled.home, None, language="es")
    assert app.title[0].value == "Ciudades"
    assert "3 ciudades: 2 necesitan una llamada." in text(app)
    assert "falta" in text(app)
    assert "lo acreditado va 25 puntos por detrás del tiempo transcurrido" in text(app)


def test_a_city_opens_with_what_got_worse_and_its_months(filled, visit):
    app = visit(filled.home, None, city="alta")
    worse = rows(app, "Goals that got worse, signals first")
    assert [row[0] for row in worse] == [
        "A signal: more than chance", "Homicides per 100,000", "Within what its series does by itself", PLAIN.replace('"', '\\"'),
    ]  # fmt: skip
    assert worse[1][1:] == ["Off track", "At risk", "It was said why"]
    strip = rows(app, "Goals by status, month by month")
    assert [row[1] for row in strip] == ["", "not received", ""]
    assert strip[0][2:] == ["4", "1", "", ""]
    assert strip[2][2:] == ["", "1", "5", "1"]
    bars = [element.get("aria-label") for element in drawn(app).iter("span") if element.get("class") == "parted"]
    assert bars == ["4 off track, 1 at risk", "1 at risk, 5 on track, 1 reached"]
    assert "Proved work is 25 points behind the time used." in text(app)
    assert "Olga Oficina" in text(app)


def test_a_reader_of_spanish_is_told_the_figures_and_no_english_sentence(filled, visit):
    worse = rows(visit(filled.home, None, language="es", city="alta"), "Metas que empeoraron, primero las señales")
    assert worse[1][3] == "21,2 % frente a 15,0 % previsto a la fecha"


def test_a_link_to_a_city_that_sent_nothing_says_so_and_shows_the_others(filled, visit):
    app = visit(filled.home, None, city="nowhere")
    assert "The link names a city that has sent nothing." in " ".join(each.value.replace("\\", "") for each in app.markdown)
    assert len(cities(app)) == 5


def test_the_menu_has_the_page_where_the_module_is_on_and_not_by_default(city, visit, tmp_path):
    def menu(home: Home) -> str:
        (panel,) = visit(home, None, "pages/home/overview.py").sidebar.get("bidi_component")
        return said(ElementTree.fromstring(panel.proto.bytes.decode()))

    assert "Cities" in menu(city.home)
    assert "Cities" not in menu(build(tmp_path / "plain"))


def test_what_the_page_says_can_be_taken_away(filled):
    known = Known(session_of(filled.home, "aurora", LAST, "en_GB"))
    frame = listing.frame(known)
    assert frame["City"].to_list() == ["Alta", "Lower Sierra", HOSTILE]
    alta = frame.row(0, named=True)
    assert (alta["Follow-ups overdue"], alta["Promises kept"], alta["Promises that fell due"], alta["Time used (%)"]) == (3, 2, 5, 45.0)
    goals = one.frame(known, known.months("alta"))
    assert goals.group_by("Month", maintain_order=True).len()["len"].to_list() == [5, 7]
    assert goals.row(0, named=True)["Signal"] is True


# Receiving


def test_nothing_counts_before_the_fingerprint_was_compared(city, visit):
    file = three(TODAY)[-1]
    app = bring(visit(city.home, city.people["office"]), file)
    assert opened(file.content, "").fingerprint in [code.value for code in app.code]
    assert rows(app, "What was read")[0][4] == "new; its key is not trusted yet"
    assert [button.label for button in app.button if "Trust" in button.label or "Receive" in button.label] == []
    app.checkbox[0].check().run()
    press(app, f"Trust the key of {PLAIN.replace(chr(34), chr(92) + chr(34))}")
    assert (list(trusted(city.records)), received(city.records)) == (["clara"], [])
    press(app, "Receive 1 month")
    assert [month.city for month in received(city.records)] == ["clara"]
    assert "Received: " in told(app)
    assert "1 city: none needs a call." in text(app)


def test_several_files_are_received_at_once_and_a_changed_one_is_refused_with_a_cure(filled, visit):
    last = owed(TODAY)
    app = bring(visit(filled.home, filled.people["office"]), sent("alta", last), sent("baja", last), tampered(sent("clara", last.plus(-1))))
    assert "changed.json: this file is not as the city signed it" in told(app)
    assert "ask the city to send it again" in told(app)
    press(app, "Receive 2 months")
    assert "Received: Alta" in told(app)
    assert "Received: Lower Sierra" in told(app)
    assert months(filled.records, "alta")[0].month == last
    assert len(months(filled.records, "clara")) == 1


def test_the_same_month_again_is_unchanged_and_a_later_closing_takes_its_place(filled, visit):
    last, again = owed(TODAY), f"{TODAY:%Y-%m}-01T10:00:00.000000Z"
    app = bring(visit(filled.home, filled.people["office"]), three(TODAY)[-1])
    assert rows(app, "What was read")[0][4] == "here already, unchanged"
    assert "Receive 1 month" not in [button.label for button in app.button]
    bring(app, sent("clara", last, closed_at=again, made_at=again, missing=2))
    assert rows(app, "What was read")[0][4] == "closed anew: it takes the place of the one that is here"
    press(app, "Receive 1 month")
    assert [month.missing for month in months(filled.records, "clara")] == [2]
    assert "Received in the place of the one that was here" in told(app)


def test_another_key_and_an_older_month_are_refused(filled, visit):
    last = owed(TODAY)
    old = "2020-01-01T10:00:00.000000Z"
    app = visit(filled.home, filled.people["office"])
    bring(app, sent("alta", last, OTHER), sent("clara", last, closed_at=old, missing=9))
    assert "is signed by the key" in told(app)
    assert "is held as it was closed on" in told(app)
    assert [row[4] for row in rows(app, "What was read")] == ["refused: why stands below"] * 2
    assert not [button for button in app.button if "Receive" in button.label or "Trust" in button.label]


def test_trust_is_withdrawn_and_what_was_received_stays(filled, visit):
    app = visit(filled.home, filled.people["office"], city="alta")
    press(app, "Withdraw the trust")
    assert "alta" not in trusted(filled.records)
    assert len(months(filled.records, "alta")) == 2
    assert "no longer trusted: nothing more is received" in text(app)
    app = bring(visit(filled.home, filled.people["office"]), sent("alta", owed(TODAY)))
    assert rows(app, "What was read")[0][4] == "new; its key is not trusted yet"


@pytest.mark.parametrize("who", ["mayor", "editor", None])
def test_others_read_and_receive_nothing(filled, visit, who):
    actor = filled.people[who] if who else None
    assert not visit(filled.home, actor).file_uploader
    assert "Withdraw the trust" not in [button.label for button in visit(filled.home, actor, city="alta").button]


# Sending


@pytest.fixture(scope="module")
def closed(made, tmp_path_factory) -> Planned:
    town = copied(made, tmp_path_factory.mktemp("sending") / "home")
    freeze(town.home, town.records, town.people["office"], "aurora", LAST, accepted="Satisfaction is asked once a year")
    return town


def test_the_office_takes_the_signed_month_from_the_page_of_the_closed_month(closed, visit):
    app = visit(closed.home, closed.people["office"], MONTH, month=str(LAST))
    assert "Signed month for our consultant" in opened_by(app)
    app.session_state["signed_month"] = True
    app.run()
    assert not app.exception
    assert own_fingerprint(closed.home) in [code.value for code in app.code]
    (button,) = [each for each in app.main.get("download_button") if each.proto.label == "Download it"]
    assert button.proto.url


@pytest.mark.parametrize("who", ["mayor", "editor"])
def test_nobody_else_takes_it(closed, visit, who):
    assert "Signed month for our consultant" not in opened_by(visit(closed.home, closed.people[who], MONTH, month=str(LAST)))


def test_an_open_month_has_none(city, visit):
    assert "Signed month for our consultant" not in opened_by(visit(city.home, city.people["office"], MONTH, month=str(LAST)))


def opened_by(app: AppTest) -> list[str]:
    """The labels of what opens on the page."""
    return [each.proto.popover.label for each in app.main.get("popover")]
