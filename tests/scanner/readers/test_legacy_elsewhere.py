"""Formats whose readers look at no fonts: old encodings are told by their letters."""

from __future__ import annotations

import pytest

from dossier.legacy import Encoding, encode
from dossier.model import Content
from dossier.scanner.readers import Limits, read_bytes

TEXT = (
    "Quyết định về việc thành lập mô hình bảo đảm an ninh, trật tự tại cơ sở. Chủ tịch giao "
    "Công an chủ trì, phối hợp với các đoàn thể tổ chức thực hiện và báo cáo kết quả hằng năm."
)


def html(text: str) -> bytes:
    return f"<html><meta charset=utf-8><body><p>{text}</p></body></html>".encode()


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_web_page_in_an_old_encoding_is_read_as_unicode_and_says_so(encoding: Encoding) -> None:
    content = read_bytes(html(encode(TEXT, encoding)), Limits())
    assert isinstance(content, Content)
    assert TEXT in content.pages[0].text
    assert any(encoding.label in note for note in content.notes)


def test_unicode_web_page_stays_as_it_is() -> None:
    content = read_bytes(html(TEXT), Limits())
    assert isinstance(content, Content)
    assert content.pages[0].text.strip() == TEXT
    assert content.notes == ()
