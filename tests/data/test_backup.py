"""A backup holds everything, is whole or not there, and is looked at from end to end before anything is put in its place."""

import errno
import json
import os
import resource
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from filelock import FileLock

from data import definition_lock, definition_swap, file_list, incoming
from data.__main__ import main
from data.backup import make, manifest, newest, restore
from data.backup.definition_files import definition_files, is_definition
from data.backup.manifest import Manifest
from data.definitions import load as load_definitions
from data.facts import current
from data.file_list import Entry
from data.home import Home
from data.migration import up_to_date
from data.problems import NotPossibleNow, Refused
from data.rollback import rollback
from data.schema import latest, migrate, steps
from data.verification import verify
from data.versions import KEPT, Versions, finish_stopped, writing
from tests.data.test_migration import OLD_ROWS
from tests.tiny_facts import definitions, home, load, load_each, value

GOALS = "kpis: []\n"


def city(folder: Path) -> Home:
    """A home with goals, an outline and a roll-up, and two loads, of which the second revises the first."""
    place = home(folder)
    texts = {
        place.definitions / "safe.yaml": GOALS,
        place.targets / "aurora.yaml": "targets: {}\n",
        place.sources: "sources: []\n",
        folder / "data" / "boundaries" / "aurora-district.geojson": '{"type": "FeatureCollection", "features": []}',
        folder / "data" / "rollups" / "requests.sql": "select 1",
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    load_each(place, [1.0, 2.0])
    return place


def state(place: Home) -> tuple[object, dict[str, str]]:
    """What a person would see: every value ever held, and every definition."""
    facts = current(place)
    held = facts.revisions("aurora", "monthly").to_dicts() if facts else None
    return held, {name: path.read_text(encoding="utf-8") for name, path in definition_files(place).items()}


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Home:
    return city(tmp_path_factory.mktemp("built"))


@pytest.fixture
def place(built, tmp_path) -> Home:
    """The city, for one test to change."""
    shutil.copytree(built.folder, tmp_path / "city")
    return Home(tmp_path / "city")


@pytest.fixture
def backup(place, tmp_path) -> Path:
    return make(place, tmp_path / "backups").folder


@pytest.fixture(scope="module")
def stock(tmp_path_factory) -> Path:
    """A city that has moved on since its backup, to be copied by tests that try many things."""
    folder = tmp_path_factory.mktemp("stock")
    place = city(folder / "city")
    make(place, folder / "backups")
    load(place, "later", value(3.0))
    place.places.write_text(place.places.read_text(encoding="utf-8").replace("412000", "500000"), encoding="utf-8")
    (place.definitions / "new.yaml").write_text(GOALS, encoding="utf-8")
    (place.definitions / "safe.yaml").unlink()
    return folder


def copied(stock: Path, target: Path) -> tuple[Home, Path]:
    shutil.copytree(stock, target)
    return Home(target / "city"), newest(target / "backups")


def test_a_backup_holds_everything_that_a_city_has_written_or_loaded(place, backup):
    told = manifest.read(backup)
    assert manifest.problems(backup, told) == []
    assert sorted(told.part("definitions")) == [
        "data/boundaries/aurora-district.geojson",
        "data/city.yaml",
        "data/indicators.yaml",
        "data/places.yaml",
        "data/rollups/requests.sql",
        "data/sources.yaml",
        "kpis/definitions/safe.yaml",
        "kpis/targets/aurora.yaml",
    ]
    assert sorted(told.part("facts")) == ["CURRENT", "HIGHEST", "facts-000002.duckdb", "facts-000002.json"]
    assert (told.facts_version, told.schema, told.program) == (2, latest(), manifest.program())
    assert (backup / "facts" / "CURRENT").read_text(encoding="utf-8") == "facts-000002.duckdb\n"


def test_every_version_that_is_kept_can_be_backed_up_and_put_in_force(place, tmp_path):
    folder = make(place, tmp_path / "backups", kept=True).folder
    assert {"facts-000001.duckdb", "facts-000002.duckdb"} <= set(manifest.read(folder).part("facts"))
    assert restore(place, folder, version=1).facts_version == 3
    held, _ = state(place)
    assert isinstance(held, list) and [(row["value"], row["until"]) for row in held] == [(1.0, None)]
    with pytest.raises(Refused, match="holds no version 9"):
        restore(place, folder, version=9)


def test_a_definition_is_what_a_city_writes():
    assert is_definition("data/city.yaml") and is_definition("kpis/definitions/a/b.yaml") and is_definition("data/boundaries/x.geojson")
    assert is_definition("kpis/studies/cigarettes.csv") and is_definition("kpis/indices/countries.csv")
    for name in (
        "data/store/x.yaml",
        "data/city.py",
        "kpis",
        "kpis/x.py",
        "kpis/x.csv",
        "kpis/definitions/x.csv",
        "kpis/studies/deep/x.csv",
        "x/data/city.yaml",
        "data/rollups/deep/a.sql",
        "streamlit_app.py",
    ):
        assert not is_definition(name)


def test_backups_are_made_side_by_side_and_never_overwritten(place, tmp_path, monkeypatch):
    folders = [make(place, tmp_path / "backups").folder for _ in range(3)]
    assert len(set(folders)) == 3
    assert newest(tmp_path / "backups") == max(folders, key=lambda folder: folder.name)
    assert all(manifest.problems(folder, manifest.read(folder)) == [] for folder in folders)


def test_a_backup_is_made_while_somebody_loads(place, tmp_path):
    with writing(place):
        assert make(place, tmp_path / "backups").manifest.facts_version == 2


def test_two_backups_into_one_folder_at_once_are_one_too_many(place, tmp_path):
    with FileLock(tmp_path / ".backup.lock"), pytest.raises(NotPossibleNow, match="another backup is being written"):
        make(place, tmp_path)


def test_a_backup_into_the_store_itself_is_refused(place):
    with pytest.raises(Refused, match="part of what is backed up"):
        make(place, place.store / "backups")


def test_damaged_facts_are_not_backed_up_as_if_they_were_sound(place, tmp_path):
    path = Versions.of(place).path(2)
    path.chmod(0o644)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    with pytest.raises(NotPossibleNow, match="not as it was published"):
        make(place, tmp_path / "backups")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".backup.lock"]


