"""The words of the columns of policies and assessments."""

STEPS = ("inputs", "activities", "outputs", "outcomes", "impact", "assumptions")
"""The theory of change in its order: what is put in, what is done, what comes out, what changes for people, what lasts; and what must hold
for one to lead to the other."""

MOMENTS = ("ex_ante", "mid_term", "final", "impact")
STATES = ("planned", "under_way", "done", "dropped")
OPEN = ("planned", "under_way")
JUDGES = ("own", "external", "beneficiaries")
"""Who judges: the administration itself, somebody from outside, those whom the policy is for."""
RECOMMENDATIONS = ("continue", "adjust", "stop")

CRITERIA = (
    "relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability",
    "scope", "equality",
)  # fmt: skip
"""The six of the OECD-DAC (2019), and of the four of accountability those two that are not among them (UCLG 2019)."""
SCORES = (1, 2, 3, 4, 5)
