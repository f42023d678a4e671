"""A process that starts parses only the YAML that changed."""

import json
import os
import subprocess
import sys
from shutil import rmtree

import pytest

from data import parsed
from data.home import SNAPSHOT, Home
from data.problems import Refused
from data.yaml_file import read_yaml
from tests.browser.panel import in_home
from tests.conftest import ROOT
from tests.small_city import build

START = """
from data import parsed
from data.home import SNAPSHOT, Home
from kpis.last_valid import in_force
names, read = [], parsed.read_yaml
parsed.read_yaml = lambda path, name: (names.append(name), read(path, name))[1]
parsed.SETTLED = 0
found = in_force(Home.here())
print(len(names), len(found.catalogue.kpis), len(found.definitions.places), sorted(names)[0] if names else "")
"""
TEXT = "a: 1\nb: [x, 2.5, {c: 'no', d: null}]\n'e': ''\n"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.setattr(parsed, "SETTLED", 0)
    home = Home(tmp_path)
    home.store.mkdir(parents=True)
    home.city.write_text(TEXT, encoding="utf-8")
    return home


@pytest.fixture
def parses(monkeypatch) -> list[str]:
    """Every file that was parsed."""
    found: list[str] = []
    monkeypatch.setattr(parsed, "read_yaml", lambda path, name: (found.append(name), read_yaml(path, name))[1])
    return found


def kept(home: Home):
    (found,) = (home.store / "yaml").glob("*.json")
    return found


def start(home: Home) -> list[str]:
    """A process that reads everything: files parsed, goals and places found, the first file parsed."""
    told = [sys.executable, "-c", START]
    done = subprocess.run(told, cwd=ROOT, env=in_home(home.folder), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_second_start_parses_nothing_and_one_after_a_change_parses_that_file(tmp_path):
    home = build(tmp_path / "city")
    first = start(home)
    assert first[0] == "4"
    assert start(home) == ["0", *first[1:3]]
    home.places.write_text(home.places.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert start(home) == ["1", *first[1:3], "data/places.yaml"]
    assert start(home)[0] == "0"


def test_what_is_kept_is_what_was_parsed_with_every_line_and_column(home, parses):
    first = parsed.read(home, home.city)
    assert parsed.read(home, home.city) == first == read_yaml(home.city, "data/city.yaml")
    assert list(first.marks) == list(parsed.read(home, home.city).marks)
    assert len(parses) == 1


def test_the_same_size_and_time_of_writing_do_not_hide_a_change(home, parses):
    before, said = home.city.stat(), parsed.read(home, home.city)
    home.city.write_text(TEXT.replace("a: 1", "a: 2"), encoding="utf-8")
    os.utime(home.city, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert parsed.read(home, home.city).value != said.value
    assert len(parses) == 2


def test_a_file_put_in_its_place_is_parsed(home, parses):
    parsed.read(home, home.city)
    new = home.city.with_suffix(".new")
    new.write_text(TEXT, encoding="utf-8")
    new.replace(home.city)
    parsed.read(home, home.city)
    assert len(parses) == 2


def test_of_a_file_written_just_now_nothing_is_kept(home, parses, monkeypatch):
    monkeypatch.setattr(parsed, "SETTLED", 2_000_000_000)
    parsed.read(home, home.city)
    assert not (home.store / "yaml").exists()
    parsed.read(home, home.city)
    assert len(parses) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"no"', '"si"'),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: parsed._sum("[1]") + "\n[1]",
        lambda text: parsed._sum("[" * 100_000) + "\n" + "[" * 100_000,
        lambda text: foreign(text, parser="of other code"),
        lambda text: foreign(text, marks=[]),
        lambda text: foreign(text, marks=[["x", 1]] * 9),
        lambda text: foreign(text, value={"a": 1}),
    ],
)
def test_what_is_damaged_or_foreign_is_parsed_again_and_kept_anew(home, parses, damage):
    said = parsed.read(home, home.city)
    path = kept(home)
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert parsed.read(home, home.city) == said
    assert len(parses) == 2
    assert parsed.read(home, home.city) == said
    assert len(parses) == 2


def foreign(text: str, **other: object) -> str:
    """What another program might have written, with a right checksum."""
    told = json.dumps({**json.loads(text.splitlines()[1]), **other})
    return f"{parsed._sum(told)}\n{told}"


def test_bytes_that_are_no_text_are_parsed_again(home, parses):
    said = parsed.read(home, home.city)
    kept(home).write_bytes(b"\xff\xfe\n\x00")
    assert parsed.read(home, home.city) == said


def test_a_home_that_cannot_be_written_to_works(home, parses):
    (home.store / "yaml").write_text("in the way", encoding="utf-8")
    assert parsed.read(home, home.city) == parsed.read(home, home.city)
    assert len(parses) == 2


def test_a_home_without_a_store_is_left_as_it_is(tmp_path, parses, monkeypatch):
    monkeypatch.setattr(parsed, "SETTLED", 0)
    home = Home(tmp_path)
    home.city.parent.mkdir()
    home.city.write_text(TEXT, encoding="utf-8")
    parsed.read(home, home.city)
    assert not home.store.exists()


def test_nothing_is_written_into_a_closed_month(home, parses):
    (home.folder / SNAPSHOT).write_text("{}", encoding="utf-8")
    for _ in range(2):
        parsed.read(home, home.city)
    assert len(parses) == 1 and not (home.store / "yaml").exists()
    assert [path.name for path in (home.makes / "yaml").iterdir()]
    rmtree(home.makes)


def test_what_is_wrong_is_never_kept_and_always_said(home):
    home.city.write_text("a: 1\na: 2\n", encoding="utf-8")
    for _turn in range(2):
        with pytest.raises(Refused, match="'a' is said twice, first on line 1"):
            parsed.read(home, home.city)
    home.city.unlink()
    with pytest.raises(Refused, match="this file is missing"):
        parsed.read(home, home.city)
