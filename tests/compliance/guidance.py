"""Dossiers of the table ``cases/*.toml`` as values: how a case is written, and what it stands for.

A case gives the day (``today``) and papers, one string each: ``part[.step][+part…]|date|key=value…`` with
``p`` (periods), ``rank``, ``share``, ``by`` (issuer), ``to`` (recipients, parted by ``;``), ``abstract``,
``type``, ``number``, ``text`` (read as a scan reads it), ``partial`` (a date of month or year), ``flaw``,
``draft``, ``review``. Short cuts: ``founded`` adds every paper that is always asked for, in lawful order
(``without`` some, or ``only`` some); ``years`` adds those of a year (``2024``; ``2024 plan``, ``reports``,
``nodecision``, ``plan half``: only these); ``ended`` the four papers of an end; ``noevidence`` and
``noreview`` leave those out; ``issuer`` is who founds, ranks and ends instead of the commune;
``papers_override`` replaces the papers of a part (and period); ``files`` are files nobody read; ``facts``
is ``hoso.toml``.

Expected: ``lawful``: no error; ``errors``: exactly these; ``errors_include``; ``warns``: told at least as
a warning; ``told``: told, but not as an error; ``silent``: not told; ``notwarns``: at most information;
``says``: words of a message; ``complete``; ``pack``, ``notpack``, ``handover``, ``expires``, ``ended_fact``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from states import KINDS

from dossier.model import (
    Document,
    DossierFolder,
    DossierState,
    Form,
    Header,
    Manifest,
    Placement,
    Reading,
    UnreadFile,
    UnreadReason,
)
from dossier.scanner.classify.names import mentions
from dossier.scanner.recognise.levels import level_of
from dossier.scanner.recognise.ranking import criteria_of, percentage_of
from dossier.vietnamese import fold

COMMUNE, POLICE, PARTY = "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG", "CÔNG AN XÃ HÀM THẮNG", "ĐẢNG ỦY XÃ HÀM THẮNG"
COMMITTEE = "BAN CHỈ ĐẠO MÔ HÌNH “CAMERA AN NINH”"
FOUNDING = {
    "1": -60,
    "2": -45,
    "3": -40,
    "4": -30,
    "5": -20,
    "6a": 0,
    "6b": 0,
    "6c": 0,
    "7a": 5,
    "7b": 5,
    "8a": 10,
}
TYPES = {
    "1": "ke-hoach", "2": "bao-cao", "3": "bao-cao", "4": "nghi-quyet", "5": "ke-hoach", "7a": "quy-che",
    "7b": "quy-che", "7c": "quy-che", "9": "ke-hoach", "10a": "bao-cao", "10b": "bao-cao", "10c": "bao-cao",
    "11": "bang-tong-hop", "13a": "to-trinh", "15a": "ke-hoach", "15b": "bao-cao", "16a": "bien-ban",
    "16b": "ke-hoach",
}  # fmt: skip
ISSUERS = {
    "1": POLICE, "2": POLICE, "3": POLICE, "4": PARTY, "7a": COMMITTEE, "7b": COMMITTEE, "9": COMMITTEE,
    "10a": COMMITTEE, "10b": COMMITTEE, "10c": COMMITTEE, "13a": COMMITTEE,
}  # fmt: skip
OF_FOUNDER = ("1", "2", "3", "4", "5", "6a", "6b", "6c", "13b", "16c")


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """All cases, each with the name of its file and its own."""
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        for case in data["case"]:
            yield f"{path.stem}: {case['name']}", data.get("defaults", {}) | case


def state_of(case: dict[str, Any]) -> DossierState:
    """The dossier of a case."""
    kind = case.get("kind", "mo-hinh")
    folder = f"{kind}/A"
    specs = list(_papers(case))
    for override in case.get("papers_override", ()):
        part, _bar, rest = override.partition("|")
        period = next((word for word in rest.split("|") if word.startswith("p=")), "")
        specs = [s for s in specs if not (s.startswith(f"{part}|") and period in s)] + [override]
    documents = tuple(_document(spec, at, folder, case) for at, spec in enumerate(specs))
    unread = tuple(
        UnreadFile(f"{folder}/{name}", UnreadReason.UNSUPPORTED, "Chưa đọc được.", _candidates(name))
        for name in case.get("files", ())
    )
    facts = dict(case.get("facts", {}))
    if "members" in facts:
        facts["members"] = tuple(facts["members"])
    name = case.get("name_of_model", "Camera an ninh" if kind == "mo-hinh" else "Ông Nguyễn Văn A")
    where = DossierFolder(folder, folder.encode(), kind, name, Manifest(**facts))
    return DossierState(where, documents, unread, files=len(documents) + len(unread))


def _candidates(name: str) -> tuple[Placement, ...]:
    number = name.split("/")[0].split(" ")[0].lstrip("0")
    return (Placement(int(number), number, 0.5),) if number.isdecimal() and "/" in name else ()


def _papers(case: dict[str, Any]) -> Iterator[str]:
    without = set(case.get("without", ()))
    if founded := case.get("founded"):
        for part, days in FOUNDING.items():
            if part not in without and part in case.get("only", FOUNDING):
                yield f"{part}|{founded + timedelta(days=days)}"
    for spec in case.get("years", ()):
        year, _blank, which = spec.partition(" ")
        for part, _bar, day in (line.partition("|") for line in _of_year(int(year), which, case)):
            if part not in without:
                yield f"{part}|{day}"
    if ended := case.get("ended"):
        for step, days in (("assessment", -20), ("opinions", -10), ("decision", 0), ("notice", 5)):
            if f"16c.{step}" not in without:
                yield f"16c.{step}|{ended + timedelta(days=days)}"
    yield from case.get("papers", ())


def _of_year(year: int, which: str, case: dict[str, Any]) -> Iterator[str]:
    founded = case.get("founded")
    start = founded + timedelta(days=10) if founded and founded.year == year else date(year, 1, 10)
    wanted = which.split() or ["plan", "half", "reports", "decision"]
    if which == "nodecision":
        wanted = ["plan", "half", "reports"]
    if which == "reports":
        wanted = ["half", "reports", "decision"]
    if "plan" in wanted:
        yield f"9|{start}|p={year}"
    if "half" in wanted and not (founded and founded > date(year, 6, 1)):
        yield f"10a|{year}-06-28|p={year}-H1"
    if "reports" in wanted:
        yield f"10b|{year}-11-02|p={year}"
        if not case.get("noevidence"):
            yield f"11|{year}-10-30|p={year}"
        if not (founded and founded > date(year, 1, 9)) or case.get("kind") == "dien-hinh":
            yield f"13a|{year}-11-03|p={year}"
            if not case.get("noreview"):
                yield f"15a|{year}-12-01"
                yield f"15b|{year}-12-20"
    if "decision" in wanted and not (founded and founded > date(year, 1, 9)):
        yield f"13b|{year}-11-08|p={year}|rank=kha"


def _document(spec: str, at: int, folder: str, case: dict[str, Any]) -> Document:
    first, *rest = spec.split("|")
    given = dict(word.partition("=")[::2] for word in rest if "=" in word)
    flags = {word for word in rest if "=" not in word}
    day = next((date.fromisoformat(word) for word in flags if word[:2] in ("19", "20")), None)
    places = [place.partition(".")[::2] for place in first.split("+")]
    part = places[0][0]
    periods = tuple(filter(None, given.get("p", "").split(",")))
    issuer = given.get("by") or _issuer(part, case)
    text = given.get("text")
    folded = fold(text or "")
    number = given.get("number", f"{at + 10}/{'QĐ' if part[:1] in '61' else 'BC'}-X")
    header = Header(
        form=Form.STATE,
        type=given.get("type", TYPES.get(part, "quyet-dinh")),
        number_symbol=number,
        date=day,
        partial_date=given.get("partial", ""),
        date_flaw=given.get("flaw", ""),
        issuing_body=issuer,
        issuer_level=level_of(Form.STATE, issuer, "", ""),
        abstract=given.get("abstract", ""),
        signer="Nguyễn Văn A",
        draft="draft" in flags,
        recipients=tuple(filter(None, given.get("to", "").split(";"))),
        rank=given.get("rank", ""),
        percentage=float(given["share"]) if "share" in given else percentage_of(folded) if text else None,
        criteria=criteria_of(folded) if text else None,
        periods=periods,
        mentions=mentions(text, KINDS.values()) if text is not None else None,
    )
    placements = tuple(
        Placement(
            int("".join(filter(str.isdecimal, place))),
            place,
            0.95,
            step=step,
            period=periods[0] if periods else "",
        )
        for place, step in places
        if place != "none"
    )
    path = f"{folder}/{at:02} {first}.pdf"
    document = Document(path, 1, (1, 1), path, "pdf", 1, Reading.TEXT, header, placements)
    return replace(document, review="review" in flags)


def _issuer(part: str, case: dict[str, Any]) -> str:
    own = case.get("issuer")
    if own and part in OF_FOUNDER and not (part in ("1", "2", "3", "4") and own.startswith("ỦY BAN")):
        return str(own)
    return ISSUERS.get(part, COMMUNE)
