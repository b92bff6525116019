"""How right the tool is on archives whose truth is known.

    python benchmarks/classify.py [--seeds 101 102] [--dossiers 30] [--bank heldout] [--scans] [--errors 40]
    python benchmarks/classify.py --archive DIR --truth FILE

Every archive is written (or given), scanned with the command's own code, judged as of its own day, and
compared with the truth beside it: documents found, their heads, their places, and what is missing in each
dossier. The PDFs of each dossier are put into one file and split again. Then its files are placed twice
more: without a telling name and folder, and by name and folder alone.
``--confusion`` prints which parts are taken for which, ``--errors`` lists that many differences.

A name tells when it says at least two words of the abstract besides the model's name, or bears the part's
number. A document counts as certain when its confidence is 0.9 or more and nobody is asked to review it.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from dossier import checklists
from dossier.archive import open_archive
from dossier.demo import write_archive
from dossier.model import ComplianceReport, Content, Document, LogicalDocument, Placement, Status
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.readers import read_file
from dossier.scanner.readers.interface import Limits
from dossier.scanner.recognise import recognise
from dossier.usecases.assess import assess
from dossier.usecases.scan import scan
from dossier.vietnamese import fold, words

HEAD = ("type", "number_symbol", "date", "issuing_body", "abstract", "signer")
CERTAIN = 0.9
_MOST_SCANNED = 5  # pages of a dossier that is one scan: reading them takes its time
NAMELESS = "scan0007.pdf"
_STEPS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99, 1.01)
_CIRCUMSTANCES = re.compile(r"^\[circumstances\]\n.*?(?=^\[)", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"“[^”]*”")


@dataclass
class Tally:
    """Counts over all archives, and sentences about what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    sure: list[tuple[float, bool]] = field(default_factory=list)
    seconds: float = 0.0
    placed: int = 0

    def check(self, name: str, right: bool, error: str) -> None:
        """Count one comparison."""
        self.counts[f"{name} n"] += 1
        self.counts[name] += right
        if not right:
            self.errors.append(f"{name}: {error}")

    def share(self, name: str) -> str:
        """Right ones of all."""
        right, count = self.counts[name], self.counts[f"{name} n"]
        return f"{right:6} of {count:6} = {right / count:8.2%}" if count else "     –"


def compare(truth: dict[str, Any], report: ComplianceReport, tally: Tally) -> None:
    """Count what agrees between the truth of an archive and the report about it."""
    found: dict[str, list[Document]] = {}
    for document in report.documents:
        found.setdefault(document.path, []).append(document)
    unread = {file.path: file.detail for file in report.unread}
    for file in truth["files"]:
        path, scanned = file["path"], " (scan)" if file["scan"] else ""
        documents = found.pop(path, [])
        expected = file["documents"]
        tally.check("file read", path not in unread, f"{path}: {unread.get(path)}")
        tally.check("file split right", len(documents) == len(expected) or path in unread,
                    f"{path}{scanned}: {len(expected)} → {len(documents)}")  # fmt: skip
        if path not in unread and file["format"] == "pdf":
            spans = [tuple(document.pages) for document in documents]
            compare_pages(path + scanned, expected, spans, tally)
        if len(documents) != len(expected):
            continue
        for true, document in zip(expected, documents, strict=True):
            compare_document(f"{path}#{document.ordinal}{scanned}", true, document, tally)
    tally.check("nothing made up", not found, str(list(found)[:5]))
    compare_dossiers(truth, report, tally)


def compare_pages(
    path: str, expected: list[dict[str, Any]], found: list[tuple[int, int]], tally: Tally, kind: str = ""
) -> None:
    """Page ranges of the documents of a PDF, and where in it one document ends and the next begins."""
    wanted = [(first, last) for first, last in (true["pages"] for true in expected)]
    for span in wanted:
        tally.check(f"{kind}page range right", span in found, f"{path}: {span} → {found}")
    true, got = ({first for first, _last in spans[1:]} for spans in (wanted, found))
    for page in sorted(true | got):
        right = page in true and page in got
        tally.check(f"{kind}boundary within a PDF right", right, f"{path}: page {page}, {wanted} → {found}")


