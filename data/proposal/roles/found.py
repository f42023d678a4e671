"""What has been found out about the columns of a file so far."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

from data.ids import id_of
from data.ingest.joined import heading, joined
from data.problems import N_
from data.proposal.columns import Column
from data.proposal.matches import folded
from data.proposal.roles.words import ALL, DIMENSIONS, WORDS
from data.proposal.said import Guess, Role

DECLARED = N_("declared")
"""Why a column holds what a person says it does."""
JOINED: tuple[Role, ...] = ("place", "indicator", "period")
"""What several columns may say together."""
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

    def together(self, role: Role) -> list[Column]:
        """The columns of a role in the order in which they were settled: that in which a source joins them."""
        return [self.columns[at] for at, guess in self.guesses.items() if guess.role == role]

    def whole(self, role: Role) -> Column | None:
        """The column of a role; where several hold it together, one that holds their texts joined."""
        columns = self.together(role)
        if len(columns) < 2:
            return next(iter(columns), None)
        # By their numbers, as a file may call two columns the same.
        texts = pl.DataFrame([pl.Series(str(column.at), column.texts, dtype=pl.String) for column in columns])
        name = heading([column.name for column in columns])
        return replace(columns[0], name=name, texts=tuple(joined(texts, texts.columns, role)), native=frozenset())

    def settle(self, column: Column, role: Role, why: str, meaning: str | None = None, **values: object) -> None:
        dimension = _dimension(column) if role == "segment" and not column.words & WORDS["segment"] else None
        about = column.examples, column.unit, meaning, dimension, column.dated
        self.guesses[column.at] = Guess(column.name, role, why, values, *about)


def _dimension(column: Column) -> str:
    return next((DIMENSIONS[word] for word in folded(column.name).split() if word in DIMENSIONS), id_of(column.name, ()))
