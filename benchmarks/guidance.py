"""Dossiers written after the guidance's own sentences: is what the law asks of each told, and nothing else?

    python benchmarks/guidance.py [--bank guidance_second|guidance_third|guidance_fourth]
                                  [--case PATTERN] [--keep DIR]
                                  [--wording survey|club|short|long|ward|clerk|plain]

The cases are benchmarks/bank/guidance*.toml: for each a clause, the day, and a dossier of whole papers: a
standard set (``sets``) with papers taken out (``without``), replaced or added (``papers``). They are written
as Word files with heads, scanned and judged by the command's own code. ``--wording`` says the standard sets
otherwise: the same parts, days and facts in another office's words. Expected, all of it: the errors
(``errors``), the warnings (``warns``; not compared with ``errors_any``, ``warns_any``; ``may``: either way is
lawful), and of what else is told ``told``, ``silent`` and ``notwarns``; ``facts``, ``places`` (file: parts),
``pack`` and ``handover`` where a case names them. Day: a date, or days after the founding (``"+5"``).
"""

from __future__ import annotations

import argparse
import re
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import real_wording

from dossier.archive import open_archive
from dossier.catalogue import Catalogue
from dossier.model import DossierReport
from dossier.usecases.judging import Judge
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan

BANK = Path(__file__).parent / "bank"
SYLLABLES = ("An", "Bình", "Đông", "Hòa", "Long", "Phú", "Tân", "Thạnh", "Vĩnh", "Xuân")


