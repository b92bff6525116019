"""The header of one document: form, number, date, type, bodies and abstract; with its signer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dossier.model import FieldReading, FieldSource, Form, Header, Segment
from dossier.scanner.recognise import abstract, types
from dossier.scanner.recognise.bodies import bodies, misread, names_of_body, spelled, starts_name
from dossier.scanner.recognise.cited import references
from dossier.scanner.recognise.copies import copy_below, kind_of_copy
from dossier.scanner.recognise.dates import find_date, flaw_of
from dossier.scanner.recognise.esign import without_blocks
from dossier.scanner.recognise.levels import level_of
from dossier.scanner.recognise.lines import Line, letters, lines_of, mended, with_boxes
from dossier.scanner.recognise.members import members, recipients
from dossier.scanner.recognise.names import family_named
from dossier.scanner.recognise.number import cites, find_number, joint_offices
from dossier.scanner.recognise.pieces import Kind, Piece, pieces_of
from dossier.scanner.recognise.ranking import criteria_of, percentage_of, rank_of, ranks_by_name
from dossier.scanner.recognise.signature import Signer, covered, find_signer, signed_on
from dossier.vietnamese import fold

_ZONE_CHARS = 24_000
_ZONE = 70  # lines with text looked at
_ABOVE = 32  # lines with text among which a title stands
_STAMP_LINES = 4  # of a receiver's stamp: CÔNG VĂN ĐẾN, number, day, to whom
_BELOW = 5  # lines under a title among which a number or date may stand
_LEFT = 0.4  # of the page's width
_PROSE = 160  # characters; a longer line is no part of a head
_DETAILS = 60_000  # characters in which references, ranks and recipients are looked for
_FOOT = 6_000  # characters at the end among which the recipients stand
_RANKING = frozenset(("quyet-dinh", "thong-bao"))  # types of papers that rank several
_FOUNDING = (
    "quyet-dinh",
    "ban-thoa-thuan",
    "quy-che",
    "ke-hoach",
)  # types that name a linked model's members
ATTACHED = re.compile(
    r"\bkem theo\s+(?:cac )?(?:quyet dinh|nghi quyet|ke hoach|cong van|van ban|to trinh|huong dan|"
    r"thong bao)\b"
)
_NUMBERED = frozenset(
    ("bien-ban", "bao-cao", "to-trinh", "cong-van", "quyet-dinh", "nghi-quyet", "thong-bao")
)
_IN_BRACKETS = re.compile(r"\W{0,3}(?:ban hanh )?kem theo\b|\W{0,2}\(")
CITED = 0.8  # how surely the number of the decision it is attached to stands for a paper without one
_OPEN_NUMBER = re.compile(r"\W{0,3}so\s?[:.]?[\s.…_]*/")
_OPEN_DAY = re.compile(r"ngay[\s.…_]*(?:thang|/)")
_CAPACITY = re.compile(r"\W*(?:TM|KT|TL|TUQ|Q)\s?\.|\W*[TK]/[MTL]\b")  # a signature's
_HALF = 0.6  # how surely a scanned name of two words, or above a line that is illegible, is all of it
_SHORTEST_TITLE = 5  # letters
# Of a superior's name: words of the right column or of another line got into it.
_RUN_ON = re.compile(r"CỘNG HÒA|HÒA CỘNG|ĐỘC LẬP.*HẠNH|[^\W\d_]{10}|(?<!KIỂM TRA )VĂN BẢN")
_NAMELESS = re.compile(r"\b(?:TỈNH|HUYỆN|QUẬN|XÃ|PHƯỜNG|THÀNH PHỐ|THỊ TRẤN|ĐẶC KHU)$")  # its place is lost
_UNLABELLED = re.compile(r"\W{0,3}[0-9OolI]{1,5}\s?/\s?[A-ZĐ]")
_SYMBOL = re.compile(r"[A-ZĐ]{1,6}(?:\s?[/-]\s?[A-ZĐ\d]{1,8})+")
_FULL_NAME = 3  # words
_MEETING = re.compile(r"hom nay|vao hoi|\bhoi \d|thoi gian|bat dau|luc \d|khai mac")


@dataclass(slots=True)
class _Head:
    """What the pieces of a head said. ``title``, ``reference``: indexes of pieces, -1 for none."""

    pieces: list[Piece]
    number: str = ""
    numbered: int = -1  # line of the number
    two_numbers: bool = False  # of two bodies, side by side
    dated: bool = False
    day: date | None = None
    partial: str = ""  # of a date that is not whole
    flaw: str = ""  # of the date
    place: str = ""
    party: bool = False
    motto: bool = False
    star: bool = False
    draft: bool = False
    copy: str = ""
    title: int = -1
    slug: str = ""
    rest: str = ""
    reference: int = -1
    received: int = -_STAMP_LINES  # line of a receiver's stamp
    unread: bool = False  # between names and number stands what is neither
    addressed: bool = False
    names: list[str] = field(default_factory=list)
    guessed: bool = False  # the title is not in capitals
    strange: bool = False  # a title in capitals of no known type

    @property
    def formal(self) -> bool:
        """Whether it said anything that only a head says."""
        return bool(self.number) or self.dated or self.motto or self.party


def read_header(
    text: str, *, scanned: bool = False, segments: Sequence[Segment] = (), shift: int = 0
) -> Header:
    """The header of a document with this text; ``scanned``: it came by OCR, so what is blank may
    have been filled in by hand. ``segments`` are of its first page, in whose text it begins at ``shift``."""
    lines = lines_of(text[:_ZONE_CHARS], _ZONE)
    lines = mended(without_blocks(with_boxes(lines, segments, shift) if segments else lines))
    head = _read_pieces(lines)
    if head.title < 0:
        _find_plain_title(head)
    attached_number, attached_day = _attachment(lines, head)
    number = head.number or attached_number
    slug = _type(head, number)
    day, partial, dated = _day(head, lines, text, slug, attached_day)
    signer = _signer(text, slug, scanned=scanned)
    issuing, superior = map(spelled, _bodies(head)) if scanned else _bodies(head)
    form, subject = _form(head, slug, number), _abstract(head, lines, issuing)
    if scanned:
        subject = abstract.without_specks(subject)
    sure = {
        "number_symbol": _HALF if head.two_numbers else 0.98 if head.number else CITED,
        "date": dated,
        "type": _sure_of_type(head),
        "abstract": abstract.sureness(subject, titled=head.title >= 0),
        "issuing_body": _HALF
        if head.two_numbers or (scanned and (head.unread or misread(issuing)))
        else _sure_of_issuer(issuing),
        "superior_body": _HALF if scanned and misread(superior) else _sure_of_superior(superior),
        # Half of a name is what OCR most often leaves of one under a stamp.
        "signer": min(signer.sure, _HALF) if scanned and signer.name.count(" ") < 2 else signer.sure,
    }
    said, folded, about = text[:_DETAILS], fold(text[:_DETAILS]), fold(subject)
    return Header(
        form=form,
        type=slug,
        number_symbol=number,
        date=day,
        date_flaw=head.flaw,
        partial_date=partial,
        fields=_fields(sure, number, day or partial, slug, subject, issuing, superior, signer.name),
        place=head.place,
        issuing_body=issuing,
        superior_body=superior,
        abstract=subject,
        signer=signer.name,
        signer_rank=signer.rank,
        signer_title=signer.title,
        draft=head.draft or _blank(head, scanned=scanned),
        copy=head.copy or copy_below(text)[0],
        signer_capacity=signer.capacity,
        issuer_level=level_of(form, issuing, superior, number),
        recipients=recipients(text[-_FOOT:]),
        references=references(said, folded, number),
        rank=rank_of(about, folded),
        ranked=ranks_by_name(folded) if slug in _RANKING else (),
        percentage=percentage_of(folded),
        criteria=criteria_of(folded),
        periods=covered(about, day),
        members=members(said, folded) if slug in _FOUNDING else (),
    )


def _signer(text: str, slug: str, *, scanned: bool) -> Signer:
    signer = find_signer(text, minutes=slug == "bien-ban")
    if scanned and len(signer.name.split()) < _FULL_NAME and not family_named(signer.name):
        return Signer()  # two words of no family are specks of a seal
    return signer


def _day(
    head: _Head, lines: Sequence[Line], text: str, slug: str, attached: date | None
) -> tuple[date | None, str, float]:
    """Date, or what is known of it, and how surely that is the document's own."""
    if head.dated:
        sure = 0.7 if head.flaw else 0.98 if head.day else 0.9
        return head.day, "" if head.day else head.partial, sure
    if attached and not head.number:
        return attached, "", CITED
    if slug == "bien-ban" and (met := _met(lines)):
        return met, "", 0.85
    if slug or head.formal:
        return *signed_on(text[:_DETAILS]), 0.85
    return None, "", 0.0


