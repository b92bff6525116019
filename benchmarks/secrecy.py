"""Stamps of secrecy drawn in thirty ways, and papers that only talk of secrets: what is sealed.

    python benchmarks/secrecy.py [--workers N] [--ways NAME…] [--every N]

Two papers in each way, every one with a level of its own; then three hundred that must stay open: talk of
secrets, titles, forms, other red stamps on scans. Prints sealed and missed by way, and what was sealed that
should not be. Ends with 1 when fewer than 58 of the 60, or more than 3 of the 300, are sealed.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from dossier.demo.typeset import face
from dossier.model import Content
from dossier.scanner.readers import read_bytes
from dossier.scanner.readers.interface import Limits
from dossier.scanner.recognise import recognise, secrecy
from dossier.scanner.sandbox import Done, Pool

RED, PALE, BLACK, BLUE = (200, 30, 40), (255, 170, 170), (25, 25, 25), (40, 60, 170)
LEVELS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
HEAD = ("CÔNG AN TỈNH BÌNH THUẬN", "CÔNG AN XÃ HÀM THẮNG")
BODY = (
    "Căn cứ tình hình an ninh trật tự trên địa bàn xã trong quý vừa qua;",
    "Theo đề nghị của Đội trưởng Đội Xây dựng phong trào toàn dân;",
    "Công an xã báo cáo kết quả thực hiện mô hình như sau:",
    "Đã tổ chức mười hai buổi tuyên truyền với hơn sáu trăm lượt người dự.",
    "Các tổ tự quản duy trì tuần tra vào ban đêm, phối hợp với dân quân.",
    "Nhân dân cung cấp nhiều nguồn tin có giá trị cho lực lượng chức năng.",
)
TALK = (
    "Cán bộ có trách nhiệm giữ bí mật nhà nước theo quy định của pháp luật.",
    "Về việc tăng cường công tác bảo vệ bí mật nhà nước trong tình hình mới",
    "Danh mục bí mật nhà nước độ Tuyệt mật, Tối mật, Mật do Thủ tướng ban hành.",
    "Mật độ dân cư trên địa bàn tăng, mật khẩu của hệ thống được thay định kỳ.",
    "Tài liệu này không thuộc danh mục mật; được phép đăng tải công khai.",
    "Người làm lộ bí mật công tác bị xử lý kỷ luật theo quy chế bảo mật.",
    "QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC CỦA CÔNG AN XÃ",
    "Mật ong, mật mía là đặc sản được giới thiệu tại phiên chợ của mô hình.",
    "Giải mật 12 hồ sơ; số còn lại tiếp tục được rà soát trong năm.",
    "Hộp thư tố giác tội phạm bảo đảm bí mật tuyệt đối cho người báo tin.",
)
OTHERS = ("HỎA TỐC", "KHẨN", "ĐÃ THU TIỀN", "SAO Y", "BẢN CHÍNH", "CÔNG VĂN ĐẾN", "THƯỢNG KHẨN", "DỰ THẢO",
          "ĐÃ DUYỆT", "LƯU HÀNH NỘI BỘ", "BẢN GỐC", "ĐÃ KÝ")  # fmt: skip


@lru_cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(face(bold=True).data), size)


def lines(number: int, stamp: str = "", more: tuple[str, ...] = ()) -> list[str]:
    chance = random.Random(number)
    body = [chance.choice(BODY) for _line in range(10)]
    head = [
        *HEAD,
        f"Số: {number}/BC-CAX",
        *([stamp] if stamp else []),
        "BÁO CÁO",
        "Kết quả thực hiện mô hình",
    ]
    return [*head, *body[:5], *more, *body[5:], "TRƯỞNG CÔNG AN XÃ", "Nguyễn Văn An"]


def stamp(
    text: str, colour: tuple[int, int, int] = RED, *, frame: bool = True, size: int = 44
) -> Image.Image:
    left, top, right, bottom = font(size).getbbox(text)
    made = Image.new("RGBA", (int(right - left) + 50, int(bottom - top) + 40), (0, 0, 0, 0))
    pen = ImageDraw.Draw(made)
    pen.text((25 - left, 20 - top), text, font=font(size), fill=(*colour, 255))
    if frame:
        pen.rectangle((3, 3, made.width - 4, made.height - 4), outline=(*colour, 255), width=4)
    return made


def sheet(number: int, put: Image.Image | None = None, at: tuple[int, int] = (640, 90), turned: float = 0,
          *, behind: bool = False, more: tuple[str, ...] = ()) -> Image.Image:  # fmt: skip
    """A page at 150 dpi as a scanner gives it."""
    made = Image.new("RGB", (1240, 1754), "white")
    ink = Image.new("RGBA", made.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(ink)
    for row, line in enumerate(lines(number, more=more)):
        pen.text((110, 110 + 62 * row), line, font=font(24), fill="black")
    layers = [(ink, (0, 0))]
    if put is not None:
        layers.append((put.rotate(turned, expand=True, resample=Image.Resampling.BICUBIC), at))
    for layer, where in reversed(layers) if behind else layers:
        made.paste(layer, where, layer)
    return made


def scanned(page: Image.Image, *, noise: float = 0, blur: float = 0, dpi: int = 150) -> bytes:
    if blur:
        page = page.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        grain = Image.effect_noise(page.size, noise).convert("RGB")
        page = Image.blend(page, grain, 0.18)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=dpi, quality=80)
    return out.getvalue()


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(body: list[str], *, header: str = "", picture: bytes = b"") -> bytes:
    def paragraphs(texts: list[str]) -> str:
        return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)

    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{paragraphs(body)}'
        '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr></w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_P}"><Relationship Id="h" '
        f'Type="{_R}/header" Target="header1.xml"/></Relationships>',
        "word/header1.xml": f'<w:hdr xmlns:w="{_W}">{paragraphs([header])}</w:hdr>',
    }
    if picture:
        parts["word/media/image1.png"] = picture
    return packed(parts)


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def opendocument(kind: str, body: list[str], picture: bytes) -> bytes:
    paragraphs = "".join(f"<text:p>{text}</text:p>" for text in body)
    spaces = (
        f'xmlns:office="{_OFFICE}office:1.0" xmlns:text="{_OFFICE}text:1.0" xmlns:draw="{_OFFICE}drawing:1.0"'
    )
    inside = {
        "text": f"<office:text>{paragraphs}</office:text>",
        "presentation": f"<office:presentation><draw:page><draw:frame><draw:text-box>{paragraphs}"
        "</draw:text-box></draw:frame></draw:page></office:presentation>",
    }[kind]
    return packed({
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {spaces}><office:body>{inside}</office:body>"
        "</office:document-content>",
        "Pictures/1.png": picture,
    })  # fmt: skip


def pdf(body: list[str], picture: Image.Image | None = None) -> bytes:
    import font_roboto
    from fpdf import FPDF

    made = FPDF()
    made.add_font("Roboto", "", font_roboto.Roboto)
    made.set_font("Roboto", size=11)
    made.add_page()
    for line in [*body, *body]:
        made.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    if picture is not None:
        made.image(picture, 130, 15, 40)
    return bytes(made.output())


def mail(subject: str, body: list[str]) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, "a@xa.vn", "b@xa.vn"
    made.set_content("\n".join(body))
    return made.as_bytes()


def html(body: list[str], *, title: str = "Báo cáo", stamped: str = "") -> bytes:
    shown = "".join(f"<p>{line}</p>" for line in body)
    return f"<!doctype html><meta charset=utf-8><title>{title}</title>{stamped}{shown}".encode()


def smeared(text: str) -> Image.Image:
    """A framed stamp whose letters run into each other: a person sees that there is one."""
    made = stamp(text, frame=False).filter(ImageFilter.GaussianBlur(5))
    pen = ImageDraw.Draw(made)
    pen.rectangle((3, 3, made.width - 4, made.height - 4), outline=(*RED, 255), width=5)
    return made


# Way → the paper with this number and stamp, as a file.
WAYS: dict[str, Callable[[int, str], bytes]] = {
    "text: on a line of its own": lambda n, s: "\n".join(lines(n, s)).encode(),
    "text: letters apart": lambda n, s: "\n".join(lines(n, " ".join(s.replace(" ", "  ")))).encode(),
    "text: in brackets, with an urgency": lambda n, s: "\n".join(lines(n, f"[{s}] - HỎA TỐC")).encode(),
    "text: after a label": lambda n, s: "\n".join(lines(n, f"Độ mật: {s.capitalize()}")).encode(),
    "text: at the end": lambda n, s: "\n".join([*lines(n), *lines(n + 1)[4:], s]).encode(),
    "Word: header": lambda n, s: docx(lines(n), header=s),
    "Word: picture": lambda n, s: docx(lines(n), picture=png(stamp(s))),
    "Word: scan as a picture": lambda n, s: docx(["Báo cáo"], picture=png(sheet(n, stamp(s), turned=4))),
    "OpenDocument text: picture": lambda n, s: opendocument("text", lines(n), png(stamp(s))),
    "OpenDocument slides: picture": lambda n, s: opendocument("presentation", lines(n), png(stamp(s))),
    "PDF: text": lambda n, s: pdf(lines(n, s)),
    "PDF: picture on a page of text": lambda n, s: pdf(lines(n), stamp(s).rotate(7, expand=True)),
    "mail: subject": lambda n, s: mail(f"[{s}] Báo cáo số {n}", lines(n)),
    "page: heading": lambda n, s: html(lines(n), stamped=f"<h1>{s}</h1>"),
    "page: title": lambda n, s: html(lines(n), title=s),
    "page: capitals by style": lambda n, s: html(
        lines(n), stamped=f'<p style="text-transform: uppercase">{s.lower()}</p>'
    ),
    "scan: black, upright": lambda n, s: scanned(sheet(n, stamp(s, BLACK, frame=False))),
    "scan: black, framed": lambda n, s: scanned(sheet(n, stamp(s, BLACK))),
    "scan: black, framed, askew": lambda n, s: scanned(sheet(n, stamp(s, BLACK), turned=9 - n % 2 * 18)),
    "scan: grey, framed, askew": lambda n, s: scanned(sheet(n, stamp(s), turned=8).convert("L")),
    "scan: blue, framed, askew": lambda n, s: scanned(sheet(n, stamp(s, BLUE), turned=-6)),
    "scan: red, framed": lambda n, s: scanned(sheet(n, stamp(s))),
    "scan: red, no frame": lambda n, s: scanned(sheet(n, stamp(s, frame=False), turned=3)),
    "scan: red, turned by 12°": lambda n, s: scanned(sheet(n, stamp(s), turned=12)),
    "scan: red, turned by -12°": lambda n, s: scanned(sheet(n, stamp(s), turned=-12)),
    "scan: red, over text": lambda n, s: scanned(sheet(n, stamp(s), (240, 400), 6)),
    "scan: red, behind text": lambda n, s: scanned(sheet(n, stamp(s), (240, 400), 6, behind=True)),
    "scan: pale": lambda n, s: scanned(sheet(n, stamp(s, PALE), turned=4)),
    "scan: red, noise and blur": lambda n, s: scanned(sheet(n, stamp(s), turned=-5), noise=90, blur=0.8),
    "scan: red frame that cannot be read": lambda n, s: scanned(sheet(n, smeared(s), turned=5)),
}


def stamped() -> Iterator[tuple[str, bytes]]:
    """Two papers in each way."""
    for at, (way, made) in enumerate(WAYS.items()):
        for number in (2 * at, 2 * at + 1):
            yield way, made(number, LEVELS[number % 3])


def open_papers() -> Iterator[tuple[str, bytes]]:
    """Three hundred papers without a stamp of secrecy."""
    for number in range(120):
        talk = (TALK[number % 10], TALK[number // 10 % 10])
        yield "talk: text", "\n".join(lines(number, more=talk)).encode()
    for number in range(60):
        yield "talk: Word", docx(lines(number, more=(TALK[number % 10],)), header=TALK[number // 6])
    for number in range(30):
        yield "talk: PDF", pdf(lines(number, more=(TALK[number % 10],)))
    for number in range(20):
        yield "talk: scan", scanned(sheet(number, more=(TALK[number % 10],)))
    for number in range(70):
        other = OTHERS[number % len(OTHERS)]
        drawn = stamp(other, RED if number % 4 else BLUE, frame=number % 3 > 0)
        yield "other stamp: scan", scanned(sheet(number, drawn, (500 + number, 90), number % 25 - 12))


def level(paper: tuple[str, bytes]) -> str:
    """What the file bears, as the scanner sees it. Runs in a worker."""
    content = read_bytes(paper[1], Limits())
    if not isinstance(content, Content):
        return f"unread: {content.reason}"
    return secrecy.level(content.pages, recognise(content)) or ""


def measure(papers: list[tuple[str, bytes]], workers: int) -> tuple[Counter[str], Counter[str]]:
    """Sealed and open, by way."""
    sealed: Counter[str] = Counter()
    left: Counter[str] = Counter()
    with Pool(level, workers=workers, seconds=300) as pool:
        for paper, outcome in pool.run(papers):
            told = outcome.value if isinstance(outcome, Done) else f"died: {outcome.cause}"
            (sealed if told in secrecy.LEVELS else left)[
                paper[0] + (f" ({told})" if ":" in told else "")
            ] += 1
    return sealed, left


def main() -> None:
    """Draw, read, count, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--ways", nargs="*", help="only ways with one of these words")
    parser.add_argument("--every", type=int, default=1, help="only every so many of the open papers")
    options = parser.parse_args()
    chosen = [p for p in stamped() if not options.ways or any(word in p[0] for word in options.ways)]
    sealed, missed = measure(chosen, options.workers)
    for way in dict.fromkeys(way for way, _paper in chosen):
        print(f"{way:45} sealed {sealed[way]}")
    print(f"stamped: {sum(sealed.values())} of {len(chosen)} sealed; missed: {dict(missed)}", flush=True)
    if options.ways:
        return
    wrong, right = measure(list(open_papers())[:: options.every], options.workers)
    print(f"open: {sum(wrong.values())} of {sum(wrong.values()) + sum(right.values())} sealed: {dict(wrong)}")
    sys.exit(sum(sealed.values()) < 58 or sum(wrong.values()) > 3)


if __name__ == "__main__":
    main()
