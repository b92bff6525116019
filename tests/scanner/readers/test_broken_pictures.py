"""A picture that cannot be decoded is told as damage, and takes nothing else with it."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from dossier.model import Content, Unread, UnreadReason
from dossier.scanner.readers import read_file
from dossier.scanner.readers.interface import Limits

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(path: Path, *pages: tuple[str, bytes]) -> str:
    """Pages that are one picture each, packed in a way that the name tells."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    for filter_, data in pages:
        at = len(objects) + 1
        draw = b"q 595 0 0 842 0 0 cm /I Do Q"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {at + 1} 0 R"
            f"/Resources<</XObject<</I {at + 2} 0 R>>>>>>".encode(),
            b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw),
            b"<</Type/XObject/Subtype/Image/Width 600/Height 800/BitsPerComponent 8/ColorSpace/DeviceGray"
            b"/Filter/%s/Length %d>>stream\n%s\nendstream" % (filter_.encode(), len(data), data),
        ]
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pages)))
    objects[1] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode()
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(made),
    )  # fmt: skip
    path.write_bytes(made)
    return str(path)


def docx(path: Path, **parts: bytes) -> str:
    body = "<w:body><w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p></w:body>"
    text = f'<w:document xmlns:w="{_WORDS}">{body}</w:document>'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", text)
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return str(path)


def png_of(width: int, height: int) -> bytes:
    """A picture that claims to be that large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("packed", ["JBIG2Decode", "JPXDecode", "DCTDecode"])
def test_scan_whose_picture_cannot_be_decoded_is_damaged_and_not_empty(tmp_path: Path, packed: str) -> None:
    told = read_file(pdf(tmp_path / "a.pdf", (packed, b"garbage" * 900)), Limits()).result
    assert isinstance(told, Unread)
    assert told.reason is UnreadReason.CORRUPT


def test_blank_picture_of_a_page_is_empty(tmp_path: Path) -> None:
    white = zlib.compress(b"\xff" * 600 * 800)
    told = read_file(pdf(tmp_path / "a.pdf", ("FlateDecode", white)), Limits()).result
    assert isinstance(told, Unread)
    assert told.reason is UnreadReason.EMPTY


def test_picture_too_large_to_open_does_not_take_the_text_of_its_document_with_it(tmp_path: Path) -> None:
    told = read_file(docx(tmp_path / "a.docx", word__media__i_png=png_of(60_000, 60_000)), Limits()).result
    assert isinstance(told, Content)
    assert "KẾ HOẠCH" in told.pages[0].text


def test_damage_of_a_package_is_told_without_words_of_libraries(tmp_path: Path) -> None:
    file = Path(docx(tmp_path / "crc.docx"))
    content = bytearray(file.read_bytes())
    content[content.rindex(b"PK\x01\x02", 0, content.rindex(b"word/document.xml")) + 16] ^= 0xFF
    file.write_bytes(content)
    deep = docx(
        tmp_path / "deep.docx", word__header1_xml=b"", word__document_xml=b"<a>" * 300 + b"</a>" * 300
    )
    for told in (read_file(str(file), Limits()).result, read_file(deep, Limits()).result):
        assert isinstance(told, Unread)
        why = re.findall(r"\((.*?)\);", told.detail)[0]
        assert why in ("sai mã kiểm", "sai cấu trúc")
