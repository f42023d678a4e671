"""Records: what people write down and change: plans, progress, evidence, decisions. Every change is a verb, and leaves its trace."""
