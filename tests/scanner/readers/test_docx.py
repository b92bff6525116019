"""Text of Word files in reading order."""

from __future__ import annotations

import io

import pytest
from made_files import GRID, p, table, word, zipped

from dossier.model import Content, UnreadReason
from dossier.scanner.readers import Limits, ReadError
from dossier.scanner.readers.docx import DocxReader


def read(data: bytes) -> Content:
    return DocxReader().read(data, Limits())


def text(data: bytes) -> str:
    return "\f".join(page.text for page in read(data).pages)


def refused(data: bytes) -> UnreadReason:
    with pytest.raises(ReadError) as error:
        read(data)
    return error.value.unread.reason


def test_two_column_head_is_read_cell_by_cell() -> None:
    head = table(
        (p("UBND XÃ HÀM THẮNG") + p("Số: 12/QĐ-UBND"), p("CỘNG HÒA") + p("Độc lập")),
    )
    assert text(word(head)) == "UBND XÃ HÀM THẮNG\nSố: 12/QĐ-UBND\nCỘNG HÒA\nĐộc lập"


def test_borderless_two_row_head_is_not_interleaved_on_one_line() -> None:
    head = table(("UBND XÃ", "CỘNG HÒA"), ("Số: 1/QĐ-UBND", "ngày 05 tháng 3 năm 2023"))
    assert text(word(head)).split("\n") == [
        "UBND XÃ",
        "CỘNG HÒA",
        "Số: 1/QĐ-UBND",
        "ngày 05 tháng 3 năm 2023",
    ]


def test_table_of_data_is_read_row_by_row_with_tabs() -> None:
    members = table(("STT", "Họ tên"), ("1", "Trần A"), ("2", p("Lê") + p("B")), borders=GRID)
    assert text(word(members)) == "STT\tHọ tên\n1\tTrần A\n2\tLê B"


def test_nested_table_is_read_where_it_stands() -> None:
    inner = table(("a", "b"), borders=GRID)
    outer = table((p("trước") + inner + p("sau"), "phải"))
    assert text(word(outer)) == "trước\na\tb\nsau\nphải"


def test_text_box_is_read_once() -> None:
    box = (
        "<w:p><w:r><w:t>Thân bài</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{p("Dấu đến")}</w:txbxContent>'
        "</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('Dấu đến')}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text(word(box)) == "Thân bài\nDấu đến"


def test_old_text_box_without_alternative_is_read() -> None:
    box = f"<v:textbox><w:txbxContent>{p('Khung')}</w:txbxContent></v:textbox>"
    assert text(word(f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>")) == "Khung"


def test_headers_come_first_and_footnotes_last() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    notes = f'<w:footnote w:type="separator">{p("---")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{p("Chú thích")}</w:footnote>'
    data = word(p("Thân") + section, footnotes=notes, header1=p("Đầu trang"), header2=p("Đầu trang cũ"))
    assert text(data) == "Đầu trang\nThân\nChú thích"


def test_page_number_field_of_a_header_is_left_out() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    section = '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    assert text(word(p("Thân") + section, header1=field)).strip() == "Thân"


@pytest.mark.parametrize(
    "between",
    [
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
        "<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>",
        "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>",
    ],
    ids=["break", "before", "section"],
)
def test_page_breaks_part_pages(between: str) -> None:
    pages = read(word(p("Một") + between + p("Hai") + "<w:sectPr/>")).pages
    assert [(page.number, page.text.strip()) for page in pages] == [(1, "Một"), (2, "Hai")]


def test_continuous_section_starts_no_page() -> None:
    body = p("Một") + "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" + p("Hai")
    assert len(read(word(body + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>')).pages) == 1


def test_tracked_deletions_are_skipped_and_insertions_kept() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = f"<w:p><w:del>{run.format('cũ')}</w:del><w:ins>{run.format('mới')}</w:ins></w:p>"
    assert text(word(body)) == "mới"


def test_hidden_text_is_skipped() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>hiện</w:t></w:r>'
    assert text(word(f"<w:p>{hidden}{shown}</w:p>")) == "hiện"


def test_capitals_by_style_are_capitals() -> None:
    shown = "<w:r><w:rPr><w:caps/></w:rPr><w:t>số: 12/qđ-ubnd</w:t></w:r>"
    plain = '<w:r><w:rPr><w:caps w:val="0"/></w:rPr><w:t> là số của xã</w:t></w:r>'
    assert text(word(f"<w:p>{shown}{plain}</w:p>")) == "SỐ: 12/QĐ-UBND là số của xã"


def test_tabs_breaks_links_and_content_controls() -> None:
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/></w:r>"
        "<w:hyperlink><w:r><w:t>c</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>"
    )
    assert text(word(body)) == "a\tb\nc"


def test_decomposed_letters_are_composed() -> None:
    assert text(word(p("Quye\u0302\u0301t đi\u0323nh"))) == "Quyết định"


def test_strict_variant_is_read() -> None:
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>Chữ</w:t></w:r></w:p></w:body></w:document>'
    assert text(zipped({"[Content_Types].xml": "<a/>", "word/document.xml": body})) == "Chữ"


def test_title_and_author_are_properties() -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Chữ")
    document.core_properties.title = "Quyết định"
    out = io.BytesIO()
    document.save(out)
    properties = read(out.getvalue()).properties
    assert properties["title"] == "Quyết định"
    assert properties["creator"] == "python-docx"


def test_zip_bomb_is_refused() -> None:
    bomb = zipped({"[Content_Types].xml": "<a/>", "word/document.xml": b"\0" * 100_000_000})
    assert refused(bomb) is UnreadReason.TOO_LARGE


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    data = zipped({"[Content_Types].xml": "<a/>", "word/document.xml": b"<w>" + b" " * 40_000_000})
    lie = data.replace((40_000_003).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert refused(lie) is UnreadReason.CORRUPT


def test_too_many_members_are_refused() -> None:
    many = zipped({"word/document.xml": "<a/>", **{f"word/{n}": "" for n in range(10_001)}})
    assert refused(many) is UnreadReason.TOO_LARGE


_ENTITY_BOMB = (
    '<!DOCTYPE w:document [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bomb_is_refused(encoding: str) -> None:
    bomb = zipped({"[Content_Types].xml": "<a/>", "word/document.xml": _ENTITY_BOMB.encode(encoding)})
    assert refused(bomb) is UnreadReason.CORRUPT


def test_external_entity_is_not_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("bí mật")
    attack = _ENTITY_BOMB.replace('b "&a;&a;&a;&a;&a;&a;"', f'b SYSTEM "{secret.as_uri()}"')
    data = zipped({"[Content_Types].xml": "<a/>", "word/document.xml": attack})
    with pytest.raises(ReadError) as error:
        read(data)
    assert "bí mật" not in error.value.unread.detail


def test_deeply_nested_xml_is_refused_not_fatal() -> None:
    body = "<w:sdt><w:sdtContent>" * 2000 + p("x") + "</w:sdtContent></w:sdt>" * 2000
    assert refused(word(body)) is UnreadReason.CORRUPT


def test_word_file_without_text_is_empty() -> None:
    assert refused(word("<w:p/>")) is UnreadReason.EMPTY


def test_word_file_of_images_only_is_unsupported() -> None:
    data = zipped(
        {
            "[Content_Types].xml": "<a/>",
            "word/document.xml": "<a/>",
            "word/media/image1.png": b"\x89PNG",
        }
    )
    assert refused(data) is UnreadReason.UNSUPPORTED
