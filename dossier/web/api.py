"""The JSON API. Keys are those of the documented JSON contract."""

from __future__ import annotations

from dossier.machine_json import fields
from dossier.model.units import is_one_of
from dossier.usecases import answering, history, viewing
from dossier.usecases.search import by_unit
from dossier.usecases.standing import Row
from dossier.web import review, search_pages
from dossier.web.documents import address_of, page_of, paper_for
from dossier.web.overview import chosen, paged, report_for, row_for, standing_for
from dossier.web.request import Answer, Ask, NotFoundError, data
from reports import json as json_report


def summary(ask: Ask) -> Answer:
    """Return key figures of the archive."""
    standing = standing_for(ask)
    return data(
        {
            **fields(standing, "name today scanned_at score"),
            "dossiers": len(standing.rows), "complete": sum(row.complete for row in standing.rows),
            "needs_review": len(standing.questions), "unread": standing.unread,
            "outside": standing.outside, "due": len(standing.dues),
        }
    )  # fmt: skip


def _plain(row: Row) -> dict[str, object]:
    return fields(row, "id path kind name unit") | {
        "status": "complete" if row.complete else "incomplete", "score": row.score,
        "items": {str(cell.item): cell.kind for cell in row.cells},
        **fields(row, "documents unread needs_review=doubts errors warnings next_due"),
    }  # fmt: skip


def dossiers(ask: Ask) -> Answer:
    """Return one page of the dossiers that match the query."""
    found = chosen(ask, standing_for(ask).rows)
    shown, number, pages = paged(found, ask.number("trang", 1))
    return data(
        {"total": len(found), "page": number, "pages": pages, "dossiers": [_plain(row) for row in shown]}
    )


def dossier(ask: Ask) -> Answer:
    """Return the full report on a dossier; of a secret document only that there is one."""
    row = row_for(ask, ask.params["id"])
    report = report_for(ask, row)
    plain_report = json_report.plain(report)
    return data({"id": row.id, "dossier": plain_report})


def document(ask: Ask) -> Answer:
    """Return the recorded data of one document."""
    found = paper_for(ask)
    if found.shown.secret:
        return data({"id": ask.params["doc"], "secret": True})
    if found.document is None:
        unread = found.shown.unread
        return data({"id": ask.params["doc"], "unread": unread.reason.value if unread else None})
    archive, plain_document = ask.cache.archive, json_report.plain((found.document,))
    return data(
        {
            "id": ask.params["doc"], "documents": plain_document,
            "version": answering.version(archive, found.document),
            "head_version": answering.head_version(found.document),
        }
    )  # fmt: skip


def marks(ask: Ask) -> Answer:
    """Return the marked fields and search hits on a page; boxes are fractions of the page."""
    found = paper_for(ask)
    if found.shown.secret or found.document is None:
        raise NotFoundError
    number = page_of(ask, found.document)
    text, places = viewing.text_of(ask.cache.archive, found.document)
    known = viewing.marks(found.document, text, places, number, ask.query.get("q", "")[:200])
    return data(
        {
            "page": number,
            "marks": [fields(m, "kind name label") | {"box": list(m.box)} for m in known],
        }
    )


_HIT = "path ordinal score number_symbol date type item dossier page snippet abstract parts dossier_name kind"


def search(ask: Ask) -> Answer:
    """Return the hits, with the keys of ``dossier search --json``."""
    results, number = search_pages.found_for(ask)
    if results is None:
        return data({"query": "", "total": 0, "took_ms": 0, "hits": []})
    results = by_unit(results, {row.path: row.unit for row in standing_for(ask).rows})
    return data(
        {
            **fields(results, "query total took_ms"), "page": number,
            "hits": [
                {"id": address_of(hit.path, hit.ordinal)} | fields(hit, _HIT)
                for hit in results.hits
            ],
            "facets": {name: dict(counts) for name, counts in results.facets.items()},
            "notes": list(results.notes),
        }
    )  # fmt: skip


def next_question(ask: Ask) -> Answer:
    """Return the next document in doubt."""
    return data(review.as_plain(ask.cache.archive, review.open_question(ask)))


def dues(ask: Ask) -> Answer:
    """Return the open duties, by day."""

    return data({"dues": [json_report.due(each) for each in standing_for(ask).dues]})


def waivers(ask: Ask) -> Answer:
    """Return the waivers, in force and expired."""
    standing = standing_for(ask)
    return data(
        {
            "waivers": [
                fields(w, "dossier rule part reason author made_at until") | {"in_force": valid}
                for known, valid in ((standing.waivers, True), (standing.expired, False))
                for w in known
            ]
        }
    )  # fmt: skip


def nights(ask: Ask) -> Answer:
    """Return the nightly results; to a visitor limited to units only the scores of these units."""

    units = ask.visitor.units
    own = is_one_of(units or ())
    return data(
        {
            "nights": [
                {"day": night.day.isoformat(), "score": night.score, "counts": dict(night.counts)}
                if units is None
                else {
                    "day": night.day.isoformat(),
                    "units": {unit: score for unit, score in night.units.items() if own(unit)},
                }
                for night in history.nights(ask.cache.archive)
            ]
        }
    )


def description(_ask: Ask) -> Answer:
    """Return the OpenAPI 3.1 description, generated from the table of routes."""
    from dossier.web.openapi import describe
    from dossier.web.routes import MACHINES

    return data(describe(MACHINES))
