"""What has been found out about the columns of a file so far."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from data.ids import id_of
from data.problems import N_
from data.proposal.columns import Column
from data.proposal.matches import folded
from data.proposal.roles.words import ALL, DIMENSIONS, WORDS
from data.proposal.said import Guess, Role

DECLARED = N_("declared")
"""Why a column holds what a person says it does."""
Kind = Literal["periods", "indicators", "places"]


@dataclass
class Roles:
    """What has been found so far: a guess for each column that is settled, and what the wide columns are.

    `hint` are the words that stand beside the periods of wide columns; `rivals` are columns of which one holds the values.
    """

    columns: Sequence[Column]
    guesses: dict[int, Guess] = field(default_factory=dict)
    kind: Kind | None = None
    hint: str = ""
    rivals: tuple[Column, ...] = ()
    leave_out: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def wholes(self) -> dict[str, str]:
        """The texts of segments that mean all of a dimension: "" to a source."""
        texts = [text for column in self.of("segment") for text in column.said]
        return {text: "" for text in texts if re.fullmatch(ALL, text, re.IGNORECASE)}

    @property
    def left(self) -> list[Column]:
        return [column for column in self.columns if column.at not in self.guesses]

    def of(self, role: Role) -> list[Column]:
        return [column for column in self.columns if column.at in self.guesses and self.guesses[column.at].role == role]

    def settle(self, column: Column, role: Role, why: str, meaning: str | None = None, **values: object) -> None:
        dimension = _dimension(column) if role == "segment" and not column.words & WORDS["segment"] else None
        self.guesses[column.at] = Guess(column.name, role, why, values, column.examples, column.unit, meaning, dimension)


def _dimension(column: Column) -> str:
    return next((DIMENSIONS[word] for word in folded(column.name).split() if word in DIMENSIONS), id_of(column.name, ()))
