"""Key works: late ones first, none dropped, districts together, nothing added across currencies."""

from kpis.plans.works import together, works
from tests.paid_plan import plan
from tests.small_plan import node

DISTRICTS = {"centro": "centro", "puerto": "puerto", "quay": "puerto"}


def test_works_are_all_there_those_late_first():
    found = works(plan(), DISTRICTS)
    assert found.select("key", "state", "district").rows() == [
        ("a1", "late", "centro"), ("a2", "started", "puerto"), ("a3", "implemented", None),
    ]  # fmt: skip


def test_a_place_inside_a_district_counts_there():
    found = works(plan(node("x", work=True, place="quay"), node("y", work=True, place="elsewhere"), node("z", work=True)), DISTRICTS)
    assert dict(found.select("key", "district").iter_rows()) == {"x": "puerto", "y": None, "z": None}


def test_districts_together_and_all():
    lines = {"x": [{"code": "1", "initial": 10, "paid": 4}], "y": [{"code": "2", "initial": 5}]}
    nodes = (node("x", work=True, place="quay", proved=0, proofs={"late": 1}), node("y", work=True, place="puerto"), node("z", work=True))
    found = works(plan(*nodes, lines=lines), DISTRICTS)
    told = {
        (row["district"], row["currency"]): (row["works"], row["late"], row["budget"], row["paid"])
        for row in together(found, ["district"]).iter_rows(named=True)
    }
    assert told == {("puerto", "EUR"): (2, 1, 15, 4), (None, None): (1, 0, None, None)}
    assert sum(row["works"] for row in together(found).iter_rows(named=True)) == 3
