"""What an index of the home's figures asks for, as the fields of its form, and what they begin with."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.index import shape
from dashboards.plan.fields import Field, Typed
from dashboards.session import Session
from dashboards.words import LANGUAGES, Words, translator
from data.model import Text
from kpis.index.at_home import better
from kpis.index.recipe import Ingredient, Recipe

NAMED = "named"
"""Places that are named one by one."""
DIRECTION, PART, WEIGHT = "direction", "part", "weight"


def fields(session: Session) -> list[Field]:
    """What is asked of the whole index, in the order in which it is asked."""
    _ = translator(session.locale)
    known = {place.id: session.say(place.name) for place in session.definitions.places}
    indicators = {name: session.say(session.indicator(name).name) for name in session.measured}
    called, shows = _("Name of the index"), _("What the index is to show")
    return [
        *(Field(f"name_{language}", f"{called} · {own}") for language, own in LANGUAGES.items()),
        *(Field(f"purpose_{language}", f"{shows} · {own}", "text") for language, own in LANGUAGES.items()),
        Field("places", _("Places"), "choice", _places(_), needed=True),
        Field("combine", _("How the parts are put together"), "choice", _ways(_), needed=True),
        Field("named", _("Places, where they are named"), "choices", known),
        Field("indicators", _("Indicators"), "choices", indicators, _("Those that can be shown of one place and compared with others.")),
    ]


def _places(_: Words) -> dict[str, str]:
    return {
        "cities": _("all cities"),
        "peers": _("this city and those most like it"),
        "districts": _("the city's districts"),
        NAMED: _("the places named here"),
    }


def _ways(_: Words) -> dict[str, str]:
    return {
        "arithmetic": _("a good part makes up for a bad one"),
        "geometric": _("a bad part is only made up for in part"),
        "harmonic": _("a bad part is hardly made up for"),
        "copeland": _("no part makes up for another: places are compared by pairs"),
    }


def of_indicator(session: Session) -> list[Field]:
    """What is asked of each indicator that was chosen."""
    _ = translator(session.locale)
    ends = {"higher": _("more is better"), "lower": _("less is better")}
    return [
        Field(DIRECTION, _("Which way is better"), "choice", ends),
        Field(
            PART,
            _("Part of the index"),
            "line",
            hint=_("Indicators of the same part are put together first. Without one it stands by itself."),
        ),
        Field(WEIGHT, _("Weight"), "number", hint=_("Beside the others of its part; 1 unless it says otherwise.")),
    ]


def filled(recipe: Recipe | None) -> Typed:
    """What the form begins with."""
    if recipe is None:
        return {"places": "cities", "combine": "arithmetic"}
    named = recipe.places if isinstance(recipe.places, tuple) else None
    words = {f"{key}_{language}": _in(getattr(recipe, key), language) for key in ("name", "purpose") for language in LANGUAGES}
    chosen = [one.indicator for one in recipe.indicators]
    place = {"places": NAMED if named else recipe.places, "named": list(named or ())}
    return {**words, **place, "combine": recipe.levels[-1].combine, "indicators": chosen}


def filled_of(session: Session, recipe: Recipe | None, indicator: str) -> Typed:
    """What the fields of an indicator begin with: as the index has it, else as the indicator itself says."""
    one = ingredient(recipe, indicator)
    end = better(indicator, session.catalogue, session.definitions)
    if recipe is None or one is None:
        return {DIRECTION: None if end == "neutral" else end, PART: None, WEIGHT: 1.0}
    part = shape.part_of(recipe, one.name)
    return {DIRECTION: one.direction, PART: session.say(part.label or part.name) if part else None, WEIGHT: one.weight}


def ingredient(recipe: Recipe | None, indicator: str) -> Ingredient | None:
    """How an index takes an indicator; None where it does not."""
    return next((one for one in recipe.indicators if one.indicator == indicator), None) if recipe else None


def missing(typed: Typed, rows: Mapping[str, Typed], _: Words) -> list[str]:
    """What must be said before anything can be tried."""
    named = any(typed[f"name_{language}"] for language in LANGUAGES)
    asked: Sequence[tuple[Any, str]] = [(named, _("its name")), (len(rows) > 1, _("two indicators or more"))]
    whole = all(row[DIRECTION] for row in rows.values())
    return [name for said, name in [*asked, (whole, _("which way of each indicator is better"))] if not said]


def texts(typed: Typed, key: str) -> dict[str, str] | None:
    """What was written under a key, by language."""
    return {language: said for language in LANGUAGES if (said := typed[f"{key}_{language}"])} or None


def _in(text: Text | None, language: str) -> str | None:
    return text.get(language) if isinstance(text, dict) else text
