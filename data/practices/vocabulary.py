"""The words of the columns of practices."""

STATES = ("proposed", "kept", "withdrawn")
"""Anybody with a role proposes one; the data office or a consultant keeps it; what turned out wrong is withdrawn with its reason."""
STRENGTHS = ("described", "measured", "compared", "estimated")
"""What shows that it works, from the weakest to the strongest: it is only described; measured before and after; compared with places that
did not do it; its effect was estimated by a study."""
