"""What areas write of their goals in a review: analyses and risks, kept by version, refused with a cure, frozen with the month."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.access import NotAllowed
from data.periods import Month
from data.problems import Refused
from data.records.records import records as records_of
from data.records.trail import trail
from data.records.writing import Gone, Stale
from data.reviews.analyses import analyses, write_analysis
from data.reviews.reviews import open_review
from data.reviews.risks import Risk, risks, weigh_risk
from data.snapshots.frozen import frozen
from data.snapshots.reopening import reopen
from tests.frozen_town import MONTH, frozen_town
from tests.recorded_town import Town

MAY = Month(2026, 5)
WHOLE = Risk("No rain before autumn", "high", "Mend the oldest pipes", None, date(2026, 9, 1))


def review(place: Town, month: Month = MAY) -> int:
    return open_review(place.records, place.who["office"], "aurora", month)


def write(place: Town, said: str, version: int = 0, who: str = "water", month: Month = MAY) -> int:
    return write_analysis(place.records, place.who[who], review(place, month), "leaks", "water", version, said)


def weigh(place: Town, told: Risk, version: int = 0, who: str = "water") -> int:
    return weigh_risk(place.records, place.who[who], review(place), "leaks", "water", version, told)


def texts(place: Town, until: Month = MAY) -> list[Any]:
    return [(str(row["month"]), row["goal"], row["said"], row["version"], row["name"]) for row in analyses(place.records, "aurora", until)]


def test_an_analysis_is_written_once_for_each_goal_and_month_and_changed_by_version(place: Town):
    assert write(place, "  A dry May \n") == 1
    assert write(place, "A dry May, and two burst mains", 1, "office") == 2
    write(place, "A dry April", month=Month(2026, 4))
    newest = ("2026-05", "leaks", "A dry May, and two burst mains", 2, "office")
    assert texts(place) == [newest, ("2026-04", "leaks", "A dry April", 1, "water")]
    assert texts(place, Month(2026, 4)) == [("2026-04", "leaks", "A dry April", 1, "water")]
    assert analyses(place.records, "elsewhere", MAY) == []
    told = trail(place.records, "analysis", [1])[1]
    assert [(change.actor, change.action, change.changes.get("said")) for change in told] == [
        ("water", "write_analysis", (None, "A dry May")),
        ("office", "write_analysis", ("A dry May", "A dry May, and two burst mains")),
    ]


def test_whoever_is_slower_overwrites_nothing(place: Town):
    write(place, "A dry May")
    with pytest.raises(Stale) as slower:
        write(place, "The pump failed", 0, "office")
    assert (slower.value.now["said"], slower.value.wanted["said"]) == ("A dry May", "The pump failed")
    with pytest.raises(Stale):
        write(place, "The pump failed", 2)
    with pytest.raises(Gone):
        write(place, "Of a month in which nothing was written", 1, month=Month(2026, 4))
    assert [row[2] for row in texts(place)] == ["A dry May"]


@pytest.mark.parametrize("who", ["parks", "mayor", "reviewer", "consultant", "nobody"])
def test_only_the_area_and_the_office_write(place: Town, who: str):
    with pytest.raises(NotAllowed):
        write(place, "A dry May", who=who)
    with pytest.raises(NotAllowed):
        weigh(place, Risk("No rain", "low"), who=who)
    assert texts(place) == [] == risks(place.records, "aurora", MAY)


def test_a_risk_says_how_likely_it_is_and_what_is_done_by_whom_until_when(place: Town):
    assert weigh(place, Risk(" No rain ", "low")) == 1
    assert weigh(place, replace(WHOLE, owner=place.post), 1, "office") == 2
    (row,) = risks(place.records, "aurora", MAY)
    assert {name: row[name] for name in ("said", "likelihood", "measure", "owner", "due", "area", "name")} == {
        "said": WHOLE.said, "likelihood": "high", "measure": WHOLE.measure, "owner": place.post, "due": WHOLE.due, "area": "water",
        "name": "office",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "why", "cure"),
    [
        ({"said": " "}, "what could keep the target from being met", "write it"),
        ({"likelihood": None}, "how likely that is", "choose unlikely, possible or likely"),
        ({"likelihood": "certain"}, "how likely that is", "choose unlikely, possible or likely"),
        ({"measure": ""}, "belong together", "say all three, or none"),
        ({"owner": None}, "belong together", "say all three, or none"),
        ({"due": None}, "belong together", "say all three, or none"),
        ({"due": date(2026, 5, 31)}, "2026-05-31 is not after the month that is reviewed, 2026-05", "choose a day to come"),
    ],
)
def test_a_risk_that_lacks_something_is_refused_with_a_cure(place: Town, changes, why, cure):
    with pytest.raises(Refused) as refused:
        weigh(place, replace(WHOLE, **{"owner": place.post, **changes}))
    (problem,) = refused.value.problems
    assert why in str(problem) and cure in str(problem) and risks(place.records, "aurora", MAY) == []


def test_an_empty_analysis_and_an_unknown_post_are_refused(place: Town):
    with pytest.raises(Refused, match="it says nothing; write it"):
        write(place, " \n ")
    with pytest.raises(Gone):
        weigh(place, replace(WHOLE, owner=999))


def test_what_was_written_is_frozen_with_the_month(place: Town):
    made, records = frozen_town(place), place.records
    opened = review(place, MONTH)
    write_analysis(records, place.who["water"], opened, "clean", "water", 0, "As it was then")
    made.close()
    with pytest.raises(Refused, match="is closed"):
        write_analysis(records, place.who["water"], opened, "clean", "water", 1, "Another story")
    with pytest.raises(Refused, match="is closed"):
        weigh_risk(records, place.who["water"], opened, "clean", "water", 0, Risk("No rain", "low"))
    home = frozen(made.home, records, "aurora", MONTH)
    assert home is not None
    reopen(records, place.who["office"], "aurora", MONTH, "The figure was corrected")
    write_analysis(records, place.who["water"], opened, "clean", "water", 1, "Another story")
    assert [row["said"] for row in analyses(records, "aurora", MONTH)] == ["Another story"]
    assert [row["said"] for row in analyses(records_of(home), "aurora", MONTH)] == ["As it was then"]
