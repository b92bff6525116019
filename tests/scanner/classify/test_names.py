"""What names say that were typed in an encoding from before Unicode."""

from __future__ import annotations

import pytest

from dossier.legacy import encode
from dossier.scanner.classify.names import folder_words, name_words, numbering
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
