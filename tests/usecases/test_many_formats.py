"""Files in other formats on their way from the disk to their place."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, run, write

from dossier.scanner._exec import bsdtar

OLD_WORD = Path(__file__).parents[1] / "data" / "quyet-dinh.doc"


def zipped(**files: str) -> bytes:
    """A zip file; ``__`` in a name stands for a slash, ``_`` for a space."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", " ") + ".txt", content)
    return out.getvalue()


def test_files_in_an_archive_are_documents_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, "mo-hinh/A/gửi.zip", zipped(khảo_sát=SURVEY, QĐ=FOUNDING))
    report = run(tmp_path)[1]
    assert [(d.ordinal, d.placements[0].part) for d in report.documents] == [(1, "1"), (2, "6a")]


def test_name_inside_an_archive_helps_where_the_text_says_nothing(tmp_path: Path) -> None:
    name = "06_Quyết_định_thành_lập__Quyết_định_thành_lập_mô_hình"
    write(tmp_path, "mo-hinh/A/gửi.zip", zipped(**{name: "Bản chụp."}))
    (document,) = run(tmp_path)[1].documents
    assert document.placements[0].item == 6


def test_archive_is_read_again_once_its_program_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if (program := bsdtar.available()) is None:
        if os.environ.get("CI") == "true":
            pytest.fail("bsdtar must be installed in CI")
        pytest.skip("bsdtar is not installed")
    root, programs = tmp_path / "kho", tmp_path / "bin"
    programs.mkdir()
    write(tmp_path, "qd.doc", OLD_WORD.read_bytes())
    write(root, "mo-hinh/A/hoso.toml", b"")
    packed = root / "mo-hinh" / "A" / "qd.7z"
    subprocess.run([program, "-c", "--format", "7zip", "-f", packed, "qd.doc"], cwd=tmp_path, check=True)
    monkeypatch.setenv("PATH", str(programs))
    report = run(root)[1]
    assert [file.path.rsplit("/", 1)[-1] for file in report.unread] == ["qd.7z"]
    (programs / Path(program).name).symlink_to(program)
    report = run(root)[1]
    assert [document.header.number_symbol for document in report.documents] == ["12/QĐ-UBND"]


def test_archive_placed_anew_still_goes_by_the_names_of_the_files_inside(tmp_path: Path) -> None:
    name = "06_Quyết_định_thành_lập__Quyết_định_thành_lập_mô_hình"
    write(tmp_path, "mo-hinh/A/gửi.zip", zipped(**{name: "Bản chụp."}))
    run(tmp_path)
    (tmp_path / "mo-hinh/A/gửi.zip").rename(tmp_path / "mo-hinh/A/khác.zip")
    counts, report = run(tmp_path)
    (document,) = report.documents
    assert counts.placed_anew == 1
    assert document.inner == "06 Quyết định thành lập/Quyết định thành lập mô hình.txt"
    assert document.placements[0].item == 6


def test_file_inside_an_archive_that_was_not_read_is_told_also_after_a_rename(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("QĐ.txt", FOUNDING)
        packed.writestr("cũ.zip", zipped(a="sâu"))
    write(tmp_path, "mo-hinh/A/gửi.zip", out.getvalue())
    (told,) = [f.message for f in run(tmp_path)[1].dossiers[0].findings if f.rule == "TV-15"]
    assert "“cũ.zip”" in told
    (tmp_path / "mo-hinh/A/gửi.zip").rename(tmp_path / "mo-hinh/A/khác.zip")
    (told,) = [f.message for f in run(tmp_path)[1].dossiers[0].findings if f.rule == "TV-15"]
    assert told.startswith("mo-hinh/A/khác.zip: ") and "“cũ.zip”" in told
