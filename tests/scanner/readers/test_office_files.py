"""Files that LibreOffice wrote (tests/data/make_office_files.py): every word comes back."""

from __future__ import annotations

import io
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import antiword, libreoffice
from dossier.scanner._exec.program import ProgramError, run_alone
from dossier.scanner.readers import Limits, ReadError, read_bytes
from dossier.scanner.readers.doc import DocReader, around, by_libreoffice
from dossier.scanner.readers.doc_stories import Stories, stories
from dossier.scanner.readers.sheets import SheetReader
from dossier.vietnamese import nfc
from tests.scanner.readers.made_ole import ole

pytestmark = pytest.mark.slow  # LibreOffice

DATA = Path(__file__).parents[2] / "data"
PAGE_HEADER = "Hồ sơ mô hình Camera an ninh"


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", nfc(text)))


def read(name: str) -> Content:
    result = read_bytes((DATA / name).read_bytes(), Limits())
    assert isinstance(result, Content), result
    return result


def text_of(content: Content) -> str:
    return "\f".join(page.text for page in content.pages)


def known() -> str:
    return (DATA / "quyet-dinh.txt").read_text("utf-8")


def need(program: str | None, name: str) -> None:
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} must be installed in CI")
        pytest.skip(f"{name} is not installed")


@contextmanager
def without_programs(monkeypatch: pytest.MonkeyPatch, folder: Path, *kept: str) -> Iterator[None]:
    """A search path that holds only the programs named."""
    for path in kept:
        (folder / Path(path).name).symlink_to(path)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(folder))
        yield


@pytest.mark.parametrize("name", ["quyet-dinh.rtf", "quyet-dinh.odt", "quyet-dinh.html"])
def test_every_word_of_a_document_comes_back_once(name: str) -> None:
    assert words(text_of(read(name))) == words(known())


def test_every_word_of_an_old_word_file_comes_back_the_page_header_first() -> None:
    need(antiword.available(), "antiword")
    text = text_of(read("quyet-dinh.doc"))
    assert words(text) == words(known())
    assert text.split("\n")[0] == PAGE_HEADER


def test_every_word_of_an_old_word_file_comes_back_without_any_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with without_programs(monkeypatch, tmp_path):
        assert words(text_of(read("quyet-dinh.doc"))) == words(known())


def test_every_word_comes_back_from_libreoffice() -> None:
    program = libreoffice.available()
    need(program, "LibreOffice")
    assert program
    content = by_libreoffice(program, (DATA / "quyet-dinh.doc").read_bytes(), Limits())
    assert content.format == "doc"
    assert words(text_of(content)) == words(known())


def test_damaged_old_word_file_is_not_shown_by_libreoffice_as_the_text_its_bytes_spell() -> None:
    program = libreoffice.available()
    need(program, "LibreOffice")
    assert program
    with pytest.raises(ReadError) as error:
        by_libreoffice(program, (DATA / "quyet-dinh.doc").read_bytes()[:9000], Limits())
    assert error.value.unread.reason is UnreadReason.CORRUPT


BODY = "QUYẾT ĐỊNH\nvề việc lập mô hình"


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (Stories("", "", "", "", "", ""), BODY),
        (Stories("", "Hồ sơ mật", "Lưu hành nội bộ", "", "", ""), f"Hồ sơ mật\n{BODY}\nLưu hành nội bộ"),
        (Stories("", "", "", "", "", "DỰ THẢO"), f"DỰ THẢO\n{BODY}"),  # a box as small as a stamp
        (Stories("", "", "", "", "", "Nội dung " * 20), f"{BODY}\n{'Nội dung ' * 20}"),
        (Stories("", "", "", "1. Xem phụ lục", "", "lập mô hình"), f"{BODY}\n1. Xem phụ lục"),  # twice
        (Stories("", "", "", "", "Sửa lại câu này", ""), BODY),  # a comment is no part of the paper
    ],
)
def test_what_stands_beside_the_body_is_put_where_a_person_reads_it(beside: Stories, expected: str) -> None:
    assert around(BODY, beside) == expected


