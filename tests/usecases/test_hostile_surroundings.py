"""What lies where output is to go, what configuration says, what others send, what addresses hold: nothing of
it changes a file, hangs, is run, or tells a password."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archives import FOUNDING, run, write
from click.testing import CliRunner

from dossier.archive import Archive, open_archive
from dossier.catalogue.server import MOVED, Server, remember_server, server_at
from dossier.cli import root as cli
from dossier.errors import ConfigurationError, DossierError
from dossier.scanner.discover import walk
from dossier.usecases import bundles
from dossier.usecases.output import deliver
from dossier.usecases.package.metadata import table
from dossier.usecases.package.verify import verify_package


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scanned archive, beside it another one, and a folder of somebody's own."""
    place = tmp_path_factory.mktemp("chỗ")
    for name in ("kho", "khác"):
        write(place / name, "dossier.toml", f'[archive]\nname = "{name}"\n')
        write(place / name, "Mô hình/Chợ/qd.txt", FOUNDING)
    run(place / "kho")
    write(place, "ngoài/của tôi.html", "của tôi")
    write(place, "ngoài/hồ sơ/hoso.toml", "")
    (place / "ngoài/tệp").write_text("không phải thư mục")
    return place / "kho"


def everything(place: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(place)): file.read_bytes()
        for file in place.rglob("*")
        if file.is_file()
        and not file.is_fifo()
        and ".dossier/lock" not in str(file)
        and "sqlite-" not in file.name
    }


def linked(place: Path, name: str, to: str) -> str:
    (place / name).unlink(missing_ok=True)
    (place / name).symlink_to(to)
    return name


def pipe(place: Path, name: str) -> str:
    (place / name).unlink(missing_ok=True)
    os.mkfifo(place / name)
    return name


# Where to, from the folder that holds the archives.
OUTPUTS: dict[str, Callable[[Path], str]] = {
    "link to a file": lambda p: linked(p, "l1.html", "ngoài/của tôi.html"),
    "link to nothing": lambda p: linked(p, "l2.html", "ngoài/chưa có.html"),
    "link to an original": lambda p: linked(p, "l3.html", "kho/Mô hình/Chợ/qd.txt"),
    "link to a dossier": lambda p: linked(p, "l4", "kho/Mô hình/Chợ") + "/moi.html",
    "link to a link": lambda p: linked(p, "l6", linked(p, "l5", "kho/Mô hình")) + "/Chợ/moi.html",
    "link in a circle": lambda p: linked(p, "l7", "l7") + "/moi.html",
    "link to the state": lambda p: linked(p, "l8", "kho/.dossier") + "/moi.html",
    "link in the archive to itself": lambda p: linked(p / "kho", "l9", ".") and "kho/l9/moi.html",
    "pipe that nobody reads": lambda p: pipe(p, "ống.html"),
    "pipe in a dossier": lambda p: pipe(p, "kho/Mô hình/Chợ/ống.html"),
    "folder": lambda _: "ngoài",
    "below a file": lambda _: "ngoài/tệp/moi.html",
    "original": lambda _: "kho/Mô hình/Chợ/qd.txt",
    "other archive's dossier": lambda _: "khác/Mô hình/Chợ/moi.html",
    "other archive's state": lambda _: "khác/.dossier/moi.html",
    "other archive's configuration": lambda _: "khác/dossier.toml",
    "lone dossier": lambda _: "ngoài/hồ sơ/moi.html",
    "declaration": lambda _: "ngoài/hoso.toml",
    "declaration in capitals": lambda _: "ngoài/HOSO.TOML",
    "configuration in capitals": lambda _: "kho/DOSSIER.TOML",
    "retention in capitals": lambda _: "kho/Retention.Toml",
    "checklists in capitals": lambda _: "kho/CHECKLISTS/moi.toml",
    "state in capitals": lambda _: "kho/.DOSSIER/moi.html",
    "catalogue": lambda _: "kho/.dossier/catalogue.sqlite",
    "log of the catalogue": lambda _: "kho/.dossier/catalogue.sqlite-wal",
    "around a dossier": lambda _: "ngoài/../kho/Mô hình/Chợ/../Chợ/moi.html",
    "device of Windows": lambda _: "ngoài/CON.html",
    "stream of Windows": lambda _: "ngoài/của tôi.html:x",
    "turned round": lambda _: "ngoài/a\u202elmth.exe",
    "line break": lambda _: "ngoài/a\nb.html",
    "trailing dot": lambda _: "ngoài/của tôi.html.",
    "zero": lambda _: "ngoài/a\0b.html",
    "too long": lambda _: "ngoài/" + "a" * 300 + ".html",
    "no name": lambda _: "ngoài/..",
}  # fmt: skip


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_lands_on_nothing_it_did_not_make(kho: Path, name: str) -> None:
    place = kho.parent
    target = OUTPUTS[name](place)
    before = everything(place)
    with pytest.raises(DossierError):
        deliver(b"moi", place / target, open_archive(kho), force=True)
    assert everything(place) == before


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c calc'!A1", '=HYPERLINK("http://x")')


