"""The plan's money: where it comes from, where it goes, and the works it builds."""

from dashboards import layout
from dashboards.plan import money
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Budget and works"), _("What the plan costs, what is paid, and the works by neighbourhood"), needs_facts=False)
money.show(session)
