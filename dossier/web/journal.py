"""The audit log, newest first. Auditors see all entries, other people their own; heads of units also those on
the dossiers of their units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from dossier.machine_json import fields
from dossier.usecases import audit
from dossier.usecases.audit import AuditEntry
from dossier.vietnamese import words
from dossier.web.overview import standing_for
from dossier.web.request import Answer, Ask, data, page
from dossier.web.roles import Right, Role
from reports import acts

_PAGE = 100  # entries
_DEEPEST = 100  # pages


def journal(ask: Ask) -> Answer:
    """Show the entries that match the query."""
    found, number, more = _lines(ask)
    checks = ask.visitor.may(Right.LOG_WHOLE)
    asks = bool({"ai", "viec", "ve", "tu", "den"} & {name for name, value in ask.query.items() if value})
    return page(
        "journal.html.j2", entries=found, number=number, pages=number + more, query=dict(ask.query),
        verified=audit.verify(ask.cache.archive) if checks and number == 1 and not asks else None,
        whole=_sees(ask) is None, said=acts,
    )  # fmt: skip


def plain(ask: Ask) -> Answer:
    """JSON version of :func:`journal`."""
    found, number, more = _lines(ask)
    return data(
        {
            "page": number, "more": more,
            "entries": [fields(entry, "number at actor way act about details hash") for entry in found],
        }
    )  # fmt: skip


def verified(ask: Ask) -> Answer:
    """Return whether the chain of hashes is unbroken."""
    known = audit.verify(ask.cache.archive)
    return data({"entries": known.entries, "head": known.head, "broken": known.broken})


def _lines(ask: Ask) -> tuple[list[AuditEntry], int, bool]:
    """A page of the matching entries that the visitor may see, its number, and whether there are more."""
    number = ask.number("trang", 1, 1, _DEEPEST)
    sees, asked = _sees(ask), _asked(ask)
    known = audit.entries(
        ask.cache.archive, number * _PAGE + 1,
        wanted=lambda entry: (sees is None or sees(entry)) and asked(entry),
    )  # fmt: skip
    return known[(number - 1) * _PAGE : number * _PAGE], number, len(known) > number * _PAGE


def _sees(ask: Ask) -> Callable[[AuditEntry], bool] | None:
    """A predicate for the entries that the visitor may see; ``None``: all."""
    visitor = ask.visitor
    chief = visitor.role is Role.CHIEF
    if visitor.may(Right.LOG_WHOLE) or (chief and visitor.units is None):
        return None
    if not chief:
        return lambda entry: entry.actor == visitor.name
    own = {row.path for row in standing_for(ask).rows}
    return lambda entry: (
        entry.actor == visitor.name
        or any(entry.about == path or entry.about.startswith(f"{path}/") for path in own)
    )


def _asked(ask: Ask) -> Callable[[AuditEntry], bool]:
    """A predicate for the entries that match the query. Raises :class:`UsageError` for invalid days."""
    who, act, about = (ask.query.get(name, "")[:200] for name in ("ai", "viec", "ve"))
    wanted_words, actor = words(about), words(who)
    first, last = ask.day("tu"), ask.day("den")
    since = datetime.combine(first, time()).astimezone(UTC) if first else None
    until = datetime.combine(last + timedelta(days=1), time()).astimezone(UTC) if last else None

    def asked(entry: AuditEntry) -> bool:
        return (
            (not actor or actor in words(entry.actor))
            and (not act or entry.act == act)
            and (not wanted_words or wanted_words in words(entry.about))
            and (since is None or entry.at >= since)
            and (until is None or entry.at < until)
        )

    return asked
