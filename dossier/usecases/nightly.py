"""The unattended nightly run: scan, verify checksums, assess, write reports, prune, send the digest."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import reports
from dossier import libraries
from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.errors import ArchiveError, DossierError, ExitCode
from dossier.i18n import _
from dossier.model import ComplianceReport, KnownFile, in_brief
from dossier.os_errors import in_words
from dossier.progress import report_progress
from dossier.scanner.changes import Bytes, compare_bytes
from dossier.usecases import audit, history, mail, night_folders
from dossier.usecases.assess import assess, outcome
from dossier.usecases.heap import give_back, uncollected
from dossier.usecases.known import open_known
from dossier.usecases.locking import working, writing
from dossier.usecases.mounted import check_mounted
from dossier.usecases.scan import ScanCounts, scan
from reports import digest
from reports.digest import Digest

_BATCH = 2000  # files per transaction of results: as many are verified again after a crash


@dataclass(frozen=True, slots=True)
class FixityCheck:
    """Result of the checksum verification: number of files verified, paths of altered and unreadable ones."""

    files: int
    altered: tuple[str, ...]
    unreadable: tuple[str, ...]


def verify(archive: Archive, catalogue: Catalogue) -> FixityCheck:
    """Verify the checksums of the files due for it and store the results in the catalogue.

    The lock is held only while results are stored. Raises :class:`~dossier.errors.CatalogueError`.
    """
    todo = catalogue.watermarks.next_share(archive.config.nightly.verify_days)
    found: dict[Bytes, list[KnownFile]] = {verdict: [] for verdict in Bytes}
    settled = dict.fromkeys(Bytes, 0)
    for done, (raw_path, file) in enumerate(todo, start=1):
        found[compare_bytes(str(archive.root), file, raw_path)].append(file)
        report_progress(done, len(todo), file.path)
        if done % _BATCH == 0 or done == len(todo):
            intact, altered = (
                found[verdict][settled[verdict] :] for verdict in (Bytes.INTACT, Bytes.ALTERED)
            )
            with writing(archive, "nightly"):
                catalogue.watermarks.settle(intact, altered)
            settled = {verdict: len(files) for verdict, files in found.items()}
    return FixityCheck(
        len(todo),
        tuple(file.path for file in found[Bytes.ALTERED]),
        tuple(file.path for file in found[Bytes.UNREADABLE]),
    )


Writers = dict[str, Callable[[Path], object]]


@uncollected()
def write_reports(
    archive: Archive, catalogue: Catalogue, report: ComplianceReport, code: ExitCode
) -> tuple[Digest, Path, list[str]]:
    """Write the night's reports and store its result in the catalogue.

    Returns the digest, the reports' folder, and a sentence for each format that failed; the other formats
    are written. ``report`` must contain the changes; ``code``: its :func:`outcome`. Raises :class:`OSError`.
    """
    told = Digest.of(archive.name, report)
    failed: list[str] = []
    written: Writers = {
        f"report.{name}": partial(_render, report, name, failed)
        for name in (*archive.config.nightly.formats, "txt")
    }
    folder = night_folders.write_night(
        archive.state, report.today, written | _record(report, told, code, audit.head(archive))
    )
    catalogue.nights.keep(history.night(archive, report))
    return told, folder, failed


def _render(report: ComplianceReport, name: str, failed: list[str], path: Path) -> None:
    """Write one format. An error in its renderer is added to ``failed`` and loses this format only; errors
    of the disk are raised."""
    try:
        reports.write(name, report, path)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001
        path.unlink(missing_ok=True)
        message = _("Không lập được {name}: {kind}: {why}. Các báo cáo khác vẫn đầy đủ.")
        failed.append(message.format(name=path.name, kind=type(error).__name__, why=error))


def _record(report: ComplianceReport, night: Digest, code: ExitCode, head: str) -> Writers:
    """The writers of the digest (for people) and of the night's summary (for programs)."""
    kept = {
        "schema": 1,
        "archive": report.archive,
        "today": report.today,
        "summary": night.summary,
        "score": night.score,
        "since": night.changes.since,
        "new": len(night.changes.new),
        "mended": len(night.changes.mended),
        "still": night.changes.still,
        "exit_code": code,
        "audit_head": head,
    }
    texts = {
        "digest.txt": digest.text(night) + _last_line(head),
        "digest.html": digest.html(night),
        night_folders.RECORD: json.dumps(kept, ensure_ascii=False, indent=1, default=str) + "\n",
    }
    return {name: partial(_write, text) for name, text in texts.items()}


def _last_line(head: str) -> str:
    """A line with the last hash of the audit log's chain: a copy kept elsewhere, such as in a mail, proves
    later whether an entry was changed."""
    return "\n" + _("Mã cuối của nhật ký: {head}").format(head=head) + "\n" if head else ""


def _write(text: str, path: Path) -> None:
    path.write_text(text, "utf-8", newline="")


_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_FAILURE = "failed.txt"
_WARNED = 20  # unreadable files listed by name; a missing disk would list thousands


