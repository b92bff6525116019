"""Build frozen dataclasses from parsed TOML, strictly: unknown keys and wrong types are problems.

A validation library would do the same, but importing one costs more than a whole rescan of an
unchanged archive. Constraints are in the fields' metadata: ``key`` (the key
in the file, if it differs from the attribute's name), ``pattern``, ``ge``, ``le``, ``filled``.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from dossier.checklists.locate import Path
from dossier.i18n import _

T = TypeVar("T")
Problem = tuple[Path, str]
_BAD: Any = object()  # in place of a value that could not be built


def build(cls: type[T], data: Mapping[str, object]) -> tuple[T | None, list[Problem]]:
    """Build an instance of the dataclass ``cls`` from a table; return it with the problems of the table.

    It is ``None`` if there are problems. A problem is the path of the key and a sentence
    without its subject.
    """
    problems: list[Problem] = []
    value = _table(cls, data, (), problems)
    return (None if problems else value), problems


@cache
def _form(cls: type) -> dict[str, tuple[Field[Any], Any]]:
    hints = get_type_hints(cls)
    return {f.metadata.get("key", f.name): (f, hints[f.name]) for f in fields(cls)}


def _table(cls: Any, data: object, path: Path, problems: list[Problem]) -> Any:
    if not isinstance(data, dict):
        return _wrong(path, _("phải là bảng khóa = giá trị"), problems)
    form = _form(cls)
    for key in data.keys() - form.keys():
        _wrong((*path, key), _("là khóa không dùng được ở đây; kiểm tra chính tả"), problems)
    given: dict[str, Any] = {}
    for key, (spec, hint) in form.items():
        if key in data:
            given[spec.name] = _value(hint, data[key], (*path, key), problems, spec.metadata)
        elif spec.default is MISSING and spec.default_factory is MISSING:
            _wrong((*path, key), _("bị thiếu, phải khai"), problems)
            given[spec.name] = _BAD
    return _BAD if any(value is _BAD for value in given.values()) else cls(**given)


def _value(hint: Any, value: object, path: Path, problems: list[Problem], limits: Mapping[str, Any]) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = next(choice for choice in get_args(hint) if choice is not types.NoneType)
        return _value(inner, value, path, problems, limits)
    if origin is Literal:
        return _chosen(get_args(hint), value, path, problems)
    if origin is tuple:
        return _sequence(get_args(hint)[0], value, path, problems, limits)
    if origin is dict:
        return _mapping(get_args(hint)[1], value, path, problems)
    if is_dataclass(hint):
        return _table(hint, value, path, problems)
    if issubclass(hint, Enum):
        chosen = _chosen(tuple(member.value for member in hint), value, path, problems)
        return chosen if chosen is _BAD else hint(chosen)
    return _plain(hint, value, path, problems, limits)


def _chosen(allowed: tuple[Any, ...], value: object, path: Path, problems: list[Problem]) -> Any:
    if isinstance(value, str) and value in allowed:
        return value
    listed = ", ".join(f"“{choice}”" for choice in allowed)
    return _wrong(path, _("phải là một trong: {choices}").format(choices=listed), problems)


def _sequence(
    hint: Any, value: object, path: Path, problems: list[Problem], limits: Mapping[str, Any]
) -> Any:
    if not isinstance(value, list):
        return _wrong(path, _("phải là danh sách trong ngoặc vuông [ ]"), problems)
    if limits.get("filled") and not value:
        return _wrong(path, _("không được để trống"), problems)
    inner = {key: limit for key, limit in limits.items() if key == "pattern"}
    found = [_value(hint, each, (*path, index), problems, inner) for index, each in enumerate(value)]
    return _BAD if any(each is _BAD for each in found) else tuple(found)


def _mapping(hint: Any, value: object, path: Path, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        return _wrong(path, _("phải là bảng khóa = giá trị"), problems)
    found = {key: _value(hint, each, (*path, key), problems, {}) for key, each in value.items()}
    return _BAD if any(each is _BAD for each in found.values()) else found


def _plain(hint: Any, value: object, path: Path, problems: list[Problem], limits: Mapping[str, Any]) -> Any:
    if hint is float and type(value) is int:
        value = float(value)
    if type(value) is not hint:
        return _wrong(path, _("phải là {expected}").format(expected=_named(hint)), problems)
    if allowed := limits.get("one_of"):
        return _chosen(allowed, value, path, problems)
    if isinstance(value, str):
        if limits.get("filled") and not value.strip():
            return _wrong(path, _("không được để trống"), problems)
        pattern = limits.get("pattern")
        if pattern and not re.fullmatch(pattern, value):
            return _wrong(
                path, _("“{value}” không đúng dạng {form}").format(value=value, form=pattern), problems
            )
    elif "ge" in limits and not limits["ge"] <= value <= limits["le"]:
        message = _("phải từ {low} đến {high}").format(low=limits["ge"], high=limits["le"])
        return _wrong(path, message, problems)
    return value


def _named(hint: type) -> str:
    known = {
        str: _("chuỗi ký tự trong ngoặc kép"),
        int: _("số nguyên"),
        float: _("số"),
        bool: _("true hoặc false"),
        date: _("ngày, như 2024-03-05"),
    }
    return known.get(hint, hint.__name__)


def _wrong(path: Path, message: str, problems: list[Problem]) -> Any:
    problems.append((path, message))
    return _BAD
