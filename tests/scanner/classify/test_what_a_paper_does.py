"""What a paper says that it does, and whose model it is about: purposes, articles, captions, other names."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import checklists
from dossier.model import Form, Header, Level, Placement
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.recognise.levels import level_of

CHECKLISTS = checklists.load()
CLASSIFIERS = {kind: Classifier(checklist) for kind, checklist in CHECKLISTS.items()}
LOUD = "Mô hình/Tiếng loa an ninh"
FILLER = "Các cơ quan có liên quan căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện. " * 6


def place(
    kind: str,
    abstract: str,
    text: str = "",
    *,
    dossier: str = LOUD,
    level: Level | None = None,
    others: tuple[ContextPaper, ...] = (),
    of: str = "mo-hinh",
    day: date = date(2024, 3, 5),
    name: str = "van ban.pdf",
) -> Classification:
    head = Header(type=kind, abstract=abstract, issuer_level=level, date=day)
    own = ContextPaper(name, 1, name, (), day, (), certain=False, header=head)
    around = Around(CHECKLISTS[of], [own, *others], {}).seen_from(own) if others else None
    said = f"{abstract}\n{text}\n{FILLER}"
    return CLASSIFIERS[of].classify(head, said, name, (), dossier=dossier, around=around)


def parts(found: Classification) -> list[str]:
    return [] if found.review else [each.part for each in found.placements]


def founding(day: date, abstract: str = "Thành lập mô hình “Tiếng loa an ninh”") -> ContextPaper:
    head = Header(type="quyet-dinh", abstract=abstract, number_symbol="61/QĐ-UBND", date=day)
    return ContextPaper(
        "qd.pdf", 1, "qd.pdf", (), day, (Placement(6, "6a", 0.99),), certain=True, header=head
    )


def test_what_a_paper_is_for_does_not_tell_what_it_is() -> None:
    title = "Nắm tình hình an ninh trật tự xóm Đông để chọn làm điểm Tiếng loa an ninh"
    assert parts(place("ke-hoach", title)) == ["1"]


def test_a_quoted_purpose_belongs_to_the_name() -> None:
    title = "Triển khai mô hình “Tiếng loa an ninh để bình yên” tại 11 xóm"
    assert parts(place("ke-hoach", title)) == ["5"]


def test_a_purpose_of_other_work_still_counts() -> None:
    title = "Kết quả khảo sát địa bàn an ninh trật tự của xã để đưa vào chuyển hóa địa bàn"
    assert parts(place("bao-cao", title)) == []


def test_each_article_of_the_founding_decision_fills_its_part() -> None:
    text = "Điều 1. Thành lập mô hình.\nĐiều 2. Ban chỉ đạo do ông Nam làm trưởng ban.\n"
    text += "Điều 3. Danh sách 45 thành viên kèm theo."
    assert set(parts(place("quyet-dinh", "Thành lập Tiếng loa an ninh", text))) == {"6a", "6b", "6c"}


def test_an_article_on_duties_founds_nothing() -> None:
    text = "Điều 1. Thành lập mô hình.\nĐiều 2. Ban chỉ đạo do ông Nam làm trưởng ban thi hành."
    assert parts(place("quyet-dinh", "Thành lập Tiếng loa an ninh", text)) == ["6a"]


def test_articles_of_other_decisions_fill_nothing_else() -> None:
    text = "Điều 1. Kiện toàn Ban chỉ đạo.\nĐiều 2. Danh sách 45 thành viên kèm theo."
    assert parts(place("quyet-dinh", "Kiện toàn Ban chỉ đạo Tiếng loa an ninh", text)) == ["14"]


def test_captions_make_a_paper_without_a_head_evidence() -> None:
    text = "Ảnh 1: Buổi phát Tiếng loa an ninh xóm Đông.\nẢnh 2: Công an xã duyệt tin."
    assert parts(place("", "", text)) == ["11"]


def test_rules_of_the_house_agreed_as_a_covenant_are_the_models_regulation() -> None:
    text = "Điều 1. Không uống rượu gây rối sau 21 giờ. Điều 2. Hộ vi phạm bị nhắc trước xóm."
    assert parts(place("ban-giao-uoc", "Nội quy sinh hoạt của Tiếng loa an ninh", text)) == ["7b"]


def test_one_caption_makes_none() -> None:
    text = "Ảnh 1: Buổi phát Tiếng loa an ninh xóm Đông."
    assert parts(place("", "", text)) == []


def test_a_register_of_the_model_that_tells_no_money_is_evidence() -> None:
    assert parts(place("so", "Các buổi phát của Tiếng loa an ninh xóm Đông Thượng")) == ["11"]


def test_a_duty_is_no_incident() -> None:
    text = "Nhiệm vụ: tiếp nhận tin của người dân."
    assert parts(place("so", "Các buổi phát của Tiếng loa an ninh xóm Đông Thượng", text)) == ["11"]


def test_a_ledger_of_the_model_stays_a_ledger() -> None:
    assert parts(place("so", "Thu, chi quỹ Tiếng loa an ninh", "Tổng thu 5.000.000")) == ["12"]


def test_another_noun_for_the_same_thing_is_no_other_model() -> None:
    named = tuple(
        ContextPaper(f"{n}.pdf", 1, f"{n}.pdf", (), date(2022, 4, n), (), certain=False,
                     header=Header(type="thong-bao", abstract="Về mô hình “Tiếng loa an ninh”"))
        for n in (1, 2, 3)
    )  # fmt: skip
    title = "Kết quả hoạt động 6 tháng đầu năm 2024 của cụm loa an ninh"
    found = place("bao-cao", title, others=named, day=date(2024, 6, 20))
    assert [each.part for each in found.placements] == ["10a"]


def test_a_founding_decision_does_not_tie_itself_against_the_folders_name() -> None:
    title = "Thành lập mô hình “Ngày thứ bảy giải quyết thủ tục”"
    head = Header(type="quyet-dinh", abstract=title, number_symbol="9/QĐ-UBND", date=date(2024, 3, 5))
    own = ContextPaper("x.pdf", 1, "x.pdf", (), date(2024, 3, 5), (Placement(6, "6a", 0.9),), False, head)
    around = Around(CHECKLISTS["mo-hinh"], [own], {}).seen_from(own)
    folder = "Mô hình/Camera an ninh khu phố 3"
    found = CLASSIFIERS["mo-hinh"].classify(
        head, f"{title}\n{FILLER}", "x.pdf", (), dossier=folder, around=around
    )
    assert parts(found) == []


def test_the_only_founding_decision_names_a_dossier_whose_folder_does_not() -> None:
    title = "Thành lập mô hình “Ngày thứ bảy giải quyết thủ tục”"
    head = Header(type="quyet-dinh", abstract=title, number_symbol="9/QĐ-UBND", date=date(2024, 3, 5))
    own = ContextPaper("x.pdf", 1, "x.pdf", (), date(2024, 3, 5), (Placement(6, "6a", 0.9),), False, head)
    around = Around(CHECKLISTS["mo-hinh"], [own], {}).seen_from(own)
    found = CLASSIFIERS["mo-hinh"].classify(
        head, f"{title}\n{FILLER}", "x.pdf", (), dossier="Mô hình/2024", around=around
    )
    assert parts(found) == ["6a"]


def test_a_commendation_from_above_for_other_deeds_is_asked_about() -> None:
    title = "Khen thưởng thành tích phá chuyên án ma túy"
    assert place("quyet-dinh", title, level=Level.PROVINCE).review


def test_a_commendation_from_above_that_speaks_of_a_model_of_the_kind_is_placed() -> None:
    title = "Tặng Bằng khen cho Tổ tự quản đường biên thôn Lũng"
    found = place("quyet-dinh", title, level=Level.PROVINCE, dossier="Mô hình/Thôn tự quản đường biên")
    assert parts(found) == ["13c"]


def test_a_survey_with_another_aim_only_is_not_placed() -> None:
    text = "Các hộ bàn việc an ninh trật tự của bản."
    dossier = "Mô hình/Bản Nà Hốm 3 không"
    title = "Khảo sát rừng và môi trường bản Nà Hốm"
    assert parts(place("ke-hoach", title, text, dossier=dossier)) == []


def test_a_survey_of_order_and_of_another_aim_is_placed() -> None:
    text = "Tình hình trộm cắp trong công ty; kết quả làm căn cứ xây dựng mô hình Tự phòng, tự quản."
    found = place("ke-hoach", "Rà soát, đánh giá tình hình an ninh trật tự, phòng cháy", text)
    assert parts(found) == ["1"]


def test_a_report_on_the_state_of_things_with_the_models_name_in_its_text_is_no_other_work() -> None:
    text = "Đề xuất xây dựng mô hình Tiếng loa an ninh. "
    found = place(
        "bao-cao", "Thực trạng an ninh trật tự, phòng cháy trong Công ty và đề xuất biện pháp", text
    )
    assert found.review or "2" in parts(found)


def test_the_name_of_a_campaign_is_not_the_models() -> None:
    title = "Kết quả phong trào thi đua “Tiếng loa an ninh” năm 2024"
    found = place("bao-cao", title)
    assert all(each.confidence < 0.9 for each in found.placements)


def test_beside_words_of_other_work_no_place_is_certain() -> None:
    title = "Thành lập mô hình “Tiếng loa an ninh” và kiện toàn Ban chỉ đạo phòng chống tội phạm xã"
    found = place("quyet-dinh", title)
    assert all(each.confidence < 0.9 for each in found.placements)


def test_a_part_that_the_founding_date_rules_out_is_left_out() -> None:
    title = "Kết quả nắm tình hình, phân loại các hộ ở xóm Đông có Tiếng loa an ninh"
    found = place("bao-cao", title, others=(founding(date(2024, 5, 1)),))
    assert parts(found) == ["2"]


def test_results_come_before_the_praise_in_a_report() -> None:
    title = "Kết quả hoạt động năm 2024 của Tiếng loa an ninh và khen thưởng"
    assert "10b" in parts(place("bao-cao", title, day=date(2024, 11, 2)))


@pytest.mark.parametrize("title", ["Tặng ông A Nhôi, già làng Kon Tum", "Tặng già làng A Nhôi"])
def test_a_persons_name_counts_in_any_order(title: str) -> None:
    text = "Đã có thành tích trong phong trào toàn dân bảo vệ an ninh Tổ quốc."
    found = place("bang-khen", title, text, dossier="Điển hình/Gia lang A Nhoi", of="dien-hinh")
    assert parts(found) == ["5"]


def test_a_persons_name_alone_makes_nothing_certain() -> None:
    found = place(
        "giay-khen",
        "Tặng Gia lang A Nhoi",
        "Về thể thao.",
        dossier="Điển hình/Gia lang A Nhoi",
        of="dien-hinh",
    )
    assert all(each.confidence < 0.9 for each in found.placements)


def test_the_life_of_an_association_is_not_about_the_exemplar() -> None:
    title = "Công nhận Ban Chấp hành Chi hội Phụ nữ thôn Đông nhiệm kỳ 2024 - 2029"
    found = place("quyet-dinh", title, dossier="Điển hình/Chi hoi PN thon Dong", of="dien-hinh")
    assert parts(found) == []


def test_other_models_are_told_as_they_are_written() -> None:
    named = tuple(
        ContextPaper(f"{n}.pdf", 1, f"{n}.pdf", (), date(2022, 4, n), (), certain=False,
                     header=Header(type="thong-bao", abstract="Về mô hình “Tiếng loa an ninh”"))
        for n in (1, 2, 3)
    )  # fmt: skip
    found = place("quyet-dinh", "Thành lập mô hình “Dòng họ bình yên”", others=named)
    assert any("“Dòng họ bình yên”" in said for each in found.placements for said in each.evidence)


def test_a_border_post_has_the_level_of_a_commune() -> None:
    assert (
        level_of(Form.STATE, "ĐỒN BIÊN PHÒNG MƯỜNG LẠN", "BỘ CHỈ HUY BĐBP TỈNH ĐIỆN SƠN", "") is Level.COMMUNE
    )


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("bao-cao", "Việc phát hiện nhóm người lạ trong xóm nhờ Tiếng loa an ninh", "10c"),
        ("bao-cao", "So sánh số vụ việc trước và sau khi có mô hình “Tiếng loa an ninh”", "11"),
        ("cong-van", "Xét công nhận loại Tốt năm 2023 cho mô hình “Tiếng loa an ninh”", "13a"),
    ],
)
def test_events_comparisons_and_requests_for_a_rank_are_told_by_their_titles(
    kind: str, title: str, expected: str
) -> None:
    assert parts(place(kind, title))[:1] == [expected]


def test_a_plan_for_a_quarter_is_not_surely_the_years() -> None:
    found = place("ke-hoach", "Tuần tra quý II năm 2024")
    assert found.review or "9" not in parts(found)


@pytest.mark.parametrize(
    ("article", "board"),
    [("Ông Lâm Văn Bảo, Giám đốc, Trưởng Ban Chỉ đạo; ông Kha Văn Tý, Phó ban", True),
     ("Trưởng Ban Chỉ đạo 138 chịu trách nhiệm thi hành Quyết định này", False)],
)  # fmt: skip
def test_an_article_that_names_head_and_deputy_sets_up_the_committee(article: str, board: bool) -> None:
    found = place(
        "quyet-dinh", "Thành lập mô hình “Tiếng loa an ninh”",
        f"Điều 1. Thành lập mô hình tại xóm Đông.\nĐiều 2. {article}.",
    )  # fmt: skip
    assert ("6b" in parts(found)) is board


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("bieu", "Thống kê kết quả, hiệu quả hoạt động mô hình “Tiếng loa an ninh” năm 2025"),
        ("bang-ke", "Các vụ việc do mô hình “Tiếng loa an ninh” phát hiện, giải quyết năm 2025"),
        ("phu-luc", "Số liệu, tài liệu minh chứng hiệu quả hoạt động mô hình “Tiếng loa an ninh” năm 2025"),
    ],
)
def test_a_table_of_what_the_model_did_proves_its_effect(kind: str, title: str) -> None:
    assert parts(place(kind, title)) == ["11"]


def test_tasks_of_the_next_year_are_no_incident() -> None:
    title = "Kết quả xây dựng, duy trì mô hình “Tiếng loa an ninh” năm 2025; phương hướng, nhiệm vụ năm tới"
    assert parts(place("bao-cao", title)) == ["10b"]


def test_a_plan_to_build_and_then_spread_an_exemplar_is_the_plan_of_building() -> None:
    title = "Phát hiện, xây dựng, bồi dưỡng và nhân rộng điển hình tiên tiến bà Lý Thị Mai"
    assert parts(place("ke-hoach", title, of="dien-hinh", dossier="Điển hình/Lý Thị Mai")) == ["3"]


def test_tasks_given_to_the_committee_that_runs_a_model_found_no_model() -> None:
    title = "Thành lập và phân công nhiệm vụ Ban Chỉ đạo thực hiện mô hình “Tiếng loa an ninh”"
    assert parts(place("quyet-dinh", title)) == ["6b"]


def test_a_model_recognised_later_as_an_example_is_not_founded_again() -> None:
    title = "Công nhận mô hình “Tiếng loa an ninh” là mô hình điểm cấp tỉnh"
    found = place("quyet-dinh", title, f"Điều 1. {title}.", others=(founding(date(2022, 5, 4)),))
    assert found.review or "6a" not in parts(found)


@pytest.mark.parametrize(
    ("title", "step"),
    [
        ("Về việc công nhận điển hình tiên tiến và khen thưởng ông Lò Văn Pâng", "recognise"),
        ("Về việc công nhận bà Lê Thị Tám là điển hình tiên tiến", "recognise"),
        ("Về việc khen thưởng điển hình tiên tiến năm 2024", "commend"),
        ("Về việc thôi công nhận điển hình tiên tiến đối với ông Lò Văn Pâng", "end"),
        ("Khen thưởng cá nhân được công nhận điển hình tiên tiến năm 2024", "commend"),
    ],
)
def test_recognition_with_a_commendation_is_a_recognition(title: str, step: str) -> None:
    found = place("quyet-dinh", title, of="dien-hinh", dossier="Điển hình/Ông Lò Văn Pâng")
    assert [each.step for each in found.placements] == [step]


def test_committee_named_in_the_founding_decision_is_no_list_of_members() -> None:
    founds = "Điều 1. Thành lập mô hình “Tiếng loa an ninh”.\n"
    named = "gồm các ông, bà có tên sau: 1. Nguyễn Văn Thành, Chủ tịch UBND xã.\n"
    title = "Về việc thành lập mô hình “Tiếng loa an ninh” và Ban Chỉ đạo mô hình"
    committee = f"{founds}Điều 2. Thành lập Ban Chỉ đạo mô hình {named}"
    assert parts(place("quyet-dinh", title, committee)) == ["6a", "6b"]
    members = f"{committee}Điều 3. Thành viên mô hình gồm 24 người có tên trong danh sách kèm theo.\n"
    assert parts(place("quyet-dinh", title, members)) == ["6a", "6b", "6c"]


@pytest.mark.parametrize(
    ("title", "ends"),
    [
        ("Về việc sáp nhập mô hình “Tiếng loa an ninh” vào mô hình “Xóm bình yên”", True),
        ("Về việc sáp nhập mô hình “Xóm bình yên” vào mô hình “Tiếng loa an ninh”", False),
        ("Về việc sáp nhập xóm Đông vào xóm Tây", False),
    ],
)
def test_decision_that_merges_this_model_into_another_ends_it(title: str, ends: bool) -> None:
    found = place("quyet-dinh", title, f"Điều 1. {title.removeprefix('Về việc ')}.\n")
    ended = [(each.part, each.step) for each in found.placements if not found.review]
    assert (ended == [("16c", "decision")]) is ends
