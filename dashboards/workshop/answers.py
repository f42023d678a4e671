"""From an answer in the form to the text of the draft, and back: the text is the truth, and the form shows what it says."""

from typing import Any

from dashboards.workshop.fields import AIM, Field
from dashboards.workshop.numbers import number
from data.yaml_text import value_at, with_value
from kpis.workshop.draft import Draft

CUTS, LIST, PRESET = "cuts", "list", "preset:"
FIRST_CUTS = {"on_track": 0.90, "at_risk": 0.60}


def said(draft: Draft, field: Field, language: str = "") -> str | None:
    """What the text says of a field, as the form shows it; None where it says nothing."""
    values = draft.values()
    if field.key == "measure":
        return _text(value_at(values[0], (0, "indicator")) or value_at(values[0], (0, "metric")))
    part, path = _where(draft, field)
    found = value_at(values[part], path)
    if field.kind == "bands":
        return _bands(found)
    if field.kind == "words":
        return _text(found.get(language) if isinstance(found, dict) else found)
    return None if isinstance(found, dict | list) else _text(found)


def answered(draft: Draft, field: Field, answer: str | None, language: str = "", locale: str = "en") -> Draft:
    """The draft with an answer in its text; without an answer the key is taken out. A number is read in the reader's `locale`.

    Raises Refused where the text cannot take it, or where it can be two numbers.
    """
    answer = (answer or "").strip() or None
    if field.key == "measure":
        return _measured(draft, answer)
    part, path = _where(draft, field)
    value: Any = answer
    if field.kind == "number" and answer:
        value = number(answer, locale)
    if field.kind == "bands":
        value = _chosen_bands(draft, answer)
    if field.kind == "words":
        value = _words(value_at(draft.values()[part], path), language, answer)
    return draft.with_text(part, with_value(draft.texts[part], path, value))


def readable(draft: Draft) -> bool:
    """Whether the form can be filled: each text is YAML of the form of a goal."""
    values = draft.values()
    return isinstance(value_at(values[0], (0,)), dict) and all(isinstance(value, dict) for value in values[1:])


def _where(draft: Draft, field: Field) -> tuple[int, tuple[str | int, ...]]:
    """The text and the path in it: what the place wants of its own comes before what the goal asks of every place."""
    head, values = field.path[0], draft.values()
    if head in AIM and len(draft.parts) > 1:
        own = value_at(values[1], (draft.goal, head)) is not None
        if own or value_at(values[0], (0, head)) is None:
            return 1, (draft.goal, *field.path)
    return 0, (0, *field.path)


def _measured(draft: Draft, answer: str | None) -> Draft:
    """An indicator or a metric: a metric's answer begins with `metric:`."""
    text, is_metric = draft.texts[0], (answer or "").startswith("metric:")
    key, other = ("metric", "indicator") if is_metric else ("indicator", "metric")
    name = (answer or "").removeprefix("metric:") or None
    return draft.with_text(0, with_value(with_value(text, (0, key), name), (0, other), None))


def _words(held: Any, language: str, answer: str | None) -> Any:
    """Words in one language beside those in the others; a text for every language becomes one in each that differs."""
    if not isinstance(held, dict):
        return {language: answer} if answer and held is None else answer
    told = {**held, language: answer}
    return {name: text for name, text in told.items() if text} or None


def _bands(found: Any) -> str | None:
    if isinstance(found, list):
        return LIST
    if isinstance(found, dict):
        return f"{PRESET}{found['preset']}" if "preset" in found else CUTS
    return None


def _chosen_bands(draft: Draft, answer: str | None) -> Any:
    held = value_at(draft.values()[0], (0, "bands"))
    if answer == LIST or (answer == CUTS and _bands(held) == CUTS):
        return held
    if answer == CUTS:
        return FIRST_CUTS
    return {"preset": answer.removeprefix(PRESET)} if answer else None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, dict | list):
        return None
    return f"{value:.15g}" if isinstance(value, float) else str(value)
