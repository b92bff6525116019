"""``retention.toml`` beside ``dossier.toml``: legal values that the agency itself verified or added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dossier.checklists.build import Problem
from dossier.checklists.retention import RetentionPacks, RetentionRow, load_packs, refuse, row_clashes
from dossier.checklists.source import parse_toml, read_text
from dossier.i18n import _

NAME = "retention.toml"
_FILLED: dict[str, Any] = {"filled": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A verification: ``by`` read ``article`` on day ``on``, so the row holds for the dossiers of the pack.
    The row is one of the pack, or one of the reference table used where the pack has none.

    ``permanent`` or ``years`` correct the shipped value if the article differs.
    """

    pack: str = field(metadata=_FILLED)
    row: str = field(metadata=_FILLED)
    by: str = field(metadata=_FILLED)
    on: date
    article: str = field(metadata=_FILLED)
    permanent: bool | None = None
    years: int | None = field(default=None, metadata={"ge": 0, "le": 1000})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow(RetentionRow):
    """A period that the agency found in the law, for the pack of that id."""

    pack: str = field(metadata=_FILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRetention:
    """The whole file. ``follow``: id of the hand-over limit that warnings use."""

    confirmations: tuple[Confirmation, ...] = field(default=(), metadata={"key": "confirm"})
    periods: tuple[OwnRow, ...] = field(default=(), metadata={"key": "period"})
    follow: str = ""


def packs_of(root: Path) -> RetentionPacks:
    """The packs for the archive at ``root``: those that ship, with its verifications and additions.

    Raises :class:`~dossier.errors.ConfigurationError` naming the line.
    """
    path = root / NAME
    try:
        status = path.stat()
    except OSError:
        return load_packs()
    return _packs_of(path, (status.st_mtime_ns, status.st_size, status.st_ino))


@lru_cache(maxsize=8)
def _packs_of(path: Path, _version: tuple[int, ...]) -> RetentionPacks:
    """Cached by the file's version, so that long-running processes see changes."""
    return packs_with(read_text(path), path)


def packs_with(source: str, path: Path) -> RetentionPacks:
    """The packs with the verifications and additions in the text ``source`` of the file at ``path``. Raises
    as :func:`packs_of`."""
    packs = load_packs()
    own = parse_toml(source, str(path), OwnRetention)
    merged = _merged(packs, own)
    refuse(
        _problems(packs, own, merged),
        source,
        str(path),
        _(
            "Ghi từng dòng bằng: dossier retention confirm. Mã gói và mã dòng, khi tự sửa tệp: dossier "
            "retention --show --json"
        ),
    )
    return merged


def _merged(packs: RetentionPacks, own: OwnRetention) -> RetentionPacks:
    found = []
    for pack in packs.packs:
        added = tuple(_row(row) for row in own.periods if row.pack == pack.id)
        found.append(
            replace(
                pack,
                periods=tuple(_confirmed(row, pack.id, own) for row in (*pack.periods, *added)),
                handover=tuple(_confirmed(row, pack.id, own) for row in pack.handover),
                fallback=_for_pack(packs.fallback, pack.id, own),
            )
        )
    return RetentionPacks(packs=tuple(found), fallback=packs.fallback, follow=own.follow)


def _for_pack(rows: tuple[RetentionRow, ...], pack: str, own: OwnRetention) -> tuple[RetentionRow, ...]:
    """The reference table with the verifications for the pack; empty if there are none."""
    confirmed = tuple(_confirmed(row, pack, own) for row in rows)
    return confirmed if confirmed != rows else ()


def _row(own: OwnRow) -> RetentionRow:
    return RetentionRow(**{spec.name: getattr(own, spec.name) for spec in fields(RetentionRow)})


def _confirmed(row: RetentionRow, pack: str, own: OwnRetention) -> RetentionRow:
    for said in own.confirmations:
        if (said.pack, said.row) == (pack, row.id):
            row = replace(row, verified_by=said.by, verified_on=said.on, citation=said.article)
            if said.permanent:
                row = replace(row, permanent=True, years=None)
            elif said.years is not None:
                row = replace(row, permanent=False, years=said.years)
    return row


def _problems(packs: RetentionPacks, own: OwnRetention, merged: RetentionPacks) -> Iterator[Problem]:
    reference = {row.id for row in packs.fallback}
    known = {
        pack.id: {row.id for row in (*pack.periods, *pack.handover)} | reference for pack in merged.packs
    }
    for index, said in enumerate(own.confirmations):
        if said.pack not in known:
            message = _("không có gói “{pack}”; ghi tên gói mà điều khoản đã đọc thuộc về: {packs}")
            yield ("confirm", index, "pack"), message.format(pack=said.pack, packs=", ".join(known))
        elif said.row not in known[said.pack]:
            message = _("gói “{pack}” không có dòng “{row}”").format(pack=said.pack, row=said.row)
            yield ("confirm", index, "row"), message
        if said.permanent and said.years is not None:
            yield ("confirm", index, "years"), _("không đi cùng permanent = true")
    for index, row in enumerate(own.periods):
        if row.pack not in {pack.id for pack in packs.packs}:
            yield ("period", index, "pack"), _("không có gói “{pack}”").format(pack=row.pack)
    yield from row_clashes(own.periods, ("period",))
    limits = {row.id for pack in merged.packs for row in pack.handover}
    if own.follow and own.follow not in limits:
        yield ("follow",), _("không có hạn nộp lưu “{row}”").format(row=own.follow)
