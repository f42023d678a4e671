"""What is typed and not sent is kept, on both databases."""

import pytest
from sqlalchemy import select

from data.access import Actor, NotAllowed
from data.drafts import drop, keep, kept
from data.records.tables import audit
from data.records.writing import Gone
from tests.recorded_town import everything, refused

FORM = "report:7"


def test_a_draft_is_kept_until_it_is_dropped(place):
    who, other = place.who["water"], place.who["parks"]
    assert kept(place.records, who, FORM) is None
    keep(place.records, who, FORM, {"declared": 40, "said": "Zanja abierta"})
    keep(place.records, other, FORM, {"declared": 1})
    keep(place.records, who, FORM, {"declared": 45})
    found = kept(place.records, who, FORM)
    assert found is not None and found[0] == {"declared": 45} and found[1].tzinfo is not None
    drop(place.records, who, FORM)
    drop(place.records, who, FORM)
    assert kept(place.records, who, FORM) is None
    assert (kept(place.records, other, FORM) or ({},))[0] == {"declared": 1}


def test_the_same_again_writes_nothing(place):
    keep(place.records, place.who["water"], FORM, {"declared": 40})
    before = everything(place.records)
    keep(place.records, place.who["water"], FORM, {"declared": 40})
    assert everything(place.records) == before


def test_the_audit_does_not_keep_what_was_typed(place):
    keep(place.records, place.who["water"], FORM, {"said": "what I would rather not say"})
    drop(place.records, place.who["water"], FORM)
    with place.records.read() as connection:
        found = connection.execute(select(audit).where(audit.c.object == "draft")).mappings().all()
    assert [(row["action"], row["content"]) for row in found] == [("keep_draft", None)] * 2
    assert found[0]["content_hash"] != found[1]["content_hash"]


def test_whoever_is_nobody_keeps_none(place):
    refused(place, NotAllowed, keep, place.who["nobody"], FORM, {})
    refused(place, NotAllowed, drop, place.who["nobody"], FORM)
    refused(place, Gone, keep, Actor(999, "ghost", place.who["water"].roles), FORM, {})


@pytest.mark.parametrize("content", [{}, {"list": [1, 2.5, None, True], "text": "“a” \\ ñ \u2028"}, {"zero": -0.0}])
def test_any_content_comes_back(place, content):
    keep(place.records, place.who["water"], FORM, content)
    assert (kept(place.records, place.who["water"], FORM) or (None,))[0] == content
