"""The arithmetic of a status: progress, attainment and the status itself, as columns over a table of goals.

Every expression reads the columns of kpis.aims, the value with its period, and what is due. None ever gives an infinity
or NaN. Numbers that differ by less than a billionth of the larger one are equal, so that 0.1 + 0.2 reaches 0.3.
`needs` names what some goal of the table uses beyond that (kpis.aims): nothing is computed that nobody asks for.
"""

import polars as pl

from kpis.bands import EQUAL
from kpis.definition import EXCEEDED

NOTHING_MORE: frozenset[str] = frozenset()

VALUE, DUE, BASE, TARGET, SIGN = (pl.col(name) for name in ("value", "due", "base", "target", "sign"))
ASKED = pl.when("asks_target").then(TARGET).otherwise(DUE)
LOW, HIGH = pl.col("low"), pl.col("high")
OUTSIDE = pl.max_horizontal(LOW - VALUE, VALUE - HIGH)
"""How far a value is outside its range; below zero inside."""


def progress(needs: frozenset[str] = NOTHING_MORE) -> pl.Expr:
    """How much of the way from baseline to target is done; null where there is no way: no baseline, or target = baseline."""
    way = equal(TARGET, BASE).not_()
    if "last_year" in needs:
        way &= _already_there(TARGET).not_()
    return pl.when(way).then((VALUE - BASE) / (TARGET - BASE))


def attainment(needs: frozenset[str] = NOTHING_MORE) -> pl.Expr:
    """How much of what is asked is done, by the goal's form; null for none, which is met or not."""
    form = pl.col("form")
    found = pl.when(form == "way").then(_share_of_the_way(ASKED, needs)).when(form == "ratio").then(_ratio(ASKED))
    if "performance" in needs:
        found = found.when(form == "performance").then(_place_on_the_scale())
    if "range" in needs:
        found = found.when(form == "range").then(_within_range())
    return _all_or_nothing(found.otherwise(None)) if "binary" in needs else found


def status(needs: frozenset[str] = NOTHING_MORE) -> pl.Expr:
    """The first status that holds, top down, as docs/statuses.md lists them."""
    first_day, period = pl.col("first_day"), pl.col("period")
    told = pl.when(TARGET.is_null()).then(pl.lit("untracked")).when(VALUE.is_null()).then(pl.lit("no_data"))
    told = told.when(pl.col("month") < first_day).then(pl.lit("not_due"))
    told = told.when(pl.col("age_days") > pl.col("limit_days")).then(pl.lit("stale"))
    told = told.when(period < first_day).then(pl.lit("not_due"))
    if not needs.isdisjoint(("sums", "seasons", "last_year")):
        told = told.when(pl.col("hold").is_not_null()).then(pl.lit("no_data"))
    if "sums" in needs:
        told = told.when(_nothing_asked()).then(pl.lit("not_due"))
    met, more = _met(TARGET, needs), _exceeded()
    if "sums" in needs:
        met &= _may_be_reached()
    if "range" in needs:
        met, more = pl.when(LOW.is_null()).then(met).otherwise(_inside(needs)), more & LOW.is_null()
    return (
        told.when(met & more).then(pl.lit("exceeded"))
        .when(met).then(pl.lit("reached"))
        .when(_from_band("on_track", needs)).then(pl.lit("on_track"))
        .when(_from_band("at_risk", needs)).then(pl.lit("at_risk"))
        .otherwise(pl.lit("off_track"))
    )  # fmt: skip


def _share_of_the_way(end: pl.Expr, needs: frozenset[str]) -> pl.Expr:
    """Of the way from base to `end`. Where there is none, all is done while the value is no worse than the base.

    A yearly reduction starts where the last year ended: where that was already as good as is asked, so must this year be.
    """
    kept = pl.when(_met(BASE)).then(1.0).otherwise(0.0)
    none = equal(end, BASE)
    if "last_year" in needs:
        done = _already_there(end)
        kept, none = pl.when(done).then(pl.when(_met(end)).then(1.0).otherwise(0.0)).otherwise(kept), none | done
    return pl.when(none).then(kept).otherwise((VALUE - BASE) / (end - BASE))


def _already_there(end: pl.Expr) -> pl.Expr:
    return (pl.col("accumulation") == "reduction_annual").fill_null(value=False) & (SIGN * (BASE - end) >= 0)


def _ratio(asked: pl.Expr) -> pl.Expr:
    """Value to what is asked, or the other way round where lower is better; null where that says nothing."""
    higher = pl.when(asked > 0).then(VALUE / asked)
    lower = pl.when((asked >= 0) & (VALUE > 0)).then(asked / VALUE)
    return pl.when(SIGN > 0).then(higher).otherwise(lower)


def _place_on_the_scale() -> pl.Expr:
    """From the worse end of the scale to the better one."""
    low, high = pl.col("scale_min"), pl.col("scale_max")
    return pl.when(high > low).then(pl.when(SIGN > 0).then((VALUE - low) / (high - low)).otherwise((high - VALUE) / (high - low)))


def _within_range() -> pl.Expr:
    """1 inside; outside in a straight line to 0 at the limit of that side, and 0 where it has none."""
    room = room_outside()
    part = pl.when(room > 0).then(pl.max_horizontal(1 - OUTSIDE / room, 0.0)).otherwise(0.0)
    return pl.when(VALUE.is_null()).then(None).when(_inside(NOTHING_MORE)).then(1.0).otherwise(part)


