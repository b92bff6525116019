"""What papers with such words usually are decides only where rules are in doubt, and never for certain."""

from __future__ import annotations

import math

import pytest

from dossier import checklists
from dossier.model import Placement
from dossier.scanner.classify.about import Names, Tie, people_in
from dossier.scanner.classify.kinds import kinds_of
from dossier.scanner.classify.prior import NONE, Judged, Prior, judged, prior_of, read
from dossier.scanner.classify.text import Texts
from dossier.scanner.classify.tied import Bound

PLAN = Placement(9, "9", 0.59)


def said(
    shares: dict[str, float], place: Placement | None = PLAN, *, review: bool = True, **bound: object
) -> Judged | None:
    tie = Bound(**{"tie": Tie.MOVEMENT, **bound})  # type: ignore[arg-type]
    placements = (place,) if place else ()
    return judged(shares, placements, tie, review=review, told=True, certain=0.9)


def test_what_rules_and_words_agree_on_is_placed_but_never_certain() -> None:
    found = said({"9": 0.97, NONE: 0.03}, Placement(9, "9", 0.95))
    assert found is not None and found.part == "9" and not found.review and found.sure < 0.9


def test_words_settle_what_rules_leave_to_a_person_with_their_share_as_confidence() -> None:
    for place in (PLAN, Placement(10, "10a", 0.4), None):
        assert said({"9": 0.6, NONE: 0.2}, place) == Judged(part="9", sure=0.6), place
    assert said({"9": 0.45, "10a": 0.3, NONE: 0.25}) is None


def test_another_models_paper_is_not_placed_by_its_words() -> None:
    assert said({"9": 0.97, NONE: 0.03}, tie=Tie.FOREIGN) is None


def test_other_work_asks_nobody() -> None:
    assert said({"9": 0.05, NONE: 0.95}, tie=Tie.OTHER, weighed=True) == Judged()
    assert said({"9": 0.05, NONE: 0.95}, tie=Tie.OTHER) is None  # the dossier's other papers first


def test_a_title_with_words_of_the_movement_is_asked_about() -> None:
    assert said({"9": 0.05, NONE: 0.95}, tie=Tie.MOVEMENT, weighed=True) is None


def test_a_cited_paper_does_not_vanish() -> None:
    assert said({"9": 0.05, NONE: 0.95}, tie=Tie.OTHER, cited=True, weighed=True) is None


def test_words_that_contradict_a_doubtful_place_ask_a_person() -> None:
    found = said({"9": 0.05, NONE: 0.95}, Placement(9, "9", 0.65), review=False)
    assert found is not None and found.review


def test_words_do_not_settle_a_title_about_another_name_or_aim() -> None:
    shares = {"9": 0.97, NONE: 0.03}
    assert said(shares, tie=Tie.OTHER) is None
    assert said(shares, tie=Tie.BODY, aimed=True) is None
    assert said(shares, tie=Tie.TEXT, aimed=True) is not None  # its text gives the dossier's name


def test_a_doubtful_place_is_other_work_where_rules_and_words_say_so() -> None:
    place, shares = Placement(14, "14", 0.89), {"14": 0.08, NONE: 0.87}
    assert said(shares, place, review=False, besides=True, weighed=True) == Judged()
    assert said(shares, place, review=False, tie=Tie.NAMED, besides=True, weighed=True) == Judged(
        (place,), review=True
    )
    assert said(shares, place, review=False, tie=Tie.NAMED, besides=True, bare=True, weighed=True) == Judged()


def test_a_certain_place_whose_title_tells_of_something_else_is_asked_about() -> None:
    place, shares = Placement(13, "13c", 0.999), {"13c": 0.15, NONE: 0.71}
    assert said(shares, place, review=False, tie=Tie.NAMED, titled=False, weighed=True) == Judged(
        (place,), review=True
    )
    assert said(shares, place, review=False, tie=Tie.NAMED, weighed=True) is None
    cites = {"titled": False, "weighed": True, "cited": True}  # “Đính chính Quyết định số 88/QĐ-UBND”
    assert said(shares, place, review=False, tie=Tie.NAMED, **cites) is None


def test_a_certain_place_that_its_words_speak_against_is_certain_no_more() -> None:
    found = said({"9": 0.01, "5": 0.99}, Placement(9, "9", 0.91), review=False)
    assert found is not None and found.placements[0].confidence < 0.9


def test_a_part_that_the_rules_did_not_see_is_asked_about_and_placed_where_the_dossier_lacks_it() -> None:
    shares = {"1": 0.85, NONE: 0.15}
    assert said(shares, None, review=False) == Judged(part="1", review=True)
    lacked = said(shares, None, review=False, expected=frozenset(("1",)))
    assert lacked == Judged(part="1", sure=0.85)


