"""The Smart Rule on a goal's page: five letters, what must be mended, what is advice, and the badge."""

from xml.etree import ElementTree

import pytest

from dashboards import outlooks
from dashboards.goal import smart
from dashboards.scores import judged
from dashboards.session import Session
from data.periods import Month
from kpis.checking import check
from kpis.smart import LETTERS
from tests.small_city import LAST
from tests.small_city import session as session_of
from tests.test_pages import text


def score(session: Session, name: str):
    return next(score for score in judged(session) if score.kpi.id == name)


def rows(session: Session, name: str) -> dict[str, list[str]]:
    """Of each letter its score and what is said below it."""
    section = ElementTree.fromstring(smart.table(session, score(session, name)))
    return {text(row[0])[0]: [text(row[1]), *(text(said) for said in row[2].iter("p"))] for row in section.findall(".//tr")}


def test_five_letters_with_their_scores(session):
    found = rows(session, "robberies")
    assert list(found) == ["S", "M", "A", "R", "T"]
    assert [cells[0] for cells in found.values()] == ["8 of 9", "8 of 9", "1 of 5", "2 of 4", "4 of 5"]


def test_what_fails_is_said_with_its_cure(session):
    found = rows(session, "robberies")
    assert found["R"][1] == ('Must be mended: Nobody has said which Sustainable Development Goal it serves. Add sdg:, as in sdg: ["11.6"].')
    assert found["M"][1].startswith("Advice: Nobody has said where its figure can be checked. Add verification:")
    assert found["A"][2].startswith("Advice: As things go, the chance of reaching its target is under 1%.")


def test_a_chance_that_is_still_being_computed_is_not_checked(session, monkeypatch):
    monkeypatch.setattr(outlooks, "of", lambda _session: None)
    assert rows(session, "robberies")["A"][-1] == "Not checked: the chance of reaching its target is not yet computed."


def test_figures_in_a_reason_are_written_as_the_country_does(city):
    spanish = session_of(city, language="es")
    asked = next(said for said in rows(spanish, "robberies")["A"] if "95" in said)
    assert "4,8 puntos al año" in asked.replace("\N{NO-BREAK SPACE}", " ")


def test_a_goal_that_is_not_ready_carries_a_badge(session):
    assert text(ElementTree.fromstring(smart.badge(session, score(session, "robberies")))) == "Not ready for the public page"


def test_a_place_that_wants_nothing_of_a_goal_is_not_told_what_fails(city):
    assert smart.table(session_of(city, place="bruma"), score(session_of(city, place="bruma"), "aimless")) == ""
    assert "Smart Rule" in smart.table(session_of(city), score(session_of(city), "aimless"))


@pytest.mark.parametrize("name", ["hostile", "silent", "later"])
def test_every_goal_can_be_shown(session, name):
    assert len(rows(session, name)) == 5


def test_an_earlier_month_knows_no_later_value(city):
    assert smart.assessed(session_of(city, month=Month(2024, 3)))["robberies"].score("M") == (7, 9)
    assert smart.assessed(session_of(city, month=LAST))["robberies"].score("M") == (8, 9)


def test_the_page_has_the_score_that_the_command_prints(city, session):
    printed = {goal.assessment.kpi.id: [goal.assessment.score(letter) for letter in LETTERS] for goal in check(city).smart}
    assert {name: [told.score(letter) for letter in LETTERS] for name, told in smart.assessed(session).items()} == printed
