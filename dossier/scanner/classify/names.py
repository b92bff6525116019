"""Names of files and folders: words with abbreviations spelt out, item and part numbers, document types.

Also the subjects mentioned in texts (:func:`mentions`)."""

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
_RAW_BYTE = re.compile(r"\\x([89a-f][0-9a-f])")  # how a byte that is not UTF-8 is shown in paths
_TRAILING_COPY = re.compile(r"\(\d+\)")


@dataclass(frozen=True, slots=True)
class Numbering:
    """An item number read in a name. ``part`` is set if a letter (``6a``) or digit (``6.1``) follows.

    ``explicit``: ``Mục 6`` or ``6a``, unlike a bare number, which may be a sequence number.
    """

    item: int
    part: str = ""
    explicit: bool = False


def without_extension(name: str) -> str:
    """Return the name without the extension of a known format: ``6.QD`` keeps its ``QD``."""
    return _EXTENSION.sub("", name)


def numbering(name: str) -> Numbering | None:
    """Return the item (and part) number that begins a name, or ``None``."""
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
    """Return the words of a name with diacritics, codes and abbreviations spelt out: ``QĐ TL MH`` →
    ``quyết định thành lập mô hình``."""
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


@lru_cache(maxsize=1024)  # folders recur with each of their files
def _in_unicode(name: str) -> str:
    """Return a name converted from a legacy encoding if it certainly is in one; otherwise unchanged."""
    text = _RAW_BYTE.sub(lambda found: chr(int(found[1], 16)), name)
    encoding = guess(text)
    return convert(text, encoding) if encoding else name


def _uncamelled(name: str) -> str:
    """Insert a space before every capital that follows a small letter: ``KếHoạch`` → ``Kế Hoạch``.

    No regular expression, because Unicode mixes Vietnamese capitals and small letters in one range.
    """
    pairs = zip(name, " " + name, strict=False)
    return "".join(f" {char}" if char.isupper() and before.islower() else char for char, before in pairs)


def folder_words(folders: tuple[str, ...], abbreviations: Mapping[str, str]) -> str:
    """Return the words of the folders' names, with diacritics, except of numbered folders.

    A numbered folder is named after its whole item, which its number tells already: its words would
    only favour those parts whose names happen to be in the item's title.
    """
    return " ".join(name_words(folder, abbreviations) for folder in folders if numbering(folder) is None)


_MOST = 400_000  # characters of a text that are searched; longer texts are books
_SAMPLE = 2_000  # first characters, which show whether a text has diacritics


def mentions(text: str, checklists: Iterable[Checklist]) -> tuple[str, ...]:
    """Return the sorted ids of the checklists' subjects that the text mentions: ``ND-03.duties``, ``fund``.

    Phrases are compared with their diacritics if the text has any.
    """
    marked = is_marked(text[:_SAMPLE])
    form = marked_words if marked else words
    body = f" {form(text[:_MOST])} "
    asked, keys = _asked(tuple(checklists), marked)
    found: set[str] = set()
    for key in keys.found_in(body):
        for ask, phrase in asked[key]:
            if ask.id not in found and (phrase is None or phrase in body) and ask.may_be(body):
                found.add(ask.id)
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Ask:
    """The id of a subject and the phrases, between spaces, that must not be in the text."""

    id: str
    never: Sequence[str]

    def may_be(self, body: str) -> bool:
        """Whether a text with one of the subject's phrases has none that rules the subject out."""
        return not any(map(body.__contains__, self.never))


# By key (see :class:`Keys`): the subjects with a phrase that begins so, and that phrase between spaces if it
# is longer than the key.
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
