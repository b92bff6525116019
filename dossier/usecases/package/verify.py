"""Verify a package, made here or elsewhere: every file by its checksums, and the seal code."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.vietnamese import nfc

_LIST_OF_LISTS = ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt")
_DIGITS = 32  # hexadecimal digits of the SHA-256 that people compare: 128 bits
_BETWEEN = re.compile(r"[\s.\-–]")  # separators that people write between the groups


def package_code(place: Path) -> str:
    """Return the seal code of a package in groups of four digits: the start of the hash of its tag manifest.
    Empty without a tag manifest, which packages of other programs may lack, but never ours."""
    for name in _LIST_OF_LISTS:
        if (place / name).is_file():
            digits = hashlib.sha256((place / name).read_bytes()).hexdigest()[:_DIGITS]
            return " ".join(digits[at : at + 4] for at in range(0, _DIGITS, 4))
    return ""


def same_code(one: str, other: str) -> bool:
    """Whether two codes are equal, ignoring case and separators."""
    return _BETWEEN.sub("", one).casefold() == _BETWEEN.sub("", other).casefold() != ""


_OURS = ("data/DOC-TRUOC.txt", "data/kiem-tra", "data/dac-ta")  # any of these: made by ``dossier package``


@dataclass(frozen=True, slots=True)
class PackageCheck:
    """Result of a verification: number of files, and sentences on faults, none if the package is intact.
    ``code``: its seal code (:func:`package_code`)."""

    files: int
    faults: tuple[str, ...]
    code: str = ""


def verify_package(place: Path, noted: str = "") -> PackageCheck:
    """Compare every file of the package with its manifests, and these with the seal code ``noted`` at the
    handover, if given. Raises :class:`UsageError` if ``place`` is not a package."""
    import bagit

    if not (place / "bagit.txt").is_file():
        raise UsageError(
            _("{path} không phải thư mục gói nộp lưu.").format(path=place),
            _("Ghi thư mục mà dossier package đã lập, hoặc gói BagIt khác đã giải nén."),
        )
    strange = [
        path for path in place.rglob("*") if path.is_symlink() or not (path.is_file() or path.is_dir())
    ]
    if strange:  # a link could lead anywhere, and a pipe would block
        message = _("{file}: là liên kết hoặc không phải tệp thường.")
        return PackageCheck(
            _count(place), tuple(message.format(file=each.relative_to(place).as_posix()) for each in strange)
        )
    bagit.LOGGER.disabled = True  # it would write names from the package to the terminal as they are
    try:
        bag = bagit.Bag(str(place))
        files = len(list(bag.payload_files()))
        code = package_code(place)
        faults = [*_broken(bag), *_unlisted(bag), *_rewritten(place, code, noted)]
    except (bagit.BagError, OSError, ValueError, LookupError, TypeError) as error:  # also: no encoding
        raise UsageError(
            _("{path} không phải thư mục gói nộp lưu đọc được.").format(path=place),
            _("Chỉ thư mục do dossier package lập, hoặc gói BagIt khác; xem trong đó có bagit.txt."),
        ) from error
    return PackageCheck(_count(place) if faults else files, tuple(dict.fromkeys(faults)), code)


def _rewritten(place: Path, code: str, noted: str) -> Iterator[str]:
    """Yield a sentence if the manifests of the package have been rewritten."""
    if not code and (noted or any((place / name).exists() for name in _OURS)):
        yield _("tagmanifest-sha256.txt: không còn trong gói; các danh sách của gói có thể đã bị viết lại.")
    elif noted and not same_code(code, noted):
        yield _("Mã niêm phong của gói là {code}, khác mã đã ghi khi giao nhận.").format(code=code)


def _broken(bag: Any) -> list[str]:
    """Return deviations from the manifests of the package. The library compares the total size first; if it
    reports only that, the files are checked without it, so that the faulty one is named."""
    import bagit

    found: list[str] = []
    for _again in range(2):
        try:
            bag.validate()
        except bagit.BagValidationError as error:
            named = bool(error.details)
            if named or not found:
                found = list(_faults(error))
            if named:
                found += _changed(bag)  # the library checks no file's content if one is missing or added
                break
            bag.info.pop("Payload-Oxum", None)
        else:
            break
    return found


def _changed(bag: Any) -> list[str]:
    """Return existing files whose checksums differ from the manifests."""
    message, found = _("{file}: nội dung không khớp mã kiểm tra."), []
    for name, sums in bag.entries.items():
        path = Path(bag.path, name)
        for kind, wanted in sums.items():
            if path.is_file():
                with path.open("rb") as file:
                    if hashlib.file_digest(file, kind).hexdigest() != wanted.lower():
                        found.append(message.format(file=_as_listed(name)))
    return found


def _unlisted(bag: Any) -> list[str]:
    """Return tag files (those beside the payload) missing in the tag manifest, if the package has one."""
    if not any(Path(bag.path).glob("tagmanifest-*.txt")):
        return []
    message = _("{file}: không có trong danh sách của gói.")
    listed = {nfc(_as_listed(name)) for name in bag.entries}
    beside = (
        path.relative_to(bag.path).as_posix()
        for path in sorted(Path(bag.path).rglob("*"))
        if path.is_file() and not path.name.startswith("tagmanifest-")
    )
    return [
        message.format(file=name)
        for name in beside
        if not name.startswith("data/") and nfc(name) not in listed
    ]


def _as_listed(path: str) -> str:
    """Return a path as written in manifests, with ``/``; the library uses the system's separator."""
    return path.replace(os.sep, "/")


def _count(place: Path) -> int:
    return sum(path.is_file() and not path.is_symlink() for path in (place / "data").rglob("*"))


def _faults(error: Any) -> Iterator[str]:
    import bagit

    details = list(error.details or ())
    for each in details:
        if isinstance(each, bagit.ChecksumMismatch):
            yield _("{file}: nội dung không khớp mã kiểm tra.").format(file=_as_listed(each.path))
        elif isinstance(each, bagit.FileMissing):
            yield _("{file}: không còn trong gói.").format(file=_as_listed(each.path))
        elif isinstance(each, bagit.UnexpectedFile):
            yield _("{file}: không có trong danh sách của gói.").format(file=_as_listed(each.path))
        else:
            yield _("Gói hỏng ở danh sách tệp.")
    if not details:
        yield _("Gói hỏng: số tệp hoặc dung lượng không khớp danh sách của gói.")
