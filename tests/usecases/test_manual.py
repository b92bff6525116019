"""The manual is there, and every command it shows exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from dossier.cli import COMMANDS, root
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


_LINE = re.compile(r"`(dossier [^`\n]+)`|^(?:\$ |    )(dossier [^\n]+)$", re.MULTILINE)


def lines() -> list[tuple[str, str]]:
    """Every command line that the manual and the first page show, with where it stands."""
    root = Path(__file__).resolve().parents[2]
    texts = [*sorted((root / "docs/vi").glob("*.md")), root / "README.vi.md"]
    return [
        (text.name, (match[1] or match[2]).split("  #")[0])
        for text in texts
        for match in _LINE.finditer(text.read_text("utf-8"))
    ]


def misunderstood(line: str) -> str:
    """Why the command line would not be taken as it stands; nothing is run."""
    context, command, rest = click.Context(root, info_name="dossier"), root, shlex.split(line)[1:]
    try:
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            name, command, rest = command.resolve_command(context, rest)  # type: ignore[assignment]
            context = click.Context(command, info_name=name, parent=context)
        if "--help" not in rest and not isinstance(command, click.Group):
            command.make_context(context.info_name, list(rest), parent=context.parent)
    except click.ClickException as error:
        return error.message
    return ""


def test_every_command_line_that_is_shown_is_understood() -> None:
    shown = lines()
    assert len(shown) > 90
    assert [(*each, why) for each in shown if (why := misunderstood(each[1]))] == []


def test_every_page_is_listed_and_linked() -> None:
    first = pages()[0].file.with_name("README.md").read_text("utf-8")
    assert all(f"({each.file.name})" in first and each.title in first for each in pages())
