"""A person says that a paper bears no stamp of secrecy: it is read and kept like any other, for as long as
its content stays the same."""

from __future__ import annotations

from dossier.archive import Archive
from dossier.catalogue.secrecy import Unsealed
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.usecases import audit
from dossier.usecases.inspect import documents_of
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.scan import scan
from dossier.workspace import person


def unseal(archive: Archive, file: str, reason: str, *, sha256: str = "", read: bool = True) -> str:
    """Unseal the file and read it, or leave that to who calls; its path. ``sha256``: the content that the
    person saw. What was said but not read yet is not said twice. Raises :class:`UsageError` for a file that
    is not sealed or has another content, or when no reason is given."""
    if not reason.strip():
        raise UsageError(_("Phải nêu lý do."), _('Thêm: --reason "lý do"'))
    path, _kind, documents = documents_of(archive, file)
    if not any(document.security for document in documents):
        raise UsageError(
            _("“{path}” không bị niêm phong.").format(path=path),
            _("Chỉ tệp bị coi là có dấu chỉ độ mật (MAT-01) mới cần mở niêm phong."),
        )
    content = documents[0].sha256
    if sha256 and content != sha256:
        raise UsageError(_("“{path}” đã thay đổi từ lúc được xem.").format(path=path))
    with writing(archive, "unseal"), open_known(archive) as catalogue:
        if not sha256 or content not in catalogue.secrecy.unsealed():
            audit.note(archive, "unseal", path, reason=reason)
            catalogue.secrecy.unseal(content, path, reason.strip(), person())
    if read:
        scan(archive)
    return path


def seal_again(archive: Archive, file: str, *, sha256: str = "", read: bool = True) -> bool:
    """Take that back: the file is judged by its stamps again; false when nobody had unsealed it, or not the
    content ``sha256``. ``read`` as for :func:`unseal`."""
    path, _kind, documents = documents_of(archive, file)
    if not documents or sha256 not in ("", documents[0].sha256):
        return False
    with writing(archive, "unseal"), open_known(archive) as catalogue:
        audit.note(archive, "seal", path)
        ended = catalogue.secrecy.seal(documents[0].sha256, person())
    if read:
        scan(archive)
    return ended


def unsealed(archive: Archive, *, history: bool = False) -> list[Unsealed]:
    """Who unsealed what, when and why."""
    with open_known(archive) as catalogue:
        return catalogue.secrecy.words_of_people(history=history)
