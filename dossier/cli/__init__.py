"""The command line. A command parses its arguments, calls one use case and prints the result.

Commands are imported when called: ``dossier --help`` loads only click and this file.
"""

from __future__ import annotations

import errno
import gettext
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import TextIO

import click

from dossier import __version__, i18n
from dossier.errors import DossierError, ExitCode
from dossier.i18n import N_, _

# name → (module of this package, Vietnamese short help). English comes from the catalogue.
COMMANDS = {
    "demo": ("demo", N_("Tạo kho mẫu, quét, xem báo cáo, tìm thử: thấy toàn bộ công cụ trong một lần")),
    "help": ("manual", N_("Sách hướng dẫn: mỗi trang một việc")),
    "init": ("create", N_("Tạo một kho hồ sơ mới")),
    "new": ("create", N_("Tạo khung một hồ sơ: hoso.toml và thư mục các mục")),
    "scan": ("scan", N_("Quét kho: đọc những gì mới, đối chiếu, cho biết hồ sơ nào thiếu gì")),
    "adopt": ("adopt", N_("Nhận thư mục của kho có sẵn là hồ sơ; thư mục nào trông giống hồ sơ")),
    "watch": ("watch", N_("Theo dõi kho, cập nhật danh mục và chỉ mục tìm kiếm ngay khi có thay đổi")),
    "report": ("report", N_("Xuất báo cáo ra tệp: để xem, để ký, bảng tính, hoặc cho máy đọc")),
    "show": ("show", N_("Một tệp được hiểu là gì và vì sao; một hồ sơ đang có gì")),
    "explain": ("show", N_("Một quy tắc yêu cầu gì, căn cứ nào, khắc phục ra sao")),
    "review": ("review", N_("Xem lần lượt các văn bản chưa chắc thuộc mục nào và quyết định")),
    "assign": ("decide", N_("Người dùng quyết định tài liệu thuộc mục nào; giữ mãi qua các lần quét")),
    "correct": ("correct", N_("Người dùng ghi lại cho đúng số, ngày, loại… của một văn bản")),
    "decisions": ("decisions", N_("Các quyết định đã có: liệt kê, bỏ, xuất và nhập bảng CSV")),
    "set": (
        "facts",
        N_("Ghi nhận điều đã biết về hồ sơ: ngày thành lập, chủ trì, quỹ …; không sửa tệp nào"),
    ),
    "config": ("config", N_("Cài đặt của kho: đơn vị, người ký, nhắc trước …; xem và đổi")),
    "done": ("facts", N_("Ghi nhận việc chung của đơn vị đã làm, như gửi kết quả xếp loại")),
    "unseal": ("correct", N_("Người dùng xác nhận một tệp bị niêm phong không có dấu chỉ độ mật")),
    "waive": ("decide", N_("Chấp nhận một phát hiện, có lý do và thời hạn")),
    "trend": ("status", N_("Mức đầy đủ theo thời gian, mới phát hiện và đã khắc phục từng đêm")),
    "units": ("units", N_("So sánh các đơn vị: xếp hạng, tổng số, đơn vị nào thiếu mục nào")),
    "bundle": ("units", N_("Gói số liệu có chữ ký để gửi cấp trên; cộng các gói nhận được")),
    "inventory": ("inventory", N_("Mục lục hồ sơ nộp lưu, mục lục văn bản trong hồ sơ: Word, Excel")),
    "close": ("close", N_("Việc còn phải làm trước khi nộp lưu một hồ sơ; lập cả bộ văn bản kết thúc")),
    "package": ("close", N_("Gói nộp lưu của một hồ sơ theo chuẩn BagIt; kiểm tra gói")),
    "letter": ("letter", N_("Công văn đề nghị bổ sung, đề nghị xếp loại, khung văn bản còn thiếu")),
    "baseline": ("baseline", N_("Mốc của kho cũ: chỉ phát hiện mới mới làm lệnh báo lỗi")),
    "inbox": ("inbox", N_("Hộp thư đến: tệp mới, đề xuất hồ sơ và mục; xếp vào hồ sơ, hoàn tác")),
    "search": ("search", N_("Tìm văn bản, có dấu hoặc không dấu, theo số, ngày, loại, hồ sơ")),
    "serve": ("serve", N_("Mở trang web của kho: xem, tìm, quyết định, báo cáo, không cần gõ lệnh")),
    "account": ("account", N_("Tài khoản của trang web: vai trò, đơn vị, mật khẩu, mã cho máy")),
    "audit": ("audit", N_("Nhật ký mọi việc đã làm: kiểm tra chuỗi, liệt kê")),
    "nightly": (
        "nightly",
        N_("Việc hằng đêm: quét, kiểm tra nội dung tệp, báo cáo, dọn báo cáo cũ"),
    ),
    "migrate-to": ("work", N_("Chuyển danh mục lên PostgreSQL, hoặc về lại thành tệp")),
    "work": ("work", N_("Cùng nhiều máy làm việc cho một kho có danh mục trên PostgreSQL")),
    "service": ("service", N_("Cho máy tự chạy việc hằng đêm: systemd, Task Scheduler, cron")),
    "backup": ("backup", N_("Sao lưu danh mục, quyết định, lịch sử và cấu hình vào một tệp")),
    "restore": ("backup", N_("Phục hồi từ một bản sao lưu, giữ lại trạng thái cũ")),
    "due": ("status", N_("Việc quá hạn và sắp đến hạn, của từng hồ sơ và của cả đơn vị; xuất lịch .ics")),
    "status": ("status", N_("Kho đang ra sao, trong một dòng")),
    "undo": ("status", N_("Bỏ việc vừa quyết định gần nhất, bất kể loại nào")),
    "retention": ("retention", N_("Thời hạn bảo quản, hạn nộp lưu, danh sách đề nghị xét; bảng thời hạn")),
    "open": ("search", N_("Mở tệp hay hồ sơ vừa hiện, theo số dòng hoặc tên")),
    "index": ("search", N_("Chỉ mục tìm kiếm: tình trạng, dựng lại")),
    "completion": ("completion", N_("Phím Tab hoàn tất lệnh: bash, zsh, fish, PowerShell")),
    "doctor": ("doctor", N_("Máy này có gì, thiếu gì, và lệnh để bổ sung")),
}


