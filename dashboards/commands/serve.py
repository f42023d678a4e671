"""opens the panel on this machine until Ctrl-C; the demo city is built first where it was never built

example: python -m dashboards serve --port 8501 --no-browser
"""

import argparse
import os
import sys
import webbrowser
from functools import partial

from dashboards import forecasting
from data import definitions, facts
from data.__main__ import main as data_command
from data.command_line import Answer
from data.demo.plan import build as plans
from data.home import Home
from data.problems import NotPossibleNow
from data.versions import finish_stopped


def add(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether to open a browser."""
    parser.add_argument("--port", type=int, default=8501, help="the next free one is taken where it is not free (8501)")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")


def run(told: argparse.Namespace) -> Answer:
    """Serves until it is interrupted."""
    home = Home.here()
    finish_stopped(home)  # a restore that a power cut stopped
    _first_demo(home)
    from dashboards.server import ADDRESS, listen, panel, serve, wear  # slow to import: Streamlit, so that --help need not wait

    listener = listen(told.port)
    port = listener.getsockname()[1]
    if port != told.port:
        print(f"Port {told.port} is taken; using {port}.", file=sys.stderr)
    wear(definitions.load(home).city.colours)
    with forecasting.watching(home):
        serve(panel(), listener, partial(_say_where, f"http://{ADDRESS}:{port}", told))
    return Answer({"address": f"http://{ADDRESS}:{port}"})


def _first_demo(home: Home) -> None:
    """The demo city's own home is never shown empty, nor without its plan where an earlier program built it."""
    held = facts.current(home)
    planless = held is not None and held.demo and not held.own and _planless(home)
    if definitions.load(home).city.demo and (held is None or planless):
        print("Building the demo city, this once.", file=sys.stderr)
        if data_command(["demo"]) != 0:
            raise NotPossibleNow("the demo city could not be built; the lines above say why")


def _planless(home: Home) -> bool:
    """Records that cannot be read may hold plans: the panel opens, and its pages say so."""
    try:
        return not plans.counts(home)["plans"]
    except NotPossibleNow:
        return False


def _say_where(address: str, told: argparse.Namespace) -> None:
    print(f"Mandato is open at {address} (Ctrl-C closes it)", file=sys.stderr if told.json else sys.stdout, flush=True)
    if not told.no_browser and _has_screen():
        webbrowser.open(address)


def _has_screen() -> bool:
    """On a Linux machine without one, a browser in the terminal would open and hold the server up."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
