"""The city whose panel this is: name, mandate, areas, and how its country writes things (`data/city.yaml`)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from data.model import Date, Id, Model, Text, Tuple
from data.periods import Month


class Axis(Model):
    """A main line of the mandate plan, under which goals are shown."""

    id: Id
    name: Text


class Mandate(Model):
    """The government's term."""

    start: Date
    end: Date
    axes: Annotated[tuple[Axis, ...], Tuple] = ()


class Area(Model):
    """A unit of the administration that owns goals and data."""

    id: Id
    name: Text


class Event(Model):
    """Something that a chart should remember, such as the day a policy began.

    It concerns all indicators unless it names some, and the city with its districts unless it names other places. For
    those that it names, what was usual before it no longer says what is unusual after it.
    """

    date: Date
    name: Text
    indicators: Annotated[tuple[Id, ...], Tuple] = ()
    places: Annotated[tuple[Id, ...], Tuple] = ()


class Colours(Model):
    """The city's own colour, as `#0b6b74`, dark enough to be read on white, and a light one for dark screens.

    Charts and maps have them at once, links and controls when the panel is started again (`python -m dashboards serve`).
    """

    brand: str = Field(default="#0b6b74", pattern=r"^#[0-9a-f]{6}$")
    brand_dark: str = Field(default="#5cc2c9", pattern=r"^#[0-9a-f]{6}$")


Module = Literal["goals", "plan", "explorer", "foresight", "load", "quality", "workshop"]


class City(Model):
    """One installation's city. `place` is the city's own id in places.yaml; `demo` marks the invented city."""

    name: Text
    place: Id
    mandate: Mandate
    areas: Annotated[tuple[Area, ...], Tuple]
    locale: Literal["es_ES", "es_MX", "es_CO", "es_AR", "es_CL", "en_US", "en_GB"] = "es_ES"
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")
    colours: Colours = Colours()
    events: Annotated[tuple[Event, ...], Tuple] = ()
    modules: Annotated[tuple[Module, ...], Tuple] = ("goals", "plan", "explorer", "foresight", "load", "quality", "workshop")
    review_day: int = Field(default=10, ge=1, le=28, description="Day of the following month on which a month is reviewed")
    fiscal_year_starts: int = Field(
        default=1,
        ge=1,
        le=12,
        description="Month in which the year begins over which values are added up; it is named by the one it ends in",
    )
    fetch_hosts: Annotated[tuple[str, ...], Tuple] = Field(
        default=(), description="Names of the servers that any source may be fetched from: data.example.org"
    )
    demo: bool = False

    def reviewed(self, month: Month) -> date:
        """The day on which a month is reviewed, and to which ages are counted."""
        return month.plus(1).first.replace(day=self.review_day)