# Commands whose names are reserved or invalid as names in Python.
_NAMES = {"set": "set_", "help": "help_", "migrate-to": "migrate"}
_MEANT = 3  # commands suggested for an unknown one
# What other programs call it.
_ELSEWHERE = {
    "check": ("show", "report"),
    "list": ("show", "decisions"),
    "find": ("search",),
    "verify": ("audit",),
}
# Names of values in help texts, by click type, for options without a metavar.
_VALUES = {
    "integer": N_("SỐ"),
    "integer range": N_("SỐ"),
    "float range": N_("SỐ"),
    "date": N_("NGÀY"),
    "text": N_("CHỮ"),
    "directory": N_("THƯ_MỤC"),
    "file": N_("TỆP"),
    "path": N_("TỆP"),
}


def _with_words(command: click.Command) -> click.Command:
    """Translate the parts of a command that click would show in English."""
    command.options_metavar = _("[TÙY CHỌN]")
    for option in command.params:
        if isinstance(option, click.Option) and not option.is_flag and option.metavar is None:
            name = _VALUES.get(option.type.name)
            option.metavar = _(name) if name else None
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("LỆNH …")
        for each in command.commands.values():
            each.short_help = each.help  # complete: click would truncate it
            _with_words(each)
    return command


def _that_do(said: list[str]) -> list[str]:
    """Commands whose short help contains the typed words: ``quet``, ``báo cáo``."""
    from dossier.vietnamese import words

    helps = {name: f" {words(_(text))} " for name, (_module, text) in COMMANDS.items()}
    for wanted in (words(" ".join(said[:2])), words(said[0])):
        found = [name for name, text in helps.items() if wanted and f" {wanted} " in text]
        if found:
            return sorted(found, key=lambda name: helps[name].index(f" {wanted} "))[:_MEANT]
    return []


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"dossier.cli.{COMMANDS[cmd_name][0]}")
        return _with_words(getattr(module, _NAMES.get(cmd_name, cmd_name)))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Các lệnh")):
            formatter.write_dl([(name, _(text)) for name, (_module, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = click.utils.make_str(args[0])
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            close = _ELSEWHERE.get(name) or get_close_matches(name, COMMANDS, n=2) or _that_do(args)
            hint = _(" Ý bạn là: {names}?").format(names=", ".join(close)) if close else ""
            raise click.UsageError(_("Không có lệnh “{name}”.").format(name=name) + hint, ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(i18n.LANGUAGES), help="vi (mặc định) / en.")
@click.version_option(__version__, prog_name="dossier", help="Phiên bản / version.")
def root(lang: str | None) -> None:
    """The root command; its help text is set in :func:`main`, once the language is known."""
    from dossier.cli.shared import begin

    begin()
    if lang:
        i18n.use(lang)


def _language_of(arguments: list[str]) -> str:
    """The requested language, needed before click prints help or errors."""
    for at, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
    return os.environ.get("DOSSIER_LANG", "vi")


def speak(language: str) -> None:
    """Choose the language of this tool's messages, and of those that click says by itself."""
    i18n.use(language)
    # click asks gettext's global domain, and gettext asks the environment for the language.
    os.environ["LANGUAGE"] = i18n.language()
    gettext.bindtextdomain("click", str(i18n.LOCALE))
    gettext.textdomain("click")


def _encoding(stream: TextIO) -> str | None:
    """The encoding of a stream: UTF-8 for redirected output on Windows, whose code pages lack Vietnamese
    letters."""
    if sys.platform != "win32" or stream.isatty() or "PYTHONIOENCODING" in os.environ:
        return None
    return "utf-8"


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its exit code."""
    _open_streams()
    if arguments is None:
        _in_utf8()
        arguments = sys.argv[1:]
    speak(_language_of(arguments))
    root.help = _(
        "dossier: quản lý và kiểm tra hồ sơ mô hình, điển hình tiên tiến theo Hướng dẫn 22/HD-BCA-V05."
    )
    root.options_metavar, root.subcommand_metavar = _("[TÙY CHỌN]"), _("LỆNH …")
    for stream in (sys.stdout, sys.stderr):
        # File names may contain any characters; a console in a legacy code page must not abort a scan.
        stream.reconfigure(encoding=_encoding(stream), errors="replace")  # type: ignore[union-attr]
    from dossier.cli.shared import shown, tell

    try:
        code = root.main(args=arguments, prog_name="dossier", standalone_mode=False)
    except click.ClickException as error:
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            error.show()
        else:
            from dossier.cli.mistakes import advice_for

            error.__dict__["message"] = shown(error.message)  # the library's own way is closed
            error.show()
            if advice := advice_for(error, arguments):
                tell(advice, err=True)
        code = ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        tell(_("\nĐã dừng theo yêu cầu; những gì đã ghi vẫn còn nguyên, lần sau chạy tiếp từ đó."), err=True)
        code = ExitCode.INTERRUPTED
    except DossierError as error:
        tell(_("Lỗi: {message}").format(message=error.message), fg="red", err=True)
        if error.advice:
            tell(error.advice, err=True)
        code = error.exit_code
    except BrokenPipeError:
        # The reader of our output (head, less) has closed the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.OK
    except Exception as error:  # noqa: BLE001
        code = _fault(error)
    sys.exit(int(code or 0))


def _open_streams() -> None:
    """Stand in for the standard streams that whoever started this process had closed. Otherwise the next
    file opened, such as the catalogue, takes a stream's number, and what is printed lands in it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def _in_utf8() -> None:
    """Start again in Python's UTF-8 mode if the locale has another encoding: names on disk are in UTF-8, and
    a scan that reads them otherwise would take the archive's folders for gone."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606


def _fault(error: Exception) -> ExitCode:
    """Tell of an exception that no command expects; return the exit code."""
    from dossier import libraries
    from dossier.cli.shared import shown, tell
    from dossier.os_errors import in_words, is_out_of_room

    if said := libraries.fault_of(error):
        tell(_("Lỗi: {message}").format(message=said), fg="red", err=True)
        tell(libraries.advice(), err=True)
        return ExitCode.USAGE
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:  # what was typed names nothing
        tell(_("Lỗi: {message}").format(message=_("Tên hoặc đường dẫn đã gõ quá dài.")), fg="red", err=True)
        tell(_("Gọi bằng số của dòng vừa hiện, hoặc một phần tên."), err=True)
        return ExitCode.USAGE
    if is_out_of_room(error):
        said = _("Chưa làm xong: {why}.").format(why=in_words(error))
        tell(_("Lỗi: {message}").format(message=said), fg="red", err=True)
        tell(_("Giải phóng chỗ trống trên đĩa rồi chạy lại; những gì đã ghi vẫn còn nguyên."), err=True)
        return ExitCode.UNUSABLE
    if isinstance(error, PermissionError) and error.filename:  # even a look at a path may be refused
        said = _("Không vào được {path}: {why}.").format(path=shown(error.filename), why=in_words(error))
        tell(_("Lỗi: {message}").format(message=said), fg="red", err=True)
        tell(_("Kiểm tra đường dẫn và quyền của các thư mục trên đường dẫn ấy."), err=True)
        return ExitCode.UNUSABLE
    # Python's exit code 1 would mean “findings” to schedulers.
    tell(traceback.format_exc(), err=True)
    why = f"{type(error).__name__}: {error}"
    tell(_("Lỗi của chương trình: {why}.").format(why=why), fg="red", err=True)
    tell(_("Dữ liệu đã ghi vẫn còn nguyên. Hãy báo lỗi này kèm các dòng ở trên."), err=True)
    return ExitCode.UNUSABLE
