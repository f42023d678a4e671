"""What must hold of what describes a node: words of the vocabulary, goals of the United Nations, and links to what there is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from data.plans.vocabulary import PARTICIPATION_LEVELS, PARTICIPATION_PHASES, PDCA
from data.problems import N_, Problem, Refused
from data.records.tables import node
from data.records.writing import Row, Write

SDG = re.compile(r"(1[0-7]|[1-9])(\.[0-9a-z]{1,2})?")
"""A goal of the United Nations, or one of its targets: 11, 11.6, 11.b."""


def require_described(write: Write, now: Row, changes: Mapping[str, Any]) -> None:
    """Raises Refused with everything that is wrong with what is about to be written of a node."""
    if problems := [*_words(changes), *_sdg(changes.get("sdg") or ()), *_serves(write, now, changes.get("serves") or ())]:
        raise Refused(problems)


def _words(changes: Mapping[str, Any]) -> Iterator[Problem]:
    if changes.get("pdca") not in (None, *PDCA):
        yield _unknown(changes["pdca"], "pdca", PDCA)
    for phase, level in (changes.get("participation") or {}).items():
        if phase not in PARTICIPATION_PHASES:
            yield _unknown(phase, "participation", PARTICIPATION_PHASES)
        if level not in PARTICIPATION_LEVELS:
            yield _unknown(level, "participation", PARTICIPATION_LEVELS)


def _sdg(numbers: Any) -> Iterator[Problem]:
    for number in numbers:
        if not SDG.fullmatch(str(number)):
            hint = N_("write a number from 1 to 17, or a target such as 11.6")
            yield Problem(N_("{found} is no Sustainable Development Goal"), hint, key="sdg", values={"found": number})


def _serves(write: Write, now: Row, ids: Any) -> Iterator[Problem]:
    """A node serves nodes of other plans; what serves it is not served by it."""
    rows = write.connection.execute(select(node.c.id, node.c.key, node.c.plan, node.c.serves).where(node.c.id.in_(ids))).all()
    found = {row.id: row for row in rows}
    hint = N_("name a part of another plan")
    for number in ids:
        row = found.get(number)
        if row is None:
            yield Problem(N_("there is no part of a plan with the id {found}"), hint, key="serves", values={"found": number})
        elif row.plan == now["plan"]:
            yield Problem(N_("{key} is part of the same plan"), hint, key="serves", values={"key": row.key})
        elif now["id"] in (row.serves or ()):
            both = N_("take back one of the two links")
            yield Problem(N_("{key} serves this one already"), both, key="serves", values={"key": row.key})


def _unknown(found: Any, name: str, known: tuple[str, ...]) -> Problem:
    values = {"found": found, "name": name, "known": ", ".join(known)}
    return Problem(N_("{found} is no {name}"), N_("write one of: {known}"), key=name, values=values)
