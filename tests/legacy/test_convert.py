"""From the old encodings to Unicode and back, over the whole alphabet."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.legacy import Encoding, convert, encode

_TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES] + ["đ"]
CAPITALS = [letter.upper() for letter in SMALL]
BOTH_CASES = [Encoding.VNI, Encoding.VISCII, Encoding.VPS, Encoding.CP1258]
_PLAIN = [*"bcdghklmnpqrstvx", *"0123456789 .,;:()/-%\n"]


@pytest.mark.parametrize("encoding", BOTH_CASES)
def test_every_letter_comes_back(encoding: Encoding) -> None:
    for letter in [*SMALL, *CAPITALS]:
        legacy = encode(letter, encoding)
        assert max(legacy) <= "\xff", letter
        assert convert(legacy, encoding) == letter


def test_every_small_letter_and_the_seven_capitals_come_back_from_tcvn3() -> None:
    for letter in [*SMALL, *"ĂÂÊÔƠƯĐ"]:
        assert convert(encode(letter, "tcvn3"), "tcvn3") == letter


def test_every_capital_comes_back_from_a_capitals_font() -> None:
    for letter in CAPITALS:
        assert convert(encode(letter, "tcvn3-capitals"), "tcvn3-capitals") == letter


@pytest.mark.parametrize("encoding", BOTH_CASES)
@given(text=st.text(st.sampled_from([*SMALL, *CAPITALS, *_PLAIN])))
def test_text_comes_back(encoding: Encoding, text: str) -> None:
    assert convert(encode(text, encoding), encoding) == text


@given(st.text(st.sampled_from([*SMALL, *_PLAIN])))
def test_small_text_comes_back_from_tcvn3(text: str) -> None:
    assert convert(encode(text, "tcvn3"), "tcvn3") == text


@given(st.text(st.sampled_from([*SMALL, *CAPITALS, *_PLAIN])))
def test_tcvn3_keeps_the_letters_where_it_forgets_their_case(text: str) -> None:
    assert convert(encode(text, "tcvn3"), "tcvn3").lower() == text.lower()


@pytest.mark.parametrize("encoding", list(Encoding))
@given(text=st.text())
def test_any_text_gives_nfc(encoding: Encoding, text: str) -> None:
    assert unicodedata.is_normalized("NFC", convert(text, encoding))


@pytest.mark.parametrize(
    ("legacy", "text", "encoding"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "tcvn3"),
        ("céng hßa x· héi", "CỘNG HÒA XÃ HỘI", "tcvn3-capitals"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "vni"),
        ("QUYEÁT ÑÒNH", "QUYẾT ĐỊNH", "vni"),
        ("C\xb5ng ho\xe0 x\xe3 h\xb5i", "Cộng hoà xã hội", "viscii"),
        ("V\xea\xcc vi\xea\xf2c tha\xccnh l\xe2\xf2p", "Về việc thành lập", "windows-1258"),
    ],
)
def test_known_texts(legacy: str, text: str, encoding: str) -> None:
    assert convert(legacy, encoding) == text


@pytest.mark.parametrize(
    ("legacy", "text"),
    [
        ("QUYÕT §ÞNH", "QUYẾT ĐỊNH"),
        ("KINH TÕ - X· HéI", "KINH TẾ - XÃ HỘI"),
        ("UBND tØnh MÜ An", "UBND tỉnh Mĩ An"),
        ("Tæ tr­ëng\nQUYÕT §ÞNH", "Tổ trưởng\nQUYẾT ĐỊNH"),
        ("ý kiÕn", "ý kiến"),
    ],
)
def test_capitals_that_tcvn3_lacks_are_told_by_the_word_and_its_line(legacy: str, text: str) -> None:
    assert convert(legacy, "tcvn3") == text


def test_vni_marks_may_have_the_other_case() -> None:
    assert convert("Aùn QUYEát", "vni") == "Án QUYẾt"


def test_greek_mu_and_symbol_code_points_are_taken_for_what_they_stand_for() -> None:
    assert convert("l\u03bc x\uf0b7", "tcvn3") == "là xã"


@pytest.mark.parametrize("encoding", ["tcvn3", "tcvn3-capitals", "vni", "windows-1258"])
@pytest.mark.parametrize("signs", ["“1” – ‘2’…", "\x931\x94 \x96 \x912\x92\x85"], ids=["Unicode", "bytes"])
def test_quotes_and_dashes_stay(signs: str, encoding: str) -> None:
    assert convert(signs, encoding) == "“1” – ‘2’…"


def test_viscii_has_letters_where_windows_has_quotes() -> None:
    assert convert("\x93\u201c", "viscii") == "ỘỘ"


def test_unknown_encoding_is_an_error() -> None:
    with pytest.raises(ValueError, match="bkhcm"):
        convert("a", "bkhcm")
