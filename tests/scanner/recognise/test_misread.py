from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Header, LogicalDocument, Reading
from dossier.scanner.recognise.misread import respelled
from dossier.vietnamese import fold


def header(text: str = "", reading: Reading = Reading.OCR, **fields: str) -> Header:
    """The header after mending, of a document with this text."""
    return respelled(LogicalDocument(1, (1, 1), Header(**fields), text, reading)).header


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("ỦY BAN NHÂN DÂN TĨNH QUANG NGAI", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"),
        ("BAN CHÍ ĐẠO 138", "BAN CHỈ ĐẠO 138"),
        ("UBND TÍNH LAI CHÂU", "UBND TỈNH LAI CHÂU"),
        ("CÔNG AN XÃ HÀM THẮNG", "CÔNG AN XÃ HÀM THẮNG"),
    ],
)
def test_known_bodies_and_provinces_get_their_marks(read: str, printed: str) -> None:
    assert header(issuing_body=read).issuing_body == printed


def test_a_paper_spells_its_subject_again() -> None:
    text = "quyết định bổ nhiệm vào ngạch\nđược bổ nhiệm\nviệc bổ nhiệm và xếp lương"
    assert header(text, abstract="Về việc bỗ nhiệm ông A").abstract == "Về việc bổ nhiệm ông A"


def test_a_year_is_spelled_as_it_is_named_though_the_paper_was_misread_throughout() -> None:
    text = "Tết Nguyên đán Át Ty\n" * 3
    assert header(text, abstract="quà Tết Nguyên đán Ất Ty").abstract == "quà Tết Nguyên đán Ất Tỵ"


def test_what_stands_once_elsewhere_changes_nothing() -> None:
    assert header("được bổng lai", abstract="bỗng lai").abstract == "bỗng lai"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Về việc bô nhiệm cán bộ", "Về việc bổ nhiệm cán bộ"),
        ("trợ cấp Tết Nguyên đán Át Ty", "trợ cấp Tết Nguyên đán Ất Tỵ"),
        ("trao đôi vật liệu nỗ", "trao đổi vật liệu nổ"),
        ("CHÁP THUẬN CHỦ TRƯƠNG ĐÔNG THỜI", "CHẤP THUẬN CHỦ TRƯƠNG ĐỒNG THỜI"),
        ("Công ty Cô phân Đô Thành", "Công ty Cổ phần Đô Thành"),
    ],
)
def test_words_are_spelled_as_their_neighbours_tell(read: str, printed: str) -> None:
    assert header(abstract=read).abstract == printed


@pytest.mark.parametrize(
    "printed",
    [
        "chuyển mục đích sử dụng",  # chuyên mục is a word as well
        "tỉnh Quảng Ngãi", "ông Võ Văn Dương", "mỏ đá bản Mỏ", "khi nổ mìn", "đã cấp phép", "học phổ Thông",
    ],
)  # fmt: skip
def test_words_that_recognition_would_not_have_made_up_stay(printed: str) -> None:
    assert header(abstract=printed).abstract == printed


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("Dặng Văn Minh", "Đặng Văn Minh"),
        ("Trân Hoàng Tuấn", "Trần Hoàng Tuấn"),
        ("Đinh Văn Tư", "Đinh Văn Tư"),
        ("Đình Trung", "Đình Trung"),  # the family name is lost: this is none
        ("", ""),
    ],
)
def test_family_names_are_spelled_as_families_do(read: str, written: str) -> None:
    assert header(signer=read).signer == written


def test_letters_of_a_file_are_never_touched() -> None:
    assert (
        header(reading=Reading.TEXT, issuing_body="UBND TÍNH LAI CHÂU").issuing_body == "UBND TÍNH LAI CHÂU"
    )


@given(st.text(max_size=60), st.text(max_size=80), st.text(max_size=30))
def test_only_marks_ever_change(text: str, abstract: str, signer: str) -> None:
    found = header(text, abstract=abstract, signer=signer)
    assert fold(found.abstract) == fold(abstract)
    assert len(found.abstract) == len(abstract)
    assert fold(found.signer) == fold(signer)
