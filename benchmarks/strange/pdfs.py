"""PDF files of other programs: old fonts, text laid over scans, days stamped on by e-offices."""

from __future__ import annotations

import io
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image
from strange.papers import Paper

from dossier.demo.paper import ColumnLine, Columns
from dossier.demo.pdf_writer import PdfFile, write_pdf
from dossier.demo.printing import BLANK, PLAIN, Printing, prepared
from dossier.demo.typeset import HEIGHT, WIDTH, SetText, typeset
from dossier.legacy import Encoding, encode

_SLIPS = {"Ủ": "Ú", "ộ": "ô", "ạ": "a", "Đ": "D", "ễ": "ẻ", "ư": "u", "l": "1"}  # of an older OCR program


def legacy(paper: Paper, encoding: Encoding, font: str) -> bytes:
    """A PDF printed with a font from before Unicode, without a way back to it; ``font``: its name."""
    runs = typeset(paper.blocks())[0].runs
    file = PdfFile()
    number = file.add(
        f"<</Type/Font/Subtype/TrueType/BaseFont/{font}/Encoding/WinAnsiEncoding"
        f"/FontDescriptor {file.add(_described(font))} 0 R/FirstChar 32/LastChar 255"
        f"/Widths[{' '.join(['500'] * 224)}]>>".encode()
    )
    out = [b"BT"]
    for run in runs:
        if run.text.strip():
            text = encode(run.text, encoding).encode("cp1252", "replace")
            squeezed = 100 * run.face.width(run.text, run.size) / (len(text) * run.size / 2)
            shown = re.sub(rb"([()\\])", rb"\\\1", text)
            where = f"/F {run.size:g} Tf {squeezed:.1f} Tz 1 0 0 1 {run.x:.2f} {HEIGHT - run.y:.2f} Tm ("
            out.append(where.encode() + shown + b") Tj")
    content = file.stream(b"\n".join([*out, b"ET"]))
    file.page(content, f"/Font<</F {number} 0 R>>", WIDTH, HEIGHT)
    return file.save("Acrobat Distiller 4.0 for Windows")


def _described(font: str) -> bytes:
    return (
        f"<</Type/FontDescriptor/FontName/{font}/Flags 32/FontBBox[-200 -300 1300 1100]/ItalicAngle 0"
        "/Ascent 900/Descent -220/CapHeight 670/StemV 80>>"
    ).encode()


def layered(picture: Image.Image, paper: Paper, way: str, rng: random.Random) -> bytes:
    """A scan with invisible text over it, as a scanner's program makes them: ``slips`` with an error in some
    words, ``bare`` without Vietnamese marks, ``false`` with other digits in the number and the day."""
    runs = typeset(paper.blocks())[0].runs
    file = PdfFile()
    data = io.BytesIO()
    picture.convert("L").save(data, "JPEG", quality=60)
    image = file.stream(
        data.getvalue(),
        f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
        "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
        deflate=False,
    )
    said = [replace(run, text=_said(run, way, rng)) for run in runs if run.text.strip()]
    letters = sorted(set("".join(run.text for run in said)))
    code = {letter: at for at, letter in enumerate(letters, 1)}
    font = _invisible(file, code)
    shown = "\n".join(_laid(run, code) for run in said)
    content = file.stream(f"q {WIDTH:.2f} 0 0 {HEIGHT:.2f} 0 0 cm /I Do Q BT 3 Tr\n{shown}\nET".encode())
    file.page(content, f"/XObject<</I {image} 0 R>>/Font<</T {font} 0 R>>", WIDTH, HEIGHT)
    return file.save("OCR")


def _laid(run: SetText, code: dict[str, int]) -> str:
    """The operators that lay a line over its picture, as wide as it is printed."""
    squeezed = 100 * run.face.width(_known(run), run.size) / (len(run.text) * run.size / 2)
    shown = "".join(f"{code[char]:04X}" for char in run.text)
    place = f"1 0 0 1 {run.x:.2f} {HEIGHT - run.y:.2f} Tm"
    return f"/T {run.size:g} Tf {squeezed:.1f} Tz {place} <{shown}> Tj"


def _known(run: SetText) -> str:
    return "".join(char if char in run.face.widths else "x" for char in run.text)


