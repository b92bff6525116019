"""How bodies and posts are named to people: in sentence case, as Nghị định 30/2020/NĐ-CP, annex II writes
them, whatever capitals and slips of reading the paper has."""

from __future__ import annotations

import re
from functools import lru_cache

from dossier.vietnamese import nfc, words

# Words of a body's name, after which the name of a place follows.
_PLACES = ("thị trấn", "thị xã", "thành phố", "phường", "huyện", "quận", "tỉnh", "xã", "ấp", "thôn")
# How the kinds of bodies are written (annex II).
SPELT = (
    "Ban Chỉ đạo", "Ban Chấp hành", "Ban Thường vụ", "Bộ Công an", "Bộ Nội vụ", "Công an", "Đảng ủy",
    "Đảng bộ", "Chi bộ", "Huyện ủy", "Tỉnh ủy", "Thành ủy", "Hội đồng nhân dân", "Ủy ban nhân dân",
    "Ủy ban Mặt trận Tổ quốc Việt Nam", "Mặt trận Tổ quốc", "Hội Liên hiệp Phụ nữ", "Hội Nông dân",
    "Hội Cựu chiến binh", "Đoàn Thanh niên", "Trường Tiểu học", "Trường Trung học cơ sở",
    "Trường Trung học phổ thông", "Việt Nam",
)  # fmt: skip
SHORT = frozenset(
    [
        "UBND", "HĐND", "MTTQ", "UBMTTQ", "BCĐ", "BCH", "CA", "CAX", "CAP", "CAH", "CAT", "PV05", "V05",
        "ANTQ", "ANTT", "PCCC", "TDP", "THPT", "THCS", "TNHH", "MTV", "BCA", "TNCS", "HCM",
    ]
)  # fmt: skip
# Posts under which people sign; each may have a deputy ("phó …").
_POSTS = (
    "Chủ tịch", "Bí thư", "Trưởng Công an", "Trưởng Ban", "Trưởng phòng", "Trưởng đồn", "Trưởng thôn",
    "Giám đốc", "Hiệu trưởng", "Cục trưởng", "Chánh Văn phòng", "Chỉ huy trưởng", "Bộ trưởng",
    "Tổng Giám đốc", "Đội trưởng",
)  # fmt: skip
_CAPACITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.|T/M|K/T|T/L", re.IGNORECASE)


@lru_cache(maxsize=4096)
def body(name: str) -> str:
    """A body's name in sentence case: ``CÔNG AN PHƯỜNG MŨI NÉ`` is ``Công an phường Mũi Né``; one that is
    not in capitals stays as it is. Kinds of bodies read without a mark get it back."""
    name = " ".join(nfc(name).split())
    shouted = [word for word in name.split() if word not in SHORT]
    if not shouted or any(char.islower() for word in shouted for char in word):
        return name
    said: list[str] = []
    at_place = False
    for at, word in enumerate(name.split()):
        small = word.lower()
        before = said[-1].lower() if said else ""
        if small in _PLACES or f"{before} {small}" in _PLACES:
            said.append(small)
            if f"{before} {small}" in _PLACES:
                said[-2] = before
            at_place = True
        elif word in SHORT:
            said.append(word)
        else:
            said.append(small.capitalize() if at_place or at == 0 else small)
    text = _spelt(" ".join(said))
    return text[:1].upper() + text[1:]


def _spelt(text: str) -> str:
    """The kinds of bodies in it as they are written, by their letters without marks."""
    given = text.split()
    plain = [words(word) for word in given]
    for spelt in SPELT:
        wanted = words(spelt).split()
        for at in range(len(given) - len(wanted) + 1):
            if plain[at : at + len(wanted)] == wanted:
                given[at : at + len(wanted)] = spelt.split()
    return " ".join(given)


def signed_as(title: str) -> tuple[str, str]:
    """In whose name somebody signs, and the own post: ``TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH`` is
    ``TM. Ủy ban nhân dân, KT. Chủ tịch`` and ``Phó Chủ tịch``. What is no known post stays whole."""
    given = nfc(title).split()
    plain = [words(word) for word in given]
    found = -1, ""
    for post in _POSTS:
        wanted = words(post).split()
        for at in range(len(given) - len(wanted) + 1):
            if plain[at : at + len(wanted)] == wanted and at > found[0]:
                found = at, " ".join([post, *given[at + len(wanted) :]])
    at, post = found
    if at < 0:
        return "", _post(" ".join(given))
    deputy = at > 0 and plain[at - 1] == "pho"
    authority = given[: at - deputy]
    return _authority(" ".join(authority)), ("Phó " if deputy else "") + _tail(post)


def _authority(text: str) -> str:
    marks = [match.start() for match in _CAPACITY.finditer(text)] or [0]
    pieces = [text[start:end].strip() for start, end in zip(marks, [*marks[1:], None], strict=True)]
    said = []
    for piece in pieces:
        mark = _CAPACITY.match(piece)
        name = piece[mark.end() :].strip() if mark else piece
        said.append(" ".join(filter(None, (mark[0] if mark else "", _post(name)))))
    return ", ".join(said)


def _post(name: str) -> str:
    """A post or body in sentence case, with known posts as they are written."""
    text = body(name)
    given, plain = text.split(), [words(word) for word in text.split()]
    for post in _POSTS:
        wanted = words(post).split()
        if plain[: len(wanted)] == wanted:
            return _tail(" ".join([post, *given[len(wanted) :]]))
    return text


def _tail(post: str) -> str:
    """What follows a post in sentence case: ``Trưởng Công an PHƯỜNG MŨI NÉ``."""
    known = next((each for each in _POSTS if post.startswith(each)), "")
    rest = post[len(known) :].strip()
    if not rest:
        return known
    named = body(rest)
    keeps = named.split()[0] in SHORT or any(named.startswith(spelt) for spelt in SPELT)
    return f"{known} {named if keeps else named[:1].lower() + named[1:]}".strip()
