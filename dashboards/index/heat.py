"""The parts of the index in every place, as a strip of shades with their numbers: what each is strong and weak in."""

from collections.abc import Sequence
from html import escape

import numpy as np

from dashboards import formats
from dashboards.index import plot, tiers
from dashboards.index.shown import Shown, near
from dashboards.words import Words, translator

MOST, FEWER = 60, 24
"""Places that are shown, and of an index of many parts; of more, those around the reader's own."""
SHADES = 5
KINDS = ("", "number", "number score")
"""How place, rank and score look; the score, which the picture has too, leaves a phone to the parts."""
FEW = 6
"""Parts that stand beside each other on a phone; more stand below each other there."""


def table(shown: Shown) -> str:
    """One row for each place, the first on top, a column for each part."""
    _ = translator(shown.locale)
    is_wide = len(shown.parts) > FEW
    places = near(shown, FEWER if is_wide else MOST)
    shades = {part: shaded(shown.values(part)) for part in shown.parts}
    names = [_("Place"), _("Rank"), _("Score"), *map(shown.label, shown.parts)]
    head = "".join(f'<th role="columnheader" scope="col" class="{kind}">{escape(name)}</th>' for kind, name in _kinds(names))
    body = "".join(_row(shown, number, shades, _) for number in places)
    title, caption = escape(_("Its parts")), _("The stronger the colour, the better the part beside the other places.")
    many = " stacked" if is_wide else ""
    return (
        f'<section><h2>{title}</h2><table role="table" class="values wide heat{many}"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></section>'
    )


def shaded(values: np.ndarray) -> list[int | None]:
    """The shade of each value, 0 the palest: fifths of the way from the least to the most; None where it is missing."""
    known = values[~np.isnan(values)]
    if not len(known) or known.min() == known.max():
        return [None if np.isnan(value) else SHADES // 2 for value in values]
    low, high = known.min(), known.max()
    return [None if np.isnan(value) else min(int(SHADES * (value - low) / (high - low)), SHADES - 1) for value in values]


def _kinds(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(KINDS[at] if at < len(KINDS) else "part", name) for at, name in enumerate(names)]


def _row(shown: Shown, number: int, shades: dict[str, list[int | None]], _: Words) -> str:
    own = ' class="own"' if number == shown.own else ""
    told = zip(KINDS[1:], (_("Rank"), _("Score")), (shown.ranked(number), plot.score(shown, number)), strict=True)
    cells = [f'<td role="cell" class="{kind}" data-name="{escape(name)}"><span>{escape(said)}</span></td>' for kind, name, said in told]
    cells += [_cell(shown, number, part, shades[part][number]) for part in shown.parts]
    return f'<tr role="row"{own}><th role="rowheader" scope="row">{tiers.link(shown, number)}</th>{"".join(cells)}</tr>'


def _cell(shown: Shown, number: int, part: str, shade: int | None) -> str:
    value = float(shown.values(part)[number])
    said = formats.NOTHING if np.isnan(value) else plot.written(shown, value)
    kind = "none" if shade is None else f"h{shade}"
    return f'<td role="cell" class="part {kind}" data-name="{escape(shown.label(part))}"><span>{escape(said)}</span></td>'
