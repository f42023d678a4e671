"""The files of Streamlit's front end that every page needs, named in the first answer, so that a browser fetches them at once.

Otherwise it learns of them only when the first elements are drawn, after its own start and a run of the page.
"""

import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FRONT_END = Path(streamlit.__file__).parent / "static"
ELEMENTS = ("Selectbox", "BidiComponent")
"""What is drawn on every page and is not among the front end's first files."""
IMPORTED = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")


class Preload:
    """Adds the header `Link` to every answer that is a page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and name the files where the answer is a page."""

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html") and links():
                    headers.append("Link", links())
            await send(message)

        await self._app(scope, receive, named if scope["type"] == "http" else send)


@cache
def links(folder: Path = FRONT_END) -> str:
    """The header's value; "" for a front end that is built otherwise."""
    scripts, found = folder / "static" / "js", dict[str, None]()
    first = (folder / "index.html").read_text(encoding="utf-8")
    waiting = [file.name for element in ELEMENTS for file in scripts.glob(f"{element}.*.js")]
    while waiting:
        name = waiting.pop(0)
        if name not in found and name not in first and (scripts / name).exists():
            found[name] = None
            waiting += IMPORTED.findall((scripts / name).read_text(encoding="utf-8"))
    return ", ".join(f"<./static/js/{name}>; rel=modulepreload" for name in found)
