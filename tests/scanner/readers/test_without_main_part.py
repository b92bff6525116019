"""A file that lost the part its text is in was not read, whatever else is left in it."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from docx import Document
from made_files import zipped
from PIL import Image, ImageDraw, ImageFont
from xlsxwriter import Workbook

from dossier.model import Content, Unread, UnreadReason
from dossier.scanner.readers import Limits, read_bytes

DATA = Path(__file__).parents[2] / "data"
TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"
LIMITS = Limits(ocr=True)


def without(package: bytes, *names: str) -> bytes:
    """The package without these members; a name that ends in ``/``: without the folder."""
    folders = tuple(name for name in names if name.endswith("/"))
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        return zipped(
            {
                name: packed.read(name)
                for name in packed.namelist()
                if name not in names and not (folders and name.startswith(folders))
            }
        )


@pytest.fixture(scope="module")
def docx() -> bytes:
    """A document with a picture in which there are words, too."""
    shown, picture, out = Image.new("RGB", (700, 200), "white"), io.BytesIO(), io.BytesIO()
    ImageDraw.Draw(shown).text(
        (10, 60), "BAO CAO KET QUA KHAO SAT", fill="black", font=ImageFont.load_default(40)
    )
    shown.save(picture, "PNG")
    document = Document()
    document.add_paragraph("Kế hoạch khảo sát")
    document.add_picture(picture)
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def xlsx() -> bytes:
    out = io.BytesIO()
    with Workbook(out) as book:
        book.add_worksheet().write(0, 0, "Sổ thu, chi quỹ")
    return out.getvalue()


def is_corrupt(data: bytes, format_: str) -> bool:
    result = read_bytes(data, LIMITS)
    assert isinstance(result, Unread), result
    assert "thiếu phần nội dung chính" in result.detail
    return (result.reason, result.format) == (UnreadReason.CORRUPT, format_)


@pytest.mark.parametrize(
    "lost",
    [
        ["word/document.xml"],
        ["word/document.xml", TYPES],
        ["word/document.xml", TYPES, RELATIONS],
        ["word/"],
        ["word/", TYPES],
    ],
)
def test_word_file_without_its_document_is_corrupt_though_pictures_are_left(
    docx: bytes, lost: list[str]
) -> None:
    assert is_corrupt(without(docx, *lost), "docx")


@pytest.mark.parametrize("lost", [[TYPES], [RELATIONS], [TYPES, RELATIONS]])
def test_word_file_that_lost_only_its_descriptions_is_read_by_its_text(docx: bytes, lost: list[str]) -> None:
    content = read_bytes(without(docx, *lost), LIMITS)
    assert isinstance(content, Content)
    assert (content.format, content.pages[0].text) == ("docx", "Kế hoạch khảo sát")


@pytest.mark.parametrize("lost", [["xl/workbook.xml"], ["xl/workbook.xml", TYPES], ["xl/"]])
def test_workbook_without_its_list_of_sheets_is_corrupt_not_empty(xlsx: bytes, lost: list[str]) -> None:
    assert is_corrupt(without(xlsx, *lost), "xlsx")


def test_presentation_without_any_slide_is_corrupt_not_empty() -> None:
    assert is_corrupt(zipped({TYPES: "<Types/>", "ppt/theme/theme1.xml": "<a/>"}), "pptx")


@pytest.mark.parametrize("name", ["quyet-dinh.odt", "danh-sach.ods", "trinh-chieu.odp"])
@pytest.mark.parametrize("lost", [["content.xml"], ["content.xml", "mimetype"]])
def test_open_document_without_its_content_is_corrupt_though_its_preview_is_left(
    name: str, lost: list[str]
) -> None:
    assert is_corrupt(without((DATA / name).read_bytes(), *lost), name.rpartition(".")[2])


def test_folders_that_a_person_named_so_stay_an_archive_of_files(docx: bytes, xlsx: bytes) -> None:
    content = read_bytes(zipped({"word/a.docx": docx, "xl/b.xlsx": xlsx}), LIMITS)
    assert isinstance(content, Content)
    assert [page.inner for page in content.pages] == ["word/a.docx", "xl/b.xlsx"]


def mail(*attached: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Gửi kế hoạch"
    message.set_content("Kính gửi đồng chí.")
    for text in attached:
        message.add_attachment(text, filename="a.txt")
    return message.as_bytes()


def test_mail_that_ends_before_its_parts_do_is_read_in_part() -> None:
    whole = mail("Kế hoạch khảo sát địa bàn\n" * 20)
    cut = read_bytes(whole[: whole.rindex(b"--==") - 10], LIMITS)
    read = read_bytes(whole, LIMITS)
    assert isinstance(cut, Content)
    assert isinstance(read, Content)
    assert sum("cắt cụt" in note for note in cut.notes) == 1
    assert read.notes == ()


def test_mail_of_which_only_the_headers_are_left_is_corrupt() -> None:
    whole = mail("Kế hoạch")
    cut = read_bytes(whole[: whole.index(b"\n\n") + 2], LIMITS)
    assert isinstance(cut, Unread)
    assert (cut.reason, "cắt cụt" in cut.detail) == (UnreadReason.CORRUPT, True)
