"""What waits in the inbox is filed by a person: the file, the decision, the log; and taken back."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError, UsageError
from dossier.model import Decision
from dossier.usecases import audit, undo
from dossier.usecases.inbox import carry, filing, journal
from dossier.usecases.inbox.filing import Filing
from dossier.usecases.inbox.proposing import FilingProposal, Proposer
from dossier.usecases.inbox.waiting import Waits, files_waiting
from dossier.usecases.known import open_known
from dossier.usecases.reading import processor_for
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, PROPOSAL, SURVEY, paper, write

A = "Mô hình/Camera an ninh"
NEW = "Hộp thư đến/scan0007.txt"


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier with a founding decision in its item's folder, and one new paper that waits."""
    root = tmp_path_factory.mktemp("once") / "kho"
    write(root, f"{A}/06 Quyết định thành lập/qd.txt", FOUNDING)
    write(root, "Mô hình/Chợ an toàn/06 QĐ/qd.txt", FOUNDING.replace("Camera an ninh", "Chợ an toàn"))
    write(root, NEW, SURVEY)
    read(root)
    return root


@pytest.fixture
def kho(scanned_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned_once, tmp_path / "kho")


def read(root: Path) -> Archive:
    scan(open_archive(root), workers=1)
    return open_archive(root)


def proposed(archive: Archive) -> list[tuple[Waits, FilingProposal]]:
    with open_known(archive) as catalogue:
        proposer = Proposer(archive, catalogue, processor_for(archive))
        return [(file, proposer.propose(file)) for file in files_waiting(archive, catalogue)]


def decided(archive: Archive) -> tuple[Decision, ...]:
    with open_known(archive) as catalogue:
        return catalogue.decisions.all()


def file_it(root: Path, path: str = NEW, dossier: str = A, *places: str, key: str = "") -> journal.Move:
    archive = open_archive(root)
    sha = hashlib.sha256((root / path).read_bytes()).hexdigest()
    return filing.file(archive, Filing(path, sha, dossier, {1: places} if places else {}), key=key)


