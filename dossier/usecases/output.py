"""Check where output may be written, and write it. All output of the program goes through this module.

Inside an archive, this one or another, output never replaces an existing file, never goes into a folder that
is a dossier now (scanned or not), nor among the state's files, configuration and checklists, nor through a
symbolic link. Elsewhere an existing file is replaced only if the person asked for it (``--force``); a scan
result written by this program may be replaced by a newer one.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier import state_home, workspace
from dossier.archive import CONFIG_NAME, MANIFEST_NAME, STATE_NAME, Archive
from dossier.checklists.source import read_toml
from dossier.errors import ArchiveError, DossierError, UsageError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.plain_file import is_device
from dossier.renaming import Made, in_pieces, move_into_place, write_beside
from dossier.scanner.written import remember
from dossier.settings import Config
from dossier.usecases.file_names import is_plain, spelling
from dossier.usecases.known import open_known
from dossier.workspace import standing_in

_STREAMS = ("-", "/dev/stdout")
_OWN_FOLDERS = ("checklists", "retention")  # configuration folders in an archive's root, closed to output
_OWN_OUTPUT = b'{"schema": '  # first bytes of a scan result in JSON


def deliver(made: Made, output: str | Path, archive: Archive, *, force: bool = False) -> Path | None:
    """Write the content ``made`` to the file ``output`` atomically and return its path; for ``-`` pass it to
    the current workspace's output and return ``None``.

    Raises :class:`UsageError` like :func:`check`, :class:`ArchiveError` if writing fails.
    """
    target = check(output, archive, force=force)
    if str(output) in _STREAMS and (take := workspace.current().out):
        for piece in in_pieces(made):
            take(piece)
        return None
    replace = force or _is_own(target)
    try:
        if _is_stream(target):
            _hand_over(target, made)
        else:
            with held(target) as held_target:
                move_into_place(write_beside(held_target, made), held_target, replace=replace)
    except OSError as error:
        raise cannot_write(target, error) from error
    remember(archive, target)
    return target


def check(output: str | Path, archive: Archive, *, force: bool = False, stream: bool = True) -> Path:
    """Return the resolved path of ``output``; ``stream``: a terminal, a pipe or standard output is allowed.

    Raises :class:`UsageError` if output must not be written there.
    """
    named = standing_in() / output
    handed = str(output) in _STREAMS
    if handed and not (stream and workspace.current().out):
        raise _refusal(named, _("không có ai nhận"), _elsewhere())
    if handed:
        return named
    check_device(named)
    if stream and _is_stream(named):
        return named
    try:
        is_folder, target = named.is_dir(), named.parent.resolve() / named.name
    except OSError as error:  # name too long, or no permission to enter a folder
        raise cannot_write(named, error) from error
    except RuntimeError as error:  # circular links
        raise _refusal(named, _("là liên kết"), _elsewhere()) from error
    if named.name in ("", ".", "..") or is_folder:
        raise _refusal(named, _("là thư mục"), _("Ghi tên tệp ở cuối đường dẫn."))
    check_spelling(target)
    inside = False
    for around, root in _archives(target, archive):
        inside = True
        _check_in_archive(target, named, around, root)
    _check_state(target, archive)
    _check_names(target)
    if os.path.lexists(target):
        _check_existing(target, inside=inside, force=force)
    return target


def check_folder(folder: Path, archive: Archive) -> Path:
    """Return the resolved path of ``folder``, existing or not. Raises :class:`UsageError` if nothing new may
    be created in it."""
    named = standing_in() / folder
    check_device(named)
    existing = next(path for path in (named, *named.parents) if path.exists())
    target = existing.resolve() / named.relative_to(existing)
    check_spelling(named.relative_to(existing))
    something = target / "tệp"
    for around, root in _archives(something, archive):
        _check_in_archive(something, named / "tệp", around, root, shown=target)
    _check_state(something, archive)
    for above in something.parents:
        _refuse_dossier(above)
    return target


def check_new_folder(folder: Path, archive: Archive) -> Path:
    """Like :func:`check_folder`, for a folder to be created: it must also not be in a place where every
    folder is a dossier, or the next scan would read the output as documents."""
    from dossier.scanner.discover import would_be_dossier
    from dossier.scanner.walk_result import readable

    target = check_folder(folder, archive)
    for around, root in _archives(target, archive):
        if would_be_dossier(around, readable(os.fsencode(target.relative_to(root).as_posix()))):
            why = _("ở đó mỗi thư mục là một hồ sơ")
            raise _refusal(target, why, _elsewhere())
    return target


def check_device(named: Path) -> None:
    """On Windows raise :class:`UsageError` for the name of a device or a hidden stream, existing or not, and
    for a drive that does not exist. Does nothing on other systems."""
    if sys.platform != "win32":
        return
    if named.drive and not named.root:
        raise _refusal(named, _("tên “{name}” không dùng được").format(name=str(named)), spelling())
    for name in named.parts[1 if named.anchor else 0 :]:
        if is_device(name) or ":" in name:
            raise _refusal(named, _("tên “{name}” không dùng được").format(name=name), spelling())
    if named.anchor and not os.path.lexists(named.anchor):
        raise _refusal(named, _("không có ổ đĩa {drive}").format(drive=named.drive), _elsewhere())


def check_spelling(new: Path) -> None:
    """Raise :class:`UsageError` if a name to be created is not allowed: of an absolute path the last part,
    of a relative one every part."""
    for name in (new.name,) if new.is_absolute() else new.parts:
        if not is_plain(name):
            raise _refusal(new, _("tên “{name}” không dùng được").format(name=name), spelling())


@contextmanager
def held(target: Path) -> Iterator[Path]:
    """Yield a path to ``target`` through an open handle of its folder, so that replacing a checked folder by
    a link afterwards has no effect. Only Linux has such paths (``/proc/self/fd``); elsewhere ``target`` is
    yielded unchanged. ``target`` must contain no link; :class:`UsageError` if it does by now."""
    by_number = Path("/proc/self/fd")
    if sys.platform != "linux" or not by_number.is_dir():
        yield target
        return
    folder = os.open(target.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        place = by_number / str(folder)
        if place.readlink() != target.parent:
            why = _("đường dẫn đi qua liên kết {link}").format(link=target.parent)
            raise _refusal(target, why, _elsewhere())
        yield place / target.name
    finally:
        os.close(folder)


def cannot_write(target: Path, error: OSError, advice: str = "") -> ArchiveError:
    """The error for a file that could not be written, with the usual advice or another."""
    return ArchiveError(
        _("Không ghi được {path}: {why}.").format(path=target, why=in_words(error)),
        advice or _("Kiểm tra thư mục có tồn tại, có quyền ghi và còn chỗ trống."),
    )


def _archives(target: Path, archive: Archive) -> Iterator[tuple[Archive, Path]]:
    """Yield the archives that contain ``target``, each with the parent of ``target`` that is its root.

    Folders are compared by identity, not by name, because a root may be mounted at two places.
    """
    for above in target.parents:
        if _same_folder(above, archive.root):
            yield archive, above
        elif (above / CONFIG_NAME).is_file() or (above / STATE_NAME).is_dir():
            yield _other(above), above


def _other(root: Path) -> Archive:
    """The archive at ``root``, with default configuration if its own is invalid."""
    try:
        config = read_toml(root / CONFIG_NAME, Config)
    except DossierError:
        config = Config()
    return Archive(root, root / STATE_NAME, config)


def _check_in_archive(
    target: Path, named: Path, archive: Archive, root: Path, shown: Path | None = None
) -> None:
    """Raise :class:`UsageError` if ``target`` is a place in this archive closed to output. ``named``: the
    path as the person typed it; ``shown``: the path in the message, instead of ``target``."""
    links = (path for path in named.parents if path.is_symlink())
    # A link from outside to the archive's root is harmless; a link inside it, or one to a folder below the
    # root, hides where the output would go.
    linked = next(
        (
            link
            for link in links
            if root in (link.parent.resolve() / "-").parents or root in link.resolve().parents
        ),
        None,
    )
    if linked is not None:
        raise _refusal(target, _("đường dẫn đi qua liên kết {link}").format(link=linked), _elsewhere())
    if any(_same_folder(above, archive.state) or above.name == STATE_NAME for above in target.parents):
        raise _refusal(target, _("nằm trong thư mục trạng thái của dossier"), _elsewhere())
    inside = target.relative_to(root)
    configuration = len(inside.parts) == 1 and inside.suffix.lower() == ".toml"
    if configuration or (len(inside.parts) > 1 and inside.parts[0].lower() in _OWN_FOLDERS):
        raise _refusal(target, _("là chỗ của cấu hình và danh mục kiểm tra"), _elsewhere())
    name = _dossier_around(archive, inside)
    if name is not None:
        raise UsageError(
            _("{path} nằm trong hồ sơ “{name}”.").format(path=shown or target, name=name),
            _("Công cụ không bao giờ ghi vào hồ sơ; hãy chọn một nơi khác."),
        )


def _dossier_around(archive: Archive, inside: Path) -> str | None:
    """Return the name of the dossier that contains a path of the archive, looked up on the disk, then in the
    catalogue; ``None`` if there is none."""
    from dossier.scanner.discover import walk
    from dossier.scanner.walk_result import readable

    path = readable(os.fsencode(inside.as_posix()))
    for folder in walk(archive, [path]).dossiers:
        if folder.path == "." or path.startswith(folder.path + "/"):
            return folder.name
    with suppress(DossierError), open_known(archive) as known:
        for folder_path in known.kinds():
            if folder_path == "." or path.startswith(folder_path + "/"):
                return folder_path
    return None


def _check_names(target: Path) -> None:
    """Raise :class:`UsageError` for a file name that would turn its folder into a dossier or an archive, and
    for a target in a dossier outside of any known archive."""
    if target.name.lower() in (MANIFEST_NAME, CONFIG_NAME):
        raise _refusal(target, _("là tên của tệp khai báo"), _("Chọn tên khác."))
    for above in target.parents:
        _refuse_dossier(above)


def _check_state(target: Path, archive: Archive) -> None:
    """Raise :class:`UsageError` for a target in a state folder that is kept outside of its archive."""
    ours = (above for above in target.parents if _same_folder(above, archive.state))
    anybody = (above for above in target.parents if (above / state_home.CATALOGUE).is_file())
    if target.is_relative_to(state_home.home().resolve()) or next(ours, None) or next(anybody, None):
        raise _refusal(target, _("nằm trong thư mục trạng thái của dossier"), _elsewhere())


def _refuse_dossier(folder: Path) -> None:
    manifest = folder / MANIFEST_NAME
    if os.path.lexists(manifest) and not manifest.is_dir():
        raise UsageError(
            _("{path} là một hồ sơ (có {file}).").format(path=folder, file=MANIFEST_NAME),
            _("Công cụ không bao giờ ghi vào hồ sơ; hãy chọn một nơi khác."),
        )


def _check_existing(target: Path, *, inside: bool, force: bool) -> None:
    status = target.lstat()
    if not stat.S_ISREG(status.st_mode):
        why = _("là liên kết") if stat.S_ISLNK(status.st_mode) else _("không phải tệp thường")
        raise _refusal(target, why, _elsewhere())
    if inside:
        raise UsageError(
            _("Đã có {path} trong kho; không ghi đè.").format(path=target),
            _("Tệp có sẵn trong kho không bao giờ bị thay; chọn tên khác hoặc một nơi ngoài kho."),
        )
    if not force and not _is_own(target):
        raise UsageError(
            _("Đã có {path}; không ghi đè.").format(path=target),
            _("Chọn tên khác, hoặc thêm --force để thay tệp đó."),
        )


def _is_own(target: Path) -> bool:
    """Whether the file is a scan result written by this program, which a newer one may replace."""
    if target.suffix.lower() != ".json":
        return False
    try:
        with target.open("rb") as file:
            return file.read(len(_OWN_OUTPUT)) == _OWN_OUTPUT
    except OSError:
        return False


def _is_stream(path: Path) -> bool:
    """Whether the path is a terminal, a pipe or the null device, where nothing can be overwritten."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _hand_over(stream: Path, made: Made) -> None:
    """Write to a stream; opened non-blocking, since a pipe without a reader would block for ever. Raises
    :class:`OSError`."""
    handle = os.open(stream, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "wb") as file:
        if hasattr(os, "set_blocking"):
            os.set_blocking(handle, True)
        file.writelines(in_pieces(made))


def _same_folder(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def _refusal(path: Path, why: str, advice: str) -> UsageError:
    return UsageError(_("Không ghi vào {path}: {why}.").format(path=path, why=why), advice)


def _elsewhere() -> str:
    return _("Hãy chọn một nơi khác, ví dụ một thư mục ngoài kho.")
