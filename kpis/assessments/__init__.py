"""What the assessments of policies mean: the criteria, what is due when, and how much of the plan was ever judged."""
