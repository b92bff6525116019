"""Find where the documents of a file begin, by combinations of signs that only occur in a head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dossier.model import Page
from dossier.scanner.recognise import types
from dossier.scanner.recognise.attached import ATTACHED
from dossier.scanner.recognise.bodies import starts_name
from dossier.scanner.recognise.copies import is_of_copy
from dossier.scanner.recognise.esign import is_label
from dossier.scanner.recognise.lines import Line, letters, lines_of
from dossier.scanner.recognise.pieces import Kind, below_properties, pieces_of
from dossier.vietnamese import fold

MOST_DOCUMENTS = 2000  # documents per file; text after them belongs to the last one

_SHORT = 240  # characters; a longer line is prose
_REACH = 16  # non-empty lines of a head that are read
_WINDOW = 6000  # characters in which those lines are searched
_TOP = 10  # non-empty lines at the top of a page searched for the first sign of a head
_ABOVE = 1500  # characters read above the first sign

# Signs of a head in folded text. Literals are searched by str.find, far faster than patterns.
_LITERALS = ("chu nghia", "hanh phuc", "cong san viet", ", ngay")
# Begins with the line feed, not with a lookbehind, because a literal prefix makes the search fast.
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
_RECIPIENTS = re.compile(r"(?:^|\n)\W{0,3}n[o0]i nh[a-z]n\b")
_MET = re.compile(r"hom nay|vao hoi|thoi gian|\bhoi \d")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A position in a file: index of the page, and offset in the page's text."""

    page: int
    offset: int


@dataclass(slots=True)
class _Signs:
    """The signs of a head found in a window of lines; the first line has the first sign."""

    kinds: set[Kind] = field(default_factory=set)
    mottos: int = 0
    title: str = ""
    number: str = ""
    filled: bool = False  # number or date are filled in, at least in part
    addressed: bool = False  # “Kính gửi” follows
    lines: int = 0  # lines up to the last sign


def starts(pages: Sequence[Page], first: int = 0) -> list[Position]:
    """Return the positions where documents begin, in order; the first is the beginning of the file.

    ``first``: index of the first of the pages in the file, added to the page indexes returned.
    """
    return [Position(place.page + first, place.offset) for place in _starts(pages)]


def is_backwards(pages: Sequence[Page]) -> bool:
    """Whether the pages of one document lie in reverse order, as some printers and scanners deliver them:
    the last page has the only head, and the recipients below the text are on the first page alone."""
    if len(pages) < 2 or not _names_recipients(pages[0]) or any(map(_names_recipients, pages[1:])):
        return False
    heads = [Position(0, 0), Position(len(pages) - 1, 0)]
    return not _possible_heads(pages[0].text) and _starts(pages) == heads


def _names_recipients(page: Page) -> bool:
    return _RECIPIENTS.search(fold(page.text)) is not None


def _starts(pages: Sequence[Page]) -> list[Position]:
    found = [Position(0, 0)]
    seen_head = False
    number = ""  # of the current document
    for index, page in enumerate(pages):
        free = 0  # offset up to which the page belongs to a head already found
        blank = len(page.text) - len(page.text.lstrip())  # length of leading white space
        for at in _possible_heads(page.text):
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


