"""First steps: what is left to make the panel a city's own. Every tick is looked up in the home, none is remembered."""

from dataclasses import dataclass
from html import escape

from dashboards import panel
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data import definitions as definition_files
from data.definitions import Definitions
from data.home import Home
from data.new_home import PLACEHOLDERS, STARTER

NEW_HOME = "python -m data new DIR"
LOAD_PAGE = "pages/office/load.py"


@dataclass(frozen=True)
class Step:
    """One thing to make one's own: the file where it is written or the command that does it, and the page that does it too, if any."""

    task: str
    where: str
    done: bool
    page: str = ""


def steps(session: Session) -> list[Step]:
    """The five steps in order."""
    known, home = session.definitions, session.home
    own, loaded = _own(known), session.held is not None and session.held.own
    page = LOAD_PAGE if "load" in known.city.modules else ""
    return [
        Step(N_("Name the city"), home.short(home.city), own["name"]),
        Step(N_("Write the mandate's dates and axes"), home.short(home.city), own["mandate"]),
        Step(N_("List the areas of the administration"), home.short(home.city), own["areas"]),
        Step(N_("List the districts and other places"), home.short(home.places), own["places"]),
        Step(N_("Load the first file"), "python -m data ingest FILE --source NAME", loaded, page),
    ]


def show(session: Session) -> None:
    """The steps above a page that has nothing to show yet; later the Overview holds them."""
    if session.held is None:
        panel.show(block(session), key="checklist")


def block(session: Session) -> str:
    """The steps as HTML, folded once something is loaded; "" where none of them is left."""
    _, found = translator(session.locale), steps(session)
    left = sum(not step.done for step in found)
    if not left:
        return ""
    title = _.ngettext("Make it your own: {n} step left", "Make it your own: {n} steps left", left, n=left)
    command = f"<code>{escape(NEW_HOME)}</code>"
    said = escape(_("This city is invented. A home for yours, with files to fill in: {command}", command="{command}"))
    invented = f"<p>{said.format(command=command)}</p>" if session.definitions.city.demo else ""
    lines = "".join(_line(session, step, _) for step in found)
    unfolded = ' open=""' * (session.held is None)
    return f'<details class="checklist"{unfolded}><summary>{escape(title)}</summary>{invented}<ul>{lines}</ul></details>'


def _line(session: Session, step: Step, _: Words) -> str:
    sign, where = "✓" if step.done else "○", f"<code>{escape(step.where)}</code>"
    if step.page:
        name = escape(_("Load data"))
        page = name if step.done else f'<a href="{escape(session.address("load"))}">{name}</a>'
        where = f"{page} · {where}"
    return f"<li>{sign} {escape(_(step.task))} · {where}</li>"


def _own(known: Definitions) -> dict[str, bool]:
    """Whether each part differs from the demo's and from the starter's."""
    if known.city.demo:
        return dict.fromkeys(("name", "mandate", "areas", "places"), False)
    starter = definition_files.load(Home(STARTER))
    names = {known.city.name} if isinstance(known.city.name, str) else set(known.city.name.values())
    return {
        "name": names.isdisjoint(PLACEHOLDERS),
        "mandate": known.city.mandate != starter.city.mandate,
        "areas": known.city.areas != starter.city.areas,
        "places": known.places != starter.places,
    }
