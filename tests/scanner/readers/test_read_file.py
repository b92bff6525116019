"""From a path to text or a reason: formats by content, bad files, no exceptions."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import p, table, word

from dossier import plain_file
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner.readers import FileReading, Limits, read_bytes, read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LIMITS = Limits(ocr=False)


def unread(path: Path | str | bytes, limits: Limits = LIMITS) -> Unread:
    result = read_file(path if isinstance(path, bytes) else str(path), limits).result
    assert isinstance(result, Unread)
    return result


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_hash_and_size_are_those_of_the_bytes(tmp_path: Path) -> None:
    data = "Chữ".encode()
    reading = read_file(str(put(tmp_path, "a.txt", data)), LIMITS)
    assert (reading.sha256, reading.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_expected_content_is_not_parsed_again(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"abc").hexdigest()
    reading = read_file(str(put(tmp_path, "a.txt", b"abc")), LIMITS, expected=(digest,))
    assert reading == FileReading(digest, 3, None)


def test_path_may_be_bytes_of_no_encoding(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\n.txt"
    Path(os.fsdecode(path)).write_text("Chữ")
    assert isinstance(read_file(path, LIMITS).result, Content)


def test_empty_file(tmp_path: Path) -> None:
    assert unread(put(tmp_path, "a.pdf", b"")).reason is UnreadReason.EMPTY


def test_vanished_file_says_so(tmp_path: Path) -> None:
    gone = unread(tmp_path / "gone.pdf")
    assert gone.reason is UnreadReason.CORRUPT
    assert "không còn ở đó" in gone.detail


def test_no_permission_says_so(unprivileged: Path) -> None:
    path = put(unprivileged, "a.txt", b"abc")
    path.chmod(0)
    assert "Không có quyền đọc" in unread(path).detail


def test_folder_and_pipe_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert unread(tmp_path).reason is UnreadReason.CORRUPT
    assert unread(tmp_path / "pipe").reason is UnreadReason.CORRUPT


def test_file_over_the_limit_is_hashed_but_not_read(tmp_path: Path) -> None:
    data = b"x" * 3_000_000
    reading = read_file(str(put(tmp_path, "a.txt", data)), Limits(max_bytes=1_000_000))
    assert isinstance(reading.result, Unread)
    assert reading.result.reason is UnreadReason.TOO_LARGE
    assert (reading.sha256, reading.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_word_file_called_pdf_is_read_as_word(tmp_path: Path) -> None:
    result = read_file(str(put(tmp_path, "a.pdf", word(p("Chữ")))), LIMITS).result
    assert isinstance(result, Content)
    assert result.format == "docx"


def test_pdf_called_docx_is_read_as_pdf(tmp_path: Path, pdf: Callable[..., bytes]) -> None:
    result = read_file(str(put(tmp_path, "a.docx", pdf("Một trang có chữ đủ dài"))), LIMITS).result
    assert isinstance(result, Content)
    assert result.format == "pdf"


def test_zip_bomb_called_docx(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(1000):
                member.write(bytes(1_000_000))
    assert path.stat().st_size < 2_000_000
    assert unread(path).reason is UnreadReason.TOO_LARGE


def test_word_file_with_a_password() -> None:
    result = read_bytes(OLE + "EncryptedPackage".encode("utf-16-le"), LIMITS)
    assert isinstance(result, Unread)
    assert result.reason is UnreadReason.ENCRYPTED


@pytest.mark.parametrize(
    ("data", "format_", "advice"),
    [
        (b"\x1f\x8b\x08" + bytes(50), "gzip", "giải nén"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_formats_are_named_with_advice(data: bytes, format_: str, advice: str) -> None:
    result = read_bytes(data, LIMITS)
    assert isinstance(result, Unread)
    assert (result.reason, result.format) == (UnreadReason.UNSUPPORTED, format_)
    assert advice in result.detail


_DOCX = word(p("Quyết định") + table(("a", "b")))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", OLE[:8], b"\xff\xfe"]))
def test_random_bytes_never_raise(data: bytes, magic: bytes) -> None:
    assert isinstance(read_bytes(magic + data, LIMITS), Content | Unread)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(_DOCX)),
    st.lists(st.tuples(st.integers(0, len(_DOCX) - 1), st.integers(0, 255)), max_size=4),
)
def test_damaged_word_files_never_raise(end: int, flips: list[tuple[int, int]]) -> None:
    assert isinstance(read_bytes(_damage(_DOCX, end, flips), LIMITS), Content | Unread)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_pdf_files_never_raise(pdf: Callable[..., bytes], data: st.DataObject) -> None:
    good = _good_pdf(pdf)
    end = data.draw(st.integers(0, len(good)))
    flips = data.draw(st.lists(st.tuples(st.integers(0, len(good) - 1), st.integers(0, 255)), max_size=6))
    assert isinstance(read_bytes(_damage(good, end, flips), LIMITS), Content | Unread)


_made: list[bytes] = []


def _good_pdf(pdf: Callable[..., bytes]) -> bytes:
    if not _made:
        _made.append(pdf("Quyết định thành lập mô hình"))
    return _made[0]


def _damage(data: bytes, end: int, flips: list[tuple[int, int]]) -> bytes:
    damaged = bytearray(data)
    for place, value in flips:
        damaged[place] ^= value
    return bytes(damaged[:end])


@pytest.mark.skipif(
    sys.platform == "win32", reason="how a share's server tells other systems; Windows in its own way"
)
@pytest.mark.parametrize("number", [errno.EBUSY, errno.ETXTBSY])
def test_a_file_that_a_program_lets_nobody_read_is_in_use_and_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_path: object) -> int:
        raise OSError(number, os.strerror(number))

    file = tmp_path / "dang mo.txt"
    file.write_text("Quyết định", "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("dossier.scanner.readers.open_plain", refuse)
        found = read_file(str(file), Limits())
    assert (found.sha256, found.size) == ("", 0)
    assert isinstance(found.result, Unread) and found.result.reason is UnreadReason.IN_USE
    assert "lần quét sau tự đọc" in found.result.detail
    assert isinstance(read_file(str(file), Limits()).result, Content)


@pytest.mark.parametrize(
    "data",
    [
        b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + bytes(56),
        b"[InternetShortcut]\r\nURL=https://congan.example/qd.pdf\r\n",
        b"\xef\xbb\xbf[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,2\r\n[InternetShortcut]\r\n",
        "[InternetShortcut]\r\nURL=file://may-chu/Hồ sơ/qd.docx\r\n".encode("utf-16"),
    ],
)
def test_a_shortcut_is_no_paper_and_the_paper_is_asked_for(tmp_path: Path, data: bytes) -> None:
    told = unread(put(tmp_path, "qd.docx.lnk", data))
    assert told.reason is UnreadReason.UNSUPPORTED and "lối tắt" in told.detail


def test_a_text_that_speaks_of_shortcuts_is_read(tmp_path: Path) -> None:
    text = "Hướng dẫn: dòng đầu của tệp là [InternetShortcut]".encode()
    assert isinstance(read_file(str(put(tmp_path, "a.txt", text)), LIMITS).result, Content)


@pytest.mark.parametrize("attributes", [0x1000, 0x400020, 0x501620])
def test_what_would_have_to_be_fetched_is_left_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attributes: int
) -> None:
    file = put(tmp_path, "a.txt", b"abc")
    status = file.stat()
    # What Windows adds to a file's status.
    told = {name: getattr(status, name) for name in dir(status) if name.startswith("st_")}
    of_windows = SimpleNamespace(**{**told, "st_file_attributes": attributes})
    system = SimpleNamespace(**vars(os)) if sys.platform != "win32" else os
    monkeypatch.setattr(system, "fstat", lambda _fd: of_windows)
    monkeypatch.setattr(plain_file, "os", system)
    found = unread(file)
    assert found.reason is UnreadReason.NOT_LOCAL and "OneDrive" in found.detail
