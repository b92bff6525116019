"""The head of one document: its pieces, and what each of them says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dossier.scanner.recognise import abstract_text, types
from dossier.scanner.recognise.bodies import bodies, is_department, is_whole_name, starts_name
from dossier.scanner.recognise.broken_names import asks_for_more, ends_with_sign, is_in_phrase, is_remnant
from dossier.scanner.recognise.copies import is_of_copy, kind_of_copy
from dossier.scanner.recognise.dates import flaw_of
from dossier.scanner.recognise.lines import Line, is_upper, letters
from dossier.scanner.recognise.number import cites, find_number
from dossier.scanner.recognise.pieces import Kind, Piece, is_slogan, pieces_of
from dossier.vietnamese import fold

ABOVE = 32  # non-empty lines searched for a title
_STAMP_LINES = 4  # lines of an incoming stamp: CÔNG VĂN ĐẾN, number, date, addressee
_NAME_LINES = 4  # lines of a body's name and the rule below it
_BELOW = 5  # lines under a title searched for number and date
_CENTRED = 0.1  # how far from the middle of the page a title's is, as a fraction of its width
_LEFT = 0.4  # right limit of the left column, as a fraction of the page width
_SENTENCE = 60  # characters; a longer line with a full stop is of the text
_PROSE = 160  # characters; a longer line is not part of a head
_CAPACITY = re.compile(r"\W*(?:TM|KT|TL|TUQ|Q)\s?\.|\W*[TK]/[MTL]\b")  # of a signature block
_SHORTEST_TITLE = 5  # letters
_SCHOOL_NUMBER = re.compile(r"[1-9]")
_UNLABELLED = re.compile(r"(?:N[oº°]\s?[.:]{0,2}\s?)?\W{0,3}(?=[0-9OolI]{1,5}\s?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ])")
_SYMBOL = re.compile(r"[A-ZĐ]{1,6}(?:\s?[/-]\s?[A-ZĐ\d]{1,8})+")


@dataclass(slots=True)
class DocumentHead:
    """Values collected from the pieces of a head. ``title``, ``reference``: indexes of pieces, -1 if none."""

    pieces: list[Piece]
    number: str = ""
    numbered: int = -1  # index of the number's line
    numbering: int = -1  # index of the number's piece
    two_numbers: bool = False  # two bodies have a number each, side by side
    dated: bool = False
    named_day: bool = False  # the date may be one that the subject names: “trước / ngày 15/8/2026”
    day: date | None = None
    partial: str = ""  # known part of an incomplete date
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
    untitled: int = -1  # index of the line of an abstract in capitals whose title is missing
    received: int = -_STAMP_LINES  # index of the first line of a stamp of the receiving or copying office
    unread: bool = False  # unknown text between the body's name and the number
    addressed: bool = False
    names: list[str] = field(default_factory=list)
    guessed: bool = False  # the title is not in capitals
    mottoed: int = -1  # index of the line “Độc lập - Tự do - Hạnh phúc”
    strange: int = -1  # index of the line of a title in capitals of no known type
    headed: bool = False  # such a title stands above “V/v”

    @property
    def formal(self) -> bool:
        """Whether the head has a number, date or motto."""
        return bool(self.number) or self.dated or self.motto or self.party


def read_head(lines: Sequence[Line]) -> DocumentHead:
    """Collect the pieces of the head up to the body text."""
    head = DocumentHead([])
    last = ABOVE
    for piece in pieces_of(lines[:ABOVE]):
        if piece.at > last:
            break
        if piece.kind is Kind.TITLE and _ends_name(head, piece, lines[piece.at : ABOVE]):
            piece = piece._replace(kind=Kind.NAME, slug="", rest="")
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
            if _is_strange(head, piece, lines[piece.at : ABOVE]):
                _store_strange(head, piece)
            else:
                _store(head, piece, index)
            if piece.kind is Kind.OTHER and head.title < 0 and _in_left_column(lines[piece.at], piece):
                head.unread |= bool(head.names and not head.number and len(re.findall(r"\w", piece.text)) > 1)
            if piece.kind is Kind.REFERENCE and head.title < 0:
                last = min(last, piece.at + 10)
    if head.title < 0:
        _find_plain_title(head)
    return head


def _in_left_column(line: Line, piece: Piece) -> bool:
    return line.text.startswith(piece.text) and (line.box is None or line.box.left < _LEFT)


def _store(head: DocumentHead, piece: Piece, index: int) -> None:
    """Store what a piece says in the head; the piece is not a title."""
    above = head.title < 0
    match piece.kind:
        case Kind.MOTTO:
            head.motto = head.motto or above
            head.mottoed = piece.at if above and is_slogan(piece.folded) else head.mottoed
        case Kind.PARTY:
            head.party = head.party or above
        case Kind.INCOMING:
            head.received = piece.at
            if above and not head.motto:
                head.names.clear()  # names above the stamp are those of the receiving office
        case Kind.DATE if not piece.value and piece.at - head.received < _STAMP_LINES:
            pass  # date of receipt
        case Kind.STAR:
            head.star = head.star or above
        case Kind.DRAFT:
            head.draft = True
        case Kind.STAMP | Kind.OTHER | Kind.NAME if above and _is_sign_of_name(head, piece):
            head.names[-1] += f" {piece.text}"
        case Kind.STAMP if not head.copy:
            head.copy = kind_of_copy(piece.folded)
            head.received = piece.at if head.copy and above else head.received
        case Kind.NUMBER if is_of_copy(piece.value):
            head.received = piece.at  # number and date below it are those of the copying office
        case _ if above and head.names and cites(head.names[-1], piece.text):
            head.names[-1] += f" {piece.text}"
        case Kind.NUMBER if not head.number:
            head.number, head.numbered, head.numbering = piece.value, piece.at, index
        case Kind.NUMBER if above and piece.at == head.numbered and piece.value != head.number:
            head.two_numbers = True
        case Kind.DATE if not head.dated or (head.named_day and piece.value):
            head.dated, head.day, head.place = True, piece.day, piece.value
            head.named_day = not piece.value and piece.text[0].islower()
            head.partial = piece.partial
            head.flaw = flaw_of(piece.folded)
        case Kind.REFERENCE if head.reference < 0 and above:
            head.reference = index
        case Kind.NAME | Kind.OTHER if not head.number and above and _UNLABELLED.match(piece.text):
            number = find_number(f"Số: {_UNLABELLED.sub('', piece.text, count=1)}")
            head.number = number.value if number else ""
        case Kind.NAME if _SYMBOL.fullmatch(piece.text):
            pass  # symbol separated from its digits: “Số: 94” and “CV/PV28”
        case Kind.NAME if above and head.number and abstract_text.begins(piece.text):
            head.untitled = piece.at
        case Kind.NAME if above and head.names and (head.number or head.strange >= 0):
            if not _is_below_text(head):
                _store_strange(head, piece)  # no body's name follows the number
        case Kind.NAME | Kind.OTHER if above and is_department(piece.text):
            head.names.append(piece.text)
        case Kind.NAME if above and not _CAPACITY.match(piece.text):
            head.names.append(piece.text)


def _is_strange(head: DocumentHead, piece: Piece, lines: Sequence[Line]) -> bool:
    """Whether a line in capitals below the bodies' names and the motto is a title, though of no known type:
    centred on its page, or else, where no position is known, below a blank or the whole name of a body.
    ``lines``: that line and those below it."""
    line = lines[0]
    below = head.title < 0 and bool(head.names) and 0 <= head.mottoed < piece.at and not head.number
    if not below or piece.kind is not Kind.NAME or line.text != piece.text or starts_name(piece.text):
        return False
    if not line.after_blank and is_remnant(piece.text, head.names[-1]):
        return False
    if line.box is not None:
        return abs((line.box.left + line.box.right) / 2 - 0.5) < _CENTRED
    ends_name = _stands_over_number(lines[1:]) or (not line.after_blank and _stands_over_title(lines[1:]))
    return (line.after_blank or is_whole_name(head.names)) and not ends_name


def _stands_over_number(below: Sequence[Line], slug: str = "") -> bool:
    """Whether the lines below one in capitals lead to a number with the date beside it or with its own title
    below: two columns, so the line is the end of a body's name, of which the motto beside it has fewer lines.
    ``slug``: the type as whose title the line may be read; it is one if the number is of that type."""
    for at, line in enumerate(below[:_NAME_LINES]):
        pieces = list(pieces_of([line]))
        kinds = {piece.kind for piece in pieces}
        if Kind.NUMBER in kinds:
            coded = next(types.of_symbol(piece.value) for piece in pieces if piece.kind is Kind.NUMBER)
            titles = (piece.slug for piece in pieces_of(below[at + 1 : at + _BELOW]))
            return (not slug or coded != slug) and (Kind.DATE in kinds or bool(coded and coded in titles))
        if not kinds <= {Kind.NAME, Kind.STAR, Kind.STAMP}:
            return (
                len(pieces) > 1 and pieces[-1].kind is Kind.DATE
            )  # beside a number that is not known as one
    return False


def _stands_over_title(below: Sequence[Line]) -> bool:
    """Whether the lines below one in capitals lead to a title of a known type: minutes without a number."""
    for line in below[:_NAME_LINES]:
        kinds = {piece.kind for piece in pieces_of([line])}
        if line.after_blank:
            return Kind.TITLE in kinds
        if not kinds <= {Kind.NAME, Kind.STAR, Kind.STAMP, Kind.DATE}:
            return False
    return False


def _stands_over_motto(below: Sequence[Line]) -> bool:
    """Whether the motto follows, as where the right column comes after the left one: no title is above it."""
    return any(piece.kind is Kind.MOTTO for piece in pieces_of(below[:_NAME_LINES]))


def _ends_name(head: DocumentHead, piece: Piece, lines: Sequence[Line]) -> bool:
    """Whether a line that begins with the name of a type is the end of a body's name: BAN CHỈ ĐẠO THỰC HIỆN /
    QUY CHẾ DÂN CHỦ. ``lines``: that line and those below it."""
    return (
        bool(head.names)
        and not head.number
        and lines[0].text == piece.text
        and is_upper(piece.text)
        and not lines[0].after_blank
        and (
            asks_for_more(head.names[-1])
            or is_in_phrase(piece.text, head.names[-1])
            or _stands_over_number(lines[1:], piece.slug)
            or _stands_over_motto(lines[1:])
        )
    )


def _is_sign_of_name(head: DocumentHead, piece: Piece) -> bool:
    """Whether a number or letter alone on the line below a body's name is the end of it."""
    last = next((other for other in reversed(head.pieces[:-1]) if other.kind is Kind.NAME), None)
    below = last is not None and head.names[-1:] == [last.text] and piece.at == last.at + 1
    if not below:
        return False
    name, _superior = bodies(head.names)
    school = fold(name).startswith("truong ")  # TRƯỜNG TIỂU HỌC PHƯỚC THỂ / 2
    return ends_with_sign(name, piece.text) or (school and _SCHOOL_NUMBER.fullmatch(piece.text) is not None)


def _is_below_text(head: DocumentHead) -> bool:
    """Whether a sentence of the text has been passed, so that capitals are of a signature."""
    return any(
        piece.kind is Kind.OTHER and len(piece.text) > _SENTENCE and piece.text.endswith((".", ";"))
        for piece in head.pieces[head.numbering + 1 :]
    )


def _store_strange(head: DocumentHead, piece: Piece) -> None:
    """Store a title of no known type; a short one is a remnant of something else."""
    if head.strange < 0 and letters(piece.text) > _SHORTEST_TITLE:
        head.strange = piece.at
    head.headed = head.headed or (head.strange >= 0 and head.reference < 0)


def _find_plain_title(head: DocumentHead) -> None:
    """Find a title that is not in capitals: alone on its line, or of the type that the symbol names."""
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
