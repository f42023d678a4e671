"""What the panel's own figures did where the practice began, and in the city meanwhile: beside what was written, not instead of it."""

from collections.abc import Hashable
from datetime import date
from html import escape

from dashboards import formats, scores
from dashboards.kept import kept
from dashboards.plan.tables import NUMBER, table
from dashboards.practices.known import Known, Row
from data.indicators import Indicator
from kpis.before_and_now import Moved, moved, same_periods


def _as_of(known: Known, row: Row) -> Hashable:
    return known.session.key, row["id"], row["version"]


@kept(64, by=_as_of)
def block(known: Known, row: Row) -> str:
    """The section as HTML; "" where the panel holds no figures of the place from before and after."""
    begun = _begun(row)
    if begun is None or row["place"] not in known.session.definitions.place or known.session.held is None:
        return ""
    groups = [(name, rows) for name, rows in _groups(known, row, begun) if rows]
    if not groups:
        return ""
    _ = known.words
    titles = [(_("Place"), ""), (_("Before"), NUMBER), (_("Latest"), NUMBER), (_("How it moved"), NUMBER)]
    note = _("The same time of the year before it began, and the latest value. The figures do not say what moved them.")
    drawn = table(titles, groups, _("Figures of the panel before and after"), narrow=True)
    title = escape(_("What the figures did"))
    notes = "".join(f'<p class="note">{escape(each)}</p>' for each in (note, _counts(known, row)) if each)
    return f"<h2>{title}</h2>{drawn}{notes}"


def _counts(known: Known, row: Row) -> str:
    """What must be known where two places stand under each other with counts."""
    _, session = known.words, known.session
    if row["place"] == session.definitions.city.place or not any(session.indicator(name).is_count for name in known.indicators(row)):
        return ""
    return _("Counts grow with a place and are not divided here: read how each moved, not which has more.")


def _groups(known: Known, row: Row, begun: date) -> list[tuple[str, list[list[str]]]]:
    """A group of rows for each indicator: the place, and the city between the same periods."""
    session, names = known.session, known.indicators(row)
    own = session.definitions.city.place
    places = list(dict.fromkeys([row["place"], own]))
    held = scores.measured(session, names, places, until=session.month.last)
    found = []
    for name in names:
        rows = held.filter(indicator=name)
        there = moved(rows, row["place"], begun)
        here = same_periods(rows, own, there) if there and own != row["place"] else None
        indicator = session.indicator(name)
        found.append((session.say(indicator.name), [_row(known, each, indicator) for each in (there, here) if each]))
    return found


def _row(known: Known, each: Moved, indicator: Indicator) -> list[str]:
    session = known.session
    values = ((each.before, each.before_period), (each.now, each.now_period))
    cells = [
        f"{escape(formats.measured(value, indicator, session.locale))}"
        f'<span class="note">{escape(formats.short_period(period, indicator.frequency, session.locale))}</span>'
        for value, period in values
    ]
    change = formats.signed(each.change, indicator, session.locale)
    return [
        f"{escape(session.say(session.definitions.place[each.place].name))}{_otherwise(known, each, indicator)}",
        *cells,
        escape(change),
    ]


def _otherwise(known: Known, each: Moved, indicator: Indicator) -> str:
    """How the place measures it, where that is not as the others do."""
    differs = indicator.differs.get(each.place)
    if differs is None:
        return ""
    _ = known.words
    said = _("measured otherwise: {how}", how=known.say(differs))
    return f'<span class="note">{escape(said)}</span>'


def _begun(row: Row) -> date | None:
    """The first day of what is written of when it began."""
    return date.fromisoformat(f"{row['since']}-01-01"[:10]) if row["since"] else None
