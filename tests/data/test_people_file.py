"""A file of people: who comes in, what a second file changes, and that a wrong one leaves nothing behind."""

import json
from pathlib import Path

import pytest

from data.__main__ import main
from data.home import Home
from data.records import records as opened
from tests.recorded_town import everything
from tests.tiny_facts import home

HEADER = "person,email,role,area,post,starts,ends\n"
PEOPLE = HEADER + (
    "Ana Ruiz,ana@aurora.example,mayor,,Mayor,2025-01-01,\n"
    "Luis Vega,,editor,hall,Head of the town hall,2025-01-01,\n"
    "Luis Vega,,reviewer,,,,\n"
    ",,,Town hall,Inspector of works,,\n"
)


@pytest.fixture
def city(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    monkeypatch.setattr("data.commands.people.login", lambda: "root")
    (tmp_path / "home").mkdir()
    return home(tmp_path / "home")


@pytest.fixture
def keep(city, capsys, tmp_path: Path):
    """Brings a file in, or lists; its exit code and its JSON."""

    def ask(text: str | None = None) -> tuple[int, dict]:
        (tmp_path / "people.csv").write_text(text or "", encoding="utf-8")
        code = main(["people", *([str(tmp_path / "people.csv")] if text else []), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ask


def roles(said: dict) -> dict[str, list[str]]:
    return {row["person"]: row["roles"] for row in said["people"] if row["person"] != "root"}


def test_people_come_in_with_their_roles_and_posts(keep):
    code, said = keep(PEOPLE)
    assert (code, said["added"]) == (0, 2)
    assert roles(said) == {"Ana Ruiz": ["mayor"], "Luis Vega": ["editor (hall)", "reviewer"]}
    assert {(row["post"], row["area"], row["holder"]) for row in said["posts"]} == {
        ("Mayor", None, "Ana Ruiz"), ("Head of the town hall", "hall", "Luis Vega"), ("Inspector of works", "hall", None),
    }  # fmt: skip


def test_the_same_file_again_changes_nothing(keep, city: Home):
    keep(PEOPLE)
    before = everything(opened.records(city))
    code, said = keep(PEOPLE)
    assert (code, said["added"], said["changed"]) == (0, 0, 0)
    assert everything(opened.records(city)) == before


def test_a_successor_takes_the_post_and_the_one_before_leaves_it(keep):
    keep(PEOPLE)
    _, said = keep(HEADER + "Eva Sanz,,editor,hall,Head of the town hall,2026-02-01,\nLuis Vega,,,,,,\n")
    assert {row["post"]: row["holder"] for row in said["posts"]}["Head of the town hall"] == "Eva Sanz"
    assert roles(said) == {"Ana Ruiz": ["mayor"], "Eva Sanz": ["editor (hall)"], "Luis Vega": []}


def test_a_post_is_left_on_a_day(keep):
    keep(PEOPLE)
    _, said = keep("person,post,ends\nAna Ruiz,Mayor,2025-06-30\n")
    assert {row["post"]: row["holder"] for row in said["posts"]}["Mayor"] is None
    assert roles(said)["Ana Ruiz"] == ["mayor"]


def test_an_email_tells_two_of_one_name_apart(keep):
    keep(HEADER + "Ana Ruiz,ana@aurora.example,mayor,,,,\n")
    _, said = keep(HEADER + "Ana Ruiz,other@aurora.example,reviewer,,,,\n")
    assert [row["roles"] for row in said["people"] if row["person"] == "Ana Ruiz"] == [["mayor"], ["reviewer"]]
    code, said = keep(HEADER + "Ana Ruiz,,mayor,,,,\n")
    assert (code, said["problems"][0]["line"], said["problems"][0]["column"]) == (1, 2, "person")


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("Ana,,king,,,,", "role", "no role king"),
        ("Ana,,editor,moon,,,", "area", "'moon' is not a known area"),
        ("Ana,,,,Mayor,2025-13-01,", "starts", "not a day"),
        ("Ana,,,,Mayor,2025-06-01,2025-05-01", "ends", "lies before the first"),
        (",,mayor,,,,", "person", "neither a person nor a post"),
    ],
)
def test_what_is_wrong_is_named_with_its_row_and_nothing_is_kept(keep, city: Home, row: str, column: str, says: str):
    code, said = keep(HEADER + "Eva Sanz,,mayor,,,,\n" + row + "\n")
    (problem,) = said["problems"]
    assert (code, problem["line"], problem["column"]) == (1, 3, column)
    assert says in problem["message"] and problem["hint"]
    assert not city.store.exists()


def test_two_in_one_post_at_once_are_refused_whole(keep, city: Home):
    keep(PEOPLE)
    before = everything(opened.records(city))
    code, said = keep(HEADER + "New One,,mayor,,,,\nEva Sanz,,,,Mayor,2024-06-01,\n")
    assert (code, said["problems"][0]["line"]) == (1, 3)
    assert everything(opened.records(city)) == before


def test_columns_that_are_not_known_or_missing_are_named(keep):
    assert keep("name,role\nAna,mayor\n")[1]["problems"][0]["column"] == "person"
    assert keep("person,rol\nAna,mayor\n")[1]["problems"][0]["column"] == "rol"
