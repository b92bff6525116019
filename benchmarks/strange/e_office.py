"""PDF files as e-office systems leave them: number and day stamped beside, above, in pieces; marks around.

Receivers' stamps, watermarks of who opened the file, words of signatures, codes of exchange, copies' blocks.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from strange.clerks_pens import in_register
from strange.handwriting import drawn
from strange.papers import Paper, bank
from strange.pictures import grain
from strange.programs import of_pictures

from dossier.demo.pdf_writer import write_pdf
from dossier.demo.printing import BLANK, Printing, prepared
from dossier.demo.typeset import HEIGHT, WIDTH, SetText, Sheet, face, typeset

_OPEN = Printing(filled="form")
_HIDDEN, _SHOWN = 2, 4


@dataclass(frozen=True)
class Mark:
    """Lines that an annotation shows from a point (left, baseline of the first, from the top) on."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float = 12.5
    kind: str = "/Widget"
    flags: int = _SHOWN
    bold: bool = False
    turned: bool = False


def _sheet(paper: Paper) -> Sheet:
    return typeset(prepared(paper.blocks(), _OPEN))[0]


def _runs(sheet: Sheet) -> tuple[SetText, SetText]:
    """The open lines: of the number, of the day."""
    runs = [run for run in sheet.runs if run.filled]
    return next(r for r in runs if "tháng" not in r.text), next(r for r in runs if "tháng" in r.text)


def _in_blank(run: SetText, **how: float) -> Mark:
    x, wide = run.blank
    inset = max(0.0, (wide - run.face.width(run.filled, how.get("size", run.size))) / 2)
    return Mark(
        x + inset + how.get("right", 0), run.y - how.get("up", 0), (run.filled,), how.get("size", run.size)
    )


def _marked(data: bytes, sheet: Sheet, marks: list[Mark]) -> bytes:
    """The file with an annotation for each mark on its first page."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    known = writer.pages[0].get("/Annots", ArrayObject())
    for at, mark in enumerate(marks):
        used = face(mark.bold)
        wide = max(used.width(line, mark.size) for line in mark.lines) + 4
        left, low = mark.x - 2, HEIGHT - mark.y - mark.size * (1.25 * (len(mark.lines) - 1) + 0.3)
        rect = (left, low, left + wide, HEIGHT - mark.y + mark.size)
        runs = [
            replace(sheet.runs[-1], x=mark.x, y=mark.y + mark.size * 1.25 * row, size=mark.size, text=line,
                    face=used, filled="", spread=0.0)
            for row, line in enumerate(mark.lines)
        ]  # fmt: skip
        over = PdfReader(io.BytesIO(write_pdf([Sheet(runs)]))).pages[0]
        form, content = StreamObject(), over.get_contents().get_data()  # type: ignore[union-attr]
        form.set_data(content)
        form.update({
            NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): RectangleObject(rect),
            NameObject("/Resources"): over["/Resources"].clone(writer),  # type: ignore[attr-defined]
        })  # fmt: skip
        if mark.turned:
            form[NameObject("/Matrix")] = ArrayObject([NumberObject(v) for v in (0, 1, -1, 0, 0, 0)])
            rect = (left, low, left + rect[3] - rect[1], low + wide)
        entry = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(mark.kind),
            NameObject("/F"): NumberObject(mark.flags), NameObject("/Rect"): RectangleObject(rect),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(form)}),
        })  # fmt: skip
        if mark.kind == "/Widget":
            entry[NameObject("/FT")] = NameObject("/Sig")
            entry[NameObject("/T")] = TextStringObject(f"Signature{at}")
        known.append(writer._add_object(entry))
    writer.pages[0][NameObject("/Annots")] = known
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _with(paper: Paper, *more: Mark, number: Mark | None = None, day: Mark | None = None) -> bytes:
    """The open paper, its number and day stamped into the blanks, other marks around."""
    sheet = _sheet(paper)
    first, second = _runs(sheet)
    marks = [number or _in_blank(first), day or _in_blank(second), *more]
    return _marked(write_pdf([sheet]), sheet, marks)


def high(paper: Paper, _rng: random.Random) -> bytes:
    """Stamped larger than the print, above its line and too far left."""
    number, day = _runs(_sheet(paper))
    how = {"size": 14.5, "up": 3.5, "right": -6.0}
    return _with(paper, number=_in_blank(number, **how), day=_in_blank(day, **how))


def low(paper: Paper, _rng: random.Random) -> bytes:
    """Stamped below its line and too far right, into the stroke."""
    number, day = _runs(_sheet(paper))
    how = {"size": 12.0, "up": -4.0, "right": 7.0}
    return _with(paper, number=_in_blank(number, **how), day=_in_blank(day, **how))


def whole(paper: Paper, _rng: random.Random) -> bytes:
    """The whole lines are stamped; the page leaves them empty."""
    sheet = _sheet(paper)
    marks = []
    for run in _runs(sheet):
        text = (
            run.text.replace(BLANK * run.text.count(BLANK), f" {run.filled} ")
            .replace(" /", "/")
            .replace(" -", "-")
        )
        marks.append(Mark(run.x, run.y, (text,), run.size))
    kept = [run for run in sheet.runs if not run.filled]
    return _marked(write_pdf([replace(sheet, runs=kept)]), sheet, marks)


def pieces(paper: Paper, _rng: random.Random) -> bytes:
    """Each digit is a mark of its own, the last one first."""
    sheet = _sheet(paper)
    marks = []
    for run in _runs(sheet):
        mark = _in_blank(run)
        for at, digit in enumerate(run.filled):
            x = mark.x + run.face.width(run.filled[:at], run.size)
            marks.append(replace(mark, x=x, lines=(digit,), kind="/Stamp"))
    return _marked(write_pdf([sheet]), sheet, marks[::-1])


def picture_on_page(paper: Paper, rng: random.Random) -> bytes:
    """Number and day are pictures in the page itself."""
    from fpdf import FPDF

    sheet = _sheet(paper)
    over = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    over.add_page()
    for run in _runs(sheet):
        x, wide = run.blank
        font = ImageFont.truetype(io.BytesIO(face(False).data), run.size * 4)
        tile = Image.new("RGBA", (round(wide * 4), round(run.size * 5)), (255, 255, 255, 0))
        ink = rng.choice(("#101010", "#1d2f90"))
        ImageDraw.Draw(tile).text(
            (tile.width // 2, run.size * 4), run.filled, fill=ink, font=font, anchor="ms"
        )
        over.image(tile, x, run.y - run.size, wide, run.size * 1.25)
    return _merged(write_pdf([sheet]), bytes(over.output()))


def _merged(data: bytes, over: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(over)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def drawn_last(paper: Paper, _rng: random.Random) -> bytes:
    """Number and day are drawn by the page's last words, in another font and size."""
    sheet = _sheet(paper)
    runs = []
    for run in _runs(sheet):
        mark = _in_blank(run, size=14.0, up=1.5)
        runs.append(replace(run, x=mark.x, y=mark.y, size=14.0, text=run.filled, filled="", face=face(True)))
    return _merged(write_pdf([sheet]), write_pdf([Sheet(runs)]))


