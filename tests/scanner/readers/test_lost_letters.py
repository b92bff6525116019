"""Pages whose font lacks Vietnamese letters: what they say is read from their picture, or is in doubt."""

from __future__ import annotations

import re

import font_roboto
import pytest
from fpdf import FPDF

from dossier.model import Content, Header, Page, Reading
from dossier.scanner.readers import Limits
from dossier.scanner.readers.garbage import is_garbage
from dossier.scanner.readers.pdf import PdfReader
from dossier.scanner.recognise import recognise
from dossier.scanner.recognise.evidence import weighed
from dossier.scanner.recognise.lost_letters import has_holes, lost_letters

HEAD = "UBND XÃ HÀM THUẬN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DECISION = HEAD + (
    "Số: 12/QĐ-UBND\nHàm Thuận, ngày 05 tháng 6 năm 2024\nQUYẾT ĐỊNH\n"
    "Về việc thành lập mô hình Camera an ninh và Ban Chỉ đạo mô hình\n"
    "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của\n"
    "Trưởng Công an xã, Ủy ban nhân dân xã ban hành quyết định này.\n"
    "Nơi nhận:\nCHỦ TỊCH\nNguyễn Văn Ảnh"
)


def drawn(text: str, font: str = "Helvetica") -> FPDF:
    document = FPDF()
    document.set_compression(False)
    if font != "Helvetica":
        document.add_font(font, "", font_roboto.Roboto)
    document.set_font(font, size=13)
    document.add_page()
    for line in text.split("\n"):
        document.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    return document


def header(content: Content) -> Header:
    (paper,) = weighed(recognise(content), content, "x.pdf")
    return paper.header


@pytest.mark.parametrize("errors", ["ignore", "replace"])
def test_what_a_page_in_a_font_without_vietnamese_says_is_in_doubt(errors: str) -> None:
    latin = DECISION.encode("latin-1", errors).decode("latin-1")
    read = header(PdfReader().read(bytes(drawn(latin).output()), Limits(ocr=False)))
    assert read.issuing_body
    assert {name for name, reading in read.fields.items() if not reading.doubtful} == set()


def test_one_letter_that_a_font_lacks_makes_the_whole_page_doubtful() -> None:
    text = DECISION.replace("ạ", "")
    read = header(Content("pdf", (Page(1, text),)))
    assert "Ban Chỉ đo mô hình" in read.abstract
    assert all(read.fields[name].doubtful for name in ("abstract", "signer", "number_symbol"))
    assert not header(Content("pdf", (Page(1, DECISION),))).fields["abstract"].doubtful


def test_letters_that_only_the_text_layer_lacks_are_read_from_the_picture(needs_tesseract: None) -> None:
    def unnamed(pair: re.Match[bytes]) -> bytes:
        return b"<%s> <FFFD>" % pair[1] if int(pair[2], 16) in map(ord, "ạẠ") else pair[0]

    data = bytes(drawn(DECISION, "Roboto").output())
    data = re.sub(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>(?=\n)", unnamed, data)
    (page,) = PdfReader().read(data, Limits()).pages
    assert page.reading is Reading.OCR
    assert "Ban Chỉ đạo mô hình" in page.text


def test_a_picture_that_lacks_the_letters_too_is_no_better(needs_tesseract: None) -> None:
    data = bytes(drawn(DECISION.replace("ạ", "□").replace("ộ", ""), "Roboto").output())
    content = PdfReader().read(data, Limits())
    assert content.pages[0].reading is Reading.TEXT
    assert header(content).fields["abstract"].doubtful


@pytest.mark.parametrize(
    "text",
    [
        "CNG HÒA XÃ HI CH NGHA VIT NAM",
        "C?NG HÒA XÃ H?I CH? NGH?A VI?T NAM",
        "C NG H A X H I CH NGH A VI T NAM",
        "■■C L■P – T■ DO – H■NH PHÚC",
        "Độc lập - Tự do - Hnh phúc",
        "NG CNG SN VIT NAM",
    ],
)
def test_a_motto_shows_which_letters_a_page_lacks(text: str) -> None:
    assert lost_letters(f"UBND XÃ A\n{text}\nSố: 12/QĐ")


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CONG HOA XA HOI CHU NGHIA VIET NAM\nDoc lap - Tu do - Hanh phuc",
        "Ðộc lập - Tự do - Hạnh phúc",  # another letter for Đ
        "ĐỘC LẬP – TƯ DO – HẠNH PHÚC",  # a typist's mistake
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "hạn độc lập",
        "Đ ộc lập - Tự do - Hạnh\nphúc",  # a letter that a drawn line parts from its word
    ],
)
def test_a_motto_with_its_letters_says_nothing(text: str) -> None:
    assert not lost_letters(text)


UNLED = (
    "BAN QUẢN TRỊ\nCHUNG CƯ HOÀNG HUY\nSố: 07/TB-BQT\nTHÔNG BÁO\n"
    "Về việc quy định một số nội dung giữ gìn an ninh, trật tự\n"
    "Trong thời gian qua, công tác bảo đảm an ninh, trật tự được các cấp quan tâm.\n"
)


def test_words_without_vowels_show_which_letters_a_page_without_a_motto_lacks() -> None:
    latin = UNLED.encode("latin-1", "ignore").decode("latin-1")
    read = header(Content("pdf", (Page(1, latin),)))
    assert read.abstract and read.fields["abstract"].doubtful
    assert not header(Content("pdf", (Page(1, UNLED),))).fields["abstract"].doubtful


def test_units_and_abbreviations_lack_no_vowels() -> None:
    assert not lost_letters(UNLED + "Gạo 15 kg, dây 20 m, đường 3 km; 12 tr.đ; theo tcvn/qcvn, mst, vnđ.\n")


@pytest.mark.parametrize(
    ("value", "has"),
    [
        ("Nguy?n V?n ?nh", True),
        ("Nguy■n An", True),
        ("\ufffdng Văn A", True),
        ("Ai làm? Ai chịu trách nhiệm?", False),
        ("Nguyễn Văn Ảnh", False),
    ],
)
def test_signs_instead_of_letters_are_holes(value: str, has: bool) -> None:
    assert has_holes(value) is has


def test_a_name_with_a_hole_on_a_page_without_any_is_in_doubt() -> None:
    read = header(Content("docx", (Page(1, DECISION.replace("Camera", "Cam■ra")),)))
    assert read.fields["abstract"].doubtful and not read.fields["issuing_body"].doubtful


GHOSTSCRIPTS = DECISION.replace("CỘNG HÒA", "CÞNG HÒA").replace("Nguyễn", "Nguyßn").replace("địa", "\x12ịa")


def test_a_page_with_other_letters_in_place_of_a_few_is_read_from_its_picture() -> None:
    assert is_garbage(GHOSTSCRIPTS)
    assert not is_garbage(DECISION)
    assert not is_garbage("Die Straße ist groß, und der Fußball ist von der Stadt mit dem Maßstab. " * 3)


def test_values_of_a_page_with_one_other_letter_are_in_doubt() -> None:
    for text, doubtful in ((DECISION, False), (DECISION.replace("Nguyễn", "Nguyßn"), True)):
        content = Content("pdf", (Page(1, text),))
        found = weighed(recognise(content), content, "a.pdf")[0].header
        assert [found.fields[field].doubtful for field in ("signer", "abstract")] == [doubtful, doubtful]
