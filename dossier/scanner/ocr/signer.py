"""Read the signer of a scanned page by further OCR passes over the signature block.

A seal and pen strokes cover titles and names there, and OCR of the whole page loses diacritics. The block is
cut out and read three times with variations; a name read alike each time is sure. If the results differ, it
is read three more times without coloured ink, and then only the darkest ink of it, since a seal copied in
grey is paler than print. Two readings outvote a third with other letters, but not one
with other marks on the same letters: Hoàn and Hoán are two persons, and OCR confuses them most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.legacy.syllables import is_syllable
from dossier.model import Box, FieldReading, FieldSource, Word
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.regions import darkest, only_red, part_of, without_colour, without_red
from dossier.scanner.recognise.copies import kind_in_form
from dossier.scanner.recognise.evidence import SPLIT
from dossier.scanner.recognise.misread import nearest_surname, surname_spelt
from dossier.scanner.recognise.names import family_named, person_named, same_letters
from dossier.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    Read = Callable[[Image], Recognised]

UNANIMOUS, AGREED = 0.95, 0.9  # confidence of a name that all passes, or all but one, read alike
_DOUBTED = 0.5

_RECIPIENTS = re.compile(r"\W{0,3}[a-z]{0,2}[o0]i nh[a-z]n\b")
_KEPT = re.compile(r"\W{0,4}luu\s?[:;.]")  # "Lưu: VT": the last line of the recipients
_CAPACITY = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\b\s?\.?|Q\.")
_FOOT = 0.3  # of the page height: above it nobody signs
_OF_TWO = 0.6  # confidence of one of two who sign, and of a name below a bare title that a pass missed
_LEFT = 0.42  # left limit of the block, as a fraction of the page width: the recipients are left of it
_ABOVE, _BELOW = 0.02, 0.33  # extent of the block above and below its first line, in page heights
_LARGER = 1.5
_FULL = 3  # syllables of a complete name
_MOST = 5
_APART = re.compile(r"[^\w\s]|[_\d]")
_LETTERS = frozenset("AYÝ")  # names of one letter: Giàng A Páo, Nguyễn Thị Như Ý
_OF_PEOPLES = frozenset("YH")  # before the names of men and women in the Central Highlands: Y Thuyên Niê
_BEFORE = frozenset(("uy", "ta", "tuong", "si", "su", "ong", "ba"))  # ends of ranks, degrees and addresses
_MIDDLES = frozenset(("van", "thi", "dinh", "duc", "huu"))  # middle names: the family name is missing


class _Named(NamedTuple):
    """A name, and its box as fractions of the image that was read; ``cut``: it may lack its beginning."""

    name: str
    box: Box
    cut: bool = False


_NOBODY = _Named("", Box(0.0, 0.0, 0.0, 0.0))


def signer_on(seen: Recognised, page: Image, read: Read) -> FieldReading | None:
    """Return the signer's name on a page as a reading with candidates, likeliest first; ``None`` if unsigned.

    ``page``: the colour image from which ``seen`` was read; ``read``: recognises a part of a page.
    """
    box, of_two = _block_above_copiers(seen.lines) or _block(seen.lines), False
    titled = box is None
    if titled:
        box, of_two = _titled(seen.lines)
    if box is None:
        return None
    coloured = part_of(page, box)
    found = _read_alike(without_red(coloured), box, read)
    for alone in (without_colour, darkest):
        if found.confidence >= AGREED or (piece := alone(coloured)) is None:
            continue
        other = _read_alike(piece, box, read)
        if other.confidence > found.confidence or not found.candidates:
            found, other = other, found
        found = replace(found, candidates=tuple(dict.fromkeys((*found.candidates, *other.candidates))))
    if not found.candidates and (ink := only_red(coloured)):
        found = _read_alike(ink, box, read)  # the name by a red stamp
    doubtful = of_two or (titled and found.confidence < UNANIMOUS)
    return replace(found, confidence=min(found.confidence, _OF_TWO)) if doubtful else found


def _read_alike(piece: Image, box: Box, read: Read) -> FieldReading:
    """Return the name that most OCR passes over a part of a page agree on, with its confidence."""
    seen = [found for look in _looks(piece) if (found := _name(read(look).lines)).name]
    counted = Counter(found.name for found in seen)
    if not counted:
        return FieldReading(0.0, FieldSource.OCR, (), box=box)
    best, count = max(counted.items(), key=lambda each: (each[1], len(each[0])))
    stands = next(found for found in seen if found.name == best).box.inside(box)
    syllables = fold(best).split()
    cut = any(found.cut for found in seen if found.name == best)
    whole = syllables[0] not in _MIDDLES and (len(syllables) >= _FULL or (count == len(_WAYS) and not cut))
    sure = {3: UNANIMOUS, 2: AGREED}.get(count, _DOUBTED) if whole else _DOUBTED
    rest = [name for name, _count in counted.most_common() if name != best]
    if sure == AGREED and any(same_letters(best, other) for other in rest):
        sure = SPLIT
    return FieldReading(sure, FieldSource.OCR, (best, *rest), box=stands)


def _block_above_copiers(lines: Sequence[TextLine]) -> Box | None:
    """Return the signature block above the certification form of a copy, if there is one."""
    for at, line in enumerate(lines):
        text = " ".join(word.text for word in line.words)
        if kind_in_form(text, fold(text)) and (box := _block(lines[:at])):
            return box._replace(bottom=min(box.bottom, line.words[0].box.top))
    return None


def _block(lines: Sequence[TextLine]) -> Box | None:
    """Return the area of the signature block: the right half of the page, below the last line with “Nơi nhận”
    or a capacity, or above the last line of the recipients."""
    last = None
    for line in reversed(lines):
        text = " ".join(word.text for word in line.words)
        right = " ".join(word.text for word in line.words if word.box.left > _LEFT)
        high = line.words[0].box.top
        if _RECIPIENTS.match(fold(text)) or _CAPACITY.match(right):
            top = max(high - _ABOVE, 0.0)
            return Box(_LEFT, top, 1.0, min(top + _BELOW, 1.0))
        if last is None and _KEPT.match(fold(text)):
            last = high
    return Box(_LEFT, max(last - _BELOW, 0.0), 1.0, min(last + 2 * _ABOVE, 1.0)) if last is not None else None


def _titled(lines: Sequence[TextLine]) -> tuple[Box | None, bool]:
    """Return the area below an officer's title in the right column, of a page without recipients, and whether
    another officer signs beside; no area if someone else signs there, as the secretary of a meeting."""
    for line in reversed(lines):
        left, right = (
            " ".join(word.text for word in line.words if (word.box.left > _LEFT) is side)
            for side in (False, True)
        )
        top = line.words[0].box.top
        if top > _FOOT and right.isupper() and _officers(current()).search(fold(right)):
            box = Box(_LEFT, max(top - _ABOVE, 0.0), 1.0, min(top + _BELOW, 1.0))
            return box, bool(left.isupper() and _officers(current()).search(fold(left)))
    return None, False


@lru_cache(maxsize=2)
def _officers(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Pattern of the titles of those who sign for a body or lead a meeting."""
    titles = (
        fold(title).replace(" ", " ?") for title in (*vocabulary.signatures.titles, "chủ tọa", "chủ trì")
    )
    return re.compile(rf"(?<![a-z])(?:pho |quyen |q\. ?)*(?:{'|'.join(titles)}|truong\W*$)")


