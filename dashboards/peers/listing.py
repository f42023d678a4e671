"""The indicators as a table, by theme: what each is, how the city stands among its peers, and what to know of the figures."""

from collections.abc import Mapping, Sequence
from html import escape

from dashboards import formats
from dashboards.peers.saying import Said
from dashboards.peers.strip import strip
from dashboards.plan.tables import NUMBER, Group, Title, table
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.peers.groups import PeerSet
from kpis.peers.standing import Standing
from kpis.peers.worst_first import worst_first


def block(session: Session, peers: PeerSet, standings: Mapping[str, Standing]) -> str:
    """The table of what is ranked, below it what has no better end, and folded what is not compared, with the reason."""
    _ = translator(session.locale)
    ranked = [each for each in standings.values() if each.position is not None]
    rest = [each for each in standings.values() if each.position is None]
    titles: list[Title] = [
        (_("Indicator"), ""), (_("Value"), NUMBER), (_("Worse | better"), ""), (_("Position"), NUMBER),
        (_("Against the median"), NUMBER), (_("Trend against the median"), ""), (_("To be known"), ""),
    ]  # fmt: skip
    title = escape(_("Indicator by indicator"))
    judged = _groups(session, peers, [each for each in ranked if each.sign])
    drawn = table(titles, judged, _("Indicators by theme, the worst gap first"), "standings")
    plain = _neutral(session, peers, [each for each in ranked if not each.sign], _)
    return f"<section><h2>{title}</h2>{drawn}{_legend(_)}{plain}{_unranked(session, peers, rest, _)}</section>"


def by_theme(session: Session, standings: Sequence[Standing]) -> list[tuple[str, list[Standing]]]:
    """The standings under the name of each theme, the worst gap first, within a theme and among the themes."""
    ordered = worst_first(standings)
    themes = dict.fromkeys(each.indicator.theme for each in ordered)
    names = {theme.id: session.say(theme.name) for theme in session.definitions.themes}
    return [(names.get(theme, theme), [each for each in ordered if each.indicator.theme == theme]) for theme in themes]


def link(session: Session, peers: PeerSet, name: str) -> str:
    """The address of one indicator on this page, with the peers that are chosen."""
    return session.address("peers", peers=peers.id, indicator=name)


def _groups(session: Session, peers: PeerSet, standings: Sequence[Standing]) -> list[Group]:
    return [(theme, [_row(Said(session, each), peers) for each in held]) for theme, held in by_theme(session, standings)]


def _neutral(session: Session, peers: PeerSet, standings: Sequence[Standing], _: Words) -> str:
    """What nobody said which way is better of: more or less than the median, and no position, which would be read as a first or a last."""
    if not standings:
        return ""
    titles: list[Title] = [
        (_("Indicator"), ""), (_("Value"), NUMBER), (_("Less | more"), ""), (_("Against the median"), NUMBER), (_("To be known"), ""),
    ]  # fmt: skip
    groups = [(theme, [_unjudged(Said(session, each), peers) for each in held]) for theme, held in by_theme(session, standings)]
    title, caption = escape(_("Neither more nor less is better")), _("Indicators by theme that have no better end")
    return f"<h3>{title}</h3>{table(titles, groups, caption, 'standings neutral')}"


def _row(said: Said, peers: PeerSet) -> list[str]:
    return [
        *_figures(said, peers),
        f"{escape(said.position())}{_note(said.between())}",
        f'<span class="{said.standing.verdict}">{escape(said.gap())}</span>',
        escape(said.trend()),
        _flags(said),
    ]


def _unjudged(said: Said, peers: PeerSet) -> list[str]:
    return [*_figures(said, peers), escape(said.gap()), _flags(said)]


def _figures(said: Said, peers: PeerSet) -> list[str]:
    return [
        f"{_name(said, peers)}{_note(said.unit if said.unit != '%' else '')}",
        f"<b>{escape(said.bare(said.standing.own.value))}</b>{_note(said.period(said.standing.own))}",
        strip(said.standing, said.strip()),
    ]


def _flags(said: Said) -> str:
    return "".join(map(_note, said.flags()))


def _note(text: str) -> str:
    return f'<span class="note">{escape(text)}</span>' if text else ""


def _name(said: Said, peers: PeerSet) -> str:
    address = link(said.session, peers, said.standing.indicator.id)
    return f'<a href="{escape(address)}">{escape(said.name)}</a>'


def _legend(_: Words) -> str:
    told = [
        _("Grey dots: the peers, hollow where one is shown and not ranked. Tick: their median. In colour: the city. Right is better."),
        _("Within the grey band around the median no real difference can be told."),
    ]
    return "".join(f'<p class="note">{escape(each)}</p>' for each in told)


def _unranked(session: Session, peers: PeerSet, standings: Sequence[Standing], _: Words) -> str:
    """What has no position, and why; what the city itself does not measure is left out."""
    held = [Said(session, each) for each in standings if each.own.value is not None or each.own.raw is not None]
    if not held:
        return ""
    n = len(held)
    summary = _.ngettext("{n} indicator is not compared, and why", "{n} indicators are not compared, and why", n, n=n)
    rows = [[_name(each, peers), escape(_own(each)), escape(each.why())] for each in held]
    titles: list[Title] = [(_("Indicator"), ""), (_("Value"), NUMBER), (_("Why it is not compared"), "")]
    return f"<details><summary>{escape(summary)}</summary>{table(titles, [('', rows)], summary, 'unranked')}</details>"


def _own(said: Said) -> str:
    """As it was measured, where it could not be divided."""
    own, locale = said.standing.own, said.session.locale
    return said.value(own.value) if own.value is not None else formats.measured(own.raw, said.standing.indicator, locale)
