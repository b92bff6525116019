"""Word files in legacy fonts, alone and mixed with Unicode."""

from __future__ import annotations

from made_files import p, table, word

from dossier.legacy import encode
from dossier.model import Content
from dossier.scanner.readers import Limits
from dossier.scanner.readers.docx import DocxReader

_NOTE = "Chữ trong tệp theo bảng mã cũ {}, đã chuyển sang Unicode."
_ABC = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'


def read(data: bytes) -> Content:
    return DocxReader().read(data, Limits())


def text(data: bytes) -> str:
    return "\f".join(page.text for page in read(data).pages)


def run(content: str, font: str = "", style: str = "") -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="Times New Roman"/>' if font else ""
    style = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f"<w:r><w:rPr>{style}{fonts}</w:rPr><w:t>{content}</w:t></w:r>"


def abc(content: str, font: str = ".VnTime") -> str:
    return run(encode(content, "tcvn3"), font)


def style(name: str, properties: str, kind: str = "paragraph", based: str = "", more: str = "") -> str:
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"{more}>{based}<w:rPr>{properties}</w:rPr></w:style>'


def test_runs_are_converted_by_their_fonts_and_unicode_is_left() -> None:
    vni = run(encode("thành lập", "vni"), "VNI-Times")
    body = f"<w:p>{abc('Quyết định')}{run(' về việc ', 'Arial')}{vni}</w:p>"
    content = read(word(body))
    assert content.pages[0].text == "Quyết định về việc thành lập"
    assert content.notes == (_NOTE.format("TCVN3 (ABC), VNI-Windows"),)


def test_capitals_font_shows_capitals() -> None:
    assert text(word(f"<w:p>{abc('quyết định', '.VnTimeH')} </w:p>")) == "QUYẾT ĐỊNH"


def test_letter_parted_by_two_runs_is_put_together() -> None:
    assert text(word(f"<w:p>{run('Quye', 'VNI-Times')}{run('át', 'VNI-Times')}</w:p>")) == "Quyết"


def test_soft_hyphen_is_a_letter_of_tcvn3() -> None:
    parts = f"<w:rPr>{_ABC}</w:rPr><w:t>n</w:t><w:softHyphen/><w:t>íc ta</w:t>"
    assert text(word(f"<w:p><w:r>{parts}</w:r></w:p>")) == "nước ta"


def test_font_of_the_run_style_counts() -> None:
    styles = style("Abc", _ABC, "character")
    assert text(word(f"<w:p>{run('QuyÕt', style='Abc')}</w:p>", styles=styles)) == "Quyết"


def test_font_of_the_paragraph_style_and_what_it_is_based_on_counts() -> None:
    styles = style("Base", _ABC) + style("Body", "", based="Base")
    body = p("QuyÕt", '<w:pPr><w:pStyle w:val="Body"/></w:pPr>')
    assert text(word(body, styles=styles)) == "Quyết"


def test_font_of_the_default_paragraph_style_counts() -> None:
    assert text(word(p("QuyÕt"), styles=style("Normal", _ABC, more=' w:default="1"'))) == "Quyết"


def test_font_of_the_document_defaults_counts() -> None:
    styles = f"<w:docDefaults><w:rPrDefault><w:rPr>{_ABC}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert text(word(p("QuyÕt"), styles=styles)) == "Quyết"


def test_font_of_the_run_goes_before_the_style() -> None:
    styles = style("Normal", _ABC, more=' w:default="1"')
    assert text(word(f"<w:p>{run('Õ', 'Arial')}</w:p>", styles=styles)) == "Õ"


def test_theme_font_is_a_modern_one() -> None:
    fonts = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
    body = f"<w:p><w:r><w:rPr>{fonts}</w:rPr><w:t>Õ</w:t></w:r></w:p>"
    assert text(word(body, styles=style("Normal", _ABC, more=' w:default="1"'))) == "Õ"


def test_unicode_typed_in_a_legacy_font_is_left() -> None:
    content = read(word(f"<w:p>{run('Quyết định thành lập', '.VnTime')}</w:p>"))
    assert content.pages[0].text == "Quyết định thành lập"
    assert content.notes == ()


def test_unicode_within_latin_1_in_a_legacy_font_is_left() -> None:
    assert text(word(f"<w:p>{run('Thông báo tình hình', '.VnTime')}</w:p>")) == "Thông báo tình hình"


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    styles = style("A", "", based="B") + style("B", "", based="A")
    body = f"<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr>{run('a')}{abc('đ')}</w:p>"
    assert text(word(body, styles=styles)) == "ađ"


def test_damaged_styles_do_not_lose_the_text() -> None:
    assert text(word(f"<w:p>{abc('đi')}</w:p>", styles="<w:style>")) == "đi"


def test_tables_headers_and_footnotes_are_converted() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    header = f"<w:p>{abc('Đầu trang')}</w:p>"
    notes = f'<w:footnote w:id="2"><w:p>{abc("Chú thích")}</w:p></w:footnote>'
    cells = table((f"<w:p>{abc('Tổ trưởng')}</w:p>", f"<w:p>{abc('Tổ phó')}</w:p>"))
    got = text(word(cells + section, header1=header, footnotes=notes))
    assert got == "Đầu trang\nTổ trưởng\nTổ phó\nChú thích"


def test_capital_title_of_an_ordinary_font_is_capital() -> None:
    assert text(word(f"<w:p>{run('QUYÕT §ÞNH', '.VnTime')}</w:p>")) == "QUYẾT ĐỊNH"
