"""The page below its heading: one neighbourhood, or the list of all."""

from collections.abc import Callable, Hashable
from functools import partial
from html import escape

import streamlit as st

from dashboards import downloads, formats, layout, panel
from dashboards.plan import actions_table, areas, shown, states, truth_line
from dashboards.plan.entries import Entries
from dashboards.plan.money import works, works_map
from dashboards.plan.neighbourhood import building, known, listing, measured, printing, saying
from dashboards.plan.neighbourhood.known import Known
from dashboards.plan.neighbourhood.measured import Figure
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import translator
from data.places import Place


def asked(session: Session) -> Place | None:
    """The neighbourhood that the address names: `neighbourhood?district=ID`; None where it names none."""
    place = session.definitions.place.get(st.query_params.get("district", ""))
    return place if place and place.parent else None


def heading(session: Session, district: Place | None) -> None:
    """The neighbourhood's name, and what the page is for."""
    _ = translator(session.locale)
    if district is None:
        layout.head(session, _("Neighbourhoods"), _("What was promised to each, and how far it is"), needs_facts=False)
        return
    day = formats.day(session.review_day, session.locale)
    purpose = _("What to know before a visit: promises, works and goals, by the review of {day}", day=day)
    layout.head(session, session.say(district.name), purpose, needs_facts=False)


def show(session: Session, district: Place | None) -> None:
    """One neighbourhood; without one that the plan's place has, all of them."""
    plan = shown.asked(session)
    if plan is None:
        shown.nothing_yet(session)
        return
    if district is None or district not in known.districts(session, plan):
        _say_unknown(session, plan.place)
        listing.show(session, plan)
        return
    found, figures = known.of_district(session, plan, district), measured.figures(session, district)
    _download(session, found, figures)
    key = (shown.key(session), session.key, plan.id, district.id, session.review_day, session.newest)
    panel.show(_drawn(key, partial(block, session, found, figures)), key="neighbourhood")


def block(session: Session, found: Known, figures: tuple[Figure, ...]) -> str:
    """The whole page as HTML."""
    line = truth_line.block(session, found.part.whole) if found.part.whole["actions"] else ""
    parts = [
        f'<p class="headline">{escape(saying.sentence(session, found, figures))}</p>{line}',
        _works(session, found),
        _promises(session, found),
        _measured(session, found.district, figures),
        _ledger(session, found),
        _answering(session, found),
        _all_neighbourhoods(session, found),
    ]
    return "".join(parts)


@st.cache_resource(show_spinner=False, max_entries=100)
def _drawn(key: Hashable, _draw: Callable[[], str]) -> str:  # noqa: ARG001 - what the cache goes by
    """The page is drawn once for each state of the records and each reader's choice."""
    return _draw()


def _download(session: Session, found: Known, figures: tuple[Figure, ...]) -> None:
    _, name = translator(session.locale), found.district.id
    about = {_("Plan"): session.say(found.plan.name), _("Neighbourhood"): session.say(found.district.name)}
    about |= {_("Review of"): formats.day(session.review_day, session.locale)}

    def indicators() -> bytes:
        return downloads.csv(measured.frame(session, figures), {**about, **downloads.always(session)}, session.locale)

    more: downloads.Files = {_("Figures against the city (CSV)"): ("figures.csv", "text/csv", indicators)} if figures else {}
    with session.controls:
        printing.offer(session, found, figures)
        downloads.offer(session, name, lambda: actions_table.frame(session, found.actions, found.owners), about, more)


def _works(session: Session, found: Known) -> str:
    """The works in a sentence, on the map, and one by one."""
    _, rows = translator(session.locale), found.works
    if rows.is_empty():
        return ""
    title, said = escape(_("Works")), escape(works.sentence(session, rows))
    return (
        f'<h2>{title}</h2><p class="why">{said}</p>'
        f'<div class="works of-one"><div>{works_map.drawn(session, found.money, rows, found.district.id)}</div>'
        f"<div>{building.table_of(session, found)}</div></div>"
    )


