"""Is the data of one place good enough to judge by: what is late, missing, revised, repeated, cut, jumping or copied, and whose it is.

Each part is a module with its own rule; there is no overall score. docs/quality.md says the rules in plain words.
"""

from kpis.quality.finding import PARTS, URGENCIES, Finding, Found, Part, Row, Untold, Urgency
from kpis.quality.report import Report, report

__all__ = ["PARTS", "URGENCIES", "Finding", "Found", "Part", "Report", "Row", "Untold", "Urgency", "report"]
