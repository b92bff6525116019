"""What a person means who names a dossier or a file: by its path, its name, or a part of the name.

Names are compared without case and diacritics. What fits best goes first: the whole name of a dossier, that
of a file, then parts of names at the ends of words. Several that fit equally well are listed.
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
from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _
from dossier.usecases.known import open_known
from dossier.vietnamese import nfc, words
from dossier.workspace import standing_in

_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "`": "`", "<": ">"}
_CALLED = re.compile(r"&\s*(?=['\"])")  # how PowerShell takes a file that is dropped on it
_ADDRESS = re.compile(r"file:/{2,}", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([ '\"()&;\[\]$!#])")  # how shells keep blanks and signs of a dropped name
_LONG = re.compile(r"//[?.]/(?:UNC(?=/))?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:(?=/|$)")
_LEFT_OUT = ("…", "...")  # in the middle of a path that was too long to be shown


def unquoted(given: str) -> str:
    """The path in what was pasted, its folders parted by ``/``; a plain name stays as it is."""
    text = _CALLED.sub("", given.strip())
    while len(text) > 1 and (text[-1] == _QUOTES.get(text[0])):
        text = text[1:-1].strip()
    # "C:\kho\" typed in quotation marks: Windows gives the program the last one.
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
    """Whether a plain path begins at a drive, a server or the top of a disk."""
    return path.startswith("/") or _DRIVE.match(path) is not None


def by_end(path: str, known: Iterable[str], top: str) -> list[str]:
    """Those of the ``known`` paths in the archive that a plain path with folders may mean.

    ``top``: what the archive's folder is called. Of a path that begins at a drive or server, its end must be
    the whole path in the archive, or all of it but the drive (one that shows a folder of the archive).
    """
    said = [words(each) or each for each in _parts(path)]
    ends = {each: [words(part) or part for part in _parts(each)] for each in known}
    if is_rooted(path):
        drive = 1 if _DRIVE.match(path) else 2 if path.startswith("//") else 0
        whole = [
            each for each, end in ends.items()
            if said[-len(end) :] == end and (len(end) > 1 or said[-2:-1] == [words(top)])
        ]  # fmt: skip
        if whole:
            return [max(whole, key=lambda each: len(ends[each]))]
        said = said[drive:]
        if len(said) < 2:
            return []
    after = next((at + 1 for at in range(len(said) - 1, -1, -1) if said[at] in _LEFT_OUT), 0)
    wanted = " ".join(said[after:])
    return [each for each, end in ends.items() if wanted and f" {' '.join(end)}".endswith(f" {wanted}")]


def _parts(path: str) -> list[str]:
    return [part for part in PurePosixPath(path).parts if part.strip("/")]


_LISTED = 8  # candidates named in a message
Fits = Callable[[str, str], bool]  # what was said, a name; both folded


def dossier_path(archive: Archive, given: str) -> str:
    """The path by which results know the dossier that a person named.

    ``given`` may be relative to the archive or to the current folder, or absolute, in any form of
    Unicode, or a name. Raises :class:`UsageError` when it fits several.
    """
    given = _said(archive, given)
    for base in (archive.root, standing_in()):
        there = (base / given).resolve()
        # What was a dossier once is not there any more, but may be named all the same.
        if there.is_relative_to(archive.root) and (there.is_dir() or Path(given).is_absolute()):
            return _as_written(archive, there)
    return _named(archive, given, files=False) or nfc(given).strip("/")


def check_named(archive: Archive, path: str) -> None:
    """Raise :class:`ArchiveError` unless a dossier has that path, or its words in its path or name."""
    with open_known(archive) as catalogue:
        folders = catalogue.folders()
    said = words(path)
    if path in folders or any(said in f"{words(at)} {words(each.name)}" for at, each in folders.items()):
        return
    raise no_dossier(archive, path)


def no_dossier(archive: Archive, said: str) -> ArchiveError:
    """No dossier is called so: a folder that nobody took as one may be meant, or one of a name like it."""
    return ArchiveError(_("Không có hồ sơ nào tên “{path}”.").format(path=said), _instead(archive, said))


def nothing_there(archive: Archive, said: str) -> ArchiveError:
    """Neither a dossier nor a file of the last scan is called so."""
    return ArchiveError(
        _("Lần quét gần nhất không thấy “{path}”.").format(path=said), _instead(archive, said)
    )


def _instead(archive: Archive, said: str) -> str:
    wanted = words(said)
    with open_known(archive) as catalogue:
        waiting = [
            (each.path, {words(each.name), words(_last(each.path))}) for each in catalogue.adoptions.waiting()
        ]
        known = {words(each.name): each.name for each in catalogue.folders().values()}
        paths = catalogue.paths()
    for path, called in waiting:
        if wanted and (wanted == words(path) or any(_part(wanted, name) for name in called)):
            return _('Thư mục ấy trông giống hồ sơ nhưng chưa ai nhận; nhận: dossier adopt "{path}"').format(
                path=path
            )
    last = words(_last(unquoted(said)))
    same = [path for path in paths if last and words(_last(path)) == last]
    alike = [known[name] for name in get_close_matches(wanted, known, n=3)] or same[:3]
    if alike:
        return _("Có thể là: “{names}”.").format(names="”, “".join(alike))
    return _('Xem các hồ sơ: dossier report; tệp mới chép vào thì quét trước: dossier scan "{root}"').format(
        root=archive.root
    )


def archive_path(archive: Archive, given: str) -> str:
    """The path by which results know a file or folder that a person named from where they stand.

    Raises :class:`UsageError` when a name fits several.
    """
    given = _said(archive, given)
    return _there(archive, given) or _named(archive, given, files=True) or nfc(given).strip("/")


def path_on_disk(archive: Archive, given: str) -> str:
    """The path of what lies there by that path, seen from the current folder or the archive; else nothing."""
    return _there(archive, _said(archive, given))


def _said(archive: Archive, given: str) -> str:
    """What was pasted as a plain path, unless something is called exactly so."""
    return given if _there(archive, given) else unquoted(given)


def _there(archive: Archive, given: str) -> str:
    for base in (standing_in(), archive.root):
        there = Path(base / given)
        # Not resolved to the end: a symbolic link is a file of its own here.
        absolute = there.parent.resolve() / there.name
        if (absolute.exists() or absolute.is_symlink()) and absolute.is_relative_to(archive.root):
            return _as_written(archive, absolute)
    return ""


def _as_written(archive: Archive, there: Path) -> str:
    """Its path in the archive, in the letters that stand on the disk: where a system takes upper and lower
    case for the same, a person may name it in any."""
    at, written = archive.root, []
    for name in there.relative_to(archive.root).parts:
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
    """A file and which of its documents is meant: ``FILE#2``; ``None``: all of them. A file whose own name
    ends so is that file."""
    name, _hash, ordinal = unquoted(given).rpartition("#")
    if name and ordinal.isdecimal() and not (standing_in() / given).exists():
        return name, int(ordinal)
    return given, None


def _named(archive: Archive, given: str, *, files: bool) -> str:
    """The path of what is called so in the catalogue; nothing where nothing is."""
    said = words(given)
    if not said or not is_made(archive):
        return ""
    with open_known(archive) as catalogue:
        names = {path: {words(f.name), words(_last(path))} for path, f in catalogue.folders().items()}
        paths = catalogue.paths() if files else []
    if nfc(given).strip("/") in names or nfc(given).strip("/") in paths:
        return nfc(given).strip("/")
    if "/" in given.strip("/"):
        if is_rooted(given) and Path(given).exists():
            return ""  # it lies elsewhere, whatever it is called
        return _only(given, by_end(given, (*names, *paths), archive.root.name))
    for fits in (_is, _part):
        found = [path for path, called in names.items() if any(fits(said, name) for name in called)]
        if found or (found := [path for path in paths if _fits_file(fits, said, _last(path))]):
            return _only(given, found)
    return ""


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _fits_file(fits: Fits, said: str, name: str) -> bool:
    """With its ending or without."""
    return fits(said, words(name)) or fits(said, words(name.rpartition(".")[0]))


def _is(said: str, name: str) -> bool:
    return said == name


def _part(said: str, name: str) -> bool:
    return f" {said} " in f" {name} "


def _only(given: str, found: Iterable[str]) -> str:
    """The only one, or nothing. Raises :class:`UsageError` that lists several."""
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
