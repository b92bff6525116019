"""One dossier on a screen of 80 columns or more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dossier.i18n import _
from dossier.model import Document, DossierReport, Finding, Severity
from reports import looks, seals
from reports.looks import Look, printable

T = TypeVar("T")
MOST = 8  # sentences of one kind shown before the rest is only counted


def looked(look: Look) -> Text:
    """A state as its symbol and word, in its colour."""
    return Text(f"{look.symbol} {look.word}", style=look.colour)


def first(found: Sequence[T]) -> Sequence[T]:
    """As many as can be read at once."""
    return found[:MOST]


def alarms(findings: Iterable[Finding]) -> list[Text]:
    """Papers that bear a stamp of secrecy: whatever else is wrong can wait."""
    return [alarm(f.message) for f in findings if f.secret]


def alarm(said: str) -> Text:
    """The sentence on one of them."""
    return Text(f"✗ {printable(said)}", style="bold red")


def dossier_view(report: DossierReport) -> RenderableType:
    """One dossier: its facts, its checklist, its findings, the retention rules."""
    look = looks.complete(report)
    head = Text.assemble((printable(report.name), "bold"), "  ", (f"{look.symbol} {look.word}", look.colour))
    return Group(
        *alarms(report.findings),
        head,
        Text(printable(report.path), style="dim"),
        _facts(report),
        Text(),
        _checklist(report),
        Text(),
        *_others(report),
        *_findings(report),
        Text(_("Bảo quản: {text}").format(text=looks.retention(report.retention)), style="dim"),
    )


def _facts(report: DossierReport) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", overflow="fold")
    for name, value, source in looks.shown_facts(report):
        # Text, since a plain string in a table is taken for markup.
        table.add_row(name, Text(printable(value)), Text(printable(source)))
    return table


def rows(report: DossierReport) -> list[str]:
    """The papers in the order of their numbers: first those of the checklist, then the others; paths, with
    ``#2`` for a file's second document."""
    return [document.named for document in _numbered(report).values()] + [f.path for f in report.unread]


def _numbered(report: DossierReport) -> dict[str, Document]:
    by_id = {document.id: document for document in report.documents}
    placed = [d for item in report.items for part in item.parts for d in part.documents if d in by_id]
    return {each: by_id[each] for each in (*placed, *by_id)}


def _checklist(report: DossierReport) -> Table:
    """A row for each part: how it stands, what it is called, and below it its papers with their numbers."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    numbers = _numbers(report)
    by_id = {document.id: document for document in report.documents}
    for item in report.items:
        for row in looks.shown_parts(item):
            look = looks.part(row)
            state = f"{look.word}: {'; '.join(row.missing)}" if row.missing else look.word
            lines = [Text.assemble(row.title, "  ", (state, look.colour))]
            lines += [_paper(by_id[d], report.path, numbers[d]) for d in row.documents if d in by_id]
            table.add_row(row.part, Text(look.symbol, style=look.colour), Text("\n").join(lines))
    return table


def _numbers(report: DossierReport) -> dict[str, int]:
    return {each: number for number, each in enumerate(_numbered(report), start=1)}


def _wanted(report: DossierReport) -> str:
    """A part of which a paper is missing; the first part where none is."""
    parts = [part for item in report.items for part in item.missing]
    return next(iter(parts), report.items[0].parts[0].part if report.items else "1")


def _others(report: DossierReport) -> Iterator[RenderableType]:
    """The papers that stand under no item: in doubt, of no item, not read."""
    placed = {d for item in report.items for part in item.parts for d in part.documents}
    numbers = _numbers(report)
    told = [
        Text.assemble(
            _paper(document, report.path, numbers[document.id]),
            (f"  {_why(document)}", "magenta" if document.review else "dim"),
        )
        for document in report.documents
        if document.id not in placed
    ]
    first = next((numbers[d.id] for d in report.documents if d.id not in placed), len(numbers) + 1)
    told += [
        Text.assemble(
            (f"{number}. ", "dim"), printable(_inside(file.path, report.path)),
            (f"  {looks.reason(file.reason)}", "yellow"),
        )
        for number, file in enumerate(report.unread, start=len(numbers) + 1)
    ]  # fmt: skip
    if told:
        yield Text(_("Tệp không tính vào mục nào:"), style="bold")
        yield from (Padding(line, (0, 0, 0, 1)) for line in told)
        example = _("Xếp vào mục: dossier assign SỐ MỤC, ví dụ: dossier assign {number} {item}")
        yield Text(example.format(number=first, item=_wanted(report)), style="dim")
        yield Text()


def _why(document: Document) -> str:
    if document.security is not None:
        return seals.why(document.security)
    return _("chưa chắc thuộc mục nào") if document.review else _("không thuộc mục nào")


def _inside(path: str, dossier: str) -> str:
    return path.removeprefix(dossier + "/")


def _paper(document: Document, dossier: str, number: int) -> Text:
    label = _inside(document.named, dossier)
    symbol = looks.number(document.header.number_symbol)
    return Text.assemble((f"{number}. ", "dim"), (f"{symbol}  " if symbol else "", "cyan"), printable(label))


def _findings(report: DossierReport) -> Iterator[RenderableType]:
    for level in Severity:
        found = [finding for finding in report.findings if finding.severity is level]
        look = looks.severity(level)
        shown = found if level is Severity.ERROR else first(found)
        for finding in shown:
            text = Text.assemble(
                (f"{look.symbol} {finding.rule}  ", look.colour),
                printable(finding.message),
                (f"  {looks.citation(finding.citation)}", "dim"),
            )
            yield Padding(text, (0, 0, 0, 1))
        if len(found) > len(shown):
            more = _("… và {count} {word} nữa; xem hết: dossier report -o bao-cao.html").format(
                count=len(found) - len(shown), word=look.word
            )
            yield Text(f" {more}", style="dim")
    if report.findings:
        yield Text(
            _("Một quy tắc nói gì, khắc phục ra sao: dossier explain {rule}").format(
                rule=report.findings[0].rule
            ),
            style="dim",
        )
