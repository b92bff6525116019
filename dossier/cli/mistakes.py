"""Wording of errors in the command line."""

from __future__ import annotations

from collections.abc import Sequence

import click

from dossier.i18n import _

# Complete examples, by command.
EXAMPLES = {
    "account add": "dossier account add an.nguyen --role archivist",
    "account remove": "dossier account remove an.nguyen",
    "account token": "dossier account token an.nguyen",
    "assign": "dossier assign 3 6a",
    "backup": "dossier backup kho-2026-11-28.zip",
    "bundle make": "dossier bundle make -o so-lieu.zip",
    "bundle sum": "dossier bundle sum so-lieu-a.zip so-lieu-b.zip --keys khoa",
    "close": 'dossier close "Camera an ninh" -o ket-thuc',
    "completion": "dossier completion bash",
    "correct": "dossier correct 3 --number 12/QĐ-UBND",
    "decisions export": "dossier decisions export quyet-dinh.csv",
    "decisions import": "dossier decisions import quyet-dinh.csv",
    "decisions undo": "dossier decisions undo scan0007.pdf",
    "inbox add": "dossier inbox add scan0001.pdf",
    "inbox file": "dossier inbox file scan0001.pdf",
    "letter draft": 'dossier letter draft "Camera an ninh" 6a -o khung.docx',
    "letter lacking": "dossier letter lacking -o cong-van",
    "letter ranking": 'dossier letter ranking "Camera an ninh" -o de-nghi.docx',
    "migrate-to": "dossier migrate-to postgresql://hoso@may-chu/hoso",
    "new": 'dossier new "mô hình" "Camera an ninh"',
    "open": "dossier open 1",
    "package": 'dossier package "Camera an ninh" -o goi-nop-luu',
    "restore": "dossier restore kho-2026-11-28.zip",
    "set": 'dossier set "Camera an ninh" quỹ=có',
    "show": "dossier show 1",
    "unseal": 'dossier unseal 3 --reason "…"',
    "waive": 'dossier waive "Camera an ninh" MH-06 --reason "…"',
}


def advice_for(error: click.ClickException, arguments: Sequence[str]) -> str:
    """Advice after an invalid command line: an example of the command, the commands of a group, or where the
    command is described."""
    if not isinstance(error, click.UsageError):
        return ""
    if error.ctx is None:
        named = [word for word in arguments[:1] if not word.startswith("-")]
        return _("Xem hướng dẫn: {command}").format(command=" ".join(["dossier", *named, "--help"]))
    path = error.ctx.command_path.partition(" ")[2]
    if isinstance(error.ctx.command, click.Group) and path:
        names = ", ".join(error.ctx.command.list_commands(error.ctx))
        return _("Các lệnh: {names}.").format(names=names)
    example = EXAMPLES.get(path, "")
    return _("Ví dụ: {command}").format(command=example) if example else ""
