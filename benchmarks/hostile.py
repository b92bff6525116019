"""Files that nobody should have to read, made by script: damaged, lying, bottomless, enormous.

    python benchmarks/hostile.py DIR [--most-mb 60]

Sound files of several formats are cut off at every tenth, have bits flipped, and carry wrong names; to
them come bombs (zip in zip, entities, long runs), loops, ten thousand pages, huge pictures, passwords.
"""

from __future__ import annotations

import argparse
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PIL import Image

from dossier.demo import write_archive

_NAMES = ("docx", "pdf", "txt", "xlsx", "doc", "jpg", "zip", "rtf")


def sound(work: Path) -> dict[str, bytes]:
    """One whole file of each format."""
    write_archive(work, dossiers=2, seed=5, today=date(2026, 11, 24), scans=False)
    found = {}
    found["txt"] = "QUYẾT ĐỊNH\nVề việc thành lập mô hình “Camera an ninh”\n".encode() * 40
    for suffix in ("docx", "pdf"):
        for path in sorted(work.rglob(f"*.{suffix}")):
            found.setdefault(suffix, path.read_bytes())
    page = Image.new("L", (800, 1100), 255)
    for kind in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"):
        out = io.BytesIO()
        page.save(out, kind)
        found[kind.lower()] = out.getvalue()
    found["rtf"] = rb"{\rtf1\ansi\ansicpg1258 {\b Quy\u7871?t \u273?\u7883?nh} s\'f4 12 \par X}" * 20
    found["zip"] = packed({"a.txt": found["txt"], "b.docx": found["docx"]})
    found["odt"] = packed({
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": b"<office:document-content "
        b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        b"<text:p>Ke hoach khao sat</text:p></office:text></office:body></office:document-content>",
    })  # fmt: skip
    found["html"] = (
        "<html><head><meta charset=utf-8></head><body><p>Kế hoạch khảo sát</p></body></html>".encode()
    )
    found["eml"] = (
        b"From: a@b.vn\r\nTo: c@d.vn\r\nMIME-Version: 1.0\r\nSubject: =?utf-8?b?S+G6vyBob+G6oWNo?=\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nNoi dung thu\r\n"
    )
    return found


