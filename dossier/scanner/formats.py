"""The registry of the formats that can be read. A new format needs a row here and a reader, nothing else.

If the first bytes do not identify a format, :mod:`dossier.scanner.readers.detect` examines the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dossier.scanner.readers.interface import Reader


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``name``: the short name used in results.

    ``reader``: ``module:Class`` below ``dossier.scanner.readers``. ``extensions``: of such files, without the
    dot. ``magic``: possible first bytes of such files.
    ``fonts``: the reader recognises legacy encodings by the fonts, or the format has no text; if false,
    the letters alone must show the encoding. ``slow``: files may contain scanned pages, whose OCR takes
    minutes.
    """

    name: str
    reader: str
    extensions: tuple[str, ...] = ()
    magic: tuple[bytes, ...] = ()
    fonts: bool = True
    slow: bool = False

    def made(self) -> Reader:
        """Return the format's reader, importing its libraries. Raises :class:`ImportError`."""
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
