"""Write documents as PDF with text, as a word processor exports them: embedded fonts, exact positions."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import md5

from dossier.batches import batched
from dossier.demo.printing import PLAIN, Printing
from dossier.demo.typeset import HEIGHT, WIDTH, Face, SetText, Sheet, face


class PdfFile:
    """A PDF file in the making; object 1 is the document catalogue, object 2 the page tree."""

    def __init__(self) -> None:
        self._objects: list[bytes] = [b"", b""]
        self._pages: list[int] = []
        self._fields: list[int] = []

    def add(self, content: bytes) -> int:
        """Add an object; return its number."""
        self._objects.append(content)
        return len(self._objects)

    def stream(self, data: bytes, entries: str = "", deflate: bool = True) -> int:
        """Add a stream object, with ``entries`` in its dictionary; return its number."""
        if deflate:
            data = zlib.compress(data, 6)
            entries += "/Filter/FlateDecode"
        head = f"<<{entries}/Length {len(data)}>>stream\n".encode()
        return self.add(head + data + b"\nendstream")

    def page(
        self, content: int, resources: str, width: float, height: float, fields: Sequence[int] = ()
    ) -> None:
        """Append a page that shows the stream ``content`` and form fields; sizes in points."""
        self._fields += fields
        annotations = f"/Annots[{_references(fields)}]" if fields else ""
        self._pages.append(
            self.add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]"
                f"/Resources<<{resources}>>/Contents {content} 0 R{annotations}>>".encode()
            )
        )

    def save(self, producer: str) -> bytes:
        """Return the content of the file."""
        info = self.add(f"<</Producer({producer})>>".encode())
        form = f"/AcroForm<</SigFlags 1/Fields[{_references(self._fields)}]>>" if self._fields else ""
        kids = _references(self._pages)
        self._objects[0] = f"<</Type/Catalog/Pages 2 0 R{form}>>".encode()
        self._objects[1] = f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>".encode()
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, content in enumerate(self._objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        mark = md5(bytes(out), usedforsecurity=False).hexdigest()
        out += (
            f"trailer\n<</Size {len(offsets) + 1}/Root 1 0 R/Info {info} 0 R/ID[<{mark}><{mark}>]>>\n"
            f"startxref\n{table}\n%%EOF\n"
        ).encode()
        return bytes(out)


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


_SECOND = (False, True)  # the face that letters come from which another is said to lack
_FIRST_LETTER = 0x180  # of those: ơ, ư and all with two marks
_FACES = ((False, False), (True, False), (False, True), (True, True))
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{ranges}endcmap CMapName currentdict /CMap defineresource pop end end"""


def write_pdf(sheets: Iterable[Sheet], how: Printing = PLAIN) -> bytes:
    """Return a PDF file of these pages."""
    pages = list(sheets)
    file = PdfFile()
    used = {run.face.name for sheet in pages for run in sheet.runs}
    if how.substituted:
        used.add(face(*_SECOND).name)
    names = {}
    for index, style in enumerate(_FACES):
        if face(*style).name in used:
            names[face(*style).name] = (f"F{index}", _embed(file, face(*style)))
    fonts = "".join(f"/{name} {number} 0 R" for name, number in names.values())
    for sheet in pages:
        content = file.stream(_drawing(sheet, {key: name for key, (name, _) in names.items()}, how))
        stamps = [_stamp(file, run, names) for run in sheet.runs if run.filled and how.filled == "stamp"]
        file.page(content, f"/Font<<{fonts}>>", WIDTH, HEIGHT, stamps)
    return file.save("dossier demo")


def _drawing(sheet: Sheet, names: dict[str, str], how: Printing) -> bytes:
    """Return the page's content stream."""
    runs = sheet.runs
    if how.head_last:
        runs = [*runs[sheet.head :], *runs[: sheet.head]]
    if how.substituted:
        runs = [piece for run in runs for piece in _substituted(run)]
    if how.substituted == "page":
        runs = sorted(runs, key=lambda run: run.face == face(*_SECOND))
    out = ["BT"]
    before: tuple[str, float] | None = None
    for run in runs:
        if (run.face.name, run.size) != before:
            before = run.face.name, run.size
            out.append(f"/{names[run.face.name]} {run.size:g} Tf")
        out.append(
            f"1 0 0 1 {run.x:.2f} {HEIGHT - run.y:.2f} Tm {_shown(run.text, run.face, run.spread / run.size)}"
        )
    out.append("ET 0.6 w")
    out += [f"{x1:.2f} {HEIGHT - y1:.2f} m {x2:.2f} {HEIGHT - y2:.2f} l S" for x1, y1, x2, y2 in sheet.rules]
    return "\n".join(out).encode()


