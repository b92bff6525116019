"""Heads of the forces and of power companies, telegrams, annexes below a signature, broken names."""

from __future__ import annotations

import pytest

from dossier.model import FieldReading, FieldSource, Header, LogicalDocument, Reading
from dossier.scanner.recognise.abstract_text import without_specks
from dossier.scanner.recognise.bodies import bodies
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.misread import respelled, with_symbol
from dossier.scanner.recognise.names import person_named
from dossier.scanner.recognise.number import find_number
from dossier.scanner.recognise.signature import find_signer

HEAD = (
    "UBND XÃ KHE SÂU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\tĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 09/VB-UBND\tKhe Sâu, ngày 06 tháng 9 năm 2024\n"
)
SIGNED = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n{titles}\nLò Văn Khánh\n"


@pytest.mark.parametrize(
    ("lines", "issuing", "superior"),
    [
        (("QUÂN KHU 9", "BỘ CHQS TỈNH BIỂN TÂY"), "BỘ CHQS TỈNH BIỂN TÂY", "QUÂN KHU 9"),
        (("CÔNG TY ĐIỆN LỰC BIỂN TÂY", "ĐIỆN LỰC KHE SÂU"), "ĐIỆN LỰC KHE SÂU", "CÔNG TY ĐIỆN LỰC BIỂN TÂY"),
        (("CÔNG TY", "ĐIỆN LỰC BIỂN TÂY"), "CÔNG TY ĐIỆN LỰC BIỂN TÂY", ""),
        (("KHO BẠC NHÀ NƯỚC BIỂN TÂY", "KBNN KHE SÂU"), "KBNN KHE SÂU", "KHO BẠC NHÀ NƯỚC BIỂN TÂY"),
    ],
)
def test_each_body_of_the_head_is_one_of_its_own(lines: tuple[str, ...], issuing: str, superior: str) -> None:
    assert bodies(lines) == (issuing, superior)


def test_a_dash_at_the_end_of_a_line_stays_within_a_broken_name() -> None:
    assert bodies(("TÒA ÁN NHÂN DÂN KHU VỰC 4 -", "BIỂN TÂY"))[0] == "TÒA ÁN NHÂN DÂN KHU VỰC 4 - BIỂN TÂY"


def test_a_dash_before_another_body_is_none_of_the_name_above() -> None:
    assert bodies(("CÔNG AN XÃ KHE SÂU -", "HỘI NÔNG DÂN XÃ KHE SÂU")) == (
        "HỘI NÔNG DÂN XÃ KHE SÂU",
        "CÔNG AN XÃ KHE SÂU",
    )


def test_the_urgency_of_a_telegram_is_no_part_of_its_abstract() -> None:
    found = read_header(f"{HEAD}CÔNG ĐIỆN KHẨN\nVề việc ứng phó lũ quét\nCHỦ TỊCH UBND XÃ KHE SÂU điện:\n")
    assert (found.type, found.abstract) == ("cong-dien", "Về việc ứng phó lũ quét")


def test_the_last_words_of_an_abstract_may_be_short_ones() -> None:
    found = read_header(
        f"{HEAD}BÁO CÁO\nKết quả hỗ trợ lực lượng tham gia bảo vệ an ninh, trật tự và ANTT\ncơ sở\n"
        "Thực hiện Kế hoạch số 31/KH-UBND ngày 20/6/2024 của UBND xã;\n"
    )
    assert found.abstract.endswith("ANTT cơ sở")


def test_the_unions_head_on_the_right_is_no_body_above() -> None:
    found = read_header(
        "LĐLĐ THÀNH PHỐ BIỂN\tTỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT\nTÂY\tNAM\nCĐCS TRƯỜNG THCS KHE SÂU\t"
        "Khe Sâu, ngày 15 tháng 01 năm 2020\nSố: 06/QĐ-CĐCS\nQUYẾT ĐỊNH\nBan hành Quy chế\n"
    )
    assert found.superior_body == "LĐLĐ THÀNH PHỐ BIỂN TÂY"


def test_the_number_of_a_hamlet_on_a_line_of_its_own_ends_the_bodys_name() -> None:
    found = read_header(
        "UBND XÃ KHE SÂU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBAN CÔNG TÁC MẶT TRẬN THÔN\t"
        "Độc lập - Tự do - Hạnh phúc\n5\nSố: 02/TB-BCTMT\nTHÔNG BÁO\nTổ chức Ngày hội\n"
    )
    assert found.issuing_body == "BAN CÔNG TÁC MẶT TRẬN THÔN 5"


