"""Pages that were photographed one by one: which of them go on with the paper before them."""

from __future__ import annotations

from datetime import date

from dossier.model import Form, Header, Placement, Source
from dossier.scanner.classify.around import ContextPaper
from dossier.scanner.classify.continued import continued_placements, continuing

HEAD = Header(form=Form.STATE, type="ke-hoach", number_symbol="12/KH-UBND", date=date(2024, 3, 5))
PAGE = Header()


def paper(name: str, header: Header = PAGE, folder: str = "") -> ContextPaper:
    return ContextPaper(f"{folder}/{name}", 1, name, (folder,), header.date, (), False, header)


def pairs(*papers: ContextPaper) -> dict[str, str]:
    return {page: head.name for page, head in continuing(papers).items()}


def test_pages_without_a_head_go_on_with_the_paper_whose_name_is_numbered_before_them() -> None:
    found = pairs(paper("IMG_0010.jpg", HEAD), paper("IMG_0011.jpg"), paper("IMG_0012.jpg"))
    assert found == {"/IMG_0011.jpg": "IMG_0010.jpg", "/IMG_0012.jpg": "IMG_0010.jpg"}


def test_each_goes_on_with_the_last_head_in_whatever_order_they_are_given() -> None:
    found = pairs(paper("scan4.png"), paper("scan3.png", HEAD), paper("scan2.png"), paper("scan1.png", HEAD))
    assert found == {"/scan2.png": "scan1.png", "/scan4.png": "scan3.png"}


def test_a_gap_another_folder_other_names_and_a_first_page_without_a_head_go_on_with_nothing() -> None:
    assert pairs(paper("a1.jpg", HEAD), paper("a3.jpg"), paper("a4.jpg")) == {}
    assert pairs(paper("a1.jpg", HEAD), paper("a2.jpg", folder="khac")) == {}
    assert pairs(paper("a1.jpg", HEAD), paper("b2.jpg"), paper("trang.jpg")) == {}
    assert pairs(paper("a1.jpg"), paper("a2.jpg")) == {}


def test_a_page_with_any_part_of_a_head_is_a_paper_of_its_own_or_ends_the_one_before() -> None:
    for own in (Header(type="bien-ban"), Header(number_symbol="3/BB"), Header(partial_date="2024-03")):
        assert pairs(paper("a1.jpg", HEAD), paper("a2.jpg", own), paper("a3.jpg")) == {}


def test_a_further_page_lies_where_its_paper_does_and_says_why_and_is_never_certain() -> None:
    (place,) = continued_placements(paper("a1.jpg", HEAD), [Placement(9, "9", 0.97, step="x", period="2024")])
    assert (place.part, place.step, place.period) == ("9", "x", "2024")
    assert place.source is Source.CONTINUED and place.confidence < 0.9
    assert "a1.jpg" in place.evidence[0]
