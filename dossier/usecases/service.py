"""Schedule ``dossier nightly`` every night, or ``dossier serve`` from system start, with the operating
system: plan, install, show the status, remove."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from pathlib import Path

from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.usecases import audit, night_folders, service_files
from dossier.usecases.output import cannot_write, check_folder
from dossier.usecases.service_files import ScheduledRun
from dossier.windows.shares import unc


class StartedBy(StrEnum):
    """The system service that starts the run."""

    SYSTEMD = "systemd"
    WINDOWS = "windows"
    CRON = "cron"


@dataclass(frozen=True, slots=True)
class Plan:
    """Plan of an installation: files with their content, and the commands that enable or disable them.
    ``line``: the line for a crontab, which people edit themselves."""

    kind: StartedBy
    files: dict[Path, bytes]
    start: tuple[tuple[str, ...], ...] = ()
    stop: tuple[tuple[str, ...], ...] = ()
    line: str = ""


def usual_kind() -> StartedBy:
    """Return the kind of service usual on this machine."""
    if sys.platform == "win32":
        return StartedBy.WINDOWS
    return StartedBy.SYSTEMD if shutil.which("systemctl") else StartedBy.CRON


def plan(archive: Archive, kind: StartedBy, at: time, *, folder: Path | None = None) -> Plan:
    """Plan the installation of the nightly run; writes nothing. ``folder``: used instead of the usual folder
    for such files."""
    # At night there is time to wait for other processes that write.
    job = _run_of(archive, kind, ("nightly",), ("--wait", "7200"))
    return _planned(archive, kind, replace(job, at=at, network=bool(archive.config.mail.host)), folder)


def plan_page(
    archive: Archive, kind: StartedBy, options: tuple[str, ...], *, folder: Path | None = None
) -> Plan:
    """Plan the installation of the web server from system start; writes nothing. ``options``: those of
    ``dossier serve`` as on the command line."""
    job = _run_of(archive, kind, ("serve",), ("--no-browser", *options))
    return _planned(archive, kind, replace(job, network=True, what="page"), folder)


def _run_of(
    archive: Archive, kind: StartedBy, command: tuple[str, ...], options: tuple[str, ...]
) -> ScheduledRun:
    _check_names(archive, kind)
    share = unc(archive.root) if kind is StartedBy.WINDOWS else ""
    root = share or str(archive.root)  # drive letters exist for one person only, and only while logged on
    state = () if archive.state.parent == archive.root else ("--state", str(archive.state))
    words = (sys.executable, "-m", "dossier", *command, root, *options, *state)
    everybody = os.name == "posix" and os.geteuid() == 0
    return ScheduledRun(archive.name, archive.root, archive.state, words, None, False, everybody, bool(share))


def _planned(archive: Archive, kind: StartedBy, job: ScheduledRun, folder: Path | None) -> Plan:
    if folder is not None:
        check_folder(folder, archive)
    page = job.what == "page"
    if kind is StartedBy.CRON:
        return Plan(kind, {}, line=service_files.crontab_line(job))
    if kind is StartedBy.WINDOWS:
        file, task = (folder or archive.state) / f"{job.id}.xml", f"dossier\\{job.id}"
        create = ("schtasks", "/Create", "/F", "/TN", task, "/XML", str(file), *_as_oneself(job))
        delete = ("schtasks", "/Delete", "/F", "/TN", task)
        start = (create, ("schtasks", "/Run", "/TN", task)) if page else (create,)
        stop = (("schtasks", "/End", "/TN", task), delete) if page else (delete,)
        return Plan(kind, {file: service_files.unit(job, "xml")}, start, stop)
    where = folder or (Path("/etc/systemd/system") if job.system else user_units())
    systemctl = ("systemctl",) if job.system else ("systemctl", "--user")
    suffixes = ("service",) if page else ("service", "timer")
    begins = f"{job.id}.{suffixes[-1]}"
    return Plan(
        kind,
        {where / f"{job.id}.{suffix}": service_files.unit(job, suffix) for suffix in suffixes},
        ((*systemctl, "daemon-reload"), (*systemctl, "enable", "--now", begins)),
        ((*systemctl, "disable", "--now", begins), (*systemctl, "daemon-reload")),
    )


def _check_names(archive: Archive, kind: StartedBy) -> None:
    """Raise :class:`UsageError` for paths that cannot be written in a crontab, a unit or a task."""
    for path in (archive.root, archive.state):
        if not str(path).isprintable():  # a line break would start a new line in a crontab
            raise UsageError(
                _("Đường dẫn {path} có ký tự điều khiển.").format(path=repr(str(path))),
                _("Đổi tên thư mục rồi làm lại."),
            )
        if kind is StartedBy.WINDOWS and (marked := service_files.REPLACED_IN_TASKS.search(str(path))):
            raise UsageError(
                _("Đường dẫn {path} có “{mark}”: Task Scheduler sẽ thay nó bằng chữ khác.").format(
                    path=path, mark=marked[0]
                ),
                _("Đổi tên thư mục rồi làm lại."),
            )


def _as_oneself(job: ScheduledRun) -> tuple[str, ...]:
    """Options for a task that works on a network share and therefore needs its user's password; with ``*``
    Windows asks for the password, and this program never sees it."""
    name = "\\".join(filter(None, (os.environ.get("USERDOMAIN"), os.environ.get("USERNAME"))))
    return ("/RU", name, "/RP", "*") if job.share else ()


def install(archive: Archive, planned: Plan) -> list[tuple[str, ...]]:
    """Write the plan's files and enable them; return the commands that a person still has to run.

    Raises :class:`~dossier.errors.ArchiveError` if a file cannot be written.
    """
    archive.ready_state()  # the unit may write only there, so the folder must exist
    audit.note(archive, "service-install", ", ".join(map(str, planned.files)))
    for path, content in planned.files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise cannot_write(path, error, _elsewhere()) from error
    return _run(planned.start)


def remove(archive: Archive, planned: Plan) -> list[tuple[str, ...]]:
    """Disable the plan's run and delete its files; return the commands that a person still has to run."""
    audit.note(archive, "service-remove", ", ".join(map(str, planned.files)))
    left = _run(planned.stop)
    for path in planned.files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(path, error, _elsewhere()) from error
    return left


def status(archive: Archive, planned: Plan) -> dict[str, object]:
    """Return which files exist and are up to date, and the result of the last night."""
    states = {}
    for path, content in planned.files.items():
        known = path.read_bytes() if path.is_file() else None
        states[str(path)] = "missing" if known is None else "current" if known == content else "different"
    failure = night_folders.root_of(archive.state) / "failed.txt"
    return {
        "kind": planned.kind,
        "files": states,
        "last_report": night_folders.latest(archive.state) or None,
        "failure": failure.read_text("utf-8") if failure.is_file() else None,
    }


def user_units() -> Path:
    """The folder of systemd units of the current user."""
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "systemd/user"


def _run(commands: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    """Run the commands in order; return the first that cannot be run here, and all after it."""
    for at, command in enumerate(commands):
        if shutil.which(command[0]) is None:
            return list(commands[at:])
        if command[-1] == "*":  # it asks a person for a password
            return list(commands[at:])
        if command[0] == "systemctl" and not Path("/run/systemd/system").is_dir():
            return list(commands[at:])
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
        if done.returncode:
            return list(commands[at:])
    return []


def _elsewhere() -> str:
    return _("Chạy bằng tài khoản có quyền, hoặc chọn nơi khác bằng --to THƯ_MỤC.")
