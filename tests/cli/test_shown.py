"""Names of files and texts give the terminal no orders."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dossier import machine_json
from dossier.archive import open_archive
from dossier.cli import root
from dossier.cli.shared import say, shown, tell
from dossier.usecases.answers import opens_safely
from dossier.usecases.scan import scan

TEXT = "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nSố: 12/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc thành lập mô hình camera\n"
NAME = "camera\x1b]0;pwned\x07\u202efdp.txt"
UNSEEN = "camera\x9b31m\u202e\x7f.txt"
COMMANDS = [
    ["scan", "KHO"], ["search", "--archive", "KHO", "camera"], ["open", "1", "--archive", "KHO", "--print"],
    ["show", f"KHO/mo-hinh/A/{NAME}"], ["report", "KHO"], ["doctor", "KHO"],
    ["assign", f"KHO/mo-hinh/A/{NAME}", "6a"], ["show", f"KHO/không có {NAME}"],
    ["unseal", f"KHO/mo-hinh/A/{NAME}", "--reason", "x"],
]  # fmt: skip


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kho = tmp_path_factory.mktemp("kho")
    (kho / "mo-hinh/A").mkdir(parents=True)
    (kho / "mo-hinh/A" / NAME).write_text(TEXT, "utf-8")
    scan(open_archive(kho), workers=1)
    CliRunner().invoke(root, ["search", "--archive", str(kho), "camera"])
    return kho


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_no_command_prints_control_characters(
    kho: Path, words: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dossier import cli

    with pytest.raises(SystemExit):
        cli.main([word.replace("KHO", str(kho)) for word in words])
    out, err = capfd.readouterr()
    assert out or err
    for char in "\x1b\x07\u202e":
        assert char not in out + err


@pytest.mark.parametrize(
    "words",
    [["scan", "KHO", "--workers", "1", "--json", "-"], ["show", f"KHO/mo-hinh/A/{UNSEEN}", "--json"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_answer_to_a_program_gives_no_orders_and_says_what_was_there(
    tmp_path: Path, words: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    from dossier import cli

    (tmp_path / "mo-hinh/A").mkdir(parents=True)
    (tmp_path / "mo-hinh/A" / UNSEEN).write_text(TEXT, "utf-8")
    scan(open_archive(tmp_path), workers=1)
    capfd.readouterr()
    with pytest.raises(SystemExit):
        cli.main([word.replace("KHO", str(tmp_path)) for word in words])
    out, _err = capfd.readouterr()
    assert shown(out) == out
    assert UNSEEN in json.dumps(json.loads(out), ensure_ascii=False)


@pytest.mark.parametrize("char", ["\x7f", "\x9b", "\u200f", "\u2067", "\U000e0041", "\udc9b"])
def test_unseen_character_is_the_same_to_a_program(char: str) -> None:
    for said in (f"ệ{char}", char):
        written = machine_json.dumps([said])
        assert char not in written
        assert json.loads(written) == [said]


def test_control_characters_are_spelt_out() -> None:
    assert shown("a\x1b[31m\u202eb\n\tc") == "a\\x1b[31m\\u202eb\n\tc"


@pytest.mark.parametrize(
    ("name", "content", "opens"),
    [
        ("a.txt", b"chu thuong", True), ("a.bat", b"del *.*", False), ("a.desktop", b"[Desktop]", False),
        ("a.html", b"<html><script>1</script></html>", False), ("a.pdf", b"#!/bin/sh\nrm -rf x\n", False),
        ("a.docx", b"plain text", False), ("a.js", b"var x = 1;", False), ("a.lnk", b"L\0\0\0", False),
    ],
)  # fmt: skip
def test_only_documents_are_handed_to_other_programs(
    tmp_path: Path, name: str, content: bytes, opens: bool
) -> None:
    (tmp_path / name).write_bytes(content)
    assert opens_safely(tmp_path / name) is opens


def test_link_is_not_handed_to_other_programs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert not opens_safely(tmp_path / "b.txt")


def test_line_without_a_colour_ends_without_a_control_sequence(capsys: pytest.CaptureFixture[str]) -> None:
    with click.Context(click.Command("x"), color=True):
        tell("Trang đã mở")
        tell("Lỗi", fg="red")
    assert capsys.readouterr().out == "Trang đã mở\n\x1b[31mLỗi\x1b[0m\n"


def test_names_in_brackets_and_between_colons_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    say("ghi vào [catalogue] url, tệp [bold]a:smile:.pdf")
    assert capsys.readouterr().out == "ghi vào [catalogue] url, tệp [bold]a:smile:.pdf\n"
