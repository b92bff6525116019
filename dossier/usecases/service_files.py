"""The files that have the system run ``dossier nightly`` by itself. Pure: settings in, text out."""

from __future__ import annotations

import hashlib
import re
import shlex
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from subprocess import list2cmdline
from xml.sax.saxutils import escape

from dossier.i18n import _
from dossier.vietnamese import words

_NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
# What the Task Scheduler puts something else for: variables, and what a task is started with.
REPLACED_IN_TASKS = re.compile(r"%[^%\\]+%|\$\(")
# What neither the night's work nor the page needs of the system.
CONFINED = """\
NoNewPrivileges=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=~@clock @cpu-emulation @debug @module @mount @obsolete @raw-io @reboot @swap
SystemCallErrorNumber=EPERM
"""


@dataclass(frozen=True, slots=True)
class ScheduledRun:
    """What is to be run. ``command`` starts it; ``state`` is the only folder it writes to besides its
    own temporary files; ``network``: it sends mail; ``at`` is local time; ``system``: run by root for the
    whole machine, not by a person's own service manager; ``share``: the
    archive is on another machine, which asks who we are; ``what`` it is, where that is not the night's work,
    which alone has an hour."""

    name: str
    archive: Path
    state: Path
    command: tuple[str, ...]
    at: time | None
    network: bool
    system: bool = False
    share: bool = False
    what: str = ""

    @property
    def id(self) -> str:
        """A name for units and tasks, the same for the same archive and no other."""
        slug = re.sub(r"[^a-z0-9]+", "-", words(self.name)).strip("-")[:40] or "kho"
        what = f"-{self.what}" if self.what else ""
        return f"dossier-{slug}-{hashlib.sha256(str(self.archive).encode()).hexdigest()[:8]}{what}"


def systemd_service(job: ScheduledRun) -> str:
    """The unit that does one night's work: it reads the archive, writes the state, and sees no network
    unless mail is to be sent. Findings (1), unread files (3) and stamps (5) are results, not failures."""
    waits = "Wants=network-online.target\nAfter=network-online.target\n" if job.network else ""
    families = "AF_UNIX AF_INET AF_INET6" if job.network else "AF_UNIX"
    # Where the unit sees a network, the processes that read files still cut themselves off from it.
    namespaces = "net user" if job.network else "yes"
    return f"""\
[Unit]
Description={plain(_("dossier: việc hằng đêm của kho {name}").format(name=job.name))}
RequiresMountsFor={quoted(str(job.archive))} {quoted(str(job.state))}
{waits}
[Service]
Type=oneshot
ExecStart={" ".join(quoted(part).replace("$", "$$") for part in job.command)}
SuccessExitStatus=1 3 5
UMask=0077
Nice=10
IOSchedulingClass=idle
ReadOnlyPaths={quoted(str(job.archive))}
ReadWritePaths={quoted(str(job.state))}
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
PrivateNetwork={"no" if job.network else "yes"}
RestrictAddressFamilies={families}
{CONFINED}\
RestrictNamespaces={namespaces}
ProtectProc=invisible
RemoveIPC=yes
{capabilities(job)}"""


def capabilities(job: ScheduledRun) -> str:
    """Of what root may do, only to read and write other people's files (and to cut workers off from the
    network); a person's own service manager has nothing to take away."""
    if not job.system:
        return ""
    kept = "CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER"
    return f"CapabilityBoundingSet={kept}{' CAP_SYS_ADMIN' if job.network else ''}\n"


def systemd_timer(job: ScheduledRun) -> str:
    """The timer of :func:`systemd_service`; a night that was slept through is made up for."""
    return f"""\
[Unit]
Description={plain(_("dossier: hẹn giờ việc hằng đêm của kho {name}").format(name=job.name))}

[Timer]
OnCalendar=*-*-* {_hour(job):%H:%M}:00
RandomizedDelaySec=5min
Persistent=true

[Install]
WantedBy=timers.target
"""


def windows_task(job: ScheduledRun) -> bytes:
    """A task for Windows' Task Scheduler, in UTF-16 with a mark as it wants it.

    It runs whether its person is logged on or not. For that Windows needs no password (``S4U``), but then the
    task is nobody to other machines: for an archive on a share it is told the password once (``Password``).
    """
    logon = "Password" if job.share else "S4U"
    text = f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{in_xml(_("dossier: việc hằng đêm của kho {name}").format(name=job.name))}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{_hour(job):%H:%M}:00</StartBoundary>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author"><LogonType>{logon}</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
    <Priority>8</Priority>
  </Settings>
{task_action(job)}</Task>
"""
    return text.replace("\n", "\r\n").encode("utf-16")


def task_action(job: ScheduledRun) -> str:
    """What a task runs. It works in the program's folder: a path there has at most 260 characters, which a
    state's may have more of."""
    program, *arguments = job.command
    return f"""\
  <Actions Context="Author">
    <Exec>
      <Command>{in_xml(program)}</Command>
      <Arguments>{in_xml(list2cmdline(arguments))}</Arguments>
      <WorkingDirectory>{in_xml(str(Path(program).parent))}</WorkingDirectory>
    </Exec>
  </Actions>
"""


def crontab_line(job: ScheduledRun) -> str:
    """A line for ``crontab -e``."""
    at = _hour(job)
    return f"{at.minute} {at.hour} * * * {in_crontab(job)}\n"


def in_crontab(job: ScheduledRun) -> str:
    """The command as a line of a crontab ends, silent; ``%`` means a new line there and is escaped."""
    run = " ".join(shlex.quote(part) for part in job.command).replace("%", r"\%")
    return f"{run} >/dev/null 2>&1"


def _hour(job: ScheduledRun) -> time:
    assert job.at is not None  # only the night's work is put into these files
    return job.at


def in_xml(text: str) -> str:
    """Text as an element of a task holds it; signs that XML has no way to write are left out."""
    return escape(_NOT_IN_XML.sub("", text))


def plain(text: str) -> str:
    """Text as a unit's description takes it."""
    # A backslash at the end would take the next line with it.
    return " ".join(text.split()).replace("\\", "\\\\").replace("%", "%%")


def quoted(part: str) -> str:
    """A word of a unit's line, whatever is in it."""
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("\n", "\\n")
    return f'"{escaped}"'
