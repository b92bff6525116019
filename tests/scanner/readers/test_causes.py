"""What brackets in a sentence about a damaged file say: words, never what a library said."""

from __future__ import annotations

import errno
import re
import zlib

import pytest

from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers import read_bytes
from dossier.scanner.readers.interface import Limits, cause


@pytest.mark.parametrize(("error", "words"), [
    (OSError("image file is truncated (3 bytes not processed)"), "thiếu phần cuối"),
    (OSError("cannot identify image file <_io.BytesIO object at 0x7f>"), "sai cấu trúc"),
    (SyntaxError("broken PNG file (chunk b'IDAT')"), "sai cấu trúc"),
    (EOFError(), "thiếu phần cuối"),
    (zlib.error("Error -3 while decompressing data: invalid distance too far back"), "sai mã kiểm"),
    (ProgramError("> 60 s"), "đọc quá lâu"),
    (KeyError("xl/workbook.xml"), "sai cấu trúc"),
    ("PDFium 3", "sai cấu trúc"),
    ("", "sai cấu trúc"),
])  # fmt: skip
def test_a_failure_is_told_in_words(error: BaseException | str, words: str) -> None:
    assert cause(error) == words


def test_an_error_of_the_system_keeps_its_own_words() -> None:
    assert cause(OSError(errno.ENOSPC, "No space left on device")) == "ổ đĩa hết chỗ trống"


@pytest.mark.parametrize("data", [
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01",
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    b"II*\0\x08\0\0\0\xff\xff",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
], ids=["png", "jpeg", "pdf", "tiff", "ole"])  # fmt: skip
def test_a_damaged_file_is_told_without_a_librarys_words(data: bytes) -> None:
    (said,) = re.findall(r"\((.*?)\)", read_bytes(data, Limits(ocr=False)).detail) or [""]
    assert not re.search(r"[A-Za-z]*(?:file|error|PDFium|image|pypdf|BytesIO|OLE)", said)
