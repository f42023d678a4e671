"""Fetching rows from portals: every page, each row once, and never half of one state and half of another."""

import csv
from pathlib import Path
from typing import Any

import pytest

from data import incoming
from data.definitions import load
from data.fetch import fetch
from data.home import Home
from data.ingest import read
from data.problems import NotPossibleNow, Refused
from tests.counting_town import build
from tests.local_server import NAME, Local, World, serving
from tests.open_data_portals import Ckan, Socrata, months

COLUMNS = {"columns": {"place": "lugar", "period": "mes", "value": "valor"}, "all": {"indicator": "waiting_days"}}


def ckan(folder: Path, server: Local, **declared: object) -> Home:
    return _home(folder, server, {"kind": "ckan", "site": server.url, "resource": "r1", "page_rows": 10, **declared})


def socrata(folder: Path, server: Local, **declared: object) -> Home:
    return _home(
        folder, server, {"kind": "socrata", "domain": f"{NAME}:{server.port}", "dataset": "abcd-1234", "page_rows": 10, **declared}
    )


def _home(folder: Path, server: Local, fetch: dict[str, Any], **source: object) -> Home:
    return build(folder / "town", {**COLUMNS, **source, "fetch": {"hosts": [f"{NAME}:{server.port}"], "plain_http": True, **fetch}})


def fetched(home: Home, world: World | None = None):
    known = load(home)
    with incoming.fetching(home, known.sources[0]) as part:
        found = fetch(home, known.city, known.sources[0], part, net=(world or World()).net)
    if found.note:
        incoming.remember(home, known.sources[0], found.note)
    assert not list((home.store / "incoming").glob("*.part*")), "a part is left"
    return found


def rows(found) -> list[dict[str, str]]:
    with found.path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def refusal(home: Home) -> str:
    with pytest.raises(Refused) as caught:
        fetched(home)
    assert not list((home.store / "incoming").glob("*.csv"))
    return str(caught.value)


def texts(count: int) -> list[dict[str, str]]:
    return [{name: str(value) for name, value in row.items()} for row in months(count)]


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (9, 1), (10, 1), (11, 2), (25, 3), (30, 3)])
def test_every_page_of_a_datastore_is_read(tmp_path, count, pages):
    with serving(portal := Ckan(months(count))) as server:
        found = fetched(ckan(tmp_path, server))
    assert rows(found) == texts(count)
    assert (found.requests, portal.pages) == (pages, pages)
    assert server.asked[0].told == {"resource_id": "r1", "limit": "10", "offset": "0", "sort": "_id", "include_total": "true"}


def test_a_portal_that_gives_fewer_rows_than_asked_for_is_asked_on(tmp_path):
    with serving(Ckan(months(25), most=7)) as server:
        assert rows(fetched(ckan(tmp_path, server))) == texts(25)


def test_values_come_as_the_portal_wrote_them(tmp_path):
    answer = b"""{"success": true, "result": {"total": 3, "fields": [{"id": "_id"}, {"id": "lugar"}], "records": [
        {"_id": 1, "lugar": "a;\\"b\\"\\n", "mes": null, "valor": true},
        {"_id": 2, "lugar": "\\u00f1", "mes": "2000-01", "valor": {"lat": 1.50}},
        {"_id": 3, "lugar": "x", "mes": "2000-02", "valor": 0.10000000000000000001}]}}"""
    with serving(lambda request: request.say(answer, kind="application/json")) as server:
        found = rows(fetched(ckan(tmp_path, server)))
    assert found == [
        {"lugar": 'a;"b"\n', "mes": "", "valor": "true"},
        {"lugar": "ñ", "mes": "2000-01", "valor": '{"lat": "1.50"}'},
        {"lugar": "x", "mes": "2000-02", "valor": "0.10000000000000000001"},
    ]


@pytest.mark.parametrize("address", ["http://127.0.0.1/x.csv", "http://storage.example.net/x.csv", "file:///etc/passwd"])
def test_the_portal_cannot_send_a_fetch_elsewhere(tmp_path, address):
    portal = Ckan(uploaded=address)
    with serving(portal) as server:
        assert refusal(ckan(tmp_path, server, take="file"))
        assert server.connections == 1


