"""The Smart Rule: each goal held against five letters; what fails a hard check is not ready for the public page.

docs/smart.md has every check in words.
"""

from kpis.smart.gate import CHECKS, Assessment, assess
from kpis.smart.outcome import LETTERS, Letter, Outcome

__all__ = ["CHECKS", "LETTERS", "Assessment", "Letter", "Outcome", "assess"]
