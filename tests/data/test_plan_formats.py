"""Plans in the formats of other systems: what each row says, in spite of every trap that real files hold."""

from datetime import date
from pathlib import Path

import pytest

from data.problems import Refused
from tests.plan_sheets import DECIDIM_A, DECIDIM_B, DECIDIM_C, DECIDIM_D, GOBIERTO, SISPT, document, entry, saved, tet

CSV = {"gobierto": GOBIERTO, "a": DECIDIM_A, "b": DECIDIM_B, "c": DECIDIM_C, "d": DECIDIM_D, "sispt": SISPT}


@pytest.mark.parametrize(
    ("text", "kind"),
    [(GOBIERTO, "gobierto"), *((text, "decidim") for text in (DECIDIM_A, DECIDIM_B, DECIDIM_C, DECIDIM_D)), (SISPT, "sispt")],
)  # fmt: skip
def test_a_format_is_recognised_by_its_columns(tmp_path: Path, text: str, kind: str):
    found = document(saved(tmp_path, text))
    assert found.source is not None
    assert found.source["format"] == kind
    assert document(saved(tmp_path, text), kind).nodes == found.nodes


def test_gobierto_makes_a_tree_of_its_levels(tmp_path: Path):
    found = document(saved(tmp_path, GOBIERTO))
    assert [(each.level, each.name) for each in found.nodes] == [
        (0, "Eje 1. Agua"), (1, 'Línea "Ríos"'), (2, "Limpiar el río"), (2, "Plantar árboles"), (1, "Línea de fuentes"),
        (2, "Reparar fuentes"), (0, "Eje 2. Calles"), (1, "Línea vacía"), (1, "Línea de aceras"), (2, "Ensanchar aceras"),
    ]  # fmt: skip


def test_gobierto_ids_days_and_percentages_are_what_the_city_wrote(tmp_path: Path):
    found = document(saved(tmp_path, GOBIERTO))
    cleaned = entry(found, "007")
    assert cleaned.fields["declared"] == 50.0
    assert (cleaned.fields["starts"], cleaned.fields["ends"]) == (date(2025, 2, 1), date(2026, 12, 31))
    assert cleaned.cells is not None
    assert cleaned.cells[3] == "<p>Limpiar el <b>río</b></p>"
    assert entry(found, "009").fields["starts"] == date(2025, 3, 1)


def test_statuses_are_ours_and_keep_the_words_of_the_file(tmp_path: Path):
    found = document(saved(tmp_path, GOBIERTO))
    said = {each.key: (each.fields.get("status"), each.fields.get("status_text")) for each in found.nodes if each.level == 2}
    assert list(said.values()) == [
        ("started", "En Marxa"), ("completed", "Finalitzat"), ("not_started", "Planificada"), (None, "Wadus"),
    ]  # fmt: skip
    assert any("'Wadus' is no status that is known" in str(warning) for warning in found.warnings)


def test_progress_over_a_hundred_is_kept_and_warned_of(tmp_path: Path):
    found = document(saved(tmp_path, GOBIERTO))
    assert entry(found, "010").fields["declared"] == 120.0
    assert [warning.line for warning in found.warnings if "over 100" in str(warning)] == [7]


def test_an_empty_category_is_no_action(tmp_path: Path):
    empty = entry(document(saved(tmp_path, GOBIERTO)), "Línea vacía")
    assert empty.fields == {"left_out": "nothing is part of it yet"}
    assert empty.cells is not None


def test_gobierto_levels_may_begin_at_one_and_come_in_any_order(tmp_path: Path):
    text = "Node.Title;level 3;LEVEL 1;Level 2;NODE.PROGRESS\nUno;C;A;B;10\n"
    found = document(saved(tmp_path, text))
    assert [each.name for each in found.nodes] == ["A", "B", "C", "Uno"]
    assert found.nodes[-1].fields["declared"] == 10.0


def test_the_same_title_in_one_category_is_numbered_and_in_two_is_two(tmp_path: Path):
    text = "Level 0,Node.Title\nA,Uno\nA,Uno\nB,Uno\n"
    keys = [each.key for each in document(saved(tmp_path, text)).nodes if each.level == 1]
    assert len(set(keys)) == 3
    assert keys[1] == f"{keys[0]}-2"


def test_decidim_parents_come_after_their_children(tmp_path: Path):
    found = document(saved(tmp_path, DECIDIM_A))
    assert {each.key: (each.level, each.parent) for each in found.nodes if each.key in ("11", "12", "13")} == {
        "12": (2, "11"), "13": (2, "11"), "11": (1, entry(found, "Movilidad").key),
    }  # fmt: skip
    assert entry(found, "12").name == {"es": "Carril bici", "en": "Bike lane"}
    assert entry(found, "13").name == {"es": "Aparcamiento"}
    assert entry(found, "12").fields["description"] == {"es": "Uno & dos", "en": "One"}
    assert entry(found, "11").fields["place"] == "centro"


def test_the_newest_shape_of_decidim_has_places_on_the_map(tmp_path: Path):
    found = document(saved(tmp_path, DECIDIM_B))
    well = entry(found, "2")
    assert (well.fields["latitude"], well.fields["longitude"], well.fields["status"]) == (40.5, -3.7, "suspended")
    assert well.name == {"es": "Pozo", "pt_BR": "Poço"}


