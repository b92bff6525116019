"""The documents themselves: unread, doubtful, duplicate, undated, misplaced, altered, secret (TV-nn)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from dossier.checklists.rules import definitions
from dossier.compliance.case import Case, poorly_read
from dossier.compliance.evidence import folder_item
from dossier.compliance.finding import finding
from dossier.compliance.naming import called, document_name, part_title
from dossier.compliance.neighbours import named_instead
from dossier.compliance.own_model import leaves_out
from dossier.compliance.periods import date_words
from dossier.i18n import _, joined
from dossier.model import ILLEGIBLE_STAMP, DepartedFile, Document, Finding, Form, Severity, Source

RULES = (
    "TV-01", "TV-02", "TV-03", "TV-04", "TV-05", "TV-06", "TV-07", "TV-10", "TV-11", "TV-13", "TV-14",
    "TV-15", "TV-16", "TV-17", "MAT-01",
)  # fmt: skip
_STAMPS = {"mat": "MẬT", "toi-mat": "TỐI MẬT", "tuyet-mat": "TUYỆT MẬT"}


def check(case: Case) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    yield from _unread(case)
    yield from _doubtful(case)
    yield from _of_others(case)
    yield from _double(case)
    yield from _form(case)
    yield from _misplaced(case)
    yield from _misfiled(case)
    yield from _signed(case)
    yield from secret(sealed(case.state.documents))
    yield from _poorly_read(case)
    yield from _unsigned(case)
    yield from _altered(case)
    yield from _partly_read(case)
    yield from _departed(case)


def _unread(case: Case) -> Iterator[Finding]:
    for file in case.state.unread:
        if not file.placements:  # what counts as it is need not be read
            yield finding("TV-01", joined((f"{file.path}: ", file.detail), ""), [file.path])
    for left in case.state.ignored:
        if left.unseen:
            yield finding("TV-01", joined((f"{left.path}: ", left.why), ""), subject=(left.path,))


def _doubtful(case: Case) -> Iterator[Finding]:
    for document in case.state.documents:
        if not document.review:
            continue
        parts = dict.fromkeys(place.part for place in document.placements)
        maybe = "; ".join(f"{part_title(case.checklist, part)} ({part})" for part in parts)
        message = (
            _("{document}: chưa chắc là tài liệu nào (có thể: {maybe}).")
            if maybe
            else _("{document}: chưa rõ thuộc mục nào.")
        )
        yield finding("TV-02", message.format(document=document_name(document), maybe=maybe), [document.id])


def _of_others(case: Case) -> Iterator[Finding]:
    """Decisions that rank several models by name and not the dossier's, unless a person placed them."""
    ranking = case.checklist.ranking
    for document, place in case.placed.at(ranking.decision) if ranking else ():
        if place.source is not Source.PERSON and leaves_out(case, document):
            told = _(
                "{document} xếp loại nhiều {called} nhưng không thấy tên {called} của hồ sơ này; xem lại văn "
                "bản và phụ lục kèm theo."
            ).format(document=document_name(document), called=called(case.checklist))
            yield finding("TV-02", told, [document.id], part=place.part)


def _double(case: Case) -> Iterator[Finding]:
    by_content: dict[str, list[str]] = {}
    for document in case.state.documents:
        if document.ordinal == 1 and document.sha256:
            by_content.setdefault(document.sha256, []).append(document.path)
    for paths in by_content.values():
        if len(paths) > 1:
            told = _("Cùng một nội dung ở {count} chỗ: {paths}.").format(
                count=len(paths), paths=", ".join(sorted(paths))
            )
            yield finding("TV-03", told, sorted(paths))


def _form(case: Case) -> Iterator[Finding]:
    form = definitions().form
    for document in case.state.documents:
        header = document.header
        if header.draft:
            told = _("{document} là dự thảo; hồ sơ cần bản chính thức.")
            yield finding("TV-06", told.format(document=document_name(document)), [document.id])
            continue
        if not _is_paper(document):
            continue
        undated = header.date is None and not header.partial_date and not header.date_flaw
        if undated and header.type not in form.undated:
            told = _("{document}: không thấy ngày ban hành.")
            yield finding("TV-04", told.format(document=document_name(document)), [document.id])
        if not header.number_symbol.split("/")[0].strip() and header.type in form.numbered:
            told = _("{document}: không thấy số văn bản.")
            yield finding("TV-05", told.format(document=document_name(document)), [document.id])


def _is_paper(document: Document) -> bool:
    """Whether the document has a head, without which missing fields are not reported."""
    return document.header.form is not Form.NONE


def _misplaced(case: Case) -> Iterator[Finding]:
    numbers = {item.number for item in case.checklist.items}
    for document in case.state.documents:
        if document.review or not document.placements:
            continue
        folder = folder_item(document.path, case.state.folder.path)
        placed = {place.item for place in document.placements}
        if folder in numbers and folder not in placed:
            told = _(
                "{document} nằm trong thư mục của mục {folder} nhưng nội dung thuộc mục {placed}."
            ).format(
                document=document_name(document), folder=folder, placed=", ".join(map(str, sorted(placed)))
            )
            yield finding("TV-07", told, [document.id], part=document.placements[0].part)


