"""Office files that are locked (.docx, .xlsx … in an OLE container, .xls): most want a password.

Excel locks a file with a password of its own where people only protect a sheet; such a file opens for
everybody. Source: [MS-OFFCRYPTO] 2.3; [MS-XLS] 2.2.10 for that password.
"""

from __future__ import annotations

from io import BytesIO

from dossier.i18n import _
from dossier.model import Content, UnreadReason
from dossier.scanner.readers.interface import Limits, Reader, ReadError
from dossier.scanner.readers.ole import MAGIC

_EXCELS_OWN = "VelvetSweatshop"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MOST_ROUNDS = 1_000_000  # of hashing; Excel asks for a tenth of it, a hostile file for any number


class ProtectedReader(Reader):
    """Opens what Excel's own password opens; for the rest the reason says that a password is missing."""

    format = "ole"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        from dossier.scanner.readers import read_bytes

        opened = unlocked(data, limits)
        if opened is None:
            detail = _(
                "Tệp Office có mật khẩu; hãy mở tệp, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ) rồi lưu lại."
            )
            raise ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
        result = read_bytes(opened, limits)
        if isinstance(result, Content):
            return result
        raise ReadError(result)


def unlocked(data: bytes, limits: Limits) -> bytes | None:
    """The file as it is without a lock, where the password is Excel's own, else ``None``."""
    import msoffcrypto

    try:
        locked = msoffcrypto.OfficeFile(BytesIO(data))
        if locked.format == "ooxml":
            if int(locked.info.get("spinValue", 0)) > _MOST_ROUNDS:
                return None
            locked.load_key(password=_EXCELS_OWN, verify_password=True)
        else:  # it verifies by itself
            locked.load_key(password=_EXCELS_OWN)
        opened = BytesIO()
        locked.decrypt(opened)
    except Exception:  # noqa: BLE001  a wrong password, a damaged container, a way of locking it does not know
        return None
    unpacked = opened.getvalue()
    nested = unpacked.startswith(MAGIC) and _PACKAGE in unpacked  # a lock within the lock: nobody's file
    return None if nested or len(unpacked) > limits.max_bytes else unpacked