def everything(root: Path) -> dict[str, bytes]:
    """All files outside the state folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".dossier" not in path.relative_to(root).parts
    }


def test_a_dossier_and_an_item_are_proposed_with_the_reason(kho: Path) -> None:
    [(file, proposal)] = proposed(open_archive(kho))
    assert file.path == NEW
    best = proposal.choices[0]
    assert best.folder.path == A
    assert "Camera an ninh" in best.reasons[0]
    assert proposal.places[0].placements[0].part == "1"


def test_an_inbox_is_no_dossier_whatever_its_folders_are_called(kho: Path) -> None:
    write(kho, "Hộp thư đến/Mô hình/Mới/hoso.toml", 'kind = "mo-hinh"')
    write(kho, "Hộp thư đến/Mô hình/Mới/a.txt", PROPOSAL)
    archive = read(kho)
    with open_known(archive) as catalogue:
        assert not [path for path in catalogue.kinds() if path.startswith("Hộp")]
    assert "Hộp thư đến/Mô hình/Mới/a.txt" in {file.path for file, _proposal in proposed(archive)}


def test_filing_moves_the_file_keeps_the_decision_and_is_logged(kho: Path) -> None:
    before = (kho / NEW).read_bytes()
    move = file_it(kho, NEW, A, "1")
    target = kho / os.fsdecode(move.target)
    assert target.read_bytes() == before
    assert not (kho / NEW).exists()
    archive = open_archive(kho)
    assert [(d.path, d.placements[0].part) for d in decided(archive)] == [(os.fsdecode(move.target), "1")]
    assert audit.entries(archive)[0].act == "inbox-file"
    assert proposed(archive) == []


def test_nothing_is_read_again_after_filing(kho: Path) -> None:
    file_it(kho, NEW, A, "1")
    counts = scan(open_archive(kho), workers=1)
    assert counts.read == 0


def test_it_goes_where_the_dossier_keeps_papers_of_the_item(kho: Path) -> None:
    assert os.fsdecode(file_it(kho, NEW, A, "6a").target) == f"{A}/06 Quyết định thành lập/scan0007.txt"


def test_a_folder_of_the_item_is_made_where_the_dossier_has_such_folders(kho: Path) -> None:
    folder, _slash, name = os.fsdecode(file_it(kho, NEW, A, "1").target).rpartition("/")
    assert folder.startswith(f"{A}/01 ")
    assert name == "scan0007.txt"


def test_a_dossier_without_item_folders_gets_none(kho: Path) -> None:
    write(kho, "Mô hình/Tổ tự quản/qd.txt", FOUNDING.replace("Camera an ninh", "Tổ tự quản"))
    read(kho)
    move = file_it(kho, NEW, "Mô hình/Tổ tự quản", "1")
    assert os.fsdecode(move.target) == "Mô hình/Tổ tự quản/scan0007.txt"


def test_a_file_of_the_same_name_is_never_replaced(kho: Path) -> None:
    write(kho, f"{A}/06 Quyết định thành lập/SCAN0007.TXT", "khác")
    read(kho)
    move = file_it(kho, NEW, A, "6a")
    assert os.fsdecode(move.target).endswith("scan0007 (2).txt")
    assert (kho / A / "06 Quyết định thành lập/SCAN0007.TXT").read_text() == "khác"


def test_one_that_comes_there_meanwhile_is_not_replaced_either(
    kho: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = kho / A / "06 Quyết định thành lập/scan0007.txt"
    real = carry.copy

    def slow(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        taken.write_text("vừa có người chép vào")

    monkeypatch.setattr(carry, "copy", slow)
    move = file_it(kho, NEW, A, "6a")
    assert os.fsdecode(move.target).endswith("scan0007 (2).txt")
    assert taken.read_text() == "vừa có người chép vào"


def test_a_filing_is_taken_back_with_its_decision(kho: Path) -> None:
    before = everything(kho)
    move = file_it(kho, NEW, A, "1")
    filing.take_back(open_archive(kho), move.id)
    assert everything(kho) == before
    archive = open_archive(kho)
    assert decided(archive) == ()
    assert [file.path for file, _proposal in proposed(archive)] == [NEW]
    assert [entry.act for entry in audit.entries(archive)][:2] == ["inbox-undo", "inbox-file"]


def test_it_is_taken_back_once(kho: Path) -> None:
    move = file_it(kho)
    filing.take_back(open_archive(kho), move.id)
    with pytest.raises(UsageError) as told:
        filing.take_back(open_archive(kho), move.id)
    assert told.value.message == f"Lần chuyển số {move.id} đã được hoàn tác rồi."


def test_it_is_taken_back_for_ninety_days(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move = file_it(kho)
    archive = open_archive(kho)
    assert filing.may_be_taken_back(archive, move)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(days=91)

    monkeypatch.setattr(filing, "datetime", Later)
    assert not filing.may_be_taken_back(archive, move)
    with pytest.raises(UsageError, match="đã quá 90 ngày nên"):
        filing.take_back(archive, move.id)


def test_a_file_that_was_changed_after_filing_is_not_taken_back(kho: Path) -> None:
    move = file_it(kho)
    target = kho / os.fsdecode(move.target)
    target.write_text("đã sửa")
    with pytest.raises(UsageError):
        filing.take_back(open_archive(kho), move.id)
    assert target.read_text() == "đã sửa"


def test_a_file_that_changed_since_it_was_read_is_not_filed(kho: Path) -> None:
    sha = hashlib.sha256((kho / NEW).read_bytes()).hexdigest()
    (kho / NEW).write_text("đã sửa")
    with pytest.raises(UsageError):
        filing.file(open_archive(kho), Filing(NEW, sha, A, {}))
    assert (kho / NEW).read_text() == "đã sửa"
    assert len(everything(kho)) == 3


def test_one_that_changes_while_it_is_moved_stays(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = carry.publish

    def slow(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        (kho / NEW).write_text("bản mới hơn")

    monkeypatch.setattr(carry, "publish", slow)
    move = file_it(kho, NEW, A, "1")
    assert (kho / NEW).read_text() == "bản mới hơn"
    assert (kho / os.fsdecode(move.target)).read_text() == SURVEY
    assert move.trouble == filing.CHANGED


def test_the_same_click_moves_once(kho: Path) -> None:
    one = file_it(kho, NEW, A, "1", key="click")
    sha = one.sha256
    again = filing.file(open_archive(kho), Filing(NEW, sha, A, {1: ("1",)}), key="click")
    assert again.id == one.id
    assert len(decided(open_archive(kho))) == 1


def test_only_what_waits_is_ever_moved(kho: Path) -> None:
    with pytest.raises(UsageError):
        file_it(kho, f"{A}/06 Quyết định thành lập/qd.txt", "Mô hình/Chợ an toàn", "6a")
    with pytest.raises(UsageError):
        file_it(kho, f"Hộp thư đến/../{A}/06 Quyết định thành lập/qd.txt", "Mô hình/Chợ an toàn", "6a")


@pytest.mark.parametrize("dossier", ["", ".", "..", "../ngoai", "Hộp thư đến", "/etc", "Mô hình/Không có"])
def test_it_goes_into_a_dossier_or_nowhere(kho: Path, dossier: str) -> None:
    before = everything(kho)
    with pytest.raises(UsageError):
        file_it(kho, NEW, dossier)
    assert everything(kho) == before


def test_a_secret_one_is_not_filed(kho: Path) -> None:
    write(kho, "Hộp thư đến/mat.txt", f"TUYỆT MẬT\n{SURVEY}")
    archive = read(kho)
    [(file, proposal)] = [each for each in proposed(archive) if each[0].secret]
    assert proposal == FilingProposal()
    with pytest.raises(UsageError):
        filing.file(archive, Filing(file.path, file.sha256, A, {}))
    assert (kho / "Hộp thư đến/mat.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="needs the right to make links")
def test_a_dossier_folder_that_became_a_link_gets_nothing(kho: Path, tmp_path: Path) -> None:
    sha = hashlib.sha256((kho / NEW).read_bytes()).hexdigest()
    outside = tmp_path / "ngoai"
    (kho / A).rename(outside)
    (kho / A).symlink_to(outside)
    with pytest.raises((ArchiveError, UsageError)):
        filing.file(open_archive(kho), Filing(NEW, sha, A, {1: ("6a",)}))
    assert (kho / NEW).exists()
    assert sorted(p.name for p in (outside / "06 Quyết định thành lập").iterdir()) == ["qd.txt"]


def test_a_full_disk_leaves_the_file_where_it_was(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(kho)
    monkeypatch.setattr(carry, "_free", lambda _folder: 0)
    with pytest.raises(ArchiveError):
        file_it(kho)
    assert everything(kho) == before


def test_several_papers_in_one_file_are_shown_and_stay_one_file(kho: Path) -> None:
    both = f"{SURVEY}\f{PROPOSAL}"
    write(kho, "Hộp thư đến/hai.txt", both)
    archive = read(kho)
    file, proposal = next(each for each in proposed(archive) if each[0].name == "hai.txt")
    assert len(file.documents) == 2
    assert [placed.ordinal for placed in proposal.places] == [1, 2]
    move = filing.file(archive, Filing(file.path, file.sha256, A, proposal.sure_places))
    assert (kho / os.fsdecode(move.target)).read_text() == both


def test_a_copy_of_what_is_in_a_dossier_is_told(kho: Path) -> None:
    write(kho, "Hộp thư đến/lai.txt", FOUNDING)
    file = next(file for file, _proposal in proposed(read(kho)) if file.name == "lai.txt")
    assert file.copies == (f"{A}/06 Quyết định thành lập/qd.txt",)


def test_a_citation_of_a_paper_in_one_dossier_tells_the_dossier(kho: Path) -> None:
    cited = paper(
        "BÁO CÁO", "21/BC-UBND", "Kết quả thực hiện công tác",
        body="Căn cứ Quyết định số 88/QĐ-UBND ngày 01 tháng 02 năm 2023 của Ủy ban nhân dân xã.",
    )  # fmt: skip
    other = paper("QUYẾT ĐỊNH", "88/QĐ-UBND", "Về việc kiện toàn ban chủ nhiệm", "01 tháng 02 năm 2023")
    write(kho, "Mô hình/Chợ an toàn/06 QĐ/88.txt", other)
    write(kho, "Hộp thư đến/bc.txt", cited)
    proposal = next(p for file, p in proposed(read(kho)) if file.name == "bc.txt")
    assert proposal.choices[0].folder.path == "Mô hình/Chợ an toàn"
    assert "88/QĐ-UBND" in proposal.choices[0].reasons[0]


def test_undo_takes_back_a_filing_with_its_decision_as_one_act(kho: Path) -> None:
    before = everything(kho)
    file_it(kho, NEW, A, "1")
    archive = open_archive(kho)
    assert [act.kind for act in undo.acts(archive)] == [undo.ActKind.FILE]
    assert undo.undo(archive) is not None
    assert everything(kho) == before
    assert decided(archive) == ()
    assert undo.acts(archive) == []


def test_name_before_a_dash_is_whose_the_dossier_is(tmp_path: Path) -> None:
    """Two units have a model of one name, and the folder says whose it is before the name."""
    root = tmp_path / "kho"
    other = FOUNDING.replace("HÀM THẮNG", "SƠN MỸ").replace("Hàm Thắng", "Sơn Mỹ")
    write(root, "Mô hình/Hàm Thắng - Camera an ninh/qd.txt", FOUNDING)
    write(root, "Mô hình/Sơn Mỹ - Camera an ninh/qd.txt", other)
    write(root, NEW, SURVEY)
    write(root, "Hộp thư đến/khac.txt", SURVEY.replace("HÀM THẮNG", "SƠN MỸ").replace("Hàm Thắng", "Sơn Mỹ"))
    found = {file.name: proposal.choices[0].folder.path for file, proposal in proposed(read(root))}
    assert found == {
        "scan0007.txt": "Mô hình/Hàm Thắng - Camera an ninh",
        "khac.txt": "Mô hình/Sơn Mỹ - Camera an ninh",
    }


def test_name_that_other_units_have_too_is_never_certain_without_the_unit(tmp_path: Path) -> None:
    root = tmp_path / "kho"
    write(root, "Xã Sơn Mỹ/Mô hình/Camera an ninh/qd.txt", FOUNDING)
    write(root, "Xã Tân Hải/Mô hình/Tên khác hẳn/qd.txt", FOUNDING.replace("Camera an ninh", "Tên khác hẳn"))
    write(root, NEW, SURVEY)  # of Hàm Thắng, which has no dossier here
    [(_file, proposal)] = proposed(read(root))
    assert not proposal.certain