def _said(run: SetText, way: str, rng: random.Random) -> str:
    text = run.text.replace(BLANK, " ")
    if way == "bare":
        apart = unicodedata.normalize("NFD", text.translate({ord("đ"): "d", ord("Đ"): "D"}))
        return "".join(char for char in apart if not unicodedata.combining(char))
    if way == "false":
        text = (
            text
            if run.filled or not re.search(r"^Số|, ngày", text)
            else re.sub(r"\d+", _other, text, count=1)
        )
        return text
    return "".join(_SLIPS[char] if char in _SLIPS and rng.random() < 0.12 else char for char in text)


def _other(digits: re.Match[str]) -> str:
    return f"{int(digits[0]) + 3:02d}"


def _invisible(file: PdfFile, code: dict[str, int]) -> int:
    ranges = "".join(f"<{at:04X}> <{ord(letter):04X}>\n" for letter, at in code.items())
    cmap = file.stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(code)} beginbfchar\n{ranges}endbfchar "
        "endcmap CMapName currentdict /CMap defineresource pop end end".encode()
    )
    inner = file.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/GlyphLess/DW 500/CIDToGIDMap/Identity"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor "
        + str(file.add(_described("GlyphLess"))).encode() + b" 0 R>>"
    )  # fmt: skip
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/GlyphLess/Encoding/Identity-H/DescendantFonts[{inner} 0 R]"
        f"/ToUnicode {cmap} 0 R>>".encode()
    )


def stamped(paper: Paper, day: str) -> bytes:
    """An e-office's: number and day are appearances of signature fields. ``day``: ``day`` in the blank of the
    printed date, or how the whole date is stamped over the right column: ``/``, ``.``, ``spoken``."""
    if day == "day":
        how = Printing(filled="stamp")
        return write_pdf(typeset(prepared(paper.blocks(), how)), how)
    year, month, of_month = paper.date.split("-")
    whole = {"/": f"{of_month}/{month}/{year}", ".": f"{of_month}.{month}.{year}"}.get(day, paper.spoken_day)
    blocks = paper.blocks()
    head = blocks[0]
    assert isinstance(head, Columns)
    last = replace(head.right[-1], text=f"{paper.place}, {BLANK * 48}", filled=whole)
    number = re.sub(r"\d+(?=[-/])", BLANK * 9, paper.number, count=1)
    digits = re.match(r"\d+", paper.number)
    left = tuple(
        replace(line, text=line.text.replace(paper.number, number), filled=digits[0] if digits else "")
        if paper.number in line.text else line for line in head.left
    )  # fmt: skip
    blocks = (replace(head, left=left, right=(*head.right[:-1], last)), *blocks[1:])
    return write_pdf(typeset(blocks), Printing(filled="stamp"))


def number_as(paper: Paper, way: str) -> bytes:
    """A text PDF whose number is typed in another way: ``spaced`` signs, ``wrapped`` over two lines,
    ``apart`` from its symbol, ``label`` in capitals without a colon;
    or its date in figures: ``short-day``."""
    blocks = paper.blocks()
    head = blocks[0]
    assert isinstance(head, Columns)
    digits, sign, symbol = re.match(r"(\d+)([-/])(.*)", paper.number).groups()  # type: ignore[union-attr]
    half = symbol.rfind("-") + 1 or len(symbol)
    typed: Sequence[str] = {
        "spaced": (f"Số:     {digits} {sign} {symbol.replace('-', ' - ').replace('/', ' / ')}",),
        "wrapped": (f"Số: {digits}{sign}{symbol[:half]}", symbol[half:]),
        "apart": (f"Số: {digits}", f"{sign}{symbol}"),
        "label": (f"SỐ {digits} {sign}{symbol}",),
        "short-day": (f"Số: {paper.number}",),
    }[way]
    left: list[ColumnLine] = []
    for line in head.left:
        if line.text.startswith("Số"):
            left += [replace(line, text=text) for text in typed if text]
        else:
            left.append(line)
    right = head.right
    if way == "short-day":
        year, month, of_month = paper.date.split("-")
        right = (*right[:-1], replace(right[-1], text=f"{paper.place}, ngày {of_month}/{month}/{year}"))
    blocks = (replace(head, left=tuple(left), right=right), *blocks[1:])
    return write_pdf(typeset(blocks), PLAIN)
