"""An abstract with a black stamp of incoming papers beside it, as OCR reads the two."""

from __future__ import annotations

from dossier.model import Box, Segment, Word
from dossier.scanner.recognise.header import read_header

HEAD = [
    [(0.15, 0.38, "ỦY BAN NHÂN DÂN"), (0.44, 0.92, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")],
    [(0.15, 0.38, "XÃ ĐÔNG HẢI"), (0.55, 0.82, "Độc lập - Tự do - Hạnh phúc")],
    [(0.18, 0.36, "Số: 07/CT-UBND"), (0.52, 0.9, "Đông Hải, ngày 20 tháng 3 năm 2018")],
    [(0.5, 0.6, "CHỈ THỊ")],
]
BODY = [
    [(0.2, 0.93, "Trong thời gian qua, công tác thi hành án hành chính trên địa bàn xã đã")],
    [(0.15, 0.93, "đạt những kết quả tích cực; tuy nhiên vẫn còn một số trường hợp chưa thi hành.")],
]  # fmt: skip


def abstract_of(*rows: list[tuple[float, float, str]], scanned: bool = True) -> str:
    """The abstract of a page whose rows below the title are these: (left, right, text) of each segment."""
    text, segments = "", []
    for at, row in enumerate([*HEAD, *rows, *BODY]):
        for place, (left, right, piece) in enumerate(row):
            text += "\t" if place else ""
            words = piece.split(" ")
            width = (right - left) / len(words)
            boxes = [
                Box(left + n * width, at / 40, left + (n + 1) * width, at / 40 + 0.02)
                for n in range(len(words))
            ]
            segments.append(Segment(tuple(map(Word, words, boxes)), len(text)))
            text += piece
        text += "\n"
    return read_header(text, scanned=scanned, segments=segments).abstract


def test_what_ocr_reads_in_a_stamp_beside_a_line_is_no_part_of_the_abstract_and_does_not_end_it() -> None:
    assert (
        abstract_of(
            [(0.3, 0.8, "Về việc tăng cường công tác thi hành án hành chính")],
            [(0.02, 0.04, "mã"), (0.08, 0.2, "Am. xz mm"), (0.4, 0.7, "trên địa bàn xã Đông Hải")],
        )
        == "Về việc tăng cường công tác thi hành án hành chính trên địa bàn xã Đông Hải"
    )


def test_line_that_a_stamp_divides_is_one_line_of_the_abstract() -> None:
    assert abstract_of(
        [(0.2, 0.9, "Về việc tăng cường công tác quản lý nhà nước để hỗ trợ nhà đầu tư")],
        [
            (0.01, 0.09, "-„ĐN"),
            (0.17, 0.3, "thực hiện dự"),
            (0.32, 0.93, "án sử dụng vốn ngoài ngân sách nhà nước"),
        ],
    ).endswith("hỗ trợ nhà đầu tư thực hiện dự án sử dụng vốn ngoài ngân sách nhà nước")


def test_what_stands_beside_between_two_lines_does_not_end_the_abstract() -> None:
    for beside in ([(0.02, 0.03, "-"), (0.2, 0.29, "Hộc NGÃ |")], [(0.862, 0.866, "-")]):
        found = abstract_of(
            [(0.25, 0.85, "Phê duyệt thiết kế bản vẽ thi công công trình")],
            beside,
            [(0.2, 0.9, "“Đường liên thôn Đông Hải, xã Đông Hải”")],
        )
        assert found.endswith("thi công công trình “Đường liên thôn Đông Hải, xã Đông Hải”")


def test_a_rule_below_the_title_still_ends_it() -> None:
    found = abstract_of(
        [(0.25, 0.85, "Phê duyệt thiết kế bản vẽ thi công công trình")],
        [(0.5, 0.6, "———")],
        [(0.2, 0.9, "“Đường liên thôn Đông Hải, xã Đông Hải”")],
    )
    assert found == "Phê duyệt thiết kế bản vẽ thi công công trình"


def test_words_beside_a_line_that_are_language_stay() -> None:
    beside = (0.02, 0.2, "đơn vị tổ chức")
    assert "đơn vị tổ chức" in abstract_of(
        [(0.3, 0.8, "Về việc tăng cường công tác thi hành án hành chính của")],
        [beside, (0.4, 0.7, "trên địa bàn xã Đông Hải")],
    )


def test_only_scans_have_stamps_that_were_read_as_text() -> None:
    rows = (
        [(0.3, 0.8, "Về việc tăng cường công tác thi hành án hành chính của")],
        [(0.02, 0.04, "V05"), (0.4, 0.7, "trên địa bàn xã Đông Hải")],
    )
    assert "V05" in abstract_of(*rows, scanned=False)
    assert "V05" not in abstract_of(*rows)