def test_a_home_without_facts_is_backed_up_and_restored_too(tmp_path):
    empty = home(tmp_path / "empty")
    folder = make(empty, tmp_path / "backups").folder
    assert manifest.read(folder).facts_version is None
    new = Home(tmp_path / "new")
    assert restore(new, folder).facts_version is None
    assert state(new) == state(empty)


def test_restoring_makes_a_new_version_that_can_be_undone(stock, tmp_path):
    place, folder = copied(stock, tmp_path / "try")
    before = state(place)
    found = restore(place, folder, definitions=False)
    assert found.facts_version == 4
    assert state(place)[1] == before[1]
    assert current(place).observations()["value"].to_list() == [2.0]  # pyright: ignore[reportOptionalMemberAccess]
    assert rollback(place).facts_version == 3
    assert state(place) == before
    assert verify(place)[1] == []


def test_definitions_that_differ_are_a_question(stock, tmp_path):
    place, folder = copied(stock, tmp_path / "try")
    before = tree(place.folder)
    with pytest.raises(Refused) as caught:
        restore(place, folder)
    assert [problem.path for problem in caught.value.problems] == [
        "data/places.yaml",
        "kpis/definitions/new.yaml",
        "kpis/definitions/safe.yaml",
    ]
    assert all("--definitions" in problem.hint and "--keep-definitions" in problem.hint for problem in caught.value.problems)
    assert tree(place.folder) == before


def test_with_definitions_the_home_is_as_it_was_and_nothing_is_lost(stock, tmp_path):
    place, folder = copied(stock, tmp_path / "try")
    mine = place.places.read_text(encoding="utf-8")
    found = restore(place, folder, definitions=True)
    assert found.definitions == ("data/places.yaml", "kpis/definitions/new.yaml", "kpis/definitions/safe.yaml")
    assert set(definition_files(place)) == set(manifest.read(folder).part("definitions"))
    assert "412000" in place.places.read_text(encoding="utf-8")
    (aside,) = (place.store / "replaced").iterdir()
    assert (aside / "data" / "places.yaml").read_text(encoding="utf-8") == mine
    assert (aside / "kpis" / "definitions" / "new.yaml").exists()
    assert not (place.store / "restoring").exists()


def test_into_an_empty_home_everything_comes_back(place, backup, tmp_path):
    new = Home(tmp_path / "new")
    assert restore(new, backup).facts_version == 3, "numbers go on from the highest that the backup knows"
    assert state(new) == state(place)
    assert verify(new)[1] == []
    assert load(new, "next", value(5.0)).facts_version == 4


def test_numbers_are_never_given_out_again(place, backup):
    shutil.rmtree(place.store)
    assert restore(place, backup).facts_version == 3


