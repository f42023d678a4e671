"""`python -m data fetch`: what is fetched is loaded as `ingest` would load it, and where nothing is new nothing changes."""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data import facts
from data.__main__ import main
from data.command_line import answer as answered
from data.commands import fetch as command
from data.commands import ingest
from data.home import Home
from data.versions import Versions
from tests.conftest import ROOT
from tests.counting_town import LONG, build
from tests.local_server import NAME, Handler, Local, World, serving
from tests.open_data_portals import Ckan, Socrata, months

TABLE = "place,indicator,period,value\naurora,waiting_days,2025-01,12\nbruma,waiting_days,2025-01,14\n"
ROWS = {"columns": {"place": "lugar", "period": "mes", "value": "valor"}, "all": {"indicator": "waiting_days"}, "decimal": "."}


class Town:
    """A home with one fetched source, and its command."""

    def __init__(self, folder: Path, server: Local, capsys, source: dict[str, Any], declared: dict[str, Any]) -> None:
        told = {"hosts": [f"{NAME}:{server.port}"], "plain_http": True, **declared}
        self.home, self._capsys = build(folder / "town", {**source, "fetch": told}), capsys

    def fetch(self, *options: str) -> tuple[int, dict]:
        parser = argparse.ArgumentParser()
        command.add(parser)
        told = parser.parse_args(["source_1", *options])
        told.json = True
        code = answered(lambda _: command.run(told, World().net), told, command.EMPTY)
        out = self._capsys.readouterr().out
        return code, json.loads(out) if out else {}

    @property
    def values(self) -> list[float]:
        held = facts.current(self.home)
        return held.observations()["value"].to_list() if held else []


@pytest.fixture
def town(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "town"))

    def make(server: Local, source: dict[str, Any] | None = None, **declared: object) -> Town:
        return Town(tmp_path, server, capsys, source or {"columns": LONG}, declared or {"kind": "file", "url": server.url + "/a.csv"})

    return make


def texts(*given: str):
    """Each request gets the next text, with an ETag of its own; one that asks for what it has gets 304."""
    left = list(given)

    def answer(request: Handler) -> None:
        if request.headers["If-None-Match"] == f'"{left[0]}"'.replace("\n", ""):
            request.head(304)
            return
        text = left.pop(0) if len(left) > 1 else left[0]
        request.say(text, etag=f'"{text}"'.replace("\n", ""))

    return answer


def test_a_file_is_fetched_and_loaded(town):
    with serving(lambda request: request.say(TABLE)) as server:
        place = town(server)
        code, said = place.fetch()
    assert code == 0
    assert (said["rows_read"], said["rows_loaded"], said["facts_version"], said["nothing_new"]) == (2, 2, 1, False)
    assert said["files"] == ["data/store/incoming/source_1.csv"]
    assert (said["source"], said["bytes"]) == ("source_1", len(TABLE))
    assert set(ingest.EMPTY) <= set(said)
    assert place.values == [12, 14]


def test_what_has_not_changed_leaves_the_facts_as_they_are(town):
    with serving(texts(TABLE)) as server:
        place = town(server)
        place.fetch()
        before = sorted((path.name, path.stat().st_mtime_ns) for path in Versions.of(place.home).folder.iterdir())
        code, said = place.fetch()
    assert (code, said["nothing_new"], said["facts_version"], said["rows_read"], said["bytes"]) == (0, True, 1, 0, 0)
    assert before == sorted((path.name, path.stat().st_mtime_ns) for path in Versions.of(place.home).folder.iterdir())


def test_force_loads_it_all_the_same_and_finds_it_held(town):
    with serving(texts(TABLE)) as server:
        place = town(server)
        place.fetch()
        code, said = place.fetch("--force")
    assert (code, said["nothing_new"], said["rows_unchanged"], said["facts_version"]) == (0, False, 2, 1)


def test_a_dry_run_loads_nothing_and_remembers_nothing(town):
    with serving(texts(TABLE)) as server:
        place = town(server)
        code, said = place.fetch("--dry-run")
        assert (code, said["rows_read"], said["load_id"], place.values) == (0, 2, None, [])
        assert place.fetch()[1]["rows_loaded"] == 2


BAD = TABLE.replace("14", "many")


