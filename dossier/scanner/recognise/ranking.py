"""Extract the rank of a model and the percentage of targets reached from a document.

Both are empty if a document states several values. Source of the ranks: Hướng dẫn 22/HD-BCA-V05, III.2 (Tốt,
Khá, Trung bình, Yếu).
"""

from __future__ import annotations

import re

from dossier.vietnamese import words

RANKS = {"tot": "tot", "kha": "kha", "trung binh": "trung-binh", "yeu": "yeu", "kem": "yeu"}
_LOOKED_AT = 60_000  # characters
_RANK = re.compile(
    r"(?<![a-z])(?:xep loai|xep hang|phan loai|dat loai|muc xep loai|dat muc|muc|loai|dat)"
    r"(?P<between>[^.;]{0,110}?[\s:“\"(])(?P<rank>tot|kha|trung binh|yeu|kem)(?![a-z])"
)
_CLOSE = re.compile(r"(?:\s?(?:la|:|loai|muc|dat|o|nam \d{4}|mo hinh)){0,3}\s?[\s:“\"(]{1,3}")
_LEADS = (":", "loai", "muc", "dat", "la")
_NAMED = re.compile(r"xep loai|phan loai|xep hang|loai")
_REACHED = re.compile(r"(?:dat|muc|dat muc)[\s:“\"(]{1,3}[a-z ]+")  # “Mô hình … năm 2024 đạt mức Tốt.”
_END = re.compile(r"[\s”\")]{0,3}(?:[.;,\n]|nam \d{4}|$)")
_NOT_A_RANK = re.compile(r"\s{1,2}(?:cong tac|viec|nhiem vu|cac|trong|hon|nhat|dep|hieu qua|voi|nhung)\b")
# A scale in guidance is no ranking: loại Tốt: từ 90% trở lên; loại Khá: từ 70% …
_SCALE = re.compile(r"\s?[:(,–-]?\s?(?:tu|duoi|dat tu|>=|≥|<)\s?\d{2}")
# A rank in a list or table of models: “2. Camera an ninh: Khá;”, “2 | Camera an ninh | Khá | 3”.
_ROW = re.compile(
    r"(?<![a-z])(?:(?:xep |dat |muc )?loai )?(?P<rank>tot|kha|trung binh|yeu)"
    r"(?= ?(?:[;.,)|]|\d{1,3}(?![\d/])|$))"
)
# A heading over all models of one rank: “Loại Tốt (02 mô hình): 1. …”.
_GROUP = re.compile(
    r"(?<![a-z])(?:loai|muc) (?P<rank>tot|kha|trung binh|yeu)(?: ?\([^)]{0,30}\)| gom[^:;.]{0,30})? ?:"
)
_DONE_WELL = re.compile(r"(?:thuc hien|hoat dong|phoi hop|nhiem vu|lam|rat) $")
_ROWS, _NAME, _LISTED = 80, 25, 400  # limits: rows; words before a rank; words under a heading
_SHARE = re.compile(r"(?<![\d,.])(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?%")
_TARGETS = re.compile(r"chi tieu|ke hoach (?:nam|de ra)|nhiem vu (?:nam|de ra)")
_CRITERIA = re.compile(r"(?:cac |so )?tieu chi")
# The literals that a text with one of these has: found ten times as fast, and few texts have them.
_LITERALS = {
    _TARGETS: ("chi tieu", "ke hoach nam", "ke hoach de ra", "nhiem vu nam", "nhiem vu de ra"),
    _CRITERIA: ("tieu chi",),
}
# 16/20 chỉ tiêu; 16 trên 20 chỉ tiêu; 16 trong tổng số 20 chỉ tiêu
_FRACTION = re.compile(
    r"(?<![\d/.,])(?P<reached>\d{1,3})(?:\s?/\s?| tren | trong (?:tong )?(?:so )?)(?P<whole>[1-9]\d{0,2})"
    r"\s+(?![/\d])"
    r"(?:cac )?"
)
_DIGITS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
           "chin": 9}  # fmt: skip
_IN_WORDS = re.compile(
    r"(?<![a-z])(?:(?P<hundred>mot tram)|(?P<tens>(?:hai|ba|bon|nam|sau|bay|tam|chin) )?muoi"
    r"(?P<ones> (?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin))?) phan tram(?![a-z])"
)
_PARTIAL = re.compile(r"(?:tu|duoi|tren|>=|≥|<)\s?$")
_NEAR = 60


def rank_of(abstract: str, folded: str) -> str:
    """Return the stated rank: ``tot``, ``kha``, ``trung-binh`` or ``yeu``; empty if none or several are
    stated.

    ``abstract`` and ``folded`` (the text) are folded. A rank in the abstract takes precedence.
    """
    ranks = _NAMED.search(abstract) is not None
    for text in (abstract, folded[:_LOOKED_AT]):
        if "loai" not in text and "hang" not in text:
            continue
        stated = {RANKS[found["rank"]] for found in _RANK.finditer(text) if _states(found, text, ranks=ranks)}
        if len(stated) == 1:
            return stated.pop()
        if stated:
            return ""
    return ""


