"""Whether what people wrote repeats what a paper said that turned out to be secret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from dossier.vietnamese import fold, words

# Under these names stand paths, codes, days and hashes, which a sealed paper keeps; under any other, words.
_NO_WORDS = frozenset({
    "about", "asked_by", "dossier", "former", "kind", "made_at", "of", "on", "ordinal", "originals", "part",
    "path", "peer", "place", "places", "role", "rule", "session", "sha256", "table_sha256", "until",
})  # fmt: skip
_RARE = 7  # letters beyond which a word alone tells where it comes from
_CODE = re.compile(r"[A-Za-z]{2,4}-\d{1,2}|\d{1,2}[a-z]?|\d{4}-\d\d(?:-\d\d)?")


class Repeated:
    """``texts``: what the paper said."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._said = " ".join(f" {words(text)} " for text in texts)

    def in_text(self, text: str) -> bool:
        """Whether it repeats two words in a row, or a word like no other."""
        told = words(text).split()
        if _CODE.fullmatch(text.strip()):
            return False
        pairs = (f" {one} {other} " for one, other in pairwise(told))
        rare = (f" {word} " for word in told if len(word) > _RARE or any(char.isdigit() for char in word))
        return any(piece in self._said for piece in (*pairs, *rare)) or (
            len(told) < 2 and bool(told) and f" {fold(told[0])} " in self._said
        )

    def in_value(self, value: object) -> bool:
        """The same for values as JSON has them, wherever people's words may stand in them."""
        return any(self.in_text(text) for text in _texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NO_WORDS:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
