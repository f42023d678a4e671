"""Plans: what the government promised, in a tree of nodes, and what was written down about each of them since."""
