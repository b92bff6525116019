"""Dates that are written in a way nobody can rely on."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.scanner.recognise import read_header

HEAD = """ỦY BAN NHÂN DÂN
XÃ HÀM THẮNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/QĐ-UBND
Hàm Thắng, ngày {day}
QUYẾT ĐỊNH
Về việc thành lập mô hình “Camera an ninh”
"""


@pytest.mark.parametrize(
    ("day", "value", "flaw"),
    [
        ("05 tháng 3 năm 2024", date(2024, 3, 5), ""),
        ("05 tháng 3 năm 24", date(2024, 3, 5), "short-year"),
        ("31 tháng 02 năm 2024", None, "impossible"),
        ("05 tháng 13 năm 2024", None, "impossible"),
        ("29 tháng 02 năm 2024", date(2024, 2, 29), ""),
        ("…… tháng …… năm 2024", None, ""),
        ("5 tháng ba năm 2024", date(2024, 3, 5), ""),
        ("05 tháng Mười hai năm 2024", date(2024, 12, 5), ""),
        ("5 tháng năm năm 2024", date(2024, 5, 5), ""),
        ("31 tháng hai năm 2024", None, "impossible"),
        ("5 tháng 3, 2024", date(2024, 3, 5), ""),
        ("5/3 năm 2024", date(2024, 3, 5), ""),
        ("05 tháng 3 năm 20 24", date(2024, 3, 5), ""),  # filled in
        ("05 tháng 3 năm 20", date(2020, 3, 5), "short-year"),
    ],
)
def test_flaw_of_a_date_is_told_apart_from_no_date(day: str, value: date | None, flaw: str) -> None:
    header = read_header(HEAD.format(day=day))
    assert (header.date, header.date_flaw) == (value, flaw)


@pytest.mark.parametrize(
    ("day", "value", "flaw"),
    [
        ("5 tháng ba năm 2024", date(2024, 3, 5), ""),
        ("05 tháng 3 năm 2024", date(2024, 3, 5), ""),
        ("05/03/24", date(2024, 3, 5), "short-year"),
        ("05/13/24", None, "impossible"),
        ("5 tháng đầu năm 2024", None, ""),
        ("tháng năm 2024", None, ""),
    ],
)
def test_a_day_without_its_word_stands_behind_the_place(day: str, value: date | None, flaw: str) -> None:
    header = read_header(HEAD.replace("ngày {day}", day))
    assert (header.date, header.date_flaw) == (value, flaw)


@pytest.mark.parametrize("place", ["Phường 5", "Khu phố 5", "Quận 3", "Phường An Lạc, Quận 3", "Thôn 12"])
def test_a_place_named_by_a_number_keeps_its_date(place: str) -> None:
    text = (
        f"ỦY BAN NHÂN DÂN\nSố: 12/QĐ-UBND\n{place}, ngày 03 tháng 04 năm 2023\nQUYẾT ĐỊNH\nVề việc kiện toàn"
    )
    assert read_header(text).date == date(2023, 4, 3)
