"""Letters whose number or abstract looks like something else."""

import pytest

from dossier.scanner.recognise.header import read_header

HEAD = (
    "UBND XÃ TÂN HỘI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "BAN ĐIỀU HÀNH\tĐộc lập - Tự do - Hạnh phúc\n"
    "{number}\tTân Hội, ngày 14 tháng 5 năm 2024\n"
)
TEXT = "Kính gửi: Công an xã\nĐề nghị đơn vị quan tâm, phối hợp thực hiện./.\n"


@pytest.mark.parametrize("number", ["12/HĐ", "12/2024/CT", "/TTr"])
def test_a_number_of_one_code_with_an_abstract_and_an_addressee_is_of_a_letter(number: str) -> None:
    text = HEAD.format(number=f"Số: {number}") + "V/v phối hợp tuần tra ban đêm\n" + TEXT
    assert read_header(text).type == "cong-van"


def test_a_type_s_code_with_an_office_s_still_names_the_type() -> None:
    text = HEAD.format(number="Số: 12/TTr-BĐH") + "V/v phối hợp tuần tra ban đêm\n" + TEXT
    assert read_header(text).type == "to-trinh"


@pytest.mark.parametrize("code", ["KL", "HD", "QC", "PA"])
def test_a_space_instead_of_the_stroke_before_any_type_s_code(code: str) -> None:
    assert read_header(HEAD.format(number=f"Số: 07 {code}/UBND") + TEXT).number_symbol == f"07 {code}/UBND"


def test_the_number_in_a_committee_s_name_ends_a_letter_s_abstract_on_its_own_line() -> None:
    text = HEAD.format(number="Số: 12/UBND") + "V/v cử cán bộ tham gia Ban Chỉ đạo\n138\n" + TEXT
    assert read_header(text).abstract == "cử cán bộ tham gia Ban Chỉ đạo 138"


def test_the_number_in_a_committee_s_name_ends_a_title_on_its_own_line() -> None:
    text = HEAD.format(number="Số: 12/KH-UBND") + "KẾ HOẠCH\nTổ chức hội nghị Ban Chỉ đạo\n138\n\n" + TEXT
    assert read_header(text).abstract == "Tổ chức hội nghị Ban Chỉ đạo 138"


def test_titles_of_signatures_below_the_text_are_no_abstract() -> None:
    text = (
        HEAD.format(number="Số: 12/UBND")
        + "Các đơn vị căn cứ chức năng, nhiệm vụ được giao để tổ chức thực hiện nghiêm túc.\n"
        + "HỘI LHPN\tCÔNG AN XÃ\tT/M ĐẢNG ỦY\nCHỦ TỊCH\tTRƯỞNG CÔNG AN\tBÍ THƯ\n"
        + "Má A Tủa\tSiu Tới\tLò Văn Hặc\n"
    )
    assert "HỘI LHPN" not in read_header(text).abstract
