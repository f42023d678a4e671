"""What was decided and why, what failed and what was learnt, and what came of it."""

from dashboards import layout
from dashboards.plan import accountability
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(
    session, _("Accountability"), _("What was decided and why, what failed, what was learnt, and what came of it"), needs_facts=False
)
accountability.show(session)
