"""What a dossier is called by its folder and by titles without quotation marks, and who is not meant."""

from __future__ import annotations

from datetime import date

import pytest

from dossier import checklists
from dossier.model import Header, Placement
from dossier.scanner.classify import Classifier
from dossier.scanner.classify.about import KindWords, Names, Tie, Title, movement, named_after, tie
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.classify.subjects import names_of, person_called, subject
from dossier.scanner.classify.text import lists_people
from dossier.scanner.classify.tied import Tied
from dossier.vietnamese import words

CHECKLISTS = checklists.load()
MODEL, EXEMPLAR = CHECKLISTS["mo-hinh"], CHECKLISTS["dien-hinh"]


def decision(text: str, title: str = "Thành lập mô hình “Xưởng mộc bình yên”") -> list[str]:
    head = Header(type="quyet-dinh", abstract=title, date=date(2024, 3, 5))
    found = Classifier(MODEL).classify(head, f"{title}\n{text}", "qd.pdf", (), dossier="Xưởng mộc bình yên")
    return [place.part for place in found.placements]


def around(*titles: str, certain: bool = False) -> tuple[Around, list[ContextPaper]]:
    places = (Placement(10, "10b", 0.94),) if certain else ()
    papers = [
        ContextPaper(f"{at}.pdf", 1, f"{at}.pdf", (), date(2024, 4, 1 + at), places, certain=certain,
                     header=Header(type="bao-cao", abstract=title))
        for at, title in enumerate(titles)
    ]  # fmt: skip
    return Around(MODEL, papers, {}), papers


@pytest.mark.parametrize(
    ("quoted", "own"),
    [
        ("dong ho mua tu quan ve an ninh trat tu", False),
        ("dong ho sung tu quan an ninh trat tu", True),
        ("dong ho sung tu quan ve an ninh trat tuw", True),
    ],
)
def test_a_word_in_place_of_another_makes_another_name_but_a_slip_does_not(quoted: str, own: bool) -> None:
    assert Names(("dong ho sung tu quan ve an ninh trat tu",)).among(quoted) is own


def test_a_quoted_name_with_another_proper_word_is_foreign_beside_a_general_form_of_the_own_name() -> None:
    names = Names(("dong ho sung tu quan", "dong ho tu quan"), sure=True)
    title = "Công nhận mô hình “Dòng họ Mùa tự quản”"
    head = Header(abstract=title)
    tied = Tied(MODEL)
    from dossier.scanner.classify.kinds import kinds_of
    from dossier.scanner.classify.phrases import Wordings
    from dossier.scanner.classify.text import ChecklistWords, gather

    assert MODEL.about is not None
    by = ChecklistWords({}, Wordings(()), kinds_of(MODEL.about, MODEL.called))
    assert tied.tie(gather(head, "", "", (), by), head, tied.own(names, head)) is Tie.FOREIGN


@pytest.mark.parametrize(
    "title",
    [
        "Chị em vào mô hình (viết tay)",
        "Tiền của mô hình: góp vào, lấy ra",
        "Họp về việc ngừng mô hình 19/22 thành viên dự",
    ],
)
def test_what_stands_in_brackets_or_after_a_colon_is_no_name(title: str) -> None:
    unnamed = movement("năm | tại")
    assert named_after(title, "mo hinh", unnamed) == ""
    fields = {"abstract": f" {words(title)} ", "body": " "}
    kind = KindWords("mo hinh", movement("tự quản"), unnamed=unnamed)
    assert tie(fields, Title(title), Names(("xuong moc binh yen",)), kind) is Tie.MOVEMENT


@pytest.mark.parametrize("folder", ["Thợ mộc giữ xưởng/Hồ sơ chính", "Thợ mộc giữ xưởng/Lưu"])
def test_a_folder_that_only_divides_gives_no_name(folder: str) -> None:
    assert subject(folder, "mô hình", {}) is None


def test_years_at_the_end_of_a_folders_name_are_no_part_of_it() -> None:
    found = subject("Mô hình/Họ Sùng tự quản 2016", "mô hình", {})
    assert found is not None and found.name == "ho sung tu quan"


@pytest.mark.parametrize(
    ("folder", "person"),
    [
        ("Thợ rèn Lý Văn Bảy", "ly van bay"),
        ("DN - Giam doc Ngo Thi Hong Lam", "ngo thi hong lam"),
        ("Chi hoi tho moc ap Ca Loc", ""),
        ("Ly Van Bay", ""),
        ("tho ren ly van bay", ""),
    ],
)
def test_a_persons_whole_name_ends_a_folders_name(folder: str, person: str) -> None:
    assert person_called(folder) == person


