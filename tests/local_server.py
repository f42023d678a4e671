"""A server on this machine that answers as a test tells it to, and the outside world in which a fetch finds it."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any
from urllib.parse import parse_qs, urlsplit

from data.fetch import Net
from data.fetch.reach import Reach
from data.fetch.waiting import Waiting

NAME = "data.example.org"
HERE = ip_network("127.0.0.1/32")


@dataclass(frozen=True)
class Asked:
    """What a request asked for."""

    path: str
    told: dict[str, str]
    headers: Message


class Handler(BaseHTTPRequestHandler):
    """One request. A test's answer writes with `say`, or with `wfile` where the answer is to be broken."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.told = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query, keep_blank_values=True).items()}
        assert isinstance(self.server, Local)
        self.server.asked.append(Asked(self.path, self.told, self.headers))
        with contextlib.suppress(ConnectionError):
            self.server.answer(self)

    def say(self, body: bytes | str | dict | list, status: int = 200, kind: str = "text/csv", **headers: str) -> None:
        """A whole answer. A dict or list is sent as JSON; `retry_after="3"` is the header Retry-After."""
        if isinstance(body, dict | list):
            body, kind = json.dumps(body), "application/json; charset=utf-8"
        raw = body.encode() if isinstance(body, str) else body
        self.head(status, content_type=kind, content_length=str(len(raw)), **headers)
        self.wfile.write(raw)

    def head(self, status: int = 200, **headers: str) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its own name for it
        pass


class Local(ThreadingHTTPServer):
    """Counts whoever connects, and keeps every request."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Handler], object]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.connections = answer, 0
        self.asked: list[Asked] = []

    def get_request(self):
        self.connections += 1
        return super().get_request()

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a fetch that stops reading is what is tested

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def url(self) -> str:
        return f"http://{NAME}:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.asked]


@contextmanager
def serving(answer: Callable[[Handler], object]) -> Iterator[Local]:
    """A server that gives these answers, while the test lasts."""
    with Local(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@dataclass
class World:
    """Names that lead where the test says, and a clock that does not wait. `slept` is what would have been waited."""

    names: dict[str, list[str]] = field(default_factory=lambda: {NAME: ["127.0.0.1"]})
    slept: list[float] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    @property
    def net(self) -> Net:
        reach = Reach(self._resolve, (HERE,))
        clock = lambda: time.monotonic() + sum(self.slept)  # noqa: E731
        return Net(reach, Waiting(sleep=self.slept.append, clock=clock, jitter=lambda: 1.0))

    def _resolve(self, host: str, _port: int) -> list[str]:
        self.looked_up.append(host)
        return self.names.get(host, [])
