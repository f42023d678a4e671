"""Whom a fetch may ask: named servers only, by their names, and never a machine inside the house.

Every address is checked twice. `check_url` reads what is written; `Reach.addresses` looks at where the name leads, at the
moment of connecting, and the connection goes to the very address that was looked at (see `transport`).
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import httpx

from data.fetch_declaration import is_host
from data.problems import NotPossibleNow, Problem, Refused

PORTS = {"https": 443, "http": 80}
EMBEDDING = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "::/96")]
"""Addresses of the new kind whose last four bytes are one of the old kind."""
NEVER = [
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "64:ff9b:1::/48",
        "fec0::/10",
    )
]
"""Beyond what Python knows of itself: shared, reserved, translated and once-private networks."""
HINT = "fetch from a public server; a file inside the house is loaded with `python -m data ingest`"


@dataclass(frozen=True)
class Allowed:
    """The servers that a source may ask, as `name` or `name:port`, and whether without encryption."""

    hosts: frozenset[str]
    plain_http: bool = False


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Reach:
    """How names become addresses, and which of those may be asked though they are private: none, except in a test."""

    resolve: Callable[[str, int], list[str]] = _resolve
    permitted: Collection[IPv4Network | IPv6Network] = ()

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a server. Raises Refused where one of them is not public, NotPossibleNow where there is none."""
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise NotPossibleNow("no server of the name {host} is known; check the name and the connection, and try again", host=host)
        for text in found:
            if not self._may_be_asked(text):
                message = "{host} leads to {address}, which is not a public address"
                raise Refused([Problem(message, HINT, values={"host": host, "address": text})])
        return found

    def _may_be_asked(self, text: str) -> bool:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return any(address in network for network in self.permitted) or is_public(address)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Anybody on the internet means the same machine by it. An address within an address counts as the inner one."""
    if isinstance(address, IPv6Address):
        if address.scope_id or address.sixtofour or address.teredo:
            return False
        inner = address.ipv4_mapped
        if inner is None and any(address in network for network in EMBEDDING):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    if any(address in network for network in NEVER if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def check_url(text: str, allowed: Allowed) -> httpx.URL:
    """The address as it will be asked. Raises Refused with the reason where it must not be."""
    url = _read(text)
    if url.scheme not in ("https", "http"):
        raise _refusal("{url}: only https addresses are fetched", "write https://", text)
    if url.scheme == "http" and not allowed.plain_http:
        raise _refusal("{url}: the connection would not be encrypted", "write https://, or declare `plain_http: true`", text)
    if url.userinfo or "@" in _authority(text):
        raise _refusal("{url}: an address must not hold a name and password", "remove what stands before @", text)
    host = url.raw_host.decode("ascii", "replace")
    if not is_host(host):
        raise _refusal("{url}: the server must be called by its name, not by figures", HINT, text)
    port = PORTS[url.scheme] if url.port is None else url.port
    named = host if port == PORTS[url.scheme] else f"{host}:{port}"
    if named not in allowed.hosts:
        hint = "if it is meant, add it to the source's `fetch.hosts`, or to `fetch_hosts` in data/city.yaml"
        raise _refusal("{url}: {host} is not among the servers that may be asked", hint, text, host=named)
    return url


def _read(text: str) -> httpx.URL:
    if re.search(r"[\s\\\x00-\x20\x7f]", text):
        raise _refusal("{url}: an address has no spaces or backslashes", "write it as the browser shows it", text)
    try:
        return httpx.URL(text)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise _refusal("{url}: this is not an address", "write it as the browser shows it: https://...", text) from None


def _authority(text: str) -> str:
    return re.split(r"[/?#]", text.partition("://")[2], maxsplit=1)[0]


def shown(url: str) -> str:
    """An address without what may be secret in it: its query, and a name and password."""
    bare = re.split(r"[?#]", url, maxsplit=1)[0]
    return re.sub(r"(?<=//)[^/]*@", "", bare)[:200]


def _refusal(message: str, hint: str, url: str, **values: object) -> Refused:
    return Refused([Problem(message, hint, values={"url": shown(url), **values})])
