"""PDFium's functions called by addresses: half the time of calls that check their arguments.

For what is asked of every character or object of a page; handles and buffers are plain numbers.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

_POINTER, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
# Result and arguments, of fpdf_text.h and fpdf_edit.h.
_TYPES = {
    "FPDFText_GetLooseCharBox": (_INT, _POINTER, _INT, _POINTER),
    "FPDFPage_CountObjects": (_INT, _POINTER),
    "FPDFPage_GetObject": (_POINTER, _POINTER, _INT),
    "FPDFPageObj_GetType": (_INT, _POINTER),
    "FPDFFormObj_CountObjects": (_INT, _POINTER),
    "FPDFFormObj_GetObject": (_POINTER, _POINTER, _LONG),
    "FPDFPageObj_GetFillColor": (_INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    "FPDFTextObj_GetTextRenderMode": (_INT, _POINTER),
    "FPDFText_GetTextObject": (_POINTER, _POINTER, _INT),
}


@cache
def call(name: str) -> Callable[..., Any]:
    """The function of that name, one of those known here."""
    from pypdfium2 import raw

    checked = getattr(raw, name)  # made from a header when installed
    return ctypes.CFUNCTYPE(*_TYPES[name])(ctypes.cast(checked, ctypes.c_void_p).value or 0)


def address(handle: Any) -> int:
    """The number of a handle."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
