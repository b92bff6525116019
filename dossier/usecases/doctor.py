"""Check this machine and the archive's state: what is missing, the consequence, and the command to fix it."""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib import metadata

from dossier import __version__, libraries
from dossier.archive import Archive
from dossier.catalogue import is_made
from dossier.errors import DossierError, IndexElsewhereError
from dossier.i18n import _
from dossier.model.health import Check, Health
from dossier.os_errors import in_words
from dossier.scanner import VERSION
from dossier.state import readers_beside_us
from dossier.usecases import server_health
from dossier.usecases.known import open_known

_VIETNAM = timedelta(hours=7)
_ASIDE = ("*.bak-????", "*.damaged-*[0-9]", "*.moved-*[0-9]", "former-*")


def examine(archive: Archive) -> list[Check]:
    """Run all checks of the machine and of the archive's state. Changes nothing."""
    return [
        Check("dossier", Health.OK, __version__),
        Check("Python", Health.OK, f"{platform.python_version()} ({sys.executable})"),
        Check("SQLite", Health.OK, sqlite3.sqlite_version),
        _clock(datetime.now(UTC).astimezone()),
        *_packages(),
        *_search_engine(),
        *_ocr(archive),
        *_programs(),
        *_bounds(archive),
        *server_health.checks(archive),
        *_state(archive),
        *_certificate(archive),
    ]


def _clock(now: datetime) -> Check:
    """Report the machine's time and zone: the day on which something falls due begins by it."""
    name, shown = _("Giờ của máy"), f"{now:%H:%M %d/%m/%Y} (UTC{now.isoformat()[-6:]})"
    if now.utcoffset() == _VIETNAM:
        return Check(name, Health.OK, shown)
    cost = _("Không phải giờ Việt Nam: “hôm nay” có lúc lệch một ngày, hạn và giờ đã ghi lệch theo.")
    fix = "timedatectl set-timezone Asia/Ho_Chi_Minh"
    if sys.platform == "win32":
        fix = 'tzutil /s "SE Asia Standard Time"'
    return Check(name, Health.MISSING, shown, cost, fix)


def _packages() -> Iterator[Check]:
    roles = {
        "pypdfium2": _("đọc PDF"),
        "pypdf": _("đọc PDF khi pypdfium2 không chạy được"),
        "lxml": _("đọc Word"),
        "pillow": _("đọc ảnh và bản quét"),
        "python-calamine": _("đọc bảng tính"),
        "olefile": _("đọc thư Outlook"),
        "cryptography": _("xem chữ ký số, ký gói số liệu, mã hóa trang"),
        "pyhanko": _("xem chữ ký số"),
        "watchdog": _("theo dõi thư mục"),
    }
    extras = {
        "starlette": _("mở trang"),
        "uvicorn": _("mở trang"),
        "argon2-cffi": _("đặt và so mật khẩu của trang"),
        "psycopg": _("dùng danh mục trên máy chủ PostgreSQL"),
    }
    modules = {"pillow": "PIL", "argon2-cffi": "argon2"}
    for package, role in {**roles, **extras}.items():
        module = modules.get(package, package.replace("-", "_"))
        if package in roles or libraries.installed(module):
            yield _library(package, module, _("Không {role} được.").format(role=role), Health.BROKEN)


def _search_engine() -> Iterator[Check]:
    cost = _("Tìm bằng Whoosh: vẫn tìm được như vậy, nhưng chậm hơn nhiều.")
    yield _library("tantivy", "", cost, Health.MISSING)


