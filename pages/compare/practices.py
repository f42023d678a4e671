"""What other cities did about what is measured here, and what shows that it works; or one practice."""

from dashboards.practices import page
from dashboards.session import current

session = current()
known, row = page.asked(session)
page.heading(session, known, row)
page.show(session, known, row)
