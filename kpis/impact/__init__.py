"""Did a policy work? Estimates of its effect from figures that the city already has, and a verdict that says how sure they are."""