def _arrived(rng: random.Random, x: float, y: float) -> Mark:
    day = f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2025"
    said = (f"Số: {rng.randint(10, 2900)}", f"Ngày: {day}", "Chuyển: Văn phòng")
    return Mark(x, y, ("CÔNG VĂN ĐẾN", *said), 9.0, "/Stamp")


def arrived_between(paper: Paper, rng: random.Random) -> bytes:
    """The receiver's stamp between the columns, level with number and day."""
    number, _day = _runs(_sheet(paper))
    return _with(paper, _arrived(rng, 246, number.y - 8))


def arrived_above(paper: Paper, rng: random.Random) -> bytes:
    """The receiver's stamp in the corner above the issuer."""
    return _with(paper, _arrived(rng, 30, 14))


def arrived_below(paper: Paper, rng: random.Random) -> bytes:
    """The receiver's stamp below the number, beside the title."""
    number, _day = _runs(_sheet(paper))
    return _with(paper, _arrived(rng, 40, number.y + 14))


def arrived_short(paper: Paper, rng: random.Random) -> bytes:
    """Only ``ĐẾN`` with a number and a day, right of the day's line."""
    _number, day = _runs(_sheet(paper))
    said = ("ĐẾN", f"Số: {rng.randint(10, 2900)}/CVĐ", f"Ngày {rng.randint(1, 28)} tháng 5 năm 2025")
    return _with(paper, Mark(330, day.y + 16, said, 10.0, "/Stamp"))


def opened_by(paper: Paper, rng: random.Random) -> bytes:
    """Watermarks of who opened the file and when, over head, title and foot."""
    said = f"vanthu_sonlam - Văn thư UBND huyện - {rng.randint(1, 28):02d}/06/2025 08:1{rng.randint(0, 9)}:22"
    marks = [Mark(60, y, (said,), 10.0, "/Watermark") for y in (22, 300, 640)]
    return _with(paper, *marks)


def at_edge(paper: Paper, rng: random.Random) -> bytes:
    """The exchange's code and time run up the page's edge."""
    said = f"Trục liên thông: H42.15-{rng.randint(100, 999)}; nhận lúc 14/06/2025 09:2{rng.randint(0, 9)}"
    return _with(paper, Mark(18, 560, (said,), 8.0, "/Stamp", turned=True))


def signed_words(paper: Paper, rng: random.Random) -> bytes:
    """Words of the leader's and the office's signatures over the signer's name and in the head's corner."""
    sheet = _sheet(paper)
    name = next(run for run in reversed(sheet.runs) if run.text == paper.signer)
    when = f"{rng.randint(1, 28):02d}-06-2025 16:4{rng.randint(0, 9)}:11 +07:00"
    leader = (f"Ký bởi: {paper.signer}", "Email: lanhdao@songlam.example.vn", f"Thời gian ký: {when}")
    office = ("Ký bởi: VĂN THƯ", f"Cơ quan: {' '.join(paper.issuer).title()}", f"Ngày ký: {when}")
    return _with(paper, Mark(name.x - 20, name.y - 34, leader, 7.0), Mark(400, 12, office, 7.0))


