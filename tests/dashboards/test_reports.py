"""The report of a neighbourhood: one page that everybody can read, whatever people wrote and however much there is."""

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dashboards.__main__ import main
from dashboards.plan.neighbourhood import known, measured, saying
from dashboards.reports import neighbourhood, pdf, typesetting
from dashboards.reports.content import Cell, Column, Report, Table, short
from data.plans.reading import plans
from tests import district_town, small_city
from tests.district_town import work

LONG = "A very long name of a work that goes on and on, " * 8


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> district_town.Town:
    return district_town.build(tmp_path_factory.mktemp("reported"))


def made(town: district_town.Town, language: str = "en", district: str = "centro") -> tuple[Report, bytes, int]:
    """The report at its fullest, and the file with its number of pages."""
    session = small_city.session(town.home, language)
    found = known.of_district(session, plans(session.records)[0], session.definitions.place[district])
    figures = measured.figures(session, found.district)
    rooms = neighbourhood.rooms(found, figures)
    file, pages = pdf.one_page(lambda room: neighbourhood.report(session, found, figures, room), rooms)
    return neighbourhood.report(session, found, figures, rooms[0]), file, pages


def cells(table: Table) -> list[list[str]]:
    return [[cell.text.replace("\xa0", " ") for cell in row] for row in table.rows]


def in_file(file: bytes, key: str) -> bytes:
    found = re.search(rb"/%s\(([^)]*)\)" % key.encode(), file)
    return found[1] if found else b""


@pytest.mark.parametrize(("language", "title"), [("es", "Centro"), ("en", "Old Centre")])
def test_the_file_is_one_tagged_page_with_its_language_and_title(town, language, title):
    _report, file, pages = made(town, language)
    assert pages == 1
    assert file.count(b"/Type/Page/") == 1
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file
    assert b"/Marked true" in file
    assert in_file(file, "Lang").decode().startswith(language)
    assert f">{title}</rdf:li>".encode() in file


def test_the_map_is_said_in_words(town):
    assert b"/S/Figure" in made(town)[1]
    assert in_file(made(town)[1], "Alt").startswith(b"Map of 1 key work")


def test_the_report_says_what_the_page_says(town):
    report, _file, _pages = made(town)
    session = small_city.session(town.home)
    found = known.of_district(session, plans(session.records)[0], session.definitions.place["centro"])
    assert report.sentence == saying.sentence(session, found, measured.figures(session, found.district))
    assert report.beside is not None
    assert cells(report.beside) == [["Renovate the market", "Late", "The builder went bankrupt"]]
    promises, goals, requests = report.tables
    assert [row[:2] for row in cells(promises)] == [["Light the park", "Under way"], [short(district_town.HOSTILE), "Not started"]]
    assert promises.about == "Under way: 1 · Late: 1 · Not started: 1"
    assert cells(goals)[0][:5] == ["Goal robberies", "50.0 %", "37.1 %", "12.9 points worse", "2.0 points worse"]
    assert cells(requests) == [["Requests received", "300", "1,200", "25.0 % of the city", "252 requests more"]]
    entries, people = report.pair
    assert [row[0].text for row in entries.rows] == ["The contractor failed", "Lamps came early", "Tender the market again"]
    assert "overdue since 30 Jun 2026" in entries.rows[0][0].note
    assert cells(people) == [["Elena Editora", "2", "1"]]


def test_the_bars_are_those_of_the_truth_line(town):
    bars = {bar.name: (round(bar.filled, 1), round(bar.outlined, 1)) for bar in made(town)[0].bars}
    assert bars == {"Time": (58.7, 0.0), "Work": (13.3, 60.0), "Money": (45.0, 75.0)}


@pytest.mark.parametrize(("number", "name"), [(60, "Work {n}"), (60, LONG + "{n}"), (1, LONG), (0, "")])
def test_it_is_one_page_whatever_the_number_of_works_and_the_rest_is_counted(tmp_path, number, name):
    home = small_city.build(tmp_path)
    points = [{"latitude": 38.39 + n / 1000, "longitude": -17.3, "limits": LONG} for n in range(number)]
    works = [work(f"2.{n}", name.format(n=n), "centro", **point) for n, point in enumerate(points)]
    others = [work(f"3.{n}", name.format(n=n), "centro", work=False) for n in range(number)]
    town = district_town.adopted(home, *works, *others)
    report, _file, pages = made(town)
    assert pages == 1
    assert report.beside is not None
    shown = len(report.beside.rows)
    assert shown == min(number, neighbourhood.MOST[0])
    assert report.beside.left == (f"and {number - shown} more" if number > shown else "")
    assert len(report.tables[0].rows) == min(number, neighbourhood.MOST[1])


