"""What each column seems to hold, and why: by its name, by its texts, and by what the other columns leave open."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.problems import N_
from data.proposal.columns import Column
from data.proposal.matches import Known
from data.proposal.roles import aside, keys, values
from data.proposal.roles.found import DECLARED, JOINED, Kind, Roles
from data.proposal.roles.keys import parted_period
from data.proposal.roles.words import WORDS

__all__ = ["JOINED", "WORDS", "Kind", "Roles", "find", "parted_period"]


def find(columns: Sequence[Column], places: Known, indicators: Known, given: Mapping[str, Any]) -> Roles:
    """The role of each column, in the order of what is surest."""
    roles = Roles(columns)
    _declared(roles, given)
    _unusable(roles)
    keys.find(roles, places, indicators, given)
    aside.find(roles)
    values.find(roles, places, indicators, given)
    for column in roles.left:
        roles.settle(column, "not_read", N_("nothing says what it would be needed for"))
    values.last_resort(roles, given)
    return roles


def _declared(roles: Roles, given: Mapping[str, Any]) -> None:
    for name, role in given.get("roles", {}).items():
        for column in roles.columns:
            if column.name == name and role != "wide":  # what a wide column stands for is still to be found
                roles.settle(column, role, DECLARED)


def _unusable(roles: Roles) -> None:
    for column in roles.left:
        if not column.said:
            roles.settle(column, "not_read", N_("it is empty"))
        elif not column.name:
            roles.settle(column, "not_read", N_("it has no name"))
