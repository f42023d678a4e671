"""Forms write into the city's own YAML: what somebody wrote stays as it is, and either everything is written or nothing."""

import itertools
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from data import definition_edits, definition_lock, yaml_edit
from data.definition_edits import extended, save, source_entry
from data.definitions import load
from data.home import REPOSITORY, Home
from data.ids import id_of
from data.problems import NotPossibleNow, Refused
from data.sources import Mapping, Source
from tests import small_city

PLACES = """# Our places
places:
  - {id: aurora, name: Aurora}   # the city

  # Its districts
  - id: centro
    name: "Centro"
    kind: district
    parent: aurora
  # the end
"""
SOURCES = """# How files arrive
sources:
  # The police send this
  - id: police
    name: 'Police'
    columns: {place: lugar, period: mes, value: valor}   # as they call them
    all: {indicator: lights}

  # And the water company this
  - id: water
    name: Water
    columns:
      place: lugar
      period: mes
      value: valor
    all: {indicator: trips}

# Nothing below
"""
NEW_PLACE = {"id": "faro", "name": "Faro", "kind": "district", "parent": "aurora"}
NEW_INDICATOR = {
    "id": "infant_mortality",
    "name": "Infant mortality: deaths, by 1,000 births",
    "unit": "%",
    "kind": "level",
    "frequency": "year",
    "theme": "life",
    "source": "SDSN",
    "owner": "hall",
}
NEW_SOURCE = {
    "id": "index",
    "name": "Index",
    "format": "xlsx",
    "sheet": "2018",
    "header_row": 2,
    "nulls": ["-", "n.d.", "<5", "no", "*"],
    "columns": {"place": "MSA Name"},
    "all": {"period": "2018"},
    "wide": {"indicators": {"# of deaths: 'infants'\nper 1,000": "infant_mortality", "no": "lights"}},
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    small_city._write(home)
    home.places.write_text(PLACES, encoding="utf-8")
    home.sources.write_text(SOURCES, encoding="utf-8")
    return home


def texts(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.city.parent.iterdir() if path.is_file()}


def test_everything_comes_at_once_and_reads_back_as_it_was_given(home: Home):
    found = save(home, source=NEW_SOURCE, places=[NEW_PLACE], indicators=[NEW_INDICATOR])
    assert found is load(home)
    assert found.place["faro"].parent == "aurora"
    assert found.indicator["infant_mortality"].name == NEW_INDICATOR["name"]
    assert found.source["index"] == Source.model_validate(NEW_SOURCE)


def test_what_somebody_wrote_stays_with_its_comments_quotes_and_order(home: Home):
    save(home, source=NEW_SOURCE, places=[NEW_PLACE], indicators=[NEW_INDICATOR])
    places, sources = home.places.read_text(), home.sources.read_text()
    assert [line for line in places.splitlines() if "faro" not in line] == PLACES.splitlines()
    assert sources.startswith(SOURCES.removesuffix("\n# Nothing below\n"))
    assert "# Nothing below" in sources
    assert "  - {id: faro, name: Faro, kind: district, parent: aurora}\n" in places


def test_a_source_is_replaced_in_its_place_and_the_others_stay(home: Home):
    save(home, source={"id": "police", "name": "Police", "columns": {"place": "barrio", "period": "mes", "value": "n"}, **ALL})
    assert home.sources.read_text() == SOURCES.replace(
        "    name: 'Police'\n    columns: {place: lugar, period: mes, value: valor}   # as they call them\n",
        "    name: Police\n    columns: {place: barrio, period: mes, value: n}\n",
    )


def test_the_last_source_is_replaced_and_what_stands_below_it_stays(home: Home):
    save(home, source={"id": "water", "name": "Water", "columns": {"place": "barrio", "period": "mes", "value": "n"}, **ALL})
    text = home.sources.read_text()
    assert text.startswith(SOURCES[: SOURCES.index("    name: Water")])
    assert text.endswith("    all: {indicator: lights}\n\n# Nothing below\n")


def test_a_source_that_is_replaced_keeps_where_it_is_fetched_unless_the_new_one_says(home: Home):
    police = {"id": "police", "name": "Police", "columns": {"place": "barrio", "period": "mes", "value": "n"}, **ALL}
    fetch = {"kind": "file", "url": "https://data.example.org/a.csv", "hosts": ["data.example.org"], "most_minutes": 3}
    first = save(home, source={**police, "fetch": fetch}).source["police"]
    again = save(home, source={**police, "header_row": 2}).source["police"]
    assert (again.header_row, again.fetch) == (2, first.fetch)
    other = save(home, source={**police, "fetch": {**fetch, "most_minutes": 4}}).source["police"]
    assert other.fetch is not None
    assert other.fetch.most_minutes == 4


ALL = {"all": {"indicator": "lights"}}


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (None, "sources:\n  - id: index\n"),
        ("sources: []\n", "sources:\n  - id: index\n"),
        ("# none yet\nsources: []\n", "# none yet\nsources:\n  - id: index\n"),
        (SOURCES.replace("\n  ", "\n"), "\n- id: index\n"),
        (SOURCES.replace("\n", "\r\n"), "\r\n  - id: index\r\n"),
        ("\ufeff" + SOURCES, "\n  - id: index\n"),
    ],
    ids=[
        "no file yet",
        "an empty list",
        "an empty list below a comment",
        "dashes without indent",
        "Windows line ends",
        "a byte order mark",
    ],
)
def test_a_source_comes_into_any_file(home: Home, before: str | None, line: str):
    if before is None:
        home.sources.unlink()
    else:
        home.sources.write_bytes(before.encode())
    save(home, source=NEW_SOURCE, indicators=[NEW_INDICATOR])
    assert line in home.sources.read_bytes().decode()
    assert load(home).source["index"].sheet == "2018"


