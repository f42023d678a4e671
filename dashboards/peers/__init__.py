"""Where a city stands beside its peers, indicator by indicator, and what it could learn from whom."""

from dashboards.peers.page import show as show