def test_barcelonas_shape_gets_a_node_for_a_parent_that_the_file_only_names(tmp_path: Path):
    found = document(saved(tmp_path, DECIDIM_D))
    assert [(each.key, each.level, each.parent) for each in found.nodes if each.key in ("423", "8")] == [
        ("423", 1, entry(found, "01. PAD AURORA").key), ("8", 2, "423"),
    ]  # fmt: skip
    assert any("423" in str(warning) for warning in found.warnings)
    assert entry(found, "8").fields["starts"] == date(2025, 6, 1)


def test_a_parent_that_is_nowhere_is_named_with_its_row(tmp_path: Path):
    with pytest.raises(Refused) as refused:
        document(saved(tmp_path, DECIDIM_C.replace("2,,,1,e2", "2,,,99,e2")))
    assert [(problem.line, problem.key) for problem in refused.value.problems] == [(3, "2")]


def test_a_circle_of_parents_is_named_with_each_of_its_rows(tmp_path: Path):
    with pytest.raises(Refused) as refused:
        document(saved(tmp_path, DECIDIM_C.replace("1,1,1,,e1", "1,1,1,2,e1")))
    assert [problem.line for problem in refused.value.problems if "part of itself" in str(problem)] == [2, 3]


def test_the_workbook_of_territoires_en_transitions(tmp_path: Path):
    found = document(tet(tmp_path / "plan.xlsx"))
    assert found.name == "Plan climat 2025-2030"
    assert [(each.level, each.name) for each in found.nodes] == [
        (0, "Axe 1. Eau"), (3, "Économiser l'eau"), (4, "Réparer les fuites"), (0, "Axe 2. Air"), (1, "Sous-axe 2.1"), (3, "Planter"),
    ]  # fmt: skip
    saving = entry(found, "Économiser l'eau")
    assert saving.fields["starts"] == date(2025, 12, 1)
    assert saving.lines[0].phases == {"initial": 120000.5}
    assert entry(found, "Réparer les fuites").parent == saving.key
    assert [entry(found, name).fields["status"] for name in ("Réparer les fuites", "Planter")] == ["started", "cancelled"]


def test_the_colombian_plan_has_a_line_for_each_source_and_year(tmp_path: Path):
    found = document(saved(tmp_path, SISPT))
    first = entry(found, "0401102")
    assert [(line.name, line.year, line.currency, line.phases) for line in first.lines] == [
        ("Recursos propios 2025", 2025, "COP", {"initial": 2000000.0}), ("SGP salud 2024", 2024, "COP", {"initial": 250000.5}),
        ("Recursos propios 2024", 2024, "COP", {"initial": 1500000.0}),
    ]  # fmt: skip
    assert entry(found, "0401102-2").fields["sdg"] == ["3", "4"]
    assert [each.name for each in found.nodes if each.level == 0] == ["01 Salud para todos", "02 Equidad"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "the file is empty"), (b"\n\n", "the file is empty"), ("a,b\n1,2\n", "no known format of plans has these columns"),
        ("Level 0,Node.Title\n", "there are no rows below the header"), ("Level 0,Node.Title\nA,Uno,3\n", "3 fields instead of 2"),
        ('Level 0,Node.Title\nA,"Uno\n', "never closed"), ("Level 0,Node.Title,Node.Progress\nA,Uno,lots\n", "is not a number"),
        ("Level 0,Node.Title,Node.Start\nA,Uno,31/31/2025\n", "is not a day"),
        ("Level 0,Node.Title,Node.Start,Node.End\nA,Uno,2025-02-01,2025-01-01\n", "before it begins"),
        ("Level 0,Node.Title,Node.external_id\nA,Uno,1\nA,Dos,1\n", "was given before, in row 2"),
        ("Level 0,Node.Title,Node.Progress\nA,Uno,-5%\n", "below zero"),
        ("Level 0,Node.Title,Node.Progress\nA,,50\n", "the row has no name"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_a_cure(tmp_path: Path, text: str | bytes, said: str):
    with pytest.raises(Refused) as refused:
        document(saved(tmp_path, text))
    found = [problem for problem in refused.value.problems if said in problem.as_json()["message"]]  # type: ignore[operator]
    assert found
    assert all(problem.hint for problem in found)


def test_every_problem_is_told_at_once(tmp_path: Path):
    text = "Level 0,Node.Title,Node.Progress,Node.Start\nA,Uno,x,1/1/2025\nA,Dos,2,never\nA,,7,\nA,Tres,1,2,3\n"
    with pytest.raises(Refused) as refused:
        document(saved(tmp_path, text))
    assert [problem.line for problem in refused.value.problems] == [2, 3, 4, 5]


def test_another_format_than_the_one_asked_for_is_refused(tmp_path: Path):
    with pytest.raises(Refused, match="not a file of the format decidim"):
        document(saved(tmp_path, GOBIERTO), "decidim")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_letters_of_any_kind_are_read(tmp_path: Path, encoding: str):
    found = document(saved(tmp_path, GOBIERTO.encode(encoding)))
    assert entry(found, "007").name == "Limpiar el río"