@dataclass(slots=True)
class NightRun:
    """Result of a nightly run. ``seconds``: duration of each step; ``warnings``: sentences about partial
    failures."""

    archive: str
    counts: ScanCounts
    verified: FixityCheck
    told: Digest
    code: int
    report: ComplianceReport
    folder: Path
    pruned: list[str]
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def nightly(archive: Archive, today: date | None = None, *, workers: int = 0) -> NightRun:
    """Do the nightly run and return its result.

    If it fails, the reports of the last successful night are kept, ``reports/failed.txt`` says why, and the
    error is raised: :class:`~dossier.errors.DossierError` with its exit code.
    """
    today = today or date.today()
    try:
        night = _work(archive, today, workers)
        (night_folders.root_of(archive.state) / _FAILURE).unlink(missing_ok=True)
        return night
    except OSError as error:
        failure = ArchiveError(
            _("Không ghi được báo cáo đêm vào {path}: {why}.").format(
                path=night_folders.root_of(archive.state), why=in_words(error)
            ),
            _("Giải phóng chỗ trống hoặc cấp quyền ghi rồi chạy lại; báo cáo tốt gần nhất vẫn còn nguyên."),
        )
        _tell_failure(archive, failure)
        raise failure from error
    except DossierError as error:
        _tell_failure(archive, error)
        raise
    except Exception as error:  # a defect of the program: reported by file and mail, nobody sees the screen
        why = f"{type(error).__name__}: {error}"
        message = libraries.fault_of(error) or _("Lỗi của chương trình: {why}.").format(why=why)
        _tell_failure(archive, DossierError(message))
        raise


def _work(archive: Archive, today: date, workers: int) -> NightRun:
    seconds: dict[str, float] = {}

    @contextmanager
    def step(name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        seconds[name] = round(time.perf_counter() - started, 3)

    check_mounted(archive)
    with step("scan"):
        counts = scan(archive, workers=workers)
        give_back()  # what the scan knew of every file
    with working(archive, "nightly"), open_known(archive) as catalogue:
        with step("verify"):
            verified = verify(archive, catalogue)
        with step("evaluate"):
            report = assess(archive, today)
        with step("history"):
            report = replace(report, changes=history.changes(archive, report))
        with step("reports"):
            code = outcome(in_brief(report))
            told, folder, failed = write_reports(archive, catalogue, report, code)
            pruned = night_folders.prune(archive.state, today, archive.config.nightly.keep_days)
            night_folders.pack(archive.state)
            catalogue.nights.thin(today - timedelta(days=archive.config.nightly.keep_days))
    warnings = [*_warnings(verified), *failed]
    with step("mail"):
        wanted = archive.config.mail.when == "always" or warnings or _is_news(told)
        if wanted and archive.config.mail.host:
            attached, lost = _report(report)
            warnings += lost
            unsent = mail.send(archive, told.subject, digest.text(told), digest.html(told), attached)
            warnings += [unsent] if unsent else []
    return NightRun(
        str(archive.root), counts, verified, told, code, report, folder, pruned, seconds, warnings
    )


def _report(report: ComplianceReport) -> tuple[list[mail.Attachment], list[str]]:
    """The report to a superior as a mail attachment; if it fails, no attachment and a sentence that says
    why."""

    try:
        made = reports.render("docx", report)
    except Exception as error:  # noqa: BLE001
        message = _("Không lập được báo cáo Word để gửi kèm thư: {kind}: {why}.")
        return [], [message.format(kind=type(error).__name__, why=error)]
    return [(f"bao-cao-{report.today:%Y-%m-%d}.docx", _WORD, made)], []


def _is_news(night: Digest) -> bool:
    found = night.changes
    if found.since is None:  # the first night
        return True
    return bool(found.new or found.mended or found.appeared or found.gone or night.problems)


def _warnings(verified: FixityCheck) -> list[str]:
    sentences = [
        _("{path}: không đọc lại được để kiểm tra; đĩa hoặc quyền đọc có thể có vấn đề.").format(path=path)
        for path in verified.unreadable[:_WARNED]
    ]
    if (more := len(verified.unreadable) - _WARNED) > 0:
        sentences.append(_("… và {count} tệp nữa không đọc lại được.").format(count=more))
    return sentences


def _tell_failure(archive: Archive, error: DossierError) -> None:
    """Write the failure beside the last successful report if possible, and send it by mail."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    last = night_folders.latest(archive.state)
    lines = [
        _("Lần chạy đêm lúc {now} không thành công.").format(now=now),
        error.message,
        error.advice,
        _("Báo cáo tốt gần nhất: {day}").format(day=last) if last else _("Chưa có báo cáo nào."),
    ]
    text = "\n".join(filter(None, lines)) + "\n"
    folder = night_folders.root_of(archive.state)
    try:
        if archive.state.is_dir():  # a missing state folder (disk not mounted) must not be created here
            archive.ready_state()
            folder.mkdir(exist_ok=True)
            (folder / _FAILURE).write_text(text, "utf-8")
    except (OSError, DossierError):
        pass  # the exit code and standard error still report the failure
    mail.send(archive, _("{name}: lần chạy đêm không thành công").format(name=archive.name), text)
