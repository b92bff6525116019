"""Papers of a neighbour whose model has the same name, told by the village, school, firm or post."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dossier import checklists
from dossier.model import Header, Placement, Reference
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.about import Names, Tie, movement
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.communes import named_in as communes_in
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.classify.tied import Tied
from dossier.scanner.classify.units import Units, named_after, named_in

CHECKLISTS = checklists.load()
MODEL = CHECKLISTS["mo-hinh"]
SCHOOL = "TRƯỜNG THCS LÊ HỒNG PHONG"
OTHER = "TRƯỜNG TH VÕ THỊ SÁU"
FOLDER = "Phong GD/TH Vo Thi Sau/Cong truong an toan"


def titled(title: str = "", body: str = "", above: str = "", day: date = date(2023, 3, 1)) -> Header:
    return Header(type="bao-cao", abstract=title, issuing_body=body, superior_body=above, date=day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BẢN TÀ VỜNG", {"bản": {"ta vong"}}),
        ("CÔNG TY TNHH MAY HOÀNG GIA", {"công ty": {"may hoang gia"}}),
        ("TRƯỜNG TH VÕ THỊ SÁU", {"trường": {"vo thi sau"}}),
        ("TRƯỜNG THCS LÊ LỢI XÃ HÒA BÌNH", {"trường": {"le loi"}}),
        ("TRƯỜNG TIỂU HỌC VÀ TRUNG HỌC CƠ SỞ NÀ ỚT", {"trường": {"na ot"}}),
        ("BỆNH VIỆN ĐA KHOA KHU VỰC BA VÀNG", {"bệnh viện": {"ba vang"}}),
        ("BV ĐKKV Ba Vàng", {"bệnh viện": {"ba vang"}}),
        ("ĐẢNG ỦY BỆNH VIỆN ĐA KHOA", {}),
        ("Xếp loại “Giáo xứ bình yên” xứ Tân Mỹ, Tân Hòa năm 2021", {"giáo xứ": {"tan my", "tan hoa"}}),
        ("Thôn 1, 2 và 3", {"thôn": {"1", "2", "3"}}),
        ("khu phố số 4", {"khu phố": {"4"}}),
        ("từ thôn 1 đến thôn 5", {}),
        ("thôn Bình An, xã Tân Lập", {"thôn": {"binh an"}}),
        ("Ban hành bản Quy ước của Tổ", {}),
        ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", {}),
        ("Xây dựng mô hình Trường học an toàn", {}),
        ("Vì Hoàng Sa, Trường Sa thân yêu", {}),
        ("ỦY BAN NHÂN DÂN TỈNH SÓC LIÊU", {}),
        ("ông A Nhôi, già làng Kon Tum", {}),
        ("trưởng thôn Nguyễn Văn Thành", {}),
        ("Khảo sát các chùa Khmer", {}),
        ("Tình hình ở các ấp Thực hiện nhiệm vụ", {}),
        ("Các bản Tà Vờng, Cà Ai", {"bản": {"ta vong", "ca ai"}}),
        ("trưởng thôn Mai", {"thôn": {"mai"}}),
    ],
)
def test_a_unit_is_named_by_its_noun_and_capitals(text: str, expected: dict[str, set[str]]) -> None:
    assert {noun: set(names) for noun, names in named_in(text).items()} == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Giao ước của “Giáo xứ bình yên” Tân Hòa", {"giáo xứ": {"tan hoa": "Tân Hòa"}}),
        ("Kết quả Giáo xứ bình yên Tân Mỹ năm 2021", {"giáo xứ": {"tan my": "Tân Mỹ"}}),
        ("Kết quả “Giáo xứ bình yên”, Tân Hòa", {}),
        ("Kết quả “Giáo xứ bình yên” Công An xã Tân Hòa", {}),
        ("Kết quả “Giáo xứ bình yên” Xã Tân Hòa", {}),
        ("Kết quả “Giáo xứ bình yên” Năm 2021", {}),
    ],
)
def test_a_place_after_a_models_name_is_its_unit(title: str, expected: dict[str, dict[str, str]]) -> None:
    assert named_after(title, "giao xu binh yen") == expected


def test_a_neighbours_covenant_is_told_by_the_place_after_the_models_name() -> None:
    heads = [titled(f"Kết quả “Giáo xứ bình yên” Tân Mỹ năm 202{n}") for n in range(4)]
    units = Units(heads, "Tôn giáo/Tan My", names=["giao xu binh yen"])
    assert units.another(titled("Giao ước của “Giáo xứ bình yên” Tân Hòa")) == "giáo xứ Tân Hòa"
    assert not units.another(heads[0])


def of_villages(*villages: str) -> list[Header]:
    return [titled(f"Báo cáo năm 2023 thôn {village}") for village in villages]


@pytest.mark.parametrize(
    ("villages", "title", "expected"),
    [
        (["Đông Hạ"] * 5, "Kế hoạch thôn Đông Thượng", "thôn Đông Thượng"),
        (["Đông Hạ"] * 5, "Xếp loại mô hình thôn Đông Hạ, Đông Thượng", ""),
        (["Đông Hạ"] * 5, "Kế hoạch năm 2024", ""),
        (["Đông Hạ"] * 2, "Kế hoạch thôn Đông Thượng", ""),  # too few to tell
        (["Đông Hạ"] * 4 + ["Bãi"] * 3, "Kế hoạch thôn Đông Thượng", ""),  # of several villages
    ],
)
def test_the_unit_that_most_titles_name_is_the_dossiers(
    villages: list[str], title: str, expected: str
) -> None:
    headers = [*of_villages(*villages), titled(title)]
    assert Units(headers, "Camera an ninh").another(headers[-1]) == expected


def test_the_unit_of_the_path_is_the_dossiers_beside_many_of_the_neighbours() -> None:
    headers = [*of_villages(*["Đông Hạ"] * 3, *["Đông Thượng"] * 3)]
    units = Units(headers, "CA xa/CAMERA/Dong Thuong")
    assert units.another(headers[0]) == "thôn Đông Hạ"
    assert not units.another(headers[-1])


def test_few_titles_that_name_a_village_do_not_make_a_communes_model_that_villages() -> None:
    headers = [*of_villages(*["Bãi"] * 3), *[titled("Báo cáo năm")] * 20, *of_villages("Đông")]
    assert not Units(headers, "Camera an ninh").another(headers[-1])


def test_the_unit_that_goes_on_with_a_dossier_after_a_merger_is_no_stranger() -> None:
    later = [titled("Kế hoạch thôn Tân Lập", day=date(2025, 8, at)) for at in (1, 2, 3)]
    headers = [*of_villages(*["Đông Hạ"] * 7), *later]
    assert not Units(headers, "Camera an ninh").another(later[0])
    assert Units(headers[:-1], "Camera an ninh").another(later[0])


def test_a_unit_that_stands_in_the_models_name_is_its_own() -> None:
    headers = [*of_villages(*["Đông Hạ"] * 5), titled("Tuyến đường thôn Mới")]
    assert not Units(headers, "").another(headers[-1], ["tuyen duong thon moi"])


def test_a_title_on_the_own_unit_and_others_is_not_anothers() -> None:
    headers = [*of_villages(*["Đông Hạ"] * 5), titled("Khảo sát thôn Đông Hạ và thôn Mới")]
    assert not Units(headers, "").another(headers[-1], ["doi phan ung nhanh thon dong ha"])


def test_a_noun_with_a_models_mark_is_no_unit() -> None:
    reports = [titled("Báo cáo năm 2023 chùa Phước Lâm")] * 5
    headers = [*reports, titled("Kế hoạch", "BAN CHỈ ĐẠO CHÙA TINH TẤN")]
    assert not Units(headers, "", movement("tinh tấn")).another(headers[-1])
    assert Units(headers, "").another(headers[-1])


def test_members_of_a_linked_model_are_no_strangers_to_one_another() -> None:
    headers = [*of_villages(*["Đông Hạ"] * 5), titled("Kế hoạch thôn Đông Thượng")]
    assert not Units(headers, "", linked=True).another(headers[-1])
    papers = [paper(str(at), head.abstract, "UBND XÃ", "9", "ke-hoach") for at, head in enumerate(headers)]
    assert not Around(MODEL, papers, {}, "Hai thôn liên kết").seen_from(papers[-1]).another
    assert Around(MODEL, papers, {}, "Camera an ninh").seen_from(papers[-1]).another


def test_where_a_model_is_copied_to_may_be_another_unit_but_not_who_writes() -> None:
    title = "Nhân rộng mô hình ra thôn Đông Thượng"
    headers = [*of_villages(*["Đông Hạ"] * 5), titled(title), titled(title, "BAN THÔN ĐÔNG THƯỢNG")]
    units = Units(headers, "")
    assert not units.another(headers[-2], abroad=True)
    assert units.another(headers[-1], abroad=True)


def test_people_whose_names_differ_by_diacritics_alone_are_two() -> None:
    title = "Công nhận điển hình ông Nguyễn Văn {}"
    headers = [titled(title.format(name)) for name in ["Thành"] * 4 + ["Thanh"] * 2]
    units = Units(headers, "ong Nguyen Van Thanh")
    assert units.another(headers[-1]) == "Nguyễn Văn Thanh"
    assert not units.another(headers[0])
    assert not Units(headers[:-1], "").another(headers[-2])  # once: perhaps a slip


def test_a_cooperative_is_no_commune() -> None:
    assert communes_in("HỢP TÁC XÃ VẬN TẢI SỐ 7") == set()


def paper(name: str, title: str, body: str, part: str, kind: str, cites: str = "") -> ContextPaper:
    references = (Reference("quyet-dinh", cites),) if cites else ()
    head = Header(
        type=kind, abstract=title, issuing_body="BAN CHỈ ĐẠO", superior_body=body, date=date(2023, 3, 1),
        number_symbol=f"{name}/{kind}", references=references,
    )  # fmt: skip
    item = int(part.rstrip("abc"))
    return ContextPaper(
        f"{name}.docx", 1, f"{name}.docx", (), head.date, (Placement(item, part, 0.99),), True, head
    )


FOUNDING = "Thành lập mô hình “Cổng trường an toàn”"
REPORT = "Hoạt động mô hình “Cổng trường an toàn” năm 2023"
OWN = [
    paper("1", FOUNDING, OTHER, "6a", "quyet-dinh"),
    paper("2", REPORT, OTHER, "10b", "bao-cao", "1/quyet-dinh"),
    paper("3", REPORT, OTHER, "9", "ke-hoach", "1/quyet-dinh"),
]
FOREIGN = [
    paper("4", FOUNDING, SCHOOL, "6a", "quyet-dinh"),
    *(paper(at, REPORT, SCHOOL, "10b", "bao-cao", "4/quyet-dinh") for at in "567"),
]


def test_papers_of_the_neighbouring_school_are_astray_though_they_cite_a_founding_decision() -> None:
    around = Around(MODEL, [*OWN, *FOREIGN[:3]], {}, FOLDER)
    assert [around.astray(each) for each in OWN] == [False] * 3
    assert all(map(around.astray, FOREIGN[:3]))


def classified(around: Around, asked: ContextPaper) -> Classification:
    text = f"{asked.header.abstract}\nThực hiện nhiệm vụ, đơn vị báo cáo kết quả an ninh trật tự như sau."
    return Classifier(MODEL).classify(
        asked.header, text, asked.name, (), dossier=FOLDER, around=around.seen_from(asked)
    )


def test_a_neighbours_report_is_not_placed_without_a_person_and_its_unit_is_told() -> None:
    around = Around(MODEL, [*OWN, *FOREIGN[:2]], {}, FOLDER)
    found = classified(around, replace(FOREIGN[1], certain=False))
    assert found.review or not found.placements
    assert classified(around, replace(OWN[1], certain=False)).placements[0].part == "10b"
    assert around.seen_from(FOREIGN[1]).another == f"trường {SCHOOL.removeprefix('TRƯỜNG ')}"


def test_a_letter_of_the_committee_that_writes_about_the_model_is_tied_to_it() -> None:
    asked = paper("8", "Xét công nhận loại Tốt năm 2023", OTHER, "13a", "cong-van")
    view = Around(MODEL, [*OWN, asked], {}, FOLDER).seen_from(asked)
    names, tied = Names(("cong truong an toan",)), Tied(MODEL)
    assert tied.raised(Tie.NONE, view, asked.header, names) is Tie.TEXT
    epidemic = replace(asked.header, abstract="Phòng chống dịch bệnh năm 2023")
    assert tied.raised(Tie.NONE, view, epidemic, names) is Tie.NONE
    health = replace(asked, header=replace(asked.header, superior_body="TRẠM Y TẾ"))
    assert tied.raised(Tie.NONE, Around(MODEL, OWN, {}).seen_from(health), health.header, names) is Tie.NONE
