"""How right papers are placed that are worded as real ones, in folders as real ones.

    python benchmarks/real_wording.py [--bank open heldout] [--errors 40] [--folder DIR]

The banks are benchmarks/bank/*.toml: papers with their places, grouped in dossiers with messy folders
(``second_*``: written later, in forms that the first ones lack, with exemplars). They
are written as Word files with heads of two columns, cited laws "được sửa đổi, bổ sung", the founding
decision cited by later papers, and a last section that names every stage of a model; scanned with the
command's own code, judged, and compared. What is missing is what the judge says of the true places.
(``third_*``: a market, an enterprise, a border, parishes, schools; more strangers near a model's words;
``fourth_*``: strangers that other movements recognise and found; ``fifth_*``: a clan, a border, an apartment
house on Zalo; strangers of elections, land, health, culture; ``sixth_*``: a hospital, banks, growers, a
temple, veterans, after the reform of 2025; strangers of other movements, fire, personnel, finance;
``seventh_*``: boats, a railway, hotels, lobster cages, key rings; strangers of taxes, courts, ports;
``eighth_*``: loudspeakers, rented rooms, a fishing port, a border village, a school's gate, a pagoda;
``ninth_*``: motorcycle taxis since 2012, a ferry, firms, veterans across the reform, an island;
``tenth_*``: gongs, a women's union, letters to a school, linked communes, a border post, an ended club;
``eleventh_*``: a parish, a factory, landlords, three communes; ``twelfth_*``: exemplars, models of others;
``thirteenth_*``: neighbours with a model of the same name, whose papers lie in each other's folders;
``fourteenth_*``: groups of households, Zalo, a hospital, a women's union, boats across the reform;
``fifteenth_open``: like those, terser; ``sixteenth_*``, all kept back: a camera, an ended group of a ward, a
school, a firm, a border village across the reform, a clan, an exemplar;
``seventeenth_*``: a ward and an island without a district, a village of 1998, a dormitory, a factory;
``eighteenth_*``, all kept back: folders that do not carry the model's name, terse titles;
``nineteenth_*``: gongs, rented rooms, three linked communes, a ferry that ended, two clans, a women's club;
``twentieth_open``: what earlier ones left over; ``twentyfirst_*``: more papers of something else in the
folders: fire brigades, security forces, campaigns, "An toàn về an ninh, trật tự" of agencies;
``twentysecond_*``: a canal's three communes, cameras, rented rooms, a market's exemplar, a firm's guards;
``twentythird_*``: a school, a border's landing places, an ended Cham village, a shoe factory, veterans.)
``strangers``: papers that have nothing to do with a model, put into one dossier; with ``--folder`` the files
of that folder instead. Of the bank kept back only totals are printed.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document as Word

from dossier.archive import Archive, open_archive
from dossier.catalogue import Catalogue
from dossier.model import Document, DossierState, Placement
from dossier.usecases.judging import Judge
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan

BANK = Path(__file__).parent / "bank"
TODAY = date(2026, 11, 24)
CERTAIN = 0.9
BANKS = ["open", "heldout", "strangers", *(f"second_{half}" for half in ("open", "heldout"))]
BANKS += ["second_strangers", "second_strangers_heldout"]
BANKS += [f"third_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += ["fourth_strangers", "fourth_strangers_heldout"]
BANKS += [f"fifth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += [f"sixth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += [f"seventh_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += [f"eighth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += [f"ninth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += [f"tenth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += [f"eleventh_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += [f"twelfth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += [f"thirteenth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += [f"fourteenth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += ["fifteenth_open"]
BANKS += ["sixteenth_heldout", "sixteenth_strangers_heldout"]
BANKS += [f"seventeenth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += ["eighteenth_heldout", "eighteenth_strangers_heldout"]
BANKS += [f"nineteenth_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += ["twentieth_open"]
BANKS += [f"twentyfirst_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
BANKS += ["twentysecond_open", "twentysecond_strangers"]
BANKS += [f"twentythird_{half}" for half in ("open", "heldout", "strangers", "strangers_heldout")]
KEPT_BACK = tuple(  # those of the other banks were opened
    f"{bank}_{half}"
    for bank in (
        "eleventh",
        "thirteenth",
        "fourteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentyfirst",
        "twentythird",
    )
    for half in ("heldout", "strangers_heldout")
)
_LAWS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015; Luật sửa đổi, bổ sung một số điều của Luật "
    "Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019;",
    "Căn cứ Nghị định số 06/2014/NĐ-CP ngày 21/01/2014 của Chính phủ (đã được sửa đổi, bổ sung);",
)
_LAST = {
    "KẾ HOẠCH": (
        "III. TỔ CHỨC THỰC HIỆN\nCác ngành căn cứ kế hoạch tổ chức thực hiện; khảo sát, thành lập, ra mắt, "
        "định kỳ sơ kết, tổng kết, xếp loại, khen thưởng, kiện toàn, sửa đổi quy chế, nhân rộng hoặc kết "
        "thúc theo quy định."
    ),
    "BÁO CÁO": (
        "III. PHƯƠNG HƯỚNG, NHIỆM VỤ\nTiếp tục tuyên truyền; kiện toàn Ban Chỉ đạo, bổ sung thành viên, sửa "
        "đổi quy chế; tổ chức sơ kết, tổng kết, đề nghị xếp loại, khen thưởng, nhân rộng."
    ),
}


def write(folder: Path, bank: str) -> dict[str, list[dict[str, Any]]]:
    """The archive of a bank; its papers by dossier, each with ``path``, ``title`` and ``places``."""
    data = tomllib.loads((BANK / f"{bank}.toml").read_text("utf-8"))
    issuers = tomllib.loads((BANK / "issuers.toml").read_text("utf-8"))
    found: dict[str, list[dict[str, Any]]] = {}
    foundings = {
        dossier["path"]: next((row for row in dossier["papers"] if "6a" in row[7].split()), None)
        for dossier in data["dossier"]
    }
    for dossier in data["dossier"]:
        names = {key: dossier[key] for key in "mxhtv"}
        own = foundings[dossier["path"]]
        other = foundings[dossier["neighbour"]] if "neighbour" in dossier else own
        papers = found[dossier["path"]] = []
        for row in dossier["papers"]:
            path = folder / dossier["path"] / row[0]
            write_word(path, row[:7], issuers, names, own if row[7] else other)
            places = [tuple((place + ":").split(":")[:2]) for place in row[7].split()]
            papers.append({"path": f"{dossier['path']}/{row[0]}", "title": row[5], "places": places})
    _declare(folder, {dossier["path"]: dossier.get("kind", "mo-hinh") for dossier in data["dossier"]})
    return found


def strangers(folder: Path, bank: str, given: Path | None) -> dict[str, list[dict[str, Any]]]:
    """An archive of one dossier with papers that belong to none."""
    dossier = "Mo hinh la/Camera an ninh khu pho 3"
    (folder / dossier).mkdir(parents=True)
    if given is not None:
        shutil.copytree(given, folder / dossier / "khac")
    else:
        data = tomllib.loads((BANK / f"{bank}.toml").read_text("utf-8"))
        issuers = tomllib.loads((BANK / "issuers.toml").read_text("utf-8"))
        names = {key: data.get(key, "") for key in "mxhtv"}
        for count, (kind, issuer, number, title, body) in enumerate(data["papers"], start=1):
            row = ["", kind, issuer, number, "2024-05-20", title, body]
            write_word(folder / dossier / f"van ban {count:03}.docx", row, issuers, names, None)
    _declare(folder, {dossier: "mo-hinh"})
    return {dossier: []}


def _declare(folder: Path, dossiers: dict[str, str]) -> None:
    kinds = {
        kind: ", ".join(f'"{path}"' for path, own in dossiers.items() if own == kind)
        for kind in dict.fromkeys(dossiers.values())
    }
    globs = ", ".join(f'"{kind}" = [{paths}]' for kind, paths in kinds.items())
    (folder / "dossier.toml").write_text(f"[archive]\ndossiers = {{ {globs} }}\n", "utf-8")


def write_word(
    path: Path,
    row: list[str],
    issuers: dict[str, str],
    names: dict[str, str],
    founding: list[str] | None,
    recipients: str = "Như trên",
) -> None:
    """One paper as a Word file: ``[file, type, issuer, number, day, title, text]``."""
    _path, kind, issuer, number, signed, title, said = row
    raw = signed.startswith(
        "ngày"
    )  # a day as it is written by hand: without its number, with a year of two digits
    day = date.fromisoformat(signed) if signed and not raw else None
    paper = Word()
    place = (names["v"] or names["x"]).title().removeprefix("Xã ").removeprefix("Phường ")
    dated = f"{place}, ngày {day.day:02} tháng {day.month:02} năm {day.year}" if day else ""
    if raw:
        dated = f"{place}, {signed}"
    if issuer:
        above, _bar, own = issuers.get(issuer, issuer).format(**names).upper().partition(" | ")
        left = [line for line in (above.strip(), own.strip()) if line]
        left.append(f"Số: {number}" if not kind or number else "")
        if not kind:
            left.append(title)
        party = "ĐẢNG" in own or "CHI BỘ" in own or "HUYỆN ỦY" in own
        state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        motto = "ĐẢNG CỘNG SẢN VIỆT NAM" if party else state
        cells = paper.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "\n".join(left), f"{motto}\n{dated}"
    elif kind:
        paper.add_paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        paper.add_paragraph("Độc lập - Tự do - Hạnh phúc")
        if dated and kind != "DANH SÁCH":
            paper.add_paragraph(dated)
    if kind:
        paper.add_paragraph(kind)
        paper.add_paragraph(title)
    for line in _cited(kind, row, founding):
        paper.add_paragraph(line)
    if kind in ("KẾ HOẠCH", "BÁO CÁO", "TỜ TRÌNH"):
        paper.add_paragraph("Thực hiện chức năng, nhiệm vụ được giao, đơn vị xin trình bày cụ thể như sau:")
    if kind == "QUYẾT ĐỊNH":
        paper.add_paragraph("QUYẾT ĐỊNH:")
    for line in [*said.split("\n"), *_LAST.get(kind, "").split("\n")]:
        paper.add_paragraph(line)
    if issuer:
        cells = paper.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text = f"Nơi nhận:\n- {recipients};\n- Lưu: VT."
        cells[1].text = "CHỦ TỊCH\n\n\nNguyễn Văn Minh"
    path.parent.mkdir(parents=True, exist_ok=True)
    paper.save(path)


def _cited(kind: str, row: list[str], founding: list[str] | None) -> Iterator[str]:
    if kind in ("QUYẾT ĐỊNH", "QUY CHẾ"):
        yield from _LAWS
    if founding is None or row[4] <= founding[4] or not _speaks_of(row, founding):
        return
    own = row[2] in ("ub", "Ban", "BCD") or "BAN" in row[2]
    if own and kind in ("QUYẾT ĐỊNH", "KẾ HOẠCH", "BÁO CÁO", "QUY CHẾ") and len(row[5].split()) > 6:
        day = date.fromisoformat(founding[4])
        about = founding[5][:1].lower() + founding[5][1:]
        yield f"Căn cứ Quyết định số {founding[3]} ngày {day:%d/%m/%Y} của {founding[2]} {about};"


def _speaks_of(row: list[str], founding: list[str]) -> bool:
    """Whether its title or text has the last words of the founding decision's title."""
    tail = " ".join(founding[5].replace("”", "").split()[-3:])
    return tail.lower() in f"{row[5]} {row[6]}".lower().replace("”", "")


