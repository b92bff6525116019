"""Find violations of PDF/A-1 and PDF/A-2, level B, in a file.

Checked are the clauses of ISO 19005-1 and 19005-2 that can be decided without rendering the pages: file
structure, declared conformance, colours, fonts, transparency, actions, annotations, forms, attachments. Not
checked: glyph widths in font files, and the internal structure of JPEG 2000 images; for these a separate
validator (veraPDF) is needed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

_HEAD = re.compile(rb"%PDF-1\.[0-7]\r?\n?\r?%[\x80-\xff]{4}")
_END = re.compile(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?\Z")
_IDENTITY = "{http://www.aiim.org/pdfa/ns/id/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SPACES = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}  # colour spaces of an ICC profile: number of components
_ACTIONS = frozenset(
    [
        "/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
        "/Rendition", "/Trans", "/GoTo3DView",
    ]
)  # fmt: skip
_NAMED = frozenset(["/NextPage", "/PrevPage", "/FirstPage", "/LastPage"])
_ANNOTATIONS = frozenset(["/3D", "/Sound", "/Screen", "/Movie"])
_HIDDEN, _INVISIBLE, _PRINT, _NO_VIEW, _TOGGLE = 2, 1, 4, 32, 256  # bits of an annotation's flags
_SIMPLE = frozenset(["/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2"])
_CMYK = re.compile(rb"(?:[-+.\d]+\s+){4}[kK](?=[\s/<(\[]|\Z)|/CS?\s*/(?:CMYK|DeviceCMYK)\b")
_RGB = re.compile(rb"(?:[-+.\d]+\s+){3}(?:rg|RG)(?=[\s/<(\[]|\Z)")
_MOST = 200_000  # maximal number of objects checked
_DEEPEST = 60  # maximal nesting of containers
_LARGEST = 256 << 20  # maximal bytes of content streams, decompressed


def faults(content: bytes) -> list[str]:
    """Return codes of the violations found, each once; an empty list if there are none."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        read = PdfReader(io.BytesIO(content), strict=False)
        return list(dict.fromkeys(_faults(content, read)))
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return ["unreadable"]


def _faults(content: bytes, read: Any) -> Iterator[str]:
    if read.is_encrypted or "/Encrypt" in read.trailer:
        yield "encrypted"
        return
    if not _HEAD.match(content[:32]) or not _END.search(content[-64:]):
        yield "frame"
    if "/ID" not in read.trailer:
        yield "no-identifier"
    if int(read.trailer["/Size"]) > _MOST:
        yield "too-large"
        return
    root = read.trailer["/Root"].get_object()
    part = _claimed(root)
    if part not in (1, 2):
        yield "no-claim"
    colours = _colours(root)
    if colours is None:
        yield "no-colours"
    yield from _catalogue(root)
    seen = 0
    for each in _objects(read):
        yield from _object(each, part)
        if hasattr(each, "get_data") and _draws(each):
            drawn = each.get_data()
            seen += len(drawn)
            if seen > _LARGEST:
                yield "too-large"
                return
            if colours is not None and _foreign(drawn, colours):
                yield "colours"
        if colours is not None and _space(each) == "/DeviceCMYK" and colours != 4:
            yield "colours"
        if colours is not None and _space(each) == "/DeviceRGB" and colours != 3:
            yield "colours"
    for page in read.pages:
        for drawn in _instructions(page):
            if colours is not None and _foreign(drawn, colours):
                yield "colours"
        for annotation in page.get("/Annots", None) or ():
            yield from _annotation(annotation.get_object())


def _claimed(root: Any) -> int | None:
    """Return the part of the standard declared in the metadata; ``None`` if none, or another level."""
    from lxml import etree

    stream = root.get("/Metadata")
    if stream is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(stream.get_object().get_data().strip(b" \t\r\n\0\xef\xbb\xbf"), parser)
    except etree.XMLSyntaxError:
        return None
    declared: dict[str, str] = {}
    for about in tree.iter(f"{_RDF}Description"):
        for name in ("part", "conformance"):
            below = about.findtext(f"{_IDENTITY}{name}")
            value = about.get(f"{_IDENTITY}{name}", below)
            if value is not None:
                declared[name] = value.strip()
    if declared.get("conformance") not in ("A", "B", "U") or declared.get("part") not in ("1", "2"):
        return None
    return int(declared["part"])


def _colours(root: Any) -> int | None:
    """Return the number of components of the file's output profile; ``None`` without exactly one valid
    profile."""
    found: dict[int, int] = {}
    for intent in root.get("/OutputIntents", None) or ():
        intent = intent.get_object()
        if intent.get("/S") != "/GTS_PDFA1" or "/DestOutputProfile" not in intent:
            continue
        profile = intent.raw_get("/DestOutputProfile")
        stream = profile.get_object()
        data = stream.get_data()
        number = _SPACES.get(data[16:20])
        if data[36:40] != b"acsp" or number is None or stream.get("/N") != number:
            return None
        found[getattr(profile, "idnum", 0)] = number
    return next(iter(found.values())) if len(found) == 1 else None


