"""Errors of a configuration file in words: file, line, key, what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dossier.checklists.locate import Path, key_lines, line_of
from dossier.i18n import _

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_MOST = 5  # errors told at once; more would bury the first


def syntax_error(name: str, message: str) -> str:
    """The parser's complaint about the syntax as one sentence."""
    at = _AT.search(message)
    reason = _AT.sub("", message).strip()
    if at and at[1]:
        return _("{name}, dòng {line}: sai cú pháp TOML ở cột {column} ({reason}).").format(
            name=name, line=at[1], column=at[2], reason=reason
        )
    return _("{name}, cuối tệp: sai cú pháp TOML ({reason}).").format(name=name, reason=reason)


def validation_errors(name: str, source: str, error: ValidationError) -> str:
    """What is wrong with the values, one line each."""
    return listed(name, source, [(_path(detail), _sentence(detail)) for detail in error.errors()])


def listed(name: str, source: str, problems: Iterable[tuple[Path, str]]) -> str:
    """Problems by path as ``file, line n: key: sentence``, in the order of the file."""
    lines = key_lines(source)
    found = sorted({(line_of(lines, path), _key(path), text) for path, text in problems})
    said = [
        _("{name}, dòng {line}: {key}{text}.").format(name=name, line=line, key=key, text=text)
        for line, key, text in found[:_MOST]
    ]
    if len(found) > _MOST:
        said.append(_("… và {count} lỗi nữa.").format(count=len(found) - _MOST))
    return "\n".join(said)


def _path(detail: ErrorDetails) -> Path:
    return tuple(part for part in detail["loc"] if part != "[key]")


def _key(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return f"“{names[-1]}” " if names else ""


def _sentence(detail: ErrorDetails) -> str:
    kind = detail["type"]
    context: dict[str, Any] = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _("là khóa không có trong danh mục; kiểm tra chính tả")
    if kind == "missing":
        return _("bị thiếu, phải khai")
    if kind in ("enum", "literal_error"):
        return _("phải là một trong: {expected}").format(expected=context.get("expected", ""))
    if kind == "string_pattern_mismatch":
        return _("không đúng dạng {pattern}").format(pattern=context.get("pattern", ""))
    if kind in ("too_short", "string_too_short"):
        return _("không được để trống")
    for bound, sign in (("ge", "≥"), ("le", "≤"), ("gt", ">"), ("lt", "<")):
        if bound in context:
            return _("phải {sign} {bound}").format(sign=sign, bound=context[bound])
    return _("phải là {expected}").format(expected=_expected(kind))


def _expected(kind: str) -> str:
    known = {
        "string": _("chuỗi ký tự trong ngoặc kép"),
        "int": _("số nguyên"),
        "float": _("số"),
        "bool": _("true hoặc false"),
        "tuple": _("danh sách trong ngoặc vuông [ ]"),
        "dict": _("bảng khóa = giá trị"),
        "model": _("bảng khóa = giá trị"),
    }
    return next((text for prefix, text in known.items() if kind.startswith(prefix)), _("giá trị hợp lệ"))
