"""How every value of a report is said and drawn: one place, used by all formats.

Each state has a symbol and a word besides its colour, so that nothing depends on colour: reports
are printed in black and white and read by people who do not see red and green apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dossier.i18n import _, language
from dossier.model import (
    Document,
    DossierReport,
    Fact,
    FactSource,
    FactValue,
    ItemResult,
    PartResult,
    Reading,
    Retention,
    Severity,
    Status,
    UnreadReason,
)
from dossier.vietnamese import slug

# Types of documents by name (Nghị định 30/2020/NĐ-CP, annex III; Quy định 66-QĐ/TW; common papers).
_TYPES = (
    "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn",
    "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng",
    "Công điện", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu",
    "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo", "Công văn", "Thư công", "Kết luận",
    "Thông tri", "Giấy khen", "Bằng khen", "Danh sách", "Bộ tiêu chí", "Tiêu chí", "Nội quy", "Quy ước",
    "Phiếu khảo sát", "Phiếu lấy ý kiến", "Phiếu", "Sổ", "Đơn", "Phụ lục", "Bản cam kết", "Bảng tổng hợp",
    "Bảng thống kê", "Thư cảm ơn", "Thư khen", "Bài viết", "Kịch bản", "Giấy chứng nhận", "Giấy xác nhận",
)  # fmt: skip
_BY_SLUG = {slug(name): name for name in _TYPES}
_SETTLED = (Status.PRESENT, Status.WAIVED)


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is shown: one character, a few words, and a style of rich that only helps."""

    symbol: str
    word: str
    colour: str


def status(value: Status) -> Look:
    """How the status of an item or part is shown."""
    return {
        Status.PRESENT: Look("✓", _("đủ"), "green"),
        Status.PARTIAL: Look("◐", _("thiếu một phần"), "yellow"),
        Status.MISSING: Look("✗", _("thiếu"), "red"),
        Status.NOT_APPLICABLE: Look("–", _("chưa yêu cầu"), "dim"),
        Status.WAIVED: Look("○", _("được chấp nhận"), "cyan"),
        Status.NEEDS_REVIEW: Look("?", _("cần xem lại"), "magenta"),
    }[value]


def severity(value: Severity) -> Look:
    """How the severity of a finding is shown."""
    return {
        Severity.ERROR: Look("✗", _("lỗi"), "red"),
        Severity.WARNING: Look("!", _("cảnh báo"), "yellow"),
        Severity.INFO: Look("i", _("thông tin"), "cyan"),
    }[value]


def complete(dossier: DossierReport) -> Look:
    """How the verdict on a dossier is shown."""
    return Look("✓", _("đầy đủ"), "green") if dossier.complete else Look("✗", _("chưa đầy đủ"), "red")


def share(dossier: DossierReport) -> tuple[int, int]:
    """How many items lack nothing, and of how many something is asked today."""
    asked = [item for item in dossier.items if item.status is not Status.NOT_APPLICABLE]
    return sum(item.status in _SETTLED for item in asked), len(asked)


def summary_line(counts: Mapping[str, int]) -> str:
    """The totals of :attr:`~dossier.model.ComplianceReport.summary` as one sentence."""
    return _(
        "{dossiers} hồ sơ: {complete} đầy đủ, {incomplete} chưa đầy đủ; {files} tệp, {documents} văn bản, "
        "{needs_review} cần xem lại, {unread} chưa đọc được, {ignored} không tính."
    ).format(**counts)


def shown_parts(item: ItemResult) -> Iterator[PartResult]:
    """The parts worth a row: an item of which nothing is asked takes one row, under its own name.

    Beside parts that matter, those of which nothing is asked are left out.
    """
    parts = [part for part in item.parts if part.status is not Status.NOT_APPLICABLE]
    if not parts and item.parts:
        parts = [replace(item.parts[0], part=str(item.item), title=item.title)]
    yield from parts


def shown_facts(dossier: DossierReport) -> Iterator[tuple[str, str, str]]:
    """Name, value and source of every fact that is known or assumed, in words."""
    for key, fact in dossier.facts.items():
        if fact.value is None or fact.value in ("", ()):
            continue
        yield _fact_name(key), _fact_value(key, fact.value), _fact_source(fact)


def _fact_name(key: str) -> str:
    return {
        "founded": _("Ngày thành lập"),
        "ended": _("Ngày kết thúc"),
        "planned": _("Ngày ban hành kế hoạch"),
        "linked": _("Mô hình liên kết"),
        "members": _("Đơn vị thành viên"),
        "led_by": _("Lực lượng chủ trì"),
        "party_committee": _("Có tổ chức đảng"),
        "fund": _("Có quỹ"),
        "pilot": _("Có tổ chức làm điểm"),
        "unit": _("Đơn vị"),
        "hold": _("Lý do giữ lại"),
    }.get(key, key)


def _fact_value(key: str, value: FactValue) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    if key == "led_by":
        told = {"police": _("lực lượng Công an"), "other": _("đơn vị ngoài Công an")}
        return told.get(str(value), str(value))
    return str(value)


def _fact_source(fact: Fact) -> str:
    word = {
        FactSource.DECLARED: _("khai báo"),
        FactSource.INFERRED: _("suy từ tài liệu"),
        FactSource.DEFAULT: _("mặc định"),
    }[fact.source]
    return f"{word}: {fact.origin}" if fact.origin else word


def retention(value: Retention) -> str:
    """The retention rules in words; a value nobody has compared with the law says so."""
    if value.period is None:
        period = _("chưa xác định thời hạn")
    else:
        period = _("vĩnh viễn") if value.period == "permanent" else value.period
    said = [period]
    if value.handover_due:
        said.append(_("nộp lưu trước {day}").format(day=day(value.handover_due)))
    if value.expires:
        said.append(_("hết hạn {day}").format(day=day(value.expires)))
    text = f"{value.title}: {', '.join(said)}"
    return text if value.verified else f"{text} ({_('tham khảo, chưa đối chiếu')})"


def reason(value: UnreadReason) -> str:
    """Why a file was not read, in a few words."""
    return {
        UnreadReason.ENCRYPTED: _("có mật khẩu"),
        UnreadReason.CORRUPT: _("không mở được"),
        UnreadReason.UNSUPPORTED: _("chưa hỗ trợ"),
        UnreadReason.TIMEOUT: _("đọc quá lâu"),
        UnreadReason.TOO_LARGE: _("quá lớn"),
        UnreadReason.EMPTY: _("rỗng"),
    }[value]


def reading(value: Reading) -> str:
    """How a document's text was had, in a few words."""
    return {
        Reading.TEXT: _("chữ có sẵn"),
        Reading.OCR: _("nhận dạng từ ảnh (OCR)"),
        Reading.MIXED: _("một phần nhận dạng từ ảnh (OCR)"),
        Reading.NONE: _("không có chữ"),
    }[value]


def type_name(type_slug: str) -> str:
    """The Vietnamese name of a type of document: ``quyet-dinh`` → ``Quyết định``; empty for none."""
    return _BY_SLUG.get(type_slug) or type_slug.replace("-", " ").capitalize()


def heading(document: Document) -> str:
    """A document in one line: type, number, date, abstract, as far as they are known."""
    header = document.header
    known = (type_name(header.type), header.number_symbol, day(header.date), header.abstract)
    return " · ".join(filter(None, known)) or _("không thấy đầu đề")


def day(value: date | None) -> str:
    """A date as written in the language in use: ``24/11/2026``, in English ``2026-11-24``."""
    if value is None:
        return ""
    return value.strftime("%d/%m/%Y") if language() == "vi" else value.isoformat()
