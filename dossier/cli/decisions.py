"""``dossier decisions``: list, revoke, export and import people's decisions."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from dossier.cli.shared import (
    GivenArchive,
    emit_json,
    force_option,
    note,
    note_written,
    paper_meant,
    say,
    standard,
)
from dossier.errors import ExitCode, UsageError
from dossier.i18n import _
from dossier.os_errors import in_words

_LARGEST = 64 << 20  # bytes of a table
_TELL = 50  # refused rows told one by one


@click.group(
    invoke_without_command=True,
    help=_("Các quyết định của người dùng: liệt kê (mặc định), bỏ, xuất và nhập bảng CSV."),
)
@click.pass_context
def decisions(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, archive=None, history=False, as_json=False, state=None)


@decisions.command("list", help=_("Ai đã quyết định văn bản nào thuộc đâu, lúc nào."))
@click.option("--history", is_flag=True, help=_("Cả những quyết định đã bỏ hoặc đã thay."))
@standard("--archive", "json")
def list_(given: GivenArchive, history: bool, as_json: bool) -> None:
    from dossier.usecases.decisions import decisions as known
    from reports import questions

    opened = given.open()
    found = known(opened, history=history)
    if as_json:
        emit_json([decided.as_dict() for decided in found])
    elif found:
        told = [(d.decision, d.path, d.state, d.said(opened.checklists)) for d in found]
        say(questions.decisions(told))
    else:
        note(_("Chưa có quyết định nào."))


@decisions.command(
    short_help=_("Bỏ quyết định về một tệp."),
    help=_("Bỏ quyết định về TỆP (TỆP#2: văn bản thứ hai; hoặc 8 ký tự đầu của mã)."),
)
@click.argument("file", metavar=_("TỆP[#N]"))
@standard("--archive", "wait")
def undo(file: str, given: GivenArchive) -> None:
    from dossier.usecases.decisions import undo as take_back

    opened = given.open()
    note(_("Đã bỏ {count} quyết định.").format(count=len(take_back(opened, paper_meant(opened, file)))))


@decisions.command(
    short_help=_("Xuất các quyết định ra bảng CSV."),
    help=_("Xuất các quyết định đang có hiệu lực ra bảng CSV mở được bằng Excel; - là stdout."),
)
@click.argument("out", metavar=_("TỆP.csv"))
@force_option
@standard("--archive")
def export(out: str, force: bool, given: GivenArchive) -> None:
    from dossier.usecases.decisions import export as table
    from dossier.usecases.output import check
    from dossier.usecases.publish import write_bytes

    opened = given.open()
    check(out, opened, force=force)  # before the log says that it was done
    written = write_bytes(table(opened), out, opened, force=force)
    note_written(written)


@decisions.command(
    "import",
    short_help=_("Nhập quyết định từ bảng CSV."),
    help=_(
        "Nhập quyết định từ bảng CSV; - là stdin. Quyết định về tệp chưa có trong kho thì chờ tệp. "
        "Dòng nào không nhập được thì nói rõ vì sao."
    ),
)
@click.argument("table", metavar=_("TỆP.csv"))
@standard("--archive", "json", "wait")
@click.pass_context
def import_(ctx: click.Context, table: str, given: GivenArchive, as_json: bool) -> None:
    from dossier.usecases.decisions import import_ as take

    done = take(given.open(), _bytes_of(table))
    if as_json:
        emit_json(asdict(done))
    else:
        told = _(
            "Đã nhập {taken} quyết định ({waiting} chờ tệp), {known} đã có từ trước, "
            "{refused} dòng không nhập được."
        )
        counts = {"taken": done.taken, "waiting": done.waiting, "known": done.known}
        note(told.format(refused=len(done.refused), **counts))
        for number, why in done.refused[:_TELL]:
            note(_("  dòng {number}: {why}").format(number=number, why=why))
        if len(done.refused) > _TELL:
            note(_("  … và {count} dòng nữa; tất cả: thêm --json").format(count=len(done.refused) - _TELL))
    ctx.exit(ExitCode.FINDINGS if done.refused else ExitCode.OK)


def _bytes_of(table: str) -> bytes:
    from dossier.plain_file import read_small

    if table == "-":
        return sys.stdin.buffer.read()
    try:
        return read_small(Path(table).resolve(), _LARGEST)
    except OSError as error:
        raise UsageError(
            _("Không đọc được {path}: {why}.").format(path=table, why=in_words(error)),
            _("Kiểm tra lại đường dẫn."),
        ) from error
