"""Findings about the papers: unreadable, doubtful, double, undated, misplaced, tampered with, secret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from dossier.checklists.schema import Checklist
from dossier.compliance.definitions import found
from dossier.compliance.facts import plausible
from dossier.i18n import _
from dossier.model import DepartedFile, Document, DossierState, Facts, Finding, Form, Severity
from dossier.vietnamese import words

_CITATION = "HD22 V.3"
_SIGNATURES = "Nghị định 30/2020/NĐ-CP, Điều 5"
_INTACT = "HD22 V.3; Thông tư 56/2025/TT-BCA"
_POOR = 0.75  # confidence of OCR below which words are lost: clean scans have 0.9 and more
_SECRECY = "Luật 117/2025/QH15; TT 104/2021/TT-BCA"
# Papers that bear no number of their own (Nghị định 30/2020/NĐ-CP, annexes I and III).
_UNNUMBERED = frozenset(
    {"", "bien-ban", "danh-sach", "so", "quy-che", "giay-khen", "bo-tieu-chi", "phu-luc", "phieu"}
)
_UNDATED = frozenset({"so", "bang-ke", "danh-sach", "phu-luc", "phieu"})  # kept or filled in over time
# Papers that are signed on what they are attached to, or by many, or not at all.
_UNSIGNED = _UNNUMBERED - {"bien-ban", "giay-khen"} | {"bang-ke", "noi-quy", "quy-uoc"}
_QUOTED = re.compile(r"“([^”]+)”")
_ITEM_FOLDER = re.compile(r"(?:muc )?0?(\d{1,2})(?: .*)?")


def check(state: DossierState, checklist: Checklist, facts: Facts, today: date) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    yield from _unread(state)
    yield from _doubtful(state)
    yield from _double(state)
    yield from _form(state)
    yield from _misplaced(state, checklist)
    yield from _manifest(state, facts)
    yield from _declared(state, facts, today)
    yield from _signed(state)
    yield from _secret(state)
    yield from _poorly_read(state)
    yield from _unsigned(state)
    yield from _altered(state)
    yield from _partly_read(state)
    yield from _departed(state)


def _finding(rule: str, severity: Severity, message: str, *documents: str, part: str = "") -> Finding:
    return Finding(rule, severity, message, _CITATION, part, documents)


def _unread(state: DossierState) -> Iterator[Finding]:
    for file in state.unread:
        yield _finding("TV-01", Severity.WARNING, f"{file.path}: {file.detail}", file.path)


def _doubtful(state: DossierState) -> Iterator[Finding]:
    for document in state.documents:
        if document.review:
            maybe = ", ".join(dict.fromkeys(place.part for place in document.placements))
            message = (
                _("{document}: chưa chắc thuộc thành phần nào (có thể: {maybe}).")
                if maybe
                else _("{document}: chưa rõ thuộc mục nào.")
            )
            yield _finding(
                "TV-02", Severity.WARNING, message.format(document=document.id, maybe=maybe), document.id
            )


def _double(state: DossierState) -> Iterator[Finding]:
    by_content: dict[str, list[str]] = {}
    for document in state.documents:
        if document.ordinal == 1 and document.sha256:
            by_content.setdefault(document.sha256, []).append(document.path)
    for paths in by_content.values():
        if len(paths) > 1:
            message = _("Cùng một nội dung ở {count} chỗ: {paths}.").format(
                count=len(paths), paths=", ".join(sorted(paths))
            )
            yield _finding("TV-03", Severity.INFO, message, *sorted(paths))


def _form(state: DossierState) -> Iterator[Finding]:
    for document in state.documents:
        header = document.header
        if header.draft:
            message = _("{document}: là dự thảo; hồ sơ cần bản chính thức.")
            yield _finding("TV-06", Severity.WARNING, message.format(document=document.id), document.id)
            continue
        if not _is_paper(document):
            continue
        if header.date is None and header.type not in _UNDATED and not header.date_flaw:
            message = _("{document}: không thấy ngày ban hành.")
            yield _finding("TV-04", Severity.INFO, message.format(document=document.id), document.id)
        if not header.number_symbol.split("/")[0].strip() and header.type not in _UNNUMBERED:
            message = _("{document}: không thấy số văn bản.")
            yield _finding("TV-05", Severity.INFO, message.format(document=document.id), document.id)


def _is_paper(document: Document) -> bool:
    """Only a document with a head can be blamed for what its head lacks."""
    return document.header.form is not Form.NONE


def _misplaced(state: DossierState, checklist: Checklist) -> Iterator[Finding]:
    numbers = {item.number for item in checklist.items}
    for document in state.documents:
        if document.review or not document.placements:
            continue
        folder = _folder_item(document.path, state.folder.path)
        placed = {place.item for place in document.placements}
        if folder in numbers and folder not in placed:
            message = _(
                "{document}: nằm trong thư mục mục {folder} nhưng nội dung thuộc mục {placed}."
            ).format(document=document.id, folder=folder, placed=", ".join(map(str, sorted(placed))))
            yield _finding("TV-07", Severity.WARNING, message, document.id, part=document.placements[0].part)


def _folder_item(path: str, dossier: str) -> int | None:
    """The item that the folder's name claims, the innermost that does."""
    inside = path if dossier == "." else path[len(dossier) + 1 :]
    for name in reversed(inside.split("/")[:-1]):
        if match := _ITEM_FOLDER.fullmatch(words(name)):
            return int(match[1])
    return None


