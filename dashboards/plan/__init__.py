"""The mandate plan as people see it: what was promised, what is proved, what it costs, and why."""
