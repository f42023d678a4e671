"""How far the plan is: one sentence, its truth line, its tree, how it adds up, when, what moved, and what lacks care."""

from dashboards.plan.progress.page import show as show
