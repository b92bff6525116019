"""``dossier completion``: Tab completion for each shell."""

from __future__ import annotations

import click

from dossier.cli.shared import common, note, tell
from dossier.i18n import _

_VARIABLE = "_DOSSIER_COMPLETE"  # where click looks for a request of a shell
_SHELLS = ("bash", "zsh", "fish", "powershell")
_WHERE = {
    "bash": "dossier completion bash >> ~/.bashrc",
    "zsh": "dossier completion zsh >> ~/.zshrc",
    "fish": "dossier completion fish > ~/.config/fish/completions/dossier.fish",
    "powershell": "dossier completion powershell >> $PROFILE",
}
# PowerShell asks in the way of fish: a line “plain,name<TAB>help” for each answer.
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName dossier -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:_DOSSIER_COMPLETE = "fish_complete"
    $env:COMP_WORDS = $commandAst.ToString()
    $env:COMP_CWORD = $wordToComplete
    dossier | ForEach-Object {
        $kind, $rest = $_ -split ",", 2
        $name, $help = $rest -split "`t", 2
        if (-not $help) { $help = $name }
        if ($kind -eq "plain") {
            [System.Management.Automation.CompletionResult]::new($name, $name, "ParameterValue", $help)
        }
    }
    Remove-Item Env:_DOSSIER_COMPLETE, Env:COMP_WORDS, Env:COMP_CWORD
}
"""


@click.command(
    help=_(
        "In đoạn lệnh để phím Tab hoàn tất tên lệnh và tùy chọn trong VỎ_LỆNH: bash, zsh, fish, powershell. "
        "Thêm nó vào tệp khởi động của vỏ lệnh, ví dụ: dossier completion bash >> ~/.bashrc"
    )
)
@click.argument("shell", metavar=_("VỎ_LỆNH"), type=click.Choice(_SHELLS, case_sensitive=False))
@common
def completion(shell: str, state: object) -> None:
    tell(script(shell), nl=False)
    note(_("Để dùng mỗi lần mở cửa sổ lệnh: {command}").format(command=_WHERE[shell]))


def script(shell: str) -> str:
    """The script that makes a shell complete commands and options."""
    if shell == "powershell":
        return _POWERSHELL
    from click.shell_completion import get_completion_class

    from dossier.cli import root

    made = get_completion_class(shell)
    assert made is not None
    return made(root, {}, "dossier", _VARIABLE).source() + "\n"
