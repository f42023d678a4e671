"""The demo city's area Housing and works: who reports there, and the actions of the mandate plan as the records hold them."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from data.home import Home
from data.plans.reading import plans
from data.records.records import records
from data.records.tables import node

EDITOR, COLLEAGUE = "Clara Montalbán Rey", "Iván Espejo Luna"


def action(home: Path, key: str) -> dict[str, Any]:
    """An action's row, by its number in the plan."""
    held = records(Home(home))
    mandate = plans(held)[0].id
    with held.read() as connection:
        return dict(connection.execute(select(node).where(node.c.plan == mandate, node.c.key == key)).mappings().one())
