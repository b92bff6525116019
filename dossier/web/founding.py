"""New dossiers: create the folders of one, or adopt existing folders as dossiers, like ``dossier new`` and
``dossier adopt``. For visitors who act for the whole office."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from dossier.compliance.naming import title
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.machine_json import fields
from dossier.model import Adoption
from dossier.usecases import adopt, create
from dossier.usecases.fact_entries import parse_fact
from dossier.usecases.known import open_known
from dossier.usecases.naming import no_kind
from dossier.usecases.standing import id_of
from dossier.vietnamese import nfc
from dossier.web.intents import clicked
from dossier.web.overview import standing_for
from dossier.web.request import Answer, Ask, ConflictError, NotFoundError, data, page, see
from reports import proposals

_SHOWN = 100  # folders that look like dossiers
_OFFERED = 400  # other folders
_LONGEST = 200
ADDRESS = "/ho-so-moi"


def founding(ask: Ask) -> Answer:
    """Show the form for a new dossier, the proposed folders with reasons, and the decisions on folders."""
    archive = ask.cache.archive
    proposed = adopt.proposals(archive)
    pending = ask.services.intents.pending()

    return page(
        "founding.html.j2", proposals=proposed[:_SHOWN], more=max(len(proposed) - _SHOWN, 0),
        adopted=adopt.adoptions(archive), kinds=_kinds(ask), folders=_stray_folders(ask)[:_OFFERED],
        units=sorted({row.unit for row in standing_for(ask).rows if row.unit}), said=proposals,
        pending={subject.partition("|")[2] for subject in pending if subject.startswith("adopt|")},
        click=secrets.token_hex(12), told=ask.services.told.take(ask.visitor.name),
    )  # fmt: skip


def new(ask: Ask) -> Answer:
    """Create the folders of a new dossier; then show its page, or this form again if that takes longer."""
    archive, form = ask.cache.archive, ask.form
    name, unit = form.get("ten", "").strip(), form.get("don-vi", "").strip()[:_LONGEST]
    if not name:
        raise UsageError(_("Hãy ghi tên hồ sơ."))
    checklist, folder = create.place_for(archive, form.get("loai", ""), name)
    if os.path.lexists(folder):
        raise UsageError(_("Đã có hồ sơ “{name}”; không ghi đè.").format(name=name), _("Chọn tên khác."))
    if unit:
        parse_fact(f"unit={unit}")  # raises for an invalid value before anything is created
    path = folder.relative_to(archive.root).as_posix()
    _carry(ask, "new", [(path, {"kind": checklist.kind, "name": name, "unit": unit})])
    made = any(row.path == path for row in standing_for(ask).rows)
    return see(f"/ho-so/{id_of(path)}" if made else ADDRESS)


def adopt_folders(ask: Ask) -> Answer:
    """Record that folders are, or are not, dossiers."""
    none = bool(ask.form.get("khong"))
    chosen = dict.fromkeys(ask.form.get("thu-muc", "").split())
    paths = [_folder(ask, each) for each in chosen]
    if typed := ask.form.get("khac", "").strip():
        paths.append(_stray(ask, typed))
    if not paths:
        raise UsageError(_("Hãy chọn một thư mục."))
    kind, name = ask.form.get("loai", ""), ask.form.get("ten", "").strip()[:_LONGEST]
    if kind and kind not in ask.cache.archive.checklists:
        raise no_kind(ask.cache.archive, kind[:40])
    if len(paths) > 1:
        kind = name = ""  # each as proposed
    payload = {"kind": kind, "name": name, "none": none}
    _carry(ask, "adopt", [(path, {"path": path, **payload}) for path in paths])
    return see(ADDRESS)


def undo(ask: Ask) -> Answer:
    """Revoke the decision on a folder."""
    answered = _answered(ask).get(ask.form.get("thu-muc", ""))
    seen = ask.form.get("ban", "")
    if answered is None or (seen and answered.made_at.isoformat() != seen):
        raise ConflictError(_("Câu trả lời này đã được người khác bỏ."))
    _carry(ask, "unadopt", [(answered.path, {"path": answered.path})])
    return see(ADDRESS)


def listed(ask: Ask) -> Answer:
    """Return the proposed folders and the decisions on folders as JSON."""
    archive = ask.cache.archive
    return data(
        {
            "proposals": [
                {"id": id_of(each.path), **proposals.plain(each)} for each in adopt.proposals(archive)
            ],
            "adopted": [
                {"id": id_of(each.path)} | fields(each, "path kind name author made_at")
                for each in adopt.adoptions(archive)
            ],
        }
    )  # fmt: skip


def _kinds(ask: Ask) -> dict[str, str]:
    return {kind: title(checklist) for kind, checklist in ask.cache.archive.checklists.items()}


def _folder(ask: Ask, name: str) -> str:
    """The proposed folder with the id ``name``. Raises :class:`ConflictError` if another person has answered,
    and :class:`NotFoundError`."""
    found = next((each.path for each in adopt.proposals(ask.cache.archive) if id_of(each.path) == name), None)
    if found is not None:
        return found
    answered = _answered(ask).get(name)
    if answered is None:
        raise NotFoundError
    raise ConflictError(_("Thư mục này đã được {who} trả lời.").format(who=answered.author))


def _answered(ask: Ask) -> dict[str, Adoption]:
    return {id_of(each.path): each for each in adopt.adoptions(ask.cache.archive)}


def _stray(ask: Ask, typed: str) -> str:
    """The typed folder, which must hold files outside all dossiers. Raises :class:`UsageError`."""
    path = nfc(typed).strip("/")
    if path not in _stray_folders(ask):
        raise UsageError(
            _("Không có thư mục “{path}” ngoài các hồ sơ.").format(path=path[:_LONGEST]),
            _("Ghi cả đường dẫn của thư mục trong kho, như 2024/Camera an ninh."),
        )
    return path


def _stray_folders(ask: Ask) -> list[str]:
    with open_known(ask.cache.archive) as catalogue:
        paths = catalogue.outside_paths()
    return sorted(set(_above(path for path in paths if not ask.cache.archive.in_inbox(path))))


def _above(paths: Iterable[str]) -> Iterable[str]:
    for path in paths:
        while path := path.rpartition("/")[0]:
            yield path


def _carry(ask: Ask, kind: str, wanted: list[tuple[str, Mapping[str, Any]]]) -> None:
    """Store the requested change; then wait briefly until it is done and visible."""
    subject = "new" if kind == "new" else "adopt"
    subjects = [(f"{subject}|{path}", payload) for path, payload in wanted]
    if clicked(ask, kind, subjects, seconds=3.0) and ask.services.rescan.settled(3.0):
        ask.services.told.put(ask.visitor.name, [_("Đã ghi nhận.")])