def _sure_of_issuer(name: str) -> float:
    if _RUN_ON.search(name):
        return 0.4
    return 0.97 if starts_name(name) and not _NAMELESS.search(name) else 0.75


def _sure_of_superior(name: str) -> float:
    if _RUN_ON.search(name):
        return 0.4
    return 0.95 if starts_name(name) else 0.6


def _sure_of_type(head: _Head) -> float:
    if head.title >= 0:
        return 0.85 if head.guessed else 0.98
    return 0.95 if head.reference >= 0 else 0.7


def _fields(sure: Mapping[str, float], *values: object) -> dict[str, FieldReading]:
    """A reading for each field that has a value, in the order of ``sure``."""
    return {
        name: FieldReading(sureness, FieldSource.CITED if sureness == CITED else FieldSource.TEXT)
        for (name, sureness), value in zip(sure.items(), values, strict=True)
        if value
    }


def _read_pieces(lines: Sequence[Line]) -> _Head:
    head = _Head([])
    last = _ABOVE
    for piece in pieces_of(lines[:_ABOVE]):
        if piece.at > last:
            break
        index = len(head.pieces)
        head.pieces.append(piece)
        long = len(piece.text) > _PROSE and piece.kind is not Kind.REFERENCE
        if piece.kind is Kind.BODY or long:
            head.addressed = head.addressed or piece.folded.lstrip(" -*").startswith("kinh gui")
            break
        if piece.kind is Kind.TITLE and head.title < 0 and not (head.reference >= 0 and piece.at > last):
            head.title, head.slug, head.rest = index, piece.slug, piece.rest
            head.draft = head.draft or piece.value == "draft"
            last = piece.at + _BELOW
        else:
            _take(head, piece, index)
            if piece.kind is Kind.OTHER and head.title < 0 and _in_left_column(lines[piece.at], piece):
                head.unread = head.unread or bool(head.names and not head.number and letters(piece.text) > 1)
            if piece.kind is Kind.REFERENCE and head.title < 0:
                last = min(last, piece.at + 10)
    return head


