"""Is a paper about this dossier's model, about another one, or about something else altogether?

Asked before where it belongs: a paper of the dossier names its model, or cites its founding decision; a
quoted name that is another's speaks against it; one without a word of the movement is at most a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from dossier.scanner.classify.kinds import Kinds
from dossier.scanner.classify.names import name_words
from dossier.vietnamese import fold, is_marked, words

_QUOTED = re.compile(r"“([^”]{2,150})”|\"([^\"]{2,150})\"|«([^»]{2,150})»")
_FEWEST = 3  # words of a name that is found anywhere; a shorter one only where it is quoted
_STEM = 4  # words of a longer name that stand for all of it, at least
_SHARE = 0.6
_SLACK = 3  # words that a title may have between two of a name written more shortly
_LONGEST_NAME = 8  # words that are looked at
_PAPERS = 3  # papers that must quote a name before it is taken for the dossier's


class Tie(IntEnum):
    """How a paper is tied to the dossier, from not at all to by name."""

    FOREIGN = 0  # the title quotes another model's name
    NONE = 1  # no word of the movement
    BODY = 2  # its text has a word of the movement, its title none
    OTHER = 3  # its title has one, said of something with a name of its own
    MOVEMENT = 4  # a word of the movement or of the kind, no more
    TEXT = 5  # its text gives the dossier's name
    NAMED = 6  # its title or its file's name does, or it cites the founding decision


@dataclass(frozen=True, slots=True)
class Names:
    """The dossier's own names, folded. ``sure``: its papers agree on these, so other names are others'.

    ``proper``: what is left of them without the words that every such name has: the place, mostly; where that
    is a single word, ``short`` has it with the word that bears it: "họ Vi".
    """

    own: tuple[str, ...] = ()
    sure: bool = False
    proper: tuple[str, ...] = ()
    short: tuple[str, ...] = ()

    def places(self, text: str) -> bool:
        """Whether a text of folded words between spaces gives what is the name's own, two words or more."""
        return any(" " in name and _spaced(name) in text for name in (*self.proper, *self.short))

    @property
    def distinct(self) -> bool:
        """Whether the name is hardly another's too: "Camera an ninh" is."""
        return any(" " in name for name in self.proper)

    def told(self, text: str) -> bool:
        """Whether a text of folded words between spaces gives one of them."""
        return any(name in text or _shortly(name.strip(), text) for name in map(_spaced, self.own))

    def among(self, quoted: str) -> bool:
        """Whether a quoted name is one of them, written more fully or more shortly."""
        said = _spaced(quoted)
        return self.told(said) or any(said in _spaced(name) or _alike(name, quoted) for name in self.own)

    def marked(self, given: str) -> bool:
        """Whether a name of the kind is one of them, or ends as they are marked: “Tổ tự quản”."""
        mark = _spaced(" ".join(given.split()[-2:]))
        return self.among(given) or any(mark in _spaced(name) for name in self.own)


def _spaced(name: str) -> str:
    return f" {name} "


def _shortly(name: str, text: str) -> bool:
    """The first words of a long name, or all of it with words between: "… ANTT KCN Phú An"."""
    parts = name.split()
    if len(parts) <= _FEWEST:
        return False
    stem = parts[: max(_STEM, round(len(parts) * _SHARE))]
    return _spaced(" ".join(stem)) in text or _loosely(parts, text.split())


