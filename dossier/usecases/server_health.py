"""Health checks of the PostgreSQL server of a catalogue, and the restore drill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.catalogue.server import server_for, server_of
from dossier.errors import CatalogueError, DossierError, UsageError
from dossier.i18n import _, moment
from dossier.model.health import Check, Health
from dossier.scanner import VERSION
from dossier.usecases import audit
from dossier.usecases.assess import assess
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.migrate import at_server

if TYPE_CHECKING:
    from dossier.catalogue.postgres_state import DatabaseHealth

_MOST_DEAD = 0.3  # tolerated share of dead rows in a table
_DRILL_DAYS = 180  # after which a restore drill should be repeated
_CERTIFICATE_DAYS = 30  # before its end, from which the server's certificate is reported
_HOW = "docs/province.md"


@dataclass(frozen=True, slots=True)
class Drill:
    """Content of a restored copy of the catalogue: time of the last scan, numbers of dossiers and
    decisions."""

    scanned_at: datetime
    dossiers: int
    decisions: int


def drill(archive: Archive, url: str) -> Drill:
    """Assess the archive with a copy of its catalogue restored at another address, and record the successful
    drill. The copy is not used for anything else.

    Raises :class:`UsageError` if the address is the archive's own, :class:`CatalogueError` if the copy is
    unusable.
    """
    live, copy = server_of(archive), server_for(archive, url)
    if live is None:
        raise UsageError(
            _("Danh mục của kho này là tệp: thử phục hồi bằng dossier restore vào một thư mục khác."),
        )
    at_copy = at_server(archive, copy)
    used = server_of(at_copy)
    if copy.url == live.url or used is None or used.url != copy.url:
        raise UsageError(
            _("Địa chỉ ấy là máy chủ đang dùng, không phải bản phục hồi."),
            _("Phục hồi bản sao lưu ở một cổng hay máy khác, rồi nêu địa chỉ ấy."),
        )
    report = assess(at_copy)
    with open_known(at_copy) as catalogue:
        if trouble := catalogue.trouble():
            raise CatalogueError(trouble)
        decisions = len(catalogue.decisions.all())
    audit.note(archive, "drill", copy.shown)
    with writing(archive, "doctor"), open_known(archive) as catalogue:
        catalogue.note_drill(datetime.now(UTC))
    return Drill(report.scanned_at, len(report.dossiers), decisions)


def checks(archive: Archive) -> Iterator[Check]:
    """Yield the checks of the database server; none if the catalogue is a local file."""
    try:
        server = server_of(archive)
        if server is None:
            return
        found: DatabaseHealth = server.backend.health(server, VERSION)
        with open_known(archive) as catalogue:
            drilled = catalogue.meta().get("drilled_at")
    except DossierError as error:
        yield Check("PostgreSQL", Health.BROKEN, error.message, _("Không dùng được kho."), error.advice)
        return
    text = _("{version}, {size} MB ({server})").format(
        version=found.version, size=-(-found.size // 1_000_000), server=server.shown
    )
    yield Check("PostgreSQL", Health.OK, text)
    yield _backup(found)
    yield _drilled(drilled)
    yield from _workers(found)
    yield from _certificate(found)
    if found.dead > _MOST_DEAD:
        text = _("bảng {table}: {share:.0%} là dòng chết").format(table=found.table, share=found.dead)
        yield Check(
            _("Dòng chết"), Health.MISSING, text, _("Chậm dần, tốn chỗ."), f"VACUUM ANALYZE {found.table}"
        )


def _backup(found: DatabaseHealth) -> Check:
    name = _("Sao lưu PostgreSQL")
    if not found.archiving or found.archived is None:
        cost = _("Hỏng đĩa máy chủ thì mất quyết định của mọi người từ bản sao lưu gần nhất.")
        return Check(name, Health.MISSING, _("chưa lưu nhật ký thay đổi (WAL)"), cost, _HOW)
    if found.failing:
        text = _("lần cuối {when}, sau đó bị lỗi").format(when=moment(found.archived))
        return Check(name, Health.BROKEN, text, _("Những thay đổi mới nhất chưa được sao lưu."), _HOW)
    text = _("nhật ký thay đổi lưu lần cuối {when}")
    return Check(name, Health.OK, text.format(when=moment(found.archived)))


def _drilled(at: str | None) -> Check:
    name, mend = _("Thử phục hồi"), "dossier doctor --drill postgresql://…"
    cost = _("Bản sao lưu chưa ai phục hồi thử thì chưa biết có dùng được không.")
    if at is None:
        return Check(name, Health.MISSING, _("chưa thử lần nào"), cost, mend)
    when = datetime.fromisoformat(at)
    text = _("lần cuối {when:%d/%m/%Y}").format(when=when.astimezone())
    if datetime.now(UTC) - when > timedelta(days=_DRILL_DAYS):
        return Check(name, Health.MISSING, text, cost, mend)
    return Check(name, Health.OK, text)


def _workers(found: DatabaseHealth) -> Iterator[Check]:
    """Check the worker machines; a machine with another version refuses jobs."""
    if not found.workers:
        return
    versions = {version for _machine, version in found.workers}
    text = "; ".join(
        _("{machine}: phiên bản {version}").format(machine=machine or _("máy này"), version=version)
        for machine, version in found.workers
    )
    if versions == {found.own_version}:
        yield Check(_("Máy đang làm việc"), Health.OK, text)
    else:
        cost = _("Máy khác phiên bản từ chối việc của máy này; kho được đọc chậm hơn.")
        mend = _("Cài cùng một phiên bản dossier trên mọi máy.")
        yield Check(_("Máy đang làm việc"), Health.BROKEN, text, cost, mend)


def _certificate(found: DatabaseHealth) -> Iterator[Check]:
    if found.certificate is None:
        return
    name, left = _("Chứng chỉ máy chủ"), found.certificate - datetime.now(UTC)
    text = _("có hiệu lực đến {when:%d/%m/%Y}").format(when=found.certificate.astimezone())
    cost = _("Hết hạn thì các máy kiểm tra chứng chỉ không kết nối được nữa.")
    if left < timedelta(0):
        yield Check(name, Health.BROKEN, text, cost, _HOW)
    elif left < timedelta(days=_CERTIFICATE_DAYS):
        yield Check(name, Health.MISSING, text, cost, _HOW)
    else:
        yield Check(name, Health.OK, text)
