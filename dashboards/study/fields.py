"""What a study of an indicator asks for, as the fields of its form, and the keys of its file that they become."""

from collections.abc import Mapping
from typing import Any

from dashboards.assessments.known import Known
from dashboards.plan import mandate, shown
from dashboards.plan.fields import Field, Typed
from dashboards.session import Session
from dashboards.study import method, periods
from dashboards.words import LANGUAGES, Words, translator
from data.ids import id_of
from data.plans.reading import plans
from data.problems import NotPossibleNow
from kpis.impact.study import COMPARED, METHODS, Study

NAMED = "named"
"""Compared with places that are named one by one."""


def fields(session: Session) -> list[Field]:
    """The fields in the order in which they are asked."""
    _, known = translator(session.locale), session.definitions
    places = {place.id: session.say(place.name) for place in known.places}
    indicators = {name: session.say(session.indicator(name).name) for name in session.measured}
    compared = {"peers": _("the other cities"), "districts": _("the other districts"), NAMED: _("the places named here")}
    better = {"higher": _("more is better"), "lower": _("less is better")}
    methods = {each: method.name(each, _) for each in METHODS}
    words = [Field(f"{key}_{language}", f"{label} · {own}") for key, label in _texts(_) for language, own in LANGUAGES.items()]
    return [
        *words,
        Field("policy", _("Policy"), "choice", _policies(session), _("The study then stands on its page.")),
        Field("indicator", _("Indicator"), "choice", indicators, needed=False),
        Field("compare", _("Compared with"), "choice", compared),
        Field("places", _("Places to compare with, where they are named"), "choices", places),
        Field("treated", _("Places under the policy; none: the city"), "choices", places),
        Field("action", _("Begins with the action"), "choice", _actions(session)),
        Field("start", _("Or on the day"), "day"),
        Field("donors_out", _("Not to be compared with, because they did the same"), "choices", places),
        Field("method", _("Method; none: the one that fits"), "choice", methods),
        Field("better", _("Which way is better"), "choice", better, _("The goal's own, where there is one on the indicator.")),
        Field("smallest", _("The smallest effect that would matter"), "number", hint=_("In the indicator's own unit.")),
    ]


def filled(study: Study | None) -> Typed:
    """What the form begins with."""
    if study is None:
        return {"compare": COMPARED[0]}
    named = study.compare if isinstance(study.compare, tuple) else None
    words = {f"{key}_{language}": _in(getattr(study, key), language) for key in ("name", "question") for language in LANGUAGES}
    held = {key: getattr(study, key) for key in ("policy", "indicator", "action", "method", "better", "smallest")}
    lists = {"treated": [*map(str, study.treated)], "donors_out": [*map(str, study.donors_out)], "places": list(named or ())}
    return {**words, **held, **lists, "compare": NAMED if named else study.compare, "start": _day(study)}


def keys(typed: Typed, study: Study | None, taken: set[str]) -> dict[str, Any]:
    """The keys of the file, in their order; None where one is not written. A new study gets an id that nobody has."""
    compare = list(typed["places"] or []) if typed["compare"] == NAMED else typed["compare"]
    kept = study is not None and study.start is not None and typed["start"] == _day(study)
    start = None if typed["action"] else str(study.start) if study and kept else typed["start"]
    name = _text(typed, "name")
    return {
        "study": study.study if study else id_of(next(iter(name.values()), "study") if name else "study", taken),
        "name": name,
        "question": _text(typed, "question"),
        "policy": typed["policy"],
        "indicator": typed["indicator"],
        "compare": compare or None,
        "treated": typed["treated"] or None,
        "action": typed["action"],
        "start": start,
        "method": typed["method"],
        "donors_out": typed["donors_out"] or None,
        "better": typed["better"],
        "smallest": typed["smallest"],
    }


def missing(told: Mapping[str, Any], _: Words) -> list[str]:
    """What must be said before anything can be tried."""
    asked = [(told["name"], _("its name")), (told["indicator"], _("the indicator")), (told["action"] or told["start"], _("when it began"))]
    return [name for value, name in asked if not value]


def _day(study: Study) -> str | None:
    """The first day of the period in which the study begins, as a form asks for it; None where it is no calendar's."""
    if study.start is None:
        return None
    label = str(study.start)
    return str(day) if (day := periods.of([label], "en").days.get(label)) else None


def _texts(_: Words) -> list[tuple[str, str]]:
    return [("name", _("Name of the policy")), ("question", _("What the city wants to know"))]


def _text(typed: Typed, key: str) -> dict[str, str] | None:
    return {language: said for language in LANGUAGES if (said := typed[f"{key}_{language}"])} or None


def _in(text: str | dict[str, str] | None, language: str) -> str | None:
    return text.get(language) if isinstance(text, dict) else text


def _policies(session: Session) -> dict[str, str]:
    """The policies of the register by their keys; none where the city keeps none, or they cannot be read."""
    if "assessments" not in session.definitions.city.modules:
        return {}
    try:
        return {row["key"]: session.say(row["name"]) for row in Known(session).today.policies}
    except NotPossibleNow:
        return {}


def _actions(session: Session) -> dict[str, str]:
    """The actions of every plan by their keys; none where there is no plan, or they cannot be read."""
    found: dict[str, str] = {}
    try:
        known = plans(session.records) if mandate.stamp(session) is not None else []
        for plan in known:
            nodes = shown.tree_of(session, plan).nodes
            above = set(nodes["parent"].drop_nulls())
            rows = nodes.select("id", "key", "name").iter_rows()
            found = {key: f"{key} · {shown.name(session, name)}" for node, key, name in rows if node not in above} | found
    except NotPossibleNow:
        return {}
    return found
