"""A plan goes out as it came in, with what was changed since in the style of its columns; and a newer file of it comes in."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from data.access import NotAllowed
from data.plan_files import written
from data.plan_files.cells import Row, grids
from data.plan_files.kept import kept
from data.plans.deciding import Decision, add, change, decide
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.plans.reading import tree
from data.plans.renewing import compare, renew
from data.plans.reporting import Report, report
from data.problems import Refused
from data.records.records import Records
from data.records.tables import plan_version
from tests.plan_sheets import (
    DAY,
    DECIDIM_A,
    DECIDIM_B,
    DECIDIM_C,
    DECIDIM_D,
    GOBIERTO,
    SISPT,
    adopted,
    by_map,
    document,
    gone_out,
    saved,
    tet,
)  # fmt: skip
from tests.recorded_town import everything

TEXTS = {"gobierto": GOBIERTO, "a": DECIDIM_A, "b": DECIDIM_B, "c": DECIDIM_C, "d": DECIDIM_D, "sispt": SISPT}
MAP = "plan: {key: plan}\nkey: id\nname: name\nprogress: {column: p, share: true}\nstarts: d\nbudget: [{factor: 1000, initial: money}]\n"
BOARD = 'id;name;p;d;money;more\n1;uno;0,50;3/5/2025;1.200;"x"\n\n2;dos;;13/5/2025;;\n'


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_file_goes_out_byte_for_byte(records: Records, tmp_path: Path, text: str):
    path = saved(tmp_path, text)
    adopted(records, document(path))
    done = gone_out(records, "plan", tmp_path / "out.csv", document(path).file.format)  # type: ignore[union-attr]
    assert (tmp_path / "out.csv").read_bytes() == path.read_bytes()
    assert (done.changed, done.new) == (0, 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("text", [GOBIERTO, GOBIERTO.replace("\n", "\r\n"), GOBIERTO.rstrip("\n"), GOBIERTO + "\n\n"])
def test_letters_and_line_ends_go_out_as_they_came(tmp_path: Path, records_of_sqlite: Records, encoding: str, text: str):
    raw = b"\xff\xfe" + text.encode(encoding) if encoding == "utf-16-le" else text.encode(encoding)
    adopted(records_of_sqlite, document(saved(tmp_path, raw)))
    gone_out(records_of_sqlite, "plan", tmp_path / "out.csv", "gobierto")
    assert (tmp_path / "out.csv").read_bytes() == raw


def test_a_workbook_goes_out_with_its_cells_its_numbers_and_its_days(records: Records, tmp_path: Path):
    path = tet(tmp_path / "plan.xlsx")
    adopted(records, document(path))
    gone_out(records, "plan", tmp_path / "out.xlsx", "tet")
    before, after = (
        [(row.cells, row.mask) for row in grid.rows] for grid in (grids(path, "x", {})[1], grids(tmp_path / "out.xlsx", "x", {})[1])
    )
    assert before == after
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None and sheet.title == "Fichier d'import"
    assert (sheet["X5"].value, str(sheet["AA5"].value)) == (120000.5, "2025-12-01 00:00:00")


def sheets_of(path: Path) -> list[tuple[str, str, list[list[object]]]]:
    """Each sheet of a workbook: name, whether it is hidden, every cell as it is held."""
    return [
        (sheet.title, sheet.sheet_state, [[cell.value for cell in row] for row in sheet.iter_rows()])
        for sheet in openpyxl.load_workbook(path).worksheets
    ]


def with_sheets_around(path: Path) -> Path:
    """The workbook with an empty sheet, one of numbers and days, and a hidden one around the plan's."""
    book = openpyxl.load_workbook(path)
    book.create_sheet("Vide", 0)
    figures = book.create_sheet("Chiffres", 2)
    figures.append(["Année", "Valeur", "=1+1"])
    figures["A3"], figures["B3"], figures["C3"] = datetime(2026, 3, 1), 0.5, "007"
    listed = book.create_sheet("Listes")
    listed.append(["À venir", "En cours"])
    listed.sheet_state = "hidden"
    book.save(path)
    return path