def _certificate(archive: Archive) -> Iterator[Check]:
    """Report the web page's own certificate, if any, with the fingerprint that people compare by eye."""
    from dossier.usecases import certificates

    if not libraries.usable("cryptography"):
        return

    known = certificates.existing(archive.state)
    if known is None:
        return
    name = _("Chứng thư của trang")
    sentence = _("đến {day}; dấu vân SHA-256 {fingerprint}").format(
        day=known.until.strftime("%d/%m/%Y"), fingerprint=known.fingerprint
    )
    if known.until - datetime.now(UTC) > timedelta(days=7):
        yield Check(name, Health.OK, sentence)
    else:
        yield Check(
            name, Health.MISSING, sentence, _("trình duyệt sẽ báo trang không an toàn"),
            _("mở lại trang: dossier serve"),
        )  # fmt: skip


def _library(package: str, module: str, cost: str, otherwise: Health) -> Check:
    """Check a package by its name on PyPI; ``module``: the name to import, if different."""
    trouble = libraries.trouble(module or package.replace("-", "_"))
    if trouble is None:
        return Check(package, Health.OK, metadata.version(package))
    install = f"{sys.executable} -m pip install {package}"
    if not trouble:
        return Check(package, otherwise, _("không có"), cost, install)
    found = _("đã cài nhưng không nạp được ({why})").format(why=trouble)
    if sys.platform == "win32":  # required there by most libraries with native code
        return Check(package, otherwise, found, cost, "winget install Microsoft.VCRedist.2015+.x64")
    return Check(package, otherwise, found, cost, f"{install} --force-reinstall")


def _ocr(archive: Archive) -> Iterator[Check]:
    from dossier.scanner._exec import tesseract
    from dossier.scanner.ocr import engine

    cost = _("Bản quét (PDF chỉ có ảnh) chưa đọc được; tên tệp và thư mục vẫn được dùng để gợi ý.")
    chosen = engine(archive.config.scan.ocr_engine)
    if not archive.config.scan.ocr:
        yield Check("Tesseract", Health.MISSING, _("đã tắt trong dossier.toml"), cost, "[scan] ocr = true")
    elif chosen.available():
        yield Check(chosen.title, Health.OK, chosen.version())
    else:
        found = tesseract.available()
        state = _("không có") if found is None else _("có {version}, thiếu dữ liệu tiếng Việt (vie)")
        said = state.format(version=found.version if found else "")
        yield Check(chosen.title, Health.MISSING, said, cost, tesseract.install_command())
    if libraries.installed("tesserocr") and not libraries.usable("tesserocr"):
        yield _library(
            "tesserocr", "", _("Đọc bản quét bằng chương trình Tesseract, nếu có."), Health.MISSING
        )
    yield _handwriting()


def _handwriting() -> Check:
    from dossier.scanner.ocr import ppocr

    name = _("Đọc chữ viết tay")
    if ppocr.model() is not None:
        return Check(name, Health.OK, f"PP-OCRv6 (rapidocr {metadata.version(ppocr.NAME)})")
    cost = _("Số và ngày viết tay trên bản quét để trống, chờ người xem; dấu mật nghiêng có thể không thấy.")
    broken = ppocr.trouble() or (_("đã cài nhưng không chạy được") if ppocr.available() else _("không có"))
    return Check(name, Health.MISSING, broken, cost, ppocr.install_command())


def _programs() -> Iterator[Check]:
    """Check programs for single file formats; each is needed only for files of its format."""
    from dossier.scanner import _exec

    for program in _exec.optional():
        if found := program.available():
            yield Check(program.TITLE, Health.OK, found)
        else:
            yield Check(
                program.TITLE, Health.MISSING, _("không có"), program.cost(), program.install_command()
            )
    yield _library("pillow-heif", "", _("Ảnh HEIC của điện thoại chưa đọc được."), Health.MISSING)


