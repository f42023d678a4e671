"""Whom a fetch may ask: of all the ways to name a machine inside the house, none makes a single connection."""

import itertools
from ipaddress import ip_address, ip_network

import pytest

from data.fetch import Net
from data.fetch.asking import Asking
from data.fetch.reach import Allowed, Reach, check_url, is_public, shown
from data.fetch.waiting import Waiting
from data.fetch_declaration import Fetch, is_host
from data.problems import NotPossibleNow, Refused
from tests.local_server import HERE, NAME, World, serving

DECLARED = Fetch(kind="file", url="https://data.example.org/a.csv")

# every way to write this machine, or another one inside the house, as the address itself; PORT is where somebody listens
WRITTEN = [
    "http://127.0.0.1:PORT/",
    "https://127.0.0.1:PORT/",
    "http://127.0.0.2:PORT/",
    "http://127.255.255.254:PORT/",
    "http://localhost:PORT/",
    "http://localhost.:PORT/",
    "http://LOCALHOST:PORT/",
    "http://localhost.localdomain:PORT/",
    "http://[::1]:PORT/",
    "http://[0:0:0:0:0:0:0:1]:PORT/",
    "http://[::]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::127.0.0.1]:PORT/",
    "http://[64:ff9b::127.0.0.1]:PORT/",
    "http://[2002:7f00:1::]:PORT/",
    "http://[fe80::1]:PORT/",
    "http://[fe80::1%25eth0]:PORT/",
    "http://[fd00::1]:PORT/",
    "http://0.0.0.0:PORT/",
    "http://0:PORT/",
    "http://127.1:PORT/",
    "http://127.0.1:PORT/",
    "http://2130706433:PORT/",
    "http://017700000001:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://0x7f000001:PORT/",
    "http://0x7f.0.0.1:PORT/",
    "http://0x7f.1:PORT/",
    "http://00000177.0.0.01:PORT/",
    "http://127.0.0.1.:PORT/",
    "http://①②⑦.⓪.⓪.①:PORT/",
    "http://127。0。0。1:PORT/",
    "http://%31%32%37.0.0.1:PORT/",
    "http://10.0.0.5:PORT/",
    "http://172.16.0.9:PORT/",
    "http://192.168.1.1:PORT/",
    "http://169.254.169.254:PORT/latest/meta-data/",
    "http://224.0.0.1:PORT/",
    "http://255.255.255.255:PORT/",
    "http://100.64.0.1:PORT/",
    "http://data.example.org@127.0.0.1:PORT/",
    "http://data.example.org:443@127.0.0.1:PORT/",
    "http://user:secret@data.example.org:PORT/",
    "http://@data.example.org:PORT/",
    "http://127.0.0.1:PORT\\@data.example.org/",
    "http://data.example.org\\@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT#@data.example.org/",
    "http://data.example.org:PORT /",
    "http://data.example.org\t:PORT/",
    "http://data.example.org:22/",
    "http://data.example.org:0/",
    "http://data.example.org:99999/",
    "http://other.example.org:PORT/",
    "http://data.example.org.evil.example:PORT/",
    "http:///127.0.0.1:PORT/",
    "//127.0.0.1:PORT/",
    "127.0.0.1:PORT",
    "file:///etc/passwd",
    "gopher://127.0.0.1:PORT/_x",
    "ftp://data.example.org:PORT/a.csv",
    "dict://127.0.0.1:PORT/d",
    "unix:///var/run/docker.sock",
    "data:text/csv,a",
    "",
]
# where the name of an allowed server may lead
LEADS_TO = [
    "127.0.0.2",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "100.100.100.200",
    "0.0.0.0",
    "224.0.0.251",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.0.170",
    "198.18.0.1",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "2002:a00:1::",
    "2001:0:a00:1::",
    "2001:db8::1",
    "fec0::1",
    "not an address",
    "127.1",
]
PUBLIC = ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8", "64:ff9b::808:808"]


def ask(url: str, net: Net, *hosts: str, plain_http: bool = True) -> object:
    with Asking(DECLARED, Allowed(frozenset(hosts), plain_http), net.reach, net.waiting) as asking:
        return asking.get(url, lambda _, pieces: b"".join(pieces))


def test_the_table_is_as_long_as_promised():
    assert len(set(WRITTEN)) >= 60


@pytest.mark.parametrize("written", WRITTEN)
def test_no_way_to_write_an_address_inside_the_house_makes_a_connection(written):
    world = World()
    with serving(lambda request: request.say("secret")) as inside:
        url = written.replace("PORT", str(inside.port))
        world.names |= {name: ["127.0.0.1"] for name in ("localhost", "localhost.", "localhost.localdomain", "other.example.org")}
        with pytest.raises(Refused) as caught:
            ask(url, world.net, NAME, f"{NAME}:{inside.port}" if "@" in url or "\\" in url or " " in url or "\t" in url else NAME)
        assert (inside.connections, world.looked_up) == (0, [])
    said = caught.value.problems[0].as_json()
    assert said["hint"]
    assert "secret" not in str(said["message"])


