"""Papers inside other things: portfolios, annotations, patches, boxes of signatures, packed pages."""

from __future__ import annotations

import io
import random
import re
import struct
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import ImageOps, TiffImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from strange import desk, scanners
from strange.papers import Paper

from dossier.demo.paper import PageBreak, Paragraph
from dossier.demo.pdf_writer import write_pdf
from dossier.demo.printing import Printing, prepared
from dossier.demo.typeset import HEIGHT, SetText, Sheet, face, typeset

_BLANK = Printing(filled="form")
_TEXT = [
    Paragraph(f"{at}. Tổ viên thay nhau trực theo lịch đã phân công và ghi sổ bàn giao đầy đủ.")
    for at in range(1, 30)
]


def _plain(paper: Paper) -> bytes:
    return write_pdf(typeset(paper.blocks()))


def _saved(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _open_sheet(paper: Paper) -> Sheet:
    return typeset(prepared(paper.blocks(), _BLANK))[0]


def _blanks(sheet: Sheet) -> list[SetText]:
    return [run for run in sheet.runs if run.filled]


def _annotated(paper: Paper, kind: str, *, look: bool) -> bytes:
    """Number and day written into the blanks by annotations of a kind, with an appearance or without."""
    sheet = _open_sheet(paper)
    writer = PdfWriter(clone_from=io.BytesIO(write_pdf([sheet])))
    marks = ArrayObject()
    helvetica = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    for run in _blanks(sheet):
        x, wide = run.blank
        low = HEIGHT - run.y - 3
        mark = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(kind),
            NameObject("/F"): NumberObject(4), NameObject("/Contents"): TextStringObject(run.filled),
            NameObject("/DA"): TextStringObject("/Helv 12 Tf 0 0 1 rg"),
            NameObject("/Rect"): RectangleObject((x, low, x + max(wide, 26), low + run.size + 4)),
        })  # fmt: skip
        if look:
            form = StreamObject()
            form.set_data(f"BT /Helv 12 Tf 0 0 0.8 rg 2 3 Td ({run.filled}) Tj ET".encode())
            form.update({
                NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): RectangleObject((0, 0, max(wide, 26), run.size + 4)),
                NameObject("/Resources"): DictionaryObject(
                    {NameObject("/Font"): DictionaryObject({NameObject("/Helv"): helvetica})}
                ),
            })  # fmt: skip
            mark[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(form)})
        marks.append(writer._add_object(mark))
    writer.pages[0][NameObject("/Annots")] = marks
    return _saved(writer)


def free_text(paper: Paper) -> bytes:
    """Number and day typed over the blanks by a reader program's typewriter."""
    return _annotated(paper, "/FreeText", look=True)


def free_text_bare(paper: Paper) -> bytes:
    """The same as some telephones save it: without an appearance."""
    return _annotated(paper, "/FreeText", look=False)


def rubber_stamp(paper: Paper) -> bytes:
    """By annotations of the kind Stamp."""
    return _annotated(paper, "/Stamp", look=True)


def _patched(paper: Paper) -> tuple[PdfWriter, SetText, str, float, float]:
    """A writer of the paper with a wrong number; its line; the right digits; where the wrong ones lie."""
    digits = re.match(r"\d+", paper.number)[0]  # type: ignore[index]
    older = str(int(digits) + 111).zfill(len(digits))
    sheet = typeset(replace(paper, number=paper.number.replace(digits, older, 1)).blocks())[0]
    run = next(run for run in sheet.runs if older in run.text)
    before = run.text.split(older)[0]
    x = run.x + run.face.width(before, run.size)
    wide = run.face.width(older, run.size)
    writer = PdfWriter(clone_from=io.BytesIO(write_pdf([sheet])))
    return writer, run, digits, x, wide


def _drawn_over(writer: PdfWriter, drawing: str) -> None:
    page = writer.pages[0]
    stream = StreamObject()
    stream.set_data(drawing.encode())
    contents = page["/Contents"]
    first = contents if isinstance(contents, ArrayObject) else ArrayObject([page.raw_get("/Contents")])
    opened = StreamObject()
    opened.set_data(b"q\n")
    closed = StreamObject()
    closed.set_data(b"\nQ\n")
    page[NameObject("/Contents")] = ArrayObject(
        [writer._add_object(opened), *first, writer._add_object(closed), writer._add_object(stream)]
    )
    resources = page["/Resources"]
    helvetica = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Times-Roman"),
    })  # fmt: skip
    resources["/Font"][NameObject("/Over")] = helvetica  # type: ignore[index]


def patch(paper: Paper) -> bytes:
    """An older number under a white rectangle, the right one over it, both drawn by the page."""
    writer, run, digits, x, wide = _patched(paper)
    low = HEIGHT - run.y
    _drawn_over(
        writer,
        f"1 g {x:.2f} {low - 3:.2f} {wide:.2f} {run.size + 2:.2f} re f 0 g "
        f"BT /Over {run.size:g} Tf {x:.2f} {low:.2f} Td ({digits}) Tj ET",
    )
    return _saved(writer)


