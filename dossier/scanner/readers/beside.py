"""Texts of an Office or OpenDocument file outside its extracted text, searched only for secrecy stamps.

They are document properties, alternative texts of pictures, sheet names, number formats, and text that is
hidden, deleted or displayed in capitals.

Source: ECMA-376 part 1, §15.2.12 (properties), §17.3.2 (runs), §17.9 (list numbering), §17.16 (forms),
§18.8.31 (number formats), §20.1.2.2.8 (alternative texts); OpenDocument 1.3 part 3, §4.3, §5.5, §7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from dossier.scanner.readers.interface import ReadError
from dossier.scanner.readers.marks import of_title, typed
from dossier.scanner.readers.package import Package, local_name
from dossier.scanner.recognise import secrecy
from dossier.vietnamese import nfc

# The letter that every secrecy stamp has: precomposed, decomposed, as a character reference, as a symbol.
_LETTER = ("Ậ".encode(), "ậ".encode(), "\u0323".encode(), b"&#", b"1EAC", b"1eac")
_STRUCTURES = (  # markup of text that is not extracted, or is displayed differently from how it is stored
    b"descr=", b"title=", b"alt=", b"vanish", b"delText", b":sym", b"ddList", b"caps", b"smallCaps",
    b"lvlText", b"svg:title", b"svg:desc", b"text:deletion", b"text-transform",
)  # fmt: skip
_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|numbering)\.xml"
    r"|(?:xl|ppt|word)/drawings/[^/]+\.(?:xml|vml)"
    r"|content\.xml|styles\.xml"
)
# Slides have text that is not extracted: footers, and what a master repeats on each slide.
_SLIDES = re.compile(r"ppt/(?:slides|slideMasters|slideLayouts|notesMasters|handoutMasters)/[^/]+\.xml")
_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml", "docProps/app.xml", "meta.xml")
_MOST_PARTS = 500
_QUOTED = re.compile(r'"([^"]{1,60})"')


def of_beside(package: Package) -> tuple[str, ...]:
    """Texts outside the extracted text that may be a secrecy stamp. Skips damaged parts."""
    texts: list[str] = []
    parts = (name for name in package.names() if _PARTS.fullmatch(name) or _SLIDES.fullmatch(name))
    for name in islice(parts, _MOST_PARTS):
        slides = _SLIDES.fullmatch(name) is not None
        try:
            if package.mentions(name, *_LETTER) and (slides or package.mentions(name, *_STRUCTURES)):
                root = package.xml(name)
                texts += _of_part(root, _capital_styles(package, name))
                texts += _of_slide(root) if slides else ()
        except ReadError:
            continue
    texts += _of_book(package)
    return (*typed(texts), *_of_properties(package))


def _of_properties(package: Package) -> Iterator[str]:
    """Document properties that may be a stamp: title, category, status …, and custom ones with their
    names."""
    for name in _PROPERTIES:
        try:
            root = package.xml(name) if name in package and package.mentions(name, *_LETTER) else None
        except ReadError:
            continue
        for element in () if root is None else root.iter("{*}*"):
            label = next((v for key, v in element.attrib.items() if _local(key) == "name"), "")
            value = nfc("".join(element.itertext()).strip() if label else (element.text or "").strip())
            if label:
                yield f"{nfc(label)}: {value}"
            # A category or status may be the level alone, in any case.
            level = [value.upper()] if secrecy.is_level(value) else []
            yield from typed((*of_title(value), *level))


def _local(key: object) -> str:
    """Return an attribute's name without its namespace."""
    return str(key).rpartition("}")[2]


def _of_book(package: Package) -> Iterator[str]:
    """Names of an Excel workbook's sheets, and quoted words in its number formats."""
    for name, element, attribute in (
        ("xl/workbook.xml", "sheet", "name"),
        ("xl/styles.xml", "numFmt", "formatCode"),
    ):
        try:
            if name in package and package.mentions(name, *_LETTER):
                for item in package.xml(name).iter(f"{{*}}{element}"):
                    value = item.get(attribute, "")
                    yield from [value] if element == "sheet" else _QUOTED.findall(value)
        except ReadError:
            continue


def _capital_styles(package: Package, part: str) -> frozenset[str]:
    """Ids of Word styles that display text in capitals, including styles based on them."""
    name = "word/styles.xml"
    if not part.startswith("word/") or name not in package or not package.mentions(name, b"aps"):
        return frozenset()
    capitals: set[str] = set()
    styles = list(package.xml(name).iter("{*}style"))
    for _level in range(3):  # a style may be listed before the one it is based on
        for style in styles:
            based = {value for each in style.iter("{*}basedOn") for value in each.attrib.values()}
            if _is_capital(style, frozenset()) or based & capitals:
                capitals |= {v for key, v in style.attrib.items() if _local(key) == "styleId"}
    return frozenset(capitals)


