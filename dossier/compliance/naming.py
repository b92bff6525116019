"""Names of documents, parts, periods and ranks for use in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from dossier.checklists.english import type_said, with_article
from dossier.checklists.schema import Checklist, Part
from dossier.compliance.periods import day_said
from dossier.i18n import _, language
from dossier.model import Document, Facts, Placement

_EACH = ("hằng", "hàng", "mỗi")
_IF_ANY = (" (nếu có)", " (if any)")


class Titled(Protocol):
    """Anything with a title in two languages."""

    @property
    def title(self) -> str: ...

    @property
    def title_en(self) -> str: ...


def title(of: Titled) -> str:
    """The title in the language in use."""
    return (of.title_en or of.title) if language() == "en" else of.title


def called(checklist: Checklist) -> str:
    """What a sentence calls what the checklist is of: ``mô hình``."""
    return (checklist.called_en or checklist.called) if language() == "en" else checklist.called


def asked_title(part: Part, facts: Facts) -> str:
    """Title of a part; its alternative title where the facts of the dossier call for that."""
    if part.otherwise is not None and facts[part.otherwise.unless].value is False:
        return title(part.otherwise)
    return title(part)


def place_title(checklist: Checklist, place: str, facts: Facts | None = None) -> str:
    """The title of a part (``6a``), in a dossier of these ``facts``, or of a step (``16c.decision``)."""
    part, _dot, step = place.partition(".")
    found = checklist.part(part)
    if step:
        return title(next(s for s in found.steps if s.id == step))
    return title(found) if facts is None else asked_title(found, facts)


def period_words(part: Part, label: str) -> str:
    """A period in words: ``6 tháng đầu năm 2024``."""
    return _period_said(part.period, label, language())


@lru_cache(maxsize=1024)
def _period_said(kind: str, label: str, _language: str) -> str:
    year, _dash, half = label.partition("-")
    if half:
        return _("6 tháng đầu năm {year}").format(year=year)
    if kind == "evaluation-year":
        return _("năm {year} (01/11/{before}–31/10/{year})").format(year=year, before=int(year) - 1)
    return _("năm {year}").format(year=year)


def of_periods(named: str, periods: Sequence[str]) -> str:
    """A paper of these periods, in words: ``báo cáo hoạt động 6 tháng`` of ``6 tháng đầu năm 2024`` is
    ``báo cáo hoạt động 6 tháng đầu năm 2024``. What a title says of each period is not said twice."""
    if not periods:
        return named
    said, first = named.split(), periods[0].split()
    again = max((n for n in range(len(said)) if said[len(said) - n :] == first[:n]), default=0)
    kept = said[: len(said) - again]
    if again and kept[-1].lower() in _EACH:
        kept.pop()
    return _("{title} {periods}").format(title=" ".join(kept), periods=", ".join(periods))


def title_there(checklist: Checklist | None, place: Placement) -> str:
    """Title of the step, else of the part of a placement; empty if the checklist no longer has that part."""
    try:
        part = checklist.part(place.part) if checklist else None
    except KeyError:
        part = None
    if part is None:
        return ""
    return title(next((step for step in part.steps if step.id == place.step), part))


def place_in_words(checklist: Checklist | None, place: Placement) -> str:
    """A placement in words: ``mục 10a (báo cáo kết quả hoạt động 6 tháng), 6 tháng đầu năm 2024``; numbers
    only if the checklist has no such part."""
    said = _("mục {part}").format(part=place.part)
    named = title_there(checklist, place)
    period = ""
    if place.period:
        kind = checklist.part(place.part).period if checklist and named else ""
        period = _period_said(kind, place.period, language())
    return ", ".join(filter(None, (f"{said} ({inner(named)})" if named else said, period)))


def places_in_words(checklist: Checklist | None, places: Sequence[Placement]) -> str:
    """Several placements in words, or that there is none."""
    return "; ".join(place_in_words(checklist, place) for place in places) or _("không thuộc mục nào")


def part_title(checklist: Checklist, part: str) -> str:
    """Title of a part inside a sentence; its id if the checklist has no such part."""
    try:
        return inner(title(checklist.part(part)))
    except KeyError:
        return part


def inner(words: str) -> str:
    """Adapt a title for use inside a sentence: lower-case initial, without "(if any)"."""
    for ending in _IF_ANY:
        words = words.replace(ending, "")
    first, _space, rest = words.partition(" ")
    if first.isupper() or (first[1:] != first[1:].lower()) or rest[:1].isupper():
        return words
    return words[:1].lower() + words[1:]


def a_paper(named: str) -> str:
    """A title inside a sentence about whether there is such a paper; in English with its article."""
    return with_article(inner(named)) if language() == "en" else inner(named)


def the_paper(named: str) -> str:
    """A title inside a sentence about the paper of that title; in English with "the"."""
    return with_article(inner(named), one=True) if language() == "en" else inner(named)


def document_name(document: Document) -> str:
    """Name of a document: ``Quyết định số 41/QĐ-CAX ngày 08/11/2025``; else its file name."""
    header = document.header
    file = document.inner or document.path.rpartition("/")[2]
    kind = type_said(header.type) if header.type else ""
    number = header.number_symbol if header.number_symbol.split("/")[0].strip() else ""
    day = day_said(document)
    parts = [kind or _("Văn bản")]
    if number:
        parts.append(_("số {number}").format(number=number))
    if day:
        parts.append(_("ngày {day}").format(day=day) if day[:1].isdigit() else day)
    if not (number or day) or not kind:
        parts.append(_("(tệp “{file}”)").format(file=file))
    return " ".join(parts)


def in_sentence(document: Document) -> str:
    """Like :func:`document_name`, with a lower-case initial."""
    words = document_name(document)
    return words[:1].lower() + words[1:]