def test_a_page_gives_up_rows_one_by_one_and_keeps_one_of_each(town):
    session = small_city.session(town.home)
    found = known.of_district(session, plans(session.records)[0], session.definitions.place["centro"])
    rooms = neighbourhood.rooms(found, measured.figures(session, found.district))
    assert rooms[0] == (1, 2, 10, 1, 3, 1)
    assert rooms[-1] == (1, 1, 1, 1, 1, 1)
    assert all(sum(more) - sum(fewer) == 1 for more, fewer in pairwise(rooms))


def page(**changed: Any) -> Report:
    told = Report("en", "GB", "Title", "About", "Sentence", "#0b6b74", beside=Table("Works", [Column("Work")], []))
    return replace(told, **changed)


@pytest.mark.parametrize(
    "text",
    [
        '#let x = 1 #panic("no") [a] *b* _c_ $d$ \\ ` ``` <e> @f // g /* h',
        '"quotes" and \\u{41} and {"json": [1]}',
        "=== heading\n- list\n+ list\n/ term: x",
        "日本 العربية 😀 naïve ✓ → −",
        "bell \x07 null \x00 escape \x1b delete \x7f next \x85 soft\xadhyphen \u200b\ufeff\u202e",
        "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        "",
    ],
)
def test_what_people_write_is_never_markup_and_never_in_the_way(text):
    row = [Cell(text, text, "■", "red")]
    told = page(title=text or "Title", sentence=text, beside=Table(text or "Works", [Column(text)], [row], text, text))
    file, pages = pdf.one_page(lambda _room: told, [0])
    assert pages == 1
    assert b"<pdfuaid:part>1" in file


def test_letters_that_no_font_has_are_replaced_and_the_others_stay(monkeypatch):
    said = []
    compiled = typesetting.typst.compile
    monkeypatch.setattr(
        typesetting.typst, "compile", lambda *told, **more: said.append(more["sys_inputs"]["said"]) or compiled(*told, **more)
    )
    pdf.one_page(lambda _room: page(sentence="Ñandú 日本 → Ωμέγα"), [0])
    assert json.loads(said[-1])["sentence"] == "Ñandú ?? → Ωμέγα"


def test_what_does_not_fit_one_page_is_as_many_as_it_takes():
    rows = [[Cell("x")]] * 200
    _file, pages = pdf.one_page(lambda _room: page(beside=Table("Works", [Column("Work")], rows)), [0])
    assert pages > 1


@pytest.mark.parametrize(("text", "said"), [("a  b\nc", "a b c"), ("word " * 40, "word word word…"), ("x" * 40, "x" * 16 + "…")])
def test_a_long_text_is_cut_where_a_word_ends(text, said):
    assert short(text, 16) == said


def asked(out: Path, **changed: str) -> list[str]:
    told = {"place": "aurora", "month": "2026-06", "kind": "neighbourhood", "id": "centro", "format": "pdf", "language": "es", **changed}
    return ["report", *(part for name, value in told.items() for part in (f"--{name}", value)), "--out", str(out)]


def test_the_command_writes_the_file_and_says_so(town, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    out = tmp_path / "centro.pdf"
    assert main([*asked(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(out), "pages": 1, "snapshot": None}
    assert out.read_bytes() == made(town, "es")[1]
    assert main(asked(out, language="en")) == 0
    assert capsys.readouterr().out.strip() == f"{out}: 1 page of 2026-06, live"
    assert [path.name for path in tmp_path.iterdir()] == ["centro.pdf"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"format": "pptx"}, "a report of the kind neighbourhood cannot be written as pptx"),
        ({"place": "nowhere"}, "no place has the id nowhere"),
        ({"month": "2031-01"}, "2031-01 has no data; the months from 2024-01 to 2026-06 have"),
        ({"id": "bruma"}, "--id names no neighbourhood of aurora; name one of: centro, puerto"),
        ({"place": "bruma"}, "the places' file names none inside this place"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words_and_nothing_is_written(town, tmp_path, monkeypatch, capsys, changed, said):
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    assert main(asked(tmp_path / "x.pdf", **changed)) == 1
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_everything_that_is_wrong_is_said_at_once(town, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    assert main([*asked(tmp_path / "x.pdf", format="html", month="2031-01", id="nowhere"), "--json"]) == 1
    assert [problem["key"] for problem in json.loads(capsys.readouterr().out)["problems"]] == ["--format", "--month", "--id"]


def test_a_city_without_a_plan_is_told_how_to_get_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(small_city.build(tmp_path / "city").folder))
    assert main(asked(tmp_path / "x.pdf")) == 3
    assert "python -m data plan FILE" in capsys.readouterr().err
    assert not (tmp_path / "city" / "data" / "store" / "records.sqlite").exists()


def test_a_folder_that_is_not_there_is_said_and_nothing_is_written(town, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    assert main(asked(tmp_path / "missing" / "x.pdf")) == 3
    assert "No such file or directory" in capsys.readouterr().err
