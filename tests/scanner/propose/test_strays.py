"""Files that lie apart from the dossier whose model their titles name."""

from __future__ import annotations

from datetime import datetime

from dossier.checklists import load
from dossier.model import Adoption, Hint, Proposal
from dossier.scanner.propose import propose
from dossier.scanner.propose.candidate import LoosePaper

CHECKLISTS = load()
KENG, LOA = "Tiếng kẻng bình yên", "Tiếng loa bình yên"
PARTS = {"thành lập mô hình": "6a", "khảo sát": "1", "xếp loại": "13b", "năm 2024": "9"}


def _place(paper: LoosePaper, _kind: str, _name: str) -> str:
    return next((part for said, part in PARTS.items() if said in paper.abstract.lower()), "")


def _dossier(folder: str, model: str) -> list[LoosePaper]:
    titles = (f"Khảo sát xây dựng mô hình “{model}”", f"Về việc thành lập mô hình “{model}”")
    return [LoosePaper(f"{folder}/{at}.docx", 1, title, f"{at}/QĐ") for at, title in enumerate(titles)]


def proposed(*papers: LoosePaper, dossiers: tuple[Adoption, ...] = ()) -> dict[str, Proposal]:
    found = propose(papers, [paper.path for paper in papers], dossiers, CHECKLISTS, _place)
    return {each.path: each for each in found}


def test_stray_file_is_offered_with_the_folder_of_its_model() -> None:
    stray = LoosePaper("Zalo nhan/IMG 1.docx", 1, f"Xếp loại mô hình “{KENG}”")
    found = proposed(*_dossier(f"MH {KENG}", KENG), *_dossier(f"MH {LOA}", LOA), stray)
    assert found[f"MH {KENG}"].chosen == (stray.path,)
    assert found[f"MH {KENG}"].files == 3
    assert not found[f"MH {LOA}"].chosen


def test_stray_file_is_offered_to_a_dossier_there_is() -> None:
    stray = LoosePaper("Zalo nhan/IMG 1.docx", 1, f"Xếp loại mô hình “{KENG}”")
    found = proposed(stray, dossiers=(Adoption(f"MH {KENG}", "mo-hinh", KENG, "", datetime.min),))
    assert [each.chosen for each in found.values()] == [(stray.path,)]
    assert [reason.hint for reason in found[f"MH {KENG}"].reasons] == [Hint.LATER]


def test_stray_file_of_two_models_or_of_no_part_is_nobodys() -> None:
    both = LoosePaper("Zalo nhan/1.docx", 1, f"Xếp loại mô hình “{KENG}”, “{LOA}”")
    none = LoosePaper("Zalo nhan/2.docx", 1, f"Rà soát các mô hình “{KENG}” toàn tỉnh")
    found = proposed(*_dossier(f"MH {KENG}", KENG), *_dossier(f"MH {LOA}", LOA), both, none)
    assert not any(each.chosen for each in found.values())


def test_stray_file_of_another_commune_is_not_offered() -> None:
    stray = LoosePaper("Xã Đông/khac/1.docx", 1, f"Xếp loại mô hình “{KENG}”")
    found = proposed(*_dossier(f"Xã Tây/MH {KENG}", KENG), stray)
    assert not any(each.chosen for each in found.values())


def test_name_that_two_dossiers_have_tells_neither() -> None:
    stray = LoosePaper("Zalo nhan/1.docx", 1, f"Xếp loại mô hình “{KENG}”")
    found = proposed(*_dossier(f"Xã Tây/MH {KENG}", KENG), *_dossier(f"Xã Đông/MH {KENG}", KENG), stray)
    assert not any(each.chosen for each in found.values())


def _placed_by_name(paper: LoosePaper, kind: str, name: str) -> str:
    return _place(paper, kind, name) if name in paper.abstract else ""


def test_file_in_the_folder_of_another_model_is_offered_to_its_own() -> None:
    strange = LoosePaper(f"MH {LOA}/bc.docx", 1, f"Xếp loại mô hình “{KENG}”")
    papers = (*_dossier(f"MH {KENG}", KENG), *_dossier(f"MH {LOA}", LOA), strange)
    found = propose(papers, [paper.path for paper in papers], (), CHECKLISTS, _placed_by_name)
    told = [(each.name, each.chosen, each.files) for each in found]
    assert told == [(KENG, (strange.path,), 3), (LOA, (), 2)]


def test_file_on_making_the_like_elsewhere_stays_in_the_folder_it_was_put_in() -> None:
    there, here = "Ánh sáng an ninh thôn Đoài", "Ánh sáng an ninh thôn Đông"
    copied = LoosePaper(f"MH {here}/0.docx", 1, f"Khảo sát, nhân rộng mô hình “{there}” tại thôn Đông")
    papers = (*_dossier(f"MH {there}", there), *_dossier(f"MH {here}", here), copied)
    found = propose(papers, [paper.path for paper in papers], (), CHECKLISTS, _placed_by_name)
    assert not any(each.chosen for each in found)


def test_file_that_the_folders_own_model_has_a_place_for_stays_there() -> None:
    both = LoosePaper(f"MH {LOA}/bc.docx", 1, f"Xếp loại mô hình “{KENG}”")
    found = proposed(*_dossier(f"MH {KENG}", KENG), *_dossier(f"MH {LOA}", LOA), both)
    assert not any(each.chosen for each in found.values())
