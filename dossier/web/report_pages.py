"""Reports to take along, and how the machine is."""

from __future__ import annotations

from dataclasses import replace

import reports as formats
from dossier.model import Outside
from dossier.usecases import audit
from dossier.usecases.assess import assess
from dossier.usecases.history import with_history
from dossier.web import redaction
from dossier.web.overview import row_for, standing_for
from dossier.web.request import Answer, Ask, NotFoundError, file, page
from dossier.web.roles import Role
from reports import acts

_TYPES = {
    "html": "text/html; charset=utf-8", "json": "application/json", "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "ics": "text/calendar; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def reports(ask: Ask) -> Answer:
    """What can be taken along."""
    known = [(name, formats.get(name).title) for name in _TYPES]
    return page("reports.html.j2", formats=known, rows=standing_for(ask).rows)


def report(ask: Ask) -> Answer:
    """One report as a file, of everything the visitor may see, or of one dossier."""
    name = ask.params["format"]
    if name not in _TYPES:
        raise NotFoundError
    row = row_for(ask, ask.query["ho-so"]) if ask.query.get("ho-so") else None
    archive, units = ask.cache.archive, ask.visitor.units
    made = assess(archive, ask.today, row.path if row else None)
    if units is not None:
        own = tuple(dossier for dossier in made.dossiers if dossier.unit in units)
        made = replace(
            made, dossiers=own, outside=Outside(), findings=(), due=(), problems=(), proposals=(),
            waivers=tuple(w for w in made.waivers if w.dossier in {d.path for d in own}),
            expired=tuple(w for w in made.expired if w.dossier in {d.path for d in own}),
        )  # fmt: skip
    elif row is None:
        made = with_history(archive, made)
    made = redaction.archive(made, ask.visitor)
    called = row.name if row else made.name
    return file(formats.get(name).render(made), _TYPES[name], f"{called}.{name}"[-120:])


def machine(ask: Ask) -> Answer:
    """What this machine has and lacks."""
    from dossier.usecases.doctor import examine

    return page("machine.html.j2", checks=examine(ask.cache.archive))


def journal(ask: Ask) -> Answer:
    """What was done, the newest first: everything for who checks, their own acts for others."""
    visitor, archive = ask.visitor, ask.cache.archive
    whole = visitor.owner or visitor.role in (Role.AUDITOR, Role.ADMIN)
    found = audit.entries(archive, 200, None if whole else visitor.name)
    verified = audit.verify(archive) if whole else None
    return page("journal.html.j2", entries=found, verified=verified, acts=acts)
