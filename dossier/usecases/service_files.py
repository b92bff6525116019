"""Render the files by which the operating system runs dossier (systemd units, Windows tasks, crontab lines),
from the templates in ``started``."""

from __future__ import annotations

import hashlib
import re
import shlex
from dataclasses import dataclass
from datetime import time
from importlib.resources import files
from pathlib import Path
from string import Template
from subprocess import list2cmdline
from xml.sax.saxutils import escape

from dossier.i18n import _
from dossier.vietnamese import words

# Texts that the Task Scheduler replaces: variables, and the arguments a task is started with.
REPLACED_IN_TASKS = re.compile(r"%[^%\\]+%|\$\(")
_NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True, slots=True)
class ScheduledRun:
    """A scheduled run. ``state``: the only folder it writes to besides temporary files; ``network``: it needs
    the network (for mail or the web server); ``at``: local time, ``None`` for system start; ``system``: run
    by root for the whole machine, not by a user's service manager; ``share``: the archive is on a network
    share, which requires a login; ``what``: ``nightly`` or ``page`` (the web server)."""

    name: str
    archive: Path
    state: Path
    command: tuple[str, ...]
    at: time | None
    network: bool
    system: bool = False
    share: bool = False
    what: str = "nightly"

    @property
    def id(self) -> str:
        """Name of the unit or task, unique to the archive and stable."""
        slug = re.sub(r"[^a-z0-9]+", "-", words(self.name)).strip("-")[:40] or "kho"
        what = "-page" if self.what == "page" else ""
        return f"dossier-{slug}-{hashlib.sha256(str(self.archive).encode()).hexdigest()[:8]}{what}"


def unit(job: ScheduledRun, suffix: str) -> bytes:
    """Render the definition of the run: a ``service`` or ``timer`` of systemd, or a Windows task as ``xml``.

    The nightly run reads the archive, writes the state, and has no network unless mail is to be sent; exit
    codes for findings (1), unread files (3) and stamps (5) are not failures, and a missed night is made up
    for. The web server writes the state, and the archive only to file documents from the inbox at a person's
    request; if another process holds the lock, the service is restarted until it is free. Worker processes
    that read files give up the unit's network access themselves.
    """
    template = Template((files(__package__) / "started" / f"{job.what}.{suffix}").read_text("utf-8"))
    described = _described(job, suffix)
    if suffix == "xml":  # UTF-16 with a byte order mark, as Windows requires
        return (
            template.substitute(_for_windows(job, in_xml(described))).replace("\n", "\r\n").encode("utf-16")
        )
    return (template.substitute(_for_systemd(job, one_line(described))).rstrip("\n") + "\n").encode()


def _described(job: ScheduledRun, suffix: str) -> str:
    text = (
        _("dossier: trang của kho {name}")
        if job.what == "page"
        else _("dossier: việc hằng đêm của kho {name}")
    )
    if suffix == "timer":
        text = _("dossier: hẹn giờ việc hằng đêm của kho {name}")
    return text.format(name=job.name)


def _for_systemd(job: ScheduledRun, description: str) -> dict[str, str]:
    return {
        "description": description,
        "archive": quoted(str(job.archive)),
        "state": quoted(str(job.state)),
        "command": " ".join(quoted(part).replace("$", "$$") for part in job.command),
        "at": f"{job.at:%H:%M}" if job.at else "",
        "waits": "Wants=network-online.target\nAfter=network-online.target\n" if job.network else "",
        "private_network": "no" if job.network else "yes",
        "families": "AF_UNIX AF_INET AF_INET6" if job.network else "AF_UNIX",
        "namespaces": "net user" if job.network else "yes",
        "capabilities": _capabilities(job),
        "target": "multi-user.target" if job.system else "default.target",
    }


def _capabilities(job: ScheduledRun) -> str:
    """Limit root's capabilities to reading and writing other users' files (and cutting workers off from the
    network); a user's service manager has no capabilities to limit."""
    if not job.system:
        return ""
    kept = "CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER"
    return f"CapabilityBoundingSet={kept}{' CAP_SYS_ADMIN' if job.network else ''}\n"


def _for_windows(job: ScheduledRun, description: str) -> dict[str, str]:
    """Template values of a task that runs whether its user is logged on or not. Without a password (``S4U``)
    the task cannot log in to other machines; for an archive on a share Windows stores the password."""
    program, *arguments = job.command
    return {
        "description": description,
        "at": f"{job.at:%H:%M}" if job.at else "",
        "logon": "Password" if job.share else "S4U",
        "program": in_xml(program),
        "arguments": in_xml(list2cmdline(arguments)),
        "folder": in_xml(
            str(Path(program).parent)
        ),  # limited to 260 characters, which a state path may exceed
    }


def crontab_line(job: ScheduledRun) -> str:
    """Return a line for ``crontab -e``, without output; ``%`` is escaped, since it means a line break
    there."""
    when = f"{job.at.minute} {job.at.hour} * * *" if job.at else "@reboot"
    run = " ".join(shlex.quote(part) for part in job.command).replace("%", r"\%")
    return f"{when} {run} >/dev/null 2>&1\n"


def in_xml(text: str) -> str:
    """Escape a text for XML; characters not allowed in XML are removed."""
    return escape(_NOT_IN_XML.sub("", text))


def one_line(text: str) -> str:
    """Escape a text for the description of a systemd unit."""
    # A backslash at the end of the line would continue it with the next one.
    return " ".join(text.split()).replace("\\", "\\\\").replace("%", "%%")


def quoted(part: str) -> str:
    """Quote an argument for a line of a systemd unit."""
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("\n", "\\n")
    return f'"{escaped}"'