def _manifest(state: DossierState, facts: Facts) -> Iterator[Finding]:
    for problem in state.folder.problems:
        yield replace(_finding("TV-08", Severity.ERROR, problem), subject=(_key(problem),))
    for key in ("founded", "ended", "handed_over"):
        day = getattr(state.folder.manifest, key)
        if not plausible(day):
            message = _(
                "hoso.toml: {key} ghi năm {year}, không dùng được; viết đủ bốn chữ số, như 2024-03-05."
            )
            said = message.format(key=key, year=day.year)
            yield replace(_finding("TV-08", Severity.ERROR, said), subject=(key,))
    founded, ended = facts["founded"].value, facts["ended"].value
    if founded is not None and ended is not None and ended < founded:  # type: ignore[operator]
        message = _(
            "Ngày kết thúc ({ended:%d/%m/%Y}) trước ngày thành lập ({founded:%d/%m/%Y}); hãy sửa lại."
        )
        said = message.format(ended=ended, founded=founded)
        yield replace(_finding("TV-08", Severity.ERROR, said), subject=("ended<founded",))


def _declared(state: DossierState, facts: Facts, today: date) -> Iterator[Finding]:
    """Days that are declared and cannot all be right: nothing is counted wrong by them, but look again."""
    manifest = state.folder.manifest
    founded, handed = manifest.founded, manifest.handed_over
    ended = facts["ended"].value
    if founded is not None and plausible(founded) and founded > today:
        message = _(
            "hoso.toml: founded = {day:%d/%m/%Y} ở sau ngày kiểm tra, nên chưa đòi tài liệu nào theo năm."
        )
        yield _odd(message.format(day=founded), "founded>today")
    if handed is None or not plausible(handed):
        return
    if handed > today:
        message = _("hoso.toml: handed_over = {day:%d/%m/%Y} ở sau ngày kiểm tra; chỉ khai khi đã nộp lưu.")
        yield _odd(message.format(day=handed), "handed_over>today")
    if isinstance(ended, date) and handed < ended:
        message = _("hoso.toml: handed_over = {day:%d/%m/%Y} trước ngày kết thúc ({ended:%d/%m/%Y}).")
        yield _odd(message.format(day=handed, ended=ended), "handed_over<ended")


def _odd(said: str, subject: str) -> Finding:
    return replace(_finding("TV-08", Severity.WARNING, said), subject=(subject,))


def _key(problem: str) -> str:
    """What a sentence about the manifest is about, in every language: the key that it quotes."""
    quoted = _QUOTED.search(problem)
    return quoted[1] if quoted else "hoso.toml"


def _signed(state: DossierState) -> Iterator[Finding]:
    """Signatures belong to the file, so its documents share them: told once."""
    for document in {document.path: document for document in reversed(state.documents)}.values():
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
            said = message.format(
                document=f"{document.path} › {signature.inner}" if signature.inner else document.path,
                signer=signature.signer or _("không rõ người ký"),
                detail=signature.detail,
            )
            yield Finding("TV-10", severity, said, _SIGNATURES, documents=(document.path,))


