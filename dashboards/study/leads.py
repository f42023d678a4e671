"""Where a study leads: its goal, its action, its policy, and the file in which it is written."""

from collections.abc import Iterator
from contextlib import suppress
from html import escape

from dashboards.assessments.known import Known
from dashboards.plan import mandate
from dashboards.plan import shown as plans_shown
from dashboards.study.shown import Shown
from dashboards.words import Words, translator
from data.plans.reading import plans
from data.problems import NotPossibleNow

Lead = tuple[str, str, str]
"""What it is, its name, and its address; "" where it has none."""


def block(shown: Shown) -> str:
    """The links as a section; "" where a study leads nowhere."""
    _ = translator(shown.session.locale)
    lines = "".join(_line(lead) for lead in (*_goals(shown, _), *_action(shown, _), *_policy(shown, _), *_definition(shown, _)))
    title = escape(_("Where it belongs"))
    return f'<section><h2>{title}</h2><ul class="plain">{lines}</ul></section>' if lines else ""


def _line(lead: Lead) -> str:
    kind, name, address = lead
    said = f'<a href="{escape(address)}">{escape(name)}</a>' if address else escape(name)
    return f"<li>{escape(kind)}: {said}</li>"


def _goals(shown: Shown, _: Words) -> Iterator[Lead]:
    """The goals that its indicator measures; else the indicator."""
    session, indicator = shown.session, shown.study.indicator
    goals = [kpi for kpi in session.catalogue.kpis if indicator and kpi.measure == indicator]
    for kpi in goals:
        yield _("Goal"), session.say(kpi.name), session.address("goal", kpi=kpi.id)
    if indicator and not goals and indicator in session.measured:
        address = session.address("explorer", indicators=indicator) if "explorer" in session.definitions.city.modules else ""
        yield _("Indicator"), session.say(session.indicator(indicator).name), address


def _action(shown: Shown, _: Words) -> Iterator[Lead]:
    """The action of the plan from which the start was taken, where the records can be read."""
    if not shown.study.action:
        return
    try:
        found = _node(shown, shown.study.action)
    except NotPossibleNow:
        return
    if found:
        node, name = found
        yield _("Action"), name, shown.session.address("action", node=str(node))


def _node(shown: Shown, key: str) -> tuple[int, str] | None:
    """The action of this key in the first plan that has one."""
    for plan in plans(shown.session.records) if mandate.stamp(shown.session) is not None else ():
        rows = plans_shown.tree_of(shown.session, plan).nodes.filter(key=key).select("id", "name").rows()
        if rows:
            return rows[0][0], plans_shown.name(shown.session, rows[0][1])
    return None


def _policy(shown: Shown, _: Words) -> Iterator[Lead]:
    """The policy of the register, by its name where the records can be read."""
    key, session = shown.study.policy, shown.session
    if not key:
        return
    found = None
    with suppress(NotPossibleNow):
        known = Known(session)
        found = known.policy(key) if "assessments" in session.definitions.city.modules else None
    if found is None:
        yield _("Policy"), key, ""
    else:
        yield _("Policy"), session.say(found["name"]), session.address("policy", policy=key)


def _definition(shown: Shown, _: Words) -> Iterator[Lead]:
    yield _("Written in"), f"kpis/studies/{shown.study.study}.yaml", ""
