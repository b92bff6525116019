"""A name that committees and titles repeat, whatever its nouns; other names without quotation marks."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import checklists
from dossier.model import Header, Placement
from dossier.scanner.classify import Classifier
from dossier.scanner.classify.about import KindWords, Names, Tie, Title, movement, tie
from dossier.scanner.classify.agreement import agreed_names
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.classify.prior import judged
from dossier.scanner.classify.subjects import Subject
from dossier.scanner.classify.tied import Bound

CHECKLISTS = checklists.load()
MODEL, EXEMPLAR = CHECKLISTS["mo-hinh"], CHECKLISTS["dien-hinh"]
MILL = [
    "Thành lập mô hình Nhà máy 3 không",
    "Về nhân sự Ban Chỉ đạo Nhà máy 3 không",
    "Các xưởng thực hiện Nhà máy 3 không",
    "Tăng lương tối thiểu vùng",
    "Việc làm trong năm 2024",
]


def paper(
    title: str,
    at: int = 0,
    kind: str = "bao-cao",
    body: str = "",
    number: str = "",
    part: str = "",
    day: date | None = None,
) -> ContextPaper:
    head = Header(type=kind, abstract=title, issuing_body=body, number_symbol=number)
    item = int("".join(filter(str.isdigit, part)) or 0)
    places = (Placement(item, part, 0.94),) if part else ()
    signed = day or date(2024, 3, 1 + at)
    return ContextPaper(f"{at}.pdf", 1, f"{at}.pdf", (), signed, places, certain=bool(part), header=head)


def names(titles: list[str], body: str = "") -> tuple[str, ...]:
    return agreed_names(MODEL, [paper(title, at, body=body) for at, title in enumerate(titles)]).own


def test_a_name_with_unknown_words_that_three_titles_write_with_a_capital_is_the_dossiers() -> None:
    assert names(MILL) == ("nha may 3 khong",)


def test_a_name_that_two_titles_have_is_not_enough() -> None:
    assert names(MILL[1:]) == ()


def test_a_committee_tells_the_name_that_titles_write_without_capitals() -> None:
    titles = [
        "Kết quả của các dãy hàng tự quản",
        "Nhiệm vụ dãy hàng tự quản",
        "Sơ bộ kết quả",
        "Vụ cháy sạp 33",
    ]
    assert "day hang tu quan" in names(titles, "BAN ĐIỀU HÀNH DÃY HÀNG TỰ QUẢN")
    assert "day hang tu quan" not in names(titles, "BAN QUẢN LÝ CHỢ")


def test_a_committee_alone_tells_the_name_if_that_has_no_word_that_others_have_too() -> None:
    titles = ["Nhiệm vụ năm 2024", "6 tháng đầu năm", "Về nhân sự", "Lễ ra mắt"]
    assert "hang nao giu hang nay" in names(titles, "BAN CHỈ ĐẠO HÀNG NÀO GIỮ HÀNG NẤY")
    assert names(titles, "BAN CHỈ ĐẠO PHÒNG CHỐNG TỘI PHẠM") == ()
    assert names(titles, "BAN QUẢN LÝ CHỢ MỸ LONG TÂY") == ()


def test_a_club_is_the_model_that_it_is_called_after() -> None:
    name = "Phụ nữ nói không với tín dụng đen"
    titles = [f"Ra mắt điểm {name}", f"Triển khai {name} ở thôn", "Sinh hoạt 12 tháng"]
    assert names(titles, f"CÂU LẠC BỘ {name.upper()}") == ("phu nu noi khong",)


def test_a_certain_document_of_another_models_committee_is_astray() -> None:
    papers = [paper(title, at) for at, title in enumerate(MILL)]
    own = paper("Năm 2024", 8, body="BAN CHỈ ĐẠO NHÀ MÁY 3 KHÔNG", part="10b")
    other = paper("Năm 2024", 9, body="BAN CHỈ ĐẠO MÔ HÌNH DÒNG HỌ ĐOÀN TỰ QUẢN", part="10b")
    named = paper("Kết quả Nhà máy 3 không", 9, body="BAN CHỈ ĐẠO DÒNG HỌ ĐOÀN TỰ QUẢN", part="10b")
    around = Around(MODEL, [*papers, own, other, named], {})
    assert [around.astray(each) for each in (own, other, named)] == [False, True, False]


def test_what_is_in_the_name_of_an_office_is_no_name_of_a_model() -> None:
    titles = [f"Kế hoạch của Nhà máy đóng tàu {number}" for number in "abc"]
    assert names(titles) == ("nha may dong tau",)
    assert names(titles, "NHÀ MÁY ĐÓNG TÀU") == ()


def test_a_certain_document_whose_title_names_another_model_without_quotation_marks_is_astray() -> None:
    papers = [paper(title, at) for at, title in enumerate(MILL)]
    own = paper("Kết quả hoạt động của mô hình Nhà máy 3 không", 8, part="10b")
    other = paper("Kết quả hoạt động của mô hình Nhà máy xanh, sạch năm 2023", 9, part="10b")
    around = Around(MODEL, [*papers, own, other], {})
    assert (around.astray(own), around.astray(other)) == (False, True)


@pytest.mark.parametrize(("sure", "degree"), [(True, Tie.FOREIGN), (False, Tie.MOVEMENT)])
def test_an_unquoted_name_after_the_word_for_the_kind_is_foreign_beside_a_sure_other(
    sure: bool, degree: Tie
) -> None:
    kind = KindWords("mo hinh", movement("ma túy"))
    title = Title("Thành lập mô hình Bến tàu không ma túy", unquoted="ben tau khong ma tuy")
    fields = {"abstract": " thanh lap mo hinh ben tau khong ma tuy "}
    assert tie(fields, title, Names(("nha may 3 khong",), sure=sure), kind) is degree


@pytest.mark.parametrize(
    ("title", "day", "tied"),
    [
        ("Một năm thực hiện Kế hoạch số 29", date(2024, 2, 22), Tie.NAMED),
        ("Một năm thực hiện Kế hoạch số 2", date(2024, 2, 22), Tie.FOREIGN),
        ("Một năm thực hiện Kế hoạch số 29", date(2023, 2, 1), Tie.FOREIGN),
        ("Một năm thực hiện Kế hoạch số 29", date(2029, 2, 1), Tie.FOREIGN),
    ],
)
def test_a_report_on_the_dossiers_own_plan_by_its_number_is_tied_to_it(
    title: str, day: date, tied: Tie
) -> None:
    plan = paper(
        "Bồi dưỡng gương điển hình", 1, "ke-hoach", number="029/KH-UBND", part="3", day=date(2023, 2, 24)
    )
    report = paper(title, 2, day=day)
    assert Around(EXEMPLAR, [plan, report], {}).seen_from(report).tie is tied


@pytest.mark.parametrize(("degree", "placed"), [(Tie.NAMED, True), (Tie.TEXT, False)])
def test_of_a_document_that_gives_the_name_a_likely_part_that_the_dossier_lacks_is_taken(
    degree: Tie, placed: bool
) -> None:
    bound = Bound(degree, expected=frozenset(("5",)))
    said = judged({"5": 0.72, "3": 0.1}, (), bound, review=False, told=True, certain=0.9)
    assert said is not None and said.part == "5" and said.review is not placed


def test_an_implementing_letter_is_expected_where_the_dossier_has_none() -> None:
    founding = paper("Thành lập mô hình Nhà máy 3 không", 1, "quyet-dinh", part="6a", day=date(2024, 3, 9))
    letter = paper("Nhà máy 3 không", 2, "cong-van", day=date(2024, 3, 2))
    assert "5" in Around(MODEL, [founding, letter], {}).seen_from(letter).expected


def placed(kind: str, title: str, text: str = "") -> list[str]:
    head = Header(type=kind, abstract=title, date=date(2023, 11, 3))
    found = Classifier(MODEL).classify(head, f"{title}\n{text}", "x.pdf", (), dossier="Phum sóc bình yên")
    return [place.part for place in found.placements]


def test_a_second_article_on_the_moving_committee_makes_it_the_models_committee() -> None:
    text = "Điều 1. Thành lập mô hình.\nĐiều 2. Ban Vận động gồm ông Kim Sô Phát, Trưởng ban; 7 thành viên."
    assert placed("quyet-dinh", "Thành lập mô hình “Phum sóc bình yên”", text) == ["6a", "6b"]


def test_a_yearly_report_that_asks_somebody_for_a_rank_is_the_proposal_too() -> None:
    title = "Việc giữ gìn Phum sóc bình yên năm 2023"
    asked = "Móc túi giảm. Đề nghị thị trấn xem xét xếp loại Tốt."
    assert placed("bao-cao", title, asked) == ["10b", "13a"]
    assert placed("bao-cao", title, "Móc túi giảm. Đề nghị xếp loại, khen thưởng.") == ["10b"]
    asked = "Móc túi giảm. Kính đề nghị Chủ tịch UBND xã xem xét, công nhận mô hình xếp loại Tốt."
    assert placed("bao-cao", title, asked) == ["10b", "13a"]


def test_a_report_on_a_year_and_a_request_to_rank_is_both() -> None:
    assert sorted(placed("bao-cao", "Năm 2023 và đề nghị xếp loại Phum sóc bình yên")) == ["10b", "13a"]


def test_a_plan_to_make_somebody_an_example_is_no_recognition() -> None:
    head = Header(type="ke-hoach", abstract="Chăm lo Chi hội Cựu chiến binh khu 6 thành đơn vị nêu gương")
    found = Classifier(EXEMPLAR).classify(head, head.abstract, "x.pdf", (), dossier="Chi hội khu 6")
    assert [place.part for place in found.placements] == ["3"]


def test_an_article_with_the_list_attached_is_the_list_of_members() -> None:
    text = "Điều 1. Thành lập mô hình.\nĐiều 2. Danh sách 43 cơ sở ban hành kèm theo Quyết định này."
    assert placed("quyet-dinh", "Thành lập mô hình “Phum sóc bình yên”", text) == ["6a", "6c"]


def test_a_code_of_conduct_is_the_models_regulation() -> None:
    assert placed("bo-quy-tac", "Của hộ tham gia Phum sóc bình yên") == ["7b"]


def test_a_letter_on_a_survey_that_advises_founding_is_the_proposal_too() -> None:
    title = "Báo cáo kết quả điều tra cơ bản và tham mưu lập Phum sóc bình yên"
    assert placed("cong-van", title) == ["2", "3"]


def test_a_plan_for_a_ceremony_of_the_model_is_of_the_launch() -> None:
    assert placed("ke-hoach", "Tổ chức lễ trao biển Phum sóc bình yên") == ["8a"]


def test_a_report_from_november_to_october_is_the_years() -> None:
    assert placed("bao-cao", "Việc giữ gìn Phum sóc bình yên từ 11/2022 đến 10/2023") == ["10b"]


def test_a_name_without_capitals_once_given_after_the_word_for_the_kind_is_found_in_other_titles() -> None:
    titles = [
        "Về việc xây dựng mô hình bản Nà Hốm 3 không, 4 có",
        "Tình hình bản Nà Hốm 3 không, 4 có năm 2022",
        "Quy ước bản Nà Hốm 3 không, 4 có",
    ]
    assert names(titles) == ("ban na hom 3 khong 4 co",)


def test_several_of_what_the_model_is_called_are_one_model() -> None:
    assert Subject("day hang tu quan", "mô hình").spelt(" lập các dãy hàng tự quản ") == " lập mô hình "


def test_other_work_by_its_title_but_with_words_of_the_movement_is_weighed_by_its_surroundings() -> None:
    title = "Việc làm trong năm 2024"
    text = f"{title}\nKhông quá 3 vụ mất cắp. " + "Các xưởng nói chuyện với công nhân về vay tiền. " * 8
    head = Header(type="ke-hoach", abstract=title, date=date(2024, 1, 8))
    found = Classifier(MODEL).classify(head, text, "x.pdf", (), dossier="ANTT nhà máy")
    assert (found.placements, found.untied) == ((), True)
