"""Two hundred damaged stores: `verify` reports each of them, and none shows a wrong number before it does."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data import seal, verification
from data.facts import current
from data.home import Home
from data.lasting import checksum
from data.periods import Month
from data.problems import NotPossibleNow
from data.verification import verify
from data.versions import Versions
from tests.tiny_facts import home, load, rows

NAME, NOTE, OLD, OLD_NOTE = "facts-000002.duckdb", "facts-000002.json", "facts-000001.duckdb", "facts-000001.json"
HEADER = 3 * 4096
BLOCK = 4096

Damage = Callable[[Path, random.Random], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Home:
    """A store of two versions, in which the second revises some of the values of the first."""
    city = home(tmp_path_factory.mktemp("sound"))
    months = [Month(2015, 1).plus(n).last for n in range(120)]
    load(city, "first", rows(*({"period": day, "value": n / 7} for n, day in enumerate(months))))
    years = [date(year, 12, 31) for year in range(1990, 2025)]
    again = [{"period": day, "value": n / 7 + (n % 9 == 0)} for n, day in enumerate(months)]
    load(city, "second", rows(*again, *({"indicator": "yearly", "period": day, "value": day.year / 7} for day in years)), date(2025, 3, 1))
    for path in Versions.of(city).folder.glob("*.duckdb"):
        path.chmod(0o644)
    return city


@pytest.fixture(scope="module")
def right(sound) -> list:
    return numbers(sound)


def numbers(city: Home) -> list:
    """What people would be shown. Raises NotPossibleNow where nothing is shown."""
    facts = current(city)
    assert facts is not None
    known = [facts.month("aurora", Month(2016, number), ["monthly", "yearly"]).rows() for number in range(1, 13)]
    return [*known, facts.observations(segment=None).rows(), facts.revisions("aurora", "monthly").rows(), facts.last_period("aurora")]


def changed(path: Path, change: Callable[[bytearray], bytes | bytearray]) -> None:
    path.write_bytes(change(bytearray(path.read_bytes())))


def flip(lowest: int, highest: int) -> Damage:
    """One bit somewhere between two places of the file."""

    def damage(folder: Path, luck: random.Random) -> None:
        def change(content: bytearray) -> bytearray:
            content[luck.randrange(lowest, min(highest, len(content)))] ^= 1 << luck.randrange(8)
            return content

        changed(folder / NAME, change)

    return damage


def cut(share: float, less: int = 0) -> Damage:
    return lambda folder, luck: changed(folder / NAME, lambda content: content[: max(int(len(content) * share) - less, 0)])


def fill(size: int, byte: bytes | None = b"\0") -> Damage:
    """A stretch of the file is all zeros, or noise; one that was like that already is passed over."""

    def damage(folder: Path, luck: random.Random) -> None:
        def change(content: bytearray) -> bytearray:
            new = byte * size if byte else luck.randbytes(size)
            while True:
                at = luck.randrange(len(content) // BLOCK) * BLOCK
                if content[at : at + size] != new[: len(content) - at]:
                    content[at : at + size] = new[: len(content) - at]
                    return content

        changed(folder / NAME, change)

    return damage


def exchange(folder: Path, luck: random.Random) -> None:
    """Two different blocks of the file have changed places."""

    def change(content: bytearray) -> bytearray:
        while True:
            one, other = (slice(at := luck.randrange(len(content) // BLOCK) * BLOCK, at + BLOCK) for _ in range(2))
            if content[one] != content[other]:
                content[one], content[other] = content[other], content[one]
                return content

    changed(folder / NAME, change)


def grown(size: int) -> Damage:
    return lambda folder, luck: changed(folder / NAME, lambda content: content + luck.randbytes(size))


def text(name: str, said: str) -> Damage:
    return lambda folder, _: (folder / name).write_text(said)


def without(*names: str) -> Damage:
    return lambda folder, _: [(folder / name).unlink() for name in names]


def noted(**parts: object) -> Damage:
    """The note says something else; None takes a part away."""

    def damage(folder: Path, _: random.Random) -> None:
        told = {**json.loads((folder / NOTE).read_text()), **parts}
        (folder / NOTE).write_text(json.dumps({name: part for name, part in told.items() if part != "gone"}))

    return damage


def copied(*pairs: tuple[str, str]) -> Damage:
    return lambda folder, _: [shutil.copyfile(folder / one, folder / other) for one, other in pairs]


def swapped(*pairs: tuple[str, str]) -> Damage:
    def damage(folder: Path, _: random.Random) -> None:
        for one, other in pairs:
            first, second = (folder / one).read_bytes(), (folder / other).read_bytes()
            (folder / one).write_bytes(second)
            (folder / other).write_bytes(first)

    return damage


def real_log(folder: Path, _: random.Random) -> None:
    """A log as a writer leaves it that was stopped before it could write it into the file: it changes every value."""
    copy = folder / "copy"
    shutil.copyfile(folder / NAME, copy)
    with closing(duckdb.connect(str(copy))) as connection:
        connection.execute("pragma disable_checkpoint_on_shutdown")
        connection.execute("set checkpoint_threshold = '1GB'")
        connection.execute("update observation set value = value + 1000")
    log = folder / "copy.wal"
    assert log.stat().st_size > 100
    log.rename(folder / f"{NAME}.wal")
    copy.unlink()


def edited(statement: str) -> Damage:
    """Somebody changed the file with a tool of their own, which leaves every block's own checksum right."""

    def damage(folder: Path, _: random.Random) -> None:
        with closing(duckdb.connect(str(folder / NAME))) as connection:
            connection.execute(statement)

    return damage


