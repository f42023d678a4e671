"""Connecting to the very address that was checked, and never for longer than the fetch may last.

A name could lead to a public address when it is looked up and to a private one when it is connected to. Here looking up,
checking and connecting are one step. Encryption still checks the certificate against the name.
"""

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import httpcore
import httpx

from data.fetch.reach import Reach

Deadline = Callable[[], float]
"""Seconds that are left of the whole fetch."""


class CheckedTransport(httpx.BaseTransport):
    """What httpx sends its requests through. `tls` is for tests, whose servers have certificates of their own."""

    def __init__(self, reach: Reach, left: Deadline, tls: ssl.SSLContext | None = None) -> None:
        backend = _CheckedBackend(reach, left)
        self._pool = httpcore.ConnectionPool(ssl_context=tls or _tls(), network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        with _said_as_httpx():
            answer = self._pool.handle_request(
                httpcore.Request(request.method, url, headers=request.headers.raw, content=b"", extensions=request.extensions)
            )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


@cache
def _tls() -> ssl.SSLContext:
    """The authorities that browsers trust."""
    return httpx.create_ssl_context(trust_env=False)


class _CheckedBackend(httpcore.NetworkBackend):
    def __init__(self, reach: Reach, left: Deadline) -> None:
        self._reach, self._left, self._inner = reach, left, httpcore.SyncBackend()

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None) -> httpcore.NetworkStream:
        trouble: Exception = httpcore.ConnectError("no address")
        for address in self._reach.addresses(host, port):
            try:
                timeout = _within(timeout, self._left, httpcore.ConnectTimeout)
                stream = self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
                return _TimedStream(stream, self._left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise trouble


class _TimedStream(httpcore.NetworkStream):
    """A server that sends one byte now and then would never run into the time limit of a single read."""

    def __init__(self, inner: httpcore.NetworkStream, left: Deadline) -> None:
        self._inner, self._left = inner, left

    def read(self, max_bytes, timeout=None) -> bytes:
        return self._inner.read(max_bytes, _within(timeout, self._left, httpcore.ReadTimeout))

    def write(self, buffer, timeout=None) -> None:
        self._inner.write(buffer, _within(timeout, self._left, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None) -> httpcore.NetworkStream:
        timeout = _within(timeout, self._left, httpcore.ConnectTimeout)
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, timeout), self._left)

    def get_extra_info(self, info):
        return self._inner.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _said_as_httpx():
            yield from self._stream

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close:
            close()


def _within(timeout: float | None, left: Deadline, late: type[Exception]) -> float:
    seconds = left()
    if seconds <= 0:
        raise late("the time for the whole fetch is over")
    return seconds if timeout is None else min(timeout, seconds)


@contextmanager
def _said_as_httpx() -> Iterator[None]:
    """httpcore and httpx call their errors by the same names."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise getattr(httpx, type(error).__name__, httpx.TransportError)(str(error)) from error
