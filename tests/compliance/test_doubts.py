"""What hangs on a doubtful document, and which is asked about first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dossier.checklists.retention import load_packs
from dossier.compliance.doubts import Doubt, doubts, importance
from dossier.compliance.evaluate import evaluate
from dossier.model import Document, FieldReading, FieldSource, Placement, Source, Waiver
from tests.compliance.states import KINDS, MADE, paper, state, whole

FOUNDED = date(2023, 3, 5)
TODAY = date(2023, 5, 1)


def maybe(*parts: str, name: str, sure: float = 0.3) -> Document:
    """A doubtful document that may belong to each of the parts."""
    places = tuple(place for part in parts for place in paper(part, sure=sure).placements)
    return replace(paper("none", FOUNDED, name=name, review=True), placements=places)


def ask(*documents: Document, today: date = TODAY, waivers: tuple[Waiver, ...] = ()) -> list[Doubt]:
    return doubts(state(*documents, waivers=waivers), KINDS["mo-hinh"], today)


def order(found: list[Doubt]) -> list[str]:
    return [doubt.document.path.removeprefix("mo-hinh/A/").removesuffix(".pdf") for doubt in found]


def test_nothing_is_asked_where_nothing_is_doubtful() -> None:
    assert ask(*whole(FOUNDED)) == []


def test_only_candidate_for_a_required_part_comes_before_one_of_several() -> None:
    papers = (p for p in whole(FOUNDED, "1") if p.placements[0].part != "2")
    found = ask(*papers, maybe("2", name="a", sure=0.5), maybe("2", name="b"), maybe("1", name="only"))
    assert order(found) == ["only", "a", "b"]
    assert found[0].parts == ("1",)


def test_document_on_which_nothing_hangs_comes_last_and_says_so() -> None:
    found = ask(*whole(FOUNDED, "3"), maybe("1", name="spare", sure=0.5), maybe("3", name="needed"))
    assert order(found) == ["needed", "spare"]
    assert (found[1].stake, found[1].parts) == (0.0, ())


def test_founding_decision_outweighs_an_ordinary_paper() -> None:
    later = date(2026, 11, 24)  # years of plans and reports hang on the founding date
    # Nothing else tells since when it exists.
    papers = (p for p in whole(FOUNDED, "6a") if p.placements[0].part in ("1", "3", "4", "5", "6b", "6c"))
    found = ask(*papers, maybe("2", name="survey", sure=0.5), maybe("6a", name="founding"), today=later)
    assert order(found) == ["founding", "survey"]
    assert found[0].parts[0] != "2" and len(found[0].parts) > 2


def test_nothing_hangs_on_a_part_whose_absence_is_accepted() -> None:
    waiver = Waiver("mo-hinh/A", "MH-01", "lạc", "lan", MADE)
    (found,) = ask(*whole(FOUNDED, "1"), maybe("1", name="x"), waivers=(waiver,))
    assert found.stake < 1 and "1" not in found.parts


def test_papers_of_one_item_may_be_one_document() -> None:
    (found,) = ask(*whole(FOUNDED), maybe("6a", "6b", name="x"))
    assert [[place.part for place in answer] for answer in found.answers] == [["6a"], ["6b"], ["6a", "6b"]]


def test_report_of_unknown_period_is_asked_about_by_the_periods_that_are_lacking() -> None:
    undated = paper("10b", name="bao cao")
    (found,) = ask(*whole(FOUNDED), undated, today=date(2025, 6, 1))
    assert found.document == undated
    assert [answer[0].period for answer in found.answers][-1] == ""
    assert {"2023", "2024"} >= {answer[0].period for answer in found.answers[:-1]} != set()


def test_what_a_person_has_decided_is_not_asked_again() -> None:
    place = Placement(10, "10b", 1.0, Source.PERSON)
    decided = replace(paper("10b", name="bao cao"), placements=(place,))
    assert ask(*whole(FOUNDED), decided, today=date(2025, 6, 1)) == []


def test_secret_document_is_never_shown() -> None:
    assert ask(*whole(FOUNDED), replace(maybe("1", name="x"), security="mat")) == []


def test_document_without_a_candidate_is_asked_about_too() -> None:
    (found,) = ask(*whole(FOUNDED), maybe(name="x"))
    assert (found.answers, found.stake) == ((), 0.0)


def test_ties_are_broken_by_how_sure_the_best_answer_is_then_by_name() -> None:
    found = ask(*whole(FOUNDED), maybe("1", name="b"), maybe("1", name="a"), maybe("1", name="c", sure=0.5))
    assert order(found) == ["c", "a", "b"] and found == sorted(found, key=importance)


def in_doubt(source: Source = Source.RULES, sure: float = 0.5) -> Document:
    """A survey plan whose place is certain and whose number was written by hand."""
    known = paper("1", date(2023, 1, 5), name="hand")
    read = {"number_symbol": FieldReading(sure, FieldSource.HANDWRITING, ("15/KH-UBND", "16/KH-UBND"))}
    placed = tuple(replace(place, source=source) for place in known.placements)
    return replace(known, header=replace(known.header, fields=read), placements=placed)


def test_a_paper_in_its_place_is_asked_about_while_its_number_is_in_doubt() -> None:
    others = [p for p in whole(FOUNDED) if p.placements[0].part != "1"]
    (doubt,) = ask(*others, in_doubt())
    assert doubt.document.path.endswith("hand.pdf")
    assert doubt.answers == (doubt.document.placements,)
    assert doubt.document.needs_review and not doubt.document.review


def test_it_is_not_asked_again_once_a_person_confirmed_its_place() -> None:
    others = [p for p in whole(FOUNDED) if p.placements[0].part != "1"]
    assert ask(*others, in_doubt(Source.PERSON)) == []
    assert ask(*others, in_doubt(sure=0.97)) == []


def test_report_counts_exactly_what_a_review_asks_about() -> None:
    stray = replace(in_doubt(), path="mo-hinh/A/giay moi.pdf", placements=())
    others = [p for p in whole(FOUNDED) if p.placements[0].part != "1"]
    case = state(*others, in_doubt(), maybe("2", name="x"), paper("10b", name="bao cao"), stray)
    today = date(2025, 6, 1)
    report = evaluate(case, KINDS["mo-hinh"], load_packs(), today)
    assert report.asked == {doubt.document.id for doubt in doubts(case, KINDS["mo-hinh"], today)}
    assert len(report.asked) == 3 and stray.needs_review and stray.id not in report.asked


def test_place_of_another_checklist_stops_no_report() -> None:
    given = state(paper("6a", FOUNDED), kind="dien-hinh")
    assert evaluate(given, KINDS["dien-hinh"], load_packs(), TODAY).items
