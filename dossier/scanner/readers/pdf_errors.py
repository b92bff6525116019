"""Why a PDF file cannot be read, as errors with a sentence for users."""

from __future__ import annotations

from dossier.i18n import _
from dossier.model import Unread, UnreadReason
from dossier.scanner.readers.interface import ReadError, cause

_FORMAT = "pdf"


def encrypted() -> ReadError:
    """The error for a PDF that requires a password."""
    detail = _("Tệp PDF có mật khẩu; hãy mở bằng mật khẩu rồi in hoặc lưu lại thành PDF không có mật khẩu.")
    return ReadError.because(UnreadReason.ENCRYPTED, detail, _FORMAT)


def damaged(why: str) -> ReadError:
    """The error for a PDF that cannot be parsed; ``why`` in a few technical words."""
    detail = _("Tệp PDF bị hỏng hoặc bị cắt cụt ({why}); hãy sao chép lại từ bản gốc hoặc quét lại.")
    return ReadError.because(UnreadReason.CORRUPT, detail.format(why=cause(why)), _FORMAT)


def scan_without_text(why: str, lacks: tuple[str, ...] = ()) -> ReadError:
    """The error for a PDF of images only; ``lacks`` as in :class:`Unread`."""
    detail = _("Bản quét (chỉ có ảnh), chưa đọc được chữ. {why}").format(why=why)
    return ReadError(Unread(UnreadReason.UNSUPPORTED, detail, _FORMAT, lacks))


def no_text() -> ReadError:
    """The error for a PDF whose pages are blank."""
    return ReadError.because(UnreadReason.EMPTY, _("Tệp PDF không có chữ nào."), _FORMAT)


def out_of_sight() -> ReadError:
    """The error for a PDF whose text is outside the visible area of its pages."""
    detail = _(
        "Chữ trong tệp PDF nằm ngoài khung trang nên không nhìn thấy; hãy in hoặc lưu lại tệp từ bản gốc."
    )
    return ReadError.because(UnreadReason.EMPTY, detail, _FORMAT)
