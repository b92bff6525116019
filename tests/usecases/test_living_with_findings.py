"""Severities of an archive's own, waivers that end, and the baseline of an old archive."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, TODAY, put, run, write

from dossier.archive import open_archive
from dossier.cli.shared import exit_code
from dossier.errors import ConfigurationError, UsageError
from dossier.model import ComplianceReport, Finding, Severity, Status, in_brief
from dossier.usecases import baseline, decide, history
from dossier.usecases.assess import assess
from reports import own_rules


def configure(root: Path, *lines: str) -> None:
    write(root, "dossier.toml", "[rules]\n" + "\n".join(lines))


def judged(root: Path, day: date = TODAY) -> ComplianceReport:
    return assess(open_archive(root), day)


def of(report: ComplianceReport, rule: str) -> list[Finding]:
    return [f for dossier in report.dossiers for f in dossier.findings if f.rule == rule]


def all_gaps(report: ComplianceReport) -> dict[str, str]:
    rules = {f.rule for d in report.dossiers for f in d.findings if f.severity is Severity.ERROR}
    return dict.fromkeys(sorted(rules), "info")


def test_archive_may_weigh_a_rule_otherwise(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    configure(tmp_path, 'severity = {"mh-01" = "warning"}')
    report = run(tmp_path)[1]
    assert [f.severity for f in of(report, "MH-01")] == [Severity.WARNING]


def test_rule_that_is_off_finds_nothing_and_the_report_says_so(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    configure(tmp_path, 'severity = {"MH-01" = "off"}')
    report = run(tmp_path)[1]
    assert not of(report, "MH-01")
    assert any("MH-01" in said for said in own_rules.sentences(report))


def test_dossier_whose_gaps_are_no_errors_is_complete(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    weights = all_gaps(run(tmp_path)[1])
    assert weights
    configure(tmp_path, "[rules.severity]", *(f'{rule} = "{weight}"' for rule, weight in weights.items()))
    assert judged(tmp_path).dossiers[0].complete


def test_warning_made_an_error_makes_the_dossier_incomplete(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    later = date(2025, 1, 1)
    (warning,) = [f for f in of(judged(tmp_path, later), "MH-15") if f.severity is Severity.WARNING][:1]
    configure(tmp_path, 'severity = {"MH-15" = "error"}')
    (part,) = [
        p for item in judged(tmp_path, later).dossiers[0].items for p in item.parts if p.part == warning.part
    ]
    assert part.required


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('severity = {"MH-99" = "info"}', "MH-99"),
        ('severity = {"MH-01" = "loud"}', "MH-01"),
        ('severity = {"MAT-01" = "off"}', "MAT-01"),
    ],
)
def test_severity_that_cannot_be_is_told(tmp_path: Path, line: str, named: str) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    configure(tmp_path, line)
    with pytest.raises(ConfigurationError, match=named):
        judged(tmp_path)


def test_rule_switched_off_is_not_told_as_mended(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    history.record(open_archive(tmp_path), run(tmp_path)[1])
    configure(tmp_path, 'severity = {"MH-01" = "off"}')
    found = history.changes(open_archive(tmp_path), judged(tmp_path, TODAY + timedelta(days=1)))
    assert not found.mended


def test_waiver_is_counted_and_its_finding_stays_visible(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    decide.waive(open_archive(tmp_path), "mo-hinh/A", "MH-01", reason="mất năm 2019")
    report = judged(tmp_path)
    assert len(report.waivers) == 1 and of(report, "MH-01")[0].waiver is not None
    assert any("1 phát hiện đang được chấp nhận" in said for said in own_rules.sentences(report))


def test_state_secret_is_nobodys_to_accept(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    with pytest.raises(UsageError, match="MAT-01"):
        decide.waive(open_archive(tmp_path), "mo-hinh/A", "mat-01", reason="bản photo")


def test_expired_waiver_is_listed_and_its_finding_comes_back_as_new(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    decide.waive(
        open_archive(tmp_path), "mo-hinh/A", "MH-01", reason="đang xin lại", until=TODAY, today=TODAY
    )
    history.record(open_archive(tmp_path), judged(tmp_path))
    after = judged(tmp_path, TODAY + timedelta(days=1))
    assert of(after, "MH-01")[0].severity is Severity.ERROR
    assert [w.rule for w in after.expired] == ["MH-01"] and not after.waivers
    found = history.changes(open_archive(tmp_path), after)
    assert [change.rule for change in found.new] == ["MH-01"]


def test_list_of_waivers_tells_which_cover_nothing_any_more(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    archive = open_archive(tmp_path)
    decide.waive(archive, "mo-hinh/A", "MH-01", reason="x")
    decide.waive(archive, "mo-hinh/A", "MH-02", reason="y")
    put(tmp_path, b_txt=SURVEY)
    run(tmp_path)
    assert {w.rule: count for w, _valid, count in decide.waivers(archive, TODAY)} == {"MH-01": 0, "MH-02": 1}


def test_findings_of_the_baseline_stay_visible_and_fail_nothing(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    before = run(tmp_path)[1]
    assert exit_code(in_brief(before)) == 1
    baseline.create(open_archive(tmp_path), TODAY)
    after = judged(tmp_path)
    assert exit_code(in_brief(after)) == 0
    assert after.known > 0 and len(of(after, "MH-01")) == len(of(before, "MH-01"))
    assert not after.dossiers[0].complete


def test_gap_that_opens_after_the_baseline_fails(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY)
    run(tmp_path)
    baseline.create(open_archive(tmp_path), TODAY)
    (tmp_path / "mo-hinh/A/b.txt").unlink()
    assert exit_code(in_brief(run(tmp_path)[1])) == 1


def test_missing_period_that_comes_after_the_baseline_is_not_hidden_by_an_earlier_one(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    baseline.create(open_archive(tmp_path), date(2024, 12, 1))
    (plans,) = of(judged(tmp_path, date(2026, 1, 15)), "MH-09")
    assert not plans.baseline


def test_baseline_tells_how_much_of_it_is_left_and_can_be_removed(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    archive = open_archive(tmp_path)
    held = baseline.create(archive, TODAY)
    put(tmp_path, b_txt=SURVEY)
    run(tmp_path)
    line = baseline.show(archive, TODAY)[0]
    assert (line.held, line.still) == (held, held - 1)
    assert baseline.remove(archive) == held
    assert baseline.show(archive, TODAY)[0].drawn is None


def test_waived_part_keeps_its_status_under_another_severity(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    decide.waive(open_archive(tmp_path), "mo-hinh/A", "MH-01", reason="x")
    configure(tmp_path, 'severity = {"MH-01" = "error"}')
    report = judged(tmp_path)
    assert report.dossiers[0].items[0].status is Status.WAIVED
    assert of(report, "MH-01")[0].severity is Severity.INFO


def test_waiver_that_would_have_ended_already_is_refused(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    archive = open_archive(tmp_path)
    with pytest.raises(UsageError, match="đã qua"):
        decide.waive(archive, "mo-hinh/A", "MH-01", reason="x", until=date(2020, 1, 1))
    assert decide.waivers(archive) == []


def test_days_on_which_the_unit_did_its_duty_are_declared_and_a_missing_year_can_be_accepted(
    tmp_path: Path,
) -> None:
    put(tmp_path, a_txt=FOUNDING)
    write(tmp_path, "dossier.toml", '[rules.done]\n"th-21" = [2023-05-12]')
    run(tmp_path)
    later = date(2024, 6, 1)
    assert [f.subject for f in judged(tmp_path, later).findings if f.rule == "TH-21"] == [("2024",)]
    decide.waive(open_archive(tmp_path), ".", "TH-21", reason="sáp nhập đơn vị")
    report = judged(tmp_path, later)
    assert [f.severity for f in report.findings if f.rule == "TH-21"] == [Severity.INFO]
    assert "2024" not in [due.period for due in report.due if due.rule == "TH-21"]
    with pytest.raises(UsageError, match="TH-21"):
        decide.waive(open_archive(tmp_path), "mo-hinh/A", "TH-21", reason="x")


@pytest.mark.parametrize("line", ['"MH-01" = [2023-05-12]', '"TH-21" = ["12/5"]', '"TH-21" = 2023-05-12'])
def test_wrong_declaration_of_a_duty_is_a_clear_error(tmp_path: Path, line: str) -> None:
    put(tmp_path, a_txt=FOUNDING)
    run(tmp_path)
    write(tmp_path, "dossier.toml", f"[rules.done]\n{line}")
    with pytest.raises(ConfigurationError):
        judged(tmp_path)
