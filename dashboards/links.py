"""Where the pages are, and going there without leaving the session."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

PAGES = {
    "overview": "pages/home/overview.py",
    "work": "pages/home/work.py",
    "cities": "pages/home/cities.py",
    "glossary": "pages/home/glossary.py",
    "goals": "pages/goals/goals.py",
    "goal": "pages/goals/goal.py",
    "explorer": "pages/goals/explorer.py",
    "progress": "pages/plan/progress.py",
    "action": "pages/plan/action.py",
    "budget": "pages/plan/budget.py",
    "accountability": "pages/plan/accountability.py",
    "area": "pages/plan/area.py",
    "neighbourhood": "pages/plan/neighbourhood.py",
    "meeting": "pages/meetings/meeting.py",
    "assessments": "pages/policy/assessments.py",
    "policy": "pages/policy/policy.py",
    "foresight": "pages/policy/foresight.py",
    "appraisal": "pages/policy/appraisal.py",
    "impact": "pages/policy/impact.py",
    "study": "pages/policy/study.py",
    "peers": "pages/compare/peers.py",
    "index": "pages/compare/index.py",
    "practices": "pages/compare/practices.py",
    "review": "pages/meetings/month.py",
    "followups": "pages/meetings/follow_ups.py",
    "concerns": "pages/meetings/concerns.py",
    "decisions": "pages/meetings/decisions.py",
    "quality": "pages/office/quality.py",
    "load": "pages/office/load.py",
    "workshop": "pages/office/workshop.py",
    "administration": "pages/office/administration.py",
}
"""Each page by its address."""

OF_TODAY = frozenset({"work", "review", "meeting", "followups", "concerns", "decisions", "cities", "load", "workshop", "administration"})
"""Pages on which one works: also beside a closed month they show today's home, and write into it."""


def follow(link: str, pages: Mapping[str, str | st.Page] = PAGES) -> None:
    """Go where a link of ours leads, such as `goal?kpi=answered&month=2026-06`; a link that leads nowhere is ignored."""
    parts = urlsplit(link)
    page = pages.get(parts.path.removeprefix("./") or "overview")
    if page:
        st.switch_page(page, query_params=dict(parse_qsl(parts.query)))
