"""What is said on the screen is said in every language, with the same values in it."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from dashboards.words import LANGUAGES, LOCALES, translator
from data.model import SAYINGS
from data.problems import NotPossibleNow, Problem

ROOT = Path(__file__).parents[2]
SPOKEN = [ROOT / "streamlit_app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "dashboards").rglob("*.py"), *(ROOT / "kpis").glob("*.py")]
SPOKEN += [ROOT / "data" / "yaml_text.py", *(ROOT / "kpis" / "workshop").rglob("*.py")]
SPOKEN += [path for folder in ("quality", "metrics", "smart", "reviews", "impact") for path in (ROOT / "kpis" / folder).glob("*.py")]
SPOKEN += [ROOT / "kpis" / "foresight" / "series.py"]
SPOKEN += [
    ROOT / "data" / f"{name}.py" for name in ("definitions", "definition_edits", "fetch_declaration", "model", "yaml_file", "yaml_syntax")
]
SPOKEN += [path for folder in ("ingest", "proposal", "boundaries") for path in (ROOT / "data" / folder).rglob("*.py")]
SPOKEN += [
    path
    for folder in ("plans", "assessments", "meetings", "reviews", "snapshots", "exchange")
    for path in (ROOT / "data" / folder).rglob("*.py")
]
SPOKEN += [ROOT / "data" / "records" / "trouble.py"]
SPOKEN += [*(ROOT / "data" / "plan_files" / f"{name}.py" for name in ("cells", "days")), ROOT / "data" / "rehearsal.py"]
SPOKEN += [ROOT / "data" / f"{name}.py" for name in ("access", "arms", "people", "people_file", "versions", "migration", "definition_lock")]
SPOKEN += [ROOT / "data" / f"{name}.py" for name in ("seal", "undone", "home")]
SPOKEN += [ROOT / "data" / "records" / f"{name}.py" for name in ("database", "schema", "writing", "faults", "verification")]
SPOKEN += [*(ROOT / "kpis" / "meetings").glob("*.py"), *(ROOT / "kpis" / "appraisals").glob("*.py")]
SPOKEN += [path for folder in ("kpis/index", "kpis/peers", "data/practices") for path in (ROOT / folder).rglob("*.py")]
SPOKEN += [*(ROOT / "data" / f"{name}.py" for name in ("located", "context_problems", "comparison_problems"))]
CATALOGUES = sorted(LOCALES.glob("*/LC_MESSAGES/mandato.po"))

MARKS: dict[str, tuple[int, ...]] = dict.fromkeys(("_", "N_", "NN_", "ngettext", "NotPossibleNow"), (0,))
MARKS |= {"Problem": (0, 1), "Fault": (0, 1), "problem": (1, 2), "at": (2, 3)}
"""Which of its arguments a call says, as `make words` reads them."""


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, path.parents[1].name)


def test_what_is_asked_for_by_another_name_than_underscore_is_in_the_catalogue():
    """`make words` reads `_("...")`, and passes over `about.words("...")` and `translator(locale)("...")`."""
    known = catalogue(LOCALES / "es" / "LC_MESSAGES" / "mandato.po")
    asked = [(path, *each) for path in SPOKEN for each in spoken(path).passed_over]
    assert asked, "the test finds such calls"
    assert [f"{path.name}:{line}: {said}" for path, line, said in asked if said not in known] == []


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(said: object) -> list[str]:
    """One text, or that for one thing and that for many."""
    return [said] if isinstance(said, str) else [str(form or "") for form in said] if isinstance(said, (list, tuple)) else [""]


def names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def name(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


@dataclass(frozen=True)
class Spoken:
    """What a file says: every sentence that it marks, and in three ways those that the extraction does not see."""

    sentences: set[str]
    hidden: list[str]
    nameless: list[str]
    unmarked: list[str]
    passed_over: list[tuple[int, str]]


@cache
def spoken(path: Path) -> Spoken:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    calls = [node for node in nodes if isinstance(node, ast.Call) and node.args]
    said = [call.args[n] for call in calls for n in MARKS.get(name(call), ()) if n < len(call.args)]
    inside = [node for string in nodes if isinstance(string, ast.JoinedStr) for node in ast.walk(string)]
    return Spoken(
        {text.value for text in said if isinstance(text, ast.Constant) and isinstance(text.value, str)},
        constants(node for node in inside if isinstance(node, ast.Call) and node.args and name(node) in MARKS),
        constants(call for call in calls if isinstance(call.func, ast.Call)),
        unmarked_in([node for node in nodes if isinstance(node, ast.Assign)]),
        list(passed_over(calls)),
    )


def constants(calls: Iterable[ast.Call]) -> list[str]:
    """What calls are given first, where it is written out."""
    return [str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)]


def passed_over(calls: Iterable[ast.Call]) -> Iterator[tuple[int, str]]:
    """The line of each call that `make words` passes over, and what it says."""
    for call in calls:
        match call.func, call.args:
            case ((ast.Attribute(attr="words") | ast.Call(func=ast.Name(id="translator"))), [ast.Constant(value=str(said)), *_]):
                yield call.lineno, said


def unmarked_in(assigned: list[ast.Assign]) -> list[str]:
    """The messages and hints of problems that wait in a variable without a mark."""
    parts = [node.elts if isinstance(node, ast.Tuple) else [node] for found in assigned for node in (found.targets[0], found.value)]
    pairs = [pair for names, values in zip(parts[::2], parts[1::2], strict=True) for pair in zip(names, values, strict=False)]
    texts = (ast.Constant, ast.JoinedStr)
    return [ast.unparse(text) for known, text in pairs if getattr(known, "id", "") in ("message", "hint") and isinstance(text, texts)]


@cache
def sentences() -> set[str]:
    """Every sentence that any file marks."""
    return set().union(*(spoken(path).sentences for path in SPOKEN))


def test_no_sentence_hides_inside_an_f_string():
    hidden = {str(path.relative_to(ROOT)): said for path in SPOKEN if (said := spoken(path).hidden)}
    assert hidden == {}, "give it a name first: the extraction (make words) does not look inside f-strings on Python 3.11"


def test_no_sentence_is_said_by_a_translator_without_a_name():
    unseen = {str(path.relative_to(ROOT)): said for path in SPOKEN if (said := spoken(path).nameless)}
    assert unseen == {}, "call it _ first: the extraction (make words) knows a sentence by that name"


def test_a_problem_said_by_a_variable_is_marked_where_it_is_written():
    assert {str(path.relative_to(ROOT)): said for path in SPOKEN if (said := spoken(path).unmarked)} == {}


@pytest.mark.parametrize("room", ["data", "kpis", "dashboards"])
def test_what_is_not_possible_now_keeps_its_values_out_of_its_sentence(room):
    texts = [text for path in (ROOT / room).rglob("*.py") if "NotPossibleNow" in (text := path.read_text(encoding="utf-8"))]
    calls = [node for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and name(node) == "NotPossibleNow"]
    given = [call.args[0] for call in calls]
    mixed = [text for text in given if isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Call) and name(text) != "N_")]
    assert given and [ast.unparse(text) for text in mixed] == []


def test_every_sentence_has_its_spanish():
    spanish = {singular(message): message for message in catalogue(LOCALES / "es" / "LC_MESSAGES" / "mandato.po") if message.id}
    assert sentences() - set(spanish) == set()
    assert [key for key, message in spanish.items() if not all(forms(message.string))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_a_catalogue_says_only_what_is_on_the_screen_and_is_sure_of_it(path):
    found = catalogue(path)
    assert [singular(message) for message in found if message.id and singular(message) not in sentences()] == []
    assert [singular(message) for message in found if message.id and message.fuzzy] == []
    assert not found.obsolete


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_a_translation_names_the_same_values(path):
    for message in catalogue(path):
        if message.id:
            wanted = set().union(*map(names, forms(message.id)))
            assert all(names(form) <= wanted for form in forms(message.string)), message.id
            assert set().union(*map(names, forms(message.string))) == wanted, message.id


def test_one_thing_has_one_name_in_spanish():
    found = catalogue(LOCALES / "es" / "LC_MESSAGES" / "mandato.po")
    said = " ".join(form for message in found if message.id for form in forms(message.string)).casefold()
    assert [
        word
        for word in (
            "tarea de seguimiento",
            "tareas de seguimiento",
            "compromisos cumplidos",
            "vencida hace",
            "preocupaciones",
            "prueba que se pide",
            "evidencia",
        )
        if word in said
    ] == []


def test_a_language_calls_itself_by_its_own_name():
    assert LANGUAGES == {"es": "Español", "en": "English"}


@pytest.mark.parametrize(
    ("locale", "said"),
    [("es", "Metas"), ("es_CL", "Metas"), ("en", "Goals"), ("en_GB", "Goals"), ("pt_BR", "Goals")],
)
def test_a_country_without_words_of_its_own_speaks_its_language_and_then_english(locale, said):
    assert translator(locale)("Goals") == said


def test_a_country_says_its_own_word_where_it_has_one():
    sentence = "{value} is worse than the baseline, {baseline}, which was to be kept"
    assert "línea base" in translator("es_MX")(sentence, value=1, baseline=2)
    assert "línea de base" in translator("es_ES")(sentence, value=1, baseline=2)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 ha empeorado desde su dato anterior."), (3, "3 han empeorado desde su dato anterior.")]
)
def test_one_and_many_are_said_differently(number, said):
    one, many = "{n} got worse since its last figure.", "{n} got worse since their last figure."
    assert translator("es").ngettext(one, many, number, n=number) == said


def test_braces_in_a_value_are_not_taken_for_a_name():
    assert translator("en")("File") == "File"
    assert translator("en")("week to {day}", day="{month}") == "week to {month}"


def test_a_problem_says_what_is_wrong_and_what_to_do():
    problem = Problem("{found!r} is not a number", "write digits", values={"found": "n/a"})
    assert translator("en").problem(problem) == "'n/a' is not a number; write digits"


def test_what_is_not_possible_now_is_said_in_the_readers_language_with_its_amounts():
    full = NotPossibleNow(
        "the disk is too full: {needed} MB must be free to load safely, {free} MB are; nothing was changed: make room and try again",
        needed=12_500, free=900,
    )  # fmt: skip
    assert "12,500 MB must be free" in str(full)
    said = translator("es").not_now(full)
    assert "12.500 MB" in said and "900 MB" in said and "free" not in said


@pytest.mark.parametrize(
    ("why", "said"), [("No space left on device", "no queda espacio en el disco"), ("{odd} words of a driver", "{odd} words of a driver")]
)
def test_what_the_system_says_most_often_is_translated_and_the_rest_stands_as_it_is(why, said):
    reason = NotPossibleNow("the definitions cannot be written: {why}; nothing was changed", why=why)
    assert str(reason) == f"the definitions cannot be written: {why}; nothing was changed"
    assert said in translator("es").not_now(reason)


def test_counts_are_written_as_the_country_writes_them():
    one, many = "{n} action", "{n} actions"
    assert translator("en").ngettext(one, many, 1467, n=1467) == "1,467 actions"
    assert translator("es_ES").ngettext(one, many, 1467, n=1467) == "1.467 acciones"
    assert translator("es_MX").ngettext(one, many, 1467, n=1467) == "1,467 acciones"


@pytest.mark.parametrize(
    ("near", "said"),
    [("one that is defined", "escriba un id ya definido, o defínalo antes"), ("area", "escriba area, o defínalo antes")],
)
def test_words_of_ours_in_a_problem_are_translated_and_names_of_the_citys_are_not(near, said):
    problem = Problem(
        "{name!r} is not a known {what}", "write {near}, or define it first", values={"name": "area", "what": "area", "near": near}
    )
    assert translator("es").problem(problem) == f"no hay ningún área con el id 'area'; {said}"


def test_every_fault_of_a_value_in_a_definition_has_its_spanish():
    _ = translator("es")
    assert [text for pair in SAYINGS.values() for text in pair if _(text) == text] == []
