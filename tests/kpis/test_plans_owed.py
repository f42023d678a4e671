"""What an area owes by the review: from the records of a small town."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from data.home import Home
from data.plans.evidence import bring_link
from data.plans.outcomes import close_outcome
from data.plans.owing import owing
from data.plans.reading import tree
from data.plans.reporting import Report, report
from kpis.plans.owed import owed
from kpis.plans.truth import truth
from tests.area_town import DAY, Town, build

SINCE = date(2026, 6, 15)


@pytest.fixture
def town(tmp_path) -> Town:
    return build(Home(tmp_path))


def found(town: Town, area: str = "police", day: date = DAY, since: date = SINCE):
    nodes = truth(tree(town.records, town.plan, day)).nodes.filter(pl.col("area") == area)
    return owed(owing(town.records, town.plan, area, day), nodes, since, day)


def keys(town: Town, frame: pl.DataFrame, column: str = "node") -> list[str]:
    by_id = {node: key for key, node in town.nodes.items()}
    return [by_id[node] for node in frame[column]]


def test_what_runs_and_was_not_reported_since_the_last_review_is_owed(town):
    owes = found(town)
    assert keys(town, owes.unreported, "id") == ["1.5", "1.2"]  # 1.1 was reported in July, 1.4 is suspended
    assert owes.unreported["last"].to_list() == [None, date(2026, 3, 1)]


def test_a_report_for_a_later_day_is_not_known_yet(town):
    report(town.records, town.actor("editor"), Report(town.nodes["1.5"], 1, date(2026, 7, 20), 5.0, "started"))
    assert "1.5" in keys(town, found(town).unreported, "id")
    assert "1.5" not in keys(town, found(town, day=date(2026, 8, 15), since=DAY).unreported, "id")


def test_stages_are_owed_when_their_day_is_over_and_spoken_about_before(town):
    due = found(town).due
    assert list(zip(keys(town, due), due["name"], due["days"], strict=True)) == [("1.2", '"Designed"', -380), ("1.1", '"Open"', 47)]


def test_evidence_that_was_sent_back_is_owed_until_it_is_brought_again(town):
    returned = found(town).returned
    assert returned.select("title", "note", "judged_by").rows() == [("Contract", "The signature is missing", "Rosa Revisora")]
    stage = returned["milestone"].item()
    bring_link(town.records, town.actor("editor"), stage, "Contract, signed", "https://example.org/2", datetime(2026, 7, 1, tzinfo=UTC))
    after = found(town)
    assert after.returned.is_empty()
    assert after.awaiting["title"].to_list() == ["Photograph", "Contract, signed"]
    assert after.due["name"].to_list() == ['"Open"']


def test_evidence_was_not_sent_back_before_it_was(town):
    before = found(town, day=date(2026, 5, 3))
    assert before.returned.is_empty() and before.awaiting["title"].to_list() == ["Contract"]


def test_evidence_that_waits_elsewhere_says_since_when(town):
    waiting = found(town).awaiting
    assert waiting.select("title", "brought_by", "days").rows() == [("Photograph", "Elena Editora", 25)]


def test_a_corrective_measure_is_owed_by_the_area_of_its_post_until_it_is_taken(town):
    measures = found(town).measures
    assert measures.select("title", "corrective", "days").rows() == [('"The contractor failed"', '"Tender again"', -15)]
    close_outcome(town.records, town.actor("editor"), measures["id"].item(), 1, date(2026, 7, 2), at=datetime(2026, 7, 2, 9, tzinfo=UTC))
    assert found(town).measures.is_empty()
    assert found(town, day=date(2026, 7, 1)).measures.height == 1


def test_what_is_owed_now_is_counted_without_what_only_comes(town):
    owes = found(town)
    assert owes.count == 2 + 1 + 1 + 1  # unreported, returned, one stage over, one measure over


def test_in_the_newest_month_what_was_done_since_the_review_day_is_known(town):
    stage = found(town).returned["milestone"].item()
    bring_link(town.records, town.actor("editor"), stage, "Later", "https://example.org/3", datetime(2026, 8, 1, tzinfo=UTC))
    report(town.records, town.actor("editor"), Report(town.nodes["1.5"], 1, date(2026, 8, 1), 5.0, "started"))
    nodes = truth(tree(town.records, town.plan, DAY, live=True)).nodes.filter(pl.col("area") == "police")
    owes = owed(owing(town.records, town.plan, "police", DAY, live=True), nodes, SINCE, DAY)
    assert owes.returned.is_empty() and keys(town, owes.unreported, "id") == ["1.2"]
    assert owes.awaiting["days"].to_list() == [25, 0]


def test_another_area_owes_its_own(town):
    owes = found(town, "hall")
    assert keys(town, owes.unreported, "id") == ["1.3"]
    assert owes.count == 1
