"""PDF files whose fonts no longer say which letters their codes are, or say wrong ones."""

from __future__ import annotations

import zlib

from dossier.model import Content, Reading
from dossier.scanner.readers import Limits
from dossier.scanner.readers.pdf import PdfReader
from dossier.scanner.recognise import recognise

LINES = (
    "UBND XÃ HÀM THUẬN",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 125/QĐ-UBND",
    "Hàm Thuận, ngày 17 tháng 6 năm 2024",
    "QUYẾT ĐỊNH",
    "Về việc thành lập mô hình Camera an ninh và Ban Chỉ đạo",
    "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của",
    "Trưởng Công an xã, Ủy ban nhân dân xã ban hành quyết định này.",
)
SINGLE = {
    **{"á": 105, "à": 106, "â": 107, "ê": 114, "í": 116, "ì": 117, "ò": 122, "ô": 123, "ú": 126},
    **{"À": 172, "Ã": 173, "ã": 109, "Ò": 209, "Ô": 208, "ý": 234, "đ": 255, "ă": 259, "Đ": 264},
    **{"Ĩ": 428, "ĩ": 429, "ơ": 1131, "Ư": 1132, "ư": 1133},
}
WRONG = "ßÞàáâãäåæç"


def position(letter: str) -> int:
    """Where a letter is in Times New Roman, as Windows has it."""
    if letter.isascii():
        return ord(letter) - 29
    code = ord(letter) - 0x1EA0
    return SINGLE[letter] if code < 0 else 1188 + code - 2 * (code > 0x53)


def table(names: dict[int, str]) -> str:
    rows = "\n".join(f"<{code:04X}> <{ord(letter):04X}>" for code, letter in names.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(names)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    )


def paper(names: dict[int, str] | None, *, packed: bool = False) -> bytes:
    """A PDF of LINES in a font that names its letters so, or not at all."""
    rows = [
        f"BT /F1 11 Tf 60 {760 - 20 * at} Td <{''.join(f'{position(letter):04X}' for letter in line)}> Tj ET"
        for at, line in enumerate(LINES)
    ]
    content = "\n".join(rows).encode()
    named = table(names).encode() if names else b""
    filtered = b"/Filter/FlateDecode" if packed else b""
    named = zlib.compress(named) if packed else named
    reference = b"/ToUnicode 8 0 R" if names else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+TimesNewRoman/Encoding/Identity-H"
        b"/DescendantFonts[6 0 R]%s>>" % reference,
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+TimesNewRoman/CIDToGIDMap/Identity/DW 600"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/ABCDEF+TimesNewRoman/Flags 4/FontBBox[0 -200 1000 900]"
        b"/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(named), filtered, named),
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    rest = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table_of_objects = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rest)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + table_of_objects + trailer


def names(*, spoilt: bool) -> dict[int, str]:
    """The letters of LINES by position; one letter for several of the Vietnamese ones, if spoilt."""
    letters = sorted(set("".join(LINES)))
    return {
        position(letter): WRONG[position(letter) % len(WRONG)]
        if spoilt and position(letter) > 1133
        else letter
        for letter in letters
    }


def read(data: bytes) -> Content:
    return PdfReader().read(data, Limits(ocr=False))


def test_codes_of_a_font_without_names_are_read_as_its_letters() -> None:
    content = read(paper(None))
    assert [page.reading for page in content.pages] == [Reading.TEXT]
    (document,) = recognise(content)
    assert document.header.number_symbol == "125/QĐ-UBND"
    assert document.header.abstract == "Về việc thành lập mô hình Camera an ninh và Ban Chỉ đạo"
    assert content.pages[0].text.split("\n") == list(LINES)


def test_codes_are_read_where_a_font_names_one_letter_for_several() -> None:
    assert read(paper(names(spoilt=True))).pages[0].text.split("\n") == list(LINES)


def test_codes_are_read_where_the_wrong_names_are_packed() -> None:
    assert read(paper(names(spoilt=True), packed=True)).pages[0].text.split("\n") == list(LINES)


def test_right_names_are_kept_where_the_codes_mean_other_letters() -> None:
    turned = {code: chr(ord(letter) + 1) if letter.isdigit() else letter
              for code, letter in names(spoilt=False).items()}  # fmt: skip
    assert "Số: 236/QĐ-UBND" in read(paper(turned)).pages[0].text
