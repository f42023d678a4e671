"""Work behind a page: nobody waits for it, it is done once, and what failed is tried anew."""

import time
from collections.abc import Callable
from threading import Event

import pytest

from dashboards import behind
from dashboards.behind import Behind, Work

PATIENCE = 20.0
"""Seconds."""


def work(find: Callable[[], str], at_hand: str | None = None) -> Work[str]:
    return Work("the answer", lambda: at_hand, find, "none")


def waited(held: Behind[str], asked: Work[str], key: object = "key") -> str | None:
    """What comes in the end."""
    until = time.monotonic() + PATIENCE
    while (found := held.of(key, asked)) is None and time.monotonic() < until:
        time.sleep(0.01)
    return found


def broken() -> str:
    raise OSError(28, "No space left on device")


def test_nobody_waits_and_it_is_found_once() -> None:
    held, going, times = Behind[str]("test", 4), Event(), list[int]()
    asked = work(lambda: (going.wait(PATIENCE) and times.append(1)) or "found")
    assert held.of("key", asked) is None and held.of("key", asked) is None, "it is begun, not waited for"
    going.set()
    assert waited(held, asked) == "found" and held.settle("key", asked) == "found" and times == [1]


def test_what_is_at_hand_is_there_at_once_and_not_found_anew() -> None:
    held = Behind[str]("test", 4)
    assert held.of("key", work(broken, "kept")) == "kept" and held.of("key", work(broken)) == "kept", "and remembered"
    assert held.settle("other", work(broken, "kept")) == "kept"


def test_whoever_asks_once_has_it_at_the_end() -> None:
    held = Behind[str]("test", 4)
    assert held.settle("key", work(lambda: "found")) == "found"
    assert held.of("key", work(broken)) == "found"


def test_what_fails_is_logged_leaves_no_page_waiting_and_is_tried_anew_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held = Behind[str]("test", 4)
    assert waited(held, work(broken)) == "none" and "the answer could not be reckoned" in caplog.text
    assert held.of("key", work(lambda: "found")) == "none", "not at every run of the page"
    later = time.monotonic() + behind.TRY_AGAIN
    monkeypatch.setattr(behind.time, "monotonic", lambda: later)
    assert held.settle("key", work(lambda: "found")) == "found"


def test_a_fault_in_what_is_at_hand_takes_no_page_down() -> None:
    held = Behind[str]("test", 4)
    assert held.of("key", Work("the answer", broken, lambda: "found", "none")) == "none"


def test_the_oldest_are_let_go_of() -> None:
    held = Behind[str]("test", 2)
    for key in ("first", "second", "third"):
        held.settle(key, work(lambda: "found"))
    assert held.settle("third", work(broken)) == "found" and held.settle("first", work(broken)) == "none"


def test_few_are_found_at_once() -> None:
    held, going, now, most = Behind[str]("test", 16), Event(), list[int](), list[int]()

    def find() -> str:
        now.append(1)
        most.append(len(now))
        going.wait(PATIENCE)
        now.pop()
        return "found"

    for number in range(8):
        held.of(number, work(find))
    going.set()
    assert [waited(held, work(find), number) for number in range(8)] == ["found"] * 8
    assert max(most) <= behind.AT_ONCE