@pytest.mark.parametrize("pointer", ["", "facts-000099.duckdb", "nonsense"])
def test_a_lost_pointer_does_not_stand_in_the_way(place, backup, pointer):
    before = state(place)
    (Versions.of(place).folder / "CURRENT").write_text(pointer, encoding="utf-8")
    assert restore(place, backup).facts_version == 3
    assert state(place) == before
    assert verify(place)[1] == []


def test_lost_facts_do_not_stand_in_the_way(place, backup):
    before = state(place)
    Versions.of(place).path(2).unlink()
    assert restore(place, backup).facts_version == 3
    assert state(place) == before


def test_after_a_restore_every_source_is_fetched_whole(place, backup):
    folder = place.store / "incoming"
    folder.mkdir()
    (folder / "accidents.json").write_text("{}", encoding="utf-8")
    restore(place, backup)
    assert list(folder.iterdir()) == []
    incoming.forget(Home(place.folder / "nowhere"))


def test_somebody_who_loads_is_not_disturbed(place, backup):
    before = state(place)
    with writing(place), pytest.raises(NotPossibleNow, match="loading"):
        restore(place, backup)
    assert state(place) == before


def test_a_restore_waits_for_whoever_is_saving_a_definition(place, backup, monkeypatch):
    monkeypatch.setattr(definition_lock, "PATIENCE", 0.1)
    place.sources.write_text("sources: []  # being changed\n", encoding="utf-8")
    before = state(place)
    with definition_lock.alone(place), pytest.raises(NotPossibleNow, match="writing the definitions"):
        restore(place, backup, definitions=True)
    assert state(place) == before
    restore(place, backup, definitions=True)
    assert place.sources.read_text(encoding="utf-8") == "sources: []\n"


def test_an_older_backup_is_brought_up_to_date(place, tmp_path, monkeypatch):
    folder = tmp_path / "old"
    shutil.copytree(make(place, tmp_path / "backups").folder, folder)
    old = duckdb.connect(str(folder / "facts" / "old.duckdb"))
    first = steps()[:1]
    monkeypatch.setattr("data.schema.steps", lambda: first)
    migrate(old)
    old.execute(OLD_ROWS)
    old.close()
    monkeypatch.undo()
    (folder / "facts" / "old.duckdb").replace(folder / "facts" / "facts-000002.duckdb")
    rewrite(folder, schema=1)
    assert restore(place, folder).facts_version == 3
    assert up_to_date(place) == 3, "it is of the latest schema already"
    assert state(place)[0] == [
        {"period": date(2025, 1, 31), "value": 5, "known_on": date(2025, 2, 1), "until": date(2025, 3, 1)},
        {"period": date(2025, 1, 31), "value": 6, "known_on": date(2025, 3, 1), "until": None},
    ]


def rewrite(folder: Path, **changes: object) -> None:
    """The manifest of what lies in the folder now, as an honest program would write it."""
    told = manifest.read(folder)
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != manifest.NAME]
    files = {name: Entry.of(folder / name) for name in names}
    new = Manifest(**{**vars(told), "files": files, **changes})  # pyright: ignore[reportArgumentType]
    (folder / manifest.NAME).write_text(manifest.text(new) + "\n", encoding="utf-8")


@pytest.mark.parametrize("change", ["schema", "part", "format"])
def test_a_backup_of_a_newer_program_is_left_alone(place, backup, change, monkeypatch):
    if change == "schema":
        rewrite(backup, schema=latest() + 1)
    else:
        monkeypatch.setattr(manifest, "PARTS", (*manifest.PARTS, "weather")) if change == "part" else monkeypatch.setattr(
            manifest, "FORMAT", 2
        )
        rewrite_as_newer = manifest.text(manifest.read(backup)) if change == "part" else None
        (backup / manifest.NAME).write_text((rewrite_as_newer or newer_format(backup)) + "\n", encoding="utf-8")
        monkeypatch.undo()
    with pytest.raises(NotPossibleNow, match="update the program"):
        restore(place, backup)


def newer_format(folder: Path) -> str:
    told = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    told.pop("checksum")
    return json.dumps({**told, "format": 2, "checksum": file_list.own_checksum({**told, "format": 2})}, indent=1, sort_keys=True)


