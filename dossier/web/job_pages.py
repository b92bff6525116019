"""Pages for packages, letters and reports made by background jobs, and for reports rendered at once."""

from __future__ import annotations

from functools import partial

import reports as formats
from dossier.compliance.periods import ended_year
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.usecases import closing
from dossier.usecases.standing import Row
from dossier.vietnamese import words
from dossier.web import making
from dossier.web.jobs import MAKING, Job, State, reloading, started
from dossier.web.making import KINDS, TYPES, WantedReport, make
from dossier.web.overview import report_for, row_for, standing_for
from dossier.web.request import (
    Answer,
    Ask,
    ForbiddenError,
    NotFoundError,
    data,
    file,
    page,
    saved,
    whole_number,
)

_SHOWN = 50  # dossiers to choose from


def work(ask: Ask) -> Answer:
    """Show what can be made of the archive or of one dossier, and the recent jobs."""
    row = row_for(ask, ask.query["ho-so"]) if ask.query.get("ho-so") else None
    report = report_for(ask, row) if row else None
    jobs = ask.services.jobs.of(ask.visitor, MAKING)
    answer = page(
        "work.html.j2", row=row, jobs=jobs, State=State,
        kinds={name: kind for name, kind in KINDS.items()
               if kind.of_one is (row is not None) and not (kind.whole and ask.visitor.units is not None)},
        obstacles=closing.obstacles(report) if report else [], years=_years(ask, row),
        lacking=[part for item in report.items for part in item.parts if part.status.value == "missing"]
        if report else [],
        found=_named(ask) if row is None else [], query=dict(ask.query),
    )  # fmt: skip
    return reloading(answer, jobs)


def _years(ask: Ask, row: Row | None) -> list[int]:
    """The last three completed evaluation years, by the clock of the dossier's checklist."""
    if row is None:
        return []
    last = ended_year(ask.today, ask.cache.archive.checklists[row.kind].clock)
    return [last - back for back in range(3)]


def _named(ask: Ask) -> list[Row]:
    """The dossiers to choose from: by words of the name, otherwise the complete ones."""
    wanted = words(ask.query.get("ten", "")[:200])
    rows = standing_for(ask).rows
    found = [row for row in rows if (wanted in words(row.name) if wanted else row.complete)]
    return sorted(found, key=lambda row: words(row.name))[:_SHOWN]


def begin(ask: Ask) -> Answer:
    """Start a job."""
    from dossier.web.pages import with_query

    kind = KINDS.get(ask.form.get("viec", ""))
    if kind is None:
        raise UsageError(_("Không có loại văn bản này."))
    if kind.whole and ask.visitor.units is not None:
        raise ForbiddenError
    row = row_for(ask, ask.form["ho-so"]) if ask.form.get("ho-so") else None
    if kind.of_one and row is None:
        raise UsageError(_("Hãy chọn hồ sơ."))
    format_ = ask.form.get("dang") or kind.formats[0]
    if format_ not in kind.formats:
        raise UsageError(
            _("Dạng tệp này không lập được; chọn: {known}.").format(known=", ".join(kind.formats))
        )
    year = whole_number(ask.form.get("nam", ""), 4)
    wanted = WantedReport(
        ask.cache.archive, ask.visitor, ask.today, row.path if row else "", format_,
        year if year is not None and 2000 <= year <= 2200 else None,
        ask.form.get("muc", "")[:20],
    )  # fmt: skip
    name = row.name if row else ask.cache.archive.name
    title = f"{_(kind.title)}: {name}"
    ask.services.note(ask, "make", row.path if row else "", what=kind.title, format=format_)
    job = ask.services.jobs.begin(ask.visitor, title, partial(make, kind, wanted, name))
    return started(ask, job, with_query("/nop-luu", {"ho-so": ask.form.get("ho-so", "")}) + "#viec")


def one(ask: Ask) -> Answer:
    """Return the state of a job as JSON."""
    return data(_job(ask).as_dict())


def result(ask: Ask) -> Answer:
    """Return the file made by a job."""
    job = _job(ask)
    if job.file is None or job.page != MAKING:
        raise NotFoundError
    return saved(job.file.place, job.file.type, job.file.name)


def _job(ask: Ask) -> Job:
    job = ask.services.jobs.get(ask.visitor, ask.params["id"])
    if job is None:
        raise NotFoundError
    return job


def report(ask: Ask) -> Answer:
    """Return a report as a file, on all dossiers that the visitor may see, or on one."""
    name = ask.params["format"]
    if name not in TYPES or name in ("pdf", "zip"):
        raise NotFoundError
    row = row_for(ask, ask.query["ho-so"]) if ask.query.get("ho-so") else None
    wanted = WantedReport(ask.cache.archive, ask.visitor, ask.today, row.path if row else "", name)
    with ask.services.one_at_a_time(ask):
        made = making.report_for(wanted)
        content = formats.render(name, made)
    return file(content, TYPES[name], f"{row.name if row else made.name}.{name}"[-120:])
