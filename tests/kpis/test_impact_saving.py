"""A study saved from the panel: with who and why, never over somebody else's, never by whoever may not, and with a way back."""

from datetime import date
from pathlib import Path

import pytest

from data.access import Actor, NotAllowed, Role
from data.home import Home
from data.problems import NotPossibleNow, Problem, Refused
from data.yaml_file import parse
from kpis.impact.saving import studies
from kpis.saving import Draft

OFFICE = Actor(1, "Olga Oficina", frozenset({Role("office")}))
MAYOR = Actor(2, "Marta", frozenset({Role("mayor")}))
DAY = date(2026, 7, 3)
KEYS = {"study": "app", "name": {"es": "Aplicación", "en": "App"}, "indicator": "answered", "start": "2025-07-01", "smallest": None}
WRITTEN = "# ours\nstudy: app\nindicator: answered\nstart: 2025-07-01   # as the council decided\n"


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path)


def held(home: Home) -> Path:
    """A study that the office wrote by hand."""
    path = home.studies / "app.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(WRITTEN, encoding="utf-8")
    return path


def approve(_draft: Draft) -> None:
    return None


def refuse(_draft: Draft) -> None:
    raise Refused([Problem("it does not hold")])


def test_a_new_study_is_written_with_who_and_why(home):
    studies(home).save(OFFICE, studies(home).begun("app", KEYS), "The mayor asked", DAY, approve)
    found = parse((home.studies / "app.yaml").read_text(encoding="utf-8"), "").value
    assert found == {
        **{key: value for key, value in KEYS.items() if value is not None},
        "changes": [{"date": "2026-07-03", "by": "Olga Oficina", "reason": "The mayor asked"}],
    }


def test_a_change_leaves_every_other_line_as_it_was(home):
    path = held(home)
    draft = studies(home).changed("app", {"start": "2025-08-01", "method": "sc"})
    studies(home).save(OFFICE, draft, "It began later", DAY, approve)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ours\nstudy: app\nindicator: answered\nstart: 2025-08-01   # as the council decided\nmethod: sc\n")


@pytest.mark.parametrize("who", [MAYOR, Actor(3, "Eva", frozenset({Role("editor", "hall")})), Actor(4, "Nobody")])
def test_only_the_office_saves_and_removes(home, who):
    path = held(home)
    with pytest.raises(NotAllowed):
        studies(home).save(who, studies(home).changed("app", {"method": "sc"}), "Why not", DAY, approve)
    with pytest.raises(NotAllowed):
        studies(home).remove(who, "app", "Why not", DAY)
    assert path.read_text(encoding="utf-8") == WRITTEN


def test_without_a_reason_nothing_is_saved_or_removed(home):
    path = held(home)
    for act in (
        lambda: studies(home).save(OFFICE, studies(home).changed("app", {"method": "sc"}), " ", DAY, approve),
        lambda: studies(home).remove(OFFICE, "app", "", DAY),
    ):
        with pytest.raises(Refused, match="nobody has said why"):
            act()
    assert path.read_text(encoding="utf-8") == WRITTEN


def test_what_does_not_hold_is_not_written(home):
    path = held(home)
    with pytest.raises(Refused, match="does not hold"):
        studies(home).save(OFFICE, studies(home).changed("app", {"method": "sc"}), "Why", DAY, refuse)
    assert path.read_text(encoding="utf-8") == WRITTEN


def test_nobody_writes_over_what_somebody_else_changed_meanwhile(home):
    path = held(home)
    draft = studies(home).changed("app", {"method": "sc"})
    path.write_text(WRITTEN.replace("07-01", "09-01"), encoding="utf-8")
    with pytest.raises(NotPossibleNow, match="just changed"):
        studies(home).save(OFFICE, draft, "Why", DAY, approve)
    assert "2025-09-01" in path.read_text(encoding="utf-8")


def test_a_new_study_never_takes_the_place_of_one_with_its_id(home):
    draft = studies(home).begun("app", KEYS)
    held(home)
    with pytest.raises(NotPossibleNow, match="just changed"):
        studies(home).save(OFFICE, draft, "Why", DAY, approve)


def test_what_the_file_said_before_can_be_brought_back_and_the_record_stays(home):
    path = held(home)
    studies(home).save(OFFICE, studies(home).changed("app", {"start": "2025-08-01"}), "It began later", DAY, approve)
    earlier = studies(home).before("app")
    assert earlier is not None and "start: 2025-07-01" in earlier and "It began later" in earlier
    studies(home).save(OFFICE, studies(home).with_text("app", earlier), "It did not", DAY, approve)
    found = parse(path.read_text(encoding="utf-8"), "").value
    assert isinstance(found, dict) and found["start"] == "2025-07-01"
    assert [change["reason"] for change in found["changes"]] == ["It began later", "It did not"]


def test_a_study_that_was_removed_is_listed_and_comes_back_with_why_it_went(home):
    path = held(home)
    studies(home).remove(OFFICE, "app", "Nobody reads it", DAY)
    assert not path.exists() and studies(home).removed() == ["app"]
    earlier = studies(home).before("app")
    assert earlier is not None and "Nobody reads it" in earlier
    studies(home).save(OFFICE, studies(home).with_text("app", earlier), "Somebody does", DAY, approve)
    assert path.exists() and studies(home).removed() == []


def test_what_is_gone_cannot_be_changed_or_removed(home):
    with pytest.raises(Refused, match="no such study any more"):
        studies(home).changed("app", {"method": "sc"})
    with pytest.raises(Refused, match="no such study any more"):
        studies(home).remove(OFFICE, "app", "Why", DAY)


def test_nothing_was_removed_where_nothing_was_ever_replaced(home):
    assert studies(home).removed() == [] and studies(home).before("app") is None


def test_a_text_that_cannot_be_changed_in_its_place_is_refused_in_words(home):
    path = held(home)
    path.write_text("- study: app\n- indicator: answered\n", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be kept"):
        studies(home).changed("app", {"method": "sc"})


def test_a_question_mark_inside_braces_is_no_hindrance(home):
    path, text = held(home), "study: app\nquestion: {es: why?, en: why? so}\nindicator: answered\n"
    path.write_text(text, encoding="utf-8")
    assert studies(home).changed("app", {"method": "sc"}).text == f"{text}method: sc\n"
