"""Phrases of a checklist made ready for matching, and the matching itself.

A phrase is tried on text of folded words with one space around each (see
:mod:`dossier.scanner.classify.text`), so that a plain substring test respects word boundaries;
only phrases with a gap (``*``) need a regular expression, and only after their pieces were found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dossier.checklists.schema import Phrase
from dossier.i18n import _
from dossier.vietnamese import words

# How much a phrase counts by the place it stands in. A phrase that is confined to one place was
# written for that place and counts in full there.
FACTORS: Mapping[str, float] = {
    "abstract": 1.0,
    "name": 0.8,
    "head": 0.8,
    "body": 0.4,
    "folder": 0.35,
    "issuer": 1.0,
}
_FURTHER = 0.25  # share of a phrase's weight for each further place that confirms it
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GAP = r"(?:\w+ ){0,8}?"
_SQUEEZED_MIN = 8  # letters; shorter phrases would be found by chance in names without spaces


def years_masked(text: str) -> str:
    """Any year as ``####``, the word by which phrases name one."""
    return _YEAR.sub("####", text)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One wording: its literal pieces with spaces around, and a regular expression if there are gaps."""

    shown: str
    pieces: tuple[str, ...]
    regex: re.Pattern[str] | None
    squeezed: str

    def found(self, text: str) -> bool:
        """Whether the wording stands in a text of folded words."""
        for piece in self.pieces:
            if piece not in text:
                return False
        return self.regex is None or self.regex.search(text) is not None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A phrase: its wordings and what it weighs in each field."""

    alternatives: tuple[Alternative, ...]
    weight: float
    factors: tuple[tuple[str, float], ...]
    beside: frozenset[str] = frozenset()

    def score(self, texts: Mapping[str, str], evidence: list[tuple[float, str]]) -> float:
        """Weight found in the texts; what was found is added to ``evidence``."""
        strengths: list[float] = []
        for field, factor in self.factors:
            text = texts.get(field)
            if text:
                shown = self._shown(text, field)
                if shown:
                    strengths.append(factor)
                    evidence.append((factor * self.weight, SENTENCES[field]().format(found=shown)))
        if not strengths:
            return 0.0
        return self.weight * (max(strengths) + _FURTHER * (len(strengths) - 1))

    def _shown(self, text: str, field: str) -> str:
        for alternative in self.alternatives:
            if alternative.found(text):
                return alternative.shown
        if field == "name":  # KeHoachKhaoSat.pdf
            long = "".join(word for word in text.split() if len(word) > _SQUEEZED_MIN)
            for alternative in self.alternatives if long else ():
                if alternative.squeezed and alternative.squeezed in long:
                    return alternative.shown
        return ""


SENTENCES: Mapping[str, Callable[[], str]] = {
    "abstract": lambda: _("trích yếu có “{found}”"),
    "name": lambda: _("tên tệp có “{found}”"),
    "head": lambda: _("đầu văn bản có “{found}”"),
    "body": lambda: _("nội dung có “{found}”"),
    "folder": lambda: _("tên thư mục có “{found}”"),
    "issuer": lambda: _("cơ quan ban hành là “{found}”"),
}


def compile_phrase(phrase: Phrase, beside: Sequence[str] = ()) -> Compiled:
    """The phrase ready for matching."""
    alternatives = tuple(
        _alternative(wording.strip())
        for wording in phrase.words.split("|")
        if words(wording.replace("#", "0"))
    )
    if len(phrase.fields) == 1:
        factors: tuple[tuple[str, float], ...] = ((phrase.fields[0], 1.0),)
    else:
        factors = tuple((field, FACTORS[field]) for field in phrase.fields)
    return Compiled(alternatives, phrase.weight, factors, frozenset(beside))


def _alternative(wording: str) -> Alternative:
    pieces = [_folded(piece) for piece in wording.split("*")]
    pieces = [piece for piece in pieces if piece]
    shown = re.sub(r"\s*\*\s*", " … ", wording).replace("####", "…")
    regex = None
    if len(pieces) > 1:
        regex = re.compile(" " + _GAP.join(re.escape(piece) + " " for piece in pieces))
    squeezed = ""
    if len(pieces) == 1 and "#" not in pieces[0]:
        joined = pieces[0].replace(" ", "")
        squeezed = joined if len(joined) >= _SQUEEZED_MIN else ""
    return Alternative(shown, tuple(f" {piece} " for piece in pieces), regex, squeezed)


def _folded(piece: str) -> str:
    """Folded words of one piece, keeping the mark for a year."""
    return " ".join(
        "####" if word == "####" else words(word) for word in piece.split() if words(word) or "#" in word
    )
