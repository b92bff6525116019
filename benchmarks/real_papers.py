"""How right papers are read that nobody here wrote: right, WRONG and blank by kind and field.

    python benchmarks/real_papers.py FOLDER TRUTH.json [--kind scan docx] [--saved-as html] [--turned 90]
                                    [--through 'gs -q -sDEVICE=pdfwrite -o {to} {from}'] [--becomes docx]
                                    [--errors 40]

FOLDER holds the papers, TRUTH.json what stands on them: ``{"files": [{"path", "kind", "documents":
[{"number", "symbol", "date", "type", "abstract", "issuing_body", "superior_body", "signer", "draft",
"…_also": [other readings], "unscored": [fields]}]}]}``. The command itself scans them in a fresh archive.
``--saved-as``: Word files are first saved by LibreOffice as pdf (with the fonts this machine has in place
of theirs), odt, doc, rtf, html or txt, and only they are read. ``--turned``: pages of PDF files, also of
those just made, are turned by so many degrees; forms are left out. ``--through``: each file, as it is or as
it was just saved, is rewritten by a command, which names its file and the one it shall make, and only that
is read (``--becomes``: the ending of its name, if another); files that it does not make are named and left
out. *Undoubted* counts the wrong values of papers that were not put up for review, with a confidence of 0.8
and more: the ones that nobody would look at. Last, how many papers were placed for certain although none of
them belongs to a dossier (``--placed-allowed`` where some do).
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter

from dossier.vietnamese import fold, nfc

FIELDS = ("number", "date", "type", "abstract", "issuing_body", "superior_body", "signer", "draft")
WORD = ("doc", "docx", "rtf")
SURE = 0.8
_FILTERS = {"txt": "txt:Text (encoded):UTF8"}  # of LibreOffice
_NAMES = {"number": "number_symbol"}
_LEAD = re.compile(r"\W*(?:v\s?/\s?v|về việc)\b\W*", re.IGNORECASE)
_MARK = re.compile(r"[^\w\s/]+")

Paper = Mapping[str, Any]


def alike(field: str, value: object) -> str:
    """A value without what does not matter: blanks, case, marks between words, where a tone mark stands."""
    text = nfc(str(value or ""))
    if field == "number":
        return re.sub(r"\s", "", text).replace("–", "-").casefold()
    if field in ("date", "type"):
        return text
    if field == "abstract":
        text = _LEAD.sub("", text, count=1)
    return " ".join(_spelt(word) for word in _MARK.sub(" ", text.casefold()).split())


def _spelt(word: str) -> str:
    """The letters and, apart from them, the marks: ``thuỷ`` and ``thủy`` are one word."""
    pieces = unicodedata.normalize("NFD", word)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    return "".join(c for c in pieces if c not in tones) + "".join(c for c in pieces if c in tones)


def judged(field: str, truth: Paper, got: Paper) -> str:
    """``right``, ``wrong`` or ``blank``."""
    value = got.get(_NAMES.get(field, field))
    if field == "draft":
        return "right" if bool(value) == bool(truth.get(field)) else "wrong"
    if field == "number" and not re.match(r"\s*\d", str(value or "")):
        value = None  # the symbol alone states no number
    wanted = [each for each in (truth.get(field), *truth.get(f"{field}_also", ())) if each]
    if field == "date" and value and any(each.startswith(f"{value}-") for each in wanted):
        value = None  # month and year alone: no day is stated
    if not value:
        return "blank" if wanted else "right"
    return "right" if alike(field, value) in {alike(field, each) for each in wanted} else "wrong"


def undoubted(field: str, got: Paper) -> bool:
    """Whether nobody would be asked to look at the value."""
    read = (got.get("fields") or {}).get(_NAMES.get(field, field))
    return not got.get("needs_review") and (read is None or read["confidence"] >= SURE)


def paired(truths: Sequence[Paper], given: Sequence[Paper]) -> Iterator[tuple[Paper, Paper]]:
    """Each labelled paper with the document read that agrees with it most, each document once."""
    free = list(given)
    for truth in truths:
        best = max(free, key=lambda one: _agreement(truth, one), default=None)
        if best is not None:
            free.remove(best)
        yield truth, best or {}


def _agreement(truth: Paper, got: Paper) -> int:
    return sum(bool(truth.get(field)) and judged(field, truth, got) == "right" for field in FIELDS)


def laid_out(files: Sequence[Paper], source: Path, archive: Path, *, saved_as: str) -> dict[str, Paper]:
    """The papers in a dossier of a fresh archive; what is labelled, by the path there."""
    known: dict[str, Paper] = {}
    words = archive.parent / "word"
    words.mkdir()
    home = archive / "Mô hình" / "Thử"
    home.mkdir(parents=True)
    for number, file in enumerate(files, start=1):
        path = source / file["path"]
        if not path.exists():  # a folder of the papers alone
            path = source / Path(file["path"]).relative_to("files")
        if saved_as and path.suffix.lstrip(".").lower() in WORD:
            shutil.copy(path, words / f"{number:04}{path.suffix}")
            known[f"Mô hình/Thử/{number:04}.{saved_as}"] = {**file, "kind": f"{file['kind']} as {saved_as}"}
        elif not saved_as:
            place = home / f"{number:04}"
            place.mkdir()
            shutil.copy(path, place)
            known[nfc(f"Mô hình/Thử/{number:04}/{path.name}")] = file
    if any(words.iterdir()):
        profile = f"-env:UserInstallation={(archive.parent / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", _FILTERS.get(saved_as, saved_as)]
        command += ["--outdir", str(home)]
        subprocess.run([*command, *map(str, sorted(words.iterdir()))], check=True, capture_output=True)
    return known


def turn(known: dict[str, Paper], archive: Path, degrees: int) -> None:
    """Turn the pages of the PDF files of a fresh archive; other files and forms are no longer compared."""
    for path in list(known):
        file = archive / path
        if file.suffix.lower() != ".pdf" or not file.exists() or "/AcroForm" in PdfReader(file).root_object:
            del known[path]
            continue
        pages = PdfWriter(clone_from=file)
        for page in pages.pages:
            page.rotate(degrees)
        pages.write(file)


def put_through(known: Mapping[str, Paper], archive: Path, command: str, becomes: str) -> dict[str, Paper]:
    """Rewrite the files of a fresh archive by a command; what is labelled, by the new paths."""
    made: dict[str, Paper] = {}
    for path, labelled in known.items():
        file = archive / path
        new = archive.parent / f"new{f'.{becomes}' if becomes else file.suffix}"
        words = [word.replace("{from}", str(file)).replace("{to}", str(new)) for word in shlex.split(command)]
        ended = subprocess.run(words, check=False, capture_output=True).returncode if file.exists() else 1
        file.unlink(missing_ok=True)
        if ended == 0 and new.exists():
            at = file.with_suffix(new.suffix)
            shutil.move(new, at)
            made[at.relative_to(archive).as_posix()] = labelled
        else:
            new.unlink(missing_ok=True)
            print(f"not made of {path}")
    return made


def main() -> None:
    """See the module."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("truth", type=Path)
    ask.add_argument("--kind", nargs="*", default=[])
    ask.add_argument("--saved-as", choices=("pdf", "odt", "doc", "rtf", "html", "txt"), default="")
    ask.add_argument("--turned", type=int, choices=(90, 180, 270), default=0)
    ask.add_argument("--through", default="")
    ask.add_argument("--becomes", default="")
    ask.add_argument("--errors", type=int, default=0)
    ask.add_argument("--placed-allowed", action="store_true")
    args = ask.parse_args()
    labelled = json.loads(args.truth.read_text("utf-8"))["files"]
    labelled = [file for file in labelled if not args.kind or file["kind"] in args.kind]
    with tempfile.TemporaryDirectory() as work:
        archive, out = Path(work) / "archive", Path(work) / "result.json"
        known = laid_out(labelled, args.folder, archive, saved_as=args.saved_as)
        if args.turned:
            turn(known, archive, args.turned)
        if args.through:
            known = put_through(known, archive, args.through, args.becomes)
        command = [sys.executable, "-m", "dossier", "scan", str(archive), "--json", str(out)]
        started = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        seconds = time.perf_counter() - started
        result = json.loads(out.read_text("utf-8"))
    given: dict[str, list[Paper]] = defaultdict(list)
    for document in result["documents"]:
        if not document["inner"]:
            given[document["path"]].append(document)
    report(known, given, args.errors)
    certain = [d for d in result["documents"] if d["placements"] and not d["needs_review"]]
    if not args.placed_allowed:
        print(f"placed for certain although they belong nowhere: {len(certain)} of {len(known)} papers")
        print(*(f"  {d['path']} -> {d['placements'][0]['part']}" for d in certain[: args.errors]), sep="\n")
    print(f"{len(known)} files in {seconds:.0f} s")


