"""One value of a YAML text is changed in its place; whatever else somebody wrote stays to the letter."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.problems import Refused
from data.yaml_file import parse
from data.yaml_text import appended, value_at, with_value, written

TEXT = """- id: robberies   # the one
  name: {es: Robos,  en: 'Robberies'}
  # why it is 20
  target: {value: 20, date: 2028-12-31}  # by the council
  review:
    # each month
    frequency: month
    day: 5
  a_key_nobody_knows: [1,  2]
  question: |
    What is
    this?
  steps:
  - {date: 2025-06-30, value: 30}
  # the last one
"""


def lines_changed(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


@pytest.mark.parametrize(
    ("path", "value", "changed"),
    [
        (
            (0, "target", "value"),
            18.5,
            [
                "-   target: {value: 20, date: 2028-12-31}  # by the council",
                "+   target: {value: 18.5, date: 2028-12-31}  # by the council",
            ],
        ),
        (
            (0, "target", "reason"),
            "as agreed: twice",
            [
                "-   target: {value: 20, date: 2028-12-31}  # by the council",
                '+   target: {value: 20, date: 2028-12-31, reason: "as agreed: twice"}  # by the council',
            ],
        ),
        ((0, "review", "day"), None, ["-     day: 5"]),
        ((0, "review", "lag_days"), 3, ["+     lag_days: 3"]),
        ((0, "id"), "thefts", ["- - id: robberies   # the one", "+ - id: thefts   # the one"]),
        ((0, "bands"), {"on_track": 0.9, "at_risk": 0.6}, ["+   bands: {on_track: 0.9, at_risk: 0.6}"]),
        ((0, "bands", "on_track"), 0.8, ["+   bands: {on_track: 0.8}"]),
        ((0, "question"), "No", ["-   question: |", "-     What is", "-     this?", "+   question: No"]),
        ((0, "nothing_here"), None, []),
    ],
    ids=lambda part: str(part)[:40],
)
def test_only_what_is_asked_changes(path, value, changed):
    assert sorted(lines_changed(TEXT, with_value(TEXT, path, value))) == sorted(changed)


def test_a_list_takes_one_more_at_its_end_with_the_comments_below_it_kept():
    assert lines_changed(TEXT, appended(TEXT, (0, "steps"), {"date": "2026-06-30", "value": 40})) == ["+   - {date: 2026-06-30, value: 40}"]


def test_a_list_that_is_not_there_is_made_with_a_line_for_each_item():
    once = appended(TEXT, (0, "changes"), {"by": "Ana"})
    assert lines_changed(TEXT, once) == ["+   changes:", "+     - {by: Ana}"]
    assert lines_changed(once, appended(once, (0, "changes"), {"by": "no"})) == ["+     - {by: no}"]


def test_an_entry_within_brackets_stays_within_them():
    assert with_value("- {id: a, b: 2}  # one\n", (0, "c"), [1]) == "- {id: a, b: 2, c: [1]}  # one\n"
    assert with_value("- {id: a, b: 2}\n", (0, "b"), None) == "- {id: a}\n"
    assert with_value("- {id: a, b: 2}\n", (0, "id"), None) == "- {b: 2}\n"


def test_a_key_without_its_value_gets_one():
    assert with_value("- id: a\n  target:\n  b: 1\n", (0, "target"), 3) == "- id: a\n  target: 3\n  b: 1\n"
    assert with_value("- id: a\n  target:  # to come\n", (0, "target", "value"), 3) == "- id: a\n  target: {value: 3}  # to come\n"


def test_a_text_that_cannot_be_read_is_refused():
    with pytest.raises(Refused):
        with_value("- id: [a\n", (0, "id"), "b")


@pytest.mark.parametrize(
    "text", ["", "# to come\n", "[]", "{}", "words", "- ", "- words\n", "- [a]\n", "- changes: 5\n", "- changes: {a: 1}\n"]
)
def test_a_text_that_holds_something_else_in_that_place_is_refused(text):
    with pytest.raises(Refused, match="cannot be kept"):
        appended(text, (0, "changes"), {"by": "Ana"})


def test_a_list_where_a_group_is_asked_for_is_refused():
    with pytest.raises(Refused, match="cannot be kept"):
        with_value("- target: [1]\n", (0, "target", "value"), 7)


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=40))
def test_any_words_are_read_back_as_they_were_said(words):
    text = with_value(TEXT, (0, "target", "reason"), words)
    assert value_at(parse(text, "").value, (0, "target", "reason")) == words


@pytest.mark.parametrize("value", ["no", "12", "0.5", "true", "null", "~", "- a", "a: b", "a # b", "{", "?x", "", " a "])
def test_what_looks_like_something_else_is_put_in_quotes(value):
    assert parse(f"[{written(value)}]", "").value == [value]


def test_questions_inside_braces_stay_where_they_are():
    text = "question: {es: ¿Se responde a tiempo?, en: On time?}   # asked\nsmallest: 2\n"
    assert with_value(text, ("smallest",), 3) == text.replace("smallest: 2", "smallest: 3")
    assert with_value(text, ("question",), {"es": "¿Más?", "en": "More?"}) == "question: {es: ¿Más?, en: More?}   # asked\nsmallest: 2\n"
