"""Names of folders and abstracts of documents, read for the dossiers that they name; paths of folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dossier.checklists.schema import Checklist
from dossier.checklists.vocabulary import any_of, current, folder_vocabulary
from dossier.scanner.propose.exemplars import Exemplars
from dossier.vietnamese import capitalised, fold, is_marked, nfc, squash, words

_NUMBER = re.compile(r"^\s*(?:\d{1,3}|[ivxIVX]{1,4}|[a-zA-ZđĐ])\s*[.)_–-]+\s*|^\s*0\d\s+")
_YEAR_FIRST = re.compile(r"^(?:19|20)\d\d\s*[-–—_.:,]\s*(?=\S)")  # “ĐIỂN HÌNH 2024 - Tổ bảo vệ”
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")  # “Camera an ninh (đã kết thúc)”
_QUOTED = re.compile(r"[“\"'‘«]\s*([^“”\"'‘’«»]{2,120}?)\s*[”\"'’»]")
# Where an unquoted name ends.
_END = re.compile(
    r"[.;,:()“”\"–]|\s-\s|\s(?:tại|trên|thuộc|ở|của|do|năm|giai đoạn|và(?! cán bộ)|theo|với|trong|để|nhằm"
    r"|đối với|giữa|được|đã|có|tháng|quý|6 tháng)(?=\s)"
    r"|\s(?:xã|phường|thị trấn|huyện|tỉnh|thành phố|đặc khu)\s",
    re.IGNORECASE,
)
_LONGEST = 16  # most syllables of a name
_CREATED = 2  # blanks in the least name of what was founded
_TELLING = 3  # blanks in a folder's name that tells one model from others by its words
_ADMINISTRATIVE = re.compile(
    r"^(?:cong an |ubnd |uy ban nhan dan )?"
    r"(?:xa|phuong|thi tran|thi xa|huyen|quan|tinh|thanh pho|tp|dac khu|cax|cap)\b"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The kind of dossier that a folder's name states: the kind, the word for it, and the rest of the name.

    ``sure``: the word is that for the kind itself, not a code or a related word.
    """

    kind: str
    word: str
    name: str
    sure: bool


