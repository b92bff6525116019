"""What the commands share: the options every command takes, the console, progress with ETA."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dossier import i18n, workspace
from dossier.i18n import _

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    from dossier.archive import Archive
    from dossier.model import ArchiveBrief, DossierReport

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date as 2026-11-24 or 24/11/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date. Fails with a sentence that names both forms."""
        if isinstance(value, date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, form).date()
            except ValueError:
                continue
        self.fail(
            _("“{value}” không phải ngày; viết 2026-11-24 hoặc 24/11/2026.").format(value=value), param, ctx
        )


def _set_language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        i18n.use(value)


def common(command: Command) -> Command:
    """Options of every command: ``--lang`` and ``--state``."""
    command = click.option(
        "--lang", type=click.Choice(i18n.LANGUAGES), callback=_set_language, expose_value=False,
        help=_("Ngôn ngữ: vi hoặc en."),
    )(command)  # fmt: skip
    return click.option(
        "--state", type=click.Path(path_type=Path, file_okay=False),
        help=_("Thư mục trạng thái, khi không ghi được vào kho."),
    )(command)  # fmt: skip


def _be_patient(_ctx: click.Context, _param: click.Parameter, value: float | None) -> None:
    if value is not None:
        workspace.enter(patience=value)


wait_option = click.option(
    "--wait", type=click.FloatRange(min=0), callback=_be_patient, expose_value=False, metavar=_("GIÂY"),
    help=_("Đợi tiến trình khác đang ghi vào kho bao lâu; mặc định 30 giây."),
)  # fmt: skip
archive_argument = click.argument(
    "archive", required=False, type=click.Path(path_type=Path), metavar=_("[KHO]")
)
today_option = click.option("--today", type=Day(), help=_("Coi hôm nay là ngày này (để lặp lại kết quả)."))
force_option = click.option("--force", is_flag=True, help=_("Thay tệp đã có ở nơi ghi (ngoài kho)."))
json_option = click.option("--json", "as_json", is_flag=True, help=_("Kết quả cho máy đọc, ra stdout."))


def begin() -> None:
    """A command is called by the system's user, in the current folder."""
    workspace.enter(account=_login(), folder=Path.cwd(), out=_print)


def _print(made: bytes) -> None:
    if sys.stdout.isatty():  # what a file may hold, a terminal must not obey
        made = bytes(byte for byte in made if (byte >= 0x20 and byte != 0x7F) or byte in b"\n\t\r")
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def _login() -> str:
    """The name of the user; of one without a name (in a container, say) the number."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else workspace.NOBODY


def open_for(archive: Path | None, state: Path | None) -> Archive:
    """The archive a command works on."""
    from dossier.archive import find_root, open_archive

    opened = open_archive(archive or find_root(Path.cwd()), state)
    workspace.enter(names=opened.config.people)
    return opened


def open_to_write(archive: Path | None, state: Path | None) -> Archive:
    """The same for commands that keep the state current: they say where it lies when not in the archive."""
    from dossier.usecases.mounted import where_the_state_lies

    opened = open_for(archive, state)
    for sentence in where_the_state_lies(opened):
        note(sentence)
    return opened


def show_summary(archive: Archive, brief: ArchiveBrief) -> None:
    """The whole archive for a person, its rows kept by their numbers."""
    from dossier.usecases import publish, rows

    rows.remember(archive, rows.Rows.DOSSIERS, publish.dossier_rows(brief))
    say(publish.summary(brief))


def show_dossier(archive: Archive, report: DossierReport) -> None:
    """One dossier for a person, its papers kept by their numbers."""
    from dossier.usecases import publish, rows

    rows.remember(archive, rows.Rows.PAPERS, publish.paper_rows(report))
    say(publish.dossier_view(report))


def dossier_meant(archive: Archive, said: str) -> str:
    """The path of the dossier that a person names: by the number of a row shown last, a name, a path."""
    from dossier.usecases import rows
    from dossier.usecases.naming import dossier_path

    return dossier_path(archive, rows.meant(archive, said, rows.Rows.DOSSIERS))


def paper_meant(archive: Archive, said: str) -> str:
    """What a person names: the file of a row shown last by its number, or what was said as it is."""
    from dossier.usecases import rows

    return rows.meant(archive, said, rows.Rows.PAPERS)


def assignments(said: Sequence[str]) -> list[str]:
    """``name=value`` as typed without quotes: the words after a value belong to it."""
    made: list[str] = []
    for word in said:
        if "=" in word or not made or "=" not in made[-1]:
            made.append(word)
        else:
            made[-1] += f" {word}"
    return made


def at_a_screen() -> bool:
    """Whether somebody sits there who can be asked."""
    if sys.platform == "win32" and sys.stdin.isatty():
        from dossier.windows.console import is_console

        return is_console(sys.stdin.fileno())
    return sys.stdin.isatty()


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the screen; piped output keeps 120 columns so that no table is crippled."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else 120
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def say(what: RenderableType) -> None:
    """Print for a person. What says itself that it may not be broken is longer than the screen then."""
    console().print(_Shown(what), crop=False)


def note(text: str) -> None:
    """Say something beside the answer (stderr), so that piped output stays clean."""
    tell(text, err=True)


def tell(text: str, *, err: bool = False, nl: bool = True, fg: str | None = None) -> None:
    """Print a line of text, in which nothing can give the terminal orders: names of files may hold them."""
    click.secho(shown(text), err=err, nl=nl, fg=fg)


def shown(text: str) -> str:
    """The text with control characters, and marks that turn its direction, spelt out."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\n\t" else _spelt(char) for char in text)


