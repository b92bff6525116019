"""Number and day that signature fields and form fields put on a page, in the ways that programs draw them."""

from __future__ import annotations

import io
from collections.abc import Callable
from unittest.mock import patch

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, RectangleObject, TextStringObject
from strange.papers import Paper

from dossier.demo import pdf_writer
from dossier.demo.pdf_writer import PdfFile, write_pdf
from dossier.demo.printing import Printing, prepared
from dossier.demo.typeset import HEIGHT, SetText, typeset

_STAMPED = Printing(filled="stamp")


def stamp_unnamed(paper: Paper) -> bytes:
    """Stamped by an e-office in a font of its own that leads not back to Unicode."""
    return _stamped_by(paper, _unnamed_look)


def stamp_outlined(paper: Paper) -> bytes:
    """Stamped with digits drawn as outlines."""
    return _stamped_by(paper, _outlined_look)


def stamp_picture(paper: Paper) -> bytes:
    """Number and day stamped on as pictures."""
    return _stamped_by(paper, _picture_look)


def stamp_turned(paper: Paper) -> bytes:
    """Number and day stamped on through a matrix, their box elsewhere."""
    return _stamped_by(paper, _turned_look)


def stamp_nested(paper: Paper) -> bytes:
    """Number and day two forms deep, as Adobe's layers lie."""
    return _stamped_by(paper, _nested_look)


Look = Callable[[PdfFile, SetText, int], int]


def _stamped_by(paper: Paper, look: Look) -> bytes:
    """The paper with blanks, filled by signature fields of this appearance."""

    def stamp(file: PdfFile, run: SetText, names: dict[str, tuple[str, int]]) -> int:
        x, width = run.blank
        low, tall = HEIGHT - run.y - 3, run.size + 4
        shown = look(file, run, names[run.face.name][1])
        return file.add(
            f"<</Type/Annot/Subtype/Widget/FT/Sig/T(stamp{shown})/F 4"
            f"/Rect[{x:.2f} {low:.2f} {x + width:.2f} {low + tall:.2f}]/AP<</N {shown} 0 R>>>>".encode()
        )

    with patch.object(pdf_writer, "_stamp", stamp):
        return write_pdf(typeset(prepared(paper.blocks(), _STAMPED)), _STAMPED)


def _drawn(run: SetText) -> str:
    shown = "".join(f"{run.face.glyphs[char]:04X}" for char in run.filled)
    inset = max(run.blank[1] - run.face.width(run.filled, run.size), 0) / 2
    return f"BT /F {run.size:g} Tf 1 0 0 1 {inset:.2f} 3 Tm <{shown}> Tj ET"


def _form(file: PdfFile, run: SetText, drawing: str, resources: str, matrix: str = "") -> int:
    box = f"/BBox[0 0 {run.blank[1]:.2f} {run.size + 4:.2f}]"
    return file.stream(drawing.encode(), f"/Type/XObject/Subtype/Form{box}{matrix}/Resources<<{resources}>>")


def _unnamed_look(file: PdfFile, run: SetText, _font: int) -> int:
    data = file.stream(run.face.data, f"/Length1 {len(run.face.data)}")
    described = file.add(
        f"<</Type/FontDescriptor/FontName/AAAAAA+F1/Flags 4/FontBBox[-200 -300 1300 1100]/ItalicAngle 0"
        f"/Ascent 900/Descent -220/CapHeight 670/StemV 80/FontFile2 {data} 0 R>>".encode()
    )
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    inner = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+F1/CIDToGIDMap/Identity/DW 520{system}"
        f"/FontDescriptor {described} 0 R>>".encode()
    )
    font = file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+F1/Encoding/Identity-H"
        f"/DescendantFonts[{inner} 0 R]>>".encode()
    )
    return _form(file, run, _drawn(run), f"/Font<</F {font} 0 R>>")


