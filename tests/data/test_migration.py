"""A facts file of an older program is read as a new version; one of a newer program is left alone."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from data import schema
from data.connection import open_to_read, open_to_write
from data.facts import current
from data.home import Home
from data.problems import NotPossibleNow
from data.rollback import rollback
from data.schema import latest, steps
from data.seal import fault
from data.verification import problems, verify
from data.versions import Versions, publish, writing
from tests.tiny_facts import home, load, value

OLD_ROWS = """
insert into place values (0, 'aurora', 'Aurora', 'city', null, null, null, 412000), (1, 'bruma', 'Bruma', 'city', null, null, null, null);
insert into indicator values (0, 'monthly', 'monthly', 'days', 'level', 'month', 'city', 'the hall', 'hall');
insert into load values
    (1, 'first', 'hall', ['first.csv'], 'ana', '2025-02-01', '2025-02-01 10:00', false, 2, 2, 0, 0),
    (2, 'second', 'hall', ['second.csv'], 'ana', '2025-03-01', '2025-03-01 10:00', false, 1, 0, 0, 1);
insert into observation values
    ('2025-01-31', 0, 0, '', 6, null, null, null, 2), ('2025-01-31', 0, 1, '', null, null, null, 'not collected', 1);
insert into revision values ('2025-01-31', 0, 0, '', 5, null, null, null, 1, 2);
"""


def write_with(script: str, upto: int):
    """Builds a file as a program would have that knew the steps up to one number."""

    def build(part: Path) -> None:
        with closing(open_to_write(part)) as connection:
            connection.execute("create table migration (number integer not null, name varchar not null)")
            for number, name, sql in steps():
                if number <= upto:
                    connection.execute(sql)
                    connection.execute("insert into migration values (?, ?)", [number, name])
            connection.execute(script)
            connection.execute("checkpoint")

    return build


@pytest.fixture
def old(tmp_path) -> Home:
    """A home whose version 1 is of schema 1."""
    city = home(tmp_path)
    with writing(city) as versions:
        publish(versions, None, write_with(OLD_ROWS, upto=1), lambda part: None)
    return city


def test_the_steps_are_numbered_without_gaps():
    assert [number for number, _, _ in steps()] == list(range(1, latest() + 1))
    assert latest() >= 2


def test_an_older_file_is_read_as_a_new_version_with_all_its_values(old):
    facts = current(old)
    assert facts is not None and facts.version == 2
    assert facts.observations().select("place", "value", "flag", "load").rows() == [
        ("aurora", 6, None, 2),
        ("bruma", None, "not collected", 1),
    ]
    assert facts.revisions("aurora", "monthly").rows() == [
        (date(2025, 1, 31), 5, date(2025, 2, 1), date(2025, 3, 1)),
        (date(2025, 1, 31), 6, date(2025, 3, 1), None),
    ]
    assert [one.id for one in facts.loads()] == ["second", "first"]
    assert current(old) is facts, "once is enough"
    assert problems(Versions.of(old).path(2)) == []


def test_the_older_file_stays_as_it_was(old):
    current(old)
    versions = Versions.of(old)
    assert fault(versions, 1) is None
    with closing(open_to_read(versions.path(1))) as connection:
        assert schema.schema(connection) == 1


def test_a_load_onto_an_older_file_migrates_it_first(old):
    outcome = load(old, "third", value(7), date(2025, 4, 1))
    assert (outcome.revised, outcome.facts_version) == (1, 3)
    facts = current(old)
    assert facts is not None and facts.revisions("aurora", "monthly")["value"].to_list() == [5, 6, 7]


def test_undoing_goes_past_the_migration(old):
    load(old, "third", value(7), date(2025, 4, 1))
    assert rollback(old).facts_version == 2
    assert rollback(old).facts_version is None


def test_an_older_file_can_be_verified_before_it_is_migrated(old):
    checked, found = verify(old)
    assert found == [] and Versions.of(old).current == 1
    assert len(checked) == 3


def test_while_somebody_loads_an_older_file_has_to_wait(old):
    with writing(old), pytest.raises(NotPossibleNow, match="has been loading since"):
        current(old)
    assert Versions.of(old).current == 1


def test_a_file_of_a_newer_program_is_left_alone(old, monkeypatch):
    current(old)
    newest = schema.latest()
    monkeypatch.setattr(schema, "steps", lambda: steps()[:1])
    with writing(old) as versions:  # a new path: what a path's schema is, is remembered
        versions.path(9).write_bytes(versions.path(2).read_bytes())
        versions.note(9).write_text(versions.note(2).read_text().replace('"version": 2', '"version": 9'))
        (versions.folder / "CURRENT").write_text("facts-000009.duckdb\n")
    for attempt in (lambda: current(old), lambda: load(old, "third", value(7))):
        with pytest.raises(NotPossibleNow, match=rf"schema {newest}; this one knows 1.*nothing was changed: update the program"):
            attempt()
    assert Versions.of(old).current == 9
