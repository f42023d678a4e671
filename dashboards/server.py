"""Serving the panel: the pages, and one address that says whether the facts can be read.

uvicorn serves it, because Streamlit's own socket waits some 40 ms within each run (docs/performance.md).
Under another server: `uvicorn --factory dashboards.server:panel`.
"""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config as settings
from streamlit.runtime import runtime
from streamlit.runtime.pages_manager import PagesManager
from websockets.exceptions import WebSocketException

from dashboards.preload import Preload
from dashboards.visit import visit
from data import health as installation
from data.city import Colours
from data.home import REPOSITORY, Home
from data.problems import NotPossibleNow

ADDRESS = "127.0.0.1"
"""Whoever serves others puts a proxy with encryption and sign-in in front."""
TRIED_PORTS = 100
FLUSH_AFTER = 0.001
"""Seconds that Streamlit gathers messages before it sends them on. Of its own 5 ms a run waits half for its last message."""


def panel(script: Path = REPOSITORY / "streamlit_app.py") -> st.App:
    """The pages and the address of health. The settings in .streamlit/config.toml beside the script hold, wherever it is started.

    Until the front door has run once, Streamlit would take the folder `pages` for a list of pages, as apps once had it, find none of ours
    in it, and show "Page not found" over whatever the first visitor asked for.
    """
    PagesManager.uses_pages_directory = False
    return st.App(script, routes=[Route("/healthz", health)], middleware=[Middleware(Preload)])


def wear(colours: Colours) -> None:
    """Give links and controls the city's colours, which charts have anyway. A dark page's buttons keep theirs: white stands on them."""
    worn = {"light.primaryColor": colours.brand, "light.linkColor": colours.brand, "dark.linkColor": colours.brand_dark}
    for option, colour in worn.items():
        settings.set_option(f"theme.{option}", colour)


def health(_: Request) -> JSONResponse:
    """200 while the facts can be read and the disk has room for the next load, 503 with the reason otherwise."""
    found = installation.health(Home.here())
    return JSONResponse(found.json, status_code=200 if found.reason is None else 503, headers={"Cache-Control": "no-store"})


def serve(app: st.App, listener: socket.socket, listening: Callable[[], None]) -> None:
    """Serve it until it is interrupted; calls `listening` once visitors can enter."""
    runtime.MESSAGE_FLUSH_INTERVAL_SECS = FLUSH_AFTER  # pyright: ignore[reportPrivateImportUsage]
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_per_message_deflate=False,  # on one machine compressing costs more than it saves; a proxy may
        log_config=None,  # Streamlit writes the log
        access_log=False,
        timeout_graceful_shutdown=3,  # an open page would keep the server alive for ever
    )
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
        _Server(config, listening).run(sockets=[listener])


def listen(port: int) -> socket.socket:
    """A socket on this machine's own address, at the port asked for or the next free one.

    Raises NotPossibleNow where none of a hundred ports in a row can be had.
    """
    for candidate in range(port, port + TRIED_PORTS):
        # The protocol is named because asyncio sends small messages at once only where it is (TCP_NODELAY).
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name != "nt":  # on Windows this option would share a taken port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ADDRESS, candidate))
            listener.listen()  # only now is the port ours alone
        except (OSError, OverflowError):  # taken, not ours to take, or no port at all
            listener.close()
        else:
            return listener
    raise NotPossibleNow(
        "ports {first} to {last} cannot be had; name another with --port", first=str(port), last=str(port + TRIED_PORTS - 1)
    )


class _Server(uvicorn.Server):
    """A server that is its own first visitor: that run reads the city's files, so that nobody else waits for it."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()
            await asyncio.to_thread(_first_visit, f"http://{host}:{port}")
            self._listening()


def _first_visit(address: str) -> None:
    with suppress(OSError, WebSocketException), visit(address) as visitor:  # whoever comes next will see what is wrong
        visitor.run()