def names_of(case: dict[str, Any], at: int, model: str) -> dict[str, str]:
    """What the papers of a case call its model and its places: no two cases share a commune."""
    first, second = SYLLABLES[at // 10 % 10], SYLLABLES[at % 10]
    commune = f"XÃ {first} {second} {'THƯỢNG' if at >= 100 else ''}".strip().upper()
    names = {"m": model, "x": commune, "h": "HUYỆN SƠN LÂM", "t": "TỈNH HÒA LONG", "v": ""}
    return {**names, **case.get("names", {})}


def papers_of(case: dict[str, Any], data: dict[str, Any], names: dict[str, str]) -> Iterator[list[Any]]:
    """The rows ``[file, type, issuer, number, day, title, text]`` of a case, maybe with the recipients."""
    founded = case.get("founded")
    words = names | {"n": names["x"].title(), "ngay": f"{founded:%d/%m/%Y}" if founded else ""}
    without = set(case.get("without", ()))
    for name in case.get("sets", ()):
        kind, _blank, year = name.partition(" ")
        values = words | {"y": year, "p": str(int(year) - 1) if year else ""}
        for key, row in data["set"][kind].items():
            if key not in without and f"{key}:{year}" not in without:
                yield [f"{key} {year}".strip(), *(_filled(cell, values, founded) for cell in row)]
    for count, row in enumerate(case.get("papers", ()), start=1):
        yield [f"rieng {count:02}", *(_filled(cell, words, founded) for cell in row)]


def _filled(cell: str, words: dict[str, str], founded: date | None) -> str:
    text = cell
    for key, value in words.items():
        text = text.replace(f"{{{key}}}", value)
    if founded and text[:1] in "+-" and text[1:].isdecimal():
        return str(founded + timedelta(int(text)))
    return text


def write(folder: Path, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The archive of all cases; each case by the path of its dossier."""
    issuers = tomllib.loads((BANK / "issuers.toml").read_text("utf-8")) | data.get("issuers", {})
    by_path = {}
    for at, case in enumerate(data["case"]):
        names = names_of(case, at, data["m"])
        kind = "Điển hình" if case.get("kind") == "dien-hinh" else "Mô hình"
        path = f"{names['x'].title()}/{kind}/{case.get('folder', names['m'])}"
        (folder / path).mkdir(parents=True)
        for row in papers_of(case, data, names):
            recipients = row.pop() if len(row) > 7 else "Như trên"
            real_wording.write_word(folder / path / f"{row[0]}.docx", row, issuers, names, None, recipients)
        if case.get("hoso"):
            (folder / path / "hoso.toml").write_text(case["hoso"], "utf-8")
        by_path[path] = case
    return by_path


def disagreements(case: dict[str, Any], report: DossierReport, catalogue: Catalogue) -> Iterator[str]:
    """Where the verdict is another than the case's."""
    told: dict[str, set[str]] = {"error": set(), "warning": set(), "info": set()}
    for finding in report.findings:
        told[str(finding.severity)].add(f"{finding.rule} {finding.part or ''}".strip())
    for level, key in (("error", "errors"), ("warning", "warns")):
        if case.get(f"{key}_any"):
            continue
        wanted = set(case.get(key, ()))
        if missing := {rule for rule in wanted if not _in(rule, told[level])}:
            yield f"no {level} {sorted(missing)}"
        allowed = wanted | set(case.get("may", ()))
        if more := {rule for rule in told[level] if not any(_in(w, {rule}) for w in allowed)}:
            yield f"{level} {sorted(more)}"
    everything = set().union(*told.values())
    for rule in case.get("told", ()):
        if not _in(rule, everything):
            yield f"not told {rule}"
    for there, key in ((everything, "silent"), (told["error"] | told["warning"], "notwarns")):
        yield from (f"told {rule}" for rule in case.get(key, ()) if _in(rule, there))
    for fact, value in case.get("facts", {}).items():
        found = report.facts.get(fact)
        if (str(found.value or "") if found else "") != str(value):
            yield f"{fact} {found and found.value}"
    retention = report.retention
    for key, value in (("pack", retention.pack), ("handover", str(retention.handover_due or ""))):
        if key in case and str(case[key]) != value:
            yield f"{key} {value}"
    (state,) = catalogue.states(report.path)
    for name, parts in case.get("places", {}).items():
        for document in state.documents:
            if Path(document.path).stem == name:
                found_parts = " ".join(sorted(place.part for place in document.placements))
                if document.review or found_parts != parts:
                    yield f"{name}: {'review ' * document.review}{found_parts}"


def _in(rule: str, told: set[str]) -> bool:
    return any(one == rule or one.startswith(f"{rule} ") for one in told)


def main() -> None:
    """Write, scan, judge, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bank", default="guidance")
    parser.add_argument("--wording", help="say the standard sets as guidance_wordings.toml has it")
    parser.add_argument(
        "--case", default="", help="only cases whose name holds this, with all that was found"
    )
    parser.add_argument("--keep", type=Path, help="write the dossiers there and leave them")
    options = parser.parse_args()
    first = tomllib.loads(
        (BANK / "guidance.toml").read_text("utf-8")
    )  # whose sets and issuers every bank uses
    data = first | tomllib.loads((BANK / f"{options.bank}.toml").read_text("utf-8"))
    for shared in ("set", "issuers"):
        data[shared] = first[shared] | data[shared]
    words = tomllib.loads((BANK / "guidance_wordings.toml").read_text("utf-8"))["wordings"]
    wording = words[options.wording] if options.wording else {}
    data["set"] |= wording.get("set", {})
    data["m"] = wording.get("m", "Camera an ninh")
    if options.case:
        data["case"] = [case for case in data["case"] if re.search(options.case, case["name"])]
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="dossier-guidance-") as work:
        folder = options.keep or Path(work) / "kho"
        folder.mkdir()
        cases = write(folder, data)
        archive = open_archive(folder, Path(work) / "state")
        scan(archive)
        with open_known(archive) as catalogue:
            judge = Judge(archive, catalogue)
            for path, case in cases.items():
                (state,) = catalogue.states(path)
                report = judge(state, case["today"])
                differences = list(disagreements(case, report, catalogue))
                wrong += bool(differences)
                if differences:
                    print(f"{case['name']} ({case['clause']}): {'; '.join(differences)}")
                if options.case:
                    for document in state.documents:
                        places = [(p.part, p.period, p.confidence) for p in document.placements]
                        print("   ", Path(document.path).name, "REVIEW" * document.review, places)
                    for finding in report.findings:
                        print("   ", finding.severity, finding.rule, finding.part, finding.message[:150])
    print(f"{len(cases) - wrong} of {len(cases)} cases judged as the guidance says")


if __name__ == "__main__":
    main()
