"""The page of all decisions: who decided what and when; export and import as a table, like ``dossier
decisions``. For visitors who act for the whole office."""

from __future__ import annotations

from pathlib import Path

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Correction
from dossier.usecases import decisions
from dossier.usecases.decisions import Decided, Imported
from dossier.usecases.viewing import FIELD_NAMES
from dossier.vietnamese import words
from dossier.web.documents import address_of
from dossier.web.overview import paged
from dossier.web.request import Answer, Ask, data, file, page, see

ADDRESS = "/quyet-dinh"
_PAGE = 100
_MOST_BYTES = 20 << 20
_REFUSED_SHOWN = 20  # rows
_CSV = "text/csv; charset=utf-8"


def listed(ask: Ask) -> Answer:
    """Show the decisions, newest first."""
    found = _found(ask)
    shown, number, pages = paged(found, ask.number("trang", 1), _PAGE)
    return page(
        "decisions.html.j2", entries=[(each, _what(ask, each), _address(each)) for each in shown],
        total=len(found), number=number, pages=pages, query=dict(ask.query),
        told=ask.services.told.take(ask.visitor.name),
    )  # fmt: skip


def plain(ask: Ask) -> Answer:
    """JSON version of :func:`listed`."""
    found = _found(ask)
    shown, number, pages = paged(found, ask.number("trang", 1), _PAGE)
    shown_entries = [each.as_dict() | {"id": _address(each)} for each in shown]
    return data({"total": len(found), "page": number, "pages": pages, "decisions": shown_entries})


def table(ask: Ask) -> Answer:
    """Return all decisions as a CSV table."""
    made = decisions.export(ask.cache.archive, lambda found: _may_show(ask, found))
    return file(made, _CSV, "quyet-dinh.csv")


def upload(ask: Ask) -> Answer:
    """Import the decisions of uploaded tables; the results are shown on the next page."""
    sentences = [*ask.refused]
    for each in ask.files:
        done = _taken(ask, each)
        sentences.append(_said(each.name, done))
        sentences += [
            _("Dòng {row}: {why}").format(row=row, why=why) for row, why in done.refused[:_REFUSED_SHOWN]
        ]
    ask.services.told.put(ask.visitor.name, sentences or [_("Chưa chọn tệp nào.")])
    return see(ADDRESS)


def import_sent(ask: Ask) -> Answer:
    """Import the decisions of the table in the request body."""
    done = _taken(ask, ask.sent)
    refused = [{"row": row, "why": why} for row, why in done.refused]
    return data({"taken": done.taken, "waiting": done.waiting, "known": done.known, "refused": refused}, 202)


def _taken(ask: Ask, table: Path) -> Imported:
    if table.stat().st_size > _MOST_BYTES:
        raise UsageError(_("Bảng lớn quá {most} MB.").format(most=_MOST_BYTES >> 20))
    return decisions.import_(ask.cache.archive, table.read_bytes())


def _said(name: str, done: Imported) -> str:
    return _(
        "“{name}”: nhận {taken} quyết định ({waiting} chờ tệp), {known} đã có, {refused} dòng không nhận."
    ).format(
        name=name, taken=done.taken, waiting=done.waiting, known=done.known, refused=len(done.refused)
    )  # fmt: skip


def _may_show(ask: Ask, found: Decided) -> bool:
    """Whether a decision may be shown: the name of a document sealed since is hidden from most visitors."""
    sealed = found.document is not None and found.document.security is not None
    return not sealed or ask.visitor.sees_secret_names


def _found(ask: Ask) -> list[Decided]:
    known = [each for each in reversed(decisions.decisions(ask.cache.archive)) if _may_show(ask, each)]
    wanted = words(ask.query.get("chu", "")[:200])
    if not wanted:
        return known
    return [
        each for each in known if wanted in words(f"{each.path} {each.decision.author} {_what(ask, each)}")
    ]


def _what(ask: Ask, found: Decided) -> str:
    decision = found.decision
    if isinstance(decision, Correction):
        return "; ".join(f"{_(FIELD_NAMES.get(k, k))}: {v or '–'}" for k, v in decision.values.items())
    return found.said(ask.cache.archive.checklists)


def _address(found: Decided) -> str:
    """The address of the document's page; empty if it is not in the archive."""
    document = found.document
    return address_of(document.path, document.ordinal) if document is not None else ""
