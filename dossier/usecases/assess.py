"""Judge every dossier by what the catalogue knows today."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from dossier.archive import CONFIG_NAME, Archive
from dossier.checklists.duties import Duty, load_duties
from dossier.checklists.rules import FIXED
from dossier.checklists.spoken import rule_named
from dossier.compliance import evaluate, lost, neighbours, owed, unit, unsorted
from dossier.compliance.families.integrity import secret
from dossier.compliance.finding import mark_known, marked, weigh, weighed
from dossier.compliance.rules import all_rules, notes
from dossier.errors import ArchiveError, ConfigurationError, ExitCode
from dossier.i18n import _, unpacked
from dossier.model import (
    ComplianceReport,
    DossierReport,
    DossierState,
    Finding,
    Outside,
    Severity,
    secret_first,
)
from dossier.usecases import audit
from dossier.usecases.heap import uncollected
from dossier.usecases.known import open_known
from dossier.usecases.same_paper import with_sketches

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue

WHOLE = ""  # where the baseline keeps what concerns the archive as a whole


class Judge:
    """All that a verdict on a dossier hangs on beside what is in it."""

    def __init__(self, archive: Archive, catalogue: Catalogue) -> None:
        self.severities = severities_of(archive)
        self.kinds = archive.checklists
        self._packs, self._settings = archive.retention_packs, archive.config.rules
        self._usual = archive.config.dossiers
        self._around = neighbours(catalogue.folders().values(), catalogue.copies())
        self._known = catalogue.baseline.known()

    def __call__(self, state: DossierState, today: date) -> DossierReport:
        """The verdict on that day; the kind of the dossier must be one of ``kinds``."""
        checklist = self.kinds[state.folder.kind]
        state = replace(state, usual=self._usual)
        found = evaluate(state, checklist, self._packs, today, self._settings, self._around)
        weighed = weigh(found, checklist, self.severities)
        return mark_known(weighed, self._known.get(state.folder.path, ()))

    def of_whole(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """What concerns the archive as a whole, weighed and marked as the verdicts are."""
        return marked(weighed(findings, self.severities), self._known.get(WHOLE, ()))


@uncollected()
def assess(archive: Archive, today: date | None = None, dossier: str | None = None) -> ComplianceReport:
    """The compliance of all dossiers, or of the one at that path, on ``today``."""
    today = today or date.today()
    with open_known(archive) as catalogue:
        meta = catalogue.meta()
        states = [with_sketches(catalogue, state) for state in catalogue.states(dossier)]
        judge = Judge(archive, catalogue)
        waivers = catalogue.people.waivers()
        done_by_people = catalogue.telling.told(unit.WHERE)
        gone = catalogue.lost() if dossier is None else {}
        outside = catalogue.outside() if dossier is None else Outside()
        proposals = catalogue.adoptions.waiting() if dossier is None else ()
        refused = [said.path for said in catalogue.adoptions.all() if not said.kind]
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

    shown = [waiver for waiver in waivers if dossier in (None, waiver.dossier)]
    valid = tuple(w for w in shown if w.until is None or w.until >= today)
    verdicts = tuple(judge(state, today) for state in states if state.folder.kind in judge.kinds)
    leaders = {str(verdict.facts["led_by"].value) for verdict in verdicts}
    duties = unit.owing(load_duties(), leaders)
    papers = [*outside.documents, *(doc for state in states for doc in state.documents)]
    declared = declared_of(archive, load_duties())
    done = unit.known(duties, papers if dossier is None else (), declared, done_by_people)
    dues = owed(duties, today, archive.config.rules.due_days, done)
    of_unit = list(unit.check(dues, done, duties, valid))
    return ComplianceReport(
        archive=str(archive.root),
        name=archive.name,
        office=archive.config.unit,
        log_head=audit.head(archive),
        scanned_at=datetime.fromisoformat(meta["scanned_at"]),
        today=today,
        dossiers=secret_first(verdicts),
        outside=outside,
        proposals=proposals,
        unsorted=None
        if dossier is not None
        else unsorted(sum(s.files for s in states), outside.files, proposals, refused, len(states)),
        problems=tuple(map(unpacked, json.loads(meta.get("problems", "[]")))),
        waivers=valid,
        expired=tuple(w for w in shown if w.until is not None and w.until < today),
        adjusted=judge.severities,
        findings=judge.of_whole([*secret(outside.documents), *of_unit, *lost(gone, valid)])
        if dossier is None
        else (),
        rules=notes(judge.kinds, judge.severities),
        due=unit.open_dues(dues, of_unit),
    )


def digest(report: ComplianceReport) -> str:
    """Tells whether two reports say the same of the archive, whenever it was scanned and wherever its
    catalogue is: SHA-256, in hexadecimal."""
    told = replace(report, scanned_at=datetime.min)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def outcome(report: ComplianceReport) -> ExitCode:
    """The contract: 5 where a paper bears a stamp of secrecy, else 1 when a dossier is not complete or the
    archive is not sorted into dossiers, else 3 when a file could not be read, else 0."""
    if any(document.security for document in report.documents):
        return ExitCode.SECRET
    for dossier in report.dossiers:
        errors = [f for f in dossier.findings if f.severity is Severity.ERROR]
        # What was there when the baseline was drawn stays visible, but fails no night.
        if not all(f.baseline for f in errors) or not (errors or dossier.complete):
            return ExitCode.FINDINGS
    if any(f.severity is Severity.ERROR and not f.baseline for f in report.findings):
        return ExitCode.FINDINGS
    if report.unsorted is not None:
        return ExitCode.FINDINGS
    unread = any(not file.placements for file in report.unread)  # what is placed need not be read
    return ExitCode.UNREAD if unread or report.problems else ExitCode.OK


def declared_of(archive: Archive, duties: Iterable[Duty]) -> Mapping[str, tuple[date, ...]]:
    """The days of ``[rules] done``. Raises :class:`ConfigurationError` for a rule that is no duty."""
    done = {rule_named(rule): days for rule, days in archive.config.rules.done.items()}
    known = [duty.rule for duty in duties]
    for rule in done:
        if rule not in known:
            raise ConfigurationError(
                _("{file}: “{rule}” trong [rules] done không phải việc chung của đơn vị.").format(
                    file=archive.root / CONFIG_NAME, rule=rule
                ),
                _("Chỉ khai được: {rules}.").format(rules=", ".join(known)),
            )
    return done


def severities_of(archive: Archive) -> Mapping[str, str]:
    """The archive's own severities by rule. Raises :class:`ConfigurationError` for a rule that does not
    exist or may not be weighed."""
    chosen = {rule_named(rule): weight for rule, weight in archive.config.rules.severity.items()}
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
