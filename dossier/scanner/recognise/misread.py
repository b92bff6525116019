"""Correct diacritics that OCR misread in the fields of a header.

``TĨNH QUẢNG NGÃI`` is no province, and a document names its issuer and subject again in its text: of the
spellings of two adjacent words, the known one, or the most frequent one in the document, is right.
Only diacritics are changed; a letter is only where the symbol spells the issuer's initials wrongly
(``/TB-GSGT`` of PHÒNG CẢNH SÁT GIAO THÔNG).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.edit_distance import distance
from dossier.legacy.syllables import is_syllable
from dossier.model import LogicalDocument, Reading
from dossier.scanner.recognise import word_pairs
from dossier.scanner.recognise.body_phrases import as_spelled, names_of_places, with_provinces
from dossier.scanner.recognise.number import known_codes, symbol_of
from dossier.vietnamese import fold, is_common

_WORD = re.compile(r"[^\W\d_]+")
_CHARS = 40_000  # characters of a text searched for other spellings of the words
_NEAR, _SHORTEST = 2, 4  # most misread letters in a family name; fewest letters of the name
_LOOK_ALIKE = {"G": "C", "C": "G", "O": "Q", "Q": "O", "0": "O", "5": "S", "8": "B"}  # in capitals, to OCR
_INITIALS = 3  # fewest letters of a code that are recognised as initials
_AGAIN = 2  # factor by which another spelling must be more frequent
_OTHER_PHRASES = (
    "thủ tướng chính phủ", "hội đồng nhân dân", "ủy ban nhân dân", "ủy ban mặt trận tổ quốc việt nam",
    "ban chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào toàn dân bảo vệ an ninh tổ quốc",
    "trung tâm", "công an nhân dân",
)  # fmt: skip

Pair = tuple[str, str]  # two adjacent words
# Words of abstracts that OCR takes for others though no compound has those: bảo vệ về an ninh, mức chi.
_ABOUT = re.compile(r"(?:\b(?P<before>\w+) )?\bvệ(?= )(?! (?:sinh|tinh|quốc|binh|sĩ|sỹ|đội|nông)\b)")
_SPENT = re.compile(r"(?<=\bmức )chỉ\b|(?<=\bkhoản )chỉ\b")


def respelled(document: LogicalDocument) -> LogicalDocument:
    """Correct the diacritics in the header of a document read by OCR, where the spelling is certain."""
    if document.reading is Reading.TEXT:
        return document
    header = document.header
    often = _pairs(document.text[:_CHARS])
    header = replace(
        header,
        issuing_body=as_spelled(_respelled(header.issuing_body, often)),
        superior_body=as_spelled(_respelled(header.superior_body, often)),
        abstract=_with_about(with_provinces(_respelled(header.abstract, often))),
        signer=surname_spelt(header.signer),
    )
    return replace(document, header=header)


def _with_about(text: str) -> str:
    """Return an abstract with “về” and “chi” where OCR read “vệ” and “chỉ”."""

    def spelled(found: re.Match[str]) -> str:
        before = found["before"]
        return found[0] if before and word_pairs.is_known(before, "vệ") else f"{found[0][:-2]}về"

    return _SPENT.sub("chi", _ABOUT.sub(spelled, text))


def with_symbol(document: LogicalDocument) -> LogicalDocument:
    """Correct one letter in each code of a symbol read by OCR that then spells initials of the issuer."""
    header = document.header
    reading = header.fields.get("number_symbol")
    symbol = symbol_of(header.number_symbol)
    initials = "".join(word[0] for word in _WORD.findall(header.issuing_body.lower()))
    initials = "".join(letter if letter == "đ" else fold(letter) for letter in initials)
    right = re.sub(r"[^\W_]+", lambda code: _initials_spelt(code[0], initials), symbol)
    if document.reading is Reading.TEXT or reading is None or right == symbol:
        return document
    candidates = tuple(
        value[: -len(symbol)] + right if value.endswith(symbol) else value for value in reading.candidates
    )
    number = header.number_symbol[: -len(symbol)] + right
    fields = {**header.fields, "number_symbol": replace(reading, candidates=candidates)}
    return replace(document, header=replace(header, number_symbol=number, fields=fields))


def _initials_spelt(code: str, initials: str) -> str:
    if len(code) < _INITIALS or known_codes(code):
        return code
    strokes, initials = initials, fold(initials)
    if fold(code) in initials:  # DHBN of ĐẠI HỌC BÁCH NGHỆ: OCR lost the stroke of Đ
        at = initials.find(fold(code))
        own = zip(code, strokes[at:], strict=False)
        return "".join("Đ" if letter == "D" and other == "đ" else letter for letter, other in own)
    others = {
        code[:at] + other + code[at + 1 :]
        for at, letter in enumerate(code)
        if (other := _LOOK_ALIKE.get(letter)) and fold(code[:at] + other + code[at + 1 :]) in initials
    }
    return others.pop() if len(others) == 1 else code


# Lunar years by heavenly stem and earthly branch, as named in documents about Tết.
_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_LUNAR = {
    fold(year): year for at in range(60) for year in (f"{_STEMS[at % 10]} {_BRANCHES[at % 12]}",)
}  # fmt: skip
_NEW_YEAR = re.compile(r"\b(tết|xuân|[dđ]án) ([^\W\d_]{2,4} [^\W\d_]{2,4})\b", re.IGNORECASE)


def _year_spelt(found: re.Match[str]) -> str:
    """Return the match with the lunar year's diacritics corrected."""
    right = _LUNAR.get(fold(found[2]))
    if right is None:
        return found[0]
    return " ".join(
        (found[1], *(word_pairs.cased(*pair) for pair in zip(right.split(), found[2].split(), strict=True)))
    )


