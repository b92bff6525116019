"""Where an abstract ends, by the alignment of its lines."""

from __future__ import annotations

import pytest

from dossier.model import CENTRED, Box, Segment, Word
from dossier.scanner.recognise.header import read_header

_HEAD = (
    "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ TÂN HỘI\tĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 31/BC-UBND\tTân Hội, ngày 14 tháng 5 năm 2025\n"
)


def of_word(*lines: str) -> str:
    return read_header(_HEAD + "\n".join(lines)).abstract


def of_pdf(*lines: tuple[float, float, str]) -> str:
    """The abstract of a page on which these lines (left and right edge, text) stand below each other."""
    head = [
        (0.12, 0.4, "ỦY BAN NHÂN DÂN XÃ TÂN HỘI"),
        (0.12, 0.3, "Số: 31/BC-UBND"),
        (0.45, 0.9, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (0.55, 0.8, "Độc lập - Tự do - Hạnh phúc"),
        (0.5, 0.9, "Tân Hội, ngày 14 tháng 5 năm 2025"),
    ]
    text, segments = "", []
    for at, (left, right, said) in enumerate([*head, *lines]):
        words = said.split(" ")
        step = (right - left) / len(words)
        boxes = [
            Box(left + n * step, at / 40, left + (n + 1) * step, at / 40 + 0.02) for n in range(len(words))
        ]
        segments.append(Segment(tuple(map(Word, words, boxes)), len(text)))
        text += said + "\n"
    return read_header(text, segments=segments).abstract


def test_a_short_paragraph_that_is_not_centred_is_no_line_of_the_centred_title() -> None:
    title = (f"{CENTRED}BÁO CÁO", f"{CENTRED}Kết quả hoạt động của Tổ bảo vệ Nhà máy đường")
    assert of_word(*title, "Nhà máy có 410 lao động") == "Kết quả hoạt động của Tổ bảo vệ Nhà máy đường"


def test_a_centred_line_continues_the_title_though_it_begins_with_a_capital() -> None:
    title = (
        f"{CENTRED}BÁO CÁO",
        f"{CENTRED}Kết quả hoạt động của Tổ bảo vệ",
        f"{CENTRED}Nhà máy đường Tân Hội",
    )
    assert of_word(*title, "Nhà máy có 410 lao động và 3 cổng ra vào.") == (
        "Kết quả hoạt động của Tổ bảo vệ Nhà máy đường Tân Hội"
    )


def test_a_line_that_must_go_on_does_so_whatever_its_alignment() -> None:
    title = (f"{CENTRED}BÁO CÁO", f"{CENTRED}Kết quả hoạt động của", "Tổ bảo vệ Nhà máy đường")
    assert of_word(*title, f"{CENTRED}I. ĐẶC ĐIỂM") == "Kết quả hoạt động của Tổ bảo vệ Nhà máy đường"


def test_where_every_line_is_centred_that_tells_nothing() -> None:
    body = "Nhà máy có 410 lao động, làm ba ca, có 3 cổng ra vào và 12 nhân viên bảo vệ."
    title = (f"{CENTRED}BÁO CÁO", f"{CENTRED}Kết quả hoạt động của Tổ bảo vệ Nhà máy đường")
    assert of_word(*title, f"{CENTRED}{body}") == "Kết quả hoạt động của Tổ bảo vệ Nhà máy đường"


def test_a_short_line_at_the_edge_ends_the_abstract_whose_lines_share_the_titles_middle() -> None:
    assert (
        of_pdf(
            (0.46, 0.58, "BÁO CÁO"),
            (0.22, 0.82, "Kết quả hoạt động của Tổ bảo vệ Nhà máy đường"),
            (0.14, 0.42, "Nhà máy có 410 lao động"),
            (0.14, 0.3, "Làm việc ba ca"),
        )
        == "Kết quả hoạt động của Tổ bảo vệ Nhà máy đường"
    )


def test_lines_with_the_titles_middle_belong_to_it_however_short_the_text_below_is() -> None:
    assert (
        of_pdf(
            (0.46, 0.58, "BÁO CÁO"),
            (0.36, 0.68, "Kết quả hoạt động của Tổ bảo vệ"),
            (0.4, 0.64, "Nhà máy đường Tân Hội"),
            (0.14, 0.42, "Nhà máy có 410 lao động"),
        )
        == "Kết quả hoạt động của Tổ bảo vệ Nhà máy đường Tân Hội"
    )


def test_a_paragraph_that_begins_with_a_number_is_no_line_of_the_centred_title() -> None:
    title = (f"{CENTRED}KẾ HOẠCH", f"{CENTRED}Tuần tra chung quý II năm 2024")
    assert of_word(*title, "4 đợt, mỗi đợt 12 đồng chí.") == "Tuần tra chung quý II năm 2024"


def test_a_centred_number_belongs_to_the_title() -> None:
    title = (f"{CENTRED}KẾ HOẠCH", f"{CENTRED}Khảo sát đoạn sông từ mốc 214 đến mốc", f"{CENTRED}219")
    assert of_word(*title, "Đi thuyền trong hai ngày.") == "Khảo sát đoạn sông từ mốc 214 đến mốc 219"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tình hình hẻm 51, đề nghị xây dựng Tổ liên gia", "số 5"),
        ("Ban hành Bộ tiêu chí điển hình tiên tiến khu dân", "cư ấp 7"),
        ("Đề nghị xây dựng mô hình “Dòng họ Lê tự quản về trật", "tự”"),
    ],
)
def test_the_short_last_line_of_a_title_is_kept(first: str, second: str) -> None:
    assert (
        of_word("BÁO CÁO", first, second, "Căn cứ Luật Tổ chức chính quyền địa phương;")
        == f"{first} {second}"
    )


