"""Every place with its score as a dot and its interval as a line on one scale, the first on top, the reader's own in the city's colour."""

from collections.abc import Callable, Sequence
from html import escape

from dashboards import formats
from dashboards.index import tiers
from dashboards.index.shown import Shown, near
from dashboards.plan.tables import NUMBER, Title
from dashboards.plan.tables import table as table_of
from dashboards.words import translator

MOST = 60
"""Places that are drawn; of more, those around the reader's own."""
DIGITS = 3
At = Callable[[float], str]
"""Where a score lies from left to right, in per cent of the scale."""


def table(shown: Shown) -> str:
    """A row for each place: its rank, the dot and its interval, and both in figures."""
    _ = translator(shown.locale)
    places = near(shown, MOST)
    titles: list[Title] = [(_("Place"), ""), (_("Rank"), NUMBER), (_("Less | more"), ""), (_("Score"), NUMBER)]
    titles += [(_("Interval"), NUMBER)] if shown.in_doubt else []
    at = scale(shown, places)
    rows = [_row(shown, number, at) for number in places]
    title = escape(_("All places"))
    caption = _("The dot is the score, the line its interval.") if shown.in_doubt else _("The dot is the score.")
    return f"<section><h2>{title}</h2>{table_of(titles, [('', rows)], caption, 'everyone dotted')}</section>"


def scale(shown: Shown, places: Sequence[int]) -> At:
    """A scale that holds the intervals of these places, the lowest score left."""
    ends = [(shown.built.score[each], *(interval(shown, each) or ())) for each in places]
    low, high = min(map(min, ends)), max(map(max, ends))

    def at(score: float) -> str:
        return f"{100 * (score - low) / (high - low) if high > low else 50:.2f}"

    return at


def interval(shown: Shown, number: int) -> tuple[float, float] | None:
    """The interval of a place's score; None where nothing was doubted."""
    return (float(shown.doubted.score_low[number]), float(shown.doubted.score_high[number])) if shown.in_doubt else None


def score(shown: Shown, number: int) -> str:
    return written(shown, shown.built.score[number])


def written(shown: Shown, value: float) -> str:
    """A score with as many decimals as the index says, else three digits of its scale."""
    return formats.number(None if value != value else float(value), decimals(shown), shown.locale)


def decimals(shown: Shown) -> int:
    if shown.recipe.round is not None:
        return shown.recipe.round
    return max(0, DIGITS - len(str(int(shown.recipe.scale))))


def _row(shown: Shown, number: int, at: At) -> list[str]:
    told = [tiers.link(shown, number), escape(shown.ranked(number)), _dot(shown, number, at), escape(score(shown, number))]
    if ends := interval(shown, number):
        _ = translator(shown.locale)
        low, high = (written(shown, end) for end in ends)
        told.append(escape(_("{low} to {high}", low=low, high=high)))
    return told


def _dot(shown: Shown, number: int, at: At) -> str:
    ends = interval(shown, number)
    reach = f'<i class="reach" style="left:{at(ends[0])}%;right:calc(100% - {at(ends[1])}%)"></i>' if ends else ""
    return f'<span class="scale" aria-hidden="true">{reach}<i class="at" style="left:{at(shown.built.score[number])}%"></i></span>'
