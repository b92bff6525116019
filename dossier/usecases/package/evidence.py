"""Tables for the receiver to assess a package: signatures, PDF/A copies, versions, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dossier.catalogue import Catalogue
from dossier.checklists.schema import Checklist
from dossier.compliance.naming import places_in_words
from dossier.i18n import speaking
from dossier.model import DossierReport, Paper, Signature
from dossier.usecases.field_values import typed
from dossier.usecases.package.contents import LeftOut, Original
from dossier.usecases.package.metadata import table

_STATES = {
    "format": "không có cách chuyển loại tệp này",
    "no-program": "máy lập gói không có chương trình chuyển",
    "failed": "chương trình không chuyển được",
    "not-pdf-a": "bản chuyển ra không đạt, nên không đưa vào gói",
    "too-large": "tệp quá lớn (trên 64 MB), không chuyển",
    "": "đạt",
}
_CHECKED = (
    "theo ISO 19005: cấu trúc tệp, khai báo PDF/A, màu, phông chữ, độ trong suốt, mã lệnh, chú thích, "
    "biểu mẫu, tệp kèm; chưa kiểm tra: độ rộng từng chữ, bên trong ảnh JPEG 2000 (veraPDF kiểm tra cả hai)"
)


def signatures(dossier: DossierReport, originals: Sequence[Original]) -> bytes:
    """Make the table of the files' digital signatures, as checked by the last scan."""
    inside = {original.path: original.inside for original in originals}
    found = {
        (document.path, signature): None
        for document in dossier.documents
        if document.path in inside
        for signature in document.signatures
    }
    rows = [
        {
            "Tệp": inside[path],
            "Loại": {"pades": "trong PDF", "xml": "trong tệp Office", "printed": "chỉ có khung chữ ký"}.get(
                signature.kind, signature.kind
            ),
            "Người ký": signature.signer,
            "Thời điểm ký": signature.at.isoformat() if signature.at else "",
            "Tình trạng": _state(signature),
            "Chứng thư tin cậy": "có" if signature.trusted else "chưa xác minh",
        }
        for path, signature in found
    ]
    return table(rows, ("Tệp", "Loại", "Người ký", "Thời điểm ký", "Tình trạng", "Chứng thư tin cậy"))


def _state(signature: Signature) -> str:
    if not signature.checked:
        return "chưa kiểm tra"
    if not signature.intact:
        return "không còn nguyên vẹn"
    return "nguyên vẹn, có thay đổi sau khi ký" if signature.amended else "nguyên vẹn"


def copies(originals: Sequence[Original], states: Mapping[str, str]) -> bytes:
    """Make the table of PDF/A copies with the results of their checks; ``states``: codes by path."""
    rows = [
        {
            "Tệp": original.inside,
            "Bản PDF/A": _STATES[states[original.path]],
            "Đã kiểm tra": _CHECKED if not states[original.path] else "",
        }
        for original in originals
    ]
    return table(rows, ("Tệp", "Bản PDF/A", "Đã kiểm tra"))


def versions(dossier: DossierReport, left: Sequence[LeftOut]) -> bytes:
    """Make the table of files that stay with the unit, with reasons and differences between versions."""
    differing: dict[str, list[str]] = {}
    for paper in _all(dossier.papers):
        for each in paper.differences:
            text = f"{_FIELDS.get(each.field, each.field)}: {each.counts} / {each.other}"
            differing.setdefault(each.document.rpartition("#")[0], []).append(text)
    rows = [
        {
            "Tệp": file.path.removeprefix(f"{dossier.path}/"),
            "Vì sao không nộp": f"bản khác của {file.of.removeprefix(f'{dossier.path}/')}"
            if file.of
            else "không thuộc mục nào của hồ sơ",
            "Khác bản nộp ở (bản nộp / bản này)": "; ".join(differing.get(file.path, ())),
            "SHA-256": file.sha256,
        }
        for file in left
    ]
    names = ("Tệp", "Vì sao không nộp", "Khác bản nộp ở (bản nộp / bản này)", "SHA-256")
    return table(rows, names)


_FIELDS = {
    "number_symbol": "số, ký hiệu", "date": "ngày", "issuing_body": "cơ quan ban hành",
    "abstract": "trích yếu", "signer": "người ký", "pages": "số trang",
}  # fmt: skip


def _all(papers: Iterable[Paper]) -> Iterable[Paper]:
    for paper in papers:
        yield paper
        yield from paper.annexes


@speaking("vi")
def decisions(dossier: DossierReport, checklist: Checklist | None, catalogue: Catalogue) -> bytes:
    """Make the table of people's decisions and entries on the dossier and its documents, also revoked ones,
    oldest first."""
    of = {(d.sha256, d.ordinal): d.path.removeprefix(f"{dossier.path}/") for d in dossier.documents}
    rows: list[tuple[str, dict[str, str]]] = []

    def add(at: str, about: str, what: str, author: str, ended: str = "") -> None:
        row = {
            "Thời điểm (UTC)": at,
            "Về": about,
            "Nội dung": what,
            "Người quyết định": author,
            "Đã bỏ": ended,
        }
        rows.append((at, row))

    for made in catalogue.decisions.all(history=True):
        if (path := of.get((made.sha256, made.ordinal))) is not None:
            add(_at(made), path, places_in_words(checklist, made.placements), made.author, _ended(made))
    for fix in catalogue.corrections.all(history=True):
        if (path := of.get((fix.sha256, fix.ordinal))) is not None:
            values = "; ".join(f"{name} = {value}" for name, value in typed(fix.values).items())
            add(_at(fix), path, f"ghi lại: {values}", fix.author, _ended(fix))
    for told in catalogue.facts.all(history=True, dossier=dossier.path):
        add(_at(told), "hồ sơ", f"ghi nhận {told.key} = {told.value}", told.author, _ended(told))
    for waiver in catalogue.waivers.all():
        if waiver.dossier == dossier.path:
            said = f"chấp nhận {waiver.rule} {waiver.part}: {waiver.reason}"
            add(_at(waiver), "hồ sơ", said, waiver.author)
    rows.sort(key=lambda row: row[0])
    names = ("Thời điểm (UTC)", "Về", "Nội dung", "Người quyết định", "Đã bỏ")
    return table([row for _time, row in rows], names)


def _at(made: object) -> str:
    at = getattr(made, "made_at", None)
    return at.isoformat(timespec="seconds") if at else ""


def _ended(made: object) -> str:
    at = getattr(made, "ended_at", None)
    return at.isoformat(timespec="seconds") if at else ""
