"""The tie of a document to its dossier: is it about the dossier's model, another model, or something else?

A document of the dossier names its model or cites its founding decision. A quoted name of another model
counts against it; a document without a word of the movement is at most placed for review.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, any_of, current
from dossier.edit_distance import distance
from dossier.vietnamese import fold, words

QUOTED = re.compile(r"“([^”]{2,150})”|\"([^\"]{2,150})\"|«([^»]{2,150})»")
_PIECES = re.compile(r"[,;:.()\[\]]|\b\d+/\d+")  # "ngừng mô hình 19/22 thành viên dự" gives no name
FEWEST = 3  # words of a name that is searched for anywhere; shorter ones count only in quotation marks
_STEM = 4  # least number of first words by which a longer name is recognised
_SHARE = 0.6  # share of a longer name's words in that stem
_SLACK = 3  # words that a title may have between two words of a name
_SPREAD = 2  # words that a title may have between the words of a name in another order
_LONGEST_NAME = 8  # words of a name that are compared
_SHORT_WORD = 2  # letters of a word in which one that differs makes another word
BY_TEXT = 0.95  # highest confidence if the dossier's name is in the text only
_PAPERS = 3  # documents that must quote a name before it is taken for the dossier's
PERSON = re.compile(
    r"(?!(?:chi (?:hoi|bo|doan|uy|nhanh|cuc)|co (?:so|quan|dong)) )"  # "chi hội" is no "chị"
    r"(?:ong|ba|anh|chi|em|cu|co|thay|dong chi|gia lang|linh muc|dai duc|thuong toa|ni su|su co) (\w+ \w+.*)"
)
_BY_BIRTH = frozenset(("hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "ut"))
_ADDRESSED = re.compile(
    r"(?:\b(?:ông|bà|anh|chị|cụ|cô|thầy)|^(?i:ông|bà|anh|chị|cụ|cô|thầy)"
    r"|\b(?i:đồng chí|già làng|linh mục|mục sư|đại đức|thượng tọa|hòa thượng|ni sư|sư cô|cựu chiến binh"
    r"|công an viên|trưởng thôn|trưởng ấp|trưởng bản|lái xe|điển hình))(?=((?:\s+\w+){2,5}))"
)
_OFFICES = ("trưởng", "phó")  # đồng chí Trưởng Công an xã


class Tie(IntEnum):
    """How strongly a document is tied to the dossier, weakest first."""

    FOREIGN = 0  # the title quotes another model's name
    NONE = 1  # no word of the movement
    BODY = 2  # the text has a word of the movement, the title none or only a word of the name
    OTHER = 3  # the title has a word of the movement, but for something with another name
    MOVEMENT = 4  # a word of the movement or of the kind, no name
    TEXT = 5  # the text gives the dossier's name
    NAMED = 6  # the title or file name gives the dossier's name, or the founding decision is cited


@dataclass(frozen=True, slots=True)
class Names:
    """The dossier's own names, folded. ``sure``: its documents agree on them, so any other name is another
    model's.

    ``proper``: the names without words common to all such names, mostly a place; if that is a single word,
    ``short`` has it with the noun before it: "họ Vi". ``topics``: pairs of words with which the names begin
    ("già làng"), units of administration and words common to all names left out. ``people``: names of
    people among them, without what they are; ``of_a_body``: they name a body, not a person.
    """

    own: tuple[str, ...] = ()
    sure: bool = False
    proper: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    of_a_body: bool = False

    def touched(self, text: str) -> bool:
        """Whether a text of folded words between spaces is about the place or the subject of the names."""
        return self.places(text) or any(_spaced(topic) in text for topic in self.topics)

    def places(self, text: str) -> bool:
        """Whether a text of folded words between spaces has a proper part of two or more words."""
        return any(" " in name and _spaced(name) in text for name in (*self.proper, *self.short))

    @property
    def distinct(self) -> bool:
        """Whether the name is distinctive; "Camera an ninh" is not, because many models have that name."""
        return any(" " in name for name in self.proper)

    @property
    def of_a_person(self) -> bool:
        """Whether the dossier is named after a person: "bà Lý Thị Mai"."""
        return bool(self.people) or any(map(PERSON.match, self.own))

    def nicknamed(self, person: str) -> bool:
        """Whether the dossier calls a person by some words of the name, or by the order of birth as in the
        South: "ông Ba Lung" is ông Nguyễn Văn Lung, "ông Bảy Huỳnh" ông Huỳnh Văn Bảy; or a body by the last
        words of its name: "điển hình Rạch Vọp" is the women of ấp Rạch Vọp."""
        whole = fold(person).split()
        if self.of_a_body and any(f" {name}".endswith(f" {fold(person)}") for name in self.own):
            return True
        return any(_calls(found[1].split(), whole) for name in self.own if (found := PERSON.match(name)))

    def are_in(self, text: str) -> bool:
        """Whether a text of folded words between spaces contains one of the names."""
        return any(name in text or _abbreviated_in(name.strip(), text) for name in map(_spaced, self.own))

    def together_in(self, text: str) -> bool:
        """Whether a text of folded words has all words of a distinctive name close together, in any order:
        "ông A Nhôi, già làng"."""
        given = text.split()
        return self.distinct and any(_together(set(name.split()), given) for name in self.own)

    def among(self, quoted: str) -> bool:
        """Whether a quoted name is one of the dossier's, perhaps in a longer or shorter form."""
        spaced = _spaced(quoted)
        return self.are_in(spaced) or any(
            spaced in _spaced(name) or _alike(name, quoted) for name in self.own
        )

    def marked(self, given: str) -> bool:
        """Whether a name of the kind is one of the dossier's or has its last two words in one: “Tổ tự
        quản”."""
        mark = _spaced(" ".join(given.split()[-2:]))
        return self.among(given) or any(mark in _spaced(name) for name in self.own)


