"""The studies as the search box lists them."""

from collections.abc import Hashable, Iterator

from dashboards.session import Session
from dashboards.study import known
from dashboards.words import translator


def stamp(session: Session) -> Hashable:
    """Changes with the files of the studies; None where there are none to find."""
    return known.stamp(session) if "impact" in session.definitions.city.modules else None


def names(session: Session) -> Iterator[tuple[str, str]]:
    """Each by `study:id`, where the city has the impact laboratory."""
    if "impact" not in session.definitions.city.modules:
        return
    _ = translator(session.locale)
    kind = _("Study")
    for study in known.studies(session).studies:
        name = session.say(study.name) if study.name else study.study
        yield f"study:{study.study}", f"{name} · {kind}"