def renamed(folder: Path, _: random.Random) -> None:
    """The old version under a new name, and the pointer at it."""
    shutil.copyfile(folder / OLD, folder / "facts-000007.duckdb")
    shutil.copyfile(folder / OLD_NOTE, folder / "facts-000007.json")
    (folder / "CURRENT").write_text("facts-000007.duckdb\n")
    (folder / "HIGHEST").write_text("7\n")


SHARES = [n / 26 for n in range(26)]
CASES: list[tuple[str, Damage]] = [
    *[(f"a bit of the header flipped, {n}", flip(0, HEADER)) for n in range(34)],
    *[(f"a bit anywhere flipped, {n}", flip(0, 10**9)) for n in range(40)],
    *[(f"cut to {share:.0%} of its length", cut(share)) for share in SHARES],
    *[(f"cut by {less:,} bytes", cut(1.0, less)) for less in (1, 2, 511, 4095, 4096, 4097, 262_144)],
    *[(f"a block of zeros, {n}", fill(BLOCK)) for n in range(24)],
    *[(f"noise written over it, {n}", fill(700, None)) for n in range(12)],
    *[(f"two blocks exchanged, {n}", exchange) for n in range(8)],
    *[(f"{size:,} bytes appended", grown(size)) for size in (1, 8, 4095, 4096, 262_144, 1_000_000)],
    ("the file is gone", without(NAME)),
    ("another kind of file", text(NAME, "PK\x03\x04 this is a workbook")),
    ("the old file in its place", copied((OLD, NAME))),
    ("the old file and its note in its place", copied((OLD, NAME), (OLD_NOTE, NOTE))),
    ("the two files swapped", swapped((OLD, NAME))),
    ("the two files and their notes swapped", swapped((OLD, NAME), (OLD_NOTE, NOTE))),
    ("the old file under a new name", renamed),
    ("a value edited", edited("update observation set value = 4711 where value = (select max(value) from observation)")),
    ("a row removed", edited("delete from observation where value = (select max(value) from observation)")),
    ("a column emptied", edited("update observation set value = null")),
    ("a table removed", edited("drop table revision")),
    ("CURRENT is empty", text("CURRENT", "")),
    ("CURRENT is gone", without("CURRENT")),
    ("CURRENT names nothing that is kept", text("CURRENT", "facts-000099.duckdb\n")),
    ("CURRENT names no version", text("CURRENT", "latest\n")),
    ("CURRENT names a file elsewhere", text("CURRENT", "../facts-000002.duckdb\n")),
    ("CURRENT is noise", lambda folder, luck: (folder / "CURRENT").write_bytes(luck.randbytes(20))),
    ("HIGHEST is gone", without("HIGHEST")),
    ("HIGHEST is empty", text("HIGHEST", "")),
    ("HIGHEST is no number", text("HIGHEST", "two")),
    ("HIGHEST is too low", text("HIGHEST", "1")),
    ("the note is gone", without(NOTE)),
    ("the note is empty", text(NOTE, "")),
    ("the note is cut", lambda folder, _: changed(folder / NOTE, lambda content: content[:50])),
    ("the note is a list", text(NOTE, "[]")),
    ("the note is a number", text(NOTE, "7")),
    ("the note has another checksum", noted(sha256="0" * 64)),
    ("the note has half a checksum", noted(sha256="0" * 32)),
    ("the note has no checksum", noted(sha256="gone")),
    ("the note's checksum is a number", noted(sha256=7)),
    ("the note is another version's", noted(version=1)),
    ("the note says built on itself", noted(built_on=2)),
    ("the note says built on what is not there", noted(built_on=0)),
    ("the note says built on a word", noted(built_on="one")),
    ("the note does not say built on what", noted(built_on="gone")),
    ("an empty log beside it", text(f"{NAME}.wal", "")),
    ("a log of noise beside it", lambda folder, luck: (folder / f"{NAME}.wal").write_bytes(luck.randbytes(5000))),
    ("a real log beside it", real_log),
    ("a log beside the version before", text(f"{OLD}.wal", "x")),
    ("a copy with a name of its own", copied((NAME, "facts-000002 (1).duckdb"))),
    ("a text of somebody's", text("notes.txt", "do not touch")),
    ("the version before is damaged", lambda folder, _: changed(folder / OLD, lambda content: content[:-1])),
    ("the version before is gone, not its note", without(OLD)),
]  # fmt: skip


