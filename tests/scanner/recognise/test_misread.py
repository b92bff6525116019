from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import FieldReading, FieldSource, Header, LogicalDocument, Reading
from dossier.scanner.recognise.misread import respelled, with_symbol
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


def test_a_word_of_a_compound_stays_though_the_paper_has_another_one_more_often() -> None:
    text = "Đến học kỳ I\ncuối học kỳ II\ntrong học kỳ hè"
    read = header(text, abstract="Tổ chức cuộc thi khoa học kỹ thuật")
    assert read.abstract == "Tổ chức cuộc thi khoa học kỹ thuật"


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


@pytest.mark.parametrize(
    ("issuer", "read", "printed"),
    [
        ("PHÒNG CẢNH SÁT GIAO THÔNG", "31/TB-GSGT", "31/TB-CSGT"),
        ("PHÒNG CẢNH SÁT GIAO THÔNG", "31/TB-CSGT", "31/TB-CSGT"),
        ("CÔNG AN XÃ HÀM THẮNG", "31/TB-GSGT", "31/TB-GSGT"),
        ("CÔNG AN XÃ HÀM THẮNG", "31/BC-CAX", "31/BC-CAX"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "/SGDĐT-VP", "/SGDĐT-VP"),
    ],
)
def test_a_symbol_spells_the_initials_of_its_issuer(issuer: str, read: str, printed: str) -> None:
    fields = {"number_symbol": FieldReading(0.93, FieldSource.HANDWRITING, (read, f"9{read}"))}
    header = Header(issuing_body=issuer, number_symbol=read, fields=fields)
    mended = with_symbol(LogicalDocument(1, (1, 1), header, "", Reading.OCR)).header
    assert mended.number_symbol == printed
    assert mended.fields["number_symbol"].candidates == (printed, f"9{printed}")


def test_a_typed_symbol_stays_as_it_is() -> None:
    fields = {"number_symbol": FieldReading(0.98, FieldSource.TEXT)}
    header = Header(issuing_body="PHÒNG CẢNH SÁT GIAO THÔNG", number_symbol="31/TB-GSGT", fields=fields)
    document = LogicalDocument(1, (1, 1), header, "", Reading.TEXT)
    assert with_symbol(document) == document


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("PHÒNG CÀNH SÁT GIAO THÔNG", "PHÒNG CẢNH SÁT GIAO THÔNG"),
        ("CÔNG AN TÌNH ĐÔNG NAI", "CÔNG AN TỈNH ĐỒNG NAI"),
        ("BQL DỰ ÁN XÂY DỰNG GÁC CÔNG TRÌNH GIAO THÔNG", "BQL DỰ ÁN XÂY DỰNG CÁC CÔNG TRÌNH GIAO THÔNG"),
        ("HỘI LIÊN HIỆP PHỤ NỠ TỈNH HẢI ĐÔNG", "HỘI LIÊN HIỆP PHỤ NỮ TỈNH HẢI ĐÔNG"),
        ("CÔNG TY GP CHÈ ĐÔNG HẢI", "CÔNG TY CP CHÈ ĐÔNG HẢI"),
    ],
)  # fmt: skip
def test_phrases_of_bodies_are_read_as_they_are_spelled(read: str, printed: str) -> None:
    mended = header(issuing_body=read, superior_body=read)
    assert (mended.issuing_body, mended.superior_body) == (printed, printed)


def test_a_lost_dash_of_a_known_body_stands_again_and_no_other_mark_becomes_one() -> None:
    assert header(issuing_body="SỞ LAO ĐỘNG THƯƠNG BINH VÀ XÃ HỘI").issuing_body == (
        "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"
    )
    assert header(issuing_body="BAN THI ĐUA KHEN THƯỞNG").issuing_body == "BAN THI ĐUA - KHEN THƯỞNG"
    assert header(issuing_body="BAN VĂN HÓA, XÃ HỘI").issuing_body == "BAN VĂN HÓA, XÃ HỘI"


def test_a_place_keeps_its_own_name_though_it_looks_like_a_phrase() -> None:
    assert header(issuing_body="CÔNG AN XÃ CÀNH SÁT").issuing_body == "CÔNG AN XÃ CÀNH SÁT"


@pytest.mark.parametrize(
    "printed",
    [
        "UBND THÀNH PHỐ VINH",
        "UBND THÀNH PHỐ HẠ LONG",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÔNG HÀ",
        "UBND THÀNH PHỐ PHỦ LÝ",
        "ỦY BAN NHÂN DÂN HUYỆN THẠNH HÓA",
        "CÔNG AN XÃ ĐÔNG HẢI",
    ],
)
def test_a_place_is_not_taken_for_another_whose_name_is_better_known(printed: str) -> None:
    mended = header(issuing_body=printed, superior_body=printed, abstract=f"Về tình hình của {printed}")
    assert (mended.issuing_body, mended.superior_body) == (printed, printed)
    assert mended.abstract == f"Về tình hình của {printed}"


def test_a_province_is_spelled_by_its_whole_name() -> None:
    assert header(issuing_body="UBND TỈNH BÀ RỊA VŨNG TÀU").issuing_body == "UBND TỈNH BÀ RỊA - VŨNG TÀU"
    assert header(abstract="Về việc hỗ trợ tỉnh Quang Ngai").abstract == "Về việc hỗ trợ tỉnh Quảng Ngãi"