def _secret(state: DossierState) -> Iterator[Finding]:
    yield from secret(state.documents)


def secret(documents: Iterable[Document]) -> Iterator[Finding]:
    """Papers with a stamp of secrecy, wherever they lie."""
    stamps = {"mat": "MẬT", "toi-mat": "TỐI MẬT", "tuyet-mat": "TUYỆT MẬT"}
    for document in documents:
        if document.security is not None:
            message = _(
                "{document}: có dấu {stamp}. Nội dung không được giữ lại ở bất kỳ đâu. Ngừng quét, sao chép "
                "tệp này; báo người phụ trách bảo vệ bí mật nhà nước để chuyển ra khỏi máy này theo quy định."
            )
            said = message.format(document=document.path, stamp=stamps.get(document.security, "MẬT"))
            yield Finding("MAT-01", Severity.ERROR, said, _SECRECY, documents=(document.path,))


def _poorly_read(state: DossierState) -> Iterator[Finding]:
    for document in state.documents:
        if document.confidence is not None and document.confidence < _POOR:
            message = _(
                "{document}: bản quét khó đọc (độ tin cậy nhận dạng {share:.0%}); "
                "số, ngày và nội dung có thể sai."
            )
            yield _finding(
                "TV-11",
                Severity.WARNING,
                message.format(document=document.id, share=document.confidence),
                document.id,
            )


def _unsigned(state: DossierState) -> Iterator[Finding]:
    for document in state.documents:
        header = document.header
        signed = header.signer or header.signer_title or document.signatures
        if _is_paper(document) and not header.draft and not signed and header.type not in _UNSIGNED:
            message = _("{document}: không thấy người ký.")
            yield found("TV-13", message.format(document=document.id), [document.id])


def _altered(state: DossierState) -> Iterator[Finding]:
    for file in state.altered:
        message = _(
            "{path}: nội dung đã bị thay đổi (phát hiện ngày {day}) mà kích thước và ngày giờ của tệp "
            "không đổi; hãy so với bản gốc hoặc bản sao lưu."
        ).format(path=file.path, day=day_of(file.noticed))
        yield Finding("TV-14", Severity.ERROR, message, _INTACT, "", (file.path,))


def _partly_read(state: DossierState) -> Iterator[Finding]:
    """Notes belong to the file, so its documents share them: told once."""
    for document in {document.path: document for document in reversed(state.documents)}.values():
        if document.notes:
            said = f"{document.path}: {' '.join(document.notes)}"
            yield _finding("TV-15", Severity.INFO, said, document.path)


def _departed(state: DossierState) -> Iterator[Finding]:
    for file in sorted(state.departed, key=lambda file: (file.replaced, file.path)):
        named, seen, noticed = _described(file), day_of(file.seen), day_of(file.noticed)
        if file.replaced:
            message = _(
                "{file}: nội dung đã được thay bằng nội dung khác; bản trước thấy lần cuối {seen}, "
                "bản mới thấy lần đầu {noticed}."
            )
            rule = "TV-17"
        else:
            message = _(
                "{file}: tệp không còn trong kho; thấy lần cuối {seen}, phát hiện mất {noticed}. "
                "Tìm lại hoặc lấy từ bản sao lưu."
            )
            rule = "TV-16"
        said = message.format(file=named, seen=seen, noticed=noticed)
        yield replace(found(rule, said, [file.path], part=file.part), noticed=file.noticed)


def _described(file: DepartedFile) -> str:
    """A file that is there no more by its path and what it was."""
    what = ", ".join(
        said
        for said in (
            _("số {number}").format(number=file.number_symbol) if file.number_symbol else "",
            _("ngày {day:%d/%m/%Y}").format(day=file.date) if file.date else "",
            _("thành phần {part}").format(part=file.part) if file.part else "",
        )
        if said
    )
    return f"{file.path} ({what})" if what else file.path


def day_of(at: datetime | None) -> str:
    """The day of an instant, as people here write it."""
    return at.astimezone().strftime("%d/%m/%Y") if at else _("chưa rõ")
