"""What the names of folders, and the abstracts of papers, say of the dossiers they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dossier.checklists.schema import Checklist
from dossier.checklists.vocabulary import current, folder_vocabulary
from dossier.vietnamese import fold, is_marked, nfc, squash, words

_NUMBER = re.compile(r"^\s*(?:\d{1,3}|[ivxIVX]{1,4}|[a-zA-ZđĐ])\s*[.)_–-]+\s*|^\s*0\d\s+")
_YEAR = r"(?:19|20)\d\d"
_QUOTED = re.compile(r"[“\"'‘«]\s*([^“”\"'‘’«»]{2,120}?)\s*[”\"'’»]")
# Where an unquoted name ends.
_END = re.compile(
    r"[.;,:()“”\"–]|\s-\s|\s(?:tại|trên|thuộc|ở|của|do|năm|giai đoạn|và(?! cán bộ)|theo|với|trong|để|nhằm"
    r"|đối với|giữa|được|đã|có|tháng|quý|6 tháng)(?=\s)"
    r"|\s(?:xã|phường|thị trấn|huyện|tỉnh|thành phố|đặc khu)\s",
    re.IGNORECASE,
)
_LONGEST = 12  # syllables of a name
_ADMINISTRATIVE = re.compile(
    r"^(?:cong an |ubnd |uy ban nhan dan )?"
    r"(?:xa|phuong|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp|dac khu|cax|cap)\b"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a folder's name claims: the kind, the word for it, and what is left of the name.

    ``sure``: the word for the kind itself, not a code or one of its kin.
    """

    kind: str
    word: str
    name: str
    sure: bool


class FolderNames:
    """Reads names with the words of the checklists in force."""

    def __init__(self, checklists: Mapping[str, Checklist]) -> None:
        self._checklists = checklists
        self._words = folder_vocabulary()

    @cached_property
    def _periods(self) -> re.Pattern[str]:
        known = "|".join(sorted((re.escape(words(w)) for w in self._words.periods), key=len, reverse=True))
        return re.compile(rf"(?:(?:{known}|(?:{known})?\d{{1,4}})(?:\s|$))*")

    @cached_property
    def _steps(self) -> re.Pattern[str]:
        """“Bước 2. Xin chủ trương”: a step, whatever it is called."""
        known = "|".join(re.escape(words(word)) for word in self._words.steps)
        return re.compile(rf"(?:{known}) ?(?:\d{{1,2}}|[ivx]{{1,4}})(?=\s|$)")

    @cached_property
    def _divisions(self) -> frozenset[str]:
        types = [words(name) for t in current().types for name in (t.name, *t.also)]
        return frozenset([*(words(w) for w in self._words.divisions), *types])

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(words(t.code) for t in current().types if t.code)

    @cached_property
    def _long_divisions(self) -> tuple[str, ...]:
        """Those of several syllables: with one only, a name may go on to say something else."""
        return tuple(f"{each} " for each in self._divisions if " " in each)

    def bare(self, name: str) -> str:
        """The name without the number before it and the words that only lead to what it says."""
        bare = squash(nfc(name).replace("_", " "))
        while True:
            before = bare
            bare = _NUMBER.sub("", bare)
            for lead in self._words.lead:
                if words(bare).startswith(f"{words(lead)} "):
                    bare = _without(bare, words(lead).count(" ") + 1)
            if bare == before:
                return bare

    def divides(self, name: str) -> bool:
        """Whether a folder of this name only divides what is above it."""
        if self.claim(name) is not None:
            return False
        bare = self.bare(name)
        return self._only_divides(words(bare), bare) or words(bare) in {
            words(lead) for lead in self._words.lead
        }

    def _only_divides(self, said: str, bare: str = "") -> bool:
        if self._periods.fullmatch(said) or said in self._divisions or said in self._codes:
            return True
        if said.startswith(self._long_divisions) or self._steps.match(said):
            return True
        period = self._periods.match(said)
        if period and period[0] and self._only_divides(said[period.end() :]):
            return True  # “Năm 2024 - hoạt động”
        first, _blank, rest = said.partition(" ")
        if first in self._codes and bare.partition(" ")[0].strip(",.").isupper() and not bare.isupper():
            return True  # “KH của xã”
        numbered = first.isdigit() or (first[-1:].isdigit() and self._periods.fullmatch(first) is not None)
        leads = first in self._divisions or first in self._codes or numbered  # “B2 chủ trương”
        return leads and self._only_divides(rest)

    def claim(self, name: str) -> Claim | None:
        """What the name claims of itself; ``None`` where it names nothing after the word for a kind."""
        bare = self.bare(name)
        said = words(bare)
        for kind, checklist in self._checklists.items():
            spelt = [(word, True) for word in (checklist.called, *checklist.folder_names) if word]
            codes = [
                code for code, meant in checklist.abbreviations.items() if _begins(meant, checklist.called)
            ]
            spelt += [(code, False) for code in codes]
            for word, sure in sorted(spelt, key=lambda each: -len(each[0])):
                if said.startswith(f"{words(word)} "):
                    left = self.bare(_without(bare, words(word).count(" ") + 1))
                    if self._periods.fullmatch(words(left)) or self._other_sense(words(word), words(left)):
                        break
                    return Claim(kind, _without_rest(bare, word), left, sure)
            for word in self._words.kin.get(kind, ()):
                if said.startswith(f"{words(word)} ") or said == words(word):
                    return Claim(kind, word, bare, sure=False)
        return None

    @staticmethod
    def _other_sense(word: str, left: str) -> bool:
        """“ĐH Chi bộ” is a congress, “DH Y khoa” a university."""
        return word in ("dh", "dhtt") and left.startswith(
            ("chi bo", "dang", "doan", "cong doan", "hoi ", "mat tran", "khoa", "y ", "bach khoa")
        )

    def is_place(self, name: str) -> bool:
        """Whether the name is that of a commune, a district, their police: it holds dossiers of many."""
        return _ADMINISTRATIVE.match(words(name)) is not None

    def named(self, kind: str, abstract: str) -> str:
        """What a paper calls the model or exemplar that it speaks of, or nothing."""
        checklist = self._checklists[kind]
        said = squash(nfc(abstract))
        own = sorted({checklist.called, *checklist.folder_names} - {""}, key=len, reverse=True)
        for word in (*own, *self._words.kin.get(kind, ())):
            found = _named(said, word, with_word=word not in own)
            if found:
                return found
        return ""


