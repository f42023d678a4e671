"""The kind of reason that a decision, a success or a failure is recorded with."""

from data.plans.vocabulary import REASONS
from data.problems import N_, Problem


def without_reason(reason: str) -> list[Problem]:
    """What is wrong with a kind of reason: that none was given, or one that is not known; nothing where it is one of REASONS."""
    if not reason:
        return [Problem(N_("the kind of reason is missing"), N_("choose one"))]
    if reason not in REASONS:
        values = {"found": reason, "known": ", ".join(REASONS)}
        return [Problem(N_("{found} is no kind of reason"), N_("write one of: {known}"), values=values)]
    return []
