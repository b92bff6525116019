"""Plain text in the encodings from before Unicode."""

from __future__ import annotations

import pytest

from dossier.legacy import encode
from dossier.scanner.readers import Limits
from dossier.scanner.readers.text import TextReader

TEXT = "Về việc thành lập Ban Chỉ đạo mô hình\nCăn cứ Luật Tổ chức;\n“Điều 1” – Quyết định"
_LABELS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI-Windows", "viscii": "VISCII", "windows-1258": "Windows-1258"}


@pytest.mark.parametrize("encoding", _LABELS)
def test_old_encodings_are_told_and_noted(encoding: str) -> None:
    text = TEXT.replace("“Điều 1” –", "Điều 1.") if encoding == "viscii" else TEXT
    data = bytes(ord(char) if char <= "\xff" else char.encode("cp1252")[0] for char in encode(text, encoding))
    content = TextReader().read(data, Limits())
    assert content.pages[0].text == text
    assert content.notes == (f"Chữ trong tệp theo bảng mã cũ {_LABELS[encoding]}, đã chuyển sang Unicode.",)


def test_control_characters_of_viscii_are_letters() -> None:
    text = "Tỷ lệ hộ gia đình: 12%. Ẫm Ẳng Ỵ; QUỸ; Kiểm tra sổ sách, biên bản bàn giao"
    assert TextReader().read(encode(text, "viscii").encode("latin-1"), Limits()).pages[0].text == text


def test_western_text_is_read_as_windows_1252_and_noted() -> None:
    text = "Le préfet a été informé où siège l’assemblée générale; El año próximo"
    content = TextReader().read(text.encode("cp1252"), Limits())
    assert content.pages[0].text == text
    assert "Windows-1252" in content.notes[0]


def test_utf_8_is_never_taken_for_an_old_encoding() -> None:
    content = TextReader().read("Thông báo".encode(), Limits())
    assert (content.pages[0].text, content.notes) == ("Thông báo", ())
