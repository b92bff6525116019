"""Resolve what a person types to a dossier or a file: a path, a name, or part of a name.

Names are compared without case and diacritics. Matches are tried in this order: the whole name of a dossier,
the whole name of a file, that of a folder around dossiers, then whole words of dossiers or files. An
ambiguous name is refused with a list of candidates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from dossier.archive import Archive
from dossier.catalogue import is_made
from dossier.checklists.spoken import kind_named, kinds_like
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.plain_file import found_at
from dossier.usecases.known import open_known
from dossier.vietnamese import nfc, words
from dossier.workspace import standing_in

_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "`": "`", "<": ">"}
_CALLED = re.compile(r"&\s*(?=['\"])")  # PowerShell puts this before a file dropped on its window
_ADDRESS = re.compile(r"file:/{2,}", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([ '\"()&;\[\]$!#])")  # shells escape these characters of a dropped file's name
_LONG = re.compile(r"//[?.]/(?:UNC(?=/))?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:(?=/|$)")
_LEFT_OUT = ("…", "...")  # stand for the middle of a path that was too long to be shown


def unquoted(given: str) -> str:
    """Remove quoting, escapes and prefixes of shells, Windows and ``file:`` addresses from a pasted path.

    Folders are separated by ``/`` in the result; a plain name is returned unchanged.
    """
    text = _CALLED.sub("", given.strip())
    while len(text) > 1 and (text[-1] == _QUOTES.get(text[0])):
        text = text[1:-1].strip()
    # Of "C:\kho\" typed with quotation marks, Windows passes the closing one to the program.
    text = text.rstrip('"') if "\\" in text else text
    if found := _ADDRESS.match(text):
        slashes = found[0].count("/")
        text = unquote(text[found.end() :])
        text = f"/{text}" if slashes > 2 and not _DRIVE.match(text) else text
        text = f"//{text}" if slashes == 2 else text
    elif "/" in text or not _ESCAPED.sub("", text).count("\\"):
        text = _ESCAPED.sub(r"\1", text)
    text = text.replace("\\", "/")
    if found := _LONG.match(text):
        text = ("/" if found[0].upper().endswith("UNC") else "") + text[found.end() :]
    return nfc(text)


def is_rooted(path: str) -> bool:
    """Whether a path is absolute: begins with a drive, a server or ``/``."""
    return path.startswith("/") or _DRIVE.match(path) is not None


def by_end(path: str, known: Iterable[str], top: str) -> list[str]:
    """Return those of the ``known`` archive paths that a path with folders may mean, matched from the end.

    ``top``: name of the archive's root folder. An absolute path must end with a whole archive path, or its
    part after the drive must be the end of one (for a drive mapped to a folder of the archive).
    """
    typed = [words(each) or each for each in _parts(path)]
    ends = {each: [words(part) or part for part in _parts(each)] for each in known}
    if is_rooted(path):
        drive = 1 if _DRIVE.match(path) else 2 if path.startswith("//") else 0
        whole = [
            each for each, end in ends.items()
            if typed[-len(end) :] == end and (len(end) > 1 or typed[-2:-1] == [words(top)])
        ]  # fmt: skip
        if whole:
            return [max(whole, key=lambda each: len(ends[each]))]
        typed = typed[drive:]
        if len(typed) < 2:
            return []
    after = next((at + 1 for at in range(len(typed) - 1, -1, -1) if typed[at] in _LEFT_OUT), 0)
    wanted = " ".join(typed[after:])
    return [each for each, end in ends.items() if wanted and f" {' '.join(end)}".endswith(f" {wanted}")]


def _parts(path: str) -> list[str]:
    return [part for part in PurePosixPath(path).parts if part.strip("/")]


_SLIPS = 0.75  # how much of a part of a name a slip must leave as it is, as difflib reckons
_LISTED = 8  # candidates named in a message
Fits = Callable[[str, str], bool]  # (typed text, name), both folded


def dossier_path(archive: Archive, given: str) -> str:
    """Return the path, as results use it, of the dossier that a person named.

    ``given`` is a path relative to the archive or to the current folder, an absolute path, or a name, in any
    Unicode normalization. Raises :class:`UsageError` if several dossiers match.
    """
    given = _plain(archive, given)
    for base in (archive.root, standing_in()):
        target = (base / given).resolve()
        # A former dossier may be named by an absolute path although its folder no longer exists.
        if target.is_relative_to(archive.root) and (target.is_dir() or Path(given).is_absolute()):
            return _as_written(archive, target)
    return _in_catalogue(archive, given, files=False) or nfc(given).strip("/")


def check_named(archive: Archive, path: str) -> None:
    """Raise :class:`UsageError` unless a dossier has this path, or has the text in its path or name."""
    with open_known(archive) as catalogue:
        folders = catalogue.folders()
    wanted = words(path)
    if path in folders or any(wanted in f"{words(at)} {words(each.name)}" for at, each in folders.items()):
        return
    raise no_dossier(archive, path)


def kind_meant(archive: Archive, typed: str) -> str:
    """Return the kind of dossier that a person gives by its slug, title or short word. Raises
    :class:`UsageError` for an unknown one."""
    kind = kind_named(archive.checklists, typed)
    if kind is None:
        raise no_kind(archive, typed)
    return kind


def no_kind(archive: Archive, typed: str) -> UsageError:
    """The error for an unknown kind of dossier; suggests the kinds of similar name."""
    return UsageError(
        _("Không có loại hồ sơ “{kind}”.").format(kind=typed),
        _("Có thể là: {close}.").format(close=", ".join(kinds_like(archive.checklists, typed))),
    )


def no_dossier(archive: Archive, named: str) -> UsageError:
    """The error for an unknown dossier; suggests a folder not adopted yet or dossiers with similar names."""
    return UsageError(_("Không có hồ sơ nào tên “{path}”.").format(path=named), _suggestion(archive, named))


def nothing_there(archive: Archive, named: str) -> UsageError:
    """The error for a name that neither a dossier nor a file of the last scan has."""
    return UsageError(
        _("Lần quét gần nhất không thấy “{path}”.").format(path=named), _suggestion(archive, named)
    )


def _suggestion(archive: Archive, named: str) -> str:
    wanted = words(named)
    with open_known(archive) as catalogue:
        waiting = [
            (each.path, {words(each.name), words(_last(each.path))}) for each in catalogue.adoptions.waiting()
        ]
        known = {words(each.name): each.name for each in catalogue.folders().values()}
        paths = catalogue.paths()
    for path, called in waiting:
        if wanted and (wanted == words(path) or any(_contains(wanted, name) for name in called)):
            return _('Thư mục ấy trông giống hồ sơ nhưng chưa ai nhận; nhận: dossier adopt "{path}"').format(
                path=path
            )
    last = words(_last(unquoted(named)))
    same = [path for path in paths if last and words(_last(path)) == last]
    alike = [known[name] for name in _near(wanted, known)] or same[:3]
    if alike:
        return _("Có thể là: “{names}”.").format(names="”, “".join(alike))
    return _('Xem các hồ sơ: dossier show .; tệp mới chép vào thì quét trước: dossier scan "{root}"').format(
        root=archive.root
    )


def _near(wanted: str, names: Iterable[str]) -> list[str]:
    """Return up to three folded names that are like the folded text, or have a run of words like it."""
    names, length = list(names), wanted.count(" ") + 1
    runs: dict[str, list[str]] = {}
    for name in names:
        parts = name.split()
        for at in range(len(parts) - length + 1):
            runs.setdefault(" ".join(parts[at : at + length]), []).append(name)
    near = [name for run in get_close_matches(wanted, runs, cutoff=_SLIPS) for name in runs[run]]
    return list(dict.fromkeys([*get_close_matches(wanted, names), *near]))[:3]


def archive_path(archive: Archive, given: str) -> str:
    """Return the path, as results use it, of the file or folder that a person named in the current folder.

    Raises :class:`UsageError` if several match.
    """
    given = _plain(archive, given)
    return _existing(archive, given) or _in_catalogue(archive, given, files=True) or nfc(given).strip("/")


def path_on_disk(archive: Archive, given: str) -> str:
    """Return the archive path of an existing file or folder, looked up from the current folder, then from
    the archive's root; empty if neither has it."""
    return _existing(archive, _plain(archive, given))


