"""When an action of a plan really began, by what was reported of it and what it reached."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from data.records.records import Records
from data.records.tables import milestone, node, plan, progress


@dataclass(frozen=True)
class Begun:
    """`day` is the first on which something was done, as reported or by a stage that was reached; `planned` is what the plan says."""

    day: date | None
    planned: date | None


def begun(records: Records, key: str) -> Begun | None:
    """Of the action with this key, in the mandate plan before others; None where no plan has it."""
    with records.read() as connection:
        mandate_first = select(node.c.id, node.c.starts).join(plan, plan.c.id == node.c.plan).where(node.c.key == key)
        found = connection.execute(mandate_first.order_by(plan.c.kind != "mandate", plan.c.key)).first()
        if found is None:
            return None
        reported = select(func.min(progress.c.day)).where(progress.c.node == found.id, progress.c.declared > 0)
        reached = select(func.min(milestone.c.done_on)).where(milestone.c.node == found.id)
        days = [connection.execute(each).scalar() for each in (reported, reached)]
        return Begun(min((day for day in days if day is not None), default=None), found.starts)


def action_keys(records: Records) -> list[str]:
    """The keys of all nodes of all plans."""
    with records.read() as connection:
        return list(connection.execute(select(node.c.key).distinct().order_by(node.c.key)).scalars())
