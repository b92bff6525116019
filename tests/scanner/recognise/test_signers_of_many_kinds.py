"""Signers whose names or titles look like something else."""

import pytest

from dossier.scanner.recognise.names import last_name_in, person_named, two_people
from dossier.scanner.recognise.signature import find_signer

TEXT = "Các đơn vị tổ chức thực hiện nghiêm túc./.\n\n"


@pytest.mark.parametrize("office", ["(Kiêm Trưởng Ban)", "kiêm Trưởng Ban Quản lý", "Kiêm Trưởng Ban"])
def test_a_second_office_below_a_title_is_no_signer(office: str) -> None:
    assert find_signer(f"{TEXT}CHỦ TỊCH UBND\n{office}\n\n\nLò Văn Hặc\n").name == "Lò Văn Hặc"


@pytest.mark.parametrize(
    ("head", "deputy"),
    [
        ("ĐỒN TRƯỞNG", "Phó Đồn Trưởng"),
        ("TRUNG ĐOÀN TRƯỞNG", "Phó Trung Đoàn Trưởng"),
        ("CHỈ HUY TRƯỞNG", "Chính Trị Viên"),
        ("GIÁM THỊ", "Phó Giám Thị"),
        ("TRƯỞNG BAN", "Phó Ban"),
        ("TỔ TRƯỞNG", "Tổ Phó"),
    ],
)
def test_a_deputy_s_title_with_capital_initials_is_no_signer(head: str, deputy: str) -> None:
    assert find_signer(f"{TEXT}KT. {head}\n{deputy}\n\n\nMá A Tủa\n").name == "Má A Tủa"


@pytest.mark.parametrize("before", ["", "ThS. ", "Đại úy "])
def test_ong_before_a_middle_name_is_a_family_name(before: str) -> None:
    found = person_named(f"{before}Ông Văn Tùng")
    assert found is not None
    assert found.name == "Ông Văn Tùng"


def test_ong_before_a_family_name_is_an_address() -> None:
    found = person_named("Ông Điểu Krứ")
    assert found is not None
    assert found.name == "Điểu Krứ"


def test_an_initial_with_an_apostrophe_apart_belongs_to_the_name() -> None:
    found = person_named("K' Văn Vinh")
    assert found is not None
    assert found.name == "K' Văn Vinh"


def test_one_long_name_is_not_two_people() -> None:
    assert two_people("Trần Lê Nguyễn Bảo Ngọc") == []


def test_a_chair_with_a_long_name_beside_the_secretary_is_one_person() -> None:
    text = f"{TEXT}THƯ KÝ\tCHỦ TRÌ\n\n\nSiu Tới\tTrần Lê Nguyễn Bảo Ngọc\n"
    assert find_signer(text, minutes=True).name == "Trần Lê Nguyễn Bảo Ngọc"


def test_a_place_below_a_title_is_no_signer() -> None:
    assert find_signer(f"{TEXT}TM. BAN TRỊ SỰ\nTRƯỞNG BAN\nHuyện Ea Súp\n").name == ""


def test_the_last_words_of_a_title_are_no_name() -> None:
    assert last_name_in("Phó Trung Đoàn Trưởng") is None


@pytest.mark.parametrize(
    ("capitals", "name"),
    [("NAY H'NAN", "Nay H'Nan"), ("BRÍU LIẾC", "Bríu Liếc"), ("LÊ VŨ", "Lê Vũ")],
)
def test_a_name_in_capitals_apart_below_a_title_is_the_signer(capitals: str, name: str) -> None:
    assert find_signer(f"{TEXT}KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\n{capitals}\n").name == name


def test_a_name_in_capitals_of_no_known_family_is_in_doubt() -> None:
    title = f"{TEXT}KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\n"
    unknown, known = find_signer(f"{title}BRÍU LIẾC\n"), find_signer(f"{title}LÊ VŨ\n")
    assert unknown.sure < 0.75 < known.sure


def test_capitals_directly_below_a_title_continue_it() -> None:
    found = find_signer(f"{TEXT}TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG KẾ HOẠCH\nTỔNG HỢP\n\n\nLò Văn Hặc\n")
    assert (found.name, found.title) == ("Lò Văn Hặc", "TL. GIÁM ĐỐC TRƯỞNG PHÒNG KẾ HOẠCH")


def test_bracket_that_a_recipient_leaves_open_hides_no_signer() -> None:
    foot = "Nơi nhận:\tKT. GIÁM ĐỐC\n- Ban Giám đốc;\tPHÓ GIÁM ĐỐC\n- Lưu: VT(M.Cường.\n\nHoàng Văn Thuân\n"
    tasks = "PHÂN CÔNG NHIỆM VỤ\n(Kèm theo Kế hoạch số 5)\nTT\tViệc\tNgười\n1.\tRà soát\tĐỗ Mạnh Cường\n"
    assert find_signer(f"{TEXT}{foot}{tasks}").name == "Hoàng Văn Thuân"


def test_names_of_an_annex_below_an_unsigned_title_are_no_signer() -> None:
    foot = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n\n"
    tasks = "PHÂN CÔNG\n(Kèm theo Kế hoạch số 5/KH-SCT)\nĐỗ Mạnh Cường\n"
    assert find_signer(f"{TEXT}{foot}{tasks}").name == ""
