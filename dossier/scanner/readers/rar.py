"""Read archives (.rar, .7z) unpacked by the program bsdtar: each file inside, one level deep."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.i18n import _
from dossier.model import Content, Unread, UnreadReason
from dossier.scanner._exec import bsdtar
from dossier.scanner._exec.program import ProgramError
from dossier.scanner.readers.inner import Gathering, Inner, nested
from dossier.scanner.readers.interface import Limits, Reader, ReadError, cause
from dossier.scanner.readers.zip_archive import counts, too_large

_AES = b"\x06\xf1\x07\x01"  # id of the AES method in the directory of a .7z, which is at the file's end
_TAIL = 65_536


class RarReader(Reader):
    """Reader of archives that bsdtar can unpack; if it is missing, the reason says so."""

    format = "rar"

    def read(self, data: bytes, limits: Limits) -> Content:
        """See :meth:`Reader.read`."""
        if not limits.containers:
            raise ReadError(nested(self.format))
        program = bsdtar.available()
        if program is None:
            detail = _("Tệp nén (.{format}) cần bsdtar để mở; cài bằng: {command}, hoặc giải nén vào hồ sơ.")
            why = detail.format(format=self.format, command=bsdtar.install_command())
            raise ReadError(Unread(UnreadReason.UNSUPPORTED, why, self.format, (bsdtar.NAME,)))
        gathering = Gathering(self.format, limits)
        failure = ""
        try:
            gathering.add_all(_files(program, data, limits))
        except ProgramError as error:
            failure = str(error)
            gathering.notes.append(
                _("Tệp nén không mở được hết ({error}); hãy giải nén vào hồ sơ.").format(error=cause(failure))
            )
        try:
            return gathering.content()
        except ReadError as error:
            if not failure or error.unread.reason is not UnreadReason.EMPTY:
                raise
            raise self._failed(failure, locked=_AES in data[-_TAIL:]) from error

    def _failed(self, failure: str, *, locked: bool) -> ReadError:
        if locked or "passphrase" in failure.lower() or "crypt" in failure.lower():
            detail = _("Tệp nén có mật khẩu; hãy giải nén bằng mật khẩu vào hồ sơ.")
            return ReadError.because(UnreadReason.ENCRYPTED, detail, self.format)
        detail = _("Tệp nén không mở được ({error}); hãy giải nén vào hồ sơ, hoặc sao chép lại từ bản gốc.")
        return ReadError.because(UnreadReason.CORRUPT, detail.format(error=cause(failure)), self.format)


def _files(program: str, data: bytes, limits: Limits) -> Iterator[Inner]:
    room = limits.max_unzipped_bytes
    for entries, (name, content) in enumerate(bsdtar.files(program, data, limits.max_bytes)):
        if entries >= limits.max_entries or room <= 0:
            yield Inner("…", too_large())
            return
        room -= len(content or b"")
        if counts(name):
            yield Inner(name, too_large() if content is None else content)
