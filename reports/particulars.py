"""What a document says beyond its head, in words: capacity, level, recipients, rank, periods, citations."""

from __future__ import annotations

from dossier.checklists.vocabulary import name_of
from dossier.i18n import N_, _
from dossier.model import Header, Level, Reference
from reports import looks

_MOST = 6  # of a list; the rest is only counted
_LEVELS = {
    Level.COMMUNE: N_("cấp xã"),
    Level.DISTRICT: N_("cấp huyện"),
    Level.PROVINCE: N_("cấp tỉnh"),
    Level.MINISTRY: N_("cấp bộ, trung ương"),
    Level.PARTY: N_("tổ chức đảng"),
    Level.FRONT: N_("Mặt trận, đoàn thể"),
    Level.ENTERPRISE: N_("doanh nghiệp"),
    Level.SCHOOL: N_("trường học"),
}
_RANKS = {"tot": N_("Tốt"), "kha": N_("Khá"), "trung-binh": N_("Trung bình"), "yeu": N_("Yếu")}


def particulars(header: Header) -> list[tuple[str, str]]:
    """Names and values of what was found; nothing for what was not."""
    level = _(_LEVELS[header.issuer_level]) if header.issuer_level else ""
    rank = _(_RANKS[header.rank]) if header.rank in _RANKS else ""
    share = "" if header.percentage is None else f"{header.percentage:g} %"
    found = [
        (_("Chức vụ người ký"), header.signer_title),
        (_("Cấp ban hành"), level),
        (_("Kỳ, năm"), ", ".join(header.periods)),
        (_("Mức xếp loại nêu trong văn bản"), rank),
        (_("Kết quả so với chỉ tiêu"), share),
        (_("Đơn vị thành viên"), _few(header.members)),
        (_("Nơi nhận"), _few(header.recipients)),
        (_("Văn bản được nhắc đến"), _few([_cited(reference) for reference in header.references])),
    ]
    return [(name, value) for name, value in found if value]


def _few(values: list[str] | tuple[str, ...]) -> str:
    text = "; ".join(values[:_MOST])
    return text + _(" và {count} nữa").format(count=len(values) - _MOST) if len(values) > _MOST else text


def _cited(reference: Reference) -> str:
    day = f" ({looks.day(reference.date)})" if reference.date else ""
    return f"{name_of(reference.type)} {reference.number_symbol}{day}".strip()
