"""What was changed in a goal, when, by whom and why: its `changes:`, which stand in the goal's own file."""

from typing import Annotated

from pydantic import Field, StringConstraints

from data.model import Date, Id, Model, Tuple

Value = float | bool | str | None
Line = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Changed(Model):
    """One key, such as `target.value`, before and after; `place` where that place wants it of its own. None: not written."""

    key: Line
    place: Id | None = None
    before: Value = Field(default=None, alias="from", description="What it said before; nothing where it was not written")
    after: Value = Field(default=None, alias="to", description="What it says since; nothing where it was taken out")


class Change(Model):
    """One change of a goal, with its reason. `fields` is empty where only comments were changed, and for a new goal."""

    date: Date
    by: Line = Field(description="Who changed it")
    reason: Line = Field(description="Why it was changed")
    fields: Annotated[tuple[Changed, ...], Tuple] = ()
