"""A stamp of secrecy is found where it stands beside the text: in red ink, in pictures, in subjects, in what
is packed twice. Its text is kept nowhere."""

from __future__ import annotations

import io
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache

import pytest
from made_files import p, word, zipped
from PIL import Image, ImageDraw, ImageFont

from dossier.demo.typeset import face
from dossier.model import Content, Page, Reading
from dossier.model.layout import Box, Word
from dossier.scanner.ocr import ppocr, stamps
from dossier.scanner.readers import read_bytes
from dossier.scanner.readers.interface import Limits
from dossier.scanner.readers.ocr import Ocr
from dossier.scanner.recognise import recognise, secrecy

pytestmark = pytest.mark.slow  # OCR of many pages

TALK = "QUYẾT ĐỊNH\nVề việc thành lập mô hình camera an ninh\n" + "Các đơn vị thi hành quyết định này.\n" * 20
needs_models = pytest.mark.skipif(not ppocr.available(), reason="the models for red ink are not installed")


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(face(bold=True).data), size)


@cache
def lines() -> Image.Image:
    """A page at 150 dpi with some lines of text."""
    made = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(made)
    for number in range(30):
        words = "Căn cứ theo đề nghị của Trưởng Công an xã;"
        pen.text((130, 420 + 40 * number), words, font=font(22), fill="black")
    return made


