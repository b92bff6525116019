"""What a dossier is about, as the name of its folder tells: "Tổ tự quản thôn 3" is a model's name.

A paper that names it speaks of the model even if it never says "mô hình".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dossier.scanner.classify.kinds import Kinds
from dossier.scanner.classify.names import name_words
from dossier.vietnamese import fold, is_marked

_FEWEST = 3  # syllables; shorter names, such as "Camera", stand in papers about anything
_APART = re.compile(r"\s+[-–—_|]\s*|[,;()\[\]“”\"]|_")
_LEADING = re.compile(r"^(?:\d+ |nam \d{4} |stt )+")
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
            found = max(found, said, key=len)
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
