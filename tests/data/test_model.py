"""Typed values from YAML: every fault is told once, at its own place, with what was found and the cure."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from data.model import Date, Id, Model, Text, Tuple, read_model, say
from data.problems import Refused
from data.yaml_file import read_yaml


class Inner(Model):
    value: float
    date: Date


class Thing(Model):
    id: Id
    name: Text
    way: Literal["up", "down"] = "up"
    count: int = Field(default=1, ge=1, le=9)
    on: bool = False
    inner: Inner | None = None
    list: Annotated[tuple[Inner, ...], Tuple] = ()
    groups: dict[Id, Inner] = {}


@pytest.fixture
def read(tmp_path: Path):
    def reading(text: str) -> Thing:
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        return read_model(Thing, read_yaml(tmp_path / "a.yaml", "a.yaml"))

    return reading


GOOD = "id: a\nname: A\n"


def test_a_document_becomes_typed_values(read):
    found = read(GOOD + "inner: {value: 5, date: 2025-01-31}\nlist: [{value: 1.5, date: '2024-02-29'}]\ncount: 3\non: true\n")
    assert found.inner == Inner(value=5.0, date=date(2025, 1, 31))
    assert found.list == (Inner(value=1.5, date=date(2024, 2, 29)),)
    assert (found.count, found.on, found.way) == (3, True, "up")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "nam: B",
            "a.yaml:3: nam: nam is not a known key; remove it, or correct it to one of: id, name, way, count, on, inner, list, groups",
        ),
        ("count: '3'", "a.yaml:3: count: '3' is not a whole number; write digits only, without quotes"),
        ("count: 0", "a.yaml:3: count: 0 is too small; write 1 or more"),
        ("count: 10", "a.yaml:3: count: 10 is too large; write 9 or less"),
        ("on: no", "a.yaml:3: on: 'no' is neither true nor false; write true or false"),
        ("way: left", "a.yaml:3: way: 'left' is not allowed here; write one of: 'up', 'down'"),
        ("inner: 5", "a.yaml:3: inner: 5 is not a group of keys; write `key: value` lines under it"),
        ("inner: {value: 1}", "a.yaml:3: inner.date: date is missing; add it"),
        ("inner: {value: 1, date: 2025-02-30}", "a.yaml:3: inner.date: '2025-02-30' is not a date; write it as 2025-01-31"),
        ("inner: {value: 1, date: 30/06/2025}", "a.yaml:3: inner.date: '30/06/2025' is not a date; write it as 2025-01-31"),
        ("inner: {value: 1, date: 2025}", "a.yaml:3: inner.date: 2025 is not a date; write it as 2025-01-31"),
        ("inner: {value: true, date: 2025-01-31}", "a.yaml:3: inner.value: true is not a number; write a plain number such as 1250.5"),
        ("inner: {value: '1.234,5', date: 2025-01-31}", "a.yaml:3: inner.value: '1.234,5' is not a number; write a plain number"),
        (
            "inner: {value: 1, date: 2025-01-31, x: 1}",
            "a.yaml:3: inner.x: x is not a known key; remove it, or correct it to one of: value, date",
        ),
        (
            "inner: {value: 20,5, date: 2026-01-01}",
            "a.yaml:3: inner.5: 5 follows a comma, which in braces begins the next key; write decimals with a point, such as 20.5",
        ),
        ("list: {a: 1}", "a.yaml:3: list: {'a': 1} is not a list; begin each item with `- `"),
        ("list:\n  - {value: 1, date: 2025-01-31}\n  - {value: 1}", "a.yaml:5: list.2.date: date is missing; add it"),
        ("groups:\n  street: {value: x, date: 2025-01-31}", "a.yaml:4: groups.street.value: 'x' is not a number"),
        (
            "groups:\n  date: {value: 1, date: 2025-01-31, x: 1}",
            "a.yaml:4: groups.date.x: x is not a known key; remove it, or correct it to one of: value, date",
        ),
        (
            "list:\n  - {value: 1, date: 2025-01-31, x: 1}",
            "a.yaml:4: list.1.x: x is not a known key; remove it, or correct it to one of: value, date",
        ),
        (
            "groups:\n  constrained-str: {value: 1, date: 2025-01-31}",
            "a.yaml:4: groups.constrained-str: 'constrained-str' is not a valid name",
        ),
        (
            "groups:\n  Street: {value: 1, date: 2025-01-31}",
            "a.yaml:4: groups.Street: 'Street' is not a valid name here; use small letters",
        ),
        ("groups: [street]", "a.yaml:3: groups: ['street'] is not a group of keys"),
    ],
)
def test_a_fault_is_told_once_with_its_line_and_cure(read, line, expected):
    with pytest.raises(Refused) as refused:
        read(GOOD + line + "\n")
    (problem,) = refused.value.problems
    assert str(problem).startswith(expected)


@pytest.mark.parametrize(
    ("name", "key", "message"),
    [
        ("5", "name", "5 is not text"),
        ("null", "name", "an empty value is not text"),
        ("[a]", "name", "['a'] is not text"),
        ("''", "name", "this text is empty"),
        ("{}", "name", "{} is not text"),
        ("{es: 5}", "name.es", "5 is not text"),
        ("{es: ''}", "name.es", "this text is empty"),
        ("{ES: Agua}", "name.ES", "'ES' is not a valid name here"),
        ("x" * 2001, "name", "this text is longer than 2000 characters"),
    ],
)
def test_a_text_in_one_or_more_languages_has_one_fault(read, name, key, message):
    with pytest.raises(Refused) as refused:
        read(f"id: a\nname: {name}\n")
    (problem,) = refused.value.problems
    assert (problem.key, problem.as_json()["message"], problem.line) == (key, message, 2)


def test_every_fault_of_a_file_is_told_at_once(read):
    with pytest.raises(Refused) as refused:
        read("id: A b\ncount: 0\ninner: {value: x}\ngroups:\n  Bad Key: {value: 1, date: never}\n")
    assert [(problem.key, problem.line) for problem in refused.value.problems] == [
        ("id", 1),
        ("name", 1),
        ("count", 2),
        ("inner.value", 3),
        ("inner.date", 3),
        ("groups.Bad Key", 5),
        ("groups.Bad Key.date", 5),
    ]


@pytest.mark.parametrize(("text", "problems"), [("", 2), ("# nothing\n", 2), ("[]", 1), ("just words", 1)])
def test_a_document_of_another_shape_is_refused_at_its_beginning(read, text, problems):
    with pytest.raises(Refused) as refused:
        read(text)
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [(1, 1)] * problems


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Agua", "en", "Agua"),
        ({"es": "Agua", "en": "Water"}, "en", "Water"),
        ({"es": "Agua", "en": "Water"}, "es_MX", "Agua"),
        ({"es": "Acuerdo", "es_AR": "Convenio"}, "es_AR", "Convenio"),
        ({"es": "Agua"}, "fr", "Agua"),
    ],
)
def test_a_text_is_said_in_the_readers_language_or_the_nearest(text, language, expected):
    assert say(text, language) == expected


def test_what_was_read_cannot_be_changed(read):
    with pytest.raises(ValueError, match="frozen"):
        read(GOOD).way = "down"
