"""What certain documents say about a doubtful one of the same dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import checklists
from dossier.checklists.schema import ContextWeights, Timing
from dossier.model import Header, Placement
from dossier.scanner.classify import Classifier
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.papers import ContextPaper

MODEL = checklists.load()["mo-hinh"]
RULES = ContextWeights(
    most=3.0,
    between=1.5,
    astray=-1.0,
    folder=1.0,
    taken=-1.5,
    single=("6a", "9"),
    dates=(Timing(parts=("1",), milestone="6a", until=0, inside=0.5, outside=-2),),
)
LIST = replace(MODEL, circumstances=RULES)
DOUBTFUL = ContextPaper("x.pdf", 1, "x.pdf", (), date(2023, 5, 1), (), certain=False)


def paper(part: str, name: str = "", folders: tuple[str, ...] = (), day: date | None = None,
          period: str = "", ordinal: int = 1) -> ContextPaper:  # fmt: skip
    name = name or f"{part}.pdf"
    place = Placement(MODEL.item_of(part).number, part, 0.99, period=period)
    return ContextPaper("/".join((*folders, name)), ordinal, name, folders, day, (place,), certain=True)


def weights(doubtful: ContextPaper, *others: ContextPaper, part: str, period: str = "",
            declared: dict[str, date] | None = None) -> list[float]:  # fmt: skip
    view = Around(LIST, [doubtful, *others], declared or {}).seen_from(doubtful)
    return [weight for weight, _sign, _said in view.weigh(MODEL.item_of(part).number, part, period)]


@pytest.mark.parametrize(
    ("founded", "expected"),
    [(date(2023, 6, 1), [0.5]), (date(2023, 5, 1), [0.5]), (date(2023, 4, 30), [-2.0]), (None, [])],
)
def test_a_date_counts_by_the_days_from_the_milestone(founded: date | None, expected: list[float]) -> None:
    assert weights(DOUBTFUL, paper("6a", day=founded), part="1") == expected


@pytest.mark.parametrize(
    ("founded", "sentence"),
    [
        (date(2023, 5, 1), "ký cùng ngày với văn bản 6a (01/05/2023)"),
        (date(2023, 5, 3), "ký trước văn bản 6a (03/05/2023) 2 ngày"),
        (date(2023, 4, 30), "nhưng ký sau văn bản 6a (30/04/2023) 1 ngày"),
    ],
)
def test_a_date_says_how_many_days_before_or_after(founded: date, sentence: str) -> None:
    view = Around(LIST, [DOUBTFUL, paper("6a", day=founded)], {}).seen_from(DOUBTFUL)
    assert [said for _weight, _sign, said in view.weigh(1, "1", "")] == [sentence]


def test_the_earliest_milestone_and_a_declared_one_before_it_count() -> None:
    late, early = paper("6a", "b.pdf", day=date(2024, 1, 1)), paper("6a", "a.pdf", day=date(2023, 1, 1))
    assert weights(DOUBTFUL, late, early, part="1") == [-2.0]
    assert weights(DOUBTFUL, late, early, part="1", declared={"6a": date(2023, 12, 1)}) == [0.5]


def test_a_doubtful_document_is_no_milestone() -> None:
    unsure = replace(paper("6a", day=date(2023, 1, 1)), certain=False)
    assert weights(DOUBTFUL, unsure, part="1") == []


def test_a_part_that_holds_one_document_is_taken_for_its_period_only() -> None:
    assert weights(DOUBTFUL, paper("9", period="2024"), part="9", period="2024") == [-1.5]
    assert weights(DOUBTFUL, paper("9", period="2024"), part="9", period="2025") == []
    assert weights(DOUBTFUL, paper("14"), part="14") == []


def test_documents_before_and_after_in_one_file_tell_the_items_between() -> None:
    scan = [replace(paper(part), file="x.pdf", ordinal=at) for at, part in ((1, "1"), (2, "3"), (4, "6a"))]
    doubtful = replace(DOUBTFUL, ordinal=3)
    assert weights(doubtful, *scan, part="5") == [1.5]
    assert weights(doubtful, *scan, part="10b") == [-1.0]


@pytest.mark.parametrize(
    "names", [("01 a.pdf", "02 b.pdf", "03 c.pdf"), ("scan07.pdf", "scan08.pdf", "scan09.pdf")]
)
def test_numbered_names_are_a_sequence(names: tuple[str, ...]) -> None:
    doubtful = replace(DOUBTFUL, file=names[1], name=names[1])
    others = (paper("3", names[0]), paper("7a", names[2]))
    assert weights(doubtful, *others, part="5") == [1.5]
    assert weights(doubtful, paper("7a", names[0]), paper("3", names[2]), part="5") == []  # not in order


def test_a_folder_speaks_for_the_item_that_is_most_of_it() -> None:
    doubtful = replace(DOUBTFUL, file="b/x.pdf", folders=("b",))
    same = [paper("10a", f"{at}.pdf", ("b",)) for at in "pq"]
    assert weights(doubtful, *same, part="10b") == [1.0]
    assert weights(doubtful, *same, part="11") == []
    assert (
        weights(doubtful, *same, paper("2", "r.pdf", ("b",)), paper("3", "s.pdf", ("b",)), part="10b") == []
    )
    assert weights(DOUBTFUL, *[paper("10a", f"{at}.pdf") for at in "pq"], part="10b") == []  # no folder


def test_all_together_never_outweigh_the_bound() -> None:
    harsh = replace(MODEL, circumstances=replace(RULES, most=1.0))
    view = Around(harsh, [DOUBTFUL, paper("6a", day=date(2020, 1, 1))], {}).seen_from(DOUBTFUL)
    assert sum(weight for weight, *_told in view.weigh(1, "1", "")) == -1.0


NEEDY = replace(MODEL, circumstances=replace(RULES, expected=("1",), single=("1",)))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ((), set()),  # nothing tells when the model was founded
        ((paper("6a", day=date(2023, 6, 1)),), {"1"}),
        ((paper("6a", day=date(2023, 4, 1)),), set()),  # a survey plan comes before the founding
        ((paper("6a", day=date(2025, 6, 1)),), set()),  # long before it
        ((paper("6a", day=date(2023, 6, 1)), paper("1", day=date(2023, 3, 1))), set()),
        ((paper("6a", day=date(2023, 6, 1)),
          replace(paper("1", "y.pdf", day=date(2023, 3, 1)), certain=False)), set()),
    ],
)  # fmt: skip
def test_a_part_is_expected_in_its_time_of_the_only_document_that_can_fill_it(
    others: tuple[ContextPaper, ...], expected: set[str]
) -> None:
    assert Around(NEEDY, [DOUBTFUL, *others], {}).seen_from(DOUBTFUL).expected == expected


def test_a_certain_document_at_the_wrong_time_of_its_part_is_untimely() -> None:
    early, late = paper("1", day=date(2023, 3, 1)), paper("1", "y.pdf", day=date(2023, 8, 1))
    around = Around(LIST, [paper("6a", day=date(2023, 6, 1)), early, late], {})
    assert (around.untimely(early), around.untimely(late)) == (False, True)


@pytest.mark.parametrize(("titles", "named"), [(3, True), (2, False)])
def test_a_name_that_titles_repeat_without_marks_is_the_dossiers(titles: int, named: bool) -> None:
    title = Header(type="bao-cao", abstract="Hoạt động của Câu lạc bộ Thắp sáng niềm tin")
    papers = [replace(DOUBTFUL, file=f"{at}.pdf", header=title) for at in range(titles)]
    names = Around(MODEL, papers, {}).seen_from(papers[0]).names
    assert names.are_in(" hoi vien cau lac bo thap sang niem tin ") is named


@pytest.mark.parametrize(("decisions", "named"), [(1, True), (2, False)])
def test_the_only_founding_decision_names_the_dossier(decisions: int, named: bool) -> None:
    title = Header(type="quyet-dinh", abstract="Thành lập Tổ xe ôm nghĩa tình chợ Đầm")
    papers = [replace(paper("6a", f"{at}.pdf"), header=title) for at in range(decisions)]
    names = Around(MODEL, papers, {}).seen_from(papers[0]).names
    assert names.are_in(" danh sach to xe om nghia tinh cho dam ") is named


PAPERS = st.builds(
    paper,
    st.sampled_from(["1", "2", "6a", "9", "10b", "16c"]),
    st.text("0123 a.", min_size=1, max_size=6),
    st.sampled_from([(), ("a",), ("06 b",)]),
    st.one_of(st.none(), st.dates()),
)


@given(st.lists(PAPERS, max_size=8), st.permutations(range(8)))
def test_the_order_in_which_documents_are_known_does_not_matter(
    papers: list[ContextPaper], order: list[int]
) -> None:
    unlike = list({(p.file, p.ordinal): p for p in papers}.values())
    mixed = [unlike[at] for at in order if at < len(unlike)]
    one, other = (
        Around(MODEL, [DOUBTFUL, *each], {}).seen_from(DOUBTFUL).weigh(1, "1", "") for each in (unlike, mixed)
    )
    assert one == other


def test_surroundings_move_a_doubtful_document_but_make_none_certain() -> None:
    header = Header(type="phuong-an", abstract="Khảo sát an ninh địa bàn trọng điểm", date=date(2023, 1, 5))
    classifier = Classifier(MODEL)
    asked = (header, "Khảo sát an ninh địa bàn trọng điểm", "x.pdf", ())
    alone = classifier.classify(*asked)
    assert alone.review and classifier.doubted(alone)
    me = replace(DOUBTFUL, signed=header.date)
    report, founding = paper("2", day=date(2023, 1, 20)), paper("6a", day=date(2023, 3, 1))
    found = classifier.classify(*asked, around=Around(MODEL, [me, report, founding], {}).seen_from(me))
    assert not found.review and found.placements[0].part == "1"
    assert found.placements[0].confidence < 0.9
    assert any("20/01/2023" in said for said in found.placements[0].evidence)


def test_a_paper_that_renames_the_model_gives_it_the_new_name() -> None:
    titles = [
        "Thành lập mô hình “Camera an ninh”",
        "Quy chế mô hình “Camera an ninh”",
        "Ra mắt “Camera an ninh”",
    ]
    titles.append("Về việc đổi tên mô hình “Camera an ninh” thành mô hình “Mắt thần giữ làng”")
    titles.append("Tham quan mô hình “Tiếng kẻng bình yên”")
    papers = [
        replace(paper("9", f"{at}.pdf"), header=Header(abstract=said)) for at, said in enumerate(titles)
    ]
    names = Around(MODEL, papers, {}).seen_from(papers[0]).names
    assert names.sure
    assert names.among("mat than giu lang")
    assert not names.among("tieng keng binh yen")
