"""Files that LibreOffice wrote (tests/data/make_office_files.py): every word comes back."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import antiword, catdoc, libreoffice
from dossier.scanner.readers import Limits, ReadError, read_bytes
from dossier.scanner.readers.doc import by_libreoffice, with_headers
from dossier.scanner.readers.ppt_records import DamagedError, EncryptedError, every_text, slides
from dossier.vietnamese import nfc

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
    need(catdoc.available(), "catdoc")
    text = text_of(read("quyet-dinh.doc"))
    assert words(text) == words(known())
    assert text.split("\n")[0] == PAGE_HEADER


def test_every_word_but_the_page_header_comes_back_from_antiword_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = antiword.available()
    need(program, "antiword")
    with without_programs(monkeypatch, tmp_path, str(program)):
        assert words(text_of(read("quyet-dinh.doc"))) == words(known()) - words(PAGE_HEADER)


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


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ("Quyết định\nvề việc lập mô hình\n", "Quyết định\nvề việc lập mô hình"),
        ("Quyết định\nvề việc lập mô hình\nMẬT", "MẬT\nQuyết định\nvề việc lập mô hình"),
        ("QuyÕt ®Þnh\nvÒ viÖc lËp m« h×nh", "Quyết định\nvề việc lập mô hình"),  # its letters are wrong
        ("", "Quyết định\nvề việc lập mô hình"),
    ],
)
def test_lines_that_only_the_whole_text_has_go_in_front_unless_the_two_differ(
    whole: str, expected: str
) -> None:
    assert with_headers("Quyết định\nvề việc lập mô hình", whole) == expected


def test_every_word_comes_back_from_catdoc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = catdoc.available()
    need(program, "catdoc")
    with without_programs(monkeypatch, tmp_path, str(program)):
        assert words(text_of(read("quyet-dinh.doc"))) == words(known())


@pytest.mark.parametrize("name", ["quyet-dinh.rtf", "quyet-dinh.odt", "quyet-dinh.html", "quyet-dinh.doc"])
def test_head_is_read_one_half_after_the_other(name: str) -> None:
    if name.endswith("doc"):
        need(antiword.available(), "antiword")
    lines = text_of(read(name)).split("\n")
    at = lines.index("XÃ HÀM THẮNG")
    assert lines[at + 1 : at + 3] == ["Số: 12/QĐ-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


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


SLIDES = [
    "BÁO CÁO SƠ KẾT MÔ HÌNH\nCamera an ninh xã Hàm Thắng\nGhi chú: nhắc lại số liệu quý trước",
    "Lắp đặt 45 mắt camera tại các ngõ\nPhát hiện, xử lý 12 vụ việc; giữ vững an ninh trật tự\n"
    "Đặng Thị Thuỷ — Trưởng mô hình",
]


@pytest.mark.parametrize("name", ["trinh-chieu.ppt", "trinh-chieu.odp"])
def test_slides_are_pages_with_their_notes(name: str) -> None:
    content = read(name)
    assert (content.format, content.notes) == (name[-3:], ())
    assert [page.text for page in content.pages] == SLIDES


def test_text_of_a_presentation_whose_structure_is_lost_is_read_and_said_to_be_so() -> None:
    import olefile

    data = (DATA / "trinh-chieu.ppt").read_bytes()
    with olefile.OleFileIO(data) as ole:
        user = ole.openstream("Current User").read()
    content = read_bytes(data.replace(user[:24], user[:16] + bytes(4) + user[20:24]), Limits())
    assert isinstance(content, Content)
    assert all(line in content.pages[0].text for page in SLIDES for line in page.split("\n"))
    assert "hỏng một phần" in content.notes[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=40))
def test_damaged_records_never_raise(flips: list[tuple[int, int]]) -> None:
    import olefile

    with olefile.OleFileIO((DATA / "trinh-chieu.ppt").read_bytes()) as ole:
        stream = bytearray(ole.openstream("PowerPoint Document").read())
        edit = int.from_bytes(ole.openstream("Current User").read()[16:20], "little")
    for at, value in flips:
        stream[-1 - at % len(stream)] = value
    with suppress(DamagedError, EncryptedError):
        assert all(isinstance(text, str) for text in slides(bytes(stream), edit))
    assert isinstance(every_text(bytes(stream)), str)


def test_old_word_file_without_a_program_says_which_one_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with without_programs(monkeypatch, tmp_path):
        result = read_bytes((DATA / "quyet-dinh.doc").read_bytes(), Limits())
    assert isinstance(result, Unread)
    assert (result.reason, result.lacks) == (UnreadReason.UNSUPPORTED, ("antiword", "libreoffice"))
    assert "antiword" in result.detail


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
