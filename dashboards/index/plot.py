"""Every place with its score and interval, from the first down: the reader's own in the city's colour, the others grey."""

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from dashboards import charts, formats, palette
from dashboards.index.shown import Shown, near
from dashboards.palette import Palette
from dashboards.words import translator

MOST = 60
"""Places that are drawn; of more, those around the reader's own."""
ROW, EDGES = 19, 54
"""Pixels of a place's line, and above and below them all."""
DIGITS = 3
NAME_ROOM = 118
"""Pixels for a name on a phone; a longer one ends in dots there and is whole in the table."""
SCHEMA = {
    "place": pl.String,
    "at": pl.Int64,
    "score": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "strong": pl.Boolean,
    "tip": pl.String,
}


def show(shown: Shown) -> None:
    """Draw it, under a note where not all places are in it."""
    _, found = translator(shown.locale), rows(shown)
    specification = dots(palette.current(shown.session), shown.locale, _("Score"), found.height)
    charts.show(found, specification, key="index_dots", alt_text=said(shown))


def said(shown: Shown) -> str:
    """What the picture shows, for whoever cannot see it."""
    _ = translator(shown.locale)
    first, last = shown.order[0], shown.order[-1]
    told = {"first": shown.place(first), "high": score(shown, first), "last": shown.place(last), "low": score(shown, last)}
    return _("The score of each place with its interval: from {first} ({high}) down to {last} ({low}).", **told)


def rows(shown: Shown) -> pl.DataFrame:
    """One row for each place, the first on top."""
    places = near(shown, MOST)
    told = [
        {
            "place": shown.place(number),
            "at": at,
            "score": float(shown.built.score[number]),
            "low": float(shown.doubted.score_low[number]) if shown.in_doubt else None,
            "high": float(shown.doubted.score_high[number]) if shown.in_doubt else None,
            "strong": number == shown.own,
            "tip": tip(shown, number),
        }
        for at, number in enumerate(places)
    ]
    return pl.DataFrame(told, schema=SCHEMA)


def tip(shown: Shown, number: int) -> str:
    """Aurora: 7th, 61.2 (58.0 to 64.1)."""
    _ = translator(shown.locale)
    told = {"place": shown.place(number), "rank": shown.ranked(number), "score": score(shown, number)}
    if not shown.in_doubt:
        return _("{place}: {rank}, {score}", **told)
    ends = {"low": written(shown, shown.doubted.score_low[number]), "high": written(shown, shown.doubted.score_high[number])}
    return _("{place}: {rank}, {score} ({low} to {high})", **told, **ends)


def score(shown: Shown, number: int) -> str:
    return written(shown, shown.built.score[number])


def written(shown: Shown, value: float) -> str:
    """A score with as many decimals as the index says, else three digits of its scale."""
    return formats.number(None if value != value else float(value), decimals(shown), shown.locale)


def decimals(shown: Shown) -> int:
    if shown.recipe.round is not None:
        return shown.recipe.round
    return max(0, DIGITS - len(str(int(shown.recipe.scale))))


@lru_cache(maxsize=256)
def dots(palette: Palette, locale: str, score: str, places: int) -> dict[str, Any]:
    """For rows of place, score, low, high, strong and tip, in the order in which they come."""
    name = alt.Axis(title=None, ticks=False, domain=False, grid=False, labelLimit=NAME_ROOM, labelColor=palette.ink, labelOverlap=False)
    own = alt.when("datum.strong")
    colour = own.then(alt.value(palette.brand)).otherwise(alt.value(palette.muted))
    axis = alt.Axis(orient="top", titleAnchor="start", titleAlign="left", ticks=False, domain=False, tickCount=5)
    amount = alt.X("score:Q", title=score, axis=axis, scale=alt.Scale(zero=False, nice=True, padding=8))
    base = alt.Chart().encode(y=alt.Y("place:N", sort=alt.EncodingSortField("at", order="ascending"), axis=name))
    layers = [
        base.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=2, aria=False)
        .encode(alt.X("low:Q"), alt.X2("high:Q"), color=colour, opacity=own.then(alt.value(1)).otherwise(alt.value(0.55))),
        base.mark_point(size=58, filled=True, opacity=1, stroke=palette.paper, strokeWidth=1.2).encode(amount, fill=colour),
        base.mark_point(size=260, opacity=0, filled=True).encode(amount, tooltip=alt.Tooltip("tip:N")),
    ]
    drawn = charts.specified(alt.layer(*layers), palette, locale)
    return {**drawn, "height": places * ROW + EDGES}
