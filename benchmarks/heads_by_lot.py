"""How well heads and feet of papers are read that are put together by lot: right, WRONG, in doubt, blank.

    python benchmarks/heads_by_lot.py plain|word|pdf|scan [COUNT] [--bank open heldout common fresh]
        [--first SEED] [--field FIELD --errors 20]

A paper has a body, its title and capacities, a way of writing its number and its date, a name, a subject
and a foot, each drawn from benchmarks/head_bank/*.toml; what was drawn is the truth. Its columns stand side
by side (tabs, blanks or a table) or one after the other. *WRONG* is a value of a confidence of 0.8 and more
that is not what was drawn: one that nobody would look at. ``common`` and ``fresh`` have bodies only, all
else is of another file.
``pdf``: LibreOffice prints the Word files; ``scan``: poppler draws these as pages, turned and with specks,
and they are read by Tesseract.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lot_pages import drawn, plain, printed, word
from lot_papers import LEVEL, Paper, bank_of, draw

from dossier.model import LogicalDocument
from dossier.scanner.readers import read_bytes
from dossier.scanner.readers.interface import Limits
from dossier.scanner.recognise import evidence, recognise
from dossier.scanner.recognise.misread import respelled, with_symbol
from dossier.vietnamese import fold, nfc

SURE = 0.8
FIELDS = {
    "number": "number_symbol", "date": "dated", "type": "type", "issuer": "issuing_body",
    "superior": "superior_body", "abstract": "abstract", "signer": "signer", "capacity": "signer_capacity",
    "title": "signer_title", "place": "place",
}  # fmt: skip
_CONFIDENCE = {"date": "date"}
_NAMES = {"plain": "van ban.txt", "word": "van ban.docx", "pdf": "van ban.pdf", "scan": "van ban.png"}


@dataclass(frozen=True, slots=True)
class Read:
    """One value of a paper: what was read, what is true, and ``right``, ``WRONG``, ``doubt`` or ``blank``."""

    field: str
    said: str
    true: str
    verdict: str


def _bare(text: str) -> str:
    """Letters, digits and blanks, without tones."""
    return re.sub(r"[\W_]+", " ", fold(nfc(text)).casefold()).strip()


def _same(field: str, said: str, paper: Paper) -> bool:
    """Whether a value says what was drawn. A title may be shorter than the drawn one."""
    true = paper.truth[field]
    match field:
        case "number":
            return re.sub(r"[\W_]+", "", said.casefold()) == re.sub(r"[\W_]+", "", true.casefold())
        case "abstract":
            lead = re.compile(r"^(?:v v|ve viec|ve) ")
            return lead.sub("", _bare(said)) == lead.sub("", _bare(true))
        case "signer":
            return _bare(said) in {_bare(name) for name in paper.signers}
        case "title":
            return set(_bare(said).split()) <= set(_bare(true).split())
        case "place":
            return _bare(LEVEL.sub("", said)) == _bare(LEVEL.sub("", true))
        case "capacity":
            return said.replace("/", "").rstrip(".") in true.replace(".", "").split()
        case "date" | "type":
            return said == true
    return _bare(said).replace(" ", "") == _bare(true).replace(" ", "")


def read(paper: Paper, documents: Sequence[LogicalDocument]) -> Iterator[Read]:
    """Yield the values of a paper beside what was drawn. Of several signers each is right."""
    header = documents[0].header
    for field, name in FIELDS.items():
        said, true = getattr(header, name), paper.truth[field]
        if field == "number" and not re.match(r"\W*\d", said):
            said = ""  # no digits were read: the clerk sees the place as empty
        if field == "type" and not paper.kind and not paper.letter_marks:
            continue
        if not said:
            empty = not true or (field == "number" and not true[:1].isdigit())
            yield Read(field, said, true, "right" if empty or field == "place" else "blank")
        elif field == "date" and said != true and true.startswith(said):
            yield Read(field, said, true, "blank")  # the head of minutes left the day open, their text has it
        elif _same(field, said, paper):
            yield Read(field, said, true, "right")
        else:
            shown = header.fields.get(_CONFIDENCE.get(field, name))
            yield Read(field, said, true, "doubt" if shown and shown.confidence < SURE else "WRONG")


def recognised(data: bytes, name: str) -> list[LogicalDocument]:
    """The documents of a file as the scanner reads them, without its archive."""
    content = read_bytes(data, Limits(ocr=name.endswith("png")))
    return [
        with_symbol(found) for found in evidence.weighed(map(respelled, recognise(content)), content, name)
    ]


def files_of(way: str, papers: Mapping[int, Paper]) -> Iterator[tuple[int, bytes]]:
    """The file of each paper, by seed, in one of the four ways."""
    made = {
        seed: (plain if way == "plain" else word)(paper, random.Random(seed * 7 + 1))
        for seed, paper in papers.items()
    }
    if way in ("plain", "word"):
        yield from made.items()
        return
    with tempfile.TemporaryDirectory(prefix="dossier-heads-") as work:
        for seed, data in printed(made, Path(work)):
            yield seed, data if way == "pdf" else drawn(data, random.Random(seed), Path(work))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=tuple(_NAMES))
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--bank", nargs="+", default=["open", "heldout", "common", "fresh"])
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--field", choices=tuple(FIELDS))
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    for bank in options.bank:
        lists = bank_of(bank)
        papers = {seed: draw(lists, seed) for seed in range(options.first, options.first + options.count)}
        verdicts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
        told = 0
        for seed, data in files_of(options.way, papers):
            for value in read(papers[seed], recognised(data, _NAMES[options.way])):
                verdicts[value.field][value.verdict] += 1
                if value.verdict == "WRONG" and value.field == (options.field or value.field):
                    told += 1
                    if told <= options.errors:
                        print(f"{bank} {seed} {value.field}: {value.said!r} for {value.true!r}")
        print(f"{options.way}, {bank}: {options.count} papers")
        for field, found in verdicts.items():
            share = found["right"] / (found.total() or 1)
            rest = "  ".join(f"{verdict} {found[verdict]:5}" for verdict in ("WRONG", "doubt", "blank"))
            print(f"  {field:9} right {share:6.1%}  {rest}")


if __name__ == "__main__":
    main()
