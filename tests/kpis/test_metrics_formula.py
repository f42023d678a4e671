"""The grammar of formulas: what is right comes out as arithmetic says, what is not is refused with its place, before it is evaluated."""

import math
from pathlib import Path

import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from data.definitions import load
from data.problems import Refused
from kpis import catalogue
from kpis.checking import check
from kpis.metrics.expression import column, expression
from kpis.metrics.formula import DEEPEST, FUNCTIONS, LONGEST, MOST_PARTS, Call, Name, Negative, Node, NotAFormula, Number, names, parse
from tests.city_home import indicator, write_home
from tests.hostile_formulas import hostile
from tests.thorough import part

HOSTILE = hostile()
KNOWN = ("fires", "calls")


def refusal(text: str) -> NotAFormula:
    with pytest.raises(NotAFormula) as refused:
        parse(text)
    return refused.value


def test_there_are_more_than_three_hundred_hostile_formulas():
    assert len(HOSTILE) == len(set(HOSTILE)) > 300


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:24]!a}-{len(text)}")
def test_a_hostile_formula_is_refused_before_anything_is_evaluated(text):
    """By the grammar, or because it names what nobody defined: a tree of known names is all that is ever computed."""
    try:
        found = parse(text)
    except NotAFormula as refused:
        assert 1 <= int(str(refused.values["at"])) <= max(len(text), 0) + 1
        assert str(refused).strip() and "{" not in refused.message.format(**refused.values).replace("'{'", "")
        assert refused.hint
        return
    assert [name.id for name in names(found) if name.id not in KNOWN]


def test_the_check_refuses_every_hostile_formula_with_file_line_and_cure(tmp_path: Path):
    """Those that YAML can hold, as a city would send them: none of them becomes a catalogue, so none is ever computed."""
    home = write_home(tmp_path, city="town", indicators=[indicator(name, "month") for name in KNOWN])
    home.definitions.mkdir(parents=True)
    kept = [text for text in HOSTILE if text and text.isprintable() and len(text) <= 2000]
    assert len(kept) > 300
    told = [{"id": f"m{i}", "name": "M", "unit": "x", "type": "derived", "expr": text} for i, text in enumerate(kept)]
    file = home.definitions / "hostile.yaml"
    file.write_text(yaml.safe_dump({"metrics": told}, allow_unicode=True, width=10_000), encoding="utf-8")
    lines, found = file.read_text(encoding="utf-8").split("\n"), check(home).problems
    assert {str(problem.key) for problem in found} == {f"metrics.{i + 1}.expr" for i in range(len(kept))}
    assert all(problem.path == "kpis/definitions/hostile.yaml" and problem.hint for problem in found)
    assert all(problem.line and "expr:" in lines[problem.line - 1] for problem in found)
    with pytest.raises(Refused):
        catalogue.load(home, load(home))


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("fires + $x", 9, "character 9: '$' cannot stand in a formula; use ids, numbers"),
        ("fires ^ 2", 7, "character 7: '^' cannot stand in a formula; there are no powers: write a * a"),
        ("fires ** 2", 8, "character 8: before '*' an id or a number is missing; write it, or remove the sign"),
        ("f\u0456res", 2, "character 2: '\\u0456' cannot stand in a formula"),
        ("Fires", 1, "character 1: 'F' cannot stand in a formula; ids are written in small letters"),
        ("fires calls", 7, "character 7: before 'calls' a sign is missing; write + - * or / before it"),
        ("fires +", 8, "character 8: the formula ends too early"),
        ("(fires", 1, "character 1: this bracket is never closed; add )"),
        ("fires)", 6, "character 6: this bracket was never opened; remove it"),
        ("fires, calls", 6, "character 6: a comma stands only between the values of a function"),
        ("eval(fires)", 1, "character 1: 'eval' is not a function; use one of: abs, min, max, previous, year_ago"),
        ("min(fires)", 1, "character 1: min is given 1 values; give it 2 to 10"),
        ("1e5 * fires", 1, "character 1: a number goes on with 'e'; write plain digits"),
        ("007 * fires", 1, "character 1: a number begins with 0"),
        ("1 + 1", 1, "character 1: the formula names no indicator"),
        ("9999999999999999 * fires", 1, "character 1: a number has at most 15 digits"),
    ],
)
def test_a_refusal_says_where_what_and_the_cure(text, at, said):
    refused = refusal(text)
    assert refused.values["at"] == at
    assert str(refused).startswith(said)


