"""Text layers that say nothing are told from text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.scanner.readers.garbage import is_garbage

VIETNAMESE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Trưởng Công an xã, Ủy ban nhân dân xã ban "
    "hành kế hoạch khảo sát tình hình an ninh, trật tự trên địa bàn để xây dựng mô hình Camera an ninh. "
) * 3


def shifted(text: str) -> str:
    """As a font with its own table of letters leaves it: every letter another one."""
    letters = "bcdfghjklmnpqrstvwxz"
    return "".join(letters[ord(char) % 20] if char.isalpha() else char for char in text)


@pytest.mark.parametrize(
    "text",
    [
        VIETNAMESE,
        "The committee shall keep a dossier of every model and report on it twice a year. " * 4,
        "QĐ TTg NĐ CP BCĐ UBND HĐND MTTQ",
        "1 2 3 4 5 6 7 8 9 10 11 12 " * 30,
        "本计划规定了调查的目的和要求" * 30,
        "",
    ],
)
def test_text_is_no_garbage(text: str) -> None:
    assert not is_garbage(text)


@pytest.mark.parametrize(
    "text",
    [
        shifted(VIETNAMESE),
        "".join(chr(0xE000 + ord(char) % 200) for char in VIETNAMESE),
        "\ufffd \ufffd\ufffd \ufffd" * 40,
        "".join(chr(random.Random(1).randrange(1, 8)) for _ in range(200)),
    ],
)
def test_layer_without_letters_is_garbage(text: str) -> None:
    assert is_garbage(text)


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_garbage(text) in (True, False)
