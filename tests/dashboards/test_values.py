"""Values on the screen: typed in the table or in a sheet that comes back, and judged and published by the data office."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from dashboards.session import Session
from dashboards.words import translator
from dashboards.work.values import desk, difference, grid, known, office, page, sheets, wording
from dashboards.work.values.difference import Desktop
from data import facts
from data.plans.sheet import read
from data.problems import Refused
from data.reviews.numbers import number
from data.reviews.publishing import publish
from data.reviews.reviews import review_of
from data.reviews.sheet import COLUMNS, write
from data.reviews.values import send, send_back, sent, type_values, validate
from tests.small_city import session as session_at
from tests.value_town import JUNE, ValueTown, copied, typed, value_town

LEAKS, PARTS, TREES = "aurora/leaks/2026-06-30/", "aurora/leaks/2026-06-30/kind=main", "aurora/trees/2026-06-30/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> ValueTown:
    return value_town(tmp_path_factory.mktemp("values") / "home")


@pytest.fixture
def town(built: ValueTown, tmp_path: Path) -> ValueTown:
    return copied(built, tmp_path / "home")


def script() -> None:
    """What a page does with the two parts."""
    from dashboards import session
    from dashboards.work import values
    from data.periods import Month
    from data.reviews import reviews

    visit = session.start()
    review = reviews.review_of(visit.records, "aurora", Month(2026, 6))
    assert review is not None
    with visit.frame:
        values.show(visit, review)
        values.waiting(visit, review)


@contextmanager
def shown(town: ValueTown, who: str, monkeypatch: pytest.MonkeyPatch, language: str = "en") -> Iterator[AppTest]:
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    monkeypatch.setattr("dashboards.acting.choose", lambda *_: town.who[who])
    app = AppTest.from_function(script, default_timeout=60)
    app.query_params["language"] = language
    app.run()
    assert not app.exception
    yield app


def text(app: AppTest) -> str:
    found = " ".join(str(element.value) for element in (*app.markdown, *app.error, *app.success, *app.warning, *app.caption))
    return found.replace("\\", "").replace("\xa0", " ")


def looking(town: ValueTown, who: str = "water", language: str = "en") -> Session:
    """What a page knows in a run of its own."""
    return replace(session_at(town.home, language), actor=town.who[who])


def desktop(town: ValueTown, who: str = "water", language: str = "en") -> Desktop:
    session = looking(town, who, language)
    review = review_of(town.records, "aurora", session.month)
    assert review is not None
    return Desktop(session, review, "values/test", known.of(session, review))


def free(found: Desktop) -> dict[str, Any]:
    return {row["key"]: row for row in known.own(found.session, found.known.rows.values()) if row["state"] in page.OPEN}


def hand(town: ValueTown, *values: Any) -> dict[int, int]:
    done = type_values(town.records, town.who["water"], town.definitions, town.review, values)
    return send(town.records, town.who["water"], town.definitions, town.review, done)


def states(town: ValueTown) -> dict[str, str]:
    return {known.key(row): row["state"] for row in sent(town.records, town.review)}


# Numbers -------------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "decimal", "meant"),
    [
        ("", ",", None), ("  ", ".", None), ("12", ",", 12), ("12,5", ",", 12.5), ("12.5", ",", 12.5), ("12,5", ".", 12.5), ("-3", ",", -3),
        ("1.234.567", ",", 1234567), ("1.234,5", ",", 1234.5), ("1,234.5", ",", 1234.5), ("1 234,5", ",", 1234.5),
        ("1\u202f234", ".", 1234), ("1,234", ",", 1.234), ("1.234", ".", 1.234), ("0.123", ",", 0.123), ("31,25 %", ",", 31.25),
    ],
)  # fmt: skip
def test_a_number_is_understood_as_it_is_meant(said, decimal, meant):
    assert number(said, decimal, percent=True) == meant


@pytest.mark.parametrize(
    ("said", "decimal", "why"),
    [
        ("1.234", ",", "can be 1234 or 1,234"), ("1,234", ".", "can be 1234 or 1.234"), ("12 %", ",", "is not a number"),
        ("about 12", ",", "is not a number"), ("1.23.4", ",", "is not a number"), ("1e5", ",", "is not a number"),
        ("12345678901234567890123", ",", "beyond what can be stored"), ("nan", ".", "is not a number"),
    ],
)  # fmt: skip
def test_a_number_that_is_unclear_is_asked_back(said, decimal, why):
    with pytest.raises(Refused, match=why):
        number(said, decimal)


# The table -----------------------------------------------------------------------------------------------------------------------
@pytest.fixture
def visited(monkeypatch) -> dict[str, object]:
    """What a visit remembers."""
    state: dict[str, object] = {}
    monkeypatch.setattr(desk.visit, "left", state.get)
    monkeypatch.setattr(desk.visit, "put", state.__setitem__)
    return state


def touch(found: Desktop, key: str = LEAKS, **cells: str) -> desk.Desk:
    rows = free(found)
    begun = desk.settled(found.session, found.form, rows)
    return desk.keep(found.session, found.form, begun, {key: {**begun.lines[key].cells, **cells}})


def test_each_types_the_values_of_their_own_area(town):
    assert {row["indicator"] for row in free(desktop(town)).values()} == {"leaks", "losses"}
    assert list(free(desktop(town, "parks"))) == [TREES]
    assert len(free(desktop(town, "office"))) == 6 and free(desktop(town, "mayor")) == {}


def test_what_is_typed_is_understood_and_what_is_not_is_left_out(town, visited):
    found = desktop(town, language="es")
    touch(found, value="31,5", said="Dos obras")
    both = touch(found, PARTS, value="1.234")
    told = grid.proposed(found, both, free(found))
    ((good,), (fault,)) = told.good, told.faults
    assert (good.value, good.said, good.stale, good.row["key"]) == (31.5, "Dos obras", False, LEAKS)
    assert "can be 1234 or 1,234" in str(fault) and told.broken == {PARTS}
    assert difference.told(fault, translator("es")).startswith(f"{known.name(found.session, free(found)[PARTS])} · ")


def test_what_was_typed_is_found_in_another_visit_and_goes_beside_what_others_saved(town, visited):
    touch(desktop(town), value="31")
    visited.clear()
    hand(town, typed(30))
    found = desktop(town)
    again = desk.settled(found.session, found.form, free(found))
    (mine,) = grid.proposed(found, again, free(found)).good
    assert again.since and mine.stale and (mine.value, mine.row["value"], mine.typed.version) == (31, 30, 2)


def test_a_line_in_which_nothing_is_typed_follows_the_records(town, visited):
    touch(desktop(town), PARTS, value="7")
    hand(town, typed(30))
    found = desktop(town)
    now = desk.settled(found.session, found.form, free(found))
    assert now.lines[LEAKS].cells["value"] == "30" and list(now.touched) == [PARTS]


def test_what_looks_odd_is_said_before_it_is_saved(town, visited):
    found = desktop(town)
    told = grid.proposed(found, touch(found, value="300"), free(found))
    odd = difference.looks_odd(found, told.good)
    assert odd == {LEAKS: "13 times the value before, 22.0\xa0leaks: is the decimal mark right?"}


def test_an_emptied_draft_is_taken_away_and_an_emptied_value_that_was_sent_is_a_fault(town, visited):
    type_values(town.records, town.who["water"], town.definitions, town.review, [typed(30)])
    hand(town, typed(9, segment="kind=main"))
    found = desktop(town)
    touch(found, value="")
    told = grid.proposed(found, touch(found, PARTS, value=""), free(found))
    assert [each.empties for each in told.good] == [True] and "neither a value nor a reason" in str(told.faults[0])


# The sheet -----------------------------------------------------------------------------------------------------------------------
def back(found: Desktop, folder: Path, cells: dict[tuple[str, str], Any], language: str = "en", content: bytes | None = None) -> Any:
    """What is proposed by the sheet that went out, with other cells: by key of the value and column."""
    rows = free(found)
    locked = {row["key"]: row for row in known.own(found.session, found.known.rows.values()) if row["key"] not in rows}
    content = content or out(found, language)
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        for (key, column), value in cells.items():
            if row[0].value == key:
                row[COLUMNS.index(column)].value = value
    file = folder / "mine.xlsx"
    book.save(file)
    return sheets.proposed(found, rows, locked, read(file, "mine.xlsx", wording.known(language)))


def out(found: Desktop, language: str = "en") -> bytes:
    rows = {row["key"]: row for row in known.own(found.session, found.known.rows.values())}
    return write(list(sheets.told(found.session, rows, set(rows) - set(free(found))).values()), wording.of(language))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sheet_that_comes_back_says_what_was_filled_in(town, tmp_path, language):
    found = desktop(town, language=language)
    told = back(found, tmp_path, {(LEAKS, "value"): 1.234, (PARTS, "said"): "No meter"}, language)
    assert {each.row["key"]: (each.value, each.said) for each in told.good} == {LEAKS: (1.234, None), PARTS: (None, "No meter")}
    assert told.faults == ()
    assert back(found, tmp_path, {}, language).good == ()


def test_only_what_may_be_typed_is_free_and_ids_are_hidden(town):
    seen = hand(town, typed(30), typed(9, segment="kind=main"))
    validate(town.records, town.who["office"], town.review, {next(iter(seen)): 2})
    sheet = load_workbook(BytesIO(out(desktop(town)))).worksheets[0]
    assert sheet.protection.sheet
    open_cells = {
        (str(row[0].value), COLUMNS[at]) for row in sheet.iter_rows(min_row=2) for at, cell in enumerate(row) if not cell.protection.locked
    }
    assert {key for key, _ in open_cells} == set(free(desktop(town))) and {name for _, name in open_cells} == {"value", "said"}
    assert [sheet.column_dimensions[letter].hidden for letter in "AM"] == [True, True]


def test_faults_of_a_sheet_name_row_column_and_cure(town, tmp_path):
    found = desktop(town)
    told = back(found, tmp_path, {(LEAKS, "value"): "many", (PARTS, "key"): LEAKS, ("aurora/losses/2026-06-30/", "value"): 130})
    said = [str(problem) for problem in told.faults]
    assert len(said) == 3 and all(one.startswith("mine.xlsx:") for one in said)
    assert any("stands in row 2 too; keep one" in one for one in said) and any("'many' is not a number" in one for one in said)
    assert any("130 is above the limit of Losses" in one for one in said) and told.good == ()
    assert "row 2 · Value: 'many' is not a number" in " ".join(difference.told(problem, translator("en")) for problem in told.faults)


def test_a_row_that_nobody_touched_undoes_nothing(town, tmp_path):
    type_values(town.records, town.who["water"], town.definitions, town.review, [typed(30)])
    content = out(desktop(town))
    hand(town, typed(31, version=1), typed(9, segment="kind=main"))
    found = desktop(town)
    assert back(found, tmp_path, {}, content=content).good == ()
    (mine,) = back(found, tmp_path, {(LEAKS, "value"): 32}, content=content).good
    assert mine.stale and (mine.value, mine.row["value"]) == (32, 31)


# The page ------------------------------------------------------------------------------------------------------------------------
def test_the_area_sees_what_it_owes_and_what_was_sent_back(town, monkeypatch):
    seen = hand(town, typed(300))
    send_back(town.records, town.who["office"], town.review, seen, "<b>Ten</b> times?")
    with shown(town, "water", monkeypatch) as app:
        assert "4 values are still to be sent. 1 was sent back." in text(app)
    html = page.questions(looking(town), [row for row in desktop(town).known.rows.values() if row["state"] == "returned"])
    assert "&lt;b&gt;Ten&lt;/b&gt; times?" in html and "300.0" in html


def test_drafts_are_sent_with_one_button(town, monkeypatch):
    type_values(town.records, town.who["water"], town.definitions, town.review, [typed(30)])
    with shown(town, "water", monkeypatch) as app:
        (button,) = [each for each in app.button if each.label == "Send 1 value to the data office"]
        button.click().run()
        assert not app.exception and "1 value waits for the data office" in text(app)
    assert states(town) == {LEAKS: "sent"}


def test_where_sending_is_refused_nothing_was_saved_either(town, visited):
    type_values(town.records, town.who["water"], town.definitions, town.review, [typed(5, segment="kind=main")])
    found = desktop(town)
    told = grid.proposed(found, touch(found, value="31"), free(found))
    seen = found.known.rows[PARTS]
    type_values(town.records, town.who["water"], town.definitions, town.review, [typed(6, segment="kind=main", version=seen["version"])])
    assert not difference._saved(found, told.good, [seen], sending=True)
    assert states(town) == {PARTS: "draft"}


def test_who_may_do_neither_sees_neither(town, monkeypatch):
    with shown(town, "mayor", monkeypatch) as app:
        assert not app.button and not app.markdown


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_office_validates_asks_and_publishes(town, monkeypatch, language):
    hand(town, typed(30), typed(500, segment="kind=main"))
    begun: list[Any] = []
    monkeypatch.setattr(office.forecasting, "begin", begun.append)
    with shown(town, "office", monkeypatch, language) as app:
        app.button(key="values_all").click().run()
        assert states(town) == {LEAKS: "validated", PARTS: "sent"}  # what looks odd is not among them
        app.checkbox[0].check().run()
        app.button(key="values_back").click().run()
        assert not app.exception and app.error and states(town)[PARTS] == "sent"  # without a question
        app.text_area(key="values_question").set_value("Ten times?").run()
        app.button(key="values_back").click().run()
        app.button(key="values_publish").click().run()
        assert not app.exception and states(town) == {LEAKS: "published", PARTS: "returned"}
        assert begun and app.success
    held = facts.current(town.home)
    assert held is not None
    assert held.observations(places=["aurora"], indicators=["leaks"], since=JUNE, segment=None)["value"].to_list() == [30.0]


def test_the_counts_of_areas_are_those_of_their_values(town):
    hand(town, typed(30))
    html = office.by_area(looking(town, "office"), desktop(town, "office").known)
    cells = [part.split("</span>")[0] for part in html.split("<span>")[1:]]
    assert cells == ["4", "0", "0", "1", "0", "0", "0", "1", "0", "0", "0", "0", "0", "0"]


def test_a_value_stands_beside_what_is_known_and_what_is_odd(town):
    hand(town, typed(300, said="<i>Burst</i> main"))
    found = desktop(town, "office")
    html = office.about(found.session, found.known, found.known.rows[LEAKS])
    for said in ("300.0", "before: 22.0", "13 times the value before", "&lt;i&gt;Burst&lt;/i&gt; main", "typed by Walter Aguas", "<svg"):
        assert said in html.replace("\xa0", " ")


def test_a_stopped_publication_is_said(town, monkeypatch):
    seen = hand(town, typed(30))
    validate(town.records, town.who["office"], town.review, seen)
    monkeypatch.setattr("data.reviews.publishing.apply", _stops)
    with pytest.raises(KeyboardInterrupt):
        publish(town.home, town.records, town.who["office"], town.definitions, town.review)
    with shown(town, "office", monkeypatch) as app:
        assert "Publish again: that finishes it" in text(app)


def _stops(*_given: Any) -> Any:
    raise KeyboardInterrupt
