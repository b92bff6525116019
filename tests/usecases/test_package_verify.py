"""A package that somebody changed is told as such, and by the file; nothing in it breaks the check."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.errors import UsageError
from dossier.usecases.package.contents import Original, check_names, copy_name
from dossier.usecases.package.verify import same_code, verify_package

PAPER = "data/ho-so/b.txt"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bag = tmp_path_factory.mktemp("bag")
    (bag / "ho-so/Mục 1").mkdir(parents=True)
    (bag / "ho-so/Mục 1/quyết định.txt").write_text("một", "utf-8")
    (bag / "ho-so/b.txt").write_text("hai", "utf-8")
    command = [sys.executable, "-m", "bagit", "--quiet", "--sha256", "--sha512", str(bag)]
    subprocess.run(command, check=True)
    return bag


@pytest.fixture
def bag(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "gói"))


def wrote(name: str, text: str) -> Callable[[Path], object]:
    def act(bag: Path) -> None:
        (bag / name).parent.mkdir(parents=True, exist_ok=True)
        (bag / name).write_text(text, "utf-8")

    return act


def took(name: str) -> Callable[[Path], object]:
    return lambda bag: (bag / name).unlink()


def test_a_package_as_it_was_made_is_whole(bag: Path) -> None:
    assert verify_package(bag).faults == ()


@pytest.mark.parametrize(("attack", "named"), [
    (wrote(PAPER, "hai và hơn"), PAPER),
    (wrote(PAPER, "bai"), PAPER),
    (took(PAPER), PAPER),
    (wrote("data/thêm.txt", "x"), "data/thêm.txt"),
    (wrote("data/.DS_Store", "x"), "data/.DS_Store"),
    (wrote("lạ.exe", "x"), "lạ.exe"),
    (wrote("khác/x.txt", "x"), "khác/x.txt"),
    (wrote("fetch.txt", "http://example.org/x 3 data/x.txt\n"), "fetch.txt"),
    (wrote("bag-info.txt", "Contact-Name: ai\n"), "bag-info.txt"),
    (took("bag-info.txt"), "bag-info.txt"),
    (took("manifest-sha512.txt"), "manifest-sha512.txt"),
    (lambda bag: (bag / PAPER).rename(bag / "data/ho-so/B.txt"), "data/ho-so/B.txt"),
], ids=["longer", "same-size", "gone", "added", "hidden", "beside", "folder-beside", "fetch", "tag-changed",
        "tag-gone", "list-gone", "case"])  # fmt: skip
def test_a_change_is_told_once_and_by_its_file(
    bag: Path, attack: Callable[[Path], object], named: str
) -> None:
    attack(bag)
    faults = verify_package(bag).faults
    assert any(named in fault for fault in faults)
    assert len(faults) == len(set(faults))


def test_what_changed_is_told_beside_what_is_gone_and_what_came(bag: Path) -> None:
    wrote(PAPER, "bai")(bag)
    wrote("data/thêm.txt", "x")(bag)
    took("data/ho-so/Mục 1/quyết định.txt")(bag)
    told = " ".join(verify_package(bag).faults)
    assert all(name in told for name in (PAPER, "data/thêm.txt", "quyết định.txt"))


@pytest.mark.parametrize("attack", [
    took("bagit.txt"),
    wrote("bagit.txt", "BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n"),
    wrote("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: rot13\n"),
    wrote("manifest-sha256.txt", f"{'0' * 64}  ../../etc/passwd\n"),
    wrote("manifest-sha256.txt", f"{'0' * 64}  {PAPER}\n{'1' * 64}  {PAPER}\n"),
], ids=["no-declaration", "other-version", "no-encoding", "leads-outside", "two-sums"])  # fmt: skip
def test_what_is_no_package_is_refused(bag: Path, attack: Callable[[Path], object]) -> None:
    attack(bag)
    with pytest.raises(UsageError):
        verify_package(bag)


def test_name_in_a_list_reaches_the_terminal_through_us_alone(
    bag: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wrote("manifest-sha256.txt", f"{'0' * 64}  data/\x1b[2J\n")(bag)
    assert verify_package(bag).faults
    assert capfd.readouterr() == ("", "")


def original(inside: str, sha256: str = "ab" * 32) -> Original:
    return Original(f"A/{inside}", inside, inside.encode(), sha256, "docx")


def test_names_that_differ_in_case_alone_are_refused() -> None:
    with pytest.raises(UsageError, match="chữ hoa"):
        check_names([original("Mục 1/QĐ.docx"), original("mục 1/qđ.docx")])
    check_names([original("Mục 1/QĐ.docx"), original("Mục 2/qđ.docx"), original("Mục 1/QD.docx")])


@pytest.mark.parametrize("name", ["ế" * 84 + ".docx", "a" * 250 + ".docx", "a" * 251], ids=len)
def test_the_copy_of_a_file_with_a_long_name_can_be_written(name: str, tmp_path: Path) -> None:
    one, two = copy_name(original(f"Mục 1/{name}")), copy_name(original(f"Mục 1/{name}", "cd" * 32))
    for each in {one, two}:
        (tmp_path / each).parent.mkdir(exist_ok=True)
        (tmp_path / each).write_bytes(b"")
    assert one.endswith(".pdf") and (one != two or one == f"Mục 1/{name}.pdf")


def test_the_copy_of_a_file_with_an_ordinary_name_is_called_like_it() -> None:
    assert copy_name(original("Mục 1/QĐ.docx")) == "Mục 1/QĐ.docx.pdf"


def written_anew(bag: Path, *, sealed: bool) -> None:
    """What somebody does who changes a file and knows how packages are made."""
    wrote(PAPER, "bai")(bag)
    for old in bag.glob("tagmanifest-*.txt"):
        old.unlink()
    for kind in ("sha256", "sha512"):
        listed = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
        lines = (
            f"{hashlib.new(kind, p.read_bytes()).hexdigest()}  {p.relative_to(bag).as_posix()}"
            for p in listed
        )
        (bag / f"manifest-{kind}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    if sealed:
        lines = (
            f"{hashlib.sha256((bag / name).read_bytes()).hexdigest()}  {name}"
            for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt")
        )
        (bag / "tagmanifest-sha256.txt").write_text("\n".join(lines) + "\n", "utf-8")


def test_a_package_of_ours_whose_list_of_lists_is_gone_is_not_whole(bag: Path) -> None:
    wrote("data/kiem-tra/chu-ky-so.csv", "x")(bag)
    written_anew(bag, sealed=False)
    assert any("tagmanifest" in fault for fault in verify_package(bag).faults)


def test_another_programs_package_may_lack_it_and_says_nothing_of_its_lists(bag: Path) -> None:
    for old in bag.glob("tagmanifest-*.txt"):
        old.unlink()
    assert verify_package(bag).faults == () and verify_package(bag).code == ""
    assert verify_package(bag, "ab" * 16).faults


def test_lists_that_were_all_written_anew_do_not_agree_with_the_code_on_paper(bag: Path) -> None:
    noted = verify_package(bag).code
    assert verify_package(bag, noted.upper().replace(" ", "-")).faults == ()
    written_anew(bag, sealed=True)
    assert verify_package(bag).faults == ()
    assert ["niêm phong" in fault for fault in verify_package(bag, noted).faults] == [True]


@pytest.mark.parametrize("typed", ["", " - ", "zz", "0" * 31])
def test_a_code_that_was_not_typed_whole_is_not_the_same(typed: str) -> None:
    assert not same_code("0000 " * 8, typed)
