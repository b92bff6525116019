"""The walk through doubtful documents: answers are kept, skipped ones return, mistakes are taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dossier import workspace
from dossier.archive import Archive, open_archive
from dossier.errors import LockedError, UsageError
from dossier.index import Filters
from dossier.model import Source
from dossier.usecases.assess import assess
from dossier.usecases.inspect import documents_of
from dossier.usecases.locking import writing
from dossier.usecases.review import Review, questions
from dossier.usecases.search import search
from tests.usecases.archives import FOUNDING, TODAY, paper, put, run

ODD = paper("PHIẾU TRÌNH", "07/PT-UBND", "Mấy việc cần làm", body="Xin ý kiến các đồng chí về mấy việc sau.")
ODD_TOO = ODD.replace("07/PT", "08/PT")


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once")
    put(folder, quyet_dinh_txt=FOUNDING, la_txt=ODD, la2_txt=ODD_TOO, ban_sao_txt=ODD)
    run(folder)
    return folder


@pytest.fixture
def archive(scanned_once: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned_once, tmp_path, dirs_exist_ok=True))


def parts(archive: Archive, name: str) -> list[list[str]]:
    """Where a person has put the documents of that file."""
    found = [d for d in assess(archive, TODAY).documents if d.path.endswith(name)]
    return [[p.part for p in d.placements if p.source is Source.PERSON] for d in found]


def test_answer_is_kept_at_once_and_copies_are_not_asked_about_again(archive: Archive) -> None:
    walk = Review(archive, TODAY)
    asked = walk.current
    assert asked is not None and walk.left == 3
    walk.typed(["5"])
    name = Path(asked.document.path).name
    assert parts(archive, name) == [["5"]]
    assert walk.left == (1 if name != "la2.txt" else 2)


def test_walk_ends_when_all_are_answered_or_skipped(archive: Archive) -> None:
    walk = Review(archive, TODAY)
    while walk.current is not None:
        walk.answer(())
    assert walk.answered == 2 and questions(archive, TODAY) == []
    assert walk.back()
    walk.skip()
    assert (walk.current, walk.answered, walk.skipped) == (None, 1, 1)


def test_going_back_takes_the_answer_back_and_asks_again(archive: Archive) -> None:
    walk = Review(archive, TODAY)
    first = walk.current
    assert first is not None
    walk.typed(["5"])
    assert walk.back()
    assert walk.current == first and walk.answered == 0
    assert parts(archive, Path(first.document.path).name) == [[]]
    assert not walk.back()


def test_unknown_part_changes_nothing(archive: Archive) -> None:
    walk = Review(archive, TODAY)
    with pytest.raises(UsageError, match="99"):
        walk.typed(["99"])
    assert walk.answered == 0 and walk.left == 3


def test_answer_while_another_process_writes_changes_nothing(archive: Archive) -> None:
    walk = Review(archive, TODAY)
    with workspace.within(patience=0.1), writing(archive.state, "scan"), pytest.raises(LockedError):
        walk.answer(())
    assert walk.answered == 0 and walk.left == 3


def test_beginning_is_shown_from_where_the_head_ends(archive: Archive) -> None:
    assert Review(archive, TODAY).lines(1) == ["Xin ý kiến các đồng chí về mấy việc sau."]


def test_search_follows_when_the_walk_is_finished(archive: Archive) -> None:
    walk = Review(archive, TODAY)
    while walk.current is not None:
        walk.typed(["5"])
    walk.finish()
    found = search(archive, "việc", Filters(item=5))
    assert found.total == 3


def test_file_is_named_as_on_disk(archive: Archive) -> None:
    assert Review(archive, TODAY).file().is_file()


def test_lines_shown_of_a_paper_without_a_known_title_begin_below_its_letterhead(tmp_path: Path) -> None:
    ours = ODD.replace("PHIẾU TRÌNH", "Anh em bàn việc").replace("mấy việc sau", "mấy việc của mô hình")
    put(tmp_path, la_txt=ours)
    run(tmp_path)
    lines = Review(open_archive(tmp_path), TODAY).lines(6)
    assert lines[0] == "Anh em bàn việc" and not any("Độc lập" in line for line in lines)


def test_going_back_takes_a_correction_back_and_what_was_corrected_before_stays(archive: Archive) -> None:
    walk = Review(archive, TODAY)
    first = walk.current
    assert first is not None
    read = first.document.header.number_symbol
    walk.fix({"number": "70/PT-UBND"})
    walk.fix({"number": "71/PT-UBND", "abstract": "Về việc khác"})
    assert walk.back()
    (before,) = documents_of(archive, first.document.path)[2]
    assert before.header.number_symbol == "70/PT-UBND"
    assert before.header.abstract == first.document.header.abstract
    assert walk.back()
    (before,) = documents_of(archive, first.document.path)[2]
    assert before.header.number_symbol == read
    assert not walk.back()
