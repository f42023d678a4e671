"""What the page shows as tables to take away, with names in the reader's language, and what they are."""

from collections.abc import Callable

import polars as pl

from dashboards import downloads, formats
from dashboards.plan import shown, truth_line
from dashboards.plan.money import figures, splits, tree, warnings, works
from dashboards.plan.money.known import Known
from dashboards.session import Session
from dashboards.words import translator
from data.plans.vocabulary import PHASES
from kpis.plans import spending

Build = Callable[[], pl.DataFrame]


def about(session: Session, known: Known) -> dict[str, str]:
    """What stands beside every figure: the plan, the day, what the amounts are."""
    _ = translator(session.locale)
    return {
        _("Plan"): shown.named(session, known.plan),
        _("Progress on"): formats.day(known.truth.tree.day, session.locale),
        _("Amounts"): figures.basis(session, known) if known.lines.height else _("none"),
    }


def tables(session: Session, known: Known) -> dict[str, tuple[str, Build]]:
    """The tables beside that of all lines, by the end of the file's name: what each is called, and what makes it."""
    _ = translator(session.locale)
    return {
        "parts": (_("Parts of the plan (CSV)"), lambda: tree.frame(session, known)),
        "works": (_("Key works (CSV)"), lambda: works.frame(session, known)),
        "ahead": (_("Money ahead of work (CSV)"), lambda: pace(session, spending.ahead(known.truth, truth_line.CLOSE))),
        "behind": (_("Work ahead of money (CSV)"), lambda: pace(session, spending.behind(known.truth, truth_line.CLOSE))),
        "each": (_("Money for each beneficiary (CSV)"), lambda: each(session, known)),
        "check": (_("Amounts to check (CSV)"), lambda: warnings.frame(session, known)),
    }


def csv(session: Session, known: Known, build: Build) -> bytes:
    return downloads.csv(build(), {**about(session, known), **downloads.always(session)}, session.locale)


def lines(session: Session, known: Known) -> pl.DataFrame:
    """Every budget line with the action that it pays."""
    keys = known.truth.nodes.select(pl.col("id").alias("node"), "key", pl.col("name").alias("action"))
    found = known.lines.join(keys, on="node", how="left", maintain_order="left")
    return named(session, found, "action", "name", "source").select(
        "key", "action", "code", "name", "year", "source", "currency", *PHASES, "budget"
    )


def pace(session: Session, found: pl.DataFrame) -> pl.DataFrame:
    """Actions whose money and work do not go together."""
    asked = ("key", "name", "area", "state", "currency", "budget", "paid", "paid_share", "proved", "spend_gap", "amount_ahead")
    return named(session, found, "name").select(asked)


def each(session: Session, known: Known) -> pl.DataFrame:
    """Actions that say whom they reach."""
    return named(session, splits.reached(known), "name").select(
        "key", "name", "area", "currency", "budget", "paid", "beneficiaries", "each"
    )


def named(session: Session, found: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The same with names in the reader's language in place of Json texts."""
    return found.with_columns(
        pl.col(name).map_elements(lambda text: shown.name(session, text), pl.String, skip_nulls=True) for name in columns
    )
