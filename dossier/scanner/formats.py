"""The formats that are read: one row each, the only place that a new format is entered besides its reader.

Where its first bytes do not tell a format, :mod:`dossier.scanner.readers.detect` looks further.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dossier.scanner.readers.interface import Reader


@dataclass(frozen=True, slots=True)
class Format:
    """One format, by the short name that results carry.

    ``reader``: ``module:Class`` below ``dossier.scanner.readers``. ``extensions``: what names of such files
    end with, without the dot. ``magic``: what such files begin with, one of these.
    ``fonts``: its reader tells letters of old encodings by their fonts, or there is no text of its own;
    where false the letters alone tell. ``slow``: may hold pictures of pages, over which recognition sits
    for minutes.
    """

    name: str
    reader: str
    extensions: tuple[str, ...] = ()
    magic: tuple[bytes, ...] = ()
    fonts: bool = True
    slow: bool = False

    def made(self) -> Reader:
        """The format's reader; its libraries are imported now. Raises :class:`ImportError`."""
        module, _colon, name = self.reader.partition(":")
        found = getattr(import_module(f"dossier.scanner.readers.{module}"), name)
        reader: Reader = found(self.name)
        return reader


_FORMATS = (
    Format("pdf", "pdf:PdfReader", ("pdf",), (b"%PDF-",), slow=True),
    Format("docx", "docx:DocxReader", ("docx", "docm")),
    Format("doc", "doc:DocReader", ("doc",), fonts=False),
    Format("rtf", "rtf:RtfReader", ("rtf",), (b"{\\rtf",), fonts=False),
    Format("odt", "open_document:OdtReader", ("odt",), fonts=False),
    Format("txt", "text:TextReader", ("txt", "md", "csv", "xml")),
    Format("html", "html:HtmlReader", ("html", "htm"), fonts=False),
    Format("xlsx", "sheets:SheetReader", ("xlsx", "xlsm"), fonts=False),
    Format("xls", "sheets:SheetReader", ("xls",), fonts=False),
    Format("ods", "sheets:SheetReader", ("ods",), fonts=False),
    Format("pptx", "pptx:PptxReader", ("pptx",), fonts=False),
    Format("ppt", "pptx:PptReader", ("ppt",), fonts=False),
    Format("odp", "open_document:OdpReader", ("odp",), fonts=False),
    Format("jpeg", "image:ImageReader", ("jpg", "jpeg"), (b"\xff\xd8\xff",), slow=True),
    Format("png", "image:ImageReader", ("png",), (b"\x89PNG\r\n\x1a\n",), slow=True),
    Format("tiff", "image:ImageReader", ("tif", "tiff"), (b"II*\x00", b"MM\x00*"), slow=True),
    Format("bmp", "image:ImageReader", ("bmp",), slow=True),
    Format("webp", "image:ImageReader", ("webp",), slow=True),
    Format("gif", "image:ImageReader", ("gif",), (b"GIF87a", b"GIF89a"), slow=True),
    Format("heic", "image:ImageReader", ("heic", "heif"), slow=True),
    Format("zip", "zip_archive:ZipReader", ("zip",), slow=True),
    Format("rar", "rar:RarReader", ("rar",), (b"Rar!\x1a\x07",), slow=True),
    Format("7z", "rar:RarReader", ("7z",), (b"7z\xbc\xaf\x27\x1c",), slow=True),
    Format("email", "mail:MailReader", ("eml",), slow=True),
    Format("mht", "mail:MailReader", ("mht", "mhtml")),
    Format("mbox", "mail:MboxReader", ("mbox",), slow=True),
    Format("msg", "msg:MsgReader", ("msg",), slow=True),
    Format("protected", "package:ProtectedReader"),  # Office files with a password of their own
)
FORMATS = {format_.name: format_ for format_ in _FORMATS}
PICTURES = frozenset(format_.name for format_ in _FORMATS if format_.reader == "image:ImageReader")
EXTENSIONS = {extension: format_ for format_ in _FORMATS for extension in format_.extensions}
