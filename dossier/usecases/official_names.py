"""What office papers call a dossier whose folder nobody named with care.

A folder is called as somebody found it handy (“Camera Tan Lap (chi Hoa lam)”); a letter to the People's
Committee calls the model as the decision that founded it does.
"""

from __future__ import annotations

from dataclasses import replace

from dossier.archive import Archive
from dossier.model import ComplianceReport, Document, DossierReport
from dossier.model.one_by_one import changed
from dossier.vietnamese import words


def officially_named(archive: Archive, report: ComplianceReport) -> ComplianceReport:
    """Return the report with its dossiers named by their founding decisions, where no person named them."""

    def named(dossier: DossierReport) -> DossierReport:
        name = _founded_as(dossier, archive.checklists[dossier.kind].founding_part)
        return replace(dossier, name=name) if name else dossier

    return replace(report, dossiers=changed(report.dossiers, named))


def _founded_as(dossier: DossierReport, founding: str | None) -> str:
    """The one name that the founding decisions quote; empty where they give none or several, are in doubt, or
    the folder's name holds that name already and tells more (“Camera an ninh khu phố 3”)."""
    from dossier.scanner.classify.about import quotations

    folder = dossier.path.rpartition("/")[2]
    if founding is None or dossier.name != folder:
        return ""
    headers = [paper.header for paper in papers_of(dossier, founding)]
    if any(reading.doubtful for header in headers if (reading := header.fields.get("abstract"))):
        return ""
    names = {words(name): name for header in headers for name in quotations(header.abstract)}
    if len(names) != 1:
        return ""
    ((said, name),) = names.items()
    longer = said in words(folder) and said != words(folder)
    return "" if longer or not said else name.strip()


def papers_of(dossier: DossierReport, part: str | None, period: str = "") -> list[Document]:
    """Return the documents that count for a part, and for ``period`` unless empty; the earliest first."""
    found = [
        paper.document
        for paper in dossier.papers
        if not paper.document.needs_review
        and not paper.document.header.draft
        and any(p.part == part and period in ("", p.period) for p in paper.document.placements)
    ]
    return sorted(found, key=lambda document: (document.header.dated or "9999", document.path))
