"""Bodies and posts as people are told of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.checklists.sentence_case import body, signed_as


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("ỦY BAN NHÂN ĐÂN XÃ HÒA TRỊ", "Ủy ban nhân dân xã Hòa Trị"),
        ("CÔNG AN PHƯỜNG MŨI NÉ", "Công an phường Mũi Né"),
        ("Công an xã Phước Nam", "Công an xã Phước Nam"),
        ("UBND XÃ PHƯỚC NAM", "UBND xã Phước Nam"),
        ("HỘI LIÊN HIỆP PHỤ NỮ ĐẶC KHU HÒN NGỌC", "Hội Liên hiệp Phụ nữ đặc khu Hòn Ngọc"),
        ("ĐỒN BIÊN PHÒNG MƯỜNG LẠN", "Đồn Biên phòng Mường Lạn"),
        ("ĐOÀN TNCS HỒ CHÍ MINH XÃ MÊ ĐÔNG", "Đoàn TNCS Hồ Chí Minh xã Mê Đông"),
        ("BAN CHỈ ĐẠO MÔ HÌNH “TRƯỜNG HỌC AN TOÀN”", "Ban Chỉ đạo mô hình “Trường học an toàn”"),
        ('BAN CHỈ ĐẠO MÔ HÌNH "BIỂN AN TOÀN"', 'Ban Chỉ đạo mô hình "Biển an toàn"'),
        ("CÔNG TY TNHH MAY HƯNG PHÁT", "Công ty TNHH May Hưng Phát"),
        ("CÔNG ĐOÀN CÔNG TY CỔ PHẦN DỆT HÒA LIÊN", "Công đoàn Công ty Cổ phần Dệt Hòa Liên"),
    ],
)
def test_body_is_in_sentence_case_with_its_marks(read: str, said: str) -> None:
    assert body(read) == said


@pytest.mark.parametrize(
    ("read", "authority", "post"),
    [
        ("TM. ỦY BAN NHÂN ĐÂN CHỦ TICH", "TM. Ủy ban nhân dân", "Chủ tịch"),
        ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "TM. Ủy ban nhân dân, KT. Chủ tịch",
         "Phó Chủ tịch"),
        ("KT. TRƯỞNG CÔNG AN PHƯỜNG PHÓ TRƯỞNG CÔNG AN PHƯỜNG", "KT. Trưởng Công an phường",
         "Phó Trưởng Công an phường"),
        ("T/M BAN THƯỜNG VỤ BÍ THƯ", "T/M Ban Thường vụ", "Bí thư"),
        ("TL. GIÁM ĐỐC TRƯỞNG PHÒNG PV05", "TL. Giám đốc", "Trưởng phòng PV05"),
        ("TRƯỞNG CÔNG AN XÃ HÀM THẮNG", "", "Trưởng Công an xã Hàm Thắng"),
        ("NGƯỜI LẬP", "", "Người lập"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_in_whose_name_and_under_which_post_somebody_signs(read: str, authority: str, post: str) -> None:
    assert signed_as(read) == (authority, post)


@given(st.text(max_size=60))
def test_no_title_breaks_it(title: str) -> None:
    authority, post = signed_as(title)
    assert isinstance(authority, str) and isinstance(post, str)
    assert isinstance(body(title), str)
