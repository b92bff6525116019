"""Decisions carried as a table: out, through a spreadsheet, and in again."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.archive import Archive, open_archive
from dossier.errors import UsageError
from dossier.model import Decision, Header, Placement, Source
from dossier.usecases import decision_table as table
from dossier.usecases.assess import assess
from dossier.usecases.decide import assign
from dossier.usecases.decisions import decisions, export, import_, undo
from tests.usecases.archives import FOUNDING, SURVEY, TODAY, put, run

HASH = "a" * 64


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scanned")
    put(folder / "one", quyet_dinh_txt=FOUNDING, ke_hoach_txt=SURVEY)
    put(folder / "two", khac_txt=SURVEY)
    for name in ("one", "two"):
        run(folder / name)
    return folder


@pytest.fixture
def archive(scanned: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned / "one", tmp_path / "one"))


@pytest.fixture
def other(scanned: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned / "two", tmp_path / "two"))


def decide(archive: Archive, name: str = "quyet.dinh.txt", *places: str) -> None:
    assign(archive, f"mo-hinh/A/{name}", places or ("14",))


def row(**cells: str) -> bytes:
    """A table of one row."""
    told = {"sha256": HASH, "parts": "6a"} | cells
    return (",".join(told) + "\r\n" + ",".join(told.values()) + "\r\n").encode()


def decided(archive: Archive) -> dict[str, list[str]]:
    return {
        Path(d.path).name: [p.part for p in d.placements]
        for d in assess(archive, TODAY).documents
        if any(p.source is Source.PERSON for p in d.placements)
    }


def test_decisions_wait_in_another_archive_until_the_file_appears(archive: Archive, other: Archive) -> None:
    decide(archive, "quyet.dinh.txt", "6a", "6c")
    done = import_(other, export(archive))
    assert (done.taken, done.waiting, done.refused) == (1, 1, [])
    assert [d.state for d in decisions(other)] == ["waiting"]
    put(other.root, ten_moi_txt=FOUNDING)
    run(other.root)
    assert decided(other) == {"ten.moi.txt": ["6a", "6c"]}
    assert [d.state for d in decisions(other)] == ["in-force"]


def test_importing_what_is_known_changes_nothing(archive: Archive) -> None:
    decide(archive)
    before = decisions(archive, history=True)
    assert import_(archive, export(archive)).known == 1
    assert decisions(archive, history=True) == before


def test_later_decision_stays_and_the_row_is_told(archive: Archive) -> None:
    decide(archive)
    (known,) = decisions(archive)
    done = import_(archive, row(sha256=known.decision.sha256, parts="5", made_at="2020-01-01"))
    assert (done.taken, [number for number, _why in done.refused]) == (0, [2])
    assert decided(archive) == {"quyet.dinh.txt": ["14"]}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"sha256": "xyz"}, "Mã nội dung tệp"),
        ({"ordinal": "0"}, "Văn bản thứ"),
        ({"ordinal": "²"}, "Văn bản thứ"),
        ({"ordinal": "00000000010000000000000000000"}, "Văn bản thứ"),
        ({"parts": ""}, "Thuộc mục"),
        ({"parts": "99z"}, "99z"),
        ({"pages": "Jan-03"}, "Trang"),
        ({"pages": "5–2"}, "Trang"),
        ({"made_at": "hôm qua"}, "Lúc"),
        ({"made_at": "0001-01-01"}, "Lúc"),
        ({"kind": "khong-co"}, "khong-co"),
    ],
)
def test_row_that_cannot_be_imported_is_told_and_costs_only_itself(
    archive: Archive, cells: dict[str, str], said: str
) -> None:
    good = row(sha256="b" * 64, **dict.fromkeys(cells.keys() - {"sha256", "parts"}, "")).splitlines()[1]
    done = import_(archive, row(**cells) + good + b"\r\n")
    assert done.taken == 1
    assert [(number, said in why) for number, why in done.refused] == [(2, True)]


def test_row_cut_before_its_needed_cells_is_told_and_costs_only_itself(archive: Archive) -> None:
    head, whole = row(sha256="b" * 64).splitlines()
    done = import_(archive, b"\r\n".join([head, b"c" * 64, whole]))
    assert done.taken == 1
    assert [(number, "Thuộc mục" in why) for number, why in done.refused] == [(2, True)]


def test_document_that_the_file_does_not_have_is_refused(archive: Archive) -> None:
    (hash_,) = {d.sha256 for d in assess(archive, TODAY).documents if "quyet" in d.path}
    assert len(import_(archive, row(sha256=hash_, ordinal="7")).refused) == 1


@pytest.mark.parametrize("data", [b"", b"a,b\r\n1,2", b"\xff\xff\xff", "số;tên\n".encode()])
def test_file_that_is_no_such_table_is_refused_whole(archive: Archive, data: bytes) -> None:
    with pytest.raises(UsageError):
        import_(archive, data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_is_read(archive: Archive, encoding: str, delimiter: str) -> None:
    text = f"SHA256{delimiter}parts{delimiter}author\n{HASH}{delimiter}6a 6c{delimiter}Nguyễn Lan\n\n"
    assert import_(archive, text.encode(encoding)).taken == 1
    (found,) = decisions(archive)
    assert (found.decision.author, [p.part for p in found.decision.placements]) == (
        "Nguyễn Lan",
        ["6a", "6c"],
    )


def test_undo_works_by_path_by_hash_and_for_files_that_are_gone(archive: Archive) -> None:
    decide(archive)
    assert len(undo(archive, "mo-hinh/A/quyet.dinh.txt")) == 1
    import_(archive, row(path="mo-hinh/A/mat.pdf"))
    assert len(undo(archive, HASH[:8])) == 1
    with pytest.raises(UsageError):
        undo(archive, "mo-hinh/A/quyet.dinh.txt")


def test_undo_of_one_document_leaves_the_others_of_its_file(tmp_path: Path) -> None:
    put(tmp_path, ghep_txt=FOUNDING + "\f" + SURVEY)
    run(tmp_path)
    archive = open_archive(tmp_path)
    assign(archive, "mo-hinh/A/ghep.txt#1", ["14"])
    assign(archive, "mo-hinh/A/ghep.txt#2", ["9"])
    assert [found.decision.ordinal for found in undo(archive, "mo-hinh/A/ghep.txt#2")] == [2]
    assert [(found.decision.ordinal, found.decision.placements[0].part) for found in decisions(archive)] == [
        (1, "14")
    ]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(TEXT, TEXT, st.none() | st.tuples(st.integers(1, 9), st.integers(9, 99)), st.booleans())
def test_table_round_trips_and_no_cell_is_a_formula(
    author: str, path: str, pages: tuple[int, int] | None, none: bool
) -> None:
    places = (
        ()
        if none
        else (Placement(16, "16c", 1.0, step="notice"), Placement(10, "10a", 1.0, period="2024-H1"))
    )
    made = Decision(HASH, 3, places, author, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), pages, path)
    data = table.write([table.TableRow(made, path, "mo-hinh", Header(abstract=author))])
    cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    ((_number, read),) = table.read(data)
    parsed = table.parse(read)
    found = replace(parsed.decision, placements=places)
    assert (found.sha256, found.ordinal, found.pages, found.made_at) == (HASH, 3, pages, made.made_at)
    assert parsed.places == (("none",) if none else ("16c.notice", "10a:2024-H1"))
    if author == author.strip():
        assert found.author == table.nfc(author)