class FolderNames:
    """Interprets names of folders by the words of the checklists in force."""

    def __init__(self, checklists: Mapping[str, Checklist]) -> None:
        self._checklists = checklists
        self._words = folder_vocabulary()
        self._exemplars = Exemplars(self._words)

    @cached_property
    def _periods(self) -> re.Pattern[str]:
        known = "|".join(sorted((re.escape(words(w)) for w in self._words.periods), key=len, reverse=True))
        return re.compile(rf"(?:(?:{known}|(?:{known})?\d{{1,4}})(?:\s|$))*")

    @cached_property
    def _steps(self) -> re.Pattern[str]:
        """A pattern for a numbered step at the beginning: “Bước 2. Xin chủ trương”."""
        known = "|".join(re.escape(words(word)) for word in self._words.steps)
        return re.compile(rf"(?:{known}) ?(?:\d{{1,2}}|[ivx]{{1,4}})(?=\s|$)")

    @cached_property
    def _founds(self) -> dict[str, re.Pattern[str]]:
        """Patterns, by kind, for what is founded, with its noun: “thành lập tổ”."""
        found = {}
        for kind, checklist in self._checklists.items():
            if (about := checklist.about) and about.creations:
                said = (about.founds, about.creations)
                founds, nouns = (any_of(words(word) for word in each.split("|")) for each in said)
                found[kind] = re.compile(rf"(?<!\w)(?:{founds}) ({nouns})(?!\w)")
        return found

    @cached_property
    def _divisions(self) -> frozenset[str]:
        types = [words(name) for t in current().types for name in (t.name, *t.also)]
        return frozenset([*(words(w) for w in self._words.divisions), *types])

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(words(t.code) for t in current().types if t.code)

    @cached_property
    def _long_divisions(self) -> tuple[str, ...]:
        """Divisions of several syllables; after a single syllable the name may be of something else."""
        return tuple(f"{each} " for each in self._divisions if " " in each)

    def bare(self, name: str) -> str:
        """Return the name without leading numbers and introductory words."""
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
        """Whether a folder of this name only divides the content of the folder above (a year, step or
        type)."""
        if self.claim(name) is not None:
            return False
        bare = self.bare(name)
        return self._only_divides(words(bare), bare) or words(bare) in {
            words(lead) for lead in self._words.lead
        }

    def is_period(self, text: str) -> bool:
        """Whether a text gives a period and nothing else: "6 tháng đầu năm 2020"."""
        folded = words(text)
        return bool(folded) and self._periods.fullmatch(folded) is not None

    def _only_divides(self, folded: str, bare: str = "") -> bool:
        if self._periods.fullmatch(folded) or folded in self._divisions or folded in self._codes:
            return True
        if folded.startswith(self._long_divisions) or self._steps.match(folded):
            return True
        period = self._periods.match(folded)
        if period and period[0] and self._only_divides(folded[period.end() :]):
            return True  # “Năm 2024 - hoạt động”
        first, _blank, rest = folded.partition(" ")
        if first in self._codes and bare.partition(" ")[0].strip(",.").isupper() and not bare.isupper():
            return True  # “KH của xã”
        numbered = first.isdigit() or (first[-1:].isdigit() and self._periods.fullmatch(first) is not None)
        leads = first in self._divisions or first in self._codes or numbered  # “B2 chủ trương”
        return leads and self._only_divides(rest)

    def claim(self, name: str) -> Claim | None:
        """Return the kind of dossier stated by the name; ``None`` if there is no word for a kind or no name
        follows it."""
        bare = self.bare(name)
        folded = words(bare)
        for kind, checklist in self._checklists.items():
            spelt = [(word, True) for word in (checklist.called, *checklist.folder_names) if word]
            codes = [
                code for code, meant in checklist.abbreviations.items() if _begins(meant, checklist.called)
            ]
            spelt += [(code, False) for code in codes]
            for word, sure in sorted(spelt, key=lambda each: -len(each[0])):
                if folded.startswith(f"{words(word)} "):
                    left = _YEAR_FIRST.sub("", self.bare(_without(bare, words(word).count(" ") + 1)))
                    if self._periods.fullmatch(words(left)) or self._other_sense(words(word), words(left)):
                        break
                    return Claim(kind, _as_written(bare, word), left, sure)
            for word in self._words.kin.get(kind, ()):
                if found := re.match(rf"{_spelt_as(word)}(?!\w)", folded):
                    return Claim(kind, found[0] if "…" in word else word, bare, sure=False)
        return None

    @staticmethod
    def _other_sense(word: str, left: str) -> bool:
        """Whether the code means something else: “ĐH Chi bộ” is a congress, “DH Y khoa” a university."""
        return word in ("dh", "dhtt") and left.startswith(
            ("chi bo", "dang", "doan", "cong doan", "hoi ", "mat tran", "khoa", "y ", "bach khoa")
        )

    def is_of_the_movement(self, kind: str, name: str, abstract: str, text: str) -> bool:
        """Whether a document may be of a model. Not if what it names is only called as models are ("Câu lạc
        bộ Thanh niên khởi nghiệp") and no word of the movement is in its folded ``text`` (unless unknown)."""
        folded = words(name)
        called = any(re.match(rf"{_spelt_as(word)}(?!\w)", folded) for word in self._words.kin.get(kind, ()))
        if not called or not text or self.says(kind, abstract):
            return True
        return self.speaks_of_the_movement(f"{words(abstract)} {text}")

    def speaks_of_the_movement(self, folded: str) -> bool:
        """Whether a folded text has a word of the movement."""
        return any(f" {words(word)} " in f" {folded} " for word in self._words.about)

    def created(self, kind: str, abstract: str) -> str:
        """Return the name, with its noun, of what a title says to be founded ("thành lập Đội phản ứng
        nhanh"); an empty string if there is none of three words or more."""
        abstract = squash(nfc(abstract))
        folded = fold(abstract)
        founds = self._founds.get(kind)
        if founds is None or len(folded) != len(abstract):
            return ""
        found = founds.search(folded)
        name = self._after(found[1], abstract[found.start(1) :], with_word=True) if found else ""
        name = name.partition(" về ")[0]
        return name if name.count(" ") >= _CREATED else ""

    def is_place(self, name: str) -> bool:
        """Whether the name is that of a commune, a district or their police, with dossiers of many models."""
        return _ADMINISTRATIVE.match(words(name)) is not None

    def named(self, kind: str, abstract: str) -> str:
        """Return the name of the model or exemplar in a document's abstract, or an empty string."""
        checklist = self._checklists[kind]
        abstract = squash(nfc(abstract))
        own = sorted({checklist.called, *checklist.folder_names} - {""}, key=len, reverse=True)
        if self.is_proper(kind) and self.says(kind, abstract) and (found := self._exemplars.named(abstract)):
            return capitalised(found)
        for word in (*own, *self._words.kin.get(kind, ())):
            found = self._after(word, abstract, with_word=word not in own)
            if found and (not self.is_proper(kind) or found != found.lower()):
                return capitalised(found)
        return ""

    def says(self, kind: str, abstract: str) -> bool:
        """Whether an abstract has the word for the kind, "mô hình" or "điển hình"."""
        return f" {words(self._checklists[kind].called)} " in f" {words(abstract)} "

    def is_proper(self, kind: str) -> bool:
        """Whether dossiers of the kind are called by the proper name of a person or body."""
        return kind in self._words.proper

    def key(self, kind: str, name: str) -> str:
        """Return the folded name of a model or exemplar by which its documents are told from others'."""
        return self._exemplars.key(name) if self.is_proper(kind) else words(name)

    def spelt_out(self, kind: str, name: str) -> str:
        """Return the folded name with the kind's abbreviations spelt out: "ANTT" as "an ninh trat tu"."""
        abbreviations = self._words.spelt | self._checklists[kind].abbreviations
        known = {words(code): meant for code, meant in abbreviations.items()}
        return words(" ".join(known.get(word, word) for word in words(name).split()))

    def shortens(self, own: str, name: str, kind: str) -> bool:
        """Whether a folder's folded name is a body's (``name``) with words left out or abbreviated: "to bao
        ve Cty may Song Hong". A model's may not be, as those of others differ from it in no more."""
        spelt = self.spelt_out(kind, own) if self.is_proper(kind) else ""
        return spelt.count(" ") >= _TELLING and in_order(spelt, name)

    def _after(self, word: str, abstract: str, *, with_word: bool) -> str:
        """Return the name after ``word``, quoted or up to its probable end; ``with_word``: ``word``
        included."""
        folded = fold(abstract)
        if len(folded) != len(abstract):
            return ""
        found = re.search(rf"(?<!\w){_spelt_as(word)}(?!\w)", folded)
        if found is None:
            return ""
        rest = abstract[found.end() :]
        quoted = _QUOTED.search(rest[:140])
        if quoted is not None and (quoted.start() < 25 or not with_word):
            return squash(quoted[1])
        whole = [span.span() for span in self._joined.finditer(folded, found.start())]
        ends = (end.start() for end in _END.finditer(rest))
        end = next((at for at in ends if not any(a <= at + found.end() < b for a, b in whole)), len(rest))
        name = squash(rest[:end])
        if with_word:
            name = squash(f"{abstract[found.start() : found.end()]} {name}")
        return name if 0 < name.count(" ") + 1 <= _LONGEST and len(words(name)) > 1 else ""

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        """Phrases with a comma or “và” that does not end a name: “phòng cháy, chữa cháy”."""
        return re.compile("|".join(rf"(?<!\w){re.escape(fold(each))}(?!\w)" for each in self._words.joined))


