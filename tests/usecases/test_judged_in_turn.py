"""Judged one dossier after the other, with little in memory, an archive is what it is judged at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import reports
from dossier.archive import Archive, open_archive
from dossier.model import ComplianceReport, in_brief
from dossier.model.one_by_one import OneByOne
from dossier.usecases import assess as judged
from dossier.usecases import figures, history, set_aside
from dossier.usecases.assess import assess, digest
from dossier.usecases.demo import write_sample
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.web import redaction
from dossier.web.roles import Role, Visitor
from reports import html

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("lan-luot")
    write_sample(folder / "kho", dossiers=5, seed=3, today=TODAY, scans=False)
    (folder / "kho" / "lạc.txt").write_text("BÁO CÁO\nKết quả\n", "utf-8")
    opened = open_archive(folder / "kho", folder / "state")
    scan(opened, workers=1)
    return opened


@pytest.fixture(params=[1, 2, 500])
def few_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judged, "AT_ONCE", request.param)


@pytest.mark.usefixtures("few_at_once")
def test_in_turn_the_verdicts_are_those_of_all_at_once(archive: Archive) -> None:
    with open_known(archive) as catalogue:
        sweep = judged.Sweep(archive, catalogue, TODAY)
        verdicts = tuple(sweep)
        whole = sweep.report(verdicts)
        alone = tuple(assess(archive, TODAY, each.path).dossiers[0] for each in verdicts)
    assert [each.path for each in verdicts] == sorted(each.path for each in verdicts)
    assert (len(verdicts), verdicts) == (5, alone)
    assert whole.outside.files == ("lạc.txt",)


def test_however_many_are_held_the_digest_is_the_same(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {digest(archive, TODAY)}
    for count in (1, 3):
        monkeypatch.setattr(judged, "AT_ONCE", count)
        found.add(digest(archive, TODAY))
    assert len(found) == 1
    assert digest(archive, TODAY + timedelta(days=400)) not in found


def test_a_night_judged_in_turn_is_that_of_the_report(archive: Archive) -> None:
    first = history.judge_night(archive, TODAY)
    assert (first.new, first.mended) == (None, None)
    later = TODAY + timedelta(days=100)  # the year's reports and plans are overdue
    report = assess(archive, later)
    told = history.night(archive, replace(report, changes=history.changes(archive, report)))
    assert history.judge_night(archive, later) == told
    assert told.new
    assert told.mended is not None
    assert history.last_two(archive)[-1].standing == told.standing


@pytest.fixture
def laid_down(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> tuple[ComplianceReport, ComplianceReport]:
    """The same report with its verdicts in memory, and on the disk; the last dossier has a secret paper."""
    sealed = archive.root / sorted(each.path for each in assess(archive, TODAY).dossiers)[-1] / "mật.txt"
    sealed.write_text("UBND XÃ A\nSố: 9/QĐ-UBND\nTỐI MẬT\nQUYẾT ĐỊNH\nVề việc B\n", "utf-8")
    scan(archive, workers=1)
    history.judge_night(archive, TODAY - timedelta(days=300))
    held = history.with_history(archive, assess(archive, TODAY))
    monkeypatch.setattr(set_aside, "HELD", 30)
    return held, history.with_history(archive, assess(archive, TODAY))


def test_reports_of_verdicts_on_the_disk_are_letter_by_letter_those_of_verdicts_in_memory(
    archive: Archive,
    laid_down: tuple[ComplianceReport, ComplianceReport],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held, aside = laid_down
    assert (type(held.dossiers), type(aside.dossiers)) == (tuple, OneByOne)
    assert held.dossiers[0].secret
    assert (tuple(aside.dossiers), aside.summary) == (held.dossiers, held.summary)
    for most in (500, 2):  # dossiers on the page: all, and a choice
        monkeypatch.setattr(html, "_MOST_DOSSIERS", most)
        for name in reports.formats():
            first, second = tmp_path / f"held.{name}", tmp_path / f"aside.{name}"
            reports.write(name, held, first)
            reports.write(name, aside, second)
            assert first.read_bytes() == second.read_bytes(), name
    assert history.night(archive, held) == history.night(archive, aside)
    assert in_brief(held) == in_brief(aside)


def test_what_a_visitor_may_not_see_is_missing_from_verdicts_on_the_disk(
    laid_down: tuple[ComplianceReport, ComplianceReport],
) -> None:
    visitor = Visitor("x", Role.AUDITOR)
    held, aside = (redaction.archive(each, visitor) for each in laid_down)
    assert tuple(aside.dossiers) == tuple(held.dossiers)
    assert "mật.txt" not in "".join(doc.path for doc in aside.documents)


def test_units_judged_in_turn_come_to_what_the_report_says(archive: Archive) -> None:
    report = assess(archive, TODAY)
    found = figures.of_units(archive, TODAY)
    assert {part.name: part.score for part in found.parts} == report.units
    assert found.whole.dossiers == 5
    assert found.whole.complete == report.summary["complete"]