def test_a_person_is_named_by_the_folder_above_years() -> None:
    names = names_of("Thợ rèn Lý Văn Bảy/2011-2013", Names(), "điển hình", {}, None, of_people=True)
    assert names.own == ("ly van bay",)
    assert names.of_a_person


@pytest.mark.parametrize(("titles", "named"), [(3, True), (2, False)])
def test_the_name_that_titles_repeat_after_the_word_for_the_kind_is_the_dossiers(
    titles: int, named: bool
) -> None:
    said = ("Hoạt động mô hình CCB tự quản bến đò", "Ra mắt mô hình Cựu chiến binh tự quản bến đò")
    seen, papers = around(*[said[at % 2] for at in range(titles)])
    names = seen.seen_from(papers[0]).names
    assert names.are_in(" nam nam cuu chien binh tu quan ben do ") is named
    assert not names.are_in(" dai hoi hoi cuu chien binh xa ")


def test_what_was_created_is_known_without_its_noun() -> None:
    own = Tied(MODEL).own(Names(("to xe om tu quan ga dong",)), Header())
    assert own.are_in(" ket qua xe om tu quan ga dong nam 2012 ")


def test_a_certain_paper_whose_title_quotes_another_model_is_astray() -> None:
    own = "Hoạt động của mô hình “Xưởng mộc bình yên”"
    seen, papers = around(own, own, own, "Kết quả mô hình “Nhà trọ văn minh” ấp 3", certain=True)
    assert [seen.astray(paper) for paper in papers] == [False, False, False, True]


@pytest.mark.parametrize(
    ("article", "people"),
    [
        ("Nhân sự gồm 14 người: Lâm Thị Út (dãy cá) - tổ trưởng; Huỳnh Tấn Phước; Sơn Thị Lài", True),
        ("gồm 12 ông có tên: 1. Nguyễn Văn Cang; 2. Trần Văn Đá; 3. Phan Văn Chín...", True),
        ("Tổ gồm 10 tàu: NA-2107 Hồ Xuân Bảy (tổ trưởng), NA-2215 Bùi Văn Đoan", True),
        ("Giao các đơn vị: Công an xã Đông, Công an xã Đoài", False),
        ("Xếp loại: Xóm Đình: Khá; Xóm Chùa: Tốt", False),
        ("Mô hình có Lâm Thị Út, Sơn Thị Lài", False),
    ],
)
def test_names_of_people_after_a_colon_are_a_list(article: str, people: bool) -> None:
    assert lists_people(article) is people


def test_an_article_that_names_the_members_is_their_list() -> None:
    text = "Điều 1. Thành lập mô hình.\nĐiều 2. Ba tổ gồm 21 người: 1. Thạch Sua; 2. Kim Thị Rây; 3. Sơn Hên."
    assert decision(text) == ["6a", "6c"]


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("PHỤ LỤC: DANH SÁCH TỔ VIÊN", ["6a", "6c"]),
        ("DANH SÁCH", ["6a", "6c"]),
        ("DANH SÁCH BAN CHỈ ĐẠO", ["6a"]),
    ],
)
def test_a_list_below_the_decision_is_that_of_the_members(caption: str, parts: list[str]) -> None:
    text = f"Điều 1. Thành lập mô hình.\n{caption}\n1. Nguyễn Thanh Vương\n2. Phạm Thị Sen\n3. Lê Thị Hoa"
    assert decision(text) == parts


@pytest.mark.parametrize("board", ["Ban Chỉ đạo", "Ban Quản trị"])
def test_an_article_that_names_a_board_is_no_list_of_members(board: str) -> None:
    text = f"Điều 1. Thành lập mô hình.\nĐiều 2. {board} gồm: Thạch Sua, Trưởng ban; Kim Thị Rây; Sơn Hên."
    assert decision(text) == ["6a", "6b"]


def test_the_person_whom_titles_name_is_the_exemplar_that_the_folder_calls_by_an_office() -> None:
    titles = ("Bồi dưỡng điển hình bà Kiều Thị Lan", "Khen bà Kiều Thị Lan", "Đánh giá bà Kiều Thị Lan")
    papers = [
        ContextPaper(f"{at}.pdf", 1, f"{at}.pdf", (), date(2024, 4, 1 + at), (), certain=False,
                     header=Header(type="bao-cao", abstract=title))
        for at, title in enumerate(titles)
    ]  # fmt: skip
    names = Around(EXEMPLAR, papers, {}).seen_from(papers[0]).names
    assert names.own == ("kieu thi lan",)
