"""A file that is handed over is read before it is kept; what is secret, hostile or too much is refused."""

from __future__ import annotations

import os
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.archive import open_archive
from dossier.errors import ArchiveError, UsageError
from dossier.usecases import audit
from dossier.usecases.file_names import free_name, safe_name
from dossier.usecases.inbox import receiving
from dossier.usecases.inbox.receiving import SecretError
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, SURVEY, write

MARK = "Zebra7381"  # a word of the secret paper that must be nowhere afterwards
HOSTILE = {
    "../../etc/passwd": "passwd",
    "..\\..\\boot.ini": "boot.ini",
    "C:\\Users\\a\\b.pdf": "b.pdf",
    "\\\\server\\share\\c.pdf": "c.pdf",
    "CON.pdf": "_CON.pdf",
    "com1": "_com1",
    "LPT¹.docx": "_LPT¹.docx",
    "nul.tar.gz": "_nul.tar.gz",
    "a.pdf:stream": "a.pdf stream",
    "a\x00b\x1b[31m.pdf": "ab[31m.pdf",
    "hóa đơn\u202efdp.exe": "hóa đơnfdp.exe",
    "\u2066x\u2069.pdf": "x.pdf",
    " . .bashrc": "bashrc",
    "~$Bao cao.docx": "Bao cao.docx",
    "ten. . .": "ten",
    "...": "tep",
    "": "tep",
    "a\r\nSet-Cookie: x.pdf": "a Set-Cookie x.pdf",
    '"><img src=x onerror=alert(1)>.pdf': "img src=x onerror=alert(1).pdf",
    unicodedata.normalize("NFD", "Quyết định.pdf"): "Quyết định.pdf",
}


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items(), ids=[ascii(name) for name in HOSTILE])
def test_hostile_name_becomes_a_plain_one(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_every_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= 255
    assert safe not in (".", "..")
    assert safe[0] not in ".~$ "
    assert safe[-1] not in ". "
    assert safe.isprintable()
    assert not set(safe) & set('/\\:*?"<>|')
    assert safe_name(safe) == safe


@given(st.text(min_size=1, max_size=30), st.sets(st.text(max_size=30)))
def test_a_free_name_is_called_as_nothing_else(name: str, taken: set[str]) -> None:
    safe = safe_name(name)
    free = free_name(safe, {safe.upper(), *taken})
    assert free.casefold() not in {each.casefold() for each in taken}


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("once") / "kho"
    write(root, "Mô hình/Camera an ninh/qd.txt", FOUNDING)
    scan(open_archive(root), workers=1)
    return root


@pytest.fixture
def kho(scanned_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned_once, tmp_path / "kho")


def given_file(tmp_path: Path, content: str | bytes, name: str = "moi.txt") -> Path:
    file = tmp_path / "nguon" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def bytes_of(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())


def test_it_lies_in_the_inbox_is_known_and_logged(kho: Path, tmp_path: Path) -> None:
    taken = receiving.add(open_archive(kho), given_file(tmp_path, SURVEY))
    assert taken.path == "Hộp thư đến/moi.txt"
    assert (kho / taken.path).read_text() == SURVEY
    assert audit.entries(open_archive(kho))[0].act == "inbox-receive"
    with open_known(open_archive(kho)) as catalogue:
        assert taken.path in catalogue.paths()
    assert scan(open_archive(kho), workers=1).read == 0, "nobody reads it a second time"


def test_a_secret_one_is_refused_and_no_byte_is_kept(kho: Path, tmp_path: Path) -> None:
    secret = given_file(tmp_path, f"TUYỆT MẬT\n{SURVEY}\n{MARK}")
    with pytest.raises(SecretError):
        receiving.add(open_archive(kho), secret)
    assert MARK.encode() not in bytes_of(kho)
    assert not list((kho / "Hộp thư đến").rglob("*")) if (kho / "Hộp thư đến").exists() else True
    assert not list((kho / ".dossier").glob(".inbox-*"))
    assert audit.entries(open_archive(kho))[0].act == "inbox-refuse"
    assert secret.exists(), "what lies on the person's own disk is theirs"


def test_a_secret_page_behind_another_paper_is_refused(kho: Path, tmp_path: Path) -> None:
    with pytest.raises(SecretError):
        receiving.add(open_archive(kho), given_file(tmp_path, f"{SURVEY}\fTỐI MẬT\n{FOUNDING}\n{MARK}"))
    assert MARK.encode() not in bytes_of(kho)


def test_what_a_killed_process_left_on_its_way_is_wiped(kho: Path, tmp_path: Path) -> None:
    left = kho / ".dossier" / ".inbox-999999999-abc"
    left.mkdir()
    (left / "a.txt").write_text(MARK)
    receiving.add(open_archive(kho), given_file(tmp_path, SURVEY))
    assert not left.exists()


def test_the_same_name_twice_replaces_nothing(kho: Path, tmp_path: Path) -> None:
    receiving.add(open_archive(kho), given_file(tmp_path, SURVEY))
    second = receiving.add(
        open_archive(kho), given_file(tmp_path, SURVEY.replace("03/KH", "04/KH"), "MOI.TXT")
    )
    assert second.path == "Hộp thư đến/MOI (2).TXT"
    assert (kho / "Hộp thư đến/moi.txt").read_text() == SURVEY


@pytest.mark.parametrize("name", ["hoso.toml", "dossier.toml", "retention.toml", "a.tmp", "b.PART"])
def test_a_name_that_means_something_else_is_refused(kho: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        receiving.add(open_archive(kho), given_file(tmp_path, SURVEY, name))


def test_an_empty_file_is_refused(kho: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        receiving.add(open_archive(kho), given_file(tmp_path, b""))


def test_a_file_that_is_too_large_is_refused(kho: Path, tmp_path: Path) -> None:
    (kho / "dossier.toml").write_text("[inbox]\nmax_file_mb = 1\n")
    with pytest.raises(UsageError):
        receiving.add(open_archive(kho), given_file(tmp_path, bytes((1 << 20) + 1)))


def test_a_full_inbox_takes_no_more(kho: Path, tmp_path: Path) -> None:
    (kho / "dossier.toml").write_text("[inbox]\nmax_waiting_mb = 1\n")
    write(kho, "Hộp thư đến/lon.bin", bytes(1 << 20))
    with pytest.raises(UsageError):
        receiving.add(open_archive(kho), given_file(tmp_path, SURVEY))


def test_a_file_that_cannot_be_read_is_taken_and_said_so(kho: Path, tmp_path: Path) -> None:
    taken = receiving.add(open_archive(kho), given_file(tmp_path, b"%PDF-1.7 hong", "hong.pdf"))
    assert taken.unread


@pytest.mark.parametrize("folder", ["../..", "/etc", "a/../../b", ".dossier"])
def test_a_folder_of_the_inbox_never_leads_out_of_it(kho: Path, tmp_path: Path, folder: str) -> None:
    taken = receiving.add(open_archive(kho), given_file(tmp_path, SURVEY), folder)
    assert taken.path.startswith("Hộp thư đến/")
    assert (kho / taken.path).resolve().is_relative_to(kho / "Hộp thư đến")


@pytest.mark.skipif(os.name == "nt", reason="needs the right to make links")
def test_an_inbox_that_is_a_link_takes_nothing(kho: Path, tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (kho / "Hộp thư đến").symlink_to(outside)
    with pytest.raises(ArchiveError):
        receiving.add(open_archive(kho), given_file(tmp_path, SURVEY))
    assert not list(outside.iterdir())
