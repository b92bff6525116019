"""Heads, titles and feet of official papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossier.demo.office import SampleOffice
from dossier.demo.paper import CENTRE, LEFT, ColumnLine, Columns, Paragraph

_MOTTO = (
    ColumnLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=11.5),
    ColumnLine("Độc lập - Tự do - Hạnh phúc", bold=True, size=12.5, rule=0.58),
)


@dataclass(frozen=True, slots=True)
class SampleSignature:
    """The foot of a document, and the name of the signer without rank."""

    block: Columns
    signer: str


def spoken_date(day: date) -> str:
    """``ngày 05 tháng 3 năm 2023``: a leading zero for days under ten and for months 1 and 2."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def head(office: SampleOffice, symbol: str, day: date | None, place: str, letter: str = "") -> Columns:
    """Return the two columns at the head of a document; ``letter``: the abstract of an official letter (công
    văn)."""
    left = [ColumnLine(office.superior, size=11.5)] if office.superior else []
    lines = list(office.head)
    left += [
        ColumnLine(line, bold=True, size=11.5, rule=0.4 * (line is lines[-1] and not office.party))
        for line in lines
    ]
    if office.party:
        left += [ColumnLine("*", size=12)]
    if symbol:
        left.append(ColumnLine(f"Số {symbol}" if office.party else f"Số: {symbol}", size=12.5))
    if letter:
        left.append(ColumnLine(f"V/v {letter}", size=11.5))
    right = (
        [ColumnLine("ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=12.5, rule=0.72)]
        if office.party
        else list(_MOTTO)
    )
    if day:
        right.append(ColumnLine(f"{place}, {spoken_date(day)}", italic=True, size=12.5))
    return Columns(tuple(left), tuple(right))


def title(type_name: str, abstract: str) -> list[Paragraph]:
    """Return the document type in capitals, and the abstract below it."""
    return [
        Paragraph(type_name, bold=True, align=CENTRE, size=14, indent=False, after=0),
        Paragraph(abstract, bold=True, align=CENTRE, size=13.5, indent=False, after=12),
    ]


def centred(text: str, bold: bool = True, after: float = 5) -> Paragraph:
    """Return a centred line."""
    return Paragraph(text, bold=bold, align=CENTRE, indent=False, after=after)


def attachment(decision: str) -> Paragraph:
    """Return the line of an attachment that names its decision."""
    return Paragraph(f"(Kèm theo {decision})", italic=True, align=CENTRE, indent=False, after=12)


def foot(office: SampleOffice, receivers: list[str], deputy: bool) -> SampleSignature:
    """Return the foot: recipients on the left; on the right capacity, title, space for the signature, rank
    and name."""
    left = [ColumnLine("Nơi nhận:", bold=True, italic=True, size=12, align=LEFT)]
    left += [
        ColumnLine(f"- {name}{'.' if name is receivers[-1] else ';'}", size=11, align=LEFT)
        for name in receivers
    ]
    mark = ("T/M", "K/T") if office.party else ("TM.", "KT.")
    right = [f"{mark[0]} {office.on_behalf}"] if office.on_behalf else []
    if deputy:
        right += [f"{mark[1]} {office.title}", f"PHÓ {office.title}"]
    else:
        right.append(office.title)
    rank, name = office.deputy if deputy else office.signer
    shown = f"{rank} {name}".strip()
    lines = (
        [ColumnLine(text, bold=True) for text in right]
        + [ColumnLine("", size=16)] * 3
        + [ColumnLine(shown, bold=True)]
    )
    return SampleSignature(Columns(tuple(left), tuple(lines), share=0.48), name)


def two_signatures(left: str, left_name: str, right: str, right_name: str) -> SampleSignature:
    """Return the foot of minutes and ledgers: the writer, and the chair, who counts as the signer."""
    room = [ColumnLine("", size=16)] * 3
    return SampleSignature(
        Columns(
            (ColumnLine(left, bold=True), *room, ColumnLine(left_name, bold=True)),
            (ColumnLine(right, bold=True), *room, ColumnLine(right_name, bold=True)),
            share=0.5,
        ),
        right_name,
    )
