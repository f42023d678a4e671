"""Of each kind of report: one that fails names its cause and leaves what was there; of a closed month it says what it said."""

import errno
import os
from pathlib import Path

import pytest

from dashboards import outlooks
from dashboards.__main__ import main
from dashboards.commands.report import FORMATS, KINDS
from dashboards.plan import mandate
from dashboards.plan.neighbourhood import known, measured
from dashboards.reports import kinds, neighbourhood, typesetting
from dashboards.reports.content import Report as Page
from dashboards.reports.document import Document
from dashboards.reports.reader import reader
from dashboards.session import Session
from dashboards.study import known as studied
from data import definitions
from data.access import Actor
from data.loads import NewLoad, apply
from data.people import actor, people
from data.periods import Month
from data.plans.action import action
from data.plans.reporting import Report, report
from data.snapshots.freezing import freeze
from data.snapshots.reopening import reopen
from tests import district_town
from tests.dashboards.test_report_kinds import MEETING, meet, reviewer, robberies

OF = {"goal": "robberies", "area": "police", "neighbourhood": "centro", "study": "patrols"}
STUDY = "study: patrols\nname: Patrols\nindicator: robberies\nmethod: its\nstart: 2026-01\n"
JUNE = Month(2026, 6)
FORMS = [(kind, form) for kind in KINDS for form in FORMATS if form == "pdf" or kind != "neighbourhood"]
OLD = b"the old one"


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> district_town.Town:
    return with_a_meeting_and_a_study(tmp_path_factory.mktemp("faulty"))


def with_a_meeting_and_a_study(folder: Path) -> district_town.Town:
    town = district_town.build(folder)
    town.home.studies.mkdir()
    (town.home.studies / "patrols.yaml").write_text(STUDY, encoding="utf-8")
    meet(town)
    return town


def asked(town: district_town.Town, monkeypatch: pytest.MonkeyPatch, out: Path, kind: str, form: str) -> int:
    """Run the command; returns how it ended."""
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    what = ["--id", OF[kind]] if kind in OF else []
    told = ["--place", "aurora", "--month", str(JUNE), "--kind", kind, *what, "--format", form, "--language", "es", "--out", str(out)]
    return main(["report", *told])


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_on_a_full_disk_the_old_file_stays_and_the_cause_is_named(town, tmp_path, monkeypatch, capsys, kind, form):
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = tmp_path / f"report.{form}"
    out.write_bytes(OLD)
    monkeypatch.setattr("data.lasting.os.fsync", full)
    assert asked(town, monkeypatch, out, kind, form) == 3
    assert "No space left on device" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {out.name: OLD}


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_set_on_pages_names_the_cause_and_the_old_file_stays(town, tmp_path, monkeypatch, capsys, kind):
    def fail(*_told: object, **_more: object) -> bytes:
        raise typesetting.typst.TypstError("no memory is left")  # pyright: ignore[reportCallIssue] - as the library raises it

    out = tmp_path / "report.pdf"
    out.write_bytes(OLD)
    monkeypatch.setattr(typesetting.typst, "compile", fail)
    assert asked(town, monkeypatch, out, kind, "pdf") == 3
    assert "the report cannot be set on pages: no memory is left" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {out.name: OLD}


def said(session: Session, kind: str) -> Document | Page:
    """What a report says, before it is written."""
    if kind != "neighbourhood":
        return kinds.KINDS[kind](session, OF.get(kind))
    plan, district = mandate.of_place(session), session.definitions.place[OF[kind]]
    assert plan is not None
    found, figures = known.of_district(session, plan, district), measured.figures(session, district)
    return neighbourhood.report(session, found, figures, neighbourhood.rooms(found, figures)[0])


def every(town: district_town.Town) -> dict[str, Document | Page]:
    """What the reports of June say to whoever asks for them now."""
    session = reader(town.home, "aurora", JUNE, "es")
    outlooks.settle(session)
    studied.settle(session)
    return {kind: said(session, kind) for kind in KINDS}


def editor(town: district_town.Town) -> Actor:
    return actor(town.records, next(row["id"] for row in people(town.records) if row["name"] == "Elena Editora"), MEETING)


def test_of_a_closed_month_every_kind_says_what_it_said_whatever_came_since(tmp_path):
    town = with_a_meeting_and_a_study(tmp_path)
    freeze(town.home, town.records, reviewer(town), "aurora", JUNE, accepted="The rest comes later")
    closed = every(town)
    assert {kind for kind, told in closed.items() if "Tal como se cerró el mes" not in " ".join(told.foot)} == set()
    revised = NewLoad("later", "test", ("later.csv",), "test", MEETING, 1)
    apply(town.home, definitions.load(town.home), [(revised, robberies(12.5))])
    market = action(town.records, town.nodes["1.1"])
    assert market is not None
    report(town.records, editor(town), Report(town.nodes["1.1"], market.node["version"], MEETING, 90.0, "started"))
    assert {kind for kind, told in every(town).items() if told != closed[kind]} == set()
    reopen(town.records, reviewer(town), "aurora", JUNE, "The figure was wrong")
    live = every(town)
    assert {kind for kind, told in live.items() if told == closed[kind]} == set()
    assert {kind for kind, told in live.items() if without_foot(told) == without_foot(closed[kind])} <= {"minutes"}


def without_foot(told: Document | Page) -> str:
    return str(told).replace(str(told.foot), "")
