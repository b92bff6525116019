"""Where documents belong: by type, words, name and folder; and when nobody should be sure."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import checklists
from dossier.model import Form, Header
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.about import Tie
from dossier.scanner.classify.periods import period
from dossier.scanner.classify.tied import Bound

KINDS = checklists.load()
MODEL = Classifier(KINDS["mo-hinh"])
EXEMPLAR = Classifier(KINDS["dien-hinh"])


def place(
    type_: str = "", abstract: str = "", *, body: str = "", name: str = "scan0007.pdf",
    folders: tuple[str, ...] = (), by: Classifier = MODEL, day: date | None = date(2024, 3, 5),
    issuer: str = "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG", form: Form = Form.STATE,
) -> Classification:  # fmt: skip
    header = Header(form=form, type=type_, abstract=abstract, date=day, issuing_body=issuer)
    return by.classify(header, f"{abstract}\n{body}", name, folders)


def parts(found: Classification) -> list[str]:
    return [] if found.review else [placement.part for placement in found.placements]


@pytest.mark.parametrize(
    ("type_", "abstract", "expected"),
    [
        ("ke-hoach", "Khảo sát tình hình địa bàn để xây dựng mô hình", "1"),
        ("bao-cao", "Kết quả khảo sát tình hình an ninh, trật tự trên địa bàn", "2"),
        ("to-trinh", "Về việc đề xuất xây dựng mô hình “Camera an ninh”", "3"),
        ("quyet-dinh", "Về việc thành lập mô hình “Camera an ninh”", "6a"),
        ("quyet-dinh", "Về việc thành lập Ban Chỉ đạo mô hình “Camera an ninh”", "6b"),
        ("danh-sach", "Thành viên tham gia mô hình “Camera an ninh”", "6c"),
        ("quy-che", "Hoạt động của Ban Chỉ đạo mô hình “Camera an ninh”", "7a"),
        ("quy-che", "Hoạt động của mô hình “Camera an ninh”", "7b"),
        ("quy-che", "Phối hợp bảo đảm an ninh, trật tự giữa Công an xã và Hội Nông dân", "7c"),
        ("ke-hoach", "Tổ chức lễ ra mắt mô hình “Camera an ninh”", "8a"),
        ("ke-hoach", "Hoạt động của mô hình “Camera an ninh” năm 2024", "9"),
        ("bao-cao", "Kết quả hoạt động mô hình 6 tháng đầu năm 2024", "10a"),
        ("quyet-dinh", "Về việc công nhận kết quả xếp loại mô hình năm 2024", "13b"),
        ("quyet-dinh", "Về việc tặng Giấy khen cho tập thể, cá nhân thực hiện tốt mô hình", "13c"),
        ("quyet-dinh", "Về việc kiện toàn Ban Chỉ đạo mô hình", "14"),
        ("ke-hoach", "Tổng kết 03 năm thực hiện mô hình", "15a"),
        ("bao-cao", "Sơ kết 01 năm thực hiện mô hình", "15b"),
        ("quyet-dinh", "Về việc kết thúc hoạt động mô hình", "16c"),
    ],
)
def test_part_is_told_by_type_and_abstract(type_: str, abstract: str, expected: str) -> None:
    assert parts(place(type_, abstract))[:1] == [expected]


def test_document_that_cites_the_founding_decision_is_not_it() -> None:
    body = "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2023 về việc thành lập mô hình “Camera an ninh”;"
    found = place("bao-cao", "Kết quả hoạt động mô hình 6 tháng đầu năm 2024", body=body)
    assert parts(found) == ["10a"]


def test_founding_decision_with_committee_and_list_serves_three_parts() -> None:
    body = (
        "Điều 1. Thành lập mô hình “Camera an ninh”.\nĐiều 2. Thành lập Ban Chỉ đạo gồm các ông, bà sau.\n"
        "Điều 3. Danh sách thành viên tham gia mô hình kèm theo Quyết định này."
    )
    assert set(parts(place("quyet-dinh", "Về việc thành lập mô hình “Camera an ninh”", body=body))) == {
        "6a", "6b", "6c",
    }  # fmt: skip


def test_policy_of_the_party_committee() -> None:
    found = place(
        "nghi-quyet", "Về chủ trương xây dựng mô hình", issuer="ĐẢNG ỦY XÃ HÀM THẮNG", form=Form.PARTY
    )
    assert parts(found) == ["4"]


def test_item_folder_tips_the_scale() -> None:
    doubtful = place("bao-cao", "Về mô hình trên địa bàn xã")
    sure = place("bao-cao", "Về mô hình trên địa bàn xã", folders=("11 Hiệu quả",))
    assert doubtful.review or parts(doubtful) != ["11"]
    assert "11" in [p.part for p in sure.placements]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("QD thanh lap MH camera.pdf", "6a"),
        ("Báo cáo kết quả khảo sát.docx", "2"),
        ("KeHoachKhaoSat.pdf", "1"),
        ("KếHoạchKhảoSát.pdf", "1"),
        ("06c_DS thanh vien.pdf", "6c"),
    ],
)
def test_name_of_an_unread_file_gives_candidates_but_no_certainty(name: str, expected: str) -> None:
    first = MODEL.by_name(name, ())[0]
    assert first.part == expected
    assert first.confidence < KINDS["mo-hinh"].threshold


def test_document_without_any_sign_needs_review() -> None:
    assert place("", "", body="Kính gửi anh, em gửi lại như đã trao đổi.").review


@pytest.mark.parametrize(
    ("type_", "abstract"),
    [
        ("giay-moi", "Dự hội nghị triển khai công tác tuyển quân năm 2024"),
        ("quyet-dinh", "Về việc nâng bậc lương thường xuyên"),
        ("thong-bao", "Lịch trực Tết Nguyên đán năm 2024"),
    ],
)
def test_foreign_paper_belongs_to_no_item(type_: str, abstract: str) -> None:
    found = place(type_, abstract)
    assert parts(found) == []


def test_evidence_is_given_in_words() -> None:
    (placement, *_rest) = place("quyet-dinh", "Về việc thành lập mô hình “Camera an ninh”").placements
    assert any("thành lập mô hình" in sentence for sentence in placement.evidence)
    assert any("quyết định" in sentence for sentence in placement.evidence)


@pytest.mark.parametrize(
    ("abstract", "day", "period"),
    [
        ("Kết quả hoạt động mô hình 6 tháng đầu năm 2024", date(2024, 6, 20), "2024-H1"),
        ("Kết quả thực hiện mô hình (từ 01/01/2023 đến 30/6/2023)", date(2023, 7, 2), "2023-H1"),
        ("Kết quả hoạt động mô hình năm 2024", date(2024, 11, 1), "2024"),
        ("Kết quả hoạt động mô hình 01 năm", date(2024, 11, 1), "2024"),
        ("Kết quả hoạt động mô hình từ 01/11/2023 đến 31/10/2024", date(2024, 11, 3), "2024"),
        ("Kết quả hoạt động mô hình một năm, từ tháng 11/2023 đến nay", date(2024, 11, 3), "2024"),
        ("Kết quả hoạt động mô hình năm 2023 và năm 2024", date(2024, 11, 3), "2024"),
        ("Kết quả hoạt động mô hình năm 2024, phương hướng năm 2025", date(2024, 12, 3), "2024"),
        ("Kết quả hoạt động mô hình năm 2022", date(2024, 11, 3), "2022"),
    ],
)
def test_report_says_its_period(abstract: str, day: date, period: str) -> None:
    assert place("bao-cao", abstract, day=day).placements[0].period == period


@pytest.mark.parametrize(
    ("name", "folder", "period"),
    [
        ("Bộ văn bản 2023.pdf", "", "2024-H1"),
        ("scan.pdf", "2023", "2024-H1"),
        ("BC 2024.pdf", "2023", "2024-H1"),
    ],
)
def test_year_written_on_a_file_or_folder_does_not_move_a_paper_out_of_its_time(
    name: str, folder: str, period: str
) -> None:
    abstract = "Kết quả hoạt động 6 tháng của mô hình “Camera an ninh”"
    found = place("bao-cao", abstract, name=name, folders=(folder,), day=date(2024, 6, 26))
    assert found.placements[0].period == period


@pytest.mark.parametrize(
    ("kind", "day", "said"),
    [
        ("year", date(2024, 11, 30), "2024"), ("year", date(2024, 12, 1), "2025"),
        ("half-year", date(2024, 2, 29), "2023-H2"), ("half-year", date(2024, 3, 1), "2024-H1"),
        ("half-year", date(2024, 9, 30), "2024-H1"), ("half-year", date(2024, 10, 1), "2024-H2"),
        ("evaluation-year", date(2024, 3, 31), "2023"), ("evaluation-year", date(2024, 4, 1), "2024"),
    ],
)  # fmt: skip
def test_paper_that_names_no_year_is_of_the_one_that_its_day_tells(kind: str, day: date, said: str) -> None:
    assert period(kind, {}, day) == said


@pytest.mark.parametrize(
    ("kind", "texts", "day", "said"),
    [
        ("", {"abstract": "nam 2024"}, None, ""),
        ("year", {"body": "ke hoach nam 2024"}, None, "2024"),
        ("year", {"body": "khong ro nam nao"}, None, ""),
        ("year", {"head": "nam 2024"}, date(2023, 9, 1), "2024"),
        ("year", {"head": "nam 2024"}, date(2023, 8, 31), "2023"),
        ("year", {"head": "nam 2024"}, date(2025, 4, 30), "2024"),
        ("year", {"head": "nam 2024"}, date(2025, 5, 1), "2025"),
        ("year", {"abstract": "nam 2020"}, date(2024, 5, 1), "2020"),
        ("year", {"abstract": "nam 2024 va nam 2020"}, date(2020, 5, 1), "2020"),
        ("year", {"abstract": "den het ngay 31 10 2024"}, None, "2024"),
        ("year", {"abstract": "tu thang 11 2022 den nay, cua nam 2023"}, None, "2023"),
        ("half-year", {"abstract": "6 thang dau nam 2024, nhiem vu 6 thang cuoi nam"}, None, "2024-H1"),
        ("half-year", {"abstract": "6 thang cuoi nam 2024"}, date(2024, 6, 1), "2024-H2"),
        ("half-year", {"abstract": "nam 2024"}, date(2024, 12, 1), "2024-H2"),
        ("half-year", {"abstract": "nam 2024"}, None, "2024-H1"),
        ("half-year", {"abstract": "nam 2024", "name": "06 thang"}, date(2024, 12, 1), "2024-H1"),
    ],
)
def test_period_is_what_is_stated_first_and_near_the_day(
    kind: str, texts: dict[str, str], day: date | None, said: str
) -> None:
    assert period(kind, texts, day) == said


def test_year_of_birth_is_no_period() -> None:
    body = "Nguyễn Văn An, sinh năm 1994, thay mặt mô hình trình kế hoạch hoạt động năm."
    found = place("ke-hoach", "", body=body, name="KH hoạt động năm.pdf", day=date(2024, 2, 1))
    assert {place.period for place in found.placements if place.part == "9"} == {"2024"}


@pytest.mark.parametrize(
    ("type_", "abstract", "expected"),
    [
        ("bao-cao", "Kết quả khảo sát địa bàn để lựa chọn điển hình tiên tiến", "1"),
        ("ke-hoach", "Xây dựng, bồi dưỡng điển hình tiên tiến", "3"),
        ("ke-hoach", "Kèm cặp, giúp đỡ chị Lê Thị Hoa trở thành tấm gương của thôn", "3"),
        ("quyet-dinh", "Về việc công nhận điển hình tiên tiến", "5"),
    ],
)
def test_parts_of_an_exemplar(type_: str, abstract: str, expected: str) -> None:
    assert parts(place(type_, abstract, by=EXEMPLAR))[:1] == [expected]


def test_a_plan_to_learn_from_an_exemplar_that_says_no_more_is_asked_about() -> None:
    found = place("ke-hoach", "Học tập tấm gương bà Lê Thị Hoa", by=EXEMPLAR)
    assert found.review and found.placements[0].part == "5"


def test_classification_does_not_depend_on_unicode_form() -> None:
    import unicodedata

    plain = place("quyet-dinh", "Về việc thành lập mô hình", name="Quyết định.pdf")
    decomposed = place(
        "quyet-dinh", "Về việc thành lập mô hình", name=unicodedata.normalize("NFD", "Quyết định.pdf")
    )
    assert plain == decomposed


def test_words_that_differ_by_their_marks_are_told_apart() -> None:
    found = place("ke-hoach", "Xây dựng mô hình “Tổ liên gia tự quản”")
    assert all(p.part != "16c" for p in found.placements)  # "dựng mô hình" is not "dừng mô hình"
    regulation = place("quy-che", "Hoạt động của mô hình", body="Quy định chung. Quý I năm 2024.")
    assert all(p.part != "12" for p in regulation.placements)  # "quy", "quý" are not "quỹ"


def test_name_of_the_model_says_nothing_of_the_document() -> None:
    found = place("quy-che", "Hoạt động của mô hình “Phối hợp tổng kết, nhân rộng”")
    assert parts(found) == ["7b"]


def test_own_number_as_the_name_of_the_file_says_nothing() -> None:
    header = Header(Form.STATE, "quy-che", "07/QC-BCĐ", abstract="Hoạt động của mô hình “A”")
    assert [p.part for p in MODEL.classify(header, "", "07-QC-BCD.docx", ()).placements] == ["7b"]
    for number, name in (("07/QC-BCĐ", "07-QC-BCD"), ("12/QĐ-BCĐ", "so 012_QD_BCD")):
        header = Header(Form.STATE, "quy-che", number, abstract="Hoạt động của mô hình “A”")
        nameless = MODEL.classify(header, "", f"{name.partition(number[:2])[0]}.docx", ())
        assert MODEL.classify(header, "", f"{name}.docx", ()) == nameless


def test_abbreviations_in_an_abstract_are_spelt_out() -> None:
    assert parts(place("quyet-dinh", "Về việc thành lập BCĐ MH “Camera an ninh”")) == ["6b"]


LIST = "Điều 3. Danh sách thành viên mô hình gồm 25 người có tên kèm theo."
COMMITTEE = "Điều 2. Thành lập Ban Chỉ đạo mô hình gồm các ông, bà có tên sau."
FOUNDED = "Điều 1. Thành lập mô hình “Tiếng kẻng an ninh” tại thôn 2."


@pytest.mark.parametrize(
    ("abstract", "body", "expected"),
    [
        ("Về việc thành lập mô hình", f"{FOUNDED}\n{COMMITTEE}\n{LIST}", {"6a", "6b", "6c"}),
        ("Thành lập Ban Chỉ đạo và các thành viên tham gia", f"{FOUNDED}\n{COMMITTEE}", {"6a", "6b", "6c"}),
        ("Lập mô hình, BCĐ và danh sách người tham gia", "", {"6a", "6b", "6c"}),
        ("Cho ra đời mô hình; cử Ban Chỉ đạo; công nhận hội viên", "", {"6a", "6b", "6c"}),
        ("Về việc thành lập mô hình", f"{FOUNDED}\n{COMMITTEE}", {"6a", "6b"}),
        ("Về việc thành lập mô hình", FOUNDED, {"6a"}),
        ("Về thành viên Ban Chỉ đạo mô hình", COMMITTEE.replace("2", "1"), {"6b"}),
        ("Công nhận thành viên mô hình", LIST.replace("3", "1"), {"6c"}),
    ],
)
def test_a_founding_decision_serves_what_it_names_and_no_more(
    abstract: str, body: str, expected: set[str]
) -> None:
    assert set(parts(place("quyet-dinh", abstract, body=body))) == expected


@pytest.mark.parametrize(
    ("tie", "general", "listed", "other"),
    [
        (Tie.NAMED, 1.0, 1.0, 1.0), (Tie.TEXT, 0.89, 0.95, 0.95), (Tie.MOVEMENT, 0.89, 0.89, 0.89),
        (Tie.NONE, 0.89, 0.89, 0.89),
    ],
)  # fmt: skip
def test_less_than_the_dossiers_name_in_the_title_is_never_certain(
    tie: Tie, general: float, listed: float, other: float
) -> None:
    bound = Bound(tie, general=frozenset(("9", "13b")), lists=frozenset(("13b",)), named=True)
    assert [bound.of(part) for part in ("9", "13b", "6a")] == [general, listed, other]
    assert [bound.of_any_work(part) for part in ("9", "6a")] == [True, False]


def test_plain_parts_are_placed_by_their_issuer_alone() -> None:
    of_body = Bound(Tie.BODY, plain=frozenset(("12",)))
    assert [of_body.allows(part) for part in ("12", "9")] == [True, False]
    assert not Bound(Tie.NONE, plain=frozenset(("12",))).allows("12")
    assert Bound(Tie.MOVEMENT).allows("9") and not Bound(Tie.OTHER).allows("9")
