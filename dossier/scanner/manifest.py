"""``hoso.toml``: what an archivist declares about a dossier. A broken one never stops a scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dossier.checklists.build import build
from dossier.checklists.source import load_toml, parse_toml
from dossier.errors import ConfigurationError
from dossier.i18n import _
from dossier.model import Manifest
from dossier.os_errors import in_words
from dossier.plain_file import read_small
from dossier.vietnamese import nfc

_MAX_BYTES = 64 << 10


@dataclass(frozen=True)
class _Declared(Manifest):
    """The manifest as a file: the only two leaders are spelled out."""

    led_by: Literal["police", "other"] | None = None


def read_manifest(root: bytes, raw_path: bytes, declared: bool) -> tuple[Manifest, tuple[str, ...]]:
    """The manifest at ``raw_path`` below ``root`` and sentences about what is wrong with it.

    A key that is wrong is left out and told; the others count. ``declared`` false: there is no file.
    """
    if not declared:
        return Manifest(), ()
    try:
        text = nfc(read_small(raw_path, _MAX_BYTES, below=root).decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Manifest(), (_("hoso.toml không phải văn bản UTF-8; hãy lưu lại với bảng mã UTF-8."),)
    except OSError as error:
        return Manifest(), (_("Không đọc được hoso.toml: {why}.").format(why=in_words(error)),)
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
        data = load_toml(text, "hoso.toml")
    except ConfigurationError:
        return Manifest()
    return (
        build(_Declared, {k: v for k, v in data.items() if not build(_Declared, {k: v})[1]})[0] or Manifest()
    )
