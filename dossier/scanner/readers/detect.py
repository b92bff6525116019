"""Detect a file's format from its content alone, since file names and extensions are unreliable.

Sources: the magic numbers of the formats' specifications; [MS-CFB] for the OLE container, whose
stream names (UTF-16LE) distinguish Word, Excel, PowerPoint, Outlook and encrypted packages.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from dossier.i18n import _
from dossier.model import Unread, UnreadReason
from dossier.scanner.formats import FORMATS
from dossier.scanner.readers.interface import ReadError
from dossier.scanner.readers.ole import open_ole

# Containers of several formats, and formats detected only to report that they cannot be read.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"%!PS-Adobe", "postscript"),
    (b"AT&TFORM", "djvu"),
    (b"MZ\x90\x00", "executable"),
    (b"\x7fELF", "executable"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "lnk"),  # [MS-SHLLINK]
)
_MAGIC = tuple((magic, format_.name) for format_ in FORMATS.values() for magic in format_.magic) + _OTHERS
# Format by a top-level stream of the OLE container, in lower case: programs differ in spelling "Workbook".
_OLE_STREAMS = (
    ("encryptedpackage", "protected"),
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_MBOX = re.compile(rb"From \S[^\r\n]{0,500}\r?\n(?:[A-Za-z-]{2,40}:[^\r\n]*\r?\n)")
_MAIL_HEADERS = 65_536  # bytes in which a mail's header section ends; there may be many "Received" headers
_MIMETYPES = (
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.presentation", "odp"),
    (b"opendocument", "opendocument"),
    (b"epub", "epub"),
)
_PACKAGE_PARTS = ("[Content_Types].xml", "_rels/.rels")  # ECMA-376 part 2: they name the other parts
_OFFICE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_MOST_OF_A_DESCRIPTION = 65_536  # bytes
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|style|table|div|center|font|p|h[1-6])\b", re.IGNORECASE
)
_BEFORE_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?")
_MOST_BEFORE_HTML = 65_536  # bytes of comments before the first tag
_WEB_LINK = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*\[(?:InternetShortcut|\{000214A0-[0-9A-F-]{27}\})\]", re.IGNORECASE
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s")
_MAIL_HEADER = re.compile(
    rb"(?:Received|Return-Path|Delivered-To|From|To|Reply-To|Sender|Date|Subject|MIME-Version|Message-ID|"
    rb"Content-Type|Authentication-Results|X-[\w-]+): ",
    re.IGNORECASE,
)


def detect(data: bytes) -> str:
    """Return the short name of a file's format (``pdf``, ``docx``, ``png`` …); ``txt`` if nothing else fits.

    Raises :class:`ReadError` for a damaged zip file.
    """
    for magic, format_ in _MAGIC:
        if data.startswith(magic):
            if format_ == "zip":
                return _zip(data)
            return _ole(data) if format_ == "ole" else format_
    head = data[:4096]
    if b"%PDF-" in head[:1024] and b"endobj" in data:  # PDF readers accept up to 1 kB of junk before it
        return "pdf"
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"AVI ", b"WAVE"):
        return {b"WEBP": "webp", b"AVI ": "video"}.get(head[8:12], "audio")
    if head[4:8] == b"ftyp":
        return "heic" if head[8:11] in (b"hei", b"mif", b"avi") else "video"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "bmp"
    if _is_html(_narrow(data[:_MOST_BEFORE_HTML])):
        return "html"
    if _XML.match(head):
        return "xml"
    if _WEB_LINK.match(_narrow(head)):
        return "url"
    if _MBOX.match(head):
        return "mbox"
    if _MAIL_HEADER.match(head):
        return _mail(data)
    return "txt"


def _mail(data: bytes) -> str:
    """Distinguish a mail, a web page saved as MIME (``mht``) and a text that only begins like a mail."""
    header = re.split(rb"\r?\n\r?\n", data[:_MAIL_HEADERS], maxsplit=1)[0]
    names = {name.lower() for name in re.findall(rb"^([A-Za-z-]{2,40}):", header, re.MULTILINE)}
    if b"mime-version" not in names and not {b"from", b"message-id"} <= names:
        return "txt"
    related = re.search(rb"^Content-Type:\s*multipart/related", header, re.I | re.M)
    return "mht" if related and not names & {b"to", b"received", b"message-id"} else "email"


def _is_html(head: bytes) -> bool:
    """Whether a text begins with an HTML tag, optionally after comments."""
    begin = _BEFORE_HTML.match(head)
    at = begin.end() if begin else 0
    while head.startswith(b"<!--", at):
        end = head.find(b"-->", at)
        if end < 0:
            return False
        at = end + 3
        while head[at : at + 1].isspace():
            at += 1
    return bool(_HTML.match(head, at))


def _narrow(head: bytes) -> bytes:
    """Reduce UTF-16 with a byte order mark to one byte per character, which suffices to find tags."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.NameToInfo
            for name in names:
                for folder, format_ in _OFFICE:
                    whole = "[Content_Types].xml" in names or name.endswith((".xml", ".rels"))
                    if name.startswith(folder) and whole:
                        return format_
            # Without its folder it is still no ordinary zip: the reader says what is missing.
            described = b"".join(_start(archive, name) for name in _PACKAGE_PARTS if name in names)
            for folder, format_ in _OFFICE:
                if b'"' + folder.encode() in described or b'"/' + folder.encode() in described:
                    return format_
            for name in ("mimetype", "META-INF/manifest.xml"):
                kind = _start(archive, name) if name in names else b""
                for mark, format_ in _MIMETYPES:
                    if mark in kind:
                        return format_
            return "zip"
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as error:
        detail = _(
            "Tệp nén hoặc tệp Word (.docx) bị hỏng hay bị cắt cụt; hãy sao chép lại từ bản gốc, "
            "hoặc mở bằng Word, chọn “Mở và sửa” (Open and Repair) rồi lưu lại."
        )
        raise ReadError.because(UnreadReason.CORRUPT, detail, "zip") from error


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a member: what describes a package stands there, and hostile ones have no end."""
    with archive.open(name) as member:
        return member.read(_MOST_OF_A_DESCRIPTION)


def _ole(data: bytes) -> str:
    try:
        with open_ole(data) as ole:
            names = {path[0].lower() for path in ole.listdir(streams=True, storages=False) if len(path) == 1}
        formats = (format_ for name, format_ in _OLE_STREAMS if name in names)
        return next(formats, "ole")
    except (OSError, ValueError, IndexError):  # damaged container: search its bytes for stream names
        folded = data.lower()
        formats = (format_ for name, format_ in _OLE_STREAMS if name.encode("utf-16-le") in folded)
        return next(formats, "ole")


def unsupported(format_: str) -> Unread:
    """The reason, with advice, for a file of a format that no reader supports."""
    shortcut = _(
        "Tệp này chỉ là lối tắt ({format}), không phải văn bản; hãy chép chính văn bản gốc vào hồ sơ."
    )
    recording = _(
        "Phim, ghi âm không có chữ để đọc; nếu là tài liệu của một mục thì tự xếp, "
        "ví dụ: dossier assign TỆP 11"
    )
    advice = {
        "video": recording,
        "audio": recording,
        "executable": _("Tệp này là chương trình máy tính, không phải văn bản; hãy chép lại từ bản gốc."),
        "lnk": shortcut,
        "url": shortcut,
        "djvu": _("Tệp ảnh ({format}) chưa đọc được; hãy chuyển ảnh chụp hoặc bản quét sang PDF."),
        "gzip": _("Tệp nén (.gz) chưa đọc được; hãy giải nén vào hồ sơ."),
    }.get(format_)
    if advice is None:
        advice = _(
            "Loại tệp này ({format}) không phải văn bản đọc được; hãy lưu lại dưới dạng .docx hoặc PDF."
        )
    return Unread(UnreadReason.UNSUPPORTED, advice.format(format=format_), format_)