@pytest.mark.parametrize("body", ["Sinh hoạt mỗi quý.", "8 giờ ngày 19/5 tại nhà văn hóa."])
def test_a_short_sentence_with_its_full_stop_is_no_title(body: str) -> None:
    title = "Sinh hoạt Câu lạc bộ phòng, chống tội phạm khu phố 3"
    assert of_word("KẾ HOẠCH", title, body) == title


def test_a_name_with_a_full_stop_may_end_a_title() -> None:
    title = ("Tổng kết Cụm liên kết an toàn của ba xã Tân Hội, Tân Lập", "Tân Thành.")
    assert of_word("BÁO CÁO", *title, "Căn cứ Quy chế hoạt động của Cụm;") == (
        "Tổng kết Cụm liên kết an toàn của ba xã Tân Hội, Tân Lập Tân Thành"
    )


def test_words_that_end_a_title_need_not_go_on() -> None:
    title = "Kinh nghiệm của giáo xứ Kim Bôi để các xứ họ tham khảo, làm theo"
    assert of_word(f"{CENTRED}THÔNG BÁO", f"{CENTRED}{title}", "Giới thiệu cách làm của giáo xứ") == title


def test_a_country_below_a_day_is_no_year() -> None:
    title = ("Kỷ niệm 93 năm ngày", "thành lập Hội Liên hiệp Phụ nữ Việt", "Nam")
    marked = (f"{CENTRED}{line}" for line in title)
    assert of_word(f"{CENTRED}KẾ HOẠCH", *marked, "Văn nghệ.") == " ".join(title)


def test_an_indented_paragraph_that_has_the_titles_middle_by_chance_is_told_by_the_line_below() -> None:
    assert (
        of_pdf(
            (0.46, 0.58, "KẾ HOẠCH"),
            (0.4, 0.64, "Công tác năm 2023"),
            (0.18, 0.86, "Toàn bộ thuyền có cờ; bốn tổ bến họp đủ mười hai kỳ trong năm này"),
            (0.14, 0.6, "để không xảy ra việc chở người trái phép"),
            (0.14, 0.9, "và phát sáu mươi bảy áo phao cho những hộ đi biển dài ngày nhất của bến"),
        )
        == "Công tác năm 2023"
    )


def test_a_letters_subject_goes_on_with_the_year_on_its_next_line() -> None:
    text = _HEAD.replace("31/BC-UBND", "31/UBND-CA") + (
        "V/v thi nghiệp vụ chữa cháy năm học\n2023 - 2024\nKính gửi: Các trường học\nThực hiện kế hoạch;"
    )
    assert read_header(text).abstract == "thi nghiệp vụ chữa cháy năm học 2023 - 2024"


def test_a_line_that_announces_the_text_is_no_name_that_the_title_lacks() -> None:
    title = "Tình hình vùng giáp ranh ba xã"
    assert of_word("BÁO CÁO", title, "Công an xã xin trình bày cụ thể như sau:") == title