def _outlined_look(file: PdfFile, run: SetText, _font: int) -> int:
    from fontTools.pens.basePen import BasePen
    from fontTools.ttLib import TTFont

    drawn: list[str] = []

    class Pen(BasePen):  # type: ignore[misc]
        def _moveTo(self, at: tuple[float, float]) -> None:  # noqa: N802
            drawn.append(f"{at[0]:.0f} {at[1]:.0f} m")

        def _lineTo(self, at: tuple[float, float]) -> None:  # noqa: N802
            drawn.append(f"{at[0]:.0f} {at[1]:.0f} l")

        def _curveToOne(self, *ats: tuple[float, float]) -> None:  # noqa: N802
            drawn.append(" ".join(f"{x:.0f} {y:.0f}" for x, y in ats) + " c")

        def _closePath(self) -> None:  # noqa: N802
            drawn.append("h")

    font = TTFont(io.BytesIO(run.face.data))
    glyphs, scale = font.getGlyphSet(), run.size / font["head"].unitsPerEm
    x = max(run.blank[1] - run.face.width(run.filled, run.size), 0) / 2
    for char in run.filled:
        drawn.append(f"q {scale:.5f} 0 0 {scale:.5f} {x:.2f} 3 cm")
        glyphs[font.getBestCmap()[ord(char)]].draw(Pen(glyphs))
        drawn.append("f Q")
        x += run.face.width(char, run.size)
    return _form(file, run, "\n".join(drawn), "")


def _picture_look(file: PdfFile, run: SetText, _font: int) -> int:
    scale = 4
    font = ImageFont.truetype(io.BytesIO(run.face.data), run.size * scale)
    size = (round(run.blank[1] * scale), round((run.size + 4) * scale))
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).text(
        (size[0] // 2, size[1] - 3 * scale), run.filled, fill=0, font=font, anchor="ms"
    )
    image = file.stream(
        picture.tobytes(),
        f"/Type/XObject/Subtype/Image/Width {size[0]}/Height {size[1]}/ColorSpace/DeviceGray"
        "/BitsPerComponent 8",
    )
    return _form(
        file, run, f"{run.blank[1]:.2f} 0 0 {run.size + 4:.2f} 0 0 cm /I Do", f"/XObject<</I {image} 0 R>>"
    )


def _turned_look(file: PdfFile, run: SetText, font: int) -> int:
    """Drawn upwards in a tall box that its matrix lays down."""
    width, tall = run.blank[1], run.size + 4
    drawing = f"q 0 1 -1 0 {tall:.2f} 0 cm {_drawn(run)} Q"
    return file.stream(
        drawing.encode(),
        f"/Type/XObject/Subtype/Form/BBox[0 0 {tall:.2f} {width:.2f}]/Matrix[0 -1 1 0 700 900]"
        f"/Resources<</Font<</F {font} 0 R>>>>",
    )


def _nested_look(file: PdfFile, run: SetText, font: int) -> int:
    inner = _form(file, run, _drawn(run), f"/Font<</F {font} 0 R>>")
    empty = _form(file, run, "% DSBlank", "")
    middle = _form(file, run, "q 1 0 0 1 0 0 cm /n0 Do Q q 1 0 0 1 0 0 cm /n2 Do Q",
                   f"/XObject<</n0 {empty} 0 R/n2 {inner} 0 R>>")  # fmt: skip
    return _form(file, run, "/FRM Do", f"/XObject<</FRM {middle} 0 R>>")


def filled_form(paper: Paper) -> bytes:
    """Number and day in the text fields of a form, without appearances of their own."""
    how = Printing(filled="form")
    sheet = typeset(prepared(paper.blocks(), how))[0]
    writer = PdfWriter(clone_from=io.BytesIO(write_pdf([sheet])))
    fields = ArrayObject()
    for run in sheet.runs:
        if run.filled:
            x, width = run.blank
            low = HEIGHT - run.y - 3
            field = DictionaryObject({
                NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject(f"o{len(fields)}"),
                NameObject("/V"): TextStringObject(run.filled),
                NameObject("/DA"): TextStringObject("/Helv 12 Tf 0 g"),
                NameObject("/Rect"): RectangleObject((x, low, x + width, low + run.size + 4)),
            })  # fmt: skip
            fields.append(writer._add_object(field))
    writer.pages[0][NameObject("/Annots")] = fields
    helvetica = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    fonts = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/Helv"): helvetica})})
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): fields, NameObject("/DR"): fonts}
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


WAYS: dict[str, Callable[[Paper], bytes]] = {
    "stamp-unnamed": stamp_unnamed, "stamp-outlined": stamp_outlined,
    "stamp-picture": stamp_picture, "stamp-turned": stamp_turned,
    "stamp-nested": stamp_nested, "form-fields": filled_form,
}  # fmt: skip
