"""Files inside files: archives, mails."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import p, word, zipped
from made_ole import ole
from signing import SIGNER, signed_pdf

from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import bsdtar
from dossier.scanner.readers import Limits, read_bytes

LIMITS = Limits(ocr=False)


def read(data: bytes, limits: Limits = LIMITS) -> Content:
    result = read_bytes(data, limits)
    assert isinstance(result, Content), result
    return result


def unread(data: bytes, limits: Limits = LIMITS) -> Unread:
    result = read_bytes(data, limits)
    assert isinstance(result, Unread)
    return result


def inside(content: Content) -> list[tuple[str, str]]:
    return [(page.inner, page.text) for page in content.pages]


# ------------------------------------------------------------------------------ zip


def test_files_of_a_zip_are_pages_that_bear_their_name(pdf: Callable[..., bytes]) -> None:
    long = "Một trang có chữ đủ dài"
    content = read(zipped({"06/QĐ.docx": word(p("Quyết định")), "KH.pdf": pdf(long, long)}))
    assert inside(content) == [("06/QĐ.docx", "Quyết định"), ("KH.pdf", long), ("KH.pdf", long)]
    assert [page.number for page in content.pages] == [1, 2, 3]
    assert content.format == "zip"


def test_what_could_not_be_read_inside_is_noted_by_name() -> None:
    content = read(zipped({"a.txt": "chữ", "b.bin": b"\x7fELF" + bytes(20), "trống.txt": b""}))
    assert inside(content) == [("a.txt", "chữ")]
    assert "“b.bin”" in content.notes[0]
    assert "“trống.txt”" in content.notes[1]


def test_zip_in_a_zip_is_not_opened() -> None:
    content = read(zipped({"a.txt": "chữ", "b.zip": zipped({"c.txt": "sâu"})}))
    assert inside(content) == [("a.txt", "chữ")]
    assert "“b.zip”" in content.notes[0]


def test_zip_without_anything_readable_gives_the_reasons() -> None:
    found = unread(zipped({"b.zip": zipped({"c.txt": "sâu"})}))
    assert (found.reason, found.format) == (UnreadReason.UNSUPPORTED, "zip")
    assert "“b.zip”" in found.detail


def test_empty_zip_is_empty() -> None:
    assert unread(zipped({})).reason is UnreadReason.EMPTY


def test_files_of_the_packing_system_are_left_out() -> None:
    junk = {"__MACOSX/._a.txt": "x", ".DS_Store": "x", "Thumbs.db": "x", "~$a.docx": "x"}
    content = read(zipped({"a.txt": "chữ", **junk}))
    assert inside(content) == [("a.txt", "chữ")]
    assert content.notes == ()


def test_signatures_of_files_inside_bear_their_name(pdf: Callable[..., bytes]) -> None:
    signed = signed_pdf(pdf("QUYẾT ĐỊNH"))
    changed = signed.replace(b"%PDF-1.", b"%PDF-2.", 1)
    content = read(zipped({"a.pdf": signed, "b.pdf": changed, "c.pdf": pdf("KẾ HOẠCH có chữ đủ dài")}))
    assert [(s.inner, s.signer, s.broken) for s in content.signatures] == [
        ("a.pdf", SIGNER, False),
        ("b.pdf", SIGNER, True),
    ]


def test_program_that_would_read_more_inside_is_named(scan: bytes) -> None:
    content = read(zipped({"a.txt": "chữ", "quét.pdf": scan}))
    assert content.lacks == ("tesseract",)


def test_bomb_inside_is_not_unpacked() -> None:
    content = read(zipped({"a.txt": "chữ", "bom.txt": b"\0" * 100_000_000}))
    assert inside(content) == [("a.txt", "chữ")]
    assert "“bom.txt”" in content.notes[0]


def test_files_past_the_limit_are_noted() -> None:
    many = {f"{n}.txt": "chữ" for n in range(5)}
    content = read(zipped(many), Limits(max_inner_files=3))
    assert len(content.pages) == 3
    assert "3" in content.notes[-1]


def test_text_and_pages_are_bounded_over_all_files() -> None:
    many = {f"{n}.txt": "chữ " * 100 for n in range(50)}
    assert sum(len(page.text) for page in read(zipped(many), Limits(max_text_chars=1000)).pages) <= 1000
    assert len(read(zipped(many), Limits(max_pages=7)).pages) == 7


def renamed(raw: bytes, flags: int = 0) -> bytes:
    """A zip of one file with a name in these bytes, its bit for UTF-8 cleared."""
    data = bytearray(zipped({"x" * len(raw): "chữ"}).replace(b"x" * len(raw), raw))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark)
        data[at + offset : at + offset + 2] = struct.pack("<H", flags)
    return bytes(data)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Quyết định.txt".encode(), "Quyết định.txt"),
        ("Quye\u0302\u0301t ddi\u0323nh.txt".encode(), "Quyết ddịnh.txt"),
        (b"Quy\xea\xect \xf0i\xf2nh.txt", "Quyết định.txt"),
        ("Übersicht ░.txt".encode("cp437"), "Übersicht ░.txt"),
    ],
    ids=["utf-8", "nfd", "cp1258", "cp437"],
)
def test_name_without_a_mark_of_its_encoding_is_repaired(raw: bytes, name: str) -> None:
    assert inside(read(renamed(raw)))[0][0] == name


def test_same_name_twice_is_told_apart() -> None:
    out = io.BytesIO()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "một")
        archive.writestr("a.txt", "hai")
    assert [name for name, _text in inside(read(out.getvalue()))] == ["a.txt", "a.txt (2)"]


def test_locked_file_inside_is_noted() -> None:
    data = bytearray(zipped({"a.txt": "một", "b.txt": "hai"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    content = read(bytes(data))
    assert inside(content) == [("a.txt", "một")]
    assert "mật khẩu" in content.notes[0]


_ZIP = zipped({"a.txt": "chữ", "b.docx": word(p("Quyết định"))})


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(_ZIP)),
    st.lists(st.tuples(st.integers(0, len(_ZIP) - 1), st.integers(0, 255)), max_size=4),
)
def test_damaged_zips_never_raise(end: int, flips: list[tuple[int, int]]) -> None:
    damaged = bytearray(_ZIP)
    for place, value in flips:
        damaged[place] ^= value
    assert isinstance(read_bytes(bytes(damaged[:end]), LIMITS), Content | Unread)


# ------------------------------------------------------------------------------ 7z


@pytest.fixture
def seven_zip(tmp_path: Path) -> bytes:
    program = bsdtar.available()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("bsdtar must be installed in CI")
        pytest.skip("bsdtar is not installed")
    (tmp_path / "Kế hoạch").mkdir()
    (tmp_path / "Kế hoạch" / "năm 2023.docx").write_bytes(word(p("Kế hoạch năm 2023")))
    (tmp_path / "ghi chú.txt").write_text("Ghi chú")
    command = [program, "-c", "-f", "-", "--format", "7zip", "Kế hoạch", "ghi chú.txt"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, env=environment).stdout


def test_files_of_a_7z_are_read(seven_zip: bytes) -> None:
    content = read(seven_zip)
    assert sorted(inside(content)) == [
        ("Kế hoạch/năm 2023.docx", "Kế hoạch năm 2023"),
        ("ghi chú.txt", "Ghi chú"),
    ]
    assert content.format == "7z"


def test_7z_cut_short_is_corrupt(seven_zip: bytes) -> None:
    assert unread(seven_zip[:200]).reason is UnreadReason.CORRUPT


def test_file_in_a_7z_over_the_limit_is_noted(seven_zip: bytes) -> None:
    content = read(seven_zip, Limits(max_bytes=len(seven_zip) + 1, max_inner_files=1))
    assert len(content.pages) == 1


def test_rar_without_a_program_says_which_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = unread(b"Rar!\x1a\x07\x01\x00" + bytes(50))
    assert (found.reason, found.lacks) == (UnreadReason.UNSUPPORTED, ("bsdtar",))
    assert "bsdtar" in found.detail


# ---------------------------------------------------------------------------- mails


def mail(**attached: bytes) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Gửi Quyết định thành lập mô hình"
    message["From"] = "Công an xã Hàm Thắng <cax@example.vn>"
    message["Date"] = datetime(2023, 3, 5, 8, 30, tzinfo=UTC)
    message.set_content("Kính gửi đồng chí,\nXin gửi kèm Quyết định.")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"{name}.docx")
    return message


def test_mail_is_its_text_and_then_what_is_attached() -> None:
    content = read(mail(**{"Quyết định": word(p("Điều 1."))}).as_bytes())
    assert content.format == "email"
    assert [page.inner for page in content.pages] == ["", "Quyết định.docx"]
    assert content.pages[0].text.split("\n")[:3] == [
        "Từ: Công an xã Hàm Thắng <cax@example.vn>",
        "Ngày: 05/03/2023",
        "Chủ đề: Gửi Quyết định thành lập mô hình",
    ]
    assert "Xin gửi kèm Quyết định." in content.pages[0].text
    assert content.properties["title"] == "Gửi Quyết định thành lập mô hình"


def test_mail_of_a_web_page_only_is_read() -> None:
    message = mail()
    message.set_content("<p>Kính gửi</p><script>x()</script><p>Đồng chí</p>", subtype="html")
    assert read(message.as_bytes()).pages[0].text.endswith("Kính gửi\nĐồng chí")


def test_web_page_beside_the_same_plain_text_is_not_read_twice() -> None:
    message = mail()
    message.add_alternative("<p>Xin gửi kèm Quyết định.</p>", subtype="html")
    assert read(message.as_bytes()).pages[0].text.count("Xin gửi kèm") == 1


def test_attachments_of_a_mail_in_a_zip_are_named_not_opened() -> None:
    content = read(zipped({"thư.eml": mail(a=word(p("Điều 1."))).as_bytes()}))
    assert [page.inner for page in content.pages] == ["thư.eml"]
    assert "“a.docx”" in content.notes[0]


def test_mail_attached_to_a_mail_is_read_by_its_text() -> None:
    outer = mail()
    inner = mail()
    inner.replace_header("Subject", "Chuyển tiếp")
    outer.add_attachment(inner)
    content = read(outer.as_bytes())
    assert content.pages[1].inner == "Chuyển tiếp.eml"
    assert "Chủ đề: Chuyển tiếp" in content.pages[1].text


def test_text_that_begins_like_a_mail_is_text() -> None:
    assert read("Date: hôm nay\nNội dung cuộc họp".encode()).format == "txt"


def test_saved_web_page_is_read_without_its_pictures() -> None:
    data = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "<html><body><p>Quyết định</p><p>Điều 1.</p></body></html>\r\n--x\r\n"
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--\r\n"
    ).encode()
    content = read(data)
    assert (content.format, inside(content), content.notes) == ("mht", [("", "Quyết định\nĐiều 1.")], ())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_odd_mails_never_raise(rest: bytes) -> None:
    data = (
        b"From: a@b.vn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        + rest
    )
    assert isinstance(read_bytes(data, LIMITS), Content | Unread)


# -------------------------------------------------------------------------- Outlook

SUBSTG = "__substg1.0_"
ATTACHED = "__attach_version1.0_#00000000/"


def outlook(**more: bytes) -> bytes:
    sent = int((datetime(2023, 3, 5, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
    streams = {
        "__properties_version1.0": bytes(32) + struct.pack("<IIQ", 0x0039_0040, 6, sent),
        SUBSTG + "0037001F": "Gửi Quyết định".encode("utf-16-le"),
        SUBSTG + "0C1A001F": "Công an xã".encode("utf-16-le"),
        SUBSTG + "1000001F": "Xin gửi kèm Quyết định.\r\n".encode("utf-16-le"),
    }
    return ole(streams | more)


def test_outlook_mail_is_its_text_and_then_what_is_attached() -> None:
    attachment = {
        ATTACHED + SUBSTG + "37010102": word(p("Điều 1. " + "dài " * 3000)),
        ATTACHED + SUBSTG + "3707001F": "Quyết định.docx".encode("utf-16-le"),
    }
    content = read(outlook(**attachment))
    assert content.format == "msg"
    assert content.pages[0].text == (
        "Từ: Công an xã\nNgày: 05/03/2023\nChủ đề: Gửi Quyết định\n\nXin gửi kèm Quyết định."
    )
    assert content.pages[1].inner == "Quyết định.docx"
    assert content.pages[1].text.startswith("Điều 1.")


def test_mail_attached_to_an_outlook_mail_is_read_by_its_text() -> None:
    embedded = ATTACHED + SUBSTG + "3701000D/"
    old = {
        embedded + SUBSTG + "0037001F": "Thư cũ".encode("utf-16-le"),
        embedded + SUBSTG + "1000001F": "Đề nghị gửi lại Kế hoạch.".encode("utf-16-le"),
        embedded + ATTACHED + SUBSTG + "3707001F": "KH.docx".encode("utf-16-le"),
        embedded + ATTACHED + SUBSTG + "37010102": b"PK",
    }
    content = read(outlook(**old))
    assert inside(content)[1] == ("Thư cũ.msg", "Chủ đề: Thư cũ\n\nĐề nghị gửi lại Kế hoạch.")
    assert "“KH.docx”" in content.notes[0]


def test_object_attached_to_an_outlook_mail_is_noted() -> None:
    content = read(outlook(**{ATTACHED + SUBSTG + "3001001F": "Thư cũ".encode("utf-16-le")}))
    assert "“Thư cũ”" in content.notes[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(8, 4000), st.integers(0, 255)), max_size=6), st.integers(0, 4500))
def test_damaged_outlook_mails_never_raise(flips: list[tuple[int, int]], end: int) -> None:
    damaged = bytearray(outlook())
    for place, value in flips:
        if place < len(damaged):
            damaged[place] ^= value
    assert isinstance(read_bytes(bytes(damaged[:end]), LIMITS), Content | Unread)


# ------------------------------------------------------------------------------ PDF


def with_attached(pdf: bytes, **attached: bytes) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    for name, data in attached.items():
        writer.add_attachment(f"{name}.docx", data)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_files_attached_to_a_pdf_are_read_after_its_pages(pdf: Callable[..., bytes]) -> None:
    page = "Một trang có chữ đủ dài"
    content = read(with_attached(pdf(page), **{"Phụ lục": word(p("Danh sách"))}))
    assert inside(content) == [("", page), ("Phụ lục.docx", "Danh sách")]
    assert content.format == "pdf"


def test_attachments_of_a_pdf_in_a_zip_are_named_not_opened(pdf: Callable[..., bytes]) -> None:
    data = with_attached(pdf("Một trang có chữ đủ dài"), a=word(p("Danh sách")))
    content = read(zipped({"qd.pdf": data}))
    assert [page.inner for page in content.pages] == ["qd.pdf"]
    assert "“a.docx”" in content.notes[0]
