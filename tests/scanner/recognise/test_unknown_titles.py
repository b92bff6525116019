"""Heads of papers without a number, whose title is of no known type."""

from __future__ import annotations

import pytest

from dossier.scanner.recognise.bodies import bodies
from dossier.scanner.recognise.header import read_header

BODY = "ỦY BAN NHÂN DÂN XÃ PHƯỚC LẠI"
HEAD = "ỦY BAN NHÂN DÂN\nXÃ PHƯỚC LẠI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BELOW = "1. Công tác tuyên truyền\nPhước Lại, ngày 12 tháng 3 năm 2023\nCHỦ TỊCH\nLê Văn Dũng\n"
TITLE = "GƯƠNG NGƯỜI TỐT, VIỆC TỐT"


def test_an_unknown_title_below_the_motto_is_no_part_of_the_issuer() -> None:
    header = read_header(f"{HEAD}{TITLE}\nÔng Huỳnh Văn Ba, tổ trưởng\n{BELOW}")
    assert (header.issuing_body, header.superior_body, header.type) == (BODY, "", "")


def test_an_unknown_title_and_its_subject_are_an_abstract_in_doubt() -> None:
    header = read_header(f"{HEAD}{TITLE}\nÔng Huỳnh Văn Ba, tổ trưởng\n{BELOW}")
    assert header.abstract == f"{TITLE} Ông Huỳnh Văn Ba, tổ trưởng"
    assert header.fields["abstract"].confidence < 0.8


def test_a_name_goes_on_below_the_motto_until_it_has_its_place() -> None:
    head = (
        "BAN CHỈ ĐẠO PHONG TRÀO\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "BẢO VỆ AN NINH TỔ QUỐC XÃ PHƯỚC LẠI\nBIÊN BẢN\nHọp Ban Chỉ đạo\n"
    )
    assert read_header(head).issuing_body == "BAN CHỈ ĐẠO PHONG TRÀO BẢO VỆ AN NINH TỔ QUỐC XÃ PHƯỚC LẠI"


@pytest.mark.parametrize("officer", ["CHỦ TỊCH", "TRƯỞNG CÔNG AN"])
def test_an_officer_below_a_body_is_no_body(officer: str) -> None:
    assert bodies([BODY, officer]) == (BODY, "")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("BỘ ẢNH", "bo-anh"),
        ("THỐNG KÊ", "bang-thong-ke"),
        ("LÝ LỊCH TRÍCH NGANG", "ly-lich"),
        ("SƠ YẾU LÝ LỊCH", "ly-lich"),
        ("BẢN TỰ KIỂM ĐIỂM", "ban-kiem-diem"),
        ("TRÍCH BIÊN BẢN", "bien-ban"),
        ("DỰ TOÁN KINH PHÍ", "du-toan"),
        ("TÓM TẮT THÀNH TÍCH", "tom-tat-thanh-tich"),
    ],
)
def test_titles_of_small_papers_are_known(title: str, slug: str) -> None:
    assert read_header(f"{HEAD}{title}\nCủa Tổ tự quản số 3\n{BELOW}").type == slug


def test_an_office_of_statistics_is_a_body_and_no_table() -> None:
    header = read_header(
        "CỤC THỐNG KÊ TỈNH BÌNH SƠN\nCHI CỤC\nTHỐNG KÊ HUYỆN ĐẠI AN\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBÁO CÁO\nTình hình quý I\n"
    )
    assert header.type == "bao-cao"
    assert header.issuing_body == "CHI CỤC THỐNG KÊ HUYỆN ĐẠI AN"