@pytest.mark.parametrize(
    "words", ["no", "012", "1_000", "12:30", "~", "null", "2024", "1e5", "- a", "a: b", "#1", "*x", "&x", "!x", "%", "á\tñ", "'", '"']
)
def test_words_that_look_like_something_else_come_back_as_words(home: Home, words: str):
    source = {
        "id": "odd",
        "name": words,
        "nulls": [words],
        "columns": {"place": words, "value": "v"},
        "all": {"indicator": "lights", "period": words},
    }
    found = save(home, source=source).source["odd"]
    assert (found.name, found.nulls, found.columns.place, found.all.period) == (words, (words,), words, words)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"places": [{**NEW_PLACE, "id": "aurora", "kind": "city", "parent": None}]}, "given twice"),
        ({"places": [{**NEW_PLACE, "parent": "nowhere"}]}, "not a known place"),
        ({"indicators": [{**NEW_INDICATOR, "theme": "death"}]}, "not a known theme"),
        ({"indicators": [{**NEW_INDICATOR, "frequency": "often"}]}, "not allowed here"),
        ({"source": NEW_SOURCE}, "not a known indicator"),
        ({"source": {**NEW_SOURCE, "colour": "red"}}, "not a known key"),
        ({"source": {**NEW_SOURCE, "all": {}}, "indicators": [NEW_INDICATOR]}, "period is given 0 times"),
    ],
    ids=["place twice", "unknown parent", "unknown theme", "wrong frequency", "unknown indicator", "unknown key", "no period"],
)
def test_what_does_not_hold_is_refused_and_no_file_is_touched(home: Home, given: dict[str, Any], said: str):
    before = texts(home)
    with pytest.raises(Refused) as refused:
        save(home, **{"places": [NEW_PLACE], **given})
    assert said in str(refused.value)
    assert refused.value.problems[0].path in ("data/places.yaml", "data/indicators.yaml", "data/sources.yaml")
    assert texts(home) == before


def test_definitions_that_are_broken_already_are_refused_first(home: Home):
    home.places.write_text("places: [", encoding="utf-8")
    before = texts(home)
    with pytest.raises(Refused, match="not YAML"):
        save(home, places=[NEW_PLACE])
    assert texts(home) == before


@pytest.mark.parametrize("nth", range(3))
def test_where_the_nth_file_cannot_be_written_all_are_as_they_were(home: Home, nth: int, monkeypatch: pytest.MonkeyPatch):
    before, count, replace = texts(home), itertools.count(), Path.replace

    def failing(self: Path, target: Path) -> Path:
        if next(count) == nth:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(NotPossibleNow, match="No space left"):
        save(home, source=NEW_SOURCE, places=[NEW_PLACE], indicators=[NEW_INDICATOR])
    monkeypatch.undo()
    assert texts(home) == before
    assert set(load(home).source) == {"police", "water"}


def test_half_way_through_the_definitions_hold(home: Home, monkeypatch: pytest.MonkeyPatch):
    """What a power cut after any file would leave behind."""
    seen: list[Path] = []
    replace = definition_edits._replace

    def watching(path: Path, text: str) -> None:
        replace(path, text)
        shutil.copytree(home.city.parent, home.folder.parent / f"after_{len(seen)}" / "data")
        seen.append(path)

    monkeypatch.setattr(definition_edits, "_replace", watching)
    save(home, source=NEW_SOURCE, places=[NEW_PLACE], indicators=[NEW_INDICATOR])
    assert seen == [home.indicators, home.places, home.sources]
    assert all(load(Home(home.folder.parent / f"after_{number}")) for number in range(3))