@pytest.mark.parametrize(
    ("printed", "number"),
    [("Số: … 19 … QĐ/UB", "19 QĐ/UB"), ("Số: ……… QĐ/UB", ""), ("Số: 19 QĐ/UB", "19 QĐ/UB")],
)
def test_a_stamped_number_between_dots_needs_no_stroke_before_its_code(printed: str, number: str) -> None:
    assert (
        read_header(f"UBND XÃ KHE SÂU\n{printed}\nQUYẾT ĐỊNH\nVề việc khen thưởng\n").number_symbol == number
    )


@pytest.mark.parametrize(
    ("typed", "abstract"),
    [
        ("Dự họp xét công nhận mô hình “Tổ an toàn”", "Dự họp xét công nhận mô hình “Tổ an toàn”"),
        ("Thực hiện mô hình giai đoạn 2023-\n2025", "Thực hiện mô hình giai đoạn 2023-2025"),
        (
            "Lễ kỷ niệm 75 năm Ngày truyền thống (19/8/1945\n-\t19/8/2020) của lực lượng",
            "Lễ kỷ niệm 75 năm Ngày truyền thống (19/8/1945 - 19/8/2020) của lực lượng",
        ),
        (
            "Lễ kỷ niệm 80 năm Ngày truyền thống (19/8/1945\n- 19/8/2025) và 20 năm Ngày hội",
            "Lễ kỷ niệm 80 năm Ngày truyền thống (19/8/1945 - 19/8/2025) và 20 năm Ngày hội",
        ),
    ],
)
def test_an_abstract_ends_where_the_invitation_begins_and_keeps_its_years(typed: str, abstract: str) -> None:
    found = read_header(
        f"{HEAD}GIẤY MỜI\n{typed}\nChủ tịch UBND xã trân trọng kính mời các đồng chí dự họp, cụ thể:\n"
    )
    assert found.abstract == abstract


@pytest.mark.parametrize(
    ("read", "quarter"),
    [("quý IIL/2021", "quý III/2021"), ("quý 1/2021", "quý 1/2021"), ("quý IV", "quý IV")],
)
def test_strokes_of_a_quarter_are_not_letters(read: str, quarter: str) -> None:
    assert without_specks(f"Kết luận họp {read}") == f"Kết luận họp {quarter}"


def test_the_committee_for_traffic_safety_is_no_judgment() -> None:
    found = read_header(
        "BAN AN TOÀN GIAO THÔNG\nTỈNH BIỂN TÂY\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 47.a/CTr-BATGT\nBiển Tây, ngày 17 tháng 01 năm 2024\nKẾ HOẠCH\nTuyên truyền năm 2024\n"
    )
    assert found.issuing_body == "BAN AN TOÀN GIAO THÔNG TỈNH BIỂN TÂY"
    assert found.number_symbol == "47.a/CTr-BATGT"


def test_short_words_in_capitals_before_a_place_are_the_bodys() -> None:
    found = read_header("GIÁO XỨ KHE SÂU\nHỘI ĐỒNG MỤC VỤ Khe Sâu, ngày 24 tháng 12 năm 2021\nBẢN ĐĂNG KÝ\n")
    assert (found.issuing_body, found.place) == ("HỘI ĐỒNG MỤC VỤ", "Khe Sâu")


@pytest.mark.parametrize(
    ("read", "symbol"),
    [
        ("Số 8§-TB/ĐU", "-TB/ĐU"),
        ("Số /2 -NQ/CB", "-NQ/CB"),
        ("Số: //2-/QĐ-UBND", "/QĐ-UBND"),
        ("Số: /2024/QĐ-UBND", "/2024/QĐ-UBND"),
    ],
)
def test_of_digits_that_cannot_be_read_the_whole_symbol_stays(read: str, symbol: str) -> None:
    found = find_number(read)
    assert found is not None and found.value == symbol


def test_a_line_of_a_number_that_cannot_be_read_is_no_body() -> None:
    found = read_header("UBND XÃ KHE SÂU\nTRẠM Y TẾ\nSố: ⁄2.3.2KH-ĐPN\nKẾ HOẠCH\nTiêm chủng\n")
    assert (found.issuing_body, found.superior_body) == ("TRẠM Y TẾ", "UBND XÃ KHE SÂU")


