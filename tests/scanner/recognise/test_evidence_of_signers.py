"""What of the signer of a scanned paper is stated: the page's text and a second look at the block."""

from __future__ import annotations

import pytest

from dossier.model import Content, FieldReading, FieldSource, Header, LogicalDocument, Page, Reading
from dossier.scanner.recognise.evidence import SPLIT, SURE, weighed


def signer(page_says: str, looked: FieldReading | None) -> Header:
    """The head of a scan of two pages, signed on the second."""
    fields = {"signer": looked} if looked else {}
    pages = (Page(1, "", Reading.OCR), Page(2, "", Reading.OCR, fields=fields))
    own = {"signer": FieldReading(0.97, FieldSource.OCR)} if page_says else {}
    document = LogicalDocument(1, (1, 2), Header(signer=page_says, fields=own), "", Reading.OCR)
    (found,) = weighed([document], Content("pdf", pages), "a.pdf")
    return found.header


def look(sure: float, *names: str) -> FieldReading:
    return FieldReading(sure, FieldSource.OCR, names)


@pytest.mark.parametrize("page_says", ["", "Trần Phước Hiên", "Lê Văn Khác"])
def test_a_sure_look_at_the_block_outweighs_the_text_of_the_page(page_says: str) -> None:
    header = signer(page_says, look(0.95, "Trần Phước Hiền"))
    assert header.signer == "Trần Phước Hiền" and header.fields["signer"].confidence >= SURE
    assert header.fields["signer"].page == 2


@pytest.mark.parametrize(
    ("page_says", "looked", "doubtful"),
    [
        ("Trần Phước Hiền", look(SPLIT, "Trần Phước Hiền", "Trần Phước Hiện"), False),  # three against one
        ("Trần Phước Hiện", look(SPLIT, "Trần Phước Hiền", "Trần Phước Hiện"), True),  # two against two
        ("", look(SPLIT, "Trần Phước Hiền", "Trần Phước Hiện"), True),
        ("Trần Phước Hiền", look(0.5, "Trần Phước Hiền", "Trần Phước Hiện", "Trần Phước Hiến"), True),
        ("Phạm Thị Hường", look(0.95, "Phạm Thị Hườn"), True),  # every look lost the last letter
        ("Đỗ Văn Thuấn", look(0.95, "Đỗ Văn Thuân"), True),
        ("Dỗ Văn Thuân", look(0.95, "Đỗ Văn Thuấn"), False),
        ("H Lan Bvá", look(0.95, "H Lan Bvá"), True),  # no Vietnamese syllable: of H’Lan Byă
    ],
)
def test_a_name_is_stated_as_sure_only_if_nothing_read_more_or_other_marks(
    page_says: str, looked: FieldReading, doubtful: bool
) -> None:
    header = signer(page_says, looked)
    assert header.signer == looked.candidates[0]
    assert header.fields["signer"].doubtful is doubtful
    assert {*looked.candidates, page_says} - {""} <= {*header.fields["signer"].candidates} or not doubtful


def test_a_name_that_both_read_is_sure() -> None:
    header = signer("Hoàng Văn Thuân", look(0.5, "Hoàng Văn Thuân", "Văn Thuần"))
    assert header.signer == "Hoàng Văn Thuân" and header.fields["signer"].confidence >= SURE


@pytest.mark.parametrize(
    ("page_says", "looked", "stated"),
    [
        ("Văn Thuân", look(0.5, "Văn Thuân"), ""),
        ("Đình Trung", look(0.5, "Nguyễn Đình Trung"), "Nguyễn Đình Trung"),
        ("Trần Hoàng Tuần", look(0.5, "Trần Hoàng Tuấn"), "Trần Hoàng Tuấn"),
        ("Trịnh Quý Châu", None, "Trịnh Quý Châu"),
        ("", look(0.5, "Phùng Ngọc"), ""),
    ],
)
def test_what_the_two_do_not_agree_on_is_in_doubt_and_a_rest_of_a_name_left_out(
    page_says: str, looked: FieldReading | None, stated: str
) -> None:
    header = signer(page_says, looked)
    assert header.signer == stated and header.fields["signer"].doubtful
    assert set(filter(None, (page_says, *(looked.candidates if looked else ())))) <= set(
        header.fields["signer"].candidates
    )


def test_two_words_below_a_rank_are_shown_in_doubt_though_no_look_found_them() -> None:
    page = Page(1, "", Reading.OCR, fields={"signer": look(0.0)})
    own = {"signer": FieldReading(0.6, FieldSource.OCR)}
    header = Header(signer="Rmah Đoan", signer_rank="Đại úy", fields=own)
    document = LogicalDocument(1, (1, 1), header, "", Reading.OCR)
    (found,) = weighed([document], Content("pdf", (page,)), "a.pdf")
    assert found.header.signer == "Rmah Đoan" and found.header.fields["signer"].doubtful
