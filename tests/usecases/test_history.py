"""Nights are kept and compared: what is new, what was mended, what is still there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from archives import FOUNDING, PROPOSAL, SURVEY, TODAY, put, run, write

from dossier.archive import open_archive
from dossier.model import ComplianceReport
from dossier.usecases import history
from dossier.usecases.assess import assess
from reports import digest
from reports.urgent import OpenDuty

NEXT = TODAY + timedelta(days=1)


def scanned(root: Path, day: date) -> ComplianceReport:
    run(root)
    return assess_on(root, day)


def assess_on(root: Path, day: date) -> ComplianceReport:
    return assess(open_archive(root), day)


def first_night(root: Path) -> None:
    put(root, a_txt=FOUNDING)
    history.record(open_archive(root), scanned(root, TODAY))


def test_first_night_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    assert history.changes(open_archive(tmp_path), scanned(tmp_path, TODAY)).since is None


def test_second_night_without_a_change_finds_everything_still_there(tmp_path: Path) -> None:
    first_night(tmp_path)
    found = history.changes(open_archive(tmp_path), scanned(tmp_path, NEXT))
    assert (found.since, found.new, found.mended) == (TODAY, (), ())
    assert found.still


def test_document_that_was_added_mends_its_gap(tmp_path: Path) -> None:
    first_night(tmp_path)
    put(tmp_path, b_txt=SURVEY)
    found = history.changes(open_archive(tmp_path), scanned(tmp_path, NEXT))
    assert [(change.rule, change.part) for change in found.mended] == [("MH-01", "1")]
    assert not found.new


def test_document_that_vanished_opens_a_new_gap(tmp_path: Path) -> None:
    put(tmp_path, b_txt=SURVEY)
    first_night(tmp_path)
    (tmp_path / "mo-hinh/A/b.txt").unlink()
    found = history.changes(open_archive(tmp_path), scanned(tmp_path, NEXT))
    assert ("MH-01", "1") in [(change.rule, change.part) for change in found.new]


def test_one_missing_period_more_is_one_new_finding_that_names_it(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    history.record(open_archive(tmp_path), scanned(tmp_path, date(2024, 12, 1)))
    later = assess_on(tmp_path, date(2026, 1, 15))
    found = history.changes(open_archive(tmp_path), later)
    plans = [change for change in found.new if change.part == "9"]
    assert {change.key for change in plans} >= {"MH-09|9|2025"}
    assert all("2024" not in change.what for change in plans)


def test_dossiers_that_came_and_went_are_named(tmp_path: Path) -> None:
    first_night(tmp_path)
    (tmp_path / "mo-hinh/A").rename(tmp_path / "mo-hinh/B")
    found = history.changes(open_archive(tmp_path), scanned(tmp_path, NEXT))
    assert (found.appeared, found.gone) == (("mo-hinh/B",), ("mo-hinh/A",))


def test_second_run_of_a_day_takes_the_place_of_the_first(tmp_path: Path) -> None:
    first_night(tmp_path)
    put(tmp_path, b_txt=SURVEY)
    again = history.record(open_archive(tmp_path), scanned(tmp_path, TODAY))
    (kept,) = history.nights(open_archive(tmp_path))
    assert (kept.day, kept.score, kept.new) == (TODAY, again.score, None)


def test_kept_nights_tell_how_many_were_new_and_mended(tmp_path: Path) -> None:
    first_night(tmp_path)
    put(tmp_path, b_txt=SURVEY, c_txt=PROPOSAL)
    history.record(open_archive(tmp_path), scanned(tmp_path, NEXT))
    assert [(night.new, night.mended) for night in history.nights(open_archive(tmp_path))] == [
        (None, None),
        (0, 2),
    ]


def test_score_rises_with_every_document_that_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    before = scanned(tmp_path, TODAY).score
    put(tmp_path, b_txt=SURVEY)
    assert before < scanned(tmp_path, TODAY).score < 100


def test_comparison_is_the_same_in_english(tmp_path: Path) -> None:
    from dossier import i18n

    first_night(tmp_path)
    i18n.use("en")
    found = history.changes(open_archive(tmp_path), scanned(tmp_path, NEXT))
    assert (found.new, found.mended) == ((), ())


def told(root: Path) -> digest.Digest:
    return history.digest(open_archive(root), scanned(root, NEXT))


def test_digest_names_what_is_new_and_what_was_mended(tmp_path: Path) -> None:
    put(tmp_path, c_txt=PROPOSAL)
    first_night(tmp_path)
    (tmp_path / "mo-hinh/A/c.txt").unlink()
    put(tmp_path, b_txt=SURVEY)
    shown = " ".join(digest.text(told(tmp_path)).split())
    assert "MỚI PHÁT HIỆN (2)" in shown and "ĐÃ KHẮC PHỤC (1)" in shown
    assert "[MH-03]" in shown and "[MH-01]" in shown


def test_digest_as_text_has_no_line_longer_than_a_mail_takes(tmp_path: Path) -> None:
    first_night(tmp_path)
    write(tmp_path, "mo-hinh/" + ("Tên rất dài " * 15).strip() + "/a.txt", FOUNDING)
    assert max(map(len, digest.text(told(tmp_path)).splitlines())) <= 78


def test_digest_as_page_escapes_names_and_fetches_nothing(tmp_path: Path) -> None:
    first_night(tmp_path)
    made = told(tmp_path)
    page = digest.html(replace(made, name="<script>alert(1)</script>"))
    assert "<script>" not in page and "http" not in page


def test_deadlines_in_the_digest_say_which_are_past(tmp_path: Path) -> None:
    first_night(tmp_path)
    due = (
        OpenDuty(date(2023, 3, 30), "Nộp báo cáo năm", "TH-01", "HD22", late=3),
        OpenDuty(date(2023, 4, 5), "Xếp loại", "TH-02", "HD22", late=-3, dossiers=(("mo-hinh/A", "Camera"),)),
    )
    made = told(tmp_path)
    shown = digest.text(replace(made, due=due))
    assert "! quá 3 ngày: Nộp báo cáo năm (hạn 30/03/2023, HD22)" in shown
    assert "- còn 3 ngày: Xếp loại (hạn 05/04/2023, HD22) – Camera" in shown


def test_report_shows_the_nights_before_it_and_itself(tmp_path: Path) -> None:
    first_night(tmp_path)
    shown = history.with_history(open_archive(tmp_path), scanned(tmp_path, NEXT))
    assert [night.day for night in shown.nights] == [TODAY, NEXT]
    assert shown.changes is not None and shown.changes.since == TODAY


def test_two_spellings_of_a_unit_are_one_in_the_trend(tmp_path: Path) -> None:
    for name, unit in (("A", "Ủy ban nhân dân xã Hòa Trị"), ("B", "ỦY BAN NHÂN DÂN XÃ HOÀ TRỊ")):
        write(tmp_path, f"mo-hinh/{name}/hoso.toml", f'unit = "{unit}"\n')
        write(tmp_path, f"mo-hinh/{name}/a.txt", FOUNDING)
    assert list(run(tmp_path)[1].units) == ["Ủy ban nhân dân xã Hòa Trị"]
