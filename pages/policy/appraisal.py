"""One decision before it is taken: its options side by side, what each is worth, and what could go wrong."""

from dashboards import appraisals
from dashboards.session import current

session = current()
asked = appraisals.asked(session)
appraisals.heading(session, asked)
appraisals.show(session, asked)
