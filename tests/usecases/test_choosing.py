"""Dossiers of chosen files: models whose papers lie mixed, and single files that belong to a dossier."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, paper, run, write

from dossier.archive import Archive, open_archive
from dossier.errors import DossierError
from dossier.model import ComplianceReport, Hint, Proposal
from dossier.usecases import adopt as use
from dossier.usecases.answers import file_of
from dossier.usecases.choosing import are_files, choose, unchoose
from dossier.usecases.inbox import filing
from reports.proposals import unsorted

_CAMERA = {"qd": FOUNDING, "ks": SURVEY, "dx": PROPOSAL}
_MARKET = {
    "qd": paper("QUYẾT ĐỊNH", "31/QĐ-UBND", "Về việc thành lập mô hình “Chợ không rác”"),
    "ks": paper("KẾ HOẠCH", "30/KH-UBND", "Khảo sát địa bàn xây dựng mô hình “Chợ không rác”"),
    "dx": paper("TỜ TRÌNH", "29/TTr-UBND", "Về việc đề xuất xây dựng mô hình “Chợ không rác”"),
}
_RANKING = paper(
    "QUYẾT ĐỊNH", "90/QĐ-UBND", "Công nhận kết quả xếp loại các mô hình năm 2023",
    body="Điều 1. Xếp loại Tốt: “Camera an ninh”; xếp loại Khá: “Chợ không rác”.",
)  # fmt: skip
_STRANGE = paper("BÁO CÁO", "8/BC-UBND", "Kết quả thu quỹ vì người nghèo")
_YEARS = {"qd": 2023, "ks": 2022, "dx": 2023}


def mix(root: Path, pattern: str = "HS an ninh/{m}{p}.txt") -> None:
    """Papers of two models and of none: ``{m}`` 1 or 2, ``{p}`` the paper, ``{year}`` its year."""
    for model, papers in enumerate((_CAMERA, _MARKET), start=1):
        for name, text in papers.items():
            write(root, pattern.format(m=model, p=name, year=_YEARS[name]), text)
    write(root, pattern.format(m=0, p="xep loai", year=2023), _RANKING)
    write(root, pattern.format(m=0, p="quy", year=2023), _STRANGE)


def again(archive: Archive) -> ComplianceReport:
    return run(archive.root)[1]


def proposed(root: Path) -> dict[str, Proposal]:
    return {each.path: each for each in run(root)[1].proposals}


def placed(report: ComplianceReport, path: str) -> list[str]:
    (dossier,) = (each for each in report.dossiers if each.path == path)
    return sorted(document.path for document in dossier.documents)


def take_all(archive: Archive) -> ComplianceReport:
    use.adopt_proposed(archive, use.proposals(archive))
    return again(archive)


@pytest.mark.parametrize(
    ("pattern", "above"),
    [
        ("HS an ninh/{m}{p}.txt", "HS an ninh/"),
        ("{m}{p}.txt", ""),
        ("Mô hình ANTT/{year}/{m}{p}.txt", "Mô hình ANTT/"),
        (unicodedata.normalize("NFD", "GIẤY TỜ/{m}{p}.txt"), "GIẤY TỜ/"),
    ],
)
def test_of_models_that_lie_mixed_the_files_of_each_are_proposed(
    tmp_path: Path, pattern: str, above: str
) -> None:
    mix(tmp_path, pattern)
    found = proposed(tmp_path)
    assert set(found) == {f"{above}Camera an ninh", f"{above}Chợ không rác"}
    own = [pattern.format(m=1, p=p, year=_YEARS[p]) for p in ("dx", "ks", "qd")]
    assert sorted(found[f"{above}Camera an ninh"].chosen) == sorted(
        unicodedata.normalize("NFC", path) for path in own
    )
    hints = {each.hint: each.text for each in found[f"{above}Camera an ninh"].reasons}
    assert (hints[Hint.FOUNDING], hints[Hint.AMONG]) == ("12/QĐ-UBND", above.rstrip("/") or ".")


def test_dossier_of_chosen_files_is_judged_and_no_file_is_touched(tmp_path: Path) -> None:
    mix(tmp_path)
    run(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.txt")}
    report = take_all(open_archive(tmp_path))
    assert placed(report, "HS an ninh/Chợ không rác") == [f"HS an ninh/2{p}.txt" for p in ("dx", "ks", "qd")]
    inside = [d for d in report.documents if d.path not in report.outside.files]
    parts = {d.path[-6:-4]: d.placements[0].part for d in inside}
    assert parts == {"qd": "6a", "ks": "1", "dx": "3"}
    assert sorted(report.outside.files) == ["HS an ninh/0quy.txt", "HS an ninh/0xep loai.txt"]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.txt")} == before
    assert not (tmp_path / "HS an ninh/Chợ không rác").exists()
    assert again(open_archive(tmp_path)).proposals == ()


def test_folder_of_a_dossier_of_chosen_files_may_be_made_later(tmp_path: Path) -> None:
    mix(tmp_path)
    run(tmp_path)
    archive = open_archive(tmp_path)
    take_all(archive)
    assert file_of(archive, "HS an ninh/Camera an ninh") == tmp_path / "HS an ninh"
    write(tmp_path, "HS an ninh/Camera an ninh/moi.txt", PROPOSAL + "bản hai")
    assert len(placed(again(archive), "HS an ninh/Camera an ninh")) == 4


def test_models_with_names_inside_one_another_are_told_apart(tmp_path: Path) -> None:
    mix(tmp_path)
    for number, (name, text) in enumerate(_CAMERA.items(), start=40):
        text = text.replace("Camera an ninh", "Camera an ninh chợ").replace("12/QĐ", f"{number}/QĐ")
        write(tmp_path, f"HS an ninh/3{name}.txt", text)
    found = proposed(tmp_path)
    assert {path.rpartition("/")[2]: len(each.chosen) for path, each in found.items()} == {
        "Camera an ninh": 3, "Camera an ninh chợ": 3, "Chợ không rác": 3,
    }  # fmt: skip


def test_papers_of_a_folders_model_that_lie_among_others_join_it(tmp_path: Path) -> None:
    mix(tmp_path)
    for name in ("qd", "ks", "dx"):
        (tmp_path / "Chợ không rác").mkdir(exist_ok=True)
        if name == "qd":
            (tmp_path / f"HS an ninh/2{name}.txt").rename(tmp_path / f"Chợ không rác/{name}.txt")
    more = paper("BÁO CÁO", "33/BC-UBND", "Kết quả khảo sát xây dựng mô hình “Chợ không rác”")
    write(tmp_path, "HS an ninh/2bc.txt", more)
    (tmp_path / "HS an ninh/2bc.txt").touch()
    found = proposed(tmp_path)
    assert found["Chợ không rác"].chosen == tuple(f"HS an ninh/2{p}.txt" for p in ("bc", "dx", "ks"))
    report = take_all(open_archive(tmp_path))
    assert len(placed(report, "Chợ không rác")) == 4


def test_chosen_files_that_are_moved_stay_chosen(tmp_path: Path) -> None:
    mix(tmp_path)
    run(tmp_path)
    take_all(open_archive(tmp_path))
    (tmp_path / "HS an ninh").rename(tmp_path / "HS ANTT 2023")
    report = again(open_archive(tmp_path))
    assert placed(report, "HS an ninh/Camera an ninh") == [
        f"HS ANTT 2023/1{p}.txt" for p in ("dx", "ks", "qd")
    ]


def test_person_chooses_files_and_takes_them_back(tmp_path: Path) -> None:
    mix(tmp_path)
    run(tmp_path)
    archive = open_archive(tmp_path)
    made = choose(archive, ["HS an ninh/1qd.txt", "HS an ninh/1ks.txt"], name="Camera: khu phố 3?")
    assert made.path == "HS an ninh/Camera khu phố 3"
    again(archive)
    choose(archive, ["HS an ninh/0xep loai.txt"], into="Camera: khu phố 3?")
    assert len(placed(again(archive), made.path)) == 3
    unchoose(archive, ["HS an ninh/0xep loai.txt", "HS an ninh/1qd.txt"])
    assert placed(again(archive), made.path) == ["HS an ninh/1ks.txt"]
    unchoose(archive, ["HS an ninh/1ks.txt"])
    assert again(archive).dossiers == ()


def test_file_outside_is_added_to_a_dossier_recognised_by_its_place(tmp_path: Path) -> None:
    write(tmp_path, "Mô hình/Camera an ninh/qd.txt", FOUNDING)
    write(tmp_path, "lung tung/ks.txt", SURVEY)
    run(tmp_path)
    archive = open_archive(tmp_path)
    choose(archive, ["lung tung/ks.txt"], into="camera an ninh")
    assert placed(again(archive), "Mô hình/Camera an ninh") == [
        "Mô hình/Camera an ninh/qd.txt", "lung tung/ks.txt",
    ]  # fmt: skip
    unchoose(archive, ["lung tung/ks.txt"])
    assert placed(again(archive), "Mô hình/Camera an ninh") == ["Mô hình/Camera an ninh/qd.txt"]


def test_file_is_in_the_dossier_it_was_chosen_for_last(tmp_path: Path) -> None:
    mix(tmp_path)
    run(tmp_path)
    archive = open_archive(tmp_path)
    take_all(archive)
    choose(archive, ["HS an ninh/1dx.txt"], into="Chợ không rác")
    report = again(archive)
    assert len(placed(report, "HS an ninh/Chợ không rác")) == 4
    assert len(placed(report, "HS an ninh/Camera an ninh")) == 2


@pytest.mark.parametrize(
    ("files", "into", "name", "said"),
    [
        (["HS an ninh/khong co.txt"], "", "A", "không thấy"),
        (["HS an ninh/1qd.txt"], "", " ", "--name"),
        (["HS an ninh/1qd.txt"], "không có", "", "Không có hồ sơ"),
        (["../ngoài.txt"], "", "A", "không thấy “../ngoài.txt”"),
    ],
)
def test_wrong_choice_is_refused_in_words(
    tmp_path: Path, files: list[str], into: str, name: str, said: str
) -> None:
    mix(tmp_path)
    run(tmp_path)
    with pytest.raises(DossierError, match=said):
        choose(open_archive(tmp_path), files, into=into, name=name)


def test_folders_and_files_are_not_named_together(tmp_path: Path) -> None:
    mix(tmp_path)
    run(tmp_path)
    archive = open_archive(tmp_path)
    assert are_files(archive, ["HS an ninh/1qd.txt"])
    assert not are_files(archive, ["HS an ninh"])
    with pytest.raises(DossierError):
        are_files(archive, ["HS an ninh/1qd.txt", "HS an ninh"])


_LATER = paper("BÁO CÁO", "55/BC-UBND", "Kết quả hoạt động mô hình “Camera an ninh” 6 tháng đầu năm 2024")


def with_later(root: Path, at: str = "HS an ninh/4bc.txt") -> Archive:
    """An archive whose mixed models were taken, and a later paper of one."""
    mix(root)
    run(root)
    archive = open_archive(root)
    take_all(archive)
    write(root, at, _LATER)
    return archive


@pytest.mark.parametrize("at", ["HS an ninh/4bc.txt", "HS an ninh/2024/4bc.txt"])
def test_later_papers_of_a_dossier_are_proposed_for_it(tmp_path: Path, at: str) -> None:
    archive = with_later(tmp_path, at)
    report = again(archive)
    (added,) = report.proposals
    assert (added.path, added.name, added.chosen, added.adds) == (
        "HS an ninh/Camera an ninh", "Camera an ninh", (at,), True,
    )  # fmt: skip
    assert "dossier adopt TỆP… --into “Camera an ninh”" in unsorted(report)
    assert at in placed(take_all(archive), "HS an ninh/Camera an ninh")
    assert len(placed(again(archive), "HS an ninh/Camera an ninh")) == 4
    assert again(archive).proposals == ()


def test_later_papers_may_be_refused_and_that_taken_back(tmp_path: Path) -> None:
    archive = with_later(tmp_path)
    again(archive)
    use.adopt(archive, ["HS an ninh/Camera an ninh"], none=True)
    report = again(archive)
    assert (report.proposals, len(report.dossiers)) == ((), 2)
    unchoose(archive, ["HS an ninh/4bc.txt"])
    assert len(again(archive).proposals) == 1
    use.adopt(archive, ["HS an ninh/4bc.txt"], none=True)
    assert again(archive).proposals == ()


def test_adopting_again_under_another_name_keeps_the_chosen_files(tmp_path: Path) -> None:
    archive = with_later(tmp_path)
    (tmp_path / "HS an ninh/4bc.txt").unlink()
    again(archive)
    use.adopt(archive, ["HS an ninh/Camera an ninh"], name="Camera Tân Phú")
    assert len(placed(again(archive), "HS an ninh/Camera an ninh")) == 3


def test_another_founded_model_of_a_similar_name_is_no_later_paper(tmp_path: Path) -> None:
    archive = with_later(tmp_path)
    for name, text in _CAMERA.items():
        text = text.replace("Camera an ninh", "Camera an ninh chợ").replace("12/QĐ", "41/QĐ")
        write(tmp_path, f"HS an ninh/5{name}.txt", text)
    found = {each.path: each for each in again(archive).proposals}
    assert {path: (len(each.chosen), each.adds) for path, each in found.items()} == {
        "HS an ninh/Camera an ninh": (1, True), "HS an ninh/Camera an ninh chợ": (3, False),
    }  # fmt: skip


def test_of_one_model_among_many_strange_papers_its_files_are_proposed(tmp_path: Path) -> None:
    for name, text in _CAMERA.items():
        write(tmp_path, f"Giấy tờ/{name}.txt", text)
    for at in range(8):
        write(tmp_path, f"Giấy tờ/quy {at}.txt", _STRANGE.replace("8/BC", f"{at}/BC"))
    (found,) = proposed(tmp_path).values()
    assert found.path == "Giấy tờ/Camera an ninh"
    assert sorted(found.chosen) == [f"Giấy tờ/{name}.txt" for name in ("dx", "ks", "qd")]


def test_paper_of_the_inbox_is_filed_into_a_folder_of_the_dossiers_own(tmp_path: Path) -> None:
    archive = with_later(tmp_path, "Hộp thư đến/bc.txt")
    write(tmp_path, "HS an ninh/4bc.txt", _LATER.replace("55/BC", "56/BC"))
    again(archive)
    choose(archive, ["HS an ninh/4bc.txt"], into="Camera an ninh")  # another of the same part, elsewhere
    again(archive)
    sha = hashlib.sha256((tmp_path / "Hộp thư đến/bc.txt").read_bytes()).hexdigest()
    filing.file(archive, filing.Filing("Hộp thư đến/bc.txt", sha, "HS an ninh/Camera an ninh", {1: ["10a"]}))
    moved = "HS an ninh/Camera an ninh/bc.txt"
    assert (tmp_path / moved).is_file()
    assert moved in placed(again(archive), "HS an ninh/Camera an ninh")
