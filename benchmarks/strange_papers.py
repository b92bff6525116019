"""How well papers are read that come in other ways than the sample archive's: right, WRONG, doubtful, blank.

    python benchmarks/strange_papers.py [--papers 4] [--only curled fax …] [--wrong] [--keep DIR]

Curled, shaded, faded and faxed pages, carbon copies, two pages on one photograph, stamps over the number;
heads in text boxes, frames and behind tabs; fonts from before Unicode; text that other programs laid over a
scan; days stamped on as 25/11/2026. Papers of Party cells, the Front, the Youth Union, companies, schools,
religious bodies, and from before 2005 stand in ``strange/papers.toml``. ``--papers``: how many in each way.
The ways ``h-…``, ``c-…``, ``g-…`` and ``k-…`` are filled in by other hands and need fonts of handwriting
(``strange/handwriting.py``, ``strange/clerks.py``), and so do the ways ``v-…`` (``strange/registry.py``); the
ways ``p-…`` need digits that people wrote (``strange/people.py``).
"""

from __future__ import annotations

import argparse
import io
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from heads import compare, scanned
from PIL import Image
from strange import (
    appearances,
    browser,
    cabinet,
    clerks_pens,
    desk,
    e_office,
    glass,
    hands,
    office,
    pdfs,
    people,
    pictures,
    programs,
    registry_ways,
    saved,
    scanners,
    seals,
    unseen,
    word,
    word_heads,
    worded,
    wrapped,
)  # fmt: skip
from strange.papers import Paper, bank

from dossier.legacy import Encoding
from dossier.scanner._exec import libreoffice

Maker = Callable[[Paper, random.Random], bytes]
PairMaker = Callable[[tuple[Paper, Paper], random.Random], bytes]

_TO_DOC = libreoffice.Conversion("docx", "doc", "MS Word 97", "writer", "libswlo.so")


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()


def _makers() -> dict[str, tuple[str, Maker]]:
    """The ways by name: the suffix of the file and what makes it."""
    ways: dict[str, tuple[str, Maker]] = {}
    for name, take in (pictures.WAYS | seals.WAYS | scanners.WAYS | desk.WAYS).items():
        ways[name] = ("jpg", lambda paper, rng, take=take: _jpeg(take(paper, rng)))
    for head in word.HEADS:
        ways[f"docx-{head}"] = ("docx", lambda paper, _rng, head=head: word.docx(paper, head))
    program = libreoffice.converter(_TO_DOC)
    if program is not None:
        for head in ("rows", "boxes", "frames"):
            ways[f"doc-{head}"] = (
                "doc",
                lambda paper, _rng, head=head: libreoffice.converted(
                    program, word.docx(paper, head), _TO_DOC, 120
                ),
            )
    ways["rtf"] = ("rtf", lambda paper, _rng: word.rtf(paper))
    ways["xlsx"] = ("xlsx", lambda paper, _rng: word.xlsx(paper))
    for name, encoding, font in (
        ("tcvn3", Encoding.TCVN3, ".VnTime"), ("vni", Encoding.VNI, "VNI-Times"),
        ("tcvn3-unnamed", Encoding.TCVN3, "ABCDEE+F1"), ("vni-unnamed", Encoding.VNI, "ABCDEE+F1"),
    ):  # fmt: skip
        ways[name] = ("pdf", lambda paper, _rng, e=encoding, f=font: pdfs.legacy(paper, e, f))
    for layer in ("slips", "bare", "false"):
        ways[f"layer-{layer}"] = (
            "pdf",
            lambda paper, rng, layer=layer: pdfs.layered(
                pictures.page(paper, rng, hand="pen"), paper, layer, rng
            ),
        )
    for name, day in (
        ("stamp-day", "day"),
        ("stamp-strokes", "/"),
        ("stamp-dots", "."),
        ("stamp-spoken", "spoken"),
    ):
        ways[name] = ("pdf", lambda paper, _rng, day=day: pdfs.stamped(paper, day))
    for typed in ("spaced", "wrapped", "apart", "label", "short-day"):
        ways[f"number-{typed}"] = ("pdf", lambda paper, _rng, typed=typed: pdfs.number_as(paper, typed))
    for name, words in browser.WORDINGS.items():
        ways[f"web-{name}"] = ("pdf", lambda paper, _rng, words=words: browser.printed(words(paper)))
    for name, program_of in (programs.TEXTS | appearances.WAYS | unseen.WAYS | wrapped.TEXTS).items():
        ways[name] = ("pdf", lambda paper, _rng, made=program_of: made(paper))
    for name, scanner in (programs.SCANS | scanners.PDFS | wrapped.SCANS).items():
        ways[name] = ("pdf", scanner)
    ways |= scanners.FILES | wrapped.FILES
    for name, (suffix, convert) in (office.WAYS | saved.WAYS).items():
        ways[name] = (suffix, lambda paper, _rng, made=convert: made(paper))
    for name, composed in word_heads.WAYS.items():
        ways[f"word-{name}"] = ("docx", lambda paper, _rng, made=composed: made(paper))
    return ways


