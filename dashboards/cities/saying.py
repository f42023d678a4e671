"""A city in words: why it needs a call, when its month was closed, when it meets, and how many promises it kept."""

from dashboards import formats
from dashboards.cities.known import Known
from dashboards.plan import truth_line
from data.exchange.received import CityMonth
from kpis.cities import attention
from kpis.cities.attention import BEHIND, Why
from kpis.cities.lateness import months_late


def headline(known: Known) -> str:
    """ "3 cities, 2 of which need a call." """
    _, cities = known.words, known.cities
    asks = sum(bool(known.whys(month)) for month in cities)
    said = _.ngettext("{n} city", "{n} cities", len(cities), n=len(cities))
    if not asks:
        return _("{cities}: none needs a call.", cities=said)
    return _.ngettext("{cities}: {n} needs a call.", "{cities}: {n} need a call.", asks, n=asks, cities=said)


def whys(known: Known, month: CityMonth) -> str:
    """Why it needs a call; nothing where it does not."""
    return formats.sentence("; ".join(why(known, month, each) for each in known.whys(month)))


def why(known: Known, month: CityMonth, found: Why) -> str:
    """One reason with its number."""
    _, number = known.words, round(found.number)
    if found.kind == "behind":
        return _("proved work is {points} behind the time used", points=truth_line.points(found.number, known.session.locale))
    if found.kind == "broken":
        told = month.follow_ups
        return _("only {kept} of {n} promises kept", kept=known.count(told.kept), n=known.count(told.promised))
    if found.kind == "unplanned":
        return _("no meeting to come is known")
    sentences = {
        "late": _.ngettext("{n} month not closed in time", "{n} months not closed in time", number, n=number),
        "signals": _.ngettext("{n} goal got worse, and it is a signal", "{n} goals got worse, and they are signals", number, n=number),
        "overdue": _.ngettext("{n} follow-up overdue", "{n} follow-ups overdue", number, n=number),
        "missing": _.ngettext("{n} value missing", "{n} values missing", number, n=number),
    }
    return sentences[found.kind]


def closed(known: Known, month: CityMonth) -> str:
    """How long ago the month was closed."""
    _, days = known.words, (known.day - month.closed_at.date()).days
    return _.ngettext("closed {n} day ago", "closed {n} days ago", days, n=days) if days > 0 else _("closed today")


def late(known: Known, month: CityMonth) -> str:
    """That later months should be closed by now; nothing where none is."""
    _, late = known.words, months_late(month.month, known.day)
    return _.ngettext("late: {n} month not received", "late: {n} months not received", late, n=late) if late else ""


def meeting(known: Known, month: CityMonth) -> str:
    """In how many days it meets, or that the day has passed."""
    _, day = known.words, month.next_meeting
    if day is None:
        return ""
    left = (day - known.day).days
    if left == 0:
        return _("today")
    if left > 0:
        return _.ngettext("in {n} day", "in {n} days", left, n=left)
    return _.ngettext("{n} day ago; the next one is not known", "{n} days ago; the next one is not known", -left, n=-left)


def kept(known: Known, month: CityMonth) -> str:
    """Of how many promises how many were kept, and the share where there are enough."""
    _, told, rate = known.words, month.follow_ups, attention.rate(month)
    said = _("{kept} of {n}", kept=known.count(told.kept), n=known.count(told.promised))
    return said if rate is None else f"{said} ({formats.with_unit(100 * rate, '%', 0, known.session.locale)})"


def rules(known: Known) -> str:
    """What puts a city first, and what is late."""
    _ = known.words
    return _(
        "First those with most reasons to call. A month is late once the month after it has ended and it was not closed. A plan is a "
        "reason from {points} behind the time used on, promises where fewer than half of {n} or more were kept; of fewer no share is "
        "told. All else is as each city closed its month; measured on {day}.",
        points=truth_line.points(BEHIND, known.session.locale), n=attention.FEW, day=known.date(known.day),
    )  # fmt: skip