def whole_dossiers(truth: dict[str, Any], root: Path, tally: Tally, most_pages: int) -> None:
    """The PDFs of every dossier put into one file, those with text and those that are pictures apart."""
    raw = {_nfc(path.relative_to(root)): path for path in root.rglob("*.pdf")}
    groups: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for file in truth["files"]:
        if file["format"] == "pdf":
            groups.setdefault((file["dossier"], file["scan"]), []).append(file)
    for (dossier, scan_), files in groups.items():
        expected, data = _in_one(files, raw, most_pages if scan_ else 1000)
        if len(expected) < 2:
            continue
        with tempfile.NamedTemporaryFile(suffix=".pdf") as whole:
            whole.write(data)
            whole.flush()
            content = read_file(os.fsencode(whole.name), Limits()).result
        kind = f"dossier in one {'scan' if scan_ else 'PDF'}: "
        assert isinstance(content, Content), content
        compare_pages(dossier, expected, [each.pages for each in recognise(content)], tally, kind)


def _in_one(
    files: list[dict[str, Any]], raw: dict[str, Path], most_pages: int
) -> tuple[list[dict[str, Any]], bytes]:
    """Documents with their pages in the file that holds all of them, and its bytes."""
    from pypdf import PdfReader, PdfWriter

    writer, expected = PdfWriter(), []
    for file in files:
        before, reader = len(writer.pages), PdfReader(raw[file["path"]])
        if before + len(reader.pages) > most_pages:
            continue
        writer.append(reader)
        spans = [[page + before for page in true["pages"]] for true in file["documents"]]
        expected += [{"pages": span} for span in spans]
    data = io.BytesIO()
    writer.write(data)
    return expected, data.getvalue()


def compare_document(name: str, true: dict[str, Any], document: Document, tally: Tally) -> None:
    """Head and places of one document."""
    for key in HEAD:
        had = getattr(document.header, key)
        said = str(had or "")
        wanted = str(true[key] or "").removeprefix("V/v ")  # “V/v” is no part of the abstract
        plain = words if key in ("abstract", "issuing_body") else fold
        same = plain(said) == plain(wanted)
        tally.check(f"head: {key}", same, f"{name}: {wanted!r} → {said!r}")
    if rank := true.get("rank"):
        tally.check("rank stated", document.header.rank == rank, f"{name}: {rank} → {document.header.rank!r}")
    if cited := true.get("cites"):
        symbols = [reference.number_symbol for reference in document.header.references]
        tally.check("founding decision cited", cited in symbols, f"{name}: {cited} → {symbols}")
    wanted_places = [(p["part"], p["step"], p["period"]) for p in true["placements"]]
    places = [] if document.review else [(p.part, p.step, p.period) for p in document.placements]
    got = [(p.part, p.step, p.period, p.confidence) for p in document.placements]
    review = "review " if document.review else ""
    shown = f"{name}: {true['type']} “{true['abstract']}”: {wanted_places} → {review}{got}"
    items = {p["item"] for p in true["placements"]}
    right = items == {p.item for p in document.placements} and not document.review
    tally.check("right item", right, shown)
    right_parts = {p[0] for p in wanted_places} == {p[0] for p in places}
    tally.check("right parts", right_parts, shown)
    tally.check("right parts, steps and periods", sorted(wanted_places) == sorted(places), shown)
    guess = f"?{got[0][0] if got else ''}" if review else _label(p[0] for p in places)
    tally.confusion[_label(".".join(filter(None, p[:2])) for p in wanted_places), guess] += not right_parts
    tally.counts["review"] += document.review
    if document.review:
        return
    tally.check("placed or “none” without review: right", right, shown)
    confidence = min((p.confidence for p in document.placements), default=None)
    if confidence is not None:
        tally.sure.append((confidence, right))
        if confidence >= CERTAIN:
            tally.check("certain ones right", right, shown)


