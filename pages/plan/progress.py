"""How far the plan is: proved, declared, in time and in money, down to each action."""

from dashboards import layout
from dashboards.plan import progress
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Progress"), _("How far the plan really is, and what shows it"), needs_facts=False)
progress.show(session)
