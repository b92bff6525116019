"""Names that mean something else to some system, or show another thing than they are: for nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from archives import FOUNDING, run, write

from dossier.archive import open_archive
from dossier.errors import UsageError
from dossier.usecases.create import init, new
from dossier.usecases.new_folder import new_folder
from dossier.usecases.output import deliver

BAD = [
    "CON",
    "nul",
    "com1",
    "LPT9",
    "CONIN$",
    "COM¹",
    "aux.xlsx",
    "Prn .txt",
    "a:b",
    "bao-cao.html:an",
    "x.",
    "x ",
    "a\nb",
    "a\x1bb",
    "a\x7fb",
    "a\x9bb",
    "a\u202eb",
    "a\u200bb",
    "a\u2028b",
    'a"b',
    "a|b",
    "a?b",
    "a*b",
    "a<b",
]
GOOD = ["Công an xã", "consul.html", "com10", "nulla", "$(id)", "-rf", "~", "a'b", "a;b", "a & b"]


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kho = tmp_path_factory.mktemp("once") / "kho"
    write(kho, "dossier.toml", '[archive]\nname = "Kho A"\n')
    write(kho, "Mô hình/Chợ/qd.txt", FOUNDING)
    run(kho)
    return kho


@pytest.fixture
def kho(scanned_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned_once, tmp_path / "kho")


@pytest.mark.parametrize("name", BAD, ids=repr)
def test_nothing_is_called_so(kho: Path, tmp_path: Path, name: str) -> None:
    archive = open_archive(kho)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError):
        deliver(b"x", tmp_path / name, archive, force=True)
    with pytest.raises(UsageError), new_folder(tmp_path / name, archive):
        pass
    with pytest.raises(UsageError), new_folder(tmp_path / name / "gói", archive):
        pass
    with pytest.raises(UsageError):
        init(tmp_path / name)
    if name.strip() == name and name.isprintable():  # what a space may stand for does no harm
        with pytest.raises(UsageError):
            new(archive, "mo-hinh", name)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "name", ["a\x1bb", "a\x7fb", "a\x9bb", "a\u202eb", "a\u200bb", ".an", ".git"], ids=repr
)
def test_no_dossier_is_called_so(kho: Path, name: str) -> None:
    with pytest.raises(UsageError):
        new(open_archive(kho), "mo-hinh", name)


@pytest.mark.parametrize("name", GOOD)
def test_what_only_looks_odd_is_taken(kho: Path, tmp_path: Path, name: str) -> None:
    archive = open_archive(kho)
    assert deliver(b"x", tmp_path / name, archive) == tmp_path / name
    assert new(archive, "mo-hinh", name).is_dir()
