"""What a preset is: a rule that somebody published, with its source, its bands, and which of our statuses each band means."""

from typing import Annotated, Literal

from pydantic import Field

from data.model import Id, Model, Text, Tuple
from kpis.bands import Band, BandStatus, Of

Formula = Literal[
    "ratio",
    "ratio_or_zero",
    "ratio_to_due",
    "progress",
    "on_schedule",
    "by_accumulation",
    "growth",
    "growth_near_limit",
    "normalised",
    "value",
    "lead",
]
Bands = Annotated[tuple[Band, ...], Tuple]
Columns = Annotated[tuple[Id, ...], Tuple]


class Mark(Model):
    """What a met target is called, where a rule asks for it before it looks at its bands."""

    name: Id
    status: BandStatus
    label: Text | None = None


class Rounding(Model):
    """To how many decimals the rule rounds its result before it reads the band."""

    decimals: int = Field(ge=0, le=6)
    way: Literal["up", "down", "near"] = "near"


class Scale(Model):
    """The bands of one indicator of a preset, with its two goalposts where its values are brought to one scale."""

    name: Text | None = None
    polarity: Literal["higher", "lower"] = "higher"
    low: float | None = Field(default=None, description="The worst value: 0 on the common scale")
    high: float | None = Field(default=None, description="The target: 1 on the common scale")
    note: Text | None = None
    bands: Bands


class RollUp(Model):
    """How the results of many rows become one."""

    cap: float | None = Field(default=None, description="No row counts for more than this")
    rounding: Rounding | None = None


class Preset(Model):
    """A file of kpis/presets/. `attainment` is how the rule measures; the bands are read off it, or off `read_off`."""

    name: Text
    official: bool = Field(description="Whether the owner of the rule published it as its own")
    source: str
    licence: str
    note: Text | None = None
    attainment: Formula
    read_off: Formula | None = None
    of: Of = "share"
    bases: Annotated[tuple[Id, ...], Tuple] = Field(default=(), description="The bases of a goal that these bands fit")
    needs: Columns
    may_have: Columns = ()
    one_of: Annotated[tuple[Columns, ...], Tuple] = Field(default=(), description="Sets of columns of which one whole set is needed")
    rounding: Rounding | None = None
    windows: Annotated[tuple[int, ...], Tuple] = Field(
        default=(), description="Days back from a series' latest entry over which its entries are also taken together"
    )
    cap: float | None = None
    met: Mark | None = None
    beyond: Mark | None = None
    roll_up: RollUp | None = None
    bands: Bands = ()
    scales: dict[str, Scale] = Field(default_factory=dict, description="Bands by indicator, or by case")

    def scale(self, indicator: str | None) -> Scale | None:
        """The bands of an indicator; of the preset itself, where it has the same for all."""
        if self.scales:
            return self.scales.get(indicator or "")
        return Scale(bands=self.bands)
