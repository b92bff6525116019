"""Compare the units of an archive by figures of their dossiers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.compliance.figures import figures_of, titles_of, totals
from dossier.model import ComplianceReport, DueStatus, Status
from dossier.model.figures import DossierFigures, ItemTitle, Totals
from dossier.usecases.assess import Sweep
from dossier.usecases.heap import uncollected
from dossier.usecases.known import open_known

if TYPE_CHECKING:
    from dossier.usecases.standing import Standing


def of_units(archive: Archive, today: date | None = None) -> Totals:
    """Return the figures of the archive by unit."""
    figures, titles, report = figures_now(archive, today)
    return totals(report.name, report.today, [(each.unit, each) for each in figures], titles)


@uncollected()
def figures_now(
    archive: Archive, today: date | None
) -> tuple[list[DossierFigures], tuple[ItemTitle, ...], ComplianceReport]:
    """Return the figures of every dossier in the order of their paths, the titles of their items, and the
    archive's report without dossiers. Verdicts are dropped one by one to save memory."""
    with open_known(archive) as catalogue:
        sweep = Sweep(archive, catalogue, today)
        titles: dict[tuple[str, int], ItemTitle] = {}
        figures = []
        for verdict in sweep:
            figures.append(figures_of(verdict))
            titles.update(titles_of(verdict))
        return figures, tuple(titles[key] for key in sorted(titles)), sweep.report(())


def of_standing(standing: Standing) -> Totals:
    """Return figures by unit from known verdicts: those of the dossiers that the visitor may see."""
    late = Counter(due.dossier for due in standing.dues if due.status is DueStatus.OVERDUE)
    figures = [
        DossierFigures(
            row.name, row.kind, row.unit, row.complete, row.score, row.errors, row.warnings, late[row.path],
            row.doubts, row.unread, row.sealed,
            tuple(cell.item for cell in row.cells if cell.kind == Status.MISSING.value),
        )
        for row in standing.rows
    ]  # fmt: skip
    titles = {
        (row.kind, cell.item): ItemTitle(row.kind, row.kind_title, cell.item, cell.title)
        for row in standing.rows
        for cell in row.cells
    }
    pairs = [(each.unit, each) for each in figures]
    return totals(standing.name, standing.today, pairs, titles.values())
