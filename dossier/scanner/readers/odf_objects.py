"""Files embedded in OpenDocument packages: each lies in a folder of its own, as a document of its own.

Source: OASIS OpenDocument 1.3, part 3: 10.4.6 (draw:object, draw:object-ole); part 2: 3.3 (mimetype).
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from dossier.model import Unread
from dossier.scanner.readers.embedded import ole_object
from dossier.scanner.readers.inner import Inner
from dossier.scanner.readers.interface import ReadError
from dossier.scanner.readers.package import Package

_MOST = 200
_CONTENT = re.compile(r"(Object [^/]{1,100})/content\.xml")
_OLE = re.compile(r"(?:ObjectReplacements/)?Object [^/]{1,100}")
_KINDS = (
    (b"<office:spreadsheet", "spreadsheet"),
    (b"<office:text", "text"),
    (b"<office:presentation", "presentation"),
)


def odf_objects(package: Package) -> list[Inner]:
    """Texts, sheets and slides among the objects, and files of other programs; no formulas and charts."""
    found: list[Inner] = []
    for name in package.names():
        if len(found) >= _MOST:
            break
        try:
            if document := _CONTENT.fullmatch(name):
                found.extend(_document(package, document[1]))
            elif _OLE.fullmatch(name) and not name.startswith("ObjectReplacements"):
                found.extend(ole_object(package.read(name), name))
        except ReadError as error:
            found.append(Inner(name, Unread(error.unread.reason, error.unread.detail)))
    return found


def _document(package: Package, folder: str) -> list[Inner]:
    """The object's folder as a package of its own."""
    content = package.read(f"{folder}/content.xml")
    kind = next((kind for kind in _KINDS if f"<office:{kind}".encode() in content), "")
    if not kind:
        return []
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name in ("content.xml", "styles.xml"):
            if f"{folder}/{name}" in package:
                archive.writestr(name, package.read(f"{folder}/{name}"))
    return [Inner(folder, out.getvalue())]
