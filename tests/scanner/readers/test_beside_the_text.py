"""What stands beside a file's text (comments, page headers, text boxes, embedded files) is read or named."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model import Content, Unread, UnreadReason
from dossier.scanner.readers import Limits, read_bytes
from dossier.scanner.readers.ole import container, open_ole
from dossier.scanner.readers.sheet_parts import header_lines
from tests.scanner.readers.made_files import W, p, word, zipped
from tests.scanner.readers.made_office import (
    native,
    ods_with,
    packaged,
    rels,
    rtf_object,
    workbook_stream,
    xls,
    xlsx,
)
from tests.scanner.readers.made_ole import ole

TEXT = "Căn cứ tình hình thực tế."
SHEET = xlsx({"A1": "Danh sách thành viên", "A2": "Trần Thị Thuỷ"})


def read(data: bytes, limits: Limits | None = None) -> Content:
    result = read_bytes(data, limits or Limits())
    assert isinstance(result, Content), result
    return result


def with_parts(document: bytes, **parts: str | bytes) -> bytes:
    """A .docx with further members (``/`` as ``__``)."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(files | {name.replace("__", "/"): content for name, content in parts.items()})


def test_comment_in_word_becomes_a_note_and_no_text() -> None:
    comments = f'<w:comments xmlns:w="{W}"><w:comment>{p("Sửa lại")}{p("ngày")}</w:comment></w:comments>'
    content = read(with_parts(word(p(TEXT)), **{"word__comments.xml": comments}))
    assert content.pages[0].text == TEXT
    assert any("“Sửa lại ngày”" in note for note in content.notes)


@pytest.mark.parametrize(
    "stored",
    [
        {"word__embeddings__Bang_tinh.xlsx": SHEET},
        {"word__embeddings__oleObject1.bin": ole({"Package": SHEET})},
        {"word__embeddings__oleObject1.bin": ole({"\x01Ole10Native": native("ds.xlsx", SHEET)})},
        {"word__embeddings__oleObject1.bin": ole({"Workbook": workbook_stream("Trần Thị Thuỷ")})},
    ],
)
def test_sheet_embedded_in_word_is_read_after_the_document(stored: dict[str, bytes]) -> None:
    content = read(with_parts(word(p(TEXT)), **stored))
    assert content.pages[0].text == TEXT
    assert content.pages[1].inner
    assert "Trần Thị Thuỷ" in content.pages[1].text


def test_word_file_that_only_holds_an_embedded_file_is_read() -> None:
    content = read(with_parts(word(p("")), **{"word__embeddings__a.xlsx": SHEET}))
    assert "Trần Thị Thuỷ" in content.pages[-1].text


def test_embedded_file_of_another_program_is_named_in_a_note() -> None:
    content = read(with_parts(word(p(TEXT)), **{"word__embeddings__oleObject1.bin": ole({"Contents": b"x"})}))
    assert [page.text for page in content.pages] == [TEXT]
    assert any("oleObject1.bin" in note and "nhúng" in note for note in content.notes)


def test_file_embedded_in_an_embedded_file_is_named_and_not_opened() -> None:
    inner = with_parts(word(p("Phụ lục")), **{"word__embeddings__a.xlsx": SHEET})
    content = read(with_parts(word(p(TEXT)), **{"word__embeddings__pl.docx": inner}))
    assert [page.text for page in content.pages] == [TEXT, "Phụ lục"]
    assert any("a.xlsx" in note for note in content.notes)


def test_formula_drawn_on_the_page_is_no_embedded_file() -> None:
    kind = b"\x0c\0\0\0Equation.3\0\0"
    told = bytes(28) + kind + b"\0\0\0\0" + kind
    content = read(with_parts(word(p(TEXT)), **{"word__embeddings__o.bin": ole({"\x01CompObj": told})}))
    assert content.notes == ()


def test_part_of_another_format_is_read_at_its_place() -> None:
    body = f'{p("Trước")}<w:altChunk r:id="aFChunk1"/>{p("Sau")}'
    document = with_parts(
        word(body),
        **{
            "word___rels__document.xml.rels": rels(aFChunk1="chen.html"),
            "word__chen.html": "<html><body><p>Điều 1. Thành lập mô hình</p></body></html>",
        },
    )
    assert read(document).pages[0].text.split("\n") == ["Trước", "Điều 1. Thành lập mô hình", "Sau"]


def test_part_of_another_format_that_takes_itself_in_ends() -> None:
    body = '<w:altChunk r:id="aFChunk1"/>' + p("Sau")
    inner = word(body)
    for _level in range(30):
        links = rels(aFChunk1="chen.docx")
        inner = with_parts(word(body), **{"word___rels__document.xml.rels": links, "word__chen.docx": inner})
    assert "Sau" in read(inner).pages[0].text


