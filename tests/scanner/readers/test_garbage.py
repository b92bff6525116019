"""Text layers that say nothing are told from text."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.scanner.readers.garbage import is_blank_picture, is_garbage, is_misread
from dossier.scanner.readers.text import misread_words
from dossier.vietnamese import fold

VIETNAMESE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Trưởng Công an xã, Ủy ban nhân dân xã ban "
    "hành kế hoạch khảo sát tình hình an ninh, trật tự trên địa bàn để xây dựng mô hình Camera an ninh. "
) * 3


def shifted(text: str) -> str:
    """As a font with its own table of letters leaves it: every letter another one."""
    letters = "bcdfghjklmnpqrstvwxz"
    return "".join(letters[ord(char) % 20] if char.isalpha() else char for char in text)


def read_without_vietnamese(text: str) -> str:
    """As a scanner's OCR that knows no Vietnamese leaves it: marked letters become others or signs."""
    signs = "6fd4t'lq"
    plain = unicodedata.normalize("NFD", text)
    out = "".join("" if unicodedata.combining(char) else char for char in plain)
    return "".join(
        sign if len(unicodedata.normalize("NFD", char)) > 1 and index % 3 else bare
        for index, (char, bare, sign) in enumerate(zip(text, out, signs * len(text), strict=False))
    )


@pytest.mark.parametrize(
    "text",
    [
        VIETNAMESE,
        fold(VIETNAMESE),
        "1. Nguyễn Thị Hoa 2. Trần Văn Bảy 3. Lê Hoàng Phúc 4. Phạm Thị Ánh 5. Đỗ Quốc Việt " * 4,
        "STT Họ và tên Năm sinh Ghi chú 1 Lò Thị Mai 1990 thôn Nà Cà 2 Vàng A Páo 1985 bản Pá Khôm " * 3,
        "Vu la loi, les membres du comité sont nommés par le maire pour une durée de deux ans. " * 3,
        "Положение о порядке ведения дел и хранения документов в архиве района и области " * 5,
        "The committee shall keep a dossier of every model and report on it twice a year. " * 4,
        "QĐ TTg NĐ CP BCĐ UBND HĐND MTTQ",
        "1 2 3 4 5 6 7 8 9 10 11 12 " * 30,
        "Le comité a été créé à la façon du maître; la coöpération naïve des élèves est un succès. " * 4,
        "Giá: 12.500.000 đ; 30°C; 50 m²; ½ số hộ; § 3; “Camera an ninh” – khu phố 3; a1b2@xa.gov.vn " * 4,
        "本计划规定了调查的目的和要求" * 30,
        "",
    ],
)
def test_text_is_no_garbage(text: str) -> None:
    assert not is_garbage(text)


@pytest.mark.parametrize(
    "text",
    [
        shifted(VIETNAMESE),
        VIETNAMESE.translate(str.maketrans("ưạếộậơđ", "°¿¿ßÁ¡\x11")),
        "".join(char if char in "\r\n" else chr(ord(char) + 29) for char in VIETNAMESE),
        read_without_vietnamese(VIETNAMESE),
        VIETNAMESE.translate(str.maketrans("ưạếnhcô", "ѭҥӃQKFÙ")),
        "".join(chr(0xE000 + ord(char) % 200) for char in VIETNAMESE),
        "\ufffd \ufffd\ufffd \ufffd" * 40,
        "".join(chr(random.Random(1).randrange(1, 8)) for _ in range(200)),
    ],
)
def test_layer_without_letters_is_garbage(text: str) -> None:
    assert is_garbage(text)


@pytest.mark.parametrize(
    ("text", "is_"),
    [
        (VIETNAMESE, False),
        (fold(VIETNAMESE).replace("o", "0").replace("ng", "nq"), True),
        ("The committee shall keep a dossier of every model and report on it twice a year. " * 4, False),
        ("Ủy ban", False),
    ],
)
def test_the_layer_of_a_scanner_without_vietnamese_is_misread(text: str, is_: bool) -> None:
    assert is_misread(text) is is_


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_garbage(text) in (True, False)


@pytest.mark.parametrize(
    ("read", "is_"),
    [
        ("BỘ CÔNG THƢƠNG hƣớng dẫn", "BỘ CÔNG THƯƠNG hướng dẫn"),
        ("QUYẾT ÐỊNH số 12/QÐ-UBND ðã ký", "QUYẾT ĐỊNH số 12/QĐ-UBND đã ký"),
        ("ТỔ ТRƯỞNG số 05/QĐ-UВND", "TỔ TRƯỞNG số 05/QĐ-UBND"),
        ("Положение о порядке", "Положение о порядке"),
        ("sumarið og veðrið á Íslandi", "sumarið og veðrið á Íslandi"),
    ],
)
def test_letters_that_a_font_names_wrongly_are_put_right_where_the_language_proves_it(
    read: str, is_: str
) -> None:
    instead = misread_words(read)
    assert " ".join(instead.get(word, word) for word in read.split()) == is_


def test_the_blank_back_of_a_sheet_is_told_from_a_page() -> None:
    from PIL import Image, ImageDraw

    back = Image.new("L", (413, 585), 236)
    draw = ImageDraw.Draw(back)
    draw.rectangle((0, 0, 8, 585), fill=20)  # the scanner's shadow
    for row in range(100, 400, 12):  # the front shining through
        draw.line((60, row, 350, row), fill=222)
    assert is_blank_picture(back)
    draw.text((150, 200), "QUYET DINH ve viec thanh lap", fill=40)
    assert not is_blank_picture(back)
