"""A stamp that people see beside a document's text, typed, drawn or named; and what looks like one."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest
import xlsxwriter
from made_files import p, word, zipped

from dossier.model import Content
from dossier.scanner.readers import read_bytes
from dossier.scanner.readers.interface import Limits
from dossier.scanner.readers.pdf_stamps import alternative_texts
from dossier.scanner.recognise import recognise, secrecy

HEAD = "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nSố: 12/QĐ-UBND"
BODY = "QUYẾT ĐỊNH\nVề việc thành lập mô hình camera an ninh\n" + "Các đơn vị thi hành quyết định này.\n" * 12
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def level(data: bytes) -> str | None:
    content = read_bytes(data, Limits(ocr=False))
    assert isinstance(content, Content), content
    return secrecy.level(content.pages, recognise(content))


def plain(said: str) -> bytes:
    return f"{HEAD}\n{said}\n{BODY}".encode()


def docx(middle: str = "", **parts: str) -> bytes:
    return word("".join(map(p, HEAD.split("\n"))) + middle + "".join(map(p, BODY.split("\n"))), **parts)


def art(said: str) -> str:
    return f'<w:p><w:r><w:pict><v:shape><v:textpath string="{said}"/></v:shape></w:pict></w:r></w:p>'


def with_part(name: str, said: str) -> bytes:
    drawn = f'<root xmlns:a="{DRAWING}"><a:p><a:r><a:t>{said}</a:t></a:r></a:p></root>'
    parts: dict[str, str | bytes] = {f"word/{name}": drawn}
    with zipfile.ZipFile(io.BytesIO(docx())) as packed:
        parts |= {each: packed.read(each) for each in packed.namelist()}
    return zipped(parts)


def html(said: str) -> bytes:
    return f"<html><body><p>{HEAD}</p>{said}<p>{BODY}</p></body></html>".encode()


def mail(name: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Kế hoạch"
    message.set_content(f"{HEAD}\n{BODY}")
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def sheet(comment: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write("A1", "Danh sách thành viên mô hình camera an ninh")
        page.write_comment("A1", comment)
    return out.getvalue()


WAYS = {
    "word art": lambda said: docx(art(said)),
    "word art behind the text": lambda said: docx(header1=art(said)),
    "comment": lambda said: docx(comments=f"<w:comment>{p(said)}</w:comment>"),
    "chart": lambda said: with_part("charts/chart1.xml", said),
    "diagram": lambda said: with_part("diagrams/data1.xml", said),
    "drawing in a page": lambda said: html(f"<svg><text x='3'>{said}</text></svg>"),
    "page in a page": lambda said: html(f"<iframe srcdoc='&lt;p&gt;{said}&lt;/p&gt;'></iframe>"),
    "field in a page": lambda said: html(f'<input size=9 value="{said}">'),
    "text for a picture": lambda said: html(f"<img src=x.png alt='{said}'>"),
    "style sheet": lambda said: html(f"<style>p::before {{ content: '{said}' }}</style>"),
    "name of an attachment": lambda said: mail(f"{said}.bin"),
    "name in a zip file": lambda said: zipped({f"{said}/a.txt": f"{HEAD}\n{BODY}"}),
    "comment on a cell": sheet,
}


@pytest.mark.parametrize("way", WAYS)
def test_stamp_beside_the_text_is_seen(way: str) -> None:
    assert level(WAYS[way]("TỐI MẬT")) == "toi-mat"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("said", ["Mất", "BẢO MẬT THÔNG TIN", "Đã mất bản chính"])
def test_what_is_no_stamp_is_none_there_either(way: str, said: str) -> None:
    assert level(WAYS[way](said)) is None


def test_letters_one_below_the_other_are_a_stamp() -> None:
    assert level(plain("M\nẬ\nT")) == "mat"


def test_letters_turned_round_by_a_mark_are_read_as_shown() -> None:
    assert level(plain("\u202eTẬM IỐT\u202c")) == "toi-mat"


def test_other_letters_one_below_the_other_are_none() -> None:
    assert level(plain("A\nB\nC\nD")) is None


LABELLED = (
    "Dấu MẬT", "Ảnh con dấu TUYỆT MẬT màu đỏ", "Biểu MẬT", "Biểu 01-MẬT", "Phụ lục TUYỆT MẬT",
    "Kế hoạch (MẬT)", "Báo cáo [TỐI MẬT]", "Kế hoạch_MẬT_2024", "Dấu: MẬT",
)  # fmt: skip
OTHER_LABELS = (
    "Sơ đồ bảo mật", "BẢO MẬT", "DÂN SỐ - MẬT ĐỘ", "Mật khẩu", "MẬT KHẨU wifi", "Chế độ MẬT",
    "Giá MẬT ong 2024", "MẬT độ dân cư", "Danh mục bí mật", "Cửa MẶT tiền", "HỘ NUÔI ONG LẤY MẬT",
)  # fmt: skip


@pytest.mark.parametrize("said", LABELLED)
@pytest.mark.parametrize(
    "way", ["text for a picture", "name of an attachment", "name in a zip file", "comment"]
)
def test_stamp_by_which_a_short_label_calls_something_is_seen(way: str, said: str) -> None:
    assert level(WAYS[way](said)) in ("mat", "toi-mat", "tuyet-mat")


@pytest.mark.parametrize("said", OTHER_LABELS)
@pytest.mark.parametrize("way", ["text for a picture", "name of an attachment"])
def test_label_with_another_word_is_none(way: str, said: str) -> None:
    assert level(WAYS[way](said)) is None


@pytest.mark.parametrize("said", [
    b"(\xfe\xff\x00D\x1e\xa5\x00u\x00 \x00M\x1e\xac\x00T)", b"<FEFF00441EA500750020004D1EAC0054>",
    b"(\xef\xbb\xbfD\xe1\xba\xa5u M\xe1\xba\xacT)", b"(\\376\\377\\000M\\036\\254\\000T)",
])  # fmt: skip
def test_what_a_figure_of_a_pdf_is_called_is_seen(said: bytes) -> None:
    assert "MẬT" in alternative_texts(b"<< /S /Figure /Alt " + said + b" >>")


@pytest.mark.parametrize(
    "data", [b"/Alt (", b"/Alt <4>", b"/Alt ()", b"/Alt (" + b"\\" * 5000, b"/Alt <" + b"4" * 5000]
)
def test_what_is_no_string_there_is_nothing(data: bytes) -> None:
    assert alternative_texts(data) == ()


def test_category_that_is_a_level_alone_is_one_in_any_letters() -> None:
    core = "<c:coreProperties xmlns:c='x'><c:category>Tối mật</c:category></c:coreProperties>"
    with zipfile.ZipFile(io.BytesIO(docx())) as packed:
        parts: dict[str, str | bytes] = {each: packed.read(each) for each in packed.namelist()}
    assert level(zipped(parts | {"docProps/core.xml": core})) == "toi-mat"
    other = core.replace("Tối mật", "Bảo mật")
    assert level(zipped(parts | {"docProps/core.xml": other})) is None


def test_box_of_text_in_rtf_is_no_part_of_the_line_around_it() -> None:
    box = r"{\shp{\*\shpinst{\shptxt\pard M\u7852?T}}}"
    assert level((r"{\rtf1\ansi Ke hoach khao sat dia ban " + box + " khu pho ba nam nay}").encode()) == "mat"
