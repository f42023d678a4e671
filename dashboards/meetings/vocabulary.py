"""The words of meetings, as people read them."""

from dashboards.words import N_

WHYS = {
    "worsened": N_("it got worse, and that is a signal"),
    "unlikely": N_("it is off track, and its chance is low"),
    "spending": N_("spending outpaces delivery"),
    "milestone": N_("a stage is missed"),
    "stale": N_("its figure is too old"),
    "overdue": N_("a follow-up is overdue"),
    "concern": N_("somebody raised a concern"),
    "added": N_("somebody asked for it"),
}
"""Why an item is on the agenda, in words."""

PARTS = {
    "discussed": N_("What was said"),
    "decided": N_("What is decided"),
    "why": N_("Why"),
    "evidence": N_("What shall show it"),
}
"""What each part of a note is called."""