def test_a_resource_is_found_by_its_name_within_its_dataset(tmp_path):
    with serving(Ckan(months(3))) as server:
        assert rows(fetched(ckan(tmp_path, server, dataset="cuentas", resource="Por mes"))) == texts(3)


CKAN_REFUSALS = {
    "a resource that is not in the DataStore": ({"resource": "r9"}, Ckan(), 'answered 404: Not found: Resource "r9" was not found.'),
    "a name that the dataset does not have": (
        {"dataset": "cuentas", "resource": "Gastos"},
        Ckan(),
        "0 resources of the dataset cuentas are called 'Gastos'; name one by its id; it has: Por mes, Otra",
    ),
    "a dataset that is not there": ({"dataset": "nada", "resource": "x"}, Ckan(), "answered 404: Not found"),
    "a resource without a file": ({"take": "file"}, Ckan(), "the portal names no url of the resource"),
    "a table without rows": ({}, Ckan([]), "has no rows"),
    "no success, said with 200": (
        {},
        lambda request: request.say({"success": False, "error": {"__type": "Validation Error", "message": "limit: Invalid"}}),
        "refused: limit: Invalid",
    ),
    "a fault without a reason": ({}, lambda r: r.say({"success": False, "error": {"__type": "Search Error"}}, 409), "answered 409"),
    "not allowed": (
        {},
        lambda r: r.say({"success": False, "error": {"__type": "Authorization Error", "message": "Access denied"}}, 403),
        "answered 403: Access denied",
    ),
    "rows that are none": ({}, lambda r: r.say({"success": True, "result": {"total": "many", "records": "x"}}), "is no list of rows"),
    "another portal": ({}, lambda request: request.say([1, 2]), "refused: no reason given"),
    "a page instead": ({}, lambda request: request.say("<html>", kind="text/html"), "a web page instead of data"),
    "half of an answer": ({}, lambda request: request.say('{"success": true, "result": ', kind="application/json"), "is not JSON"),
    "an answer that nests without end": ({}, lambda request: request.say("[" * 100_000, kind="application/json"), "is not JSON"),
}  # fmt: skip


@pytest.mark.parametrize(("declared", "portal", "said"), CKAN_REFUSALS.values(), ids=CKAN_REFUSALS)
def test_what_ckan_refuses_is_said_in_its_words(tmp_path, declared, portal, said):
    with serving(portal) as server:
        assert said in refusal(ckan(tmp_path, server, **declared))


def grown(portal: Any, page: int) -> None:
    """A row is added before the second page of the first reading."""
    if page == 1:
        portal.rows = [*portal.rows, {**portal.rows[-1], "mes": "2030-01"}]


def moved(portal: Any, page: int) -> None:
    """A row is deleted and another added: the total stays, and the rows move."""
    if page == 1:
        portal.rows = [{**row, "_id": n + 2} for n, row in enumerate(portal.rows[1:])] + [{**portal.rows[0], "_id": 4, "mes": "2030-01"}]


@pytest.mark.parametrize("change", [grown, moved])
def test_a_datastore_that_changes_between_pages_is_read_again(tmp_path, change):
    portal = Ckan(months(25), before=change)
    with serving(portal) as server:
        if change is grown:
            assert len(rows(fetched(ckan(tmp_path, server)))) == 26
        else:
            with pytest.raises(NotPossibleNow, match="changed each time"):
                fetched(ckan(tmp_path, server))


def test_a_datastore_that_never_rests_is_given_up(tmp_path):
    def always(portal: Ckan, _page: int) -> None:
        portal.rows = [*portal.rows, {**portal.rows[-1]}]

    with serving(Ckan(months(25), before=always)) as server:
        home = ckan(tmp_path, server)
        with pytest.raises(NotPossibleNow, match="changed each time while its pages were read"):
            fetched(home)
        assert not list((home.store / "incoming").glob("*.csv"))


def test_reading_again_does_not_count_what_was_thrown_away(tmp_path):
    """Each reading is less than a megabyte; the two together are more."""
    wide = [{**row, "lugar": "x" * 20_000} for row in months(31)]
    with serving(Ckan(wide, before=grown)) as server:
        assert len(rows(fetched(ckan(tmp_path, server, most_megabytes=1)))) == 32


