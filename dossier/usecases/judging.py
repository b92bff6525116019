"""By what a dossier is judged, and what is said of an archive beside its dossiers."""

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
from dossier.compliance import Neighbours, evaluate, neighbours, owed, unit, unsorted, vanished
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
    Unsorted,
    Waiver,
)
from dossier.scanner import VERSION

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue

WHOLE = ""  # where the baseline keeps what concerns the archive as a whole


class Judge:
    """All that a verdict on a dossier hangs on beside what is in it."""

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
        """What the dossiers must know of each other."""
        return self._around or neighbours(self.folders.values(), self.copies)

    @cached_property
    def folders(self) -> Mapping[str, DossierFolder]:
        """All dossiers by their path."""
        return self._catalogue.folders()

    @cached_property
    def copies(self) -> list[tuple[str, str, str]]:
        """SHA-256, dossier and path of what lies in several dossiers."""
        return self._catalogue.copies()

    @cached_property
    def _known(self) -> Mapping[str, Collection[str]]:
        return self._catalogue.baseline.known()

    @cached_property
    def _common(self) -> bytes:
        told = (
            self._packs,
            self._settings,
            self._usual,
            sorted(self.severities.items()),
            self.duties,
            current(),
        )
        return blake2b(f"{program()}{told!r}".encode(), digest_size=16).digest()

    @cache  # noqa: B019  judges are few, and gone with what they judge
    def digest(self, kind: str) -> str:
        """Tells by which checklist, settings and program dossiers of a kind are judged."""
        told = repr(self.kinds.get(kind)).encode()
        return blake2b(self._common + told, digest_size=16).hexdigest()

    def ready(self, state: DossierState) -> DossierState:
        """With what is usual in the archive: what to judge by where papers say nothing."""
        return replace(state, usual=self._usual)

    def __call__(self, state: DossierState, today: date) -> DossierReport:
        """The verdict on that day; the kind of the dossier must be one of ``kinds``."""
        checklist = self.kinds[state.folder.kind]
        state = self.ready(state)
        found = evaluate(state, checklist, self._packs, today, self._settings, self.around)
        judged = with_severities(found, checklist, self.severities)
        return mark_known(judged, self._known.get(state.folder.path, ()))

    def of_whole(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """What concerns the archive as a whole, severities and marks as the verdicts are."""
        return marked(at_severities(findings, self.severities), self._known.get(WHOLE, ()))


class Whole:
    """What concerns the archive beside its dossiers: what the unit owes, which dossiers vanished, what was
    accepted and until when."""

    def __init__(self, archive: Archive, catalogue: Catalogue, judge: Judge, today: date) -> None:
        self._archive, self._judge, self._today = archive, judge, today
        self._waivers = catalogue.people.waivers()
        self._done = catalogue.telling.told(unit.WHERE)
        self._lost = catalogue.lost()
        self._refused = [said.path for said in catalogue.adoptions.all() if not said.kind]
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
        """Those in force and those that ran out, of all dossiers or of one."""
        shown = [waiver for waiver in self._waivers if dossier in (None, waiver.dossier)]
        valid = tuple(w for w in shown if w.until is None or w.until >= self._today)
        return valid, tuple(w for w in shown if w.until is not None and w.until < self._today)

    def owes(
        self, leaders: Collection[str], sent: Iterable[tuple[str, unit.Sent]], valid: Sequence[Waiver]
    ) -> tuple[tuple[Due, ...], list[Finding]]:
        """What the unit has to do by when, and what is found of that. ``leaders``: who leads dossiers;
        ``sent``: what papers tell was done. An archive without a dossier is new: it owes nothing yet."""
        if not leaders:
            return (), []
        duties = unit.owing(self._judge.duties, leaders)
        declared = declared_of(self._archive, self._judge.duties)
        done = unit.known(duties, sent, declared, self._done)
        dues = owed(duties, self._today, self._archive.config.rules.due_days, done)
        found = list(unit.check(dues, done, duties, valid))
        return unit.open_dues(dues, found), found

    def findings(
        self, secrets: Iterable[tuple[str, str]], of_unit: Iterable[Finding], valid: Sequence[Waiver]
    ) -> tuple[Finding, ...]:
        """All of them; ``secrets``: papers in no dossier that bear a stamp, by path and stamp."""
        return self._judge.of_whole([*secret(secrets), *of_unit, *vanished(self._lost, valid)])

    def unsorted(self, inside: int, outside: Sequence[str], dossiers: int) -> Unsorted | None:
        """What keeps it from being complete beside its dossiers; ``inside`` counts their files."""
        return unsorted(inside, outside, self.proposals, self._refused, dossiers)


@cache
def program() -> str:
    """Tells by which program verdicts are made: a digest of the modules and data that make them."""
    told = blake2b(f"{__version__}{VERSION}".encode(), digest_size=16)
    package = Path(__file__).parent.parent
    for folder in ("compliance", "compliance/families", "model", "checklists", "usecases"):
        for file in sorted((package / folder).iterdir()):
            if file.suffix in (".py", ".toml"):
                told.update(file.read_bytes())
    return told.hexdigest()


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
    exist or whose severity may not be changed."""
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
