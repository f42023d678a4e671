"""The city whose panel this is: name, mandate, areas, and how its country writes things (`data/city.yaml`)."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from data.model import Date, Id, Model, Text, Tuple
from data.periods import Month

ADDRESS = r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+"
"""An e-mail address that can stand alone in the head of a letter."""


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


class Cycle(Model):
    """The last day of each phase of a review, in the month after the one that is reviewed; what is left of that month is for closing."""

    collect: int = Field(default=5, ge=1, le=28)
    analyse: int = Field(default=10, ge=1, le=28)
    risk: int = Field(default=15, ge=1, le=28)

    @model_validator(mode="after")
    def _in_order(self) -> "Cycle":
        if not self.collect < self.analyse < self.risk:
            raise ValueError("the last days of collect, analyse and risk come one after another")
        return self


class Mail(Model):
    """The server by which reminders are sent, and as whom; only `python -m dashboards remind --send` asks it.

    `tls` is `starttls` (begun in the open, then sealed), `implicit` (sealed from the first word, as on port 465), or `none`, by which no
    password is ever sent. The password stands in no file: it is in the environment, as MANDATO_MAIL_PASSWORD, and `user` is whose it is.
    """

    host: str = Field(min_length=1, max_length=253)
    port: int = Field(default=587, ge=1, le=65535)
    sender: str = Field(alias="from", max_length=254)
    user: str | None = Field(default=None, description="Who signs in with the password; the address in `from` unless named")
    tls: Literal["starttls", "implicit", "none"] = "starttls"

    @field_validator("sender")
    @classmethod
    def _an_address(cls, sender: str) -> str:
        if not re.fullmatch(ADDRESS, sender):
            raise ValueError("the sender is one e-mail address, such as panel@city.example")
        return sender


Module = Literal[
    "work", "goals", "plan", "explorer", "foresight", "assessments", "impact", "compare", "meetings", "load", "quality",
    "workshop", "cities",
]  # fmt: skip


class City(Model):
    """One installation's city. `place` is the city's own id in places.yaml; `demo` marks the invented city."""

    name: Text
    place: Id
    mandate: Mandate
    areas: Annotated[tuple[Area, ...], Tuple]
    locale: Literal["es_ES", "es_MX", "es_CO", "es_AR", "es_CL", "en_US", "en_GB"] = "es_ES"
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")
    colours: Colours = Colours()
    arms: str | None = Field(
        default=None,
        pattern=r"^data/[A-Za-z0-9_-]+\.svg$",
        description="The coat of arms that reports and slides carry: an SVG file beside the definitions, such as data/arms.svg",
    )
    events: Annotated[tuple[Event, ...], Tuple] = ()
    modules: Annotated[tuple[Module, ...], Tuple] = (
        "work", "goals", "plan", "explorer", "foresight", "assessments", "impact", "compare", "meetings", "load", "quality", "workshop",
    )  # fmt: skip
    review_day: int = Field(default=10, ge=1, le=28, description="Day of the following month on which a month is reviewed")
    cycle: Cycle = Cycle()
    mail: Mail | None = None
    fiscal_year_starts: int = Field(
        default=1,
        ge=1,
        le=12,
        description="Month in which the year begins over which values are added up; it is named by the one it ends in",
    )
    social_rate: float | None = Field(
        default=None,
        ge=0,
        le=20,
        description="Social rate of discount, percent a year: 4 for 4 %; an appraisal of options may declare its own",
    )
    fetch_hosts: Annotated[tuple[str, ...], Tuple] = Field(
        default=(), description="Names of the servers that any source may be fetched from: data.example.org"
    )
    demo: bool = False

    def reviewed(self, month: Month) -> date:
        """The day on which a month is reviewed, and to which ages are counted."""
        return month.plus(1).first.replace(day=self.review_day)
