"""The words for what areas say of goals."""

from dashboards.words import N_

LIKELIHOODS = {"low": N_("unlikely"), "medium": N_("possible"), "high": N_("likely")}
"""How likely a risk is, in words."""
