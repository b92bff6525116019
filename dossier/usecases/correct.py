"""People say what a document's head reads, where the tool read it wrong or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from dossier.archive import Archive
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
