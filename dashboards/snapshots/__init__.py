"""A closed month beside what is known today."""
