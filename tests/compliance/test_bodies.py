"""Bodies by their names, whether one is another's successor, and how papers are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from states import judge, paper, part_of, state

from dossier.compliance.bodies import Differ, differ, ended_body, named, same_place
from dossier.compliance.naming import document_name, inner, part_title
from dossier.compliance.periods import date_words, span
from dossier.model import FactSource, Level, Manifest, Severity, ToldFact

UBND = "ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    ("name", "kind", "level", "place"),
    [
        ("UBND XÃ HÀM THẮNG", "people", "commune", "xa ham thang"),
        ("Chủ tịch Ủy ban nhân dân xã Hàm Thắng", "people", "commune", "xa ham thang"),
        ("UBND XA HAM THANG", "people", "commune", "xa ham thang"),
        ("UY BAN NHAN DAN QUAN 1", "people", "district", "quan 1"),
        ("BAN CHI DAO MO HINH DONG HO TU QUAN VE AN NINH", "committee", "", ""),
        ("BAN CHỈ ĐẠO MÔ HÌNH “DÒNG HỌ TỰ QUẢN VỀ AN NINH, TRẬT TỰ”", "committee", "", ""),
        ("PHÒNG CẢNH SÁT QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", "police", "", ""),
        ("HỢP TÁC XÃ HÀM ĐỨC", "enterprise", "", ""),
        ("CÂU LẠC BỘ TÌNH NGUYỆN", "", "", ""),
        ("UBND THÀNH PHỐ PHAN THIẾT", "people", "district", "thanh pho phan thiet"),
        ("UBND THÀNH PHỐ HÀ NỘI", "people", "province", "thanh pho ha noi"),
        ("CÔNG AN TỈNH BÌNH THUẬN", "police", "province", "tinh binh thuan"),
        ("ĐẢNG ỦY XÃ HÀM THẮNG", "party", "commune", "xa ham thang"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ HÀM THẮNG", "front", "commune", "xa ham thang"),
        ("TRƯỜNG THPT PHAN BỘI CHÂU", "school", "", ""),
        ("SỞ NỘI VỤ", "agency", "", ""),
    ],
)
def test_body_is_told_by_its_name(name: str, kind: str, level: str, place: str) -> None:
    body = named(name)
    assert (body.kind, body.level, body.place) == (kind, level, place)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("UBND phường 1", "UBND phường 10", False),
        ("UBND xã Tân Hà", "UBND xã Tân Hà Đông", False),
        ("UBND xã Hàm Thắng", "UBND xã Hàm Thắng, huyện Hàm Thuận Bắc", True),
        ("UBND xã Hàm Thắng", "UBND xã Hàm Thắng", True),
        ("UBND xã Hàm Thắng", "UBND xã Hàm Liêm", False),
    ],
)
def test_places_are_compared_word_for_word(one: str, other: str, same: bool) -> None:
    assert same_place(named(one), named(other)) is same
    assert same_place(named(other), named(one)) is same


@pytest.mark.parametrize(
    ("founder", "later", "day", "linked", "expected"),
    [
        (f"{UBND} XÃ A", f"{UBND} XÃ A", date(2024, 11, 8), False, None),
        (f"{UBND} XÃ A", "UBND xã A", date(2024, 11, 8), False, None),
        (f"{UBND} XÃ A", "", date(2024, 11, 8), False, None),
        (f"{UBND} XÃ A", UBND, date(2024, 11, 8), False, None),  # of which place is not known
        (f"{UBND} XÃ A", "CÔNG AN XÃ A", date(2026, 11, 8), False, Differ.OTHER),
        (f"{UBND} XÃ A", f"{UBND} XÃ B", date(2024, 11, 30), False, Differ.OTHER),
        (f"{UBND} XÃ A", f"{UBND} XÃ B", date(2024, 12, 1), False, Differ.REFORMED),
        (f"{UBND} XÃ A", f"{UBND} XÃ B", date(2024, 11, 30), True, Differ.ROTATED),
        (f"{UBND} HUYỆN C", f"{UBND} XÃ B", date(2025, 6, 30), False, Differ.OTHER),
        (f"{UBND} HUYỆN C", f"{UBND} XÃ B", date(2025, 7, 1), False, Differ.REFORMED),
        ("CÔNG AN HUYỆN C", "CÔNG AN XÃ B", date(2025, 2, 28), False, Differ.OTHER),
        ("CÔNG AN HUYỆN C", "CÔNG AN XÃ B", date(2025, 3, 1), False, Differ.REFORMED),
        (f"{UBND} XÃ A", f"{UBND} HUYỆN C", date(2025, 11, 8), False, Differ.OTHER),
        ("CÔNG TY MAY A", "CÔNG TY MAY B", date(2024, 11, 8), False, Differ.OTHER),
        ("CÔNG TY MAY A", "CÔNG TY MAY A VIỆT NAM", date(2024, 11, 8), False, None),
        ("TỔ HÒA GIẢI A", "TỔ HÒA GIẢI B", date(2024, 11, 8), False, Differ.OTHER),
        ("TỔ HÒA GIẢI", "TỔ HÒA GIẢI KHU PHỐ 3", date(2024, 11, 8), False, None),
    ],
)
def test_authority_is_kind_level_and_place(
    founder: str, later: str, day: date, linked: bool, expected: Differ | None
) -> None:
    first = paper("6a", date(2023, 1, 5), issuing_body=founder)
    second = paper("13b", day, issuing_body=later)
    assert differ(first, second, linked=linked) is expected


@pytest.mark.parametrize(
    ("body", "since"),
    [
        ("CÔNG AN HUYỆN C", date(2025, 3, 1)),
        ("UBND HUYỆN C", date(2025, 7, 1)),
        ("BAN THƯỜNG VỤ HUYỆN ỦY C", date(2025, 7, 1)),
        ("THỊ ỦY C", date(2025, 7, 1)),
        ("UBND THỊ TRẤN A", date(2025, 7, 1)),
        ("UBND XÃ A", None),
        ("ĐẢNG ỦY XÃ A", None),
    ],
)
def test_bodies_of_districts_have_ended(body: str, since: date | None) -> None:
    assert ended_body(paper("10c", date(2026, 1, 1), issuing_body=body)) == since


def test_level_that_was_read_stands_in_where_the_name_tells_no_kind() -> None:
    by_level = paper("4", date(2024, 1, 1), issuing_body="VĂN PHÒNG", issuer_level=Level.PARTY)
    report = judge(state(by_level), date(2024, 6, 1))
    assert "XL-11" not in {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Báo cáo năm", "báo cáo năm"),
        ("Ban Chỉ đạo mô hình", "Ban Chỉ đạo mô hình"),
        ("Sổ theo dõi thu, chi quỹ (nếu có)", "sổ theo dõi thu, chi quỹ"),
        ("QĐ thành lập", "QĐ thành lập"),
    ],
)
def test_title_inside_a_sentence(words: str, expected: str) -> None:
    assert inner(words) == expected


def test_paper_is_called_by_type_number_and_day_and_by_its_file_only_where_these_fail() -> None:
    whole = paper("6a", date(2024, 3, 5), number="12/QĐ-UBND", name="x")
    assert document_name(whole) == "Quyết định số 12/QĐ-UBND ngày 05/03/2024"
    bare = replace(whole, header=replace(whole.header, number_symbol="/QĐ-UBND", date=None))
    assert document_name(bare) == "Quyết định (tệp “x.pdf”)"
    month = replace(whole, header=replace(whole.header, date=None, partial_date="2024-03"))
    assert document_name(month) == "Quyết định số 12/QĐ-UBND tháng 03/2024"
    numbered = replace(whole, header=replace(whole.header, date=None))
    assert document_name(numbered) == "Quyết định số 12/QĐ-UBND"
    untyped = replace(whole, header=replace(whole.header, type=""))
    assert document_name(untyped) == "Văn bản số 12/QĐ-UBND ngày 05/03/2024 (tệp “x.pdf”)"


@pytest.mark.parametrize(
    ("value", "days", "words"),
    [
        (date(2024, 3, 5), (date(2024, 3, 5), date(2024, 3, 5)), "05/03/2024"),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29)), "tháng 02/2024"),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31)), "năm 2024"),
        ("2024-13", None, ""),
        ("1900", None, ""),
        ("hôm qua", None, ""),
        (None, None, ""),
        (True, None, ""),
    ],
)
def test_days_known_in_part_are_intervals(value: object, days: object, words: str) -> None:
    assert span(value) == days  # type: ignore[arg-type]
    assert date_words(value) == words  # type: ignore[arg-type]


def test_part_of_another_kind_is_called_by_its_id() -> None:
    from states import KINDS

    assert part_title(KINDS["dien-hinh"], "6a") == "6a"
    assert part_title(KINDS["mo-hinh"], "6c") == "danh sách thành viên tham gia mô hình"


def told(key: str, value: object) -> ToldFact:
    return ToldFact("mo-hinh/A", key, value, "lan", datetime(2026, 1, 1, tzinfo=UTC))  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "differs"), [(date(2023, 3, 5), False), (date(2023, 3, 6), True)])
def test_word_of_a_person_that_differs_from_the_file_is_told(value: date, differs: bool) -> None:
    given = state(manifest=Manifest(founded=date(2023, 3, 5)))
    report = judge(replace(given, told=(told("founded", value),)), date(2023, 4, 1))
    found = [f for f in report.findings if f.rule == "TV-08"]
    assert bool(found) is differs and all(f.severity is Severity.INFO for f in found)
    assert report.facts["founded"].value == value and report.facts["founded"].source is FactSource.PERSON


def message(report: object, rule: str, part: str) -> str:
    (found,) = [f for f in report.findings if (f.rule, f.part) == (rule, part)]  # type: ignore[attr-defined]
    return f"{found.severity} {found.message} {found.citation}"


def test_what_is_missing_is_said_in_words_with_its_year_and_its_clause() -> None:
    founded = paper("6a", date(2023, 3, 5))
    report = judge(state(founded), date(2025, 1, 20))
    assert message(report, "MH-12", "12") if part_of(report, "12").missing else True
    assert message(report, "MH-02", "2") == "error Hồ sơ chưa có báo cáo kết quả khảo sát. HD22 V.1.a(2)"
    assert message(report, "MH-13", "13b") == (
        "error Hồ sơ chưa có quyết định công nhận mức xếp loại mô hình năm 2024 "
        "(01/11/2023–31/10/2024). HD22 V.1.a(13); III.2.c"
    )


def test_either_of_two_steps_is_asked_with_or_and_all_of_several_one_after_the_other() -> None:
    exemplar = state(paper("3", date(2024, 1, 10)), kind="dien-hinh")
    report = judge(exemplar, date(2025, 3, 1))
    assert " hoặc " in message(report, "DH-05", "5")
    (in_table,) = part_of(report, "5").missing
    assert in_table == "Quyết định công nhận điển hình hoặc quyết định kết thúc xây dựng điển hình"
    ended = state(paper("16c", date(2024, 6, 1), step="decision"))
    said_ = message(judge(ended, date(2024, 8, 1)), "MH-16", "16c")
    assert said_.count(";") >= 2 and " hoặc " not in said_
    assert said_.endswith("HD22 V.1.a(16); III.3, Bước 1, 2, 4")


@pytest.mark.parametrize(("sure", "told"), [(0.6, True), (0.59, False)])
def test_place_that_is_just_sure_enough_counts_in_the_order_of_time(sure: float, told: bool) -> None:
    papers = paper("1", date(2024, 3, 5)), paper("2", date(2024, 3, 1), sure=sure)
    report = judge(state(*papers), date(2024, 6, 1))
    assert ("TT-01" in {finding.rule for finding in report.findings}) is told


def test_duty_done_without_a_day_is_of_the_year_that_was_named() -> None:
    from dossier.checklists.duties import load_duties
    from dossier.compliance import duties_owed, unit
    from dossier.model import DueStatus

    duties = load_duties()
    papers = unit.fulfilled(
        duties, (), {"TH-22": (date(2024, 11, 12),)}, [told("TH-22/2026", date(2027, 2, 1))]
    )
    found = {
        d.period: d.status for d in duties_owed(duties, date(2027, 3, 1), 30, papers) if d.rule == "TH-22"
    }
    assert found["2024"] is DueStatus.ON_TIME and found["2026"] is DueStatus.LATE
    assert found["2025"] is DueStatus.OVERDUE and found["2027"] is DueStatus.AHEAD
