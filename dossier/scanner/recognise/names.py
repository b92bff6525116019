"""Recognise names of people, with police and army ranks before them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.legacy.syllables import is_syllable
from dossier.vietnamese import capitalised, fold, marked_words, squash

_BEFORE_NAME = re.compile(r"[^\w\s]+(?=[^\W\d_]+(?: [^\W\d_]+)+$)")  # specks of a stamp: “⁄/Lương Thị Hằng”
_WORD = re.compile(r"[KYH]['’‘]|[^\W\d_]+(?:['’‘\-][^\W\d_]+)*")
_NAMED_AS_TITLES = ("chu", "trương", "tô", "vũ")  # family names that fold to title words: Trương Ban Mai
_MIDDLE = frozenset(("thi", "van"))  # middle names, which never end a name
_FEWEST_IN_CAPITALS = 3  # words of a name, letters of an abbreviation
_FEWEST_OF_TWO = 6  # words of two names on one line
_VOWELS = frozenset("aeiouy")
_SINGLE = re.compile(r"[KYH]['’‘][A-ZĐ][^\W\d_]+")  # the whole name of some: K’Brễu
# Fonts of TCVN3 have no capitals with tones: Dương Thị én
_UNRAISED = re.compile(r" [áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]")
_SECTION = re.compile(r"(?:Chương|Phần|Mục|Điều|Phụ lục) [IVXL\d]+", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['’‘][^\W\d_]")  # a capital follows it: H'Hen
# Words before a place's name: Xã Tân Hội, as the end of a title or of a date may stand alone.
_OF_PLACE = re.compile(r"(?:xã|phường|thị trấn|đặc khu|huyện|thị xã|quận|tỉnh|thành phố|thôn|ấp|khu phố) ")
_CALLED = re.compile(r"\s+\([^()]*\)?$")  # what a person is called besides: Trần Thị Nhượng (Út Nhượng)


class _Tables:
    """Patterns and word sets compiled from a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        own = vocabulary.signatures
        self.ranks = {fold(rank).replace(" ", ""): rank for rank in own.ranks}
        ranks = "|".join(fold(rank).replace(" ", " ?") for rank in own.ranks)  # Đạiúy
        self.rank = re.compile(rf"(?<![a-z])({ranks})(?![a-z])[\s.,:\-–]{{0,3}}")
        # Folded; in a scan, letters of a damaged word may precede the title.
        titles = "|".join(map(fold, (*own.titles, *own.others, "ủy viên")))
        self.title = re.compile(rf"(?:[a-z]{{1,3}} )?(?:{titles})(?![a-z])")
        # With diacritics: first words of bodies and documents, not of people: “Văn Phòng”, “Phụ Lục V”.
        of_two = [*vocabulary.bodies.begin, *(kind.name for kind in vocabulary.types)]
        things = "|".join(re.escape(marked_words(words)) for words in of_two if " " in words)
        self.thing = re.compile(rf"(?:{things})(?!\w)")
        address = "|".join(re.escape(fold(words)) for words in vocabulary.people.address)
        self.address = re.compile(rf"(?:{address})\b[.:]?\s{{0,2}}")
        self.no_names = frozenset(map(fold, vocabulary.people.never))
        # Common family names; required only where nothing else distinguishes a name from a place.
        self._marked = frozenset(map(marked_words, (*vocabulary.people.families, *vocabulary.people.rare)))
        self._unmarked = frozenset(vocabulary.people.unmarked)
        self.families = frozenset(map(fold, (*vocabulary.people.families, *vocabulary.people.unmarked)))

    def is_own_family(self, word: str) -> bool:
        """Whether a word is a common family name with its own marks, or typed without any."""
        folded = fold(word)
        return (
            marked_words(word) in self._marked
            or folded in self._unmarked
            or (word.isascii() and folded in self.families)
        )


