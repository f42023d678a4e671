"""A file that a city might send, and what a careful reader must make of it, cell by cell."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

COLUMNS = {"place": "place", "period": "period", "value": "value"}
HEADER = "place,period,value\n"

Cell = tuple[str, str, float | str] | tuple[str, str, float | str, str]
"""Place, period as we write it, the value or the reason why it is missing, and the segment where there is one."""
Place = tuple[int, str | int | None]
"""Line and column."""
Content = bytes | Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """`accept` loads exactly `cells`; `rows` refuses exactly the `refused` places and would load `cells`; `refuse` loads nothing.

    Every one of `words` stands in what is said. `heavy` files are read in a process of their own that is measured.
    """

    name: str
    about: str
    content: Content = field(repr=False)
    verdict: Literal["accept", "rows", "refuse"]
    declare: dict[str, Any]
    cells: tuple[Cell, ...] = ()
    refused: frozenset[Place] = frozenset()
    words: tuple[str, ...] = ()
    line: int | None = None
    heavy: bool = False

    @property
    def bytes(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content()


def declared(often: str = "months", columns: dict[str, Any] | None = None, **keys: Any) -> dict[str, Any]:
    """What the source says: a file of place, period and value, measured as often as the indicator's name says."""
    whole = keys.pop("all", {})
    return {"columns": columns or COLUMNS, "all": {"indicator": often, **whole}, **keys}


def accept(name: str, about: str, content: Content | str, cells: Iterable[Cell], **declare: Any) -> Case:
    return Case(name, about, _bytes(content), "accept", declared(**declare), tuple(cells))


def rows(
    name: str,
    about: str,
    content: Content | str,
    refused: Iterable[Place],
    words: Sequence[str],
    cells: Iterable[Cell] = (),
    **declare: Any,
) -> Case:
    return Case(name, about, _bytes(content), "rows", declared(**declare), tuple(cells), frozenset(refused), tuple(words))


def refuse(
    name: str, about: str, content: Content | str, *words: str, line: int | None = None, heavy: bool = False, **declare: Any
) -> Case:
    return Case(name, about, _bytes(content), "refuse", declared(**declare), words=words, line=line, heavy=heavy)


def one(value: str, period: str = "2025-04", place: str = "aurora") -> str:
    """A file of one row."""
    return f"{HEADER}{place},{period},{value}\n"


def two(value: str) -> str:
    """A file whose first row is good, and whose second has this value."""
    return f"{HEADER}aurora,2025-04,1\nbruma,2025-04,{value}\n"


GOOD: Cell = ("aurora", "2025-04", 1)
"""The good row of `two`."""


def _bytes(content: Content | str) -> Content:
    return content.encode() if isinstance(content, str) else content