def _bounds(archive: Archive) -> Iterator[Check]:
    """Check the sandbox of the processes that read files, since a file may be malicious."""
    from dossier.scanner.sandbox import Done, Pool
    from dossier.scanner.sandbox_worker import BOUNDS, bounds_in_force
    from dossier.usecases.reading import bounds_for

    called = {
        "memory": _("bộ nhớ"),
        "cpu": _("thời gian xử lý"),
        "network": _("không có mạng"),
        "files": _("chỉ thấy tệp của kho (Landlock)"),
        "rights": _("không nhận thêm quyền"),
    }
    held: set[str] = set()
    with suppress(DossierError), Pool(bounds_in_force, workers=1, bounds=bounds_for(archive)) as pool:
        for _task, outcome in pool.run([None]):
            held.update(outcome.value if isinstance(outcome, Done) else ())
    name = _("Giới hạn khi đọc tệp")
    found = ", ".join(called[bound] for bound in BOUNDS if bound in held) or _("không có")
    if lacking := [called[bound] for bound in BOUNDS if bound not in held]:
        cost = _("Hệ thống này không cho: {bounds}. Tệp độc hại có thể làm được nhiều hơn.")
        yield Check(name, Health.MISSING, found, cost.format(bounds=", ".join(lacking)))
    else:
        yield Check(name, Health.OK, found)


def _state(archive: Archive) -> Iterator[Check]:
    """Check the archive's state: the catalogue, and the rest only if the catalogue is intact."""
    found = list(_catalogue(archive))
    yield from found
    if not all(check.health is Health.OK for check in found):
        return
    for checks in (_privacy, _learning, _index, _disk, _old_copies):
        try:
            yield from checks(archive)
        except DossierError as error:  # a catalogue that is damaged in one place, or went away meanwhile
            yield Check(_("Danh mục"), Health.BROKEN, error.message, str(archive.state), error.advice)


def _catalogue(archive: Archive) -> Iterator[Check]:
    where = str(archive.state)
    try:
        made = is_made(archive)
    except DossierError as error:
        yield Check(_("Danh mục"), Health.BROKEN, error.message, where, error.advice)
        return
    if not made:
        yield Check(
            _("Danh mục"),
            Health.MISSING,
            _("chưa có"),
            _("Kho chưa được quét."),
            f'dossier scan "{archive.root}"',
        )
        return

    try:
        with open_known(archive) as catalogue:
            files = len(catalogue.known_files())
            trouble = catalogue.trouble()
            lost = 0 if trouble else catalogue.orphans.count()
    except DossierError as error:
        yield Check(_("Danh mục"), Health.BROKEN, error.message, where, error.advice)
        return
    if lost:
        trouble = _("{count} dòng mồ côi").format(count=lost)
    if trouble:
        yield Check(
            _("Danh mục"), Health.BROKEN, trouble, _("Kết quả có thể sai."), "dossier doctor --fix"
        )  # fmt: skip
        return
    yield Check(_("Danh mục"), Health.OK, _("{files} tệp ({path})").format(files=files, path=where))


def _index(archive: Archive) -> Iterator[Check]:
    from dossier.usecases.following import Worth, check_here, worth
    from dossier.usecases.indexing import index_of
    from dossier.usecases.mend import index_trouble

    try:
        with open_known(archive) as catalogue:
            check_here(archive, catalogue)
            behind = worth(archive, catalogue) is Worth.BEHIND
        trouble = index_trouble(archive)
        count = index_of(archive).count()
    except IndexElsewhereError as error:
        yield Check(_("Chỉ mục"), Health.OK, error.message)
        return
    except DossierError as error:
        yield Check(_("Chỉ mục"), Health.BROKEN, error.message, _("Không tìm được."), error.advice)
        return
    if trouble:
        cost = _("Tìm kiếm có thể thiếu kết quả.")
        yield Check(_("Chỉ mục"), Health.BROKEN, trouble, cost, "dossier doctor --fix")
    elif behind:
        said = _("không theo kịp danh mục (máy khác vừa niêm phong, hoặc danh mục được phục hồi)")
        cost = _("Tìm kiếm có thể thiếu; trên đĩa có thể còn chữ của tài liệu mật.")
        yield Check(_("Chỉ mục"), Health.BROKEN, said, cost, "dossier index --rebuild")
    else:
        yield Check(_("Chỉ mục"), Health.OK, _("{count} văn bản").format(count=count))