def _respelled(text: str, often: dict[Pair, Counter[Pair]]) -> str:
    """Correct a text by known pairs of words, by the document's own spellings and by :mod:`.word_pairs`."""
    known = _known(current())
    found = list(_WORD.finditer(text))
    words = [match[0] for match in found]
    places = names_of_places(words)
    for at in range(len(words) - 1):
        if text[found[at].end() : found[at + 1].start()].strip(" -–\n\t"):
            continue
        pair = (words[at].lower(), words[at + 1].lower())
        folded = (fold(pair[0]), fold(pair[1]))
        named = bool(places & {at, at + 1})  # of a place's own name, which only the document spells
        right = (None if named else known.get(folded)) or _more_often(pair, often.get(folded))
        if right and right != pair and all(len(r) == len(w) for r, w in zip(right, pair, strict=True)):
            if _is_held(words, at, right):
                continue
            words[at], words[at + 1] = (
                word_pairs.cased(new, old) for new, old in zip(right, words[at : at + 2], strict=True)
            )
    beside = [
        not text[one.end() : other.start()].strip(" \n\t") and not places & {at, at + 1}
        for at, (one, other) in enumerate(pairwise(found))
    ]
    words = word_pairs.respelled(words, beside)
    out, at = "", 0
    for match, word in zip(found, words, strict=True):
        out += text[at : match.start()] + word
        at = match.end()
    return _NEW_YEAR.sub(_year_spelt, out + text[at:])


def _is_held(words: Sequence[str], at: int, right: Pair) -> bool:
    """Whether a word that ``right`` would change at ``at`` is one with its other neighbour: of “khoa học kỹ
    thuật”, where the document has “học kỳ” elsewhere."""
    first, second = right[0] != words[at].lower(), right[1] != words[at + 1].lower()
    before = first and at > 0 and word_pairs.is_known(words[at - 1], words[at])
    after = second and at + 2 < len(words) and word_pairs.is_known(words[at + 1], words[at + 2])
    return before or after


