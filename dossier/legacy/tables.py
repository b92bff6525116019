"""Code tables: which letter stands for which in each of the old Vietnamese encodings.

Legacy text is held as a string of its code points 0x00–0xFF, as Word, PDF and Latin-1 give them.
Sources: TCVN 5712:1993 (the third table, whose letters the ABC fonts have), RFC 1456 (VISCII), the
tables of VNI-Windows, of Windows code page 1258 and of the fonts of the Vietnamese Professionals Society.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Encoding(StrEnum):
    """The encodings. In the capitals fonts of TCVN3 every code point shows a capital letter."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-capitals"
    VNI = "vni"
    VISCII = "viscii"
    CP1258 = "windows-1258"
    VPS = "vps"

    @property
    def label(self) -> str:
        """The name people know it by."""
        return _LABELS[self]


_LABELS = {
    Encoding.TCVN3: "TCVN3 (ABC)",
    Encoding.TCVN3_CAPITALS: "TCVN3 (ABC)",
    Encoding.VNI: "VNI-Windows",
    Encoding.VISCII: "VISCII",
    Encoding.CP1258: "Windows-1258",
    Encoding.VPS: "VPS",
}

# A dot stands for a code point that has no Vietnamese letter.
_TCVN3_FROM_A1 = (
    "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ......."  # A1–C5
    "ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"  # C6–FE
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII_FROM_80 = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"  # 80–9F
    "Õắằặấầẩậẽẹếềểễệốồổỗ" + "ỠƠộờởịỰỨỪỬơớƯ"  # A0–BF
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"  # C0–DF
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"  # E0–FF
)
_VPS_LOW = dict(
    zip((2, 3, 4, 5, 6, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x19, 0x1C, 0x1D), "ẠẬẶẸỆỊỌỘỢỤỰỴẪỮ", strict=True)
)
_VPS_FROM_80 = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ..ỀỂỄỐỒỔỖýỷỵỚỜỞ"  # 80–9F
    ".ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự"  # A0–BF
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ."  # C0–DF
    "àáâãảạă.èéêẽìí.ĩẴĐòóôõ.Ơụùúủ.ỶẼỳ"  # E0–FF
)
_VNI_ALONE = "ì ì|í í|æ ỉ|ó ĩ|ò ị|ô ơ|ö ư|î ỵ|ñ đ"
_VNI_TONES = "ø ù û õ ï"  # grave, acute, hook, tilde, dot
_VNI_CIRCUMFLEX = "â à á å ã ä"  # none, then the tones
_VNI_BREVE = "ê è é ú ü ë"
_CP1258_LETTERS = {0xC3: "Ă", 0xE3: "ă", 0xD0: "Đ", 0xF0: "đ", 0xD5: "Ơ", 0xF5: "ơ", 0xDD: "Ư", 0xFD: "ư"}
_CP1258_MARKS = {0xCC: "\u0300", 0xEC: "\u0301", 0xDE: "\u0303", 0xD2: "\u0309", 0xF2: "\u0323"}

TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")  # in the order of the VNI marks


def _with(letter: str, mark: str) -> str:
    return unicodedata.normalize("NFC", letter + mark)


def _vni() -> dict[str, str]:
    """Letter by sequence of one or two code points; the mark may have the other case than its vowel."""
    small = dict(pair.split() for pair in _VNI_ALONE.split("|"))
    tones = list(zip(_VNI_TONES.split(), TONES, strict=True))
    for vowel, letter in (*((v, v) for v in "aeouy"), ("ô", "ơ"), ("ö", "ư")):
        small |= {vowel + mark: _with(letter, tone) for mark, tone in tones}
    for vowels, marks, accent in (("aeo", _VNI_CIRCUMFLEX, "\u0302"), ("a", _VNI_BREVE, "\u0306")):
        for vowel in vowels:
            for mark, tone in zip(marks.split(), ("", *TONES), strict=True):
                small[vowel + mark] = _with(vowel + accent, tone)
    found = dict(small)
    for sequence, letter in small.items():
        head, tail = sequence[0], sequence[1:]
        found |= {head.upper() + tail.upper(): letter.upper(), head.upper() + tail: letter.upper()}
        if tail:
            found[head + tail.upper()] = letter
    return found


TCVN3: dict[str, str] = {
    chr(code): letter for code, letter in enumerate(_TCVN3_FROM_A1, 0xA1) if letter != "."
}
VISCII: dict[str, str] = {
    **{chr(code): letter for code, letter in _VISCII_LOW.items()},
    **{chr(code): letter for code, letter in enumerate(_VISCII_FROM_80, 0x80)},
}
VPS: dict[str, str] = {
    **{chr(code): letter for code, letter in _VPS_LOW.items()},
    **{chr(code): letter for code, letter in enumerate(_VPS_FROM_80, 0x80) if letter != "."},
}
VNI: dict[str, str] = _vni()
CP1258: dict[str, str] = {chr(code): mark for code, mark in (_CP1258_LETTERS | _CP1258_MARKS).items()}

# How text comes that was never Latin-1: through symbol fonts in the private area, with the Greek mu
# that some programs write for the micro sign, and as Windows-1252, whose quotes and dashes are signs
# in all encodings but VISCII.
FROM_SYMBOLS: dict[int, int] = {**{0xF000 + code: code for code in range(0x20, 0x100)}, 0x03BC: 0xB5}
_UNUSED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
TO_WINDOWS: dict[int, int] = {
    code: ord(bytes([code]).decode("cp1252")) for code in range(0x80, 0xA0) if code not in _UNUSED
}
FROM_WINDOWS: dict[int, int] = {sign: code for code, sign in TO_WINDOWS.items()}


_SUBSET = re.compile(r"^[A-Z]{6}\+")  # a font of which a PDF holds some letters only
_STYLE = re.compile(r"(?:[,\s-]*(?:bold|italic|oblique|regular|normal|roman|mt|ps))+$", re.I)
_TCVN3 = re.compile(
    r"^(?:\.vn(?=[a-z0-9])|vn(?:time|arial|helvet|book|century|courier|tahoma|univers)(?![\s]*new))", re.I
)
_VNI = re.compile(r"^vni[-_ ]", re.I)
_VPS = re.compile(r"^vps[-_ ]", re.I)
_VISCII = re.compile(r"viscii|^vi[- _](?:times|arial|courier|helvet)", re.I)


@lru_cache(maxsize=1024)
def encoding_of_font(name: str) -> Encoding | None:
    """The encoding of a font as Word or a PDF names it, ``None`` for all others.

    ``.VnTime`` → TCVN3, ``.VnTimeH`` → its capitals, ``VNI-Times`` → VNI; subset tags (``ABCDEF+``)
    and styles (``,Bold``) do not matter.
    """
    name = _SUBSET.sub("", name.strip().replace("#2E", "."))
    if _TCVN3.match(name):
        return Encoding.TCVN3_CAPITALS if _STYLE.sub("", name).endswith("H") else Encoding.TCVN3
    if _VNI.match(name):
        return Encoding.VNI
    if _VPS.match(name):
        return Encoding.VPS
    return Encoding.VISCII if _VISCII.search(name) else None