def test_the_other_sheets_of_a_workbook_go_out_with_it(records: Records, tmp_path: Path):
    path = with_sheets_around(tet(tmp_path / "plan.xlsx"))
    came = document(path)
    adopted(records, came)
    back = tmp_path / "out.xlsx"
    done = gone_out(records, "plan", back, "tet")
    before, after = sheets_of(path), sheets_of(back)
    assert [sheet[:2] for sheet in after] == [sheet[:2] for sheet in before]
    assert [name for name, _hidden, _cells in after] == ["Vide", "Mode d'emploi", "Chiffres", "Fichier d'import", "Listes"]
    active = openpyxl.load_workbook(back).active
    assert active is not None and (done.changed, active.title) == (0, "Fichier d'import")
    for name in ("Mode d'emploi", "Listes"):
        assert {each[0]: each[2] for each in after}[name] == {each[0]: each[2] for each in before}[name]
    figures = {each[0]: each[2] for each in after}["Chiffres"]
    assert [cell for row in figures for cell in row if cell is not None] == ["Année", "Valeur", datetime(2026, 3, 1), 0.5, "007"]


def test_a_sheet_that_is_too_large_to_be_kept_is_said(records_of_sqlite: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("data.plan_files.cells.MOST_BESIDE", 25)  # the sheet of figures holds more
    came = document(with_sheets_around(tet(tmp_path / "plan.xlsx")))
    assert [str(each) for each in came.warnings if "too large" in each.message] == [
        "plan.xlsx: the sheet Chiffres is too large to be kept beside the plan; only this sheet is missing when the plan goes out again; "
        "keep it in a file of its own"
    ]
    adopted(records_of_sqlite, came)
    gone_out(records_of_sqlite, "plan", tmp_path / "out.xlsx", "tet")
    assert [sheet[0] for sheet in sheets_of(tmp_path / "out.xlsx")] == ["Vide", "Mode d'emploi", "Fichier d'import", "Listes"]


def test_sheets_whose_names_are_longer_than_excel_takes_stay_apart(tmp_path: Path):
    name = "Una hoja con un nombre bastante largo"
    beside = [{"sheet": f"{name} {number}", "hidden": False, "at": number, "rows": []} for number in (0, 2)]
    layout = {"kind": "workbook", "sheet": name, "at": 1, "beside": beside}
    written.write(tmp_path / "out.xlsx", [Row(1, ("a",))], layout)
    assert [sheet[0] for sheet in sheets_of(tmp_path / "out.xlsx")] == [name[:31], f"{name[:27]} 2", f"{name[:27]} 3"]


def test_only_the_cells_of_what_was_changed_differ(records: Records, tmp_path: Path):
    path = saved(tmp_path, GOBIERTO)
    who, held = adopted(records, document(path))
    report(records, who, Report(held.by_key["007"]["id"], 1, DAY, 62.5, "started"))
    report(records, who, Report(held.by_key["009"]["id"], 1, DAY, 100.0, "completed"))
    moved = decide(records, who, Decision(held.plan["id"], DAY, "Later", "technical_impediment", "Rain"))
    change(records, who, held.by_key["007"]["id"], 2, moved, ends=date(2027, 3, 5))
    change(records, who, held.by_key["010"]["id"], 1, moved, name="Ensanchar más")
    done = gone_out(records, "plan", tmp_path / "out.csv", "gobierto")
    expected = (
        GOBIERTO.replace('"31/12/2026","50,00%"', '"05/03/2027","62,50%"')
        .replace('"Planificada",2025-03-01,2025-04-01,0', '"Finalitzat",2025-03-01,2025-04-01,100')
        .replace('"Ensanchar aceras"', '"Ensanchar más"')
    )
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == expected
    assert (done.changed, done.new) == (3, 0)


def test_a_level_that_was_renamed_is_renamed_in_each_of_its_rows(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    axis = next(row for row in held.nodes if row["name"] == "Eje 2. Calles")
    moved = decide(records, who, Decision(held.plan["id"], DAY, "Name", "other", "Better"))
    change(records, who, axis["id"], 1, moved, name="Eje 2. Plazas")
    gone_out(records, "plan", tmp_path / "out.csv", "gobierto")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == GOBIERTO.replace("Eje 2. Calles", "Eje 2. Plazas")


def test_an_action_that_was_added_gets_a_row_of_its_own(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    line = next(row for row in held.nodes if row["name"] == "Línea de aceras")
    found = decide(records, who, Decision(held.plan["id"], DAY, "More", "citizens_request", "Asked for"))
    fields = {"declared": 5.0, "status": "started", "starts": date(2026, 7, 1)}
    add(records, who, held.plan["id"], found, NodeEntry(key="011", name="Rampas", level=2, parent=line["key"], fields=fields))
    done = gone_out(records, "plan", tmp_path / "out.csv", "gobierto")
    last = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert last == 'Eje 2. Calles,Línea de aceras,011,Rampas,En Marxa,01/07/2026,,"5,00%",,'
    assert done.new == 1


def test_shares_factors_and_days_are_written_as_the_map_reads_them(records: Records, tmp_path: Path):
    path = saved(tmp_path, BOARD)
    told = 'decimal: ","\nthousands: "."\n' + MAP
    who, held = adopted(records, by_map(path, told))
    gone_out(records, "plan", tmp_path / "same.csv", "map")
    assert (tmp_path / "same.csv").read_bytes() == path.read_bytes()
    for key in ("1", "2"):
        report(records, who, Report(held.by_key[key]["id"], 1, DAY, 25.0))
    moved = decide(records, who, Decision(held.plan["id"], DAY, "Later", "other", "Rain"))
    change(records, who, held.by_key["1"]["id"], 2, moved, starts=date(2025, 12, 24))
    gone_out(records, "plan", tmp_path / "out.csv", "map")
    expected = BOARD.replace("0,50;3/5/2025", "0,25;24/12/2025").replace("2;dos;;", "2;dos;0,25;")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(("kind", "name"), [("decidim", "out.csv"), ("sispt", "out.csv"), ("tet", "out.xlsx"), ("gobierto", "out.xlsx")])
def test_a_plan_goes_out_in_another_format_and_comes_back(records: Records, tmp_path: Path, kind: str, name: str):
    adopted(records, document(saved(tmp_path, GOBIERTO)))
    gone_out(records, "plan", tmp_path / name, kind)
    found = document(tmp_path / name, kind)
    named = {str(each.name if isinstance(each.name, str) else each.name["es"]): each for each in found.nodes}
    river = named["Limpiar el río"]
    if kind != "tet":
        assert (river.key, river.fields["declared"]) == ("007", 50.0)
    if kind != "sispt":
        assert (river.fields["status"], river.fields["starts"]) == ("started", date(2025, 2, 1))


def test_a_newer_file_changes_what_it_says_otherwise_and_leaves_out_what_it_has_no_longer(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    newer = "".join(line for line in GOBIERTO.splitlines(keepends=True) if "Plantar" not in line).replace('"50,00%"', '"75,00%"')
    newer += '"Eje 1. Agua","Línea nueva","020","Nueva","Iniciat",,,"1%",,\n'
    found = document(saved(tmp_path, newer))
    before = everything(records)
    number, differs = compare(records, found)
    assert everything(records) == before
    assert number == held.plan["id"]
    assert [each.name for each in differs.added] == ["Línea nueva", "Nueva"]
    assert [(each.entry.key, each.fields.get("declared")) for each in differs.changed] == [("007", (50.0, 75.0))]
    assert [row["name"] for row in differs.removed] == ["Plantar árboles"]
    assert renew(records, who, held.plan["id"], found, DAY).added == differs.added
    now = kept(records, "plan")
    planted = next(row for row in now.nodes if row["name"] == "Plantar árboles")
    assert planted["left_out"] == f"not in the file of {DAY}"
    assert now.by_key["007"]["declared"] == 75.0
    assert now.plan["number"] == 2
    gone_out(records, "plan", tmp_path / "out.csv", "gobierto")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith(newer)


def test_what_comes_back_in_a_file_counts_again(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    shorter = "".join(line for line in GOBIERTO.splitlines(keepends=True) if "Ensanchar" not in line)
    renew(records, who, held.plan["id"], document(saved(tmp_path, shorter)), DAY)
    assert kept(records, "plan").by_key["010"]["left_out"]
    renew(records, who, held.plan["id"], document(saved(tmp_path, GOBIERTO)), DAY)
    assert kept(records, "plan").by_key["010"]["left_out"] is None


def test_the_same_file_again_writes_nothing(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    before = everything(records)
    renew(records, who, held.plan["id"], document(saved(tmp_path, GOBIERTO)), DAY)
    assert everything(records) == before


def test_progress_of_a_newer_file_is_a_report_of_its_day(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    report(records, who, Report(held.by_key["007"]["id"], 1, date(2026, 5, 1), 60.0, "started"))
    renew(records, who, held.plan["id"], document(saved(tmp_path, GOBIERTO.replace("50,00%", "75,00%"))), DAY)
    declared = {
        day: tree(records, held.plan["id"], day).nodes.filter(key="007")["declared"][0] for day in (date(2026, 5, 2), DAY, date(2026, 4, 1))
    }
    assert list(declared.values()) == [60.0, 75.0, 50.0]


def test_what_an_area_reports_after_a_file_of_the_same_day_holds(records: Records):
    def said(status: str) -> PlanDocument:
        action = NodeEntry(key="a", name="Action", level=0, fields={"status": status})
        return PlanDocument(key="p", name="Plan", place="aurora", levels=({"one": "Action", "many": "Actions"},), nodes=(action,))

    morning = datetime.combine(DAY, time(9), UTC)
    who, held = adopted(records, said("not_started"))
    renew(records, who, held.plan["id"], said("suspended"), DAY, morning)
    seen = [tree(records, held.plan["id"], DAY).nodes["status"][0]]
    report(records, who, Report(held.by_key["a"]["id"], 2, DAY, None, "started"), morning)
    seen += [tree(records, held.plan["id"], day).nodes["status"][0] for day in (DAY, date(2027, 1, 1), date(2026, 1, 1))]
    assert seen == ["suspended", "started", "started", "not_started"]


def test_the_order_of_a_newer_file_is_the_order_of_the_plan(records: Records, tmp_path: Path):
    flat = DECIDIM_C.replace("2,,,1,e2", "2,,,,e2")
    who, held = adopted(records, document(saved(tmp_path, flat)))
    first, second, third = flat.splitlines(keepends=True)
    renew(records, who, held.plan["id"], document(saved(tmp_path, first + third + second)), DAY)
    assert [row["key"] for row in kept(records, "plan").nodes] == ["2", "1"]


def test_a_row_that_is_new_moves_no_other(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    lines = GOBIERTO.splitlines(keepends=True)
    new = '"Eje 1. Agua","Línea ""Ríos""","006","Antes","Iniciat",,,"1%",,\n'
    renew(records, who, held.plan["id"], document(saved(tmp_path, "".join([lines[0], lines[1], new, *lines[2:]]))), DAY)
    now = kept(records, "plan")
    assert [row["name"] for row in now.nodes if row["parent"] == now.by_key["007"]["parent"]] == [
        "Limpiar el río",
        "Antes",
        "Plantar árboles",
    ]
    assert {row["version"] for row in now.nodes} == {1}


def test_money_of_a_newer_file_takes_the_place_of_the_old(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, SISPT)))
    renew(records, who, held.plan["id"], document(saved(tmp_path, SISPT.replace("1500000", "1600000").replace(",250000.5,", ",,"))), DAY)
    lines = kept(records, "plan").lines[held.by_key["0401102"]["id"]]
    assert sorted((line["name"], line["initial"]) for line in lines) == [
        ("Recursos propios 2024", 1600000.0), ("Recursos propios 2025", 2000000.0),
    ]  # fmt: skip


def test_what_bears_the_same_name_twice_is_there_twice_and_no_more(records: Records):
    """Two funds that pay one budget code, two visits of one name: after a newer plan there are two of each, and their sums are its."""

    def said(*paid: float) -> PlanDocument:
        lines = tuple(LineEntry(code="32.A", currency="EUR", year=2026, source=f"Fund {each}", phases={"paid": each}) for each in paid)
        visits = tuple(MilestoneEntry(name="Visit", share=100 / len(paid)) for _ in paid)
        action = NodeEntry(key="a", name="Action", level=0, lines=lines, milestones=visits)
        levels = ({"one": "Action", "many": "Actions"},)
        return PlanDocument(key="p", name="Plan", place="aurora", levels=levels, nodes=(action,), says=("lines", "milestones"))

    who, held = adopted(records, said(10.0, 20.0))
    for paid in ((10.0, 25.0), (11.0, 26.0, 3.0), (5.0,)):
        renew(records, who, held.plan["id"], said(*paid), DAY)
        now = kept(records, "p")
        assert [line["paid"] for line in now.lines[held.by_key["a"]["id"]]] == list(paid)
        assert [step["share"] for step in now.milestones[held.by_key["a"]["id"]]] == [100 / len(paid)] * len(paid)
    assert renew(records, who, held.plan["id"], said(5.0), DAY).changed == ()


def test_a_version_says_what_a_file_changed(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    renew(records, who, held.plan["id"], document(saved(tmp_path, GOBIERTO.replace("50,00%", "75,00%"))), DAY)
    with records.read() as connection:
        rows = connection.execute(select(plan_version).order_by(plan_version.c.number)).mappings().all()
    assert [(row["number"], row["decision"]) for row in rows] == [(1, None), (2, None)]
    changed = {"node": held.by_key["007"]["id"], "field": "declared", "was": 50.0, "is": 75.0}
    assert rows[1]["changes"] == [changed]


def test_whoever_may_not_import_changes_nothing(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    before = everything(records)
    with pytest.raises(NotAllowed):
        renew(records, replace(who, roles=frozenset()), held.plan["id"], document(saved(tmp_path, DECIDIM_C)), DAY)
    assert everything(records) == before


def test_an_import_that_fails_half_way_leaves_nothing(records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    before = everything(records)
    monkeypatch.setattr("data.plans.renewing.keep_file", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        renew(records, who, held.plan["id"], document(saved(tmp_path, DECIDIM_C)), DAY)
    assert everything(records) == before


def test_a_letter_that_the_file_cannot_hold_is_refused_and_the_file_stays(records_of_sqlite: Records, tmp_path: Path):
    who, held = adopted(records_of_sqlite, document(saved(tmp_path, GOBIERTO.encode("cp1252"))))
    moved = decide(records_of_sqlite, who, Decision(held.plan["id"], DAY, "Name", "other", "Better"))
    change(records_of_sqlite, who, held.by_key["007"]["id"], 1, moved, name="Río Ž → mar")
    (tmp_path / "out.csv").write_text("before")
    with pytest.raises(Refused, match="the letter '→' is not in cp1252"):
        gone_out(records_of_sqlite, "plan", tmp_path / "out.csv", "gobierto")
    assert (tmp_path / "out.csv").read_text() == "before"
    gone_out(records_of_sqlite, "plan", tmp_path / "out.xlsx", "gobierto")
    assert grids(tmp_path / "out.xlsx", "x", {})[0].rows[1].cells[3] == "Río Ž → mar"


def test_a_workbook_goes_out_as_text_without_quotes_of_its_numbers(records_of_sqlite: Records, tmp_path: Path):
    adopted(records_of_sqlite, document(tet(tmp_path / "plan.xlsx")))
    gone_out(records_of_sqlite, "plan", tmp_path / "out.csv", "tet")
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert ",120000.5,En cours,,2025-12-01 00:00:00," in lines


def test_a_node_can_move_under_one_that_is_new(records: Records, tmp_path: Path):
    who, held = adopted(records, document(saved(tmp_path, GOBIERTO)))
    moved = GOBIERTO.replace('"Eje 2. Calles","Línea de aceras","010"', '"Eje 3. Nuevo","Línea de aceras","010"')
    renew(records, who, held.plan["id"], document(saved(tmp_path, moved)), DAY)
    now = kept(records, "plan")
    assert [each["name"] for each in now.above(now.by_key["010"])] == ["Eje 3. Nuevo", "Línea de aceras"]


@pytest.fixture
def records_of_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Records on the usual database: what is written in files does not depend on it."""
    from tests.recorded_town import records_of

    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    with records_of(tmp_path / "home") as found:
        yield found