def _looks(piece: Image) -> Iterator[Image]:
    for way in _WAYS:
        yield way(piece)


def _plain(piece: Image) -> Image:
    return piece


def _soft(piece: Image) -> Image:
    from PIL import ImageFilter

    return piece.filter(ImageFilter.GaussianBlur(1))


def _large(piece: Image) -> Image:
    from PIL.Image import Resampling

    return piece.resize((round(piece.width * _LARGER), round(piece.height * _LARGER)), Resampling.LANCZOS)


_WAYS = (_plain, _soft, _large)


def _name(lines: Sequence[TextLine]) -> _Named:
    """Return the last complete name in the lines, otherwise the last partial one."""
    found = [named for line in lines if (named := _name_at_the_end(line.words)).name]
    whole = [named for named in found if len(named.name.split()) >= _FULL]
    return (whole or found or [_NOBODY])[-1]


def _name_at_the_end(line: Sequence[Word]) -> _Named:
    """Return the name at the end of a line, without specks of seals and pen strokes."""
    pieces = [(piece, word.box) for word in line for piece in _APART.sub(" ", word.text).split()]
    pieces = [
        (piece, box) for at, (piece, box) in enumerate(pieces)
        if len(piece) > 1 or piece in _OF_PEOPLES or (piece in _LETTERS and at > 0)
    ]  # fmt: skip
    words = [piece for piece, _box in pieces]
    for first in range(len(words) - 1):
        rest = words[first:]
        if len(rest) > _MOST or not all(w.istitle() and w.isalpha() for w in rest):
            continue
        if rest[0] in _OF_PEOPLES and len(rest) == _FULL and not family_named(rest[1]):
            return _named(" ".join(rest), pieces[first:])
        before = first - 1 if first else None
        if before is not None and fold(rest[0]) in _MIDDLES and (name := _mended(words[before], rest)):
            return _named(name, pieces[before:])
        if family_named(rest[0]):
            found = person_named(" ".join(rest))
            if whole := _with_words_before(words, first):
                return _named(whole, pieces[-len(whole.split()) :])
            cut = len(rest) < _FULL and bool(first) and fold(words[first - 1]) not in _BEFORE
            named = _named(surname_spelt(found.name), pieces[first:]) if found else _NOBODY
            return named._replace(cut=cut)
        if before is not None and len(rest) >= _FULL - 1 and (name := _mended(words[before], rest)):
            return _named(name, pieces[before:])
    return _NOBODY


def _with_words_before(words: Sequence[str], first: int) -> str:
    """Return a name with what stands before the family name in it, which begins at ``first``: a baptismal
    name, or a rare family name where the rest is a given name alone (“Kim Oanh” of Ngụy Thị Kim Oanh)."""
    begin = first
    while begin and len(words[begin - 1]) > 1 and words[begin - 1].istitle() and words[begin - 1].isalpha():
        begin -= 1
    baptised = fold(words[first - 1]) in current().people.baptismal if first else False
    middle = bool(first) and _MIDDLES.intersection(map(fold, words[first - 1 : first + 1]))
    part = len(words) - first < _FULL or bool(middle)
    if begin == first or len(words) - begin > _MOST or not (baptised or part):
        return ""
    if part and not baptised and not all(map(is_syllable, map(str.lower, words[begin:]))):
        return ""
    found = person_named(" ".join(words[begin:]))
    return found.name if found else ""


def _named(name: str, pieces: Sequence[tuple[str, Box]]) -> _Named:
    """Return the name with the box around the parts of words that it consists of."""
    around = pieces[0][1]
    for _piece, box in pieces[1:]:
        around = around.with_(box)
    return _Named(name, around)


def _mended(word: str, rest: Sequence[str]) -> str:
    """Return the name with its misread first word corrected, if only one family name is possible; else
    ``""``."""
    capitals = [at for at, letter in enumerate(word) if letter.isupper()]
    for at in capitals:  # letters before the capital may be a pen stroke
        if family := nearest_surname(word[at:]):
            found = person_named(" ".join((family, *rest)))
            return found.name if found else ""
    return ""
