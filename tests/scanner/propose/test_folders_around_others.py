"""Folders around papers of several models, and what the dossiers in them are called and where they lie."""

from __future__ import annotations

import pytest

from dossier.checklists import load
from dossier.model import Adoption, Proposal
from dossier.scanner.propose import propose
from dossier.scanner.propose.candidate import LoosePaper
from dossier.scanner.propose.names import below

CHECKLISTS = load()
PARTS = {"thành lập mô hình": "6a", "khảo sát": "1", "đề xuất": "3", "năm 2024": "9", "năm 2023": "10b"}
SAID = (
    "Khảo sát xây dựng", "Về việc thành lập", "Báo cáo đề xuất xây dựng", "Hoạt động năm 2024",
    "Kết quả năm 2023",
)  # fmt: skip
BOATS, BELL, MARKET = "Đội thuyền an toàn", "Tiếng kẻng an ninh", "Bến cá không trộm cắp"


def _place(paper: LoosePaper, _kind: str, name: str) -> str:
    said = paper.abstract.replace("Khảo sát", "khảo sát")
    return next((part for words, part in PARTS.items() if words in said and name in said), "")


def _papers(folder: str, model: str, count: int = len(SAID), start: int = 0) -> list[LoosePaper]:
    above = f"{folder}/" if folder else ""
    return [
        LoosePaper(f"{above}{at} {model.split()[0]}.docx", 1, f"{said} mô hình “{model}”", f"{at}/QĐ-UBND")
        for at, said in enumerate(SAID[start : start + count], start)
    ]


def proposed(*papers: LoosePaper, dossiers: tuple[Adoption, ...] = ()) -> dict[str, Proposal]:
    found = propose(papers, [paper.path for paper in papers], dossiers, CHECKLISTS, _place)
    return {each.path: each for each in found}


def test_archive_with_one_models_papers_loose_beside_a_mixed_folder_is_no_dossier() -> None:
    found = proposed(*_papers("", BOATS), *_papers("KENG + BEN CA", BELL), *_papers("KENG + BEN CA", MARKET))
    assert sorted(each.name for each in found.values()) == sorted((BOATS, BELL, MARKET))
    assert all(len(each.chosen) == len(SAID) for each in found.values())


def test_no_proposed_dossier_lies_in_another() -> None:
    inner = f"MH {BOATS}/Xa ban gui"
    found = proposed(*_papers(f"MH {BOATS}", BOATS), *_papers(inner, BELL), *_papers(inner, MARKET))
    assert len(found) == 3
    assert not any(below(one, other) for one in found for other in found)


def test_archive_called_after_its_model_is_proposed_alone() -> None:
    papers = [*_papers("", BOATS), *_papers("VB den", BELL), *_papers("VB den", MARKET)]
    found = propose(papers, [p.path for p in papers], (), CHECKLISTS, _place, f"MH {BOATS}")
    assert [each.path for each in found] == ["."]


def test_archive_by_years_with_papers_of_several_models_is_no_dossier() -> None:
    many = [
        LoosePaper(f"{year}/Bao cao/{at} {said[:7]}.docx", 1, f"{said} mô hình “{BOATS}”", f"{at}/QĐ-UBND")
        for at, said in enumerate(SAID)
        for year in (2022, 2023, 2024)
    ]
    few = [each for year in (2023, 2024) for each in _papers(f"{year}/Khac", BELL, 2, start=year - 2023)]
    found = proposed(*many, *few)
    assert sorted((each.name, each.files) for each in found.values()) == [
        (BELL, len(few)),
        (BOATS, len(many)),
    ]


def test_archive_by_years_with_one_misfiled_paper_is_one_dossier() -> None:
    years = [p for year in (2022, 2023, 2024) for p in _papers(f"{year}/Bao cao", BOATS)]
    found = proposed(*years, *_papers("2024/Bao cao", BELL, 1, start=3))
    assert list(found) == ["."]


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("1- HO DAO", "Họ đạo bình yên"),
        ("MH cum DN", "Cụm doanh nghiệp liên kết bảo đảm an ninh, trật tự"),
    ],
)
def test_short_name_of_a_folder_gives_way_to_the_papers_whole_one(folder: str, name: str) -> None:
    more = LoosePaper(f"{folder}/x.docx", 1, "Thực trạng tại các họ đạo trên địa bàn xã")
    (found,) = proposed(*_papers(folder, name, 3, start=2), more).values()
    assert found.name == name


def test_name_written_in_full_on_a_folder_stays() -> None:
    (found,) = proposed(*_papers("MH Camera ngõ", "Camera an ninh")).values()
    assert found.name == "Camera ngõ"


def test_folders_of_one_model_in_years_side_by_side_are_one_dossier() -> None:
    later = _papers("2024/Ben ca", MARKET, 2, start=3)
    found = proposed(*_papers("2023/Ben ca", MARKET, 3), *later)
    assert [(each.path, each.files, set(each.chosen)) for each in found.values()] == [
        ("2023/Ben ca", 5, {paper.path for paper in later})
    ]


def test_folders_of_one_model_in_years_of_two_foundings_are_two_dossiers() -> None:
    again = LoosePaper("2024/Ben ca/9.docx", 1, f"Về việc thành lập mô hình “{MARKET}”", "99/QĐ-UBND")
    found = proposed(*_papers("2023/Ben ca", MARKET, 3), again)
    assert set(found) == {"2023/Ben ca", "2024/Ben ca"}
