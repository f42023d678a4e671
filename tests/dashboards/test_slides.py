"""Slides: what stands on them, that nothing leaves them whatever people wrote, and that both of their forms can be read by ear."""

import json
import re
import zipfile
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html import escape
from io import BytesIO
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from dashboards import overview, scores
from dashboards.__main__ import main
from dashboards.reports import html, letters, paging, rows, slides
from dashboards.reports.content import Bar, Cell, Column, Picture, Table
from dashboards.reports.document import Chart, Document, Section, Series
from dashboards.reports.paging import Paragraph
from dashboards.reports.presentation import deck
from dashboards.words import translator
from data.access import Actor
from data.meetings.agenda import Item, make_agenda
from data.meetings.concerns import Concern, raise_concern
from data.meetings.follow_ups import FollowUp, ask, done, follow_ups
from data.meetings.meetings import plan_meeting
from data.meetings.notes import write_note
from data.people import actor, people, posts
from data.periods import Month
from data.problems import NotPossibleNow
from data.reviews.reviews import open_review
from kpis.headline import headline
from tests import district_town, small_city
from tests.meeting_town import MEETING_DAY, met

DAY = date(2026, 7, 16)
ARMS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12"><path d="M0 0h10v12H0z" fill="#0b6b74"/></svg>'
HOSTILE = "<script>alert(1)</script> \"q\" 'a' & \x07\x00 日本 😀 ]]> --> </style> {{7*7}} =1+1 " + "word " * 20
LONG = "Everybody spoke at length, and nothing of it may be lost. " * 60
WORD = "x" * 900
LINES = Chart(
    "Up", "lines", ["Jan", "Feb", "Mar"], [Series("value", [1.0, None, 3.5], brand=True), Series("due", [1, 2, 3], dashed=True)], "%", "L."
)
BARS = Chart("Two", "bars", ["One & <two>", "Three"], [Series("n", [1, 3])], "", "Bars of one and three.")
SHAPES = [Bar("Time", 40.0, 0.0, "40 % of the time used"), Bar("Work", 20.0, 60.0, "20 % proved, 60 % declared", brand=True)]


def report(*sections: Section, **told: Any) -> Document:
    first = {"kind": "slides", "language": "es", "region": "MX", "city": "Aurora", "brand": "#0b6b74", "title": "Title", "about": "About"}
    return Document(**{**first, "sentence": "Sentence.", "arms": ARMS, **told}, sections=sections)


def full(text: str) -> Document:
    """Of everything there is something, and all of it says `text`."""
    columns = [Column(text[:400], 3), Column("State", 1), Column("n", number=True)]
    rows = [[Cell(text, text, "■", "red"), Cell(text[:900], strong=True), Cell("1,234.5")] for _ in range(7)]
    table = Table(text[:300], columns, rows, text[:300], text[:300])
    narrow = Table("", [Column("Day", 1), Column("What", 2)], [[Cell("1 Jan"), Cell(text[:200])]])
    picture = Picture('<svg viewBox="0 0 20 10"><path class="ground" d="M0 0h20v10H0z"/></svg>', f"Map. {text}")
    bars = [Bar(text[:30], 40.0, 70.0, text[:60]), *SHAPES]
    chart = Chart(text[:120], "lines", [text[:20]] * 40, [Series(text[:20], [float(n) for n in range(40)])], text[:20], text)
    sections = [
        Section(text, [text, text], bars, [LINES, chart, BARS], [picture], [narrow, table], notes=[text]),
        Section(text, [text], SHAPES * 9, tables=[table]),
        Section(text, tables=[Table("", [Column(f"c{n}") for n in range(14)], [[Cell(text)] * 14])]),
        Section("Empty"),
    ]
    return report(*sections, title=text, about=text, sentence=text, foot=[text], city=text[:60])


TEXTS = [HOSTILE, LONG, WORD, "short", "日本" * 300]


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_leaves_a_slide_and_nothing_lies_on_anything_else(text):
    for slide in paging.slides(full(text)):
        for box in slide.boxes:
            assert box.left >= paging.LEFT
            assert box.left + box.width <= paging.WIDTH - paging.LEFT + 0.01
            assert box.top >= (1.0 if slide.cover else paging.TOP)
            assert box.top + box.height <= (7.3 if slide.cover else paging.BOTTOM + 0.01)
        for one, other in combinations(slide.boxes, 2):
            beside = one.left + one.width <= other.left + 0.01 or other.left + other.width <= one.left + 0.01
            assert beside or one.top + one.height <= other.top + 0.01 or other.top + other.height <= one.top + 0.01


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_has_the_room_that_it_takes(text):
    for slide in paging.slides(full(text)):
        title = paging.COVER if slide.cover else paging.TITLE
        room = (1.9, paging.WIDTH - paging.cover_left(full(text)) - paging.LEFT) if slide.cover else (0.9, paging.ACROSS)
        assert _tall(slide.title, title, room[1], strong=True) <= room[0]
        for box in slide.boxes:
            if isinstance(box.content, Paragraph):
                assert _tall(box.content.text, box.size, box.width, strong=box.content.strong) <= box.height + 0.01
            elif isinstance(box.content, Table):
                wide = rows.widths(box.content, box.width, box.size)
                assert sum(wide) == pytest.approx(box.width)
                assert sum(rows.heights(box.content, wide, box.size)) <= box.height + 0.01


