"""One document on a screen: what was read of it, where it belongs and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dossier.checklists.english import type_said
from dossier.checklists.sentence_case import body
from dossier.i18n import _
from dossier.model import Document, Placement, Source
from reports import looks, seals
from reports.facts import particulars
from reports.looks import printable
from reports.questions import FIELD_NAMES


def document_view(document: Document, places: Sequence[str] = ()) -> RenderableType:
    """One document: what was read, where it belongs and why. ``places``: its placements in words, in their
    order; without them they are named by number."""
    header = document.header
    first, last = document.pages
    pages = str(first) if first == last else f"{first}–{last}"
    fields = [
        (_("Tệp"), printable(document.named)),
        *([(_("Tệp bên trong"), document.inner)] if document.inner else []),
        (_("Trang"), pages),
        (_("Loại"), type_said(header.type)),
        (_("Số, ký hiệu"), looks.number(header.number_symbol)),
        (_("Ngày"), looks.written(header.dated)),
        (_("Cơ quan ban hành"), body(header.issuing_body)),
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
    return Group(table, *_doubts(document), *_signatures(document), *_places(document, places), Text())


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


def _places(document: Document, places: Sequence[str]) -> Iterator[RenderableType]:
    if document.security is not None:
        yield Text(
            _("✗ Văn bản {why}: nội dung không được giữ ở đâu. Xem: dossier explain MAT-01").format(
                why=seals.why(document.security)
            ),
            style="bold red",
        )
    elif document.review:
        how = _('? Chưa chắc thuộc mục nào; hãy quyết định: dossier assign "{file}" MỤC')
        name = printable(document.id.rpartition("/")[2].removesuffix("#1"))
        yield Text(how.format(file=name), style="magenta")
    elif not document.placements:
        yield Text(_("– Không thuộc mục nào"), style="dim")
    for at, place in enumerate(document.placements):
        where = places[at] if at < len(places) else _("mục {part}").format(part=place.part)
        yield Padding(_place(place, where, sure=not document.review), (0, 0, 0, 1))


def _place(place: Placement, where: str, *, sure: bool) -> Text:
    who = {
        Source.PERSON: _("người dùng quyết định"),
        Source.LEARNED: _("học từ các quyết định trước"),
        Source.CONTINUED: _("trang tiếp theo"),
        Source.RULES: f"{place.confidence:.0%}",
    }[place.source]
    text = Text.assemble(
        ("→ " if sure else "? ", "green" if sure else "magenta"), (where, "bold" if sure else ""), f"  {who}"
    )
    for sentence in place.evidence:
        text.append(f"\n    · {printable(sentence)}", style="dim")
    return text
