"""Fetching a file: whatever the server does, the file comes whole or not at all, and never without end."""

import gzip
import ssl
import subprocess
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from data import incoming
from data.city import City
from data.definitions import load
from data.fetch import Net, fetch
from data.fetch.reach import Reach
from data.fetch.waiting import Waiting, seconds_asked
from data.home import Home
from data.problems import NotPossibleNow, Refused
from tests.counting_town import LONG, build
from tests.local_server import HERE, NAME, Handler, Local, World, serving

TABLE = "place,indicator,period,value\naurora,waiting_days,2025-01,12\n"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def town(folder: Path, server: Local, path: str = "/a.csv", **declared: object) -> Home:
    """A home whose source is fetched from the server."""
    told = {"kind": "file", "url": server.url + path, "hosts": [f"{NAME}:{server.port}"], "plain_http": True, **declared}
    return build(folder / "town", {"columns": LONG, "fetch": told})


def fetched(home: Home, world: World, **told: bool):
    known = load(home)
    source = known.sources[0]
    with incoming.fetching(home, source) as part:
        found = fetch(home, known.city, source, part, net=world.net, **told)
    if found.note:
        incoming.remember(home, source, found.note)
    assert not list((home.store / "incoming").glob("*.part*")), "a part is left"
    return found


def refusal(home: Home, world: World) -> str:
    with pytest.raises(Refused) as caught:
        fetched(home, world)
    assert not list((home.store / "incoming").glob("*.csv"))
    return str(caught.value)


def trouble(home: Home, world: World) -> str:
    with pytest.raises(NotPossibleNow) as caught:
        fetched(home, world)
    assert not list((home.store / "incoming").glob("*.csv"))
    return str(caught.value)


def in_turn(*answers):
    """Each request gets the next answer; the last one is repeated."""
    left = list(answers)

    def answer(request: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


def good(request: Handler) -> None:
    request.say(TABLE)


def cut(request: Handler) -> None:
    request.head(content_type="text/csv", content_length=str(len(TABLE)))
    request.wfile.write(TABLE[:40].encode())
    request.hang_up()


def reset(request: Handler) -> None:
    request.hang_up()


def status(number: int, **headers: str):
    return lambda request: request.say("busy", number, "text/plain", **headers)


def test_a_file_comes_as_it_is(tmp_path):
    with serving(good) as server:
        found = fetched(town(tmp_path, server), World())
    assert found.path is not None and found.path.name == "source_1.csv"
    assert found.path.read_text(encoding="utf-8") == TABLE
    assert (found.sent, found.requests) == (len(TABLE), 1)


def test_the_server_is_told_the_name_that_was_asked_for(tmp_path):
    with serving(good) as server:
        fetched(town(tmp_path, server), World())
    assert server.asked[0].headers["Host"] == f"{NAME}:{server.port}"
    assert server.asked[0].headers["Accept-Encoding"] == "gzip"


AGAIN = {
    "500 then fine": (status(500), 1.0),
    "502 then fine": (status(502), 1.0),
    "503 then fine": (status(503), 1.0),
    "504 then fine": (status(504), 1.0),
    "429 with seconds": (status(429, retry_after="17"), 17.0),
    "503 with seconds": (status(503, retry_after="0"), 0.0),
    "429 with nonsense": (status(429, retry_after="soon"), 1.0),
    "a connection closed before the answer": (reset, 1.0),
    "a body shorter than was said": (cut, 1.0),
    "a body that cannot be unpacked": (lambda request: request.say(b"\x1f\x8bnonsense", content_encoding="gzip"), 1.0),
    "a packed body that ends too early": (lambda request: request.say(gzip.compress(TABLE.encode())[:-9], content_encoding="gzip"), 1.0),
}


@pytest.mark.parametrize(("first", "waited"), AGAIN.values(), ids=AGAIN)
def test_what_may_be_better_next_time_is_asked_again(tmp_path, first, waited):
    world = World()
    with serving(in_turn(first, good)) as server:
        found = fetched(town(tmp_path, server), world)
    assert found.path is not None and found.path.read_text(encoding="utf-8") == TABLE
    assert (len(server.asked), world.slept) == (2, [waited])


@pytest.mark.parametrize("bad", [status(503), reset, cut], ids=["503", "reset", "cut"])
def test_what_stays_bad_is_given_up_after_five_times_each_later(tmp_path, bad):
    world = World()
    with serving(bad) as server:
        assert "could not be fetched" in trouble(town(tmp_path, server), world)
    assert (len(server.asked), world.slept) == (5, [1.0, 2.0, 4.0, 8.0])


def test_a_server_that_wants_to_be_left_alone_for_longer_than_there_is_time_is(tmp_path):
    world = World()
    with serving(status(429, retry_after="86400")) as server:
        assert "asks to wait 86,400 seconds" in trouble(town(tmp_path, server), world)
    assert (len(server.asked), world.slept) == (1, [])


def test_nobody_listening_is_said(tmp_path):
    with serving(good) as server:
        home = town(tmp_path, server)
    assert "could not be fetched" in trouble(home, World())


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("120", 120),
        (" 5 ", 5),
        (format_datetime(NOON + timedelta(seconds=90), usegmt=True), 90),
        ("Sunday, 01-Mar-26 12:01:00 GMT", 60),
        (format_datetime(NOON - timedelta(days=1), usegmt=True), 0),
        ("-3", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("", None),
    ],
)
def test_both_forms_of_retry_after_are_understood(text, seconds):
    assert seconds_asked(text, NOON) == seconds