def alike_names(one: str, other: str) -> bool:
    """Whether two names, folded, may be of the same model."""
    return bool(one and other) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


def best_spelt(said: str, others: Iterable[str]) -> str:
    """The name as a folder has it, or better with its diacritics, where a paper writes them."""
    folded = words(said)
    return next((other for other in others if not is_marked(said) and words(other) == folded), said)


def _begins(meant: str, called: str) -> bool:
    return bool(called) and words(meant).startswith(words(called)) and len(words(meant).split()) <= 4


def _named(said: str, word: str, *, with_word: bool) -> str:
    folded = fold(said)
    if len(folded) != len(said):
        return ""
    found = re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", folded)
    if found is None:
        return ""
    rest = said[found.end() :]
    quoted = _QUOTED.search(rest[:140])
    if quoted is not None and (quoted.start() < 25 or not with_word):
        return squash(quoted[1])
    end = _END.search(rest)
    name = squash(rest[: end.start()] if end else rest)
    if with_word:
        name = squash(f"{said[found.start() : found.end()]} {name}")
    return name if 0 < name.count(" ") + 1 <= _LONGEST and len(words(name)) > 1 else ""


def _without(name: str, count: int) -> str:
    """The name without its first ``count`` words."""
    found = re.match(rf"(?:\W*\w+){{{count}}}\W*", name)
    return name[found.end() :] if found else name


def _without_rest(bare: str, word: str) -> str:
    count = words(word).count(" ") + 1
    found = re.match(rf"\W*(\w+(?:\W+\w+){{{count - 1}}})", bare)
    return found[1] if found else word


ROOT = "."


def folder_of(path: str) -> str:
    """The folder that a path lies in."""
    return path.rpartition("/")[0] or ROOT


def name_of(folder: str) -> str:
    """The folder's own name; of the archive itself none."""
    return "" if folder == ROOT else folder.rpartition("/")[2]


def upwards(folder: str) -> Iterator[str]:
    """The folder and all above it, the archive last."""
    while folder != ROOT:
        yield folder
        folder = folder_of(folder)
    yield ROOT


def below(folder: str, path: str) -> bool:
    """Whether the path lies in the folder, at any depth."""
    return path != folder and (folder == ROOT or path.startswith(f"{folder}/"))


def child_towards(folder: str, path: str) -> str:
    """The folder directly in ``folder`` on the way to what lies below it; ``folder`` for what lies in it."""
    rest = path if folder == ROOT else path[len(folder) + 1 :]
    first, slash, _more = rest.partition("/")
    if not slash:
        return folder
    return first if folder == ROOT else f"{folder}/{first}"


def outermost(folders: Iterable[str]) -> list[str]:
    """Those that lie in none of the others, in order."""
    kept: list[str] = []
    for folder in sorted(set(folders), key=lambda each: (each != ROOT, each.count("/"), each)):
        if not any(below(outer, folder) for outer in kept):
            kept.append(folder)
    return sorted(kept)