def _loosely(parts: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the words stand in the text in their order, with few others between."""
    starts = (at for at, word in enumerate(text) if word == parts[0])
    return any(_follow(parts, text, start) for start in starts)


def _follow(parts: Sequence[str], text: Sequence[str], at: int) -> bool:
    """Whether the words after the first follow it, each in reach of the one before."""
    for part in parts[1:]:
        reach = text[at + 1 : at + 2 + _SLACK]
        if part not in reach:
            return False
        at += 1 + reach.index(part)
    return True


def _alike(name: str, quoted: str) -> bool:
    """Whether the words of the shorter one are nearly all words of the other."""
    few, many = sorted((set(name.split()), set(quoted.split())), key=len)
    return len(few) > 1 and len(few & many) >= 0.8 * len(few)


def quoted_names(title: str) -> tuple[str, ...]:
    """What stands in quotation marks, folded."""
    found = (words(next(filter(None, match.groups()))) for match in _QUOTED.finditer(title))
    return tuple(name for name in found if name)


def agreed(titles: Iterable[Iterable[str]]) -> Names:
    """The name on which the papers of a dossier agree, from the names that each title gives."""
    counted = Counter(name for names in titles for name in set(names))
    if not counted:
        return Names()
    best = max(counted, key=lambda name: (counted[name], len(name), name))
    alike = [name for name in counted if Names((best,)).among(name)]
    together = sum(counted[name] for name in alike)
    rest = max((count for name, count in counted.items() if name not in alike), default=0)
    sure = together >= _PAPERS and together > 2 * rest
    return Names(tuple(sorted(alike)), sure) if sure else Names()


def movement(said: str) -> re.Pattern[str]:
    """Matches words of the movement in folded words between spaces; ``said``: alternatives between ``|``."""
    alternatives = "|".join(re.escape(each) for each in map(words, said.split("|")) if each)
    return re.compile(rf"(?<= )(?:{alternatives})(?= )")


@dataclass(frozen=True, slots=True)
class KindWords:
    """How papers of a kind of dossiers speak. ``called`` is the word for the kind, ``movement`` matches words
    of the movement; quoted ``sayings`` are nobody's name. ``unnamed`` matches words after the word for the
    kind that begin no name of its own. ``leading``: words of a body that leads such a dossier's work, whose
    name counts as the dossier's."""

    called: str
    movement: re.Pattern[str]
    sayings: frozenset[str] = frozenset()
    unnamed: re.Pattern[str] | None = None
    leading: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Title:
    """What a paper's title says. ``text``: as written; ``of_kinds``: names that it gives without the word for
    the kind, and those of them that are ``distinct``; ``other_aim``: it tells what another movement is
    for."""

    text: str
    of_kinds: Sequence[str] = ()
    distinct: Sequence[str] = ()
    other_aim: bool = False


def tie(fields: Mapping[str, str], title: Title, names: Names, kind: KindWords) -> Tie:
    """How the paper is tied to the dossier.

    ``fields`` are folded words before names were read as the word for the kind (see :class:`Texts`).
    """
    shown = " ".join(fields.get(key, "") for key in ("abstract", "name", "head", "operative"))
    issuer = fields.get("issuer", "")
    if any(f" {word} " in issuer for word in kind.leading):  # any other body may bear the name of the place
        shown += issuer
    if names.own and names.told(shown):
        return Tie.NAMED
    quoted = [name for name in quoted_names(title.text) if name not in kind.sayings]
    if names.own and any(map(names.among, quoted)):
        return Tie.NAMED
    body = fields.get("body", "")
    if names.own and names.told(body):
        return Tie.TEXT
    called = _spaced(kind.called)
    if names.own and ((quoted and _of_a_model(title.text, kind.called)) or _anothers(title.distinct, names)):
        return Tie.FOREIGN
    other = named_after(title.text, kind.called, kind.unnamed) if names.own and kind.unnamed else ""
    if other and not kind.movement.search(_spaced(other)):
        return Tie.NONE
    most = Tie.MOVEMENT
    if names.own and title.other_aim:
        most = Tie.BODY
    elif names.own and (quoted or title.of_kinds) and not any(map(names.marked, title.of_kinds)):
        most = Tie.OTHER
    if called in shown or kind.movement.search(shown):
        return most
    if not kind.movement.search(body):
        return Tie.BODY if names.places(shown) else Tie.NONE
    return most if called in body else Tie.BODY


def _anothers(given: Sequence[str], names: Names) -> bool:
    """Whether names of the kind are given and none is the dossier's: "Tổ liên gia tự quản khu phố 8"."""
    return names.sure and bool(given) and not any(map(names.among, given))


def named_after(title: str, called: str, unnamed: re.Pattern[str]) -> str:
    """The name, folded, that stands without quotation marks after the word for the kind: “mô hình Nhà sạch
    vườn đẹp”; empty where what follows is no name (“mô hình năm 2024”)."""
    _before, found, after = _spaced(words(title)).partition(_spaced(called))
    if not found:
        return ""
    after = f" {after}"
    end = unnamed.search(after)
    name = (after[: end.start()] if end else after).split()[:_LONGEST_NAME]
    return " ".join(name) if len(name) > 1 else ""


def _of_a_model(title: str, called: str) -> bool:
    """Whether the word for the kind stands before the quotation."""
    before = words(title[: min(at for at in map(title.find, '“"«') if at >= 0)])
    return called in before


_APART = re.compile(r"\s+[-–—_|]\s*|[,;()\[\]“”\"]|_")
_LEADING = re.compile(r"^(?:\d+ |nam \d{4} |stt )+")
_PERSON = re.compile(
    r"(?:ong|ba|anh|chi|em|cu|co|thay|dong chi|gia lang|linh muc|dai duc|thuong toa|ni su|su co) \w+ \w+"
)
# A part of the name that tells whose the dossier is, not what it is about.
_WHOSE = re.compile(
    r"(?:xa|phuong|thi tran|thi xa|thanh pho|huyen|quan|tinh|thon|ap|khu pho|to dan pho|to \d|cong an|uy ban"
    r"|ubnd|cap|cax|dac khu|nam)\b"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """``name``: folded words of the dossier's name; ``called``: the word for its kind, with diacritics."""

    name: str
    called: str

    def spelt(self, field: str) -> str:
        """A field (words between single spaces) with ``called`` in the place of the name."""
        folded = fold(field)
        name, called = f" {self.name} ", f" {fold(self.called)}"
        at = folded.find(name)
        if at < 0 or len(folded) != len(field):
            return field
        word = f" {self.called}" if is_marked(field) else called.rstrip()
        kept, last = [], 0
        while at >= 0:
            told = folded.endswith(called, 0, at)
            kept += [field[last:at], "" if told else word]
            last = at + len(name) - 1
            at = folded.find(name, last)
        return "".join([*kept, field[last:]])


@lru_cache(maxsize=64)  # the files of a dossier follow each other
def _name(
    folder: str, called: str, abbreviations: tuple[tuple[str, str], ...], kinds: Kinds | None = None
) -> str:
    """The longest part of the folder's name that may be the subject's, or nothing."""
    kind = f"{fold(called)} "
    found = ""
    for part in _APART.split(folder):
        said = _LEADING.sub("", fold(name_words(part, dict(abbreviations)))).removeprefix(kind)
        said = _LEADING.sub("", said)
        if said.count(" ") + 1 >= _FEWEST and (not _WHOSE.match(said) or _of_a_kind(said, kinds)):
            found = max(found, said, key=lambda name: (bool(_PERSON.match(name)), len(name)))
    return found


def _of_a_kind(said: str, kinds: Kinds | None) -> bool:
    """Whether it is a name all the same: "thôn Nam Sơn bình yên"."""
    return kinds is not None and any(kinds.names([f" {said} "]))


def subject(
    dossier: str, called: str, abbreviations: Mapping[str, str], kinds: Kinds | None = None
) -> Subject | None:
    """The subject of the dossier with that path; ``None`` where its name is too short to go by."""
    folder = dossier.rpartition("/")[2]
    name = _name(folder, called, tuple(abbreviations.items()), kinds) if called and folder != "." else ""
    return Subject(name, called) if name else None
