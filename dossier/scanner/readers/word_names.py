"""Names of WordprocessingML: elements and attributes in the transitional and the strict name space.

Source: ECMA-376 part 1; part 3 for alternate content.
"""

from __future__ import annotations

from typing import Any

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

# Local name by tag, in both name spaces, for the elements that matter.
_NAMES = (
    *("p", "tbl", "r", "t", "tab", "br", "cr", "noBreakHyphen", "hyperlink", "smartTag", "sdt", "sdtContent"),
    *("ins", "moveTo", "fldSimple", "fldChar", "instrText", "bdo", "dir", "customXml", "drawing", "pict"),
    *("object", "txbxContent", "pPr", "rPr", "vanish", "pageBreakBefore", "sectPr", "tr", "tc", "trPr"),
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
    """Value of an attribute (``val``, ``type``, ``ascii`` …) in either name space."""
    loose, strict = _ATTR[name]
    return str(element.get(loose) or element.get(strict) or default)


def first_child(element: Any, name: str) -> Any:
    """The first child of that local name, or ``None``."""
    for child in element:
        if LOCAL.get(child.tag) == name:
            return child
    return None


def is_on(element: Any) -> bool:
    """Value of an on/off property that is there."""
    return attribute(element, "val") not in _OFF