def _label(parts: Iterator[str]) -> str:
    return "+".join(sorted(set(parts))) or "none"


def compare_dossiers(truth: dict[str, Any], report: ComplianceReport, tally: Tally) -> None:
    """What is missing in each dossier."""
    known = {dossier.path: dossier for dossier in report.dossiers}
    for true in truth["dossiers"]:
        dossier = known[true["path"]]
        missing = sorted(part for item in dossier.items for part in item.missing)
        waiting = [p.part for item in dossier.items for p in item.parts if p.status is Status.NEEDS_REVIEW]
        facts = {key: str(fact.value) for key, fact in dossier.facts.items()}
        wanted = sorted(true["missing"])
        tally.check("dossier: missing parts right", missing == wanted,
                    f"{true['path']}: {wanted} → {missing}, review {waiting}; {facts}")  # fmt: skip
        parts = [part for item in dossier.items for part in item.parts]
        periods = {part.part: list(part.periods_missing) for part in parts if part.periods_missing}
        tally.check("dossier: missing periods right", periods == true["periods_missing"],
                    f"{true['path']}: {true['periods_missing']} → {periods}")  # fmt: skip
        tally.check("dossier: complete right", dossier.complete == true["complete"],
                    f"{true['path']}: {true['complete']} → {dossier.complete}, review {waiting}")  # fmt: skip


