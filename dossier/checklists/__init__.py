"""Checklists as data: the requirements of each kind of dossier.

Two kinds ship with the product; an archive overrides them or adds its own with TOML files in its
folder ``checklists/``. The schema of the files is :mod:`dossier.checklists.schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from dossier.checklists.build import build
from dossier.checklists.consistency import problems
from dossier.checklists.locate import listed
from dossier.checklists.schema import Checklist
from dossier.checklists.source import load_toml, read_text, shipped
from dossier.checklists.vocabulary import FILE_NAME
from dossier.errors import ConfigurationError
from dossier.i18n import _
from dossier.vietnamese import words

SHIPPED = ("mo_hinh.toml", "dien_hinh.toml")

__all__ = ["SHIPPED", "Checklist", "load", "parse"]


def parse(source: str, name: str) -> Checklist:
    """Parse a checklist from a TOML text; ``name`` is the file's name for messages.

    Raises:
        ConfigurationError: naming the file, the line and what is expected there.
    """
    return _validated(load_toml(source, name, _advice()), source, name)


def _validated(data: dict[str, object], source: str, name: str) -> Checklist:
    checklist, found = build(Checklist, data)
    if checklist is not None:
        found = problems(checklist)
    if found or checklist is None:
        raise ConfigurationError(listed(name, source, found), _advice())
    return checklist


def _advice() -> str:
    return _("Sửa danh mục rồi chạy lại; các khóa được giải thích trong docs/checklists.md.")


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Checklist]:
    found = (parse(shipped(name), name) for name in SHIPPED)
    return {checklist.kind: checklist for checklist in found}


def load(overrides: Path | None = None) -> Mapping[str, Checklist]:
    """Load all checklists by kind: those that ship, then every ``*.toml`` in the folder ``overrides`` except
    the vocabulary.

    A file there replaces the checklist of the same kind or adds a new kind. The folder need not exist.

    Raises:
        ConfigurationError: a file cannot be read or is wrong; two files describe the same kind, or
            two kinds share a rule id or a folder name.
    """
    if overrides is None or not overrides.is_dir():
        return _shipped()
    own: dict[str, tuple[Checklist, Path]] = {}
    for path in sorted(overrides.glob("*.toml")):
        if path.name == FILE_NAME:
            continue
        checklist = parse(read_text(path), str(path))
        if checklist.kind in own:
            raise ConfigurationError(
                _("{path}: loại hồ sơ “{kind}” đã có trong {other}.").format(
                    path=path, kind=checklist.kind, other=own[checklist.kind][1]
                ),
                _("Mỗi loại hồ sơ chỉ có một tệp danh mục; xóa hoặc đổi “kind” của một tệp."),
            )
        own[checklist.kind] = (checklist, path)
    merged = dict(_shipped()) | {kind: checklist for kind, (checklist, _path) in own.items()}
    for kind, (checklist, path) in own.items():
        _refuse_clashes(checklist, path, (other for k, other in merged.items() if k != kind))
    return merged


def _rules(checklist: Checklist) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every rule id of the checklist with the path of its key."""
    tables = (("item", checklist.items), ("order", checklist.order), ("deadline", checklist.deadlines))
    for key, rules in tables:
        for index, rule in enumerate(rules):
            yield (key, index, "rule"), rule.rule  # type: ignore[attr-defined]


def _refuse_clashes(checklist: Checklist, path: Path, others: Iterable[Checklist]) -> None:
    """Raise if two kinds share a rule id or a folder name, which would make findings or folders ambiguous."""

    found: list[tuple[tuple[str | int, ...], str]] = []
    for other in others:
        rules = {rule for _path, rule in _rules(other)}
        folders = {words(folder) for folder in other.folder_names}
        for at, rule in _rules(checklist):
            if rule in rules:
                message = _("mã quy tắc {rule} đã dùng cho loại “{kind}”").format(rule=rule, kind=other.kind)
                found.append((at, message))
        for index, folder in enumerate(checklist.folder_names):
            if words(folder) in folders:
                message = _("tên thư mục “{name}” đã dùng cho loại “{kind}”").format(
                    name=folder, kind=other.kind
                )
                found.append((("folder_names", index), message))
    if found:
        raise ConfigurationError(listed(str(path), read_text(path), found), _advice())
