"""A stamp of secrecy is seen where such a stamp stands, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Content, Page, Reading
from dossier.scanner.recognise import recognise
from dossier.scanner.recognise.secrecy import level

HEAD = (
    "CÔNG AN TỈNH BÌNH THUẬN\nPHÒNG PV05\nSố: 05/KH-PV05\n{stamp}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\nBình Thuận, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH\nBảo đảm an ninh\n"
    "Kính gửi: Công an các huyện\n{body}\n"
)


def seen(text: str, reading: Reading = Reading.TEXT) -> str | None:
    pages = (Page(1, text, reading),)
    return level(pages, recognise(Content("pdf", pages)))


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("MẬT", "mat"),
        ("TỐI MẬT", "toi-mat"),
        ("TUYỆT MẬT", "tuyet-mat"),
        ("[ MẬT ]", "mat"),
        ("*** TUYỆT MẬT ***", "tuyet-mat"),
        ("Độ mật: TỐI MẬT", "toi-mat"),
        ("ĐỘ MẬT: TỐI MẬT", "toi-mat"),
        ("M Ậ T", "mat"),
    ],
)
def test_stamp_in_the_head(stamp: str, expected: str | None) -> None:
    assert seen(HEAD.format(stamp=stamp, body="Nội dung.")) == expected


def test_stamp_left_of_the_date_on_one_line() -> None:
    text = HEAD.format(stamp="", body="").replace("Bình Thuận, ngày", "MẬT\tBình Thuận, ngày")
    assert seen(text) == "mat"


@pytest.mark.parametrize(
    "body",
    [
        "Cán bộ phải giữ bí mật công tác, bảo mật thông tin, không lộ mật khẩu.",
        "CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Tài liệu mật phải được quản lý theo quy định.",
    ],
)
def test_running_prose_is_no_stamp(body: str) -> None:
    assert seen(HEAD.format(stamp="", body=body)) is None


def test_title_about_secrets_is_no_stamp() -> None:
    text = HEAD.format(stamp="", body="").replace("Bảo đảm an ninh", "BẢO VỆ BÍ MẬT NHÀ NƯỚC")
    assert seen(text) is None


@pytest.mark.parametrize("urgency", ["KHẨN", "HỎA TỐC", "LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"])
def test_urgency_and_circulation_are_no_secrecy(urgency: str) -> None:
    assert seen(HEAD.format(stamp=urgency, body="")) is None


@pytest.mark.parametrize("reading", [Reading.OCR, Reading.TEXT])
@pytest.mark.parametrize(
    ("read", "expected"), [("MAT", "mat"), ("TỒI MẬT", "toi-mat"), ("TUYET MÂT", "tuyet-mat")]
)
def test_stamp_whose_marks_were_lost_or_misread_counts(read: str, expected: str, reading: Reading) -> None:
    assert seen(HEAD.format(stamp=read, body=""), reading) == expected


def test_highest_level_in_a_file_counts() -> None:
    two = HEAD.format(stamp="MẬT", body="Một.") + HEAD.format(stamp="TUYỆT MẬT", body="Hai.")
    assert seen(two) == "tuyet-mat"


def test_stamp_at_the_top_of_a_later_page_counts() -> None:
    pages = (Page(1, "Ảnh chụp"), Page(2, "MẬT\nDanh sách kèm theo"))
    assert level(pages, recognise(Content("pdf", pages))) == "mat"


@given(st.text(st.sampled_from("bảo vệ bí mật nhà nước giữ khẩu phải. "), max_size=300))
def test_small_letters_of_a_sentence_are_never_a_stamp(text: str) -> None:
    assert seen(f"Cán bộ, chiến sĩ phải giữ gìn {text}") is None
