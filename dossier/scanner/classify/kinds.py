"""Other names of a dossier's kind ("Tổ tự quản …", "Cổng trường an toàn" are models), and document types.

A model's documents often give its name only. A name without the word for the kind is replaced by that
word, and the body that leads the model by the committee, so that the checklist needs each phrase
only once. Nouns, marks and leaders are data (``[about]``).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossier.checklists.schema import About
from dossier.checklists.vocabulary import Vocabulary, current, name_of
from dossier.scanner.classify.mergers import Mergers
from dossier.vietnamese import fold, is_marked, marked_words, nfc

_CREATED = (3, 10)  # least and most words after the noun of a name without a mark
_COINED = 7  # most small words of a name with an unknown noun, its mark included
_ALL = "toan dan"  # begins sayings of the whole people, which are no names
_PUNCTUATION = re.compile(r"[,;:.()\[\]“”\"«»–—]|\s-\s")
_GAP = 6  # most words between the noun and the mark of a name


@dataclass(frozen=True, slots=True)
class _Spelling:
    """The expressions and replacements for text with diacritics, or for folded text."""

    called: str
    name: re.Pattern[str]
    leader: re.Pattern[str]
    committee: str
    created: re.Pattern[str]
    count: re.Pattern[str]

    @classmethod
    def of(cls, about: About, called: str, *, folded: bool) -> _Spelling:
        def either(words: str) -> str:
            plain = [marked_words(word) for word in words.split("|")]
            return _either([fold(word) if folded else word for word in plain if word])

        kind_word = fold(called) if folded else called
        # The name begins with the last noun before its mark: "tổ chức lễ ra mắt Cụm liên kết".
        gap = rf"(?: (?!(?:{either(about.breaks)}|{either(about.nouns)}) )\S+){{0,{_GAP}}}?"
        kind = re.escape(kind_word)
        task = rf"(?:{either(about.leader_tasks)})"
        led = rf"(?:{either(about.leader_heads)}) {task}(?: {task})* {kind}"
        never = rf"(?!(?:{either(about.never)}|{led}) )"
        mark = rf"(?:{either(about.marks)})(?! (?:{either(about.other_marks)}) )"
        tail = rf"(?:(?: (?:{either(about.tails)})))*"
        # The expression begins with a literal (the space), which the engine finds quickly.
        noun = rf"(?:{either(about.nouns)})"
        # "Tổ bến bãi tự quản": nouns that follow one another are one name.
        row = rf"{noun}(?: {noun})*"
        name = re.compile(rf" {never}{row}{gap} {mark}{tail}(?= )")
        leader = re.compile(rf" (?:{led}|(?:{either(about.leaders)})(?: {kind})?)(?= )")
        committee = fold(about.committee) if folded else about.committee
        created = re.compile(rf" {never}(?:{either(about.creations)})(?= )")
        # "Thành lập 04 Tổ tự quản" founds a model of four groups.
        count = re.compile(rf" ({either(about.founds)}) \d{{1,2}}(?= {re.escape(kind_word)} )")
        return cls(kind_word, name, leader, committee, created, count)

    def spelt(self, field: str) -> str:
        """Return the field with names and leading bodies replaced by the kind's own words."""
        field = self.name.sub(f" {self.called}", field)
        doubled = f" {self.called} {self.called} "
        while doubled in field:
            field = field.replace(doubled, f" {self.called} ")
        field = self.count.sub(r" \1", field)
        return self.leader.sub(lambda found: self._led(found[0]), field)

    def _led(self, found: str) -> str:
        return (
            f" {self.committee} {self.called}" if found.endswith(f" {self.called}") else f" {self.committee}"
        )


def _folded(words: str) -> list[str]:
    return [fold(each) for word in words.split("|") if (each := marked_words(word))]


def _either(words: Sequence[str]) -> str:
    """Return an expression for any of the words, longer ones first, grouped by their initials."""
    by_initial: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_initial.setdefault(word[0], []).append(re.escape(word[1:]))
    groups = (f"{re.escape(initial)}(?:{'|'.join(rests)})" for initial, rests in by_initial.items())
    return "|".join(groups) or "(?!)"


