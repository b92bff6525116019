"""What names of files and folders say: spelt-out words, item and part numbers, document types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossier.checklists.schema import Checklist
from dossier.legacy import convert, guess
from dossier.scanner.classify.kinds import code_type, type_in_words
from dossier.scanner.classify.phrases import Keys
from dossier.scanner.formats import EXTENSIONS
from dossier.vietnamese import fold, is_marked, marked_words, words

_EXTENSION = re.compile(rf"\.(?:{'|'.join(EXTENSIONS)})$", re.IGNORECASE)
_NUMBER = re.compile(
    r"^\s*(?P<word>(?:muc|item|phan|thanh phan|tp|stt|so)[\s._-]*)?0?(?P<item>\d{1,2})"
    r"(?:[\s._-]?(?P<letter>[a-z])(?![a-z0-9])|[._](?P<sub>\d)(?!\d))?(?P<after>[\s._,)\-–:]+(?P<next>[a-z0-9]*)|$)"
)
# Words after a number that make it a count or a date, not an item: "6 tháng", "12 hộ", "05.03.2023".
_COUNTED = frozenset(
    "thang nam quy ho to nguoi ngay tuan lan dot buoi chot camera trang anh".split()  # noqa: SIM905
)
_RAW_BYTE = re.compile(r"\\x([89a-f][0-9a-f])")  # how a byte that is no UTF-8 is shown
_TRAILING_COPY = re.compile(r"\(\d+\)")


@dataclass(frozen=True, slots=True)
class Numbering:
    """An item number read in a name. ``part`` is set when a letter (``6a``) or ``6.1`` follows.

    ``explicit`` tells ``Mục 6`` from a bare number, which may also be a mere sequence number.
    """

    item: int
    part: str = ""
    explicit: bool = False


def without_extension(name: str) -> str:
    """The name without the extension of a known format: ``6.QD`` keeps its ``QD``."""
    return _EXTENSION.sub("", name)


def numbering(name: str) -> Numbering | None:
    """The item (and part) number that begins a name, or ``None``."""
    match = _NUMBER.match(fold(_in_unicode(name)))
    if match is None:
        return None
    number, after = int(match["item"]), match["next"] or ""
    if not match["word"] and (after in _COUNTED or (after.isdigit() and not match["letter"])):
        return None
    letter = match["letter"] or ""
    if match["sub"]:
        letter = chr(ord("a") + int(match["sub"]) - 1) if match["sub"] != "0" else ""
    return Numbering(number, f"{number}{letter}" if letter else "", bool(match["word"]) or bool(letter))


def name_words(stem: str, abbreviations: Mapping[str, str]) -> str:
    """Words of a name, with their marks, abbreviations and codes spelt out: ``QĐ TL MH`` → ``quyết …``."""
    stem = _uncamelled(_TRAILING_COPY.sub(" ", _in_unicode(stem)))
    spelt: list[str] = []
    typed = False
    for word in marked_words(stem).split():
        plain = fold(word)
        slug = "" if typed else code_type(plain)
        if slug:
            spelt.append(type_in_words(slug))
            typed = True
        else:
            spelt.append(abbreviations.get(plain, word))
    return " ".join(spelt)


@lru_cache(maxsize=1024)  # the same folders, again and again
def _in_unicode(name: str) -> str:
    """A name that was typed in a legacy encoding, where that is certain; any other as it is."""
    text = _RAW_BYTE.sub(lambda found: chr(int(found[1], 16)), name)
    encoding = guess(text)
    return convert(text, encoding) if encoding else name


def _uncamelled(name: str) -> str:
    """A space before every capital that follows a small letter: ``KếHoạch`` → ``Kế Hoạch``.

    Letter by letter, because in Unicode the capitals of Vietnamese lie among the small letters.
    """
    pairs = zip(name, " " + name, strict=False)
    return "".join(f" {char}" if char.isupper() and before.islower() else char for char, before in pairs)


def folder_words(folders: tuple[str, ...], abbreviations: Mapping[str, str]) -> str:
    """Words of the folders' names, with their marks.

    A numbered folder names its whole item, and the number says so already: its words would only
    favour the parts whose names happen to be in the title.
    """
    return " ".join(name_words(folder, abbreviations) for folder in folders if numbering(folder) is None)


_MOST = 400_000  # characters; more is a book, and was cut before
_SAMPLE = 2_000  # characters by which one sees whether a text has its diacritics


def mentions(text: str, checklists: Iterable[Checklist]) -> tuple[str, ...]:
    """Ids of what the text speaks of, sorted: ``ND-03.duties``, ``fund``.

    Phrases are compared with their diacritics where the text has some.
    """
    marked = is_marked(text[:_SAMPLE])
    form = marked_words if marked else words
    body = f" {form(text[:_MOST])} "
    asked, keys = _asked(tuple(checklists), marked)
    found: set[str] = set()
    for key in keys.said(body):
        for ask, phrase in asked[key]:
            if ask.id not in found and (phrase is None or phrase in body) and ask.may_be(body):
                found.add(ask.id)
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is looked for, and the phrases that must not stand in the text, between spaces."""

    id: str
    never: Sequence[str]

    def may_be(self, body: str) -> bool:
        """Whether a text of words that has one of its phrases speaks of it."""
        return not any(map(body.__contains__, self.never))


# By key, as of :class:`Keys`: whose phrase begins so, and the phrase between spaces where the key is not all
# of it.
_Asked = Mapping[str, Sequence[tuple[_Ask, str | None]]]


@lru_cache(maxsize=16)
def _asked(checklists: Sequence[Checklist], marked: bool) -> tuple[_Asked, Keys]:
    asks = [
        (f"{contents.rule}.{ask.id}", ask.words, "")
        for checklist in checklists
        for contents in checklist.contents
        for ask in contents.asks
    ]
    asks += [(tell.id, tell.words, tell.but) for checklist in checklists for tell in checklist.tells]
    asked: dict[str, list[tuple[_Ask, str | None]]] = {}
    for name, wanted, never in asks:
        ask = _Ask(name, [f" {phrase} " for phrase in _spelt(never, marked)])
        for phrase in _spelt(wanted, marked):
            key = " ".join(phrase.split()[:2])
            asked.setdefault(key, []).append((ask, None if phrase == key else f" {phrase} "))
    return asked, Keys.of(asked)


def _spelt(alternatives: str, marked: bool) -> list[str]:
    form = marked_words if marked else words
    return [form(phrase) for phrase in alternatives.split("|") if phrase.strip()]