def _more_often(pair: Pair, spellings: Counter[Pair] | None) -> Pair | None:
    """Return the spelling that is clearly more frequent than ``pair``, or ``None``."""
    if not spellings:
        return None
    best, count = spellings.most_common(1)[0]
    return best if count - spellings[pair] >= _AGAIN and count >= _AGAIN * spellings[pair] else None


def _pairs(text: str) -> dict[Pair, Counter[Pair]]:
    """Count the spellings (lower case) of adjacent words in the text, by their folded form."""
    found: dict[Pair, Counter[Pair]] = defaultdict(Counter)
    for line in text.split("\n"):
        words = [word.lower() for word in _WORD.findall(line)]
        for pair in pairwise(words):
            found[fold(pair[0]), fold(pair[1])][pair] += 1
    return found


@lru_cache(maxsize=2)
def _known(vocabulary: Vocabulary) -> dict[Pair, Pair]:
    """Return the adjacent words in names of bodies and places that have only one spelling, by folded form."""
    bodies = vocabulary.bodies
    levels = [*bodies.kinds, *bodies.places]
    committees = [f"ủy ban nhân dân {place}" for place in vocabulary.written.places]
    phrases: Iterable[str] = (
        *_OTHER_PHRASES, *bodies.begin, *(w for level in levels for w in (*level.words, *level.names)),
        *committees,
    )  # fmt: skip
    spellings: dict[Pair, set[Pair]] = defaultdict(set)
    for phrase in phrases:
        words = _WORD.findall(phrase.lower())
        for pair in pairwise(words):
            spellings[fold(pair[0]), fold(pair[1])].add(pair)
    return {folded: pairs.pop() for folded, pairs in spellings.items() if len(pairs) == 1}


def surname_spelt(name: str) -> str:
    """Correct the diacritics of the family name in a name: ``Dặng Văn Minh`` becomes ``Đặng Văn Minh``."""
    first, _space, rest = name.partition(" ")
    words = current()
    families = _families(words)
    if rest.count(" ") < 1 or first in families.get(fold(first), (first,)) or first in words.people.rare:
        return name
    return families[fold(first)][0] + " " + rest


def nearest_surname(word: str) -> str:
    """Return the family name of which a word may be a misreading: ``Hsàng`` → ``Hoàng``.

    Empty if several are equally near, or the word is a valid syllable (minorities have other family names).
    """
    folded = fold(word)
    if is_syllable(word) or len(folded) < _SHORTEST or not word[0].isupper():
        return ""
    by_distance: dict[int, list[str]] = defaultdict(list)
    for family, spellings in _families(current()).items():
        if family[0] == folded[0] and (away := distance(folded, family, _NEAR)) <= _NEAR:
            by_distance[away].append(spellings[0])
    nearest = by_distance[min(by_distance)] if by_distance else []
    return nearest[0] if len(nearest) == 1 else ""


@lru_cache(maxsize=2)
def _families(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Family names by their folded form, the most frequent first."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in vocabulary.people.families:
        found[fold(name)].append(name)
    return dict(found)


# Cyrillic and Greek letters that look like Latin ones (from Unicode's confusables, UTS #39).
_LOOK = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜасеіјорѕухԁԛԝмтвнкΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορτυχκμ",
    "ABESIJKMHOPCTYXYQWaceijopsyxdqwmtbhkABEZHIKMNOPTYXaivoptuxkm",
)
# Characters of ordinary text that NFKD would replace.
_PLAINER = {"…": "...", "\u00a0": " ", "²": "2", "³": "3"}


def latin(text: str) -> str:
    """Return the text (NFC) with full-width, styled and look-alike letters replaced by plain Latin
    letters."""
    if text.isascii():
        return text
    if is_common(text):  # the usual case, ten times faster
        for sign, plain in _PLAINER.items():
            text = text.replace(sign, plain)
        return text
    plain = unicodedata.normalize("NFKD", text).translate(_LOOK)
    return unicodedata.normalize("NFC", plain)