def test_cells_merged_from_top_to_bottom_are_read_once() -> None:
    first = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("Thôn 1") + "</w:tc>"
    more = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("Thôn 1") + "</w:tc>"
    cells = [f"<w:tc>{p(name)}</w:tc>" for name in ("An", "Bình", "Chi", "Dũng")]
    rows = "".join(f"<w:tr>{first if not at else more}{cell}</w:tr>" for at, cell in enumerate(cells))
    text = read(word(f"<w:tbl><w:tblPr/>{rows}</w:tbl>")).pages[0].text
    assert text.split("\n") == ["Thôn 1\tAn", "\tBình", "\tChi", "\tDũng"]


def test_halves_of_a_head_stand_side_by_side_as_on_paper() -> None:
    left = p("UBND XÃ A") + p("CÔNG AN XÃ") + p("Số: 01/BC") + p("V/v sơ kết")
    right = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc") + p("A, ngày 1/2/2023")
    gap = f"<w:tc>{p('')}</w:tc>"
    row = f"<w:tr><w:tc>{left}</w:tc>{gap}<w:tc>{right}</w:tc></w:tr>"
    assert read(word(f"<w:tbl><w:tblPr/>{row}</w:tbl>")).pages[0].text.split("\n") == [
        "UBND XÃ A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CÔNG AN XÃ\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 01/BC\tA, ngày 1/2/2023",
        "V/v sơ kết",
    ]


def test_headers_boxes_and_comments_of_a_sheet() -> None:
    drawing = (
        '<d:wsDr xmlns:d="x" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<d:txBody><a:p><a:r><a:t>Người lập biểu</a:t></a:r></a:p></d:txBody></d:wsDr>"
    )
    comments = (
        "<comments><commentList><comment><text><t>Kiểm tra lại</t></text></comment></commentList></comments>"
    )
    after = (
        '<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12MẬT&amp;RTrang &amp;P</oddHeader>'
        "<oddFooter>&amp;CPhụ lục &amp;&amp; biểu</oddFooter></headerFooter>"
    )
    content = read(
        xlsx(
            {"A1": "Thu", "B1": "Chi"},
            after,
            **{
                "xl__worksheets___rels__sheet1.xml.rels": rels(drawing="../drawings/drawing1.xml"),
                "xl__drawings__drawing1.xml": drawing,
                "xl__comments1.xml": comments,
            },
        )
    )
    lines = content.pages[0].text.split("\n")
    assert lines == ["MẬT", "Thu chi", "Thu\tChi", "Người lập biểu", "Phụ lục & biểu"]
    assert any("“Kiểm tra lại”" in note for note in content.notes)


def test_sheet_that_holds_only_a_text_box_is_read() -> None:
    drawing = "<d><txBody xmlns='a'><p><t>Kế hoạch quý III</t></p></txBody></d>"
    links = rels(drawing="../drawings/drawing1.xml")
    parts = {"xl__worksheets___rels__sheet1.xml.rels": links, "xl__drawings__drawing1.xml": drawing}
    assert read(xlsx({}, **parts)).pages[0].text == "Kế hoạch quý III"


def test_headers_boxes_and_comments_of_an_old_sheet() -> None:
    stream = workbook_stream("Thu", header="&LMẬT&RTrang &P", box="Người lập biểu", remark="Kiểm tra lại")
    content = read(xls(stream))
    assert content.pages[0].text.split("\n") == ["MẬT", "Thu chi", "Thu", "Người lập biểu"]
    assert any("“Kiểm tra lại”" in note for note in content.notes)


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "workbook"])
def test_old_workbook_is_known_however_its_stream_is_spelt(name: str) -> None:
    assert "Danh sách" in read(xls(workbook_stream("Danh sách"), name)).pages[0].text


def test_workbook_that_embeds_a_word_file_is_a_workbook() -> None:
    data = xls(workbook_stream("Danh sách"), **{"MBD0001/WordDocument": bytes(5000)})
    content = read(data)
    assert content.format == "xls"
    assert any("nhúng" in note for note in content.notes)


def test_locked_old_workbook_has_a_password_and_is_not_damaged() -> None:
    result = read_bytes(xls(workbook_stream("Danh sách", locked=True)), Limits())
    assert isinstance(result, Unread)
    assert result.reason is UnreadReason.ENCRYPTED


@pytest.mark.parametrize(("password", "opens"), [("VelvetSweatshop", True), ("mat-khau", False)])
def test_sheet_locked_by_excels_own_password_opens_and_no_other(password: str, opens: bool) -> None:
    ooxml = pytest.importorskip("msoffcrypto.format.ooxml")
    sheet = xlsx({"A1": "Danh sách"}, xl__media__a=random.Random(1).randbytes(20_000))
    locked = io.BytesIO()
    ooxml.OOXMLFile(io.BytesIO(sheet)).encrypt(password, locked)
    result = read_bytes(locked.getvalue(), Limits())
    if opens:
        assert isinstance(result, Content)
        assert "Danh sách" in result.pages[0].text
    else:
        assert isinstance(result, Unread)
        assert result.reason is UnreadReason.ENCRYPTED


