"""Every command, one made tomorrow too, answers a mistake on its line and describes itself in the language in
use: the cases are made from the commands."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from dossier import cli, i18n
from dossier.cli.mistakes import EXAMPLES
from dossier.locale import build

USAGE = 2
_GLOSSARY = tomllib.loads((build.ENGLISH.parents[2] / "glossary.toml").read_text("utf-8"))
_ENGLISH = set(_GLOSSARY["english"]["words"]) - set(_GLOSSARY["english"]["allowed"])
_MARKED = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
# Typed as it stands: commands, options, choices, values, names of files, programs; and what stands in quotes.
_TYPED = re.compile(
    r"mô hình|điển hình|quyết định|kế hoạch|năm|"
    r"dossier [\w. |-]*|--?[\w-]+|\[[^\]]*\]|“[^”]*”|'[^']*'|\"[^\"]*\"|\S*[./=_|]\S*|\(\S+\)",
    re.DOTALL,
)

_CHECKED = frozenset(
    {"integer", "integer range", "float", "float range", "date", "choice"}
)  # types of values


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command by what is typed for it, those of groups by both names."""
    context = click.Context(cli.root)
    for name in cli.COMMANDS:
        command = cli.root.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", each) for inner, each in command.commands.items())


ALL = dict(commands())
NAMES = {word for name in ALL for word in name.split()}  # typed as they stand
LEAVES = {name: each for name, each in ALL.items() if not isinstance(each, click.Group)}


def mistakes() -> Iterator[str]:
    """An option that there is not, an argument too many, values that are none, and nothing where something
    must stand."""
    for name, command in LEAVES.items():
        yield f"{name} --khong-co"
        named = [each for each in command.params if isinstance(each, click.Argument)]
        if not any(each.nargs == -1 for each in named):
            yield " ".join([name, *["x"] * (len(named) + 1)])
        if any(each.required for each in command.params):
            yield name
        for option in command.params:
            if not isinstance(option, click.Option) or option.is_flag:
                continue
            flag = max(option.opts, key=len)
            yield f"{name} {flag}"
            if option.type.name in _CHECKED:
                yield f"{name} {flag} lalala"
    for name, command in ALL.items():
        if isinstance(command, click.Group):
            yield f"{name} lalala"


def told(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    said = capfd.readouterr()
    return int(left.value.code or 0), said.out + said.err


def english_in(said: str) -> set[str]:
    return (_ENGLISH - NAMES) & {word.lower() for word in re.findall(r"[A-Za-zÀ-ỹ]+", _TYPED.sub(" ", said))}


def test_mistake_on_any_command_line_is_told_with_what_to_do(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOSSIER_LANG", "vi")
    wrong = []
    for typed in mistakes():
        code, said = told(typed.split(), capfd)
        lines = [line for line in said.splitlines() if line.strip()]
        sound = code == USAGE and any(line.startswith("Lỗi: ") for line in lines) and len(lines) > 1
        if not sound or english_in(said):
            wrong.append((typed, code, said, english_in(said)))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.fixture(scope="module", params=i18n.LANGUAGES)
def described(request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """The help of every command, in a process of its own: texts are made when a command is loaded."""
    program = (
        f"import json; from dossier import cli; cli.speak({request.param!r});"
        "from tests.cli.test_every_command import helps; print(json.dumps(helps()))"
    )
    environment = os.environ | {"COLUMNS": "60", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    return request.param, json.loads(done.stdout)


def helps() -> dict[str, str]:
    """The help of every command in the language in use."""
    found = {}
    for name, command in commands():
        with click.Context(command, info_name=name) as context:
            found[name] = command.get_help(context)
    return found


def test_every_command_describes_itself_in_the_language_in_use(
    described: tuple[str, dict[str, str]],
) -> None:
    language, told = described
    wrong = []
    for name, text in told.items():
        whole = _TYPED.sub(" ", " ".join(text.split()))
        foreign = (
            english_in(whole) if language == "vi" else set(re.findall(rf"\w*{_MARKED.pattern}\w*", whole))
        )
        if foreign or "..." in text:
            wrong.append((name, foreign, text if "..." in text else ""))
    assert not wrong, "\n".join(map(str, wrong))


def test_what_must_be_given_has_an_example() -> None:
    needy = {name for name, each in LEAVES.items() if any(param.required for param in each.params)}
    assert needy - EXAMPLES.keys() == set()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("quet", "scan"), ("tìm", "search"), ("báo cáo", "report"), ("check", "show, report")],
)
def test_word_for_what_a_command_does_names_it(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, typed: str, meant: str
) -> None:
    monkeypatch.setenv("DOSSIER_LANG", "vi")
    assert f"{meant}" in told(typed.split(), capfd)[1].partition("Ý bạn là:")[2]


def test_no_help_shows_a_range_as_a_formula() -> None:
    for name, command in ALL.items():
        shown = command.get_help(click.Context(command, info_name=name))
        assert not re.search(r"[<>]=?x|x[<>]", shown), name
