"""What is being typed into a table: kept in the visit as it is, and what of it was touched in the records, as a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from dashboards import formats
from dashboards import session as visit
from dashboards.session import Session
from data import drafts

Desk = TypeVar("Desk")
Key = TypeVar("Key", int, str)
Row = TypeVar("Row")


@dataclass(frozen=True)
class Keeping(Generic[Desk, Key, Row]):
    """Where the tables of one kind are kept, each by its form; a draft calls its rows `part`."""

    desk: TypeAdapter[Desk]
    rows: TypeAdapter[dict[Key, Row]]
    part: str

    def read(self, form: str) -> Desk | None:
        """The table as this visit left it; None where it has none, or one of another program."""
        held = visit.left(_key(form))
        try:
            return self.desk.validate_json(held) if isinstance(held, str) else None
        except ValidationError:
            return None

    def write(self, form: str, desk: Desk) -> None:
        visit.put(_key(form), self.desk.dump_json(desk).decode())

    def forget(self, form: str, number: int) -> None:
        """The table is filled anew in the next run, under the next number."""
        visit.put(_key(form), None)
        visit.put(f"{_key(form)} number", number + 1)

    def number(self, form: str) -> int:
        """The number of the next table of the form."""
        number = visit.left(f"{_key(form)} number")
        return number if isinstance(number, int) else 0

    def draft(self, session: Session, form: str, touched: Mapping[Key, Row]) -> None:
        """Keep the rows that were touched; where none is, there is no draft."""
        assert session.actor is not None
        if touched:
            drafts.keep(session.records, session.actor, form, {self.part: self.rows.dump_python(dict(touched), mode="json")})
        else:
            drafts.drop(session.records, session.actor, form)

    def drafted(self, session: Session, form: str, among: Mapping[Key, Any]) -> tuple[dict[Key, Row], str]:
        """The rows of the draft that are still there, and since when it is kept, in words."""
        assert session.actor is not None
        found = drafts.kept(session.records, session.actor, form)
        if found is None:
            return {}, ""
        content, at = found
        try:
            kept = {key: row for key, row in self.rows.validate_python(content[self.part]).items() if key in among}
        except (KeyError, ValidationError):
            return {}, ""
        return kept, formats.moment(at, session.locale)


def _key(form: str) -> str:
    return f"desk {form}"
