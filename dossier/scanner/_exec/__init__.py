"""External programs: one file for each, which alone knows its flags and its output."""

from __future__ import annotations

from typing import Any


def optional() -> tuple[Any, ...]:
    """The modules of programs that single formats need: each has ``TITLE``, ``available()``, ``cost()``,
    ``install_command()``."""
    from dossier.scanner._exec import antiword, bsdtar, libreoffice

    return antiword, libreoffice, bsdtar