def packed(members: dict[str, bytes]) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def hostile(whole: dict[str, bytes], most: int) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file; those that are large by nature have at most ``most`` bytes."""
    rng = random.Random(1)
    for kind, content in whole.items():
        for tenth in range(1, 10):
            yield f"cat-{tenth}0-{kind}.{kind}", content[: len(content) * tenth // 10]
        for number in range(3):
            damaged = bytearray(content)
            for _flip in range(max(len(content) // 400, 3)):
                damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
            yield f"lat-bit-{number}-{kind}.{kind}", bytes(damaged)
        yield f"ten-sai-{kind}.{rng.choice([n for n in _NAMES if n != kind])}", content
    yield from _bombs(whole, most)
    yield from _strange_pdfs()
    yield from _slow_texts(300_000)
    yield from _strange_office_files(whole)
    yield "anh-khong-lo.png", _huge_picture(60_000)
    yield "rong.pdf", b""
    yield "mot-byte.docx", b"P"
    yield "khong.txt", bytes(100_000)
    yield "ngau-nhien.bin", rng.randbytes(200_000)
    yield "dong-dai.txt", b"a" * min(most, 30_000_000)
    yield "ngoac.rtf", b"{\\rtf1 " + b"{" * 200_000
    yield "long-nhau.html", b"<div>" * 200_000 + b"x"
    yield "cot.txt", (b"So: 1/QD-UBND\n" * 300_000)[:most]
    yield "dau-ket-hop.txt", ("a" + "\u0301" * 100_000).encode()
    yield "phai-sang-trai.txt", ("\u202e" * 50_000 + "QUYẾT ĐỊNH").encode()


def _bombs(whole: dict[str, bytes], most: int) -> Iterator[tuple[str, bytes]]:
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    inner = packed({"a.txt": bytes(most)})
    yield "bom.docx", packed({"[Content_Types].xml": types, "word/document.xml": b" " * most})
    yield "bom.zip", inner
    for _level in range(5):
        inner = packed({f"{n}.zip": inner for n in range(5)})
    yield "bom-long.zip", inner
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 20)).encode()
    bomb = b'<!DOCTYPE d [<!ENTITY e0 "ha">' + entities + b"]><d>&e19;</d>"
    yield "bom-thuc-the.docx", packed({"[Content_Types].xml": types, "word/document.xml": bomb})
    yield (
        "bom-thuc-the.odt",
        packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": bomb}),
    )
    yield "bom-thuc-the.html", bomb.replace(b"<d>", b"<html>")
    outside = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
    yield "ra-ngoai.docx", packed({"[Content_Types].xml": types, "word/document.xml": outside})
    yield "nhieu-tep.zip", packed({f"{n}.txt": b"x" for n in range(20_000)})
    yield (
        "duong-dan.zip",
        packed({"../../../etc/passwd": b"x", "/tuyet/doi.txt": whole["txt"], "C:\\a.txt": b"y"}),
    )
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    yield "sau.docx", packed({"[Content_Types].xml": types, "word/document.xml": deep})


def _strange_pdfs() -> Iterator[tuple[str, bytes]]:
    head = b"%PDF-1.7\n"
    yield (
        "pdf-vong.pdf",
        head
        + (
            b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
        ),
    )
    yield "pdf-tu-tro.pdf", head + b"1 0 obj 1 0 R endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    bomb = zlib.compress(zlib.compress(bytes(30_000_000), 9), 9)
    yield "pdf-nen.pdf", head + (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(bomb)
    ) + bomb + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"  # fmt: skip
    from pypdf import PdfWriter

    many = PdfWriter()
    for _page in range(10_000):
        many.add_blank_page(200, 200)
    yield "muoi-nghin-trang.pdf", _written(many)
    locked = PdfWriter()
    locked.add_blank_page(200, 200)
    locked.encrypt("mat khau", algorithm="RC4-128")
    yield "mat-khau.pdf", _written(locked)
    giant = PdfWriter()
    giant.add_blank_page(14_400_000, 14_400_000)
    yield "trang-khong-lo.pdf", _written(giant)


def _slow_texts(size: int) -> Iterator[tuple[str, bytes]]:
    """Texts on which careless readers take time that grows with the square of their size."""
    mail = b"From: a@b\nMIME-Version: 1.0\n"
    yield "khoang-trang.html", b"<html><body><pre>a" + b" " * size + b"b</pre></body></html>"
    yield "chu-thich.html", b"<!--" + b"<!-- " * (size // 5)
    yield "tham-so.eml", mail + b"Content-Type: text/plain; " + b"a*0=b;" * (size // 6) + b"\n\na"
    yield "nguoi-nhan.eml", mail + b"To: " + b"a@b, " * (size // 5) + b"\n\na"
    yield "chu-de.eml", mail + b"Subject: " + b"=?utf-8?q?a?= " * (size // 14) + b"\n\na"
    yield "upr.rtf", b"{\\rtf1 a" + b"\\upr" * (size // 4) + b"}"
    yield "hop-thu.mbox", b"From a b\nSubject: x\nMIME-Version: 1.0\n\na\n\n" * (size // 44)


def _strange_office_files(whole: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Containers whose tables ask for gigabytes, sheets whose cells lie far apart, parts in parts."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<H", 9)
    yield "bang-fat.doc", head.ljust(44, b"\0") + struct.pack("<I", 1 << 30) + bytes(4096)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    cell = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
    rows = f'<row r="1">{cell.format("A1")}</row><row r="1048576">{cell.format("XFD1048576")}</row>'
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    yield "o-xa.xlsx", packed({
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _link(links, "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="A" sheetId="1" '
        f'r:id="a"/></sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": _link(links, "worksheet", "worksheets/a.xml"),
        "xl/worksheets/a.xml": sheet.encode(),
    })  # fmt: skip
    inner = whole["docx"]
    for _level in range(20):
        inner = packed({**_members(whole["docx"]), "word/embeddings/a.docx": inner})
    yield "nhung-trong-nhung.docx", inner


def _link(kinds: str, kind: str, target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{kinds}/{kind}" Target="{target}"/></Relationships>'
    ).encode()


def _members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _written(writer: object) -> bytes:
    out = io.BytesIO()
    writer.write(out)  # type: ignore[attr-defined]
    return out.getvalue()


def _huge_picture(side: int) -> bytes:
    """A PNG of ``side`` × ``side`` white pixels in a few kilobytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((side + 7) // 8)
    lines = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def make(folder: Path, most_mb: int = 60) -> int:
    """Write them all into ``folder``; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    import tempfile

    with tempfile.TemporaryDirectory() as work:
        whole = sound(Path(work) / "kho")
    count = 0
    for name, content in hostile(whole, most_mb << 20):
        (folder / name).write_bytes(content)
        count += 1
    return count


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most-mb", type=int, default=60)
    options = parser.parse_args()
    print(make(options.folder, options.most_mb), "files")