def test_lines_that_an_author_broke_within_a_paragraph_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antiword, "available", lambda: "antiword")
    monkeypatch.setattr(antiword, "blocks", lambda *_args: ["ĐIỀU LỆ (SỬA ĐỔI)HIỆP HỘI XÃ A"])
    found = Stories("", "", "", "", "", "", broken=("ĐIỀU LỆ (SỬA ĐỔI)\nHIỆP HỘI XÃ A",))
    content = DocReader()._by_programs(b"", found, Limits(), "")
    assert content.pages[0].text == "ĐIỀU LỆ (SỬA ĐỔI)\nHIỆP HỘI XÃ A"


def test_nothing_in_a_document_is_run_or_fetched_by_libreoffice() -> None:
    written = ElementTree.fromstring(libreoffice.settings())
    names = {prop.get("{http://openoffice.org/2001/registry}name") for prop in written.iter("prop")}
    assert names >= {"DisableMacrosExecution", "BlockUntrustedRefererLinks", "DisableActiveContent", "Link"}


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are told by /proc")
def test_program_that_takes_too_long_ends_with_those_it_started(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with pytest.raises(ProgramError):
        run_alone(["sh", "-c", f"sleep 600 & echo $! > {told}; wait"], 2.0, dict(os.environ))
    started = Path(f"/proc/{told.read_text().strip()}/exe")
    deadline = time.monotonic() + 30
    while started.exists() and time.monotonic() < deadline:  # killed, and gone when the kernel gets to it
        time.sleep(0.02)
    assert not started.exists()


def test_title_in_the_properties_of_an_old_word_file_is_no_text() -> None:
    need(antiword.available(), "antiword")
    (block,) = antiword.parsed(b"<book><title>UBND T\xc3\xa1</title><chapter><para>A</para></chapter></book>")
    assert block == "A"


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 255)), max_size=40))
def test_stories_of_a_bent_old_word_file_never_raise(flips: list[tuple[int, int]]) -> None:
    import olefile

    data = (DATA / "quyet-dinh.doc").read_bytes()
    with olefile.OleFileIO(data) as opened:
        streams = {path: opened.openstream(path).read() for path in ("WordDocument", "1Table")}
    for at, value in flips:
        stream = bytearray(streams["1Table" if at % 2 else "WordDocument"])
        stream[at % min(len(stream), 2000)] = value
        streams["1Table" if at % 2 else "WordDocument"] = bytes(stream)
    with olefile.OleFileIO(ole(streams)) as bent:
        found = stories(bent)
    assert found is None or isinstance(found.main, str)


@pytest.mark.parametrize("name", ["quyet-dinh.rtf", "quyet-dinh.odt", "quyet-dinh.html", "quyet-dinh.doc"])
def test_halves_of_the_head_are_read_side_by_side(name: str) -> None:
    if name.endswith("doc"):
        need(antiword.available(), "antiword")
    lines = text_of(read(name)).split("\n")
    at = lines.index("ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert lines[at + 1].startswith("XÃ HÀM THẮNG\tĐộc lập")
    assert lines[at + 2] == "Số: 12/QĐ-UBND\tHàm Thắng, ngày 05 tháng 3 năm 2023"


@pytest.mark.parametrize("name", ["quyet-dinh.rtf", "quyet-dinh.odt", "quyet-dinh.html", "quyet-dinh.doc"])
def test_table_of_data_is_read_by_row(name: str) -> None:
    if name.endswith("doc"):
        need(antiword.available(), "antiword")
    assert "2\tTrần Thị Thuỷ\tChi hội trưởng Phụ nữ\tPhó Trưởng mô hình" in text_of(read(name)).split("\n")


@pytest.mark.parametrize("name", ["quyet-dinh.rtf", "quyet-dinh.odt", "quyet-dinh.html"])
def test_page_begins_where_the_author_broke_it(name: str) -> None:
    pages = read(name).pages
    assert [page.number for page in pages] == [1, 2]
    assert pages[1].text.startswith("Nơi nhận:")


@pytest.mark.parametrize("name", ["danh-sach.xlsx", "danh-sach.xls", "danh-sach.ods"])
def test_sheets_are_pages_with_their_name_and_dates_as_people_write_them(name: str) -> None:
    content = read(name)
    assert content.format == name[-len(content.format) :]
    assert content.pages[0].text.split("\n")[0] == "Thành viên"
    assert content.pages[1].text.split("\n") == [
        "Hoạt động",
        "Ngày\tNội dung\tKinh phí\tĐạt",
        "05/03/2023\tHọp Ban Chỉ đạo\t1500000\t0,5",
        "31/12/2024\tTổng kết năm\t2000000\t12,25",
    ]


def test_cells_of_a_head_broken_into_lines_are_two_columns() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["UBND XÃ A\nTHÔN B\nSố: 1/KH", None, "CỘNG HÒA\nĐộc lập"])
    sheet.append([1, "Tuần tra\nban đêm"])
    out = io.BytesIO()
    book.save(out)
    lines = SheetReader("xlsx").read(out.getvalue(), Limits()).pages[0].text.split("\n")
    assert lines[-4:] == ["UBND XÃ A\t\tCỘNG HÒA", "THÔN B\t\tĐộc lập", "Số: 1/KH", "1\tTuần tra ban đêm"]