def _spelt(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"


class _Shown:
    """A renderable whose text is :func:`shown`; what the console itself says to the terminal stays."""

    def __init__(self, what: RenderableType) -> None:
        self._what = what

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import Segment

        for segment in console.render(self._what, options):
            text = segment.text
            yield segment if segment.control or text.isprintable() else Segment(shown(text), segment.style)


def as_typed(command: Sequence[str]) -> str:
    """A command as a person types it here: quoted for Windows' interpreter, or for the shell."""
    if sys.platform == "win32" or command[0] == "schtasks":
        return " ".join(map(_quoted_for_windows, command))
    import shlex

    return shlex.join(command)


def _quoted_for_windows(part: str) -> str:
    """For its command interpreter, to which more signs mean something than to programs."""
    import re
    from subprocess import list2cmdline

    quoted = list2cmdline([part])
    if quoted.startswith('"') or re.fullmatch(r"[\w.:/\\*=+-]+", part):
        return quoted
    backslashes = "\\" * (len(quoted) - len(quoted.rstrip("\\")))  # before a quote each counts for half
    return f'"{quoted}{backslashes}"'


def launched(file: Path) -> bool:
    """Open a file in the program the system has for it; false where that cannot be done.

    Without a screen xdg-open only complains, in English, and click does not hear of it.
    """
    screen = sys.platform != "linux" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    return bool(screen) and click.launch(str(file)) == 0


def emit_json(value: object) -> None:
    """Print for a machine: JSON on stdout and nothing else."""
    from dossier import machine_json

    tell(machine_json.dumps(value, indent=2))


@contextmanager
def progress(text: str) -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress bar with ETA on stderr while the body runs; nothing when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[path]}"), console=console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(text, total=None, path="")

        def advance(done: int, total: int, path: str) -> None:
            bar.update(task, completed=done, total=total or None, path=shown(path[-40:]).replace("[", r"\["))

        yield advance


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """The same for work that says by itself, through :mod:`dossier.advance`, how far it is."""
    from dossier.advance import heard_by

    with progress(text) as advance, heard_by(advance):
        yield


def exit_code(brief: ArchiveBrief) -> int:
    """The exit code by contract."""
    from dossier.usecases.assess import outcome

    return outcome(brief)
