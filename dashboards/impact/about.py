"""Did it work? The studies on a goal, an action or a policy, for its own page."""

from collections.abc import Callable
from html import escape

from dashboards import panel
from dashboards.session import Session
from dashboards.study import known, saying
from dashboards.study.shown import Shown
from dashboards.study.verdicts import drawn
from dashboards.words import translator
from kpis.impact.study import Study


def show(session: Session, goal: str | None = None, action: str | None = None, policy: str | None = None) -> None:
    """The section of the page; nothing where no study is about it, or the city has no impact laboratory."""
    if told := block(session, goal, action, policy):
        panel.show(told, key="did_it_work")
        if known.every(session) is None:
            known.watch(session)


def block(session: Session, goal: str | None = None, action: str | None = None, policy: str | None = None) -> str:
    """The section as HTML; "" where no study is about a goal (by its id), an action (by its key) or a policy (by its id)."""
    if "impact" not in session.definitions.city.modules:
        return ""
    _, wanted = translator(session.locale), _wanted(session, goal, action, policy)
    lines = "".join(_line(session, study) for study in known.studies(session).studies if wanted(study))
    title = escape(_("Did it work?"))
    return f'<section><h2>{title}</h2><ul class="plain did-it-work">{lines}</ul></section>' if lines else ""


def _wanted(session: Session, goal: str | None, action: str | None, policy: str | None) -> Callable[[Study], bool]:
    kpi = session.catalogue.kpi.get(goal or "")

    def about(study: Study) -> bool:
        return bool((kpi and study.indicator == kpi.measure) or (action and study.action == action) or (policy and study.policy == policy))

    return about


def _line(session: Session, study: Study) -> str:
    """The policy, the verdict and its sentence; while it is not reckoned yet only its name."""
    found: Shown | None = known.shown(session, study)
    name = session.say(study.name) if study.name else study.study
    link = f'<a href="{escape(session.address("study", study=study.study))}">{escape(name)}</a>'
    if found is None:
        return f"<li>{link}</li>"
    return f'<li>{link} {drawn(found.kind, translator(session.locale))}<span class="note">{escape(saying.headline(found))}</span></li>'
