"""Correct names of bodies read by OCR by the phrases that such names consist of (vocabulary, ``phrases``).

OCR confuses C and G, O and U, or loses marks and dashes: ``GÁC CÔNG TRÌNH``, ``PHỤ NỠ``, ``CÀNH SÁT``,
``LAO ĐỘNG THƯƠNG BINH``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.scanner.recognise.word_pairs import cased
from dossier.vietnamese import fold

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 3  # words of a place's name
_BESIDE_PLACES = ("huyện ủy viên", "xã viên", "tỉnh lộ", "huyện lộ")
_MARKS = dict.fromkeys(map(ord, "\u0300\u0301\u0302\u0303\u0306\u0309\u0323"))  # but for the horn of Ơ and Ư
_CONFUSED = str.maketrans({"g": "c", "\u01a1": "\u01b0", "đ": "d"})


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    joints: tuple[str, ...]  # what stands between the words


def as_spelled(name: str) -> str:
    """Return the name of a body with the known phrases and provinces in it as they are spelled."""
    return _corrected(name, _phrases(current()))


def with_provinces(text: str) -> str:
    """Return a text with the names of provinces in it as they are spelled: ``tỉnh Quang Ngai``."""
    return _corrected(text, _by_look(_provinces(current())))


def names_of_places(words: Sequence[str]) -> set[int]:
    """Return the indexes of the words of places' own names, which have any spelling: ``ĐÔNG HẢI`` of XÃ ĐÔNG
    HẢI; not of ``XÃ HỘI``."""
    low = [word.lower() for word in words]
    found: set[int] = set()
    for place in _place_words(current()):
        long = len(place)
        for at in range(len(low) - long):
            name = at + long
            if tuple(low[at:name]) == place and (low[name - 1], low[name]) not in _no_places(current()):
                found.update(range(name, min(name + _LONGEST_NAME, len(low))))
    return found


def _corrected(name: str, known: Mapping[str, Sequence[_Phrase]]) -> str:
    found = list(_WORD.finditer(name))
    words = [match[0] for match in found]
    joints = [name[one.end() : other.start()] for one, other in pairwise(found)]
    places = names_of_places(words)
    at = 0
    while at < len(words):
        phrase = None if at in places else _phrase_at(words[at:], joints[at:], known)
        if phrase is None:
            at += 1
            continue
        long = len(phrase.words)
        read = words[at : at + long]
        words[at : at + long] = [cased(new, old) for new, old in zip(phrase.words, read, strict=True)]
        joints[at : at + long - 1] = phrase.joints
        at += max(long - 1, 1)  # its last word may begin another: CÔNG AN TỈNH, and TỈNH ĐỒNG NAI
    if not found:
        return name
    whole = words[0] + "".join(joint + word for joint, word in zip(joints, words[1:], strict=True))
    return name[: found[0].start()] + whole + name[found[-1].end() :]


def _phrase_at(
    words: Sequence[str], joints: Sequence[str], known: Mapping[str, Sequence[_Phrase]]
) -> _Phrase | None:
    """Return the longest phrase with which the words begin, at most one of them with another letter."""
    for phrase in known.get(_look(words[0]), ()):
        read = words[: len(phrase.words)]
        if len(read) < len(phrase.words) or not all(map(_may_join, joints, phrase.joints)):
            continue
        if any(_look(one) != _look(other) for one, other in zip(read, phrase.words, strict=True)):
            continue
        if sum(fold(one) != fold(other) for one, other in zip(read, phrase.words, strict=True)) <= 1:
            return phrase
    return None


def _may_join(read: str, joint: str) -> bool:
    return read == joint or (not read.strip(" -–") and joint != " ")  # a dash may be lost, never invented


@lru_cache(maxsize=4096)
def _look(word: str) -> str:
    """Return a word by what OCR does not confuse: without marks but the horn, G as C, Ơ as Ư."""
    bare = unicodedata.normalize("NFD", word.lower()).translate(_MARKS)
    return unicodedata.normalize("NFC", bare).translate(_CONFUSED)


@lru_cache(maxsize=2)
def _phrases(vocabulary: Vocabulary) -> dict[str, list[_Phrase]]:
    return _by_look((*vocabulary.bodies.phrases, *_provinces(vocabulary)))


@lru_cache(maxsize=4)
def _by_look(texts: tuple[str, ...]) -> dict[str, list[_Phrase]]:
    """Return the phrases by the look of their first word, the longest first."""
    found: dict[str, list[_Phrase]] = defaultdict(list)
    for text in sorted(texts, key=len, reverse=True):
        matches = list(_WORD.finditer(text))
        joints = tuple(text[one.end() : other.start()] for one, other in pairwise(matches))
        found[_look(matches[0][0])].append(_Phrase(tuple(match[0] for match in matches), joints))
    return dict(found)


@lru_cache(maxsize=2)
def _provinces(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(f"{kind} {name}" for name in vocabulary.bodies.provinces for kind in ("tỉnh", "thành phố"))


@lru_cache(maxsize=2)
def _place_words(vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(place.split()) for place in vocabulary.written.places)


@lru_cache(maxsize=2)
def _no_places(vocabulary: Vocabulary) -> frozenset[tuple[str, str]]:
    """Return the pairs of words that begin like a place and are none: xã hội, huyện ủy, tỉnh đoàn."""
    last = {place[-1] for place in _place_words(vocabulary)}
    texts = (*vocabulary.bodies.begin, *vocabulary.bodies.phrases, *_BESIDE_PLACES)
    words = (text.lower().split() for text in texts)
    return frozenset(pair for text in words for pair in pairwise(text) if pair[0] in last)
