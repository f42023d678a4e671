"""A report of any length: what stands in it, in the reader's words, apart from how it is written (pdf.py, pptx.py, html.py)."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.reports.content import Bar, Picture, Table


@dataclass(frozen=True)
class Series:
    """The values of one line or group of bars; None leaves a gap. A dashed one is a path or a plan; `brand` is the city's own."""

    name: str
    values: Sequence[float | None]
    dashed: bool = False
    brand: bool = False


@dataclass(frozen=True)
class Chart:
    """Lines over time or bars side by side. The title says what is found, `alt` all of it in words; labels are the axis's, as texts."""

    title: str
    kind: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str
    alt: str


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it, in this order: sentences, bars, charts, pictures, tables.

    `notes` are for whoever speaks: slides carry them beside what they show, paper does not. On paper, what has a `column`, main or side,
    stands with the others of its column below the head of the report, the two beside each other; all else follows over the whole width.
    """

    title: str
    said: Sequence[str] = ()
    bars: Sequence[Bar] = ()
    charts: Sequence[Chart] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    new_page: bool = False
    notes: Sequence[str] = ()
    column: str = ""


@dataclass(frozen=True)
class Document:
    """A whole report: of which kind, language and region (`es`, `ES`); the city, its colour and, as SVG, its arms where it has them.

    `pages` is how many it may have at most on paper; 0: as many as it takes.
    """

    kind: str
    language: str
    region: str
    city: str
    brand: str
    title: str
    about: str
    sentence: str
    sections: Sequence[Section]
    foot: Sequence[str] = ()
    arms: str | None = None
    pages: int = 0

    @property
    def locale(self) -> str:
        """How its numbers are written: es_ES."""
        return f"{self.language}_{self.region}" if self.region else self.language
