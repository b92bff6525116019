"""Phrases of a checklist made ready for matching, and the matching itself.

A phrase is tried on text of folded words with one space around each (see
:mod:`dossier.scanner.classify.text`), so that a plain substring test respects word boundaries;
only phrases with a gap (``*``) need a regular expression, and only after their pieces were found.

Words are compared folded first; where the text was written with diacritics they must agree too,
because folded Vietnamese is ambiguous: ``quỹ`` would be found in every ``quy chế``, ``dừng mô hình``
in every ``xây dựng mô hình``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dossier.checklists.schema import Phrase
from dossier.i18n import _
from dossier.vietnamese import fold, marked_words, words

if TYPE_CHECKING:
    from dossier.scanner.classify.text import Texts

# How much a phrase counts by the place it stands in. A phrase that is confined to one place was
# written for that place and counts in full there.
FACTORS: Mapping[str, float] = {
    "abstract": 1.0,
    "name": 0.8,
    "head": 0.8,
    "body": 0.4,
    "folder": 0.35,
    "issuer": 1.0,
    "operative": 0.7,
}
# What speaks for or against a place: weight, key of SENTENCES, what was found.
Evidence = list[tuple[float, str, str]]
_FURTHER = 0.25  # share of a phrase's weight for each further place that confirms it
# What begins with a figure, and not with the place before it, is found at once.
_YEAR = re.compile(r"(?:19|20)(?<!\w..)\d\d\b")
_GAP = r"(?:\S+ ){0,10}?"
_WIDE = r"(?:\S+ ){0,40}?"  # ``**``: as far apart as a title is long
_BESIDES = 3  # words of a title that name other work
SQUEEZED = frozenset(("name",))  # fields whose words may stand without spaces
_NONE = 1 << 30  # more wordings than any phrase has
_SQUEEZED_MIN = 8  # letters; shorter phrases would be found by chance in names without spaces


def years_masked(text: str) -> str:
    """Any year as ``####``, the word by which phrases name one."""
    return _YEAR.sub("####", text) if "20" in text or "19" in text else text


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of many phrases, words and pairs of words; ``first``: the first words of the pairs."""

    keys: frozenset[str]
    first: frozenset[str]

    @classmethod
    def of(cls, keys: Iterable[str]) -> Keys:
        """From the keys of all phrases."""
        known = frozenset(keys)
        return cls(known, frozenset(key.split(" ")[0] for key in known if " " in key))

    def said(self, text: str) -> frozenset[str]:
        """Those that a text of folded words has."""
        words = text.split()
        # Loops in C: whole texts are asked about.
        begun = itertools.compress(itertools.pairwise(words), map(self.first.__contains__, words))
        return self.keys.intersection(words) | self.keys.intersection(map(" ".join, begun))


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The literal pieces of a wording with spaces around, and the expression for all of it if there are gaps.

    It is compiled when a text has all pieces: there are a thousand, and few are ever needed.
    """

    pieces: tuple[str, ...]
    expression: str

    @classmethod
    def of(cls, pieces: Sequence[str], gaps: Sequence[str]) -> _Pieces:
        spaced = [f"{re.escape(piece)} " for piece in pieces]
        joined = "".join(f"{gap}{piece}" for gap, piece in zip(("", *gaps), spaced, strict=True))
        return cls(tuple(f" {piece} " for piece in pieces), f" {joined}" if gaps else "")

    def found(self, text: str) -> bool:
        for piece in self.pieces:
            if piece not in text:
                return False
        return not self.expression or _compiled(self.expression).search(text) is not None


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One wording, folded and with its marks; ``squeezed``: without spaces, if long enough to tell.

    ``strict``: told by its marks only (``!dừng mô hình``), so unmarked text never has it. ``key``: its
    first word or two words; a text that has not got them (see :class:`Keys`) is not searched.
    """

    shown: str
    folded: _Pieces
    marked: _Pieces
    squeezed: str
    strict: bool
    key: str

    def found(self, text: str, marked: str | None) -> bool:
        """Whether the wording stands in a text of folded words; ``marked``: the same with its marks."""
        if not self.folded.found(text):
            return False
        return not self.strict if marked is None else self.marked.found(marked)


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A phrase: its wordings, and what it weighs in each field."""

    alternatives: tuple[Alternative, ...]
    weight: float
    factors: tuple[tuple[str, float], ...]
    beside: frozenset[str] = frozenset()

    def score(self, texts: Texts, evidence: Evidence) -> float:
        """Weight found in the texts; what was found is added to ``evidence``."""
        found = texts.found.get(self)
        if found is None:
            return 0.0
        strengths: list[float] = []
        for field, factor in self.factors:
            if shown := found.get(field):
                strengths.append(factor)
                evidence.append((factor * self.weight, field, shown))
        return self.weight * (max(strengths) + _FURTHER * (len(strengths) - 1))


Found = Mapping[Compiled, Mapping[str, str]]  # of the phrases found, by field the wording that stands there
_Candidates = Mapping[str, Sequence[tuple[Compiled, int]]]  # phrases with the index of their wording


