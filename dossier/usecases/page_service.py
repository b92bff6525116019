"""Have the system run ``dossier serve`` from its start on: the files for that. See :mod:`.service`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dossier.archive import Archive
from dossier.i18n import _
from dossier.usecases.output import check_folder
from dossier.usecases.service import Plan, StartedBy, as_oneself, check_names, user_units
from dossier.usecases.service_files import (
    CONFINED,
    ScheduledRun,
    capabilities,
    in_crontab,
    in_xml,
    plain,
    quoted,
    task_action,
)
from dossier.windows.shares import unc


def plan(archive: Archive, kind: StartedBy, options: tuple[str, ...], *, folder: Path | None = None) -> Plan:
    """What would be installed; writes nothing. ``options`` of ``dossier serve`` as a person would write them;
    ``folder`` instead of the usual one for such files."""
    check_names(archive, kind)
    if folder is not None:
        check_folder(folder, archive)
    share = unc(archive.root) if kind is StartedBy.WINDOWS else ""
    command = [sys.executable, "-m", "dossier", "serve", share or str(archive.root), "--no-browser", *options]
    if archive.state.parent != archive.root:
        command += ["--state", str(archive.state)]
    everybody = os.name == "posix" and os.geteuid() == 0
    job = ScheduledRun(
        archive.name, archive.root, archive.state, tuple(command), None, True, everybody, bool(share), "page"
    )
    if kind is StartedBy.CRON:
        return Plan(kind, {}, line=f"@reboot {in_crontab(job)}\n")
    if kind is StartedBy.WINDOWS:
        file, task = (folder or archive.state) / f"{job.id}.xml", f"dossier\\{job.id}"
        return Plan(
            kind,
            {file: windows_task(job)},
            (
                ("schtasks", "/Create", "/F", "/TN", task, "/XML", str(file), *as_oneself(job)),
                ("schtasks", "/Run", "/TN", task),
            ),
            (("schtasks", "/End", "/TN", task), ("schtasks", "/Delete", "/F", "/TN", task)),
        )
    where = folder or (Path("/etc/systemd/system") if everybody else user_units())
    systemctl = ("systemctl",) if everybody else ("systemctl", "--user")
    unit = f"{job.id}.service"
    return Plan(
        kind,
        {where / unit: systemd_service(job).encode()},
        ((*systemctl, "daemon-reload"), (*systemctl, "enable", "--now", unit)),
        ((*systemctl, "disable", "--now", unit), (*systemctl, "daemon-reload")),
    )


def systemd_service(job: ScheduledRun) -> str:
    """The unit of the page. It writes the state, and the archive only to file what waits in the inbox, on a
    person's word; the processes that read files cut themselves off from the network. A lock that another
    process holds is waited for by starting again."""
    target = "multi-user.target" if job.system else "default.target"
    return f"""\
[Unit]
Description={plain(_("dossier: trang của kho {name}").format(name=job.name))}
RequiresMountsFor={quoted(str(job.archive))} {quoted(str(job.state))}
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart={" ".join(quoted(part).replace("$", "$$") for part in job.command)}
Restart=on-failure
RestartSec=10
TimeoutStopSec=30
UMask=0077
ReadWritePaths={quoted(str(job.archive))} {quoted(str(job.state))}
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
{CONFINED}\
RestrictNamespaces=net user
ProtectProc=invisible
RemoveIPC=yes
{capabilities(job)}
[Install]
WantedBy={target}
"""


def windows_task(job: ScheduledRun) -> bytes:
    """A task for Windows' Task Scheduler, from the start of the machine on, again a minute after a fault."""
    logon = "Password" if job.share else "S4U"
    text = f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{in_xml(_("dossier: trang của kho {name}").format(name=job.name))}</Description>
  </RegistrationInfo>
  <Triggers>
    <BootTrigger><Enabled>true</Enabled><Delay>PT30S</Delay></BootTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author"><LogonType>{logon}</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RestartOnFailure><Interval>PT1M</Interval><Count>255</Count></RestartOnFailure>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
{task_action(job)}</Task>
"""
    return text.replace("\n", "\r\n").encode("utf-16")