def patch_mark(paper: Paper) -> bytes:
    """The same by annotations: a white square and typed text over it."""
    writer, run, digits, x, wide = _patched(paper)
    low = HEIGHT - run.y - 3
    marks = ArrayObject()
    for kind, drawing in (
        ("/Square", f"1 g 0 0 {wide:.2f} {run.size + 2:.2f} re f"),
        ("/FreeText", f"BT /Helv {run.size:g} Tf 0 g 0 3 Td ({digits}) Tj ET"),
    ):
        form = StreamObject()
        form.set_data(drawing.encode())
        fonts = {NameObject("/Helv"): DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Times-Roman"),
        })}  # fmt: skip
        form.update({
            NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): RectangleObject((0, 0, wide, run.size + 2)),
            NameObject("/Resources"): DictionaryObject({NameObject("/Font"): DictionaryObject(fonts)}),
        })  # fmt: skip
        marks.append(writer._add_object(DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(kind),
            NameObject("/F"): NumberObject(4),
            NameObject("/Rect"): RectangleObject((x, low, x + wide, low + run.size + 2)),
            NameObject("/IC"): ArrayObject([FloatObject(1)] * 3),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(form)}),
        })))  # fmt: skip
    writer.pages[0][NameObject("/Annots")] = marks
    return _saved(writer)


def blacked(paper: Paper) -> bytes:
    """The number under a black bar, nothing over it: nobody reads it."""
    writer, run, _digits, x, wide = _patched(paper)
    low = HEIGHT - run.y
    _drawn_over(writer, f"0 g {x - 1:.2f} {low - 3:.2f} {wide + 2:.2f} {run.size + 3:.2f} re f")
    return _saved(writer)


def _box_of_signature(paper: Paper, rect: tuple[float, float, float, float]) -> bytes:
    """A signature's visible box, its words in small print, at a place of the head."""
    sheet = typeset(paper.blocks())[0]
    said = ("Người ký: Ủy ban nhân dân huyện Sơn Lãng", "Email: ubnd@sonlang.example.vn",
            "Cơ quan: Tỉnh An Khánh", "Thời gian ký: 17.12.2025 14:08:51 +07:00")  # fmt: skip
    left, low, _right, top = rect
    size = (top - low) / (len(said) * 1.25)
    lines = [
        replace(sheet.runs[-1], x=left + 1, y=HEIGHT - top + size * (1.2 * at + 1), size=size, text=text,
                face=face(False))
        for at, text in enumerate(said)
    ]  # fmt: skip
    over = PdfReader(io.BytesIO(write_pdf([replace(sheet, runs=lines, rules=[])]))).pages[0]
    writer = PdfWriter(clone_from=io.BytesIO(write_pdf([sheet])))
    form = StreamObject()
    form.set_data(over.get_contents().get_data())  # type: ignore[union-attr]
    form.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): RectangleObject(rect),
        NameObject("/Resources"): over["/Resources"].clone(writer),  # type: ignore[attr-defined]
    })  # fmt: skip
    field = writer._add_object(DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Sig"), NameObject("/T"): TextStringObject("Signature1"),
        NameObject("/F"): NumberObject(132), NameObject("/Rect"): RectangleObject(rect),
        NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(form)}),
    }))  # fmt: skip
    writer.pages[0][NameObject("/Annots")] = ArrayObject([field])
    return _saved(writer)


def signed_over_issuer(paper: Paper) -> bytes:
    """The box lies over the left column's first lines."""
    return _box_of_signature(paper, (88, HEIGHT - 84, 230, HEIGHT - 46))


def signed_over_day(paper: Paper) -> bytes:
    """The box lies between the columns, into both."""
    return _box_of_signature(paper, (210, HEIGHT - 130, 350, HEIGHT - 88))


def signed_above(paper: Paper) -> bytes:
    """The box stands in the corner above the motto."""
    return _box_of_signature(paper, (400, HEIGHT - 46, 560, HEIGHT - 10))


def portfolio(paper: Paper) -> bytes:
    """A portfolio: a cover that asks for another program, the paper inside."""
    writer = PdfWriter()
    cover = typeset((Paragraph("For the best experience, open this PDF portfolio in Acrobat."),))
    writer.append(io.BytesIO(write_pdf(cover)))
    writer.add_attachment(f"{paper.number.replace('/', '_')}.pdf", _plain(paper))
    writer._root_object[NameObject("/Collection")] = DictionaryObject({
        NameObject("/Type"): NameObject("/Collection"), NameObject("/View"): NameObject("/T")
    })  # fmt: skip
    return _saved(writer)


def comb(paper: Paper) -> bytes:
    """The digits in the cells of a form's comb, each drawn by itself."""
    sheet = _open_sheet(paper)
    runs = []
    for run in sheet.runs:
        runs.append(replace(run, filled=""))
        if run.filled:
            x, wide = run.blank
            step = max(wide / len(run.filled), 7)
            runs += [
                replace(run, x=x + at * step + 1, text=digit, filled="")
                for at, digit in enumerate(run.filled)
            ]
    return write_pdf([replace(sheet, runs=runs)])


