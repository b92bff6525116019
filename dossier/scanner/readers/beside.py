"""What an Office or OpenDocument file holds beside the text that is kept, and a person may still see there:
properties, texts for pictures, names of sheets, forms of numbers, text that is hidden, deleted or shown in
capitals. Gathered only to be looked at for stamps of secrecy.

Source: ECMA-376 part 1, §15.2.12 (properties), §17.3.2 (runs), §17.9 (numbers of lists), §17.16 (forms),
§18.8.31 (forms of numbers), §20.1.2.2.8 (texts for pictures); OpenDocument 1.3 part 3, §4.3, §5.5, §7.
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

# The letter without which nothing is a stamp: composed, in parts, as a number, as a symbol.
_LETTER = ("Ậ".encode(), "ậ".encode(), "\u0323".encode(), b"&#", b"1EAC", b"1eac")
_STRUCTURES = (  # that hold text which is not kept, or shown otherwise than it is written
    b"descr=", b"title=", b"alt=", b"vanish", b"delText", b":sym", b"ddList", b"caps", b"smallCaps",
    b"lvlText", b"svg:title", b"svg:desc", b"text:deletion", b"text-transform",
)  # fmt: skip
_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|numbering)\.xml"
    r"|(?:xl|ppt|word)/drawings/[^/]+\.(?:xml|vml)"
    r"|content\.xml|styles\.xml"
)
# What stands on slides beside what is read of them: their feet, what a master puts on each of them.
_SLIDES = re.compile(r"ppt/(?:slides|slideMasters|slideLayouts|notesMasters|handoutMasters)/[^/]+\.xml")
_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml", "docProps/app.xml", "meta.xml")
_MOST_PARTS = 500
_QUOTED = re.compile(r'"([^"]{1,60})"')


def of_beside(package: Package) -> tuple[str, ...]:
    """All of it that may be a stamp. Never raises for what the parts may be."""
    found: list[str] = []
    parts = (name for name in package.names() if _PARTS.fullmatch(name) or _SLIDES.fullmatch(name))
    for name in islice(parts, _MOST_PARTS):
        slides = _SLIDES.fullmatch(name) is not None
        try:
            if package.mentions(name, *_LETTER) and (slides or package.mentions(name, *_STRUCTURES)):
                root = package.xml(name)
                found += _of_part(root, _shouted(package, name))
                found += _of_slide(root) if slides else ()
        except ReadError:
            continue
    found += _of_book(package)
    return (*typed(found), *_of_properties(package))


def _of_properties(package: Package) -> Iterator[str]:
    """Title, category, state and the like; properties that people named themselves, with their names."""
    for name in _PROPERTIES:
        try:
            root = package.xml(name) if name in package and package.mentions(name, *_LETTER) else None
        except ReadError:
            continue
        for element in () if root is None else root.iter("{*}*"):
            label = next((v for key, v in element.attrib.items() if _local(key) == "name"), "")
            said = nfc("".join(element.itertext()).strip() if label else (element.text or "").strip())
            if label:
                yield f"{nfc(label)}: {said}"
            # As a category or state a level stands alone, in any letters.
            alone = [said.upper()] if secrecy.is_level(said) else []
            yield from typed((*of_title(said), *alone))


def _local(key: object) -> str:
    """An attribute's name without its namespace."""
    return str(key).rpartition("}")[2]


def _of_book(package: Package) -> Iterator[str]:
    """Names of sheets, and words that a form of numbers puts into a cell."""
    for name, element, attribute in (
        ("xl/workbook.xml", "sheet", "name"),
        ("xl/styles.xml", "numFmt", "formatCode"),
    ):
        try:
            if name in package and package.mentions(name, *_LETTER):
                for each in package.xml(name).iter(f"{{*}}{element}"):
                    said = each.get(attribute, "")
                    yield from [said] if element == "sheet" else _QUOTED.findall(said)
        except ReadError:
            continue


