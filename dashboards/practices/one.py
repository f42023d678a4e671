"""One practice: what was done, what shows that it works, what it cost, whom to ask, and where to look next."""

from html import escape

from dashboards import formats
from dashboards.plan.written import written
from dashboards.practices import figures, listing, vocabulary
from dashboards.practices.known import Known, Row
from dashboards.practices.vocabulary import STATES


def purpose(known: Known, row: Row) -> str:
    """ "San Ejemplo · since May 2024 · proposed" """
    _, state, since = known.words, row["state"], known.since(row)
    began = _("since {when}", when=since) if since else ""
    return " · ".join(filter(None, [known.where(row), began, "" if state == "kept" else _(STATES[state])]))


def block(known: Known, row: Row) -> str:
    """The practice as HTML."""
    done = escape(known.say(row["done"]))
    told = [(title, text) for title, text in (*_shown(known, row), *_paid(known, row), *_asked(known, row)) if text]
    drawn = "".join(f"<dt>{escape(title)}</dt><dd>{text}</dd>" for title, text in told)
    parts = (figures.block(known, row), _next(known, row))
    return f'{_warning(known, row)}<p class="problem">{done}</p><dl class="definition practice">{drawn}</dl>{"".join(parts)}'


def _warning(known: Known, row: Row) -> str:
    """Why nobody should follow it, or that it is a proposal, before anything else."""
    _ = known.words
    if row["state"] == "withdrawn":
        title = escape(_("Withdrawn:"))
        return f'<p class="withdrawn"><b>{title}</b> {written(known.session, row["withdrawn"] or "")}</p>'
    if row["state"] == "proposed":
        said = escape(
            _(
                "Proposed by {name}. It stands beside the indicators once the data office or a consultant keeps it.",
                name=_writer(known, row),
            )
        )
        return f'<p class="withdrawn">{said}</p>'
    return ""


def _shown(known: Known, row: Row) -> list[tuple[str, str]]:
    _, link = known.words, escape(row["link"] or "")
    shown = vocabulary.strength(row["strength"], known.session.locale)
    read = escape(_("read it there"))
    way = f' · <a href="{link}" rel="noopener noreferrer" target="_blank">{read}</a>' if link else ""
    return [
        (_("Indicators"), listing.about(known, row)), (_("What shows it"), f"{shown}{way}"),
        (_("What was found"), escape(known.say(row["found"]))),
    ]  # fmt: skip


def _paid(known: Known, row: Row) -> list[tuple[str, str]]:
    _ = known.words
    return [(_("What it cost"), escape(known.cost(row))), (_("What that paid for"), escape(known.say(row["bought"])))]


def _asked(known: Known, row: Row) -> list[tuple[str, str]]:
    """Whom to ask, for people who have a part here; nobody else learns more than that there is somebody."""
    _ = known.words
    told = " · ".join(filter(None, [row["contact"], row["address"]]))
    if told and not known.reads_contacts:
        told = _("Shown to people of the city who hold a role or a post.")
    return [(_("Whom to ask"), escape(told)), (_("Written down by"), escape(_writer(known, row)))]


def _writer(known: Known, row: Row) -> str:
    return known.people.get(row["written_by"], formats.NOTHING)


def _next(known: Known, row: Row) -> str:
    """Where the city stands on its indicators, and the figures of both places side by side."""
    _, session = known.words, known.session
    own, modules = session.definitions.city.place, session.definitions.city.modules
    places = ",".join(dict.fromkeys([own, *([row["place"]] if row["place"] in session.definitions.place else [])]))
    lines = []
    for name in known.indicators(row):
        ways = [(session.address("peers", indicator=name), _("where the city stands"))]
        ways += [(session.address("explorer", indicators=name, places=places), _("both over time"))] if "explorer" in modules else []
        links = " · ".join(f'<a href="{escape(address)}">{escape(word)}</a>' for address, word in ways)
        lines.append(f"<li>{escape(session.say(session.indicator(name).name))}: {links}</li>")
    title = escape(_("Look further"))
    return f'<h2>{title}</h2><ul class="plain">{"".join(lines)}</ul>' if lines else ""
