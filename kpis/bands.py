"""Bands: what a share or a value is called, from where to where, and the proof that every number has exactly one name.

A band holds its `from` and not its `to`, unless `includes` says otherwise; the highest band also holds its `to`. A missing
`from` or `to` has no bound. Every edge becomes one number, from which the next band begins: the proof and the
expression read the same edges, so they cannot disagree.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from typing import Literal

import polars as pl
from pydantic import Field

from data.model import Id, Model, Text
from data.problems import N_

EQUAL = 1e-9
"""Numbers that differ by less than this share of the larger one are equal."""

BandStatus = Literal["off_track", "at_risk", "on_track", "reached", "exceeded"]
RANK: dict[BandStatus, int] = {"off_track": 0, "at_risk": 1, "on_track": 2, "reached": 3, "exceeded": 4}
"""The statuses that a band may mean, from the worst to the best."""
HOLDS: dict[tuple[bool, bool], Literal["from", "to", "both", "neither"]] = {
    (True, False): "from",
    (False, True): "to",
    (True, True): "both",
    (False, False): "neither",
}
"""What `includes` says of whether a band holds its start and its end."""
Of = Literal["share", "value"]
Polarity = Literal["higher", "lower", "range", "neutral"]


class Band(Model):
    """One band of a scale; `colour` only where a published scale needs one that our status does not say."""

    name: Id
    status: BandStatus = Field(description="Which of our statuses it means")
    start: float | None = Field(default=None, alias="from", description="Where it begins; without it, it has no lower bound")
    end: float | None = Field(default=None, alias="to", description="Where it ends; without it, it has no upper bound")
    includes: Literal["from", "to", "both", "neither"] | None = Field(
        default=None, description="Which of its two ends it holds; the lower one unless declared, and both where it is the highest"
    )
    label: Text | None = Field(default=None, description="What people call it")
    meaning: Text | None = Field(default=None, description="What it says about the goal, where its name does not")
    colour: Id | None = Field(default=None, description="The colour that the published scale gives it")

    def holds(self, number: float, *, highest: bool = False) -> bool:
        """Whether a number lies in it, by its own ends alone and to the last digit."""
        above = self.start is None or number > self.start or (number == self.start and self.holds_start)
        below = self.end is None or number < self.end or (number == self.end and self.holds_end(highest=highest))
        return above and below

    @property
    def holds_start(self) -> bool:
        return self.includes in (None, "from", "both")

    def holds_end(self, *, highest: bool) -> bool:
        return self.includes in ("to", "both") or (self.includes is None and highest)

    @property
    def said(self) -> Text:
        """What people call it."""
        return self.label or self.name.replace("_", " ")


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a list of bands, and where: the band's place in the list and its key."""

    index: int
    key: str
    message: str
    hint: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.values)


@dataclass(frozen=True)
class Stretch:
    """A band from where it begins up to, and without, where the next one does; both may be infinite."""

    index: int
    band: Band
    begins: float
    stops: float


def stretches(bands: Sequence[Band], of: Of = "share") -> list[Stretch]:
    """The bands as half-open stretches of the numbers, the lowest first. Edges stand a hair aside, so that 0.1 + 0.2 reaches 0.3."""
    top = max(math.inf if band.end is None else band.end for band in bands)
    found = []
    for index, band in enumerate(bands):
        highest = band.end == top
        begins = -math.inf if band.start is None else _edge(band.start, of, is_held=band.holds_start)
        stops = math.inf if band.end is None else _edge(band.end, of, is_held=not band.holds_end(highest=highest))
        found.append(Stretch(index, band, begins, stops))
    return sorted(found, key=lambda stretch: (stretch.begins, stretch.stops))


def prove(
    bands: Sequence[Band],
    polarity: Polarity = "higher",
    of: Of = "share",
    least: float | None = None,
    most: float | None = None,
    whole: bool = False,
) -> list[Flaw]:
    """What keeps the bands from being exhaustive between `least` and `most`, disjoint, monotone and true to the polarity; [] is proof.

    `whole` says that there are whole numbers only, so that 8 and 9 are neighbours.
    """
    flaws = [*_names(bands), *_empty(bands, of)]
    if flaws or len(bands) < 2:
        return flaws or [Flaw(0, "", N_("one band alone says nothing"), N_("write at least two bands"))]
    ordered = stretches(bands, of)
    flaws = [*_neighbours(ordered, whole), *_bounds(ordered, least, most)]
    return flaws or list(_direction(ordered, polarity))