def _tall(text: str, size: float, room: float, *, strong: bool = False) -> float:
    return letters.height(len(letters.wrapped(text, size, room, strong=strong)), size)


def test_what_is_long_goes_on_and_what_is_cut_is_in_the_notes():
    told = paging.slides(report(Section("Said", [LONG])))
    said = " ".join(box.content.text for slide in told[1:] for box in slide.boxes if isinstance(box.content, Paragraph))
    assert said == " ".join(LONG.split())
    assert [slide.title for slide in told[1:]] == [f"Said ({n}/{len(told) - 1})" for n in range(1, len(told))]
    table = Table("", [Column("What", 1), Column("How", 1)], [[Cell("One"), Cell(LONG)], [Cell("Two"), Cell("x")]])
    shown = paging.slides(report(Section("Table", tables=[table])))[1]
    drawn = shown.boxes[0].content
    assert isinstance(drawn, Table)
    assert drawn.rows[0][1].text.endswith("…")
    assert any(LONG.strip() in note for note in shown.notes)


def test_every_row_of_a_table_is_on_one_slide_under_its_heading():
    table = Table("", [Column("What", 1)], [[Cell(f"row {n}")] for n in range(50)])
    drawn = [box.content for slide in paging.slides(report(Section("T", tables=[table]))) for box in slide.boxes]
    parts = [part for part in drawn if isinstance(part, Table)]
    assert len(parts) > 2
    assert [row[0].text for part in parts for row in part.rows] == [f"row {n}" for n in range(50)]
    assert {part.columns[0].title for part in parts} == {"What"}


def test_a_table_of_several_slides_leaves_none_with_a_row_or_two():
    table = Table("", [Column("What", 1)], [[Cell(f"row {n}")] for n in range(13)])
    parts = [box.content for slide in paging.slides(report(Section("T", tables=[table]))) for box in slide.boxes]
    assert [len(part.rows) for part in parts if isinstance(part, Table)] == [7, 6]


def test_the_heading_of_a_table_that_does_not_fit_beside_a_chart_goes_with_it():
    wide = Table("Heading", [Column("A"), Column("B"), Column("C")], [[Cell("1"), Cell("2"), Cell("3")]])
    first, second = paging.slides(report(Section("S", ["Said."], charts=[LINES], tables=[wide])))[1:]
    assert [box.content.text for box in first.boxes if isinstance(box.content, Paragraph)] == ["Said."]
    assert [box.content.text for box in second.boxes if isinstance(box.content, Paragraph)] == ["Heading"]


def test_a_chart_has_the_sentences_beside_it_and_wide_tables_on_slides_of_their_own():
    wide = Table("", [Column("A"), Column("B"), Column("C")], [[Cell("1"), Cell("2"), Cell("3")]])
    first, second = paging.slides(report(Section("S", ["Said."], SHAPES, [LINES], tables=[wide])))[1:]
    assert [type(box.content) for box in first.boxes][:2] == [Chart, Paragraph]
    assert [type(box.content) for box in second.boxes] == [Table]


def opened(document: Document) -> Any:
    return Presentation(BytesIO(deck.written(document)[0]))


@pytest.mark.parametrize("text", TEXTS)
def test_a_presentation_of_anything_opens_and_stays_within_its_slides(text):
    file, number = deck.written(full(text))
    read = Presentation(BytesIO(file))
    assert len(read.slides) == number
    assert (read.slide_width, read.slide_height) == (Inches(paging.WIDTH), Inches(paging.HEIGHT))
    for slide in read.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= Inches(paging.WIDTH)
            assert shape.top + shape.height <= Inches(paging.HEIGHT)


