"""Find the runs of a Word file in legacy fonts, by run, styles and document defaults.

Also the element names of WordprocessingML that the Word readers use. Source: ECMA-376 part 1, §17.3.2.26
(rFonts) and §17.7 (styles). Theme fonts count as modern; table styles are ignored.
"""

from __future__ import annotations

from typing import Any

from dossier.legacy import Encoding, encoding_of_font
from dossier.scanner.readers.styles import MAX_DEPTH

SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # strict
)
REL_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, CHOICE, FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

# Local names of the elements that are read, in both name spaces.
_NAMES = (
    *("p", "tbl", "r", "t", "tab", "br", "cr", "noBreakHyphen", "hyperlink", "smartTag", "sdt", "sdtContent"),
    *("ins", "moveTo", "fldSimple", "fldChar", "instrText", "bdo", "dir", "customXml", "drawing", "pict"),
    *(
        "object",
        "txbxContent",
        "pPr",
        "rPr",
        "vanish",
        "caps",
        "smallCaps",
        "pageBreakBefore",
        "sectPr",
        "tr",
        "tc",
        "trPr",
    ),
    *("tblPr", "tcPr", "tblBorders", "tcBorders", "tblStyle", "type", "del", "body", "footnote", "endnote"),
    *(
        "vMerge",
        "altChunk",
        "softHyphen",
        "rFonts",
        "rStyle",
        "pStyle",
        "docDefaults",
        "rPrDefault",
        "style",
        "basedOn",
        "jc",
    ),
)
LOCAL: dict[Any, str] = {f"{{{space}}}{name}": name for space in SPACES for name in _NAMES}
_ATTR: dict[str, tuple[str, str]] = {
    name: (f"{{{SPACES[0]}}}{name}", f"{{{SPACES[1]}}}{name}")
    for name in (
        *("val", "type", "instr", "fldCharType", "styleId", "default"),
        *("ascii", "hAnsi", "cs", "asciiTheme", "hAnsiTheme"),
    )
}
WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_OFF = frozenset(("0", "false", "off", "none"))


def attribute(element: Any, name: str, default: str = "") -> str:
    """Return the value of an attribute (``val``, ``type``, ``ascii`` …) in either name space."""
    loose, strict = _ATTR[name]
    return str(element.get(loose) or element.get(strict) or default)


def first_child(element: Any, name: str) -> Any:
    """Return the first child with a local name, or ``None``."""
    for child in element:
        if LOCAL.get(child.tag) == name:
            return child
    return None


def is_on(element: Any) -> bool:
    """Return the value of an on/off property element."""
    return attribute(element, "val") not in _OFF


MAX_STYLES = 5000
# Byte strings in the XML of files with legacy fonts; a false match (gov.vn) only costs parsing the styles.
LEGACY_MARKS = (b".Vn", b".VN", b".vn", b"VNI", b"Vni-", b"vni-", b"VnTime", b"VISCII")

_Fonts = tuple[str | None, str | None]  # of Latin letters, of complex scripts; None: inherited


class Fonts:
    """Resolves the encoding of runs; ``styles`` is the root element of ``styles.xml``, if any."""

    def __init__(self, styles: Any = None) -> None:
        self._styles: dict[str, tuple[str, _Fonts]] = {}  # id → the style it is based on, its fonts
        self._paragraph_default = ""
        self._defaults: _Fonts = (None, None)
        self._known: dict[tuple[_Fonts, str, str], Encoding | None] = {}
        for element in () if styles is None else styles:
            name = LOCAL.get(element.tag)
            if name == "docDefaults":
                default = first_child(element, "rPrDefault")
                self._defaults = _fonts(None if default is None else first_child(default, "rPr"))
            elif name == "style" and len(self._styles) < MAX_STYLES:
                self._add(element)

    def paragraph_style(self, properties: Any) -> str:
        """Return the style id of a paragraph from its ``pPr`` (or ``None``)."""
        style = None if properties is None else first_child(properties, "pStyle")
        return self._paragraph_default if style is None else attribute(style, "val")

    def encoding(self, properties: Any, paragraph_style: str) -> Encoding | None:
        """Return the legacy encoding of a run from its ``rPr`` (or ``None``); ``None`` for modern fonts."""
        style = None if properties is None else first_child(properties, "rStyle")
        key = (_fonts(properties), "" if style is None else attribute(style, "val"), paragraph_style)
        if key not in self._known:
            self._known[key] = self._resolve(*key)
        return self._known[key]

    def _add(self, element: Any) -> None:
        based = first_child(element, "basedOn")
        name = attribute(element, "styleId")
        parent = "" if based is None else attribute(based, "val")
        self._styles[name] = parent, _fonts(first_child(element, "rPr"))
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            self._paragraph_default = name

    def _resolve(self, own: _Fonts, run_style: str, paragraph_style: str) -> Encoding | None:
        levels = [own, *self._chain(run_style), *self._chain(paragraph_style), self._defaults]
        letters = next((font for font, _complex in levels if font is not None), None)
        if letters is None:
            letters = next((font for _letters, font in levels if font is not None), "")
        return encoding_of_font(letters)

    def _chain(self, style: str) -> list[_Fonts]:
        chain: list[_Fonts] = []
        while style in self._styles and len(chain) < MAX_DEPTH:
            style, fonts = self._styles[style]
            chain.append(fonts)
        return chain


def _fonts(properties: Any) -> _Fonts:
    """Return the fonts that an ``rPr`` names; ``""`` for a theme font, which overrides a named one."""
    fonts = None if properties is None else first_child(properties, "rFonts")
    if fonts is None:
        return None, None
    letters: str | None = None
    for kind in ("hAnsi", "ascii"):  # hAnsi is the font of non-ASCII letters
        letters = "" if attribute(fonts, kind + "Theme") else attribute(fonts, kind) or None
        if letters is not None:
            break
    return letters, attribute(fonts, "cs") or None
