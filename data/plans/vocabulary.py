"""The words of a plan's columns: what each may hold, in the order in which people read them."""

KINDS = ("mandate", "strategic", "sector", "territorial", "transversal", "annual")
"""Of plans, as the UCLG study of 2019 names them; annual is the annual operational plan."""

WEIGHTS = ("equal", "manual", "budget", "beneficiaries")
"""How children count in the progress of what they are part of."""

STATUSES = ("not_started", "started", "completed", "suspended", "removal_proposed", "cancelled")
"""Of a node, as its area declares it. Late and implemented are not declared: they are found out (kpis/plans)."""

CANCELLED = "cancelled"
REPORTED = tuple(status for status in STATUSES if status != CANCELLED)
"""What an area may report: what is cancelled no longer counts, so it takes a decision, or an area could better its own figure."""

STOPPED = ("suspended", "removal_proposed", "cancelled")
"""Statuses that say that nobody works on it, and so need a reason."""

REASONS = ("success_elsewhere", "citizens_request", "technical_impediment", "legal_impediment", "pilot_changed_focus", "other")
"""Why something was decided otherwise than the plan said: the kinds of the UCLG study of 2019, and `other`, which needs words."""

EVIDENCE_STATES = ("awaiting", "accepted", "returned")
JUDGED_WITHIN = 30
"""Days within which evidence is to be judged, from one review to the next; what waits longer no longer keeps a stage from being late."""

PHASES = ("initial", "modified", "reserved", "committed", "accrued", "paid")
"""Of a budget line, generic; kpis/plans/phases.yaml names them as each country does. From `modified` on they must not rise."""

PARTICIPATION_PHASES = ("design", "implementation", "evaluation")
PARTICIPATION_LEVELS = ("none", "inform", "consult", "collaborate", "empower")
PDCA = ("plan", "do", "check", "act")
CRITERIA = ("effectiveness", "efficiency", "scope", "equality")
LINKS = ("implements", "part_of", "aligned_with", "continues")
"""How one plan stands to another: an annual plan implements the mandate plan; a district's is part of it."""
