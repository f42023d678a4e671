"""Duplicated series: two indicators, or two places, whose values are the same or one fixed multiple for a long time."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose

import polars as pl

from data.definitions import Definitions
from data.problems import N_
from kpis.quality.finding import Finding, Found, Row
from kpis.quality.series import SERIES, changes, real
from kpis.score import Period, Reason

FEWEST = {"day": 14, "week": 12, "month": 12, "quarter": 8, "half": 6, "year": 6}
"""Periods in a row, by frequency, over which two series must agree. Shorter runs happen to small counts."""
DIFFERENT = 4
"""Different values that the run must hold: two stocks that stand still together are no copy."""
EXACT = 1e-9
"""Relative difference below which two multiples are the same; a copy that was rounded anew is therefore not found."""

SAME = N_("the two have the same values in {count} periods in a row, from {since} to {until}")
MULTIPLE = N_("the one is the other times one fixed number in {count} periods in a row, from {since} to {until}")


@dataclass(frozen=True)
class Run:
    """Where two series (indicator, place) agree, as rows of turn, period and the first one's value."""

    first: tuple[str, str]
    second: tuple[str, str]
    frequency: str
    same: bool
    rows: tuple[tuple[int, Row], ...]


def duplicates(series: pl.DataFrame, definitions: Definitions) -> Found:
    """A finding for each pair. A city and its one district that sends an indicator are one and the same, and no pair."""
    found = [run for run in _runs(series) if not _only_part(run, series, definitions)]
    return Found(tuple(_finding(run, definitions) for run in found))


def _runs(series: pl.DataFrame) -> Iterator[Run]:
    held = {(str(name), str(place)): rows for (name, place), rows in real(series).partition_by(SERIES, as_dict=True).items()}
    for one, other, frequency in _candidates(series):
        run = _longest(held[one], held[other])
        values = {row.value for _, row in run}
        if len(run) >= FEWEST[frequency] and len(values) >= DIFFERENT:
            second = dict(held[other].select("turn", "value").iter_rows())
            yield Run(one, other, frequency, all(row.value == second[turn] for turn, row in run), run)


def _candidates(series: pl.DataFrame) -> Iterator[tuple[tuple[str, str], tuple[str, str], str]]:
    """Pairs that grew by exactly the same share in enough periods.

    Of many that grew alike, each is paired with the next only: a hundred copies of one series are told as a chain.
    """
    growth = pl.when(pl.col("before") != 0).then((pl.col("value") / pl.col("before")).round_sig_figs(9))
    grown = changes(series).with_columns(growth=growth).filter(pl.col("growth").is_not_null(), pl.col("growth") != 1.0)
    alike = ["frequency", "turn", "growth"]
    others = [pl.col(name).shift(-1).over(alike).alias(f"{name}_other") for name in SERIES]
    keys = [*SERIES, *(f"{name}_other" for name in SERIES), "frequency"]
    pairs = grown.sort(SERIES).with_columns(others).drop_nulls("place_other").group_by(keys).len().sort(keys)
    for name, place, other, elsewhere, frequency, count in pairs.iter_rows():
        if count >= DIFFERENT - 1:
            yield (name, place), (other, elsewhere), frequency


def _longest(one: pl.DataFrame, other: pl.DataFrame) -> tuple[tuple[int, Row], ...]:
    """The longest stretch of periods in a row in which the two keep one fixed multiple."""
    common = one.join(other.select("turn", pl.col("value").alias("second")), on="turn", maintain_order="left")
    runs: list[list[tuple[int, Row]]] = [[]]
    multiple = 0.0
    for turn, period, value, second in common.select("turn", "period", "value", "second").iter_rows():
        run = runs[-1]
        if not (run and turn == run[-1][0] + 1 and isclose(value, multiple * second, rel_tol=EXACT)):
            runs.append([])
            multiple = value / second if second else 0.0
        if value and second:
            runs[-1].append((turn, Row(period, value)))
    return tuple(max(runs, key=len))


def _only_part(run: Run, series: pl.DataFrame, definitions: Definitions) -> bool:
    """The one place is the other's only part that has this indicator."""
    (name, place), (other, elsewhere) = run.first, run.second
    parents = {place: definitions.place[place].parent, elsewhere: definitions.place[elsewhere].parent}
    whole = next((one for one, part in ((place, elsewhere), (elsewhere, place)) if parents[part] == one), None)
    if name != other or whole is None:
        return False
    having = series.filter(pl.col("indicator") == name)["place"].unique()
    return sum(definitions.place[part].parent == whole for part in having if part in definitions.place) == 1


def _finding(run: Run, definitions: Definitions) -> Finding:
    indicator, rows = definitions.indicator[run.first[0]], tuple(row for _, row in run.rows)
    since, until = (Period(row.period, indicator.frequency) for row in (rows[0], rows[-1]))
    return Finding(
        part="duplicates",
        rule="same" if run.same else "multiple",
        urgency="check",
        owner=indicator.owner,
        indicators=(run.first[0], run.second[0]),
        places=(run.first[1], run.second[1]),
        reason=Reason(SAME if run.same else MULTIPLE, {"count": len(rows), "since": since, "until": until}),
        weight=float(len(rows)),
        rows=rows,
    )
