"""Read configuration files in TOML into validated values, with errors that name the line."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from dossier.checklists import locate
from dossier.checklists.build import build
from dossier.errors import ConfigurationError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.plain_file import read_small

Model = TypeVar("Model")


_LARGEST = 1 << 20  # bytes of a configuration file
_MOST_DOTS = 100  # on one line: parsing a key takes time quadratic in its parts


def read_toml(path: Path, model: type[Model]) -> Model:
    """Read the file as a ``model``. Raises :class:`ConfigurationError` naming file, line and expectation."""
    return parse_toml(read_text(path), str(path), model)


def shipped(name: str) -> str:
    """The text of a file of this package."""
    return resources.files("dossier.checklists").joinpath(name).read_text("utf-8")


def read_text(path: Path) -> str:
    """Read the text of a configuration file. Raises :class:`ConfigurationError` for a link, a pipe, a device,
    binary content, or a file that is too large."""
    try:
        return read_small(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            _("{path} không phải văn bản UTF-8.").format(path=path),
            _("Mở tệp bằng một trình soạn thảo và lưu lại với bảng mã UTF-8."),
        ) from error
    except OSError as error:
        raise ConfigurationError(
            _("Không đọc được {path}: {why}.").format(path=path, why=in_words(error)),
            _("Kiểm tra quyền đọc tệp này."),
        ) from error


def parse_toml(source: str, name: str, model: type[Model]) -> Model:
    """Parse a TOML text as a ``model``; ``name`` is the file's name in messages. Raises as
    :func:`read_toml`."""

    advice = _("Sửa tệp rồi chạy lại; xem cài đặt bằng: dossier config, giải thích: dossier help cài đặt.")
    value, problems = build(model, load_toml(source, name, advice))
    if value is None:
        raise ConfigurationError(locate.listed(name, source, problems), advice)
    return value


def load_toml(source: str, name: str, advice: str = "") -> dict[str, Any]:
    """Parse any text as TOML in bounded time. Raises :class:`ConfigurationError`."""

    deep = next((n for n, line in enumerate(source.split("\n"), 1) if line.count(".") > _MOST_DOTS), None)
    if deep is not None:
        raise ConfigurationError(
            _("{name}, dòng {line}: quá nhiều dấu chấm.").format(name=name, line=deep), advice
        )
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(locate.syntax_error(name, str(error)), advice) from error
    except (RecursionError, MemoryError) as error:
        message = _("{name}: các ngoặc lồng nhau quá sâu.").format(name=name)
        raise ConfigurationError(message, advice) from error
    except ValueError as error:  # more digits than Python converts to a number
        raise ConfigurationError(_("{name}: có con số quá dài.").format(name=name), advice) from error
