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
