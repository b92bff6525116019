"""The village, school, firm or post that a dossier is of, and documents of another one.

Neighbours often have models of the same name; only the unit tells whose a document is.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, any_of, current
from dossier.model import Header
from dossier.scanner.classify.about import people_in
from dossier.vietnamese import fold, marked_words, nfc, words

_LONGEST = 6  # words of a unit's name
_FEWEST = 3  # documents that name the commonest unit before any other counts as another's, and
_IN_PATH = 2  # of a unit that the dossier's path names
_SHARE = 0.2  # their least share of the dossier's documents
_TIMES = 2  # more often than all others together, unless the path names it
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"\w+")
_ENDS = ".,;:()[]“”\"'–-"
_LARGER = re.compile(r"\b(?:tỉnh|huyện|quận|xã|phường|trấn|phố)\s+$", re.IGNORECASE)  # xã Bản Mù
_HEAD = re.compile(r"\b(?:trưởng|phó)\s+$", re.IGNORECASE)
_MANY = re.compile(r"\b(?:các|những|từng|mỗi|mọi)\s+$", re.IGNORECASE)  # các chùa Khmer
_LETTER = "cong-van"
_PERSON = 3  # least words of a person's name after "trưởng thôn"
_NEXT = re.compile(r"\s*(?:,|;|và|-|–)\s*(?=[A-ZĐÀ-Ỹ\d])")

Named = Mapping[str, Mapping[str, str]]  # by the noun: the names after it, folded, each as written


@dataclass(frozen=True, slots=True)
class _Nouns:
    """The nouns of units, each with the one it is counted as; patterns for a noun before a name, for the
    ``whole`` noun whether or not a name follows ("Đồn Biên phòng" names no post), for what ends a name, for a
    range of numbered units, for a number of something, for the name of another body, and for sorts of units
    ("đa khoa khu vực"), each with a space after it."""

    same: Mapping[str, str]
    noun: re.Pattern[str]
    whole: re.Pattern[str]
    end: re.Pattern[str]
    span: re.Pattern[str]
    count: re.Pattern[str]
    body: re.Pattern[str]
    sorts: re.Pattern[str]


@lru_cache(maxsize=2)
def _nouns(vocabulary: Vocabulary) -> _Nouns:
    written = vocabulary.written
    same: dict[str, str] = {}
    for alike in written.units:
        each = [noun.strip().lower() for noun in alike.split("|")]
        same.update(dict.fromkeys(each, each[0]))
    units, never = any_of(same), any_of(written.no_units)
    ends = any_of((*same, *written.places))
    sort = rf"(?:{any_of(written.sorts)})(?:\s+và\s+|\s*[&–-]\s*|\s+)"
    return _Nouns(
        same,
        re.compile(
            rf"(?<!\w)(?:(?:{never})(?!\w)|(?P<unit>{units})\s+(?P<sort>(?:{sort})*)(?:số\s+)?(?=\S))",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:{units})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{ends})\s", re.IGNORECASE),
        re.compile(
            rf"(?<!\w)(?:{units})\s+(?:số\s+)?\d+\w?\s*(?:-|–|đến)\s*(?:(?:{units})\s+)?\d", re.IGNORECASE
        ),
        re.compile(rf"\d+\s+(?:{any_of(written.counted)})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{any_of((*written.bodies, *vocabulary.bodies.begin))})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{sort})+", re.IGNORECASE),
    )


def named_in(text: str) -> Named:
    """Return the units that a title or a body's name gives by a noun and a proper name; none if it gives a
    range of numbered ones ("thôn 1 đến thôn 5")."""
    return _named_in(nfc(text), current())


@lru_cache(maxsize=4096)  # bodies and titles are asked about for each document of a dossier
def _named_in(text: str, vocabulary: Vocabulary) -> Named:
    nouns = _nouns(vocabulary)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if nouns.span.search(text):
        return {}
    for noun in nouns.noun.finditer(text):
        before = text[: noun.start()]
        if noun["unit"] is None or _LARGER.search(before):
            continue
        whole = nouns.whole.match(text, noun.start())
        if whole is not None and len(whole[0]) > len(noun["unit"]):
            continue
        names = [name for name in _names(text, noun.end(), nouns) if not nouns.sorts.fullmatch(f"{name} ")]
        one = len(names) == 1
        person = one and names[0].count(" ") + 1 >= _PERSON and _HEAD.search(before)
        if names and not person and not (one and _MANY.search(before)):
            shown = {words(name): name for name in names} | {words(names[0]): f"{noun['sort']}{names[0]}"}
            found[nouns.same[noun["unit"].lower()]].update(shown)
    return {noun: names for noun, names in found.items() if names}


@lru_cache(maxsize=64)
def _noun_of(name: str, vocabulary: Vocabulary) -> str:
    """Return the unit's noun with which a model's name (folded) begins, or an empty string."""
    begun = (noun for noun in _nouns(vocabulary).same if name.startswith(f"{words(noun)} "))
    return max(begun, key=len, default="")


def named_after(title: str, name: str) -> Named:
    """Return the unit whose proper name, of two words or more, follows a model's name (folded) that begins
    with the unit's noun: "“Giáo xứ bình yên” Tân Hòa"."""
    title, nouns, parts = nfc(title), _nouns(current()), name.split()
    noun = _noun_of(name, current())
    if not noun or title.isupper() or f" {name} " not in f" {words(title)} ":
        return {}
    said = list(_LETTERS.finditer(title))
    folded = [words(found[0]) for found in said]
    for one in range(len(said) - len(parts)):
        last, after = said[one + len(parts) - 1].end(), said[one + len(parts)].start()
        if folded[one : one + len(parts)] != parts or title[last:after].strip(" ”\"'"):
            continue
        other = nouns.end.match(title, after) or nouns.body.match(title, after)
        given = [] if other else list(_proper(title[after:], nouns))
        if sum(word[0].isalpha() for word in given) > 1:
            return {nouns.same[noun]: {words(" ".join(given)): " ".join(given)}}
    return {}


