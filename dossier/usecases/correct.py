"""Corrections by people of what was recognised wrongly: fields of a document's head, and false stamps of
secrecy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.catalogue.secrecy import Unsealed
from dossier.checklists import vocabulary
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Correction, Document
from dossier.usecases import typed_text
from dossier.usecases.field_values import parsed
from dossier.usecases.inspect import documents_of
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.naming import one_of
from dossier.usecases.scan import scan
from dossier.usecases.weighing import follow
from dossier.usecases.whole_acts import whole_act
from dossier.workspace import moment, person

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


def correct(
    archive: Archive, file: str, typed: Mapping[str, str], today: date | None = None
) -> tuple[Document, ...]:
    """Correct fields of a document's head; return the document after the correction.

    ``file`` may end in ``#2``, which is required for a file of several documents. ``typed``: values by
    :data:`~dossier.usecases.field_values.FIELDS`, an empty one meaning that the paper has no such field.
    Earlier corrections of other fields stay. Raises :class:`UsageError` for an invalid value.
    """
    if not typed:
        raise UsageError(
            _("Chưa ghi trường nào cần sửa."),
            _('Ví dụ: dossier correct "{file}" --number 12/QĐ-UBND --date 05/12/2024').format(file=file),
        )
    document = _one(archive, file)
    values = values_of(archive, document, typed, today)
    with writing(archive, "correct"), open_known(archive) as catalogue:
        with whole_act(archive, catalogue) as say:
            say("correct", file, fields=dict(typed), sha256=document.sha256)
            record(catalogue, document, values)
        follow(archive, catalogue, [document.path])
    return tuple(d for d in documents_of(archive, document.path)[2] if d.ordinal == document.ordinal)


def record(catalogue: Catalogue, document: Document, values: Mapping[str, str]) -> None:
    """Store a correction; earlier corrections of other fields stay. The caller holds the archive's lock."""
    catalogue.corrections.record([new_correction(document, {**corrected(catalogue, document), **values})])


def restore(catalogue: Catalogue, document: Document, before: Mapping[str, str]) -> None:
    """Make ``before`` the corrected values of a document again, or none. The caller holds the archive's
    lock."""
    with catalogue.together():
        catalogue.corrections.end(document.sha256, document.ordinal, author=person())
        if before:
            catalogue.corrections.record([new_correction(document, before)])


def corrected(catalogue: Catalogue, document: Document) -> Mapping[str, str]:
    """Return the corrected values of a document by field."""
    known = catalogue.corrections.all(sha256=document.sha256, ordinal=document.ordinal)
    return next((c.values for c in known if not c.astray), {})


def values_of(
    archive: Archive, document: Document, typed: Mapping[str, str], today: date | None = None
) -> dict[str, str]:
    """Return typed values, validated and in the form of the header. Raises :class:`UsageError` for an invalid
    one."""
    vocabulary.use(archive.vocabulary)
    return parsed(dict(typed), document.header, today)


def new_correction(document: Document, values: Mapping[str, str]) -> Correction:
    """Return a new correction of a document by the person at this machine."""
    return Correction(
        document.sha256,
        document.ordinal,
        values,
        person(),
        moment().replace(microsecond=0),
        document.pages,
        document.path,
    )


def reset(archive: Archive, file: str) -> int:
    """Undo :func:`correct`; return the number of documents whose corrections were revoked."""
    found = _documents(archive, file)
    with writing(archive, "correct"), open_known(archive) as catalogue:
        with whole_act(archive, catalogue) as say:
            say("uncorrect", file)
            undone = sum(catalogue.corrections.end(d.sha256, d.ordinal, author=person()) for d in found)
        follow(archive, catalogue, (each.path for each in found))
    return undone


def _one(archive: Archive, file: str) -> Document:
    found = _documents(archive, file)
    if len(found) > 1:
        raise UsageError(
            _("“{path}” có {count} văn bản; ghi rõ văn bản nào.").format(
                path=found[0].path, count=len(found)
            ),
            _("Ví dụ: {name}#2. Xem từng văn bản: dossier show “{path}”").format(
                name=found[0].path.rpartition("/")[2], path=found[0].path
            ),
        )
    if found[0].security is not None:
        raise UsageError(
            _("“{path}” bị niêm phong: nội dung của nó không được giữ ở đâu.").format(path=found[0].path)
        )
    return found[0]


def _documents(archive: Archive, file: str) -> tuple[Document, ...]:
    name, one = one_of(file)
    path, _kind, found = documents_of(archive, name)
    chosen = tuple(d for d in found if one is None or d.ordinal == one)
    if not chosen:
        raise UsageError(
            _("“{path}” không có văn bản nào đọc được để sửa.").format(path=path),
            _('Xem tình trạng của tệp bằng: dossier show "{path}"').format(path=path),
        )
    return chosen


def unseal(archive: Archive, file: str, reason: str, *, sha256: str = "", read: bool = True) -> str:
    """Unseal a file and, with ``read``, scan it; return its path. ``sha256``: the content that the person
    saw; then a pending unsealing of it is not recorded twice. Raises :class:`UsageError` for a file that is
    not sealed or has another content, or for a blank reason."""
    reason = typed_text.reason(reason)
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
            with whole_act(archive, catalogue) as say:
                say("unseal", path, reason=reason)
                catalogue.secrecy.unseal(content, path, reason, person())
    if read:
        scan(archive)
    return path


def seal_again(archive: Archive, file: str, *, sha256: str = "", read: bool = True) -> bool:
    """Revoke an unsealing, so that the file's stamps count again; return false if the file was not unsealed
    or has another content than ``sha256``. ``read`` as for :func:`unseal`."""
    path, _kind, documents = documents_of(archive, file)
    if not documents or sha256 not in ("", documents[0].sha256):
        return False
    with (
        writing(archive, "unseal"),
        open_known(archive) as catalogue,
        whole_act(archive, catalogue) as say,
    ):
        if ended := catalogue.secrecy.seal(documents[0].sha256, person()):
            say("seal", path)
    if read:
        scan(archive)
    return ended


def unsealed(archive: Archive, *, history: bool = False) -> list[Unsealed]:
    """Return who unsealed which file, when and why; with ``history`` also revoked unsealings."""
    with open_known(archive) as catalogue:
        return catalogue.secrecy.words_of_people(history=history)
