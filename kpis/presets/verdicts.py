"""A table judged by one preset: what each row attains, its band, our status, and why where there is none."""

from collections.abc import Mapping

import polars as pl

from kpis.bands import EQUAL, Band, Of, find, find_by
from kpis.presets.formulas import FORMULAS, NUMBERS, UNANSWERED, beyond, growth_score, met
from kpis.presets.preset import Mark, Preset, Rounding

VERDICT = ("value", "attainment", "score", "band", "status", "reason")
HISTORY = 90
"""Boston takes a series' own history as its target once it has more values than this; and so many days of a trend's year before."""
YEAR = 365


def judge_table(table: pl.DataFrame, preset: Preset) -> pl.DataFrame:
    """The table with the columns VERDICT, row by row in its order. `score` is the number as its own system prints it."""
    if preset.scales and "indicator" in table.columns:
        table = _with_scale(table, preset)
    table = with_own_history(table) if "series" in preset.may_have and "date" in table.columns else table
    table = table.with_columns(measured=_rounded(FORMULAS[preset.attainment], preset.rounding))
    table = table.with_columns(attainment=_finite(_capped(pl.col("measured"), preset.cap)))
    read_off = pl.col("measured") if preset.read_off is None else FORMULAS[preset.read_off]
    table = table.with_columns(read=pl.when(_lacks(preset) == "").then(read_off))
    table = table.with_columns(band=_band(preset))
    return table.with_columns(score=_score(preset), status=_status(preset), reason=_reason(preset))


def overall(judged: pl.DataFrame, preset: Preset) -> dict[str, object] | None:
    """All rows as one, where the system rolls them up; None where it does not, or no row has an answer."""
    rolled = preset.roll_up
    attained = judged["attainment"].drop_nulls()
    if rolled is None or attained.is_empty():
        return None
    capped = attained.clip(upper_bound=rolled.cap) if rolled.cap is not None else attained
    one = pl.DataFrame({"measured": [capped.mean()]}).with_columns(measured=_rounded(pl.col("measured"), rolled.rounding))
    if preset.scales:
        return {"attainment": one["measured"][0], "band": None, "status": None, "rows": attained.len()}
    band = one.select(band=find(pl.col("measured"), preset.bands))["band"][0]
    return {"attainment": one["measured"][0], "band": band, "status": _statuses(preset)[band], "rows": attained.len()}


def _with_scale(table: pl.DataFrame, preset: Preset) -> pl.DataFrame:
    """Which scale each row is read off; an indicator of the preset brings its polarity and goalposts along."""
    if preset.attainment == "growth":
        return table.with_columns(scale=pl.when(pl.col("target").is_null()).then(pl.lit("no_target")).otherwise(pl.lit("target")))
    known = pl.DataFrame(
        [(name, scale.low, scale.high, 1 if scale.polarity == "higher" else -1) for name, scale in preset.scales.items()],
        schema={"scale": pl.String, "worst": pl.Float64, "best": pl.Float64, "own_sign": pl.Int32},
        orient="row",
    )
    return (
        table.with_columns(scale=pl.col("indicator"))
        .join(known, on="scale", how="left", maintain_order="left")
        .with_columns(
            low=pl.coalesce("worst", "low"),
            high=pl.coalesce("best", "high"),
            sign=pl.coalesce("own_sign", "sign"),
        )
    )


def with_own_history(table: pl.DataFrame) -> pl.DataFrame:
    """A series without a target is held against its own past: its mean, one standard deviation to the worse.

    A trend with more than a year of entries is held against the mean of the 90 days that ended a year before its latest one.
    """
    values, sign, count = pl.col("value"), pl.col("sign"), pl.col("value").count().over("series")
    history = (values.mean() - sign * values.std(ddof=0)).over("series").abs()
    ago = pl.col("date").max().over("series") - pl.duration(days=YEAR)
    then = (pl.col("date") <= ago) & (pl.col("date") > ago - pl.duration(days=HISTORY))
    year_before = values.filter(then).mean().over("series")
    own = pl.when(pl.col("trend") & (count > YEAR)).then(year_before).when(count > HISTORY).then(history)
    mine = pl.col("target").is_null() & pl.col("series").is_not_null()
    return table.with_columns(target=pl.when(mine).then(own).otherwise(pl.col("target")))


