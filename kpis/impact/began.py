"""Since when a policy is in force: the day or period that its study says, or when the action of the plan really began."""

from data.home import Home
from data.located import near
from data.plans.begun import action_keys, begun
from data.problems import N_, Refused
from data.records.records import begun as has_records
from data.records.records import records
from kpis.impact.reading import Written


def began(written: Written, home: Home | None) -> object:
    """The study's own `start` where it has one; else the day on which its action began, by its first report above nothing or its first
    stage reached, and before either the day planned. Raises Refused where no such action is, or nobody says when it began.
    """
    study = written.study
    if study.start is not None or study.first_treated:
        return study.start
    if home is None or not has_records(home):
        message, hint = N_("no plan is kept here that could say when {name!r} began"), N_("write `start:` with its first period")
        raise Refused([written.problem("action", message, hint, name=study.action)])
    kept, key = records(home), str(study.action)
    found = begun(kept, key)
    if found is None:
        hint, values = N_("write {near}, the key of an action of the plan"), {"name": key, "near": near(key, action_keys(kept))}
        raise Refused([written.problem("action", N_("the plan has no action {name!r}"), hint, **values)])
    day = found.day or found.planned
    if day is None:
        message, hint = N_("nobody says when the action {name!r} began"), N_("write `start:` with its first period")
        raise Refused([written.problem("action", message, hint, name=key)])
    return day.isoformat()
