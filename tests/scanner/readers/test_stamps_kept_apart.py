"""A stamp of secrecy in what a file holds beside its text, or shows otherwise than it is written: properties,
texts for pictures, hidden and deleted text, capitals, masters of slides, names of sheets, word art, forms."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import pytest
import xlsxwriter
from made_files import p, word, zipped
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from dossier.model import Content
from dossier.scanner.readers import read_bytes
from dossier.scanner.readers.interface import Limits
from dossier.scanner.recognise import recognise, secrecy

HEAD = "CÔNG AN XÃ HÀM THẮNG\nSố: 12/BC-CAX\n"
BODY = "BÁO CÁO\nKết quả thực hiện mô hình\n" + "Căn cứ tình hình an ninh trật tự trên địa bàn xã;\n" * 6
PAPER = "".join(map(p, (HEAD + BODY).splitlines()))
RULES = "QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CORE = '<c:coreProperties xmlns:c="urn:c" xmlns:dc="urn:dc">{}</c:coreProperties>'
_CUSTOM = (
    '<Properties xmlns:vt="urn:vt"><property name="{}"><vt:lpwstr>{}</vt:lpwstr></property></Properties>'
)


def level(data: bytes) -> str | None:
    content = read_bytes(data, Limits(ocr=False))
    assert isinstance(content, Content), content
    return secrecy.level(content.pages, recognise(content))


def run(text: str, properties: str, tag: str = "t") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:{tag}>{text}</w:{tag}></w:r></w:p>"


def with_part(data: bytes, name: str, content: str) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def choice(picked: int) -> str:
    entries = '<w:listEntry w:val="Thường"/><w:listEntry w:val="MẬT"/>'
    form = f'<w:ffData><w:ddList><w:result w:val="{picked}"/>{entries}</w:ddList></w:ffData>'
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r></w:p>'


def picture(text: str) -> str:
    drawn = f'<wp:docPr xmlns:wp="{_WP}" id="1" name="x" descr="{text}"/>'
    return f"<w:p><w:r><w:drawing>{drawn}</w:drawing></w:r></w:p>"


STYLE = '<w:style w:styleId="Dau"><w:rPr><w:caps/></w:rPr></w:style>'
STYLED = '<w:p><w:pPr><w:pStyle w:val="Dau"/></w:pPr><w:r><w:t>Tối mật</w:t></w:r></w:p>'
SYMBOLS = "".join(f'<w:sym w:font="Arial" w:char="{code}"/>' for code in ("004D", "1EAC", "0054"))


@pytest.mark.parametrize("data", [
    word(run("MẬT", "<w:vanish/>") + PAPER), word(run("mật", "<w:caps/>") + PAPER),
    word(run("Mật", "<w:smallCaps/>") + PAPER), word(STYLED + PAPER, styles=STYLE),
    word(f"<w:p><w:del><w:r><w:delText>MẬT</w:delText></w:r></w:del></w:p>{PAPER}"),
    word(f"<w:p><w:r>{SYMBOLS}</w:r></w:p>{PAPER}"), word(choice(1) + PAPER), word(picture("MẬT") + PAPER),
    word(PAPER, numbering='<w:lvl><w:lvlText w:val="MẬT"/></w:lvl>'),
    with_part(word(PAPER), "docProps/core.xml", _CORE.format("<dc:title>TỐI MẬT</dc:title>")),
    with_part(word(PAPER), "docProps/core.xml", _CORE.format("<c:category>MẬT</c:category>")),
    with_part(word(PAPER), "docProps/custom.xml", _CUSTOM.format("Độ mật", "Mật")),
], ids=["hidden", "capitals", "small-capitals", "style", "deleted", "symbols", "form", "picture", "list",
        "title", "category", "own-property"])  # fmt: skip
def test_a_stamp_beside_the_text_of_word_is_found(data: bytes) -> None:
    assert level(data) in secrecy.LEVELS


@pytest.mark.parametrize("data", [
    word(run("giữ bí mật công tác", "<w:vanish/>") + PAPER),
    word(run("quy chế bảo vệ bí mật nhà nước", "<w:caps/>") + PAPER), word(choice(0) + PAPER),
    word(picture("Lễ ký cam kết bảo vệ bí mật nhà nước") + PAPER),
    with_part(word(PAPER), "docProps/core.xml", _CORE.format(f"<dc:title>{RULES}</dc:title>")),
    with_part(word(PAPER), "docProps/custom.xml", _CUSTOM.format("Độ mật", "Thường")),
], ids=["hidden", "capitals", "form", "picture", "title", "own-property"])  # fmt: skip
def test_talk_of_secrets_beside_the_text_of_word_is_no_stamp(data: bytes) -> None:
    assert level(data) is None


def rtf(body: str) -> bytes:
    text = "".join(f"\\u{ord(char)}?" if ord(char) > 127 else char for char in body)
    return (
        "{\\rtf1\\ansi " + text + "\\pard " + "\\par Bao cao ket qua thuc hien mo hinh" * 8 + "}"
    ).encode()


@pytest.mark.parametrize("body", [
    r"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv MẬT}}}}",
    r"{\header{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv MẬT}}}}}",
    r"{\v MẬT}\par", r"{\deleted MẬT}\par", r"{\info{\title MẬT}}", r"{\info{\category MẬT}}",
    r"{\*\do\dptxbx{\dptxbxtext\pard MẬT\par}}",
    r"{\field{\*\fldinst FORMTEXT{\*\formfield{\ffdeftext MẬT}}}{\fldrslt }}",
])  # fmt: skip
def test_a_stamp_beside_the_text_of_rtf_is_found(body: str) -> None:
    assert level(rtf(body)) == "mat"


def test_hidden_talk_in_rtf_is_no_stamp() -> None:
    assert level(rtf(r"{\v gi\u7919? bí mật nhà nước}\par {\info{\title BẢO MẬT}}")) is None


@pytest.mark.parametrize("change", [
    lambda book, sheet: book.add_worksheet("MẬT"),
    lambda book, sheet: sheet.write_number(0, 0, 1, book.add_format({"num_format": '"MẬT"'})),
    lambda book, sheet: sheet.insert_textbox("E2", "x", {"description": "MẬT"}),
    lambda book, sheet: [sheet.write(row, 4, letter) for row, letter in enumerate("MẬT")],
    lambda book, sheet: book.set_properties({"category": "MẬT"}),
], ids=["sheet", "number", "box", "one-below-the-other", "property"])  # fmt: skip
def test_a_stamp_beside_the_cells_of_a_sheet_is_found(change: Callable[..., object]) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Tổng hợp")
    for row, line in enumerate((HEAD + BODY).splitlines(), 4):
        sheet.write(row, 0, line)
    change(book, sheet)
    book.close()
    assert level(out.getvalue()) == "mat"


def shape(text: str, run: str = "", kind: str = "") -> str:
    place = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else ""
    said = f"<a:p><a:r><a:rPr {run}/><a:t>{text}</a:t></a:r></a:p>"
    return f"<p:sp><p:nvSpPr>{place}</p:nvSpPr><p:txBody>{said}</p:txBody></p:sp>"


@pytest.mark.parametrize(("slide", "master"), [
    (shape("MẬT", kind="ftr"), ""), (shape("mật", 'cap="all"'), ""), ("", shape("MẬT")),
], ids=["foot", "capitals", "master"])  # fmt: skip
def test_a_stamp_on_every_slide_is_found(slide: str, master: str) -> None:
    def part(tag: str, shapes: str) -> str:
        return f'<p:{tag} xmlns:p="urn:p" xmlns:a="{_A}"><p:cSld>{shapes}</p:cSld></p:{tag}>'

    text = "".join(map(shape, BODY.splitlines()))
    data = zipped({
        "[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>",
        "ppt/slides/slide1.xml": part("sld", text + slide),
        "ppt/slideMasters/slideMaster1.xml": part("sldMaster", master),
    })  # fmt: skip
    assert level(data) == "mat"


def stamped(writer: PdfWriter) -> None:
    box = ArrayObject([FloatObject(each) for each in (50, 700, 150, 730)])
    said = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Stamp"), "/Rect": box}
    annotation = DictionaryObject({NameObject(key): value for key, value in said.items()})
    annotation[NameObject("/Contents")] = TextStringObject("MẬT")
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])


@pytest.mark.parametrize("change", [
    lambda writer: writer.add_metadata({"/Title": "[MẬT] Báo cáo"}),
    lambda writer: writer.add_metadata({"/Keywords": "MẬT"}),
    lambda writer: writer.add_outline_item("MẬT", page_number=0), stamped,
], ids=["title", "keywords", "bookmark", "annotation"])  # fmt: skip
def test_a_stamp_beside_the_pages_of_a_pdf_is_found(
    pdf: Callable[..., bytes], change: Callable[[PdfWriter], object]
) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(HEAD + BODY))))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    assert level(out.getvalue()) == "mat"


@pytest.mark.parametrize("kind", ["keywords", "appointment", "title of a page"])
def test_a_stamp_beside_the_text_of_a_mail_is_found(kind: str) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Báo cáo"
    if kind == "keywords":
        mail["Keywords"] = "MẬT"
    mail.set_content(BODY)
    if kind == "appointment":
        mail.add_attachment(
            "BEGIN:VEVENT\nSUMMARY:MẬT\nEND:VEVENT".encode(), maintype="text", subtype="calendar"
        )
    if kind == "title of a page":
        mail.add_alternative("<html><title>MẬT</title><p>x</p></html>", subtype="html")
    assert level(mail.as_bytes()) == "mat"


def test_a_stamp_two_containers_deep_is_told_though_nothing_else_is_read() -> None:
    inner = zipped({"b.zip": zipped({"a.txt": HEAD + "MẬT\n" + BODY})})
    content = read_bytes(inner, Limits())
    assert isinstance(content, Content)
    assert level(inner) == "mat" and not any(page.text for page in content.pages)


@pytest.mark.parametrize(("line", "found"), [
    ("MẬT (A1)", "mat"), ("Đóng dấu: MẬT", "mat"), ("M\n\nẬ\n\nT", "mat"), ("Mật độ A1", None),
])  # fmt: skip
def test_a_stamp_with_a_little_beside_it_is_found(line: str, found: str | None) -> None:
    assert level((HEAD + line + "\n" + BODY).encode()) == found
