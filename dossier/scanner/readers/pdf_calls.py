"""PDFium functions called without argument checks, in half the time of pypdfium2's own bindings.

For functions called for each character or object of a page; handles and buffers are plain addresses.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_LONG, _UNSIGNED = ctypes.c_ulong, ctypes.c_uint
# Types of the result and the arguments, from fpdf_text.h, fpdf_edit.h and fpdf_transformpage.h.
_TYPES = {
    "FPDFText_GetLooseCharBox": (_INT, _POINTER, _INT, _POINTER),
    "FPDFPage_CountObjects": (_INT, _POINTER),
    "FPDFPage_GetObject": (_POINTER, _POINTER, _INT),
    "FPDFPageObj_GetType": (_INT, _POINTER),
    "FPDFFormObj_CountObjects": (_INT, _POINTER),
    "FPDFFormObj_GetObject": (_POINTER, _POINTER, _LONG),
    "FPDFPageObj_GetFillColor": (_INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "FPDFPageObj_SetFillColor": (_INT, _POINTER, _UNSIGNED, _UNSIGNED, _UNSIGNED, _UNSIGNED),
    "FPDFPageObj_GetBounds": (_INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "FPDFPageObj_GetClipPath": (_POINTER, _POINTER),
    "FPDFClipPath_CountPaths": (_INT, _POINTER),
    "FPDFClipPath_CountPathSegments": (_INT, _POINTER, _INT),
    "FPDFClipPath_GetPathSegment": (_POINTER, _POINTER, _INT, _INT),
    "FPDFPathSegment_GetPoint": (_INT, _POINTER, _POINTER, _POINTER),
    "FPDFPath_GetDrawMode": (_INT, _POINTER, _POINTER, _POINTER),
    "FPDFTextObj_GetTextRenderMode": (_INT, _POINTER),
    "FPDFText_GetTextObject": (_POINTER, _POINTER, _INT),
    "FPDFTextObj_GetFont": (_POINTER, _POINTER),
}


@cache
def call(name: str) -> Callable[..., Any]:
    """Return the PDFium function ``name``, which must be in ``_TYPES``."""
    from pypdfium2 import raw

    checked = getattr(raw, name)  # generated from a C header, hence unknown to type checkers
    return ctypes.CFUNCTYPE(*_TYPES[name])(ctypes.cast(checked, ctypes.c_void_p).value or 0)


def address(handle: Any) -> int:
    """Return the address of a PDFium handle."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of a page or form in the order of drawing: addresses, and types (FPDF_PAGEOBJ_…)."""

    items: list[int]
    kinds: list[int]

    @classmethod
    def of_page(cls, page: Any) -> Objects:
        """Return the objects of a PDFium page; those of forms are theirs (:meth:`of_form`)."""
        return cls._of(call("FPDFPage_CountObjects"), call("FPDFPage_GetObject"), address(page.raw))

    @classmethod
    def of_form(cls, form: int) -> Objects:
        """Return the objects of the form object at an address."""
        return cls._of(call("FPDFFormObj_CountObjects"), call("FPDFFormObj_GetObject"), form)

    @classmethod
    def _of(cls, count: Callable[..., Any], get: Callable[..., Any], holder: int) -> Objects:
        # map() keeps the loops in C: pages have hundreds of objects.
        items = list(map(get, repeat(holder), range(count(holder))))
        return cls(items, list(map(call("FPDFPageObj_GetType"), items)))
