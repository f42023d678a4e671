"""Budget lines and limits read back from the records as they were taken in."""

import pytest

from data.access import Actor, Role
from data.home import Home
from data.people import PROGRAM, add_person
from data.plans.adopting import adopt
from data.plans.document import LineEntry, NodeEntry, PlanDocument
from data.plans.lines import LINE, limits, lines
from data.records.columns import told
from data.records.records import records


@pytest.fixture
def held(tmp_path):
    found = records(Home(tmp_path))
    office = add_person(found, PROGRAM, "Office", roles=(Role("office"),))
    first = LineEntry(code="2", currency="EUR", phases={"initial": 5.0, "paid": 1.5}, year=2026, source={"es": "Propios", "en": "Own"})
    second = LineEntry(code="1", currency="USD", phases={}, year=2025)
    nodes = (
        NodeEntry(key="a", name="Axis", level=0),
        NodeEntry(key="a1", name="Bridge", level=1, parent="a", lines=(first, second), fields={"work": True, "limits": {"en": "No site"}}),
    )
    document = PlanDocument(key="pam", name="Plan", place="aurora", levels=({"one": "axis", "many": "axes"},) * 2, nodes=nodes)
    return found, adopt(found, Actor(office, "Office", frozenset({Role("office")})), document)


def test_lines_come_in_the_order_of_years_with_unknown_amounts_unknown(held):
    found = lines(*held)
    assert found.columns == list(LINE)
    assert found.select("code", "year", "currency", "initial", "paid").rows() == [
        ("1", 2025, "USD", None, None), ("2", 2026, "EUR", 5.0, 1.5),
    ]  # fmt: skip
    assert [told(text) for text in found["source"]] == [None, {"es": "Propios", "en": "Own"}]


def test_limits_are_those_of_the_nodes_that_have_some(held):
    assert [(node, told(text)) for node, text in limits(*held).rows()] == [(2, {"en": "No site"})]


def test_another_plan_has_no_lines(held):
    assert lines(held[0], held[1] + 1).is_empty()
    assert limits(held[0], held[1] + 1).is_empty()