def _shouted(package: Package, part: str) -> frozenset[str]:
    """Styles of Word that show their text in capitals, also those built on them."""
    name = "word/styles.xml"
    if not part.startswith("word/") or name not in package or not package.mentions(name, b"aps"):
        return frozenset()
    capitals: set[str] = set()
    styles = list(package.xml(name).iter("{*}style"))
    for _level in range(3):  # a style stands before or after the one it is built on
        for style in styles:
            based = {value for each in style.iter("{*}basedOn") for value in each.attrib.values()}
            if _is_shouted(style, frozenset()) or based & capitals:
                capitals |= {v for key, v in style.attrib.items() if _local(key) == "styleId"}
    return frozenset(capitals)


def _of_part(root: Any, shouted: frozenset[str]) -> Iterator[str]:
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
    loud = frozenset(_loud(root))
    for paragraph in root.iter("{*}p"):
        yield from _of_paragraph(paragraph, shouted)
        if loud & set(paragraph.attrib.values()):
            yield "".join(paragraph.itertext()).upper()


def _of_slide(root: Any) -> Iterator[str]:
    """Every paragraph as it is shown."""
    for paragraph in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
        shown = ""
        for run in paragraph.iter("{*}r", "{*}fld"):
            said = "".join(text.text or "" for text in run.iterfind("{*}t"))
            capitals = any(each.get("cap") in ("all", "small") for each in run.iterfind("{*}rPr"))
            shown += said.upper() if capitals else said
        yield shown


def _loud(root: Any) -> Iterator[str]:
    """Styles of OpenDocument that show their text in capitals."""
    for style in root.iter("{*}style"):
        if any(
            _local(key) == "text-transform" and value == "uppercase"
            for inner in style
            for key, value in inner.attrib.items()
        ):
            yield from (value for key, value in style.attrib.items() if _local(key) == "name")


def _of_paragraph(paragraph: Any, shouted: frozenset[str]) -> Iterator[str]:
    """Its text with what is hidden and deleted; that alone; and as it is shown where all is in capitals."""
    whole, unseen, capitals = [], [], [_is_shouted(each, shouted) for each in paragraph.iterfind("{*}pPr")]
    everywhere, some = any(capitals), False
    for run in paragraph.iter("{*}r"):
        said = "".join(_said(run))
        hidden = any(_is_on(each) for each in run.iterfind("{*}rPr/{*}vanish"))
        if hidden or next(run.iter("{*}delText", "{*}sym"), None) is not None:
            unseen.append(said)
        loud = everywhere or any(_is_shouted(each, shouted) for each in run.iterfind("{*}rPr"))
        some = some or loud
        whole.append(said.upper() if loud else said)
    if unseen:
        yield "".join(unseen)
    if unseen or some:
        yield "".join(whole)


def _said(run: Any) -> Iterator[str]:
    for element in run.iter("{*}t", "{*}delText", "{*}sym"):
        if local_name(element) != "sym":
            yield element.text or ""
            continue
        code = next((v for key, v in element.attrib.items() if _local(key) == "char"), "")
        if re.fullmatch(r"[0-9A-Fa-f]{4}", code):
            yield chr(int(code, 16))


def _is_shouted(element: Any, shouted: Iterable[str]) -> bool:
    """Whether properties or a style say capitals, small ones too, or name a style that does."""
    if any(_is_on(each) for each in element.iter("{*}caps", "{*}smallCaps")):
        return True
    return any(
        set(map(str, each.attrib.values())) & set(shouted) for each in element.iter("{*}pStyle", "{*}rStyle")
    )


def _is_on(element: Any) -> bool:
    return not any(value in ("0", "false", "off") for value in element.attrib.values())


def _chosen(form: Any) -> str:
    """What a form field with a list shows."""
    entries = [str(value) for each in form.iter("{*}listEntry") for value in each.attrib.values()]
    picked = [str(value) for each in form.iter("{*}result") for value in each.attrib.values()]
    at = int(picked[0]) if picked and picked[0].isdigit() else 0
    return entries[at] if at < len(entries) else ""
