"""What names say that were typed in an encoding from before Unicode."""

from __future__ import annotations

import pytest

from dossier import checklists
from dossier.legacy import encode
from dossier.scanner.classify.names import Numbering, folder_words, mentions, name_words, numbering
from dossier.scanner.classify.scoring import Places, name_number

NAME = "Kế hoạch khảo sát địa bàn"
ENCODINGS = ["tcvn3", "vni", "viscii", "windows-1258"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_legacy_name_is_read(encoding: str) -> None:
    assert name_words(encode(NAME, encoding), {}) == NAME.lower()
    assert name_words(encode(NAME.replace(" ", "_"), encoding), {}) == NAME.lower()


def test_legacy_name_in_raw_bytes_is_read() -> None:
    shown = "".join(char if char.isascii() else f"\\x{ord(char):02x}" for char in encode(NAME, "tcvn3"))
    assert name_words(shown, {}) == NAME.lower()


def test_legacy_name_of_a_folder_is_read() -> None:
    assert folder_words((encode("Biên bản họp xét chọn", "vni"),), {}) == "biên bản họp xét chọn"


def test_number_of_a_legacy_name_is_read() -> None:
    found = numbering(encode("Mục 6 - Quyết định thành lập", "tcvn3"))
    assert found is not None
    assert (found.item, found.explicit) == (6, True)


@pytest.mark.parametrize(
    "name", [NAME, "thông báo tình hình", "công văn đến", "Ke hoach", "Réunion café où", "t\\xe9"]
)
def test_other_names_are_left_alone(name: str) -> None:
    assert name_words(name, {}) == " ".join(name.lower().replace("\\", " ").split())


PLACES = Places(frozenset(range(1, 17)), frozenset({"6a", "6b"}))


@pytest.mark.parametrize("symbol", ["12/QĐ-UBND", "012/QĐ-UBND", "0012-QĐ/ĐU"])
def test_a_name_that_begins_with_the_papers_own_number_names_no_item(symbol: str) -> None:
    assert name_number(PLACES, "12 quyet dinh.pdf", None, symbol) is None


@pytest.mark.parametrize("symbol", ["120/QĐ-UBND", "2/QĐ-UBND", ""])
def test_a_name_that_begins_with_another_number_names_an_item(symbol: str) -> None:
    found = name_number(PLACES, "12 quyet dinh.pdf", None, symbol)
    assert found is not None
    assert found.item == 12


def test_an_item_said_in_words_is_one_whatever_the_papers_number() -> None:
    found = name_number(PLACES, "Mục 12 quyet dinh.pdf", None, "12/QĐ-UBND")
    assert found is not None
    assert found.item == 12


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("6a QĐ thành lập", Numbering(6, "6a", True)),
        ("06.1 QĐ", Numbering(6, "6a", True)),
        ("6.0 QĐ", Numbering(6)),
        ("Mục 10b - Báo cáo", Numbering(10, "10b", True)),
        ("Thành phần 4", Numbering(4, "", True)),
        ("13", Numbering(13)),
        ("6 tháng đầu năm", None),
        ("Mục 6 tháng", Numbering(6, "", True)),
        ("05.03.2023 báo cáo", None),
        ("12 hộ dân", None),
        ("Quyết định 6a", None),
        ("2024 báo cáo", None),
    ],
)
def test_number_that_begins_a_name_is_an_item_unless_it_counts_or_dates(
    name: str, expected: Numbering | None
) -> None:
    assert numbering(name) == expected


@pytest.mark.parametrize(
    ("name", "folder", "expected"),
    [
        ("06 QĐ.pdf", None, Numbering(6)),
        ("06 QĐ.pdf", Numbering(6), Numbering(6)),
        ("06 QĐ.pdf", Numbering(7), None),  # the sixth file of the folder of item 7
        ("6a QĐ.pdf", Numbering(7), Numbering(6, "6a", True)),
        ("6c QĐ.pdf", None, Numbering(6, "", True)),  # no such part
        ("17 QĐ.pdf", None, None),  # no such item
        ("QĐ.pdf", None, None),
    ],
)
def test_number_of_a_file_counts_by_its_folder_and_checklist(
    name: str, folder: Numbering | None, expected: Numbering | None
) -> None:
    assert name_number(PLACES, name, folder, "") == expected


def test_code_of_a_type_is_spelt_out_once_and_abbreviations_always() -> None:
    short = {"mh": "mô hình", "bcd": "ban chỉ đạo"}
    assert name_words("QĐ TL BCĐ MH (2)", short) == "quyết định tl ban chỉ đạo mô hình"
    assert name_words("BC QĐ MH MH", short) == "báo cáo qđ mô hình mô hình"
    assert folder_words(("06 Thành lập", "Giấy tờ MH", "Năm cũ"), short) == "giấy tờ mô hình năm cũ"


def test_subjects_of_a_text_are_found_with_and_without_its_marks() -> None:
    kinds = list(checklists.load().values())
    said = "Mô hình có quỹ hoạt động; thu, chi quỹ do thủ quỹ ghi sổ. Nhiệm vụ, quyền hạn của thành viên."
    marked = mentions(said, kinds)
    assert "fund" in marked
    assert mentions("Mo hinh co quy hoat dong; thu, chi quy do thu quy ghi so.", kinds)
    assert mentions("Quy định chung của quý I.", kinds) == ()  # neither "quy" nor "quý" is "quỹ"
    assert mentions("", kinds) == ()
