"""One row of a plan table, read by a map: its words, days and figures, and what is wrong with any of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.city import Area
from data.ingest.fault import Fault
from data.ingest.names import Register
from data.places import Place
from data.plan_files import days, numbers
from data.plan_files.cells import Row, Table
from data.plan_files.plan_map import Budget, PlanMap, Worded
from data.plan_files.status_words import says_nothing, status_of
from data.plan_files.words import one_line, shown
from data.plans.document import LineEntry, Words
from data.problems import N_, Problem


@dataclass(frozen=True)
class Setting:
    """What a file leans on: the city's place and currency, and the places, areas, posts and commitment types that it may name."""

    place: str = "city"
    currency: str = "EUR"
    places: tuple[Place, ...] = ()
    areas: tuple[Area, ...] = ()
    posts: Mapping[str, int] = field(default_factory=dict)
    ladders: tuple[str, ...] = ()


Warned = tuple[str, str, str]
"""Column, message and text of a warning: said once for all rows that have it."""


class RowReader:
    """Reads the rows of one table. `problems` refuse the file; `warned` counts odd texts, with the first line of each."""

    def __init__(self, columns: Mapping[str, int], told: PlanMap, setting: Setting, name: str = "", *, workbook: bool = False) -> None:
        self.at, self.map, self.setting, self.name, self.workbook = columns, told, setting, name, workbook
        self.marks = numbers.Marks(told.decimal, told.thousands)
        self.problems: list[Problem] = []
        self.warned: dict[Warned, tuple[Problem, int]] = {}
        self.orders: dict[str, tuple[str, ...]] = {}
        self.places = Register("place", setting.places, told.places)
        self.areas = Register("area", setting.areas, told.areas)

    def look_at(self, table: Table, *, day_first: bool) -> None:
        """Find out whether the columns of days have the day or the month first; what a column does not tell, `day_first` may."""
        for column in (self.map.starts, self.map.ends):
            if column is not None and not self.map.orders:
                found = days.order_of(row.cells[self.at[column]] for row in table.rows if self.at[column] < len(row.cells))
                if isinstance(found, Fault) and not day_first:
                    self.problems.append(Problem(found.message, found.hint, self.name, table.head[-1].line, column, values=found.values))
                elif not isinstance(found, Fault):
                    self.orders[column] = (found,) if found else ()

    def text(self, row: Row, column: str | None) -> str:
        """The cell of a column, trimmed; "" where the row or the file has none."""
        at = self.at.get(column) if column is not None else None
        return row.cells[at].strip() if at is not None and at < len(row.cells) else ""

    def words(self, row: Row, said: Worded | None, read: Callable[[str], str]) -> Words | None:
        """A text, or one for each language that has any."""
        if isinstance(said, dict):
            found = {language: text for language, column in said.items() if (text := read(self.text(row, column)))}
            return found or None
        return read(self.text(row, said)) or None

    def name_of(self, row: Row) -> Words | None:
        below = self.map.name_below
        return one_line(self.text(row, below)) if self.text(row, below) else self.words(row, self.map.name, one_line)

    def fields(self, row: Row) -> dict[str, Any]:
        """The columns of the table `node` that the row says something of."""
        told = self.map
        status, word = self._status(row)
        found: dict[str, Any] = {
            "description": self.words(row, told.description, shown), "limits": self.words(row, told.limits, shown),
            "status": status, "status_text": word, "declared": self._progress(row),
            "starts": self._day(row, told.starts), "ends": self._day(row, told.ends, last=True),
            "area": self._named(row, told.area, self.areas), "place": self._named(row, told.place, self.places),
            "latitude": self._degrees(row, told.latitude, 90), "longitude": self._degrees(row, told.longitude, 180),
            "weight": self._amount(row, told.weight), "beneficiaries": self._amount(row, told.beneficiaries), "sdg": self._sdg(row),
        }  # fmt: skip
        if told.works:
            found["work"] = True
        return {name: value for name, value in found.items() if value is not None}

    def lines(self, row: Row) -> tuple[LineEntry, ...]:
        """The budget lines of the row; one of which nothing is said is none."""
        return tuple(line for number, budget in enumerate(self.map.budget) if (line := self.line(row, budget, number)))

    def line(self, row: Row, budget: Budget, number: int) -> LineEntry | None:
        """One budget line of the row; None where nothing is said of it."""
        phases: dict[str, float] = {}
        for phase, columns in budget.phases.items():
            found = [amount for column in columns if (amount := self._amount(row, column)) is not None]
            if found:
                phases[phase] = _exact(sum(found) * budget.factor)
        if not phases:
            return None
        code = self.text(row, budget.code) or (budget.name if isinstance(budget.name, str) else None) or f"{number + 1}"
        currency = budget.currency or self.setting.currency
        return LineEntry(code=one_line(code)[:80], currency=currency, phases=phases, name=budget.name, year=budget.year)

    def _status(self, row: Row) -> tuple[str | None, str | None]:
        text = self.text(row, self.map.status)
        if not text:
            return None, None
        if text in self.map.status_words:
            return self.map.status_words[text], text
        found = status_of(text)
        if found is None and not says_nothing(text):
            hint = N_("it is kept as text; a map says under `status_words` what it means")
            self.warn(row, self.map.status, N_("{found!r} is no status that is known"), hint, text)
        return found, text

    def _progress(self, row: Row) -> float | None:
        told = self.map.declared
        if told is None:
            return None
        if told.of and told.over:
            done, whole = self._amount(row, told.of), self._amount(row, told.over)
            return None if done is None or not whole else min(100.0, 100 * done / whole)
        text = self.text(row, told.column)
        if says_nothing(text):
            return None
        found = self._checked(row, told.column, numbers.percent(text, self.marks))
        return found if found is None or not told.share else _exact(100 * found)

    def _amount(self, row: Row, column: str | None) -> float | None:
        text = self.text(row, column)
        if column is None or text in ("", "-", "–"):
            return None
        if self.workbook and column in self.at and row.marked(self.at[column]) and numbers.PLAIN.fullmatch(text):
            return float(text)
        return self._checked(row, column, numbers.amount(text, self.marks))

    def _day(self, row: Row, column: str | None, *, last: bool = False) -> date | None:
        text = self.text(row, column)
        if column is None or not text:
            return None
        return self._checked(row, column, days.day(text, self.map.orders or self.orders.get(column, ()), last=last))

    def _degrees(self, row: Row, column: str | None, most: int) -> float | None:
        text = self.text(row, column)
        found = self._checked(row, column, numbers.percent(text, self.marks)) if text else None
        if found is not None and abs(found) > most:
            self.warn(row, column, N_("{found} is no place on earth"), N_("it is left out; correct the file"), text)
            return None
        return found

    def _sdg(self, row: Row) -> list[str] | None:
        """Numbers of goals, as `11, 13` or `11. Ciudades y comunidades sostenibles`; words without a number say none."""
        found = [re.match(r"\s*(\d{1,2})\b", part) for part in self.text(row, self.map.sdg).replace(",", ";").split(";")]
        return [str(int(match[1])) for match in found if match] or None

    def _named(self, row: Row, column: str | None, register: Register) -> str | None:
        text = one_line(self.text(row, column))
        if not text:
            return None
        found = register.find(text)
        if isinstance(found, Fault):
            hint = N_("it is kept with its row; name the {what} in the map, or define it")
            self.warn(row, column, N_("{found!r} is not a known {what}"), hint, text, what=register.what)
            return None
        return found

    def _checked(self, row: Row, column: str | None, found: Any) -> Any:
        if not isinstance(found, Fault):
            return found
        if self.map.unreadable == "keep":
            self.warn(row, column, found.message, N_("it is kept with its row, and not used"), self.text(row, column), **found.values)
        else:
            self.problems.append(Problem(found.message, found.hint, self.name, row.line, column, values=found.values))
        return None

    def warn(self, row: Row, column: str | None, message: str, hint: str, text: str, **values: object) -> None:
        """Something that is odd and kept; said once for each text."""
        made = Problem(message, hint, self.name, row.line, column, values={"found": text[:80], **values})
        before, count = self.warned.get((column or "", message, text), (made, 0))
        self.warned[column or "", message, text] = before, count + 1

    def warnings(self) -> Iterator[Problem]:
        """Each odd text, on the first line that has it."""
        yield from (problem for problem, _ in self.warned.values())


def _exact(number: float) -> float:
    """Without the last digits that only come from counting in twos: 0.29 times 100 is 29."""
    return float(f"{number:.15g}")
