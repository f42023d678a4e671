"""docs/records.md cannot lie: its table of who may do what is the one that verbs ask."""

import re

from data.access import ALLOWED
from data.commands import verify
from data.records import database, heads, secret
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")


def test_the_table_is_the_one_that_verbs_ask():
    rows = re.findall(r"^\| ([a-z_]+) \| ([a-z, ]+) \| ([a-z_]+) \|$", PAGE, flags=re.MULTILINE)
    told = {action: (tuple(who.split(", ")), where) for action, who, where in rows}
    assert told == {action: (who, where.__name__) for action, (who, where) in ALLOWED.items()}


def test_the_files_are_named_as_they_are():
    for name in (database.NAME, heads.NAME, secret.NAME):
        assert f"`data/store/{name}`" in PAGE
    assert "records" in (verify.__doc__ or "")
