"""The versions of a plan, read back with the decisions that made them."""

from data.plans.reading import plans
from data.plans.versions import versions
from data.records.records import records
from tests.planned_city import planned


def test_each_version_carries_its_decision_its_changes_and_the_names_of_what_changed(tmp_path):
    held = records(planned(tmp_path / "home"))
    found = versions(held, plans(held)[0].id)
    assert [(version.number, version.title, version.body) for version in found] == [
        (3, "No more", "Council"),
        (2, "Later", "Council"),
        (1, None, None),
    ]
    (moved,) = found[1].changes
    assert (moved["field"], moved["was"], moved["is"]) == ("ends", "2028-12-31", "2028-06-30")
    assert found[1].names[moved["node"]] == "Action 2.1.3"
    assert found[2].person == "Ofelia" and found[2].changes == []