def alike_names(one: str, other: str) -> bool:
    """Whether two folded names may be of the same model: one contains the other as whole words."""
    return bool(one and other) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


def best_spelt(name: str, others: Iterable[str], spelt_out: str = "") -> str:
    """Return a folder's name; one without diacritics, or with a remark in brackets that names no place, is
    taken from ``others`` (names in documents) if equal words are among them, or else if all its words, with
    abbreviations ``spelt_out``, are in a single one of them, in order."""
    others = list(others)
    plain = _REMARK.sub("", name)
    remark = f" {words(name[len(plain) :])} "
    if any(
        f" {words(place)} " in remark for place in (*current().written.places, *current().written.hamlets)
    ):
        plain = name
    folded = words(plain)
    taken = plain != name or not is_marked(name)
    same = next((other for other in others if taken and words(other) == folded), "")
    if same or not taken or spelt_out.count(" ") < _TELLING:
        return same or name
    longer = [other for other in others if in_order(spelt_out, words(other))]
    return longer[0] if len(longer) == 1 else name


def in_order(short: str, long: str) -> bool:
    """Whether all words of a folded text are in another, in the same order."""
    rest = iter(long.split())
    return all(word in rest for word in short.split())


def _begins(meant: str, called: str) -> bool:
    return bool(called) and words(meant).startswith(words(called)) and len(words(meant).split()) <= 4


def _spelt_as(word: str) -> str:
    """Return a regular expression for a word of the checklists in folded text; “…” is one to three words."""
    return r"(?: \w+){1,3} ".join(re.escape(piece) for piece in fold(word).split(" … "))


def _without(name: str, count: int) -> str:
    """Return the name without its first ``count`` words."""
    found = re.match(rf"(?:\W*\w+){{{count}}}\W*", name)
    return name[found.end() :] if found else name


def _as_written(bare: str, word: str) -> str:
    """Return the first words of a name, as many as ``word`` has: the word for the kind as written there."""
    count = words(word).count(" ") + 1
    found = re.match(rf"\W*(\w+(?:\W+\w+){{{count - 1}}})", bare)
    return found[1] if found else word


ROOT = "."


def folder_of(path: str) -> str:
    """Return the folder of a path; ``"."`` for the archive itself."""
    return path.rpartition("/")[0] or ROOT


def name_of(folder: str) -> str:
    """Return the last segment of a folder's path; an empty string for the archive itself."""
    return "" if folder == ROOT else folder.rpartition("/")[2]


def upwards(folder: str) -> Iterator[str]:
    """Yield the folder and all folders above it, the archive last."""
    while folder != ROOT:
        yield folder
        folder = folder_of(folder)
    yield ROOT


def below(folder: str, path: str) -> bool:
    """Whether the path is inside the folder, at any depth."""
    return path != folder and (folder == ROOT or path.startswith(f"{folder}/"))


def child_towards(folder: str, path: str) -> str:
    """Return the folder directly in ``folder`` that contains ``path``; ``folder`` itself if ``path`` is
    directly in it."""
    rest = path if folder == ROOT else path[len(folder) + 1 :]
    first, slash, _more = rest.partition("/")
    if not slash:
        return folder
    return first if folder == ROOT else f"{folder}/{first}"


def outermost(folders: Iterable[str]) -> list[str]:
    """Return the folders that are inside none of the others, sorted."""
    kept: list[str] = []
    for folder in sorted(set(folders), key=lambda each: (each != ROOT, each.count("/"), each)):
        if not any(below(outer, folder) for outer in kept):
            kept.append(folder)
    return sorted(kept)
