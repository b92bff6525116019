"""How formal papers name things: bodies in sentence case, dossiers by their full titles, periods, counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dossier.checklists.sentence_case import body
from dossier.checklists.vocabulary import current
from dossier.checklists.vocabulary import name_of as type_name
from dossier.model import Document, DossierReport, Form, Paper, Retention
from dossier.vietnamese import capitalised
from reports import looks

GUIDANCE = "Hướng dẫn số 22/HD-BCA-V05 ngày 18/11/2022 của Bộ Công an"
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")


def number_in_words(number: int) -> str:
    """The number in words: ``21`` is ``hai mươi mốt``, ``1005`` ``một nghìn không trăm linh năm``.

    Raises :class:`ValueError` for a negative number, or one of a million million and more.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"{number} is out of range")
    if number == 0:
        return _DIGITS[0]
    said: list[str] = []
    for scale in range(len(_SCALES) - 1, -1, -1):
        group = number // 1000**scale % 1000
        if group:
            # After a larger group the hundreds are said even where there are none.
            said += [*_below_thousand(group, full=bool(said)), _SCALES[scale]]
    return " ".join(filter(None, said))


def _below_thousand(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    said = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, units = divmod(rest, 10)
    if tens == 0:
        if units:
            said += ["linh", _DIGITS[units]] if said else [_DIGITS[units]]
        return said
    said += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if units == 1 and tens > 1:
        said.append("mốt")
    elif units == 4 and tens > 1:
        said.append("tư")
    elif units == 5:
        said.append("lăm")
    elif units:
        said.append(_DIGITS[units])
    return said


_NO_NAME = re.compile(r"[:;/|\\<>=_]|[^\W\d_]\d|\d[^\W\d_]|[Øøß¥§]")  # what no body is called
_ABOUT = re.compile(r"(?:v/v|về việc)\b\s*:?\s*", re.IGNORECASE)


def paper(document: Document) -> str:
    """Kind and abstract in one phrase: ``Quyết định về việc thành lập mô hình …``; empty for neither."""
    header = document.header
    kind = type_name(header.type) or ("Công văn" if header.form is Form.LETTER else "")
    about = " ".join(header.abstract.split()).rstrip(".;,")
    letter = header.type == "cong-van" or (header.form is Form.LETTER and not header.type)
    if _ABOUT.match(about):
        about = "về việc " + _ABOUT.sub("", about, count=1)
    elif letter and about:
        about = "về việc " + lowered(about)
    elif about.lower().startswith(kind.lower()) and kind:
        return capitalised(about)
    return f"{kind} {lowered(about)}".strip() if kind else about


def lowered(text: str) -> str:
    """Without the capital of its first word, unless that is a name's."""
    first, _space, rest = text.partition(" ")
    if first.lower() in ("của", "về"):
        return text[:1].lower() + text[1:]
    name = rest[:1].isupper() or first[1:] != first[1:].lower() or first.isupper()
    name = name or any(text.startswith(spelt) for spelt in current().written.bodies)
    return text if name else text[:1].lower() + text[1:]


def issuer(document: Document) -> str:
    """The body that issued it in sentence case; empty where its name was read in doubt or looks like none."""
    name = body(document.header.issuing_body)
    spelt_out = " ".join(word for word in name.split() if word not in current().written.short)
    strange = _NO_NAME.search(spelt_out) or len(name.split()) < 2
    return "" if strange or document.review or "issuing_body" in _doubted(document) else name


def _doubted(document: Document) -> list[str]:
    return [name for name, reading in document.header.fields.items() if reading.doubtful]


def cited(document: Document) -> str:
    """A paper as a sentence cites it: ``Quyết định số 12/QĐ-UBND ngày 05/03/2023 của Ủy ban nhân dân …``."""
    header = document.header
    said = [type_name(header.type) or "Văn bản"]
    if header.number_symbol and not header.number_symbol.startswith("/"):
        said.append(f"số {header.number_symbol}")
    if header.dated:
        said.append(f"ngày {looks.written(header.dated)}")
    if name := issuer(document):
        said.append(f"của {name}")
    return " ".join(said)


def title(dossier: DossierReport) -> str:
    """The dossier's full title: kind, name, unit and years, as an inventory has it."""
    kind = kind_of(dossier)
    name = dossier.name.strip().strip("“”\"'")
    lead = f"Hồ sơ {kind} “{name}”"
    if name.lower().startswith("hồ sơ "):
        lead = name
    elif name.lower().startswith(kind):
        lead = f"Hồ sơ {kind} “{name[len(kind) :].strip(' “”') or name}”"
    unit = body(dossier.unit)
    return ", ".join(filter(None, (f"{lead} của {unit}" if unit else lead, years(dossier))))


def kind_of(dossier: DossierReport) -> str:
    """What its kind is called in a sentence."""
    return "mô hình" if dossier.kind == "mo-hinh" else "điển hình tiên tiến"


def years(dossier: DossierReport) -> str:
    """``2023–2025``: from the first paper, or the founding, to the last one, or the end; empty if unknown."""
    known = {int(paper.document.header.dated[:4]) for paper in kept(dossier) if paper.document.header.dated}
    for key in ("founded", "ended"):
        value = dossier.facts[key].value if key in dossier.facts else None
        if isinstance(value, date):
            known.add(value.year)
    return f"{min(known)}–{max(known)}" if len(known) > 1 else "".join(map(str, known))


def days(dossier: DossierReport) -> tuple[str, str]:
    """Days of the first and of the last paper whose day is known; empty strings for none."""
    known = sorted(p.document.header.date for p in kept(dossier) if p.document.header.date)
    return (looks.day(known[0]), looks.day(known[-1])) if known else ("", "")


def span(dossier: DossierReport) -> str:
    """The days of its papers as an inventory has them."""
    return " – ".join(dict.fromkeys(filter(None, days(dossier))))


def kept(dossier: DossierReport) -> list[Paper]:
    """The papers that belong to the dossier: placed somewhere, or waiting for somebody to place them; not
    those that belong to no item."""
    return [
        paper
        for paper in dossier.papers
        if any(each.placements or each.review or each.security for each in paper.documents)
    ]


def strays(dossier: DossierReport) -> list[Paper]:
    """The papers that lie in its folder and belong to no item."""
    belonging = {id(paper) for paper in kept(dossier)}
    return [paper for paper in dossier.papers if id(paper) not in belonging]


def symbol(dossier: DossierReport) -> str:
    """Its number and symbol in the unit's list of dossiers, if somebody declared it."""
    fact = dossier.facts.get("symbol")
    return str(fact.value) if fact and fact.value else ""


def period(of: Retention) -> str:
    """``Vĩnh viễn``, ``20 năm``; with a star where nobody verified it (:data:`UNVERIFIED` says so)."""
    if not of.period:
        return ""
    said = "Vĩnh viễn" if of.period == "permanent" else f"{of.period.split()[0]} năm"
    return said if of.verified else f"{said} (*)"


UNVERIFIED = "(*) Thời hạn tham khảo, chưa đối chiếu với văn bản quy định đang có hiệu lực."


def unverified(dossiers: Sequence[DossierReport]) -> list[str]:
    """What the star beside a period means, where there is one."""
    return [UNVERIFIED] if any(d.retention.period and not d.retention.verified for d in dossiers) else []


def sealed_by(head: str) -> str:
    """The last code of the log, by which any later change of it shows, in groups that can be compared."""
    groups = " ".join(head[at : at + 8] for at in range(0, len(head), 8))
    return f"Mã niêm phong nhật ký quản lý hồ sơ đến thời điểm lập văn bản này (SHA-256): {groups}."


def in_both(number: int) -> str:
    """A number in figures and in words."""
    return f"{count(number)} (viết bằng chữ: {number_in_words(number)})"


def dossiers(number: int) -> str:
    """A number of dossiers in figures and in words, as lists end."""
    return f"{count(number)} hồ sơ (viết bằng chữ: {number_in_words(number)} hồ sơ)"


def count(number: int) -> str:
    """A number of things in a sentence; below ten with a zero before it, as offices write it."""
    return f"{number:02}" if number else "0"
