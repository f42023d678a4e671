"""What state an action is in, found out from what its area declared, its days and its evidence; and a parent's from its actions.

late            neither finished nor stopped, and either its end has passed with something still open, or one of its stages is late.
                A stage is late when its day has passed and nothing shows that it was reached: no evidence was accepted, and none
                waits for a reviewer, or some has waited for too long (data/plans/judged.py). The day on which its area says that it
                was reached clears nothing by itself. Work that only waits for a stamp is not late for so long; that it is not proved
                yet is what `proved` and `awaiting` say.
implemented     completed as its area declares, and every stage proved
completed       as its area declares; also at 100 % declared where no status was given
cancelled       declared, or part of something cancelled
others          as declared. Where no status was given: started if anything is declared, proved or waits; else not started

A parent is implemented or completed when all its actions are; late when half or more of those still running are, or when one is and the
parent's end has passed; started when one is started, late or finished; then not started, suspended, proposed for removal, in this order.
"""

import polars as pl

STATES = ("not_started", "started", "late", "completed", "implemented", "suspended", "removal_proposed", "cancelled")
FINISHED = ("completed", "implemented")
BY_NEED = ("late", "removal_proposed", "suspended", "started", "not_started", "completed", "implemented", "cancelled")
"""What somebody should look at first; a finished action last, and after it what no longer counts."""

PROVED_WHOLE = 100 - 1e-6
"""Shares are decimal fractions: 33.3 + 33.3 + 33.4 must be the whole."""


def of_action(day: pl.Expr) -> pl.Expr:
    """Asks for status, declared, proved, awaiting, ends, milestones, open (stages that nothing shows), late, gone."""
    said = pl.col("status").fill_null(
        pl.when(pl.col("declared") >= 100).then(pl.lit("completed"))
        .when((pl.col("declared").fill_null(0) > 0) | (pl.col("proved") > 0) | (pl.col("awaiting") > 0)).then(pl.lit("started"))
        .otherwise(pl.lit("not_started"))
    )  # fmt: skip
    only_a_stamp = (pl.col("milestones") > 0) & (pl.col("open") == 0)
    overdue = (pl.col("ends") < day).fill_null(value=False) & ~only_a_stamp
    running = said.is_in(["not_started", "started"])
    return (
        pl.when("gone").then(pl.lit("cancelled"))
        .when((said == "completed") & (pl.col("proved") >= PROVED_WHOLE)).then(pl.lit("implemented"))
        .when(running & (overdue | (pl.col("late") > 0))).then(pl.lit("late"))
        .otherwise(said)
    )  # fmt: skip


def of_parent(day: pl.Expr) -> pl.Expr:
    """Asks for the number of counted actions in each state, by the state's name; actions; ends; cancelled."""
    running = pl.col("not_started") + pl.col("started") + pl.col("late")
    overdue = (pl.col("ends") < day).fill_null(value=False)
    return (
        pl.when((pl.col("actions") == 0) & (pl.col("cancelled") > 0)).then(pl.lit("cancelled"))
        .when(pl.col("actions") == 0).then(pl.lit("not_started"))
        .when(pl.col("implemented") == pl.col("actions")).then(pl.lit("implemented"))
        .when(pl.col("implemented") + pl.col("completed") == pl.col("actions")).then(pl.lit("completed"))
        .when((pl.col("late") > 0) & ((2 * pl.col("late") >= running) | overdue)).then(pl.lit("late"))
        .when(pl.col("started") + pl.col("late") + pl.col("implemented") + pl.col("completed") > 0).then(pl.lit("started"))
        .when(pl.col("not_started") > 0).then(pl.lit("not_started"))
        .when(pl.col("suspended") > 0).then(pl.lit("suspended"))
        .otherwise(pl.lit("removal_proposed"))
    )  # fmt: skip
