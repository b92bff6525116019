"""People say what is so: facts of a dossier, duties that are done, files that nobody can read."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.archive import Archive, open_archive
from dossier.errors import ConfigurationError, DossierError, UsageError
from dossier.model import DossierReport, DueStatus, FactSource, FactValue, Severity, UnreadFile
from dossier.usecases import decide, fact_entries, retention
from dossier.usecases.assess import assess
from dossier.usecases.scan import scan

DOSSIER = "mo-hinh/Camera an ninh"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("once")
    folder = root / DOSSIER
    folder.mkdir(parents=True)
    (folder / "hoso.toml").write_text('led_by = "police"\nfounded = 2023-03-05\n', "utf-8")
    (folder / "khac.jpg").write_bytes(JPEG)
    (folder / "11 Tai lieu chung minh").mkdir()
    (folder / "11 Tai lieu chung minh" / "anh 1.jpg").write_bytes(JPEG + b"1")
    (folder / "11 Tai lieu chung minh" / "phim.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(64))
    opened = open_archive(root)
    scan(opened)
    return root


@pytest.fixture
def archive(scanned_once: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned_once, tmp_path, dirs_exist_ok=True))


def report(archive: Archive, today: date | None = None) -> DossierReport:
    return assess(archive, today, DOSSIER).dossiers[0]


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("thành-lập=05/03/2023", "founded", date(2023, 3, 5)),
        ("Ngày thành lập = ngày 05 tháng 3 năm 2023", "founded", date(2023, 3, 5)),
        ("ket-thuc=5-3-2023", "ended", date(2023, 3, 5)),
        ("founded=2023-03-05", "founded", date(2023, 3, 5)),
        ("nộp lưu=03/2024", "handed_over", "2024-03"),
        ("kết thúc=2024", "ended", "2024"),
        ("quỹ=không", "fund", False),
        ("co quy=có", "fund", True),
        ("tổ-chức-đảng=ko", "party_committee", False),
        ("chủ trì=Công an", "led_by", "police"),
        ("chu-tri=doanh nghiệp", "led_by", "other"),
        ("năm-kế-hoạch=năm học", "year", "school"),
        ("thành viên=Công an xã A; Công an xã B", "members", ("Công an xã A", "Công an xã B")),
        ("tạm giữ=Đang thanh tra", "hold", "Đang thanh tra"),
        ("quỹ=", "fund", None),
    ],
)
def test_keys_and_values_are_written_as_people_write_them(text: str, key: str, value: FactValue) -> None:
    assert fact_entries.parse_fact(text) == fact_entries.FactEntry(key, value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("thành-lập=31/02/2024", "lịch"),
        ("thành-lập=hôm qua", "không phải ngày"),
        ("thành-lập=05/03/0024", "1945"),
        ("thành-lập=13/2024", "không phải ngày"),
        ("màu=đỏ", "màu"),
        ("quỹ", "dấu ="),
        ("quỹ=nhiều", "không hiểu"),
        ("chủ-trì=ai đó", "không hiểu"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        fact_entries.parse_fact(text)
    assert said in error.value.message and error.value.advice


@given(st.text(max_size=40))
def test_whatever_is_written_is_understood_or_refused(text: str) -> None:
    try:
        fact_entries.parse_fact(text)
    except DossierError as error:
        assert error.message


def test_word_of_a_person_wins_and_hoso_toml_comes_back_when_it_is_taken_back(archive: Archive) -> None:
    fact_entries.record_and_report(archive, DOSSIER, ["thành-lập=01/02/2022", "quỹ=có"])
    found = report(archive)
    assert found.facts["founded"].value == date(2022, 2, 1)
    assert found.facts["founded"].source is FactSource.PERSON
    assert "MH-12" in {f.rule for f in found.findings if f.severity is Severity.ERROR}
    assert any(f.rule == "TV-08" and f.severity is Severity.INFO for f in found.findings)
    fact_entries.record_and_report(archive, DOSSIER, ["thành-lập=", "quỹ="])
    assert report(archive).facts["founded"].value == date(2023, 3, 5)
    assert [fact.key for fact in fact_entries.entries_of(archive, DOSSIER)] == ["founded", "fund"]
    assert all(fact.ended_at for fact in fact_entries.entries_of(archive, DOSSIER))


def test_one_wrong_value_records_nothing(archive: Archive) -> None:
    with pytest.raises(UsageError):
        fact_entries.record_and_report(archive, DOSSIER, ["quỹ=có", "kết-thúc=45/45/2024"])
    assert fact_entries.entries_of(archive, DOSSIER) == ()


def test_facts_outlive_a_scan_and_no_file_is_touched(archive: Archive) -> None:
    manifest = archive.root / DOSSIER / "hoso.toml"
    before = manifest.read_bytes(), manifest.stat().st_mtime_ns
    fact_entries.record_and_report(archive, DOSSIER, ["kết-thúc=10/02/2025"])
    scan(archive, full=True)
    assert report(archive).facts["ended"].value == date(2025, 2, 10)
    assert (manifest.read_bytes(), manifest.stat().st_mtime_ns) == before


def standing(archive: Archive, today: date) -> dict[str, DueStatus]:
    return {f"{due.rule}/{due.period}": due.status for due in assess(archive, today).due}


def test_duty_stays_open_on_the_day_after_until_somebody_says_done(archive: Archive) -> None:
    today = date(2025, 11, 20)
    assert standing(archive, today)["TH-22/2025"] is DueStatus.OVERDUE
    fact_entries.done(archive, "th-22", 2025, "12/11/2025", today=today)
    assert standing(archive, today)["TH-22/2025"] is DueStatus.ON_TIME
    fact_entries.done(archive, "TH-22", 2025, undo=True)
    assert standing(archive, today)["TH-22/2025"] is DueStatus.OVERDUE


def test_duty_done_after_its_day_without_saying_when_is_open_no_more_and_not_called_timely(
    archive: Archive,
) -> None:
    today = date(2025, 11, 20)
    fact_entries.done(archive, "TH-22", 2025, today=today)
    assert "TH-22/2025" not in standing(archive, today)


@pytest.mark.parametrize(
    ("rule", "year", "on"),
    [("TH-01", 2025, ""), ("TH-22", 1800, ""), ("TH-22", 2020, ""), ("TH-22", 2025, "31/02/2025"),
     ("TH-22", 2025, "2025"), ("TH-22", 2025, "01/01/2099"), ("TH-22", 2099, "")],
)  # fmt: skip
def test_what_is_no_duty_or_no_day_is_refused(archive: Archive, rule: str, year: int, on: str) -> None:
    with pytest.raises(UsageError):
        fact_entries.done(archive, rule, year, on, today=date(2025, 11, 20))


def test_pictures_and_films_in_the_folder_of_their_item_are_evidence(archive: Archive) -> None:
    found = report(archive, date(2026, 11, 20))
    part = next(p for item in found.items for p in item.parts if p.part == "11")
    assert {Path(path.partition("#")[0]).name for path in part.documents} == {"anh 1.jpg", "phim.mp4"}
    assert not [
        f for f in found.findings if f.rule in ("MH-11", "TV-01") and "11 Tai lieu" in str(f.documents)
    ]


def test_person_places_a_file_that_nobody_can_read(archive: Archive) -> None:
    path = f"{DOSSIER}/khac.jpg"
    (placed,) = decide.assign(archive, path, ["8a"])
    assert isinstance(placed, UnreadFile)
    part = next(p for item in report(archive).items for p in item.parts if p.part == "8a")
    assert part.documents == (path,)
    (archive.root / path).rename(archive.root / DOSSIER / "le ra mat.jpg")
    scan(archive)
    part = next(p for item in report(archive).items for p in item.parts if p.part == "8a")
    assert part.documents == (f"{DOSSIER}/le ra mat.jpg",)
    assert decide.reset(archive, f"{DOSSIER}/le ra mat.jpg") == 1
    part = next(p for item in report(archive).items for p in item.parts if p.part == "8a")
    assert part.documents == ()


def test_confirmation_is_written_beside_what_is_there_and_releases_its_pack_alone(archive: Archive) -> None:
    path = archive.root / "retention.toml"
    path.write_text('follow = "nd-30"\n', "utf-8")
    retention.confirm(archive, "tt-08-2020", "founding", 'TT 45/2018/TT-BCA, Phụ lục "A"', years=70)
    packs = {pack.id: pack for pack in open_archive(archive.root).retention_packs.packs}
    (row,) = [row for row in packs["tt-08-2020"].fallback if row.verified]
    assert (row.id, row.years, row.citation) == ("founding", 70, 'TT 45/2018/TT-BCA, Phụ lục "A"')
    assert not packs["tt-55-2025"].fallback
    assert 'follow = "nd-30"' in path.read_text("utf-8")


def test_wrong_confirmation_leaves_the_file_as_it_was(archive: Archive) -> None:
    with pytest.raises(ConfigurationError):
        retention.confirm(archive, "tt-99", "founding", "Điều 5")
    assert not (archive.root / "retention.toml").exists()
    with pytest.raises(UsageError):
        retention.confirm(archive, "tt-08-2020", "founding", " ")


def test_rows_that_wait_are_those_of_ended_dossiers(archive: Archive) -> None:
    decide.assign(archive, f"{DOSSIER}/khac.jpg", ["6a"])
    assert retention.open_rows(archive) == []
