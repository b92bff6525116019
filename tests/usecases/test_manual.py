"""The manual is there, and every command it shows exists."""

from __future__ import annotations

import re

import pytest

from dossier.cli import COMMANDS
from dossier.errors import UsageError
from dossier.usecases.manual import page, pages


@pytest.mark.parametrize(
    ("said", "number"),
    [("4", 4), ("tìm", 4), ("tim", 4), ("báo cáo", 5), ("nộp lưu", 6), ("dấu chỉ độ mật", 10)],
)
def test_page_is_named_by_number_or_topic(said: str, number: int) -> None:
    assert page(said).number == number


def test_unknown_topic_lists_the_pages() -> None:
    with pytest.raises(UsageError) as told:
        page("zzzz")
    assert "Tìm một văn bản" in told.value.advice


def test_every_command_of_the_manual_exists() -> None:
    named = {word for each in pages() for word in re.findall(r"`dossier ([a-z]+)", each.text)}
    assert named <= set(COMMANDS)


def test_every_page_is_listed_and_linked() -> None:
    first = pages()[0].file.with_name("README.md").read_text("utf-8")
    assert all(f"({each.file.name})" in first and each.title in first for each in pages())
