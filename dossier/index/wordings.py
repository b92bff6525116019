"""Other ways in which documents write the words of a query: abbreviations and codes of types written in full,
``i`` for ``y``.

They are added to the query, not to the index, so that a new abbreviation needs no new index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.index.tree import Either, Node, Words, changed
from dossier.vietnamese import fold, marked_words, words

_EITHER_LETTER = re.compile("(?:[hklmst]|qu)i|(?:[hklmst]|qu)y")  # “kĩ thuật” and “kỹ thuật”, “qui” and “quy”
_I, _Y = "iíìỉĩị", "yýỳỷỹỵ"
_OTHER_LETTER = str.maketrans(_I + _Y, _Y + _I)


def widened(tree: Node) -> Node:
    """The tree in which every word, outside numbers and prefixes, is also found as written otherwise."""
    return changed(tree, _ways)


def _ways(leaf: Words) -> Node:
    if leaf.prefix or leaf.field == "number":
        return leaf
    others = tuple(_others(leaf))
    return Either((leaf, *others)) if others else leaf


def _others(leaf: Words) -> Iterator[Words]:
    full = _in_full(current()).get(leaf.folded[0], "") if len(leaf.folded) == 1 else ""
    if full:
        yield Words(tuple(words(full).split()), tuple(marked_words(full).split()), leaf.field)
    folded = tuple(map(_with_other_letter, leaf.folded))
    if folded != leaf.folded:
        yield Words(folded, (), leaf.field)  # without exact spelling: what was typed ranks higher


def _with_other_letter(word: str) -> str:
    """``kĩ`` for ``kỹ`` and the reverse; words that are written in one way only are left unchanged."""
    return word[:-1] + word[-1:].translate(_OTHER_LETTER) if _EITHER_LETTER.fullmatch(fold(word)) else word


@lru_cache(maxsize=8)
def _in_full(vocabulary: Vocabulary) -> dict[str, str]:
    """What abbreviations (folded) stand for; the first entry of an abbreviation counts."""
    pairs = [entry.split("|") for entry in reversed(vocabulary.written.spelt_out)]
    types = {words(code): vocabulary.names[name] for code, name in vocabulary.codes.items()}
    return types | {words(short): full.strip() for short, full in pairs}
