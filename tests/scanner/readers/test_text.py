"""Plain text in the encodings of Vietnamese offices."""

from __future__ import annotations

import codecs
import unicodedata

import pytest

from dossier.model import UnreadReason
from dossier.scanner.readers import Limits, ReadError
from dossier.scanner.readers.text import TextReader

TEXT = "QUYẾT ĐỊNH\nVề việc thành lập mô hình, số 12/QĐ-UBND"


def read(data: bytes) -> str:
    return "\f".join(page.text for page in TextReader().read(data, Limits()).pages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    assert read(TEXT.encode(encoding)) == TEXT


def test_big_endian_mark() -> None:
    assert read(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == TEXT


def test_windows_1258_is_composed_and_noted() -> None:
    # The code page has the vowels with circumflex and horn, and the five tones as marks.
    data = b"V\xea\xcc vi\xea\xf2c tha\xccnh l\xe2\xf2p"
    content = TextReader().read(data, Limits())
    assert content.pages[0].text == "Về việc thành lập"
    assert "Windows-1258" in content.notes[0]


def test_decomposed_text_is_composed() -> None:
    assert read(unicodedata.normalize("NFD", TEXT).encode()) == TEXT


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    content = TextReader().read((TEXT * 20).encode()[:-1] + b"\xc3", Limits())
    assert TEXT in content.pages[0].text
    assert content.notes


def test_line_ends_and_form_feeds() -> None:
    assert read(b"a\r\nb\rc\fd\f") == "a\nb\nc\fd"


def test_binary_is_unsupported() -> None:
    with pytest.raises(ReadError) as error:
        TextReader().read(bytes(range(256)) * 10, Limits())
    assert error.value.unread.reason is UnreadReason.UNSUPPORTED


def test_blank_text_is_empty() -> None:
    with pytest.raises(ReadError) as error:
        TextReader().read(b" \n\f", Limits())
    assert error.value.unread.reason is UnreadReason.EMPTY


def test_long_text_is_cut_and_noted() -> None:
    content = TextReader().read(b"abcdef", Limits(max_text_chars=3))
    assert content.pages[0].text == "abc"
    assert content.notes
