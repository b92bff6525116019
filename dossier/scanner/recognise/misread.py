"""Marks that OCR misread in the fields of a head, put right by what else is known of the same words.

``TĨNH QUẢNG NGÃI`` is no province, and a paper names its issuer and its subject again further down: of the
spellings of two words side by side the one that is known, or that the paper has most often, is right.
Only marks are changed, never letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.legacy.syllables import is_syllable
from dossier.model import LogicalDocument, Reading
from dossier.scanner.recognise import word_pairs
from dossier.vietnamese import fold, is_common

_WORD = re.compile(r"[^\W\d_]+")
_CHARS = 40_000  # of a text in which the same words are looked for
_NEAR, _SHORTEST = 2, 4  # letters misread of a family name of so many at least
_AGAIN = 2  # so many times more often a spelling must stand elsewhere
_ALSO = (
    "thủ tướng chính phủ", "hội đồng nhân dân", "ủy ban nhân dân", "ủy ban mặt trận tổ quốc việt nam",
    "ban chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào toàn dân bảo vệ an ninh tổ quốc",
    "trung tâm", "công an nhân dân",
)  # fmt: skip

Pair = tuple[str, str]  # two words side by side, folded


def respelled(document: LogicalDocument) -> LogicalDocument:
    """A document that was read by OCR, with the marks of its head put right where that is certain."""
    if document.reading is Reading.TEXT:
        return document
    header = document.header
    often = _pairs(document.text[:_CHARS])
    header = replace(
        header,
        issuing_body=_respelled(header.issuing_body, often),
        superior_body=_respelled(header.superior_body, often),
        abstract=_respelled(header.abstract, often),
        signer=surname_spelt(header.signer),
    )
    return replace(document, header=header)


# Years by their stem and branch, as papers about Tết name them.
_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_LUNAR = {
    fold(said): said for at in range(60) for said in (f"{_STEMS[at % 10]} {_BRANCHES[at % 12]}",)
}  # fmt: skip
_NEW_YEAR = re.compile(r"\b(tết|xuân|[dđ]án) ([^\W\d_]{2,4} [^\W\d_]{2,4})\b", re.IGNORECASE)


def _year_spelt(found: re.Match[str]) -> str:
    right = _LUNAR.get(fold(found[2]))
    if right is None:
        return found[0]
    return " ".join(
        (found[1], *(word_pairs.cased(*pair) for pair in zip(right.split(), found[2].split(), strict=True)))
    )


def _respelled(text: str, often: dict[Pair, Counter[Pair]]) -> str:
    known = _known(current())
    found = list(_WORD.finditer(text))
    words = [match[0] for match in found]
    for at in range(len(words) - 1):
        if text[found[at].end() : found[at + 1].start()].strip(" -–\n\t"):
            continue
        pair = (words[at].lower(), words[at + 1].lower())
        folded = (fold(pair[0]), fold(pair[1]))
        right = known.get(folded) or _more_often(pair, often.get(folded))
        if right and right != pair and all(len(r) == len(w) for r, w in zip(right, pair, strict=True)):
            words[at], words[at + 1] = (
                word_pairs.cased(new, old) for new, old in zip(right, words[at : at + 2], strict=True)
            )
    beside = [not text[one.end() : other.start()].strip(" \n\t") for one, other in pairwise(found)]
    words = word_pairs.respelled(words, beside)
    out, at = "", 0
    for match, word in zip(found, words, strict=True):
        out += text[at : match.start()] + word
        at = match.end()
    return _NEW_YEAR.sub(_year_spelt, out + text[at:])


def _more_often(pair: Pair, spellings: Counter[Pair] | None) -> Pair | None:
    if not spellings:
        return None
    best, count = spellings.most_common(1)[0]
    return best if count - spellings[pair] >= _AGAIN and count >= _AGAIN * spellings[pair] else None


def _pairs(text: str) -> dict[Pair, Counter[Pair]]:
    """How the paper spells two words that stand side by side, in small letters."""
    found: dict[Pair, Counter[Pair]] = defaultdict(Counter)
    for line in text.split("\n"):
        words = [word.lower() for word in _WORD.findall(line)]
        for pair in pairwise(words):
            found[fold(pair[0]), fold(pair[1])][pair] += 1
    return found


@lru_cache(maxsize=2)
def _known(vocabulary: Vocabulary) -> dict[Pair, Pair]:
    """Pairs of words in names of bodies and places that have one spelling only."""
    bodies = vocabulary.bodies
    levels = [*bodies.kinds, *bodies.places]
    provinces = [f"{place} {name}" for name in bodies.provinces for place in ("tỉnh", "thành phố")]
    committees = [f"ủy ban nhân dân {place}" for place in vocabulary.written.places]
    phrases: Iterable[str] = (
        *_ALSO, *bodies.begin, *(w for level in levels for w in (*level.words, *level.names)),
        *provinces, *committees,
    )  # fmt: skip
    spellings: dict[Pair, set[Pair]] = defaultdict(set)
    for phrase in phrases:
        words = _WORD.findall(phrase.lower())
        for pair in pairwise(words):
            spellings[fold(pair[0]), fold(pair[1])].add(pair)
    return {folded: pairs.pop() for folded, pairs in spellings.items() if len(pairs) == 1}


def surname_spelt(name: str) -> str:
    """The name with its family name as families spell it: ``Dặng Văn Minh`` is ``Đặng``."""
    first, _space, rest = name.partition(" ")
    words = current()
    families = _families(words)
    if rest.count(" ") < 1 or first in families.get(fold(first), (first,)) or first in words.people.rare:
        return name
    return families[fold(first)][0] + " " + rest


def nearest_surname(word: str) -> str:
    """The one family name that a word which is none may be misread from: ``Hsàng`` → ``Hoàng``; empty where
    several are as near, or the word could be Vietnamese itself (people of many nations live here)."""
    folded = fold(word)
    if is_syllable(word) or len(folded) < _SHORTEST or not word[0].isupper():
        return ""
    by_distance: dict[int, list[str]] = defaultdict(list)
    for family, spellings in _families(current()).items():
        if family[0] == folded[0] and (away := _distance(folded, family)) <= _NEAR:
            by_distance[away].append(spellings[0])
    nearest = by_distance[min(by_distance)] if by_distance else []
    return nearest[0] if len(nearest) == 1 else ""


def _distance(one: str, other: str) -> int:
    """Letters put in, left out or changed between two words (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, start=1):
        before, row[0] = row[0], at
        for index, letter in enumerate(other, start=1):
            before, row[index] = (
                row[index],
                min(row[index] + 1, row[index - 1] + 1, before + (char != letter)),
            )
    return row[-1]


@lru_cache(maxsize=2)
def _families(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Family names by their folded form, the most frequent first."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in vocabulary.people.families:
        found[fold(name)].append(name)
    return dict(found)


# Cyrillic and Greek, capitals then small letters; Unicode's confusables (UTS #39) restricted to those.
_LOOK = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜасеіјорѕухԁԛԝмтвнкΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορτυχκμ",
    "ABESIJKMHOPCTYXYQWaceijopsyxdqwmtbhkABEZHIKMNOPTYXaivoptuxkm",
)
# Of the signs of common text those that Unicode has a plainer form for.
_PLAINER = {"…": "...", "\u00a0": " ", "²": "2", "³": "3"}


def latin(text: str) -> str:
    """The text (NFC) with full-width, styled and look-alike letters as plain Latin ones."""
    if text.isascii():
        return text
    if is_common(text):  # nearly always, and a tenth of the time
        for sign, plain in _PLAINER.items():
            text = text.replace(sign, plain)
        return text
    plain = unicodedata.normalize("NFKD", text).translate(_LOOK)
    return unicodedata.normalize("NFC", plain)
