"""Correct diacritics misread by OCR, by means of known pairs of adjacent syllables (``word_pairs.txt``).

OCR loses diacritics or confuses them: ``bỗ nhiệm``, ``trao đôi``. Most Vietnamese words have two syllables,
so the neighbour determines the diacritics: an unknown pair is replaced by the known pair that OCR could have
misread in this way. Base letters are never changed, nor a syllable that forms a known pair with its other
neighbour.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from dossier.legacy.syllables import syllables
from dossier.vietnamese import capitalised, fold

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ROOFS = frozenset("\u0302\u0306")
_HOOK, _DOT = "\u0309", "\u0323"
# Syllables that are words by themselves: their neighbours say little about their diacritics.
_ALONE = frozenset(
    """
    và với của cho các những tại trên trong ngoài về việc từ đến theo để là có không do bởi được bị một hai ba
    bốn năm tháng ngày số giữa thuộc đối ông bà đồng chí ở khi sau trước này đó nhằm hoặc nhất thứ lần cả mỗi
    mọi tỉnh huyện quận xã phường
    """.split()  # noqa: SIM905
)
_LETTERS = re.compile(r"[^\W\d_]+")

Pair = tuple[str, str]


def is_known(one: str, other: str) -> bool:
    """Whether two adjacent syllables are a known pair."""
    pair = (one.lower(), other.lower())
    return tones_last(pair) in _spellings().get((fold(pair[0]), fold(pair[1])), {})


def spellings_of(word: str) -> list[str]:
    """Return the other Vietnamese syllables with the letters of a word in small letters."""
    own = tone_last(word)
    return [other for other in _by_letters().get(fold(word), ()) if tone_last(other) != own]


@lru_cache(maxsize=1)
def _by_letters() -> dict[str, tuple[str, ...]]:
    """Return the Vietnamese syllables by their folded form."""
    found: dict[str, tuple[str, ...]] = {}
    for syllable in sorted(syllables()):
        plain = fold(syllable)
        found[plain] = (*found.get(plain, ()), syllable)
    return found


def is_plain(word: str) -> bool:
    """Whether a word needs no check by its neighbours: a function word, or one without letters or with
    digits."""
    return word.lower() in _ALONE or not _LETTERS.search(word) or any(map(str.isdigit, word))


def may_be_misread(word: str) -> bool:
    """Whether the word may be an OCR error for another: a letter has a circumflex or breve, without hook
    above and dot below."""
    for letter in word.lower():
        marks = set(unicodedata.normalize("NFD", letter)[1:])
        if marks & _ROOFS and not marks & {_HOOK, _DOT}:
            return True
    return False


def respelled(words: Sequence[str], beside: Sequence[bool] | None = None) -> list[str]:
    """Return the words (letters only, in order) with diacritics corrected where their neighbours determine
    them.

    ``beside``: for each word but the last, whether the next one follows it directly. Default: all do.
    """
    low = [word.lower() for word in words]
    joined = list(beside) if beside is not None else [True] * (len(words) - 1)
    known = [join and is_known(*pair) for join, pair in zip(joined, pairwise(low), strict=True)]
    out = list(words)
    for at, join in enumerate(joined):
        if not join or known[at] or (words[at + 1].istitle() and not words[at + 1].isupper()):
            continue  # proper names have free spelling
        held = (
            low[at] in _ALONE or (at > 0 and known[at - 1]),
            low[at + 1] in _ALONE or (at + 2 < len(words) and known[at + 1]),
        )
        right = _only_spelling((words[at], words[at + 1]), held)
        if right:
            out[at], out[at + 1] = (
                cased(new, old) for new, old in zip(right, words[at : at + 2], strict=True)
            )
            low[at], low[at + 1] = right
            known[at] = True
    return out


def _only_spelling(read: Pair, held: tuple[bool, bool]) -> Pair | None:
    """Return the only known pair nearest to the pair read, or ``None``; ``held``: which words must not
    change."""
    pair = (read[0].lower(), read[1].lower())
    nearest: dict[int, list[Pair]] = defaultdict(list)
    for other in _spellings().get((fold(pair[0]), fold(pair[1])), {}).values():
        differs = [tones_last((one,)) != tones_last((new,)) for one, new in zip(pair, other, strict=True)]
        if any(d and h for d, h in zip(differs, held, strict=True)):
            continue
        new = tuple(n if d else o for o, n, d in zip(pair, other, differs, strict=True))
        if all(could_become(cased(n, r), r) for n, r, d in zip(new, read, differs, strict=True) if d):
            nearest[sum(differs)].append((new[0], new[1]))
    fewest = nearest[min(nearest)] if nearest else []
    return fewest[0] if len(fewest) == 1 else None


def could_become(meant: str, read: str) -> bool:
    """Whether OCR may misread ``meant`` as ``read``.

    OCR loses tone marks above a circumflex or breve, mistakes a hook for another tone, and in capitals loses
    the circumflex below a tone mark. It does not invent hooks or dots.
    """
    if len(read) != len(meant):
        return False
    for one, other in zip(read, meant, strict=True):
        if one == other:
            continue
        base, *marks = list(unicodedata.normalize("NFD", one.lower()))
        right, *meant_marks = list(unicodedata.normalize("NFD", other.lower()))
        roof, tone = set(marks) - _TONES, set(marks) & _TONES
        meant_roof, meant_tone = set(meant_marks) - _TONES, set(meant_marks) & _TONES
        if base != right or not meant_roof or not meant_roof <= _ROOFS:
            return False
        lost_roof = one.isupper() and not roof and bool(tone)
        if roof != meant_roof and not lost_roof:
            return False
        if lost_roof and not (tone | meant_tone) & {_DOT}:
            continue
        if tone and not (meant_tone == {_HOOK} and not tone & {_DOT}):
            return False
        if not tone and _DOT in meant_tone:
            return False
    return True


@lru_cache(maxsize=1)
def _spellings() -> dict[Pair, dict[tuple[str, ...], Pair]]:
    """Return the known pairs by their folded form, then by their form of :func:`tone_last`."""
    found: dict[Pair, dict[tuple[str, ...], Pair]] = defaultdict(dict)
    lines = files("dossier.scanner.recognise").joinpath("word_pairs.txt").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            one, other = line.split(" ")
            found[fold(one), fold(other)].setdefault(tones_last((one, other)), (one, other))
    return dict(found)


@lru_cache(maxsize=8192)
def tones_last(words: tuple[str, ...]) -> tuple[str, ...]:
    """Move the tone mark of each word to its end (:func:`tone_last`)."""
    return tuple(map(tone_last, words))


def tone_last(word: str) -> str:
    """Move the tone mark of a word to its end, so that ``hoá`` and ``hóa`` are equal."""
    chars = unicodedata.normalize("NFD", word)
    return "".join(c for c in chars if c not in _TONES) + "".join(c for c in chars if c in _TONES)


def cased(new: str, old: str) -> str:
    """Return the new word in the case of the old one."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return capitalised(new) if old[:1].isupper() else new