def room_outside() -> pl.Expr:
    """How far the limit of the value's side is from the range; 0 where there is none."""
    side = pl.when(VALUE < LOW).then(LOW - pl.col("low_limit")).otherwise(pl.col("high_limit") - HIGH)
    return side.fill_null(0.0)


def _inside(needs: frozenset[str]) -> pl.Expr:
    room = _tolerance(VALUE, pl.when(VALUE < LOW).then(LOW).otherwise(HIGH))
    return (pl.max_horizontal(room, pl.col("tolerance").fill_null(0.0)) if "room" in needs else room) >= OUTSIDE


def _all_or_nothing(found: pl.Expr) -> pl.Expr:
    done = pl.when(pl.col("form") == "none").then(_met(DUE)).otherwise(found >= 1 - EQUAL)
    return pl.when(pl.col("binary") & VALUE.is_not_null()).then(done.cast(pl.Float64)).otherwise(found)


def _exceeded() -> pl.Expr:
    """A target that is met by a tenth more than asked: of the way from the baseline, or else of the target, if above 0."""
    way = pl.col("progress") >= EXCEEDED - EQUAL
    ratio = pl.when(SIGN > 0).then(VALUE >= (EXCEEDED - EQUAL) * TARGET).otherwise(TARGET >= (EXCEEDED - EQUAL) * VALUE) & (TARGET > 0)
    return pl.when(pl.col("progress").is_null()).then(ratio).otherwise(way)


def _nothing_asked() -> pl.Expr:
    """Of a sum that should grow, while nothing of it is due: before its first day is over, or in a year without an amount."""
    early = pl.col("period") <= pl.col("sums_from")
    return pl.col("sums").is_not_null() & (early.fill_null(value=False) | ((SIGN > 0) & (DUE <= 0)).fill_null(value=False))


def _may_be_reached() -> pl.Expr:
    """A sum that must stay below its target is under it from the first day: it is reached only when its time is over."""
    end = pl.when(pl.col("sums") == "year").then("leg_end_day").otherwise("target_date")
    return pl.col("sums").is_null() | (SIGN > 0) | (pl.col("period") >= end)


def _from_band(band: str, needs: frozenset[str]) -> pl.Expr:
    """Whether the value is in this band or above: by share; with absolute by value, or by what is due without bands."""
    by_value = pl.when(pl.col(band).is_not_null()).then(_met(pl.col(band))).otherwise(_met(DUE))
    by_share = (pl.col("attainment") + EQUAL >= pl.col(band)).fill_null(value=False)
    found = pl.when(pl.col("form") == "none").then(by_value).otherwise(by_share)
    if "counted" in needs:  # a ratio to nothing says nothing, and no more than nothing was asked
        found |= (pl.col("accumulation").is_not_null() & (pl.col("form") == "ratio") & _met(ASKED)).fill_null(value=False)
    return found | _by_room(band).fill_null(value=False) if "room" in needs else found


def _by_room(band: str) -> pl.Expr:
    """Bands are widened to the tolerance and to the smallest difference that the data can tell, so that no light turns on less."""
    tolerance, smallest = pl.col("tolerance").fill_null(0.0), pl.col("smallest").fill_null(0.0)
    room, asked = pl.max_horizontal(tolerance, smallest), pl.when(pl.col("form") == "none").then(DUE).otherwise(ASKED)
    on_track = pl.when("binary").then(asked).otherwise(_at_band(asked))
    eased = pl.when(SIGN > 0).then(pl.min_horizontal(on_track, asked - room)).otherwise(pl.max_horizontal(on_track, asked + room))
    outside = pl.max_horizontal((1 - pl.col("on_track")) * room_outside(), room)
    if band == "at_risk":
        eased, outside = eased - SIGN * smallest, outside + smallest
    near = pl.when(LOW.is_null()).then(_met(eased)).otherwise(outside + EQUAL >= OUTSIDE)
    wider = pl.col("at_risk").is_not_null() & pl.col("binary").not_()
    return near & (room > 0) if band == "on_track" else near & (smallest > 0) & wider


def _at_band(asked: pl.Expr) -> pl.Expr:
    """The value from which a goal is on track by its band; what is asked itself where no band says another."""
    form, share = pl.col("form"), pl.col("on_track")
    low, high = pl.col("scale_min"), pl.col("scale_max")
    return (
        pl.when(form == "way").then(BASE + share * (asked - BASE))
        .when((form == "ratio") & (SIGN > 0)).then(asked * share)
        .when(form == "ratio").then(asked / share)
        .when((form == "performance") & (SIGN > 0)).then(low + share * (high - low))
        .when(form == "performance").then(high - share * (high - low))
        .otherwise(pl.coalesce(share, asked))
    )  # fmt: skip


def _met(asked: pl.Expr, needs: frozenset[str] = NOTHING_MORE) -> pl.Expr:
    room = _tolerance(VALUE, asked)
    return SIGN * (VALUE - asked) >= -(pl.max_horizontal(room, pl.col("tolerance").fill_null(0.0)) if "room" in needs else room)


def equal(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return (one - other).abs() <= _tolerance(one, other)


def _tolerance(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return EQUAL * pl.max_horizontal(one.abs(), other.abs())