def stamp(
    text: str, colour: tuple[int, int, int] = (200, 30, 40), size: int = 44, frame: bool = True
) -> Image.Image:
    """The stamp by itself on nothing."""
    used = font(size)
    left, top, right, bottom = used.getbbox(text)
    picture = Image.new("RGBA", (int(right - left) + 50, int(bottom - top) + 40), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.text((25 - left, 20 - top), text, font=used, fill=(*colour, 255))
    if frame:
        pen.rectangle((3, 3, picture.width - 4, picture.height - 4), outline=(*colour, 255), width=4)
    return picture


def page(put: Image.Image | None = None, at: tuple[int, int] = (120, 250), turned: float = 0) -> Image.Image:
    """The page with a stamp over it."""
    made = lines().copy()
    if put is not None:
        turned_round = put.rotate(turned, expand=True, resample=Image.Resampling.BICUBIC)
        made.paste(turned_round, at, turned_round)
    return made


def found(content: object) -> str | None:
    assert isinstance(content, Content), content
    return secrecy.level(content.pages, recognise(content))


def marked(picture: Image.Image) -> str | None:
    marks = Ocr(Limits())._red(picture, 150)
    pages = (Page(1, "", Reading.OCR, marks=marks),)
    return secrecy.level(pages, ())


@needs_models
@pytest.mark.parametrize(
    ("text", "turned", "colour", "at"),
    [
        ("MẬT", 0, (200, 30, 40), (120, 250)), ("MẬT", 5, (200, 30, 40), (120, 250)),
        ("MẬT", -12, (200, 30, 40), (700, 200)), ("MẬT", 12, (200, 30, 40), (120, 1500)),
        ("MẬT", 90, (200, 30, 40), (60, 900)), ("MẬT", 0, (255, 170, 170), (120, 250)),
        ("MẬT", 8, (200, 30, 40), (300, 560)), ("TỐI MẬT", -12, (200, 30, 40), (120, 1500)),
        ("TỐI MẬT", 8, (200, 30, 40), (300, 560)), ("TUYỆT MẬT", 90, (200, 30, 40), (60, 900)),
        ("TUYỆT MẬT", 0, (255, 170, 170), (120, 250)),
    ],
)  # fmt: skip
def test_red_stamp_is_found_askew_pale_or_over_text(
    text: str, turned: float, colour: tuple[int, int, int], at: tuple[int, int]
) -> None:
    assert marked(page(stamp(text, colour), at, turned)) is not None


@needs_models
@pytest.mark.parametrize(
    "text", ["HỎA TỐC", "KHẨN", "ĐÃ THU TIỀN", "SAO Y", "BẢN CHÍNH", "CÔNG AN XÃ HÀM THẮNG", "ĐẾN"]
)
def test_other_red_stamps_seal_nothing(text: str) -> None:
    assert marked(page(stamp(text), turned=6)) is None


@needs_models
def test_stamp_in_a_picture_of_a_word_file_or_sheet_is_found() -> None:
    picture = io.BytesIO()
    stamp("TỐI MẬT").save(picture, "PNG")
    parts = {"word/media/image1.png": picture.getvalue()}
    with_picture = repacked(word(p("Quyết định về việc thành lập mô hình")), parts)
    assert found(read_bytes(with_picture, Limits())) == "toi-mat"


@needs_models
def test_stamp_put_as_a_picture_onto_a_page_of_text_is_found() -> None:
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    for _line in range(40):
        made.cell(
            0,
            6,
            "Quyet dinh ve viec thanh lap mo hinh camera an ninh tai dia ban",
            new_x="LMARGIN",
            new_y="NEXT",
        )
    made.image(stamp("MẬT").rotate(7, expand=True), 20, 20, 40)
    content = read_bytes(bytes(made.output()), Limits())
    assert isinstance(content, Content)
    assert content.pages[0].reading is Reading.TEXT
    assert found(content) == "mat"


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    return zipped(content | parts)


def mail(subject: str, text: str, html: str = "", **attached: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"], message["To"] = "a@xa.vn", "b@xa.vn"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attached.items():
        message.add_attachment(data, "application", "octet-stream", filename=name.replace("_", "."))
    return message.as_bytes()


STAMPED = ("MẬT\n" + TALK).encode()
MAILS: dict[str, Callable[[], bytes]] = {
    "subject": lambda: mail("[MẬT] Kế hoạch tháng 3", TALK),
    "subject before a dash": lambda: mail("TỐI MẬT - Kế hoạch tháng 3", TALK),
    "web page beside the plain text": lambda: mail("Kế hoạch", TALK, f"<p>MẬT</p><p>{TALK}</p>"),
    "attachment": lambda: mail("Kế hoạch", TALK, a_txt=STAMPED),
    "attachment of an attached mail": lambda: mail("Kế hoạch", TALK, b_eml=mail("x", TALK, a_txt=STAMPED)),
    "zip in zip": lambda: zipped({"a.txt": TALK, "b.zip": zipped({"c.txt": STAMPED})}),
    "zip in zip in mail": lambda: mail("x", TALK, a_zip=zipped({"b.zip": zipped({"c.txt": STAMPED})})),
}


@pytest.mark.parametrize("name", MAILS)
def test_stamp_in_mails_and_packed_files_is_found(name: str) -> None:
    assert found(read_bytes(MAILS[name](), Limits())) is not None


@pytest.mark.parametrize("subject", ["Bảo mật thông tin", "Kế hoạch bảo vệ bí mật nhà nước", "Mật khẩu mới"])
def test_mail_that_only_talks_of_secrets_is_not_sealed(subject: str) -> None:
    assert found(read_bytes(mail(subject, TALK, f"<p>{TALK}</p>"), Limits())) is None


def test_what_is_looked_at_for_stamps_is_no_text() -> None:
    content = read_bytes(zipped({"a.txt": TALK, "b.zip": zipped({"c.txt": "Đồi Bạch Mã"})}), Limits())
    assert isinstance(content, Content)
    assert "Bạch Mã" not in "".join(page.text for page in content.pages)


@needs_models
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text", "<office:text><text:p>Báo cáo</text:p></office:text>"),
        (
            "presentation",
            "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>Báo cáo</text:p>"
            "</draw:text-box></draw:frame></draw:page></office:presentation>",
        ),
    ],
)
def test_stamp_in_a_picture_of_an_open_document_is_found(kind: str, body: str) -> None:
    picture = io.BytesIO()
    stamp("TỐI MẬT").save(picture, "PNG")
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    content = f"<office:document-content{spaces}><office:body>{body}</office:body></office:document-content>"
    parts: dict[str, str | bytes] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": content,
        "Pictures/1.png": picture.getvalue(),
    }
    assert found(read_bytes(zipped(parts), Limits())) == "toi-mat"


