"""PDF files that say more than they show: hidden layers, white and clipped words, remarks, odd order."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)  # fmt: skip
from strange.papers import Paper

from dossier.demo.paper import ColumnLine, Columns, PageBreak, Paragraph
from dossier.demo.pdf_writer import write_pdf
from dossier.demo.typeset import HEIGHT, WIDTH, typeset

_FALSE = "Số: 9191/QĐ-CU"


def _plain(paper: Paper) -> bytes:
    return write_pdf(typeset(paper.blocks()))


def _ghost(paper: Paper) -> PdfReader:
    """A page with nothing but another number and day, where the paper has its own."""
    left = (*[ColumnLine(" ", size=11.5)] * 2, ColumnLine(_FALSE, size=12.5))
    right = (
        *[ColumnLine(" ", size=11.5)] * 2,
        ColumnLine(f"{paper.place}, ngày 09 tháng 9 năm 2019", size=12.5),
    )
    return PdfReader(io.BytesIO(write_pdf(typeset((Columns(left, right, head=True),)))))


def _with_ghost(paper: Paper, before: bytes, after: bytes, shift: float = 0.0) -> bytes:
    """The paper with the ghost's words, drawn between two pieces of content."""
    writer = PdfWriter(clone_from=io.BytesIO(_plain(paper)))
    page, ghost = writer.pages[0], _ghost(paper).pages[0]
    words = ghost.get_contents()
    assert words is not None
    drawn = before + b"\n" + words.get_data() + b"\n" + after
    form = DecodedStreamObject()
    form.set_data(drawn)
    form.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, WIDTH, HEIGHT))),
        NameObject("/Resources"): ghost["/Resources"].clone(writer),
    })  # fmt: skip
    resources = page["/Resources"].get_object()
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/Ghost"): writer._add_object(form)})
    content = DecodedStreamObject()
    own = page.get_contents()
    assert own is not None
    content.set_data(f"q 1 0 0 1 0 {shift} cm /Ghost Do Q\n".encode() + own.get_data())
    page[NameObject("/Contents")] = writer._add_object(content)
    return _saved(writer)


def _saved(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def invisible(paper: Paper) -> bytes:
    """Another number and day above the head, written with neither fill nor stroke."""
    return _with_ghost(paper, b"3 Tr", b"", 45)


def invisible_over(paper: Paper) -> bytes:
    """The same in the place of the paper's own."""
    return _with_ghost(paper, b"3 Tr", b"")


def white(paper: Paper) -> bytes:
    """Another number and day in white, where the paper has its own."""
    return _with_ghost(paper, b"1 1 1 rg", b"")


def white_above(paper: Paper) -> bytes:
    """The same above the head."""
    return _with_ghost(paper, b"1 g", b"", 45)


def clipped(paper: Paper) -> bytes:
    """Another number clipped away."""
    return _with_ghost(paper, b"0 0 5 5 re W n", b"", 45)


def hidden_layer(paper: Paper) -> bytes:
    """On a layer that is switched off."""
    writer = PdfWriter(clone_from=io.BytesIO(_with_ghost(paper, b"", b"", 45)))
    layer = writer._add_object(DictionaryObject({
        NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("nháp"),
    }))  # fmt: skip
    writer.pages[0]["/Resources"]["/XObject"]["/Ghost"].get_object()[NameObject("/OC")] = layer
    writer._root_object[NameObject("/OCProperties")] = DictionaryObject({
        NameObject("/OCGs"): ArrayObject([layer]),
        NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([layer])}),
    })  # fmt: skip
    return _saved(writer)


def _comments(paper: Paper, texts: list[tuple[str, float, float]], *, drawn: bool) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(_plain(paper)))
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
        NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
    })  # fmt: skip
    helvetica = writer._add_object(font)
    notes = ArrayObject()
    for text, x, y in texts:
        box = ArrayObject(map(FloatObject, (x, y, x + 8 * len(text), y + 14)))
        note = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): box, NameObject("/Contents"): TextStringObject(text),
            NameObject("/F"): NumberObject(4),
            NameObject("/DA"): TextStringObject("/Helv 12 Tf 0 g"),
        })  # fmt: skip
        if drawn:
            look = DecodedStreamObject()
            look.set_data(f"BT /Helv 12 Tf 2 3 Td ({text}) Tj ET".encode("cp1252", "replace"))
            look.update({
                NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 8 * len(text), 14))),
                NameObject("/Resources"): DictionaryObject({
                    NameObject("/Font"): DictionaryObject({NameObject("/Helv"): helvetica})
                }),
            })  # fmt: skip
            note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})
        notes.append(writer._add_object(note))
    writer.pages[0][NameObject("/Annots")] = notes
    return _saved(writer)


