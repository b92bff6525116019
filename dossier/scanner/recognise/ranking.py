"""The ranking and the share of targets that a document states; nothing where it states several.

Source of the ranks: Hướng dẫn 22/HD-BCA-V05, III.2 (Tốt, Khá, Trung bình, Yếu).
"""

from __future__ import annotations

import re

RANKS = {"tot": "tot", "kha": "kha", "trung binh": "trung-binh", "yeu": "yeu", "kem": "yeu"}
_LOOKED_AT = 60_000  # characters
_RANK = re.compile(
    r"(?<![a-z])(?:xep loai|xep hang|phan loai|dat loai|muc xep loai|dat muc|muc|loai|dat)"
    r"(?P<between>[^.;]{0,110}?[\s:“\"(])(?P<rank>tot|kha|trung binh|yeu|kem)(?![a-z])"
)
_CLOSE = re.compile(r"(?:\s?(?:la|:|loai|muc|dat|o|nam \d{4}|mo hinh)){0,3}\s?[\s:“\"(]{1,3}")
_LEADS = (":", "loai", "muc", "dat", "la")
_NAMED = re.compile(r"xep loai|phan loai|xep hang|loai")
_NOT_A_RANK = re.compile(r"\s{1,2}(?:cong tac|viec|nhiem vu|cac|trong|hon|nhat|dep|hieu qua|voi|nhung)\b")
# A scale, as guidance prints it, is no ranking: loại Tốt: từ 90% trở lên; loại Khá: từ 70% …
_SCALE = re.compile(r"\s?[:(,–-]?\s?(?:tu|duoi|dat tu|>=|≥|<)\s?\d{2}")
_SHARE = re.compile(r"(?<![\d,.])(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?%")
_TARGETS = re.compile(r"chi tieu|ke hoach (?:nam|de ra)|nhiem vu (?:nam|de ra)")
_PARTIAL = re.compile(r"(?:tu|duoi|tren|>=|≥|<)\s?$")
_NEAR = 60


def rank_of(abstract: str, folded: str) -> str:
    """``tot``, ``kha``, ``trung-binh`` or ``yeu``; empty where none or several are stated.

    ``abstract`` and ``folded``, the text, are folded. The abstract goes first.
    """
    for text in (abstract, folded[:_LOOKED_AT]):
        if "loai" not in text and "hang" not in text:
            continue
        said = {RANKS[found["rank"]] for found in _RANK.finditer(text) if _states(found, text)}
        if len(said) == 1:
            return said.pop()
        if said:
            return ""
    return ""


def _states(found: re.Match[str], text: str) -> bool:
    after = text[found.end() : found.end() + 30]
    if _NOT_A_RANK.match(after) or _SCALE.match(after):
        return False
    whole = found[0]
    if not _NAMED.search(whole):
        return False
    between = found["between"]
    # “xếp loại mô hình “Camera” của xã Hàm Thắng: Tốt”, “xếp loại … đạt loại Khá”
    return bool(_CLOSE.fullmatch(between)) or between.rstrip(' “"(').endswith(
        (":", "loai", "muc", "dat", "la")
    )


def percentage_of(folded: str) -> float | None:
    """How much of the year's targets a text says was reached, in percent; ``None`` where it does not,
    or names several shares."""
    text = folded[:_LOOKED_AT]
    said: dict[float, None] = {}
    if "%" not in text:
        return None
    for found in _SHARE.finditer(text):
        start = (
            max(text.rfind("\n", 0, found.start()), text.rfind(";", 0, found.start()), found.start() - 80) + 1
        )
        before = text[start : found.start()]
        after = re.split(r"[\n;]|\. ", text[found.end() : found.end() + _NEAR], maxsplit=1)[0]
        if _PARTIAL.search(before) or not _about_targets(before, after):
            continue
        said[float(found["share"].replace(",", "."))] = None
    return next(iter(said)) if len(said) == 1 else None


def _about_targets(before: str, after: str) -> bool:
    near_after = _TARGETS.search(after)
    if near_after and "%" not in after[: near_after.start()] and "," not in after[: near_after.start()]:
        return True
    last = list(_TARGETS.finditer(before))
    return bool(last) and len(before) - last[-1].end() <= 30 and "%" not in before[last[-1].end() :]
