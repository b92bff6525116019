"""A title that names several things is taken apart; each of them fills its part."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.checklists import load
from dossier.model import Header
from dossier.scanner.classify import Classifier
from dossier.scanner.classify.pieces import Pieces

CHECKLIST = load()["mo-hinh"]
CLASSIFIER = Classifier(CHECKLIST)
assert CHECKLIST.titles is not None
PIECES = Pieces(CHECKLIST.titles)


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("Về việc công nhận xếp loại và khen thưởng mô hình", ("công nhận xếp loại", "khen thưởng mô hình")),
        ("Tổ chức và hoạt động của Ban Chỉ đạo mô hình", ()),  # one thing, in two words
        ("Hoạt động của mô hình “Thôn bình yên, an toàn và văn minh”", ()),  # a name is whole
        ("Quy chế phối hợp giữa Đồn Biên phòng, Công an xã và thôn Lũng Pô", ()),  # one thing's parties
        ("Xây dựng mô hình tự quản về an ninh, trật tự", ()),
        ("Kết quả 6 tháng đầu năm, phương hướng 6 tháng cuối năm", ()),  # only looked ahead to
        ("Khảo sát, đánh giá tình hình để xây dựng và ra mắt mô hình", ()),  # what it is done for
        ("Khảo sát tình trạng trộm cắp ở bến đò, xây dựng mô hình “Bến đò an toàn”", ()),  # likewise
        (
            "Khảo sát tình trạng trộm cắp, triển khai xây dựng mô hình",
            ("Khảo sát tình trạng trộm cắp", "triển khai xây dựng mô hình"),
        ),
        (
            "Khảo sát tình hình địa bàn và lập danh sách hộ dân phục vụ xây dựng mô hình",
            ("Khảo sát tình hình địa bàn", "lập danh sách hộ dân"),
        ),
        (
            "Ra mắt mô hình, đồng thời phát động phong trào kèm theo danh sách hộ dân",
            ("Ra mắt mô hình", "phát động phong trào", "danh sách hộ dân"),
        ),
        ("Tổ chức lễ ra mắt mô hình, phương hướng năm 2025", ()),
        (", ; và", ()),
        ("", ()),
    ],
)
def test_pieces_of_a_title(title: str, pieces: tuple[str, ...]) -> None:
    assert PIECES.of(title) == pieces


@pytest.mark.parametrize(
    ("kind", "title", "parts"),
    [
        ("ke-hoach", "Triển khai xây dựng và tổ chức ra mắt mô hình “{m}”", "5 8a"),
        ("ke-hoach", "Khảo sát tình hình trộm cắp tại các sạp, xây dựng mô hình “{m}”", "1"),
        ("ke-hoach", "Khảo sát và xây dựng mô hình “{m}”", "1 5"),
        ("quyet-dinh", "Công nhận xếp loại và khen thưởng mô hình “{m}” năm 2024", "13b 13c"),
        ("quy-che", "Hoạt động của mô hình và Ban Chủ nhiệm “{m}”", "7a 7b"),
        ("quy-che", "Hoạt động của Ban Chỉ đạo, Tổ giúp việc mô hình “{m}”", "7a"),
        (
            "bao-cao",
            "Kết quả hoạt động năm 2024, sơ kết 01 năm thực hiện mô hình “{m}” và đề nghị xếp loại",
            "10b 13a 15b",
        ),
        (
            "ke-hoach",
            "Tổ chức ra mắt mô hình “{m}” và ký kết quy chế phối hợp giữa Công an và các trường",
            "8a",
        ),
    ],
)
def test_each_thing_that_a_title_names_fills_its_part(kind: str, title: str, parts: str) -> None:
    model = "Chợ Đầm an toàn về an ninh, trật tự"
    header = Header(type=kind, abstract=title.format(m=model))
    found = CLASSIFIER.classify(header, header.abstract, "scan0001.pdf", (), dossier=f"MH {model}")
    assert sorted(place.part for place in found.placements) == sorted(parts.split())
    assert not found.review


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Kết quả hoạt động 6 tháng cuối năm 2024 của mô hình “{m}”", "10a"),
        ("Kết quả hoạt động tháng 4 năm 2024 của mô hình “{m}”", "10c"),
    ],
)
def test_a_report_of_months_is_none_of_a_year(title: str, part: str) -> None:
    model = "Chợ Đầm an toàn về an ninh, trật tự"
    header = Header(type="bao-cao", abstract=title.format(m=model))
    found = CLASSIFIER.classify(header, header.abstract, "scan0001.pdf", (), dossier=f"MH {model}")
    assert [place.part for place in found.placements] == [part]


_REPORT = "Kết quả hoạt động năm 2023"
_ENDS_WITH = "mô hình “Tiếng loa an ninh”"


@pytest.mark.parametrize(
    ("title", "plans"),
    [
        (f"{_REPORT} và kế hoạch hoạt động năm 2024 của {_ENDS_WITH}", ["2024"]),
        (f"{_REPORT}; kế hoạch công tác của {_ENDS_WITH} năm 2024", ["2024"]),
        (f"{_REPORT} theo Đề án đến năm 2030 và kế hoạch hoạt động năm 2024 của {_ENDS_WITH}", ["2024"]),
        (f"Kết quả năm 2023 thực hiện kế hoạch hoạt động năm 2023 của {_ENDS_WITH}", []),
        (f"{_REPORT} của {_ENDS_WITH}; phương hướng, nhiệm vụ năm 2024", []),
        (f"{_REPORT} của {_ENDS_WITH}; phương hướng, kế hoạch năm 2024", []),
    ],
)
def test_report_ending_with_a_plan_of_the_next_year(title: str, plans: list[str]) -> None:
    """A plan of its own year in the title is one; directions for the next year are none."""
    header = Header(type="bao-cao", number_symbol="09/BC-BCĐ", date=date(2023, 11, 3), abstract=title)
    text = f"BÁO CÁO\n{title}\n" + "Hoàn thành 12 trên 13 chỉ tiêu, không xảy ra vụ việc nào. " * 9
    found = CLASSIFIER.classify(header, text, "bc.docx", (), dossier="Tiếng loa an ninh")
    placed = [(place.part, place.period) for place in found.placements]
    assert not found.review
    assert placed == [("10b", "2023"), *(("9", year) for year in plans)]