def _pair_makers() -> dict[str, tuple[str, PairMaker]]:
    """The ways two papers share a file."""
    ways: dict[str, tuple[str, PairMaker]] = {
        "spread": ("jpg", lambda pair, rng: _jpeg(pictures.spread(pair, rng)))
    }
    for name, shot in desk.PAIRS.items():
        ways[name] = ("jpg", lambda pair, rng, shot=shot: _jpeg(shot(pair, rng)))
    for name, make in unseen.PAIRS.items():
        ways[name] = ("pdf", lambda pair, _rng, made=make: made(pair))
    return ways | {name: ("pdf", make) for name, make in programs.PAIRS.items()}


def write(folder: Path, count: int, only: set[str]) -> list[dict[str, Any]]:
    """The papers in a folder; what is true of each file, as :func:`heads.compare` wants it."""
    papers, files = bank(), list[dict[str, Any]]()
    for place, (way, (suffix, make)) in enumerate(_makers().items()):
        if only and way not in only:
            continue
        for turn in range(count):
            paper = papers[(place * count + turn) % len(papers)]
            name = f"{way}/{turn + 1}.{suffix}"
            (folder / way).mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(make(paper, random.Random(f"{way}{turn}")))
            files.append(
                {"path": name, "format": suffix, "scan": False, "printed": way, "documents": [paper.truth]}
            )
    for way, (suffix, make_pair) in _pair_makers().items():
        if only and way not in only:
            continue
        for turn in range(count):
            pair = papers[2 * turn % len(papers)], papers[(2 * turn + 1) % len(papers)]
            name = f"{way}/{turn + 1}.{suffix}"
            (folder / way).mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(make_pair(pair, random.Random(turn)))
            truths = [{**paper.truth, "ordinal": at} for at, paper in enumerate(pair, 1)]
            files.append({"path": name, "format": suffix, "scan": False, "printed": way, "documents": truths})
    for way, name, data, truth in worded.papers():
        if not only or f"head-{name}" in only or way in only:
            path = f"{way}/{name}.pdf"
            (folder / way).mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
            files.append({"path": path, "format": "pdf", "scan": False, "printed": way, "documents": [truth]})
    for way, name, data, truths in (
        *hands.papers(count, only), *glass.papers(count, only),
        *clerks_pens.papers(count, only), *e_office.papers(count, only), *cabinet.papers(count, only),
        *registry_ways.papers(count, only), *people.papers(count, only),
    ):  # fmt: skip
        (folder / way).mkdir(parents=True, exist_ok=True)
        (folder / way / name).write_bytes(data)
        suffix = name.rpartition(".")[2]
        files.append(
            {"path": f"{way}/{name}", "format": suffix, "scan": False, "printed": way, "documents": truths}
        )
    return files


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--papers", type=int, default=4)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    parser.add_argument("--keep", type=Path, help="keep the papers here")
    options = parser.parse_args()
    work = options.keep or Path(tempfile.mkdtemp(prefix="dossier-strange-"))
    files = write(work / "kho", options.papers, set(options.only))
    compare(files, scanned(work / "kho"), wrong=options.wrong)
    if not options.keep:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