def _names(text: str, at: int, nouns: _Nouns) -> Iterator[str]:
    """Yield the names that stand one after the other: "bản Tà Vờng, Cà Ai"."""
    while given := list(_proper(text[at:], nouns)):
        yield " ".join(given)
        for word in given:
            at = text.index(word, at) + len(word)
        following = None if text.isupper() else _NEXT.match(text, at)
        if following is None or nouns.end.match(text, following.end()):
            return
        at = following.end()


def _proper(after: str, nouns: _Nouns) -> Iterator[str]:
    for count, found in enumerate(itertools.islice(_WORD.finditer(after), _LONGEST)):
        word = found[0]
        bare = word.strip(_ENDS)
        inside = nouns.count.match(after, found.start()) or (count and nouns.end.match(after, found.start()))
        if not bare or inside or not (bare[0].isupper() or bare[0].isdigit()):
            return
        yield bare
        if word[-1] in _ENDS:
            return


class Units:
    """The units of a dossier: by each noun the one that its path names, or else, unless the dossier is
    ``linked``, most of its documents. Names that begin with one of ``marks`` are models': "CHÙA TINH TẤN".
    ``names``: of the dossier; ``personal``: it may be a person's, as its names are people's or unknown."""

    def __init__(
        self,
        headers: Collection[Header],
        path: str,
        marks: re.Pattern[str] | None = None,
        *,
        names: Collection[str] = (),
        linked: bool = False,
        personal: bool = False,
    ) -> None:
        self._marks, self._names, self._personal = marks, names, personal
        self._people = Counter(person for header in headers for person in _people(header))
        self._path = lies = f" {words(path)} "
        named = [(header.date, given) for header in headers if (given := self._of(header))]
        self._said = Counter((noun, name) for _day, given in named for noun in given for name in given[noun])
        self._own: dict[str, Collection[str]] = {}
        for noun in {noun for _day, given in named for noun in given}:
            dated = [(day, given[noun]) for day, given in named if noun in given]
            fewest = len(headers) + 1 if linked else round(_SHARE * len(headers))
            own = _commonest(noun, [names for _day, names in dated], lies, fewest)
            if own:
                self._own[noun] = {own, *_successors(own, dated)}
                if _part_of(self._names, f"{fold(noun)} {own}"):
                    self._own[noun] = {*self._own[noun], *_together(own, dated)}

    def another(self, header: Header, own_names: Iterable[str] = (), *, abroad: bool = False) -> str:
        """Return the unit that a document's title and issuer name instead of the dossier's; an empty string
        if they name the dossier's or none. What stands in one of the dossier's ``own_names`` is its own;
        ``abroad``: the title may name another unit if the issuer does not, or writes to the dossier's."""
        if abroad and self._writes_to_us(header):
            return ""
        given = self._of(header)
        issuer = self._of(replace(header, abstract="")) if abroad else given
        for noun, names in given.items():
            if noun in issuer and self._is_numbered_otherwise(noun, names):
                return f"{noun} {names[min(names)]}"
        for noun, own in self._own.items():
            names = given.get(noun, {})
            ours = any(_part_of(own_names, f"{fold(noun)} {name}") for name in names)
            ours = ours or any(_same(name, each) for name in names for each in own)
            if names and noun in issuer and not ours:
                return f"{noun} {names[min(names)]}"
        return "" if abroad else self._somebody_else(header)

    def _writes_to_us(self, header: Header) -> bool:
        """Whether a letter is addressed to the dossier's unit: another school asks to come and learn."""
        if header.type != _LETTER:
            return False
        addressed = (named_in(recipient) for recipient in header.recipients)
        return any(
            _same(name, own)
            for given in addressed
            for noun in given.keys() & self._own.keys()
            for name in given[noun]
            for own in self._own[noun]
        )

    def _is_numbered_otherwise(self, noun: str, names: Iterable[str]) -> bool:
        """Whether the path gives the unit a number and the names are other numbers, which few documents have:
        a founding decision of "khu phố 7" gives a folder "Camera khu phố 3" no name."""
        numbers = set(re.findall(rf"(?<= {fold(noun)} )\d{{1,2}}(?= )", self._path))
        return bool(numbers) and all(
            name.isdigit() and name not in numbers and self._said[noun, name] < _FEWEST for name in names
        )

    def _of(self, header: Header) -> Named:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for text in (header.abstract, header.issuing_body, header.superior_body):
            for noun, names in named_in(text).items():
                proper = {
                    n: w for n, w in names.items() if not (self._marks and self._marks.match(f" {n} ", 1))
                }
                if proper:
                    found[noun].update(proper)
        for after in (named_after(header.abstract, name) for name in self._names):
            for noun in after.keys() - found.keys():
                found[noun].update(after[noun])
        return found

    def _somebody_else(self, header: Header) -> str:
        """Return the person in the title who is not the dossier's: whose name differs from that one by
        nothing but diacritics, as "Thanh" and "Thành" do (a name that stands there once may be a slip), or
        whom fewer titles name, while the dossier may be a person's."""
        given = _people(header)
        for person in sorted(given):
            count, alike = self._people[person], [p for p in self._people if fold(p) == fold(person)]
            own = max(self._people if self._personal else alike, key=self._people.__getitem__)
            least = 1 if self._personal and own not in alike else _IN_PATH
            longer = any(f"{name} ".startswith(f"{own} ") for name in given)  # the next word has a capital
            if not longer and self._people[own] > count >= least:
                return person.title()
        return ""


