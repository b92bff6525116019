"""Letters that follow from findings, reopened; nothing in them that nobody knows."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from archives import FOUNDING, paper, write

from dossier import workspace
from dossier.archive import Archive, open_archive
from dossier.compliance.periods import ended_year
from dossier.errors import UsageError
from dossier.model import ComplianceReport, Office
from dossier.usecases import letters, papers
from dossier.usecases.assess import assess
from dossier.usecases.scan import scan

OFFICE = """[unit]
superior = "Công an tỉnh Bình Thuận"
name = "Công an xã Hàm Thắng"
symbol = "CAX"
place = "Hàm Thắng"
signer_title = "Trưởng Công an xã"
signer = "Trung tá Lê Văn C"
"""
REPORT = paper(
    "BÁO CÁO",
    "39/BC-CAX",
    "Kết quả hoạt động mô hình “Camera an ninh” năm 2024",
    "30 tháng 10 năm 2024",
    "Mô hình đạt 92,5% chỉ tiêu năm 2024. Tự xếp loại: Tốt.",
)
TODAY = date(2024, 11, 2)


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    write(folder, "dossier.toml", OFFICE)
    for name in ("Camera an ninh", "Cổng rào"):
        write(folder, f"mo-hinh/{name}/hoso.toml", f'name = "{name}"\nunit = "CÔNG AN XÃ HÀM THẮNG"\n')
        write(folder, f"mo-hinh/{name}/06 quyet dinh.txt", FOUNDING)
    write(folder, "mo-hinh/Camera an ninh/10 bao cao nam.txt", REPORT)
    write(folder, "mo-hinh/Chợ/hoso.toml", 'unit = "Công an xã Khác"\n')
    write(folder, "mo-hinh/Chợ/ghi chu.txt", "Ghi chú")
    archive = open_archive(folder)
    scan(archive, workers=1)
    return folder


@pytest.fixture
def kho(scanned_once: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned_once, tmp_path, dirs_exist_ok=True))


def text(made: bytes) -> str:
    opened = docx.Document(io.BytesIO(made))
    cells = (cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in opened.paragraphs), *cells])


def one(archive: Archive, name: str) -> ComplianceReport:
    return assess(archive, TODAY, f"mo-hinh/{name}")


def test_each_unit_gets_one_letter_about_all_its_dossiers(kho: Archive) -> None:
    made = letters.about_lacking(assess(kho, TODAY))
    assert [(each.to, len(each.dossiers)) for each in made] == [
        ("Công an xã Hàm Thắng", 2),
        ("Công an xã Khác", 1),
    ]
    said = text(made[1].content)
    for expected in (
        "Kính gửi: Công an xã Khác", "V/v đề nghị bổ sung hồ sơ", "Kế hoạch khảo sát", "Trung tá Lê Văn C",
        "Số: ……/CAX-……", "- Như trên;",
    ):  # fmt: skip
        assert expected in said
    assert "MH-" not in said and "mo-hinh" not in said


def test_letters_are_told_by_a_path_without_detours(
    kho: Archive, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here = tmp_path_factory.mktemp("here")
    with workspace.within(folder=here):
        written = letters.write_letters(
            kho, letters.about_lacking(assess(kho, TODAY)), Path(f"../{here.name}-thu")
        )
    assert {path.parent for path in written} == {here.resolve().with_name(f"{here.name}-thu")}
    assert all(path.is_file() for path in written)


def test_spellings_of_one_unit_share_a_letter_and_its_own_goes_to_its_own_people(kho: Archive) -> None:
    report = assess(kho, TODAY)
    first, second, *_rest = report.dossiers
    spelt = (replace(first, unit="CÔNG AN XÃ HÀM THẮNG"), replace(second, unit="Công an xã Hàm Thắng"))
    (made,) = letters.about_lacking(replace(report, dossiers=spelt))
    assert "Kính gửi: Bộ phận phụ trách hồ sơ" in text(made.content)


def test_the_request_to_rank_is_filled_from_the_dossier_and_leaves_the_rest_dotted(kho: Archive) -> None:
    said = text(letters.request_to_rank(kho, one(kho, "Camera an ninh")))
    assert "Quyết định số 12/QĐ-UBND ngày 05/03/2023" in said and "kỳ đánh giá 01/11/2023–31/10/2024" in said
    other = text(letters.request_to_rank(kho, one(kho, "Cổng rào"), 2023))
    assert "đạt ………% chỉ tiêu" in other and "Mức đề nghị xếp loại: …" in other


def test_the_request_to_rank_does_not_miss_itself_nor_the_decision_it_asks_for(kho: Archive) -> None:
    late = assess(kho, date(2025, 1, 15), "mo-hinh/Cổng rào")
    said = text(letters.request_to_rank(kho, late))
    lacking = next(line for line in said.splitlines() if line.startswith("3. "))
    assert "Văn bản đề xuất xếp loại" not in lacking and "Quyết định công nhận mức xếp loại" not in lacking
    assert "Kế hoạch khảo sát" in lacking
    about_another = text(letters.request_to_rank(kho, late, 2023))
    assert "Quyết định công nhận mức xếp loại mô hình hằng năm: năm 2024" in about_another


def test_a_rank_that_its_share_contradicts_is_not_asked_for(kho: Archive) -> None:
    report = one(kho, "Camera an ninh")
    dossier = report.dossiers[0]
    stated: dict[str, object] = {"rank": "tot", "percentage": 55.0}
    stated: dict[str, object] = {"rank": "tot", "percentage": 55.0}
    changed = tuple(
        replace(each, document=replace(each.document, header=replace(each.document.header, **stated)))
        for each in dossier.papers
    )
    said = text(letters.request_to_rank(kho, replace(report, dossiers=(replace(dossier, papers=changed),))))
    assert "Mức đề nghị xếp loại: …" in said


@pytest.mark.parametrize(("day", "year"), [(date(2024, 10, 31), 2023), (date(2024, 11, 1), 2024)])
def test_the_year_is_the_last_one_that_ended(day: date, year: int) -> None:
    assert ended_year(day) == year


@pytest.mark.parametrize("wanted", ["1", "mục 1", "Kế hoạch khảo sát", "ke hoach khao sat"])
def test_a_draft_is_named_as_people_name_papers(kho: Archive, wanted: str) -> None:
    said = text(letters.draft_of(kho, one(kho, "Chợ"), wanted))
    for expected in ("DỰ THẢO", "KẾ HOẠCH", "Khảo sát mô hình “Chợ”", "Số: ……/KH-CAX", "I. MỤC ĐÍCH"):
        assert expected in said


def test_every_part_of_every_kind_has_a_draft(kho: Archive) -> None:
    report = one(kho, "Chợ")
    for kind, checklist in kho.checklists.items():
        dossier = replace(report, dossiers=(replace(report.dossiers[0], kind=kind),))
        for item in checklist.items:
            for part in item.parts:
                assert "DỰ THẢO" in text(letters.draft_of(kho, dossier, part.id))


def test_a_draft_of_what_only_the_founder_decides_has_the_founders_head(kho: Archive) -> None:
    said = text(letters.draft_of(kho, one(kho, "Cổng rào"), "13b"))
    assert "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG" in said and "Số: ……/QĐ-UBND" in said
    assert "CÔNG AN XÃ" not in said and "Trung tá Lê Văn C" not in said
    own = text(letters.draft_of(kho, one(kho, "Cổng rào"), "13a"))
    assert "CÔNG AN XÃ HÀM THẮNG" in own


def test_what_fits_no_paper_or_several_is_refused_with_the_names(kho: Archive) -> None:
    with pytest.raises(UsageError, match="6a"):
        letters.draft_of(kho, one(kho, "Chợ"), "99z")
    with pytest.raises(UsageError, match="7a"):
        letters.draft_of(kho, one(kho, "Chợ"), "quy chế")


def test_a_draft_put_into_the_dossier_does_not_count(kho: Archive) -> None:
    made = letters.draft_of(kho, one(kho, "Chợ"), "1")
    (kho.root / "mo-hinh/Chợ/01 ke hoach.docx").write_bytes(made)
    scan(kho, workers=1)
    dossier = one(kho, "Chợ").dossiers[0]
    part = next(p for item in dossier.items for p in item.parts if p.part == "1")
    assert part.status.value == "missing"


def test_without_a_configured_unit_the_letter_is_dotted(kho: Archive) -> None:
    report = replace(assess(kho, TODAY), office=Office())
    assert "……" in text(letters.about_lacking(report)[0].content)


def test_papers_call_a_model_as_its_founding_decision_does_unless_somebody_named_it(tmp_path: Path) -> None:
    for folder in ("Camera (chi Hoa lam)", "Camera an ninh khu phố 3", "Đặt tên"):
        write(tmp_path, f"mo-hinh/{folder}/qd.txt", FOUNDING)
    write(tmp_path, "mo-hinh/Đặt tên/hoso.toml", 'name = "Mắt thần"\n')
    archive = open_archive(tmp_path)
    scan(archive, workers=1)
    assert [dossier.name for dossier in papers.formal(archive, TODAY).dossiers] == [
        "Camera an ninh", "Camera an ninh khu phố 3", "Mắt thần",
    ]  # fmt: skip
    assert (
        assess(archive, TODAY).dossiers[0].name == "Camera (chi Hoa lam)"
    )  # at work it is called as its folder


def test_letter_names_no_reminder_of_a_paper_that_it_does_not_ask_for(tmp_path: Path) -> None:
    plan = paper(
        "KẾ HOẠCH", "05/KH-UBND", "Xây dựng, bồi dưỡng điển hình tiên tiến ông Lê Văn Tám",
        "10 tháng 01 năm 2023", "Điển hình tiên tiến ông Lê Văn Tám được bồi dưỡng trong năm 2023.",
    )  # fmt: skip
    write(tmp_path, "dien-hinh/Lê Văn Tám/03 ke hoach.txt", plan)
    archive = open_archive(tmp_path)
    scan(archive, workers=1)
    report = assess(archive, TODAY)
    assert {"TH-11", "TH-12"} <= {due.rule for due in report.dossiers[0].due}
    (letter,) = letters.about_lacking(report)
    said = text(letter.content)
    assert "Báo cáo đánh giá kết quả hoạt động của điển hình (hồ sơ" in said and "mốc nhắc" not in said