def _privacy(archive: Archive) -> Iterator[Check]:
    """Check that only its owner can read the state, which contains the documents' texts; list backups that
    may contain texts of documents sealed since."""
    from dossier.usecases.forget import outside

    name = _("Quyền xem trạng thái")
    try:
        others = readers_beside_us(archive.state, archive.group)
    except OSError as error:
        yield Check(name, Health.MISSING, str(in_words(error)))
        return
    if others:
        said = _("{count} tệp, thư mục mà người khác xem được, ví dụ {path}")
        cost = _("Ai dùng máy này cũng đọc được nội dung văn bản.")
        found = said.format(count=len(others), path=others[0])
        yield Check(name, Health.BROKEN, found, cost, "dossier doctor --fix")
    else:
        yield Check(name, Health.OK, archive.group or _("chỉ chủ sở hữu"))
    with open_known(archive) as catalogue:
        sealed = catalogue.secrecy.any_sealed()
        left = outside(catalogue) if sealed else []
    for said in left:
        yield Check(_("Bản sao lưu cũ"), Health.BROKEN, said)


def _old_copies(archive: Archive) -> Iterator[Check]:
    """List old copies kept by upgrades, repairs and restores: only a person can tell when to delete them."""
    found = [path for pattern in _ASIDE for path in sorted(archive.state.glob(pattern))]
    if found:
        files = [f for path in found for f in (path, *path.rglob("*")) if f.is_file()]
        said = _("{count} bản, {size} MB: {names}").format(
            count=len(found),
            size=-(-sum(file.stat().st_size for file in files) // 1_000_000),
            names=", ".join(path.name for path in found[:5]) + (" …" if len(found) > 5 else ""),
        )
        cost = _("Giữ nội dung văn bản của thời điểm đó; xóa đi khi chắc chắn không cần nữa.")
        yield Check(_("Bản sao cũ"), Health.OK, said, cost)


def _disk(archive: Archive) -> Iterator[Check]:
    from dossier.scanner.changes import ReadBy, compare
    from dossier.scanner.discover import walk

    with open_known(archive) as catalogue:
        known = catalogue.known_files()
    found = walk(archive)
    changes = compare(found.files, known, ReadBy(VERSION), unreadable=found.unreadable)
    said = _("{unchanged} tệp như danh mục; {read} mới hoặc đã đổi, {gone} không còn").format(
        unchanged=changes.unchanged, read=len(changes.read) + len(changes.replace), gone=len(changes.gone)
    )
    if changes.read or changes.replace or changes.gone:
        cost = _("Báo cáo và tìm kiếm chưa phản ánh những thay đổi này.")
        yield Check(_("Tệp trên đĩa"), Health.MISSING, said, cost, f'dossier scan "{archive.root}"')
    else:
        yield Check(_("Tệp trên đĩa"), Health.OK, said)


def _learning(archive: Archive) -> Iterator[Check]:
    """Report whether the archive learns from people's decisions, and from how many."""
    from dossier.usecases.learning import learning

    with open_known(archive) as catalogue:
        state = learning(archive, catalogue)
    name = _("Học từ quyết định")
    counts = {"count": state.decisions, "needed": state.needed}
    if not state.installed:
        said = _("tắt: chưa cài scikit-learn (đang có {count} quyết định)").format(**counts)
        cost = _("Không học từ các quyết định đã có; mọi việc khác vẫn chạy.")
        yield Check(name, Health.MISSING, said, cost, f"{sys.executable} -m pip install scikit-learn")
    elif state.on:
        yield Check(name, Health.OK, _("bật, từ {count} quyết định").format(**counts))
    else:
        said = _("tắt: mới có {count} quyết định, cần {needed} cho một loại hồ sơ rồi quét lại")
        yield Check(name, Health.OK, said.format(**counts))