def find(number: pl.Expr, bands: Sequence[Band], of: Of = "share") -> pl.Expr:
    """The name of the band that holds each number, for bands that are proved; null where there is no number."""
    ordered = stretches(bands, of)
    found = reduce(
        lambda lower, upper: pl.when(number < upper.begins).then(lower).otherwise(pl.lit(upper.band.name)),
        ordered[1:],
        pl.lit(ordered[0].band.name),
    )
    return pl.when(number.is_not_null() & number.is_not_nan()).then(found)


def _name(band: Band) -> str:
    return band.name


Scales = Mapping[str, tuple[Sequence[Band], Of]]
"""Bands by the name of their scale, and what they are of."""


def find_by(scale: pl.Expr, number: pl.Expr, scales: Scales, what: Callable[[Band], str] = _name, passed: pl.Expr | None = None) -> pl.Expr:
    """As `find`, where each row names the scale that it is read off; null where no scale has that name.

    However many scales there are, each row is held against the edges of its own alone. `what` may ask for more of the band
    than its name. `passed` says how many edges a row's number is past, where that is not plain to see.
    """
    ordered = [stretches(bands, of) for bands, of in scales.values()]
    most = max(map(len, ordered))
    index = _index(scale, scales)
    if passed is None:
        passed = pl.sum_horizontal(number >= edge for edge in edges_by(scale, scales))
    said = [word for found in ordered for word in [what(stretch.band) for stretch in found] + [""] * (most - len(found))]
    found = pl.lit(pl.Series(said)).gather(index * most + passed)
    return pl.when(number.is_not_null() & number.is_not_nan() & index.is_not_null()).then(found)


def edges_by(scale: pl.Expr, scales: Scales) -> list[pl.Expr]:
    """Of each row's scale where its second band begins, its third and so on, as many as the longest has."""
    ordered = [stretches(bands, of) for bands, of in scales.values()]
    return [_nth_edge(ordered, nth, _index(scale, scales)) for nth in range(1, max(map(len, ordered)))]


def moved(bands: Sequence[Band], of: Of, edges: Sequence[float]) -> tuple[Band, ...]:
    """The bands with their edges at other places, from the lowest to the highest; a place that has not changed leaves its edge alone.

    An edge that moved down belongs to the band above it, one that moved up to the one below: to the band that was widened.
    """
    ordered = stretches(bands, of)
    top = max(ordered, key=lambda stretch: stretch.stops)
    now = {stretch.index: stretch.band for stretch in ordered}
    for (lower, upper), edge in zip(pairwise(ordered), edges, strict=False):
        if abs(edge - upper.begins) > 2 * EQUAL * max(abs(edge), 1.0 if of == "share" else 0.0):
            below, above, at = now[lower.index], now[upper.index], round(edge, 12)
            down = edge < upper.begins
            now[lower.index] = _with_end(below, at, is_held=not down)
            now[upper.index] = _with_start(above, at, is_held=down, highest=upper is top)
    return tuple(now[index] for index in range(len(bands)))


def _with_end(band: Band, end: float, *, is_held: bool) -> Band:
    return band.model_copy(update={"end": end, "includes": HOLDS[band.holds_start, is_held]})


def _with_start(band: Band, start: float, *, is_held: bool, highest: bool) -> Band:
    return band.model_copy(update={"start": start, "includes": HOLDS[is_held, band.holds_end(highest=highest)]})


def _index(scale: pl.Expr, scales: Scales) -> pl.Expr:
    return scale.replace_strict(list(scales), list(range(len(scales))), default=None, return_dtype=pl.Int64)


def _nth_edge(ordered: Sequence[Sequence[Stretch]], nth: int, index: pl.Expr) -> pl.Expr:
    """Where the nth band of each row's scale begins; NaN, which no number reaches, where the scale has fewer."""
    edges = [found[nth].begins if nth < len(found) else math.nan for found in ordered]
    return pl.lit(pl.Series(edges, dtype=pl.Float64)).gather(index)


def cut(bands: Sequence[Band], status: BandStatus) -> float | None:
    """The number from which this status or a better one holds; None where there is none."""
    ordered = stretches(bands)
    falls = RANK[ordered[0].band.status] > RANK[ordered[-1].band.status]
    good = [band for band in bands if RANK[band.status] >= RANK[status]]
    ends = [band.end if falls else band.start for band in good]
    finite = [end for end in ends if end is not None]
    if not finite or len(finite) < len(ends):
        return None
    return max(finite) if falls else min(finite)


