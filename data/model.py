"""From a YAML document to typed values: unknown keys, missing keys and wrong types become problems with their line."""

import re
from datetime import date
from typing import Annotated, Any, TypeVar, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.json_schema import WithJsonSchema

from data.problems import N_, Problem, Refused
from data.yaml_file import Document

M = TypeVar("M", bound="Model")


class Model(BaseModel):
    """A mapping of a definition file: frozen, strictly typed, no unknown key."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


def _date(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("not a date")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("not a date") from None


def _list(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Date = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A day, written 2025-01-31."""
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
"""A name for machines: small letters, digits and _, as in `waiting_days`."""
Tuple = BeforeValidator(_list)
"""Marks a tuple field that is written as a YAML list: `Annotated[tuple[X, ...], Tuple]`."""
Text = (
    Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    | Annotated[
        dict[
            Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(_[A-Z]{2})?$")],
            Annotated[str, StringConstraints(min_length=1, max_length=2000)],
        ],
        Field(min_length=1),
    ]
)
"""Words for people: one text for every language, or one for each: `{es: Agua, en: Water}`."""


def say(text: Text, language: str) -> str:
    """The text in a language such as `es_MX`: that one, its mother tongue, or the first one written."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get(language[:2]) or next(iter(text.values()))


def read_model(kind: type[M], document: Document) -> M:
    """The document as `kind`. Raises Refused with every problem in the file, each with line, column and cure."""
    value = document.value if document.value is not None else {}
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise Refused([_problem(kind, location, detail, document) for location, detail in _faults(error, document)]) from None


SAYINGS = {
    "missing": (N_("{key} is missing"), N_("add it")),
    "extra_forbidden": (N_("{key} is not a known key"), N_("remove it, or correct it to one of: {known}")),
    "string_type": (N_("{found} is not text"), N_("write it in quotes if it is text")),
    "float_type": (N_("{found} is not a number"), N_("write a plain number such as 1250.5, without quotes or thousand marks")),
    "int_type": (N_("{found} is not a whole number"), N_("write digits only, without quotes")),
    "bool_type": (N_("{found} is neither true nor false"), N_("write true or false")),
    "literal_error": (N_("{found} is not allowed here"), N_("write one of: {expected}")),
    "string_pattern_mismatch": (N_("{found} is not a valid name here"), N_("use small letters, digits and _, beginning with a letter")),
    "model_type": (N_("{found} is not a group of keys"), N_("write `key: value` lines under it")),
    "dict_type": (N_("{found} is not a group of keys"), N_("write `key: value` lines under it")),
    "tuple_type": (N_("{found} is not a list"), N_("begin each item with `- `")),
    "string_too_short": (N_("this text is empty"), N_("write it, or remove the key")),
    "too_short": (N_("this text is empty"), N_("write it in at least one language")),
    "string_too_long": (N_("this text is longer than {max_length} characters"), N_("shorten it")),
    "greater_than_equal": (N_("{found} is too small"), N_("write {ge} or more")),
    "less_than_equal": (N_("{found} is too large"), N_("write {le} or less")),
}


DECIMAL_COMMA = (N_("{key} follows a comma, which in braces begins the next key"), N_("write decimals with a point, such as 20.5"))

Location = tuple[str | int, ...]


def _faults(error: ValidationError, document: Document) -> list[tuple[Location, Any]]:
    """Each fault once, at its place in the file: a union such as Text reports one for each kind that the value is not."""
    found: dict[tuple[Location, bool], Any] = {}
    for detail in error.errors():
        found.setdefault((_location(detail, document), detail["loc"][-1:] == ("[key]",)), detail)
    deeper = {location[:end] for location, _ in found for end in range(len(location))}
    return [(location, detail) for (location, _), detail in found.items() if detail["type"] != "string_type" or location not in deeper]


def _location(detail: Any, document: Document) -> Location:
    """Where the fault is in the file, without the names that pydantic gives to the kinds of a union."""
    at: Location = ()
    for part in detail["loc"]:
        if (*at, part) in document.marks:
            at = (*at, part)
    return (*at, detail["loc"][-1]) if detail["type"] == "missing" else at


def _problem(kind: type[BaseModel], location: Location, detail: Any, document: Document) -> Problem:
    line, column = document.mark(location)
    message, hint = SAYINGS.get(detail["type"], ("{why}", N_("see the example in the documentation")))
    if detail["type"] == "value_error" and "not a date" in detail["msg"]:
        message, hint = N_("{found} is not a date"), N_("write it as 2025-01-31")
    if detail["type"] == "extra_forbidden" and str(location[-1]).isdigit() and detail["input"] is None:  # {value: 20,5}
        message, hint = DECIMAL_COMMA
    context = {key: value for key, value in detail.get("ctx", {}).items() if key != "error"}
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
    values = {
        **context,
        "key": location[-1] if location else "",
        "found": _shown(detail["input"]),
        "known": _known(kind, detail["loc"][:-1]),
    }
    values["why"] = detail["msg"].removeprefix("Value error, ")
    values["expected"] = context.get("expected", "").replace(" or ", ", ")  # a list reads the same in every language
    return Problem(message, hint, document.path, line, column, key or None, values)


def _shown(value: object) -> str:
    text = {None: "an empty value", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _known(kind: Any, location: Location) -> str:
    """The keys a mapping may hold, found by following the location through the model's own types."""
    for part in location:
        model, by_id = _model(kind), get_origin(kind) is dict
        field = model.model_fields.get(str(part)) if model and not by_id else None
        kind = field.annotation if field else model
    model = _model(kind)
    return ", ".join(field.alias or name for name, field in model.model_fields.items()) if model else "the keys in the documentation"


def _model(kind: Any) -> type[BaseModel] | None:
    """The model that an annotation such as `Inner | None` or `tuple[Inner, ...]` is about."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next(filter(None, map(_model, getattr(kind, "__args__", ()))), None)
