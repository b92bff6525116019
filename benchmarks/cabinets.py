"""Whole cabinets, end to end: what an archivist gets who puts the program on the office's disk and says yes.

    python benchmarks/cabinets.py [--set first|second|third] [--cabinet commune …] [--errors] [--keep DIR]

benchmarks/cabinet_bank/*.toml are cabinets as offices keep them: by year and type, by model, by step, all
flat, with papers of other work, copies, drafts, lists in Excel and papers in another model's folder. Each is
written to Word files, then only the command line is used: ``init --yes``, ``scan``, ``adopt --all``,
``nightly``, all with ``--json``. What was proposed is compared with the dossiers there are, each paper's
dossier and item with its own, what is said to be missing with what there is none of. Half of the cabinets, by
lot, are kept back: only totals.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document as Word
from openpyxl import Workbook
from real_wording import write_word

from dossier.vietnamese import words

BANK = Path(__file__).parent / "cabinet_bank"
SETS = {
    "first": ("border", "commune", "district", "province", "school", "ward"),
    "second": ("harbour", "highland", "hospital", "parish", "park", "quarter", "union"),
    "third": ("delta", "front", "gateway", "rubber"),
}
KEPT_BACK = (  # three of each set, two of the third, drawn by lot before its first run
    "commune", "district", "province", "highland", "hospital", "quarter", "front", "gateway",
)  # fmt: skip
CERTAIN = 0.9
ONCE = {  # what every dossier must hold once, whatever its age
    "mo-hinh": frozenset(["1", "2", "3", "4", "5", "6a", "6b", "6c", "7a", "7b", "8a"]),
    "dien-hinh": frozenset(["1", "2", "3"]),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A dossier that a paper belongs to, and its parts there; a draft may be placed, or asked about."""

    dossier: str
    parts: frozenset[str]
    draft: bool


@dataclass(frozen=True, slots=True)
class Cabinet:
    """What is on the disk, and what is true of it: places by file, kind and name by dossier."""

    name: str
    today: str
    dossiers: dict[str, dict[str, Any]]
    places: dict[str, tuple[Place, ...]]
    misfiled: frozenset[str]


@dataclass(slots=True)
class Outcome:
    """Counts, and sentences about what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def write(folder: Path, name: str) -> Cabinet:
    """The cabinet on disk, and its truth."""
    data = tomllib.loads((BANK / f"{name}.toml").read_text("utf-8"))
    papers = data["papers"]
    names = {key: data[key] for key in "mxhtv"}
    foundings = _foundings(papers["rows"])
    places: dict[str, tuple[Place, ...]] = {}
    for row in papers["rows"]:
        places[row[0]] = _places(row[7])
        dossier = places[row[0]][0].dossier if places[row[0]] else ""
        issuers = data["issuers"]
        write_word(folder / row[0], row[:7], issuers, names, foundings.get(dossier))
        if row[2] in data["signers"]:
            _sign(folder / row[0], data["signers"][row[2]])
    for original, copy in papers["copies"]:
        (folder / copy).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / original, folder / copy)
        places[copy] = places[original]
    for path, text, truth in papers["texts"]:
        (folder / path).write_text(text, "utf-8")
        places[path] = _places(truth)
    for path, rows, truth in papers["sheets"]:
        book = Workbook()
        for cells in rows:
            book.active.append(cells)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        book.save(folder / path)
        places[path] = _places(truth)
    return Cabinet(name, data["today"], data["dossiers"], places, _misfiled(places))


def _foundings(rows: list[list[str]]) -> dict[str, list[str]]:
    return {
        place.dossier: row
        for row in rows
        for place in _places(row[7])
        if "6a" in place.parts and not place.draft
    }


def _places(truth: str) -> tuple[Place, ...]:
    places = []
    for one in filter(None, truth.split("|")):
        dossier, _colon, parts = one.partition(":")
        places.append(Place(dossier, frozenset(parts.rstrip("?").split()), parts.endswith("?")))
    return tuple(places)


def _sign(path: Path, signer: str) -> None:
    paper = Word(str(path))
    paper.tables[-1].rows[0].cells[1].text = signer
    paper.save(str(path))


def _misfiled(places: dict[str, tuple[Place, ...]]) -> frozenset[str]:
    """The papers in a folder most of whose papers are another dossier's."""
    folders: dict[str, Counter[str]] = {}
    for path, own in places.items():
        if own:
            folders.setdefault(path.rpartition("/")[0], Counter())[own[0].dossier] += 1
    return frozenset(
        path
        for path, own in places.items()
        if own
        and "/" in path
        and (most := folders[path.rpartition("/")[0]]).most_common(1)[0][0] not in {p.dossier for p in own}
        and most.most_common(1)[0][1] >= 0.7 * most.total()
    )


