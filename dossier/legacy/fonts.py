"""Which encoding the letters of a font have: told by the names the font makers gave."""

from __future__ import annotations

import re
from functools import lru_cache

from dossier.legacy.tables import Encoding

_SUBSET = re.compile(r"^[A-Z]{6}\+")  # a font of which a PDF holds some letters only
_STYLE = re.compile(r"(?:[,\s-]*(?:bold|italic|oblique|regular|normal|roman|mt|ps))+$", re.I)
_TCVN3 = re.compile(
    r"^(?:\.vn(?=[a-z0-9])|vn(?:time|arial|helvet|book|century|courier|tahoma|univers)(?![\s]*new))", re.I
)
_VNI = re.compile(r"^vni[-_ ]", re.I)
_VISCII = re.compile(r"viscii|^vi[- _](?:times|arial|courier|helvet)", re.I)


@lru_cache(maxsize=1024)
def encoding_of_font(name: str) -> Encoding | None:
    """The encoding of a font as Word or a PDF names it, ``None`` for all others.

    ``.VnTime`` → TCVN3, ``.VnTimeH`` → its capitals, ``VNI-Times`` → VNI; subset tags (``ABCDEF+``)
    and styles (``,Bold``) do not matter.
    """
    name = _SUBSET.sub("", name.strip().replace("#2E", "."))
    if _TCVN3.match(name):
        return Encoding.TCVN3_CAPITALS if _STYLE.sub("", name).endswith("H") else Encoding.TCVN3
    if _VNI.match(name):
        return Encoding.VNI
    return Encoding.VISCII if _VISCII.search(name) else None
