"""What an import changes, in lists for programs and in lines for people."""

from typing import Any

from data.command_line import counted
from data.plans.difference import Difference, plain

SHOWN = 20
"""Lines of differences in words; --json has them all."""
LONGEST = 60


def differences(found: Difference) -> list[dict[str, Any]]:
    """Each difference: what (`added`, `changed`, `removed`), the node's key and name, and of a change its column, `was` and `is`."""
    added = [{"what": "added", "key": entry.key, "name": entry.name} for entry in found.added]
    changed = [
        {"what": "changed", "key": each.entry.key, "name": each.row["name"], "field": field, "was": plain(was), "is": plain(now)}
        for each in found.changed for field, (was, now) in each.fields.items()
    ]  # fmt: skip
    removed = [{"what": "removed", "key": row["key"], "name": row["name"]} for row in found.removed]
    return [*added, *changed, *removed]


def said(json: dict[str, Any], found: Difference, *, dry: bool, new: bool, decided: bool) -> str:
    """The answer of an import in words."""
    first = f"{json['plan']}: {counted(json['nodes'], 'node')} in {counted(json['levels'], 'level')}, {counted(json['actions'], 'action')}"
    lines = [f"{first} ({json['format']}).", _progress(json)]
    if new:
        lines.append("A new plan." if not dry else "It would be a new plan.")
    else:
        lines.append("{added} added, {changed} changed, {removed} no longer in the file (kept, and left out).".format(**json))
        lines += [f"Decision: {json['decision']}"] if json["decision"] else []
        lines += ["Nothing of the plan changes, so no decision is recorded."] if decided and not found.moves else []
        every = differences(found)
        lines += [_line(each) for each in every[:SHOWN]]
        lines += [f"... and {len(every) - SHOWN} more; --json lists them all"] if len(every) > SHOWN else []
    return "\n".join([*lines, "Nothing was changed (--dry-run)."] if dry else lines)


def _progress(json: dict[str, Any]) -> str:
    told = json["progress"]
    mean = "nobody declares progress" if told["mean"] is None else f"declared {told['mean']:.2f} % (mean)"
    weighted = "" if told["weighted"] is None else f", {told['weighted']:.2f} % weighted"
    finished = (
        ""
        if told["finished_only"] is None or set(json["statuses"]) <= {"none"}
        else f"; {told['finished_only']:.2f} % of the actions are finished"
    )
    return f"{mean}{weighted}{finished}."


def _line(each: dict[str, Any]) -> str:
    name = f"{each['key']} {_short(each['name'])}"
    if each["what"] == "changed":
        return f"  changed {name}: {each['field']} was {_short(each['was'])}, is {_short(each['is'])}"
    return f"  {each['what']} {name}"


def _short(value: Any) -> str:
    text = next(iter(value.values()), "") if isinstance(value, dict) else "nothing" if value is None else value
    text = str(text).replace("\n", " ")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
