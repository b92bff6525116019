"""Telling legacy text from what is fine as it stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dossier.legacy import Encoding, convert, encode, fits, guess, guess_bytes
from dossier.legacy.syllables import is_syllable

ENCODINGS = [Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.VPS, Encoding.CP1258]
SENTENCES = (
    "Về việc thành lập Ban Chỉ đạo mô hình Camera an ninh trên địa bàn xã",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Phong trào toàn dân bảo vệ an ninh Tổ quốc được cấp ủy, chính quyền quan tâm.",
    "Tình hình an ninh, trật tự tuy có chuyển biến nhưng còn diễn biến phức tạp.",
    "Ông Nguyễn Văn Thạnh, Trưởng thôn, làm Tổ trưởng; bà Trần Thị Ngọc làm Tổ phó.",
    "QUYẾT ĐỊNH THÀNH LẬP TỔ TỰ QUẢN VỀ AN NINH TRẬT TỰ",
)
MODERN = (
    *SENTENCES,
    "The quick brown fox jumps over the lazy dog; naïve café, 5 µm, § 12, © 2020.",
    "Le préfet a été informé où siège l'assemblée générale; la mairie a réglé ça à Noël, maïs, naïf, aïe.",
    "Für die Prüfung der Anträge müssen alle Unterlagen in größter Ordnung übersandt werden.",
    "El año próximo habrá elecciones según informó la comisión española ayer.",
    "På mötet beslöts att årsavgiften ska höjas; så får vi råd med båten.",
    "A reunião não terá início às nove horas, porque a comissão está em São Paulo.",
    "Thông báo tình hình thành lập mô hình, hòa giải và công tác thông tin",
    "mô hình hoà bình, toát yếu là có thêm",
    "Biên bản họp",
    "Quyet dinh thanh lap mo hinh",
    "25°C, 12 km², ½ giờ, «ghi chú», · mục",
)
# Syllables that look the same in Latin-1: the hardest text to leave alone.
_ONSETS = ["", "b", "c", "h", "l", "m", "n", "t", "th", "tr", "ch", "v", "x", "ph", "nh"]
_RIMES = "à á ã â è é ê ì í ò ó õ ô ù ú ý oà oá oè uý ài ái ào áo àn án ành ông ôn ình ính ùng úng"
_LATIN = [word for onset in _ONSETS for rime in _RIMES.split() if is_syllable(word := onset + rime)]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_sentences_are_told_in_every_encoding(sentence: str, encoding: Encoding) -> None:
    assert guess(encode(sentence, encoding)) is encoding


@pytest.mark.parametrize("sentence", SENTENCES)
def test_viscii_that_came_as_windows_1252_is_told(sentence: str) -> None:
    data = encode(sentence, "viscii").encode("latin-1")
    assert guess("".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)) is Encoding.VISCII


@pytest.mark.parametrize("text", MODERN)
def test_modern_text_is_left_alone(text: str) -> None:
    assert guess(text) is None


@pytest.mark.parametrize("word", ["Kết", "é", "Qu¶n", "où", "café", "§1", ""])
def test_one_word_is_too_little(word: str) -> None:
    assert guess(word) is None


def test_two_words_that_make_sense_in_one_encoding_only_are_enough() -> None:
    assert guess("QuyÕt ®Þnh.doc") is Encoding.TCVN3


@given(st.lists(st.sampled_from(_LATIN), min_size=1).map(" ".join))
def test_syllables_within_latin_1_are_left_alone(text: str) -> None:
    assert guess(text) is None


@given(st.text(), st.sampled_from("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ\u0301\u0323"), st.text())
def test_text_with_a_letter_of_unicode_only_is_left_alone(before: str, letter: str, after: str) -> None:
    assert guess(before + letter + after) is None


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_is_left_alone_but_for_the_low_letters_of_viscii(text: str) -> None:
    assert guess(text) in (None, Encoding.VISCII)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7F)))
def test_printable_ascii_is_left_alone(text: str) -> None:
    assert guess(text) is None


@given(st.text(st.characters(max_codepoint=0xFF)))
@example("A\x860\x86Ù")
def test_what_is_converted_is_left_alone_afterwards(text: str) -> None:
    encoding = guess(text)
    assert encoding is None or guess(convert(text, encoding)) is None


@pytest.mark.parametrize("encoding", [one for one in ENCODINGS if one is not Encoding.VPS])
def test_bytes_need_one_word(encoding: Encoding) -> None:
    assert guess_bytes(encode("Số: 12 - Quyết", encoding).encode("latin-1")) is encoding


def test_bytes_of_another_language_are_of_none() -> None:
    assert guess_bytes("Le préfet a été informé où siège l'assemblée générale".encode("latin-1")) is None


def test_unicode_under_a_legacy_font_does_not_fit() -> None:
    assert not fits("Quyết định", Encoding.TCVN3)
    assert not fits("thành công", Encoding.TCVN3)


def test_legacy_text_fits_its_font_even_when_short() -> None:
    assert fits("hé", Encoding.TCVN3)
    assert fits("ñ", Encoding.VNI)