def ranks_by_name(folded: str) -> tuple[tuple[str, str], ...]:
    """Return (words, rank) for each row of a text that ranks several: ``(("camera an ninh thon 4", "kha"),
    …)``.

    ``words`` contain the name: they are those before the rank, or the list under “Loại Khá:”. Empty if fewer
    than two are ranked. Callers match the words with the models' names.
    """
    text = " ".join(folded[:_LOOKED_AT].split())
    start = text.find("loai")
    if start < 0:
        return ()
    headed = list(_GROUP.finditer(text, start))
    rows = headed or [found for found in _ROW.finditer(text, start) if not _well(text, found.start())]
    ranked = []
    for at, found in enumerate(rows):
        if headed:
            named = text[found.end() : rows[at + 1].start() if at + 1 < len(rows) else None]
            near = words(named).split()[:_LISTED]
        else:
            near = words(text[rows[at - 1].end() if at else start : found.start()]).split()[-_NAME:]
        ranked.append((" ".join(near), RANKS[found["rank"]]))
    return tuple(ranked[:_ROWS]) if len(ranked) > 1 or headed else ()


def _well(text: str, at: int) -> bool:
    """Whether the word at an offset is an adverb, not a rank: “thực hiện tốt”."""
    return _DONE_WELL.search(text[max(at - 12, 0) : at]) is not None


def _states(found: re.Match[str], text: str, *, ranks: bool) -> bool:
    """Whether the match states a rank, rather than a scale or a phrase. ``ranks``: the paper is about a rank,
    and need not say the word again."""
    after = text[found.end() : found.end() + 30]
    if _NOT_A_RANK.match(after) or _SCALE.match(after):
        return False
    whole = found[0]
    if not _NAMED.search(whole) and not (ranks and _REACHED.fullmatch(whole) and _END.match(after)):
        return False
    between = found["between"]
    # “xếp loại mô hình “Camera” của xã Hàm Thắng: Tốt”, “xếp loại … đạt loại Khá”
    return bool(_CLOSE.fullmatch(between)) or between.rstrip(' “"(').endswith(_LEADS)


def percentage_of(folded: str) -> float | None:
    """Return the stated percentage of the year's targets reached; ``None`` if none or several are stated.

    Also reads ``16/20 chỉ tiêu`` and numbers in words.
    """
    return _share_of(folded, _TARGETS)


def criteria_of(folded: str) -> float | None:
    """Return the stated percentage of criteria met (HD22 IV.3: a model must meet 70 % of its criteria)."""
    return _share_of(folded, _CRITERIA)


def _share_of(folded: str, about: re.Pattern[str]) -> float | None:
    """Return the only percentage stated near ``about`` (targets or criteria), or ``None``."""
    text = folded[:_LOOKED_AT]
    if not any(map(text.__contains__, _LITERALS[about])):
        return None
    if "phan tram" in text:
        text = re.sub(r"\s?phan tram(?![a-z])", "%", _IN_WORDS.sub(_in_digits, text))
    stated: dict[float, None] = {}
    for found in _SHARE.finditer(text):
        start = (
            max(text.rfind("\n", 0, found.start()), text.rfind(";", 0, found.start()), found.start() - 80) + 1
        )
        before = text[start : found.start()]
        after = re.split(r"[\n;]|\. ", text[found.end() : found.end() + _NEAR], maxsplit=1)[0]
        if _PARTIAL.search(before) or not _about(about, before, after):
            continue
        stated[float(found["share"].replace(",", "."))] = None
    if not stated:
        for found in _FRACTION.finditer(text):
            reached, whole = int(found["reached"]), int(found["whole"])
            if reached <= 2 * whole and about.match(text, found.end()):
                stated[round(100 * reached / whole, 2)] = None
    return next(iter(stated)) if len(stated) == 1 else None


def _in_digits(found: re.Match[str]) -> str:
    """Convert a percentage in words to digits: ``chin muoi hai`` becomes ``92%``."""
    if found["hundred"]:
        return "100%"
    tens = _DIGITS.get((found["tens"] or "mot").strip(), 1)
    return f"{10 * tens + _DIGITS.get((found['ones'] or '').strip(), 0)}%"


def _about(what: re.Pattern[str], before: str, after: str) -> bool:
    """Whether a percentage refers to ``what``, by the text before and after it."""
    near_after = what.search(after)
    if near_after and "%" not in after[: near_after.start()] and "," not in after[: near_after.start()]:
        return True
    last = list(what.finditer(before))
    return bool(last) and len(before) - last[-1].end() <= 30 and "%" not in before[last[-1].end() :]
