"""What stands above and below every report: whose it is, of when, and where its figures come from."""

from collections.abc import Sequence

from dashboards import formats
from dashboards.reports.content import short
from dashboards.reports.document import Document, Section
from dashboards.session import Session
from dashboards.words import translator
from data.arms import arms
from data.plans.reading import Plan


def document(
    session: Session, kind: str, title: str, sentence: str, sections: Sequence[Section], *, plan: Plan | None = None, pages: int = 0
) -> Document:
    """A report of the session's place and month; `plan` where it says something of one; with `pages`, how long it may be."""
    language, _region, region = session.locale.partition("_")
    city = session.definitions.city
    name = session.say(session.definitions.place[session.place].name)
    return Document(
        kind,
        language,
        region,
        name,
        city.colours.brand,
        title,
        _about(session, name),
        sentence,
        sections,
        foot(session, plan),
        arms(session.home, city) if session.place == city.place else None,
        pages,
    )


def month(session: Session) -> str:
    """June 2026, as it stands in a sentence."""
    return formats.month_name(session.month, session.locale)


def foot(session: Session, plan: Plan | None) -> list[str]:
    """Where it comes from, and what the words mean."""
    _, version = translator(session.locale), _version(session)
    if plan is None:
        source, meant = _("Figures version {version}.", version=version), []
    else:
        source = _("From {plan}; figures version {version}.", plan=session.say(plan.name), version=version)
        meant = [_("Proved: somebody outside the area accepted the evidence. Declared: the area says so.")]
    if session.beside and session.snapshot:
        meant.append(_("As the month was closed on {day}.", day=formats.day_of(session.snapshot["at"], session.locale)))
    demo = [_("Demo data: an invented city.")] if session.held and session.held.demo else []
    return [short(source, 200), *meant, *demo]


def _about(session: Session, name: str) -> str:
    _ = translator(session.locale)
    day = formats.day(session.review_day, session.locale)
    return " · ".join([name, formats.sentence(month(session)), _("by the review of {day}", day=day)])


def _version(session: Session) -> str:
    _ = translator(session.locale)
    return str(session.held.version) if session.held else _("none")
