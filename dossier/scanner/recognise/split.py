"""Where the documents of a file begin: at the signs that only the head of a document shows together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dossier.model import Page
from dossier.scanner.recognise import types
from dossier.scanner.recognise.bodies import starts_name
from dossier.scanner.recognise.copies import is_of_copy
from dossier.scanner.recognise.esign import is_label
from dossier.scanner.recognise.header import ATTACHED
from dossier.scanner.recognise.lines import Line, letters, lines_of
from dossier.scanner.recognise.pieces import Kind, pieces_of
from dossier.vietnamese import fold

MOST_DOCUMENTS = 2000  # in one file; what begins later stays with the last one

_SHORT = 240  # characters; a longer line is prose
_REACH = 16  # lines with text over which a head says what it is
_WINDOW = 6000  # characters in which those lines are looked for
_TOP = 10  # lines with text at the top of a page among which the first sign of a head stands
_ABOVE = 1500  # characters looked at above a first sign

# On folded text: where a head may begin. Literals are found by str.find, far faster than expressions.
_LITERALS = ("chu nghia", "hanh phuc", "cong san viet", ", ngay")
# The line end before it is found at once, a place without any text is not.
_LINE_STARTS = re.compile(
    r"\n[^\S\n]{0,80}[*#>|\-–~ ]{0,12}(?:s[o0]\W{0,5}[\d.…_/\-ol~]|(?:quy che|noi quy|quy dinh|quy uoc|"
    r"bo tieu chi|phuong an|de an|ke hoach|chuong trinh|bien ban|danh sach)\b)"
)
_OWN_ANYWHERE = frozenset(("quy-che", "noi-quy", "quy-dinh", "quy-uoc"))
_OWN_ON_A_PAGE = _OWN_ANYWHERE | {"bo-tieu-chi", "phuong-an", "de-an", "ke-hoach", "chuong-trinh"}
_ANNEXES = frozenset(("danh-sach", "phu-luc", "bang-tong-hop", "bang-thong-ke", "bang-ke"))
_SAMPLE = re.compile(r"\W{0,3}(?:mau(?: so)?|bieu mau|phu luc)\b.{0,40}$")
_DOTS = re.compile(r"\.{4}|…|_{4}|\[\s*\]")
_CITED = re.compile(r"số:?\s*(\d{1,5})\s?[/-]", re.IGNORECASE)
_MET = re.compile(r"hom nay|vao hoi|thoi gian|\bhoi \d")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A position in a file: index of the page, offset in its text."""

    page: int
    offset: int


@dataclass(slots=True)
class _Signs:
    """What a stretch of lines says of a head that begins with its first line."""

    said: set[Kind] = field(default_factory=set)
    mottos: int = 0
    title: str = ""
    number: str = ""
    filled: bool = False  # number or date are given, if only in part
    addressed: bool = False
    lines: int = 0


def starts(pages: Sequence[Page], first: int = 0) -> list[Position]:
    """Where documents begin, in order; the first is the beginning of the file.

    ``first``: the index of the first page, to which those of the places are added.
    """
    return [Position(place.page + first, place.offset) for place in _starts(pages)]


def _starts(pages: Sequence[Page]) -> list[Position]:
    found = [Position(0, 0)]
    seen_head = False
    number = ""  # of the document that the reading is in
    for index, page in enumerate(pages):
        free = 0  # up to here the page is spoken for
        blank = len(page.text) - len(page.text.lstrip())  # white space at its top
        for at in _hints(page.text):
            if at < free or len(found) >= MOST_DOCUMENTS:
                continue
            above = _lines_above(page.text, free, at)
            window = lines_of(page.text[at : at + _WINDOW], _REACH)
            top = len(above) <= _TOP and free <= blank and at - blank <= _ABOVE
            signs = _signs(window)
            if _is_head(signs, window, top=top):
                end = _skip_lines(page.text, at, signs.lines)
                if _is_sample(above) or (seen_head and _is_form(signs, window)):
                    free = end
                    continue
                number = signs.number or number
            elif _is_attached(window, top=top and len(above) <= 4 and index > 0) or (
                top and index > 0 and _is_annex_of_another(window, number)
            ):
                end = _skip_lines(page.text, at, 1)
            else:
                continue
            begin = _beginning(above, at, new_page=top and index > 0)
            begin = 0 if begin <= blank else begin
            first = not seen_head and _is_preamble(pages, index, begin)
            if not first and Position(index, begin) > found[-1]:
                found.append(Position(index, begin))
            seen_head, free = True, end
    return found