def test_a_file_with_a_fault_changes_nothing_and_is_fetched_again_the_next_time(town):
    with serving(texts(TABLE, BAD, BAD)) as server:
        place = town(server)
        place.fetch()
        for _ in range(2):
            code, said = place.fetch()
            assert (code, said["rows_refused"], said["facts_version"]) == (1, 1, 1)
            assert said["problems"][0]["path"] == "data/store/incoming/source_1.csv"
            assert said["problems"][0]["line"] == 3
    assert place.values == [12, 14]


@pytest.mark.parametrize("status", [404, 503])
def test_a_server_in_trouble_leaves_the_data_of_before(town, status):
    healthy = [True]
    with serving(lambda request: request.say(TABLE) if healthy[0] else request.say("no", status, "text/plain")) as server:
        place = town(server)
        place.fetch()
        healthy[0] = False
        code, _ = place.fetch()
    assert code == {404: 1, 503: 3}[status]
    assert place.values == [12, 14]


def test_a_load_that_was_taken_out_stays_out_until_the_server_has_something_new(town, capsys):
    with serving(texts(TABLE, TABLE.replace("12", "13"))) as server:
        place = town(server)
        place.fetch()
        load_id = place.fetch("--force")[1]["load_id"]  # the second text
        assert place.values == [13, 14]
        assert main(["rollback", load_id, "--json"]) == 0
        capsys.readouterr()
        assert place.fetch()[1]["nothing_new"] is True
        assert place.values == [12, 14]
        assert place.fetch("--force")[1]["rows_revised"] == 1


def test_without_any_facts_what_was_remembered_does_not_count(town, capsys):
    with serving(texts(TABLE)) as server:
        place = town(server)
        place.fetch()
        assert main(["rollback", "--json"]) == 0
        capsys.readouterr()
        assert place.fetch()[1]["rows_loaded"] == 2


def test_rows_of_ckan_become_observations(town):
    with serving(Ckan(months(25))) as server:
        place = town(server, ROWS, kind="ckan", site=server.url, resource="r1", page_rows=10)
        code, said = place.fetch()
    assert (code, said["rows_loaded"], sum(place.values)) == (0, 25, sum(n + 0.5 for n in range(25)))


def test_rows_of_socrata_become_observations_and_increments_add_to_them(town):
    dated = [{**row, "valor": str(row["valor"]), "changed": f"2026-01-{n:02}"} for n, row in enumerate(months(3), start=1)]
    portal = Socrata(dated)
    with serving(portal) as server:
        place = town(server, ROWS, kind="socrata", domain=f"{NAME}:{server.port}", dataset="abcd-1234", increment="changed")
        assert place.fetch()[1]["rows_loaded"] == 3
        portal.rows = [*dated, {**dated[0], "mes": "2000-04", "valor": "9", "changed": "2026-02-01"}]
        code, said = place.fetch()
    assert (code, said["rows_read"], said["rows_loaded"], said["rows_unchanged"], said["warnings"]) == (0, 2, 1, 1, [])
    assert place.values == [0.5, 1.5, 2.5, 9]


def test_after_an_increment_was_taken_out_everything_is_asked_for(town, capsys):
    """Its rows lie before the last known date: they would be missing for ever, and nobody would see it."""
    dated = [{**row, "valor": str(row["valor"]), "changed": f"2026-01-{n:02}"} for n, row in enumerate(months(4), start=1)]
    portal = Socrata(dated[:1])
    with serving(portal) as server:
        place = town(server, ROWS, kind="socrata", domain=f"{NAME}:{server.port}", dataset="abcd-1234", increment="changed")
        place.fetch()
        portal.rows = dated[:3]
        second = place.fetch()[1]["load_id"]
        portal.rows = dated
        place.fetch()
        assert main(["rollback", second, "--json"]) == 0
        capsys.readouterr()
        assert place.values == [0.5, 2.5, 3.5]
        place.fetch()
        assert place.values == [0.5, 1.5, 2.5, 3.5]
        assert place.fetch()[1]["rows_read"] == 1


@pytest.mark.parametrize("name", ["nobody", "plain"])
def test_what_cannot_be_fetched_is_said(tmp_path, monkeypatch, capsys, name):
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "town"))
    build(tmp_path / "town", {"id": "plain", "columns": LONG})
    assert main(["fetch", name, "--json"]) == 1
    problem = json.loads(capsys.readouterr().out)["problems"][0]
    assert problem["message"] in ("'nobody' is not a declared source", "the source plain does not say where it is fetched")
    assert problem["hint"]


