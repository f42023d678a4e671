"""The plan's own vocabulary in words of the reader: statuses, reasons, criteria, participation, PDCA, links."""

from collections.abc import Mapping
from typing import Any

from dashboards.plan.shown import KINDS
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.plans.vocabulary import CANCELLED, REPORTED

STATUSES = {
    "not_started": N_("Not started"),
    "started": N_("Under way"),
    "completed": N_("Completed"),
    "suspended": N_("Suspended"),
    "removal_proposed": N_("Removal proposed"),
    "cancelled": N_("Cancelled"),
}
REASONS = {
    "success_elsewhere": N_("it worked elsewhere"),
    "citizens_request": N_("residents asked for it"),
    "technical_impediment": N_("technical impediment"),
    "legal_impediment": N_("legal impediment"),
    "pilot_changed_focus": N_("a pilot changed the focus"),
    "other": N_("another reason"),
}
CRITERIA = {
    "effectiveness": N_("effectiveness"),
    "efficiency": N_("efficiency"),
    "scope": N_("scope"),
    "equality": N_("equality"),
}
PARTICIPATION_PHASES = {"design": N_("Design"), "implementation": N_("Implementation"), "evaluation": N_("Evaluation")}
PARTICIPATION_LEVELS = {
    "none": N_("none"),
    "inform": N_("inform"),
    "consult": N_("consult"),
    "collaborate": N_("collaborate"),
    "empower": N_("decide together"),
}
"""From the least say to the most."""
PDCA = {
    "plan": N_("Plan: it is being prepared"),
    "do": N_("Do: it is being carried out"),
    "check": N_("Check: its results are being measured"),
    "act": N_("Act: it is corrected, or made permanent"),
}
"""The word before the colon is the stage, what stands behind it what that means."""
LINKS = {
    "implements": N_("carries out"),
    "part_of": N_("is part of"),
    "aligned_with": N_("is aligned with"),
    "continues": N_("continues"),
}
WEIGHTS = {
    "equal": N_("every action the same"),
    "manual": N_("by the weight given"),
    "budget": N_("by budget"),
    "beneficiaries": N_("by the people reached"),
}
WHOLE = {"kind": N_("kind of plan"), "weights": N_("how its parts count"), "levels": N_("names of the levels")}
"""What a decision may change of a whole plan, beside its name and its days."""


def stage(pdca: str, _: Words) -> str:
    """A stage of the improvement cycle by its one word: Plan, Do, Check, Act."""
    return _(PDCA[pdca]).partition(":")[0]


def whole(session: Session, field: str, value: Any) -> str:
    """A value of one of WHOLE, as people read it."""
    if field == "levels":
        return ", ".join(session.say(level["one"]) for level in value)
    return translator(session.locale)({"kind": KINDS, "weights": WEIGHTS}[field][value])


def reported(status: str | None, locale: str) -> dict[str, str]:
    """What an area may report of an action: of one that a decision cancelled nothing else, and of no other that it is cancelled."""
    known = (CANCELLED,) if status == CANCELLED else REPORTED
    return {each: word for each, word in options(STATUSES, locale).items() if each in known}


def options(words: Mapping[str, str], locale: str) -> dict[str, str]:
    """What may be chosen, in the reader's language."""
    _ = translator(locale)
    return {key: _(word) for key, word in words.items()}