def _hints(text: str) -> list[int]:
    """Offsets of the lines that deserve a look, in order."""
    folded = _fold_in_place(text)
    at = {text.rfind("\n", 0, found.end() - 1) + 1 for found in _LINE_STARTS.finditer(f"\n{folded}")}
    for literal in _LITERALS:
        where = folded.find(literal)
        while where >= 0:
            start = text.rfind("\n", 0, where) + 1
            end = text.find("\n", where)
            end = len(text) if end < 0 else end
            if end - start <= _SHORT:
                at.add(start)
            where = folded.find(literal, end)
    return sorted(at)


def _fold_in_place(text: str) -> str:
    """Folded text in which every character stands where it stood."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    table = {ord(char): single if len(single := fold(char)) == 1 else " " for char in set(text)}
    return text.translate(table)


def _lines_above(text: str, floor: int, at: int) -> list[tuple[int, Line]]:
    """Offsets and lines with text between ``floor`` and ``at``, at most :data:`_ABOVE` characters up."""
    start = max(floor, at - _ABOVE)
    found = []
    for raw in text[start:at].split("\n"):
        if raw.strip():
            found += [(start, line) for line in lines_of(raw, 1)]
        start += len(raw) + 1
    return found


def _signs(window: Sequence[Line]) -> _Signs:
    """The signs of the head that begins with the first line; none when that line is no sign."""
    signs = _Signs()
    last = len(window)
    for at, line in enumerate(window):
        if at > last or (at and not signs.said) or len(line.text) > _SHORT:
            break
        for piece in pieces_of([line]):
            kind = piece.kind
            opens = kind in (Kind.MOTTO, Kind.PARTY)
            again = kind is Kind.NUMBER and kind in signs.said
            if again or (opens and signs.said & {Kind.DATE, Kind.TITLE}):
                return signs
            if kind is Kind.BODY:
                signs.addressed = piece.folded.lstrip(" -*").startswith("kinh gui")
                signs.lines = at + 1
                return signs
            if kind in (Kind.TITLE, Kind.REFERENCE) and not signs.said:
                return signs
            if kind is Kind.TITLE and not signs.title:
                signs.title, last = piece.slug, at + 3
            if kind is Kind.NUMBER:
                signs.number = piece.value
                signs.filled = signs.filled or piece.value[:1].isdigit()
            if kind is Kind.DATE:
                signs.filled = signs.filled or bool(piece.day or piece.partial)
            signs.mottos += kind is Kind.MOTTO
            if kind in _TOLD:
                signs.said.add(kind)
                signs.lines = at + 1
    return signs


_TOLD = frozenset((Kind.MOTTO, Kind.PARTY, Kind.NUMBER, Kind.DATE, Kind.TITLE, Kind.REFERENCE))


def _is_head(signs: _Signs, window: Sequence[Line], *, top: bool) -> bool:
    said = signs.said
    if signs.title in _ANNEXES and Kind.NUMBER not in said and _says_attached(window):
        return False
    if said & {Kind.MOTTO, Kind.PARTY}:
        if {Kind.NUMBER, Kind.DATE} <= said or (Kind.TITLE in said and signs.mottos > 1):
            return True
        return top and bool(said & {Kind.NUMBER, Kind.DATE, Kind.TITLE, Kind.REFERENCE})
    if is_of_copy(signs.number):
        return False  # the form below a copied paper, on a sheet of its own
    if {Kind.NUMBER, Kind.DATE} <= said:
        return top or signs.addressed or bool(said & {Kind.TITLE, Kind.REFERENCE})
    # Motto and date lost by OCR: the symbol and the title must tell the same type.
    return top and Kind.NUMBER in said and bool(signs.title) and types.of_symbol(signs.number) == signs.title


def _is_sample(above: Sequence[tuple[int, Line]]) -> bool:
    """A head under ``Mẫu số 01`` is a form to fill in."""
    return any(_SAMPLE.match(line.folded) for _offset, line in above[-5:])


def _is_form(signs: _Signs, window: Sequence[Line]) -> bool:
    """A head without number and date among dots to be filled in: a form that the paper before it gives."""
    return not signs.filled and sum(bool(_DOTS.search(line.text)) for line in window) > 1


def _is_attached(window: Sequence[Line], *, top: bool) -> bool:
    """A regulation without a head of its own, or minutes on a new page."""
    if not window:
        return False
    title = types.title(window[0].text, window[0].folded)
    if not title:
        return False
    if title[0] == "bien-ban":
        return top and any(_MET.search(line.folded) for line in window[1:12])
    return title[0] in (_OWN_ON_A_PAGE if top else _OWN_ANYWHERE) and _says_attached(window)


def _is_annex_of_another(window: Sequence[Line], number: str) -> bool:
    """A list on a new page that says it belongs to another decision than the one before it."""
    title = types.title(window[0].text, window[0].folded) if window else None
    if not title or title[0] not in _ANNEXES or not number or not _says_attached(window):
        return False
    said = " ".join(line.text for line in window[:10])
    cited = _CITED.search(said)
    own = number.split("/")[0].split("-")[0].lstrip("0")
    return bool(cited and own.isdigit() and cited[1].lstrip("0") != own)


def _says_attached(window: Sequence[Line]) -> bool:
    """Whether ``(Kèm theo Quyết định số …)`` stands on its own line, in brackets."""
    for at, line in enumerate(window[:10]):
        if line.folded.lstrip(" *").startswith(("(", "ban hanh kem", "kem theo")):
            after = " ".join(other.folded for other in window[at : at + 3])
            if ATTACHED.search(after[:200]):
                return True
    return False


def _beginning(above: Sequence[tuple[int, Line]], at: int, *, new_page: bool) -> int:
    """Up from the first sign over the issuer's lines, or to the top of the page."""
    run = 0
    for _offset, line in reversed(above):
        if not _may_stand_above(line):
            break
        run += 1
    if (run == len(above) <= _TOP) or (new_page and all(len(line.text) <= 100 for _offset, line in above)):
        return above[0][0] if above else at
    for offset, line in above[len(above) - run :]:
        if starts_name(line.text) or is_label(line.folded):
            return offset
    return at


def _may_stand_above(line: Line) -> bool:
    return (
        not letters(line.text)
        or (line.upper and len(line.text) <= 120)
        or is_label(line.folded)
        or (len(line.text) <= 25 and any(char.isdigit() or char == "@" for char in line.text))
    )


def _is_preamble(pages: Sequence[Page], index: int, begin: int) -> bool:
    """Whether nothing but a few short lines stands above the first head of a file."""
    if begin > _ABOVE or any(page.text.strip() for page in pages[:index]):
        return False
    above = lines_of(pages[index].text[:begin], _TOP + 1)
    return len(above) <= _TOP and all(len(line.text) <= 120 for line in above)


def _skip_lines(text: str, at: int, count: int) -> int:
    """The offset after ``count`` lines with text from ``at``."""
    for raw in _raw(text, at):
        count -= bool(raw.strip())
        at += len(raw) + 1
        if count <= 0:
            break
    return min(at, len(text))


def _raw(text: str, at: int) -> Iterator[str]:
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end]
        at = end + 1
