"""Whether the policies that studies judge stand in the register."""

from contextlib import suppress

from data.assessments.reading import register
from data.definitions import Definitions
from data.home import Home
from data.located import near
from data.problems import N_, NotPossibleNow, Problem
from data.records.records import begun, records
from kpis.impact.studies import Studies


def unregistered(home: Home, found: Studies, definitions: Definitions) -> list[Problem]:
    """Studies of policies that the home's register does not know; none where nothing is recorded, or cannot be read now."""
    named = [one for one in found.written if one.study.policy is not None]
    if not named or not begun(home):
        return []
    with suppress(NotPossibleNow):
        known = [row["key"] for row in register(records(home), definitions.city.place).policies]
        hint = N_("write {near}, or enter it in the register of policies")
        message = N_("the register has no policy {name!r}")
        return [
            one.problem("policy", message, hint, name=one.study.policy, near=near(str(one.study.policy), known))
            for one in named
            if one.study.policy not in known
        ]
    return []
