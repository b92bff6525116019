"""Tables and colours for a person at a screen. Symbols carry the meaning, colours only help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dossier.checklists.vocabulary import name_of
from dossier.i18n import _
from dossier.model import (
    ComplianceReport,
    Document,
    DossierReport,
    Placement,
    Severity,
    Source,
    Waiver,
)
from reports import looks, proposals, urgent
from reports.looks import Look, printable
from reports.particulars import particulars
from reports.questions import FIELD_NAMES

T = TypeVar("T")
_MOST_ROWS = 40  # dossiers in the table of an archive
_MOST = 8  # sentences of one kind shown before the rest is only counted


def summary(report: ComplianceReport) -> RenderableType:
    """The whole archive: one row per dossier, then what to do next."""
    blocks: list[RenderableType] = [*_secrets(report), *_overdue(report)]
    if report.dossiers:
        blocks.append(_overview(report))
        shown = len(_rows_of(report))
        if shown < len(report.dossiers):
            more = _("Ở trên là {shown} hồ sơ chưa đầy đủ đầu tiên; tất cả: dossier report -o bao-cao.html")
            blocks.append(Text(more.format(shown=shown), style="dim"))
    blocks += [
        Text(f"{look.symbol} {finding.rule}  {printable(finding.message)}", style=look.colour)
        for look, finding in _first(looks.of_whole(report))
    ]
    blocks += [Text(f"! {printable(problem)}", style="yellow") for problem in _first(report.problems)]
    if said := proposals.unsorted(report):
        blocks.append(Text(f"! {printable(said)}", style="yellow"))
    elif report.outside.files:
        told = _("{count} tệp không nằm trong hồ sơ nào (vẫn được đọc và tìm thấy), ví dụ: {path}")
        first = printable(report.outside.files[0])
        blocks.append(Text("! " + told.format(count=len(report.outside.files), path=first), style="yellow"))
    blocks += [Text(f"○ {printable(said)}", style="cyan") for said in looks.settings(report)]
    blocks.append(Text(looks.summary_line(report.summary), style="bold"))
    worst = next((d for d in urgent.worst_first(report.dossiers) if not d.complete), None)
    if worst is not None:
        blocks.append(
            Text(
                _('Xem kỹ một hồ sơ: dossier show "{path}"').format(path=printable(worst.path)),
                style="dim",
            )
        )
    return Group(*blocks)


def _secrets(report: ComplianceReport) -> Iterator[RenderableType]:
    """Papers that bear a stamp of secrecy: whatever else is wrong can wait."""
    for finding in urgent.secrets(report):
        yield Text(f"✗ {printable(finding.message)}", style="bold red")


def _overdue(report: ComplianceReport) -> Iterator[RenderableType]:
    late = [duty for duty in urgent.duties(report) if duty.late > 0]
    for duty in _first(late):
        where = ", ".join(name for _path, name in duty.dossiers) or _("cả đơn vị")
        yield Text(f"! {printable(duty.what)}: {duty.when} ({printable(where)})", style="red")


def _rows_of(report: ComplianceReport) -> Sequence[DossierReport]:
    """All dossiers, those that lack most first; of a large archive only those that need somebody, as many
    as can be looked through."""
    worst = urgent.worst_first(report.dossiers)
    return worst if len(worst) <= _MOST_ROWS else [d for d in worst if not d.complete][:_MOST_ROWS]


def _overview(report: ComplianceReport) -> Table:
    several = len({d.kind for d in report.dossiers}) > 1
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column(_("Hồ sơ"), overflow="fold", ratio=5)
    if several:
        table.add_column(_("Loại"), no_wrap=True)
    table.add_column(_("Kết quả"), no_wrap=True)
    table.add_column(_("Mục đủ"), justify="right", no_wrap=True)
    table.add_column(_("Còn thiếu"), overflow="fold", ratio=5)
    table.add_column(_("Cần xem"), justify="right")
    table.add_column(_("Chưa đọc"), justify="right")
    for dossier in _rows_of(report):
        look = looks.complete(dossier)
        row: list[RenderableType] = [
            Text.assemble(printable(dossier.name), "\n", (printable(dossier.path), "dim"))
        ]
        if several:
            row.append(dossier.kind_title or dossier.kind)
        row += [
            _looked(look),
            "{}/{}".format(*looks.share(dossier)),
            _lacking(dossier),
            _number(sum(d.needs_review for d in dossier.documents), "magenta"),
            _number(len(dossier.unread), "yellow"),
        ]
        table.add_row(*row)
    return table


def _lacking(dossier: DossierReport) -> Text:
    """The papers that are missing, in red; those in doubt, in magenta; in yellow what should be there and
    leaves the dossier complete."""
    told = (
        (urgent.lacking(dossier, required=True), "red", ""),
        (urgent.waiting(dossier), "magenta", _("cần người xem: ")),
        (urgent.lacking(dossier, required=False), "yellow", _("nên bổ sung: ")),
    )
    lines = (
        Text.assemble((lead, "dim"), (printable("; ".join(papers)), colour))
        for papers, colour, lead in told
        if papers
    )
    return Text("\n").join(lines) or Text("–", style="dim")


def dossier_view(report: DossierReport) -> RenderableType:
    """One dossier: its facts, its checklist, its findings, the retention rules."""
    look = looks.complete(report)
    head = Text.assemble((printable(report.name), "bold"), "  ", (f"{look.symbol} {look.word}", look.colour))
    return Group(
        head,
        Text(printable(report.path), style="dim"),
        _facts(report),
        _checklist(report),
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


def _checklist(report: DossierReport) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column(_("Mục"), justify="right", no_wrap=True)
    table.add_column(_("Nội dung"), overflow="fold", ratio=4)
    table.add_column(_("Tình trạng"), overflow="fold", ratio=2)
    table.add_column(_("Văn bản"), overflow="fold", ratio=4)
    by_id = {document.id: document for document in report.documents}
    for item in report.items:
        for row in looks.shown_parts(item):
            look = looks.part(row)
            state = _looked(look)
            if row.missing:
                state.append("\n" + "; ".join(row.missing), style="dim")
            papers = Text("\n").join(_paper(by_id[d], report.path) for d in row.documents if d in by_id)
            table.add_row(row.part, row.title, state, papers)
    return table


def _paper(document: Document, dossier: str) -> Text:
    inside = document.path.removeprefix(dossier + "/")
    label = f"{inside}#{document.ordinal}" if document.ordinal > 1 else inside
    number = document.header.number_symbol
    return Text.assemble(printable(label), (f"  {number}" if number else "", "cyan"))


def _findings(report: DossierReport) -> Iterator[RenderableType]:
    for level in Severity:
        found = [finding for finding in report.findings if finding.severity is level]
        look = looks.severity(level)
        for finding in _first(found):
            text = Text.assemble(
                (f"{look.symbol} {finding.rule}  ", look.colour),
                printable(finding.message),
                (f"  {finding.citation}", "dim"),
            )
            yield Padding(text, (0, 0, 0, 1))
        if len(found) > _MOST:
            more = _("… và {count} {word} nữa").format(count=len(found) - _MOST, word=look.word)
            yield Text(f" {more}", style="dim")
    if report.findings:
        yield Text(
            _("Một quy tắc nói gì, khắc phục ra sao: dossier explain {rule}").format(
                rule=report.findings[0].rule
            ),
            style="dim",
        )


def document_view(document: Document) -> RenderableType:
    """One document: what was read, where it belongs and why."""
    header = document.header
    first, last = document.pages
    pages = str(first) if first == last else f"{first}–{last}"
    fields = [
        (_("Tệp"), printable(document.id)),
        *([(_("Tệp bên trong"), document.inner)] if document.inner else []),
        (_("Trang"), pages),
        (_("Loại"), name_of(header.type)),
        (_("Số, ký hiệu"), header.number_symbol),
        (_("Ngày"), looks.written(header.dated)),
        (_("Cơ quan ban hành"), header.issuing_body),
        (_("Trích yếu"), header.abstract),
        (_("Người ký"), " ".join(filter(None, (header.signer_rank, header.signer)))),
        *particulars(header),
        (_("Chữ"), _read(document)),
        *([(_("Tính chất"), state)] if (state := looks.state_of(header)) else []),
        *([(_("Lưu ý khi đọc"), "\n".join(document.notes))] if document.notes else []),
    ]
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in fields:
        table.add_row(name, Text(printable(value)) if value else Text(_("không thấy"), style="dim"))
    return Group(table, *_doubts(document), *_signatures(document), *_places(document), Text())


def _doubts(document: Document) -> Iterator[RenderableType]:
    """The fields that were not read for certain, with what else they may be."""
    readings = document.header.fields
    for name, label in FIELD_NAMES.items():
        if name not in readings or not readings[name].doubtful:
            continue
        said = _("? Chưa đọc chắc: {field}").format(field=_(label).lower())
        others = [looks.written(each) if name == "date" else each for each in readings[name].candidates]
        if others:
            said += _("; có thể là: {values}").format(values=printable(", ".join(others)))
        yield Text(said, style="magenta")


def _signatures(document: Document) -> Iterator[RenderableType]:
    for signature in document.signatures:
        look = looks.signature(signature)
        text = Text.assemble(
            (f"{look.symbol} ", look.colour),
            _("Chữ ký số"),
            f": {printable(looks.signed(signature))}",
            (f"\n  {printable(signature.detail)}", "dim"),
        )
        yield Padding(text, (0, 0, 0, 1))


def _read(document: Document) -> str:
    text = f"{document.format}, {looks.reading(document.reading)}"
    if document.confidence is not None:
        text += _(", độ tin cậy nhận dạng {share:.0%}").format(share=document.confidence)
    return text


def _places(document: Document) -> Iterator[RenderableType]:
    if document.security is not None:
        yield Text(
            _("✗ Có dấu chỉ độ mật: nội dung không được đọc, không được giữ. Xem: dossier explain MAT-01"),
            style="bold red",
        )
    elif document.review:
        yield Text(_("? Chưa chắc thuộc mục nào; hãy quyết định bằng: dossier assign"), style="magenta")
    elif not document.placements:
        yield Text(_("– Không thuộc mục nào"), style="dim")
    for place in document.placements:
        yield Padding(_place(place, sure=not document.review), (0, 0, 0, 1))


def _place(place: Placement, *, sure: bool) -> Text:
    where = _("mục {item}, thành phần {part}").format(item=place.item, part=place.part)
    for extra in (place.step, place.period):
        where += f" · {extra}" if extra else ""
    who = {
        Source.PERSON: _("người dùng quyết định"),
        Source.LEARNED: _("học từ các quyết định trước"),
        Source.RULES: f"{place.confidence:.0%}",
    }[place.source]
    text = Text.assemble(
        ("→ " if sure else "? ", "green" if sure else "magenta"), (where, "bold" if sure else ""), f"  {who}"
    )
    for sentence in place.evidence:
        text.append(f"\n    · {printable(sentence)}", style="dim")
    return text


def _looked(look: Look) -> Text:
    return Text(f"{look.symbol} {look.word}", style=look.colour)


def _number(count: int, style: str) -> Text:
    return Text(str(count), style=style) if count else Text("–", style="dim")


def _first(found: Sequence[T]) -> Sequence[T]:
    return found[:_MOST]


def waivers(known: Sequence[tuple[Waiver, bool, int]]) -> RenderableType:
    """Waivers with their reason, author and end; those that cover nothing any more say so."""
    if not known:
        return Text(_("Chưa có phát hiện nào được chấp nhận."))
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column(_("Hồ sơ"), overflow="fold", ratio=3)
    table.add_column(_("Quy tắc"), no_wrap=True)
    table.add_column(_("Tình trạng"), overflow="fold", ratio=2)
    table.add_column(_("Lý do"), overflow="fold", ratio=3)
    table.add_column(_("Người quyết định"), overflow="fold", ratio=1)
    for waiver, valid, count in known:
        until = looks.day(waiver.until) or _("không thời hạn")
        if not valid:
            state, style = _("hết hạn {day}").format(day=until), "yellow"
        elif count:
            state, style = (
                _("còn hiệu lực, {until}, {count} phát hiện").format(until=until, count=count),
                "cyan",
            )
        else:
            state, style = _("còn hiệu lực, {until}, không còn phát hiện nào").format(until=until), "dim"
        table.add_row(
            Text(printable(waiver.dossier)), f"{waiver.rule} {waiver.part}".strip(), Text(state, style=style),
            Text(printable(waiver.reason)), Text(printable(waiver.author)),
        )  # fmt: skip
    return table
