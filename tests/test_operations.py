"""The pages that an operator copies from: every unit, cron line, command and source on them is one that works."""

import argparse
import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.__main__ import COMMANDS as DASHBOARDS
from data.__main__ import COMMANDS as DATA
from data.command_line import commands
from data.definitions import load
from kpis.__main__ import COMMANDS as KPIS
from tests.conftest import ROOT
from tests.tiny_facts import home

OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
FETCHING = (ROOT / "docs" / "fetching.md").read_text(encoding="utf-8")
ROOMS = {room: commands(room, names) for room, names in {"data": DATA, "kpis": KPIS, "dashboards": DASHBOARDS}.items()}


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^ *```{kind}\n(.*?)^ *```$", page, flags=re.MULTILINE | re.DOTALL)


UNITS = {found[1]: text for text in blocks(OPERATIONS, "ini") if (found := re.match(r"# /etc/systemd/system/(\S+)\n", text))}
TOLD = sorted({line.strip() for line in re.findall(r"python -m (?:data|kpis|dashboards) [^;`|\n]+", OPERATIONS + FETCHING)})


def parsed(text: str) -> configparser.RawConfigParser:
    """A unit as an ini file; of a key given twice the last one counts here, which is all that is asked."""
    found = configparser.RawConfigParser(strict=False)
    found.optionxform = str  # pyright: ignore[reportAttributeAccessIssue]
    found.read_string(text)
    return found


def test_there_is_a_unit_for_the_panel_and_one_for_the_night():
    assert set(UNITS) == {"mandato.service", "mandato-daily.service", "mandato-daily.timer"}


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_says_what_systemd_needs(name):
    unit = parsed(UNITS[name])
    kind = "Timer" if name.endswith(".timer") else "Service"
    assert unit["Unit"]["Description"].startswith("Mandato: ")
    assert unit[kind]["OnCalendar" if kind == "Timer" else "ExecStart"]
    assert name == "mandato-daily.service" or unit["Install"]["WantedBy"].endswith(".target")


def test_systemd_itself_has_nothing_to_say_of_the_units(tmp_path):
    """Where systemd is installed. The program's own path and account are those of the example, so ours stand in for them."""
    for name, text in UNITS.items():
        text = (
            text.replace("/opt/mandato/.venv/bin/python", sys.executable)
            .replace("=/opt/mandato", f"={ROOT}")
            .replace("User=mandato", "User=root")
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert parsed(text).sections()
    analyze = shutil.which("systemd-analyze")
    if analyze:
        command = [analyze, "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)]
        done = subprocess.run(command, capture_output=True, text=True)
        said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "mandato" in line]
        assert (done.returncode, said) == (0, [])


def test_a_night_without_an_answer_still_ends_in_a_backup():
    lines = [line.partition("=")[2] for line in UNITS["mandato-daily.service"].splitlines() if line.startswith("ExecStart=")]
    assert lines[0].startswith("-") and " data fetch " in lines[0]
    assert not lines[-1].startswith("-") and " data backup " in lines[-1]


def test_the_cron_line_has_a_time_and_commands_that_do_not_wait_for_one_another():
    (line,) = [line for text in blocks(OPERATIONS, "cron") for line in text.splitlines()]
    minute, hour, *days = line.split()[:5]
    assert minute.isdigit() and hour.isdigit() and days == ["*", "*", "*"]
    commands = " ".join(line.split()[5:])
    assert "%" not in commands, "cron takes it for the end of a line"
    assert re.search(r"data fetch \w+; \S+python -m data backup ", commands)


@pytest.mark.parametrize("told", TOLD)
def test_every_command_on_the_pages_is_one_that_is_understood(told):
    _, _, room, name, *options = shlex.split(told)
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--json", action="store_true")
    ROOMS[room][name].add(parser)
    parser.parse_args([option for option in options if option not in (")", "]")])


def test_every_source_on_the_page_is_one_that_can_be_declared(tmp_path: Path):
    whole, *parts = blocks(FETCHING, "yaml")
    known = home(tmp_path)
    text = whole.replace("my_city", "aurora").replace("indicator: accidents", "indicator: monthly")
    known.sources.write_text(text, encoding="utf-8")
    (source,) = load(known).sources
    assert source.fetch is not None and source.fetch.kind == "file"
    begin = text[: text.index("    fetch:")]
    kinds = []
    for part in parts:
        known.sources.write_text(begin + part, encoding="utf-8")
        fetch = load(known).sources[0].fetch
        assert fetch is not None and fetch.hosts
        kinds.append(fetch.kind)
    assert kinds == ["ckan", "socrata"]
