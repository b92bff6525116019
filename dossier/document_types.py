"""Types of documents: names, codes, slugs; one table for recognising, placing and showing them.

Sources: Nghị định 30/2020/NĐ-CP, annex III; for the Party Quy định 66-QĐ/TW. ``OTHERS`` are papers
without a code that lie in dossiers.
"""

from __future__ import annotations

from collections.abc import Mapping

from dossier.vietnamese import slug

LETTER = "cong-van"

STATE: Mapping[str, str] = {
    "Nghị quyết": "NQ", "Quyết định": "QĐ", "Chỉ thị": "CT", "Quy chế": "QC", "Quy định": "QyĐ",
    "Thông cáo": "TC", "Thông báo": "TB", "Hướng dẫn": "HD", "Chương trình": "CTr", "Kế hoạch": "KH",
    "Phương án": "PA", "Đề án": "ĐA", "Dự án": "DA", "Báo cáo": "BC", "Biên bản": "BB", "Tờ trình": "TTr",
    "Hợp đồng": "HĐ", "Công điện": "CĐ", "Bản ghi nhớ": "BGN", "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ", "Giấy mời": "GM", "Giấy giới thiệu": "GGT", "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG", "Phiếu chuyển": "PC", "Phiếu báo": "PB", "Công văn": "CV", "Thư công": "",
}  # fmt: skip
PARTY: Mapping[str, str] = {"Kết luận": "KL", "Thông tri": "TT"}
OTHERS = (
    "Giấy khen", "Bằng khen", "Giấy chứng nhận", "Giấy xác nhận", "Giấy đề nghị", "Danh sách", "Bộ tiêu chí",
    "Tiêu chí", "Nội quy", "Quy ước", "Quy trình", "Thư cảm ơn", "Thư khen", "Thư ngỏ", "Bảng tổng hợp",
    "Bảng thống kê", "Bảng kê", "Bảng điểm", "Phiếu khảo sát", "Phiếu lấy ý kiến", "Bản cam kết",
    "Bản tự đánh giá", "Kịch bản", "Bài phát biểu", "Bài viết", "Diễn văn", "Lời kêu gọi", "Phụ lục",
    "Báo giá", "Hóa đơn", "Lịch trực", "Lịch công tác",
)  # fmt: skip
# Of one syllable: they begin other words too, and are a title only with care.
SHORT = ("Sổ", "Phiếu", "Đơn")

# Slug by code, name by slug.
CODES: dict[str, str] = {code: slug(name) for name, code in (*STATE.items(), *PARTY.items()) if code}
NAMES: dict[str, str] = {slug(name): name for name in (*STATE, *PARTY, *OTHERS, *SHORT)}


def name_of(type_slug: str) -> str:
    """The type's name, ``Quyết định`` for ``quyet-dinh``; an unknown slug with blanks, empty for none."""
    return NAMES.get(type_slug) or type_slug.replace("-", " ").capitalize()