class Kinds:
    """A checklist's other names of its kind, compiled for matching."""

    def __init__(self, about: About, called: str) -> None:
        self.called, self.committee = called, about.committee
        self._marked = _Spelling.of(about, called, folded=False)
        self._folded = _Spelling.of(about, called, folded=True)
        breaks = [each for word in about.breaks.split("|") if (each := marked_words(word))]
        self._break = re.compile(rf" (?:{_either(breaks)})(?= )")
        self._inside = re.compile(rf"(?:{_either(_folded(about.nouns))}|{_either(_folded(about.breaks))})")
        self._mark = re.compile(rf"(?:{_either(_folded(about.marks))})(?= )")
        campaigns = _either([fold(marked_words(each)) for each in about.campaigns.split("|") if each.strip()])
        self._campaign = re.compile(rf"(?<!\w)(?:{campaigns})\s*(“[^”]*”|\"[^\"]*\"|«[^»]*»)")
        self._mergers = Mergers.of(about, called)

    def spelt(self, field: str) -> str:
        """Return a field (words between single spaces) with other names replaced by the kind's own words."""
        return (self._marked if is_marked(field) else self._folded).spelt(field)

    def _in(self, field: str) -> tuple[_Spelling, str]:
        """Return the expressions for a field of words, and the field as they want it. Nouns of a field with
        diacritics have theirs: "theo dõi thu, chi" is no "đội"."""
        return (self._marked, field) if is_marked(field) else (self._folded, fold(field))

    def names(self, fields: Sequence[str]) -> Iterator[str]:
        """Yield the names of the kind in fields of words, folded."""
        for field in fields:
            spelling, given = self._in(field)
            yield from (fold(found[0]).lstrip() for found in spelling.name.finditer(given))

    def without_campaigns(self, title: str) -> str:
        """Return a title, as written, without names of campaigns: phong trào thi đua “…”."""
        title = nfc(title)
        kept, last = [], 0
        for found in self._campaign.finditer(fold(title)):
            kept.append(title[last : found.start(1)])
            last = found.end()
        return " ".join([*kept, title[last:]])

    def merged(self, title: str, own: Callable[[str], bool]) -> str:
        """Return a title, as written, with what it does to the dossier's own model where it makes one model
        of several, or several of one. ``own`` decides whether a name is the dossier's."""
        return self._mergers.told(title, own, self._leads)

    def _leads(self, given: str) -> bool:
        spaced = f" {given} "
        return spaced.startswith(f" {fold(self.committee)} ") or bool(self._folded.leader.match(spaced))

    def coined(self, title: str) -> set[str]:
        """Return what may be names with an unknown noun in a title as written, folded: a capital after the
        beginning, few small words, a mark ("làm Bếp lửa bình yên bản Cang")."""
        given = [] if title.isupper() else nfc(title).split()
        found: set[str] = set()
        for at in range(1, len(given)):
            small = itertools.takewhile(str.islower, given[at + 1 : at + 1 + _COINED])
            name = " ".join([given[at], *small])
            folded = f"{fold(name)} "
            inside = at > 1 and given[at - 1].istitle()  # "Ban Chỉ đạo"
            if inside or not given[at].istitle() or self._inside.match(folded) or _ALL in folded:
                continue
            if mark := self._mark.search(folded, len(given[at]) + 1):
                noun = folded[: mark.start()].split()
                if noun and not any(map(self._inside.fullmatch, noun)):
                    found.add(folded[: mark.end()])
        return found

    def proper(self, title: str, abbreviations: Mapping[str, str]) -> set[str]:
        """Return what may be names without quotation marks after the word for the kind in a title as written,
        folded: the words from a capital on, as many as there are, one less, and so on ("mô hình CCB tự quản
        đường tàu")."""
        found: set[str] = set()
        for after in () if title.isupper() else re.split(rf"{self.called}\s+", nfc(title), flags=re.I)[1:]:
            said = _PUNCTUATION.split(after, maxsplit=1)[0]
            if said[:1].isupper():
                spelt = " ".join(abbreviations.get(word, word) for word in said.split())
                name = fold(self._break.split(f" {marked_words(spelt)} ", maxsplit=1)[0]).split()
                counts = range(_CREATED[0], min(len(name), _CREATED[1]) + 1)
                found.update(" ".join(name[:count]) for count in counts)
        return found

    def called_after(self, title: str) -> str:
        """Return the unquoted name, folded, that begins with a capital after the word for the kind, as long
        as it is; an empty string for none."""
        return max(self.proper(title, {}), key=len, default="")

    def created(self, title: str) -> set[str]:
        """Return what may be names without a mark in a title of words, folded: the noun of something created
        with the words after it, as many as there are, one less, and so on."""
        found: set[str] = set()
        spelling, spaced = self._in(f" {title} ")
        for noun in spelling.created.finditer(spaced):
            after = spaced[noun.end() :].split()
            counts = range(_CREATED[0], min(len(after), _CREATED[1]) + 1)
            found.update(fold(" ".join((noun[0].strip(), *after[:count]))) for count in counts)
        return found


@lru_cache(maxsize=4)  # long expressions, needed again for each dossier
def kinds_of(about: About, called: str) -> Kinds:
    """Return the compiled names of a kind, from a cache."""
    return Kinds(about, called)


@lru_cache(maxsize=4)
def common_words(about: About, called: str) -> re.Pattern[str] | None:
    """Return a pattern, for folded words between spaces, of the words common to all names of a kind; ``None``
    for a kind whose names have none."""
    common = (about.nouns, about.marks, about.tails, called)
    return re.compile(rf"(?<= )(?:{_either(_folded('|'.join(common)))})(?= )") if about.nouns else None


def proper_words(about: About | None, called: str, name: str) -> str:
    """Return a folded name without the words common to all names of the kind; an empty string if there are no
    such words."""
    common = common_words(about, called) if about else None
    return " ".join(common.sub("  ", f" {name} ").split()) if common else ""


_SLIPS = {"tt": "to-trinh", "ds": "danh-sach"}  # unofficial codes, common in file names


@lru_cache(maxsize=2)
def _by_code(vocabulary: Vocabulary) -> dict[str, str]:
    return {fold(code): slug for code, slug in reversed(vocabulary.codes.items())} | _SLIPS


@lru_cache(maxsize=2)
def _by_name(vocabulary: Vocabulary) -> dict[str, str]:
    return {slug.replace("-", " "): slug for slug in vocabulary.names if "-" in slug}


def type_in_words(slug: str) -> str:
    """Return the type's name as written in a sentence: ``quyết định``; an unknown slug unchanged."""
    return name_of(slug).lower()


def code_type(word: str) -> str:
    """Return the slug of a folded type code (``qd``), or an empty string."""
    return _by_code(current()).get(word, "")


def named_type(text: str) -> str:
    """Return the type whose name comes first in folded words, or an empty string."""
    found = [
        (at, slug) for name, slug in _by_name(current()).items() if (at := f" {text} ".find(f" {name} ")) >= 0
    ]
    return min(found)[1] if found else ""
