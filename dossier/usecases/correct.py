"""People correct what the tool read wrong: the fields of a document's head, and a stamp of secrecy that is
none."""

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
from dossier.usecases import audit
from dossier.usecases.field_values import parsed
from dossier.usecases.inspect import documents_of
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.naming import one_of
from dossier.usecases.scan import scan
from dossier.usecases.weighing import follow
from dossier.workspace import moment, person

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


def correct(
    archive: Archive, file: str, said: Mapping[str, str], today: date | None = None
) -> tuple[Document, ...]:
    """A person says what the head of a document reads; the document as it stands then.

    ``file`` may end in ``#2``; a file of several documents needs it. ``said`` by
    :data:`~dossier.usecases.field_values.FIELDS`; an empty value: the paper has none. What was corrected
    before and is not said again stays. Raises :class:`UsageError` for a value that cannot be meant.
    """
    if not said:
        raise UsageError(
            _("Chưa ghi trường nào cần sửa."),
            _('Ví dụ: dossier correct "{file}" --number 12/QĐ-UBND --date 05/12/2024').format(file=file),
        )
    document = _one(archive, file)
    values = values_of(archive, document, said, today)
    with writing(archive, "correct"), open_known(archive) as catalogue:
        audit.note(archive, "correct", file, fields=dict(said), sha256=document.sha256)
        record(catalogue, document, values)
        follow(archive, catalogue, [document.path])
    return tuple(d for d in documents_of(archive, document.path)[2] if d.ordinal == document.ordinal)


def record(catalogue: Catalogue, document: Document, values: Mapping[str, str]) -> None:
    """Keep a correction; what was corrected before and is not among the values stays. For the writer."""
    catalogue.people.correct([about(document, {**corrected(catalogue, document), **values})])


def corrected(catalogue: Catalogue, document: Document) -> Mapping[str, str]:
    """What people corrected in the document, by field."""
    content = (document.sha256, document.ordinal)
    known = catalogue.people.corrections()
    return next((c.values for c in known if (c.sha256, c.ordinal) == content and not c.astray), {})


def values_of(
    archive: Archive, document: Document, said: Mapping[str, str], today: date | None = None
) -> dict[str, str]:
    """What was typed, checked, in the form of the header. Raises :class:`UsageError`."""
    vocabulary.use(archive.vocabulary)
    return parsed(dict(said), document.header, today)


def about(document: Document, values: Mapping[str, str]) -> Correction:
    """The correction of a document by the person at this machine, made now."""
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
    """Undo :func:`correct`; the number of documents about which something was taken back."""
    found = _documents(archive, file)
    with writing(archive, "correct"), open_known(archive) as catalogue:
        audit.note(archive, "uncorrect", file)
        undone = sum(catalogue.people.uncorrect(d.sha256, d.ordinal, person()) for d in found)
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
            _("“{path}” có dấu mật: nội dung của nó không được giữ ở đâu.").format(path=found[0].path)
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
