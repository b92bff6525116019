"""Contents: whether documents cover what the guidance requires of them, and name one model (ND-nn).

The content of a text is determined when it is read (:attr:`Header.mentions`) and only compared here.
Documents that were not examined, or poorly read by OCR, are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from dossier.checklists.judging import Contents, part_of
from dossier.compliance.case import Case, poorly_read
from dossier.compliance.finding import finding, milder
from dossier.compliance.naming import in_sentence, inner, place_title, title
from dossier.compliance.neighbours import GENERIC
from dossier.compliance.own_model import name_of_model, quoted
from dossier.i18n import _
from dossier.model import Document, Finding
from dossier.vietnamese import words

RULES = ("ND-01", "ND-02", "ND-03", "ND-04", "ND-05", "ND-06", "ND-08")


def check(case: Case) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    for contents in case.checklist.contents:
        yield from _lacking(contents, case)
    yield from _names(case)


def _lacking(contents: Contents, case: Case) -> Iterator[Finding]:
    """Missing contents, by period for periodic parts: each year's plan is judged by itself."""
    by_period: dict[str, list[Document]] = {}
    for document, place in case.placed.at(contents.part):
        by_period.setdefault(place.period, []).append(document)
    for period, documents in sorted(by_period.items()):
        since = case.checklist.since
        day = documents[0].header.date
        if not all(_readable(d) for d in documents) or (since and day and day < since):
            continue
        spoken = {each for document in documents for each in document.header.mentions or ()}
        lacking = [ask for ask in contents.asks if f"{contents.rule}.{ask.id}" not in spoken]
        missing = [title(ask) for ask in lacking]
        if missing:
            message = _(
                "Trong {document} chưa thấy nêu: {missing}. Đã tìm trong toàn văn {count} văn bản "
                "của phần “{part}”."
            )
            told = message.format(
                document=in_sentence(documents[0]),
                missing="; ".join(missing),
                count=len(documents),
                part=inner(place_title(case.checklist, contents.part)),
            )
            yield finding(
                contents.rule,
                told,
                [d.id for d in documents],
                part=part_of(contents.part),
                severity=milder(
                    bool(contents.weighty) and not any(ask.id in contents.weighty for ask in lacking)
                ),
                citation=contents.citation,
                subject=(period,) if period else None,
            )


def _readable(document: Document) -> bool:
    return document.header.mentions is not None and not poorly_read(document) and not document.notes


def _names(case: Case) -> Iterator[Finding]:
    """Documents whose abstract quotes another name of the model than the founding decision does."""
    wanted = case.checklist.one_name
    if wanted is None:
        return
    own = name_of_model(case)
    if not own:
        return
    for part in wanted.parts:
        for document, _place in case.placed.at(part):
            named = quoted(document.header.abstract, case.checklist.called)
            if named and not _alike(named, own):
                message = _(
                    "Trong {document} mô hình mang tên “{named}”, khác tên “{own}”; kiểm tra lại tên "
                    "hoặc xem văn "
                    "bản thuộc hồ sơ nào."
                )
                told = message.format(document=in_sentence(document), named=named, own=own)
                yield finding(wanted.rule, told, [document.id], part=part, citation=wanted.citation)


@lru_cache(maxsize=1024)
def _alike(one: str, other: str) -> bool:
    """Whether two names may be of one model: most of their distinctive words are the same."""
    first, second = (frozenset(words(name).split()) for name in (one, other))
    first, second = first - GENERIC or first, second - GENERIC or second
    return len(first & second) >= 0.6 * min(len(first), len(second))