def _edge(number: float, of: Of, *, is_held: bool) -> float:
    """Where a band begins that holds this number, or that begins just above it."""
    hair = EQUAL * max(abs(number), 1.0 if of == "share" else 0.0)
    return number - hair if is_held else math.nextafter(number + hair, math.inf)


def _names(bands: Sequence[Band]) -> Iterator[Flaw]:
    known: set[str] = set()
    for index, band in enumerate(bands):
        if band.name in known:
            message = N_("two bands have the name {name!r}")
            yield Flaw(index, "name", message, N_("rename one of them"), {"name": band.name})
        known.add(band.name)


def _empty(bands: Sequence[Band], of: Of) -> Iterator[Flaw]:
    for stretch in sorted(stretches(bands, of), key=lambda stretch: stretch.index):
        band, values = stretch.band, {"name": stretch.band.name, "start": stretch.band.start, "end": stretch.band.end}
        if band.start is not None and band.end is not None and band.start > band.end:
            message = N_("the band {name!r} begins at {start:g} and ends below it, at {end:g}: its cuts are reversed")
            yield Flaw(stretch.index, "from", message, N_("correct the cuts"), values)
        elif stretch.begins >= stretch.stops:
            message = N_("the band {name!r} holds no number")
            yield Flaw(stretch.index, "from", message, N_("correct its ends, or leave the band out"), values)


def _neighbours(ordered: Sequence[Stretch], whole: bool) -> Iterator[Flaw]:
    reached = ordered[0]
    for lower, upper in pairwise(ordered):
        reached = max(reached, lower, key=lambda stretch: stretch.stops)
        values = {"lower": reached.band.name, "upper": upper.band.name, "end": reached.band.end, "start": upper.band.start}
        if upper.begins < reached.stops:
            message = N_("the bands {lower!r} and {upper!r} overlap")
            yield Flaw(upper.index, "from", message, N_("end one where the other begins"), values)
        elif (upper.begins > reached.stops or upper.band.start != reached.band.end) and not (
            whole and math.ceil(reached.stops) >= upper.begins
        ):
            message = N_("between {lower!r}, up to {end:g}, and {upper!r}, from {start:g}, no band holds")
            yield Flaw(upper.index, "from", message, N_("begin the band where the lower one ends"), values)


def _bounds(ordered: Sequence[Stretch], least: float | None, most: float | None) -> Iterator[Flaw]:
    lowest, highest = ordered[0], max(ordered, key=lambda stretch: stretch.stops)
    if lowest.begins > (-math.inf if least is None else least):
        message, hint = N_("below {start:g} no band holds"), N_("leave out `from` in the lowest band")
        yield Flaw(lowest.index, "from", message, hint, {"start": lowest.band.start})
    if highest.stops < math.inf and (most is None or highest.stops <= most):
        message, hint = N_("above {end:g} no band holds"), N_("leave out `to` in the highest band")
        yield Flaw(highest.index, "to", message, hint, {"end": highest.band.end})


def _direction(ordered: Sequence[Stretch], polarity: Polarity) -> Iterator[Flaw]:
    ranks = [RANK[stretch.band.status] for stretch in ordered]
    if polarity == "neutral" or ranks == _expected(ranks, polarity):
        return
    if polarity != "range" and ranks == sorted(ranks, reverse=polarity == "higher"):
        message = N_("the bands get better towards {better} numbers, but {polarity} is better")
        better = "lower" if polarity == "higher" else "higher"
        yield Flaw(0, "status", message, N_("correct the polarity, or the bands"), {"better": better, "polarity": polarity})
        return
    for (one, before), (other, after) in pairwise(zip(ordered, ranks, strict=True)):
        if (after < before) if polarity != "lower" else (after > before):
            message = N_("the band {upper!r} ({upper_status}) lies above {lower!r} ({lower_status}): better and worse are mixed up")
            names = {"upper": other.band.name, "upper_status": other.band.status}
            names |= {"lower": one.band.name, "lower_status": one.band.status}
            yield Flaw(other.index, "status", message, N_("give the bands their statuses in one order"), names)
            return


def _expected(ranks: Sequence[int], polarity: Polarity) -> list[int]:
    """The ranks in the order that the polarity asks for; in a range they rise to the best and fall again."""
    if polarity != "range":
        return sorted(ranks, reverse=polarity == "lower")
    best = list(ranks).index(max(ranks))
    return [*sorted(ranks[:best]), *sorted(ranks[best:], reverse=True)]