@lru_cache(maxsize=2)
def _tables(vocabulary: Vocabulary) -> _Tables:
    return _Tables(vocabulary)


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name (empty if only a rank was found) and rank. ``known``: not just by where it stands."""

    name: str
    rank: str = ""
    known: bool = True


def person_named(text: str, *, rank: str = "", signed: bool = False) -> Person | None:
    """Return the person if the text is only a name, a rank, or both; ``rank``: rank on the line above.
    ``signed``: it stands apart below a title, where a name in capitals is known without its family name."""
    if not 3 <= len(text) <= 70:
        return None
    text = _CALLED.sub("", text).strip(" .,;:*_-–\"'()")
    folded = fold(text)
    tables = _tables(current())
    while len(folded) == len(text):  # ThS. Đại úy …, as well as Đại úy, ThS. …
        if found := tables.rank.match(folded):
            rank = tables.ranks[found[1].replace(" ", "")]
        elif not (found := tables.address.match(folded)) or _is_family(text, folded):
            break
        text, folded = text[found.end() :], folded[found.end() :]
        if not text:
            return Person("", rank) if rank else None
    words = text.split()
    if _UNRAISED.search(text) and (tables.is_own_family(words[0]) or len(words) >= _FEWEST_IN_CAPITALS):
        words = [capitalised(word) if _UNRAISED.match(f" {word}") else word for word in words]
    if _SINGLE.fullmatch(text):
        return Person(text, rank)
    if _SECTION.fullmatch(text):
        return None
    if not 2 <= len(words) <= 6 or folded in tables.no_names or not all(map(_capitalised, words)):
        return None
    if words[0].lower() == "kiêm":
        return None  # a second office: Kiêm Trưởng Ban
    spelt = (word for word in folded.split() if word.isalpha() and len(word) > 1)
    if _is_title(words, folded) or not all(map(_VOWELS.intersection, spelt)):
        return None  # words without vowels are abbreviations: Trường PTDTNT, Trường THCS
    if not text.isupper() and any(map(_is_abbreviation, words[1:])):
        return None  # Lưu VPĐU
    if tables.thing.match(marked_words(text)) or _OF_PLACE.match(text.lower()):
        return None
    # A middle name, whose beginning is missing; of Khmer women, behind their rank, a family name.
    if words[0].lower() == "thị" and not (rank and len(words) > 2):
        return None
    known = True
    if text.isupper():
        # A title's second line looks the same: TRƯỞNG PHÒNG KẾ HOẠCH / TỔNG HỢP
        of_family = tables.is_own_family(words[0]) and _FEWEST_IN_CAPITALS <= len(words) <= 5
        if not (of_family or signed):
            return None
        known = tables.is_own_family(words[0])
        words = [_APOSTROPHE.sub(lambda found: found[0].upper(), word.capitalize()) for word in words]
    return Person(" ".join(words), rank, known)


def last_name_in(text: str) -> Person | None:
    """Return the person named at the end of a recipient's line: ``- Lưu: VT. Nguyễn Văn An``."""
    if len(text) > 130:
        return None
    folded = fold(text)
    if len(folded) == len(text):
        ranks = list(_tables(current()).rank.finditer(folded))
        if ranks:
            return person_named(text[ranks[-1].start() :])
    words = _BEFORE_NAME.sub("", text).split()
    if words and _is_title(words, folded):
        return None  # Phó Trung Đoàn Trưởng
    first = len(words)
    while first and len(words) - first < 5 and _capitalised(words[first - 1].strip(".")):
        first -= 1
    for start in range(first, len(words) - 1):
        if family_named(words[start]) and not words[start].isupper():
            return person_named(" ".join(words[start:]))
    return None


def family_named(name: str) -> bool:
    """Whether a name begins with a common family name."""
    return fold(name.split(" ", 1)[0]) in _tables(current()).families


def _is_family(text: str, folded: str) -> bool:
    """Whether the first word is a family name and no address: Bá and Ong by their diacritics, Ông by the
    middle name behind it."""
    second = folded.split(" ", 2)[1:2]
    if marked_words(text).startswith("ông ") and second and second[0] in _MIDDLE:
        return True
    named = bool(second) and second[0] not in _MIDDLE and family_named(second[0])
    return marked_words(text).startswith(("bá ", "ong ")) and not named


def same_letters(name: str, other: str) -> bool:
    """Whether two readings of a name have the same letters with different marks (tones, hats, horns)."""
    return fold(name) == fold(other) and marked_words(name) != marked_words(other)


def lost_some(name: str, other: str) -> bool:
    """Whether a reading of a name lacks marks or letters of another one: ``Hườn`` of ``Hường``."""
    if len(name.split()) != len(other.split()) or marked_words(name) == marked_words(other):
        return False
    rest = iter(_apart(other))
    return all(sign in rest for sign in _apart(name))


def _apart(name: str) -> str:
    """Return a name in lower case with its marks as signs of their own, the stroke of đ too."""
    return unicodedata.normalize("NFD", name.lower()).replace("đ", "d\u0335")


def two_people(text: str) -> list[Person]:
    """Split two names on one line, separated by a single space, before the second family name."""
    words = squash(text).split()
    if not 4 <= len(words) <= 14:
        return []
    if len(words) < _FEWEST_OF_TWO and family_named(text) and person_named(text):
        return []  # Trần Lê Nguyễn Bảo Ngọc is one person
    for cut in range(2, len(words) - 1):
        rest = " ".join(words[cut:])
        if not family_named(words[cut]) and not _tables(current()).rank.match(fold(rest)):
            continue
        if fold(words[cut - 1]) in _MIDDLE:  # "Bùi Thị Kim Hạnh" is one woman
            continue
        left, right = person_named(" ".join(words[:cut])), person_named(rest)
        if left and right and right.name and family_named(left.name):
            return [left, right]
    return []


def _is_title(words: list[str], folded: str) -> bool:
    found = _tables(current()).title.match(folded)
    return found is not None and (words[0].lower() not in _NAMED_AS_TITLES or found[0] == folded)


def _is_abbreviation(word: str) -> bool:
    return len(word) >= _FEWEST_IN_CAPITALS and word.isupper() and not is_syllable(word)


def _capitalised(word: str) -> bool:
    return bool(_WORD.fullmatch(word)) and word[0].isupper()


def is_impossible(name: str) -> bool:
    """Whether a word has diacritics that no Vietnamese syllable has: ``KHUYÊỀN``. This also holds for place
    names of ethnic minorities, which a person then reviews."""
    words = (word.lower() for word in _WORD.findall(name))
    return any(fold(word) != word.replace("đ", "d") and not is_syllable(word) for word in words)
