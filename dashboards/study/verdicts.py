"""How a verdict looks: its words and a calm shape, a point with its interval beside zero. No verdict is a status: none is red or green."""

from dataclasses import dataclass
from html import escape

from dashboards.words import N_, Words

REFUSED = "refused"
HEIGHT = 12
ZERO, MIDDLE = 4.0, 14.0
"""Where the line of zero stands: at the left of an effect, in the middle of none."""


@dataclass(frozen=True)
class Look:
    """`word` for a table, `sentence` at the end of a headline; the interval from `low` to `high` is drawn as the shape, of 28 by 12."""

    word: str
    sentence: str
    zero: float
    low: float
    high: float
    hollow: bool = False
    dashed: bool = False


LOOKS: dict[str, Look] = {
    "clear_effect": Look(N_("Clear effect"), N_("A clear effect"), ZERO, 13, 25),
    "likely_effect": Look(N_("Likely effect"), N_("A likely effect"), ZERO, 6, 21, hollow=True),
    "no_detectable_effect": Look(N_("No detectable effect"), N_("No detectable effect"), MIDDLE, 7, 21),
    "cannot_tell": Look(N_("Cannot tell"), N_("It cannot be told"), MIDDLE, 1, 27, hollow=True, dashed=True),
    REFUSED: Look(N_("Not estimated"), N_("Not estimated"), MIDDLE, 0, 0),
}


def drawn(kind: str, _: Words) -> str:
    """Shape and word as HTML."""
    look = LOOKS[kind]
    return f'<span class="verdict {escape(kind)}">{_shape(look)}{escape(_(look.word))}</span>'


def interval(low: float, high: float, estimate: float, label: str, *, width: int = 132, hollow: bool = False) -> str:
    """An estimate with its interval as a small drawing around zero, which stands in the middle: to the left is less, to the right more."""
    reach = max(abs(low), abs(high), abs(estimate)) or 1.0

    def at(value: float) -> float:
        return width / 2 + value / reach * (width / 2 - 6)

    kind = ' class="open"' if hollow else ""
    parts = [
        f'<path class="zero" d="M{width / 2:.1f} 1V15"/><path class="reach" d="M{at(low):.1f} 8H{at(high):.1f}"/>',
        f'<path class="reach" d="M{at(low):.1f} 4V12M{at(high):.1f} 4V12"/><circle{kind} cx="{at(estimate):.1f}" cy="8" r="3"/>',
    ]
    size = f'viewBox="0 0 {width} 16" width="{width}" height="16"'
    return f'<svg class="interval" role="img" aria-label="{escape(label)}" {size}>{"".join(parts)}</svg>'


def _shape(look: Look) -> str:
    zero = f'<path class="zero" d="M{look.zero} 0V12"/>'
    if look.high == look.low:
        return f'<svg class="reckoned" viewBox="0 0 28 12" aria-hidden="true">{zero}</svg>'
    dash = ' stroke-dasharray="2.5 2"' if look.dashed else ""
    reach = f'<path class="reach"{dash} d="M{look.low} 6H{look.high}"/>'
    point = f'<circle{" class=" + chr(34) + "open" + chr(34) if look.hollow else ""} cx="{(look.low + look.high) / 2}" cy="6" r="3.2"/>'
    return f'<svg class="reckoned" viewBox="0 0 28 12" aria-hidden="true">{zero}{reach}{point}</svg>'
