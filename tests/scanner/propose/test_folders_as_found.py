"""Which folders of an archive as found are proposed, by what lies in them."""

from __future__ import annotations

from dossier.checklists import load
from dossier.model import Hint
from dossier.scanner.propose import propose
from dossier.scanner.propose.candidate import LoosePaper

CHECKLISTS = load()
MODEL = "Hẻm phố bình yên"
PARTS = {"thành lập mô hình": "6a", "Ban Chỉ đạo": "6b", "khảo sát": "1", "hoạt động": "9"}
TITLES = {
    "KS": f"Khảo sát xây dựng mô hình “{MODEL}”",
    "QD": f"Về việc thành lập mô hình “{MODEL}”",
    "BCD": f"Thành lập Ban Chỉ đạo mô hình “{MODEL}”",
    "KH": f"Kế hoạch hoạt động mô hình “{MODEL}” năm 2024",
}


def proposed(where: dict[str, str]) -> set[str]:
    """The folders proposed, where each paper lies in a folder of its own choice."""
    papers = [
        LoosePaper(f"{folder}/{name}.docx", 1, TITLES[name.split()[0]]) for name, folder in where.items()
    ]
    found = propose(papers, [paper.path for paper in papers], (), CHECKLISTS, _place)
    return {each.path for each in found}


def _place(paper: LoosePaper, _kind: str, _name: str) -> str:
    said = paper.abstract.replace("Khảo sát", "khảo sát").replace("Thành lập Ban", "Ban")
    return next((part for words, part in PARTS.items() if words in said), "")


def test_steps_with_their_names_divide_one_dossier() -> None:
    where = {
        "KS": "kho/Buoc 1 - Khao sat",
        "QD": "kho/Buoc 3 - Thanh lap",
        "BCD": "kho/Buoc 3 - Thanh lap",
        "KH": "kho/Buoc 4 - Hoat dong",
    }
    assert proposed(where) == {"kho"}


def test_folder_of_a_body_with_a_dossier_in_it_is_none() -> None:
    own, copies = "Cong an xa/Hem pho (thanh lap)", "Cong an xa/Ban sao"
    where = {"KS": own, "QD": own, "BCD": own, "QD sao": copies, "BCD sao": copies}
    assert proposed(where) == {own}


def test_exemplar_in_the_folder_of_its_model_is_one_besides() -> None:
    model, exemplar = f"MH {MODEL}", f"MH {MODEL}/Điển hình ông Lê Văn Tám"
    papers = [LoosePaper(f"{model}/{name}.docx", 1, title) for name, title in TITLES.items()]
    about = ("Kế hoạch xây dựng điển hình ông Lê Văn Tám", "Công nhận điển hình tiên tiến ông Lê Văn Tám")
    papers += [LoosePaper(f"{exemplar}/{at}.docx", 1, title) for at, title in enumerate(about)]
    found = propose(papers, [paper.path for paper in papers], (), CHECKLISTS, _place)
    assert [(each.path, each.kind, each.files) for each in found] == [
        (model, "mo-hinh", len(TITLES)),
        (exemplar, "dien-hinh", 2),
    ]


def test_one_model_in_two_folders_is_told() -> None:
    with_founding, without = f"Anh Tư/{MODEL}", f"Chị Lan/{MODEL}"
    papers = [LoosePaper(f"{with_founding}/{name}.docx", 1, TITLES[name]) for name in ("KS", "QD")]
    papers += [LoosePaper(f"{without}/{name}.docx", 1, TITLES[name]) for name in ("BCD", "KH")]
    found = propose(papers, [paper.path for paper in papers], (), CHECKLISTS, _place)
    told = {each.path: [r.text for r in each.reasons if r.hint is Hint.ALSO_IN] for each in found}
    assert told == {with_founding: [without], without: [with_founding]}


def test_two_models_of_one_name_are_not_one() -> None:
    papers = [
        LoosePaper(f"{x}/{MODEL}/{name}.docx", 1, TITLES[name])
        for x in ("Xã A", "Xã B")
        for name in ("QD", "KH")
    ]
    found = propose(papers, [paper.path for paper in papers], (), CHECKLISTS, _place)
    assert len(found) == 2
    assert not any(reason.hint is Hint.ALSO_IN for each in found for reason in each.reasons)


