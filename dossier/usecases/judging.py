"""Evaluate a dossier with the archive's settings, and the archive as a whole outside its dossiers."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from dossier import __version__
from dossier.archive import CONFIG_NAME, Archive
from dossier.checklists.duties import Duty, load_duties
from dossier.checklists.rules import FIXED
from dossier.checklists.spoken import rule_named
from dossier.checklists.vocabulary import current
from dossier.compliance import Neighbours, duties_owed, evaluate, neighbours, unit, unsorted, vanished
from dossier.compliance.families.integrity import secret
from dossier.compliance.finding import at_severities, mark_known, marked, with_severities
from dossier.compliance.rules import all_rules
from dossier.errors import ArchiveError, ConfigurationError
from dossier.i18n import _, unpacked
from dossier.model import (
    DossierFolder,
    DossierReport,
    DossierState,
    Due,
    Finding,
    Occasion,
    Unsorted,
    Waiver,
)
from dossier.scanner import VERSION

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue

WHOLE = ""  # the baseline's path for findings about the archive as a whole


class Judge:
    """Evaluator of dossiers: everything that a verdict depends on except the dossier's own contents."""

    def __init__(self, archive: Archive, catalogue: Catalogue, around: Neighbours | None = None) -> None:
        self._around = around
        self.severities = severities_of(archive)
        self.kinds = archive.checklists
        self.duties = load_duties()
        self._packs, self._settings = archive.retention_packs, archive.config.rules
        self._usual = archive.config.dossiers
        self._catalogue = catalogue

    @cached_property
    def around(self) -> Neighbours:
        """What a verdict must know of the other dossiers."""
        return self._around or neighbours(self.folders.values(), self.copies)

    @cached_property
    def folders(self) -> Mapping[str, DossierFolder]:
        """All dossiers by path."""
        return self._catalogue.folders()

    @cached_property
    def copies(self) -> list[tuple[str, str, str]]:
        """SHA-256, dossier and path of files whose content is in several dossiers."""
        return self._catalogue.copies()

    @cached_property
    def _known(self) -> Mapping[str, Collection[str]]:
        return self._catalogue.baseline.known()

    @cached_property
    def _common(self) -> bytes:
        grounds = (
            self._packs,
            self._settings,
            self._usual,
            sorted(self.severities.items()),
            self.duties,
            current(),
        )
        return blake2b(f"{program()}{grounds!r}".encode(), digest_size=16).digest()

    @cache  # noqa: B019  there are few instances, each as short-lived as its evaluation
    def digest(self, kind: str) -> str:
        """Return a digest of the checklist, settings and program code by which a kind is evaluated."""
        checklist = repr(self.kinds.get(kind)).encode()
        return blake2b(self._common + checklist, digest_size=16).hexdigest()

    def ready(self, state: DossierState) -> DossierState:
        """Return the state with the archive's default facts, used where the documents do not tell."""
        return replace(state, usual=self._usual)

    def __call__(self, state: DossierState, today: date) -> DossierReport:
        """Return the verdict as of ``today``; the dossier's kind must be one of ``kinds``."""
        checklist = self.kinds[state.folder.kind]
        state = self.ready(state)
        found = evaluate(state, checklist, self._packs, today, self._settings, self.around)
        judged = with_severities(found, checklist, self.severities)
        return mark_known(judged, self._known.get(state.folder.path, ()))

    def of_whole(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings about the archive as a whole with its severities and baseline marks applied."""
        return marked(at_severities(findings, self.severities), self._known.get(WHOLE, ()))


class Whole:
    """Evaluator of the archive outside its dossiers: duties of the unit, vanished dossiers, waivers."""

    def __init__(self, archive: Archive, catalogue: Catalogue, judge: Judge, today: date) -> None:
        self._archive, self._judge, self._today = archive, judge, today
        self._waivers = catalogue.waivers.all()
        self._done = catalogue.facts.all(dossier=unit.WHERE)
        self._lost = catalogue.lost()
        self._refused = [each.path for each in catalogue.adoptions.all() if not each.kind]
        self.proposals = catalogue.adoptions.waiting()
        meta = catalogue.meta()
        if "scanned_at" not in meta:
            raise ArchiveError(
                _("Lần quét đầu tiên của kho {path} chưa xong.").format(path=archive.root),
                _("Chạy lại: dossier scan {path} (việc đã làm được giữ nguyên).").format(path=archive.root),
            )
        self.scanned_at = datetime.fromisoformat(meta["scanned_at"])
        self.problems = tuple(map(unpacked, json.loads(meta.get("problems", "[]"))))

    def waivers(self, dossier: str | None = None) -> tuple[tuple[Waiver, ...], tuple[Waiver, ...]]:
        """Return waivers in force and expired waivers, of all dossiers or of one."""
        shown = [waiver for waiver in self._waivers if dossier in (None, waiver.dossier)]
        valid = tuple(w for w in shown if w.holds_on(self._today))
        return valid, tuple(w for w in shown if not w.holds_on(self._today))

    def duties(
        self, occasions: Collection[Occasion], sent: Iterable[tuple[str, unit.Sent]], valid: Sequence[Waiver]
    ) -> tuple[tuple[Due, ...], list[Finding]]:
        """Return the unit's duties with their deadlines, and the findings about them. ``occasions``: what
        each dossier gives cause to report; ``sent``: duties done according to documents. Without dossiers (a
        new archive), no duties."""
        duties = unit.owing(self._judge.duties, occasions)
        declared = declared_of(self._archive, self._judge.duties)
        done = unit.fulfilled(duties, sent, declared, self._done)
        dues = duties_owed(duties, self._today, self._archive.config.rules.due_days, done, occasions)
        found = list(unit.check(dues, done, duties, valid))
        return unit.open_dues(dues, found), found

    def findings(
        self, secrets: Iterable[tuple[str, str]], of_unit: Iterable[Finding], valid: Sequence[Waiver]
    ) -> tuple[Finding, ...]:
        """Return all findings about the archive as a whole. ``secrets``: path and stamp of sealed documents
        outside dossiers; ``of_unit``: findings of :meth:`duties`."""
        return self._judge.of_whole([*secret(secrets), *of_unit, *vanished(self._lost, valid)])

    def unsorted(self, inside: int, outside: Sequence[str], dossiers: int) -> Unsorted | None:
        """Return why the archive is not sorted into dossiers, or ``None``. ``inside``: number of files in
        dossiers; ``outside``: paths of the others."""
        return unsorted(inside, outside, self.proposals, self._refused, dossiers)


@cache
def program() -> str:
    """Return a digest of the program's modules and data that verdicts depend on."""
    hashed = blake2b(f"{__version__}{VERSION}".encode(), digest_size=16)
    package = Path(__file__).parent.parent
    for folder in ("compliance", "compliance/families", "model", "checklists", "usecases"):
        for file in sorted((package / folder).iterdir()):
            if file.suffix in (".py", ".toml"):
                hashed.update(file.read_bytes())
    return hashed.hexdigest()


def declared_of(archive: Archive, duties: Iterable[Duty]) -> Mapping[str, tuple[date, ...]]:
    """Return the days in ``[rules] done`` by rule. Raises :class:`ConfigurationError` for a rule that is no
    duty."""
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
    """Return the archive's own severities by rule. Raises :class:`ConfigurationError` for an unknown rule or
    one whose severity may not be changed."""
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
