"""Code shared by commands: common options, the console, progress with ETA."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from dossier import i18n, workspace
from dossier.cli.numbers import AnyNumber
from dossier.errors import ArchiveError
from dossier.i18n import _

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    from dossier.archive import Archive
    from dossier.model import ArchiveBrief, DossierReport

Command = TypeVar("Command", bound=Callable[..., Any])


_FIRST_YEAR, _LAST_YEAR = 1900, 2999  # as on the pages; deadlines are counted some years further


class Day(click.ParamType[date]):
    """A date as 2026-11-24 or 24/11/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse a date. Fails with a sentence that names both forms."""
        if isinstance(value, date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                day = datetime.strptime(value, form).date()
            except ValueError:
                continue
            if _FIRST_YEAR <= day.year <= _LAST_YEAR:
                return day
        self.fail(
            _("“{value}” không phải ngày; viết 2026-11-24 hoặc 24/11/2026.").format(value=value), param, ctx
        )


def _set_language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        i18n.use(value)


def common(command: Command) -> Command:
    """Add the options common to all commands: ``--lang`` and ``--state``."""
    command = click.option(
        "--lang", type=click.Choice(i18n.LANGUAGES), callback=_set_language, expose_value=False,
        help=_("Ngôn ngữ: vi hoặc en."),
    )(command)  # fmt: skip
    return click.option(
        "--state", type=click.Path(path_type=Path, file_okay=False),
        help=_("Thư mục trạng thái, khi không ghi được vào kho."),
    )(command)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenArchive:
    """The archive that a command was given, not opened yet, and where its state lies when not in it."""

    archive: Path | None
    state: Path | None

    def open(self) -> Archive:
        """The archive that is meant: without a name, the one around the current folder. A restore that was
        cut off is completed first."""
        from dossier.archive import find_root, open_archive
        from dossier.state import UNFINISHED_RESTORE

        root = self.archive or find_root(Path.cwd())
        opened = open_archive(root, self.state)
        if self.state is not None:
            from dossier.usecases.whose_state import check_whose

            check_whose(opened)
        if os.path.lexists(opened.state / UNFINISHED_RESTORE):
            from dossier.usecases.restoring import finish

            if finish(opened):
                note(_("Đã hoàn tất lần phục hồi bị ngắt giữa chừng."))
            opened = open_archive(root, self.state)  # settings may have been restored
        workspace.enter(names=opened.config.people)
        return opened

    def open_to_write(self) -> Archive:
        """The same for commands that keep the state current: they say where it lies, if elsewhere."""
        from dossier.usecases.mounted import where_the_state_lies

        opened = self.open()
        for sentence in where_the_state_lies(opened):
            note(sentence)
        return opened

    def around(self, path: str) -> GivenArchive:
        """The archive that holds a file or folder, where none was named."""
        from dossier.archive import find_root
        from dossier.plain_file import found_at

        there = Path(path.rpartition("#")[0] or path)
        if there.is_absolute():  # what vanished may be named too
            there = next(folder for folder in (there, *there.parents) if folder.exists())
        absolute = found_at(there)
        if self.archive is not None or absolute is None:
            return self
        return replace(self, archive=find_root(there.resolve() if there.is_dir() else absolute))


def gathered(name: str, shape: Callable[..., Any], *options: str) -> Callable[[Command], Command]:
    """What these options say reaches the command together, as ``name``, made by ``shape`` of their values;
    without options those that are called as the fields of the shape."""
    options = options or tuple(field.name for field in fields(shape))  # type: ignore[arg-type]

    def decorate(command: Command) -> Command:
        @wraps(command)
        def run(*context: Any, **said: Any) -> Any:
            said[name] = shape(**{option: said.pop(option) for option in options})
            return command(*context, **said)

        return cast(Command, run)

    return decorate


_given = gathered("given", GivenArchive)


def archive_argument(command: Command) -> Command:
    """The archive as an argument, for what concerns the whole of it; the command takes it as ``given``."""
    argument = click.argument("archive", required=False, type=click.Path(path_type=Path), metavar=_("[KHO]"))
    return argument(_given(command))


def archive_option(meaning: str) -> Callable[[Command], Command]:
    """The archive as an option, for what concerns something in it; the command takes it as ``given``."""
    option = click.option("--archive", type=click.Path(path_type=Path), metavar=_("KHO"), help=meaning)
    return lambda command: option(_given(command))


def _be_patient(_ctx: click.Context, _param: click.Parameter, value: float | None) -> None:
    if value is not None:
        workspace.enter(patience=value)


wait_option = click.option(
    "--wait", type=AnyNumber(min=0), callback=_be_patient, expose_value=False, metavar=_("GIÂY"),
    help=_("Đợi tiến trình khác đang ghi vào kho bao lâu; mặc định 30 giây."),
)  # fmt: skip
today_option = click.option("--today", type=Day(), help=_("Coi hôm nay là ngày này (để lặp lại kết quả)."))
force_option = click.option("--force", is_flag=True, help=_("Thay tệp đã có ở nơi ghi (ngoài kho)."))
json_option = click.option("--json", "as_json", is_flag=True, help=_("Kết quả cho máy đọc, ra stdout."))


_STANDARD = {
    "archive": archive_argument,
    "--archive": archive_option(_("Kho chứa nó.")),
    "force": force_option,
    "json": json_option,
    "today": today_option,
    "wait": wait_option,
}


def standard(*names: str) -> Callable[[Command], Command]:
    """Add parameters that many commands have, in this order, and the options of all commands."""

    def decorate(command: Command) -> Command:
        command = common(command)
        for name in reversed(names):
            command = _STANDARD[name](command)
        return command

    return decorate


def begin() -> None:
    """Set the workspace of a command: the system's user, the current folder. Raises :class:`ArchiveError`
    if that folder was removed."""
    try:
        folder = Path.cwd()
    except OSError as error:
        raise ArchiveError(
            _("Thư mục mà cửa sổ lệnh đang đứng không còn nữa."),
            _("Chuyển sang thư mục khác rồi chạy lại, ví dụ: cd KHO"),
        ) from error
    workspace.enter(account=_login(), folder=folder, out=_print)


def _print(made: bytes) -> None:
    if sys.stdout.isatty():  # control characters in output must not reach a terminal
        made = bytes(byte for byte in made if (byte >= 0x20 and byte != 0x7F) or byte in b"\n\t\r")
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def _login() -> str:
    """The user's name, or number if there is no name (as in a container)."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else workspace.NOBODY