def _of_part(root: Any, capital_styles: frozenset[str]) -> Iterator[str]:
    for element in root.iter("{*}docPr", "{*}cNvPr", "{*}shape", "{*}lvlText"):
        for key in ("descr", "title", "alt"):
            yield element.get(key, "")
        if local_name(element) == "lvlText":
            yield from map(str, element.attrib.values())
    for element in root.iter("{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}*"):
        yield element.text or ""
    for element in root.iter("{*}deletion"):
        yield from ("".join(paragraph.itertext()) for paragraph in element.iter("{*}p", "{*}h"))
    for element in root.iter("{*}ddList"):
        yield _chosen(element)
    uppercase_styles = frozenset(_uppercase_styles(root))
    for paragraph in root.iter("{*}p"):
        yield from _of_paragraph(paragraph, capital_styles)
        if uppercase_styles & set(paragraph.attrib.values()):
            yield "".join(paragraph.itertext()).upper()


def _of_slide(root: Any) -> Iterator[str]:
    """Each paragraph of a slide as displayed, that is with capitals where the format demands them."""
    for paragraph in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
        shown = ""
        for run in paragraph.iter("{*}r", "{*}fld"):
            stored = "".join(text.text or "" for text in run.iterfind("{*}t"))
            capitals = any(each.get("cap") in ("all", "small") for each in run.iterfind("{*}rPr"))
            shown += stored.upper() if capitals else stored
        yield shown


def _uppercase_styles(root: Any) -> Iterator[str]:
    """Names of OpenDocument styles that display text in capitals."""
    for style in root.iter("{*}style"):
        if any(
            _local(key) == "text-transform" and value == "uppercase"
            for inner in style
            for key, value in inner.attrib.items()
        ):
            yield from (value for key, value in style.attrib.items() if _local(key) == "name")


def _of_paragraph(paragraph: Any, capital_styles: frozenset[str]) -> Iterator[str]:
    """The hidden and deleted text of a paragraph alone, and the whole paragraph with hidden text and
    capitals.

    Gives nothing for a paragraph without hidden text or capitals.
    """
    whole, unseen = [], []
    all_capitals = any(_is_capital(each, capital_styles) for each in paragraph.iterfind("{*}pPr"))
    some_capitals = False
    for run in paragraph.iter("{*}r"):
        stored = "".join(_run_text(run))
        hidden = any(_is_on(each) for each in run.iterfind("{*}rPr/{*}vanish"))
        if hidden or next(run.iter("{*}delText", "{*}sym"), None) is not None:
            unseen.append(stored)
        capital = all_capitals or any(_is_capital(each, capital_styles) for each in run.iterfind("{*}rPr"))
        some_capitals = some_capitals or capital
        whole.append(stored.upper() if capital else stored)
    if unseen:
        yield "".join(unseen)
    if unseen or some_capitals:
        yield "".join(whole)


def _run_text(run: Any) -> Iterator[str]:
    for element in run.iter("{*}t", "{*}delText", "{*}sym"):
        if local_name(element) != "sym":
            yield element.text or ""
            continue
        code = next((v for key, v in element.attrib.items() if _local(key) == "char"), "")
        if re.fullmatch(r"[0-9A-Fa-f]{4}", code):
            yield chr(int(code, 16))


def _is_capital(element: Any, capital_styles: Iterable[str]) -> bool:
    """Whether run or paragraph properties demand capitals or small capitals, or name such a style."""
    if any(_is_on(each) for each in element.iter("{*}caps", "{*}smallCaps")):
        return True
    return any(
        set(map(str, each.attrib.values())) & set(capital_styles)
        for each in element.iter("{*}pStyle", "{*}rStyle")
    )


def _is_on(element: Any) -> bool:
    return not any(value in ("0", "false", "off") for value in element.attrib.values())


def _chosen(form: Any) -> str:
    """Return the selected entry of a drop-down form field, ``""`` where none is selected."""
    entries = [str(value) for each in form.iter("{*}listEntry") for value in each.attrib.values()]
    picked = [str(value) for each in form.iter("{*}result") for value in each.attrib.values()]
    at = int(picked[0]) if picked and picked[0].isdigit() else 0
    return entries[at] if at < len(entries) else ""
