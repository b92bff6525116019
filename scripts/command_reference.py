"""Write docs/commands.md: every command with its arguments and options, in Vietnamese, as ``--help``.

``python scripts/command_reference.py`` writes the page, with ``-`` prints it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dossier import i18n
from dossier.cli import root, speak

_PAGE = Path(__file__).resolve().parents[1] / "docs/commands.md"
_HEAD = """# Các lệnh

Trang này được sinh từ chính các lệnh (`python scripts/command_reference.py`); `dossier LỆNH --help` cho
cùng nội dung, `dossier --lang en LỆNH --help` cho bản tiếng Anh. Cách làm từng việc:
[sách hướng dẫn](vi/README.md).
"""


def _cell(text: str) -> str:
    """Text as a cell of a Markdown table, on one line."""
    return " ".join(text.split()).replace("|", "\\|")


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    """The rows of a table: how each option is written, and what it does; arguments stand in the usage."""
    for parameter in command.params:
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record is not None:  # None: hidden
            written, told = record
            yield f"| `{_cell(written)}` | {_cell(told)} |"


def _section(command: click.Command, context: click.Context) -> Iterator[str]:
    """A command, then those below it."""
    yield f"\n## {context.command_path}\n"
    yield f"`{context.command_path} {' '.join(command.collect_usage_pieces(context))}`\n"
    for paragraph in (command.help or "").replace("\b", "").split("\n\n"):
        yield " ".join(paragraph.split()).replace("<", "&lt;") + "\n"
    rows = list(_options(command, context))
    if rows:
        yield from ("| tùy chọn | ý nghĩa |", "|---|---|", *rows)
    yield from _below(command, context)


def _below(command: click.Command, context: click.Context) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            each = command.get_command(context, name)
            if each is not None and not each.hidden:
                yield from _section(each, click.Context(each, info_name=name, parent=context))


def page() -> str:
    """The whole page. The commands must not have been imported in another language before."""
    speak(i18n.LANGUAGES[0])
    context = click.Context(root, info_name="dossier")
    rows = list(_options(root, context))
    whole = ["\nTùy chọn trước mọi lệnh:\n\n| tùy chọn | ý nghĩa |\n|---|---|", *rows, *_below(root, context)]
    return _HEAD + "\n".join(whole).rstrip("\n") + "\n"


if __name__ == "__main__":
    if "-" in sys.argv[1:]:
        sys.stdout.buffer.write(page().encode())
    else:
        _PAGE.write_text(page(), "utf-8", newline="\n")