def _misfiled(case: Case) -> Iterator[Finding]:
    """Documents that name another dossier of the archive and not their own. Never of a chosen place."""
    for document in case.state.documents:
        if any(place.source is Source.PERSON for place in document.placements):
            continue
        other = named_instead(case.state, document.header.abstract, case.around)
        if other:
            told = _(
                "{document} nêu tên hồ sơ khác trong kho (“{other}”), không nêu tên hồ sơ này: "
                "có thể để nhầm hồ sơ."
            ).format(document=document_name(document), other=other)
            yield finding("TV-07", told, [document.id])


def _signed(case: Case) -> Iterator[Finding]:
    """Broken signatures, once per file, since its documents share them."""
    for document in _one_of_each_file(case):
        for signature in document.signatures:
            if signature.broken:
                severity = Severity.ERROR
                message = _(
                    "{document}: chữ ký số không còn nguyên vẹn ({signer}). {detail} "
                    "Hãy lấy lại bản gốc đã ký từ nơi phát hành."
                )
            elif signature.amended:
                severity = Severity.WARNING
                message = _("{document}: có thay đổi sau khi ký số ({signer}). {detail}")
            else:
                continue
            told = message.format(
                document=f"{document.path} › {signature.inner}" if signature.inner else document.path,
                signer=signature.signer or _("không rõ người ký"),
                detail=signature.detail,
            )
            yield finding("TV-10", told, (document.path,), severity=severity)


def _one_of_each_file(case: Case) -> Iterable[Document]:
    """The first document of each file, which shares what is known of the file with the others."""
    return {document.path: document for document in reversed(case.state.documents)}.values()


def secret(papers: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield a finding for each document with a stamp of secrecy, given by path and stamp."""
    for path, stamp in papers:
        unread = _(
            "{document}: có khung dấu đỏ mà chữ bên trong không đọc được, có thể là dấu chỉ độ mật; tạm "
            "niêm phong, không giữ lại nội dung. Hãy xem văn bản gốc: nếu là dấu mật, báo người phụ trách "
            "bảo vệ bí mật nhà nước; nếu không, xác nhận bằng dossier unseal."
        )
        message = _(
            "{document}: có dấu {stamp}. Nội dung không được giữ lại ở bất kỳ đâu. Ngừng quét, sao chép "
            "tệp này; báo người phụ trách bảo vệ bí mật nhà nước để chuyển ra khỏi máy này theo quy định."
        )
        words = unread if stamp == ILLEGIBLE_STAMP else message
        told = words.format(document=path, stamp=_STAMPS.get(stamp, "MẬT"))
        yield finding("MAT-01", told, (path,))


def sealed(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Path and stamp of the documents with a stamp of secrecy."""
    return ((document.path, document.security) for document in documents if document.security is not None)


def _poorly_read(case: Case) -> Iterator[Finding]:
    for document in case.state.documents:
        if poorly_read(document):
            told = _(
                "{document}: bản quét khó đọc (độ tin cậy nhận dạng {share:.0%}); số, ngày và nội "
                "dung có thể sai."
            ).format(document=document_name(document), share=document.confidence)
            yield finding("TV-11", told, [document.id])


def _unsigned(case: Case) -> Iterator[Finding]:
    unsigned = definitions().form.unsigned
    for document in case.state.documents:
        header = document.header
        signed = header.signer or header.signer_title or document.signatures
        if _is_paper(document) and not header.draft and not signed and header.type not in unsigned:
            told = _("{document}: không thấy người ký.").format(document=document_name(document))
            yield finding("TV-13", told, [document.id])


def _altered(case: Case) -> Iterator[Finding]:
    for file in case.state.altered:
        told = _(
            "{path}: nội dung đã bị thay đổi (phát hiện ngày {day}) mà kích thước và ngày giờ của tệp "
            "không đổi; hãy so với bản gốc hoặc bản sao lưu."
        ).format(path=file.path, day=day_of(file.noticed))
        yield finding("TV-14", told, (file.path,))


def _partly_read(case: Case) -> Iterator[Finding]:
    """Files read only in part, once per file, since its documents share the notes."""
    for document in _one_of_each_file(case):
        if document.notes:
            yield finding("TV-15", f"{document.path}: {' '.join(document.notes)}", [document.path])


def _departed(case: Case) -> Iterator[Finding]:
    for file in sorted(case.state.departed, key=lambda file: (file.replaced, file.path)):
        if file.replaced:
            message = _(
                "{file}: nội dung đã được thay bằng nội dung khác; bản trước thấy lần cuối {seen}, "
                "bản mới thấy lần đầu {noticed}."
            )
        else:
            message = _(
                "{file}: tệp không còn trong kho; thấy lần cuối {seen}, phát hiện mất {noticed}. "
                "Tìm lại hoặc lấy từ bản sao lưu."
            )
        told = message.format(file=_described(file), seen=day_of(file.seen), noticed=day_of(file.noticed))
        rule = "TV-17" if file.replaced else "TV-16"
        yield finding(rule, told, [file.path], part=file.part, noticed=file.noticed)


def _described(file: DepartedFile) -> str:
    """A vanished file by its path and its last known content."""
    what = ", ".join(
        told
        for told in (
            _("số {number}").format(number=file.number_symbol) if file.number_symbol else "",
            _("ngày {day}").format(day=date_words(file.date)) if file.date else "",
            _("thành phần {part}").format(part=file.part) if file.part else "",
        )
        if told
    )
    return f"{file.path} ({what})" if what else file.path


def day_of(at: datetime | None) -> str:
    """The local date of an instant in words."""
    return at.astimezone().strftime("%d/%m/%Y") if at else _("chưa rõ")