def show_summary(archive: Archive, brief: ArchiveBrief) -> None:
    """The whole archive for a person, and from where its rows are known, if not from here."""
    from dossier.archive import find_root, open_archive
    from dossier.cli.typed import as_typed, into

    show_rows(archive, brief)
    here = open_archive(find_root(Path.cwd()))
    if brief.dossiers and here.root != archive.root:
        note(
            _("Số dòng và tên dùng được khi đứng trong kho: {there}").format(
                there=as_typed(into(archive.root))
            )
        )
    elif brief.dossiers and here.state != archive.state:
        state = as_typed(("--state", str(archive.state)))
        note(_("Số dòng và tên dùng được khi thêm: {state}").format(state=state))


def show_rows(archive: Archive, brief: ArchiveBrief) -> None:
    """The whole archive for a person, its rows kept by their numbers."""
    from dossier.usecases import rows
    from reports.screen import archive as screen

    rows.remember(archive, rows.Rows.DOSSIERS, screen.rows(brief))
    say(screen.summary(brief))


def show_dossier(archive: Archive, report: DossierReport) -> None:
    """One dossier for a person, its papers kept by their numbers."""
    from dossier.usecases import rows
    from reports.screen import dossier as screen

    rows.remember(archive, rows.Rows.PAPERS, screen.rows(report))
    say(screen.dossier_view(report))


def dossier_meant(archive: Archive, said: str) -> str:
    """Path of the dossier named by the user: by number of a row shown last, name or path."""
    from dossier.usecases import rows
    from dossier.usecases.naming import dossier_path

    return dossier_path(archive, rows.path_of_row(archive, said, rows.Rows.DOSSIERS))


def paper_meant(archive: Archive, said: str) -> str:
    """Resolve the number of a row shown last to its file; other names unchanged."""
    from dossier.usecases import rows

    return rows.path_of_row(archive, said, rows.Rows.PAPERS)


def assignments(said: Sequence[str]) -> list[str]:
    """Join arguments ``name=value`` typed without quotes: words after a value belong to it."""
    made: list[str] = []
    for word in said:
        if "=" in word or not made or "=" not in made[-1]:
            made.append(word)
        else:
            made[-1] += f" {word}"
    return made


def at_a_screen() -> bool:
    """Whether the user can be prompted."""
    if sys.platform == "win32" and sys.stdin.isatty():
        from dossier.windows.console import is_console

        return is_console(sys.stdin.fileno())
    return sys.stdin.isatty()


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the screen; 120 columns for piped output, so that tables stay readable."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else 120
    # Names of files and of settings stand in brackets and between colons; none of that is markup.
    return Console(file=stream, width=width, highlight=False, soft_wrap=False, markup=False, emoji=False)


def say(what: RenderableType) -> None:
    """Print for people. Text marked as not to be wrapped may exceed the width of the screen."""
    console().print(_Shown(what), crop=False)


def note(text: str) -> None:
    """Print a note to stderr, so that piped output stays clean."""
    tell(text, err=True)


def note_written(place: Path | None) -> None:
    """Say where a file was written; nothing when what is in it went to standard output."""
    if place:
        note(_("Đã ghi {path}").format(path=place))


def tell(text: str, *, err: bool = False, nl: bool = True, fg: str | None = None) -> None:
    """Print a line of text without control sequences, which file names may contain."""
    text = shown(text)  # without a colour nothing ends one: some consoles show the sequence for that
    click.echo(click.style(text, fg=fg) if fg else text, err=err, nl=nl)


def shown(text: str) -> str:
    """Escape control characters and direction marks in a text."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\n\t" else _spelt(char) for char in text)


def _spelt(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"


class _Shown:
    """Wraps a renderable so that its text is :func:`shown`; the console's own control codes are kept."""

    def __init__(self, what: RenderableType) -> None:
        self._what = what

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import Segment

        for segment in console.render(self._what, options):
            text = segment.text
            yield segment if segment.control or text.isprintable() else Segment(shown(text), segment.style)


def launched(file: Path) -> bool:
    """Open a file in the system's program for it; false if that is not possible.

    Without a display xdg-open only prints an English error, which click does not notice.
    """
    screen = sys.platform != "linux" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    return bool(screen) and click.launch(str(file)) == 0


def emit_json(value: object) -> None:
    """Print JSON to stdout."""
    from dossier import machine_json

    tell(machine_json.dumps(value, indent=2))


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Show how far the work in the body is, as it reports by :mod:`dossier.progress`: a bar with the time
    left, on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from dossier.progress import heard_by

    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[what]}"), console=console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(text, total=None, what="")

        def advance(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, what=shown(what[-40:]).replace("[", r"\["))

        with heard_by(advance):
            yield


def exit_code(brief: ArchiveBrief) -> int:
    """The exit code for a report, see the contract."""
    from dossier.usecases.assess import outcome

    return outcome(brief)
