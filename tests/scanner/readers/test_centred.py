"""Centred paragraphs of formats without positions."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from made_files import p, table, word, zipped

from dossier.model import CENTRED, Content
from dossier.scanner._exec import antiword
from dossier.scanner.readers import Limits, read_bytes

DATA = Path(__file__).parents[2] / "data"
_CENTRE = '<w:pPr><w:jc w:val="center"/></w:pPr>'
_NS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"


def lines(data: bytes) -> list[str]:
    result = read_bytes(data, Limits(ocr=False))
    assert isinstance(result, Content), result
    return result.pages[0].text.split("\n")


def test_lines_of_a_centred_word_paragraph_are_marked() -> None:
    broken = f"<w:p>{_CENTRE}<w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Ra mắt</w:t></w:r></w:p>"
    assert lines(word(broken + p("Thân"))) == [f"{CENTRED}KẾ HOẠCH", f"{CENTRED}Ra mắt", "Thân"]


def test_a_style_centres_word_paragraphs_that_have_no_alignment_of_their_own() -> None:
    styles = (
        '<w:style w:styleId="Base"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
        '<w:style w:styleId="Title"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    styled = '<w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>'
    body = (
        p("một", styled.format("Title", ""))
        + p("hai", styled.format("Title", '<w:jc w:val="both"/>'))
        + p("ba", styled.format("Loop", ""))
        + p("bốn", styled.format("Gone", ""))
    )
    assert lines(word(body, styles=styles)) == [f"{CENTRED}một", "hai", "ba", "bốn"]


def test_what_is_centred_in_a_table_cell_is_not_centred_on_the_page() -> None:
    cells = table((p("trái", _CENTRE), p("phải", _CENTRE)))
    assert lines(word(cells + p("giữa", _CENTRE))) == ["trái", "phải", f"{CENTRED}giữa"]


def test_rtf_paragraphs_are_centred_until_their_properties_are_reset() -> None:
    body = rb"{\rtf1\ansi \pard\qc mot\line hai\par ba\par\pard bon\par\qc\qj nam\par}"
    marked = [f"{CENTRED}mot", f"{CENTRED}hai", f"{CENTRED}ba", "bon", "nam"]
    assert lines(body) == marked


def test_styles_and_the_styles_above_them_centre_opendocument_paragraphs() -> None:
    content = (
        f'<office:document-content xmlns:office="{_NS.format("office")}" xmlns:text="{_NS.format("text")}" '
        f'xmlns:style="{_NS.format("style")}" xmlns:fo="{_NS.format("xsl-fo-compatible")}">'
        '<office:automatic-styles><style:style style:name="P0" style:family="paragraph">'
        '<style:paragraph-properties fo:text-align="center"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="P0"/>'
        '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P0">'
        '<style:paragraph-properties fo:text-align="justify"/></style:style></office:automatic-styles>'
        '<office:body><office:text><text:p text:style-name="P1">một</text:p>'
        '<text:p text:style-name="P2">hai</text:p></office:text></office:body></office:document-content>'
    )
    file = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    assert lines(file) == [f"{CENTRED}một", "hai"]


@pytest.mark.parametrize("name", ["giua-trang.doc", "giua-trang.rtf", "giua-trang.odt", "giua-trang.html"])
def test_files_of_an_office_program_tell_their_centred_lines(name: str) -> None:
    if name.endswith("doc") and not antiword.available():
        if os.environ.get("CI") == "true":
            pytest.fail("antiword must be installed in CI")
        pytest.skip("antiword is not installed")
    assert lines((DATA / name).read_bytes())[:6] == [
        f"{CENTRED}BÁO CÁO",
        f"{CENTRED}Kết quả hoạt động",
        f"{CENTRED}của Tổ bảo vệ",
        f"{CENTRED}Nhà máy đường Tân Hội",
        "Nhà máy có 410 lao động",
        "Làm việc ba ca",
    ]


def test_an_old_word_file_tells_its_centred_lines_without_antiword(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    marked = [line for line in lines((DATA / "giua-trang.doc").read_bytes()) if line.startswith(CENTRED)]
    wanted = ["BÁO CÁO", "Kết quả hoạt động", "của Tổ bảo vệ", "Nhà máy đường Tân Hội"]
    assert [line.strip() for line in marked] == wanted


def test_an_old_word_file_with_damaged_properties_is_read_without_them() -> None:
    data = bytearray((DATA / "giua-trang.doc").read_bytes())
    at = data.index(b"\xec\xa5") + 0x102  # of the file information block: where the properties' table is
    data[at : at + 8] = b"\xff\xff\xff\x0f\xff\xff\x00\x00"
    found = lines(bytes(data))
    assert "BÁO CÁO" in found and not any(line.startswith(CENTRED) for line in found)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p align=center>a</p><p>b</p>", [f"{CENTRED}a", "b"]),
        ('<p style="text-align: center">a<br>b</p>c', [f"{CENTRED}a", f"{CENTRED}b", "c"]),
        ("<center>a<p align=left>b</p>c</center>d", [f"{CENTRED}a", "b", f"{CENTRED}c", "d"]),
        ("<div align=Center><p>a</p></div>b", [f"{CENTRED}a", "b"]),
        ("<p align=center><b>a</b></p><center> </center>b", [f"{CENTRED}a", "b"]),
        ("<center><table><tr><td>a<td>b</table></center>c", ["a\tb", "c"]),
    ],
)
def test_elements_of_web_pages_inherit_that_they_are_centred(body: str, wanted: list[str]) -> None:
    assert lines(f"<html><body>{body}</body></html>".encode()) == wanted
