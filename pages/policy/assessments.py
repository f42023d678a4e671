"""Which policies were assessed, when, by whom and with what to show for it, and what is due."""

from dashboards import assessments, layout
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
purpose = _("Which policies were judged, when, by whom and with what to show for it, and which are due")
layout.head(session, _("Assessments"), purpose, needs_facts=False)
assessments.show(session)
