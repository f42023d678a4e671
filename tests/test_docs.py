"""The documentation cannot lie: what the commands take and what docs/commands.md says are held against each other."""

import argparse
import re
from types import ModuleType

import pytest

from dashboards.__main__ import COMMANDS as DASHBOARDS
from data.__main__ import COMMANDS as DATA
from data.command_line import commands
from kpis.__main__ import COMMANDS as KPIS
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
COMMANDS = {
    f"python -m {room} {name}": command
    for room, names in {"data": DATA, "kpis": KPIS, "dashboards": DASHBOARDS}.items()
    for name, command in commands(room, names).items()
}
EACH = pytest.mark.parametrize(("name", "command"), COMMANDS.items(), ids=COMMANDS)


def section(name: str) -> str:
    """What the page says under the command's own heading."""
    found = re.search(rf"^### {re.escape(name)}$(.*?)(?=^##|\Z)", PAGE, flags=re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def options(command: ModuleType) -> list[str]:
    """Every option, and every name of what is given without one, as the help prints them."""
    parser = argparse.ArgumentParser(add_help=False)
    command.add(parser)
    return [action.option_strings[-1] if action.option_strings else str(action.metavar or action.dest) for action in parser._actions]


def test_the_page_describes_exactly_the_commands_there_are():
    assert re.findall(r"^### (python -m .+)$", PAGE, flags=re.MULTILINE) == list(COMMANDS)


@EACH
def test_a_command_has_help_with_an_example(name, command):
    summary, _, rest = (command.__doc__ or "").partition("\n")
    assert len(summary.split()) > 3
    assert re.search(rf"examples?: +{re.escape(name)}\b", rest)


@EACH
def test_a_command_is_documented_with_an_example(name, command):
    assert re.search(rf"```sh\n(.*\n)*?{re.escape(name)}\b", section(name))


@EACH
def test_every_option_is_documented(name, command):
    assert [option for option in options(command) if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", section(name))] == []


@EACH
def test_every_key_of_a_refusal_is_documented(name, command):
    assert [key for key in getattr(command, "EMPTY", {}) if f'"{key}"' not in section(name)] == []


@pytest.mark.parametrize("page", sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")]), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_target_of_the_makefile_that_the_documentation_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {target for page in pages for target in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))}
    assert named <= targets
