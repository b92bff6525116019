"""PDF files of strange/cabinet.py: text layers of another engine, stamp rows in odd fonts, forms, notes."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from strange import pdfs
from strange.e_office import Mark, _in_blank, _marked, _merged, _runs
from strange.handwriting import drawn
from strange.pictures import grain
from strange.worded import _blocks

from dossier.demo.pdf_writer import PdfFile, write_pdf
from dossier.demo.printing import Printing, prepared
from dossier.demo.typeset import HEIGHT, WIDTH, Sheet, typeset

Head = dict[str, Any]


def text(head: Head) -> bytes:
    """As a word processor prints it."""
    return write_pdf(typeset(_blocks(head)))


def _open(head: Head) -> Sheet:
    return typeset(prepared(_blocks(head), Printing(filled="form")))[0]


def layer_digits(head: Head, rng: random.Random) -> bytes:
    """A scan whose text layer, of another engine, is right but for the digits of number and day."""
    runs = typeset(_blocks(head))[0].runs
    file, data = PdfFile(), io.BytesIO()
    picture = grain(drawn(Sheet(runs), 200), rng, 8)
    picture.save(data, "JPEG", quality=60)
    image = file.stream(
        data.getvalue(),
        f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
        "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
        deflate=False,
    )
    said = [replace(run, text=_other_digits(run.text, rng)) for run in runs if run.text.strip()]
    code = {letter: at for at, letter in enumerate(sorted(set("".join(run.text for run in said))), 1)}
    font = pdfs._invisible(file, code)
    shown = "\n".join(pdfs._laid(run, code) for run in said)
    content = file.stream(f"q {WIDTH:.2f} 0 0 {HEIGHT:.2f} 0 0 cm /I Do Q BT 3 Tr\n{shown}\nET".encode())
    file.page(content, f"/XObject<</I {image} 0 R>>/Font<</T {font} 0 R>>", WIDTH, HEIGHT)
    return file.save("OCR")


def _other_digits(said: str, rng: random.Random) -> str:
    """The line with one digit of its number or day read as another."""
    found = re.search(r"(?<=Số: )\d+|(?<=Số )\d+|(?<=ngày )\d+", said)
    if not found:
        return said
    wrong = str(int(found[0][-1]) + rng.choice((1, 3, 7)))[-1]
    return said[: found.end() - 1] + wrong + said[found.end() :]


def odd_fonts(head: Head, rng: random.Random) -> bytes:
    """An e-office's stamps in a typewriter's font: number and day in the blanks, who signed when above."""
    from fpdf import FPDF

    sheet = _open(head)
    over = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    over.add_page()
    over.add_font("mono", "", "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")
    for run in _runs(sheet):
        mark = _in_blank(run)
        over.set_font("mono", "", 11)
        over.text(mark.x, mark.y, run.filled)
    over.set_font("mono", "", 6.5)
    said = f"VĂN BẢN ĐIỆN TỬ | Ký số: Văn thư | {rng.randint(1, 28):02d}/05/2025 10:{rng.randint(10, 59)}"
    over.text(70, 20, said)
    over.text(
        70, 30, f"Mã số: 000.{rng.randint(10, 99)}.H{rng.randint(10, 63)}-2025{rng.randint(1000, 9999)}-TĐ"
    )
    return _merged(write_pdf([sheet]), bytes(over.output()))


def stamp_row(head: Head, rng: random.Random) -> bytes:
    """Annotations above the head tell who received the file, with number and day of arrival."""
    sheet = _open(head)
    number, day = _runs(sheet)
    said = (
        f"CỔNG ĐIỆN TỬ - Số đến: {rng.randint(100, 999)} - Ngày đến: {rng.randint(1, 28):02d}/12/2025",
        f"Người nhận: vanthu.easona - {rng.randint(7, 17):02d}:{rng.randint(10, 59)}",
    )
    marks = [_in_blank(number), _in_blank(day), Mark(70, 16, said, 7.5, "/Stamp")]
    return _marked(write_pdf([sheet]), sheet, marks)


def _fields(head: Head, *, xfa: bool, comb: bool) -> bytes:
    sheet = _open(head)
    writer = PdfWriter(clone_from=io.BytesIO(write_pdf([sheet])))
    fields, data = ArrayObject(), ""
    for name, run in zip(("SoVanBan", "NgayBanHanh"), _runs(sheet), strict=True):
        x, width = run.blank
        low = HEIGHT - run.y - 3
        field = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject(name),
            NameObject("/V"): TextStringObject(run.filled),
            NameObject("/DA"): TextStringObject("/Helv 12 Tf 0 g"),
            NameObject("/Rect"): RectangleObject((x, low, x + width, low + run.size + 4)),
        })  # fmt: skip
        if comb:
            field[NameObject("/Ff")] = NumberObject(1 << 24)
            field[NameObject("/MaxLen")] = NumberObject(len(run.filled))
        fields.append(writer._add_object(field))
        data += f"<{name}>{run.filled}</{name}>"
    writer.pages[0][NameObject("/Annots")] = fields
    helvetica = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    fonts = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/Helv"): helvetica})})
    form = DictionaryObject({NameObject("/Fields"): fields, NameObject("/DR"): fonts})
    if xfa:
        packet = StreamObject()
        packet.set_data(
            '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><xfa:datasets '
            'xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data>'
            f"<form1>{data}</form1></xfa:data></xfa:datasets></xdp:xdp>".encode()
        )
        form[NameObject("/XFA")] = writer._add_object(packet)
    writer._root_object[NameObject("/AcroForm")] = form
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def form(head: Head, _rng: random.Random) -> bytes:
    """Number and day in fields of a form, a digit a cell, without a look of their own."""
    return _fields(head, xfa=False, comb=True)


def xfa_form(head: Head, _rng: random.Random) -> bytes:
    """The same with the data of an XFA form beside."""
    return _fields(head, xfa=True, comb=False)


def free_text(head: Head, _rng: random.Random) -> bytes:
    """Number and day typed onto the page as notes, by a reader's program that draws them itself."""
    sheet = _open(head)
    writer = PdfWriter(clone_from=io.BytesIO(write_pdf([sheet])))
    notes = ArrayObject()
    for run in _runs(sheet):
        x, width = run.blank
        low = HEIGHT - run.y - 4
        said = f"<body xmlns='http://www.w3.org/1999/xhtml'><p>{run.filled}</p></body>"
        notes.append(writer._add_object(DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Contents"): TextStringObject(run.filled), NameObject("/RC"): TextStringObject(said),
            NameObject("/DA"): TextStringObject("/Helv 12 Tf 0 0 1 rg"), NameObject("/F"): NumberObject(4),
            NameObject("/Rect"): RectangleObject((x, low, x + width, low + run.size + 5)),
        })))  # fmt: skip
    writer.pages[0][NameObject("/Annots")] = notes
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


WAYS: dict[str, Callable[[Head, random.Random], bytes]] = {
    "k-layer-digits": layer_digits, "k-odd-fonts": odd_fonts, "k-stamp-row": stamp_row, "k-form": form,
    "k-xfa": xfa_form, "k-free-text": free_text,
}  # fmt: skip
