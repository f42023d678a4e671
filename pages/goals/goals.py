"""Every goal of the month, to be narrowed by axis, area, status and theme."""

from dashboards import goals, layout
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Goals"), _("Every goal of the mandate, how it stands, and who answers for it"))
goals.show(session)
