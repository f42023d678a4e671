"""The first answer names the files that every page needs and that a browser would learn of late."""

import asyncio
import re

import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboards.preload import ELEMENTS, FRONT_END, Preload, links


def names(header: str) -> list[str]:
    return re.findall(r"<\./static/js/([^>]+)>; rel=modulepreload", header)


def test_the_files_of_every_element_are_named_with_all_that_they_import():
    found = names(links())
    first = (FRONT_END / "index.html").read_text(encoding="utf-8")
    for element in ELEMENTS:
        assert any(name.startswith(f"{element}.") for name in found), element
    for name in found:
        text = (FRONT_END / "static" / "js" / name).read_text(encoding="utf-8")
        for imported in re.findall(r'from"\./([\w.-]+\.js)"', text):
            assert imported in found or imported in first, (name, imported)


def test_a_front_end_that_is_built_otherwise_is_left_alone(tmp_path):
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "index.html").write_text("<html></html>", encoding="utf-8")
    assert links(tmp_path) == ""


@pytest.mark.parametrize(("kind", "named"), [(b"text/html; charset=utf-8", True), (b"application/json", False)])
def test_only_pages_carry_the_names(kind, named):
    sent: list[Message] = []

    async def answers(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        await send({"type": "http.response.body", "body": b"."})

    async def asked() -> Message:
        return {"type": "http.request"}

    async def answered(message: Message) -> None:
        sent.append(message)

    asyncio.run(Preload(answers)({"type": "http"}, asked, answered))
    assert [value for name, value in sent[0]["headers"] if name == b"link"] == ([links().encode()] if named else [])
    assert sent[1]["body"] == b"."
