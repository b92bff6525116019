"""A stamp of secrecy that a person sees is found; papers that only talk of secrets are not sealed."""

from __future__ import annotations

import pytest

from dossier.model import Content, Page, Reading
from dossier.scanner.recognise import recognise, secrecy

HEAD = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HÀM THẮNG\tĐộc lập - Tự do - Hạnh phúc
Số: 12/QĐ-UBND\tHàm Thắng, ngày 05 tháng 3 năm 2023
{stamp}
QUYẾT ĐỊNH
Về việc thành lập mô hình
"""
BODY = "".join(f"Điều {n}. Các đơn vị chịu trách nhiệm thi hành quyết định này.\n" for n in range(1, 40))


def sealed(text: str, reading: Reading = Reading.TEXT, marks: tuple[str, ...] = ()) -> str | None:
    content = Content("txt", (Page(1, text, reading, marks=marks),))
    return secrecy.level(content.pages, recognise(content))


STAMPS = {
    "MẬT": "mat", "TỐI MẬT": "toi-mat", "TUYỆT MẬT": "tuyet-mat", "[MẬT]": "mat", "(TỐI MẬT)": "toi-mat",
    "M Ậ T": "mat", "T U Y Ệ T   M Ậ T": "tuyet-mat", "M.Ậ.T": "mat", "M\u00adẬ\u200bT": "mat",
    "Tài liệu MẬT": "mat", "TÀI LIỆU MẬT": "mat", "TÀI LIỆU TUYỆT MẬT": "tuyet-mat", "VĂN BẢN MẬT": "mat",
    "MẬT (A)": "mat", "A - MẬT": "mat", "MẬT - KHẨN": "mat", "MẬT/KHẨN": "mat", "HỎA TỐC - MẬT": "mat",
    "MẬT, HỎA TỐC": "mat", "Bản số: 01 MẬT": "mat", "TUYỆT MẬT 01": "tuyet-mat", "MẬT – THU HỒI": "mat",
    "TỐI MẬT TỐI MẬT": "toi-mat", "T U Y Ệ T  M Ậ T": "tuyet-mat", "“MẬT”": "mat", "«MẬT»": "mat",
    "MẬT!": "mat", "МẬТ": "mat", "МАТ": "mat", "ＭẬＴ": "mat", "𝐌Ậ𝐓": "mat", "MÂT": "mat", "Mật": "mat",
    "Độ mật: MẬT": "mat", "Độ mật: Mật": "mat", "ĐỘ MẬT: TỐI MẬT": "toi-mat",
    "Mức độ mật: tuyệt mật": "tuyet-mat",
    "Độ mật\tTối mật": "toi-mat", "Mật (Bản số 1)": "mat", "*** MẬT ***": "mat", "| MẬT |": "mat",
    "Dấu chỉ độ mật: Mật": "mat", "☐ MẬT ☒ TỐI MẬT ☐ TUYỆT MẬT": "tuyet-mat",
    "MA\u0323\u0302T": "mat", "Số: 15/BC-CAX MẬT": "mat", "CÔNG AN XÃ HÀM THẮNG MẬT": "mat",
    "MẬT\tHàm Thắng, ngày 01 tháng 2 năm 2024": "mat", "TÀI LIỆU MẬT - KHÔNG SAO CHỤP": "mat",
}  # fmt: skip


@pytest.mark.parametrize("stamp", STAMPS)
def test_stamp_in_a_head_is_found(stamp: str) -> None:
    assert sealed(HEAD.format(stamp=stamp) + BODY) == STAMPS[stamp]


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "MẬT - KHẨN", "Độ mật: Mật", "“MẬT”", "МẬТ"])
@pytest.mark.parametrize("place", ["before everything", "after line 24", "at the end", "on the last page"])
def test_stamp_is_found_wherever_it_stands(stamp: str, place: str) -> None:
    head = HEAD.format(stamp="")
    text = {
        "before everything": f"{stamp}\n{head}{BODY}",
        "after line 24": f"{head}{BODY[:2000]}\n{stamp}\n{BODY}",
        "at the end": f"{head}{BODY}{stamp}",
        "on the last page": f"{head}{BODY}",
    }[place]
    pages = [Page(1, text), Page(2, f"{BODY}{BODY}\n{stamp}\n{BODY if place.endswith('page') else ''}")]
    content = Content("pdf", tuple(pages[: 1 + place.endswith("page")]))
    assert secrecy.level(content.pages, recognise(content))


@pytest.mark.parametrize("read", ["MAT", "MẠT", "MÂT", "TOI MAT", "TUYÊT MAT", "MAT - KHAN", "TÀI LIỆU MAT"])
def test_stamp_whose_marks_ocr_lost_is_found(read: str) -> None:
    assert sealed(HEAD.format(stamp=read) + BODY, Reading.OCR)
    assert sealed(HEAD.format(stamp="") + BODY, Reading.OCR, marks=(read,))


@pytest.mark.parametrize("read", ["M ÂT", "TUYÊT M ÂT", "T ỐI MẬT", "ói MẬT", "|\tói MẬT", "F MẬT"])
def test_stamp_that_ocr_parted_or_tore_is_found(read: str) -> None:
    assert sealed(HEAD.replace("\tCỘNG", f"\t{read}\nCỘNG").format(stamp="") + BODY, Reading.OCR)


@pytest.mark.parametrize("read", ["M ất", "bí MẬT", "BÍ MẬT", "GIỮ MẬT", "m ật", "GIẢI MẬT"])
def test_words_that_ocr_parted_seal_nothing(read: str) -> None:
    assert sealed(f"{HEAD.format(stamp='')}{BODY}\n{read}\n{BODY}", Reading.OCR) is None


TALK = [
    "Căn cứ Luật Bảo vệ bí mật nhà nước ngày 15 tháng 11 năm 2018;",
    "QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC", "QUY CHẾ QUẢN LÝ TÀI LIỆU MẬT", "BÍ MẬT", "BẢO MẬT",
    "CƠ MẬT", "GIỮ BÍ MẬT",
    "QUY CHẾ BẢO VỆ BÍ\nMẬT NHÀ NƯỚC", "DANH MỤC BÍ\nMẬT", "Về việc tăng cường bảo vệ bí\nmật nhà nước",
    "MẬT KHẨU", "MẬT MÃ", "Trung tâm MẬT MÃ", "MẬT ONG", "Hợp tác xã MẬT ONG Hàm Thắng", "NUÔI ONG LẤY MẬT",
    "MẬT ĐỘ DÂN CƯ", "THÂN MẬT", "Mô hình nuôi ong lấy mật", "VẮNG MẶT", "CÓ MẶT", "GIẤY BÁO MẤT", "MẶT TRẬN",
    "Văn bản đóng dấu MẬT phải được lưu riêng.", "Có ba độ mật: TUYỆT MẬT, TỐI MẬT và MẬT.",
    "☐ MẬT ☐ TỐI MẬT ☐ TUYỆT MẬT", "MẬT/TỐI MẬT/TUYỆT MẬT", "Độ mật: Không", "Độ mật: ………",
    "ĐỘ MẬT", "Độ mật",
    "TRUNG TÂM CÔNG NGHỆ VÀ BẢO MẬT", "PHÒNG AN NINH BẢO MẬT", "QUẢN LÝ\nTÀI LIỆU MẬT",
    "STT\tSố, ký hiệu\tNgày\tĐộ mật\tGhi chú\n1\t12/QĐ\t01/01/2023\tMật\tx\n2\t13/QĐ\t02/01/2023\tMẬT\tx",
    "KHẨN", "HỎA TỐC", "THU HỒI", "LƯU HÀNH NỘI BỘ", "Tổ trưởng giữ mật danh",
    "Định dạng: format", "MATERIAL",
    "…thực hiện nghiêm việc giữ\nbí mật công tác", "thông tin được bảo\nmật", "Bảo mật thông tin",
    "Mật khẩu: ******",
]  # fmt: skip


@pytest.mark.parametrize("line", TALK)
@pytest.mark.parametrize("reading", [Reading.TEXT, Reading.OCR])
def test_paper_that_only_talks_of_secrets_is_not_sealed(line: str, reading: Reading) -> None:
    assert sealed(HEAD.format(stamp=line) + BODY, reading) is None


def test_list_of_the_levels_in_a_text_is_none() -> None:
    text = HEAD.format(stamp="") + BODY + "Các độ mật gồm:\n- TUYỆT MẬT;\n- TỐI MẬT;\n- MẬT.\n" + BODY
    assert sealed(text) is None
    assert sealed(HEAD.format(stamp="MẬT") + text) == "mat"


def test_red_stamps_of_other_kinds_seal_nothing() -> None:
    for mark in (
        "ĐẾN Số: Ngày:",
        "SAO Y",
        "HOA TOC",
        "CONG AN XA HAM THANG",
        "KHAN",
        "DA THU TIEN",
        "MAT TRAN",
    ):
        assert sealed(HEAD.format(stamp="") + BODY, Reading.OCR, marks=(mark,)) is None, mark


def test_endless_text_is_looked_through_in_bounded_time() -> None:
    import time

    started = time.process_time()
    for text in (
        "MẬT " * 200_000,
        "M\u0323" * 300_000,
        "MẬT ONG\n" * 100_000,
        "m a t " * 200_000,
        "\t" * 1_000_000,
    ):
        sealed(text)
    assert time.process_time() - started < 30


def test_stamp_below_a_signer_s_name_is_no_part_of_it() -> None:
    assert sealed(HEAD.format(stamp="") + BODY + "CHỦ TỊCH\nNguyễn Văn An\nMẬT\n") == "mat"