def test_words_alone_neither_found_nor_end_a_model() -> None:
    shares = {"16c": 0.85, NONE: 0.15}
    for place, placed in ((PLAN, False), (None, False), (Placement(16, "16c", 0.5), True)):
        proposed, bound = (place,) if place else (), Bound(tie=Tie.NAMED)
        found = judged(shares, proposed, bound, review=True, told=True, certain=0.9, grave=("6a", "16c"))
        assert (found is not None) is placed, place


def test_a_certain_paper_is_doubtful_if_words_rule_out_one_of_its_parts() -> None:
    both = (Placement(2, "2", 0.95), Placement(13, "13a", 0.95))
    for share, doubtful in ((0.00001, True), (0.001, False)):
        found = judged({"2": 0.9, "13a": share}, both, Bound(), review=False, told=True, certain=0.9)
        assert (found is not None) is doubtful, share


def test_a_paper_that_nothing_ties_is_placed_only_where_its_words_are_plain() -> None:
    for share, asked, placed in ((0.65, False, False), (0.75, True, False), (0.95, True, True)):
        found = said({"1": share, NONE: 1 - share}, None, review=False, tie=Tie.NONE)
        assert (found is not None, found is not None and not found.review) == (asked, placed), share


def test_a_certain_paper_of_two_parts_stays_certain_if_its_words_are_of_either() -> None:
    both = (Placement(10, "10b", 0.95), Placement(9, "9", 0.95))
    bound = Bound(tie=Tie.NAMED)
    for shares, doubtful in (({"10b": 0.01, "9": 0.8}, False), ({"10b": 0.01, "9": 0.01, "1": 0.9}, True)):
        found = judged(shares, both, bound, review=False, told=True, certain=0.9)
        assert (found is not None) is doubtful, shares


def test_when_a_paper_came_is_weighed_by_itself_and_with_its_type() -> None:
    texts = Texts({}, {}, {}, {}, {}, "bao-cao")
    (prior,) = read("# \n= mo-hinh\n2 10b\n0 0\nq 0\t0:100\ntq 5 bao-cao\t1:200\n").values()
    assert prior.shares(texts, ("q 0",))["2"] > 0.5 > prior.shares(texts, ("q 5",))["2"]
    assert prior.shares(texts)["2"] == 0.5


def test_the_parts_of_the_model_are_those_of_the_checklist() -> None:
    for kind, checklist in checklists.load().items():
        prior = prior_of(kind)
        assert prior is not None
        assert {*prior.parts} - {NONE} <= {part.id for item in checklist.items for part in item.parts}


def test_weights_are_read_as_they_are_kept() -> None:
    (prior,) = read("# \n= mo-hinh\n- 9\n10 -10\nt ke-hoach\t1:250\n").values()
    texts = Texts({}, {}, {}, {}, {}, "ke-hoach")
    assert prior.knows("ke-hoach") and prior.bias == (0.1, -0.1)
    assert prior.shares(texts)["9"] == pytest.approx(1 / (1 + math.exp(0.2 - 2.5)))


def test_a_name_with_an_unknown_noun_is_read_by_its_capital_and_its_mark() -> None:
    checklist = checklists.load()["mo-hinh"]
    assert checklist.about is not None
    kinds = kinds_of(checklist.about, checklist.called)
    assert kinds.coined("V/v giao nhiệm vụ làm Bếp lửa bình yên") == {"bep lua binh yen"}
    assert kinds.coined("Phong trào Toàn dân bảo vệ an ninh Tổ quốc") == set()
    assert kinds.coined("Kiện toàn Ban Chỉ đạo phòng chống tội phạm") == set()


def test_a_person_called_by_the_order_of_birth_is_known() -> None:
    (lung,) = people_in("Xây dựng điển hình ông Nguyễn Văn Lung, ấp An Hòa")
    assert Names(("ong ba lung",)).nicknamed(lung)
    assert not Names(("ong ba hien",)).nicknamed(lung)


def test_a_person_called_by_given_and_family_name_is_known() -> None:
    (huynh,) = people_in("Đánh giá kết quả xây dựng điển hình ông Huỳnh Văn Bảy")
    assert Names(("ong bay huynh",)).nicknamed(huynh)
    assert not Names(("ong bay tran",)).nicknamed(huynh)


def test_words_are_weighed_only_where_they_may_change_a_classification() -> None:
    prior = Prior((), (), {})
    for confidence, review, may in ((0.995, False, False), (0.91, False, True), (0.997, True, True)):
        found = (Placement(9, "9", confidence),)
        assert prior.may_change(found, Bound(), review=review) is may, (confidence, review)
        shares = {"9": 0.0, NONE: 1.0}
        against = judged(shares, found, Bound(), review=review, told=True, certain=0.9)
        assert may or against is None, (confidence, review)
    assert prior.may_change((), Bound(), review=False)
