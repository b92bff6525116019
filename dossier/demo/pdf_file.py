"""The bones of a PDF file: numbered objects, cross-reference table, trailer. Nothing depends on the clock."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from hashlib import md5


class PdfFile:
    """Collects objects and joins them; object 1 is the catalogue, object 2 the page tree."""

    def __init__(self) -> None:
        self._objects: list[bytes] = [b"", b""]
        self._pages: list[int] = []
        self._fields: list[int] = []

    def add(self, content: bytes) -> int:
        """Number of a new object with this content."""
        self._objects.append(content)
        return len(self._objects)

    def stream(self, data: bytes, entries: str = "", deflate: bool = True) -> int:
        """Number of a new stream object; ``entries`` go into its dictionary."""
        if deflate:
            data = zlib.compress(data, 6)
            entries += "/Filter/FlateDecode"
        head = f"<<{entries}/Length {len(data)}>>stream\n".encode()
        return self.add(head + data + b"\nendstream")

    def page(
        self, content: int, resources: str, width: float, height: float, fields: Sequence[int] = ()
    ) -> None:
        """Append a page that shows stream ``content``, with form fields on it; sizes in points."""
        self._fields += fields
        annotations = f"/Annots[{_references(fields)}]" if fields else ""
        self._pages.append(
            self.add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]"
                f"/Resources<<{resources}>>/Contents {content} 0 R{annotations}>>".encode()
            )
        )

    def save(self, producer: str) -> bytes:
        """The whole file."""
        info = self.add(f"<</Producer({producer})>>".encode())
        form = f"/AcroForm<</SigFlags 1/Fields[{_references(self._fields)}]>>" if self._fields else ""
        kids = _references(self._pages)
        self._objects[0] = f"<</Type/Catalog/Pages 2 0 R{form}>>".encode()
        self._objects[1] = f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>".encode()
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, content in enumerate(self._objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        mark = md5(bytes(out), usedforsecurity=False).hexdigest()
        out += (
            f"trailer\n<</Size {len(offsets) + 1}/Root 1 0 R/Info {info} 0 R/ID[<{mark}><{mark}>]>>\n"
            f"startxref\n{table}\n%%EOF\n"
        ).encode()
        return bytes(out)


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)
