"""Where a goal stands well or badly: the districts' values of the same period, the ones that need attention first."""

from dataclasses import dataclass
from html import escape

from dashboards import formats, scores
from dashboards.session import Session
from dashboards.words import translator
from data.periods import year_ago
from kpis.score import Score


@dataclass(frozen=True)
class Part:
    """One district: its value, and that of the same period a year before (None where it is not known)."""

    place: str
    value: float
    before: float | None


def parts(session: Session, score: Score) -> list[Part]:
    """The districts of the goal's place with a value in its period, the worst first."""
    inside = [place.id for place in session.definitions.places if place.parent == score.place]
    if not inside or score.period is None:
        return []
    then = year_ago(score.period, score.frequency)
    found = scores.measured(session, [score.indicator.id], inside, since=then, until=score.period)
    held = {(place, period): value for place, period, value in found.select("place", "period", "value").drop_nulls().iter_rows()}
    told = [Part(place, held[place, score.period], held.get((place, then))) for place in inside if (place, score.period) in held]
    return sorted(told, key=lambda part: score.gain(0.0, part.value) or 0.0)


def table(session: Session, score: Score) -> str:
    """The districts as an HTML table with bars; "" where none has data."""
    found, _ = parts(session, score), translator(session.locale)
    if not found or score.period is None:
        return ""
    period, unit = formats.sentence(formats.short_period(score.period, score.frequency, session.locale)), session.say(score.indicator.unit)
    period = period if unit == "%" else f"{period}, {unit}"  # a percentage carries its sign
    titles = [("", _("District")), ("number", period), ("number", _("In 12 months")), ("share", "")]
    head = "".join(f'<th scope="col" class="{kind}">{escape(title)}</th>' if title else "<td></td>" for kind, title in titles)
    longest = max(abs(part.value) for part in found)
    body = "".join(_row(session, score, part, longest) for part in found)
    where = escape(_("Where"))
    return f'<section><h2>{where}</h2><table class="where"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>'


def change(session: Session, score: Score, part: Part) -> str:
    """Better or worse than a year before, by how much."""
    if part.before is None:
        return formats.NOTHING
    better = score.gain(part.before, part.value)
    return formats.NOTHING if better is None else formats.gain(better, score.indicator, session.locale)


def _row(session: Session, score: Score, part: Part, longest: float) -> str:
    name = escape(session.say(session.definitions.place[part.place].name))
    address = escape(session.address("goal", kpi=score.kpi.id, place=part.place))
    width = 100 * abs(part.value) / longest if longest else 0.0
    bar = f'<span class="bar" style="width:{width:.0f}%"></span>' if part.value >= 0 else ""
    return (
        f'<tr><th scope="row"><a href="{address}">{name}</a></th>'
        f'<td class="number"><b>{escape(formats.in_table(part.value, score.indicator, session.locale))}</b></td>'
        f'<td class="number">{escape(change(session, score, part))}</td><td class="share">{bar}</td></tr>'
    )
