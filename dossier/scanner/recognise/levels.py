"""The level of an issuing body: where in the system it stands, or of which kind it is."""

from __future__ import annotations

import re

from dossier.model import Form, Level
from dossier.vietnamese import fold

# What a body is by its own name. First match wins: a Party cell of a school is the Party's, the steering
# committee of a commune the commune's.
_KINDS: tuple[tuple[Level, re.Pattern[str]], ...] = tuple(
    (level, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"))
    for level, words in (
        (Level.PARTY, "dang uy|chi bo|chi uy|dang bo|huyen uy|tinh uy|thanh uy|thi uy|quan uy|dang doan|"
                      "ban can su|trung uong dang|ban dan van|ban tuyen giao"),
        (Level.FRONT, "mat tran|mttq|ubmttq|hoi (?:lien hiep phu nu|nong dan|cuu chien binh|lhpn|ccb)|"
                      "ban thuong truc|hoi nguoi cao tuoi|doan thanh nien|doan tncs|tncs|lien doan lao dong|"
                      "ban dai dien cha me|doan xa|xa doan|huyen doan|tinh doan"),
        (Level.SCHOOL, "truong (?:tieu hoc|mam non|mau giao|trung hoc|thcs|thpt|th|th va thcs|pho thong|"
                       "dai hoc|cao dang|trung cap|day nghe|ptdt\\w*)|hoc vien|nha truong"),
        (Level.ENTERPRISE, "cong ty|tong cong ty|tap doan|doanh nghiep|hop tac xa|htx|xi nghiep|nha may|"
                           "ngan hang|cty|tnhh|khach san|sieu thi"),
    )
)  # fmt: skip
_PLACES: tuple[tuple[Level, re.Pattern[str]], ...] = tuple(
    (level, re.compile(rf"(?<![a-z])(?:{words})"))
    for level, words in (
        (
            Level.COMMUNE,
            "(?:xa|phuong|thi tran|dac khu|thon|khu pho|to dan pho|khu dan cu|ap|xom|buon|khoi pho) \\w",
        ),
        (Level.DISTRICT, "(?:huyen|quan|thi xa) \\w"),
        (
            Level.PROVINCE,
            "(?:tinh|so) \\w|thanh pho (?:ha noi|ho chi minh|hai phong|da nang|can tho|hue)(?![a-z])",
        ),
    )
)
_CITY = re.compile(r"(?<![a-z])thanh pho \w")
_MINISTRY = re.compile(
    r"(?<![a-z])(?:bo (?:cong an|noi vu|quoc phong|giao duc|tai chinh|y te|tu phap)|chinh phu|thu tuong|"
    r"quoc hoi|van phong chinh phu|cuc|v05|trung uong)(?![a-z])"
)
_CODES: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.COMMUNE, re.compile(r"[-/](?:CAX|CAP|CATT)(?![A-ZĐ])")),
    (Level.DISTRICT, re.compile(r"[-/](?:CAH|CATX|CAQ)(?![A-ZĐ])")),
    (Level.PROVINCE, re.compile(r"(?:[-/]|^\d*/)(?:CAT|PV\d\d|PA\d\d)(?![A-ZĐ])")),
    (Level.MINISTRY, re.compile(r"[-/](?:BCA|BNV|TTg|CP|V05)(?![A-ZĐ])")),
    (Level.PARTY, re.compile(r"^\d*-\w+/(?:ĐU|CB|HU|TU)(?![A-ZĐ])|[-/](?:ĐU|HU|TU)(?![A-ZĐ])")),
    (Level.FRONT, re.compile(r"[-/](?:MTTQ|UBMTTQ|ĐTN|HLHPN|HCCB|HND)(?![A-ZĐ])")),
)


def level_of(form: Form, issuing_body: str, superior_body: str, number_symbol: str) -> Level | None:
    """The level of the body; ``None`` where neither its names nor its symbol tell.

    A body without a place in its own name (a steering committee, a police team) stands where its
    superior stands; a town of the old kind (``thành phố Phan Thiết``) counts as a district.
    """
    if form is Form.PARTY:
        return Level.PARTY
    own, above = fold(issuing_body), fold(superior_body)
    for name in (own, above if not _placed(own) else ""):
        for level, words in _KINDS:
            if words.search(name):
                return level
    if found := _placed(own):
        return found
    coded = next((level for level, code in _CODES if code.search(number_symbol)), None)
    return coded or (_below(own, above) if own else None)


def _placed(name: str) -> Level | None:
    """The level of the smallest place in a name."""
    for level, words in _PLACES:
        if words.search(name):
            return level
    if _CITY.search(name):
        return Level.DISTRICT
    return Level.MINISTRY if _MINISTRY.search(name) else None


def _below(own: str, above: str) -> Level | None:
    """A body of no place of its own: a committee stands beside its superior, a department within it."""
    return _placed(above)
