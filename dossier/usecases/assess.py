"""Judge every dossier by what the catalogue knows today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from dossier.archive import CONFIG_NAME, Archive
from dossier.checklists.duties import load_duties
from dossier.compliance import evaluate, owed, shelf
from dossier.compliance.definitions import FIXED
from dossier.compliance.judgement import mark_known, weigh
from dossier.compliance.rules import all_rules
from dossier.errors import ArchiveError, ConfigurationError
from dossier.i18n import _
from dossier.model import ComplianceReport, DossierReport, DossierState
from dossier.usecases.known import open_known
from dossier.vietnamese import nfc


def assess(archive: Archive, today: date | None = None, dossier: str | None = None) -> ComplianceReport:
    """The compliance of all dossiers, or of the one at that path, on ``today``."""
    today = today or date.today()
    packs, settings = archive.retention_packs, archive.config.rules
    severities = severities_of(archive)
    with open_known(archive) as catalogue:
        meta = catalogue.meta()
        states = catalogue.states(dossier)
        around = shelf(catalogue.folders().values(), catalogue.copies())
        known = catalogue.baseline.known()
        waivers = catalogue.people.waivers()
    if dossier is not None and not states:
        raise ArchiveError(
            _("Không có hồ sơ nào tên “{path}”.").format(path=dossier),
            _("Xem danh sách hồ sơ bằng: dossier report {root}").format(root=archive.root),
        )
    if "scanned_at" not in meta:
        raise ArchiveError(
            _("Lần quét đầu tiên của kho {path} chưa xong.").format(path=archive.root),
            _("Chạy lại: dossier scan {path} (việc đã làm được giữ nguyên).").format(path=archive.root),
        )
    kinds = archive.checklists

    def judge(state: DossierState) -> DossierReport:
        return evaluate(state, kinds[state.folder.kind], packs, today, settings, around)

    shown = [waiver for waiver in waivers if dossier in (None, waiver.dossier)]
    return ComplianceReport(
        archive=str(archive.root),
        scanned_at=datetime.fromisoformat(meta["scanned_at"]),
        today=today,
        dossiers=tuple(
            mark_known(
                weigh(judge(state), kinds[state.folder.kind], severities), known.get(state.folder.path, ())
            )
            for state in states
            if state.folder.kind in kinds
        ),
        outside=tuple(json.loads(meta.get("outside", "[]"))),
        problems=tuple(json.loads(meta.get("problems", "[]"))),
        waivers=tuple(w for w in shown if w.until is None or w.until >= today),
        expired=tuple(w for w in shown if w.until is not None and w.until < today),
        adjusted=severities,
        due=owed(load_duties(), today, settings.due_days),
    )


def severities_of(archive: Archive) -> Mapping[str, str]:
    """The archive's own severities by rule. Raises :class:`ConfigurationError` for a rule that does not
    exist or may not be weighed."""
    chosen = {rule.strip().upper(): weight for rule, weight in archive.config.rules.severity.items()}
    known = {rule.id for rule in all_rules(archive.checklists)} if chosen else set()
    for rule in chosen:
        if rule not in known:
            close = ", ".join(get_close_matches(rule, known, n=3)) or "dossier explain"
            raise ConfigurationError(
                _("{file}: không có quy tắc “{rule}” trong [rules] severity.").format(
                    file=archive.root / CONFIG_NAME, rule=rule
                ),
                _("Có thể là: {close}.").format(close=close),
            )
        if rule in FIXED:
            raise ConfigurationError(
                _("{file}: không thể đổi mức của {rule}.").format(file=archive.root / CONFIG_NAME, rule=rule),
                _("Bí mật nhà nước luôn phải được xử lý theo luật; hãy bỏ dòng này."),
            )
    return chosen


def dossier_path(archive: Archive, given: str) -> str:
    """The path by which results know the dossier that a person named.

    ``given`` may be relative to the archive or to the current folder, or absolute, in any form of
    Unicode.
    """
    for base in (archive.root, Path.cwd()):
        there = (base / given).resolve()
        if there.is_dir() and there.is_relative_to(archive.root):
            return nfc(there.relative_to(archive.root).as_posix())
    return nfc(given).strip("/")