def _people(header: Header) -> frozenset[str]:
    return frozenset(map(marked_words, people_in(header.abstract)))


def _successors(own: str, dated: Collection[tuple[date | None, Collection[str]]]) -> Iterator[str]:
    """Yield the names that documents have instead of the dossier's after all of those with it, as often as
    where a village or school was merged into another."""
    last = max((day for day, names in dated if day and any(_same(own, name) for name in names)), default=None)
    later = Counter(name for day, names in dated if last and day and day > last for name in names)
    yield from (name for name, count in later.items() if count >= _FEWEST)


def _together(own: str, dated: Collection[tuple[date | None, Collection[str]]]) -> Iterator[str]:
    """Yield the names that documents have beside the one in the model's own name: the model "Thôn Chăm tự
    quản" is the village Bỉnh Nghĩa's."""
    beside = Counter(name for _day, names in dated if own in names for name in names if not _same(own, name))
    yield from (name for name, count in beside.items() if count >= _IN_PATH)


def _commonest(noun: str, given: Collection[Collection[str]], path: str, fewest: int) -> str:
    """Return the name after the noun that the path has, or else that most documents have, not fewer than
    ``fewest``; an empty string if others are too common."""
    counted = {name: sum(any(_same(name, each) for each in names) for names in given) for name in
               {name for names in given for name in names}}  # fmt: skip
    in_path = {name: count for name, count in counted.items() if _lies_in(path, fold(noun), name)}
    some = in_path or counted
    own = max(some, key=lambda name: (some[name], len(name), name), default="")
    count = some.get(own, 0)
    others = len(given) - count
    if in_path:
        return own if count >= max(_IN_PATH, others) else ""
    return own if count >= max(_FEWEST, fewest) and count > _TIMES * others else ""


def _lies_in(path: str, noun: str, name: str) -> bool:
    """Whether the path has the last two words of a name, or one word with its noun."""
    last = name.split()[-2:]
    return f" {' '.join(last)} " in path if len(last) > 1 else f" {noun} {name} " in path


def _same(name: str, other: str) -> bool:
    """Whether one name has all words of the other, or both end alike: "THCS Lê Lợi", "Lê Lợi"."""
    one, two = name.split(), other.split()
    return set(one) <= set(two) or set(two) <= set(one) or (len(one) > 1 and one[-2:] == two[-2:])


def _part_of(own_names: Iterable[str], phrase: str) -> bool:
    return any(f" {phrase} " in f" {name} " for name in own_names)
