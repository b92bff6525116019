"""Output never lands on what dossier did not write itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, run, write
from click.testing import CliRunner

from dossier.archive import open_archive
from dossier.cli import root as cli
from dossier.errors import UsageError
from dossier.usecases import new_folder as new_folder_module
from dossier.usecases import output
from dossier.usecases.create import init, new
from dossier.usecases.new_folder import new_folder
from dossier.usecases.output import check, deliver


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two scanned dossiers and one that came since, with other people's files beside."""
    kho = tmp_path_factory.mktemp("once") / "kho"
    write(kho, "dossier.toml", '[archive]\nname = "Kho A"\n')
    write(kho, "Mô hình/Chợ/qd.txt", FOUNDING)
    write(kho, "Mô hình/Camera/kh.txt", SURVEY)
    run(kho)
    write(kho, "Mô hình/Mới/qd.html", "bản gốc")
    write(kho, "ngoai.html", "của người khác")
    write(kho, "checklists/ghi-chú.txt", "")
    return kho


@pytest.fixture
def kho(scanned_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned_once, tmp_path / "kho")


def everything(root: Path) -> dict[str, bytes]:
    return {
        str(f.relative_to(root)): f.read_bytes()
        for f in root.rglob("*")
        if f.is_file() and not f.name.startswith(("lock", "catalogue.sqlite-", "last-answer"))
    }


COMMANDS = {
    "report": ["report", "KHO", "--format", "html", "-o"],
    "report of another dossier": ["report", "KHO", "--dossier", "Mô hình/Camera", "--format", "html", "-o"],
    "inventory": ["inventory", "KHO", "--choose", "Camera", "-o"],
    "due": ["due", "KHO", "--ics"],
    "trend": ["trend", "KHO", "--html"],
    "search": ["search", "--archive", "KHO", "camera", "--export"],
    "decisions": ["decisions", "export", "--archive", "KHO"],
    "scan": ["scan", "KHO", "--workers", "1", "--json"],
    "backup": ["backup", "--archive", "KHO"],
}
PLACES = {
    "scanned dossier": "Mô hình/Chợ/qd.txt",
    "new file in a scanned dossier": "Mô hình/Chợ/moi.xlsx",
    "dossier nobody scanned": "Mô hình/Mới/qd.html",
    "folder in a dossier nobody scanned": "Mô hình/Mới/moi.xlsx",
    "file beside the dossiers": "ngoai.html",
    "configuration": "dossier.toml",
    "new configuration": "retention.toml",
    "checklist": "checklists/ghi-chú.txt",
    "new checklist": "checklists/moi.toml",
    "catalogue": ".dossier/catalogue.sqlite",
    "new file in the state": ".dossier/moi.xlsx",
    "manifest": "hoso.toml",
    "through a link to a folder": "lien-ket/moi.xlsx",
    "through a link to a file": "lien-ket.xlsx",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_writes_onto_what_is_in_an_archive(kho: Path, command: str) -> None:
    (kho / "lien-ket").symlink_to(kho / "Mô hình")
    (kho / "lien-ket.xlsx").symlink_to(kho / "moi-toanh.xlsx")
    before = everything(kho)
    words = [str(kho) if word == "KHO" else word for word in COMMANDS[command]]
    for place in PLACES.values():
        for force in ([], ["--force"]):
            done = CliRunner().invoke(cli, [*words, str(kho / place), *force])
            assert isinstance(done.exception, UsageError), (place, done.output, done.exception)
    assert everything(kho) == before


def test_new_file_of_the_archive_outside_of_dossiers_is_written(kho: Path) -> None:
    archive = open_archive(kho)
    assert deliver(b"x", kho / "bao-cao.html", archive) == kho / "bao-cao.html"
    with pytest.raises(UsageError, match="trong kho; không ghi đè"):
        deliver(b"y", kho / "bao-cao.html", archive, force=True)


def test_file_elsewhere_is_replaced_only_when_told(kho: Path, tmp_path: Path) -> None:
    archive = open_archive(kho)
    (tmp_path / "cũ.html").write_text("của tôi")
    with pytest.raises(UsageError, match="không ghi đè"):
        deliver(b"x", tmp_path / "cũ.html", archive)
    assert (tmp_path / "cũ.html").read_text() == "của tôi"
    deliver(b"x", tmp_path / "cũ.html", archive, force=True)
    assert (tmp_path / "cũ.html").read_bytes() == b"x"


def test_earlier_result_for_machines_elsewhere_gives_way_to_the_next(kho: Path, tmp_path: Path) -> None:
    for _time in range(2):
        done = CliRunner().invoke(cli, ["scan", str(kho), "--json", str(tmp_path / "k.json")])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    (tmp_path / "khac.json").write_text('{"của": "tôi"}')
    with pytest.raises(UsageError):
        check(tmp_path / "khac.json", open_archive(kho))


def test_hard_link_to_an_original_is_replaced_and_the_original_stays(kho: Path, tmp_path: Path) -> None:
    os.link(kho / "Mô hình/Chợ/qd.txt", tmp_path / "qd.html")
    deliver(b"x", tmp_path / "qd.html", open_archive(kho), force=True)
    assert (kho / "Mô hình/Chợ/qd.txt").read_text("utf-8") == FOUNDING


PLACES_FOR_FOLDERS = [
    "Mô hình/ra", "Mô hình/Mới2/ra", "Mô hình/CHỢ/ra", "MÔ HÌNH/Chợ/ra", "mo hinh/ra", "riêng/2026",
    unicodedata.normalize("NFD", "Mô hình/ra"), unicodedata.normalize("NFD", "Mô hình/Chợ") + "/ra",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES_FOR_FOLDERS)
def test_no_folder_of_output_is_made_where_it_would_be_a_dossier(kho: Path, place: str) -> None:
    write(kho, "dossier.toml", '[archive]\ndossiers = {mo_hinh = ["riêng/*"]}\n')
    with pytest.raises(UsageError), new_folder(kho / place, open_archive(kho)):
        pass


def test_folder_of_output_may_be_made_beside_the_dossiers(kho: Path) -> None:
    with new_folder(kho / "xuất/ra", open_archive(kho)) as folder:
        (folder / "a.txt").write_text("x")
    assert (kho / "xuất/ra/a.txt").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="folders have numbers there only")