def _plain(archive: Archive, given: str) -> str:
    """Return the pasted text as a plain path; unchanged if a file with exactly this name exists."""
    return given if _existing(archive, given) else unquoted(given)


def _existing(archive: Archive, given: str) -> str:
    for base in (standing_in(), archive.root):
        absolute = found_at(Path(base / given))
        if absolute is not None and absolute.is_relative_to(archive.root):
            return _as_written(archive, absolute)
    return ""


def _as_written(archive: Archive, path: Path) -> str:
    """Return the archive path of a file, spelled as on the disk: on a file system that ignores case the
    person may have typed another spelling."""
    at, written = archive.root, []
    for name in path.relative_to(archive.root).parts:
        written.append(_spelled(at, name))
        at /= written[-1]
    return nfc("/".join(written))


def _spelled(folder: Path, name: str) -> str:
    names: list[str] = []
    with suppress(OSError):
        names = [entry.name for entry in folder.iterdir()]
    if name in names:
        return name
    alike = [other for other in names if nfc(other).casefold() == nfc(name).casefold()]
    return alike[0] if len(alike) == 1 and (folder / name).exists() else name


def one_of(given: str) -> tuple[str, int | None]:
    """Split ``FILE#2`` into the file and the number of a document in it; ``None`` means all documents. If a
    file has ``#2`` in its own name, the text is not split."""
    name, _hash, ordinal = unquoted(given).rpartition("#")
    if name and ordinal.isdecimal() and not (standing_in() / given).exists():
        return name, int(ordinal)
    return given, None


