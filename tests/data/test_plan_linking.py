"""Plans linked to one another, and a change made of many verbs that is kept whole or not at all."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from data.access import Actor, NotAllowed, Role
from data.people import PROGRAM, actor, add_person
from data.plans.adopting import adopt
from data.plans.deciding import Decision, add, decide
from data.plans.document import NodeEntry, PlanDocument
from data.plans.linking import link, links, unlink
from data.plans.reading import plans, tree
from data.problems import Refused
from data.records import chain
from data.records.heads import exported
from data.records.records import Records
from data.records.secret import secret
from data.records.tables import audit, person
from data.records.together import together
from data.records.writing import Gone

BEGINNING = chain.Head(0, chain.START)
DAY = date(2026, 7, 1)
LEVELS = ({"one": "Axis", "many": "Axes"}, {"one": "Action", "many": "Actions"})


@pytest.fixture
def held(records: Records) -> Records:
    """On each of the two databases."""
    return records


@pytest.fixture
def office(held: Records) -> Actor:
    return actor(held, add_person(held, PROGRAM, "Ada", roles=(Role("office"),)), DAY)


def plan(held: Records, office: Actor, key: str) -> int:
    nodes = [NodeEntry(key="1", name="One", level=0), NodeEntry(key="1.1", name="First", level=1, parent="1")]
    nodes += [NodeEntry(key="2", name="Two", level=0), NodeEntry(key="2.1", name="Second", level=1, parent="2")]
    return adopt(held, office, PlanDocument(key=key, name=key.title(), place="x", levels=LEVELS, nodes=tuple(nodes)))


def test_a_plan_is_linked_and_seen_from_both_ends(held: Records, office: Actor) -> None:
    mandate, annual = plan(held, office, "mandate"), plan(held, office, "annual")
    made = link(held, office, annual, mandate, "implements")
    for asked in (mandate, annual):
        (found,) = links(held, asked)
        assert (found.id, found.kind, found.plan_key, found.other_name) == (made, "implements", "annual", "Mandate")
    unlink(held, office, made)
    assert links(held, mandate) == []


def test_own_links_come_before_those_of_others(held: Records, office: Actor) -> None:
    first, second, third = (plan(held, office, key) for key in ("first", "second", "third"))
    link(held, office, first, second, "part_of")
    link(held, office, second, third, "continues")
    assert [(found.kind, found.plan_key) for found in links(held, second)] == [("continues", "second"), ("part_of", "first")]


def test_a_link_that_says_nothing_is_refused(held: Records, office: Actor) -> None:
    mandate, annual = plan(held, office, "mandate"), plan(held, office, "annual")
    with pytest.raises(Refused, match="married is no kind of link"):
        link(held, office, annual, mandate, "married")
    with pytest.raises(Refused, match="cannot be linked to itself"):
        link(held, office, annual, annual, "part_of")
    link(held, office, annual, mandate, "implements")
    with pytest.raises(Refused, match="linked like this already"):
        link(held, office, annual, mandate, "implements")
    with pytest.raises(Gone):
        link(held, office, annual, 99, "implements")
    with pytest.raises(NotAllowed):
        link(held, Actor(office.person, "Ada", frozenset({Role("mayor")})), mandate, annual, "part_of")
    assert len(links(held, mandate)) == 1


def test_a_node_added_by_a_decision_stands_where_it_belongs(held: Records, office: Actor) -> None:
    number = plan(held, office, "mandate")
    made = decide(held, office, Decision(number, DAY, "More", "citizens_request", "They asked"))
    for key, parent, level in (("1.2", "1", 1), ("1.3", "1", 1), ("3", None, 0), ("3.1", "3", 1)):
        add(held, office, number, made, NodeEntry(key=key, name=key, level=level, parent=parent))
    assert tree(held, number, DAY, live=True).nodes["key"].to_list() == ["1", "1.1", "1.2", "1.3", "2", "2.1", "3", "3.1"]


def test_verbs_together_are_one_change_with_their_own_actors_and_moments(held: Records) -> None:
    moments = [datetime(2025, 1, 7, tzinfo=UTC), datetime(2025, 2, 7, tzinfo=UTC)]
    with together(held, PROGRAM) as whole:
        first = add_person(whole, PROGRAM, "Ada", roles=(Role("office"),), at=moments[0])
        ada = actor(whole, first, DAY)
        add_person(whole, ada, "Bea", at=moments[1])
        assert held.stamp == 0, "nobody else sees it yet"
    with held.read() as connection:
        found = connection.execute(select(audit).order_by(audit.c.seq)).mappings().all()
    assert [(row["actor"], row["at"], row["object"]) for row in found] == [
        ("mandato", moments[0], "person"),
        ("mandato", moments[0], "role"),
        ("Ada", moments[1], "person"),
    ]
    previous, key = chain.START, secret(held.store)
    assert key
    for row in found:
        assert row["previous"] == previous
        previous = chain.link(key, previous, dict(row))
        assert row["hash"] == previous
    assert exported(held.store) == [BEGINNING, chain.Head(3, previous)]


def test_what_fails_together_leaves_nothing(held: Records) -> None:
    with pytest.raises(RuntimeError, match="power cut"), together(held, PROGRAM) as whole:
        add_person(whole, PROGRAM, "Ada")
        raise RuntimeError("power cut")
    assert held.stamp == 0
    assert exported(held.store) == [BEGINNING]


def test_a_verb_that_is_refused_together_takes_back_only_itself(held: Records, office: Actor) -> None:
    mandate = plan(held, office, "mandate")
    with together(held, office) as whole:
        add_person(whole, PROGRAM, "Bea")
        with pytest.raises(Gone):
            link(whole, office, mandate, 99, "part_of")
        add_person(whole, PROGRAM, "Eva")
    with held.read() as connection:
        assert set(connection.execute(select(person.c.name)).scalars()) == {"Ada", "Bea", "Eva"}
        found = connection.execute(select(audit.c.hash, audit.c.previous).order_by(audit.c.seq)).all()
    assert [row.previous for row in found[1:]] == [row.hash for row in found[:-1]]
    assert len(plans(held)) == 1
