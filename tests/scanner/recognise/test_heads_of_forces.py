"""Heads of the forces and of power companies, telegrams, annexes below a signature, broken names."""

from __future__ import annotations

import pytest

from dossier.scanner.recognise.bodies import bodies
from dossier.scanner.recognise.header import read_header
from dossier.scanner.recognise.names import person_named
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


@pytest.mark.parametrize("titles", ["T/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG", "CHÁNH VĂN PHÒNG"])
def test_a_member_in_an_annexed_list_is_not_the_signer(titles: str) -> None:
    text = SIGNED.format(titles=titles) + "PHỤ LỤC\nDANH SÁCH THÀNH VIÊN\nTT\tHọ và tên\n1\tÔng Vi Văn Tư\n"
    assert find_signer(text).name == "Lò Văn Khánh"


def test_the_titles_of_an_annex_are_not_the_signers() -> None:
    text = SIGNED.format(titles="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH") + "PHỤ LỤC\nTỔ TRƯỞNG\n1\tÔng Vi Văn Tư\n"
    assert "PHỤ LỤC" not in find_signer(text).title and find_signer(text).name == "Lò Văn Khánh"


@pytest.mark.parametrize(("typed", "name"), [("Dương Thị én", "Dương Thị Én"), ("Lê Văn ấn", "Lê Văn Ấn")])
def test_a_name_of_a_font_without_marked_capitals_is_a_name(typed: str, name: str) -> None:
    person = person_named(typed)
    assert person is not None and person.name == name


def test_small_words_without_such_a_vowel_are_no_name() -> None:
    assert person_named("Dương Thị nên") is None
