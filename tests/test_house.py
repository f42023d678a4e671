"""What people forget and a test remembers: where things are, how long they are, and who may speak to what."""

import ast
import re
import subprocess
import tomllib
from dataclasses import dataclass
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
    found = [name for name in tracked() if name.endswith(".py") and name.split("/")[0] in folders]
    assert {name.split("/")[0] for name in found} == {*folders}, "a rule that is held of no file is held by nobody"
    return found


@cache
def source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Module:
    """What the rules ask of a file of Python: its docstring, the names of its long functions, and what it imports.

    Imports are whole: `data.facts`, and `data.facts.Facts` for what is taken from it.
    """

    docstring: str | None
    long_functions: list[str]
    imported: set[str]

    @property
    def packages(self) -> set[str]:
        return {module.split(".")[0] for module in self.imported}


@cache
def module(name: str) -> Module:
    tree = ast.parse(source(name))
    long, imported = [], set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 25:
            long.append(node.name)
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return Module(ast.get_docstring(tree), long, imported)


def lines(name: str) -> int:
    return len(source(name).splitlines())


# Each rule goes over all files in one test, and names those that break it: as thousands of tests of one file each they took a minute.


def test_the_top_level_holds_the_rooms_and_nothing_else():
    assert {name.split("/")[0] for name in tracked()} <= TOP_LEVEL


def test_no_page_lies_directly_in_pages():
    assert [name for name in tracked() if re.fullmatch(r"pages/[^/]+", name)] == []


def test_no_module_is_a_cupboard():
    assert [name for name in tracked() if CUPBOARDS.match(Path(name).name)] == []


def test_a_page_is_who_what_show():
    assert [name for name in python_files("pages") if lines(name) > 45] == []


def test_a_page_leaves_data_and_drawing_to_the_rooms():
    assert {name: taken for name in python_files("pages") if (taken := module(name).packages & NOT_FOR_PAGES)} == {}


def test_only_the_front_door_and_the_pages_are_scripts():
    assert not [name for name in tracked() if name.startswith("pages/") and name.endswith("__init__.py")]


def test_a_module_is_not_longer_than_300_lines():
    assert {name: length for name in python_files(*ROOMS) if (length := lines(name)) > 300} == {}


def test_a_function_is_not_longer_than_25_lines():
    assert {name: long for name in python_files(*ROOMS) if (long := module(name).long_functions)} == {}


def test_a_module_says_what_it_is_for():
    assert [name for name in python_files(*ROOMS) if not module(name).docstring] == []


def test_no_html_is_let_through_unread():
    assert [name for name in [*python_files(*ROOMS), "streamlit_app.py"] if "unsafe_allow_html" in source(name)] == []


def test_only_the_session_touches_the_state_of_a_visit():
    touching = [name for name in [*python_files(*ROOMS), "streamlit_app.py"] if "session_state" in source(name)]
    assert touching == ["dashboards/session.py"]


def test_only_data_speaks_to_the_database():
    assert [name for name in python_files("kpis", "dashboards", "pages") if "duckdb" in module(name).packages] == []


def test_nothing_names_a_machine_or_a_registry():
    assert {name: found[0] for name in tracked() if (found := NOT_COMMITTED.search(text_or_nothing(name)))} == {}


def text_or_nothing(name: str) -> str:
    """Of a picture, nothing."""
    try:
        return source(name)
    except UnicodeDecodeError:
        return ""


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
