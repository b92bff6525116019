"""What the kernel cannot tell of: watches that ran out, files that lie elsewhere. Nothing is simulated."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, again, put, write
from watching import PATIENCE, lines_until, start, until

from dossier.archive import open_archive

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify and FUSE are Linux's")


def _limited(name: str, value: int) -> list[str]:
    """A program that starts another one with that limit, which holds for nobody else: in a user
    namespace of its own (user_namespaces(7), namespaces' /proc/sys/user)."""
    under = ["unshare", "-Ur", "sh", "-c", f'echo {value} >/proc/sys/user/{name} && exec "$@"', "sh"]
    if subprocess.run([*under, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no user namespaces here")
    return under


def _names(root: Path) -> list[str]:
    return sorted(d.path.rpartition("/")[2] for d in again(open_archive(root)).documents)


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


@pytest.mark.slow  # a process for each limit
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("max_inotify_watches", 3, "fs.inotify.max_user_watches"),  # at the start
        ("max_inotify_watches", 6, "fs.inotify.max_user_watches"),  # when folders are made
        ("max_inotify_instances", 0, "fs.inotify.max_user_instances"),
    ],
)
def test_limits_of_the_kernel_lead_to_listing(tmp_path: Path, name: str, value: int, said: str) -> None:
    (tmp_path / "dossier.toml").write_text("[watch]\npoll_seconds = 1\n")
    put(tmp_path, a_txt=FOUNDING)
    write(tmp_path, "mo-hinh/B/b.txt", SURVEY)
    with _ended(start(tmp_path, under=_limited(name, value))) as process:
        events = lines_until(process, "caught-up")
        for number in range(4):
            write(tmp_path, f"mo-hinh/Mới {number}/{number}.txt", PROPOSAL + str(number))
        until(lambda: len(_names(tmp_path)) == 6)
        (tmp_path / "mo-hinh/Mới 1/1.txt").unlink()
        until(lambda: len(_names(tmp_path)) == 5)
        process.terminate()
        assert process.stdout is not None
        out = [str(event) for event in events] + process.stdout.readlines()
    assert any(said in line for line in out)


@pytest.fixture
def share(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """What others see and what is mounted here: a folder shown through FUSE, which tells of no change."""
    behind, mounted = tmp_path / "máy chủ", tmp_path / "kho"
    behind.mkdir()
    mounted.mkdir()
    if shutil.which("bindfs") is None:
        assert not os.environ.get("CI"), "bindfs is missing"
        pytest.skip("bindfs is not installed")
    done = subprocess.run(["bindfs", behind, mounted], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr}")
    yield behind, mounted
    for command in (["umount", str(mounted)], ["fusermount3", "-u", str(mounted)]):
        if not subprocess.run(command, capture_output=True, check=False).returncode:
            return


_QUICK = "[watch]\npoll_seconds = 1\nnetwork_quiet_seconds = 1\n"


def test_share_is_listed_and_what_others_do_there_is_seen(tmp_path: Path, share: tuple[Path, Path]) -> None:
    behind, mounted = share
    (behind / "dossier.toml").write_text(_QUICK)
    put(behind, a_txt=FOUNDING)
    with _ended(start(mounted, "--state", str(tmp_path / "state"))) as process:
        (watching,) = (e for e in lines_until(process, "caught-up") if e["event"] == "watching")
        assert watching["parts"] == ["polling"]
        assert "fuse" in str(watching["detail"])
        put(behind, c_txt=PROPOSAL)  # on the other machine: this one's kernel sees nothing
        (behind / "mo-hinh/A/a.txt").rename(behind / "mo-hinh/A/khác.txt")
        events = lines_until(process, "caught-up")
    known = again(open_archive(mounted, tmp_path / "state"))
    assert sorted(d.path for d in known.documents) == ["mo-hinh/A/c.txt", "mo-hinh/A/khác.txt"]
    assert [e.get("path") for e in events if e["event"] == "read"] == ["mo-hinh/A/c.txt"]


def test_share_below_a_local_archive_is_listed_and_the_rest_is_not(
    tmp_path: Path, share: tuple[Path, Path]
) -> None:
    behind, mounted = share
    (tmp_path / "dossier.toml").write_text(_QUICK + '[archive]\ndossiers = {"mo-hinh" = ["kho/*"]}\n')
    write(behind, "Từ xa/a.txt", FOUNDING)
    write(tmp_path, "mo-hinh/Gần/b.txt", SURVEY)
    with _ended(start(tmp_path)) as process:
        told = [e for e in lines_until(process, "caught-up") if e["event"] == "watching"]
        assert {str(e["path"]): e["parts"] for e in told} == {
            str(tmp_path): ["inotify"], str(mounted): ["polling"],
        }  # fmt: skip
        write(behind, "Từ xa/c.txt", PROPOSAL)
        until(lambda: "c.txt" in _names(tmp_path))
        write(tmp_path, "mo-hinh/Gần/d.txt", PROPOSAL)
        until(lambda: "d.txt" in _names(tmp_path))