def _shown(text: str, used: Face, spread: float) -> str:
    """Return the operator that shows ``text``; ``spread``: added after every space, in ems."""
    if not spread:
        return f"<{_hex(used, text)}> Tj"
    move = f" {-spread * 1000:.0f} "
    words = text.split(" ")
    shown = [f"<{_hex(used, word + ' ')}>" for word in words[:-1]] + [f"<{_hex(used, words[-1])}>"]
    return f"[{move.join(shown)}] TJ"


def _substituted(run: SetText) -> Iterator[SetText]:
    """Yield a run as programs print it whose font lacks letters: first the letters of the font, then those
    taken from another one."""
    if run.face == face(*_SECOND):
        yield run
        return
    second, x, others, start, kept = face(*_SECOND), run.x, list[SetText](), run.x, ""
    for char in run.text:
        other = ord(char) >= _FIRST_LETTER and char.isalpha()
        wide = (second if other else run.face).width(char, run.size) + run.spread * (char == " ")
        if other:
            if kept.strip():
                yield replace(run, x=start, text=kept, filled="")
            others.append(replace(run, x=x, text=char, face=second, spread=0.0, filled=""))
            kept, start = "", x + wide
        else:
            kept += char
        x += wide
    if kept.strip():
        yield replace(run, x=start, text=kept, filled="")
    yield from others


def _stamp(file: PdfFile, run: SetText, names: dict[str, tuple[str, int]]) -> int:
    """Add a signature field that shows the digits in the blanks, as e-office systems do; return its
    number."""
    x, width = run.blank
    name, font = names[run.face.name]
    inset = max(width - run.face.width(run.filled, run.size), 0) / 2
    text = f"BT /{name} {run.size:g} Tf 1 0 0 1 {inset:.2f} 3 Tm <{_hex(run.face, run.filled)}> Tj ET"
    tall = run.size + 4
    look = file.stream(
        text.encode(),
        f"/Type/XObject/Subtype/Form/BBox[0 0 {width:.2f} {tall:.2f}]"
        f"/Resources<</Font<</{name} {font} 0 R>>>>",
    )
    low = HEIGHT - run.y - 3
    return file.add(
        f"<</Type/Annot/Subtype/Widget/FT/Sig/T(stamp{look})/F 4"
        f"/Rect[{x:.2f} {low:.2f} {x + width:.2f} {low + tall:.2f}]/AP<</N {look} 0 R>>>>".encode()
    )


@lru_cache(maxsize=50_000)
def _hex(used: Face, text: str) -> str:
    return "".join(f"{used.glyphs[char]:04X}" for char in text)


@lru_cache(maxsize=4)
def _parts(used: Face) -> tuple[bytes, bytes, str]:
    """Return the parts common to all files: the compressed font, its mapping to Unicode, its widths."""
    by_glyph = sorted({glyph: char for char, glyph in used.glyphs.items()}.items())
    ranges = ""
    for block in batched(by_glyph, 100):
        ranges += f"{len(block)} beginbfchar\n"
        ranges += "".join(f"<{glyph:04X}> <{ord(char):04X}>\n" for glyph, char in block)
        ranges += "endbfchar\n"
    widths = "".join(f"{glyph}[{used.widths[char]}]" for glyph, char in by_glyph)
    return zlib.compress(used.data, 9), zlib.compress(_CMAP.format(ranges=ranges).encode(), 9), widths


def _embed(file: PdfFile, used: Face) -> int:
    """Add the font with all its objects; return its object number."""
    data, cmap, widths = _parts(used)
    deflated = "/Filter/FlateDecode"
    program = file.stream(data, f"/Length1 {len(used.data)}{deflated}", deflate=False)
    to_unicode = file.stream(cmap, deflated, deflate=False)
    name = f"DEMOAA+{used.name}"
    described = file.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags {6 | 64 * used.italic}/FontBBox[-200 -300 1300 1100]"
        f"/ItalicAngle {-12 * used.italic}/Ascent {used.ascent}/Descent {used.descent}/CapHeight 670"
        f"/StemV 80/FontFile2 {program} 0 R>>".encode()
    )
    descendant = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/DW 500"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {described} 0 R/W[{widths}]>>".encode()
    )
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant} 0 R]/ToUnicode {to_unicode} 0 R>>".encode()
    )
