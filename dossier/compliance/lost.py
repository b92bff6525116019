"""Dossiers that vanished whole (TV-18): they have no verdict of their own any more. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dossier.compliance.families.integrity import day_of
from dossier.compliance.finding import finding, pardoned
from dossier.i18n import _
from dossier.model import DepartedFile, Finding, Waiver

LOST = "TV-18"
_NAMED = 3  # files that a finding names


def check(lost: Mapping[str, Sequence[DepartedFile]], waivers: Sequence[Waiver]) -> Iterator[Finding]:
    """A finding for each vanished dossier, by its path; ``lost`` are its files whose content lies nowhere
    else, ``waivers`` those in force."""
    for path, files in sorted(lost.items()):
        if files:
            yield pardoned(_finding(path, files), [w for w in waivers if w.dossier == path])


def _finding(path: str, files: Sequence[DepartedFile]) -> Finding:
    named = ", ".join(map(_called, files[:_NAMED]))
    if len(files) > _NAMED:
        named += _(" và {count} tệp nữa").format(count=len(files) - _NAMED)
    seen = max((file.seen for file in files if file.seen), default=None)
    noticed = max(file.noticed for file in files)
    message = _(
        "Hồ sơ “{path}” không còn trong kho; {count} tệp của nó không thấy ở nơi nào khác: {named}. "
        "Thấy lần cuối {seen}, phát hiện mất {noticed}. Tìm lại hoặc lấy từ bản sao lưu."
    )
    said = message.format(
        path=path, count=len(files), named=named, seen=day_of(seen), noticed=day_of(noticed)
    )
    return finding(LOST, said, [path], subject=(path,), noticed=noticed)


def _called(file: DepartedFile) -> str:
    name = file.path.rpartition("/")[2]
    return f"{name} ({file.number_symbol})" if file.number_symbol else name
