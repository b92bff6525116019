"""What a document says beyond its head: capacity, level, recipients, citations, rank, periods, members."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Form, Header, Level, Reference
from dossier.scanner.recognise.cited import references
from dossier.scanner.recognise.dates import find_date
from dossier.scanner.recognise.levels import level_of
from dossier.scanner.recognise.members import members, recipients
from dossier.scanner.recognise.periods import covered
from dossier.scanner.recognise.ranking import percentage_of, rank_of, ranks_by_name
from dossier.scanner.recognise.signature import Signer
from dossier.vietnamese import fold

ReadHeader = Callable[..., Header]


@pytest.mark.parametrize(
    ("title", "capacity"),
    [
        ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "TM."),
        ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "KT."),
        ("TL. GIÁM ĐỐC TRƯỞNG PHÒNG PV05", "TL."),
        ("TUQ. CHỦ TỊCH CHÁNH VĂN PHÒNG", "TUQ."),
        ("Q. TRƯỞNG CÔNG AN XÃ", "Q."),
        ("T/M BAN THƯỜNG VỤ BÍ THƯ", "TM."),
        ("K/T BÍ THƯ PHÓ BÍ THƯ", "KT."),
        ("HIỆU TRƯỞNG", ""),
    ],
)
def test_capacity_is_the_signers_own(title: str, capacity: str) -> None:
    assert Signer("Nguyễn Văn An", "", title).capacity == capacity


@pytest.mark.parametrize(
    ("issuing", "superior", "number", "level"),
    [
        ("UBND XÃ HÀM THẮNG", "UBND HUYỆN HÀM THUẬN BẮC", "", Level.COMMUNE),
        ("CÔNG AN PHƯỜNG PHÚ TÀI", "CÔNG AN THÀNH PHỐ PHAN THIẾT", "", Level.COMMUNE),
        ("BAN CHỈ ĐẠO MÔ HÌNH CAMERA", "UBND XÃ HÀM THẮNG", "", Level.COMMUNE),
        ("CÔNG AN HUYỆN BẮC BÌNH", "CÔNG AN TỈNH BÌNH THUẬN", "", Level.DISTRICT),
        ("CÔNG AN THÀNH PHỐ PHAN THIẾT", "CÔNG AN TỈNH BÌNH THUẬN", "", Level.DISTRICT),
        ("CÔNG AN TỈNH LÂM ĐỒNG", "BỘ CÔNG AN", "", Level.PROVINCE),
        ("PHÒNG XÂY DỰNG PHONG TRÀO", "CÔNG AN TỈNH LÂM ĐỒNG", "12/BC-PV05", Level.PROVINCE),
        ("CÔNG AN THÀNH PHỐ ĐÀ NẴNG", "BỘ CÔNG AN", "", Level.PROVINCE),
        ("BỘ CÔNG AN", "", "", Level.MINISTRY),
        ("ĐẢNG ỦY XÃ HÀM THẮNG", "HUYỆN ỦY HÀM THUẬN BẮC", "", Level.PARTY),
        ("CHI BỘ TRƯỜNG THCS LÊ LỢI", "", "", Level.PARTY),
        ("ỦY BAN MTTQ VIỆT NAM XÃ HÀM THẮNG", "", "", Level.FRONT),
        ("CÔNG TY TNHH MAY PHÚ TÀI", "", "", Level.ENTERPRISE),
        ("TRƯỜNG THPT HÀM THUẬN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "", Level.SCHOOL),
        ("", "", "12/QĐ-CAX", Level.COMMUNE),
        ("", "", "", None),
    ],
)
def test_level_of_the_issuing_body(issuing: str, superior: str, number: str, level: Level | None) -> None:
    assert level_of(Form.STATE, issuing, superior, number) is level


def test_party_form_is_of_the_party() -> None:
    assert level_of(Form.PARTY, "XÃ HÀM THẮNG", "", "") is Level.PARTY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nơi nhận:\n- Như Điều 3;\n- Công an huyện;\n- Lưu: VT.\nNguyễn Văn An", ("Như Điều 3", "Công an huyện", "Lưu: VT")),  # noqa: E501
        ("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; CHỦ TỊCH\n- Lưu: VT. Nguyễn Văn An", ("Như trên", "Lưu: VT. Nguyễn Văn An")),  # noqa: E501
        ("Nơi nhận:\t\t\tGIÁM ĐỐC\n- Như trên;\t\t\t(Đã ký)\n- Lưu: HC.", ("Như trên", "Lưu: HC")),
        ("Kính gửi: Công an xã\nKhông có gì thêm.", ()),
    ],
)  # fmt: skip
def test_recipients_stand_under_their_label(text: str, expected: tuple[str, ...]) -> None:
    assert recipients(text) == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Kính gửi: Bộ Công an (qua V05).\nThực hiện hướng dẫn;", ("Bộ Công an (qua V05)",)),
        ("Kính gửi:\n- Phòng PV05;\n- Ủy ban nhân dân xã.\nNăm 2025", ("Phòng PV05", "Ủy ban nhân dân xã")),
        ("Kính gửi: Đảng ủy xã; Ủy ban nhân dân xã.\n- Tình hình:", ("Đảng ủy xã", "Ủy ban nhân dân xã")),
        ("Thực hiện kế hoạch năm 2025.", ()),
    ],
)
def test_those_addressed_are_meant_by_as_above(opening: str, expected: tuple[str, ...]) -> None:
    foot = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    assert recipients(foot, opening) == ("Như trên", *expected, "Lưu: VT")
    assert recipients("Nơi nhận:\n- Công an xã;\n- Lưu: VT.", opening) == ("Công an xã", "Lưu: VT")


def test_references_carry_type_number_and_date() -> None:
    text = (
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2023 của UBND xã về việc thành lập mô hình;\n"
        "Thực hiện Kế hoạch số: 07/KH-BCĐ ngày 10/01/2024; Nghị quyết số 05-NQ/ĐU của Đảng ủy;\n"
        "theo quyết định số 12/QĐ-UBND nêu trên. Gồm 15 hộ, số 20 đường Lê Lợi."
    )
    assert references(text, fold(text)) == (
        Reference("quyet-dinh", "12/QĐ-UBND", date(2023, 3, 5)),
        Reference("ke-hoach", "07/KH-BCĐ", date(2024, 1, 10)),
        Reference("nghi-quyet", "05-NQ/ĐU", None),
    )


def test_own_number_is_no_reference() -> None:
    text = "QUYẾT ĐỊNH số 12/QĐ-UBND ngày 05/3/2023"
    assert references(text, fold(text), "12/QĐ-UBND") == ()


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Điều 1. Công nhận mô hình đạt loại Tốt năm 2024.", "tot"),
        ("Điều 1. Xếp loại mô hình “Camera an ninh” của xã Hàm\nThắng: Khá.", "kha"),
        ("đề nghị mức xếp loại Trung bình cho mô hình", "trung-binh"),
        ("Tập thể thống nhất xếp loại: “Yếu”", "yeu"),
        ("Loại Tốt: từ 90% chỉ tiêu; loại Khá: từ 70% đến dưới 90%", ""),
        ("Có 3 mô hình xếp loại Tốt, 2 mô hình xếp loại Khá", ""),
        ("Thực hiện tốt công tác tuyên truyền, đạt kết quả khá", ""),
        ("Phân loại rác tại nguồn, làm tốt việc thu gom", ""),
    ],
)
def test_rank_is_what_one_document_states(text: str, rank: str) -> None:
    assert rank_of("", fold(text)) == rank


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Điều 1. Mô hình “Tổ liên gia” năm 2024 đạt mức Tốt.", "tot"),
        ("Điều 1. Mô hình “Tổ liên gia” đạt Khá;", "kha"),
        ("Các thành viên đạt kết quả tốt nhiệm vụ được giao, chấp hành tốt quy chế.", ""),
        ("Thực hiện đạt tốt các chỉ tiêu về loại hình tuyên truyền.", ""),
    ],
)
def test_a_paper_about_a_rank_need_not_say_the_word_again(text: str, rank: str) -> None:
    assert rank_of(fold("Mức xếp loại mô hình “Tổ liên gia” năm 2024"), fold("xếp loại\n" + text)) == rank


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("mô hình đạt 92% chỉ tiêu đề ra trong năm", 92.0),
        ("Hoàn thành chỉ tiêu: 88,5%.", 88.5),
        ("hoàn thành 95 % các chỉ tiêu kế hoạch năm", 95.0),
        ("số vụ giảm 12%; 97% số hộ hài lòng", None),
        ("Tốt: hoàn thành từ 90% chỉ tiêu trở lên", None),
        ("chỉ tiêu tuần tra đạt 80%; chỉ tiêu tuyên truyền đạt 95%", None),
    ],
)
def test_percentage_is_that_of_the_targets(text: str, share: float | None) -> None:
    assert percentage_of(fold(text)) == share


@pytest.mark.parametrize(
    ("abstract", "periods"),
    [
        ("Kết quả hoạt động mô hình 6 tháng đầu năm 2024", ("2024-H1",)),
        ("Kết quả 06 tháng cuối năm 2023", ("2023-H2",)),
        ("Kết quả 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2024", ("2024-H1",)),
        ("Kế hoạch hoạt động năm 2025", ("2025",)),
        ("Công tác quý III năm 2024", ("2024-Q3",)),
        ("Kết quả hoạt động từ 01/11/2023 đến 31/10/2024", ("2024",)),
        ("Kết quả hoạt động từ 01/01/2024 đến 30/6/2024", ("2024-H1",)),
        ("Tổng kết giai đoạn 2022 - 2024", ("2022", "2023", "2024")),
        ("Triển khai Kế hoạch số 12/KH-UBND ngày 05/3/2022", ()),
        ("Kết quả hoạt động 6 tháng đầu năm", ("2024-H1",)),
    ],
)
def test_periods_are_those_the_abstract_names(abstract: str, periods: tuple[str, ...]) -> None:
    assert covered(fold(abstract), date(2024, 6, 20)) == periods


@pytest.mark.parametrize(
    "text",
    [
        "Thành lập mô hình liên kết giữa Công an xã Hàm Thắng, Công an phường Phú Tài "
        "và Công ty TNHH An Bình.",
        "Mô hình liên kết bảo đảm an ninh gồm các đơn vị sau:\n- Công an xã Hàm Thắng;\n"
        "- Công an phường Phú Tài (đơn vị Trưởng mô hình);\n- Công ty TNHH An Bình.\nĐiều 2. Hiệu lực",
    ],
)
def test_members_of_a_linked_model(text: str) -> None:
    assert members(text, fold(text)) == (
        "Công an xã Hàm Thắng",
        "Công an phường Phú Tài",
        "Công ty TNHH An Bình",
    )


def test_a_model_that_is_not_linked_has_no_member_units() -> None:
    text = "Các đơn vị sau:\n- Công an xã Hàm Thắng;\n- Công an xã Hàm Liêm;"
    assert members(text, fold(text)) == ()


def test_details_are_read_with_the_head(header: ReadHeader) -> None:
    found = header(
        "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 90/QĐ-UBND\nHàm Thắng, ngày 08 tháng 11 năm 2024\nQUYẾT ĐỊNH\n"
        "Về việc xếp loại mô hình năm 2024\n"
        "Căn cứ Tờ trình số 15/TTr-BCĐ ngày 02/11/2024 của Ban Chỉ đạo;\n"
        "Điều 1. Xếp loại Tốt (đạt 93% chỉ tiêu).\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình"
    )
    assert found.signer_capacity == "KT."
    assert found.issuer_level is Level.COMMUNE
    assert found.recipients == ("Như Điều 2", "Lưu: VT")
    assert found.references == (Reference("to-trinh", "15/TTr-BCĐ", date(2024, 11, 2)),)
    assert (found.rank, found.percentage, found.periods) == ("tot", 93.0, ("2024",))


@given(
    st.text(
        alphabet=st.sampled_from("số12/-QĐ% \n.:;,xếp loại tốt chỉ tiêu liên kết gồm 6 tháng 2024"),
        max_size=400,
    )
)
def test_any_text_gives_details_without_error(text: str) -> None:
    folded = fold(text)
    recipients("Nơi nhận:" + text)
    members(text, folded)
    covered(folded, None)
    assert rank_of(folded, folded) in ("", "tot", "kha", "trung-binh", "yeu")
    assert percentage_of(folded) is None or percentage_of(folded) >= 0  # type: ignore[operator]
    assert all(reference.number_symbol for reference in references(text, folded))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("ngày mười hai tháng ba năm hai nghìn không trăm hai mươi ba", date(2023, 3, 12)),
        ("ngày mùng năm tháng mười một năm hai nghìn không trăm hai mươi", date(2020, 11, 5)),
        ("ngày ba mươi mốt tháng tư năm hai nghìn không trăm hai mươi tư", None),
    ],
)
def test_date_in_words(written: str, day: date | None) -> None:
    found = find_date(fold(f"Hàm Thắng, {written}"))
    assert found is not None and found.value == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Xếp loại: 1. Tiếng kẻng: Khá; 2. Camera an ninh: Tốt.",
         {"tieng keng": "kha", "camera an ninh": "tot"}),
        ("TT Mô hình Xếp loại\n1\nTiếng kẻng\nYếu\n2\nCamera an ninh\nTrung bình\n",
         {"tieng keng": "yeu", "camera an ninh": "trung-binh"}),
        ("Loại Tốt (02 mô hình): 1. Tiếng kẻng; 2. Cổng rào. Loại Khá: 1. Camera an ninh",
         {"tieng keng": "tot", "cong rao": "tot", "camera an ninh": "kha"}),
        ("Công nhận mô hình “Camera an ninh” xếp loại Tốt. Giao Công an xã phối hợp tốt.", {}),
        ("Đã thực hiện tốt, phối hợp tốt; hoạt động khá.", {}),
    ],
)  # fmt: skip
def test_each_of_several_has_its_rank(text: str, told: dict[str, str]) -> None:
    rows = ranks_by_name(fold(text))
    assert {name: rank for name in ("tieng keng", "cong rao", "camera an ninh") for row, rank in rows
            if name in row} == told  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Thời gian, địa điểm ra mắt mô hình", "Thời gian, địa điểm ra mắt mô hình"),
        ("Thời gian, địa điểm: 15 giờ, hội trường", ""),
    ],
)
def test_time_and_place_may_be_what_a_notice_is_about(header, line, expected):
    found = header(
        "UBND XÃ HÀM THẮNG\nSố: 5/TB-UBND\nHàm Thắng, ngày 05 tháng 7 năm 2026\n"
        f"THÔNG BÁO\n{line}\nCăn cứ Kế hoạch số 5/KH-UBND;"
    )
    assert found.abstract == expected
