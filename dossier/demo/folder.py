"""One dossier of the sample archive, from its facts to its files on disk."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dossier.demo import file_names
from dossier.demo.compose import compose
from dossier.demo.life import Course, PaperOrder, exemplar_course, held, model_course
from dossier.demo.office import Offices
from dossier.demo.paper import SamplePaper
from dossier.demo.printing import printing
from dossier.demo.requirements import gaps, needs
from dossier.demo.setting import SampleSetting
from dossier.demo.truth import Json, SampleFile, bundled, dossier_truth, file_truth, nfc, rendered
from dossier.demo.wording import Bank, made_up_person
from dossier.vietnamese import capitalised

_CORNERS = {
    "company": ("phân xưởng 1", "phân xưởng 2", "khu sản xuất chính", "khu nhà ở công nhân"),
    "school": ("cơ sở chính", "khu A", "khối lớp 8", "khu nội trú"),
}  # what stands for the hamlet inside a company or a school
_JUNK = ("Thumbs.db", "desktop.ini", ".DS_Store", "~$")


@dataclass
class SampleArchive:
    """What is recorded while the dossiers are written."""

    root: Path
    bank: Bank
    today: date
    scans: bool
    printed: str = "real"  # one of the ways of :mod:`printing`
    dossiers: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    manifests: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Case:
    """A dossier to be written. ``name``: of its folder; ``party``: it has a Party organisation."""

    kind: str
    name: str
    party: bool
    course: Course
    setting: SampleSetting


def write_dossier(archive: SampleArchive, rng: random.Random, number: int) -> None:
    """Write dossier ``number`` and record its truth."""
    habit = file_names.habit(rng)  # drawn first: rewording a text must not change how dossiers are kept
    case = _case(archive, rng)
    offices, life = case.setting.offices, case.course.life
    path = file_names.dossier_folder(rng, case.kind, case.name, offices, case.setting.founded, number)
    while nfc(path).casefold() in archive.taken:
        path = f"{path} ({case.setting.hamlet}, {number + 1})"
    archive.taken.add(nfc(path).casefold())
    papers = [compose(_for_party(order, case.party), case.setting, rng) for order in case.course.orders]
    papers += _strangers(rng, case, archive.today)
    found = gaps(needs(life, archive.today), held(case.course.orders))
    declared = _declared(rng, case, path, found.missing, found.periods)
    folder = archive.root / path
    folder.mkdir(parents=True, exist_ok=True)
    if declared:
        (folder / "hoso.toml").write_text(_toml(declared), "utf-8", newline="\n")
        archive.manifests.append(nfc(f"{path}/hoso.toml"))
    name = str(declared.get("name", path.rsplit("/", 1)[-1]))
    archive.dossiers.append(dossier_truth(path, name, offices.unit.name, life, case.party, found))
    _write_files(archive, rng, habit, case, path, bundled(rng, papers, archive.scans))
    _litter(archive, rng, path)


def _case(archive: SampleArchive, rng: random.Random) -> _Case:
    names, today = archive.bank.names, archive.today
    if rng.random() < 0.25:
        owner = rng.choice(("police", "front"))
        course = exemplar_course(rng, today)
        subject = _exemplar(rng, archive.bank)
        aim = act = "giữ gìn an ninh, trật tự ở cơ sở"
        kind = "dien-hinh"
    else:
        kind = "mo-hinh"
        subject, owner, aim, act = rng.choice(names["themes"]).split("|")
        course = model_course(rng, today, linked=owner == "linked")
    offices = Offices(rng, names, owner, subject, by_its_kind=archive.bank.name == "real")
    life = course.life
    rank = rng.choice(("Tốt", "Tốt", "Khá", "Trung bình"))
    replicated = any(place.part == "16b" for order in course.orders for place in order.places)
    setting = SampleSetting(
        bank=archive.bank, offices=offices, subject=subject, aim=aim, act=act,
        hamlet=rng.choice(_CORNERS.get(owner) or names["hamlets"]),
        founded=life.founded or life.planned or min((o.day for o in course.orders), default=today),
        rank="Tốt" if replicated else rank,
        drafter=rng.choice(("ANTT", "VP", "PT", "TH", "TM")),
        members=" và ".join(rng.sample(names["members"], 2)),
    )  # fmt: skip
    party = not (owner == "company" and rng.random() < 0.5)
    name = capitalised(subject).replace("/", "-")
    return _Case(kind, name, party, course, setting)


def _exemplar(rng: random.Random, bank: Bank) -> str:
    """Return a person or a group, as named in a text."""
    if rng.random() < 0.7:
        call, name = made_up_person(bank.names, rng)
        return f"{call.lower()} {name}"
    return f"{rng.choice(bank.names['exemplar_groups'])} {rng.choice(bank.names['hamlets'])}"


def _for_party(order: PaperOrder, party: bool) -> PaperOrder:
    """Replace the Party's document by the head's directive if there is no Party organisation (III.1.b)."""
    return PaperOrder("4head", order.day, order.places) if order.key == "4" and not party else order


def _strangers(rng: random.Random, case: _Case, today: date) -> list[list[SamplePaper]]:
    """Return documents in the folder that belong to no item."""
    count = rng.choices((0, 1, 2), (62, 28, 10))[0]
    days = (today - case.setting.founded).days
    return [
        compose(
            PaperOrder("other", date.fromordinal(today.toordinal() - rng.randint(0, days)), ()),
            case.setting,
            rng,
        )
        for _ in range(count)
    ]


def _declared(
    rng: random.Random, case: _Case, path: str, missing: tuple[str, ...], periods: dict[str, list[str]]
) -> dict[str, object]:
    """Return the content of ``hoso.toml``: what the documents do not tell, and sometimes more."""
    life, offices = case.course.life, case.setting.offices
    must: dict[str, object] = {}
    steps = {place.step for order in case.course.orders for place in order.places}
    if path.startswith("Lưu trữ/"):
        must |= {"kind": case.kind, "name": case.name}
    if case.kind == "mo-hinh":
        if "6a" in missing:
            must["founded"] = life.founded
        if life.ended and "decision" not in steps:
            must["ended"] = life.ended
        if life.linked and "7c" in missing:
            must["linked"] = True
        if life.fund and "12" in missing:
            must["fund"] = True
        if life.pilot and "8b" in missing:
            must["pilot"] = True
        if not case.party:
            must["party_committee"] = False
    if rng.random() < 0.36:
        must |= {"kind": case.kind, "name": case.name, "unit": f"Công an {offices.unit.name}"}
        if case.kind == "mo-hinh":
            must["led_by"] = "police" if offices.owner in ("police", "linked") else "other"
            may = {"founded": life.founded, "fund": life.fund, "linked": life.linked, "pilot": life.pilot}
            must |= {key: value for key, value in may.items() if rng.random() < 0.5}
            if life.linked:
                must["members"] = [offices.unit.name, *case.setting.members.split(" và ")]
    return must


def _toml(declared: dict[str, object]) -> str:
    lines = ["# Khai báo của người giữ hồ sơ"]
    for key, value in declared.items():
        match value:
            case bool():
                shown = "true" if value else "false"
            case date():
                shown = value.isoformat()
            case list():
                shown = "[" + ", ".join(f'"{each}"' for each in value) + "]"
            case _:
                shown = f'"{value}"'
        lines.append(f"{key} = {shown}")
    return "\n".join(lines) + "\n"


def _write_files(
    archive: SampleArchive,
    rng: random.Random,
    habit: file_names.Habit,
    case: _Case,
    path: str,
    bundles: list[SampleFile],
) -> None:
    titles = archive.bank.folders[case.kind]
    author = case.setting.offices.of("lead", case.setting.founded).signer[1]
    serial = rng.randint(1, 60)
    used: set[str] = set()
    for bundle in bundles:
        first = bundle.papers[0]
        parts = {place.item for paper in bundle.papers for place in paper.places}
        folder = ""
        if len(parts) and (habit.folders == "year" or len({p.places for p in bundle.papers}) == 1):
            folder = file_names.item_folder(habit.folders, min(parts), first.day, titles)
        serial += 1
        stem = file_names.file_name(rng, habit.names, first, serial, bundle.format == "scan")
        if len({p.places for p in bundle.papers}) > 1:
            stem = rng.choice((f"scan{serial:04d}", f"Bo van ban {first.day.year}", "Các văn bản kèm theo"))
        name, count = stem + bundle.suffix, 1
        while f"{folder}/{name}".casefold() in used:
            count += 1
            name = f"{stem} ({count}){bundle.suffix}"
        used.add(f"{folder}/{name}".casefold())
        inside = f"{folder}/{name}" if folder else name
        if habit.decomposed:
            inside = unicodedata.normalize("NFD", inside)
        # a generator of its own: how a paper is printed must not change what is written
        how = printing(random.Random(f"{path}/{inside}/{author}"), bundle.format, archive.printed)
        data, pages = rendered(bundle, rng, author, how)
        target = archive.root / path / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        archive.files.append(file_truth(f"{path}/{inside}", path, bundle, pages, how))


def _litter(archive: SampleArchive, rng: random.Random, path: str) -> None:
    """Write temporary and hidden files of Windows, Word and macOS."""
    for junk in _JUNK:
        if rng.random() >= 0.14:
            continue
        name = f"~${rng.choice(('hoach', 'yet dinh', 'o cao'))} mo hinh.docx" if junk == "~$" else junk
        (archive.root / path / name).write_bytes(rng.randbytes(162))
        archive.ignored.append(nfc(f"{path}/{name}"))
