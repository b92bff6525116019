"""Document types: their slugs, Vietnamese names and codes, for names of files and for evidence.

Source: Nghị định 30/2020/NĐ-CP, annex III; the last group are papers without a code that lie in
such dossiers.
"""

from __future__ import annotations

from collections.abc import Mapping

TYPES: Mapping[str, tuple[str, str]] = {
    "nghi-quyet": ("nghị quyết", "nq"),
    "quyet-dinh": ("quyết định", "qd"),
    "chi-thi": ("chỉ thị", "ct"),
    "quy-che": ("quy chế", "qc"),
    "quy-dinh": ("quy định", "qyd"),
    "thong-cao": ("thông cáo", "tc"),
    "thong-bao": ("thông báo", "tb"),
    "huong-dan": ("hướng dẫn", "hd"),
    "chuong-trinh": ("chương trình", "ctr"),
    "ke-hoach": ("kế hoạch", "kh"),
    "phuong-an": ("phương án", "pa"),
    "de-an": ("đề án", "da"),
    "bao-cao": ("báo cáo", "bc"),
    "bien-ban": ("biên bản", "bb"),
    "to-trinh": ("tờ trình", "ttr"),
    "hop-dong": ("hợp đồng", ""),
    "cong-dien": ("công điện", ""),
    "ban-thoa-thuan": ("bản thỏa thuận", "btt"),
    "giay-moi": ("giấy mời", "gm"),
    "ket-luan": ("kết luận", "kl"),
    "thong-tri": ("thông tri", ""),
    "cong-van": ("công văn", "cv"),
    "danh-sach": ("danh sách", "ds"),
    "bang-ke": ("bảng kê", ""),
    "phieu": ("phiếu", ""),
    "so": ("sổ", ""),
}

_BY_CODE = {code: slug for slug, (_name, code) in TYPES.items() if code}
_BY_CODE["tt"] = "to-trinh"  # a common slip for TTr
_BY_NAME = {slug.replace("-", " "): slug for slug in TYPES if "-" in slug}


def title(slug: str) -> str:
    """The type's name as written in a sentence: ``quyết định``; an unknown slug as it is."""
    return TYPES[slug][0] if slug in TYPES else slug.replace("-", " ")


def code_type(word: str) -> str:
    """The slug of a folded type code (``qd``), or an empty string."""
    return _BY_CODE.get(word, "")


def named_type(text: str) -> str:
    """The type whose name stands first in folded words, or an empty string."""
    found = [(at, slug) for name, slug in _BY_NAME.items() if (at := f" {text} ".find(f" {name} ")) >= 0]
    return min(found)[1] if found else ""