def test_link_put_in_the_place_of_a_folder_meanwhile_is_not_followed(
    kho: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ra").mkdir()

    def swapped(*told: object, **more: object) -> Path:
        target = check(*told, **more)  # type: ignore[arg-type]
        (tmp_path / "ra").rmdir()
        (tmp_path / "ra").symlink_to(kho / "Mô hình/Chợ")
        return target

    monkeypatch.setattr(output, "check", swapped)
    with pytest.raises(UsageError, match="liên kết"):
        deliver(b"x", tmp_path / "ra/qd.txt", open_archive(kho), force=True)
    assert (kho / "Mô hình/Chợ/qd.txt").read_text("utf-8") == FOUNDING
    assert len(list((kho / "Mô hình/Chợ").iterdir())) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="folders have numbers there only")
@pytest.mark.parametrize("when", ["before it is begun", "while it is filled"])
def test_folder_of_output_does_not_land_where_a_link_leads_that_was_put_there_meanwhile(
    kho: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    (tmp_path / "ra").mkdir()

    def swap() -> None:
        (tmp_path / "ra").rename(tmp_path / "ra cũ")
        (tmp_path / "ra").symlink_to(kho / "Mô hình/Chợ")

    def swapped(*told: object) -> Path:
        target = output.check_new_folder(*told)  # type: ignore[arg-type]
        swap()
        return target

    if when == "before it is begun":
        monkeypatch.setattr(new_folder_module, "check_new_folder", swapped)
        with pytest.raises(UsageError, match="liên kết"), new_folder(tmp_path / "ra/gói", open_archive(kho)):
            raise AssertionError
    else:
        with new_folder(tmp_path / "ra/gói", open_archive(kho)) as folder:
            swap()
            (folder / "a.txt").write_text("x")
        assert (tmp_path / "ra cũ/gói/a.txt").read_text() == "x"
    assert [path.name for path in (kho / "Mô hình/Chợ").iterdir()] == ["qd.txt"]


def test_dossier_of_another_archive_is_as_safe(kho: Path, tmp_path: Path) -> None:
    other = tmp_path / "kho khác"
    write(other, "dossier.toml", "")
    write(other, "Điển hình/Ông A/gt.txt", FOUNDING)
    write(tmp_path, "lẻ/hoso.toml", "")
    archive = open_archive(kho)
    for path in (other / "Điển hình/Ông A/moi.html", other / "dossier.toml", tmp_path / "lẻ/moi.html"):
        with pytest.raises(UsageError):
            deliver(b"x", path, archive, force=True)


def test_null_device_stays_a_device(kho: Path) -> None:
    deliver(b"x", "/dev/null", open_archive(kho), force=True)
    assert Path("/dev/null").is_char_device()


def test_report_keeps_the_umask_of_the_person(kho: Path, tmp_path: Path) -> None:
    script = (
        "import os, sys; os.umask(0o027); from dossier.cli import main;"
        f"main(['report', {str(kho)!r}, '-o', {str(tmp_path / 'b.html')!r}])"
    )
    subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert (tmp_path / "b.html").stat().st_mode & 0o777 == 0o640


def test_no_dossier_is_made_in_a_dossier_or_among_the_state_s_files(kho: Path) -> None:
    archive = open_archive(kho)
    (kho / "lk").symlink_to(kho / "Mô hình/Chợ")
    for parent in ("Mô hình/Chợ", "Mô hình/Mới/trong", ".dossier", "checklists", "lk"):
        with pytest.raises(UsageError):
            new(archive, "mo-hinh", "Tên", kho / parent)
    for folder in ("Mô hình/Chợ", ".dossier", "Mô hình/Mới/sâu"):
        with pytest.raises(UsageError):
            init(kho / folder)
    assert new(archive, "mo-hinh", "Tên").is_dir()


def test_sample_is_never_written_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    write(tmp_path, "mẫu/dossier.toml", "# của tôi")
    done = CliRunner().invoke(cli, ["demo", str(tmp_path / "mẫu"), "--dossiers", "1"])
    assert isinstance(done.exception, UsageError)
    assert (tmp_path / "mẫu/dossier.toml").read_text("utf-8") == "# của tôi"
