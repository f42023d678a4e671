"""A file comes in: how it is read, what is wrong with it, what it would change, and then it is loaded."""

from dashboards import layout, load
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(
    session, _("Load data"), _("A file comes in: checked line by line, shown before it counts, and undone in one step"), needs_facts=False
)
load.show(session)
