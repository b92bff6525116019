"""One form for letters, one for matching."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.vietnamese import fold, is_common, marked_words, nfc, slug, spellings, squash, words

_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES] + ["đ", "Đ"]
VIETNAMESE = st.text(st.sampled_from([*LETTERS, *"bcdghklmnpqrstvxBCDGHKLMNPQRSTVX 0123456789/-_.,"]))


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_folds_to_one_plain_lower_case_letter(letter: str) -> None:
    assert fold(letter) in set("aeiouyd")


@given(VIETNAMESE)
def test_folding_forgets_the_form_of_unicode(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(VIETNAMESE)
def test_folded_text_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(nfc(text))) == len(nfc(text))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_hold_plain_letters_digits_and_single_spaces(text: str) -> None:
    found = words(text)
    assert found == " ".join(found.split())
    assert all(char == " " or (char.isascii() and char.isalnum() and not char.isupper()) for char in found)


@pytest.mark.parametrize(("old", "new"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("Hoà", "Hòa")])
def test_old_and_new_placement_of_the_tone_match(old: str, new: str) -> None:
    assert fold(old) == fold(new)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Quyết định", "quyet-dinh"), ("  Kế   hoạch ", "ke-hoach"), ("TỜ TRÌNH", "to-trinh"), ("", "")],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_squash_leaves_single_spaces() -> None:
    assert squash(" a \n\t b ") == "a b"


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("hoà", {"hòa", "hoà"}),
        ("thuý", {"thúy", "thuý"}),
        ("quý", {"quý"}),
        ("hoàn", {"hoàn"}),
        ("an", {"an"}),
    ],
)
def test_every_spelling_of_a_word_is_known(word: str, ways: set[str]) -> None:
    assert set(spellings(marked_words(word))) == ways


@pytest.mark.parametrize("text", ["Quyết định số 12/QĐ-UBND – “hoà giải”…", "", "a\tb\nc"])
def test_printed_vietnamese_is_common(text: str) -> None:
    assert is_common(text)


@pytest.mark.parametrize("text", ["\u0430", "ｍật", "e\u0301", "mậ\u200bt", "漢"])
def test_look_alikes_hidden_and_foreign_characters_are_not_common(text: str) -> None:
    assert not is_common(text)


@given(st.text(alphabet="aăâoơuưyàồỵỲẠđĐq ²…-_12\u00a0"))
def test_words_with_marks_are_the_same_whether_common_or_not(text: str) -> None:
    beyond = marked_words(f"{text} 漢").removesuffix("漢").rstrip()
    assert marked_words(text) == beyond
    assert words(text) == words(f"{text} 漢")