def _calls(name: Sequence[str], person: Sequence[str]) -> bool:
    """Whether a name without its word of address calls a person, by the given name among others."""
    own = name[1:] if name[0] in _BY_BIRTH and name[0] not in person else name
    return person[-1] in own and set(own) <= set(person)


def _spaced(name: str) -> str:
    return f" {name} "


def _abbreviated_in(name: str, text: str) -> bool:
    """Whether the text has the first words of a long name, or all its words with others between:
    "… ANTT KCN Phú An"; unless the first words are followed by another unit's name in place of its own:
    "Ánh sáng an ninh thôn Đoài" is not "Ánh sáng an ninh thôn Đông"."""
    parts = name.split()
    if len(parts) <= FEWEST:
        return False
    stem = max(_STEM, round(len(parts) * _SHARE))
    _before, found, after = text.partition(_spaced(" ".join(parts[:stem])))
    reach = len(parts) - stem + _SLACK
    if found and not _of_another_unit(parts[stem:], after.split()[:reach]):
        return True
    return _in_order(parts, text.split())


def _of_another_unit(own: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words of two names give different units of the same sort: "khu phố 3", "khu phố 5"."""
    called, others = (
        {n[1]: n[2] for n in _units(current()).finditer(_spaced(" ".join(w)))} for w in (own, other)
    )
    return any(noun in others and others[noun] != name for noun, name in called.items())


@lru_cache(maxsize=2)
def _units(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return a pattern for what may have a model of its own: its noun, folded, and the next word."""
    nouns = {words(noun) for unit in vocabulary.written.units for noun in unit.split("|")}
    return re.compile(rf"(?<= )({any_of(nouns)}) (\w+)(?= )")


def _together(parts: set[str], text: Sequence[str]) -> bool:
    """Whether that many words of the text, and few more, contain all the words of a long name."""
    reach = len(parts) + _SPREAD
    return len(parts) >= _STEM and any(
        parts <= set(text[at : at + reach]) for at in range(max(1, len(text) - reach + 1))
    )


def _in_order(parts: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the text has the words in their order, with few others between."""
    starts = (at for at, word in enumerate(text) if word == parts[0])
    return any(_follow(parts, text, start) for start in starts)


def _follow(parts: Sequence[str], text: Sequence[str], at: int) -> bool:
    """Whether the words after the first follow ``text[at]``, each within ``_SLACK`` of the one before."""
    for part in parts[1:]:
        reach = text[at + 1 : at + 2 + _SLACK]
        if part not in reach:
            return False
        at += 1 + reach.index(part)
    return True


def _alike(name: str, quoted: str) -> bool:
    """Whether at least 80 % of the words of the shorter name are words of the longer, and no word stands in
    place of another, unless as a slip: "Dòng họ Lô tự quản" is not "Dòng họ Vi tự quản"."""
    few, many = sorted((set(name.split()), set(quoted.split())), key=len)
    instead, others = few - many, many - few
    slips = all(any(_is_slip(word, other) for other in others) for word in instead)
    return slips and len(few) > 1 and len(few & many) >= 0.8 * len(few)


def _is_slip(word: str, other: str) -> bool:
    """Whether two words differ by one letter in the same place, or by one letter more."""
    return distance(word, other, 1) == 1 and (len(word) != len(other) or len(word) > _SHORT_WORD)


def quotations(title: str) -> tuple[str, ...]:
    """Return what stands in quotation marks, as written."""
    return tuple(next(filter(None, match.groups())) for match in QUOTED.finditer(title))


def quoted_names(title: str) -> tuple[str, ...]:
    """Return the names in quotation marks, folded."""
    return tuple(filter(None, map(words, quotations(title))))


def agreed(titles: Iterable[Iterable[str]], fewest: int = 0) -> Names:
    """Return the name on which a dossier's documents agree (no name if they do not), from the names in each
    title; ``fewest``: least number of titles with such a name."""
    named = [set(names) for names in titles]
    counted = Counter(name for names in named for name in names)
    if not counted:
        return Names()
    best = max(counted, key=lambda name: (counted[name], len(name), name))
    alike = [name for name in counted if Names((best,)).among(name)]
    others = [name for name in counted if name not in alike]
    # A shorter name that another has too, and none begins with, tells neither: "dòng họ tự quản" beside two
    # clans.
    short = {name for name in alike if set(name.split()) < set(best.split())}
    short -= {name for name in short if any(other.startswith(f"{name} ") for other in counted)}
    common = {name for name in short if any(map(Names((name,)).among, others))}
    alike = [name for name in alike if name not in common]
    if sum(not names.isdisjoint(alike) for names in named) < fewest:
        return Names()
    together = sum(counted[name] for name in alike)
    if fewest:  # not the first words of the name alone: many are "Cựu chiến binh"
        alike = [n for n in alike if n.count(" ") + 1 >= _STEM or not best.startswith(f"{n} ")]
    rest = max((counted[name] for name in counted.keys() - common if name not in alike), default=0)
    sure = together >= _PAPERS and together > 2 * rest
    return Names(tuple(sorted(alike)), sure) if sure else Names()


def movement(wordings: str) -> re.Pattern[str]:
    """Return a pattern for any of the ``wordings`` (separated by ``|``) in folded words between spaces."""
    alternatives = "|".join(re.escape(each) for each in map(words, wordings.split("|")) if each)
    return re.compile(rf"(?<= )(?:{alternatives})(?= )")


def folded_each(wordings: str) -> frozenset[str]:
    """Return the ``wordings`` (separated by ``|``), each folded."""
    return frozenset(filter(None, map(words, wordings.split("|"))))


@dataclass(frozen=True, slots=True)
class KindWords:
    """The vocabulary of a kind of dossier. ``called`` is the word for the kind, ``movement`` matches words
    of the movement; ``sayings`` are quoted phrases that are no names. ``unnamed`` matches words that end or
    rule out a name after the word for the kind. ``leading``: words of bodies that lead such a dossier's
    work, whose names count as the dossier's; likewise bodies that begin with one of ``creations``."""

    called: str
    movement: re.Pattern[str]
    sayings: frozenset[str] = frozenset()
    unnamed: re.Pattern[str] | None = None
    leading: frozenset[str] = frozenset()
    creations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """A document's title. ``text``: as written; ``of_kinds``: names of the kind given without the word for
    the kind, of which ``distinct`` are distinctive; ``others``: quoted names with proper words of another
    model; ``other_aim``: the title states the aim of another movement; ``unquoted``: what follows the word
    for the kind with a capital."""

    text: str
    of_kinds: Sequence[str] = ()
    distinct: Sequence[str] = ()
    others: Sequence[str] = ()
    other_aim: bool = False
    unquoted: str = ""


def tie(fields: Mapping[str, str], title: Title, names: Names, kind: KindWords) -> Tie:
    """Return how the document is tied to the dossier.

    ``fields`` are folded words before names were replaced by the word for the kind (see :class:`Texts`).
    """
    shown = " ".join(fields.get(key, "") for key in ("abstract", "name", "head", "operative"))
    issuer = fields.get("issuer", "")
    quoted = [name for name in quoted_names(title.text) if name not in kind.sayings]
    if quoted and set(quoted) <= set(title.others) and of_a_model(title.text, kind.called):
        return Tie.FOREIGN
    # Other bodies may have the place in their names.
    if any(f" {word} " in issuer for word in kind.leading) or issuer.startswith(kind.creations):
        shown += issuer
    if names.own and (names.are_in(shown) or names.together_in(shown)):
        return Tie.NAMED
    if names.own and any(map(names.among, quoted)):
        return Tie.NAMED
    body = fields.get("body", "")
    if names.own and names.are_in(body):
        return Tie.TEXT
    called = _spaced(kind.called)
    one = names.of_a_person or names.of_a_body
    if one and (people := people_in(title.text)):  # none of them has the dossier's name
        return Tie.TEXT if any(map(names.nicknamed, people)) else Tie.FOREIGN
    if names.own and (
        (quoted and of_a_model(title.text, kind.called)) or _names_another(title.distinct, names)
    ):
        return Tie.FOREIGN
    if names.sure and title.unquoted and not names.among(title.unquoted):
        return Tie.FOREIGN
    other = named_after(title.text, kind.called, kind.unnamed) if names.own and kind.unnamed else ""
    briefly = any(_spaced(name).startswith(f" {other} ") for name in names.own)  # "mô hình cổng trường"
    if other and not briefly and not kind.movement.search(_spaced(other)):
        return Tie.NONE
    most = Tie.MOVEMENT
    if names.own and title.other_aim:
        most = Tie.BODY
    elif names.own and (quoted or title.of_kinds) and not any(map(names.marked, title.of_kinds)):
        most = Tie.OTHER
    if called in shown or kind.movement.search(shown):
        return most
    if not kind.movement.search(body):
        return Tie.BODY if names.touched(shown) else Tie.NONE
    return most if called in body else Tie.BODY


def people_in(title: str) -> tuple[str, ...]:
    """Return the people whom a title gives with a word of address and the capitals of a name."""
    if title.isupper():
        return ()
    called = (itertools.takewhile(_is_capital, found[1].split()) for found in _ADDRESSED.finditer(title))
    names = [list(name) for name in called]
    return tuple(" ".join(name) for name in names if len(name) > 1 and name[0].lower() not in _OFFICES)


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def _names_another(given: Sequence[str], names: Names) -> bool:
    """Whether names of the kind are given and none is the dossier's: "Tổ liên gia tự quản khu phố 8"."""
    return names.sure and bool(given) and not any(map(names.among, given))


def named_after(title: str, called: str, unnamed: re.Pattern[str]) -> str:
    """Return the unquoted name after the word for the kind, folded (“mô hình Nhà sạch vườn đẹp”); an empty
    string if no name follows (“mô hình năm 2024”, “mô hình (viết tay)”)."""
    pieces = (_spaced(words(piece)).partition(_spaced(called)) for piece in _PIECES.split(title))
    after = next((after for _before, found, after in pieces if found), "")
    after = f" {after}"
    end = unnamed.search(after)
    name = (after[: end.start()] if end else after).split()[:_LONGEST_NAME]
    return " ".join(name) if len(name) > 1 else ""


def of_a_model(title: str, called: str) -> bool:
    """Whether the word for the kind precedes the first quotation mark."""
    before = words(title[: min(at for at in map(title.find, '“"«') if at >= 0)])
    return called in before