def damaged(sound: Home, folder: Path, case: tuple[str, Damage]) -> Home:
    """A copy of the sound store, damaged."""
    city = Home(folder / "home")
    shutil.copytree(sound.folder, city.folder)
    case[1](Versions.of(city).folder, random.Random(case[0]))
    return city


def test_there_are_two_hundred_of_them():
    assert len(CASES) == len({name for name, _ in CASES}) == 200


def test_a_copy_that_nobody_damaged_is_in_order(sound, right, tmp_path):
    city = damaged(sound, tmp_path, ("nothing", lambda *_: None))
    assert verify(city)[1] == []
    assert numbers(city) == right


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_damage_is_reported_and_shows_no_wrong_number(sound, right, tmp_path, case):
    city = damaged(sound, tmp_path, case)
    _, found = verify(city)
    assert found, "verify reports nothing"
    assert all((problem.path and problem.hint) or problem.path == "CURRENT" for problem in found)
    try:
        assert numbers(city) == right
    except NotPossibleNow as said:
        assert "the facts cannot be read" in str(said)


@pytest.fixture
def unchecked(monkeypatch) -> Iterator[None]:
    """A product that does not look at checksums."""
    monkeypatch.setattr(seal, "fault", lambda *_: None)
    monkeypatch.setattr(verification, "fault", lambda *_: None)
    seal._fault.cache_clear()
    yield
    seal._fault.cache_clear()


@pytest.mark.parametrize("name", ["the old file in its place", "a value edited", "1 bytes appended"])
def test_without_the_checksum_this_damage_would_pass(sound, right, tmp_path, unchecked, name):
    city = damaged(sound, tmp_path, (name, dict(CASES)[name]))
    assert verify(city)[1] == []
    assert (numbers(city) == right) == (name == "1 bytes appended")


def test_a_version_is_hashed_once_for_each_process_and_again_when_it_changes(sound, tmp_path, monkeypatch):
    city, asked = damaged(sound, tmp_path, ("nothing", lambda *_: None)), []
    monkeypatch.setattr(seal, "checksum", lambda path: asked.append(path.name) or checksum(path))
    for _ in range(5):
        current(city)
    assert asked == [NAME]
    changed(Versions.of(city).path(2), lambda content: content + b"x")
    for _ in range(2):
        with pytest.raises(NotPossibleNow, match="not as it was published"):
            current(city)
    assert asked == [NAME, NAME]


def test_nothing_is_built_on_a_damaged_version(sound, tmp_path):
    city = damaged(sound, tmp_path, ("the old file in its place", copied((OLD, NAME))))
    with pytest.raises(NotPossibleNow, match="not as it was published"):
        load(city, "third", rows({"value": 3}))
    assert Versions.of(city).kept == [1, 2]


def test_what_a_stopped_load_left_behind_is_named_and_no_problem(sound, tmp_path):
    city = damaged(sound, tmp_path, ("leftovers", copied((NAME, "facts-000003.part"), (NOTE, "facts-000003.json"))))
    checked, found = verify(city)
    assert found == []
    assert [said.partition(":")[0] for said in checked if "left behind" in said] == ["facts-000003.json", "facts-000003.part"]
