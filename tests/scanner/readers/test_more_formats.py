"""RTF, web pages, PowerPoint and OpenDocument: what LibreOffice's files do not show."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import zipped

from dossier.model import Content, Unread, UnreadReason
from dossier.scanner.readers import Limits, read_bytes


def read(data: bytes) -> Content:
    result = read_bytes(data, Limits(ocr=False))
    assert isinstance(result, Content), result
    return result


def text(data: bytes) -> str:
    return "\f".join(page.text for page in read(data).pages)


def rtf(body: str) -> bytes:
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset163 Times;}{\f2\fcharset204 Times;}}"
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + body + "}").encode("ascii")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (r"Quy\u7871?t \u273?\u7883?nh", "Quyết định"),
        (r"\uc0 Quy\u7871t", "Quyết"),
        (r"\uc2 Quy\u7871??t", "Quyết"),
        (r"Quy\u7871\'65t", "Quyết"),
        (r"\f1 Quy\'ea\'ect \'f0i\'f2nh", "Quyết định"),
        (r"\f2\'c4\'e0\f0  \'e0", "Да à"),
        (r"{\upr{Quyet}{\*\ud{Quy\u7871?t}}}", "Quyết"),
        (r"a\tab b\line c\par d", "a\tb\nc\nd"),
        (r"a{\v hidden}b", "ab"),
        (r"a{\*\unknown secret}b", "ab"),
        (r"a{\pict\pngblip 89504e47}b", "ab"),
        (r"a\{b\}\\", "a{b}\\"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt trang}}", "trang"),
        (r"{\header {\field{\*\fldinst PAGE}{\fldrslt 2}}}a", "a"),
        (r"a\page b", "a\n\fb"),
    ],
)
def test_rtf_says(body: str, wanted: str) -> None:
    assert text(rtf(body)).replace("\n\f", "\f") == wanted.replace("\n\f", "\f")


def test_rtf_footnote_comes_after_the_text() -> None:
    assert text(rtf(r"Th\'e2n{\footnote Ch\'fa th\'edch}\par")).split("\n") == ["Thân", "Chú thích"]


def test_rtf_rows_with_lines_are_parted_by_tabs() -> None:
    row = r"\trowd\clbrdrt\brdrs\cellx1\cellx2\pard\intbl {}\cell {}\cell\row"
    rows = row.replace("{}", "1", 1).replace("{}", "2") + row.replace("{}", "3", 1).replace("{}", "4")
    assert text(rtf(rows + r"\pard sau\par")) == "1\t2\n3\t4\nsau"


def test_rtf_without_text_is_empty() -> None:
    result = read_bytes(rtf(r"\par"), Limits())
    assert isinstance(result, Unread)
    assert result.reason is UnreadReason.EMPTY


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=r"\{}*'u0123abc-? ;", max_size=80))
def test_odd_rtf_never_raises(body: str) -> None:
    result = read_bytes(b"{\\rtf1 " + body.encode(), Limits())
    assert isinstance(result, Content) or result.reason is UnreadReason.EMPTY


_LOOKING_LATIN = "".join(map(chr, range(0x370, 0x500))) + "ƢƣÐðƉɖ"  # may be replaced in any text


@given(
    st.text(
        st.characters(exclude_categories=["C", "Z"], exclude_characters=_LOOKING_LATIN),
        min_size=1, max_size=40,
    )
)  # fmt: skip
def test_every_character_comes_through_rtf(said: str) -> None:
    from dossier.vietnamese import nfc

    units = said.encode("utf-16-le")
    words = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    assert text(rtf("".join(f"\\u{word}?" for word in words))) == nfc(said)


HTML = (
    "<html><head>{}<title>Tên</title><style>p{{}}</style></head><body><p>Quyết định</p>a<br>b</body></html>"
)


@pytest.mark.parametrize(
    "data",
    [
        HTML.format("").encode(),
        HTML.format('<meta charset="utf-8">').encode(),
        HTML.format('<meta charset="windows-1252">').encode(),
        codecs.BOM_UTF16_LE + HTML.format("").encode("utf-16-le"),
        HTML.format('<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">')
        .replace("Quyết định", "Quy\u00ea\u0301t \u0111i\u0323nh")
        .encode("cp1258"),
    ],
    ids=["none", "utf-8", "wrong", "utf-16", "cp1258"],
)
def test_web_page_in_every_encoding(data: bytes) -> None:
    content = read(data)
    assert content.format == "html"
    assert content.pages[0].text == "Quyết định\na\nb"


def test_what_a_browser_does_not_show_is_left_out() -> None:
    body = "<p>a</p><script>x</script><div style='display:none'>y</div><!-- z --><p>b &amp; c</p>"
    assert text(f"<html><body>{body}</body></html>".encode()) == "a\nb & c"


def test_table_of_a_web_page_is_read_by_row() -> None:
    table = "<table border=1><tr><th>STT<th>Tên<tr><td>1<td>An</table>"
    assert text(f"<html><body>{table}</body></html>".encode()) == "STT\tTên\n1\tAn"


def test_line_drawn_beside_the_text_parts_no_word() -> None:
    # As LibreOffice saves the rule below an issuer that is anchored in the line of the number.
    number = '<p><b>S<img src="a.gif" align="left" width="64" height="1"/>\nố: 12/QĐ-UBND</b></p>'
    assert text(f"<html><body>{number}</body></html>".encode()) == "Số: 12/QĐ-UBND"
    words = '<p>Mục A<img src="a.gif" align="left"/>\nông An, mục B<img src="b.gif"/>\nông</p>'
    assert text(f"<html><body>{words}</body></html>".encode()) == "Mục A ông An, mục B ông"


def test_frame_beside_the_text_is_a_line_of_its_own() -> None:
    frame = '<span style="float: left"><p>DỰ THẢO</p></span>'
    number = f'<p>UBND XÃ</p><p><font>S<img src="a.gif" align="left"/>\n{frame}ố: /QĐ-UBND</font></p>'
    assert text(f"<html><body>{number}</body></html>".encode()) == "UBND XÃ\nDỰ THẢO\nSố: /QĐ-UBND"


def test_page_break_before_all_text_makes_no_empty_page() -> None:
    body = '<div style="page-break-before: always"><p>a</p></div>'
    assert [page.text for page in read(f"<html><body>{body}</body></html>".encode()).pages] == ["a"]


def test_deeply_nested_web_page_is_read() -> None:
    assert "x" in text(b"<html><body>" + b"<div>" * 5000 + b"x")


A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def slide(body: str) -> str:
    spaces = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"'
    return f"<p:sld {spaces}><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:sld>"


def box(said: str, kind: str = "") -> str:
    holder = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else ""
    return f"<p:sp>{holder}<p:txBody><a:p><a:r><a:t>{said}</a:t></a:r></a:p></p:txBody></p:sp>"


def links(**targets: str) -> str:
    found = "".join(
        f'<Relationship Id="{name}" Type="{R}/{target.split(":")[0]}" Target="{target.split(":")[1]}"/>'
        for name, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'


def test_slides_are_pages_in_their_order_with_tables_and_notes() -> None:
    cells = "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{c}</a:t></a:r></a:p></a:txBody></a:tc>" for c in "ab")
    table = f"<p:graphicFrame><a:graphic><a:tbl><a:tr>{cells}</a:tr></a:tbl></a:graphic></p:graphicFrame>"
    order = '<p:sldIdLst><p:sldId id="1" r:id="r2"/><p:sldId id="2" r:id="r1"/></p:sldIdLst>'
    data = zipped(
        {
            "[Content_Types].xml": "<a/>",
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}">{order}</p:presentation>',
            "ppt/_rels/presentation.xml.rels": links(
                r1="slide:slides/slide1.xml", r2="slide:slides/slide2.xml"
            ),
            "ppt/slides/slide1.xml": slide(box("Hai") + box("7", "sldNum")),
            "ppt/slides/slide2.xml": slide(box("Một") + table),
            "ppt/slides/_rels/slide2.xml.rels": links(r1="notesSlide:../notesSlides/notesSlide1.xml"),
            "ppt/notesSlides/notesSlide1.xml": slide(box("Ghi chú", "body")),
        }
    )
    content = read(data)
    assert content.format == "pptx"
    assert [page.text for page in content.pages] == ["Một\na\tb\nGhi chú", "Hai"]


def odt(body: str, styles: str = "") -> bytes:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
            ("fo", "xsl-fo-compatible"), ("draw", "drawing"),
        )
    )  # fmt: skip
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<text:p>a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d</text:p>", "a  b\tc\nd"),
        ("<text:p>  a \n  b </text:p>", " a b "),
        ("<text:list><text:list-item><text:p>một</text:p></text:list-item></text:list>", "một"),
        (
            "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>chú</text:p>"
            "</text:note-body></text:note>b</text:p>",
            "ab\nchú",
        ),
        (
            "<text:p>a<draw:frame><draw:text-box><text:p>khung</text:p></draw:text-box></draw:frame></text:p>",
            "a\nkhung",
        ),
        ("<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes><text:p>còn</text:p>", "còn"),
    ],
    ids=["spaces", "white space", "list", "note", "frame", "changes"],
)
def test_opendocument_says(body: str, wanted: str) -> None:
    assert text(odt(body)) == wanted


def test_opendocument_page_begins_at_a_style_that_breaks_it() -> None:
    style = '<style:style style:name="P1"><style:paragraph-properties fo:break-before="page"/></style:style>'
    body = '<text:p>một</text:p><text:p text:style-name="P1">hai</text:p>'
    assert [page.text for page in read(odt(body, style)).pages] == ["một", "hai"]


def test_entity_bomb_in_opendocument_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bomb})
    result = read_bytes(data, Limits())
    assert isinstance(result, Unread)
    assert result.reason is UnreadReason.CORRUPT