def test_the_limits_hold_at_their_ends():
    assert parse("(" * DEEPEST + "fires" + ")" * DEEPEST)
    refusal("(" * (DEEPEST + 1) + "fires" + ")" * (DEEPEST + 1))
    assert len(names(parse("+".join(["a"] * MOST_PARTS)))) == MOST_PARTS
    refusal("+".join(["a"] * (MOST_PARTS + 1)))
    assert parse("fires" + " " * (LONGEST - 5))
    refusal("fires" + " " * (LONGEST - 4))


def value(text: str, **known: float | None) -> float | None:
    """A formula's value over one row."""
    table = pl.DataFrame(
        {column(name): [number] for name, number in known.items()}, schema_overrides=dict.fromkeys(map(column, known), pl.Float64)
    )
    return table.select(expression(parse(text), "month")).item()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * c", 14),
        ("(a + b) * c", 20),
        ("a - b - c", -5),
        ("c / b / a", 4 / 3 / 2),
        ("a - (b - c)", 3),
        ("-a + b", 1),
        ("--a", 2),
        ("-a * -b", 6),
        ("a * -b", -6),
        ("-(a + b)", -5),
        ("0.5 * a", 1),
        ("a+b\n*c", 14),
        ("100*a/b", 100 * 2 / 3),
        ("abs(a - c)", 2),
        ("min(a, b, c)", 2),
        ("max(a, b, c)", 4),
        ("max(a, min(b, c)) + 1", 4),
        ("a / (b - 3)", None),
        ("0 / (b - 3) + a * 0", None),
    ],
)
def test_arithmetic_is_as_at_school(text, expected):
    found = value(text, a=2, b=3, c=4)
    assert found == (expected if expected is None else pytest.approx(expected, rel=1e-15))


def test_every_function_has_a_page_in_the_documentation():
    page = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")
    assert [name for name in FUNCTIONS if f"`{name}(" not in page] == []


NAMES = ("a", "b", "c")
NUMBERS = st.floats(-1e6, 1e6).map(lambda number: round(number, 3)) | st.none() | st.sampled_from([0.0, 1.0, 1e200, -1e200])


def formulas() -> st.SearchStrategy[str]:
    """Valid formulas, as text, with brackets around every part so that their meaning is what was meant."""
    written = st.integers(0, 9999).map(str) | st.integers(1, 9999).map(lambda number: f"{number}.25")
    leaves = st.sampled_from(NAMES) | written

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pairs = st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda three: f"({three[0]} {three[1]} {three[2]})")
        calls = st.tuples(st.sampled_from(("min", "max")), st.lists(inner, min_size=2, max_size=3)).map(
            lambda two: f"{two[0]}({', '.join(two[1])})"
        )
        return pairs | calls | inner.map(lambda text: f"abs({text})") | inner.map(lambda text: f"-{text}")

    return st.recursive(leaves, larger, max_leaves=12).filter(_is_small)


def _is_small(text: str) -> bool:
    try:
        return bool(parse(text))
    except NotAFormula:
        return False


def plain(node: Node, known: dict[str, float | None]) -> float | None:
    """The same arithmetic in plain Python, one number at a time."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Name):
        return known[node.id]
    if isinstance(node, Negative):
        found = plain(node.of, known)
        return None if found is None else -found
    if isinstance(node, Call):
        given = [plain(argument, known) for argument in node.arguments]
        kept = [number for number in given if number is not None]
        return {"abs": lambda: abs(kept[0]), "min": lambda: min(kept), "max": lambda: max(kept)}[node.function]() if kept == given else None
    left, right = plain(node.left, known), plain(node.right, known)
    if left is None or right is None or (node.operator == "/" and right == 0):
        return None
    result = {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right, "/": lambda: left / right}[node.operator]()
    return result if math.isfinite(result) else None


@settings(max_examples=part(300, 3), deadline=None)
@given(text=formulas(), values=st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, NUMBERS)), min_size=1, max_size=5))
def test_a_formula_is_what_plain_python_makes_of_the_same_numbers(text, values):
    tree = parse(text)
    table = pl.DataFrame(
        {column(name): [row[name] for row in values] for name in NAMES}, schema=dict.fromkeys(map(column, NAMES), pl.Float64)
    )
    found = table.select(found=expression(tree, "month"))["found"].to_list()
    expected = [plain(tree, row) for row in values]
    assert [number is None for number in found] == [number is None for number in expected]
    assert [n for n in found if n is not None] == pytest.approx([n for n in expected if n is not None], rel=1e-12, abs=1e-300)


@settings(max_examples=part(500, 3), deadline=None)
@given(st.text(alphabet="abz_019.,+-*/() \n'\"[]{}=<>!&|^%$#@;:\\\x00ñаＡ", max_size=40) | st.text(max_size=30))
def test_any_text_is_a_tree_or_refused_and_nothing_else(text):
    try:
        assert names(parse(text))
    except NotAFormula as refused:
        assert str(refused)
