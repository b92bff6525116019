"""Compiling the phrases of a checklist, and matching them.

A phrase is matched against folded words between single spaces (see
:mod:`dossier.scanner.classify.text`), so that a substring test respects word boundaries;
only phrases with a gap (``*``) need a regular expression, and only after their pieces were found.

Words are compared folded first; if the text has diacritics, these must match too, because folded
Vietnamese is ambiguous: ``quỹ`` would be found in every ``quy chế``, ``dừng mô hình`` in every
``xây dựng mô hình``.
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

# Factor of a phrase's weight by the field in which the phrase is found. A phrase of a single field was
# written for that field and counts in full.
FACTORS: Mapping[str, float] = {
    "abstract": 1.0,
    "name": 0.8,
    "head": 0.8,
    "body": 0.4,
    "folder": 0.35,
    "issuer": 1.0,
    "operative": 0.7,
}
# Signals for or against a part: weight, key of SENTENCES (or another sign), the text found or a sentence.
Evidence = list[tuple[float, str, str]]
_FURTHER = 0.25  # share of a phrase's weight for each further field with the phrase
# The word boundary is tested after two digits, so that the engine searches for a literal digit first.
_YEAR = re.compile(r"(?:19|20)(?<!\w..)\d\d\b")
_GAP = r"(?:\S+ ){0,10}?"
_WIDE = r"(?:\S+ ){0,40}?"  # ``**``: anywhere in a title
_BESIDES = 3  # least words of a title, besides the evidence, that name other work
SQUEEZED = frozenset(("name",))  # fields whose words may stand without spaces
_NONE = 1 << 30  # index above that of any wording: no wording found yet
_SQUEEZED_MIN = 8  # least letters; shorter phrases would be found by chance in names without spaces


def years_masked(text: str) -> str:
    """Return the text with every year replaced by ``####``, the placeholder for a year in phrases."""
    return _YEAR.sub("####", text) if "20" in text or "19" in text else text


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of many phrases: their first word or first two words. ``first``: the first words of pairs."""

    keys: frozenset[str]
    first: frozenset[str]

    @classmethod
    def of(cls, keys: Iterable[str]) -> Keys:
        """Return the set of the keys of all phrases."""
        known = frozenset(keys)
        return cls(known, frozenset(key.split(" ")[0] for key in known if " " in key))

    def found_in(self, text: str) -> frozenset[str]:
        """Return the keys that a text of folded words contains."""
        words = text.split()
        # Loops in C, because whole texts are searched.
        begun = itertools.compress(itertools.pairwise(words), map(self.first.__contains__, words))
        return self.keys.intersection(words) | self.keys.intersection(map(" ".join, begun))


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The literal pieces of a wording, between spaces, and an expression for the whole if it has gaps.

    The expression is compiled when a text has all pieces: of a thousand, few are ever needed.
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
    """One wording, folded and with diacritics; ``squeezed``: without spaces, if long enough.

    ``strict``: needs its diacritics (``!dừng mô hình``), so it never matches text without them. ``key``:
    the first one or two words; a text without them (see :class:`Keys`) is not searched.
    """

    shown: str
    folded: _Pieces
    marked: _Pieces
    squeezed: str
    strict: bool
    key: str

    def found(self, text: str, marked: str | None) -> bool:
        """Whether a text of folded words has the wording; ``marked``: the text with diacritics, if written
        so."""
        if not self.folded.found(text):
            return False
        return not self.strict if marked is None else self.marked.found(marked)


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A phrase: its wordings, its weight, and the factor of each field."""

    alternatives: tuple[Alternative, ...]
    weight: float
    factors: tuple[tuple[str, float], ...]
    beside: frozenset[str] = frozenset()

    def score(self, texts: Texts, evidence: Evidence) -> float:
        """Return the phrase's weight in the texts; add the wordings found to ``evidence``."""
        found = texts.found.get(self)
        if found is None:
            return 0.0
        strengths: list[float] = []
        for field, factor in self.factors:
            if shown := found.get(field):
                strengths.append(factor)
                evidence.append((factor * self.weight, field, shown))
        return self.weight * (max(strengths) + _FURTHER * (len(strengths) - 1))


Found = Mapping[Compiled, Mapping[str, str]]  # phrase → field → the wording found there
_Candidates = Mapping[str, Sequence[tuple[Compiled, int]]]  # phrases with the index of their wording


class Wordings:
    """All wordings of many phrases, by field and key, so that a text is searched only for wordings whose
    first words it contains."""

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
        """Return the phrases found in a document's fields (folded words; ``marked``: with diacritics)."""
        found: dict[Compiled, dict[str, str]] = {}
        for field, text in fields.items():
            if field not in self._by_field:
                continue
            keys, candidates = self._by_field[field]
            first: dict[Compiled, int] = {}  # phrase → index of its first wording found in the field
            with_marks = marked.get(field)
            for key in keys.found_in(text):
                for phrase, at in candidates[key]:
                    if at < first.get(phrase, _NONE) and phrase.alternatives[at].found(text, with_marks):
                        first[phrase] = at
            if field in SQUEEZED:
                first = self._run_together(text) | first
            for phrase, at in first.items():
                found.setdefault(phrase, {})[field] = phrase.alternatives[at].shown
        return found

    def _run_together(self, text: str) -> dict[Compiled, int]:
        """Return the phrases found in long words, which may be several without spaces:
        ``KeHoachKhaoSat.pdf``."""
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


def sentence(sign: str, found: str) -> str:
    """Return one signal as a sentence; for learned signals and surroundings ``found`` already is one."""
    return SENTENCES[sign]().format(found=found) if sign in SENTENCES else found


def says_more(title: str, evidence: Evidence) -> bool:
    """Whether a title names its work in words other than the evidence for a part: "xin chủ trương" alone
    does not, "thành lập Câu lạc bộ Dưỡng sinh" does."""
    counted = {word for _weight, _sign, found in evidence for word in words(found).split()}
    besides = [word for word in words(title).split() if word not in counted and not word.isdecimal()]
    return len(besides) >= _BESIDES


def compile_phrase(phrase: Phrase, beside: Sequence[str] = ()) -> Compiled:
    """Compile a phrase; ``beside``: the only main parts beside which it may give a further placement."""
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
    """Compile one wording, cached because checklists share most of theirs."""
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
    """Return the pieces of a wording, and expressions for the gaps between them."""
    pieces: list[str] = []
    gaps: list[str] = []
    gap = _GAP
    for token in re.split(r"(\*+)", wording):
        if "*" in token:
            gap = _WIDE if len(token) > 1 else _GAP
        elif piece := _words(token):
            gaps += [gap] if pieces else []
            pieces.append(piece)
    return pieces, gaps


def _words(piece: str) -> str:
    """Return the words of one piece, keeping the placeholder for a year."""
    return " ".join("####" if word == "####" else marked_words(word) for word in piece.split()).strip()