def flipped(path: Path, at: float) -> None:
    raw = bytearray(path.read_bytes())
    raw[int((len(raw) - 1) * at)] ^= 0x20
    path.write_bytes(raw)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "its first byte flipped": lambda path: flipped(path, 0),
    "a byte flipped in the middle": lambda path: flipped(path, 0.5),
    "its last byte flipped": lambda path: flipped(path, 1),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\n"),
    "emptied": lambda path: path.write_bytes(b""),
    "missing": lambda path: path.unlink(),
    "a folder": lambda path: (path.unlink(), path.mkdir())[-1],
    "a link": lambda path: (path.rename(path.with_name("away")), path.symlink_to("away"))[-1],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_to_any_file_is_found_before_anything_is_replaced(stock, tmp_path, damage):
    place, folder = copied(stock, tmp_path / "try")
    before = tree(place.folder)
    names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    assert len(names) == 13
    for name in names:
        hurt = tmp_path / "hurt"
        shutil.copytree(folder, hurt)
        (hurt / name).chmod(0o644)
        DAMAGE[damage](hurt / name)
        with pytest.raises(Refused) as caught:
            restore(place, hurt, definitions=True)
        assert all(problem.hint for problem in caught.value.problems)
        assert name.as_posix() in str(caught.value) or name.name == manifest.NAME
        shutil.rmtree(hurt)
    assert tree(place.folder) == before


@pytest.mark.parametrize(
    "name", ["extra.txt", "facts/facts-000001.duckdb", "facts/facts-000002.duckdb.wal", "definitions/data/more.yaml", "a/b"]
)
def test_a_file_too_many_is_refused(place, backup, name):
    (backup / name).parent.mkdir(parents=True, exist_ok=True)
    (backup / name).write_bytes(b"x")
    with pytest.raises(Refused, match="not in the backup's list"):
        restore(place, backup, definitions=True)


@pytest.mark.parametrize(
    "name",
    [
        "definitions/../../../evil.yaml",
        "/etc/evil.yaml",
        "definitions/streamlit_app.py",
        "definitions/data/store/x.yaml",
        "facts/../x",
        "x",
    ],
)
def test_a_list_that_names_other_places_is_refused(place, backup, name):
    told = manifest.read(backup)
    crafted = Manifest(**{**vars(told), "files": {**told.files, name: Entry(0, "0" * 64)}})
    (backup / manifest.NAME).write_text(manifest.text(crafted) + "\n", encoding="utf-8")
    with pytest.raises(Refused, match="a backup has no such file"):
        restore(place, backup, definitions=True)


def test_facts_that_contradict_themselves_are_refused_though_every_checksum_holds(place, backup):
    before = state(place)
    path = backup / "facts" / "facts-000002.duckdb"
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update observation set load = 77")
    rewrite(backup)
    with pytest.raises(Refused, match="a value's load is unknown"):
        restore(place, backup)
    assert state(place) == before
    assert verify(place)[1] == []


def test_facts_that_are_no_facts_are_refused(place, backup):
    (backup / "facts" / "facts-000002.duckdb").chmod(0o644)
    (backup / "facts" / "facts-000002.duckdb").write_bytes(b"no database")
    rewrite(backup)
    with pytest.raises(Refused, match="cannot be opened"):
        restore(place, backup)
    assert verify(place)[1] == []


def test_what_is_no_backup_is_said(place, tmp_path):
    with pytest.raises(Refused, match="this is no backup"):
        restore(place, tmp_path)


CALLS = ("fsync", "replace", "rename", "chmod", "mkdir", "unlink")


@contextmanager
def failing(monkeypatch, number: int, *, for_ever: bool):
    """The call of that number that makes something last fails, as on a full disk: once, or from then on. Yields how many there were."""
    count = [0]

    def instead(call):
        def either(*given, **named):
            count[0] += 1
            if count[0] == number or (for_ever and count[0] > number):
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*given, **named)

        return either

    with monkeypatch.context() as patch:
        for name in CALLS:
            if not (for_ever and name == "unlink"):  # a full disk still lets files go
                patch.setattr(os, name, instead(getattr(os, name)))
        yield count


@pytest.mark.parametrize("for_ever", [False, True], ids=["once", "from then on"])
def test_a_backup_that_fails_at_any_call_is_not_there(place, tmp_path, monkeypatch, for_ever):
    target, number = tmp_path / "backups", 0
    target.mkdir()
    before = state(place)
    while True:
        number += 1
        done = None
        with failing(monkeypatch, number, for_ever=for_ever) as count:
            try:
                done = make(place, target)
            except NotPossibleNow as reason:
                assert "No space left" in str(reason)
        whole = [path for path in target.iterdir() if path.suffix != ".part" and path.name != ".backup.lock"]
        assert all(manifest.problems(folder, manifest.read(folder)) == [] for folder in whole)
        if count[0] < number:
            break
        for folder in whole:
            shutil.rmtree(folder)
    assert number > 30
    assert done is not None
    assert not list(target.glob("*.part"))
    assert state(place) == before


