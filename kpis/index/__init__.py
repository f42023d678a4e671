"""Composite indices: many indicators of many places made one figure, with every choice written down and every doubt said."""
