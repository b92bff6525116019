"""What a digital signature leaves in print is listed, and never taken for one that was checked."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Page, Signature
from dossier.scanner.recognise.esign import printed

HERE = timezone(timedelta(hours=7))
BLOCK = (
    "Người ký: CÔNG AN TỈNH BÌNH THUẬN\nEmail: ca@example.vn\nCơ quan: Tỉnh\n"
    "Thời gian ký: 28.08.2024 14:34:48 +07:00\n"
)


def found(*texts: str) -> tuple[Signature, ...]:
    return printed([Page(number, text) for number, text in enumerate(texts, 1)])


@pytest.mark.parametrize("block", [BLOCK, BLOCK.replace("\n", " ")])
def test_printed_block_gives_signer_and_time(block: str) -> None:
    (signature,) = found(block)
    assert signature.signer == "CÔNG AN TỈNH BÌNH THUẬN"
    assert signature.at == datetime(2024, 8, 28, 14, 34, 48, tzinfo=HERE)


def test_printed_block_is_not_checked_and_not_broken() -> None:
    (signature,) = found(BLOCK)
    assert (signature.kind, signature.checked, signature.broken) == ("printed", False, False)


def test_time_without_a_zone_is_vietnamese() -> None:
    (signature,) = found("Ký bởi: Lê Văn Nam\nNgày ký: 05/03/2023 09:05")
    assert signature.at == datetime(2023, 3, 5, 9, 5, tzinfo=HERE)


def test_block_on_every_page_is_listed_once() -> None:
    assert len(found(BLOCK, BLOCK)) == 1


def test_name_and_date_without_a_time_of_day_are_no_block() -> None:
    assert found("Người ký: Lê Văn Nam\nNgày ký: 05/03/2023\n") == ()


def test_impossible_time_is_no_block() -> None:
    assert found(BLOCK.replace("28.08", "31.02"), BLOCK.replace("+07:00", "+99:00")) == ()


@given(
    st.lists(st.sampled_from(["Người ký: ", "Thời gian ký: ", "28.08.2024 ", "14:34 ", "+07:00", "A", "\n"]))
)
def test_any_mixture_of_labels_and_values_raises_nothing(parts: list[str]) -> None:
    assert all(signature.at for signature in found("".join(parts)))
