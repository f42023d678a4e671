"""A composite index on one page: its tiers first, what drives the city's place, and every choice and doubt behind it."""

from dashboards.index.page import asked as asked
from dashboards.index.page import heading as heading
from dashboards.index.page import show as show
