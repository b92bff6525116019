"""Configuration files in TOML, read into a validated value, with errors that name the line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from dossier.checklists.build import build
from dossier.errors import ConfigurationError
from dossier.i18n import _

Model = TypeVar("Model")


def read_toml(path: Path, model: type[Model]) -> Model:
    """The file as a ``model``. Raises :class:`ConfigurationError` naming file, line and expectation."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            _("{path} không phải văn bản UTF-8.").format(path=path),
            _("Mở tệp bằng một trình soạn thảo và lưu lại với bảng mã UTF-8."),
        ) from error
    except OSError as error:
        raise ConfigurationError(
            _("Không đọc được {path}: {why}.").format(path=path, why=error.strerror or error),
            _("Kiểm tra quyền đọc tệp này."),
        ) from error
    return parse_toml(source, str(path), model)


def parse_toml(source: str, name: str, model: type[Model]) -> Model:
    """A TOML text as a ``model``; ``name`` stands for the file in messages. Raises as :func:`read_toml`."""
    from dossier.checklists import explain

    advice = _("Sửa tệp rồi chạy lại; các khóa được giải thích trong docs/configuration.md.")
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(explain.syntax_error(name, str(error)), advice) from error
    value, problems = build(model, data)
    if value is None:
        raise ConfigurationError(explain.listed(name, source, problems), advice)
    return value
