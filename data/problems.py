"""What is wrong with something a person gave us, said so that they can mend it.

A problem keeps its sentence and the values in it apart, so that the screen can translate the sentence.

    Refused            the input is wrong; `.problems` says everything that is (exit 1)
    NotPossibleNow     the input may be right, but not now: locked, disk full, no facts yet (exit 3)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a sentence for translation where it is written down; the screen translates it where it is shown."""
    return sentence


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one place of one file; a part that is not known is None.

    Problem("{found!r} is not a number", "write digits", path="june.csv", line=7, column="valor", values={"found": "n/a"})
    """

    message: str
    hint: str = ""
    path: str | None = None
    line: int | None = None
    column: str | int | None = None
    key: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The problem as commands print it: path, line, column, key, message, hint."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "key": self.key,
            "message": self.message.format(**self.values),
            "hint": self.hint.format(**self.values),
        }

    def __str__(self) -> str:
        """`june.csv:7: valor: 'n/a' is not a number; write digits`"""
        said = self.as_json()
        counted = isinstance(self.column, int) and self.key is None
        place = ":".join(str(part) for part in (self.path, self.line, self.column if counted else None) if part is not None)
        where = self.key if self.key is not None or counted else self.column
        text = f"{said['message']}; {said['hint']}" if said["hint"] else str(said["message"])
        return ": ".join(part for part in (place, None if where is None else str(where), text) if part)


class Refused(Exception):
    """The input is refused whole, and nothing was changed; `.problems` says everything wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = list(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def cause(error: OSError) -> str:
    """What the system says, such as `No space left on device`."""
    return error.strerror or type(error).__name__


class NotPossibleNow(Exception):
    """Nothing was changed, and the same may work later: the message says what stands in the way and what to do.

    NotPossibleNow("the file cannot be kept: {why}; make room and try again", why="No space left on device")

    Sentence and values are kept apart, to be translated. A whole number is an amount; one that is a name, as of a port, is given as text.
    """

    def __init__(self, sentence: str, **values: str | int) -> None:
        said = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        super().__init__(sentence.format(**said) if values else sentence)
        self.sentence, self.values = sentence, values
