"""What a whole plan is: its name, kind, days, level names, and how its parts weigh. A decision changes it, as it does a promise."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor
from data.plans.checking import adds_up
from data.plans.deciding import Decision, next_version, require_days, require_told
from data.plans.difference import plain
from data.plans.earlier import SETTLED
from data.plans.objects import PLAN
from data.plans.vocabulary import KINDS, WEIGHTS
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import decision, node, plan
from data.records.writing import Write


def settle(records: Records, actor: Actor, told: Decision, at: datetime | None = None, **changes: Any) -> int:
    """Record a decision and change by it what a plan is, both or neither; returns the plan's version in force.

    Raises Refused where nothing would change, a word is not known, or levels are more or fewer; NotAllowed, Gone.
    """
    if not set(changes) <= set(SETTLED):
        raise ValueError(f"not of a whole plan: {sorted(set(changes) - set(SETTLED))}")
    require_told(told)
    with records.write(actor, at) as write:
        write.doing("change_plan", PLAN)
        now = write.row(plan, told.plan)
        _require(now, changes)
        if changes.get("weights") == "manual":
            _require_weights(write, told.plan)
        moved = {name: value for name, value in changes.items() if value != now[name]}
        if not moved:
            raise Refused([Problem(N_("the plan is like this already"), N_("nothing is left to do"))])
        write.update(plan, told.plan, now["version"], **moved)
        said = [{"node": None, "field": name, "was": plain(now[name]), "is": plain(value)} for name, value in moved.items()]
        next_version(write, told.plan, write.insert(decision, **vars(told)), said)
        return now["number"] + 1


def _require(now: dict[str, Any], changes: dict[str, Any]) -> None:
    for name, known in (("kind", KINDS), ("weights", WEIGHTS)):
        if changes.get(name, known[0]) not in known:
            values = {"found": changes[name], "name": name, "known": ", ".join(known)}
            raise Refused([Problem(N_("{found} is no {name}"), N_("write one of: {known}"), values=values)])
    if len(changes.get("levels", now["levels"])) != len(now["levels"]):
        values = {"found": len(changes["levels"]), "expected": len(now["levels"])}
        hint = N_("name each of them, from the top down")
        raise Refused([Problem(N_("{found} level names for {expected} levels"), hint, values=values)])
    require_days({**now, **changes})


def _require_weights(write: Write, plan_id: int) -> None:
    """The weights that are to count add up under each part of the plan, as they must in a file."""
    rows = write.connection.execute(select(node.c.key, node.c.id, node.c.parent, node.c.weight).where(node.c.plan == plan_id)).all()
    keys = {row.id: row.key for row in rows}
    groups: dict[int | None, list[float | None]] = {}
    for row in rows:
        groups.setdefault(row.parent, []).append(row.weight)
    message = N_("the weights of the {count} rows under {parent} add up to {total:g}")
    hint = N_("give every row of the group a weight, so that they add up to 100 or to 1")
    wrong = [
        Problem(
            message, hint, values={"count": len(given), "parent": keys.get(parent or 0, "-"), "total": sum(each or 0 for each in given)}
        )
        for parent, given in groups.items()
        if not adds_up(given)
    ]
    if wrong:
        raise Refused(wrong)


def read_level(text: str) -> dict[str, str]:
    """`Eje/Ejes`: what one is called and what many are; a single word is both."""
    one, _, many = (part.strip() for part in text.partition("/"))
    return {"one": one, "many": many or one}
