"""A goal is written here: in a form or in its file's own text, judged on real history before it counts, and saved with its reason."""

from dashboards import layout, workshop
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
purpose = _("Write a goal, see what it would have said of the last year, and save it with its reason")
layout.head(session, _("KPI workshop"), purpose, needs_facts=False)
workshop.show(session)