def test_club_that_says_nothing_of_the_movement_is_no_model() -> None:
    def founded(said: str) -> list[str]:
        paper = LoosePaper("Van ban/6.docx", 1, "Thành lập Câu lạc bộ Thanh niên khởi nghiệp", "08-QĐ/ĐTN")
        found = propose([paper], [paper.path], (), CHECKLISTS, lambda *_given: "6a", text=lambda _paper: said)
        return [each.name for each in found]

    assert founded("dieu 1 cau lac bo co 18 thanh vien") == []
    assert founded("dieu 1 cau lac bo tham gia giu gin trat tu") == ["Câu lạc bộ Thanh niên khởi nghiệp"]


def test_archive_of_several_models_with_one_of_them_loose_is_no_dossier() -> None:
    camera, market = "Camera an ninh", "Chợ an toàn"
    titles = {
        "KS": "Khảo sát xây dựng mô hình “{}”",
        "QD": "Về việc thành lập mô hình “{}”",
        "BCD": "Thành lập Ban Chỉ đạo mô hình “{}”",
        "KH": "Kế hoạch hoạt động mô hình “{}” năm 2024",
    }
    where = {camera: ("Camera thôn 3",), market: ("CHO",), MODEL: ("2024 (cũ)", "Tải về")}
    papers = [
        LoosePaper(f"{folder}/{name}.docx", 1, title.format(model))
        for model, folders in where.items()
        for folder in folders
        for name, title in titles.items()
    ]
    found = propose(papers, [paper.path for paper in papers], (), CHECKLISTS, _place, "Ho so ANTT 2026")
    assert {(each.path, each.files) for each in found} == {("Camera thôn 3", 4), ("CHO", 4), (MODEL, 8)}


def of_titles(folder: str, *titles: str) -> list[tuple[str, str, str]]:
    """Path, kind and name of what is proposed for a folder of papers with these titles."""
    papers = [LoosePaper(f"{folder}/{at}.docx", 1, title) for at, title in enumerate(titles)]
    found = propose(papers, [paper.path for paper in papers], (), CHECKLISTS, lambda *_paper: "")
    return [(each.path, each.kind, each.name) for each in found]


def test_folder_of_a_body_may_shorten_the_name_that_the_papers_give_it() -> None:
    folder = "DHTT 2024/To bao ve Cty may Song Hong"
    title = "Nhân rộng điển hình tiên tiến Tổ bảo vệ Công ty cổ phần may Sông Hồng"
    assert of_titles(folder, title) == [(folder, "dien-hinh", "Tổ bảo vệ Công ty cổ phần may Sông Hồng")]


def test_words_of_a_models_folder_that_only_stand_in_another_ones_name_claim_nothing() -> None:
    title = "Đề nghị nhân rộng mô hình “Tổ tự quản an ninh, trật tự khu nhà trọ ấp 5”"
    assert of_titles("2024/To tu quan khu ap 5", title) == []


def test_exemplar_that_is_called_as_models_are_is_of_the_kind_that_the_titles_say() -> None:
    folder = "DHTT/Chi hoi PN thon Dong"
    titles = (
        "Xây dựng điển hình tiên tiến đối với Chi hội Phụ nữ thôn Đông năm 2024",
        "Thành tích của tập thể Chi hội Phụ nữ thôn Đông trong phong trào",
    )
    assert of_titles(folder, *titles) == [(folder, "dien-hinh", "Chi hội Phụ nữ thôn Đông")]


def test_exemplar_whose_folder_has_no_diacritics_is_called_as_in_the_papers() -> None:
    folder = "DHTT/Hoc sinh Nguyen Minh Anh"
    title = "Nhân rộng điển hình tiên tiến em Nguyễn Minh Anh"
    assert of_titles(folder, title) == [(folder, "dien-hinh", "Em Nguyễn Minh Anh")]
