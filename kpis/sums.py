"""Values added up over a year or over the plan, and what they are held against: the year before, and the plan's own years.

A sum counts only where every period in it has a value: with one missing, nobody knows the sum, and nothing is judged.
All are columns over a table of goals, and computed only where some goal needs them.
"""

import polars as pl

from kpis.attainment import SIGN, TARGET, VALUE

SERIES = "series"
OF_YEAR = (SERIES, "year")
LAST_DAY = pl.col("period").dt.month_end()


def with_running_sums(seen: pl.DataFrame, table: pl.DataFrame, needs: frozenset[str]) -> pl.DataFrame:
    """Each real value with the sums up to it, of its series and of its year; `seen` is sorted by series and period.

    A year begins in January, or in the month that the goals of the `table` on this series say: they share it with their indicator.
    """
    value = pl.col("value")
    if "fiscal" in needs:
        starts = table.select(SERIES, "year_starts").unique(SERIES)
        seen = seen.join(starts, on=SERIES, how="left", maintain_order="left")
    years = seen.with_columns(year=_year(needs)).drop("year_starts", strict=False)
    return years.with_columns(
        sum_so_far=value.cum_sum().over(SERIES),
        count_so_far=value.cum_count().cast(pl.Int64).over(SERIES),
        sum_of_year=value.cum_sum().over(OF_YEAR),
        count_of_year=value.cum_count().cast(pl.Int64).over(OF_YEAR),
    )


def with_sums_before(table: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Each goal with its series' sum up to the day after which it counts; 0 where nothing came before."""
    from_day = pl.col("sums_from").fill_null(pl.date(1, 1, 1)).alias("from_day")
    before = seen.select(SERIES, "period", sum_before="sum_so_far", count_before="count_so_far")
    joined = table.with_columns(from_day).join_asof(
        before, left_on="from_day", right_on="period", by=SERIES, coalesce=False, check_sortedness=False
    )
    return joined.drop("from_day", "period").with_columns(pl.col("sum_before", "count_before").fill_null(0))


def added_up(needs: frozenset[str]) -> dict[str, pl.Expr]:
    """The figure that is judged in place of the value, which stays as `reported`; null, with the reason in `hold`, over a gap."""
    sums, period = pl.col("sums"), pl.col("period")
    eve = pl.date(_year(needs) - 1, _last_month(needs), 1).dt.month_end()
    year_whole = pl.col("count_of_year") == _expected(eve)
    plan_whole = pl.col("count_so_far") - pl.col("count_before") == _expected(pl.col("sums_from"))
    plan = pl.col("sums_on") + pl.col("sums_by") * (pl.col("sum_so_far") - pl.col("sum_before"))
    early = period <= pl.col("sums_from")
    whole = pl.when(sums == "year").then(year_whole).otherwise(plan_whole | early)
    figure = pl.when(sums == "year").then("sum_of_year").when(early).then("sums_on").otherwise(plan)
    return {
        "reported": VALUE,
        "value": pl.when(sums.is_null()).then(VALUE).when(whole).then(figure),
        "hold": pl.when(sums.is_not_null() & whole.not_()).then(pl.lit("gap")),
        "year_sum": pl.when(year_whole).then("sum_of_year"),
        "plan_sum": pl.when(plan_whole).then(pl.col("sum_so_far") - pl.col("sum_before")),
    }


def _expected(start: pl.Expr) -> pl.Expr:
    """How many periods end after `start` and up to the row's own one."""
    period, months, after = pl.col("period"), pl.col("period_months"), start + pl.duration(days=1)
    gone = _month(period) - (_month(after) - 1)
    days = (period - start).dt.total_days() - 1
    by_month = (gone + months - 1) // months
    return pl.when(months > 0).then(by_month).otherwise(days // pl.col("period_days") + 1).cast(pl.Int64)


def _month(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int32) * 12 + day.dt.month()


def _year(needs: frozenset[str]) -> pl.Expr:
    """The year of a row's period, named by the one it ends in."""
    year = pl.col("period").dt.year()
    if "fiscal" not in needs:
        return year
    late = pl.col("period").dt.month() > _last_month(needs)
    return year + (late & (pl.col("year_starts") != 1)).cast(pl.Int32)


def _last_month(needs: frozenset[str]) -> pl.Expr:
    """The month in which a row's year ends."""
    return ((pl.col("year_starts") + 10) % 12 + 1) if "fiscal" in needs else pl.lit(12)


def with_last_years_shares(table: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """`season_share`: how much of the year before was done by the same period; null where that year is not whole."""
    whole = pl.col("value").sum().over(OF_YEAR)
    shares = seen.select(
        SERIES,
        pl.col("period").dt.offset_by("1y").dt.month_end(),
        season_share=pl.when(whole > 0).then(pl.col("sum_of_year") / whole),
        season_count=pl.len().over(OF_YEAR),
    )
    joined = table.join(shares, on=[SERIES, "period"], how="left", maintain_order="left")
    known = (pl.col("season_count") * pl.col("period_months") == 12) & (pl.col("period_months") > 0)
    return joined.with_columns(season_share=pl.when(known).then("season_share"))


def with_last_years_value(table: pl.DataFrame, seen: pl.DataFrame, needs: frozenset[str]) -> pl.DataFrame:
    """`last_year`: what the series stood at when the year before ended; null where its last period has no value."""
    last = pl.col("period") == pl.col("period").max().over(OF_YEAR)
    ends = seen.filter(last).select(SERIES, year=pl.col("year") + 1, last_year="value", last_month=pl.col("period").dt.month())
    joined = table.with_columns(year=_year(needs)).join(ends, on=OF_YEAR, how="left", maintain_order="left")
    ended = (pl.col("last_month") == _last_month(needs)) | (pl.col("period_months") == 12)
    return joined.with_columns(last_year=pl.when(ended).then("last_year")).drop("year", "last_month")


def with_years_amounts(table: pl.DataFrame, years: pl.DataFrame, needs: frozenset[str]) -> pl.DataFrame:
    """`amount`: what the plan programmes for the year of the value's period."""
    return table.with_columns(year=_year(needs)).join(years, on=["aim", "year"], how="left", maintain_order="left").drop("year")


def annual_compliance(needs: frozenset[str]) -> pl.Expr:
    """What was done in the year over what the plan programmes for it, turned over where lower is better."""
    done = pl.when(pl.col("sums").is_not_null()).then("year_sum").otherwise(VALUE) if "sums" in needs else VALUE
    return pl.when(pl.col("broken").not_()).then(_part(done, pl.col("amount")))


def plan_progress(needs: frozenset[str]) -> pl.Expr:
    """What was done since the plan began over what it wants in all."""
    whole = pl.col("plan_total")
    stands = pl.when(pl.col("accumulation").is_in(["capacity", "reduction"])).then("progress").otherwise(_part(VALUE, whole))
    if "sums" in needs:
        stands = pl.when(pl.col("sums").is_not_null()).then(_part(pl.col("plan_sum"), whole)).otherwise(stands)
    return pl.when("programmed").then(stands)


def _part(done: pl.Expr, whole: pl.Expr) -> pl.Expr:
    turned = pl.when((whole >= 0) & (done > 0)).then(whole / done)
    return pl.when(SIGN < 0).then(turned).when(whole > 0).then(done / whole)


def target_of_the_year() -> pl.Expr:
    """Of a flow and a yearly reduction, the year's own target."""
    yearly = pl.col("accumulation").is_in(["flow", "reduction_annual"]) & pl.col("leg_end_value").is_not_null() & TARGET.is_not_null()
    return pl.when(yearly).then("leg_end_value").otherwise(TARGET)
