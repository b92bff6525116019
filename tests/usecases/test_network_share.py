"""Archives on a share of a real file server: their state lies on the machine that reads them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from archives import FOUNDING, SURVEY, put, run, write
from click.testing import CliRunner
from samba_server import Share
from watching import until, watched

from dossier import state_home
from dossier.archive import find_root, open_archive
from dossier.cli import root as cli
from dossier.errors import ArchiveError, UsageError
from dossier.index import Filters
from dossier.usecases.assess import assess
from dossier.usecases.decide import assign
from dossier.usecases.nightly import nightly
from dossier.usecases.output import check
from dossier.usecases.search import search

NOTICED = 10.0  # seconds in which a new file on a share is to be found


class Machine:
    """One computer: its mount of the share, and its user's own folder."""

    def __init__(self, share: Share, home: Path, use: pytest.MonkeyPatch) -> None:
        self.mounted = share.mount()
        self._home, self._use = home, use

    def sit_down(self) -> None:
        self._use.setenv("XDG_STATE_HOME", str(self._home))


@pytest.fixture
def machine(share: Share, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Machine]:
    count = iter(range(9))

    def made() -> Machine:
        one = Machine(share, tmp_path / f"home-{next(count)}", monkeypatch)
        one.sit_down()
        return one

    return made


@pytest.fixture
def name(share: Share) -> str:
    """An archive on the share, by the folder's name."""
    name = f"kho-{uuid4().hex[:8]}"
    put(share.files / name, a_txt=FOUNDING, b_txt=SURVEY)
    return name


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def found(root: Path, query: str) -> int:
    return search(open_archive(root), query, Filters()).total


def test_scan_keeps_its_state_on_the_machine_and_nothing_on_the_share(
    share: Share, machine: Callable[[], Machine], name: str, tmp_path: Path
) -> None:
    root = machine().mounted / name
    before = everything(share.files / name)
    said = CliRunner().invoke(cli, ["scan", str(root), "--workers", "1"])
    archive = open_archive(root)
    assert archive.state.is_relative_to(tmp_path / "home-0" / "dossier")
    assert str(archive.state) in said.stderr
    assert everything(share.files / name) == before
    assert found(root, "khảo sát") == 1


def test_scan_again_reads_nothing_anew(machine: Callable[[], Machine], name: str) -> None:
    root = machine().mounted / name
    run(root)
    counts = run(root)[0]
    assert (counts.read, counts.unchanged) == (0, 2)


def test_change_made_by_another_machine_is_read(
    share: Share, machine: Callable[[], Machine], name: str
) -> None:
    root = machine().mounted / name
    run(root)
    put(share.files / name, b_txt=SURVEY.replace("Khảo sát", "Điều tra"), c_txt=FOUNDING)
    (share.files / name / "mo-hinh/A/a.txt").unlink()
    until(lambda: not (root / "mo-hinh/A/a.txt").exists())  # a mount remembers names for a moment
    run(root)
    assert sorted(d.path for d in run(root)[1].documents) == ["mo-hinh/A/b.txt", "mo-hinh/A/c.txt"]
    assert found(root, "điều tra") == 1


def test_two_machines_on_one_share_do_not_get_in_each_other_s_way(
    machine: Callable[[], Machine], name: str
) -> None:
    one, other = machine(), machine()
    states = []
    for at in (one, other):
        at.sit_down()
        run(at.mounted / name)
        states.append(open_archive(at.mounted / name).state)
    assign(open_archive(other.mounted / name), "mo-hinh/A/a.txt", ["2"])
    assert [p.part for d in run(other.mounted / name)[1].documents for p in d.placements if p.item == 2]
    one.sit_down()
    assert states[0] != states[1]
    assert [p.part for d in run(one.mounted / name)[1].documents for p in d.placements if p.item == 2] == []


def test_two_machines_scan_at_once(machine: Callable[[], Machine], name: str, tmp_path: Path) -> None:
    machines = [machine(), machine()]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "dossier", "scan", one.mounted / name, "--workers", "1"],
            env={**os.environ, "XDG_STATE_HOME": str(tmp_path / f"home-{number}")},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for number, one in enumerate(machines)
    ]  # fmt: skip
    assert [process.wait(120) for process in running] == [1, 1]
    for one in machines:
        one.sit_down()
        assert found(one.mounted / name, "khảo sát") == 1


def test_state_is_found_again_however_the_share_is_mounted(share: Share, name: str) -> None:
    one, other = share.mount(), share.mount()
    run(one / name)
    assert found(other / name, "khảo sát") == 1
    assert run(other / name)[0].unchanged == 2


def test_folder_of_an_archive_on_a_share_is_known_for_a_part_of_it(
    machine: Callable[[], Machine], name: str
) -> None:
    root = machine().mounted / name
    assert find_root(root / "mo-hinh/A") == root / "mo-hinh/A"
    run(root)
    assert find_root(root / "mo-hinh/A") == root