def horned(paper: Paper) -> bytes:
    """A font's old fault: Ƣ and ƣ for Ư and ư."""
    writer = PdfWriter(clone_from=io.BytesIO(_plain(paper)))
    for entry in writer._objects:
        if isinstance(entry, StreamObject) and b"beginbfchar" in (data := entry.get_data()):
            entry.set_data(data.replace(b"<01AF>\n", b"<01A2>\n").replace(b"<01B0>\n", b"<01A3>\n"))
    return _saved(writer)


def backwards_long(paper: Paper) -> bytes:
    """Three pages, the last one first."""
    blocks = (*paper.blocks()[:-1], *_TEXT, PageBreak(), *_TEXT[:9], paper.foot())
    writer = PdfWriter()
    for page in reversed(PdfReader(io.BytesIO(write_pdf(typeset(blocks)))).pages):
        writer.add_page(page)
    return _saved(writer)


def backwards_scan(paper: Paper, rng: random.Random) -> bytes:
    """The same scanned."""
    from strange.pictures import grain
    from strange.programs import of_pictures

    from dossier.demo.scan_writer import drawn

    blocks = (*paper.blocks()[:-1], *_TEXT, PageBreak(), *_TEXT[:9], paper.foot())
    return of_pictures([grain(drawn(sheet), rng) for sheet in reversed(typeset(blocks))])


def jbig2(paper: Paper, rng: random.Random) -> bytes:
    """Black and white by JBIG2, as copiers pack it: a page of one region in their simplest coding."""
    picture = desk.skewed_fine(paper, rng)
    data = scanners._group4(ImageOps.invert(picture.convert("L")))
    wide, high = picture.size
    page = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", wide, high, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", wide, high, 0, 0, 0) + b"\x01" + data
    entry = struct.pack(">IBBBI", 1, 38, 0, 1, len(region))
    size = f"/Width {wide}/Height {high}/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode"
    return scanners._file([(page + entry + region, size)])


def fax_askew(paper: Paper, rng: random.Random) -> bytes:
    """Group 4, askew, sealed in black."""
    return scanners._file([scanners._fax(desk.black_seal(paper, rng).rotate(1.7, fillcolor=255),
                                         "/ColorSpace/DeviceGray")])  # fmt: skip


def jpx_colour(paper: Paper, rng: random.Random) -> bytes:
    """JPEG 2000 in colours, sealed in red, packed hard."""
    picture, out = desk.skewed(paper, rng), io.BytesIO()
    picture.convert("RGB").save(out, "JPEG2000", quality_mode="rates", quality_layers=[60])
    return scanners._file(
        [(out.getvalue(), f"/Width {picture.width}/Height {picture.height}/Filter/JPXDecode")]
    )


def tiff_pages(paper: Paper, rng: random.Random) -> bytes:
    """A TIFF of JPEG pages: the paper and two pages of its text."""
    from dossier.demo.scan_writer import drawn

    blocks = (*paper.blocks()[:-1], *_TEXT, PageBreak(), *_TEXT[:9], paper.foot())
    first, *others = (desk.laid(drawn(sheet).convert("RGB"), rng, 150) for sheet in typeset(blocks))
    out = io.BytesIO()
    TiffImagePlugin.STRIP_SIZE = 1 << 16
    first.save(out, "TIFF", compression="jpeg", save_all=True, append_images=others, dpi=(150, 150))
    return out.getvalue()


def heic(paper: Paper, rng: random.Random) -> bytes:
    """A telephone's HEIC."""
    with tempfile.TemporaryDirectory() as folder:
        shot, made = Path(folder, "a.png"), Path(folder, "a.heic")
        desk.slanted(paper, rng).save(shot)
        subprocess.run(["heif-enc", "-q", "60", str(shot), "-o", str(made)], check=True, capture_output=True)
        return made.read_bytes()


TEXTS: dict[str, Callable[[Paper], bytes]] = {
    "free-text": free_text, "free-text-bare": free_text_bare, "rubber-stamp": rubber_stamp, "patch": patch,
    "patch-mark": patch_mark, "blacked": blacked, "signed-over-issuer": signed_over_issuer,
    "signed-over-day": signed_over_day, "signed-above": signed_above, "portfolio": portfolio, "comb": comb,
    "horned": horned, "backwards-long": backwards_long,
}  # fmt: skip
SCANS: dict[str, Callable[[Paper, random.Random], bytes]] = {
    "jbig2": jbig2, "fax-askew": fax_askew, "jpx-colour": jpx_colour, "backwards-scan": backwards_scan,
}  # fmt: skip
FILES: dict[str, tuple[str, Callable[[Paper, random.Random], bytes]]] = {"tiff-long": ("tif", tiff_pages)}
