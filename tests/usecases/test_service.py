"""What has the system run the night's work: shown first, hardened, well-formed, taken away again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from archives import FOUNDING, put
from lxml import etree

from dossier.archive import Archive, open_archive
from dossier.errors import UsageError
from dossier.usecases import service
from dossier.usecases.service import StartedBy
from dossier.usecases.service_files import ScheduledRun
from dossier.usecases.service_files import unit as unit_text

AT = time(2, 30)
_TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"

_SCHEMA = etree.XMLSchema(file=Path(__file__).parents[1] / "data/schemas/windows-task.xsd")


def night(kho: Archive) -> service.Plan:
    return service.plan(kho, StartedBy.WINDOWS, AT)


def page(kho: Archive) -> service.Plan:
    return service.plan_page(kho, StartedBy.WINDOWS, ())


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    root = tmp_path / ("Kho A & 100% (của) $xã" if os.name == "nt" else 'Kho "A" & 100% <của> $xã')
    put(root, a_txt=FOUNDING)
    return open_archive(root)


def units(archive: Archive, folder: Path) -> str:
    planned = service.plan(archive, StartedBy.SYSTEMD, AT, folder=folder)
    return "\n".join(content.decode() for content in planned.files.values())


def test_plan_writes_nothing(archive: Archive, tmp_path: Path) -> None:
    units(archive, tmp_path / "units")
    assert not (tmp_path / "units").exists()
    assert not archive.state.exists()


def test_unit_reads_the_archive_writes_the_state_and_sees_no_network(
    archive: Archive, tmp_path: Path
) -> None:
    text = units(archive, tmp_path)
    for line in ("ProtectSystem=strict", "PrivateTmp=yes", "PrivateNetwork=yes", "NoNewPrivileges=yes"):
        assert line in text.splitlines()
    escaped = str(archive.root).replace('"', '\\"').replace("%", "%%")
    assert f'ReadOnlyPaths="{escaped}"' in text
    assert f'ReadWritePaths="{escaped}/.dossier"' in text
    assert "OnCalendar=*-*-* 02:30:00" in text


def test_unit_sees_the_network_where_mail_is_configured(archive: Archive, tmp_path: Path) -> None:
    (archive.root / "dossier.toml").write_text('[mail]\nhost = "mail.example"\n', "utf-8")
    text = units(open_archive(archive.root), tmp_path)
    assert "PrivateNetwork=no" in text
    assert "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6" in text


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(archive: Archive, tmp_path: Path) -> None:
    planned = service.plan(archive, StartedBy.SYSTEMD, AT, folder=tmp_path / "units")
    service.install(archive, planned)
    command = ["systemd-analyze", "verify", *map(str, planned.files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("mail", [False, True])
def test_unit_is_hardened(archive: Archive, tmp_path: Path, mail: bool) -> None:
    """By the tool's own measure: 0 is nothing allowed, 10 is everything."""
    job = ScheduledRun("Kho", archive.root, archive.state, ("/bin/true",), AT, mail, system=True)
    unit = tmp_path / "dossier.service"
    unit.write_bytes(unit_text(job, "service"))
    command = ["systemd-analyze", "security", "--offline=true", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze cannot look at units that are not loaded")
    found = re.search(r"Overall exposure level for \S+: (\d+\.\d)", done.stdout)
    assert found is not None, done.stdout + done.stderr
    assert float(found[1]) < 4.5


def test_installed_units_are_known_and_removed(archive: Archive, tmp_path: Path) -> None:
    planned = service.plan(archive, StartedBy.SYSTEMD, AT, folder=tmp_path / "units")
    service.install(archive, planned)
    assert set(service.status(archive, planned)["files"].values()) == {"current"}  # type: ignore[attr-defined]
    later = service.plan(archive, StartedBy.SYSTEMD, time(4), folder=tmp_path / "units")
    assert "different" in service.status(archive, later)["files"].values()  # type: ignore[attr-defined]
    service.remove(archive, planned)
    assert list((tmp_path / "units").iterdir()) == []


def test_windows_task_is_xml_in_utf_16_that_runs_the_command(archive: Archive) -> None:
    (content,) = service.plan(archive, StartedBy.WINDOWS, AT).files.values()
    assert content[:2] == b"\xff\xfe"
    task = ElementTree.fromstring(content)
    arguments = task.findtext(f".//{_TASK}Arguments") or ""
    assert arguments.startswith("-m dossier nightly ")
    assert subprocess.list2cmdline([str(archive.root)]) in arguments
    assert (task.findtext(f".//{_TASK}StartBoundary") or "").endswith("T02:30:00")


@pytest.mark.parametrize("name", ["A & B < C > \"D\" 'E' ]]>", "Kho\x0bA", "Kho \ufffe", "Kho Đà Nẵng 😀"])
@pytest.mark.parametrize("planned", [night, page])
def test_windows_task_is_whole_whatever_the_archive_is_called(
    archive: Archive, name: str, planned: Callable[[Archive], service.Plan]
) -> None:
    config = replace(archive.config, archive=replace(archive.config.archive, name=name))
    (content,) = planned(replace(archive, config=config)).files.values()
    described = ElementTree.fromstring(content).findtext(f".//{_TASK}Description") or ""
    assert described.endswith(name.replace("\x0b", "").replace("\ufffe", ""))
    _SCHEMA.assertValid(etree.fromstring(content))


@pytest.mark.parametrize("planned", [night, page])
def test_windows_task_of_a_state_with_a_long_path_keeps_to_the_schema(
    archive: Archive, planned: Callable[[Archive], service.Plan]
) -> None:
    deep = archive.root.joinpath(*["Công an xã " * 4 + "A"] * 6)
    (content,) = planned(replace(archive, state=deep)).files.values()
    _SCHEMA.assertValid(etree.fromstring(content))


@pytest.mark.parametrize("name", ["Kho %TEMP%", "Kho $(Arg0)"])
@pytest.mark.parametrize("planned", [night, page])
def test_windows_task_for_a_folder_whose_name_windows_would_change_is_refused(
    archive: Archive, name: str, planned: Callable[[Archive], service.Plan]
) -> None:
    with pytest.raises(UsageError):
        planned(replace(archive, root=archive.root.with_name(name)))


def test_crontab_line_runs_the_command_whatever_the_path(archive: Archive) -> None:
    line = service.plan(archive, StartedBy.CRON, AT).line
    assert line.startswith("30 2 * * * ")
    run = line.removeprefix("30 2 * * * ").replace(r"\%", "%").replace(">/dev/null 2>&1", "")
    shown = subprocess.run(["sh", "-c", f"printf '%s\\n' {run}"], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[1:] == ["-m", "dossier", "nightly", str(archive.root), "--wait", "7200"]


def test_windows_task_needs_no_password_for_an_archive_on_a_disk_of_the_machine(archive: Archive) -> None:
    planned = service.plan(archive, StartedBy.WINDOWS, AT)
    (content,) = planned.files.values()
    assert ElementTree.fromstring(content).findtext(f".//{_TASK}LogonType") == "S4U"
    assert "/RP" not in planned.start[0]


def test_windows_task_for_a_share_runs_as_the_person_and_a_person_types_the_password(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = r"\\may-chu\ho so\Kho 2026"
    monkeypatch.setattr(service, "unc", lambda _path: share)
    monkeypatch.setenv("USERDOMAIN", "PHUONG")
    monkeypatch.setenv("USERNAME", "van.thu")
    planned = service.plan(archive, StartedBy.WINDOWS, AT)
    (content,) = planned.files.values()
    task = ElementTree.fromstring(content)
    assert task.findtext(f".//{_TASK}LogonType") == "Password"
    assert f'"{share}"' in (task.findtext(f".//{_TASK}Arguments") or "")  # not by the drive letter
    assert planned.start[0][-4:] == ("/RU", r"PHUONG\van.thu", "/RP", "*")
    monkeypatch.setattr("shutil.which", lambda name: name)
    assert service.install(archive, planned) == [*planned.start]