def test_new_file_on_a_share_is_found_in_time(
    share: Share, machine: Callable[[], Machine], name: str
) -> None:
    root = machine().mounted / name
    with watched(root) as it:
        begun = time.monotonic()
        put(share.files / name, c_txt=FOUNDING.replace("Camera an ninh", "Tiếng trống an ninh"))
        until(lambda: it.failure or it.found("tiếng trống"))
        took = time.monotonic() - begun
        it.until_names("A/a.txt", "A/b.txt", "A/c.txt")
    load = max(os.getloadavg()[0] / (os.cpu_count() or 1), 1)
    assert took < NOTICED * load


def test_night_on_a_share_writes_its_reports_on_the_machine(
    share: Share, machine: Callable[[], Machine], name: str
) -> None:
    root = machine().mounted / name
    before = everything(share.files / name)
    night = nightly(open_archive(root), date(2023, 4, 1), workers=1)
    assert night.folder is not None
    assert night.folder.is_relative_to(open_archive(root).state)
    assert everything(share.files / name) == before


def test_share_that_went_away_is_no_deletion(machine: Callable[[], Machine], share: Share, name: str) -> None:
    at = machine()
    run(at.mounted / name)
    (share.files / name).rename(share.files / "kept")
    until(lambda: not (at.mounted / name).exists())
    (at.mounted / name).mkdir()
    with pytest.raises(ArchiveError, match="ổ mạng"):
        nightly(open_archive(at.mounted / name), date(2023, 4, 1), workers=1)
    assert found(at.mounted / name, "khảo sát") == 1


def test_state_that_lay_on_the_share_is_told_with_what_brings_the_decisions_over(
    share: Share, machine: Callable[[], Machine], name: str
) -> None:
    run(share.files / name)  # the server's own scan: there it is a local disk
    said = CliRunner().invoke(cli, ["scan", str(machine().mounted / name), "--workers", "1"])
    assert "decisions export" in said.stderr


def test_output_never_lands_in_a_state_outside_its_archive(
    machine: Callable[[], Machine], name: str, tmp_path: Path
) -> None:
    root = machine().mounted / name
    run(root)
    state = open_archive(root).state
    other = tmp_path / "khác"
    put(other, a_txt=FOUNDING)
    run(other)
    for archive in (open_archive(root), open_archive(other)):
        for target in (state / "catalogue.sqlite", state / "mới.json", state.parent / "mới.json"):
            with pytest.raises(UsageError):
                check(target, archive, force=True)


def test_renamed_server_is_told_with_the_state_of_before(
    share: Share, machine: Callable[[], Machine], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = machine().mounted / name
    run(root)
    before = open_archive(root).state
    monkeypatch.setattr(state_home, "share_of", lambda _root, _table=None: "//may-chu-moi/kho")
    (before / "archive.json").write_text('{"archive": "/mnt/cũ", "share": "//may-chu-cu/kho"}', "utf-8")
    said = CliRunner().invoke(cli, ["scan", str(root), "--workers", "1"])
    assert str(before) in said.stderr
    assert "//may-chu-cu/kho" in said.stderr


def test_archive_nobody_may_write_to_has_its_state_in_the_user_s_folder(unprivileged: Path) -> None:
    root = unprivileged / "kho"
    put(root, a_txt=FOUNDING)
    root.chmod(0o555)
    run(root)
    archive = open_archive(root)
    assert archive.state_why == "read-only"
    assert archive.state.is_relative_to(state_home.home())
    assert found(root, "camera") == 1
    root.chmod(0o755)
    assert open_archive(root).state == root / ".dossier"


def test_archive_that_may_only_be_read_answers_from_what_its_owner_scanned(unprivileged: Path) -> None:
    root = unprivileged / "kho"
    put(root, a_txt=FOUNDING)
    run(root)
    assert found(root, "camera") == 1
    for path in (*(root / ".dossier").rglob("*"), root / ".dossier", root):
        path.chmod(0o500 if path.is_dir() else 0o400)
    archive = open_archive(root)
    assert archive.state == root / ".dossier"
    assert found(root, "camera") == 1
    assert len(assess(archive).documents) == 1
    said = CliRunner().invoke(cli, ["doctor", str(root)])
    assert "hỏng" not in said.output
    assert CliRunner().invoke(cli, ["show", str(root / "mo-hinh/A/a.txt")]).exit_code == 0


def test_home_on_a_share_keeps_the_state_in_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / ".local/state"))
    monkeypatch.setattr(state_home, "share_of", lambda _root, _table=None: "may-chu:/home")
    write(tmp_path, "dossier.toml", "")
    assert open_archive(tmp_path).state == tmp_path / ".dossier"


@pytest.mark.parametrize(
    ("source", "type_", "told"),
    [
        ("//May-Chu/Ho\\040so", "cifs", "//may-chu/ho so/kho/2024"),
        ("may-chu:/kho", "nfs4", "may-chu:/kho/Kho/2024"),
        ("/dev/sda1", "ext4", ""),
    ],
)
def test_share_is_told_by_its_server_and_the_path_on_it(source: str, type_: str, told: str) -> None:
    from dossier.mounts import parse

    table = parse(f"{source} /mnt/x {type_} rw 0 0\n".encode())
    assert state_home.share_of(Path("/mnt/x/Kho/2024"), table) == told