class Office:
    """The command line, run as a person runs it in the folder."""

    def __init__(self, folder: Path, outcome: Outcome) -> None:
        self._folder, self._outcome = folder, outcome

    def __call__(self, *words: str, allowed: tuple[int, ...] = (0,)) -> Any:
        """What the command says, as JSON; a code that is not allowed is counted."""
        command = [sys.executable, "-m", "dossier", *words]
        ended = subprocess.run(
            command, cwd=self._folder, capture_output=True, text=True, check=False, env=dict(os.environ)
        )
        self._outcome.counts["commands"] += 1
        if ended.returncode not in allowed or "Traceback" in ended.stderr:
            self._outcome.counts["commands: wrong exit"] += 1
            self._outcome.errors.append(f"EXIT {ended.returncode} {words}: {ended.stderr[-400:]}")
        return json.loads(ended.stdout) if ended.stdout.strip().startswith("{") else {}


def measure(name: str, keep: Path | None) -> Outcome:
    """One cabinet, from an empty state to the report of a night."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="dossier-cabinet-") as work:
        folder = (keep / name if keep else Path(work) / "Ho so").resolve()
        if keep:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        cabinet = write(folder, name)
        office = Office(folder, outcome)
        office("init", "--yes", "--json")
        office("scan", "--json", "-", "--today", cabinet.today, allowed=(0, 1))
        office("adopt", "--all", "--json")
        adopted = office("adopt", "--list", "--json")
        office("nightly", "--json", "--today", cabinet.today, allowed=(0, 1))
        result = office("scan", "--json", "-", "--today", cabinet.today, allowed=(0, 1))
        _compare(cabinet, adopted, result, outcome)
    return outcome


def _compare(cabinet: Cabinet, adopted: Any, result: Any, outcome: Outcome) -> None:
    files = _files(adopted, result)
    matched = _match(cabinet, files, result, outcome)
    of_file = {path: dossier for dossier, paths in files.items() for path in paths}
    for document in result["documents"]:
        _count(cabinet, document, matched.get(of_file.get(document["path"], "")), of_file, outcome)
    for dossier in result["dossiers"]:
        if (truth := matched.get(dossier["path"])) is not None:
            _missing(cabinet, truth, dossier, outcome)
    _reported(cabinet, matched, of_file, result, outcome)


def _files(adopted: Any, result: Any) -> dict[str, set[str]]:
    """The files of each dossier of the archive, by its path."""
    chosen = {row["path"]: set(row["chosen_files"]) for row in adopted["in_force"]}
    taken = {path for paths in chosen.values() for path in paths}
    files = {row["path"]: set(chosen.get(row["path"], ())) for row in result["dossiers"]}
    for path in {document["path"] for document in result["documents"]} - taken - set(result["outside"]):
        over = [one for one in files if one == "." or path.startswith(f"{one}/")]
        if over:
            files[max(over, key=len)].add(path)
    return files


def _match(cabinet: Cabinet, files: dict[str, set[str]], result: Any, outcome: Outcome) -> dict[str, str]:
    """The true dossier of each dossier found: most of its own papers, not many of another's."""
    matched: dict[str, str] = {}
    kinds = {row["path"]: (row["kind"], row["name"]) for row in result["dossiers"]}
    whole = Counter(place.dossier for own in cabinet.places.values() for place in own[:1])
    for path in sorted(files, key=lambda one: -len(files[one])):
        held = Counter(own[0].dossier for file in files[path] if (own := cabinet.places.get(file, ())))
        truth, count = (held.most_common(1) or [("", 0)])[0]
        right = (
            bool(truth)
            and truth not in matched.values()
            and kinds[path][0] == cabinet.dossiers[truth]["kind"]
        )
        if right and count >= 0.5 * whole[truth] and count >= 0.75 * held.total():
            matched[path] = truth
            outcome.counts["dossiers: found"] += 1
            wanted = cabinet.dossiers[truth]["name"]
            outcome.counts["dossiers: found, named so"] += words(wanted) in words(kinds[path][1])
        else:
            outcome.counts["dossiers: wrong"] += 1
            outcome.errors.append(f"WRONG DOSSIER {path!r} {kinds[path]}: {dict(held)} of {dict(whole)}")
    lost = set(cabinet.dossiers) - set(matched.values())
    outcome.counts["dossiers n"] += len(cabinet.dossiers)
    outcome.errors += [f"NOT FOUND {dossier} {cabinet.dossiers[dossier]}" for dossier in sorted(lost)]
    outcome.errors += [f"FOUND {path!r} {kinds[path]} = {truth}" for path, truth in matched.items()]
    return matched