def _possible_heads(text: str) -> list[int]:
    """Return the offsets of the lines that may begin a head, in order."""
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
    """Fold a text so that every character keeps its offset."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    table = {ord(char): single if len(single := fold(char)) == 1 else " " for char in set(text)}
    return text.translate(table)


def _lines_above(text: str, floor: int, at: int) -> list[tuple[int, Line]]:
    """Return (offset, line) of the non-empty lines between ``floor`` and ``at``, within :data:`_ABOVE`
    characters."""
    start = max(floor, at - _ABOVE)
    found = []
    for raw in text[start:at].split("\n"):
        if raw.strip():
            found += [(start, line) for line in lines_of(raw, 1)]
        start += len(raw) + 1
    return found


def _signs(window: Sequence[Line]) -> _Signs:
    """Return the signs of the head that begins with the first line; none if that line has no sign."""
    signs = _Signs()
    last = len(window)
    for at, line in enumerate(window):
        if at > last or (at and not signs.kinds) or len(line.text) > _SHORT:
            break
        for piece in pieces_of([line]):
            kind = piece.kind
            opens = kind in (Kind.MOTTO, Kind.PARTY)
            again = kind is Kind.NUMBER and kind in signs.kinds
            if again or (opens and signs.kinds & {Kind.DATE, Kind.TITLE}):
                return signs
            if kind is Kind.BODY:
                signs.addressed = piece.folded.lstrip(" -*").startswith("kinh gui")
                signs.lines = at + 1
                return signs
            if kind in (Kind.TITLE, Kind.REFERENCE) and not signs.kinds:
                return signs
            if kind is Kind.TITLE and not signs.title:
                signs.title, last = piece.slug, at + 3
            if kind is Kind.NUMBER:
                signs.number = piece.value
                signs.filled = signs.filled or piece.value[:1].isdigit()
            if kind is Kind.DATE:
                signs.filled = signs.filled or bool(piece.day or piece.partial)
            signs.mottos += kind is Kind.MOTTO
            if kind in _SIGN_KINDS:
                signs.kinds.add(kind)
                signs.lines = at + 1
    return signs


_SIGN_KINDS = frozenset((Kind.MOTTO, Kind.PARTY, Kind.NUMBER, Kind.DATE, Kind.TITLE, Kind.REFERENCE))


def _is_head(signs: _Signs, window: Sequence[Line], *, top: bool) -> bool:
    """Whether the signs are enough for a head; fewer are needed at the ``top`` of a page."""
    kinds = signs.kinds
    if signs.title in _ANNEXES and Kind.NUMBER not in kinds and _says_attached(window):
        return False
    if is_of_copy(signs.number) and Kind.TITLE not in kinds:
        return False  # the certification form of a copy, on a page of its own
    if kinds & {Kind.MOTTO, Kind.PARTY}:
        if {Kind.NUMBER, Kind.DATE} <= kinds or (Kind.TITLE in kinds and signs.mottos > 1):
            return True
        return top and bool(kinds & {Kind.NUMBER, Kind.DATE, Kind.TITLE, Kind.REFERENCE})
    if {Kind.NUMBER, Kind.DATE} <= kinds:
        return top or signs.addressed or bool(kinds & {Kind.TITLE, Kind.REFERENCE})
    # OCR missed motto and date: symbol and title must name the same type.
    return top and Kind.NUMBER in kinds and bool(signs.title) and types.of_symbol(signs.number) == signs.title


def _is_sample(above: Sequence[tuple[int, Line]]) -> bool:
    """Whether the head is a blank form, printed below ``Mẫu số 01``."""
    return any(_SAMPLE.match(line.folded) for _offset, line in above[-5:])


def _is_form(signs: _Signs, window: Sequence[Line]) -> bool:
    """Whether the head is a blank form annexed to the document before: dotted lines, no number or date."""
    return not signs.filled and sum(bool(_DOTS.search(line.text)) for line in window) > 1


def _is_attached(window: Sequence[Line], *, top: bool) -> bool:
    """Whether a document without a complete head begins: an attached regulation, or minutes on a new page."""
    if not window:
        return False
    title = types.title(window[0].text, window[0].folded)
    if not title:
        return False
    if title[0] == "bien-ban":
        return top and any(_MET.search(line.folded) for line in window[1:12])
    return title[0] in (_OWN_ON_A_PAGE if top else _OWN_ANYWHERE) and _says_attached(window)


def _is_annex_of_another(window: Sequence[Line], number: str) -> bool:
    """Whether a list begins on a new page that is attached to another decision than the document before."""
    title = types.title(window[0].text, window[0].folded) if window else None
    if not title or title[0] not in _ANNEXES or not number or not _says_attached(window):
        return False
    opening = " ".join(line.text for line in window[:10])
    cited = _CITED.search(opening)
    own = number.split("/")[0].split("-")[0].lstrip("0")
    return bool(cited and own.isdigit() and cited[1].lstrip("0") != own)


def _says_attached(window: Sequence[Line]) -> bool:
    """Whether a line begins with ``(Kèm theo Quyết định số …)``."""
    for at, line in enumerate(window[:10]):
        if line.folded.lstrip(" *").startswith(("(", "ban hanh kem", "kem theo")):
            after = " ".join(other.folded for other in window[at : at + 3])
            if ATTACHED.search(after[:200]):
                return True
    return False


def _beginning(above: Sequence[tuple[int, Line]], at: int, *, new_page: bool) -> int:
    """Return the offset where a document begins: above its first sign are the issuer's name lines.

    ``above``: lines above the first sign at offset ``at``; ``new_page``: they reach the top of a page.
    """
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
    """Whether a line may be the issuer's name, a stamp or a signature block above a head."""
    return (
        not letters(line.text)
        or (line.upper and len(line.text) <= 120)
        or is_label(line.folded)
        or (len(line.text) <= 25 and any(char.isdigit() or char == "@" for char in line.text))
    )


def _is_preamble(pages: Sequence[Page], index: int, begin: int) -> bool:
    """Whether only a few short lines precede the first head of a file."""
    if begin > _ABOVE or any(page.text.strip() for page in pages[:index]):
        return False
    above = lines_of(pages[index].text[:begin], _TOP + 1)
    longest = _SHORT if below_properties(above) else 120  # of a table's caption, the document's whole title
    return len(above) <= _TOP and all(len(line.text) <= longest for line in above)


def _skip_lines(text: str, at: int, count: int) -> int:
    """Return the offset after ``count`` non-empty lines from offset ``at``."""
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
