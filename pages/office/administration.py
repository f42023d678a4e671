"""Who works with the panel, what each may do, who holds which post, and who changed what."""

from dashboards import administration, layout
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
purpose = _("Who works with the plan, what each may do, who holds which post, and who changed what")
layout.head(session, _("Administration"), purpose, needs_facts=False)
administration.show(session)
