"""Period and step that a person leaves unsaid are those read from the paper."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import checklists
from dossier.model import Document, Header, Placement, Reading
from dossier.usecases.decide import as_read

MODEL = checklists.load()["mo-hinh"]


def document(kind: str, abstract: str, *placements: Placement, day: date = date(2024, 11, 2)) -> Document:
    header = Header(type=kind, abstract=abstract, date=day)
    path = "mo-hinh/A/x.docx"
    return Document(path, 1, (1, 1), "0" * 64, "docx", 1, Reading.TEXT, header, placements, review=True)


@pytest.mark.parametrize(
    ("place", "paper", "expected"),
    [
        (Placement(10, "10b", 1.0), document("bao-cao", "Kết quả hoạt động năm 2024"), ("", "2024")),
        (Placement(10, "10b", 1.0, period="2023"), document("bao-cao", "Năm 2024"), ("", "2023")),
        (
            Placement(10, "10b", 1.0),
            document("bao-cao", "Báo cáo", Placement(10, "10b", 0.5, period="2022")),
            ("", "2022"),
        ),
        (Placement(16, "16c", 1.0), document("quyet-dinh", "Kết thúc mô hình"), ("decision", "")),
        (Placement(6, "6a", 1.0), document("quyet-dinh", "Thành lập mô hình năm 2024"), ("", "")),
        (Placement(5, "5", 1.0), document("ke-hoach", "Triển khai năm 2024"), ("", "")),
    ],
)
def test_what_was_left_unsaid_is_as_read(
    place: Placement, paper: Document, expected: tuple[str, str]
) -> None:
    (found,) = as_read(MODEL, paper, [place])
    assert (found.step, found.period) == expected
