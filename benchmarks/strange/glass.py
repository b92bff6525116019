"""How papers lie on the glass and what machines save of them; written by the hands of strange/clerks.py."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps
from strange import clerks
from strange.clerks import Desk, other_hands
from strange.handwriting import BLACK, BLUE, RED, drawn, other, signed
from strange.papers import Paper, bank
from strange.pictures import grain, on_table, tinted
from strange.scanners import _fax, _file
from strange.seals import _font

from dossier.demo.paper import BOTH, Paragraph
from dossier.demo.printing import Printing, prepared
from dossier.demo.typeset import typeset

_MORE = (
    "Giao các bộ phận chuyên môn căn cứ chức năng, nhiệm vụ xây dựng nội dung cụ thể, phân công "
    "người phụ trách từng khu vực, lập sổ theo dõi và báo cáo kết quả vào ngày cuối cùng của mỗi tháng.",
    "Kinh phí thực hiện lấy từ nguồn đóng góp tự nguyện của các hộ dân và nguồn hợp pháp khác; việc thu, "
    "chi phải công khai tại cuộc họp của tập thể và niêm yết tại nơi sinh hoạt chung.",
)


def _clean(paper: Paper, rng: random.Random, colour: str = BLUE, dpi: int = 200) -> Image.Image:
    picture = Desk(paper, rng, colour, dpi=dpi).both().picture
    return signed(picture, paper, rng, dpi, RED, BLUE)


def _pages(paper: Paper, rng: random.Random) -> list[Image.Image]:
    """The paper with a longer text, on two pages or more."""
    head, *others, foot = paper.blocks()
    text = [Paragraph(line, align=BOTH) for line in _MORE * 6]
    sheets = typeset(prepared((head, *others, *text, foot), Printing(filled="pen")))
    out = []
    for sheet in sheets:
        picture = drawn(sheet, 200).convert("RGB")
        hand = clerks.OtherHand(rng, BLUE)
        for run in sheet.runs:
            if run.filled:
                hand.fill(picture, run, run.filled, 200 / 72)
        out.append(grain(picture, rng, 8))
    return out


def overturned_askew(paper: Paper, rng: random.Random) -> Image.Image:
    """Upside down and three degrees askew."""
    turned = _clean(paper, rng).rotate(183, Image.Resampling.BICUBIC, expand=True, fillcolor="#222")
    return grain(turned, rng, 8)


def sideways_askew(paper: Paper, rng: random.Random) -> Image.Image:
    """On its side, two degrees askew."""
    return grain(
        _clean(paper, rng).rotate(92, Image.Resampling.BICUBIC, expand=True, fillcolor="white"), rng, 8
    )


def fingers(paper: Paper, rng: random.Random) -> Image.Image:
    """A telephone's photograph: fingers hold the page at its edges, a shadow of the arm."""
    picture = on_table(tinted(_clean(paper, rng, BLACK).convert("L"), "#222", "#f0ebe0"), rng)
    ink, (wide, high) = ImageDraw.Draw(picture), picture.size
    for x, y in ((0.03, 0.5), (0.95, 0.62), (0.05, 0.9)):
        ink.ellipse((x * wide - 60, y * high - 120, x * wide + 90, y * high + 120), fill="#b98468")
    shade = Image.new("L", (wide // 8, high // 8), 255)
    ImageDraw.Draw(shade).polygon([(0, 60), (wide // 8, 5), (wide // 8, 45), (0, 160)], fill=125)
    shade = shade.filter(ImageFilter.GaussianBlur(8)).resize(picture.size)
    return grain(ImageChops.multiply(picture, Image.merge("RGB", [shade] * 3)), rng)


def cut_top(paper: Paper, rng: random.Random) -> Image.Image:
    """The feeder cut the head's first line through its middle."""
    picture = _clean(paper, rng)
    cut = round(min(run.y for run in Desk(paper, rng).sheet.runs) * 200 / 72) - 10
    return grain(picture.crop((0, cut, picture.width, picture.height)), rng, 8)


def cut_right(paper: Paper, rng: random.Random) -> Image.Image:
    """The page lay too far right: the motto's and the lines' last letters are missing."""
    picture = _clean(paper, rng)
    return grain(picture.crop((0, 0, round(picture.width * 0.905), picture.height)), rng, 8)


def striped(paper: Paper, rng: random.Random) -> Image.Image:
    """A clogged ink-jet: a white line through every ninth row."""
    picture = _clean(paper, rng)
    ink = ImageDraw.Draw(picture)
    for y in range(0, picture.height, 17):
        ink.line((0, y, picture.width, y), fill="white", width=2)
    return grain(picture, rng, 8)


def worn_drum(paper: Paper, rng: random.Random) -> Image.Image:
    """A worn drum: pale bands down the page, specks."""
    picture = _clean(paper, rng)
    band = Image.new("L", picture.size, 0)
    ink = ImageDraw.Draw(band)
    for x in (300, 760, 1180):
        ink.rectangle((x, 0, x + 40, band.height), fill=150)
    band = band.filter(ImageFilter.GaussianBlur(12))
    picture = Image.composite(Image.new("RGB", picture.size, "white"), picture, band)
    ink = ImageDraw.Draw(picture)
    for _speck in range(500):
        x, y = rng.randrange(picture.width), rng.randrange(picture.height)
        ink.ellipse((x, y, x + 3, y + 3), fill="#444")
    return grain(picture, rng, 8)


def half_tone(paper: Paper, rng: random.Random) -> Image.Image:
    """Printed in a newsletter: the paper grey by a screen of dots."""
    picture = _clean(paper, rng, BLACK, 300).convert("L")
    screen = Image.new("L", (6, 6), 255)
    ImageDraw.Draw(screen).ellipse((1, 1, 3, 3), fill=150)
    whole = Image.new("L", picture.size)
    for x in range(0, picture.width, 6):
        whole.paste(screen, (x, 0))
    row = whole.crop((0, 0, whole.width, 6))
    for y in range(0, picture.height, 6):
        whole.paste(row, (0, y))
    return ImageChops.multiply(picture, whole)


def beside_card(paper: Paper, rng: random.Random) -> Image.Image:
    """A card with another number and day lies beside the page on the glass."""
    page = _clean(paper, rng)
    glass = Image.new("RGB", (page.width + 760, page.height), "#efefef")
    glass.paste(page, (0, 0))
    card = Image.new("RGB", (700, 440), "#cfe6dc")
    ink = ImageDraw.Draw(card)
    said = ("CĂN CƯỚC CÔNG DÂN", "Số: 079185001234", "NGUYỄN THỊ LÀNH", "Ngày cấp: 12/05/2021")
    for at, line in enumerate(said):
        ink.text((40, 40 + 90 * at), line, fill="#223", font=_font(34))
    glass.paste(card, (page.width + 30, 260))
    return grain(glass, rng, 8)


def blueprint(paper: Paper, rng: random.Random) -> Image.Image:
    """Saved the wrong way round: a negative in grey."""
    return ImageOps.invert(grain(_clean(paper, rng, BLACK).convert("L"), rng, 8))


def wide_desk(paper: Paper, rng: random.Random) -> Image.Image:
    """Photographed from afar: the page a third of the picture."""
    page = on_table(_clean(paper, rng), rng)
    whole = Image.new("RGB", (page.width * 17 // 10, page.height * 15 // 10), "#514133")
    whole.paste(page, (page.width // 3, page.height // 5))
    return grain(whole, rng)


def fine_hand(paper: Paper, rng: random.Random) -> Image.Image:
    """600 dots an inch, grey."""
    return _clean(paper, rng, BLACK, 600).convert("L")


def coarse_grey(paper: Paper, rng: random.Random) -> Image.Image:
    """100 dots an inch, grey."""
    return grain(
        _clean(paper, rng, BLACK, 300).convert("L").resize((827, 1170), Image.Resampling.BOX), rng, 8
    )


def shadow_edge(paper: Paper, rng: random.Random) -> Image.Image:
    """The lid open: grey ground that darkens to an edge, the back of the book."""
    picture = _clean(paper, rng)
    grade = (
        Image.linear_gradient("L")
        .rotate(90)
        .resize(picture.size)
        .point([110 + v * 145 // 255 for v in range(256)])
    )
    return grain(ImageChops.multiply(picture, Image.merge("RGB", [grade] * 3)), rng, 14)


PICTURES: dict[str, clerks.Take] = {
    "g-overturned-askew": overturned_askew, "g-sideways-askew": sideways_askew, "g-fingers": fingers,
    "g-cut-top": cut_top, "g-cut-right": cut_right, "g-striped": striped, "g-worn-drum": worn_drum,
    "g-half-tone": half_tone, "g-beside-card": beside_card, "g-negative": blueprint, "g-wide-desk": wide_desk,
    "g-600dpi": fine_hand, "g-100dpi": coarse_grey, "g-shadow-edge": shadow_edge,
}  # fmt: skip


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _pdf(pictures: list[Image.Image], wide: float = 595.0) -> bytes:
    from fpdf import FPDF

    pdf = FPDF(unit="pt")
    for picture in pictures:
        size = (wide, wide * picture.height / picture.width)
        pdf.add_page(format=size)
        pdf.image(picture, 0, 0, *size)
    return bytes(pdf.output())


def two_up(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """Two papers on one sheet, half as large each, side by side; the sheet saved on its side."""
    sides = [_clean(paper, rng, BLUE, 300) for paper in papers]
    sheet = Image.new("RGB", (sides[0].width * 2, sides[0].height), "white")
    for at, side in enumerate(sides):
        sheet.paste(side, (at * side.width, 0))
    sheet = sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3)).transpose(Image.Transpose.ROTATE_90)
    return _saved(grain(sheet, rng, 8), "JPEG", quality=80)


def folio(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A folded A3 sheet opened: its last page on the left, its first on the right; then the inner pages."""
    pages = _pages(papers[0], rng)[:3]
    blank = Image.new("RGB", pages[0].size, "white")
    pages += [blank] * (4 - len(pages))
    last = pages.index(blank) if blank in pages else 4
    foot = pages[last - 1]
    inner = [p for p in pages[1:] if p is not foot and p is not blank]
    sides = [(foot, pages[0]), *([(inner[0], blank)] if inner else [])]
    sheets = []
    for left, right in sides:
        sheet = Image.new("RGB", (left.width * 2, left.height), "white")
        sheet.paste(left, (0, 0))
        sheet.paste(right, (left.width, 0))
        sheets.append(sheet)
    return _pdf(sheets, 1190)


def last_first(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """The pile lay the other way: the last page comes first."""
    return _pdf(_pages(papers[0], rng)[::-1])


def turned_pages(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """The second page upside down."""
    first, second, *more = _pages(papers[0], rng)
    return _pdf([first, second.transpose(Image.Transpose.ROTATE_180), *more])


def one_behind(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """Two papers in one PDF, a blank back after each."""
    blank = grain(Image.new("RGB", (1654, 2339), "white"), rng, 8)
    return _pdf([*_pages(papers[0], rng), blank, *_pages(papers[1], rng), blank])


def heic(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A telephone's HEIC."""
    program = shutil.which("heif-enc")
    if program is None:
        return b""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "a.png", Path(folder) / "a.heic"
        grain(_clean(papers[0], rng), rng).save(source)
        subprocess.run([program, "-q", "50", "-o", made, source], check=True, capture_output=True)
        return made.read_bytes()


def bits(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """Group 4 of 600 dots an inch in a TIFF, its bits the other way round."""
    page = (
        _clean(papers[0], rng, BLACK, 600)
        .convert("L")
        .point([255 * (v > 140) for v in range(256)])
        .convert("1")
    )
    return _saved(page, "TIFF", compression="group4", dpi=(600, 600), tiffinfo={266: 2})


def jpeg_tiff(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A TIFF of several pages packed as JPEG."""
    first, *more = _pages(papers[0], rng)
    return _saved(first, "TIFF", compression="jpeg", save_all=True, append_images=more, dpi=(200, 200))


def jp2(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A JPEG 2000 file in a PDF of four inks."""
    out = io.BytesIO()
    page = grain(_clean(papers[0], rng), rng, 8)
    page.save(out, "JPEG2000", quality_layers=[40], quality_mode="rates")
    return _file([(out.getvalue(), f"/Width {page.width}/Height {page.height}/Filter/JPXDecode")])


def inked(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A PDF of a JPEG in four inks, inverted as Adobe's programs save it."""
    page = grain(_clean(papers[0], rng), rng, 8).convert("CMYK")
    data = _saved(page, "JPEG", quality=80)
    size = f"/Width {page.width}/Height {page.height}/BitsPerComponent 8/ColorSpace/DeviceCMYK"
    return _file([(data, f"{size}/Filter/DCTDecode/Decode[1 0 1 0 1 0 1 0]")])


def clear(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """A PNG whose paper is transparent."""
    page = _clean(papers[0], rng)
    ink = ImageOps.invert(page.convert("L"))
    return _saved(
        Image.merge("RGBA", [*page.split(), ink.point([min(255, v * 2) for v in range(256)])]), "PNG"
    )


def inverted_fax(papers: tuple[Paper, Paper], rng: random.Random) -> bytes:
    """Group 4 in a PDF, 300 dots, white letters turned black by the file's own word."""
    page = ImageOps.invert(_clean(papers[0], rng, BLACK, 300).convert("L"))
    return _file([_fax(page, "/ColorSpace/DeviceGray/Decode[1 0]")])


FILES: dict[str, tuple[str, int, Callable[[tuple[Paper, Paper], random.Random], bytes]]] = {
    "g-two-up": ("jpg", 2, two_up), "g-folio": ("pdf", 1, folio), "g-last-first": ("pdf", 1, last_first),
    "g-turned-page": ("pdf", 1, turned_pages), "g-blank-backs": ("pdf", 2, one_behind),
    "g-heic": ("heic", 1, heic), "g-group4-600": ("tif", 1, bits), "g-jpeg-tiff": ("tif", 1, jpeg_tiff),
    "g-jp2": ("pdf", 1, jp2), "g-four-inks": ("pdf", 1, inked), "g-clear": ("png", 1, clear),
    "g-inverted-fax": ("pdf", 1, inverted_fax),
}  # fmt: skip


def papers(count: int, only: set[str]) -> Iterator[tuple[str, str, bytes, list[dict[str, object]]]]:
    """Way, file's name, the file, what is true of its papers: ``count`` files in each way."""
    if not other_hands():
        return
    known = bank("papers_of_clerks")
    pictures = clerks.WAYS | PICTURES
    for place, way in enumerate([*pictures, *FILES]):
        for turn in range(count if not only or way in only else 0):
            rng = random.Random(f"clerks {way} {turn}")
            pair = tuple(
                replace(other(known[(place * 5 + turn * 7 + k * 3) % len(known)], rng), signer=signer)
                for k in range(2)
                for signer in (known[(place * 5 + turn * 7 + k * 3) % len(known)].signer,)
            )
            suffix, many, make = FILES.get(way, ("jpg", 1, None))
            data = make(pair, rng) if make else _saved(pictures[way](pair[0], rng), "JPEG", quality=75)  # type: ignore[arg-type]
            if data:
                truths = [clerks.true_of(p, way, k + 1) for k, p in enumerate(pair[:many])]
                yield way, f"{turn + 1}.{suffix}", data, truths
