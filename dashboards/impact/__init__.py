"""Did it work? Every study of the city's policies, and which method fits a question."""

from dashboards.impact.page import show as show
