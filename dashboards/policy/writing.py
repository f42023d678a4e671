"""What whoever keeps the assessments does with them: plan one, begin it, write it, say that it is done or why nobody makes it."""

from datetime import date
from typing import Any

from dashboards import layout
from dashboards import session as visit
from dashboards.appraisals import shown as appraisals
from dashboards.assessments import vocabulary
from dashboards.assessments.known import Known, Row
from dashboards.meetings.clock import today
from dashboards.plan import doing, form
from dashboards.plan.fields import Field, Typed, day, in_language, plain
from dashboards.plan.form import NEW, Form
from dashboards.policy.places import PLACE
from dashboards.study import known as studies
from data.assessments.assessments import WRITTEN, Planned, begin, drop, finish, open_again, plan_assessment, write_assessment
from data.assessments.vocabulary import OPEN
from data.problems import N_, Problem, Refused

TEXTS = ("judge_name", "method", "deviations", "lesson", "why")


def asked(known: Known, policy: Row) -> Row | None:
    """The assessment that the address names, as it stands now; None where there is no such one of the policy."""
    number = visit.asked_id("assessment")
    return next((row for row in known.today.of_policy(policy["id"]) if row["id"] == number), None)


def show(known: Known, policy: Row) -> None:
    """The form to plan one, and those of the assessment that the address names; nothing for whoever may not."""
    if not known.may("keep_assessment", policy):
        return
    form.fold(known.session, _plan_form(known, policy))
    row = asked(known, policy)
    if row is None:
        return
    _ = known.words
    layout.section(_("Assessment: {moment}", moment=known.moment(row["moment"])))
    _steps(known, row)
    if row["state"] in OPEN:
        form.show(known.session, _write_form(known, row))
        form.fold(known.session, _drop_form(known, row))


def _steps(known: Known, row: Row) -> None:
    """What is done at once, by a button."""
    _, session = known.words, known.session
    assert session.actor is not None
    actor = session.actor

    def act(verb: Any, done: str) -> Any:
        def call() -> str:
            verb(session.records, actor, row["id"], row["version"])
            return done

        return call

    if row["state"] == "planned":
        doing.press(session, _("Begin it"), f"begin/{row['id']}", act(begin, _("It is under way.")), PLACE)
    elif row["state"] not in OPEN:
        doing.press(session, _("Open the assessment again"), f"again/{row['id']}", act(open_again, _("It is open again.")), PLACE)


def _plan_form(known: Known, policy: Row) -> Form:
    _, locale = known.words, known.session.locale
    fields = (
        Field("moment", _("Which assessment"), "choice", vocabulary.options(vocabulary.MOMENTS, locale), needed=True),
        Field("due", _("Due on"), "day"),
        *_judge_fields(known),
    )
    now = {"moment": "mid_term", "due": None, "judge": "own", "judge_name": None, "method": None}

    def send(typed: Typed, _version: int, _file: Any) -> str:
        session = known.session
        assert session.actor is not None
        told = Planned(policy["id"], typed["moment"], _due(typed), typed["judge"], typed["judge_name"], typed["method"])
        plan_assessment(session.records, session.actor, told)
        return _("The assessment is planned.")

    name = f"policy/{policy['id']}/plan"
    return Form(name, _("Plan an assessment"), fields, now, NEW, {_("Plan it"): send}, said_at=PLACE)


def _judge_fields(known: Known) -> tuple[Field, ...]:
    _ = known.words
    judges = vocabulary.options(vocabulary.JUDGES, known.session.locale)
    return (
        Field("judge", _("Who judges"), "choice", judges, needed=True), Field("judge_name", _("Their name"), "line"),
        Field("method", _("Method"), "text"),
    )  # fmt: skip


def _write_form(known: Known, row: Row) -> Form:
    _, recommended = known.words, vocabulary.options(vocabulary.RECOMMENDATIONS, known.session.locale)
    fields = (
        Field("due", _("Due on"), "day"), *_judge_fields(known),
        Field("deviations", _("What went otherwise than planned, and why"), "text"),
        Field("lesson", _("What was learnt"), "text"), Field("recommendation", _("What should follow"), "chips", recommended),
        Field("why", _("Why"), "text"), Field("study", _("Study of its effect"), "choice", _studies(known)),
        Field("appraisal", _("Options weighed before"), "choice", _appraisals(known)),
        Field("next_due", _("The next one is due on"), "day"),
        Field("done_on", _("Done on"), "day"),
    )  # fmt: skip
    now = {name: known.say(row[name]) or None if name in TEXTS else plain(row[name]) for name in WRITTEN}
    now["done_on"] = today(known.session).isoformat()
    sends = {_("Save it"): _send(known, row), _("Save it: the assessment is done"): _finish(known, row)}
    name = f"policy/assessment/{row['id']}/{known.session.language}"
    return Form(name, _("Write it"), fields, now, row["version"], sends, WRITTEN, said_at=PLACE)


def _studies(known: Known) -> dict[str, str]:
    """The city's studies by their ids, where it makes some."""
    session = known.session
    made = studies.studies(session).studies if "impact" in session.definitions.city.modules else ()
    return {each.study: session.say(each.name) if each.name else each.study for each in made}


def _appraisals(known: Known) -> dict[str, str]:
    """What was weighed before deciding, by its id."""
    return {each.appraisal: known.say(each.name) for each in appraisals.known(known.session).appraisals}


def _send(known: Known, row: Row) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _, session = known.words, known.session
        assert session.actor is not None
        write_assessment(session.records, session.actor, row["id"], version, **_changes(known, row, typed))
        return _("The assessment is saved.")

    return send


def _finish(known: Known, row: Row) -> Any:
    def send(typed: Typed, version: int, _file: Any) -> str:
        _, session = known.words, known.session
        assert session.actor is not None
        done = day(typed["done_on"]) or today(session)
        finish(session.records, session.actor, row["id"], version, done, **_changes(known, row, typed))
        return _("The assessment is done.")

    return send


def _changes(known: Known, row: Row, typed: Typed) -> dict[str, Any]:
    told: dict[str, Any] = {name: in_language(row[name], typed[name], known.session.language) for name in TEXTS}
    told |= {"due": _due(typed), "next_due": day(typed["next_due"])}
    told |= {name: typed[name] for name in WRITTEN if name not in told}
    return {name: value for name, value in told.items() if value != row[name]}


def _due(typed: Typed) -> date:
    """Raises Refused where no day is chosen."""
    found = day(typed["due"])
    if found is None:
        raise Refused([Problem(N_("it does not say when the assessment is due"), N_("choose a day"), column="due")])
    return found


def _drop_form(known: Known, row: Row) -> Form:
    _ = known.words

    def send(typed: Typed, version: int, _file: Any) -> str:
        session = known.session
        assert session.actor is not None
        drop(session.records, session.actor, row["id"], version, typed["dropped"] or "")
        return _("The assessment is given up.")

    fields, sends = (Field("dropped", _("Why nobody makes it any more"), "text"),), {_("Give it up"): send}
    name = f"policy/assessment/{row['id']}/drop"
    return Form(name, _("Give up this assessment"), fields, {"dropped": None}, row["version"], sends, said_at=PLACE)
