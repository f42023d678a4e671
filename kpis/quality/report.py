"""Everything that is to be said about the data of one place and its districts in one month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.periods import Month
from kpis.quality.cuts import cuts
from kpis.quality.duplicates import duplicates
from kpis.quality.finding import URGENCIES, Finding, Found, Part
from kpis.quality.freshness import ages, freshness
from kpis.quality.gaps import gaps
from kpis.quality.jumps import jumps
from kpis.quality.owners import owners
from kpis.quality.pile import piles
from kpis.quality.revisions import revisions
from kpis.quality.series import in_order, pairs, real
from kpis.quality.spikes import spikes

RECENT = 24
"""Months for which a jump or a large revision is worth a check: of what is older, somebody has long known or will never find out."""


@dataclass(frozen=True)
class Report:
    """What each part found, the most urgent first, in the values known of periods up to the month's end.

    `series` holds each series with a value, as indicator and place; `ages` is the table of kpis.quality.freshness, and
    `values` all real values: indicator, place, period, value.
    """

    parts: Mapping[Part, Found]
    series: tuple[tuple[str, str], ...]
    ages: pl.DataFrame
    values: pl.DataFrame
    review: date

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for found in self.parts.values() for finding in found.findings)


def report(facts: Facts, definitions: Definitions, place: str, month: Month) -> Report:
    """Reads the place and its districts; of other cities only whether an owner ever loaded anything of them. Totals only."""
    places = [place, *(other.id for other in definitions.places if other.parent == place)]
    series = in_order(facts.observations(places=places, until=month.last), definitions)
    known = [indicator.id for indicator in definitions.indicators]
    replaced = facts.replaced(places, month.last).filter(pl.col("indicator").is_in(known))
    expected = _expected(definitions, place)
    review = definitions.city.reviewed(month)
    since = month.plus(-RECENT).last
    piled = piles(series, definitions)
    found: dict[Part, Found] = {
        "owners": owners(series, facts.bringing(month.last), facts.loads(), definitions, expected, place, review),
        "freshness": freshness(series, definitions, expected, place, review),
        "gaps": gaps(series, definitions),
        "duplicates": duplicates(series, definitions),
        "cuts": cuts(series, definitions, piled),
        "spikes": spikes(series, definitions, piled),
        "jumps": jumps(series, definitions, since),
        "revisions": revisions(series, replaced, definitions, since),
    }
    values = real(series)
    ordered: dict[Part, Found] = {part: Found(_together(one.findings, places), one.untold) for part, one in found.items()}
    return Report(ordered, pairs(values), ages(series, definitions, review), values.select("indicator", "place", "period", "value"), review)


def _expected(definitions: Definitions, place: str) -> tuple[str, ...]:
    """The city should have every indicator; which of them its districts have, and other cities publish, nobody has promised."""
    return tuple(indicator.id for indicator in definitions.indicators) if place == definitions.city.place else ()


def _together(findings: Iterable[Finding], places: list[str]) -> tuple[Finding, ...]:
    """The most urgent first; the same thing found at several places is one finding, which speaks of the first of them."""
    groups: dict[tuple, Finding] = {}
    for finding in sorted(findings, key=lambda found: min(places.index(place) for place in found.places)):
        key = _key(finding)
        first = groups.get(key)
        groups[key] = finding if first is None else replace(first, places=(*first.places, *finding.places))
    return tuple(sorted(groups.values(), key=lambda found: (URGENCIES.index(found.urgency), -found.weight)))


def _key(finding: Finding) -> tuple:
    """What makes two findings one: rule, indicator and when; revisions of an indicator belong together whenever they were."""
    when = () if finding.part in ("revisions", "gaps") else tuple(row.period for row in finding.rows)
    alone = finding.places if finding.part in ("duplicates", "owners") else ()
    rule = "" if finding.part == "jumps" else finding.rule  # the same event, wherever it lasted longer
    return rule, finding.indicators, when, alone
