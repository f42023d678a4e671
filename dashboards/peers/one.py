"""One indicator large: where the city stands, everybody's value on one scale, how it went, and who improved most."""

from collections.abc import Hashable, Sequence
from html import escape

import streamlit as st

from dashboards import formats, layout, panel
from dashboards.kept import kept
from dashboards.ordinals import ordinal
from dashboards.peers import chart, leads
from dashboards.peers.saying import Said
from dashboards.peers.strip import dot
from dashboards.plan.tables import NUMBER, Title, table
from dashboards.practices import about as practices
from dashboards.practices import known as recorded
from dashboards.session import Session
from dashboards.words import translator
from kpis.peers.groups import PeerSet
from kpis.peers.standing import Beside, Standing

KEY = "indicator"
"""Of the indicator in the address: `peers?indicator=bus_punctuality`."""


def asked() -> str:
    """The indicator that the address names; "" where it names none."""
    return st.query_params.get(KEY, "")


def show(session: Session, peers: PeerSet, standing: Standing) -> None:
    """The finding, the places, what to do with it, and the chart."""
    html, line = _drawn(session, peers, standing, recorded.stamp(session))
    panel.show(html, key="peers_one")
    if line is not None:
        chart.show(Said(session, standing), line)


def top(said: Said, peers: PeerSet) -> str:
    """The sentence, what it rests on, the table of every place, and the ways on, as HTML."""
    _ = said.words
    told = [sentence(said), sure(said), said.least(), leads.gone(said)]
    back = escape(said.session.address("peers", peers=peers.id))
    every = escape(_("All indicators"))
    ways = "".join(f'<a href="{escape(address)}">{escape(name)}</a>' for name, address in _ways(said, peers))
    return (
        f'<p class="back"><a href="{back}">{every}</a></p><h2 class="one">{escape(said.name)}</h2>'
        f'<p class="headline">{escape(told[0])}</p><p class="because">{escape(" ".join(filter(None, told[1:])))}</p>'
        f'{places(said)}<p class="onward">{ways}</p>'
    )


def sentence(said: Said) -> str:
    """4th of 15: 24.3 days, 2.1 days worse than the median of the peers."""
    _ = said.words
    standing = said.standing
    if standing.own.value is None:
        return said.why() or _("No value of the city is known.")
    if standing.position is None:
        return _("{value}. Not ranked: {why}.", value=said.value(standing.own.value), why=said.why())
    told = {"position": formats.sentence(said.position()), "value": said.value(standing.own.value), "gap": said.gap()}
    if not standing.sign:
        return _("{value}; neither more nor less is better.", value=said.against())
    if said.level:
        return _("{position}, at {value}: no real difference from the median of the peers.", **told)
    return _("{position}, at {value}: {gap} than the median of the peers.", **told)


def sure(said: Said) -> str:
    """Between which positions the figures leave the city."""
    _ = said.words
    between = said.standing.between if said.standing.sign else None
    if between is None or between[0] == between[1]:
        return ""
    first, last = (ordinal(end, said.session.locale) for end in between)
    return _("Real differences alone put it between {first} and {last}.", first=first, last=last)


def places(said: Said) -> str:
    """Every place by its rank, each as a dot on one scale, and what must be known of its figure.

    Where neither way is better they stand from the lowest on, and without a rank.
    """
    _ = said.words
    ends = _("Worse | better") if said.standing.sign else _("Less | more")
    titles: list[Title] = [
        (_("Place"), ""), (_("Position"), NUMBER), (ends, ""),
        (_("Value"), NUMBER), (_("Period"), ""), (_("To be known"), ""),
    ]  # fmt: skip
    rows = [_row(said, beside) for beside in ordered(said.standing)]
    return table(titles, [("", rows)], _("{name}, {unit}", name=said.name, unit=said.unit), "everyone")


def ordered(standing: Standing) -> Sequence[Beside]:
    """The ranked ones first, from the best, then those with a value, then the others."""
    every = [standing.own, *(peer for peer in standing.peers)]
    return sorted(every, key=lambda each: (each.rank is None, each.rank or 0, each.value is None))


def learnt(said: Said) -> str:
    """Who improved most, and what is recorded that others did."""
    _ = said.words
    improver, told = said.standing.improver, leads.improver(said)
    done = practices.block(said.session, said.standing.indicator.id, improver.place if improver else None)
    title = escape(_("Who improved most"))
    return f"<section><h2>{title}</h2><p>{escape(told)}</p></section>{done}" if told else done


def unknown(session: Session) -> None:
    """The link names an indicator that is not measured here."""
    _ = translator(session.locale)
    layout.note(_("The link names an indicator that is not known here; these are all."))


def _as_of(session: Session, peers: PeerSet, standing: Standing, stamp: Hashable) -> Hashable:
    return session.key, peers.id, standing.indicator.id, stamp


@kept(64, by=_as_of)
def _drawn(session: Session, peers: PeerSet, standing: Standing, _stamp: Hashable) -> tuple[bytes, chart.Line | None]:
    """The page as HTML, and what its chart draws: kept, as the words of sixteen places take longer than all else on it."""
    said = Said(session, standing)
    return f"{top(said, peers)}{learnt(said)}".encode(), chart.line(said)


def _row(said: Said, beside: Beside) -> list[str]:
    own = beside is said.standing.own
    name = escape(said.place(beside.place))
    rank = said.words.count(beside.rank) if beside.rank is not None and said.standing.sign else formats.NOTHING
    marks = said.marks(beside)
    return [
        f"<b>{name}</b>" if own else name,
        escape(rank),
        dot(said.standing, beside),
        f"{escape(said.bare(beside.value))}{_interval(said, beside)}",
        escape(said.period(beside)),
        escape(marks),
    ]


def _interval(said: Said, beside: Beside) -> str:
    _ = said.words
    if beside.low is None or beside.high is None:
        return ""
    between = _("{low} to {high}", low=said.bare(beside.low), high=said.bare(beside.high))
    return f'<span class="note">{escape(between)}</span>'


def _ways(said: Said, peers: PeerSet) -> list[tuple[str, str]]:
    """Where one goes on from here: its goal, and the Explorer."""
    _ = said.words
    session, name = said.session, said.standing.indicator.id
    goals = [kpi for kpi in session.catalogue.kpis if kpi.measure == name]
    found = [(_("Its goal: {name}", name=session.say(kpi.name)), session.address("goal", kpi=kpi.id)) for kpi in goals]
    if further := leads.in_the_explorer(said, peers):
        found.append((_("Beside its peers in the Explorer"), further))
    return found