def _in_catalogue(archive: Archive, given: str, *, files: bool) -> str:
    """Return the path of the dossier or file with this name in the catalogue, or an empty string."""
    wanted = words(given)
    if not wanted or not is_made(archive):
        return ""
    with open_known(archive) as catalogue:
        names = {path: {words(f.name), words(_last(path))} for path, f in catalogue.folders().items()}
        paths = catalogue.paths() if files else []
    if nfc(given).strip("/") in names or nfc(given).strip("/") in paths:
        return nfc(given).strip("/")
    if "/" in given.strip("/"):
        if is_rooted(given) and Path(given).exists():
            return ""  # an existing file outside the archive, whatever its name
        return _single(given, by_end(given, (*names, *paths), archive.root.name))
    above = {str(folder): {words(folder.name)} for path in names for folder in PurePosixPath(path).parents}
    for fits, folders in ((_equals, names), (_equals, above), (_contains, names)):
        found = [path for path, called in folders.items() if any(fits(wanted, name) for name in called)]
        if found or (found := [path for path in paths if _fits_file(fits, wanted, _last(path))]):
            return _single(given, found)
    return ""


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _fits_file(fits: Fits, typed: str, name: str) -> bool:
    """Whether the text matches a file name, with or without its extension."""
    return fits(typed, words(name)) or fits(typed, words(name.rpartition(".")[0]))


def _equals(typed: str, name: str) -> bool:
    return typed == name


def _contains(typed: str, name: str) -> bool:
    return f" {typed} " in f" {name} "


def _single(given: str, found: Iterable[str]) -> str:
    """Return the only path, or an empty string. Raises :class:`UsageError` listing the paths if several."""
    several = sorted(found)
    if len(several) < 2:
        return several[0] if several else ""
    listed = "\n".join(f"  {path}" for path in several[:_LISTED])
    more = _("\n  … và {count} nữa").format(count=len(several) - _LISTED) if len(several) > _LISTED else ""
    raise UsageError(
        _("“{name}” có thể là {count} thứ trong kho:").format(name=given, count=len(several))
        + f"\n{listed}{more}",
        _("Ghi thêm tên cho rõ, hoặc cả đường dẫn."),
    )
