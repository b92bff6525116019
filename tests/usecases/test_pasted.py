"""Paths that are pasted, dropped or of another computer lead to what lies in the archive, or nowhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from archives import FOUNDING, SURVEY, run, write

from dossier.archive import Archive, open_archive
from dossier.errors import UsageError
from dossier.usecases.naming import archive_path, dossier_path, one_of, unquoted

CAMERA, FENCE = "Mô hình/Mũi Né - Camera an ninh", "Mô hình/Cổng rào an ninh"
PAPER = f"{CAMERA}/06/QĐ thành lập (bản 2).txt"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("pasted") / "Kho 2024"
    write(root, PAPER, FOUNDING)
    write(root, f"{FENCE}/06/12.txt", SURVEY)
    write(root, "rời.txt", SURVEY)
    write(root, f"{FENCE}/kem.txt", SURVEY)
    write(root, f"{CAMERA}/kem.txt", SURVEY)
    run(root)
    return open_archive(root)


@pytest.mark.parametrize(("given", "path"), [
    (rf'"C:\{PAPER}"'.replace("/", "\\"), PAPER),
    (rf"D:\Dữ liệu\Kho 2024\{PAPER}".replace("/", "\\"), PAPER),
    (rf"\\MAYCHU\chung\Kho 2024\{PAPER}".replace("/", "\\"), PAPER),
    (rf"\\?\UNC\maychu\chung\{PAPER}".replace("/", "\\"), PAPER),
    (rf"\\?\Z:\{PAPER}".replace("/", "\\"), PAPER),
    (r"\\maychu\mui ne\06\QĐ thành lập (bản 2).txt", PAPER),  # a share that is the dossier's own folder
    (r"Z:\Mũi Né - Camera an ninh\06\QĐ thành lập (bản 2).txt", PAPER),  # a drive that shows a folder of it
    (rf"& 'Z:\{PAPER}'".replace("/", "\\"), PAPER),
    (f"“Z:/{PAPER}”", PAPER),
    (f"  '{PAPER}'\n", PAPER),
    (PAPER.replace("/", "\\"), PAPER),
    (r"06\QĐ thành lập (bản 2).txt", PAPER),
    (r"C:\Kho 2024\…\06\QĐ thành lập (bản 2).txt", PAPER),
    (r"C:\Kho 2024\...\QĐ thành lập (bản 2).txt", PAPER),
    (PAPER.replace(" ", r"\ ").replace("(", r"\(").replace(")", r"\)"), PAPER),
    (f"file:///D:/Kho%202024/{quote(FENCE)}/06/12.txt", f"{FENCE}/06/12.txt"),
    (f"file://maychu/Kho%202024/{quote(FENCE)}/06/12.txt", f"{FENCE}/06/12.txt"),
    (r"z:\mo hinh\cong rao an ninh\06\12.TXT", f"{FENCE}/06/12.txt"),
    (r"D:\Kho 2024\rời.txt", "rời.txt"),
    ("/mnt/may-khac/Kho 2024/Mô hình/Cổng rào an ninh/06/12.txt", f"{FENCE}/06/12.txt"),
])  # fmt: skip
def test_pasted_path_leads_to_the_file(archive: Archive, given: str, path: str) -> None:
    assert archive_path(archive, given) == path


@pytest.mark.parametrize("given", [
    rf'"{CAMERA}\"'.replace("/", "\\"), r"D:\Kho 2024\Mô hình\Mũi Né - Camera an ninh\\",
    f"file:///srv/kho/{CAMERA}/", f'"{CAMERA}"',
])  # fmt: skip
def test_pasted_path_leads_to_the_dossier(archive: Archive, given: str) -> None:
    assert dossier_path(archive, given) == CAMERA


@pytest.mark.parametrize("given", [
    r"C:\Users\an\Desktop\12.txt",  # a file of the same name elsewhere is another file
    r"C:\Kho 2024\Mô hình\Camera khác\06\12.txt",
    r"D:\Kho khác\rời.txt",
    r"C:\12.txt",
    "file:///etc/passwd", "/etc/hostname", "C:\\", "\\\\", "/", '""', "file://", "\\\\?\\",
])  # fmt: skip
def test_path_that_ends_elsewhere_leads_nowhere(archive: Archive, given: str) -> None:
    assert archive_path(archive, given) not in (f"{FENCE}/06/12.txt", "rời.txt", PAPER, CAMERA, FENCE)


def test_copy_that_lies_elsewhere_is_not_taken_for_the_one_in_the_archive(
    archive: Archive, tmp_path: Path
) -> None:
    write(tmp_path, f"Kho 2024/{PAPER}", FOUNDING)
    assert archive_path(archive, str(tmp_path / "Kho 2024" / PAPER)) != PAPER


def test_end_that_fits_several_lists_them(archive: Archive) -> None:
    with pytest.raises(UsageError, match="2 thứ trong kho"):
        archive_path(archive, r"C:\Kho 2024\…\kem.txt")


@pytest.mark.parametrize(("given", "said"), [
    ("camera an ninh", "camera an ninh"), ("6/2024", "6/2024"), ("12/QĐ-UBND", "12/QĐ-UBND"),
    ("“Chợ an toàn”", "Chợ an toàn"), ("'", "'"), ("", ""), ("a'b", "a'b"),
])  # fmt: skip
def test_plain_name_stays(given: str, said: str) -> None:
    assert unquoted(given) == said


def test_which_document_of_a_pasted_file_is_told_behind_it() -> None:
    assert one_of(r'"C:\kho\12.pdf#2"') == ("C:/kho/12.pdf", 2)
