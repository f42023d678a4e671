"""A small city for tests of proposals: what it knows, and how a file is proposed and then read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.definitions import Definitions, load
from data.home import Home
from data.ingest import read
from data.proposal import Proposal, propose, source_of

CITY = """
name: Aurora
place: aurora
mandate: {start: 2023-01-01, end: 2026-12-31}
areas: [{id: hall, name: Town hall}]
"""
PLACES = """
places:
  - {id: aurora, name: Aurora}
  - {id: centro, name: {es: Centro, en: Old Centre}, kind: district, parent: aurora}
  - {id: san_martin, name: {es: San Martín, en: Saint Martin}, kind: district, parent: aurora}
  - {id: ribera, name: Ribera Alta, kind: district, parent: aurora}
"""
MEASURED = (
    ("population", "{es: Población, en: Population}", "year"),
    ("income", "{es: Renta media, en: Mean income}", "year"),
    ("jobless", "{es: Paro registrado, en: Registered unemployed}", "month"),
    ("sales", "{es: Ventas, en: Sales}", "quarter"),
    ("noise", "{es: Ruido, en: Noise}", "day"),
)
INDICATORS = "themes: [{id: life, name: Life}]\nindicators:\n" + "".join(
    f"  - {{id: {name}, name: {words}, unit: x, kind: level, frequency: {frequency}, theme: life, source: x, owner: hall}}\n"
    for name, words, frequency in MEASURED
)


def definitions(folder: Path) -> Definitions:
    """What the city knows: four places, and an indicator for each of year (two), month, quarter and day."""
    home = Home(folder)
    home.city.parent.mkdir(parents=True, exist_ok=True)
    for path, text in ((home.city, CITY), (home.places, PLACES), (home.indicators, INDICATORS)):
        path.write_text(text, encoding="utf-8")
    return load(home)


def proposed(folder: Path, known: Definitions, text: str | bytes, given: Mapping[str, Any] = {}, name: str = "file.csv") -> Proposal:
    """The proposal for a file of this text."""
    path = folder / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return propose(path, known, name, given=given)


def rows(folder: Path, known: Definitions, found: Proposal, choices: Mapping[str, Any] = {}, name: str = "file.csv") -> list[tuple]:
    """What the proposed source reads: place, indicator, segment, period, value or why it is missing."""
    frame = read(folder / name, source_of(found, choices), known, name).rows
    parts = frame.select("place", "indicator", "segment", "period", "value", "flag").iter_rows()
    return [
        (place, indicator, segment, period.isoformat(), flag if value is None else value)
        for place, indicator, segment, period, value, flag in parts
    ]


def said(found: Proposal) -> str:
    """Every sentence of a proposal, for looking into."""
    spoken = [*found.questions, *found.remarks, *found.problems]
    sentences = [one.message.format(**one.values) for one in spoken]
    return "\n".join([*sentences, *(guess.why.format(**guess.values) for guess in found.guesses)])
