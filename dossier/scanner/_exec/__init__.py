"""Wrappers of external programs: one module per program, which alone knows its options and output format."""

from __future__ import annotations

from typing import Any


def optional() -> tuple[Any, ...]:
    """Return the modules of programs that only some file formats need.

    Each has ``TITLE``, ``available()``, ``cost()`` and ``install_command()``.
    """
    from dossier.scanner._exec import antiword, bsdtar, libreoffice

    return antiword, libreoffice, bsdtar