SLIDES = [
    "BÁO CÁO SƠ KẾT MÔ HÌNH\nCamera an ninh xã Hàm Thắng\nGhi chú: nhắc lại số liệu quý trước",
    "Lắp đặt 45 mắt camera tại các ngõ\nPhát hiện, xử lý 12 vụ việc; giữ vững an ninh trật tự\n"
    "Đặng Thị Thuỷ — Trưởng mô hình",
]


@pytest.mark.parametrize("name", ["trinh-chieu.ppt", "trinh-chieu.odp"])
def test_slides_are_pages_with_their_notes(name: str) -> None:
    if name.endswith("ppt"):
        need(libreoffice.converter(libreoffice.OLD_SLIDES), "LibreOffice Impress")
    content = read(name)
    assert (content.format, content.notes) == (name[-3:], ())
    assert [page.text for page in content.pages] == SLIDES


def test_tab_stops_of_slides_are_no_tabs() -> None:
    from lxml import etree

    from dossier.scanner.readers.pptx import _text

    body = etree.fromstring(
        '<a:txBody xmlns:a="urn:a"><a:p><a:pPr><a:tabLst><a:tab pos="0"/><a:tab pos="9"/></a:tabLst></a:pPr>'
        "<a:r><a:t>Số:</a:t></a:r><a:r><a:t>\t15</a:t></a:r></a:p></a:txBody>"
    )
    assert _text(body) == "Số:\t15"


def test_old_slides_without_libreoffice_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with without_programs(monkeypatch, tmp_path):
        result = read_bytes((DATA / "trinh-chieu.ppt").read_bytes(), Limits())
    assert isinstance(result, Unread)
    assert (result.reason, result.lacks) == (UnreadReason.UNSUPPORTED, ("libreoffice-impress",))
    assert "LibreOffice" in result.detail


def test_word_file_older_than_word_97_says_which_program_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    word_95 = bytes.fromhex("dca56800").ljust(4096, b"\0")
    with without_programs(monkeypatch, tmp_path):
        result = read_bytes(ole({"WordDocument": word_95}), Limits())
    assert isinstance(result, Unread)
    assert (result.reason, result.lacks) == (UnreadReason.UNSUPPORTED, ("antiword", "libreoffice-writer"))
    assert ("antiword" if antiword.install_command() else "LibreOffice") in result.detail  # what there is


def test_old_word_file_cut_short_is_read_or_explained() -> None:
    need(antiword.available(), "antiword")
    data = (DATA / "quyet-dinh.doc").read_bytes()
    for size in (600, 5000, 15000):
        result = read_bytes(data[:size], Limits())
        assert isinstance(result, Content) or result.detail


def test_old_word_file_with_a_password_says_so() -> None:
    import olefile

    data = (DATA / "quyet-dinh.doc").read_bytes()
    with olefile.OleFileIO(data) as ole:
        stream = ole.openstream("WordDocument").read(16)
    at = data.index(stream)
    locked = data[: at + 11] + bytes([data[at + 11] | 0x01]) + data[at + 12 :]
    result = read_bytes(locked, Limits())
    assert isinstance(result, Unread)
    assert result.reason is UnreadReason.ENCRYPTED