def place_again(truth: dict[str, Any], root: Path, tally: Tally) -> None:
    """The files once more: as if they had no telling name, and as if only their name could be read.

    Recognition and classification are timed, on one core; scanned files are left out.
    """
    kinds = {dossier["path"]: dossier["kind"] for dossier in truth["dossiers"]}
    by_kind = {kind: Classifier(checklist) for kind, checklist in checklists.load().items()}
    raw = {_nfc(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}
    for file in truth["files"]:
        classifier = by_kind[kinds[file["dossier"]]]
        inside = file["path"].removeprefix(file["dossier"] + "/").split("/")
        name_alone(file, classifier.by_name(inside[-1], tuple(inside[:-1])), inside[-1], tally)
        content = None if file["scan"] else read_file(os.fsencode(raw[file["path"]]), Limits()).result
        if not isinstance(content, Content):
            continue
        started = time.process_time()
        documents = recognise(content)
        found = [classifier.classify(each.header, each.text, NAMELESS, ()) for each in documents]
        tally.seconds += time.process_time() - started
        tally.placed += len(documents)
        if len(documents) == len(file["documents"]):
            for true, document, result in zip(file["documents"], documents, found, strict=True):
                nameless(file["path"], true, document, result, tally)


def _nfc(path: Path) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", path.as_posix())


def nameless(
    path: str, true: dict[str, Any], document: LogicalDocument, found: Classification, tally: Tally
) -> None:
    """One document placed without its name."""
    items = {p["item"] for p in true["placements"]}
    got = [(p.part, p.confidence) for p in found.placements]
    review = "review " if found.review else ""
    shown = f"{path}: {document.header.type} “{document.header.abstract}”: {sorted(items)} → {review}{got}"
    right = items == {p.item for p in found.placements} and not found.review
    tally.check("no telling name: right item", right, shown)


def name_alone(file: dict[str, Any], found: tuple[Placement, ...], name: str, tally: Tally) -> None:
    """One file placed by its name and folders alone: the first candidate against the truth."""
    documents = file["documents"]
    items = {p["item"] for true in documents for p in true["placements"]}
    if len(documents) != 1 or not items or not _tells(name, documents[0]):
        return
    first = found[0].item if found else None
    shown = f"{file['path']}: {sorted(items)} → {[(p.part, p.confidence) for p in found]}"
    tally.check("name alone, where it tells: right item", first in items, shown)


def _tells(name: str, true: dict[str, Any]) -> bool:
    said = set(words(name.rsplit(".", 1)[0]).split())
    numbers = {p["part"].zfill(3 if p["part"][-1].isalpha() else 2) for p in true["placements"]}
    about = set(words(_QUOTED.sub(" ", true["abstract"])).split()) - {"mo", "hinh", "ve", "viec", "cua", "v"}
    return bool(said & numbers) or len(said & {word for word in about if len(word) > 1}) >= 2


def print_table(tally: Tally, *, confusion: bool) -> None:
    """Everything that was counted."""
    for name in tally.counts:
        if not name.endswith(" n") and name != "review":
            print(f"{name:48} {tally.share(name)}")
    print(f"{'documents left for review':48} {tally.counts['review']:6}")
    print("\nreliability of what is placed without review: confidence, documents, right, mean confidence")
    for least, most in itertools.pairwise(_STEPS):
        here = [pair for pair in tally.sure if least <= pair[0] < most]
        if here:
            said, right = (sum(column) / len(here) for column in zip(*here, strict=True))
            print(f"  {least:.2f}–{min(most, 1):.2f} {len(here):7} {right:8.2%} {said:8.2%}")
    if tally.placed:
        rate = tally.placed / tally.seconds
        print(
            f"\nrecognition and classification on one core: {rate:.0f} documents/s ({tally.placed} documents)"
        )
    if confusion:
        print("\ntaken for something else (truth → found, documents); ? is left for review")
        for (true, got), count in tally.confusion.most_common():
            if count:
                print(f"  {true:>24} → {got:12} {count:5}")


def measure(folder: Path, truth: dict[str, Any], today: date, tally: Tally, *, alone: bool = False) -> None:
    """Scan, judge and compare one archive; ``alone``: documents are not weighed against their dossier."""
    with tempfile.TemporaryDirectory(prefix="dossier-state-") as state:
        if alone:
            _without_circumstances(folder / "checklists")
        archive = open_archive(folder, Path(state))
        scan(archive)
        compare(truth, assess(archive, today), tally)
    whole_dossiers(truth, folder, tally, _MOST_SCANNED)
    place_again(truth, folder, tally)


def _without_circumstances(own: Path) -> None:
    """The archive's own checklists: those that ship, but for what surrounds a document."""
    own.mkdir()
    for name in checklists.SHIPPED:
        text = resources.files(checklists).joinpath(name).read_text("utf-8")
        (own / name).write_text(_CIRCUMSTANCES.sub("", text), "utf-8")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--archive", type=Path, help="an archive to measure instead of samples")
    parser.add_argument("--truth", type=Path, help="its truth, as the sample archive's")
    parser.add_argument("--seeds", type=int, nargs="+", default=[101])
    parser.add_argument("--dossiers", type=int, default=30)
    parser.add_argument("--bank", default="default")
    parser.add_argument("--scans", action="store_true", help="with scanned files (OCR takes its time)")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--only", default="", help="errors of this kind only")
    parser.add_argument("--alone", action="store_true", help="do not weigh documents against their dossier")
    parser.add_argument("--confusion", action="store_true", help="which parts are taken for which")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 24))
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = _parse()
    tally = Tally()
    if options.archive:
        truth = json.loads(options.truth.read_text("utf-8"))
        measure(options.archive, truth, options.today, tally, alone=options.alone)
    for seed in [] if options.archive else options.seeds:
        with tempfile.TemporaryDirectory(prefix="dossier-classify-") as work:
            started = time.perf_counter()
            folder = Path(work) / "kho"
            truth_file = write_archive(
                folder, dossiers=options.dossiers, seed=seed, today=options.today, scans=options.scans,
                bank=options.bank,
            )  # fmt: skip
            truth = json.loads(truth_file.read_text("utf-8"))
            measure(folder, truth, options.today, tally, alone=options.alone)
            print(f"seed {seed}, bank {options.bank}: {len(truth['files'])} files, "
                  f"{time.perf_counter() - started:.0f} s")  # fmt: skip
    print_table(tally, confusion=options.confusion)
    for error in [e for e in tally.errors if e.startswith(options.only)][: options.errors]:
        print("  ", error)


if __name__ == "__main__":
    main()