def _promises(session: Session, found: Known) -> str:
    """How many are in each state, and all of them, works too."""
    _ = translator(session.locale)
    title = _heading(_("Promises"))
    if found.actions.is_empty():
        nothing = _("The plan has no action that names this neighbourhood as its place.")
        return f"{title}<p>{escape(nothing)}</p>"
    counts = "".join(
        f"<li>{states.mark(state, session.locale)} {formats.number(number, 0, session.locale)}</li>"
        for state, number in saying.by_state(found)
    )
    caption = _("Everything promised here, works too; what needs attention first")
    return f'{title}<ul class="legend">{counts}</ul>{actions_table.block(session, found.actions, found.owners, caption)}'


def _measured(session: Session, district: Place, figures: tuple[Figure, ...]) -> str:
    """Goals, requests, and the rest on demand."""
    _, told = translator(session.locale), []
    goals, requests, others = measured.goals(figures), measured.requests(figures), measured.others(figures)
    if goals:
        drawn = measured.block(session, goals, _("Goals of the city measured here, those that stand worst against the city first"))
        note = f'<p class="note">{escape(measured.shares_said(session, district))}</p>'
        told += [_heading(_("Goals")), drawn, note]
    if requests:
        drawn = measured.block(session, requests, _("What residents asked for"))
        told += [_heading(_("Requests")), drawn]
    if others:
        summary = _.ngettext("{n} more figure measured here", "{n} more figures measured here", len(others), n=len(others))
        drawn = measured.by_theme(session, others, _("What else is measured here, by subject"))
        told.append(f"<details><summary>{escape(summary)}</summary>{drawn}</details>")
    return "".join(told)


def _ledger(session: Session, found: Known) -> str:
    """Decisions, failures and successes about what is promised here, drawn as on Accountability."""
    _ = translator(session.locale)
    title = _heading(_("Decisions, failures and successes"))
    entries = Entries(session, found.owners, nodes=found.changed)
    told = [entries.outcome(row) for row in found.failures_first]
    told += [entries.decision(row, found.changes.get(row["id"], ())) for row in found.decisions]
    if not told:
        nothing = escape(_("Nothing is written down about what is promised here."))
        return f'{title}<p class="note">{nothing}</p>'
    return f'{title}<p class="count">{escape(saying.learnt(found, session.locale))}</p><ul class="ledger two">{"".join(told)}</ul>'


def _answering(session: Session, found: Known) -> str:
    """Whom to ask, or to take along."""
    _ = translator(session.locale)
    title = _heading(_("Who answers for it"))
    if not found.answering:
        nobody = escape(_("Nobody answers for anything that is under way here."))
        return f'{title}<p class="note">{nobody}</p>'
    titles = [(_("Person"), ""), (_("Post"), ""), (_("Area"), ""), (_("Under way"), NUMBER), (_("Late"), NUMBER)]
    rows = [
        [
            escape(post.holder or _("nobody holds it")), escape(session.say(post.name)),
            areas.link(session, post.area, found.plan.key) or formats.NOTHING, _.count(number), _.count(late),
        ]
        for post, number, late in found.answering
    ]  # fmt: skip
    unowned = found.unowned
    said = _.ngettext("{n} action has nobody who answers for it.", "{n} actions have nobody who answers for them.", unowned, n=unowned)
    note = f'<p class="note">{escape(said)}</p>' if unowned else ""
    caption = _("Who answers for what is under way here, most late first")
    return f"{title}{table(titles, [('', rows)], caption)}{note}"


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _all_neighbourhoods(session: Session, found: Known) -> str:
    _, address = translator(session.locale), escape(session.address("neighbourhood", plan=found.plan.key))
    said = escape(_("All neighbourhoods"))
    return f'<p class="more"><a href="{address}">{said}</a></p>'


def _say_unknown(session: Session, city: str) -> None:
    if st.query_params.get("district", city) not in (city, ""):
        _ = translator(session.locale)
        said = _("The link names no neighbourhood of the plan's place. All of them are listed here.")
        st.warning(said, icon=":material/link_off:")