def test_without_a_wish_the_wait_doubles_up_to_a_minute_and_half_of_it_is_chance():
    most = [Waiting(jitter=lambda: 1.0).seconds(attempt, None) for attempt in range(1, 9)]
    assert most == [1, 2, 4, 8, 16, 32, 60, 60]
    assert [Waiting(jitter=lambda: 0.0).seconds(attempt, None) for attempt in (1, 2, 8)] == [0.5, 1, 30]


WRONG = {
    "a page by its type": (lambda request: request.say("x", kind="text/html; charset=utf-8"), "a web page instead of data"),
    "a page by its first letters": (lambda request: request.say("\n <!DOCTYPE html><html>sign in", kind="text/csv"), "a web page"),
    "a page that is packed": (lambda r: r.say(gzip.compress(b"<html><body>"), kind="text/csv", content_encoding="gzip"), "a web page"),
    "a page one letter at a time": (lambda request: drip(request, b"<html>" + b" " * 20, 0), "a web page"),
    "a picture": (lambda request: request.say(b"\x89PNG", kind="image/png"), "sent image/png instead of data"),
    "a packing that is not ours": (lambda request: request.say(b"x", content_encoding="br"), "packs its answer as br"),
    "404": (status(404), "the server answered 404"),
    "404 with a page": (lambda request: request.say("<html>none", 404, "text/html"), "answered 404;"),
    "401": (status(401), "wants to know who asks"),
    "403": (status(403), "does not let us"),
    "410": (status(410), "no longer published"),
    "204": (lambda request: request.head(204), "answered 204"),
    "304 that nobody asked for": (lambda request: request.head(304), "answered 304"),
    "an error in words": (lambda request: request.say({"message": "No such\n file", "error": True}, 400), "answered 400: No such file"),
    "a redirect to itself": (lambda request: request.head(301, location="/a.csv", content_length="0"), "redirected more than 5 times"),
    "a redirect that goes on and on": (
        lambda request: request.head(302, location=f"/x{len(request.path)}{request.path[1:]}", content_length="0"),
        "redirected more than 5 times",
    ),
    "an address that does not say what it is": (
        lambda request: request.say(TABLE, kind="application/octet-stream"),
        "does not end like a file",
    ),
}


@pytest.mark.parametrize(("answer", "said"), WRONG.values(), ids=WRONG)
def test_what_is_no_data_is_refused_in_words(tmp_path, answer, said):
    with serving(answer) as server:
        assert said in refusal(town(tmp_path, server, "/download" if "does not end" in said else "/a.csv"), World())


def drip(request: Handler, body: bytes, pause: float) -> None:
    request.head(content_type="text/csv", content_length=str(len(body)))
    for byte in body:
        request.wfile.write(bytes([byte]))
        time.sleep(pause)


def test_redirects_inside_the_list_are_followed(tmp_path):
    def answer(request: Handler) -> None:
        if request.path == "/a.csv":
            request.head(302, location="/b.csv?day=1", content_length="0")
        else:
            good(request)

    with serving(answer) as server:
        assert fetched(town(tmp_path, server), World()).requests == 2
    assert server.paths == ["/a.csv", "/b.csv?day=1"]


