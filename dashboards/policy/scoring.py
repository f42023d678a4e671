"""The judgement of one criterion: a new one, or one that stands already and is changed on the version that was seen."""

from typing import Any

from dashboards import session as visit
from dashboards.assessments import vocabulary
from dashboards.assessments.known import Known, Row
from dashboards.plan import doing, form
from dashboards.plan.fields import Field, Typed, in_language
from dashboards.plan.form import NEW, Form
from dashboards.policy import writing
from dashboards.policy.places import PLACE
from data.assessments.scores import Score, judge_criterion, take_back
from data.assessments.vocabulary import OPEN
from kpis.assessments.criteria import criteria

TEXTS = ("argument", "unscored")
COLUMNS = ("criterion", "judge", "score", "argument", "unscored", "link", "indicator", "period")


def show(known: Known, policy: Row) -> None:
    """The forms of the assessment that the address names, while it is open; nothing for whoever may not."""
    made = writing.asked(known, policy)
    if made is None or made["state"] not in OPEN or not known.may("keep_assessment", policy):
        return
    found = next((row for row in known.today.of_assessment(made["id"]) if row["id"] == visit.asked_id("score")), None)
    if found is None:
        form.fold(known.session, _form(known, made, None))
    else:
        form.show(known.session, _form(known, made, found))
        _take_back(known, found)


def _form(known: Known, made: Row, score: Row | None) -> Form:
    _, session = known.words, known.session
    title = _("Change a judgement") if score else _("Judge a criterion")
    now: dict[str, Any] = dict.fromkeys(COLUMNS) | {"criterion": "effectiveness", "judge": made["judge"]}
    if score:
        now = {name: known.say(score[name]) or None if name in TEXTS else score[name] for name in COLUMNS}
    name = f"policy/assessment/{made['id']}/score/{score['id'] if score else 'new'}/{session.language}"
    sends = {_("Save the judgement"): _send(known, made, score)}
    return Form(name, title, _fields(known), now, score["version"] if score else NEW, sends, COLUMNS if score else (), said_at=PLACE)


def _fields(known: Known) -> tuple[Field, ...]:
    _, session = known.words, known.session
    asked = {key: f"{known.say(each.name)}: {known.say(each.question)}" for key, each in criteria().items()}
    figures = {each.id: session.say(each.name) for each in session.definitions.indicator.values()}
    hint = _("As its indicator is measured: 2026, 2026-Q2, 2026-06")
    return (
        Field("criterion", _("Criterion"), "choice", asked, needed=True),
        Field("judge", _("Who judges"), "choice", vocabulary.options(vocabulary.JUDGES, session.locale), needed=True),
        Field("score", _("Score"), "choice", {number: _(word) for number, word in vocabulary.SCORES.items()}),
        Field("argument", _("Why it is judged so"), "text"), Field("unscored", _("Why there is no score"), "text"),
        Field("link", _("Link to what shows it"), "line"), Field("indicator", _("Or the figure that shows it"), "choice", figures),
        Field("period", _("Of which period"), "line", hint=hint),
    )  # fmt: skip


def _send(known: Known, made: Row, score: Row | None) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _, session = known.words, known.session
        assert session.actor is not None
        texts = {name: in_language(score[name] if score else None, typed[name], session.language) for name in TEXTS}
        told = Score(**{name: typed[name] for name in COLUMNS if name not in TEXTS}, **{**texts, "argument": texts["argument"] or ""})
        judge_criterion(session.records, session.actor, made["id"], told, score["id"] if score else None, version)
        return _("The judgement is saved.")

    return send


def _take_back(known: Known, score: Row) -> None:
    _, session = known.words, known.session

    def act() -> str:
        assert session.actor is not None
        take_back(session.records, session.actor, score["id"], score["version"])
        return _("The judgement is taken back.")

    doing.press(session, _("Take the judgement back"), f"take_back/{score['id']}", act, PLACE)
