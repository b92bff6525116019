"""Compose letters and drafts of documents from findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from dossier.archive import Archive
from dossier.checklists.schema import Checklist, Part
from dossier.checklists.sentence_case import body
from dossier.checklists.skeletons import USUAL, skeletons
from dossier.compliance.naming import title
from dossier.compliance.periods import ended_year, evaluation_year
from dossier.errors import UsageError
from dossier.i18n import _, speaking
from dossier.model import ComplianceReport, Document, DossierReport, Office, PartResult, Status
from dossier.usecases.official_names import papers_of
from dossier.usecases.papers import write_papers
from dossier.usecases.whole_acts import acted
from dossier.vietnamese import slug, words

_NOBODY = "chua-ro-don-vi"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: file name without suffix, addressee, dossiers it concerns, content (DOCX)."""

    name: str
    to: str
    dossiers: tuple[str, ...]
    content: bytes


@speaking("vi")
def about_lacking(report: ComplianceReport) -> list[Letter]:
    """Return a letter to each unit with an incomplete dossier, sorted by the units' names."""
    from reports import urgent
    from reports.papers import letters

    by_unit: dict[str, list[DossierReport]] = {}
    called: dict[str, str] = {}
    for dossier in report.dossiers:
        if urgent.lacking(dossier, required=True):
            unit = body(dossier.unit)
            key = words(unit)
            called.setdefault(key, unit)
            by_unit.setdefault(key, []).append(dossier)
    return [
        Letter(
            f"de-nghi-bo-sung-{slug(called[key])[:60] or _NOBODY}",
            called[key],
            tuple(dossier.name for dossier in by_unit[key]),
            letters.lacking(report, called[key], by_unit[key]),
        )
        for key in sorted(by_unit)
    ]


@speaking("vi")
def request_to_rank(archive: Archive, report: ComplianceReport, year: int | None = None) -> bytes:
    """Return the request (DOCX) to rank the report's only dossier for an evaluation year, by default the last
    one that ended.

    Raises :class:`UsageError` for a dossier that is not ranked yearly.
    """
    from reports.papers import letters

    dossier = report.dossiers[0]
    checklist = archive.checklists[dossier.kind]
    if checklist.ranking is None:
        raise UsageError(
            _("Hồ sơ “{name}” không thuộc loại được xếp loại hằng năm.").format(name=dossier.name)
        )
    year = year or ended_year(report.today, checklist.clock)
    asked = [part for part in checklist.ranking.stated if part != checklist.ranking.decision]
    own = [document for part in asked for document in papers_of(dossier, part, str(year))]
    shown = next((document for document in own if document.header.percentage is not None), None)
    reported = shown or next(iter(own), None)
    share = shown.header.percentage if shown else None
    stated = next((d.header.rank for d in own if d.header.rank), "")
    rank = next((each for each in checklist.ranking.ranks if each.id == stated), None)
    if rank and share is not None:  # the rank in the letter must match the share it states
        fitting = next((each for each in checklist.ranking.ranks if share >= each.least), None)
        rank = rank if fitting is rank else None
    asked_about = evaluation_year(year, checklist.clock)
    known = letters.RankingRequest(
        year,
        f"{asked_about.first:%d/%m/%Y}–{asked_about.last:%d/%m/%Y}",
        next(iter(papers_of(dossier, checklist.founding_part)), None),
        reported,
        share,
        rank.title if rank else "",
    )
    return letters.ranking(report, _without_asked(dossier, checklist, str(year)), known)


def _without_asked(dossier: DossierReport, checklist: Checklist, year: str) -> DossierReport:
    """The dossier as if it held the year's request to rank, which is being written, and the decision that it
    asks for: neither can be there yet."""
    ranking = checklist.ranking
    assert ranking is not None

    def awaited(part: PartResult) -> PartResult:
        left = [at for at, period in enumerate(part.periods_missing) if period != year]
        if part.part not in ranking.stated or len(part.missing) != len(part.periods_missing):
            return part
        return replace(
            part,
            status=part.status if left else Status.PRESENT,
            missing=tuple(part.missing[at] for at in left),
            periods_missing=tuple(part.periods_missing[at] for at in left),
        )

    items = tuple(
        replace(item, parts=tuple(map(awaited, item.parts)))
        if any(part.part == ranking.decision for part in item.parts)
        else item
        for item in dossier.items
    )
    return replace(dossier, items=items)


@speaking("vi")
def draft_of(archive: Archive, report: ComplianceReport, wanted: str) -> bytes:
    """Return a draft (DOCX) of the document that a part of the report's only dossier requires.

    ``wanted``: the part as people write it (``6a``, ``mục 9``), or words of its title. Raises
    :class:`UsageError` listing similar parts.
    """
    from reports.papers import skeleton, wording

    dossier = report.dossiers[0]
    checklist = archive.checklists[dossier.kind]
    part = _part(checklist, wanted)
    type_ = next(iter(sorted(part.types, key=lambda each: -part.types[each])), USUAL)
    type_ = type_ if type_ in skeletons() else USUAL
    founding = next(iter(papers_of(dossier, checklist.founding_part)), None)
    grounds = [f"Căn cứ {wording.cited(founding)};"] if founding and part.id != "6a" else []
    grounds = ["Căn cứ Hướng dẫn số 22/HD-BCA-V05 ngày 18/11/2022 của Bộ Công an;", *grounds]
    ranks = checklist.ranking is not None and part.id == checklist.ranking.decision
    office = _founder(founding, report.office) if founding and ranks else report.office
    return skeleton.docx(dossier, office, report.today, type_, part.title, skeletons()[type_], grounds)


def _founder(founding: Document, office: Office) -> Office:
    """The body that founded the model and alone ranks it, for the head and foot of its decision; who signs
    it now is not known. The unit's own ``office`` if it is that body, or the body is in doubt."""
    from reports.papers import wording

    name = wording.issuer(founding)
    if not name or words(name) == words(office.name):
        return office
    code = founding.header.number_symbol.rpartition("/")[2].partition("-")[2]
    return Office(name=name, symbol=code, place=office.place, signer_title=founding.header.signer_title)


def _part(checklist: Checklist, wanted: str) -> Part:
    parts = [part for item in checklist.items for part in item.parts]
    given = words(wanted).removeprefix("muc ")
    exact = [part for part in parts if part.id == given.replace(" ", "")]
    found = exact or [part for part in parts if given and f" {given} " in f" {words(part.title)} "]
    if len(found) == 1:
        return found[0]
    listed = "\n".join(f"  {part.id:4}{title(part)}" for part in found or parts)
    raise UsageError(
        _("“{text}” chưa rõ là tài liệu nào; có thể là:").format(text=wanted) + f"\n{listed}",
        _("Ghi số mục, như 6a, hoặc tên tài liệu cho rõ."),
    )


def write_letters(archive: Archive, letters: list[Letter], place: Path, *, pdf: bool = False) -> list[Path]:
    """Write letters into a new folder, as :func:`~dossier.usecases.papers.write_papers` does."""
    return write_papers(
        archive,
        {letter.name: letter.content for letter in letters},
        place,
        lambda folder, building: acted(archive, building, "letters", letters=len(letters), place=folder),
        pdf=pdf,
    )