def test_a_presentation_is_read_by_ear_in_its_language():
    document = report(
        Section(
            "Órdenes", ["Dicho."], SHAPES, [LINES], tables=[Table("", [Column("Qué"), Column("Un", number=True)], [[Cell("a"), Cell("1")]])]
        )
    )
    read = opened(document)
    cover, first = list(read.slides)[:2]
    assert [slide.shapes.title.text for slide in read.slides][:2] == ["Title", "Órdenes"]
    assert cover.slide_layout.name == deck.COVER
    assert {run.get("lang") for slide in read.slides for run in slide.element.iter(qn("a:rPr"))} == {"es-MX"}
    assert read.core_properties.title == "Title"
    assert read.core_properties.language == "es-MX"
    assert [shape._element._nvXxPr.cNvPr.get("descr") for shape in cover.shapes if shape.shape_type == 13] == ["Escudo de Aurora"]
    chart = next(shape for shape in first.shapes if shape.has_chart)
    assert chart._element._nvXxPr.cNvPr.get("descr") == LINES.alt
    notes = first.notes_slide.notes_text_frame.text
    assert LINES.alt in notes
    assert "Work: 20 % proved, 60 % declared" in notes
    table = next(shape for slide in read.slides for shape in slide.shapes if shape.has_table).table
    assert table.first_row
    assert [cell.text for cell in table.rows[0].cells] == ["Qué", "Un"]
    silent = [shape for shape in first.shapes if shape.shape_type == 1]
    assert len(silent) == 5
    assert all(b"decorative" in ElementTree.tostring(shape._element) for shape in silent)


def test_charts_are_native_with_their_figures():
    lines, bars = (
        shape.chart for slide in opened(report(Section("S", charts=[LINES, BARS]))).slides for shape in slide.shapes if shape.has_chart
    )
    assert [list(series.values) for series in lines.plots[0].series] == [[1.0, None, 3.5], [1, 2, 3]]
    assert list(lines.plots[0].categories) == ["Jan", "Feb", "Mar"]
    assert list(bars.plots[0].categories) == ["One & <two>", "Three"]
    assert lines.chart_title.text_frame.text == "Up"


def test_a_presentation_has_the_citys_colour_and_letters_that_are_everywhere():
    parts = zipfile.ZipFile(BytesIO(deck.written(report(Section("S", ["x"]), brand="#8a1c3b"))[0]))
    theme = parts.read("ppt/theme/theme1.xml").decode()
    assert '<a:accent1><a:srgbClr val="8a1c3b"/></a:accent1>' in theme
    assert theme.count('<a:latin typeface="Arial"') == 2
    assert "Calibri" not in theme
    assert sum(name.startswith("ppt/slideLayouts/slideLayout") for name in parts.namelist()) == 2


@pytest.mark.parametrize("text", TEXTS)
def test_the_html_holds_all_and_asks_for_nothing(text):
    document = full(text)
    page = html.written(document)[0].decode()
    assert "<script>alert" not in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "http" not in page.replace("http-equiv", "").replace('xmlns="http://www.w3.org/2000/svg"', "")
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(script) == 1
    assert f"'sha256-{b64encode(sha256(script[0].encode()).digest()).decode()}'" in page
    assert "default-src 'none'" in page


def test_the_html_is_read_by_ear_in_its_language():
    table = Table("", [Column("Qué"), Column("Un", number=True)], [[Cell("a", "b", "■", "red"), Cell("1")]])
    page = html.written(report(Section("Órdenes", ["Dicho."], SHAPES, [LINES]), Section("Dos", tables=[table])))[0].decode()
    assert '<html lang="es-MX">' in page
    assert page.count("<h1") == 1
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", page) == ["Órdenes", "Dos"]
    assert f'role="img" aria-label="{LINES.alt}"' in page
    assert '<th scope="col" role="columnheader">Qué</th><th scope="col" role="columnheader" class="number">Un</th>' in page
    assert '<th scope="row" role="rowheader"><span class="red">■ a</span><small>b</small></th>' in page
    assert 'alt="Escudo de Aurora"' in page
    assert ">Time: 40 % of the time used</span>" in page


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> district_town.Town:
    return district_town.build(tmp_path_factory.mktemp("projected"))


@pytest.fixture(scope="module")
def meeting(town) -> int:
    """A meeting about June 2026 with two items kept and one beside, one follow-up kept and one overdue, and a concern."""
    office = _office(town)
    planned = plan_meeting(town.records, office, open_review(town.records, office, "aurora", Month(2026, 6)), DAY)
    found = [
        Item("goal", ("worsened",), goal="robberies", kept=True),
        Item("action", ("milestone",), node=town.nodes["1.1"], kept=True),
        Item("other", ("added",), title="Summer hours"),
    ]
    make_agenda(town.records, office, planned, found)
    head = posts(town.records, DAY)[0].id
    for what, due in (("Show the count", date(2026, 6, 20)), ("Name the streets", date(2026, 6, 30)), ("Light the pier", date(2026, 8, 5))):
        ask(town.records, office, FollowUp("aurora", what, head, due), date(2026, 6, 1))
    kept = next(row for row in follow_ups(town.records, "aurora") if row["what"] == "Show the count")
    done(town.records, office, kept["id"], kept["version"], date(2026, 6, 19), "A table")
    raise_concern(town.records, office, Concern("aurora", "The lift <b>stops</b>", "Twice a week", area="hall"), date(2026, 7, 1))
    return planned