class Wordings:
    """All wordings of many phrases by the fields and the words at which they may begin, so that a text is
    asked only about those of which something stands in it."""

    def __init__(self, phrases: Iterable[Compiled]) -> None:
        by_key: dict[str, dict[str, list[tuple[Compiled, int]]]] = {}
        squeezed: dict[str, list[tuple[Compiled, int]]] = {}
        for phrase in phrases:
            fields = [field for field, _factor in phrase.factors]
            for at, alternative in enumerate(phrase.alternatives):
                for field in fields:
                    by_key.setdefault(field, {}).setdefault(alternative.key, []).append((phrase, at))
                if alternative.squeezed and not SQUEEZED.isdisjoint(fields):
                    squeezed.setdefault(alternative.squeezed, []).append((phrase, at))
        self._squeezed: _Candidates = squeezed
        self._by_field: dict[str, tuple[Keys, _Candidates]] = {
            field: (Keys.of(candidates), candidates) for field, candidates in by_key.items()
        }

    def found(self, fields: Mapping[str, str], marked: Mapping[str, str]) -> Found:
        """What stands in the fields of a document, folded words; ``marked``: the same with their marks."""
        found: dict[Compiled, dict[str, str]] = {}
        for field, text in fields.items():
            if field not in self._by_field:
                continue
            keys, candidates = self._by_field[field]
            first: dict[Compiled, int] = {}  # of each phrase the first wording that stands there
            with_marks = marked.get(field)
            for key in keys.said(text):
                for phrase, at in candidates[key]:
                    if at < first.get(phrase, _NONE) and phrase.alternatives[at].found(text, with_marks):
                        first[phrase] = at
            if field in SQUEEZED:
                first = self._run_together(text) | first
            for phrase, at in first.items():
                found.setdefault(phrase, {})[field] = phrase.alternatives[at].shown
        return found

    def _run_together(self, text: str) -> dict[Compiled, int]:
        """The same for words that may be several without spaces: ``KeHoachKhaoSat.pdf``."""
        long = "".join(word for word in text.split() if len(word) > _SQUEEZED_MIN)
        first: dict[Compiled, int] = {}
        for wording in filter(long.__contains__, self._squeezed) if long else ():
            for phrase, at in self._squeezed[wording]:
                first[phrase] = min(at, first.get(phrase, at))
        return first


SENTENCES: Mapping[str, Callable[[], str]] = {
    "abstract": lambda: _("trích yếu có “{found}”"),
    "name": lambda: _("tên tệp có “{found}”"),
    "head": lambda: _("đầu văn bản có “{found}”"),
    "body": lambda: _("nội dung có “{found}”"),
    "folder": lambda: _("tên thư mục có “{found}”"),
    "issuer": lambda: _("cơ quan ban hành là “{found}”"),
    "operative": lambda: _("quyết định hoặc đề nghị “{found}”"),
    "type": lambda: _("loại văn bản: {found}"),
    "month": lambda: _("ký vào tháng {found}"),
    "in-folder": lambda: _("nằm trong thư mục mục {found}"),
    "numbered": lambda: _("tên tệp mang số {found}"),
}


def told(sign: str, found: str) -> str:
    """One piece of evidence as a sentence; what was learned or stands around is one already."""
    return SENTENCES[sign]().format(found=found) if sign in SENTENCES else found


def says_more(title: str, evidence: Evidence) -> bool:
    """Whether a title has words for what the work is, besides those that speak for a place: "xin chủ trương"
    alone has none, "thành lập Câu lạc bộ Dưỡng sinh" has."""
    spoken = {word for _weight, _sign, found in evidence for word in words(found).split()}
    besides = [word for word in words(title).split() if word not in spoken and not word.isdecimal()]
    return len(besides) >= _BESIDES


def compile_phrase(phrase: Phrase, beside: Sequence[str] = ()) -> Compiled:
    """The phrase ready for matching."""
    alternatives = tuple(
        _alternative(wording.strip()) for wording in phrase.words.split("|") if _words(wording)
    )
    if len(phrase.fields) == 1:
        factors: tuple[tuple[str, float], ...] = ((phrase.fields[0], 1.0),)
    else:
        factors = tuple((field, FACTORS[field]) for field in phrase.fields)
    return Compiled(alternatives, phrase.weight, factors, frozenset(beside))


@cache
def _alternative(wording: str) -> Alternative:
    """Checklists and kinds of places share most wordings: each is made ready once."""
    strict = wording.startswith("!")
    wording = wording.removeprefix("!")
    pieces, gaps = _cut(wording)
    folded = [fold(piece) for piece in pieces]
    shown = re.sub(r"\s*\*+\s*", " … ", wording).replace("####", "…")
    squeezed = ""
    if len(pieces) == 1 and "#" not in folded[0]:
        joined = folded[0].replace(" ", "")
        squeezed = joined if len(joined) >= _SQUEEZED_MIN and not strict else ""
    key = " ".join(folded[0].split()[:2])
    return Alternative(shown, _Pieces.of(folded, gaps), _Pieces.of(pieces, gaps), squeezed, strict, key)


def _cut(wording: str) -> tuple[list[str], list[str]]:
    """The pieces of a wording, and the gaps between them."""
    pieces: list[str] = []
    gaps: list[str] = []
    gap = _GAP
    for said in re.split(r"(\*+)", wording):
        if "*" in said:
            gap = _WIDE if len(said) > 1 else _GAP
        elif piece := _words(said):
            gaps += [gap] if pieces else []
            pieces.append(piece)
    return pieces, gaps


def _words(piece: str) -> str:
    """The words of one piece, keeping the mark for a year."""
    return " ".join("####" if word == "####" else marked_words(word) for word in piece.split()).strip()
