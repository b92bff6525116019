"""PDF files in fonts from before Unicode."""

from __future__ import annotations

import pytest

from dossier.legacy import encode
from dossier.model import Content
from dossier.scanner.readers import Limits
from dossier.scanner.readers.pdf import PdfReader
from dossier.scanner.readers.pdf_fallback import read_with_pypdf
from dossier.scanner.readers.pdf_legacy import in_unicode

_NOTE = "Chữ trong tệp theo bảng mã cũ {}, đã chuyển sang Unicode."
_TITLE = "Quyết định về việc thành lập tổ tự quản"
_BODY = "Căn cứ Luật Tổ chức chính quyền địa phương"


def made(*lines: tuple[str, str]) -> bytes:
    """A PDF of one page: lines of legacy text, each with the name of its font."""
    fonts = list(dict.fromkeys(font for _text, font in lines))
    shown = "".join(
        f"/F{fonts.index(font)} 12 Tf <{text.encode('latin-1').hex()}> Tj T*\n" for text, font in lines
    )
    content = f"BT 16 TL 72 760 Td\n{shown}ET"
    references = " ".join(f"/F{index} {5 + index} 0 R" for index in range(len(fonts)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources << /Font << {references} >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    objects += [
        f"<< /Type /Font /Subtype /TrueType /BaseFont /{font} /Encoding /WinAnsiEncoding >>" for font in fonts
    ]
    out, offsets = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode()


def read(data: bytes) -> Content:
    return PdfReader().read(data, Limits())


def lines(content: Content) -> list[str]:
    return content.pages[0].text.split("\n")


def test_font_called_vntime() -> None:
    content = read(made((encode(_TITLE, "tcvn3"), ".VnTime"), (encode(_BODY, "tcvn3"), ".VnTime")))
    assert lines(content) == [_TITLE, _BODY]
    assert content.notes == (_NOTE.format("TCVN3 (ABC)"),)


def test_capitals_font_shows_capitals() -> None:
    content = read(made((encode(_TITLE, "tcvn3"), ".VnTimeH"), (encode(_BODY, "tcvn3"), ".VnTime")))
    assert lines(content) == [_TITLE.upper(), _BODY]


def test_two_encodings_on_a_page_are_told_by_their_fonts() -> None:
    content = read(
        made((encode(_TITLE, "vni"), "ABCDEF+VNI-Times"), (encode(_BODY, "tcvn3"), "QWERTY+.VnTime"))
    )
    assert lines(content) == [_TITLE, _BODY]
    assert content.notes == (_NOTE.format("TCVN3 (ABC), VNI-Windows"),)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "windows-1258"])
def test_renamed_font_is_told_by_the_text(encoding: str) -> None:
    assert lines(read(made((encode(_TITLE, encoding), "Font1")))) == [_TITLE]


def test_letter_that_is_a_hyphen_in_pdf_comes_back_and_hyphens_stay() -> None:
    text = "Số 12/QĐ-UBND: nước ta tổ trưởng phòng-chống - đường"
    assert lines(read(made((encode(text, "tcvn3"), ".VnTime")))) == [text]


def test_text_of_another_language_is_left_alone() -> None:
    text = "Le préfet a été informé où siège l'assemblée générale"
    content = read(made((text, "Times")))
    assert (lines(content), content.notes) == ([text], ())


def test_pypdf_converts_by_the_text() -> None:
    content = read_with_pypdf(made((encode(_TITLE, "vni"), "VNI-Times")), Limits())
    assert content.pages[0].text.strip() == _TITLE
    assert content.notes[0] == _NOTE.format("VNI-Windows")


def test_page_with_unicode_and_no_fonts_is_left_alone() -> None:
    mixed = encode(_TITLE, "tcvn3") + "\n" + _BODY
    assert in_unicode(mixed) == (mixed, set())