def measure(bank: str, given: Path | None) -> tuple[Counter[str], list[str]]:
    """Counts, and sentences about what went wrong."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    with tempfile.TemporaryDirectory(prefix="dossier-words-") as work:
        folder, state = Path(work) / "kho", Path(work) / "state"
        folder.mkdir()
        truth = strangers(folder, bank, given) if "strangers" in bank else write(folder, bank)
        archive = open_archive(folder, state)
        started = time.perf_counter()
        scan(archive)
        counts["seconds"] = round(time.perf_counter() - started)
        with open_known(archive) as catalogue:
            judge = Judge(archive, catalogue)
            for path, papers in truth.items():
                _compare(archive, catalogue, judge, path, papers, counts, errors)
    return counts, errors


def _compare(
    archive: Archive,
    catalogue: Catalogue,
    judge: Judge,
    path: str,
    papers: list[dict[str, Any]],
    counts: Counter[str],
    errors: list[str],
) -> None:
    (state,) = catalogue.states(path)
    by_path = {paper["path"]: paper for paper in papers}
    for document in state.documents:
        paper = by_path.get(document.path, {"places": [], "title": document.header.abstract})
        _count(document, paper, counts, errors)
    counts["read"] += len({document.path for document in state.documents})
    if not papers:
        return
    as_true = tuple(_as_true(document, by_path[document.path], state) for document in state.documents)
    wanted, said = judge(replace(state, documents=as_true), TODAY), judge(state, TODAY)
    missing = [
        {(part, *item.periods_missing) for item in report.items for part in item.missing}
        for report in (wanted, said)
    ]
    parts = [sorted(part for item in report.items for part in item.missing) for report in (wanted, said)]
    counts["dossiers"] += 1
    counts["dossiers: missing parts right"] += parts[0] == parts[1]
    counts["dossiers: missing parts and periods right"] += missing[0] == missing[1]
    false = set(parts[1]) - set(parts[0])
    counts["dossiers: nothing false told missing"] += not false
    if parts[0] != parts[1]:
        facts = {key: str(fact.value) for key, fact in said.facts.items() if key in ("founded", "ended")}
        errors.append(f"DOSSIER {path}: {parts[0]} → {parts[1]}; {facts}")


def _as_true(document: Document, paper: dict[str, Any], state: DossierState) -> Document:
    own = {place.part: place for place in document.placements}
    places = tuple(
        Placement(
            int("".join(filter(str.isdigit, part))),
            part,
            1.0,
            step=own[part].step if part in own else "",
            period=period,
        )
        for part, period in paper["places"]
    )
    return replace(document, placements=places, review=False, header=replace(document.header, draft=False))


def _item(part: str) -> int:
    return int(part.rstrip("abc"))


def _count(document: Document, paper: dict[str, Any], counts: Counter[str], errors: list[str]) -> None:
    wanted = {part for part, _period in paper["places"]}
    items = {_item(part) for part in wanted}
    placed = [] if document.review else list(document.placements)
    found = {place.part for place in placed}
    right_item = not document.review and items == {place.item for place in placed}
    surest = max((place.confidence for place in placed), default=0.0)
    group = "own" if wanted else "other"
    counts[f"{group} n"] += 1
    counts["n"] += 1
    counts["right item"] += right_item
    counts["right parts"] += found == wanted and not document.review
    counts["review"] += document.review
    counts["certain"] += surest >= CERTAIN
    wrong = surest >= CERTAIN and not right_item
    counts["certain and wrong"] += wrong
    if group == "own":
        counts["own: told “no item”"] += not document.review and not placed
        periods = {(place.part, place.period) for place in placed}
        counts["own: periods n"] += any(period for _part, period in paper["places"])
        counts["own: periods right"] += any(period for _p, period in paper["places"]) and all(
            (part, period) in periods for part, period in paper["places"] if period
        )
    else:
        counts["other: placed"] += bool(placed)
        counts["other: told so"] += not document.review and not placed
        counts["other: certain"] += surest >= CERTAIN
    if found != wanted or document.review:
        said = [(p.part, p.period, p.confidence) for p in document.placements]
        mark = "WRONG" if wrong else "review" if document.review else "wrong"
        errors.append(
            f"{mark} {document.id}: {document.header.type} “{document.header.abstract[:90]}”: "
            f"{sorted(wanted)} → {said}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bank", nargs="+", default=BANKS)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="for strangers: real papers instead of the bank's")
    options = parser.parse_args()
    for bank in options.bank:
        counts, errors = measure(bank, options.folder)
        print(f"\n{bank}: {counts['n']} documents, scanned in {counts['seconds']} s")
        for name, count in counts.items():
            if name not in ("n", "seconds", "read") and not name.endswith(" n"):
                whole = counts["dossiers"] if name.startswith("dossiers") else counts["n"]
                whole = counts[f"{name.split(':')[0]} n"] if name.split(":")[0] in ("own", "other") else whole
                whole = counts["own: periods n"] if name == "own: periods right" else whole
                print(f"  {name:46} {count:5} of {whole:5} = {count / max(whole, 1):7.1%}")
        for error in errors[: 0 if bank in KEPT_BACK else options.errors]:
            print("   ", error)


if __name__ == "__main__":
    main()
