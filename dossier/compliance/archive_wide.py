"""Checks on an archive as a whole: dossiers that vanished (TV-18) and so have no report of their own, and
whether the files are sorted into dossiers, without which an archive cannot be complete. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dossier.compliance.families.integrity import day_of
from dossier.compliance.finding import finding, pardoned
from dossier.i18n import _
from dossier.model import DepartedFile, Finding, Proposal, Unsorted, Waiver

LOST = "TV-18"
_NAMED = 3  # files that a finding names


def vanished(lost: Mapping[str, Sequence[DepartedFile]], waivers: Sequence[Waiver]) -> Iterator[Finding]:
    """Yield a finding for each vanished dossier. ``lost``: by the dossier's path, its files whose content
    exists nowhere else; ``waivers``: those in force."""
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


# Some documents belong to no dossier: guidance of higher levels, forms, current letters. If there are more
# of them than this, or more than in the dossiers, a whole dossier is probably among them.
_FEW = 3
_MANY = 10
_SHARE = 0.2


def unsorted(
    inside: int, outside: Sequence[str], proposals: Sequence[Proposal], refused: Iterable[str], dossiers: int
) -> Unsorted | None:
    """Return what keeps an archive from being complete apart from its dossiers, or ``None``.

    ``inside``: number of files in its ``dossiers``; ``refused``: folders and files that a person declared to
    be none, or of none.
    """
    if not dossiers:
        return Unsorted.NO_DOSSIER
    if proposals:
        return Unsorted.PROPOSALS
    settled = tuple("" if folder == "." else f"{folder}/" for folder in refused)
    stray = sum(not f"{path}/".startswith(settled) for path in outside) if settled else len(outside)
    many = stray > max(_MANY, _SHARE * (inside + stray)) or stray > max(_FEW, inside)
    return Unsorted.MANY_OUTSIDE if many else None
