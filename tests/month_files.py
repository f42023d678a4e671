"""Month files of invented cities, signed by keys that anybody can read here."""

from datetime import UTC, date, datetime
from typing import Any

from data.exchange.content import Concerns, GoalMonth, MonthContent, PlanMonth, Promises, Seals
from data.exchange.month_file import MonthFile, opened, sealed
from data.exchange.signing import fingerprint, public_key

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
MARK, OTHER_MARK = fingerprint(public_key(KEY)), fingerprint(public_key(OTHER_KEY))
"""Their fingerprints."""
CLOSED = datetime(2026, 7, 20, 9, 15, tzinfo=UTC)
GOAL = GoalMonth(
    id="robberies", name={"es": "Robos", "en": "Robberies"}, unit="%", decimals=1, status="off_track", reason="37.1 % against 25 %: far",
    value=37.1, period="2026-06", due=25.0, target=20.0, before="at_risk", worsened=True, signal=True,
)  # fmt: skip
PLAN = PlanMonth(
    key="pam", name="Plan", kind="mandate", declared=75.0, proved=40.0, time_used=37.5, gap=2.5, committed_share=80.0, paid_share=50.0,
    spend_gap=10.0,
)  # fmt: skip


def content(**changes: Any) -> MonthContent:
    """June 2026 of Aurora, with a goal and a plan, unless said otherwise."""
    told = {
        "city": "aurora", "name": {"es": "Aurora", "en": "Aurora"}, "month": "2026-06", "closed_at": CLOSED, "made_at": CLOSED,
        "seals": Seals(facts_version=3, definitions="a" * 64, records="b" * 64, statuses="c" * 64),
        "next_meeting": date(2026, 8, 12), "goals": (GOAL,), "plans": (PLAN,), "missing": 2,
        "follow_ups": Promises(open=4, overdue=1, kept=3, promised=5), "concerns": Concerns(raised=1, answered=0, decided=1, closed=2),
    }  # fmt: skip
    return MonthContent(**(told | changes))


def month_file(key: bytes = KEY, **changes: Any) -> MonthFile:
    """Signed, sent and opened."""
    return opened(sealed(content(**changes), key), "june.json")