def report(known: Mapping[str, Paper], given: Mapping[str, Sequence[Paper]], most: int) -> None:
    """Print the tables."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    stated: dict[str, int] = Counter()
    errors: list[str] = []
    for path, file in known.items():
        for truth, got in paired(file["documents"], given.get(path, ())):
            for field in FIELDS:
                if field in truth.get("unscored", ()):
                    continue
                verdict = judged(field, truth, got)
                for kind in (file["kind"], "all"):
                    counts[kind][field][verdict] += 1
                if verdict == "wrong" and undoubted(field, got):
                    stated[field] += 1
                if verdict != "right":
                    said = got.get(_NAMES.get(field, field))
                    errors.append(
                        f"  {verdict:5} {field:13} {fold(path)[-40:]}: {said!r} for {truth.get(field)!r}"
                    )
    print(f"{'right / WRONG / blank':24}" + "".join(f"{field:>16}" for field in FIELDS))
    for kind, fields in counts.items():
        cells = (
            f"{fields[field]['right']} / {fields[field]['wrong']} / {fields[field]['blank']}"
            for field in FIELDS
        )
        print(f"{kind:24}" + "".join(f"{cell:>16}" for cell in cells))
    print(f"{'wrong and undoubted':24}" + "".join(f"{stated[field]:>16}" for field in FIELDS))
    print(*errors[:most], sep="\n")


if __name__ == "__main__":
    main()
