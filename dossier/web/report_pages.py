"""Reports to take along, and how the machine is."""

from __future__ import annotations

from dataclasses import replace

import reports as formats
from dossier.web.making import TYPES, Wanted, report_for
from dossier.web.overview import row_for
from dossier.web.request import Answer, Ask, NotFoundError, file, page


def report(ask: Ask) -> Answer:
    """One report as a file, of everything the visitor may see, or of one dossier."""
    name = ask.params["format"]
    if name not in TYPES or name in ("pdf", "zip"):
        raise NotFoundError
    row = row_for(ask, ask.query["ho-so"]) if ask.query.get("ho-so") else None
    made = report_for(Wanted(ask.cache.archive, ask.visitor, ask.today, row.path if row else "", name))
    called = row.name if row else made.name
    return file(formats.get(name).render(made), TYPES[name], f"{called}.{name}"[-120:])


def machine(ask: Ask) -> Answer:
    """What this machine has and lacks."""
    checks, at = ask.services.checkup.latest()
    answer = page("machine.html.j2", checks=checks, at=at)
    return answer if at else replace(answer, headers={"refresh": "3"})