def coded(paper: Paper, rng: random.Random) -> bytes:
    """The code of the document and a page number over the head, of the page itself."""
    sheet = _sheet(paper)
    code = f"Mã định danh văn bản: 000.00.15.H42-25{rng.randint(10, 99)}17-00{rng.randint(10, 99)}"
    last = sheet.runs[-1]
    for x, text in ((60.0, code), (500.0, "1/2")):
        sheet.runs.append(replace(last, x=x, y=24.0, size=8.0, text=text, filled="", face=face(False)))
    number, day = _runs(sheet)
    return _marked(write_pdf([sheet]), sheet, [_in_blank(number), _in_blank(day)])


def on_dots(paper: Paper, _rng: random.Random) -> bytes:
    """Dots are printed in the blanks, the stamps lie over them."""
    sheet = _sheet(paper)
    number, day = _runs(sheet)
    marks = [_in_blank(number), _in_blank(day)]
    dotted = []
    for run in sheet.runs:
        if run.filled:
            dots = "." * max(3, round(run.blank[1] / run.face.width(".", run.size)))
            run = replace(run, text=run.text.replace(BLANK * run.text.count(BLANK), dots), filled="")
        dotted.append(run)
    return _marked(write_pdf([replace(sheet, runs=dotted)]), sheet, marks)


def older_hidden(paper: Paper, rng: random.Random) -> bytes:
    """A hidden field with an older number and day where the shown ones stand."""
    number, day = _runs(_sheet(paper))
    old = [replace(_in_blank(run), lines=(str(rng.randint(2, 28)),), flags=_HIDDEN) for run in (number, day)]
    return _with(paper, *old)


def copied(paper: Paper, rng: random.Random) -> bytes:
    """A certified copy's block at the foot, with a number and a day of its own."""
    said = (
        "SAO Y",
        f"Số: {rng.randint(10, 90)}/SY-VP",
        f"Ngày {rng.randint(1, 28)} tháng 7 năm 2025",
        "Phạm Văn Sao",
    )
    return _with(paper, Mark(60, 780, said[:3], 10.0, "/Stamp"), Mark(180, 790, said[3:], 10.0, "/Stamp"))


def on_scan(paper: Paper, rng: random.Random) -> bytes:
    """The paper was signed by hand and scanned; number and day are stamped onto the picture."""
    sheet = _sheet(paper)
    picture = grain(drawn(sheet, 200).convert("RGB"), rng, 10)
    number, day = _runs(sheet)
    return _marked(of_pictures([picture]), sheet, [_in_blank(number), _in_blank(day)])


def on_scan_high(paper: Paper, rng: random.Random) -> bytes:
    """The same, larger and off its line; a receiver's stamp beside."""
    sheet = _sheet(paper)
    picture = grain(drawn(sheet, 150).convert("RGB"), rng, 10)
    how = {"size": 14.5, "up": 4.0, "right": -5.0}
    marks = [_in_blank(run, **how) for run in _runs(sheet)]
    return _marked(of_pictures([picture]), sheet, [*marks, _arrived(rng, 30, 14)])


def substituted(paper: Paper, _rng: random.Random) -> bytes:
    """Fonts substituted, letters of the second font last in the file; stamped."""
    how = Printing(filled="stamp", substituted="page")
    return write_pdf(typeset(prepared(paper.blocks(), how)), how)


def substituted_last(paper: Paper, _rng: random.Random) -> bytes:
    """Fonts substituted, the head last in the file; stamped."""
    how = Printing(filled="stamp", substituted="line", head_last=True)
    return write_pdf(typeset(prepared(paper.blocks(), how)), how)


WAYS: dict[str, Callable[[Paper, random.Random], bytes]] = {
    "e-high": high, "e-low": low, "e-whole": whole, "e-pieces": pieces, "e-picture": picture_on_page,
    "e-drawn-last": drawn_last, "e-arrived-between": arrived_between, "e-arrived-above": arrived_above,
    "e-arrived-below": arrived_below, "e-arrived-short": arrived_short, "e-opened-by": opened_by,
    "e-at-edge": at_edge, "e-signed-words": signed_words, "e-coded": coded, "e-on-dots": on_dots,
    "e-older-hidden": older_hidden, "e-copied": copied, "e-on-scan": on_scan, "e-on-scan-high": on_scan_high,
    "e-substituted": substituted, "e-substituted-last": substituted_last,
}  # fmt: skip


def papers(count: int, only: set[str]) -> Iterator[tuple[str, str, bytes, list[dict[str, object]]]]:
    """Way, file's name, the file, what is true of its papers: ``count`` files in each way."""
    known = bank("papers_of_provinces")
    for place, (name, make) in enumerate(WAYS.items()):
        for turn in range(count if not only or name in only else 0):
            rng = random.Random(f"e-office {name} {turn}")
            paper = known[(place * 2 + turn * 9) % len(known)]
            paper = in_register(paper, rng, rng.choice((1, 2, 2, 3)))
            yield name, f"{turn + 1}.pdf", make(paper, rng), [paper.truth]