@pytest.mark.parametrize("address", LEADS_TO)
def test_a_name_that_leads_inside_the_house_makes_no_connection(address):
    world = World()
    with serving(lambda request: request.say("secret")) as inside:
        world.names[NAME] = [address]
        with pytest.raises(Refused, match="not a public address"):
            ask(inside.url, world.net, f"{NAME}:{inside.port}")
        assert inside.connections == 0


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    world = World()
    with serving(lambda request: request.say("secret")) as inside:
        world.names[NAME] = ["127.0.0.1", "10.0.0.1"]
        with pytest.raises(Refused, match=r"10\.0\.0\.1"):
            ask(inside.url, world.net, f"{NAME}:{inside.port}")
        assert inside.connections == 0


def test_a_name_that_leads_elsewhere_the_second_time_is_connected_where_it_was_checked():
    """Each connection looks the name up once, and goes to what it found then."""
    answers = itertools.chain([["127.0.0.1"]], itertools.repeat(["127.0.0.2"]))
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with serving(lambda request: request.say("from the checked address")) as server:
        net = Net(Reach(resolve, (HERE,)), World().net.waiting)
        assert ask(server.url, net, f"{NAME}:{server.port}") == b"from the checked address"
        assert (asked, server.connections) == ([NAME], 1)
        with pytest.raises(Refused, match=r"127\.0\.0\.2"):
            ask(server.url, net, f"{NAME}:{server.port}")
        assert server.connections == 1


def test_a_redirect_to_a_name_that_now_leads_inside_is_refused():
    answers = itertools.chain([["127.0.0.1"]], itertools.repeat(["192.168.0.1"]))
    with serving(lambda request: request.head(302, location="/next", content_length="0", connection="close")) as server:
        net = Net(Reach(lambda *_: next(answers), (HERE,)), World().net.waiting)
        with pytest.raises(Refused, match=r"192\.168\.0\.1"):
            ask(server.url, net, f"{NAME}:{server.port}")
        assert server.connections == 1


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://127.0.0.1:PORT/", "by its name, not by figures"),
        ("http://[::ffff:127.0.0.1]:PORT/", "by its name, not by figures"),
        ("//169.254.169.254/latest", "by its name, not by figures"),
        ("http://inside.example.org/", "not among the servers"),
        ("http://user:word@data.example.org:PORT/", "must not hold a name and password"),
        ("file:///etc/passwd", "only https"),
        ("gopher://127.0.0.1:PORT/", "only https"),
        ("http://data.example.org:1/", "not among the servers"),
        ("http://[", "by its name, not by figures"),
    ],
)
def test_every_hop_is_checked(location, said):
    with serving(lambda request: request.say("secret")) as inside:
        target = location.replace("PORT", str(inside.port))
        with serving(lambda request: request.head(302, location=target, content_length="0")) as server:
            with pytest.raises(Refused, match=said):
                ask(server.url, World().net, f"{NAME}:{server.port}")
            assert (server.connections, inside.connections) == (1, 0)


def test_a_redirect_to_what_is_no_address_leads_nowhere():
    nowhere = serving(lambda request: request.head(302, location="http://data.example.org:x/", content_length="0"))
    with nowhere as server, pytest.raises(NotPossibleNow, match="Invalid port"):
        ask(server.url, World().net, f"{NAME}:{server.port}")


@pytest.mark.parametrize("address", PUBLIC)
def test_what_everybody_can_reach_is_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", [address for address in LEADS_TO if address not in ("127.1", "not an address")])
def test_what_is_private_is_not(address):
    assert not is_public(ip_address(address))


def test_only_encrypted_addresses_unless_declared():
    with pytest.raises(Refused, match="not be encrypted"):
        check_url("http://data.example.org/a.csv", Allowed(frozenset({NAME})))
    assert check_url("https://data.example.org/a.csv", Allowed(frozenset({NAME}))).host == NAME
    assert check_url("HTTPS://Data.Example.org:443/a.csv", Allowed(frozenset({NAME}))).host == NAME


def test_nothing_inside_the_house_is_permitted_unless_a_test_says_so():
    assert Reach().permitted == ()
    with pytest.raises(Refused):
        Reach(lambda *_: ["127.0.0.1"]).addresses(NAME, 443)
    assert Reach(lambda *_: ["127.0.0.1"], (ip_network("127.0.0.0/8"),)).addresses(NAME, 443) == ["127.0.0.1"]


def test_a_name_that_nobody_knows_can_be_asked_for_again():
    def unknown(*_):
        raise OSError("no such name")

    with pytest.raises(NotPossibleNow, match="no server of the name"):
        ask("https://data.example.org/a.csv", Net(Reach(unknown), Waiting(sleep=lambda _: None)), NAME)


@pytest.mark.parametrize("name", ["data.example.org", "data.example.org:8443", "xn--dtos-0qa.example", "a_b.example.org"])
def test_a_host_is_a_name(name):
    assert is_host(name)


@pytest.mark.parametrize(
    "name", ["localhost", "10.0.0.1", "0x7f.1", "[::1]", "*.example.org", "a..b", "a.example.org:x", "-a.example", "a.1", ""]
)
def test_what_is_no_name_is_no_host(name):
    assert not is_host(name)


def test_messages_show_no_secret_of_an_address():
    assert shown("https://ana:word@data.example.org/a.csv?key=123#x") == "https://data.example.org/a.csv"
