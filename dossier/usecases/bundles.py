"""Signed bundles of figures that archives send, and their sums where they are received.

A bundle contains figures, rules and the names of dossiers but no content of documents, so it may be sent to
places where the documents may not. The bytes of ``figures.json`` are signed (Ed25519); trusted public keys
are files in a folder, one per archive, named after it.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier import __version__
from dossier.archive import Archive
from dossier.compliance.figures import total, totals
from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _
from dossier.model.figures import DossierFigures, ItemTitle, Total, Totals
from dossier.os_errors import in_words
from dossier.plain_file import read_small
from dossier.renaming import move_into_place, write_beside
from dossier.usecases.figures import figures_now
from dossier.usecases.whole_acts import acted
from dossier.vietnamese import marked_words

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_NAME = "signing-key.pem"  # in the state folder, readable by its owner only
_FIGURES, _SIGNATURE = "figures.json", "figures.sig"
_MADE = (2020, 1, 1, 0, 0, 0)  # fixed time of ZIP members, so that equal figures give equal bytes
_FORM = "dossier-figures-1"
_LARGEST_BUNDLE, _LARGEST_FIGURES, _LARGEST_KEY = 64 << 20, 512 << 20, 64 << 10  # bytes
_MOST_DOSSIERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Bundle:
    """Figures sent by one archive. ``day``: the day they describe; ``made``: when they were signed."""

    name: str
    day: date
    made: datetime
    dossiers: tuple[DossierFigures, ...]
    titles: tuple[ItemTitle, ...]


def make(archive: Archive, today: date | None = None) -> bytes:
    """Return the archive's bundle, signed with its own key, which is created at the first call."""
    figures, titles, report = figures_now(archive, today)
    body = {
        "form": _FORM,
        "program": __version__,
        "archive": report.name,
        "office": report.office.name,
        "code": report.office.code,
        "day": report.today.isoformat(),
        "scanned_at": report.scanned_at.astimezone(UTC).isoformat(),
        "made_at": datetime.now(UTC).isoformat(),
        "items": [[title.kind, title.kind_title, title.item, title.title] for title in titles],
        "dossiers": [_as_json(each) for each in figures],
    }
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    signature = _own_key(archive).sign(content)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, each in ((_FIGURES, content), (_SIGNATURE, signature)):
            packed.writestr(zipfile.ZipInfo(name, _MADE), each, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def public_key(archive: Archive) -> bytes:
    """Return the archive's public key as PEM, by which others verify its bundles."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _own_key(archive).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: bytes) -> str:
    """Return the fingerprint of a public key (PEM) for comparison by telephone: 32 hexadecimal digits in
    groups of four."""

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    raw = _public(key).public_bytes(Encoding.Raw, PublicFormat.Raw)
    digits = sha256(raw).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def of_archives(bundles: Sequence[Path], keys: Path, name: str = "") -> Totals:
    """Return figures by archive, each named after the file of its key.

    A bundle with an unknown or invalid signature is listed as refused; an archive without an accepted bundle
    as missing. Of several bundles by one key only the latest counts, by the day of its figures, then by the
    time of signing; the others are listed as refused. Raises :class:`UsageError` if there is no key, or two
    for one archive.
    """
    known = _known_keys(keys)
    sent: dict[str, Bundle] = {}
    from_file: dict[str, Path] = {}
    refused: dict[str, str] = {}

    def refuse(path: Path, why: str) -> None:
        refused[path.name if path.name not in refused else str(path)] = why

    for path in bundles:
        try:
            owner, bundle = opened(path, known)
        except ArchiveError as error:
            refuse(path, error.message)
            continue
        older = path
        if owner not in sent or (sent[owner].day, sent[owner].made) < (bundle.day, bundle.made):
            older = from_file.get(owner, path)
            sent[owner], from_file[owner] = bundle, path
        if older != from_file[owner]:
            refuse(older, _("đã tính gói mới hơn, hoặc cùng lúc, của {owner}").format(owner=owner))
    missing = {owner: _("chưa có số liệu") for owner in sorted(known) if owner not in sent}
    day = max((bundle.day for bundle in sent.values()), default=date.today())
    figures = [(owner, each) for owner, bundle in sorted(sent.items()) for each in bundle.dossiers]
    found = totals(name, day, figures, (t for bundle in sent.values() for t in bundle.titles), missing)
    days = {owner: bundle.day for owner, bundle in sent.items()}
    empty = [total(owner, ()) for owner, bundle in sent.items() if not bundle.dossiers]
    parts: tuple[Total, ...] = (*found.parts, *empty)
    parts = tuple(replace(part, day=days[part.name]) for part in parts)
    return replace(found, parts=parts, refused=refused)


def opened(path: Path, keys: Mapping[str, Ed25519PublicKey]) -> tuple[str, Bundle]:
    """Verify and open a bundle; return the archive's name and the figures. Raises :class:`ArchiveError` with
    the reason if it is refused."""
    from cryptography.exceptions import InvalidSignature

    content, signature = _parts(path)
    for owner, key in keys.items():
        try:
            key.verify(signature, content)
        except InvalidSignature:
            continue
        try:
            return owner, _bundle(json.loads(content))
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
            raise ArchiveError(_("không phải gói số liệu mà phiên bản này đọc được")) from error
    raise ArchiveError(_("chữ ký không thuộc khóa nào đã biết, hoặc gói bị sửa sau khi ký"))


def _parts(path: Path) -> tuple[bytes, bytes]:
    unreadable = _("không phải gói số liệu, hoặc tệp bị cắt cụt")
    try:
        with zipfile.ZipFile(io.BytesIO(read_small(path, _LARGEST_BUNDLE))) as packed:
            members = packed.infolist()
            if [member.filename for member in members] != [_FIGURES, _SIGNATURE]:
                raise ArchiveError(unreadable)
            if members[0].file_size > _LARGEST_FIGURES or members[1].file_size != 64:
                raise ArchiveError(unreadable)
            with packed.open(members[0]) as file:  # the declared size may be false
                content = file.read(_LARGEST_FIGURES + 1)
            if len(content) > _LARGEST_FIGURES:
                raise ArchiveError(unreadable)
            return content, packed.read(members[1])
    except OSError as error:
        raise ArchiveError(in_words(error)) from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise ArchiveError(unreadable) from error


def _as_json(figures: DossierFigures) -> dict[str, Any]:
    rules = [[*key, count] for key, count in sorted(figures.rules.items())]
    return {
        name: rules if name == "rules" else getattr(figures, name)
        for name in DossierFigures.__dataclass_fields__
    }


def _bundle(raw: Any) -> Bundle:
    if raw["form"] != _FORM or len(raw["dossiers"]) > _MOST_DOSSIERS:
        raise ValueError(raw["form"])
    titles = tuple(ItemTitle(_text(k), _text(kt), _count(i), _text(t)) for k, kt, i, t in raw["items"])
    dossiers = tuple(_figures(each) for each in raw["dossiers"])
    made = datetime.fromisoformat(raw.get("made_at") or raw["scanned_at"]).astimezone(UTC)
    return Bundle(_text(raw["archive"]), date.fromisoformat(raw["day"]), made, dossiers, titles)


def _figures(raw: Mapping[str, Any]) -> DossierFigures:
    score = raw["score"]
    if not isinstance(score, float) or not 0 <= score <= 100 or not isinstance(raw["complete"], bool):
        raise ValueError(score)
    return DossierFigures(
        name=_text(raw["name"]), kind=_text(raw["kind"]), unit=_text(raw["unit"]),
        complete=raw["complete"], score=score, errors=_count(raw["errors"]),
        warnings=_count(raw["warnings"]), overdue=_count(raw["overdue"]), doubts=_count(raw["doubts"]),
        unread=_count(raw["unread"]), secret=_count(raw["secret"]),
        lacking=tuple(_count(item) for item in raw["lacking"]),
        rules={(_text(r), _text(s), _text(p)): _count(n) for r, s, p, n in raw["rules"]},
    )  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 1000:
        raise ValueError("no text")
    return value


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
        raise ValueError("no count")
    return value


def _own_key(archive: Archive) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_pem_private_key,
    )

    where = archive.ready_state() / KEY_NAME
    try:
        if not os.path.lexists(where):
            new = Ed25519PrivateKey.generate()
            pem = new.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            unfinished = write_beside(where, pem, private=True)
            acted(archive, unfinished, "signing-key")
            with suppress(FileExistsError):  # another process has just written one, which then stays
                move_into_place(unfinished, where, replace=False)
        key = load_pem_private_key(read_small(where, _LARGEST_KEY), None)
    except OSError as error:
        raise ArchiveError(
            _("Không đọc hoặc tạo được khóa ký {path}: {why}.").format(path=where, why=in_words(error))
        ) from error
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ArchiveError(
            _("Khóa ký {path} hỏng.").format(path=where),
            _("Đổi tên tệp ấy rồi chạy lại để tạo khóa mới; sau đó gửi lại khóa công khai cho nơi nhận."),
        )
    return key


def _known_keys(folder: Path) -> dict[str, Ed25519PublicKey]:
    found = {}
    try:
        for path in sorted(folder.glob("*.pem")):
            found[path.stem] = _public(read_small(path, _LARGEST_KEY), path)
    except OSError as error:
        raise UsageError(
            _("Không đọc được thư mục khóa {path}: {why}.").format(path=folder, why=in_words(error))
        ) from error
    _check_apart(found)
    if not found:
        raise UsageError(
            _("Thư mục {path} không có khóa công khai nào.").format(path=folder),
            _("Mỗi kho gửi khóa của mình (dossier bundle key -o TÊN-TỈNH.pem); chép cả vào một thư mục."),
        )
    return found


def _check_apart(keys: Mapping[str, Ed25519PublicKey]) -> None:
    """Raise :class:`UsageError` for two files with one key or two spellings of one name: an archive would be
    counted twice, or be missing although its bundle was accepted."""
    seen: dict[bytes | str, str] = {}
    for name, key in keys.items():
        for mark in (key.public_bytes_raw(), marked_words(name)):
            if (other := seen.setdefault(mark, name)) != name:
                raise UsageError(
                    _("Hai tệp khóa {one}.pem và {other}.pem là của một nơi.").format(one=other, other=name),
                    _("Bỏ bớt một tệp khỏi thư mục khóa: mỗi nơi chỉ một khóa."),
                )


def _public(pem: bytes, path: Path | None = None) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(
            _("{path} không phải khóa công khai của dossier.").format(path=path or "PEM"),
            _("Chép lại từ nơi gửi: dossier bundle key -o TÊN-TỈNH.pem."),
        )
    return key