@pytest.mark.parametrize(
    ("for_ever", "step"),
    [(False, 6), (True, 6), pytest.param(False, 1, marks=pytest.mark.long), pytest.param(True, 3, marks=pytest.mark.long)],
    ids=["once", "from then on", "once, at every call", "from then on, at every third"],
)
def test_a_restore_that_fails_at_any_call_is_all_or_nothing(stock, tmp_path, monkeypatch, for_ever, step):
    old = state(Home(stock / "city"))
    wanted, folder = copied(stock, tmp_path / "wanted")
    restore(wanted, folder, definitions=True)
    new = state(wanted)
    assert old != new
    seen, number = set(), 0
    while True:
        number += step
        place, folder = copied(stock, tmp_path / f"try{number}")
        failed = False
        with failing(monkeypatch, number, for_ever=for_ever) as count:
            try:
                restore(place, folder, definitions=True)
            except NotPossibleNow:
                failed = True
        finish_stopped(place)
        found = state(place)
        assert found in (old, new), f"call {number}"
        assert verify(place)[1] == []
        assert not (place.store / "restoring" / "plan.json").exists()
        seen.add(found == new)
        if not failed and count[0] < number:
            break
        shutil.rmtree(place.folder.parent)
    assert number > 40 and count[0] >= 39
    assert seen == {True, False}


def test_a_restore_stopped_between_facts_and_definitions_is_finished_by_the_next_command(stock, tmp_path, monkeypatch, capsys):
    place, folder = copied(stock, tmp_path / "try")
    with monkeypatch.context() as patch:
        patch.setattr(definition_swap, "_carry_out", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restore(place, folder, definitions=True)
    assert definition_swap.waiting(place)
    monkeypatch.setenv("MANDATO_HOME", str(place.folder))
    assert main(["loads", "--json"]) == 0
    assert "412000" in place.places.read_text(encoding="utf-8")
    assert len(json.loads(capsys.readouterr().out)["loads"]) == 2
    assert not definition_swap.waiting(place)


@pytest.mark.parametrize("room", [0, 100, 4_000, 100_000, 1_000_000])
def test_a_disk_that_is_full_after_so_many_bytes(stock, tmp_path, room):
    """A limit on the size of files stands for the disk: writing beyond it fails half-way through a file."""
    place, folder = copied(stock, tmp_path / "try")
    before = state(place)
    size = Versions.of(place).path(3).stat().st_size
    assert size > 1_000_000
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(NotPossibleNow):
            make(place, tmp_path / "more")
        with pytest.raises(NotPossibleNow):
            restore(place, folder, definitions=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not (tmp_path / "more").exists() or not list((tmp_path / "more").glob("mandato-*"))
    assert state(place) == before
    assert verify(place)[1] == []
    assert make(place, tmp_path / "more").manifest.facts_version == 3
    assert restore(place, folder, definitions=True).facts_version == 4


def test_too_little_room_is_said_before_anything_is_written(place, backup, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    with pytest.raises(NotPossibleNow, match="too little room"):
        make(place, tmp_path / "more")
    with pytest.raises(NotPossibleNow, match="too full"):
        restore(place, backup)


def test_the_commands_say_what_they_did(place, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(place.folder))
    assert main(["backup", str(tmp_path / "backups"), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["files"], made["facts_version"]) == (12, 2)
    assert made["bytes"] == sum(
        path.stat().st_size for path in Path(made["folder"]).rglob("*") if path.name not in ("manifest.json",) and path.is_file()
    )
    assert main(["restore", str(tmp_path / "backups"), "--json"]) == 0
    back = json.loads(capsys.readouterr().out)
    assert made.pop("records_end") is None
    assert back == {**made, "facts_version": 3, "definitions": [], "records": False}
    assert main(["restore", str(tmp_path / "backups")]) == 0
    assert "version 4 is in force" in capsys.readouterr().out


def test_refusals_keep_the_contract(place, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(place.folder))
    assert main(["restore", str(tmp_path / "nothing"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["bytes"]) == (0, 0)
    assert told["problems"][0]["hint"]


def test_a_restored_version_is_pruned_like_any_other(place, backup):
    for _ in range(KEPT + 2):
        restore(place, backup)
    assert len(Versions.of(place).kept) == KEPT
    assert isinstance(load_definitions(place), type(definitions(place)))
    assert isinstance(current(place).observations(), pl.DataFrame)  # pyright: ignore[reportOptionalMemberAccess]