def _in_left_column(line: Line, piece: Piece) -> bool:
    return line.text.startswith(piece.text) and (line.box is None or line.box.left < _LEFT)


def _take(head: _Head, piece: Piece, index: int) -> None:
    """One piece that is no title."""
    above = head.title < 0
    match piece.kind:
        case Kind.MOTTO:
            head.motto = head.motto or above
        case Kind.PARTY:
            head.party = head.party or above
        case Kind.INCOMING:
            head.received = piece.at
            if above and not head.motto:
                head.names.clear()  # above the head: the name of the receiving office
        case Kind.DATE if not piece.value and piece.at - head.received < _STAMP_LINES:
            pass  # the day on which it was received
        case Kind.STAR:
            head.star = head.star or above
        case Kind.DRAFT:
            head.draft = True
        case Kind.STAMP if not head.copy:
            head.copy = kind_of_copy(piece.folded)
        case Kind.NUMBER if above and head.names and cites(head.names[-1], piece.text):
            head.names[-1] += f" {piece.text}"
        case Kind.NUMBER if not head.number:
            head.number, head.numbered = piece.value, piece.at
        case Kind.NUMBER if above and piece.at == head.numbered and piece.value != head.number:
            head.two_numbers = True
        case Kind.DATE if not head.dated:
            head.dated, head.day, head.place = True, piece.day, piece.value
            head.partial = piece.partial
            head.flaw = flaw_of(piece.folded)
        case Kind.REFERENCE if head.reference < 0 and above:
            head.reference = index
        case Kind.NAME | Kind.OTHER if not head.number and above and _UNLABELLED.match(piece.text):
            number = find_number(f"Số: {piece.text}")
            head.number = number.value if number else ""
        case Kind.NAME if _SYMBOL.fullmatch(piece.text):
            pass  # of a number whose figures stand apart: “Số: 94” and “CV/PV28”
        case Kind.NAME if above and head.number and head.names:
            # Below the number no name of a body stands; “SỐ 12/QĐ-SCT” would be the rest of one.
            head.strange = head.strange or letters(piece.text) > _SHORTEST_TITLE
        case Kind.NAME if above and not _CAPACITY.match(piece.text):
            head.names.append(piece.text)


