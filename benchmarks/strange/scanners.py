"""What scanners, telephones and faxes write: packed pictures, layers of mask and paper, several pages."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps, TiffImagePlugin
from strange import pictures
from strange.papers import Paper

from dossier.demo.pdf_writer import PdfFile
from dossier.demo.typeset import HEIGHT, WIDTH


def _page(paper: Paper, rng: random.Random) -> Image.Image:
    return pictures.page(paper, rng, hand="pen")


def _bits(picture: Image.Image) -> Image.Image:
    return picture.convert("L").point([255 * (value > 150) for value in range(256)]).convert("1")


def _file(images: list[tuple[bytes, str]], drawing: str = "") -> bytes:
    """A PDF of one page with these pictures (data and entries), one over the other."""
    file = PdfFile()
    names, shown = "", ""
    for at, (data, entries) in enumerate(images):
        number = file.stream(data, f"/Type/XObject/Subtype/Image{entries}", deflate=False)
        names += f"/I{at} {number} 0 R"
        shown += f"q {WIDTH:.2f} 0 0 {HEIGHT:.2f} 0 0 cm /I{at} Do Q\n"
    file.page(file.stream((drawing or shown).encode()), f"/XObject<<{names}>>", WIDTH, HEIGHT)
    return file.save("scanner")


def _group4(picture: Image.Image) -> bytes:
    """The bare data of Group 4."""
    out = io.BytesIO()
    TiffImagePlugin.STRIP_SIZE = 1 << 30
    _bits(picture).save(out, "TIFF", compression="group4")
    tiff = Image.open(out)
    start, size = tiff.tag_v2[273][0], tiff.tag_v2[279][0]  # type: ignore[attr-defined]
    return out.getvalue()[start : start + size]


def _fax(picture: Image.Image, extra: str = "") -> tuple[bytes, str]:
    wide, high = picture.size
    size = f"/Width {wide}/Height {high}/BitsPerComponent 1/Filter/CCITTFaxDecode"
    # Pillow packs black as the white of Group 4.
    return _group4(picture), f"{size}/DecodeParms<</K -1/Columns {wide}/Rows {high}/BlackIs1 true>>{extra}"


def ccitt(paper: Paper, rng: random.Random) -> bytes:
    """Black and white, packed as a fax."""
    return _file([_fax(_page(paper, rng), "/ColorSpace/DeviceGray")])


def jpx(paper: Paper, rng: random.Random) -> bytes:
    """JPEG 2000."""
    out, picture = io.BytesIO(), pictures.grain(_page(paper, rng), rng)
    picture.convert("RGB").save(out, "JPEG2000", quality_mode="rates", quality_layers=[30])
    return _file([(out.getvalue(), f"/Width {picture.width}/Height {picture.height}/Filter/JPXDecode")])


def layered(paper: Paper, rng: random.Random) -> bytes:
    """Mixed raster: the paper coarse and coloured, the letters a mask over it."""
    page = _page(paper, rng)
    small = Image.new("RGB", (page.width // 4, page.height // 4), "#f3e9cf")
    out = io.BytesIO()
    small.save(out, "JPEG", quality=40)
    paper_layer = (out.getvalue(), f"/Width {small.width}/Height {small.height}/ColorSpace/DeviceRGB"
                   "/BitsPerComponent 8/Filter/DCTDecode")  # fmt: skip
    drawing = (
        f"q {WIDTH:.2f} 0 0 {HEIGHT:.2f} 0 0 cm /I0 Do Q\n"
        f"q 0.1 0.1 0.3 rg {WIDTH:.2f} 0 0 {HEIGHT:.2f} 0 0 cm /I1 Do Q\n"
    )
    return _file([paper_layer, _fax(page, "/ImageMask true")], drawing)


def tiles(paper: Paper, rng: random.Random) -> bytes:
    """The letters as many small masks on a page without a background, as some copiers cut them out."""
    page = _page(paper, rng)
    file, names, shown, step = PdfFile(), "", "0 g\n", 160
    for top in range(0, page.height, step):
        for left in range(0, page.width, step):
            piece = page.crop((left, top, min(left + step, page.width), min(top + step, page.height)))
            if not ImageOps.invert(piece).point([255 * (v > 90) for v in range(256)]).getbbox():
                continue
            data, entries = _fax(piece, "/ImageMask true")
            number = file.stream(data, f"/Type/XObject/Subtype/Image{entries}", deflate=False)
            scale = WIDTH / page.width
            low = HEIGHT - (top + piece.height) * scale
            names += f"/T{number} {number} 0 R"
            shown += (
                f"q {piece.width * scale:.3f} 0 0 {piece.height * scale:.3f} {left * scale:.3f} {low:.3f} cm"
                f" /T{number} Do Q\n"
            )
    file.page(file.stream(shown.encode()), f"/XObject<<{names}>>", WIDTH, HEIGHT)
    return file.save("copier")


def tiff(paper: Paper, rng: random.Random) -> bytes:
    """A TIFF of two pages: the second is the blank back."""
    page = _bits(_page(paper, rng))
    out = io.BytesIO()
    back = Image.new("1", page.size, 1)
    page.save(out, "TIFF", compression="group4", save_all=True, append_images=[back], dpi=(150, 150))
    return out.getvalue()


def webp(paper: Paper, rng: random.Random) -> bytes:
    """A telephone's WebP."""
    out = io.BytesIO()
    pictures.grain(_page(paper, rng), rng).convert("RGB").save(out, "WEBP", quality=60)
    return out.getvalue()


