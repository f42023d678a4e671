"""What is measured in the neighbourhood: the city's goals, requests and everything else, each against the city."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import polars as pl
import streamlit as st

from dashboards import formats, panel, scores
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import Words, translator
from data.indicators import Indicator
from data.periods import year_ago
from data.places import Place
from data.segments import TOTAL
from kpis.score import Score

REQUESTS = frozenset(
    {"request", "requests", "complaint", "complaints", "solicitud", "solicitudes", "queja", "quejas", "reclamo", "reclamos"}
)
"""Words in the ids of indicators that are about what residents ask the city for."""
SIGN = {"higher": 1, "lower": -1, "neutral": 0}


@dataclass(frozen=True)
class Figure:
    """One indicator: its value here, that of the city in the same period, and that of here a year before; None where it is not known.

    places      the city and the neighbourhood
    score       how the city's goal stands; None where the city has none for it
    """

    indicator: Indicator
    period: date
    value: float
    city: float | None
    before: float | None
    places: tuple[str, str]
    score: Score | None = None

    @property
    def lead(self) -> float | None:
        """How much better here than in the city, below zero where it is worse; None where the two are no measure for each other."""
        return None if self.city is None or self.indicator.is_count else self.gain(self.city)

    @property
    def share(self) -> float | None:
        """Percent of the city's: of what adds up over places."""
        return 100 * self.value / self.city if self.indicator.is_count and self.city else None

    def gain(self, before: float) -> float | None:
        """How much better the value is than another, below zero where it is worse; None where neither way is better."""
        if self.score:
            return self.score.gain(before, self.value)
        sign = SIGN[self.indicator.polarity]
        return (self.value - before) * sign if sign else None

    @property
    def is_request(self) -> bool:
        """Whether it is about what residents asked the city for."""
        return not REQUESTS.isdisjoint(self.indicator.id.split("_"))


def figures(session: Session, district: Place) -> tuple[Figure, ...]:
    """Everything that has a value here up to the month under review, in the order of the definitions; goals before the others."""
    if session.held is None or district.parent is None:
        return ()
    return _figures(session.at_place(district.parent), district.id)


def goals(found: Iterable[Figure]) -> list[Figure]:
    """The city's goals, those first that stand worst against the city; last what only adds up to it."""
    return sorted((figure for figure in found if figure.score), key=_rank)


def requests(found: Iterable[Figure]) -> list[Figure]:
    """What residents asked for, unless it is a goal of the city."""
    return [figure for figure in found if figure.is_request and not figure.score]


def others(found: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in found if not figure.is_request and not figure.score]


def block(session: Session, found: Sequence[Figure], caption: str) -> str:
    """A table of them, as HTML."""
    _ = translator(session.locale)
    goals = any(figure.score for figure in found)
    titles = [
        (_("Goal") if goals else _("Indicator"), ""), (_("Here"), NUMBER), (_("City"), NUMBER), (_("Against the city"), NUMBER),
        (_("In 12 months"), NUMBER), *([(_("The city's goal"), "")] if goals else []),
    ]  # fmt: skip
    return table(titles, [("", [_row(session, figure, _) for figure in found])], caption, "here")


def shares_said(session: Session, district: Place) -> str:
    """With what a share of the city is to be compared; "" where the residents are not known."""
    _, city = translator(session.locale), session.definitions.place.get(district.parent or "")
    if not (district.population and city and city.population):
        return ""
    share = formats.with_unit(100 * district.population / city.population, "%", 1, session.locale)
    return _("{share} of the city's residents live here.", share=share)


def by_theme(session: Session, found: Sequence[Figure], caption: str) -> str:
    """The same under the subject of each, as HTML."""
    _, themes = translator(session.locale), {theme.id: theme.name for theme in session.definitions.themes}
    titles = [(_("Indicator"), ""), (_("Here"), NUMBER), (_("City"), NUMBER), (_("Against the city"), NUMBER), (_("In 12 months"), NUMBER)]
    groups = [
        (session.say(name), [_row(session, figure, _) for figure in found if figure.indicator.theme == theme])
        for theme, name in themes.items()
    ]
    return table(titles, groups, caption, "here")


def named(session: Session, figure: Figure) -> str:
    """The goal, or the indicator where the city has no goal for it."""
    return session.say(figure.score.kpi.name if figure.score else figure.indicator.name)


