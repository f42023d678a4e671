"""Who may do what: one table, asked by every verb before it writes anything."""

from collections.abc import Callable
from dataclasses import dataclass

from data.problems import N_

ROLES = ("mayor", "office", "reviewer", "editor", "consultant")
"""mayor: decides. office: the data-analysis office. reviewer: judges evidence. editor: an area head or liaison. consultant: follows up."""


@dataclass(frozen=True)
class Role:
    """What somebody is, in one area or, without one, in the whole administration."""

    role: str
    area: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who writes: a person, what they are, the areas they belong to, by their roles and by the posts they hold, and those posts."""

    person: int
    name: str
    roles: frozenset[Role] = frozenset()
    areas: frozenset[str] = frozenset()
    posts: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Object:
    """What is written about: the kind of thing, such as `node`, its area, the post that answers for it, whose it is."""

    kind: str
    area: str | None = None
    owner: int | None = None
    person: int | None = None


class NotAllowed(Exception):
    """This person may not do this; nothing was changed. The message says who may; its parts are kept, to be translated."""

    def __init__(self, sentence: str, name: str, roles: tuple[str, ...]) -> None:
        super().__init__(sentence.format(name=name, roles=" / ".join(roles)))
        self.sentence, self.name, self.roles = sentence, name, roles


Where = Callable[[Actor, Role, Object], bool]


def anywhere(_actor: Actor, _role: Role, _about: Object) -> bool:
    return True


def in_its_area(_actor: Actor, role: Role, about: Object) -> bool:
    """A role of one area reaches that area alone."""
    return role.area is None or role.area == about.area


def outside_its_area(actor: Actor, _role: Role, about: Object) -> bool:
    """Nobody judges their own area, nor what their own post answers for; where no area owns the action, nobody stands outside it."""
    return about.area is not None and about.area not in actor.areas and about.owner not in actor.posts


def its_own(actor: Actor, _role: Role, about: Object) -> bool:
    """Only the person themselves, such as whoever raised a concern."""
    return about.person == actor.person


def in_its_area_or_post(actor: Actor, role: Role, about: Object) -> bool:
    """A role of one area reaches that area, and what the person's own post answers for."""
    return in_its_area(actor, role, about) or about.owner in actor.posts


ALLOWED: dict[str, tuple[tuple[str, ...], Where]] = {
    # action             who                                              where
    "keep_people":       (("office",),                                    anywhere),
    "import_plan":       (("office",),                                    anywhere),
    "change_plan":       (("office",),                                    anywhere),
    "describe_action":   (("office", "editor"),                           in_its_area),
    "report_progress":   (("office", "editor"),                           in_its_area),
    "bring_evidence":    (("office", "editor"),                           in_its_area),
    "judge_evidence":    (("office", "reviewer"),                         outside_its_area),
    "keep_budget":       (("office", "editor"),                           in_its_area),
    "record_decision":   (("office", "mayor", "consultant"),              anywhere),
    "record_outcome":    (("office", "mayor", "consultant", "editor"),    in_its_area),
    "record_result":     (("office", "editor"),                           in_its_area),
    "keep_draft":        (ROLES,                                          anywhere),
    "keep_review":       (("office",),                                    anywhere),
    "type_value":        (("office", "editor"),                           in_its_area),
    "validate_value":    (("office",),                                    anywhere),
    "write_analysis":    (("office", "editor"),                           in_its_area),
    "weigh_risk":        (("office", "editor"),                           in_its_area),
    "name_stand_in":     (("office", "editor"),                           in_its_area_or_post),
    "keep_meeting":      (("office", "mayor", "consultant"),              anywhere),
    "write_note":        (("office", "mayor", "consultant"),              anywhere),
    "ask_follow_up":     (("office", "mayor", "consultant"),              anywhere),
    "do_follow_up":      (("office", "mayor", "consultant", "editor"),    in_its_area_or_post),
    "raise_concern":     (ROLES,                                          anywhere),
    "answer_concern":    (("office", "mayor", "consultant", "editor"),    in_its_area),
    "decide_concern":    (("office", "mayor", "consultant"),              anywhere),
    "close_concern":     (ROLES,                                          its_own),
    "keep_policy":       (("office", "consultant"),                       anywhere),
    "describe_policy":   (("office", "consultant", "editor"),             in_its_area),
    "keep_assessment":   (("office", "consultant"),                       anywhere),
    "propose_practice":  (ROLES,                                          its_own),
    "keep_practice":     (("office", "consultant"),                       anywhere),
    "receive_city":      (("office", "consultant"),                       anywhere),
    "keep_study":        (("office",),                                    anywhere),
    "keep_index":        (("office",),                                    anywhere),
    "keep_group":        (("office",),                                    anywhere),
}  # fmt: skip
"""Each action, the roles that may do it, and where each may."""

REFUSALS = {
    anywhere: N_("{name} may not do this: it takes the role of {roles}"),
    in_its_area: N_("{name} may not do this here: it takes the role of {roles}, in the area that owns it"),
    outside_its_area: N_("{name} may not do this here: it takes the role of {roles}, outside the area that owns it"),
    its_own: N_("{name} may not do this: only whoever it is of may"),
    in_its_area_or_post: N_("{name} may not do this here: it takes the role of {roles}, in the area or the post that answers for it"),
}


def may(actor: Actor, action: str, about: Object) -> bool:
    """Whether the table allows it."""
    roles, where = ALLOWED[action]
    return any(role.role in roles and where(actor, role, about) for role in actor.roles)


def require(actor: Actor, action: str, about: Object) -> None:
    """Raises NotAllowed where the table does not allow it."""
    if not may(actor, action, about):
        roles, where = ALLOWED[action]
        raise NotAllowed(REFUSALS[where], actor.name, roles)
