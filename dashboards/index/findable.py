"""The indices as the search box lists them."""

from collections.abc import Hashable, Iterator

from dashboards.index import known
from dashboards.session import Session
from dashboards.words import translator


def stamp(session: Session) -> Hashable:
    """Changes with the files of the indices; None where there are none to find."""
    return known.stamp(session) if "compare" in session.definitions.city.modules else None


def names(session: Session) -> Iterator[tuple[str, str]]:
    """Each by `index:id`, where the city compares itself."""
    if "compare" not in session.definitions.city.modules:
        return
    _ = translator(session.locale)
    kind = _("Index")
    for written in known.indices(session).written:
        recipe = written.recipe
        yield f"index:{recipe.index}", f"{session.say(recipe.name) if recipe.name else recipe.index} · {kind}"