def test_stamp_in_the_title_of_a_web_page_is_found() -> None:
    page = "<!doctype html><meta charset=utf-8><title>{}</title><p>Báo cáo kết quả".format
    assert found(read_bytes(page("TỐI MẬT - Báo cáo").encode(), Limits())) == "toi-mat"
    assert found(read_bytes(page("Bảo vệ bí mật nhà nước").encode(), Limits())) is None


@needs_models
@pytest.mark.parametrize("turned", [0, 9, -9])
@pytest.mark.parametrize(("text", "seen"), [("TUYỆT MẬT", True), ("SAO Y", False)])
def test_framed_stamp_on_a_copy_in_black_is_read_level_or_askew(text: str, seen: bool, turned: float) -> None:
    copy = page(stamp(text, (60, 60, 60)), (640, 120), turned).convert("L")
    pages = (Page(1, "", Reading.OCR, marks=stamps.framed(copy)),)
    assert (secrecy.level(pages, ()) is not None) is seen


@needs_models
def test_table_is_no_stamp() -> None:
    sheet = page()
    pen = ImageDraw.Draw(sheet)
    for row in range(12):
        for column in range(4):
            box = (120 + 250 * column, 120 + 60 * row, 370 + 250 * column, 180 + 60 * row)
            pen.rectangle(box, outline="black", width=2)
    assert stamps.framed(sheet) == ()


def tight(text: str) -> Image.Image:
    """A stamp in black whose frame touches its letters."""
    made = stamp(text, (25, 25, 25), frame=False)
    box = made.getbbox()
    assert box is not None
    made = made.crop((box[0] - 10, box[1] - 3, box[2] + 10, box[3] + 3))
    ImageDraw.Draw(made).rectangle(
        (1, 1, made.width - 2, made.height - 2), outline=(25, 25, 25, 255), width=3
    )
    return made


@needs_models
@pytest.mark.parametrize("turned", [-12, -7, 8, 12])
@pytest.mark.parametrize(
    ("text", "how"), [("TỐI MẬT", "bare"), ("MẬT", "tight"), ("TUYỆT MẬT", "tight"), ("ĐÃ NHẬN", "bare")]
)
def test_black_ink_at_the_head_that_nobody_read_is_read(text: str, how: str, turned: float) -> None:
    put = tight(text) if how == "tight" else stamp(text, (25, 25, 25), frame=False)
    marks = stamps.unread(page(put, (640, 120), turned), ())
    told = secrecy.level((Page(1, "", Reading.OCR, marks=marks),), ())
    assert (told is not None) is text.endswith("MẬT"), marks


@needs_models
def test_ink_that_was_read_is_not_read_again() -> None:
    words = [Word("MẬT", Box(0, 0, 1, 0.45), 0.9)]
    assert stamps.unread(page(stamp("MẬT", (25, 25, 25), frame=False), (640, 120), 9), words) == ()


@needs_models
@pytest.mark.parametrize("text", ["TỐI MẬT", "SAO Y"])
def test_framed_stamp_in_a_photo_with_a_shadow_is_read(text: str) -> None:
    photo = page(stamp(text, (40, 40, 40)), (640, 120), 6)
    shade = Image.linear_gradient("L").resize(photo.size).point(lambda value: 120 + value * 130 // 255)
    photo = Image.composite(photo, Image.new("RGB", photo.size, (60, 55, 45)), shade)
    marks = (*stamps.framed(photo), *stamps.unread(photo, ()))
    assert (secrecy.level((Page(1, "", Reading.OCR, marks=marks),), ()) is not None) is (text == "TỐI MẬT")
