"""Extract the member units that a decision on a linked model names, and the recipients of a document.

Source: Hướng dẫn 22/HD-BCA-V05, II.3 and V.3: a linked model has several member units, each of which
keeps a dossier of its own.
"""

from __future__ import annotations

import re

from dossier.scanner.recognise.lines import lines_of
from dossier.vietnamese import fold

_MOST = 40  # member units
_REACH = 3000  # characters searched after the words that introduce the list
_LINKED = re.compile(r"(?<![a-z])(?:lien ket|lien thong|lien xa|giap ranh)(?![a-z])")
_INTRODUCED = re.compile(
    r"(?:cac|nhung|\d{1,2}|[a-z]+ \(\d{1,2}\)) (?:don vi|dia phuong|co quan|xa, phuong|xa|thanh vien)"
    r"(?: (?:thanh vien|tham gia|lien ket|sau|phoi hop|lien quan|mo hinh|lien ket tham gia))*"
    r"(?: (?:gom|bao gom|la|gom co|gom cac don vi))?(?: (?:co ten )?sau(?: day)?)?\s?:"
    r"|(?:lien ket|thanh vien|mo hinh)[^\n.;]{0,60}?(?: giua| gom| bao gom)"
    r"(?: cac don vi(?: sau(?: day)?| thanh vien| tham gia)*)? ?:?(?![a-z])"
)
_UNIT = re.compile(
    r"(?:cong an|ubnd|uy ban nhan dan|uy ban mttq|xa|phuong|thi tran|huyen|cong ty|truong|benh vien|"
    r"chi nhanh|ngan hang|hop tac xa|htx|xi nghiep|nha may|don|doanh nghiep|ban|trung tam|khu pho|thon|ap|"
    r"doi|tram|so|hoi|mat tran|chua|giao xu|khach san|cho|tap doan|phong)(?![a-z])"
)
_BULLET = re.compile(r"\s*(?:[-–+•*]|\(?\d{1,2}[.)]|[a-zđ][.)])\s*")
_APART = re.compile(r",\s|;\s?|\svà\s(?=[A-ZĐ])|\svới\s(?=[A-ZĐ])")
_ENDS = ".;"


def members(text: str, folded: str) -> tuple[str, ...]:
    """Return the member units as printed, in order; empty if the text has no linked model or no list."""
    if len(text) != len(folded) or not _LINKED.search(folded[:20_000]):
        return ()
    for found in _INTRODUCED.finditer(folded[:20_000]):
        below = text[found.end() : found.end() + _REACH]
        first, _, rest = below.partition("\n")
        units = _in_sentence(first) if first.strip() else _in_list(rest)
        if len(units) > 1:
            return tuple(dict.fromkeys(units))[:_MOST]
    return ()


def _in_sentence(sentence: str) -> list[str]:
    """Return the units listed in a sentence: ``Công an xã A, Công an xã B và Công ty C.``"""
    sentence = re.split(r"[.;](?:\s|$)", sentence, maxsplit=1)[0]
    pieces = [piece.strip(' :“”"') for piece in _APART.split(sentence)]
    units = [piece for piece in pieces if _is_unit(piece)]
    return units if len(units) == len([piece for piece in pieces if piece]) else []


def _in_list(below: str) -> list[str]:
    """Return the units of a list with one unit per line, each after a dash or number."""
    units: list[str] = []
    for line in lines_of(below, _MOST + 1):
        bullet = _BULLET.match(line.text)
        if not bullet:
            break
        unit = line.text[bullet.end() :].split("\t")[0].rstrip(_ENDS + " ,")
        unit = re.split(r"\s?(?:\(|:|,\s| do (?:ông|bà|đồng chí) )", unit, maxsplit=1)[0]
        if not _is_unit(unit):
            break
        units.append(unit)
    return units


def _is_unit(text: str) -> bool:
    return 5 <= len(text) <= 120 and bool(_UNIT.match(fold(text)))


_LABEL = "noi nhan"
_RECIPIENTS_WITHIN = 2500  # characters below the label
_LINES = 24
_MOST_RECIPIENTS = 16
_DASH = "-–—•+*"
# Text of the right column on the same line: a capacity, a title or a name in capitals.
_RIGHT = re.compile(r"\s(?:(?:TM|KT|TL|TUQ|Q)\s?\.|T/M|K/T|T/L)\s?(?=[A-ZĐÀ-Ỹ]).*$")
_CAPITALS = re.compile(r"(?:(?<=[;.])|(?<=\s))\s?(?:[A-ZĐÀ-Ỹ]{2,}\s?){2,}$")


# "Như trên" stands for those whom the paper addresses (Nghị định 30/2020/NĐ-CP, annex I, II.9).
_AS_ABOVE = re.compile(r"nhu (?:tren|kinh gui)(?![a-z])")
_ADDRESSED = re.compile(r"kinh gui\s?:?\s*")
_ADDRESSED_WITHIN = 1200  # characters below "Kính gửi"


def recipients(text: str, opening: str = "") -> tuple[str, ...]:
    """Return the recipients as printed, in order, without dashes and final punctuation; at most 16.

    ``opening``: the beginning of the document. Those whom it addresses follow the line "Như trên".
    """
    folded = fold(text)
    label = folded.rfind(_LABEL) if len(folded) == len(text) else -1
    if label < 0:
        return ()
    listed = _listed(text, label)
    for at, line in enumerate(listed):
        if _AS_ABOVE.match(fold(line)):
            return (*listed[: at + 1], *addressees(opening), *listed[at + 1 :])[:_MOST_RECIPIENTS]
    return tuple(listed)


def addressees(opening: str) -> tuple[str, ...]:
    """Return those named after "Kính gửi", on its line or in the list below it; at most 16."""
    folded = fold(opening)
    label = _ADDRESSED.search(folded) if len(folded) == len(opening) else None
    if label is None:
        return ()
    found: list[str] = []
    for line in lines_of(opening[label.end() : label.end() + _ADDRESSED_WITHIN], _LINES):
        written = line.text.strip()
        in_list = written[:1] in _DASH
        if found and not in_list:
            break
        found += [piece.strip(" ;.,:") for piece in written.lstrip(_DASH + " ").split(";")]
        if not in_list:
            break
    return tuple(each for each in found if each)[:_MOST_RECIPIENTS]


def _listed(text: str, label: int) -> list[str]:
    """Return the lines below the label, which begins at that offset."""
    found: list[str] = []
    start = label + len(_LABEL)
    for line in lines_of(text[start : start + _RECIPIENTS_WITHIN], _LINES):
        written = line.pieces[0][0]
        if written[:1] in _DASH:
            recipient = _without_right_column(written.lstrip(_DASH + " "))
            if recipient:
                found.append(recipient)
        elif found and line.text[:1].islower() and not line.upper:
            found[-1] = f"{found[-1]} {_without_right_column(written)}"
        if len(found) == _MOST_RECIPIENTS or line.folded.lstrip(_DASH + " ").startswith("luu"):
            break
    return found


def _without_right_column(text: str) -> str:
    return _CAPITALS.sub("", _RIGHT.sub("", text)).strip(" ;.,:")
