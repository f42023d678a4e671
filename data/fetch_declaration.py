"""Where a source is fetched from, as `fetch:` in `data/sources.yaml` says it."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from data.model import Model, Tuple
from data.problems import N_

Words = Annotated[str, Field(min_length=1, max_length=2000)]
NEEDED = {"file": ("url",), "ckan": ("site", "resource"), "socrata": ("domain", "dataset")}
"""What each kind must say."""
TAKEN = {
    "file": {"url"},
    "ckan": {"site", "dataset", "resource", "take", "page_rows"},
    "socrata": {"domain", "dataset", "select", "where", "order", "increment", "token_variable", "page_rows"},
}
"""What each kind may say, beyond what all of them may."""
SOCRATA_ID = r"[a-z0-9]{4}-[a-z0-9]{4}"

Fault = tuple[str, str, str, dict[str, object]]
"""The key, what is wrong with it, the cure, the values in both."""


class Fetch(Model):
    """`file` is a file at an address; `ckan` and `socrata` are tables in an open-data portal of that name."""

    kind: Literal["file", "ckan", "socrata"]
    hosts: Annotated[tuple[Words, ...], Tuple] = Field(
        default=(), description="Names of the servers that may be asked, besides `fetch_hosts` in city.yaml: data.example.org"
    )
    plain_http: bool = Field(default=False, description="The server has no encryption: what comes may have been changed on its way")
    most_megabytes: int = Field(default=200, ge=1, le=5000, description="Larger answers are refused")
    most_minutes: int = Field(default=10, ge=1, le=180, description="For all requests together, waiting and trying again included")
    url: Words | None = Field(default=None, description="file: the address of the file")
    site: Words | None = Field(default=None, description="ckan: the portal, as https://data.example.org")
    dataset: Words | None = Field(default=None, description="socrata: the id, as abcd-1234; ckan: where `resource` is a name within it")
    resource: Words | None = Field(default=None, description="ckan: the resource's id, or its name within `dataset`")
    take: Literal["rows", "file"] = Field(default="rows", description="ckan: the rows of the DataStore, or the file that was uploaded")
    domain: Words | None = Field(default=None, description="socrata: the portal's name, as data.example.org")
    select: Words | None = Field(default=None, description="socrata: $select")
    where: Words | None = Field(default=None, description="socrata: $where")
    order: Words = Field(default=":id", description="socrata: $order; it must tell any two rows apart")
    increment: Words | None = Field(
        default=None, description="socrata: a column of dates; rows before its last known one are not asked for"
    )
    token_variable: str | None = Field(
        default=None, pattern=r"^[A-Z][A-Z0-9_]*$", description="socrata: the environment variable that holds the app token"
    )
    page_rows: int = Field(default=10_000, ge=1, le=50_000, description="Rows asked for at a time")

    @property
    def gives_rows(self) -> bool:
        """Rows of a table come, which are written as CSV; otherwise a file, as it is."""
        return self.kind == "socrata" or (self.kind == "ckan" and self.take == "rows")


def faults(fetch: Fetch) -> Iterator[Fault]:
    """Everything that contradicts itself in a declaration."""
    values: dict[str, object] = {"kind": fetch.kind}
    for key in NEEDED[fetch.kind]:
        if getattr(fetch, key) is None:
            yield key, N_("a fetch of kind {kind} needs {key}"), N_("add it"), {**values, "key": key}
    allowed = TAKEN[fetch.kind] | {"kind", "hosts", "plain_http", "most_megabytes", "most_minutes"}
    for key in sorted(fetch.model_fields_set - allowed):
        yield key, N_("a fetch of kind {kind} has no {key}"), N_("remove it"), {**values, "key": key}
    if fetch.kind == "socrata" and fetch.dataset and not re.fullmatch(SOCRATA_ID, fetch.dataset):
        yield "dataset", N_("{found!r} is not a dataset's id"), N_("write it as abcd-1234"), {"found": fetch.dataset}
    for host in fetch.hosts:
        yield from _host_faults(host)


def is_inside(text: str) -> bool:
    """This machine or a private address, as `localhost:8790`, `10.0.0.1` or `[::1]:80`."""
    name = re.sub(r":\d*$", "", text) if text.count(":") == 1 or "]" in text else text
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(name.strip("[]")).is_global
    except ValueError:
        return False


def is_host(text: str) -> bool:
    """A server's name such as data.example.org, perhaps with a port: never an address in figures."""
    name, _, port = text.partition(":")
    label = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?"
    return bool(re.fullmatch(rf"({label}\.)+[a-z]([a-z0-9-]*[a-z0-9])?", name)) and bool(re.fullmatch(r"\d{0,5}", port)) and len(name) < 254


def _host_faults(host: str) -> Iterator[Fault]:
    if is_inside(host):
        message = N_("{found!r} is a machine inside the house, and such machines are never fetched from")
        yield "hosts", message, N_("name a public server; a file inside the house is loaded with `python -m data ingest`"), {"found": host}
    elif not is_host(host):
        message = N_("{found!r} is not a server's name")
        yield "hosts", message, N_("write it as data.example.org, or data.example.org:8443"), {"found": host}
