"""Whose name a title gives: neighbours with names of one sort, people beside bodies, clubs, mere periods."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import checklists
from dossier.model import Header, Placement
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.about import agreed, people_in
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.classify.subjects import is_period, names_of
from dossier.scanner.classify.units import Units, named_in

KINDS = checklists.load()
FILLER = "Các cơ quan có liên quan căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện. " * 6


def place(kind: str, title: str, issuer: str, dossier: str) -> Classification:
    header = Header(type=kind, abstract=title, date=date(2020, 11, 2), issuing_body=issuer)
    return Classifier(KINDS["mo-hinh"]).classify(header, f"{title}\n{FILLER}", "a.docx", (), dossier=dossier)


def paper(number: int, title: str, part: str = "", issuer: str = "") -> ContextPaper:
    places = (Placement(int(part.rstrip("abc")), part, 0.94),) if part else ()
    header = Header(type="quyet-dinh", abstract=title, issuing_body=issuer)
    return ContextPaper(f"{number}.docx", 1, f"{number}.docx", (), None, places, bool(part), header)


def test_what_another_name_has_too_is_no_name_of_the_dossier() -> None:
    titles = [{"dong ho vi tu quan"}] * 4 + [{"dong ho lo tu quan"}, {"dong ho tu quan"}]
    names = agreed(titles)
    assert names.own == ("dong ho vi tu quan",)
    assert not names.among("dong ho lo tu quan")


def test_a_clan_has_a_model_of_its_own() -> None:
    assert named_in("Công nhận Ban tự quản dòng họ Hoàng") == {"dòng họ": {"hoang": "Hoàng"}}
    own = Header(abstract="Kết quả tự quản của dòng họ Bùi")
    units = Units([own] * 4, "Hội CCB/Họ Bùi")
    assert units.another(Header(abstract="Công nhận Ban tự quản dòng họ Hoàng")) == "dòng họ Hoàng"
    assert not units.another(own)


@pytest.mark.parametrize(
    ("title", "people"),
    [
        ("Đánh giá điển hình Linh mục Phaolô Trần Ngọc Sáng", ("Phaolô Trần Ngọc Sáng",)),
        ("Bà Lường Thị Xuyến, người có uy tín", ("Lường Thị Xuyến",)),
        ("Kế hoạch của tỉnh Bà Rịa Vũng Tàu", ()),
    ],
)
def test_people_are_addressed_with_capitals_too(title: str, people: tuple[str, ...]) -> None:
    assert people_in(title) == people


def test_a_person_recognised_is_not_the_collective_of_the_dossier() -> None:
    title = "Công nhận ông Đào Duy Thắng là điển hình tiên tiến"
    header = Header(type="quyet-dinh", abstract=title, date=date(2026, 9, 7), issuing_body="UBND PHƯỜNG A")
    text = f"{title}\nĐiều 1. Công nhận ông Đào Duy Thắng.\n{FILLER}"
    exemplars = Classifier(KINDS["dien-hinh"])
    of_a_body = exemplars.classify(header, text, "a.docx", (), dossier="Tập thể Tổ bảo vệ ANTT số 2")
    assert of_a_body.review or not of_a_body.placements
    kinds = KINDS["dien-hinh"]
    spelt = {"antt": "an ninh trật tự"}
    names = names_of("Tập thể Tổ bảo vệ ANTT số 2", agreed([]), kinds.called, spelt, None, of_people=True)
    assert names.own == ("to bao ve an ninh trat tu so 2",)
    assert names.of_a_body


def test_who_is_named_by_fewer_titles_is_somebody_else_while_the_name_is_unknown() -> None:
    own = Header(abstract="Bồi dưỡng điển hình Linh mục Phaolô Trần Ngọc Sáng")
    other = Header(abstract="Công nhận ông Lê Công Hậu là điển hình tiên tiến")
    units = Units([own, own, other], "2022/HS", personal=True)
    assert units.another(other) == "Lê Công Hậu"
    assert not units.another(own)
    assert not Units([own, own, other], "2022/HS").another(other)  # models are of nobody


def test_a_decision_on_somebody_else_is_astray_where_the_dossier_is_a_persons() -> None:
    own = [paper(n, "Đánh giá điển hình Linh mục Phaolô Trần Ngọc Sáng", "4") for n in range(3)]
    other = paper(9, "Công nhận ông Lê Công Hậu là điển hình tiên tiến", "5")
    assert Around(KINDS["dien-hinh"], [*own, other], {}).astray(other)


def test_a_name_with_the_capital_of_the_next_sentence_is_no_other() -> None:
    own = Header(abstract="Bồi dưỡng điển hình ông Nguyễn Văn Bảy")
    told = Header(abstract="Kết thúc xây dựng điển hình ông Nguyễn Văn Bảy Để ông biết")
    assert not Units([own, own, told], "2022/HS", personal=True).another(told)


def test_another_model_named_by_its_kind_is_astray_where_the_names_are_sure() -> None:
    club = "Câu lạc bộ xe ôm phòng chống tội phạm"
    papers = [paper(n, f"Thành lập {club}", "6a") for n in range(4)]
    other = paper(9, "Một năm hoạt động của dòng họ Đoàn tự quản", "10b")
    own = paper(8, "Danh sách các tổ tự quản", "6c")
    around = Around(KINDS["mo-hinh"], [*papers, other, own], {})
    assert around.astray(other)
    assert not around.astray(own)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("6 tháng đầu năm 2020", True),
        ("Cả năm 2022", True),
        ("Năm học 2022 - 2023", True),
        ("Hoạt động năm 2020", False),
        ("", False),
    ],
)
def test_a_title_may_be_a_period_only(title: str, period: bool) -> None:
    assert is_period(title) == period


def test_a_mere_period_is_told_by_the_club_that_issued_it() -> None:
    dossier = "Mô hình/Câu lạc bộ xe ôm phòng chống tội phạm"
    found = place("bao-cao", "Năm 2020", "BAN CHỦ NHIỆM CÂU LẠC BỘ", dossier)
    assert not found.review
    assert [(p.part, p.period) for p in found.placements] == [("10b", "2020")]


@pytest.mark.parametrize("issuer", ["ỦY BAN NHÂN DÂN XÃ A", "BAN CHỦ NHIỆM CÂU LẠC BỘ THƠ"])
def test_a_mere_period_of_somebody_elses_work_is_not_placed(issuer: str) -> None:
    dossier = "Mô hình/Câu lạc bộ xe ôm phòng chống tội phạm"
    found = place("bao-cao", "Năm 2020", issuer, dossier)
    assert found.review or not found.placements


def test_members_added_to_a_model_are_an_addition_whatever_they_are_called() -> None:
    title = "Bổ sung chủ nhà trọ tham gia mô hình “Khu nhà trọ an toàn” năm 2024"
    found = place("danh-sach", title, "ỦY BAN NHÂN DÂN XÃ A", "Mô hình/Khu nhà trọ an toàn")
    assert [p.part for p in found.placements] == ["14"]


def test_the_state_of_things_and_why_a_model_is_needed_are_survey_and_proposal() -> None:
    title = "Tình hình an ninh, trật tự Công ty và sự cần thiết xây dựng mô hình tự quản"
    found = place("bao-cao", title, "PHÒNG BẢO VỆ", "Mô hình/Doanh nghiệp an toàn")
    assert sorted(p.part for p in found.placements) == ["2", "3"]


def test_what_the_movement_calls_agencies_is_no_name_of_the_dossier() -> None:
    title = "Xây dựng cơ quan, doanh nghiệp “An toàn về an ninh, trật tự” năm "
    registered = [paper(year, f"{title}{year}") for year in range(2021, 2025)]
    assert not Around(KINDS["mo-hinh"], registered, {}).seen_from(registered[0]).names.own
    model = [paper(year, f"Mô hình “An toàn về an ninh, trật tự” năm {year}") for year in range(2021, 2025)]
    own = Around(KINDS["mo-hinh"], model, {}).seen_from(model[0]).names
    assert own.among("an toan ve an ninh trat tu")


@pytest.mark.parametrize(
    ("title", "placed"),
    [
        ("Thành lập Tổ liên gia an toàn phòng cháy, chữa cháy", False),
        ("Thành lập Tổ liên gia bình yên và phòng cháy, chữa cháy", True),
        ("Thành lập Tổ liên gia", True),
    ],
)
def test_another_aim_after_a_short_name_is_another_thing(title: str, placed: bool) -> None:
    named = [
        paper(n, f"Kế hoạch của {name}") for n in range(3) for name in ("Tổ liên gia", "Tổ liên gia bình yên")
    ]
    header = Header(type="quyet-dinh", abstract=title, issuing_body="ỦY BAN NHÂN DÂN PHƯỜNG A")
    seen = Around(KINDS["mo-hinh"], [*named, *named], {}).seen_from(paper(9, title))
    found = Classifier(KINDS["mo-hinh"]).classify(
        header, f"{title}\nĐiều 1. Thành lập tổ.\n{FILLER}", "a.docx", (), around=seen
    )
    assert (bool(found.placements) and not found.review) is placed


def test_a_model_called_by_the_first_words_of_its_name_is_the_dossiers() -> None:
    title = "Tổng kết mô hình cổng trường năm học 2022 - 2023"
    found = place("bao-cao", title, "TRƯỜNG THCS A", "Mô hình/Cổng trường văn minh, an toàn giao thông")
    assert [p.part for p in found.placements][:1] in (["10b"], ["15b"])


def test_a_committee_called_after_the_dossiers_place_is_its_own() -> None:
    named = [paper(n, "Hoạt động của mô hình “Lương giáo hòa thuận”") for n in range(4)]
    own = paper(9, "Tình hình nửa đầu năm 2019", "10a", "BAN ĐIỀU HÀNH MÔ HÌNH GIÁO HỌ THÁNH TÂM")
    assert not Around(KINDS["mo-hinh"], [*named, own], {}, "Xứ đạo/Giáo họ Thánh Tâm").astray(own)
    assert Around(KINDS["mo-hinh"], [*named, own], {}, "Xứ đạo/Hồ sơ 7").astray(own)


def test_a_programme_by_which_bodies_carry_a_model_out_is_never_certainly_a_regulation() -> None:
    title = "Phối hợp giữa Mặt trận, Công an xã và Hội Phụ nữ thực hiện mô hình"
    found = place("chuong-trinh", title, "ỦY BAN MTTQ VIỆT NAM XÃ A", "Mô hình/Giáo họ bình yên")
    assert found.placements[0].confidence < 0.9


def test_a_notice_whose_text_alone_speaks_of_a_model_is_read_again_beside_the_others() -> None:
    title = "Kết luận cuộc họp với Mặt trận về công tác tôn giáo"
    header = Header(type="thong-bao", abstract=title, issuing_body="ĐẢNG ỦY XÃ A")
    text = f"{title}\nĐồng ý chủ trương xây dựng mô hình “Lương giáo hòa thuận”.\n{FILLER}"
    classifier = Classifier(KINDS["mo-hinh"])
    found = classifier.classify(header, text, "a.docx", (), dossier="Xứ đạo/Giáo họ Thánh Tâm")
    assert not found.placements
    assert classifier.doubted(found)


def _survey(number: int, issuer: str) -> ContextPaper:
    header = Header(
        type="ke-hoach", abstract="Khảo sát xây dựng mô hình “Nhà trọ an toàn”", issuing_body=issuer,
        date=date(2022, 2, number),
    )  # fmt: skip
    return ContextPaper(f"kh{number}.docx", 1, f"kh{number}.docx", (), header.date, (), True, header)


def _founding(issuer: str, title: str, day: date) -> ContextPaper:
    header = Header(type="quyet-dinh", abstract=title, issuing_body=issuer, date=day)
    return ContextPaper(f"{issuer}.docx", 1, "a.docx", (), day, (Placement(6, "6a", 0.94),), True, header)


def test_a_founding_decision_of_another_commune_is_no_successors() -> None:
    ours, theirs = "ỦY BAN NHÂN DÂN PHƯỜNG BÌNH CHUẨN", "ỦY BAN NHÂN DÂN PHƯỜNG AN PHÚ"
    own = _founding(ours, "Thành lập mô hình “Nhà trọ an toàn”", date(2022, 4, 18))
    later = _founding(theirs, "Thành lập mô hình “Nhà trọ an toàn”", date(2024, 6, 3))
    plan = Header(type="ke-hoach", abstract="Hoạt động mô hình “Nhà trọ an toàn”", issuing_body=theirs)
    after = ContextPaper("k.docx", 1, "k.docx", (), date(2024, 7, 1), (Placement(9, "9", 0.94),), True, plan)
    papers = [*(_survey(number, ours) for number in (1, 2, 3)), own]
    around = Around(KINDS["mo-hinh"], [*papers, later], {}, "Nha tro an toan")
    assert around.astray(later) and around.seen_from(later).another == theirs
    assert not around.astray(own)
    assert not Around(KINDS["mo-hinh"], [*papers, after], {}, "Nha tro an toan").astray(after)


def test_linked_communes_may_each_found_their_model() -> None:
    ours, theirs = "ỦY BAN NHÂN DÂN PHƯỜNG BÌNH CHUẨN", "ỦY BAN NHÂN DÂN PHƯỜNG AN PHÚ"
    title = "Thành lập mô hình “Cụm liên kết an toàn”"
    own, other = _founding(ours, title, date(2022, 4, 18)), _founding(theirs, title, date(2022, 4, 20))
    papers = [*(_survey(number, ours) for number in (1, 2, 3)), own, other]
    around = Around(KINDS["mo-hinh"], papers, {}, "Cum lien ket")
    assert around.seen_from(other).another == ""


@pytest.mark.parametrize(("path", "another"), [
    ("Camera an ninh khu pho 3", "khu phố 7"), ("Camera an ninh khu pho 7", ""), ("Camera an ninh", ""),
    ("Camera khu pho 3 va khu pho 7", ""),
])  # fmt: skip
def test_the_founding_decision_of_another_number_gives_the_folder_no_name(path: str, another: str) -> None:
    title = "Thành lập mô hình “Camera an ninh khu phố 7”"
    header = Header(type="quyet-dinh", abstract=title, issuing_body="ỦY BAN NHÂN DÂN PHƯỜNG BÌNH ĐỨC")
    units = Units([header], path, names=["camera an ninh khu pho 7"])
    assert units.another(header, ["camera an ninh khu pho 7"]) == another


def test_many_papers_know_the_number_better_than_the_folder() -> None:
    header = Header(type="ke-hoach", abstract="Hoạt động mô hình “Camera an ninh khu phố 7”")
    units = Units([header] * 3, "Camera khu pho 3", names=["camera an ninh khu pho 7"])
    assert units.another(header, ["camera an ninh khu pho 7"]) == ""


@pytest.mark.parametrize(("title", "astray"), [
    ("Khen thưởng điển hình “Lao động giỏi, lao động sáng tạo” năm 2022", True),
    ("Khen thưởng điển hình trong phong trào “Toàn dân bảo vệ an ninh Tổ quốc” năm 2022", False),
    ("Khen thưởng điển hình năm 2022", False),
])  # fmt: skip
def test_what_a_commendation_quotes_is_no_name_of_an_exemplar(title: str, astray: bool) -> None:
    header = Header(type="quyet-dinh", abstract=title)
    given = ContextPaper("a.docx", 1, "a.docx", (), None, (Placement(5, "5", 0.95),), True, header)
    assert Around(KINDS["dien-hinh"], [given], {}, "DH Cong ty").astray(given) is astray
