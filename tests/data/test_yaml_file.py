"""YAML is read strictly: what is written is what is read, and whatever else is there is refused with its line."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.problems import Refused
from data.yaml_edit import written
from data.yaml_file import DEEPEST, LARGEST_FILE, read_yaml


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("yaml") / "a.yaml"


def read(file: Path, text: str | bytes) -> object:
    file.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    return read_yaml(file, "a.yaml").value


def refusals(file: Path, text: str | bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(file, text)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("NO", "NO"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("012", "012"),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("0o7", "0o7"),
        ("1.50", 1.5),
        ("1.", "1."),
        (".5", ".5"),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 5000, "9" * 5000),
        ("9" * 300, int("9" * 300)),
        ("2025-01-31", "2025-01-31"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("'2025-01-31'", "2025-01-31"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        ("{a: 1, b: [x, y]}", {"a": 1, "b": ["x", "y"]}),
        ("2024: 5", {"2024": 5}),
        ("no: 5", {"no": 5}),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("\ufeffa: ñ", {"a": "ñ"}),
        ("# only a comment\n", None),
        ("---\na: 1\n", {"a": 1}),
    ],
)
def test_nothing_is_guessed(file, text, value):
    found = read(file, text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3: a: 'a' is said twice, first on line 1; keep one"),
        ("a: {b: 1, b: 2}\n", "a.yaml:1: b: 'b' is said twice, first on line 1; keep one"),
        ("a: &x 1\n", "a.yaml:1:4: anchors and aliases are not allowed"),
        ("a: 1\nb: *x\n", "a.yaml:2:4: anchors and aliases are not allowed"),
        ("a: !!python/object/apply:os.system [ls]\n", "a.yaml:1:4: tags such as tag:yaml.org,2002:python/object/apply:os.system are not"),
        ("a: !!str 5\n", "a.yaml:1:4: tags such as"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1: a second document begins here; keep one document per file"),
        ("? [a, b]\n: 1\n", "a.yaml:1:3: a list or mapping cannot be a key; write a word before the colon"),
        ("a: [1, 2\n", "a.yaml:2:1: not YAML: a list in brackets is not closed, or lacks a comma; "),
        ("a: {b: 1\nc: 2\n", "a.yaml:2:2: not YAML: what stands in braces is not closed"),
        ("a: {b: c,\n", "a.yaml:2:1: not YAML: a value is missing here; "),
        ("a:\n  - b\n c: d\n", "a.yaml:3:2: not YAML: the line is indented unlike those around it"),
        ("- a\nb: 1\n", "a.yaml:2:1: not YAML: the line neither begins an entry nor belongs to the one above; "),
        ("a: - b\n", "a.yaml:1:4: not YAML: a list begins on the line of its key; begin it on the line below"),
        ('a: "\\q"\n', "a.yaml:1:5: not YAML: a backslash within double quotes"),
        ("{a: 1} b\n", "a.yaml:1:8: not YAML: something stands after the end"),
        ("%YAML x\n---\na: 1\n", "a.yaml:1:7: not YAML: the line cannot be read; check the indentation"),
        ("a: 'x\n", "a.yaml:2:1: not YAML: a quote is opened and never closed; close it with the same mark"),
        ("a:\n\t- b\n", "a.yaml:2:1: not YAML: a tab, or a mark such as @ or %, stands where a value begins; indent with spaces"),
        ("a: b: c\n", "a.yaml:1:5: not YAML: a colon stands where no key can be, or the line"),
        ("é: 1\na: \x00\n", "a.yaml:2:4: not YAML: a character that is no text; take it away"),
        (b"a: 1\nb: \xff\n", "a.yaml:2: not UTF-8 text; save the file as UTF-8"),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), f"a.yaml:1:{DEEPEST + 1}: nested deeper than {DEEPEST}; flatten it"),
        ("[" * 200_000, f"a.yaml:1:{DEEPEST + 1}: nested deeper than {DEEPEST}"),
        ("x" * (LARGEST_FILE + 1), "a.yaml: larger than 1 MB; split it into several files"),
    ],
)
def test_what_is_refused_is_refused_with_its_place_and_cure(file, text, expected):
    (found,) = refusals(file, text)
    assert found.startswith(expected)
    assert "; " in found


def test_every_doubled_key_is_told_at_once(file):
    text = "a: 1\na: 2\nb:\n  - {c: 1, c: 2}\n  - {d: 1, ? [x] : 2}\n"
    assert [line.split(": ")[0] for line in refusals(file, text)] == ["a.yaml:2", "a.yaml:4", "a.yaml:5:14"]


def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path):
    for path, expected in ((tmp_path / "none.yaml", "this file is missing"), (tmp_path, "cannot be read")):
        with pytest.raises(Refused) as refused:
            read_yaml(path, "a.yaml")
        assert expected in str(refused.value)


def test_a_missing_part_is_marked_at_the_nearest_part_that_is_there(file):
    file.write_text("a:\n  - b: 1\n    c: [x, y]\n", encoding="utf-8")
    document = read_yaml(file, "a.yaml")
    assert document.mark(("a", 0, "c", 1)) == (3, 12)
    assert document.mark(("a", 0, "d")) == document.mark(("a", 0)) == (2, 5)
    assert document.mark(("z", "y")) == (1, 1)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
scalars = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False) | words
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4), max_leaves=20)


@given(values)
def test_what_is_written_as_json_is_what_is_read(file, value):
    assert _alike(read(file, json.dumps(value, ensure_ascii=False, indent=1)), value)


@given(values)
def test_what_a_form_writes_is_what_is_read(file, value):
    entry = {"id": "a", "v": value}
    assert _alike(read(file, written(entry)), entry)


def _alike(one: object, other: object) -> bool:
    if isinstance(other, dict):
        return isinstance(one, dict) and list(one) == list(other) and all(_alike(one[key], other[key]) for key in other)
    if isinstance(other, list):
        return isinstance(one, list) and len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(other, float):
        return isinstance(one, int | float) and math.isclose(one, other)
    return type(one) is type(other) and one == other


yaml_like = st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@`#~ \n\t0.1é\x00\u2028"), max_size=60)


@given(yaml_like | st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(file, text):
    try:
        read(file, text)
    except Refused as refused:
        assert refused.problems
        assert all(problem.path == "a.yaml" and str(problem) and problem.hint for problem in refused.problems)