def test_a_busy_page_is_asked_for_again_and_the_others_are_not(tmp_path):
    portal, world = Ckan(months(25)), World()

    def answer(request) -> None:
        if len(server.asked) == 2:
            request.say("busy", 503, "text/plain", retry_after="7")
        else:
            portal(request)

    with serving(answer) as server:
        found = fetched(ckan(tmp_path, server), world)
    assert (rows(found), world.slept) == (texts(25), [7.0])
    assert [request.told["offset"] for request in server.asked] == ["0", "10", "10", "20"]


@pytest.mark.parametrize("count", [1, 10, 11, 25])
def test_every_page_of_a_dataset_is_read(tmp_path, count):
    with serving(Socrata([{**row, "valor": str(row["valor"])} for row in months(count)])) as server:
        found = rows(fetched(socrata(tmp_path, server)))
    assert found == [{**row, "nota": ""} for row in texts(count)]
    assert server.asked[0].told == {"$order": ":id", "$limit": "10", "$offset": "0"}


def test_a_row_leaves_out_what_is_empty_and_the_column_stays(tmp_path):
    with serving(Socrata([{"lugar": "aurora"}, {"mes": "2000-01", ":updated_at": "x"}], announced=False)) as server:
        found = rows(fetched(socrata(tmp_path, server)))
    assert found == [{"lugar": "aurora", "mes": "", ":updated_at": ""}, {"lugar": "", "mes": "2000-01", ":updated_at": "x"}]


SOCRATA_REFUSALS = {
    "a query that cannot be read": ({"where": "boom"}, Socrata(), "answered 400: Could not parse SoQL query"),
    "a dataset that is not there": ({"dataset": "zzzz-9999"}, Socrata(), "answered 404: Not found; check the address and the id"),
    "a token that is wanted": ({}, Socrata(token="t"), "answered 403: Invalid app_token specified"),
    "an error said with 200": ({}, lambda r: r.say({"code": "x", "error": True, "message": "Went wrong"}), "refused: Went wrong"),
    "rows that are no rows": ({}, lambda request: request.say([1]), "refused: the answer is no list of rows"),
    "a dataset without rows": ({}, Socrata([]), "has no rows"),
    "an increment that no row has": ({"increment": "changed"}, Socrata(), "no row has the increment changed"),
    "an increment that is no date": ({"increment": "lugar"}, Socrata(), "holds 'aurora', which is no date"),
}


@pytest.mark.parametrize(("declared", "portal", "said"), SOCRATA_REFUSALS.values(), ids=SOCRATA_REFUSALS)
def test_what_socrata_refuses_is_said_in_its_words(tmp_path, declared, portal, said):
    with serving(portal) as server:
        assert said in refusal(socrata(tmp_path, server, **declared))


@pytest.mark.parametrize("busy", [202, 429])
def test_a_portal_that_prepares_or_throttles_is_asked_again(tmp_path, busy):
    portal, world = Socrata(), World()

    def answer(request) -> None:
        if len(server.asked) in (1, 3):
            request.say({"code": "accepted", "message": "Request accepted, processing"}, busy, retry_after="3")
        else:
            portal(request)

    with serving(answer) as server:
        assert len(rows(fetched(socrata(tmp_path, server), world))) == 25
    assert world.slept == [3.0, 3.0]


def test_the_token_comes_from_the_environment_and_is_written_nowhere(tmp_path, monkeypatch):
    with serving(Socrata(token="very-secret")) as server:
        home = socrata(tmp_path, server, token_variable="TOWN_APP_TOKEN")
        assert "TOWN_APP_TOKEN is not set" in refusal(home)
        monkeypatch.setenv("TOWN_APP_TOKEN", "very-secret")
        assert fetched(home).path is not None
    assert all("very-secret" not in path for path in server.paths)
    assert all(b"very-secret" not in path.read_bytes() for path in home.folder.rglob("*") if path.is_file())


