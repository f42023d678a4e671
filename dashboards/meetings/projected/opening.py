"""With what a meeting opens: what was promised before it, how each promise stands, and in place whatever is said of one."""

import streamlit as st

from dashboards import panel
from dashboards.meetings import opening
from dashboards.meetings.follow_ups import settling
from dashboards.meetings.follow_ups.known import Known
from dashboards.meetings.projected.subject import Subject
from dashboards.plan import doing


def show(about: Subject) -> None:
    """The list in large type, and below it the promise that was chosen in it."""
    doing.said(settling.PLACE)
    panel.show(f'<div class="projected">{opening.block(about.promised)}</div>', key="meeting_promised")
    known = Known(about.session)
    row = settling.asked(known, "follow_up")
    if row is not None:
        with st.container(border=True, key=f"meeting_follow_up_{row['id']}"):
            settling.settle(known, row)
