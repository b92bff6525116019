"""Findings and reports as wholes: documents, part, gap, severity, clause and sentence, letter by letter.

After a change that is meant: ``pytest tests/compliance/test_whole_findings.py --snapshot-update``, and read
what differs as an archivist would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from cases import No
from guidance import cases
from syrupy.assertion import SnapshotAssertion
from test_every_rule import ROWS
from test_guidance import judged

from dossier.model import DossierReport, Finding, Status

# One of each sort of dossier: alone and linked, in its years and ended, ranked well and badly, an exemplar.
WHOLE = (
    "completeness: no implementing paper",
    "nothing but reports of 2024: founded at the latest when they begin",
    "linked_and_kept: linked: the others' dossiers are a note",
    "declared as led by others, whatever the papers say",
    "5 of 8 criteria, and ended",
    "an exemplar recognised twice, by commune and by province",
    "Tốt in 2023, Yếu in 2024, replicated in 2025",
    "a ward made of communes on 01/07/2025 ranks what the commune founded",
    "a partial date is an interval: December 2022 may be before or after",
    "the ranking decision waits for review",
    "ended, the notice a month before the decision",
    "held: the dossier has no expiry whatever the law says",
)


def said(finding: Finding) -> str:
    """One line per finding, without what every case shares."""
    documents = ", ".join(each.rpartition("/")[2] for each in finding.documents)
    gap = "" if finding.subject is None else f" gap {'/'.join(finding.subject)}"
    event = f" since {finding.noticed:%Y-%m-%d}" if finding.noticed else ""
    head = f"{finding.rule} {finding.severity} {finding.part or '-'} [{documents}]{gap}{event}"
    return f"{head} ({finding.citation})\n    {finding.message}"


def lines(report: DossierReport) -> Iterator[str]:
    yield f"{report.path} {report.kind} {report.kind_title}; {report.unit or 'no unit'}; {report.score} %" + (
        ", complete" if report.complete else ""
    )
    for name, fact in sorted(report.facts.items()):
        if fact.value is not None:
            yield f"  {name} = {fact.value} ({fact.source} {fact.origin})"
    name = {document.id: document.path.rpartition("/")[2] for document in report.documents}
    for item in report.items:
        yield f"  {item.item} {item.status} {item.title}"
        for part in item.parts:
            if part.status is Status.NOT_APPLICABLE and not part.required and not part.documents:
                continue
            asked = "asked" if part.required else "not asked"
            documents = ", ".join(name[document] for document in part.documents)
            yield f"    {part.part} {part.status} {asked} {part.title}: {documents}"
            if part.missing or part.periods_missing or part.periods_unsure:
                yield f"      lacks {part.missing} {part.periods_missing} {part.periods_unsure}"
    for due in report.due:
        yield f"  {due.day} {due.rule} {due.status} {due.part} {due.period} {due.what} ({due.citation})"
    yield f"  {report.retention}"
    yield from map(said, report.findings)


def told() -> Iterator[tuple[str, Finding]]:
    """Every finding of the rows of each rule and of the table of the guidance, with the name of its case."""
    for row in ROWS:
        for case, given, severity in row.cases():
            if severity and not isinstance(given, No):
                yield from ((case, finding) for finding in given.findings(row.rule, row.part))
    for name, case in cases():
        yield from ((name, finding) for finding in judged(case).findings)


def test_every_sort_of_finding_says_where_what_and_by_which_clause(snapshot: SnapshotAssertion) -> None:
    sorts: dict[tuple[str, ...], str] = {}
    for name, finding in told():
        number_free = re.sub(r"\d+", "0", finding.message)
        waived = "" if finding.waiver is None else finding.rule[:2]  # a message with a note, once per family
        sort = (waived,) if waived else (finding.rule, finding.severity, finding.part, number_free)
        sorts.setdefault(sort, f"# {name}\n{said(finding)}")
    assert "\n".join(sorted(sorts.values(), key=lambda line: line.partition("\n")[2])) == snapshot


@pytest.mark.parametrize("name", WHOLE)
def test_whole_report_reads_as_it_did(name: str, snapshot: SnapshotAssertion) -> None:
    (case,) = (case for full, case in cases() if full.endswith(name))
    assert "\n".join(lines(judged(case))) == snapshot
