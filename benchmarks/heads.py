"""How well the fields of heads are read, by how the papers were printed: right, wrong, blank.

    python benchmarks/heads.py [--dossiers 12] [--seed 41] [--no-scans] [--libreoffice 60]

A sample archive is printed as papers come from offices (letters of a second font, head last in the file,
numbers and days by hand or stamped, narrow and wide heads), scanned, and every document of a file compared
with the truth. A value that is shown as certain and is not what the paper says is *WRONG*; one that the
program marks for review is *doubtful*. ``--libreoffice``: so many of the archive's Word files are turned into
PDF by LibreOffice, with what fonts there are, and measured too.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dossier.demo import write_archive
from dossier.scanner._exec import libreoffice
from dossier.scanner.recognise.word_pairs import tone_last
from dossier.vietnamese import nfc

TODAY = "2026-11-24"
FIELDS = ("number_symbol", "date", "type", "abstract", "issuing_body", "superior_body", "signer")
_CONVERSION = libreoffice.Conversion("docx", "pdf", "MS Word 2007 XML", "writer", "libswlo.so")
_UNSURE = 0.75  # below it a value is shown with a doubt

Json = dict[str, Any]


def same(field: str, said: str, true: str) -> bool:
    """Whether two values say the same: without blanks, case and the shape of quotes and dashes. Diacritics
    count, wherever the tone of a syllable stands (hoà, hòa)."""
    if field in ("number_symbol", "date", "type"):
        return "".join(said.split()).casefold() == "".join(true.split()).casefold()
    shapes = str.maketrans({"“": '"', "”": '"', "–": "-", "‘": "'", "’": "'"})
    first, second = (
        " ".join(map(tone_last, value.translate(shapes).casefold().strip(" .:").split()))
        for value in (said, true)
    )
    return first.removeprefix("v/v ") == second.removeprefix("v/v ")


def judged(found: Json, true: Json) -> Iterator[tuple[str, str]]:
    """Field and verdict of one document."""
    for field in FIELDS:
        if field not in true:
            continue
        value, wanted = found.get(field) or "", true[field] or ""
        if not value and not wanted:
            continue
        if not value or (field == "number_symbol" and value.startswith(("/", "-")) and wanted):
            yield field, "blank"
        elif same(field, value, wanted):
            yield field, "right"
        elif field == "date" and wanted.startswith(value):
            yield field, "blank"
        else:
            sure = float((found.get("fields") or {}).get(field, {}).get("confidence", 1.0))
            yield field, "doubtful" if sure < _UNSURE or found.get("needs_review") else "WRONG"


def scanned(folder: Path) -> dict[str, list[Json]]:
    """What the program read, by file."""
    result = folder.parent / f"{folder.name}.result.json"
    command = [sys.executable, "-m", "dossier", "scan", str(folder), "--today", TODAY, "--json", str(result)]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    documents: dict[str, list[Json]] = defaultdict(list)
    for document in json.loads(result.read_text("utf-8"))["documents"]:
        documents[document["path"]].append(document)
    return documents


def compare(files: list[Json], documents: dict[str, list[Json]], *, wrong: bool = False) -> None:
    """Print a table: a row for each way of printing, the verdicts of each field in it.

    ``wrong``: each wrong value before it.
    """
    table: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for file in files:
        way = f"{'scan' if file['scan'] else file['format']} {file['printed']}"
        found = documents.get(file["path"], [])
        if len(found) != len(file["documents"]):
            table[way]["documents"]["WRONG"] += 1
            continue
        for one, true in zip(found, file["documents"], strict=True):
            for field, verdict in judged(one, true):
                table[way][field][verdict] += 1
                if wrong and verdict == "WRONG":
                    print(f"{file['path']}#{true['ordinal']} {field}: {one[field]!r} for {true[field]!r}")
    print(
        f"{'right/WRONG/doubtful/blank':26}" + "".join(f"{field:>18}" for field in FIELDS) + "  cut wrongly"
    )
    for way, fields in sorted(table.items()):
        cells = ("/".join(str(fields[f][v]) for v in ("right", "WRONG", "doubtful", "blank")) for f in FIELDS)
        print(f"{way:26}" + "".join(f"{cell:>18}" for cell in cells) + f"{fields['documents']['WRONG']:>8}")


def by_libreoffice(folder: Path, truth: Json, most: int, into: Path) -> list[Json]:
    """PDF files that LibreOffice makes of Word files of the archive; the truth about them."""
    program = libreoffice.converter(_CONVERSION)
    if program is None:
        print(f"LibreOffice is not installed ({libreoffice.install_command(_CONVERSION)})")
        return []
    files = []
    real = {nfc(str(path.relative_to(folder))): path for path in folder.rglob("*.docx")}
    for number, file in enumerate([file for file in truth["files"] if file["format"] == "docx"][:most]):
        data = libreoffice.converted(program, real[file["path"]].read_bytes(), _CONVERSION, 120)
        name = f"mo-hinh/A/{number:03d}.pdf"
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_bytes(data)
        files.append({**file, "path": name, "format": "pdf", "printed": "LibreOffice"})
    return files


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=12)
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--bank", default="heldout")
    parser.add_argument("--no-scans", action="store_true")
    parser.add_argument("--libreoffice", type=int, default=0)
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    parser.add_argument("--keep", type=Path, help="keep the archive here")
    options = parser.parse_args()
    work = options.keep or Path(tempfile.mkdtemp(prefix="dossier-heads-"))
    truth_path = write_archive(
        work / "kho", dossiers=options.dossiers, seed=options.seed, today=date.fromisoformat(TODAY),
        scans=not options.no_scans, bank=options.bank,
    )  # fmt: skip
    truth = json.loads(truth_path.read_text("utf-8"))
    compare(truth["files"], scanned(work / "kho"), wrong=options.wrong)
    if options.libreoffice:
        files = by_libreoffice(work / "kho", truth, options.libreoffice, work / "office")
        if files:
            compare(files, scanned(work / "office"), wrong=options.wrong)
    if not options.keep:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