def _find_plain_title(head: _Head) -> None:
    """A title that is not in capitals: alone on its line, or where the symbol names the same type."""
    coded = types.of_symbol(head.number)
    for index, piece in enumerate(head.pieces):
        if 0 <= head.reference < index:
            return
        if piece.kind is not Kind.OTHER or not piece.text[:1].isupper():
            continue
        if not head.formal and piece.at > 5:
            return
        found = types.plain_title(piece.text, piece.folded)
        if found and (
            types.is_name(piece.folded.strip(" :.")) or (found[0] == coded and len(piece.text) < 120)
        ):
            head.title, head.slug, head.rest = index, found[0], piece.text[found[1] :].strip(" :.-–")
            head.guessed = True
            return


def _type(head: _Head, number: str) -> str:
    if head.slug:
        return head.slug
    coded = types.of_symbol(head.number)
    if coded and coded != types.LETTER:  # a letter's symbol names no type
        return coded
    if head.reference >= 0 and (head.formal or head.addressed):
        return types.LETTER
    if coded or head.strange:
        return coded
    letter = bool(number) and (head.addressed or head.dated)
    return types.LETTER if letter or (head.addressed and head.dated) else ""


def _form(head: _Head, slug: str, number: str) -> Form:
    if head.party or (head.star and "-" in number.split("/")[0]):
        return Form.PARTY
    if slug == types.LETTER:
        return Form.LETTER
    return Form.STATE if head.formal or number else Form.NONE


def _bodies(head: _Head) -> tuple[str, str]:
    names = head.names
    if not head.formal and not names_of_body(names):
        return "", ""
    if not names:  # not in capitals, as hurried people type it
        first = next((p for p in head.pieces[:6] if p.kind is Kind.OTHER and starts_name(p.text)), None)
        names = [first.text] if first and head.formal and len(first.text) <= 60 else []
    return bodies(names, joint_offices(head.number))


def _abstract(head: _Head, lines: Sequence[Line], issuer: str) -> str:
    found = ""
    if head.title >= 0:
        at = head.pieces[head.title].at
        # "SỔ THEO DÕI THU, CHI" is the whole title; the subject stands below it.
        if head.slug in types.of_one_syllable():
            found = abstract.after_title(lines[at + 1 :], "", issuer)
        found = found or abstract.after_title(lines[at + 1 :], head.rest, issuer)
    if not found and head.reference >= 0:
        found = abstract.after_reference(head.pieces, lines, head.reference)
    return found


def _attachment(lines: Sequence[Line], head: _Head) -> tuple[str, date | None]:
    """Number and date of the decision that a regulation or list says it is attached to."""
    if head.title < 0 or head.number or head.slug in _NUMBERED:
        return "", None
    at = head.pieces[head.title].at
    for index in range(at, min(at + 10, len(lines))):
        found = ATTACHED.search(lines[index].folded)
        if found and _IN_BRACKETS.match(lines[index].folded):
            after = " ".join(line.text for line in lines[index : index + 4])[
                found.start() : found.start() + 300
            ]
            after = after.split(")")[0]
            folded = " ".join(line.folded for line in lines[index : index + 4])[found.start() :][: len(after)]
            label = re.search(r"\bso\b", folded)
            # A cited number ends where its date begins; the label may be in small letters.
            ends = folded.find("ngay")
            cited = after[label.end() : ends if ends > 0 else None] if label else ""
            number = find_number("Số: " + cited.strip(" :.")) if cited else None
            day = find_date(folded)
            return (number.value if number else "", day.value if day else None)
    return "", None


def _met(lines: Sequence[Line]) -> date | None:
    """The day of a meeting as its minutes tell it."""
    for at, line in enumerate(lines):
        found = _MEETING.search(line.folded)
        if found:
            told = line.folded[found.start() :]
            if at + 1 < len(lines):
                told += " " + lines[at + 1].folded[:80]
            day = find_date(told[:400], bare=True)
            if day and day.value:
                return day.value
    return None


def _blank(head: _Head, *, scanned: bool) -> bool:
    """A typed head whose number or date was left open."""
    if head.title < 0 and head.reference < 0:
        return False
    number = bool(head.number) and not head.number[0].isdigit()
    dates = [piece.text for piece in head.pieces if piece.kind is Kind.DATE]
    day = bool(dates) and len(re.findall(r"\d+", dates[0])) < 3  # an impossible date was filled in
    if not scanned:
        return number or day
    # What OCR could not read is filled in all the same.
    numbers = [piece.folded for piece in head.pieces if piece.kind is Kind.NUMBER]
    open_number = bool(numbers) and bool(_OPEN_NUMBER.match(numbers[0]))
    return number and open_number and day and bool(_OPEN_DAY.search(fold(dates[0])))
