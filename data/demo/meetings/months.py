"""What became of the reviews, as it is written down: months that were closed, and values that areas typed; read strictly."""

from pathlib import Path
from typing import Annotated

from data.definitions import Definitions
from data.demo.plan.story import MonthText
from data.model import Date, Id, Model, Tuple, read_model
from data.yaml_file import read_yaml

FILE = Path(__file__).parent / "months.yaml"


class Reopened(Model):
    day: Date
    why: str


class Closed(Model):
    """A month that was closed on a day, why without what was missing, and whether it was opened again."""

    month: MonthText
    day: Date
    accepted: str
    reopened: Reopened | None = None


class Returned(Model):
    day: Date
    question: str


class Typed(Model):
    """Values of one indicator by their places, in its unit; sent on the day on which they are typed, unless they stay a `draft`."""

    indicator: Id
    by: Id
    day: Date
    values: dict[str, float]
    said: str | None = None
    draft: bool = False
    validated: Date | None = None
    returned: Returned | None = None


class Values(Model):
    """What areas typed for a month's review; what was validated by the day `published` is loaded then."""

    month: MonthText
    published: Date
    typed: Annotated[tuple[Typed, ...], Tuple]


class MonthFile(Model):
    closed: Annotated[tuple[Closed, ...], Tuple]
    values: Values


def months(definitions: Definitions) -> MonthFile:
    """The file of the months, with the values of those indicators that are defined."""
    told = read_model(MonthFile, read_yaml(FILE, f"data/demo/meetings/{FILE.name}"))
    known = tuple(each for each in told.values.typed if each.indicator in definitions.indicator)
    return told.model_copy(update={"values": told.values.model_copy(update={"typed": known})})