def endless(request: Handler) -> None:
    request.head(content_type="text/csv", transfer_encoding="chunked")
    while True:
        request.wfile.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def bomb(request: Handler) -> None:
    """A megabyte that unpacks to a gigabyte."""
    request.head(content_type="text/csv", content_encoding="gzip", transfer_encoding="chunked")
    packing = zlib.compressobj(9, wbits=31)
    for _ in range(1000):
        piece = packing.compress(b"0" * 1_000_000)
        if piece:
            request.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")


@pytest.mark.parametrize("answer", [endless, bomb], ids=["without end", "unpacks to too much"])
def test_too_much_is_stopped_while_it_comes(tmp_path, answer):
    with serving(answer) as server:
        assert "larger than 1 MB" in refusal(town(tmp_path, server, most_megabytes=1), World())


def test_what_says_that_it_is_too_large_is_not_begun(tmp_path):
    def answer(request: Handler) -> None:
        request.head(content_type="text/csv", content_length="9000000")

    with serving(answer) as server:
        assert "larger than 1 MB" in refusal(town(tmp_path, server, most_megabytes=1), World())


def test_a_packed_file_is_unpacked_whole(tmp_path):
    rows = "".join(f"aurora,waiting_days,2025-01,{n}\n" for n in range(30_000))
    with serving(lambda request: request.say(gzip.compress(rows.encode()), content_encoding="gzip")) as server:
        found = fetched(town(tmp_path, server), World())
    assert found.path is not None and found.path.read_text(encoding="utf-8") == rows
    assert found.sent < len(rows)


def test_packed_in_two_parts_it_is_unpacked_whole(tmp_path):
    packed = gzip.compress(TABLE.encode()) + gzip.compress(b"aurora,waiting_days,2025-02,13\n")
    with serving(lambda request: request.say(packed, content_encoding="gzip")) as server:
        found = fetched(town(tmp_path, server), World())
    assert found.path is not None and found.path.read_text(encoding="utf-8").endswith("2025-02,13\n")