def _count(
    cabinet: Cabinet, document: Any, held_by: str | None, of_file: dict[str, str], outcome: Outcome
) -> None:
    own = cabinet.places[document["path"]]
    placed = document["placements"]
    asked = document["needs_review"]
    certain = not asked and any(place["confidence"] >= CERTAIN for place in placed)
    items = {place["item"] for place in placed}
    counts = outcome.counts
    parts = [(one["part"], one["confidence"]) for one in placed]
    said = f"{document['path']} [{document['type']}] {document['abstract'][:70]!r}: {parts}"
    if document["path"] not in of_file:
        counts["own: in no dossier" if own else "other: in no dossier"] += 1
    if not own:
        counts["other n"] += 1
        counts["other: placed"] += bool(placed) and not asked
        counts["other: asked"] += asked
        if placed and not asked:
            outcome.errors.append(f"OTHER PLACED in {of_file.get(document['path'])!r}: {said}")
        return
    place = next((one for one in own if one.dossier == held_by), own[0])
    right_dossier = held_by == place.dossier
    right_item = items == {int(part.rstrip("abc")) for part in place.parts}
    counts["own n"] += 1
    counts["own: in its dossier"] += right_dossier
    counts["own: in its dossier and item"] += right_dossier and right_item and not asked
    counts["own: and certain"] += right_dossier and right_item and certain
    counts["own: certain and wrong"] += certain and not (right_dossier and right_item)
    counts["own: asked"] += asked
    if not (right_dossier and right_item and not asked) and not place.draft:
        mark = "CERTAIN AND WRONG" if certain else "asked" if asked else "wrong"
        outcome.errors.append(f"{mark} (in {held_by}, of {place.dossier} {sorted(place.parts)}): {said}")


def _missing(cabinet: Cabinet, truth: str, dossier: Any, outcome: Outcome) -> None:
    """Whether those parts that every dossier must hold, and no others, are told missing that it lacks."""
    once = ONCE[dossier["kind"]]
    if cabinet.dossiers[truth].get("linked"):
        once |= {"7c"}
    have = {
        part
        for own in cabinet.places.values()
        for place in own
        if place.dossier == truth and not place.draft
        for part in place.parts
    }
    told = {part for item in dossier["items"] for part in item["missing"]} & once
    outcome.counts["dossiers: missing exactly right"] += told == once - have
    outcome.counts["dossiers: nothing false told missing"] += told <= once - have
    if told != once - have:
        outcome.errors.append(f"MISSING of {truth}: true {sorted(once - have)}, told {sorted(told)}")


def _reported(
    cabinet: Cabinet, matched: dict[str, str], of_file: dict[str, str], result: Any, outcome: Outcome
) -> None:
    """Papers in another dossier's folder: taken into their own, or told to be in the wrong place."""
    findings = [*result["findings"], *(one for row in result["dossiers"] for one in row["findings"])]
    told = {
        document.rpartition("#")[0]: one["rule"]
        for one in findings
        if one["rule"].startswith("TV")
        for document in one["documents"]
    }
    for path in sorted(cabinet.misfiled):
        home = matched.get(of_file.get(path, "")) in {place.dossier for place in cabinet.places[path]}
        outcome.counts["misfiled n"] += 1
        outcome.counts["misfiled: taken into its own dossier"] += home
        outcome.counts["misfiled: told so"] += not home and path in told
        if not home:
            outcome.errors.append(f"MISFILED {path}: told {told.get(path)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--set", choices=sorted(SETS), default="first")
    parser.add_argument("--cabinet", nargs="+", help="instead of a set")
    parser.add_argument("--errors", action="store_true", help="of the cabinets that are not kept back")
    parser.add_argument("--keep", type=Path, help="leave the cabinets here, with their states")
    options = parser.parse_args()
    sums = {"open": Counter[str](), "kept back": Counter[str]()}
    for name in options.cabinet or SETS[options.set]:
        outcome = measure(name, None if name in KEPT_BACK else options.keep)
        sums["kept back" if name in KEPT_BACK else "open"].update(outcome.counts)
        if name not in KEPT_BACK and options.errors:
            print(f"\n{name}: {outcome.counts['own n'] + outcome.counts['other n']} documents")
            print("\n".join(f"  {error}" for error in outcome.errors))
    for half, counts in sums.items():
        print(f"\n{half}")
        for key, count in sorted(counts.items()):
            whole = counts.get(f"{key.partition(':')[0]} n")
            print(f"  {key:42} {count:5}" + (f" of {whole}" if whole and not key.endswith(" n") else ""))


if __name__ == "__main__":
    main()
