"""A signature that a scan has damaged: the whole name, or none – never a title or a recipient."""

from __future__ import annotations

import pytest

from dossier.scanner.recognise.names import person_named
from dossier.scanner.recognise.signature import find_signer


@pytest.mark.parametrize(
    "block",
    [
        "Nơi nhận:\tKT. TRƯỞNG CÔNG AN XÃ\n- Như trên;\tHÓ TRƯỞNG CÔNG AN XÃ\n- Lưu: VT.",
        "TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN",
        "TM. BAN THƯỜNG TRỰC\nCHỦ TICH\n- Lưu: VT, TM.",
        "TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\n- Trường PTDTNT Mường Ẳng;\n- Lưu: VT.",
        "TM. HỘI\nCHỦ TỊCH\n- Hội Phụ Nữ;\n- Lưu: VT.",
        "HIỆU TRƯỞNG\n- Lưu: VT.\n“han Thị Hoài Hằng",  # half a name is no name
    ],
)
def test_nothing_that_is_no_name_is_taken_for_the_signer(block: str) -> None:
    assert find_signer(block).name == ""


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n- Lưu: VT.\n- ⁄/Lương Thị Như Hằng", "Lương Thị Như Hằng"),
        (
            "TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\n- Trường PTDTNT Mường Ẳng;\n-_ Phan Thị Hoài Hằng",
            "Phan Thị Hoài Hằng",
        ),
        ("T/M CHI ỦY\nBÍ THƯ\n- Trường PTDTNT Mường Ảng;\n- Lưu: VT.\n\nĐoàn Bá Khoa", "Đoàn Bá Khoa"),
    ],
)
def test_whole_name_is_found_beside_specks_and_recipients(block: str, name: str) -> None:
    assert find_signer(block).name == name


@pytest.mark.parametrize(
    "name", ["Trương Ban Mai", "Chu Trí Dũng", "Tô Trường Sơn", "TRƯƠNG BAN MAI", "Trương Văn Ban", "K Brơi"]
)
def test_names_that_sound_like_titles_are_names(name: str) -> None:
    found = person_named(name)
    assert found is not None and found.name.casefold() == name.casefold()


CHAIR, POLICE = "CHỦ TỊCH UBND XÃ\nLê Thị Hoa\n", "TRƯỞNG CÔNG AN XÃ\nTrần Văn Bình\n"


@pytest.mark.parametrize(
    "blocks", [POLICE + CHAIR, "TM. ỦY BAN MTTQ\nCHỦ TỊCH\nTrần Văn Bình\nTM. ỦY BAN NHÂN DÂN\n" + CHAIR]
)
def test_of_two_who_sign_one_below_the_other_neither_is_certain(blocks: str) -> None:
    found = find_signer(f"Nội dung của văn bản.\n{blocks}")
    assert found.name == "Lê Thị Hoa" and found.sure < 0.75


@pytest.mark.parametrize("above", ["", POLICE])
def test_who_signs_for_a_body_is_certain_beside_one_who_does_not(above: str) -> None:
    found = find_signer(f"Nội dung của văn bản.\n{above}TM. ỦY BAN NHÂN DÂN\n{CHAIR}")
    assert found.name == "Lê Thị Hoa" and found.sure > 0.9


def test_a_recipient_named_over_two_lines_does_not_sign() -> None:
    text = (
        "Giao Sở Nội vụ xem xét./.\nNơi nhận:\tKT. CHỦ TỊCH\n- Như trên;\tPHÓ CHỦ TỊCH\n"
        "- Phó Chủ tịch UBND tỉnh – Nguyễn Hồng\nHải;\n- Sở Nội vụ;\n- Lưu: VT.\tTrần Văn Mẫn"
    )
    assert find_signer(text).name == "Trần Văn Mẫn"


def test_blanks_that_recognition_lost_hide_neither_a_rank_nor_a_chair() -> None:
    ranked = person_named("Đạiúy Rmah Đoan")
    assert ranked is not None and (ranked.name, ranked.rank) == ("Rmah Đoan", "Đại úy")
    minutes = "THƯ KÝ\tCHỦTỌA\nNguyễn Thị Thanh Thảo\tPhạm Ngọc Ẩn"
    assert find_signer(minutes, minutes=True).name == "Phạm Ngọc Ẩn"
