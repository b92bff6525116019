"""Files and names as only Windows has them. Runs there alone."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    pytest.skip("only for Windows", allow_module_level=True)

import ctypes

import font_roboto
from PIL import Image, ImageDraw, ImageFont

from dossier.archive import open_archive
from dossier.errors import UsageError
from dossier.model import UnreadReason
from dossier.plain_file import found_at, is_device, is_locked, open_beneath, open_plain, place
from dossier.scanner.discover import walk
from dossier.scanner.ocr import tesseract
from dossier.scanner.readers import Limits, read_file
from dossier.state import writable
from dossier.usecases.output import check_device


def below(folder: Path, raw: str, content: bytes = b"Quyet dinh") -> None:
    """Make a file whose name only the system's own long form of paths lets through."""
    full = place(os.fsencode(folder), os.fsencode(raw))
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as file:
        file.write(content)


def exclusive(path: Path) -> int:
    """A handle as of a program that lets nobody else read the file."""
    create = ctypes.WinDLL("kernel32").CreateFileW
    create.restype = ctypes.c_void_p
    return int(create(str(path), 0xC0000000, 0, None, 3, 0, None))


def close(handle: int) -> None:
    ctypes.WinDLL("kernel32").CloseHandle(ctypes.c_void_p(handle))


def test_paths_are_parted_by_slashes_whatever_the_system_does(tmp_path: Path) -> None:
    below(tmp_path, "Mô hình/Camera/06 Quyết định/12.txt")
    (entry,) = walk(open_archive(tmp_path)).files
    assert entry.path == "Mô hình/Camera/06 Quyết định/12.txt"
    assert entry.raw_path == entry.path.encode()
    assert entry.dossier == "Mô hình/Camera"


@pytest.mark.parametrize(
    "name",
    [
        "con.txt",
        "NUL",
        "com1.docx",
        "aux",
        "ket thuc.",
        "khoang trang ",
        "a.",
        "x" * 180 + "/" + "y" * 180 + ".txt",
    ],
)
def test_names_that_windows_takes_for_something_else_are_found_and_read(tmp_path: Path, name: str) -> None:
    below(tmp_path, f"Mô hình/Camera/{name}")
    (entry,) = walk(open_archive(tmp_path)).files
    assert entry.path == f"Mô hình/Camera/{name}"
    read = read_file(entry.raw_path, Limits(), below=os.fsencode(tmp_path))
    assert (read.size, bool(read.sha256)) == (10, True)


@pytest.mark.parametrize("name", ["nul.pdf", "CON", "com1.docx"])
def test_name_of_a_device_is_there_only_where_a_file_of_that_name_is(tmp_path: Path, name: str) -> None:
    assert found_at(tmp_path / name) is None
    below(tmp_path, f"Mô hình/Camera/{name}")
    assert found_at(tmp_path / "Mô hình/Camera" / name) == tmp_path / "Mô hình/Camera" / name


def test_names_of_devices_are_known_on_every_system() -> None:
    reserved = ["nul", "NUL.pdf", "con.tar.gz", "COM1", "lpt9.txt", "aux .txt", "conin$"]
    assert [name for name in reserved if not is_device(name)] == []
    plain = ["nulla.pdf", "consul", "com10.txt", "a.nul", "auxiliary", "lpt.txt"]
    assert [name for name in plain if is_device(name)] == []


def test_a_path_of_300_characters_is_hashed_like_any_other(tmp_path: Path) -> None:
    raw = "/".join(["Mô hình", "n" * 120, "m" * 120, "06", "q" * 60 + ".txt"])
    below(tmp_path, raw, b"x" * 1000)
    with os.fdopen(open_beneath(os.fsencode(tmp_path), raw.encode()), "rb") as file:
        assert len(file.read()) == 1000


def test_file_that_a_program_locks_is_left_for_later_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "dang mo.docx"
    file.write_bytes(b"PK")
    handle = exclusive(file)
    try:
        with pytest.raises(OSError) as raised:
            open_plain(file)
        assert is_locked(raised.value)
        found = read_file(str(file), Limits())
        assert found.sha256 == ""
        assert found.result.reason is UnreadReason.IN_USE  # type: ignore[union-attr]
        assert "lần quét sau tự đọc" in found.result.detail  # type: ignore[union-attr]
    finally:
        close(handle)
    assert read_file(str(file), Limits()).sha256


def test_reading_keeps_nobody_from_replacing_the_file(tmp_path: Path) -> None:
    file = tmp_path / "bao cao.docx"
    file.write_bytes(b"cu")
    with os.fdopen(open_plain(file), "rb") as reading:
        file.rename(tmp_path / "~WRL0001.tmp")
        file.write_bytes(b"moi")
        assert reading.read() == b"cu"
    assert file.read_bytes() == b"moi"


def test_where_one_may_write_is_known_without_writing(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x")
    assert writable(tmp_path) and writable(file)
    assert not writable(tmp_path / "nowhere")
    handle = exclusive(file)  # somebody has it open; the right to write is there all the same
    try:
        assert writable(file)
    finally:
        close(handle)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]


def test_scans_are_read_by_a_model_in_a_folder_with_a_vietnamese_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library opens files by the old code page."""
    folder = tmp_path / "Nguyễn Văn Á" / "tessdata"
    folder.mkdir(parents=True)
    shutil.copy(Path(os.environ["TESSDATA_PREFIX"], "vie.traineddata"), folder)
    monkeypatch.setenv("TESSDATA_PREFIX", str(folder))
    page = Image.new("L", (1200, 300), 255)
    font = ImageFont.truetype(font_roboto.Roboto, 48)
    ImageDraw.Draw(page).text((100, 100), "KẾ HOẠCH xây dựng mô hình", 0, font)
    tesseract._library.cache_clear()
    found = tesseract.TesseractLibrary().recognise(page, 150, 60)
    assert "HOẠCH" in [word.text for line in found.lines for word in line.words]


def test_folder_one_stands_in_is_a_place_and_a_device_is_none() -> None:
    check_device(Path())
    check_device(Path("Kho mới"))
    with pytest.raises(UsageError):
        check_device(Path("con"))