def _catalogue(root: Any) -> Iterator[str]:
    names = root.get("/Names", {}).get_object() if "/Names" in root else {}
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield "attachments"
    if "/JavaScript" in names or "/AA" in root:
        yield "actions"
    form = root["/AcroForm"].get_object() if "/AcroForm" in root else {}
    if "/XFA" in form or form.get("/NeedAppearances") or root.get("/NeedsRendering"):
        yield "forms"
    if "/AlternatePresentations" in names:
        yield "forms"
    layers = root["/OCProperties"].get_object() if "/OCProperties" in root else {}
    for config in [layers.get("/D"), *(layers.get("/Configs", None) or ())]:
        if config is not None and "/AS" in config.get_object():
            yield "layers"


def _object(each: Any, part: int | None) -> Iterator[str]:
    """Yield violations of an object that apply wherever it is used."""
    kind, below = each.get("/Type"), each.get("/Subtype")
    if each.get("/S") in _ACTIONS or "/JS" in each:
        yield "actions"
    if each.get("/S") == "/Named" and each.get("/N") not in _NAMED:
        yield "actions"
    if kind == "/Page" and ("/AA" in each or "/PresSteps" in each):
        yield "actions"
    if kind in ("/Filespec", "/F") and ("/EF" in each or "/RF" in each):
        yield "attachments"
    if hasattr(each, "get_data"):
        filters = each.get("/Filter", ())
        used = filters if isinstance(filters, list) else [filters]
        if "/LZWDecode" in used or "/Crypt" in used:
            yield "filters"
        if any(key in each for key in ("/F", "/FFilter", "/FDecodeParms")):
            yield "outside"
        if part == 1 and ("/JPXDecode" in used or kind == "/ObjStm"):
            yield "too-new"
    if below in ("/Image", "/Form") and kind in (None, "/XObject"):
        if (
            any(key in each for key in ("/Alternates", "/OPI", "/Ref", "/PS"))
            or each.get("/Subtype2") == "/PS"
        ):
            yield "outside"
        if each.get("/Interpolate"):
            yield "pictures"
    if below == "/PS":
        yield "outside"
    if kind == "/ExtGState" and (
        "/TR" in each or each.get("/TR2", "/Default") != "/Default" or "/HTP" in each
    ):
        yield "pictures"
    if part == 1 and _transparent(each):
        yield "transparency"
    if kind == "/Font":
        yield from _font(each)


def _transparent(each: Any) -> bool:
    group = each.get("/Group")
    return (
        each.get("/SMask", "/None") != "/None"
        or each.get("/BM", "/Normal") not in ("/Normal", "/Compatible")
        or any(isinstance(each.get(key), (int, float)) and each.get(key) < 1 for key in ("/CA", "/ca"))
        or (group is not None and group.get_object().get("/S") == "/Transparency")
    )


def _font(font: Any) -> Iterator[str]:
    """Yield a violation if a font is not embedded; ``Type3`` fonts consist of drawings in the file."""
    below = font.get("/Subtype")
    if below in _SIMPLE:
        descriptor = font["/FontDescriptor"].get_object() if "/FontDescriptor" in font else {}
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield "fonts"
        if below == "/CIDFontType2" and "/CIDToGIDMap" not in font:
            yield "fonts"
    elif below == "/Type0" and not font.get("/DescendantFonts"):
        yield "fonts"


def _annotation(annotation: Any) -> Iterator[str]:
    below, flags = annotation.get("/Subtype"), int(annotation.get("/F", 0))
    if below in _ANNOTATIONS:
        yield "annotations"
    if below == "/FileAttachment":
        yield "attachments"
    if below == "/Popup":
        return
    if below == "/Widget" and ("/A" in annotation or "/AA" in annotation):
        yield "actions"
    if not flags & _PRINT or flags & (_HIDDEN | _INVISIBLE | _NO_VIEW | _TOGGLE):
        yield "annotations"
    edges = [float(edge) for edge in annotation.get("/Rect", (0, 0, 0, 0))]
    flat = edges[0] == edges[2] and edges[1] == edges[3]
    if below != "/Link" and not flat and "/AP" not in annotation:
        yield "annotations"


def _draws(each: Any) -> bool:
    """Whether an object is a content stream: a form or a pattern."""
    return bool(each.get("/Subtype") == "/Form" or each.get("/PatternType") == 1)


def _instructions(page: Any) -> Iterable[bytes]:
    contents: Any = page["/Contents"].get_object() if "/Contents" in page else []
    for stream in contents if isinstance(contents, list) else [contents]:
        held = stream.get_object()
        if hasattr(held, "get_data"):
            yield held.get_data()


def _foreign(drawn: bytes, colours: int) -> bool:
    return (colours != 4 and _CMYK.search(drawn) is not None) or (
        colours != 3 and _RGB.search(drawn) is not None
    )


def _space(each: Any) -> str:
    space = each.get("/ColorSpace", each.get("/CS"))
    return str(space) if isinstance(space, str) else ""


def _objects(read: Any) -> Iterator[Any]:
    """Yield every dictionary of the file, also those nested directly in others."""
    for number in range(1, int(read.trailer["/Size"])):
        try:
            found = read.get_object(number)
        except Exception:  # noqa: BLE001, S112 (a missing entry in the object table is skipped)
            continue
        yield from _within(found)


def _within(thing: Any, depth: int = 0) -> Iterator[Any]:
    if depth > _DEEPEST:
        raise ValueError(depth)
    if isinstance(thing, dict):
        yield thing
        for value in dict.values(thing):  # raw values, so that references to other objects are not followed
            yield from _within(value, depth + 1)
    elif isinstance(thing, list):
        for each in thing:
            yield from _within(each, depth + 1)
