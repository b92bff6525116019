"""Which folders are dossiers, and every file accounted for."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from dossier.archive import Archive, open_archive
from dossier.model import OUTSIDE
from dossier.scanner import discover
from dossier.scanner.discover import walk
from dossier.scanner.listing import Entry, Mark, mark_of
from dossier.scanner.walk_result import Walk, readable
from dossier.settings import Config


def put(root: Path, *paths: str, text: str = "x") -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def look(root: Path) -> Walk:
    return walk(open_archive(root))


def dossiers(root: Path) -> dict[str, str]:
    return {found.path: found.kind for found in look(root).dossiers}


@pytest.mark.parametrize(
    "parent", ["Mô hình", "mo-hinh", "MO HINH", "mo_hinh", unicodedata.normalize("NFD", "Mô hình")]
)
def test_folder_under_a_kinds_folder_is_a_dossier(tmp_path: Path, parent: str) -> None:
    put(tmp_path, f"kho/2023/Xã A/{parent}/Camera an ninh/1.txt")
    assert list(dossiers(tmp_path).values()) == ["mo-hinh"]


def test_exemplar_folder_gives_exemplar_dossiers(tmp_path: Path) -> None:
    put(tmp_path, "Điển hình/Ông A/1.txt", "Điển hình/Bà B/1.txt")
    assert dossiers(tmp_path) == {"Điển hình/Bà B": "dien-hinh", "Điển hình/Ông A": "dien-hinh"}


def test_archive_that_is_a_kinds_folder_itself_holds_dossiers(tmp_path: Path) -> None:
    put(tmp_path, "Mô hình/A/1.txt")
    assert dossiers(tmp_path / "Mô hình") == {"A": "mo-hinh"}


def test_folder_with_a_manifest_is_a_dossier(tmp_path: Path) -> None:
    put(tmp_path, "khac/A/hoso.toml", text='kind = "dien-hinh"\nname = "Gương A"')
    (found,) = look(tmp_path).dossiers
    assert (found.path, found.kind, found.name) == ("khac/A", "dien-hinh", "Gương A")


def test_year_between_a_kinds_folder_and_its_dossiers_is_none(tmp_path: Path) -> None:
    put(tmp_path, "Mô hình/Năm 2023/Chợ an toàn/1.txt", "Mô hình/2024/Tổ tự quản/Bước 1/1.txt")
    assert list(dossiers(tmp_path)) == ["Mô hình/2024/Tổ tự quản", "Mô hình/Năm 2023/Chợ an toàn"]


def test_year_that_holds_papers_or_parts_of_a_dossier_is_one(tmp_path: Path) -> None:
    put(tmp_path, "Mô hình/2023/1.txt", "Mô hình/2023/Ảnh/1.txt", "Mô hình/2024/Bước 1/1.txt")
    assert list(dossiers(tmp_path)) == ["Mô hình/2023", "Mô hình/2024"]


def test_configured_glob_gives_dossiers(tmp_path: Path) -> None:
    put(tmp_path, "2023/Xã A/MH 1/a.txt", "2023/Xã A/khác/a.txt")
    (tmp_path / "dossier.toml").write_text('[archive.dossiers]\nmo-hinh = ["2023/*/MH *"]', "utf-8")
    assert dossiers(tmp_path) == {"2023/Xã A/MH 1": "mo-hinh"}


def test_configured_glob_finds_dossiers_in_a_folder_that_groups_some(tmp_path: Path) -> None:
    put(
        tmp_path,
        "Điển hình/Tập thể/Chi đoàn A/1.txt",
        "Điển hình/Tập thể/Chi đoàn B/1.txt",
        "Điển hình/Bà C/1.txt",
    )
    (tmp_path / "dossier.toml").write_text('[archive.dossiers]\ndien-hinh = ["Điển hình/Tập thể/*"]', "utf-8")
    assert list(dossiers(tmp_path)) == [
        "Điển hình/Bà C",
        "Điển hình/Tập thể/Chi đoàn A",
        "Điển hình/Tập thể/Chi đoàn B",
    ]


def test_configured_glob_of_any_depth_takes_no_dossier_apart(tmp_path: Path) -> None:
    put(tmp_path, "Mô hình/A/Hồ sơ khen/1.txt")
    (tmp_path / "dossier.toml").write_text('[archive.dossiers]\nmo-hinh = ["**/Hồ sơ *"]', "utf-8")
    assert list(dossiers(tmp_path)) == ["Mô hình/A"]


def test_item_folder_named_like_a_kind_starts_no_dossier(tmp_path: Path) -> None:
    put(tmp_path, "Mô hình/A/07 Quy chế/Mô hình/Hoạt động/1.txt")
    assert list(dossiers(tmp_path)) == ["Mô hình/A"]


def test_manifest_inside_a_dossier_starts_one_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "Mô hình/A/1.txt", "Mô hình/A/phụ/2.txt")
    put(tmp_path, "Mô hình/A/phụ/hoso.toml", text='kind = "mo-hinh"')
    assert {f.path: f.dossier for f in look(tmp_path).files} == {
        "Mô hình/A/1.txt": "Mô hình/A",
        "Mô hình/A/phụ/2.txt": "Mô hình/A/phụ",
    }


def test_every_file_of_a_dossier_is_accounted_for(tmp_path: Path) -> None:
    put(
        tmp_path,
        "mo-hinh/A/1.pdf",
        "mo-hinh/A/x/~$1.docx",
        "mo-hinh/A/a.tmp",
        "mo-hinh/A/b.PART",
        "mo-hinh/A/Thumbs.db",
        "mo-hinh/A/DESKTOP.INI",
        "mo-hinh/A/.DS_Store",
        "mo-hinh/A/.an/2.pdf",
        "mo-hinh/A/y.crdownload",
        "mo-hinh/A/ehthumbs.db",
        "mo-hinh/A/hoso.toml",
    )
    found = look(tmp_path)
    ignored = {file.path for file in found.ignored["mo-hinh/A"]}
    on_disk = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert {f.path for f in found.files} == {"mo-hinh/A/1.pdf"}
    assert ignored | {"mo-hinh/A/1.pdf"} == on_disk


@pytest.mark.skipif(os.name == "nt", reason="there it is a stream inside the file")
def test_marks_of_where_a_file_was_downloaded_from_are_no_papers(tmp_path: Path) -> None:
    put(
        tmp_path,
        "mo-hinh/A/1.pdf",
        "mo-hinh/A/1.pdf:Zone.Identifier",
        "mo-hinh/A/1.pdf:Zone.Identifier:$DATA",
        "mo-hinh/A/1.pdfZone.Identifier",
        "mo-hinh/A/1.pdf_Zone.Identifier",
    )
    found = look(tmp_path)
    assert {f.path for f in found.files} == {"mo-hinh/A/1.pdf"}
    assert len(found.ignored["mo-hinh/A"]) == 4


def test_files_outside_dossiers_are_named(tmp_path: Path) -> None:
    put(tmp_path, "roi.pdf", "mo-hinh/tha-noi.pdf", "mo-hinh/A/1.pdf")
    found = look(tmp_path)
    assert [f.path for f in found.files if f.dossier == OUTSIDE] == ["mo-hinh/tha-noi.pdf", "roi.pdf"]


def test_every_file_outside_dossiers_is_accounted_for(tmp_path: Path) -> None:
    put(
        tmp_path, "roi.pdf", "x/~$roi.docx", "x/a.docx", ".an/1.pdf", ".an/sau/2.pdf", "dossier.toml", text=""
    )
    put(tmp_path, "checklists/ghi-chu.txt", "retention.toml", ".dossier/catalogue.sqlite", text="")
    found = walk(Archive(tmp_path, tmp_path / ".dossier", Config()))
    ignored = {file.path: file.files for file in found.ignored[OUTSIDE]}
    assert [file.path for file in found.files] == ["roi.pdf", "x/a.docx"]
    own = {"dossier.toml": 1, "checklists/ghi-chu.txt": 1, "retention.toml": 1}
    assert ignored == {"x/~$roi.docx": 1, ".an": 2} | own


def test_state_folder_is_no_part_of_the_archive(tmp_path: Path) -> None:
    put(tmp_path, ".dossier/mo-hinh/A/1.pdf", "mo-hinh/B/1.pdf")
    assert list(dossiers(tmp_path)) == ["mo-hinh/B"]


def test_links_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    put(outside, "mat.txt")
    root = tmp_path / "kho"
    put(root, "mo-hinh/A/1.txt")
    (root / "mo-hinh/A/2.txt").symlink_to(outside / "mat.txt")
    (root / "mo-hinh/A/thu-muc").symlink_to(outside)
    (root / "mo-hinh/A/vong").symlink_to(root / "mo-hinh")
    found = look(root)
    assert [f.path for f in found.files] == ["mo-hinh/A/1.txt"]
    assert {f.path.rsplit("/", 1)[-1] for f in found.ignored["mo-hinh/A"]} == {"2.txt", "thu-muc", "vong"}


def test_pipe_is_ignored_and_never_opened(tmp_path: Path) -> None:
    put(tmp_path, "mo-hinh/A/1.txt")
    os.mkfifo(tmp_path / "mo-hinh/A/ong")
    assert [f.path for f in look(tmp_path).ignored["mo-hinh/A"]] == ["mo-hinh/A/ong"]


def test_decomposed_name_is_shown_composed_and_keeps_its_bytes(tmp_path: Path) -> None:
    raw = unicodedata.normalize("NFD", "Quyết định.txt")
    put(tmp_path, f"mo-hinh/A/{raw}")
    (file,) = look(tmp_path).files
    assert file.path == "mo-hinh/A/Quyết định.txt"
    assert (tmp_path / os.fsdecode(file.raw_path)).read_text() == "x"


def test_names_that_read_the_same_stay_two_files(tmp_path: Path) -> None:
    put(tmp_path, "mo-hinh/A/Đề án.txt", unicodedata.normalize("NFD", "mo-hinh/A/Đề án.txt"))
    paths = [f.path for f in look(tmp_path).files]
    assert sorted(paths) == ["mo-hinh/A/Đề án.txt", "mo-hinh/A/Đề án.txt~2"]


def test_name_that_is_no_unicode_shows_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "mo-hinh/A").mkdir(parents=True)
    with open(os.path.join(os.fsencode(tmp_path), b"mo-hinh/A/\xd0\xa5\xff.txt"), "w") as file:
        file.write("x")
    (found,) = look(tmp_path).files
    assert found.path == "mo-hinh/A/Х\\xff.txt"
    found.path.encode("utf-8")


def test_names_with_newline_and_of_255_bytes_are_kept(tmp_path: Path) -> None:
    long = "ề" * 83 + ".txt"
    put(tmp_path, "mo-hinh/A/dòng\nmới.txt", f"mo-hinh/A/{long}")
    assert {f.path.rsplit("/", 1)[-1] for f in look(tmp_path).files} == {"dòng\nmới.txt", long}


def test_broken_manifest_is_told_with_its_line_and_the_scan_goes_on(tmp_path: Path) -> None:
    put(tmp_path, "mo-hinh/A/1.txt")
    put(tmp_path, "mo-hinh/A/hoso.toml", text='name = "A"\nlinked = maybe')
    (found,) = look(tmp_path).dossiers
    assert found.kind == "mo-hinh"
    assert "dòng 2" in found.problems[0]


def test_unknown_manifest_key_is_told_and_the_others_count(tmp_path: Path) -> None:
    put(tmp_path, "mo-hinh/A/hoso.toml", text='linkd = true\nname = "Tên khác"')
    (found,) = look(tmp_path).dossiers
    assert found.name == "Tên khác"
    assert "linkd" in found.problems[0]


def test_unknown_kind_in_manifest_is_told(tmp_path: Path) -> None:
    put(tmp_path, "mo-hinh/A/hoso.toml", text='kind = "gi-do"')
    (found,) = look(tmp_path).dossiers
    assert found.kind == "mo-hinh"
    assert "gi-do" in found.problems[0]


def test_two_dossiers_of_one_name_stay_two(tmp_path: Path) -> None:
    put(tmp_path, "Xã A/mo-hinh/Camera/1.txt", "Xã B/mo-hinh/Camera/1.txt")
    assert set(dossiers(tmp_path)) == {"Xã A/mo-hinh/Camera", "Xã B/mo-hinh/Camera"}


def test_archive_without_dossiers_gives_none(tmp_path: Path) -> None:
    assert look(tmp_path).dossiers == []


def test_unreadable_folder_is_told_and_remembered(unprivileged: Path) -> None:
    put(unprivileged, "mo-hinh/A/kin/1.txt", "mo-hinh/A/2.txt")
    (unprivileged / "mo-hinh/A/kin").chmod(0)
    found = look(unprivileged)
    assert [f.path for f in found.files] == ["mo-hinh/A/2.txt"]
    assert found.unreadable == [b"mo-hinh/A/kin"]
    assert "kin" in found.problems[0]


def test_readable_leaves_plain_names_alone() -> None:
    assert readable(b"a/b c.txt") == "a/b c.txt"


@pytest.mark.parametrize(
    "folder", ["$RECYCLE.BIN/S-1-5-21", "System Volume Information", "#recycle", "@Recycle", "@eaDir"]
)
def test_what_was_deleted_is_no_paper_and_is_counted(tmp_path: Path, folder: str) -> None:
    put(tmp_path, "Mô hình/A/1.txt", f"{folder}/xoa.txt", f"{folder}/2/xoa.txt")
    found = look(tmp_path)
    assert [file.path for file in found.files] == ["Mô hình/A/1.txt"]
    (ignored,) = found.ignored[OUTSIDE]
    assert (ignored.path, ignored.files) == (folder.partition("/")[0], 2)
    put(tmp_path, "hoso.toml", text='kind = "mo-hinh"')  # the root is a dossier: each file is told
    assert sum("xoa" in ignored.path for ignored in look(tmp_path).ignored["."]) == 2


def followed(root: bytes, raw: bytes) -> tuple[Mark, list[Entry]]:
    """A folder as a server shows it that follows links itself: they are folders like any other."""
    folder = os.path.join(root, raw)
    with os.scandir(folder) as listing:
        entries = [Entry(e.name, e.is_dir(), False, None if e.is_dir() else e.stat()) for e in listing]
    return mark_of(os.stat(folder)), sorted(entries, key=lambda entry: entry.name)


def test_folder_that_leads_back_to_one_around_it_is_not_walked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "Mô hình/A/1.txt", "Mô hình/A/Mục 2/2.txt", "khác/3.txt")
    for name in ("lên", "lên nữa"):  # two: four, eight, sixteen ways
        (tmp_path / "Mô hình/A/Mục 2" / name).symlink_to("..")
    (tmp_path / "khác/gốc").symlink_to("..")
    monkeypatch.setattr(discover, "list_folder", followed)
    found = look(tmp_path)
    assert [file.path for file in found.files] == ["Mô hình/A/1.txt", "Mô hình/A/Mục 2/2.txt", "khác/3.txt"]
    assert [each.path for each in found.ignored[OUTSIDE]] == ["khác/gốc"]
    assert [each.path for each in found.ignored["Mô hình/A"]] == [
        f"Mô hình/A/Mục 2/{n}" for n in ("lên", "lên nữa")
    ]
    assert found.unreadable == [] and found.problems == []