def headers_without_end(request: Handler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        request.wfile.write(b"X: y\r\n")
        time.sleep(0.05)


@pytest.mark.parametrize(
    "slow",
    [lambda request: drip(request, b"x" * 10_000, 0.02), headers_without_end, lambda _: time.sleep(3)],
    ids=["body", "head", "silence"],
)
def test_a_server_that_is_slow_on_purpose_is_left_when_the_time_is_over(tmp_path, slow):
    began = time.monotonic()
    with serving(slow) as server:
        home = town(tmp_path, server, most_minutes=1)
        quick = Net(Reach(lambda *_: ["127.0.0.1"], (HERE,)), Waiting(sleep=lambda _: None, clock=Quick()))
        known = load(home)
        with incoming.fetching(home, known.sources[0]) as part, pytest.raises(NotPossibleNow, match="longer than 1 minutes"):
            fetch(home, known.city, known.sources[0], part, net=quick)
    assert time.monotonic() - began < 3


class Quick:
    """A clock that says, from the second time it is asked, that all of the minute is over but 0.6 seconds."""

    def __init__(self) -> None:
        self._calls = 0

    def __call__(self) -> float:
        self._calls += 1
        return time.monotonic() + (59.4 if self._calls > 1 else 0)


def test_the_second_time_only_what_has_changed_is_fetched(tmp_path):
    def answer(request: Handler) -> None:
        if request.headers["If-None-Match"] == '"one"':
            request.head(304, etag='"one"')
        else:
            request.say(TABLE, etag='"one"', last_modified="Sun, 01 Mar 2026 12:00:00 GMT")

    with serving(answer) as server:
        home = town(tmp_path, server)
        assert fetched(home, World()).path is not None
        again = fetched(home, World())
        assert (again.path, again.note, again.sent) == (None, None, 0)
        assert server.asked[1].headers["If-Modified-Since"] == "Sun, 01 Mar 2026 12:00:00 GMT"
        assert fetched(home, World(), whole=True).path is not None
        assert server.asked[2].headers["If-None-Match"] is None


def test_the_same_bytes_under_another_etag_are_nothing_new(tmp_path):
    tags = iter(['"one"', '"two"'])
    with serving(lambda request: request.say(TABLE, etag=next(tags))) as server:
        home = town(tmp_path, server)
        fetched(home, World())
        assert fetched(home, World()).path is None


def test_a_changed_etag_brings_the_changed_file(tmp_path):
    texts = iter([TABLE, TABLE.replace("12", "13")])
    with serving(lambda request: request.say(text := next(texts), etag=f'"{hash(text)}"')) as server:
        home = town(tmp_path, server)
        fetched(home, World())
        found = fetched(home, World())
    assert found.path is not None and "13" in found.path.read_text(encoding="utf-8")


def test_a_source_declared_anew_is_fetched_whole(tmp_path):
    with serving(lambda request: request.say(TABLE, etag='"one"')) as server:
        fetched(town(tmp_path, server), World())
        home = Home(tmp_path / "town")
        home.sources.write_text(home.sources.read_text(encoding="utf-8").replace('"A source"', '"Another name"'), encoding="utf-8")
        assert fetched(home, World()).path is not None
    assert server.asked[1].headers["If-None-Match"] is None


def test_a_damaged_note_is_no_note(tmp_path):
    with serving(lambda request: request.say(TABLE, etag='"one"')) as server:
        home = town(tmp_path, server)
        fetched(home, World())
        (home.store / "incoming" / "source_1.json").write_text("{", encoding="utf-8")
        assert fetched(home, World()).path is not None


def test_two_fetches_of_one_source_at_once_are_one_too_many(tmp_path):
    with serving(good) as server:
        home = town(tmp_path, server)
        source = load(home).sources[0]
        with incoming.fetching(home, source), pytest.raises(NotPossibleNow, match="somebody else is fetching"):
            fetched(home, World())


def test_a_server_that_the_city_names_may_be_asked_by_every_source(tmp_path):
    with serving(good) as server:
        home = town(tmp_path, server, hosts=[])
        assert "not among the servers" in refusal(home, World())
        home.city.write_text(home.city.read_text(encoding="utf-8") + f'fetch_hosts: ["{NAME}:{server.port}"]\n', encoding="utf-8")
        assert isinstance(load(home).city, City)
        assert fetched(home, World()).path is not None


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate for NAME and its key, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    names = f"subjectAltName=DNS:{NAME}"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", names]
    try:
        subprocess.run([*made, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed, so no certificate can be made")
    (folder / "both.pem").write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return folder


@pytest.mark.parametrize("name", [NAME, "other.example.org"])
def test_encryption_checks_the_name_though_the_address_is_pinned(tmp_path, certificate, name):
    told = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    told.load_cert_chain(certificate / "both.pem")
    seen: list[str | None] = []
    told.sni_callback = lambda _socket, asked, _context: seen.append(asked)
    with serving(good) as server:
        server.socket = told.wrap_socket(server.socket, server_side=True)
        home = town(tmp_path, server, url=f"https://{name}:{server.port}/a.csv", hosts=[f"{name}:{server.port}"], plain_http=False)
        world = World(names={name: ["127.0.0.1"]})
        trusting = Net(world.net.reach, world.net.waiting, ssl.create_default_context(cafile=str(certificate / "cert.pem")))
        known = load(home)
        with incoming.fetching(home, known.sources[0]) as part:
            if name == NAME:
                assert fetch(home, known.city, known.sources[0], part, net=trusting).path is not None
                assert server.asked[0].headers["Host"] == f"{name}:{server.port}"
            else:
                with pytest.raises(NotPossibleNow, match="certificate"):
                    fetch(home, known.city, known.sources[0], part, net=trusting)
    assert set(seen) == {name}


def test_from_an_encrypted_server_no_redirect_leads_to_one_that_is_not(tmp_path, certificate):
    told = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    told.load_cert_chain(certificate / "both.pem")
    with serving(good) as open_server:
        with serving(lambda request: request.head(302, location=open_server.url + "/a.csv", content_length="0")) as server:
            server.socket = told.wrap_socket(server.socket, server_side=True)
            hosts = [f"{NAME}:{server.port}", f"{NAME}:{open_server.port}"]
            home = town(tmp_path, server, url=f"https://{NAME}:{server.port}/a.csv", hosts=hosts)
            net = Net(World().net.reach, World().net.waiting, ssl.create_default_context(cafile=str(certificate / "cert.pem")))
            known = load(home)
            with incoming.fetching(home, known.sources[0]) as part, pytest.raises(Refused, match="which is not encrypted"):
                fetch(home, known.city, known.sources[0], part, net=net)
        assert open_server.connections == 0