def _office(town: district_town.Town) -> Actor:
    return actor(town.records, next(row["id"] for row in people(town.records) if row["name"] == "Rosa Revisora"), DAY)


def said(section: Section) -> str:
    cells = [part for table in section.tables for row in table.rows for cell in row for part in (cell.text, cell.note)]
    return " ".join([*section.said, *cells]).replace("\xa0", " ")


def test_the_slides_of_a_meeting_have_each_item_with_its_question(town, meeting):
    session = small_city.session(town.home)
    document = slides.document(session, str(meeting))
    titles = [section.title for section in document.sections]
    assert titles[0] == "The month in one look"
    assert [title for title in titles if title[:1].isdigit()] == ["1. Goal robberies", "2. Renovate the market (1.1)"]
    assert titles[titles.index("Agenda") - 1] == "Follow-ups"  # what was promised opens the meeting
    assert titles[-2:] == ["Concerns", "What comes next"]
    by_title = dict(zip(titles, document.sections, strict=True))
    goal, action = by_title["1. Goal robberies"], by_title["2. Renovate the market (1.1)"]
    assert goal.charts
    assert goal.said[-1] == "To decide: What do we do so that it does not go on getting worse?"
    assert [bar.name for bar in action.bars] == ["Time", "Work", "Money"]
    assert action.said[-1] == "To decide: By which new day is the stage done, and who answers for it?"
    assert by_title["Agenda"].tables[0].left == "and 1 more"
    assert "1 of 2 that fell due were kept (50 %)." in said(by_title["Follow-ups"])
    assert [row[0].text for row in by_title["Follow-ups"].tables[0].rows] == ["Name the streets"]
    assert "The lift <b>stops</b>" in said(by_title["Concerns"])
    assert "Light the pier" in said(by_title["What comes next"])
    assert "Name the streets" not in said(by_title["What comes next"])


def test_what_is_decided_stands_on_the_items_slide_with_what_was_asked_for(tmp_path):
    held = met(tmp_path / "home")
    write_note(held.records, held.office, held.items["goal"], "decided", "Two patrols <b>more", None, None)
    told = FollowUp("aurora", "Send the roster", 1, date(2026, 7, 24), "The roster", held.meeting, held.items["goal"])
    ask(held.records, held.office, told, MEETING_DAY)
    document = slides.document(small_city.session(held.town.home), str(held.meeting))
    goal, action = (next(each for each in document.sections if each.title[:1] == number) for number in "12")
    assert list(goal.said[-2:]) == [
        "Decided: Two patrols <b>more",
        "Follow-up: Send the roster. Head of Security (Eva Editora), by 24 Jul 2026.",
    ]
    assert action.said[-1].startswith("To decide:")


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_slides_say_what_the_overview_says(town, meeting, language):
    session = small_city.session(town.home, language)
    document = slides.document(session)
    judged = scores.judged(session)
    assert document.sentence == overview.sentence(headline(judged), translator(session.locale))
    chart = document.sections[0].charts[0]
    assert sum(value or 0 for value in chart.series[0].values) == len(judged)
    assert meeting


def test_without_a_meeting_the_goals_that_need_a_decision_are_the_agenda(tmp_path):
    session = small_city.session(small_city.build(tmp_path))
    needed = headline(scores.judged(session)).needs_decision
    titles = [section.title for section in slides.document(session).sections]
    assert needed
    assert {session.say(score.kpi.name) for score in needed} <= set(titles)
    with pytest.raises(NotPossibleNow, match="no meeting about this month"):
        slides.document(session, "7")


@pytest.mark.parametrize("form", ["pptx", "html", "pdf"])
def test_the_command_writes_them_in_each_form(town, meeting, tmp_path, monkeypatch, capsys, form):
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    out = tmp_path / f"slides.{form}"
    told = ["--place", "aurora", "--month", "2026-06", "--kind", "slides", "--format", form, "--language", "en", "--out", str(out)]
    assert main(["report", *told, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    session = small_city.session(town.home)
    document = slides.document(session)
    assert answer["pages"] >= (8 if form != "pdf" else 1)
    assert out.read_bytes()[:4] == {"pptx": b"PK\x03\x04", "html": b"<!DO", "pdf": b"%PDF"}[form]
    if form == "html":
        assert escape(document.sentence) in out.read_text()
    assert meeting