def test_two_people_at_once_do_not_overwrite_one_another(home: Home):
    names = [f"place_{number}" for number in range(8)]
    threads = [threading.Thread(target=save, args=(home,), kwargs={"places": [{"id": name, "name": name}]}) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {*names} < set(load(home).place)


def test_whoever_waits_too_long_is_told(home: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(definition_lock, "PATIENCE", 0.1)
    home.store.mkdir(parents=True)
    with FileLock(home.store / "definitions.lock"), pytest.raises(NotPossibleNow, match="somebody else"):
        save(home, places=[NEW_PLACE])


def test_a_file_that_is_a_link_stays_one_and_keeps_who_may_read_it(home: Home):
    real = home.folder / "elsewhere.yaml"
    home.places.rename(real)
    real.chmod(0o640)
    home.places.symlink_to(real)
    save(home, places=[NEW_PLACE])
    assert home.places.is_symlink()
    assert (real.stat().st_mode & 0o777, "faro" in real.read_text()) == (0o640, True)


def test_nothing_asked_changes_nothing(home: Home):
    before = texts(home)
    save(home)
    assert texts(home) == before


SHIPPED = [path for name in ("places", "indicators", "sources") for path in (REPOSITORY / "data").rglob(f"{name}.yaml")]


@pytest.mark.parametrize("path", sorted(SHIPPED), ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_the_files_that_come_with_the_program_are_kept_to_the_letter(path: Path):
    text = path.read_text(encoding="utf-8")
    written = yaml_edit.with_entries(text, path.stem, [{"id": "a_new_one", "name": "New"}])
    assert written is not None
    assert written.replace("\n  - {id: a_new_one, name: New}", "").strip() == text.replace(f"{path.stem}: []", f"{path.stem}:").strip()


def test_definitions_with_what_is_still_to_be_saved(home: Home):
    known = load(home)
    found = extended(known, places=[NEW_PLACE], indicators=[NEW_INDICATOR])
    assert ("faro" in found.place, "infant_mortality" in found.indicator, "faro" in known.place) == (True, True, False)
    with pytest.raises(Refused, match="given twice"):
        extended(known, places=[{"id": "aurora", "name": "Again"}])
    with pytest.raises(Refused, match="not a known theme"):
        extended(known, indicators=[{**NEW_INDICATOR, "theme": "death"}])


def test_a_place_still_to_be_saved_stands_beside_those_that_say_what_they_are_like(home: Home):
    text = home.places.read_text(encoding="utf-8")
    first = next(iter(load(home).place))
    home.places.write_text(
        text + f"traits:\n  - {{id: rain, name: Rain}}\ngroups:\n  - {{id: two, name: Two, places: [{first}]}}\n", encoding="utf-8"
    )
    found = extended(load(home), places=[{**NEW_PLACE, "traits": {"rain": 600}}])
    assert found.place["faro"].traits == {"rain": 600} and (len(found.traits), len(found.groups)) == (1, 1)
    with pytest.raises(Refused, match="not a known trait"):
        extended(load(home), places=[{**NEW_PLACE, "traits": {"sun": 600}}])


def test_a_source_as_its_entry_says_only_what_is_not_taken_for_granted(home: Home):
    source = Mapping.model_validate(NEW_SOURCE)
    assert source_entry(source) == NEW_SOURCE
    assert source_entry(Mapping(id="plain", name="Plain")) == {"id": "plain", "name": "Plain"}
    assert source_entry(Mapping(id="plain", name="Plain", format="csv"))["delimiter"] == ","


@pytest.mark.parametrize(
    ("name", "taken", "wanted"),
    [
        ("San José-Sunnyvale, CA", (), "san_jose_sunnyvale_ca"),
        ("San José", ("san_jose", "san_jose_2"), "san_jose_3"),
        ("% of children", (), "percent_of_children"),
        ("2018 index", (), "n_2018_index"),
        ("  ", (), "unnamed"),
        ("日本", (), "unnamed"),
        ("Ñuñoa / Año", (), "nunoa_ano"),
        ("a" * 200, (), "a" * 80),
        ("a" * 200, ("a" * 80,), "a" * 78 + "_2"),
    ],
)
def test_ids_from_names(name: str, taken: tuple[str, ...], wanted: str):
    assert id_of(name, taken) == wanted
