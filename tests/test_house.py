"""What people forget and a test remembers: where things are, how long they are, and who may speak to what."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

TOP_LEVEL = {
    ".ci", ".gitignore", ".streamlit", "CHANGELOG.md", "Makefile", "README.md", "dashboards", "data", "docs", "kpis", "pages",
    "pyproject.toml", "requirements-dev.lock", "requirements-scale.lock", "requirements.lock", "requirements.txt", "streamlit_app.py",
    "tests",
}  # fmt: skip
ROOMS = ("data", "kpis", "dashboards", "pages")
CUPBOARDS = re.compile(r"^(utils?|helpers?|common|misc)\.py$")
NOT_FOR_PAGES = {"duckdb", "polars", "altair", "pydeck", "pandas"}
NOT_COMMITTED = re.compile(r"(?<![\w.~])/(work|farm|tmp|root)/|bash[_]jobs|python[h]osted|pypi[.]org|registry[.]npmjs|deb[.]debian")
"""Paths of one machine, and hosts of package registries."""


@cache
def tracked() -> tuple[str, ...]:
    """Files that git keeps, or would with the next commit."""
    # Git refuses a checkout that belongs to somebody else, as in a container, unless told that it is meant.
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(name for name in listed if (ROOT / name).is_file())


def python_files(*folders: str) -> list[str]:
    return [name for name in tracked() if name.endswith(".py") and name.split("/")[0] in folders]


def source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def imported(name: str) -> set[str]:
    """Every module that a file imports, whole: `data.facts`, and `data.facts.Facts` for what is taken from it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source(name))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def lines(name: str) -> int:
    return len(source(name).splitlines())


def test_the_top_level_holds_the_rooms_and_nothing_else():
    assert {name.split("/")[0] for name in tracked()} <= TOP_LEVEL


def test_no_page_lies_directly_in_pages():
    assert [name for name in tracked() if re.fullmatch(r"pages/[^/]+", name)] == []


def test_no_module_is_a_cupboard():
    assert [name for name in tracked() if CUPBOARDS.match(Path(name).name)] == []


@pytest.mark.parametrize("name", python_files("pages"))
def test_a_page_is_who_what_show(name):
    assert lines(name) <= 45


@pytest.mark.parametrize("name", python_files("pages"))
def test_a_page_leaves_data_and_drawing_to_the_rooms(name):
    assert {module.split(".")[0] for module in imported(name)} & NOT_FOR_PAGES == set()


def test_only_the_front_door_and_the_pages_are_scripts():
    assert not [name for name in tracked() if name.startswith("pages/") and name.endswith("__init__.py")]


@pytest.mark.parametrize("name", python_files(*ROOMS))
def test_a_module_is_not_longer_than_300_lines(name):
    assert lines(name) <= 300


@pytest.mark.parametrize("name", python_files(*ROOMS))
def test_a_function_is_not_longer_than_25_lines(name):
    functions = [node for node in ast.walk(ast.parse(source(name))) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 25] == []


@pytest.mark.parametrize("name", python_files(*ROOMS))
def test_a_module_says_what_it_is_for(name):
    assert ast.get_docstring(ast.parse(source(name)))


@pytest.mark.parametrize("name", [*python_files(*ROOMS), "streamlit_app.py"])
def test_no_html_is_let_through_unread(name):
    assert "unsafe_allow_html" not in source(name)


@pytest.mark.parametrize("name", [*(name for name in python_files(*ROOMS) if name != "dashboards/session.py"), "streamlit_app.py"])
def test_only_the_session_touches_the_state_of_a_visit(name):
    assert "session_state" not in source(name)


@pytest.mark.parametrize("name", python_files("kpis", "dashboards", "pages"))
def test_only_data_speaks_to_the_database(name):
    assert "duckdb" not in {module.split(".")[0] for module in imported(name)}


@pytest.mark.parametrize("name", tracked())
def test_nothing_names_a_machine_or_a_registry(name):
    try:
        text = source(name)
    except UnicodeDecodeError:
        return  # a picture
    assert NOT_COMMITTED.search(text) is None


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-scale.lock", "requirements-dev.lock"])
def test_a_lock_holds_every_direct_package_with_hashes_and_no_address(lock):
    text = source(lock)
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", text, flags=re.MULTILINE))
    wanted = dict(re.findall(r"^([\w.-]+)==(\S+)", source("requirements.txt"), flags=re.MULTILINE))
    assert {name: locked.get(name) for name in wanted} == wanted
    assert "://" not in text
    assert text.count("--hash=sha256:") > len(locked)


def test_the_dev_lock_holds_every_tool():
    groups = tomllib.loads(source("pyproject.toml"))["dependency-groups"]
    tools = [*groups["scale"], *(tool for tool in groups["dev"] if isinstance(tool, str))]
    locked = set(re.findall(r"^([\w.-]+==\S+)", source("requirements-dev.lock"), flags=re.MULTILINE))
    assert [tool for tool in tools if re.sub(r"\[.*\]", "", tool) not in locked] == []


def test_all_locks_name_the_same_versions():
    def versions(name: str) -> set[tuple[str, str]]:
        return set(re.findall(r"^([\w.-]+)==(\S+)", source(name), flags=re.MULTILINE))

    assert versions("requirements.lock") <= versions("requirements-scale.lock") <= versions("requirements-dev.lock")