def against(session: Session, figure: Figure) -> str:
    """How it stands against the city: "2.1 points worse", or "17.5 % of the city"."""
    _, locale = translator(session.locale), session.locale
    if figure.city is None:
        return formats.NOTHING
    if figure.share is not None:
        return _("{share} of the city", share=formats.with_unit(figure.share, "%", 1, locale))
    if figure.value == figure.city:
        return _("as in the city")
    if figure.lead is not None:
        return formats.gain(figure.lead, figure.indicator, locale)
    return _more_or_less(figure.value - figure.city, figure.indicator, locale)


def change(session: Session, figure: Figure) -> str:
    """Better or worse than a year before, by how much; plainly more or less where neither way is better."""
    if figure.before is None:
        return formats.NOTHING
    better = figure.gain(figure.before)
    if better is not None:
        return formats.gain(better, figure.indicator, session.locale)
    return _more_or_less(figure.value - figure.before, figure.indicator, session.locale)


def frame(session: Session, found: Iterable[Figure]) -> pl.DataFrame:
    """Everything to take away: numbers as numbers."""
    _ = translator(session.locale)
    rows = [
        {
            _("Indicator"): named(session, figure), _("Goal of the city"): _("yes") if figure.score else _("no"),
            _("Unit"): session.say(figure.indicator.unit), _("Period"): figure.period, _("Here"): figure.value, _("City"): figure.city,
            _("A year before"): figure.before, _("Source"): session.say(figure.indicator.source),
        }
        for figure in found
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _more_or_less(difference: float, indicator: Indicator, locale: str) -> str:
    _, size = translator(locale), formats.difference(difference, indicator, locale)
    if difference == 0:
        return _("no change")
    return _("{amount} more", amount=size) if difference > 0 else _("{amount} less", amount=size)


def _rank(figure: Figure) -> float:
    """The lead as a part of the city's value, so that percentages and days can stand in one order."""
    return float("inf") if figure.lead is None else figure.lead / abs(figure.city or 1)


def _row(session: Session, figure: Figure, _: Words) -> list[str]:
    locale, indicator = session.locale, figure.indicator
    unit = session.say(indicator.unit)
    period = formats.short_period(figure.period, indicator.frequency, locale)
    note = period if unit == "%" else f"{unit}, {period}"
    name = f'{_link(session, figure)}<span class="note">{escape(note)}</span>'
    cells = [
        name, f"<b>{escape(formats.in_table(figure.value, indicator, locale))}</b>",
        escape(formats.in_table(figure.city, indicator, locale)), escape(against(session, figure)), escape(change(session, figure)),
    ]  # fmt: skip
    return [*cells, panel.status(session, figure.score.status)] if figure.score else cells


def _link(session: Session, figure: Figure) -> str:
    """To the goal of the city, where its districts stand; to both places in the Explorer where it has none."""
    if figure.score:
        address = session.address("goal", kpi=figure.score.kpi.id, place=figure.score.place)
    else:
        address = session.address("explorer", indicators=figure.indicator.id, places=",".join(figure.places))
    return f'<a href="{escape(address)}">{escape(named(session, figure))}</a>'


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs=scores.IN_EVERY_LANGUAGE)
def _figures(session: Session, district: str) -> tuple[Figure, ...]:
    """`session` looks at the city."""
    judged = scores.judged(session)
    aimed = dict.fromkeys(score.indicator.id for score in judged)
    others = [name for name in session.definitions.indicator if name not in aimed]
    found = scores.measured(session, [*aimed, *others], [district, session.place], until=session.month.last).filter(
        pl.col("segment") == TOTAL
    )
    held = {
        (name, place, period): value
        for name, place, period, value in found.select("indicator", "place", "period", "value").drop_nulls().iter_rows()
    }
    newest: dict[str, date] = {}
    for name, place, period in held:
        if place == district:
            newest[name] = max(period, newest.get(name, period))
    told = [(score.indicator.id, score) for score in judged] + [(name, None) for name in others]
    return tuple(_figure(session, name, newest[name], held, score, district) for name, score in told if name in newest)


def _figure(
    session: Session, name: str, period: date, held: dict[tuple[str, str, date], float], score: Score | None, district: str
) -> Figure:
    indicator = score.indicator if score else session.indicator(name)
    then = year_ago(period, indicator.frequency)
    return Figure(indicator, period, held[name, district, period], held.get((name, session.place, period)),
                  held.get((name, district, then)), (session.place, district), score)  # fmt: skip
