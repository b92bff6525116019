"""The unit that keeps the archive, as its papers name it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Office:
    """``[unit]``: what stands in the head and at the foot of the unit's own papers; all optional.

    ``superior`` and ``name`` are the two lines of the head, ``symbol`` what its numbers end in
    (``CAX``: ``12/BC-CAX``), ``place`` stands before the date. ``to`` is who reports are addressed to.
    ``signer_title`` and ``signer`` sign. ``code`` is the body's identifier in exchanges (``mã định danh``).
    """

    superior: str = ""
    name: str = ""
    symbol: str = ""
    place: str = ""
    to: str = ""
    signer_title: str = ""
    signer: str = ""
    code: str = ""
