"""Whose a founding, a letter or a place in a model's name is, where the title does not say so plainly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dossier import checklists
from dossier.model import Form, Header, Placement, Reference
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.about import Names, Tie
from dossier.scanner.classify.agreement import agreed_names
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.kinds import kinds_of
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.classify.tied import Bound
from dossier.scanner.classify.units import Units, named_in

CHECKLISTS = checklists.load()
MODEL, EXEMPLAR = CHECKLISTS["mo-hinh"], CHECKLISTS["dien-hinh"]
COMMUNE = "ỦY BAN NHÂN DÂN XÃ ĐẠI SƠN"


def paper(
    title: str, at: int = 0, part: str = "", kind: str = "bao-cao", body: str = COMMUNE, number: str = ""
) -> ContextPaper:
    head = Header(
        form=Form.LETTER if kind == "cong-van" else Form.STATE,
        type=kind, abstract=title, issuing_body=body, number_symbol=number, date=date(2023, 3, 1 + at),
    )  # fmt: skip
    places = (Placement(int(part.rstrip("abc")), part, 0.97),) if part else ()
    return ContextPaper(f"{at}.pdf", 1, f"{at}.pdf", (), head.date, places, bool(part), head)


def placed(
    asked: ContextPaper, *others: ContextPaper, text: str = "", kind: str = "mo-hinh"
) -> Classification:
    view = Around(CHECKLISTS[kind], [asked, *others], {}).seen_from(asked) if others else None
    body = f"{asked.header.abstract}\n{text}"
    return Classifier(CHECKLISTS[kind]).classify(asked.header, body, asked.name, (), around=view)


@pytest.mark.parametrize("founded", ["04 tổ thuyền chài tự quản", "12 nhóm hộ tự quản", "3 mô hình"])
def test_a_number_of_groups_is_founded_as_one_group_is(founded: str) -> None:
    kinds = kinds_of(MODEL.about, "mô hình")
    assert kinds.spelt(f" về việc thành lập {founded} ") == " về việc thành lập mô hình "


def test_a_number_that_counts_nothing_founded_stays() -> None:
    assert kinds_of(MODEL.about, "mô hình").spelt(" xếp loại 06 mô hình ") == " xếp loại 06 mô hình "


def test_nouns_that_follow_one_another_are_one_name() -> None:
    kinds = kinds_of(MODEL.about, "mô hình")
    assert list(kinds.names([" quy chế của tổ bến bãi tự quản năm "])) == ["to ben bai tu quan"]


FOUNDING = paper("Thành lập mô hình “Bến đò tự quản”", 0, "6a", "quyet-dinh", number="8/QĐ-UBND")
REPORTS = [paper(f"Kết quả mô hình “Bến đò tự quản” đợt {at}", at, "10c") for at in (1, 2, 3)]


def test_another_founding_beside_the_dossiers_own_is_asked_about() -> None:
    other = Bound(Tie.MOVEMENT, founding="6a", held=frozenset(("6a", "9")))
    assert not other.allows("6a")
    assert other.allows("9")
    assert replace(other, tie=Tie.TEXT).allows("6a")
    assert replace(other, held=frozenset()).allows("6a")


def test_the_force_of_the_law_is_no_committee_that_is_reorganised() -> None:
    others = FOUNDING, *REPORTS
    own = placed(paper("Kiện toàn Ban Chỉ đạo mô hình “Bến đò bình yên”", 9, kind="quyet-dinh"))
    assert [place.part for place in own.placements] == ["14"]
    force = paper("Kiện toàn Tổ bảo vệ an ninh, trật tự xóm Thượng", 9, kind="quyet-dinh")
    citing = replace(force.header, references=(Reference("quyet-dinh", "8/QĐ-UBND"),))
    assert not placed(replace(force, header=citing), *others).placements


def test_a_report_on_a_law_is_no_review_of_an_exemplar() -> None:
    asked = paper("Tổng kết hai năm thi hành Luật Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở")
    assert not placed(asked, kind="dien-hinh").placements


def test_points_for_each_criterion_assess_an_exemplar() -> None:
    asked = paper("Chấm từng tiêu chí đối với điển hình Tổ hòa giải xóm Thượng", kind="bang-diem")
    assert [place.part for place in placed(asked, kind="dien-hinh").placements] == ["4"]


def test_a_notice_that_somebody_is_no_exemplar_any_more_ends_it() -> None:
    asked = paper("Gửi tổ hòa giải xóm Thượng về việc không còn là điển hình", kind="thong-bao")
    (place,) = placed(asked, kind="dien-hinh").placements
    assert (place.part, place.step) == ("5", "notice")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ý kiến về đề nghị của Đồn Biên phòng", []),
        ("Kế hoạch của Đồn Biên phòng, Công an xã", []),
        ("Kế hoạch của Đồn Biên phòng Pa Ủ", ["đồn biên phòng"]),
    ],
)
def test_a_post_without_a_name_is_no_unit(text: str, expected: list[str]) -> None:
    assert list(named_in(text)) == expected


def test_the_village_that_has_the_model_is_no_stranger_to_the_village_in_its_name() -> None:
    own = ["thon thai tu quan"]
    titles = ["Khảo sát thôn Na Pheo, đề nghị lập Thôn Thái tự quản", "Thôn Thái tự quản năm 2020"]
    headers = [Header(abstract=titles[at > 0], issuing_body="THÔN NA PHEO") for at in range(4)]
    report = Header(abstract="Nếp làm việc của nhóm", issuing_body="THÔN NA PHEO")
    assert not Units([*headers, report], "Thon Thai", names=own).another(report)
    neighbour = Header(abstract="Nếp làm việc của nhóm", issuing_body="THÔN NÀ LUỐC")
    assert Units([*headers, neighbour], "Thon Thai", names=own).another(neighbour)


def test_a_letter_to_the_dossiers_school_is_its_own_though_another_school_writes() -> None:
    reports = [Header(type="bao-cao", abstract="Báo cáo", issuing_body="TRƯỜNG THCS LÊ LỢI")] * 4
    letter = Header(
        type="cong-van",
        abstract="Xin sang học tập mô hình",
        issuing_body="TRƯỜNG THCS KIM ĐỒNG",
        recipients=("Trường THCS Lê Lợi",),
    )
    units = Units([*reports, letter], "")
    assert not units.another(letter, abroad=True)
    assert units.another(replace(letter, recipients=("Phòng Giáo dục",)), abroad=True)
    assert units.another(replace(letter, type="bao-cao"), abroad=True)


def test_a_quoted_name_is_the_dossiers_though_as_many_titles_speak_of_a_team() -> None:
    titles = [
        "Đề xuất mô hình “Trường học 5 tốt”",
        "Ra mắt mô hình “Trường học 5 tốt”",
        "Một năm mô hình “Trường học 5 tốt”",
        "Danh sách đội xung kích",
        "Khen thưởng đội xung kích",
    ]
    papers = [paper(title, at) for at, title in enumerate(titles)]
    founding = "Thành lập mô hình, Ban Chỉ đạo mô hình và đội xung kích 27 lớp"
    papers.append(paper(founding, 9, "6a", "quyet-dinh"))
    assert agreed_names(MODEL, papers).own == ("truong hoc 5 tot",)


def test_a_branch_is_no_person() -> None:
    assert not Names(("chi hoi phu nu ap rach gia",)).of_a_person
    assert not Names(("co so tho tu tu quan",)).of_a_person
    assert Names(("chi hoang thi lan",)).of_a_person


def test_an_exemplary_body_may_be_called_by_the_end_of_its_name() -> None:
    names = Names(("chi hoi phu nu ap rach gia",), of_a_body=True)
    assert names.nicknamed("Rạch Gia")
    assert not names.nicknamed("Vàm Mới")


def test_an_album_of_the_launch_tells_of_the_launch() -> None:
    asked = paper("Ra mắt mô hình “Bến đò bình yên” tại nhà văn hóa", kind="bo-anh")
    assert [place.part for place in placed(asked).placements] == ["8a"]


def test_a_groups_book_of_money_is_a_ledger() -> None:
    asked = paper("Thu góp mỗi hộ 20.000 đồng và chi xăng tuần tra", kind="so", body="TỔ BẾN ĐÒ TỰ QUẢN")
    assert [place.part for place in placed(asked).placements] == ["12"]


def test_a_purpose_is_no_part_of_a_name() -> None:
    title = "Kinh nghiệm của điển hình Rạch Gia để chi hội các xã làm theo"
    assert kinds_of(EXEMPLAR.about, "điển hình").called_after(title) in ("", "rach gia")
    names = ["Công nhận Chi hội Phụ nữ ấp Rạch Gia", "Đánh giá Chi hội Phụ nữ ấp Rạch Gia"]
    others = [
        paper(f"{name} năm {year}", at, "4")
        for at, (name, year) in enumerate(zip(names * 2, range(2021, 2025), strict=True))
    ]
    asked = paper(title, 9, kind="thong-bao")
    found = placed(asked, *others, kind="dien-hinh")
    assert (found.review, [place.part for place in found.placements]) == (False, ["5"])