@pytest.mark.parametrize("cell", FORMULAS)
def test_cell_of_a_table_is_no_formula(cell: str) -> None:
    row = table([{"a": cell}], ["a"]).decode("utf-8-sig").split("\r\n", 1)[1]
    assert row.lstrip('"').startswith("'")


SECRET = "BiMat2026"
ADDRESSES = (
    "postgresql://u:{}@h/d", "postgres://u:{}@h/d", "postgresql://u:a@{}@h/d", "postgresql://u:a/{}@h/d",
    "postgresql://u:a?{}@h/d", "postgresql://u:a#{}@h/d", "postgresql://u:a:{}@h/d", "postgresql://u:{}@h:abc/d",
    "postgresql://u:{}@h", "http://u:{}@h/d", "postgres:u:{}@h/d", "host=h password={} user=u",
    "postgresql://u@h/d?password={}", "postgresql://u@h/d?user=u&sslpassword={}&x=1",
    "postgresql://u@h/d?PASSWORD={}", "postgresql://[u:{}@h/d", "postgresql://:{}@h/d", "postgresql:///d?password={}",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_password_of_an_address_is_told_nowhere(tmp_path: Path, address: str) -> None:
    try:
        server = server_at(address.format(SECRET), "kho_a")
    except ConfigurationError as error:
        assert SECRET not in f"{error}{error.advice}{error!r}"
    else:
        remember_server(tmp_path, server)
        told = f"{server.shown}{server!r}{(tmp_path / MOVED).read_text()}"
        assert SECRET not in told
        assert isinstance(server, Server)


def tree(place: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        write(place, name, content)
    return place


def bagged(place: Path, manifest: str, **more: str) -> Path:
    head = "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
    files = {"bagit.txt": head, "data/a.txt": "a", "manifest-sha256.txt": manifest}
    return tree(place / "gói", files | {name.replace("_", "."): text for name, text in more.items()})


NO_SUM = "0" * 64
BAGS: dict[str, Callable[[Path], Path]] = {
    "path that leads out": lambda p: bagged(p, f"{NO_SUM}  data/../../rieng.txt\n"),
    "absolute path": lambda p: bagged(p, f"{NO_SUM}  /etc/hostname\n"),
    "path of a home": lambda p: bagged(p, f"{NO_SUM}  ~/rieng.txt\n"),
    "file of the system to fetch": lambda p: bagged(p, "", fetch_txt="file:///etc/hostname 1 data/b.txt\n"),
    "nothing in the list": lambda p: bagged(p, ""),
    "list of one line": lambda p: bagged(p, "x" * 100_000),
    "list in other letters": lambda p: bagged(p, "\0\0\0"),
    "list of a million dots": lambda p: bagged(p, f"{NO_SUM}  data/" + "../" * 5000 + "x\n"),
    "no such version": lambda p: tree(p / "gói", {"bagit.txt": "BagIt-Version: 99\n", "data/a": ""}),
    "no bag": lambda p: tree(p / "gói", {"a.txt": ""}),
    "empty declaration": lambda p: tree(p / "gói", {"bagit.txt": "", "data/a": ""}),
}


@pytest.mark.parametrize("name", BAGS)
def test_package_of_others_is_faulty_or_none(tmp_path: Path, name: str) -> None:
    place = BAGS[name](tmp_path)
    try:
        assert verify_package(place).faults
    except DossierError:
        pass


def packed(place: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(place / "a.hoso", "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return place / "a.hoso"


def put(place: Path, content: bytes) -> Path:
    (place / "a.hoso").write_bytes(content)
    return place / "a.hoso"


BUNDLES: dict[str, Callable[[Path], Path]] = {
    "nothing": lambda p: put(p, b""),
    "no archive": lambda p: put(p, b"PK\x03\x04" + b"x" * 1000),
    "member that leads out": lambda p: packed(p, ("../../x", b"x")),
    "empty archive": packed,
    "bomb": lambda p: packed(p, ("figures.json", b" " * (64 << 20)), ("signature", b"x")),
    "pipe": lambda p: p / pipe(p, "a.hoso"),
    "link": lambda p: p / linked(p, "a.hoso", "/dev/zero"),
    "folder": lambda p: tree(p / "a.hoso", {"x": ""}),
    "missing": lambda p: p / "không có",
}


@pytest.mark.parametrize("name", BUNDLES)
def test_bundle_of_others_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DossierError):
        bundles.opened(BUNDLES[name](tmp_path), {})


# Declarations that are well written and want what they may not have.
DECLARED = {
    "name with controls": 'name = "a\\u001b[31m"',
    "name with a path": 'name = "../../x"',
    "kind with a path": 'kind = "../../etc/passwd"',
    "kind that is a list": "kind = [1]",
    "table for a name": "[name]\nx = 1",
    "day that is none": "closed = 9999-99-99",
    "number for text": "name = 1e999",
    "key of the language": '"__class__" = "x"',
}


@pytest.mark.parametrize("name", DECLARED)
@pytest.mark.parametrize("file", ["hoso.toml", "dossier.toml", "checklists/x.toml"])
def test_declaration_harms_nothing_but_itself(tmp_path: Path, file: str, name: str) -> None:
    write(tmp_path, "Mô hình/A/qd.txt", FOUNDING)
    write(tmp_path, "Mô hình/A/hoso.toml" if file == "hoso.toml" else file, DECLARED[name])
    try:
        archive: Archive = open_archive(tmp_path)
        _all = archive.retention_packs, archive.checklists
        found = walk(archive)
    except ConfigurationError:
        assert file != "hoso.toml"
    else:
        assert file == "hoso.toml"
        assert all(folder.path.startswith("Mô hình") for folder in found.dossiers)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("command", ["decisions import", "restore", "package verify"])
def test_pipe_given_as_a_file_is_refused_and_not_waited_for(kho: Path, tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "ống")
    where = [] if command == "package verify" else ["--archive", str(kho)]
    done = CliRunner().invoke(cli, [*command.split(), str(tmp_path / "ống"), *where])
    assert isinstance(done.exception, DossierError) and "ống" in str(done.exception)


def test_file_dated_beyond_what_a_database_can_keep_is_read_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, "mo-hinh/A/a.txt", FOUNDING)
    write(tmp_path, "mo-hinh/A/b.txt", FOUNDING.replace("Điều 1", "Điều 2"))
    os.utime(tmp_path / "mo-hinh/A/a.txt", (10_000_000_000, 10_000_000_000))  # the year 2286
    _counts, report = run(tmp_path)
    assert len(report.documents) == 2
    counts, _report = run(tmp_path)
    assert counts.unchanged == 2
