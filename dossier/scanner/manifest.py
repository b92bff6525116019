"""``hoso.toml``: what an archivist declares about a dossier. A broken one never stops a scan."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dossier.checklists.build import build
from dossier.checklists.source import parse_toml
from dossier.errors import ConfigurationError
from dossier.i18n import _
from dossier.model import Manifest
from dossier.vietnamese import nfc

_MAX_BYTES = 1 << 20


@dataclass(frozen=True)
class _Declared(Manifest):
    """The manifest as a file: the only two leaders are spelled out."""

    led_by: Literal["police", "other"] | None = None


def read_manifest(path: bytes, declared: bool) -> tuple[Manifest, tuple[str, ...]]:
    """The manifest at ``path`` and sentences about what is wrong with it.

    A key that is wrong is left out and told; the others count. ``declared`` false: there is no file.
    """
    if not declared:
        return Manifest(), ()
    try:
        with Path(os.fsdecode(path)).open("rb") as file:
            source = file.read(_MAX_BYTES + 1)
        if len(source) > _MAX_BYTES:
            return Manifest(), (_("hoso.toml quá lớn nên không được dùng; tệp này chỉ cần vài dòng."),)
        text = nfc(source.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Manifest(), (_("hoso.toml không phải văn bản UTF-8; hãy lưu lại với bảng mã UTF-8."),)
    except OSError as error:
        return Manifest(), (_("Không đọc được hoso.toml: {why}.").format(why=error.strerror or error),)
    return parse_manifest(text)


def parse_manifest(text: str) -> tuple[Manifest, tuple[str, ...]]:
    """As :func:`read_manifest`, from the file's text."""
    try:
        return parse_toml(text, "hoso.toml", _Declared), ()
    except ConfigurationError as error:
        return _what_is_right(text), tuple(error.message.split("\n"))


def _what_is_right(text: str) -> Manifest:
    """The keys of a partly wrong manifest that are right by themselves; none if it is no TOML."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return Manifest()
    return (
        build(_Declared, {k: v for k, v in data.items() if not build(_Declared, {k: v})[1]})[0] or Manifest()
    )
