"""Policies and their assessments as people write them down: what is planned, what was judged, by whom and with what to show for it."""