def test_the_token_is_not_shown_to_another_server(tmp_path, monkeypatch):
    monkeypatch.setenv("TOWN_APP_TOKEN", "very-secret")
    with (
        serving(Socrata()) as other,
        serving(lambda request: request.head(307, location=other.url + request.path, content_length="0")) as server,
    ):
        hosts = [f"{NAME}:{server.port}", f"{NAME}:{other.port}"]
        assert len(rows(fetched(socrata(tmp_path, server, token_variable="TOWN_APP_TOKEN", hosts=hosts)))) == 25
    assert {request.headers["X-App-Token"] for request in server.asked} == {"very-secret"}
    assert {request.headers["X-App-Token"] for request in other.asked} == {None}


def test_a_dataset_that_was_not_touched_is_not_read_again(tmp_path):
    portal = Socrata()
    with serving(portal) as server:
        home = socrata(tmp_path, server)
        fetched(home)
        again = fetched(home)
        assert (again.path, again.requests) == (None, 1)
        portal.modified, portal.rows = "Wed, 25 Feb 2026 00:00:00 GMT", portal.rows[:9]
        assert len(rows(fetched(home))) == 9


def test_an_increment_asks_for_what_came_since_the_last_known_day(tmp_path):
    dated = [{**row, "valor": str(row["valor"]), "changed": f"2026-01-{n:02}T00:00:00.000"} for n, row in enumerate(months(12), start=1)]
    portal = Socrata(dated)
    with serving(portal) as server:
        home = socrata(tmp_path, server, increment="changed")
        assert len(rows(fetched(home))) == 12
        assert server.asked[0].told["$order"] == "changed, :id"
        portal.rows = [*dated, {**dated[0], "mes": "2026-01", "changed": "2026-02-01T08:30:00.000"}]
        assert [row["changed"] for row in rows(fetched(home))] == ["2026-01-12T00:00:00.000", "2026-02-01T08:30:00.000"]
        assert server.asked[-1].told["$where"] == "changed >= '2026-01-12T00:00:00.000'"
        assert len(rows(fetched(home))) == 1
        assert fetched(home).path is None


def test_an_increment_stands_beside_what_is_declared(tmp_path):
    dated = [{"lugar": "aurora", "mes": "2000-01", "changed": "2026-01-01"}]
    with serving(Socrata(dated)) as server:
        home = socrata(tmp_path, server, increment="changed", where="lugar = 'aurora' or 1 >= 0")
        portal_where = server.answer
        server.answer = lambda request: portal_where(request)
        fetched(home)
        fetched(home)
    assert server.asked[0].told["$where"] == "(lugar = 'aurora' or 1 >= 0)"
    assert server.asked[-1].told["$where"] == "(lugar = 'aurora' or 1 >= 0) AND changed >= '2026-01-01'"


def touched(portal: Socrata, page: int) -> None:
    if page == 1:
        portal.modified = "Wed, 25 Feb 2026 00:00:00 GMT"


@pytest.mark.parametrize("change", [grown, touched])
def test_a_dataset_that_changes_between_pages_is_read_again(tmp_path, change):
    portal = Socrata(before=change)
    with serving(portal) as server:
        assert len(rows(fetched(socrata(tmp_path, server)))) == len(portal.rows)
    assert portal.pages > 4


@pytest.mark.parametrize("layout", [{"header_row": 3}, {"header_rows": 2}, {"rows_below_header": 1}, {"format": "xlsx"}], ids=str)
def test_a_source_of_rows_cannot_declare_how_a_file_is_laid_out(tmp_path, layout):
    with serving(Ckan()) as server:
        declared = {"kind": "ckan", "site": server.url, "resource": "r1", "page_rows": 10}
        assert "gets rows, not a file" in refusal(_home(tmp_path, server, declared, **layout))
        assert server.connections == 0


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_rows_are_read_by_the_ordinary_readers(tmp_path, delimiter):
    with serving(Ckan(months(3))) as server:
        home = _home(
            tmp_path, server, {"kind": "ckan", "site": server.url, "resource": "r1"}, delimiter=delimiter, encoding="latin-1", decimal="."
        )
        found = fetched(home)
    known = load(home)
    assert found.path is not None
    assert read(found.path, known.sources[0], known).rows["value"].to_list() == [0.5, 1.5, 2.5]
