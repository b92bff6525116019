"""The form of an office's papers in Word: page, letters, head, title, text, signatures.

Nghị định 30/2020/NĐ-CP, annex I: A4, margins 20, 20, 30 and 15 mm, Times New Roman, page numbers at the head
of every page but the first, a rule under the body's name, under the motto and under the abstract. The papers
are Vietnamese in every language. What only the office knows stays dotted.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from dossier.checklists.sentence_case import body
from dossier.model import Office
from reports import looks

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Times New Roman"
DOTS = "…" * 9
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
SIGN = "(Ký, ghi rõ họ và tên)"
TALL, WIDE = 165, 247  # millimetres between the margins of a page that stands, and of one that lies
_MADE = datetime(2020, 1, 1, tzinfo=UTC)  # the same paper gives the same bytes
_TEXT_SIZE = 14  # points; annex I: 13 to 14

_PROPERTY = 255  # letters of a property that the format has room for
_YEARS = re.compile(r"(?<=\d)–(?=\d)")  # between two years, which stand on one line


def page(office: Office, *, wide: bool = False) -> Document:
    """An A4 page, lying where ``wide``; ``office`` is its author."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin = Mm(30)
    section.right_margin = Mm(20) if wide else Mm(15)
    section.header_distance = Mm(10)
    for name in ("Normal", "Heading 1", "Heading 2", "Title", "Subtitle", "Header"):
        _letters(made.styles[name])
    normal: Any = made.styles["Normal"]
    normal.font.size = Pt(_TEXT_SIZE)
    normal.paragraph_format.space_after = Pt(6)
    properties = made.core_properties
    properties.author = properties.last_modified_by = clean(office.name)
    properties.created = properties.modified = _MADE
    properties.language, properties.comments = "vi-VN", ""
    _page_number(section)
    return made


def _letters(style: Any) -> None:
    """Black Times New Roman in Vietnamese, whatever the style was."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name, style.font.color.rgb = FONT, RGBColor(0, 0, 0)
    style.font.italic = False
    drawn = style.element.get_or_add_rPr()
    fonts = drawn.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    drawn.append(language)
    for name in ("pBdr", "rPr/w:spacing", "rPr/w:kern"):  # what Word's own titles bring with them
        own = style.element.find(f".//w:{name}", style.element.nsmap)
        if own is not None:
            own.getparent().remove(own)


def _page_number(section: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    centred(paragraph)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def save(made: Document) -> bytes:
    """The package without the time of its making, which python-docx writes on every file in it."""
    package, out = io.BytesIO(), io.BytesIO()
    made.save(package)
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            # A ZipInfo by name alone bears the first day that the format knows, 01/01/1980.
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def clean(text: str) -> str:
    """Without what XML cannot hold."""
    return looks.printable(text, keep="\t\n")


def name_of(office: Office) -> str:
    """The unit as a sentence names it; dots where it is not configured."""
    return body(office.name) or DOTS


def title(made: Document, name: str, *about: str, ruled: bool = True) -> None:
    """The name of the paper in capitals and what it is about below, with a rule under it."""
    from docx.shared import Pt

    for at, text in enumerate((name, *about)):
        added = made.add_paragraph(style="Title" if at == 0 else "Subtitle")
        run = added.add_run(_YEARS.sub("\u2060–\u2060", clean(text)))
        run.bold, run.font.size = True, Pt(14)
        centred(added)
        added.paragraph_format.space_before = Pt(18 if at == 0 else 0)
        added.paragraph_format.space_after = Pt(0)
        added.paragraph_format.keep_with_next = True
    if ruled:
        rule(made.add_paragraph(), between(made), between(made) * 2 // 5)
    made.core_properties.title = clean(" – ".join((name, *about)))[:_PROPERTY]


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; sizes and distances in points. ``indent``: its first line begins 10 mm in;
    ``after``: the distance that all text has where none is given."""

    bold: bool = False
    italic: bool = False
    centre: bool = False
    indent: bool = True
    size: int = _TEXT_SIZE
    before: int = 0
    after: int | None = None
    red: bool = False


def paragraph(made: Document, text: str, style: Style = Style()) -> None:
    """A paragraph of the text. Both margins are straight."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    added = made.add_paragraph()
    run = added.add_run(clean(text))
    run.bold, run.italic = style.bold, style.italic
    run.font.size = Pt(style.size)
    if style.red:
        run.font.color.rgb = RGBColor(0xA4, 0x16, 0x1A)
    added.paragraph_format.space_before = Pt(style.before)
    if style.after is not None:
        added.paragraph_format.space_after = Pt(style.after)
    # A heading, and a line that announces what follows, is never the last of a page.
    added.paragraph_format.keep_with_next = style.bold or text.rstrip().endswith(":")
    if style.centre:
        centred(added)
        return
    if style.indent:
        added.paragraph_format.first_line_indent = Mm(10)
    if "…" not in text and len(text) > 60:  # a line of dots, and a short one, are not drawn apart
        added.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def blanks(made: Document, *labels: str) -> None:
    """Lines to be written on by hand, dotted from each label to the right margin."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Pt

    for label in labels:
        added = made.add_paragraph()
        added.paragraph_format.first_line_indent = Mm(10)
        added.paragraph_format.tab_stops.add_tab_stop(
            Mm(between(made)), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        added.add_run(f"{clean(label)} \t" if label else "\t").font.size = Pt(_TEXT_SIZE)


def heading(made: Document, text: str) -> None:
    """A heading of a part of the text, as a style, so that a reader can jump to it."""
    from docx.shared import Mm, Pt

    added = made.add_heading(level=1)
    run = added.add_run(clean(text))
    run.bold, run.font.size = True, Pt(_TEXT_SIZE)
    added.paragraph_format.first_line_indent = Mm(10)
    added.paragraph_format.space_before, added.paragraph_format.space_after = Pt(6), Pt(6)
    added.paragraph_format.keep_with_next = True


def rule(paragraph: Any, width: int, length: int) -> None:
    """A thin line of ``length`` millimetres in the middle of a line of ``width``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm((width - length) / 2)
    shape.first_line_indent, shape.space_before, shape.space_after = Mm(0), Pt(0), Pt(6)
    shape.line_spacing, shape.keep_with_next = Pt(3), True
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def between(made: Document) -> int:
    """Millimetres between the margins."""
    return WIDE if made.sections[0].orientation else TALL


def centred(paragraph: Any) -> None:
    """In the middle of the line."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def dated(place: str, day: date, *, whole: bool = False) -> str:
    """Place and day as the head has them; the day is written by hand unless ``whole``."""
    written = f"ngày {day:%d} tháng {day:%m}" if whole else "ngày …. tháng …."
    return f"{place or '………'}, {written} năm {day.year}"


def last(texts: Sequence[str], end: str = "./.") -> list[str]:
    """Lines of a list: each ends in a semicolon, the last in ``end``."""
    return [f"{text.rstrip('.;')}{end if at == len(texts) else ';'}" for at, text in enumerate(texts, 1)]