def test_the_partys_head_with_a_speck_for_a_word_is_no_body() -> None:
    found = read_header("HUYỆN ỦY BIỂN TÂY\tĐẢNG ` SẢN VIỆT NAM\nVĂN PHÒNG\nSố 12-CV/VPHU\nV/v mời họp\n")
    assert (found.issuing_body, found.superior_body) == ("VĂN PHÒNG", "HUYỆN ỦY BIỂN TÂY")


def test_a_lost_stroke_in_a_code_is_that_of_the_issuers_initials() -> None:
    header = Header(
        number_symbol="18/TB-DHKSDB",
        issuing_body="TRƯỜNG ĐẠI HỌC KHE SÂU DUYÊN BIỂN",
        fields={"number_symbol": FieldReading(0.9, FieldSource.OCR, ("18/TB-DHKSDB",))},
    )
    header = with_symbol(LogicalDocument(1, (1, 1), header, "", Reading.OCR)).header
    assert header.number_symbol == "18/TB-ĐHKSDB"
    assert header.fields["number_symbol"].candidates == ("18/TB-ĐHKSDB",)


def test_a_school_whose_first_word_stands_apart_is_one_body() -> None:
    found = bodies(("UBND PHƯỜNG KHE SÂU", "TRƯỜNG", "THCS LÊ LAI"))
    assert found == ("TRƯỜNG THCS LÊ LAI", "UBND PHƯỜNG KHE SÂU")


def test_a_places_last_word_alone_on_a_line_is_no_school() -> None:
    assert bodies(("UBND HUYỆN BIỂN TÂY", "UBND XÃ XUÂN", "TRƯỜNG"))[0] == "UBND XÃ XUÂN TRƯỜNG"


def test_dust_before_the_second_line_of_an_abstract_does_not_end_it() -> None:
    found = read_header(
        f"{HEAD}BÁO CÁO\n_-\tkết quả công tác nội chính, phòng, chống tham nhũng, tiêu cực\n"
        "_—\t_\tVà cải cách tư pháp quý I năm 2024\nThực hiện Chương trình công tác số 12/CTr-BCĐ:\n"
    )
    assert found.abstract.casefold().endswith("tiêu cực và cải cách tư pháp quý i năm 2024")


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("các mô hình tự bảo vệ vệ an ninh", "các mô hình tự bảo vệ về an ninh"),
        ("Quy định mức chỉ hỗ trợ", "Quy định mức chi hỗ trợ"),
        ("Tổ tự vệ và vệ sinh môi trường", "Tổ tự vệ và vệ sinh môi trường"),
        ("lực lượng cận vệ và dân vệ của xã", "lực lượng cận vệ và dân vệ của xã"),
    ],
)
def test_about_and_spent_are_told_from_words_of_the_same_letters(read: str, meant: str) -> None:
    document = LogicalDocument(1, (1, 1), Header(abstract=read), read, Reading.OCR)
    assert respelled(document).header.abstract == meant


@pytest.mark.parametrize("titles", ["T/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG", "CHÁNH VĂN PHÒNG"])
def test_a_member_in_an_annexed_list_is_not_the_signer(titles: str) -> None:
    text = SIGNED.format(titles=titles) + "PHỤ LỤC\nDANH SÁCH THÀNH VIÊN\nTT\tHọ và tên\n1\tÔng Vi Văn Tư\n"
    assert find_signer(text).name == "Lò Văn Khánh"


def test_the_titles_of_an_annex_are_not_the_signers() -> None:
    text = SIGNED.format(titles="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH") + "PHỤ LỤC\nTỔ TRƯỞNG\n1\tÔng Vi Văn Tư\n"
    assert "PHỤ LỤC" not in find_signer(text).title and find_signer(text).name == "Lò Văn Khánh"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Dương Thị én", "Dương Thị Én"), ("Nông ích Tráng", "Nông Ích Tráng"), ("Lê Văn ấn", "Lê Văn Ấn")],
)
def test_a_name_of_a_font_without_marked_capitals_is_a_name(typed: str, name: str) -> None:
    person = person_named(typed)
    assert person is not None and person.name == name


def test_small_words_without_such_a_vowel_are_no_name() -> None:
    assert person_named("Dương Thị nên") is None