INSIDE = "is a machine inside the house, and such machines are never fetched from"
FAULTS = [
    ({"kind": "file"}, "a fetch of kind file needs url", "url"),
    ({"kind": "ckan", "site": "https://a.example"}, "a fetch of kind ckan needs resource", "resource"),
    ({"kind": "socrata", "dataset": "abcd-1234"}, "a fetch of kind socrata needs domain", "domain"),
    ({"kind": "socrata", "domain": "a.example", "dataset": "../x"}, "'../x' is not a dataset's id", "dataset"),
    ({"kind": "file", "url": "https://a.example/a.csv", "where": "x"}, "a fetch of kind file has no where", "where"),
    ({"kind": "file", "url": "https://a.example/a.csv", "hosts": ["10.0.0.1"]}, f"'10.0.0.1' {INSIDE}", "hosts"),
    ({"kind": "file", "url": "https://a.example/a.csv", "hosts": ["127.0.0.1:8790"]}, f"'127.0.0.1:8790' {INSIDE}", "hosts"),
    ({"kind": "file", "url": "https://a.example/a.csv", "hosts": ["localhost:8790"]}, f"'localhost:8790' {INSIDE}", "hosts"),
    ({"kind": "file", "url": "https://a.example/a.csv", "hosts": ["[::1]:80"]}, f"'[::1]:80' {INSIDE}", "hosts"),
    ({"kind": "file", "url": "https://a.example/a.csv", "hosts": ["8.8.8.8"]}, "'8.8.8.8' is not a server's name", "hosts"),
    ({"kind": "file", "url": "https://a.example/a.csv", "hosts": ["*"]}, "'*' is not a server's name", "hosts"),
    ({"kind": "ftp"}, "'ftp' is not allowed here", "kind"),
    ({"kind": "file", "url": "https://a.example/a.csv", "most_megabytes": 0}, "0 is too small", "most_megabytes"),
]


@pytest.mark.parametrize(("declared", "message", "key"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_a_faulty_declaration_is_refused_with_its_line(tmp_path, monkeypatch, capsys, declared, message, key):
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "town"))
    build(tmp_path / "town", {"columns": LONG, "fetch": declared})
    assert main(["fetch", "source_1", "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(problem["message"], problem["key"]) for problem in problems] == [(message, f"sources.1.fetch.{key}")]
    assert problems[0]["line"] == 1


def test_where_a_file_is_fetched_is_no_part_of_what_a_load_is(tmp_path):
    """A load is known again by its bytes and mapping: a file that moves to another address is not loaded twice."""
    from data.sources import Source

    source = Source.model_validate({"id": "a", "name": "A", "columns": LONG})
    moved = Source.model_validate({"id": "a", "name": "A", "columns": LONG, "fetch": {"kind": "file", "url": "https://a.example/a.csv"}})
    assert source.model_dump_json(exclude={"fetch"}) == moved.model_dump_json(exclude={"fetch"})


def test_the_panel_never_loads_what_fetches():
    """Not even by way of the commands that it shares: nothing that draws a page could ask a server."""
    ask = (
        "import sys, dashboards.server, dashboards.commands.serve; print([name for name in sys.modules if name.startswith('data.fetch.')])"
    )
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("room", ["dashboards", "kpis", "pages", "streamlit_app.py"])
def test_no_room_above_speaks_of_fetching(room):
    files = [ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py"))
    spoken = [
        file.name
        for file in files
        if any(word in file.read_text(encoding="utf-8") for word in ("data.fetch", "data.commands.fetch", "httpx"))
    ]
    assert files and spoken == []


def test_a_home_of_another_process_is_not_asked_either(tmp_path):
    """From outside, as a scheduled job runs it: this machine itself is never asked, whatever a source declares."""
    with serving(lambda request: request.say(TABLE)) as server:
        build(
            tmp_path / "town",
            {"columns": LONG, "fetch": {"kind": "file", "url": f"http://localhost:{server.port}/a.csv", "plain_http": True}},
        )
        done = subprocess.run(
            [sys.executable, "-m", "data", "fetch", "source_1", "--json"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={"MANDATO_HOME": str(tmp_path / "town"), "PATH": ""},
        )
        assert (done.returncode, server.connections) == (1, 0)
    assert "by its name" in json.loads(done.stdout)["problems"][0]["message"]
    assert not Home(tmp_path / "town").store.joinpath("facts", "facts-000001.duckdb").exists()
