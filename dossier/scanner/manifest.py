"""``hoso.toml``, the manifest with an archivist's declarations of a dossier. Errors in one never stop a
scan."""

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
    """The manifest as validated from a file: ``led_by`` has only two valid values."""

    led_by: Literal["police", "other"] | None = None


def read_manifest(root: bytes, raw_path: bytes, declared: bool) -> tuple[Manifest, tuple[str, ...]]:
    """Return the manifest at ``raw_path`` below ``root`` and sentences about its errors.

    An invalid key is left out and reported; the others count. ``declared`` false: there is no file.
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
    """Return the manifest in a file's text and sentences about its errors."""
    try:
        return parse_toml(text, "hoso.toml", _Declared), ()
    except ConfigurationError as error:
        return _valid_keys(text), tuple(error.message.split("\n"))


def _valid_keys(text: str) -> Manifest:
    """Return a manifest of the keys that are valid by themselves; an empty one if the text is not TOML."""
    try:
        data = load_toml(text, "hoso.toml")
    except ConfigurationError:
        return Manifest()
    return (
        build(_Declared, {k: v for k, v in data.items() if not build(_Declared, {k: v})[1]})[0] or Manifest()
    )