def _rounded(number: pl.Expr, rounding: Rounding | None) -> pl.Expr:
    if rounding is None:
        return number
    scaled, hair = number * 10**rounding.decimals, EQUAL * 10**rounding.decimals
    whole = {"up": (scaled - hair).ceil(), "down": (scaled + hair).floor(), "near": (scaled + 0.5 + hair).floor()}[rounding.way]
    return (whole / 10**rounding.decimals).round(rounding.decimals) + 0.0  # never -0


def _capped(number: pl.Expr, cap: float | None) -> pl.Expr:
    return number if cap is None else number.clip(upper_bound=cap)


def _finite(number: pl.Expr) -> pl.Expr:
    return pl.when(number.is_finite()).then(number)


def _band(preset: Preset) -> pl.Expr:
    scales: Mapping[str, tuple[tuple[Band, ...], Of]] = {name: (scale.bands, preset.of) for name, scale in preset.scales.items()}
    found = find_by(pl.col("scale"), pl.col("read"), scales) if scales else find(pl.col("read"), preset.bands, preset.of)
    if preset.attainment == "value":
        found = pl.coalesce(found, _by_cuts(preset))
    for mark, holds in ((preset.met, met()), (preset.beyond, beyond())):
        found = found if mark is None else pl.when(holds & (_lacks(preset) == "")).then(pl.lit(mark.name)).otherwise(found)
    return found


def _by_cuts(preset: Preset) -> pl.Expr:
    """The band where the table gives the cuts of green (`high`) and amber (`low`) itself; each cut belongs to the better band."""
    best, middle, worst = _ladder(preset)
    sign, value = pl.col("sign"), pl.col("read")

    def reaches(cut: pl.Expr) -> pl.Expr:
        return sign * (value - cut) >= -EQUAL * pl.max_horizontal(value.abs(), cut.abs())

    given = value.is_not_null() & pl.col("low").is_not_null() & pl.col("high").is_not_null()
    found = pl.when(reaches(pl.col("high"))).then(pl.lit(best)).when(reaches(pl.col("low"))).then(pl.lit(middle)).otherwise(pl.lit(worst))
    return pl.when(given).then(found)


def _ladder(preset: Preset) -> tuple[str, str, str]:
    """The names of the best, the middle and the worst band that the preset's indicators share."""
    by_status = {band.status: band.name for scale in preset.scales.values() for band in scale.bands}
    return by_status["on_track"], by_status["at_risk"], by_status["off_track"]


def _score(preset: Preset) -> pl.Expr:
    attained = pl.col("attainment")
    if preset.attainment == "growth":
        return pl.when(met().fill_null(value=False) & pl.col("band").is_not_null()).then(5.0).otherwise(growth_score())
    return attained * 100 if preset.attainment == "normalised" else attained


def _statuses(preset: Preset) -> dict[str, str]:
    bands = [*preset.bands, *(band for scale in preset.scales.values() for band in scale.bands)]
    marks: list[Band | Mark] = [mark for mark in (preset.met, preset.beyond) if mark is not None]
    return {band.name: band.status for band in [*bands, *marks]}


def _status(preset: Preset) -> pl.Expr:
    known = _statuses(preset)
    return pl.col("band").replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)


def _lacks(preset: Preset) -> pl.Expr:
    """The first column that the rule needs and the row leaves empty, or ""."""
    found = pl.lit("")
    if preset.one_of:
        sets = [pl.all_horizontal(pl.col(column).is_not_null() for column in columns) for columns in preset.one_of]
        found = pl.when(pl.any_horizontal(sets)).then(found).otherwise(pl.lit(" or ".join(" and ".join(names) for names in preset.one_of)))
    for column in reversed(NUMBERS[preset.attainment]):
        found = pl.when(pl.col(column).is_null()).then(pl.lit(column)).otherwise(found)
    return found


def _reason(preset: Preset) -> pl.Expr:
    lacks = _lacks(preset)
    return (
        pl.when(pl.col("band").is_not_null()).then(None)
        .when(lacks != "").then(pl.format("cannot be judged: {} is empty", lacks))
        .when(pl.col("attainment").is_null()).then(pl.lit(f"cannot be judged: {UNANSWERED[preset.attainment]}"))
        .when(pl.col("read").is_null()).then(pl.lit(f"cannot be judged: {UNANSWERED[preset.read_off or preset.attainment]}"))
        .otherwise(pl.lit("has no colour: no cuts are known without an indicator of the preset"))
    )  # fmt: skip
