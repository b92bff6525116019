"""Plans that mend a model are asked about, as item 14 lists decisions; papers on its effect are no review."""

from __future__ import annotations

import pytest

from dossier import checklists
from dossier.model import Header
from dossier.scanner.classify import Classifier

CLASSIFIER = Classifier(checklists.load()["mo-hinh"])
FILLER = "Các thành viên căn cứ nhiệm vụ được giao tổ chức thực hiện. " * 6


def certain_part(kind: str, title: str) -> str:
    head = Header(type=kind, abstract=title, issuing_body="BAN CHỈ ĐẠO MÔ HÌNH")
    found = CLASSIFIER.classify(
        head, f"{title}\n{FILLER}", "van ban.docx", (), dossier="Mô hình/Tiếng loa an ninh"
    )
    return "" if found.review else " ".join(each.part for each in found.placements)


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Củng cố, khắc phục hạn chế của mô hình “Tiếng loa an ninh” sau xếp loại năm 2024", ""),
        ("Khắc phục tồn tại, củng cố tổ chức và hoạt động của mô hình “Tiếng loa an ninh”", ""),
        ("Duy trì, củng cố hoạt động của mô hình “Tiếng loa an ninh” năm 2025", "9"),
    ],
)
def test_plan_that_mends_a_model_is_not_its_yearly_plan(title: str, part: str) -> None:
    assert certain_part("ke-hoach", title) == part


def test_report_on_the_effect_is_evidence_and_no_review() -> None:
    title = "Hiệu quả của mô hình “Tiếng loa an ninh” sau 18 tháng hoạt động (kèm hình ảnh)"
    assert certain_part("bao-cao", title) == "11"
    assert certain_part("bao-cao", "Sơ kết 18 tháng hoạt động của mô hình “Tiếng loa an ninh”") == "15b"