def held_sideways(paper: Paper, rng: random.Random) -> bytes:
    """A photograph whose orientation stands in its Exif entries."""
    out = io.BytesIO()
    photo = pictures.photographed(paper, rng).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    photo.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def coloured(paper: Paper, rng: random.Random) -> Image.Image:
    """On coloured paper, printed in blue."""
    ground = rng.choice(("#f7b7c8", "#bfe3b4", "#a9d3ef", "#ffe87a"))
    return pictures.grain(pictures.tinted(_page(paper, rng), "#20307a", ground), rng)


def stapled(paper: Paper, rng: random.Random) -> Image.Image:
    """A folded corner with its staple, its shadow over the first lines' beginnings."""
    page = _page(paper, rng).convert("RGB")
    ink, size = ImageDraw.Draw(page), page.width // 9
    ink.polygon([(0, 0), (size, 0), (0, size)], fill="#555")
    ink.polygon([(size, 0), (0, size), (size * 2 // 3, size * 2 // 3)], fill="#dcd8d0", outline="#888")
    ink.line((size // 2, size, size, size // 2), fill="#777", width=6)
    return pictures.grain(page, rng)


def fax_line(paper: Paper, rng: random.Random) -> Image.Image:
    """A fax with the sender's line above the head: another number, another day."""
    page = pictures.fine_fax(paper, rng).convert("L")
    high = page.height // 30
    whole = Image.new("L", (page.width, page.height + high), 255)
    whole.paste(page, (0, high))
    line = "TU: VAN THU CA HUYEN   SO FAX: 02523817112   NGAY: 29-12-2025 14:07   TRANG: P1/1"
    from strange.seals import _font

    ImageDraw.Draw(whole).text((whole.width // 20, high // 3), line, fill=0, font=_font(9, bold=False))
    return whole


def flipped(paper: Paper, rng: random.Random) -> Image.Image:
    """A mirrored film."""
    return ImageOps.mirror(_page(paper, rng))


def overturned(paper: Paper, rng: random.Random) -> Image.Image:
    """Scanned upside down."""
    return pictures.grain(_page(paper, rng).transpose(Image.Transpose.ROTATE_180), rng)


def shone_through(paper: Paper, rng: random.Random) -> Image.Image:
    """Thin paper: another paper's head shines through, the right way round."""
    page = _page(paper, rng)
    from strange.papers import bank

    other = rng.choice([other for other in bank() if other != paper])
    below = (
        pictures.page(other, rng)
        .filter(ImageFilter.GaussianBlur(1.5))
        .point([200 + v * 55 // 255 for v in range(256)])
    )
    return pictures.grain(ImageChops.multiply(page, ImageChops.offset(below, 9, 31)), rng)


def marked(paper: Paper, rng: random.Random) -> Image.Image:
    """A highlighter over number and abstract, a clip's shadow, a thumb at the margin."""
    page = _page(paper, rng).convert("RGB")
    over = Image.new("RGB", page.size, "white")
    ink = ImageDraw.Draw(over)
    high = page.height
    ink.rectangle(
        (page.width // 10, high * 14 // 100, page.width * 45 // 100, high * 17 // 100), fill="#faff52"
    )
    ink.rectangle((page.width // 5, high * 22 // 100, page.width * 4 // 5, high * 27 // 100), fill="#8dff7a")
    ink.ellipse((-60, high // 2, 70, high // 2 + 200), fill="#c58d6d")
    return pictures.grain(ImageChops.multiply(page, over), rng)


def sent_screen(paper: Paper, rng: random.Random) -> Image.Image:
    """A telephone's screenshot of the paper: its clock above, buttons below."""
    page = _page(paper, rng).convert("RGB")
    page = page.resize((1080, round(1080 * page.height / page.width)))
    whole = Image.new("RGB", (1080, page.height + 360), "#1c1c1e")
    whole.paste(page, (0, 180))
    from strange.seals import _font

    ink = ImageDraw.Draw(whole)
    ink.text((40, 20), "09:41", fill="white", font=_font(16))
    ink.text((330, 100), "QD so 77-2019 (ban moi).pdf", fill="white", font=_font(14))
    return whole


PDFS: dict[str, Callable[[Paper, random.Random], bytes]] = {
    "ccitt": ccitt, "jpx": jpx, "mrc": layered, "masks": tiles,
}  # fmt: skip
FILES: dict[str, tuple[str, Callable[[Paper, random.Random], bytes]]] = {
    "tiff-pages": ("tif", tiff),
    "webp": ("webp", webp),
    "exif": ("jpg", held_sideways),
}
WAYS: dict[str, Callable[[Paper, random.Random], Image.Image]] = {
    "coloured": coloured, "stapled": stapled, "fax-line": fax_line, "flipped": flipped,
    "overturned": overturned,
    "shone-through": shone_through, "highlighted": marked, "screenshot": sent_screen,
}  # fmt: skip
