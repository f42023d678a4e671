"""What earlier meetings decided about the same thing: never a later one's word, which nobody knew at the meeting."""

from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
ABOUT: tuple[str, ...] = ("goal", "node", "concern", "follow_up")
"""What an item and a decision may be about; free words are about nothing that comes back."""


def decided_before(decisions: Iterable[Row], meeting: Row, item: Row) -> list[Row]:
    """Of data.meetings.notes.decisions, in their order, those about the same as an item, of other meetings up to the day of its own."""
    earlier = (row for row in decisions if row["meeting"] != meeting["id"] and row["day"] <= meeting["day"])
    return [row for row in earlier if any(row[name] is not None and row[name] == item[name] for name in ABOUT)]