def comments(paper: Paper) -> bytes:
    """Thousands of comments over the head, as a tool that numbers everything leaves them."""
    texts = [(f"UBND XA {at}", 60 + at * 37 % 420, HEIGHT - 30 - at * 13 % 220) for at in range(3000)]
    return _comments(paper, texts, drawn=True)


def comment(paper: Paper) -> bytes:
    """A reviewer's few remarks beside the head."""
    return _comments(paper, [("CAN SUA LAI SO", 85, HEIGHT - 140), ("OK", 300, HEIGHT - 40)], drawn=True)


def upside_down(paper: Paper) -> bytes:
    """Printed upside down."""
    return _turned(paper, Transformation((-1, 0, 0, -1, WIDTH, HEIGHT)))


def mirrored(paper: Paper) -> bytes:
    """As in a mirror, for transfer paper."""
    return _turned(paper, Transformation((-1, 0, 0, 1, WIDTH, 0)))


def _turned(paper: Paper, how: Transformation) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(WIDTH, HEIGHT)
    page.merge_transformed_page(PdfReader(io.BytesIO(_plain(paper))).pages[0], how)
    return _saved(writer)


def backwards(paper: Paper) -> bytes:
    """Two pages, the last one first, as an output tray leaves them."""
    text = [
        Paragraph(f"{at}. Tổ viên thay nhau trực theo lịch đã phân công và ghi sổ bàn giao.")
        for at in range(1, 9)
    ]
    blocks = (*paper.blocks()[:-1], PageBreak(), *text, paper.foot())
    pages = PdfReader(io.BytesIO(write_pdf(typeset(blocks)))).pages
    writer = PdfWriter()
    for page in reversed(list(pages)):
        writer.add_page(page)
    return _saved(writer)


def enlarged(paper: Paper) -> bytes:
    """In a unit of its own, the page of A0."""
    writer = PdfWriter()
    page = writer.add_blank_page(WIDTH * 4, HEIGHT * 4)
    page.merge_transformed_page(PdfReader(io.BytesIO(_plain(paper))).pages[0], Transformation().scale(4))
    return _saved(writer)


def two_up(papers: tuple[Paper, Paper]) -> bytes:
    """Two papers on one lying sheet, made smaller."""
    writer = PdfWriter()
    page = writer.add_blank_page(HEIGHT, WIDTH)
    for at, paper in enumerate(papers):
        small = Transformation().scale(WIDTH / HEIGHT).translate(at * HEIGHT / 2, 0)
        page.merge_transformed_page(PdfReader(io.BytesIO(_plain(paper))).pages[0], small)
    return _saved(writer)


def dotted(paper: Paper) -> bytes:
    """The number typed in the middle of the form's dots."""
    head, *others = paper.blocks()
    assert isinstance(head, Columns)
    number = re.sub(r"^(\d+)", r"....\1.....", paper.number)
    left = tuple(replace(line, text=line.text.replace(paper.number, number)) for line in head.left)
    day = re.sub(r"(\d\d) tháng (\d+)", r"..\1... tháng ..\2..", paper.spoken_day)
    right = (*head.right[:-1], replace(head.right[-1], text=f"{paper.place}, {day}"))
    return write_pdf(typeset((replace(head, left=left, right=right), *others)))


def above_dots(paper: Paper) -> bytes:
    """The number typed onto a line of dots that the form has, a little above it."""
    head, *others = paper.blocks()
    assert isinstance(head, Columns)
    digits, rest = re.match(r"(\d+)(.*)", paper.number).groups()  # type: ignore[union-attr]
    left = tuple(
        replace(line, text=f"{line.text.split()[0]} ..............{rest}")
        if paper.number in line.text
        else line
        for line in head.left
    )
    sheet = typeset((replace(head, left=left), *others))[0]
    runs = []
    for run in sheet.runs:
        runs.append(run)
        if "......" in run.text and run.text.endswith(rest):
            before = run.text.split(".", 1)[0]
            x = run.x + run.face.width(before + "....", run.size)
            runs.append(replace(run, x=x, y=run.y - 2.5, text=digits))
    return write_pdf([replace(sheet, runs=runs)])


WAYS: dict[str, Callable[[Paper], bytes]] = {
    "invisible": invisible, "invisible-over": invisible_over, "white-over": white, "white-above": white_above,
    "clipped": clipped, "layer-off": hidden_layer, "comments": comments, "comment": comment,
    "upside-down": upside_down, "mirrored": mirrored, "backwards": backwards, "enlarged": enlarged,
    "dotted": dotted, "above-dots": above_dots,
}  # fmt: skip
PAIRS: dict[str, Callable[[tuple[Paper, Paper]], bytes]] = {"two-up": two_up}
