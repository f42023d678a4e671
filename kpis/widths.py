"""Whose bands are wider than they were written, as `kpis check` says it: at the target, where the whole way is known."""

from collections.abc import Iterator, Mapping

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.indicators import Indicator
from data.problems import N_, Problem
from kpis.aims import aims
from kpis.band_columns import with_bands
from kpis.band_reasons import widened as in_force
from kpis.bands import Band, Of, prove, stretches
from kpis.catalogue import Catalogue, as_written
from kpis.definition import Bands, Kpi
from kpis.definition_files import Goal, Written
from kpis.reasons import difference
from kpis.widening import by_what_the_data_can_tell


def widened(written: Written, facts: Facts | None) -> Iterator[tuple[Problem, bool]]:
    """Each goal of the city itself whose bands are widened, and whether what comes of them is still proved."""
    definitions, place = written.definitions, written.definitions.city.place
    catalogue = _as_lists(as_written(written))
    last = facts.last_period(place) if facts else None
    if facts and last:
        catalogue = by_what_the_data_can_tell(catalogue, facts.replaced([place], last))
    own = {goal.kpi.id: goal for goal in written.goals}
    for name, bands in at_the_target(catalogue, definitions, place).items():
        kpi = catalogue.kpi[name]
        yield from _said(own[name], kpi, bands, catalogue.indicator(kpi.measure, definitions))


def at_the_target(catalogue: Catalogue, definitions: Definitions, place: str) -> dict[str, tuple[Band, ...]]:
    """The widened bands of the place's goals, by the goal's id, as they are when the target is due."""
    table = aims(catalogue, definitions, (place,)).table
    if "smallest" not in table.columns:
        return {}
    end = pl.coalesce("low", "target")
    arrived = table.filter(pl.col("target").is_not_null()).with_columns(
        value=end, due=end, attainment=pl.lit(1.0), status=pl.lit("on_track")
    )
    edges = with_bands(arrived, catalogue).select("kpi", "edges").iter_rows()
    found = {name: in_force(catalogue.kpi[name], places) for name, places in edges}
    return {name: bands for name, bands in found.items() if bands}


def _said(goal: Goal, kpi: Kpi, bands: tuple[Band, ...], indicator: Indicator) -> Iterator[tuple[Problem, bool]]:
    assert kpi.bands and kpi.smallest_difference
    least, of = difference(kpi.smallest_difference, indicator), _of(kpi)
    limits = (indicator.min, indicator.max) if of == "value" else (None, None)
    flaws = prove(bands, kpi.polarity if of == "value" else "higher", of, *limits)
    if flaws:
        message, hint = N_("widened to {least}, {flaw}"), N_("correct the bands, or `smallest_difference`")
        yield goal.problem("bands", message, hint, least=least, flaw=flaws[0]), False
        return
    message = N_("at the target its bands are widened to {least}, the least that the data can tell: {bands}")
    hint = N_("choose wider bands, or a target further away, if that is too coarse")
    yield goal.problem("bands", message, hint, least=least, bands=_changed(kpi.bands.scale, bands, of)), True


def _changed(before: tuple[Band, ...], after: tuple[Band, ...], of: Of) -> str:
    """The edges that moved: green from 0.9 to 0.5."""
    was: Mapping[str, Band] = {band.name: band for band in before}
    moved = [stretch.band for stretch in stretches(after, of) if stretch.band.start != was[stretch.band.name].start]
    return ", ".join(f"{band.name} begins at {band.start:g} instead of {was[band.name].start:g}" for band in moved)


def _as_lists(catalogue: Catalogue) -> Catalogue:
    """The catalogue with bands of two cuts as lists of three, which are widened alike."""
    kpis = tuple(kpi.model_copy(update={"bands": _listed(kpi)}) for kpi in catalogue.kpis)
    return Catalogue(kpis, catalogue.own_aims, catalogue.measures)


def _listed(kpi: Kpi) -> Bands | None:
    bands = kpi.bands_in_force
    if bands is None or bands.scale or (_of(kpi) == "value" and not kpi.sign):
        return bands if bands and bands.scale else None
    falls = _of(kpi) == "value" and kpi.sign < 0
    low, high = sorted((bands.on_track, bands.at_risk))
    names = ("on_track", "at_risk", "off_track") if falls else ("off_track", "at_risk", "on_track")
    held = ("to", "to", "neither") if falls else (None, None, None)  # each cut belongs to the better band
    ends = ((None, low), (low, high), (high, None))
    listed = tuple(
        Band.model_validate({"name": name, "status": name, "from": start, "to": end, "includes": includes})
        for name, (start, end), includes in zip(names, ends, held, strict=True)
    )
    return bands.model_copy(update={"listed": listed})


def _of(kpi: Kpi) -> Of:
    return "value" if kpi.basis == "absolute" else "share"