def test_sheet_with_a_far_cell_is_refused_with_the_reason() -> None:
    result = read_bytes(xlsx({"A1": "Thu", "XFD1048576": "x"}), Limits())
    assert isinstance(result, Unread)
    assert result.reason is UnreadReason.TOO_LARGE
    assert "Thu chi" in result.detail


def test_open_document_sheet_with_a_far_cell_is_refused_with_the_reason() -> None:
    result = read_bytes(ods_with(far="1000000"), Limits())
    assert isinstance(result, Unread)
    assert result.reason is UnreadReason.TOO_LARGE
    assert "Thu chi" in result.detail
    assert "Gần" in read(ods_with(far="10")).pages[0].text


def test_comment_in_rtf_becomes_a_note_and_its_objects_are_read() -> None:
    body = (
        r"{\rtf1\ansi Quyet dinh{\*\annotation Sua lai}"
        + rtf_object("Package", packaged("a.xlsx", SHEET))
        + "}"
    )
    content = read(body.encode())
    assert content.pages[0].text == "Quyet dinh"
    assert "Trần Thị Thuỷ" in content.pages[1].text
    assert any("“Sua lai”" in note for note in content.notes)


def test_star_that_begins_no_group_hides_nothing() -> None:
    assert read(rb"{\rtf1\ansi\*\khong Mo hinh camera}").pages[0].text == "Mo hinh camera"


def test_object_of_rtf_that_is_no_number_is_left_out() -> None:
    assert read(rb"{\rtf1 Mo hinh{\object{\*\objdata zz01}}}").pages[0].text == "Mo hinh"


def test_every_mail_of_a_mailbox_is_read() -> None:
    mail = "From a@b Thu Jan  1 00:00:00 2023\nFrom: a@b\nSubject: {}\nMIME-Version: 1.0\n\n{}\n\n"
    box = mail.format("Một", "Kế hoạch") + mail.format("Hai", ">From nay về sau")
    content = read(box.encode())
    assert content.format == "mbox"
    assert [page.inner for page in content.pages] == ["1 Một.eml", "2 Hai.eml"]
    assert content.pages[1].text.endswith("\nFrom nay về sau")


def test_letter_that_begins_with_from_is_text() -> None:
    assert read(b"From now on\nnothing\n").format == "txt"


@pytest.mark.parametrize(
    "before",
    ["<!-- giấy phép -->\n", "<!-- a --><!-- b -->", '<?xml version="1.0"?><!--' + "x" * 9000 + "-->"],
)
def test_web_page_that_begins_with_a_comment_is_one(before: str) -> None:
    content = read(f"{before}<html><body><p>Kế hoạch</p></body></html>".encode())
    assert (content.format, content.pages[0].text) == ("html", "Kế hoạch")


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("&CTrang &P/&N&RBiểu &A", ["Biểu"]),
        ('&L&G&C&"Times New Roman,Bold"&14CÔNG AN XÃ&R&D', ["CÔNG AN XÃ"]),
        ("&KFF0000MẬT\n&8Bản số 1", ["MẬT", "Bản số 1"]),
        ("&", []),
        ("", []),
    ],
)
def test_codes_of_page_headers_are_no_text(code: str, lines: list[str]) -> None:
    assert header_lines(code) == lines


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=200_000))
def test_stream_put_into_a_container_comes_back(stream: bytes) -> None:
    with open_ole(container("Workbook", stream)) as opened:
        assert opened.openstream("Workbook").read().rstrip(b"\0") == stream.rstrip(b"\0")


def test_container_that_claims_huge_tables_is_refused() -> None:
    data = bytearray(ole({"WordDocument": bytes(5000)}))
    data[44:48] = (1 << 30).to_bytes(4, "little")
    with pytest.raises(OSError, match="OLE"):
        open_ole(bytes(data))


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: b"<html><body><pre>a" + b" " * n + b"b</pre></body></html>",
        lambda n: (
            b"From: a@b\nMIME-Version: 1.0\nContent-Type: text/plain; " + b"a*0=b;" * (n // 6) + b"\n\nA"
        ),
        lambda n: b"From: a@b\nMIME-Version: 1.0\nTo: " + b"a@b, " * (n // 5) + b"\n\nA",
        lambda n: b"From: a@b\nMIME-Version: 1.0\nSubject: " + b"=?utf-8?q?a?= " * (n // 14) + b"\n\nA",
        lambda n: b"{\\rtf1 A" + b"\\upr" * (n // 4) + b"}",
        lambda n: xlsx({"A1": "A"}, "<row " * (n // 5)),
    ],
)
def test_time_does_not_grow_with_the_square_of_the_size(shape: Callable[[int], bytes]) -> None:
    began = time.process_time()
    assert isinstance(read_bytes(shape(1_000_000), Limits()), Content | Unread)
    assert time.process_time() - began < 5
