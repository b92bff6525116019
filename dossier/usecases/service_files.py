"""The files that have the system run dossier by itself, from the templates in ``started``: settings in, text
out."""

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

# What the Task Scheduler puts something else for: variables, and what a task is started with.
REPLACED_IN_TASKS = re.compile(r"%[^%\\]+%|\$\(")
_NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True, slots=True)
class ScheduledRun:
    """What is to be run. ``command`` starts it; ``state`` is the only folder it writes to besides its own
    temporary files; ``network``: it sends mail; ``at`` is local time; ``system``: run by root for the whole
    machine, not by a person's own service manager; ``share``: the archive is on another machine, which asks
    who we are; ``what``: ``nightly``, or ``page``, which has no hour."""

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
        """A name for units and tasks, the same for the same archive and no other."""
        slug = re.sub(r"[^a-z0-9]+", "-", words(self.name)).strip("-")[:40] or "kho"
        what = "-page" if self.what == "page" else ""
        return f"dossier-{slug}-{hashlib.sha256(str(self.archive).encode()).hexdigest()[:8]}{what}"


def unit(job: ScheduledRun, suffix: str) -> bytes:
    """What the system is told of the run: a ``service`` or ``timer`` of systemd, or a task of Windows as
    ``xml``.

    The night's work reads the archive, writes the state, and sees no network unless mail is to be sent;
    findings (1), unread files (3) and stamps (5) are results, not failures, and a night that was slept
    through is made up for. The page writes the state, and the archive only to file what waits in the inbox,
    on a person's word; a lock that another process holds is waited for by starting again. The processes that
    read files cut themselves off from a network that the unit sees.
    """
    template = Template((files(__package__) / "started" / f"{job.what}.{suffix}").read_text("utf-8"))
    described = _described(job, suffix)
    if suffix == "xml":  # in UTF-16 with a mark, as Windows wants it
        return (
            template.substitute(_for_windows(job, in_xml(described))).replace("\n", "\r\n").encode("utf-16")
        )
    return (template.substitute(_for_systemd(job, one_line(described))).rstrip("\n") + "\n").encode()


def _described(job: ScheduledRun, suffix: str) -> str:
    said = (
        _("dossier: trang của kho {name}")
        if job.what == "page"
        else _("dossier: việc hằng đêm của kho {name}")
    )
    if suffix == "timer":
        said = _("dossier: hẹn giờ việc hằng đêm của kho {name}")
    return said.format(name=job.name)


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
    """Of what root may do, only to read and write other people's files (and to cut workers off from the
    network); a person's own service manager has nothing to take away."""
    if not job.system:
        return ""
    kept = "CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER"
    return f"CapabilityBoundingSet={kept}{' CAP_SYS_ADMIN' if job.network else ''}\n"


def _for_windows(job: ScheduledRun, description: str) -> dict[str, str]:
    """A task runs whether its person is logged on or not. For that Windows needs no password (``S4U``), but
    then the task is nobody to other machines: for an archive on a share it is told the password once."""
    program, *arguments = job.command
    return {
        "description": description,
        "at": f"{job.at:%H:%M}" if job.at else "",
        "logon": "Password" if job.share else "S4U",
        "program": in_xml(program),
        "arguments": in_xml(list2cmdline(arguments)),
        "folder": in_xml(str(Path(program).parent)),  # of at most 260 characters, which a state may exceed
    }


def crontab_line(job: ScheduledRun) -> str:
    """A line for ``crontab -e``, silent; ``%`` means a new line there and is escaped."""
    when = f"{job.at.minute} {job.at.hour} * * *" if job.at else "@reboot"
    run = " ".join(shlex.quote(part) for part in job.command).replace("%", r"\%")
    return f"{when} {run} >/dev/null 2>&1\n"


def in_xml(text: str) -> str:
    """Text as an element of a task holds it; signs that XML has no way to write are left out."""
    return escape(_NOT_IN_XML.sub("", text))


def one_line(text: str) -> str:
    """Text as a unit's description takes it."""
    # A backslash at the end would take the next line with it.
    return " ".join(text.split()).replace("\\", "\\\\").replace("%", "%%")


def quoted(part: str) -> str:
    """A word of a unit's line, whatever is in it."""
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("\n", "\\n")
    return f'"{escaped}"'
