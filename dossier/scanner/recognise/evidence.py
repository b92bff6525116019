"""Weigh the evidence for the fields of scanned documents: OCR, file name, digital signature, usual words.

Handwriting is sure only if all OCR passes agree. Otherwise a second, independent source that confirms one of
the candidates decides; without one, the value stays empty and the candidates are kept for a person. A source
that contradicts a sure value makes it doubtful. So are the values of a text that lacks letters, and abstracts
with words that hardly stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dossier.model import Content, FieldReading, FieldSource, Header, LogicalDocument, Reading
from dossier.scanner.recognise.lost_letters import has_holes, has_replaced, lost_letters
from dossier.scanner.recognise.names import is_impossible, lost_some, same_letters
from dossier.scanner.recognise.number import find_number, symbol_of
from dossier.scanner.recognise.periods import covered
from dossier.scanner.recognise.unlikely import is_unlikely
from dossier.vietnamese import fold

SURE = 0.9  # minimal confidence of a value that is stated
_AGREED = 0.93
_CONTRADICTED = 0.6
SPLIT = 0.7  # confidence of a signer that two of three OCR passes read, the third with other marks
_UNCONFIRMED = 0.6  # confidence of a signer in the page's text that a second OCR pass did not find
_LACKING = FieldReading(0.6, FieldSource.TEXT)  # of a field in a text that lacks letters
_UNLIKELY = FieldReading(0.6, FieldSource.OCR)  # of an abstract with a word that is probably another one
_WHOLE = 3  # syllables of a complete name
# Documents are scanned and signed on their date or soon after it.
_SOON, _AT_ONCE = timedelta(7), timedelta(1)
_MOST_CANDIDATES = 5

_SCANNED_AT = re.compile(r"_?(?:19|20)\d{6}[_-]?\d{6}")  # “…_20250510_124909”: time at which it was scanned
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{1,2})[._-](\d{1,2})[._-]((?:19|20)\d\d)(?!\d)")
_DRAFT = re.compile(r"\bdu thao\b")


def weighed(documents: Iterable[LogicalDocument], content: Content, name: str) -> tuple[LogicalDocument, ...]:
    """Return the documents of a file with number, date and signer of scanned ones weighed.

    ``name``: name of the file.
    """
    return tuple(_weighed(document, content, name) for document in documents)


def _weighed(document: LogicalDocument, content: Content, name: str) -> LogicalDocument:
    first, last = document.pages
    own = [page for page in content.pages if first <= page.number <= last and page.reading is Reading.OCR]
    # Text pages have OCR readings too, if pictures fill in their head.
    readings = next((page.fields for page in content.pages if page.number == first), {})
    own_name = document.name.rpartition("/")[2] or name
    header = document.header
    signed_on = next((page for page in reversed(own) if "signer" in page.fields), None)
    if signed_on is not None:
        header = _signer(header, replace(signed_on.fields["signer"], page=signed_on.number))
    elif own and "signer" in header.fields:
        header = _signer(header, replace(header.fields["signer"], confidence=0.0, candidates=()))
    for field in ("number_symbol", "date"):
        if (reading := readings.get(field)) and _is_unconfirmed(reading):
            header = _doubted(header, field, reading)
    if (reading := readings.get("number_symbol")) and not _is_unconfirmed(reading):
        header = _number(header, replace(reading, page=first), own_name)
    if (reading := readings.get("date")) and not _is_unconfirmed(reading):
        header = _date(header, replace(reading, page=first), own_name, _signing_date(document, content))
    text = next((page.text for page in content.pages if page.number == first and page not in own), "")
    lacking = lost_letters(text) or has_replaced(text)
    for field in header.fields:
        if lacking or has_holes(str(getattr(header, field))):
            header = _doubted(header, field, _LACKING)
    if own and own[0].number == first and is_unlikely(header.abstract, document.text):
        header = _doubted(header, "abstract", _UNLIKELY)
    if header.draft and not _DRAFT.search(fold(document.text[:800])) and _is_filled_in(header):
        header = replace(header, draft=False)
    return replace(document, header=header)


def _is_unconfirmed(reading: FieldReading) -> bool:
    """Whether the reading only says that OCR of the page image did not confirm a value of its text layer."""
    return reading.source is FieldSource.TEXT and not reading.candidates


def _doubted(header: Header, field: str, reading: FieldReading) -> Header:
    """Lower the confidence of a field to that of the reading, if that is lower."""
    own = header.fields.get(field)
    if own is None or own.confidence <= reading.confidence:
        return header
    return replace(header, fields={**header.fields, field: replace(own, confidence=reading.confidence)})


def _is_filled_in(header: Header) -> bool:
    """Whether number or date are filled in, even if illegibly."""
    return any(header.fields[name].candidates for name in ("number_symbol", "date") if name in header.fields)


def _number(header: Header, reading: FieldReading, name: str) -> Header:
    """Combine the OCR reading of the number with numbers in the file name."""
    candidates = [n.value for c in reading.candidates if (n := find_number(f"Số: {c}"))]
    symbol = symbol_of(candidates[0] if candidates else header.number_symbol)
    if header.number_symbol and symbol_of(header.number_symbol) != symbol:
        return header  # the reading belongs to the head of another document
    named = numbers_in_name(name, symbol, header.type)
    matching = [value for value in candidates if digits_of_number(value) in named]
    sure, source = reading.confidence, reading.source
    if matching and (sure < SURE or matching[0] == candidates[0]):
        value, sure = matching[0], max(sure, _AGREED)
        source = reading.source if value == candidates[0] else FieldSource.FILE_NAME
        candidates.insert(0, value)
    elif sure < SURE or not candidates:
        value, sure = symbol, min(sure, _CONTRADICTED)
        candidates += [f"{digits}{symbol}" for digits in named]
    elif source is FieldSource.HANDWRITING and named and (matching or all(len(each) > 2 for each in named)):
        value, sure = symbol, _CONTRADICTED
        candidates += [f"{digits}{symbol}" for digits in named]
    else:
        value = candidates[0]
    merged = replace(reading, confidence=sure, source=source, candidates=_first_candidates(candidates))
    return replace(header, number_symbol=value, fields={**header.fields, "number_symbol": merged})


def _date(header: Header, reading: FieldReading, name: str, signed: date | None) -> Header:
    """Combine the OCR reading of the date with dates in the file name and the day of the digital
    signature."""
    candidates = [date.fromisoformat(candidate) for candidate in reading.candidates]
    if header.date and (not candidates or header.date not in candidates):
        return header
    sure = reading.confidence
    possible = [day for day in candidates if signed is None or day <= signed]
    agreeing = [day for day in possible if day in _dates_in(name)]
    rivals = agreeing if reading.source is FieldSource.HANDWRITING else []
    if signed is not None and not agreeing:
        agreeing = [day for day in possible if signed - day <= (_SOON if day == candidates[0] else _AT_ONCE)]
    if sure >= SURE and rivals and candidates[0] not in rivals:
        value: date | None = None
        sure = _CONTRADICTED
    elif sure >= SURE and candidates and candidates[0] in possible:
        value = candidates[0]
    elif len(set(agreeing)) == 1:
        value, sure = agreeing[0], max(sure, _AGREED)
    else:
        value, sure = None, min(sure, _CONTRADICTED)
    ordered = [*([value] if value else []), *possible, *candidates]
    merged = replace(
        reading, confidence=sure, candidates=_first_candidates(day.isoformat() for day in ordered)
    )
    about = fold(header.abstract)
    return replace(
        header,
        date=value,
        partial_date="" if value else known_part(candidates) or header.partial_date,
        periods=covered(about, value) if value != header.date else header.periods,
        fields={**header.fields, "date": merged},
    )


def _signer(header: Header, reading: FieldReading) -> Header:
    """Combine the signer in the page's text with the passes over the signature block.

    Without confirmation it is doubtful, as is a name of which the page's text has more letters or marks.
    """
    page_says, best = header.signer, reading.candidates[0] if reading.candidates else ""
    whole = len(best.split()) >= _WHOLE  # a seal may hide part of a shorter name
    rivals = [name for name in reading.candidates if same_letters(name, best)]
    if best and reading.confidence >= SURE:
        value = best
        sure = _CONTRADICTED if lost_some(best, page_says) else reading.confidence
    elif whole and best == page_says and (reading.confidence >= SPLIT or not rivals):
        value, sure = best, _AGREED
    elif reading.confidence >= SPLIT or (whole and page_says and fold(best).endswith(fold(page_says))):
        value, sure = best, _CONTRADICTED
    else:
        value = page_says if len(page_says.split()) >= _WHOLE or header.signer_rank else ""
        sure = min(reading.confidence or _UNCONFIRMED, _CONTRADICTED)
    candidates = _first_candidates(filter(None, (value, *reading.candidates, page_says)))
    if not candidates:
        return header
    if is_impossible(value):
        sure = min(sure, _CONTRADICTED)  # of other peoples, whose marks OCR does not know
    merged = replace(reading, confidence=sure, candidates=candidates)
    if value == page_says != best and (own := header.fields.get("signer")):
        merged = replace(merged, page=own.page, box=own.box)
    return replace(header, signer=value, fields={**header.fields, "signer": merged})


def known_part(candidates: Sequence[date]) -> str:
    """Return the year and month, or the year, common to all candidates; otherwise an empty string."""
    for form in ("%Y-%m", "%Y"):
        parts = {day.strftime(form) for day in candidates}
        if len(parts) == 1:
            return parts.pop()
    return ""


def _signing_date(document: LogicalDocument, content: Content) -> date | None:
    """Return the date of the earliest intact digital signature."""
    days = [
        signature.at.date()
        for signature in content.signatures
        if signature.at and signature.checked and signature.intact and signature.inner == document.name
    ]
    return min(days, default=None)


def numbers_in_name(name: str, symbol: str, slug: str) -> tuple[str, ...]:
    """Return the numbers (without leading zeros) that a file name has next to the document's code or type.

    Examples: ``22 TTR.signed.pdf`` with ``/TTr-UBND``, ``QD-2336-2026.pdf``, ``Quyết định số 12.pdf``.
    """
    stem = fold(_SCANNED_AT.sub("", name.rpartition(".")[0] or name))
    codes = [fold(code) for code in re.split(r"[^\w]+", symbol) if code and not code.isdecimal()]
    codes += [code[:-2] for code in codes if code.endswith("nd") and len(code) == 4]  # UBND → UB
    words = slug.replace("-", r"[\s_-]?")
    initials = "".join(word[:1] for word in slug.split("-"))
    kinds = "|".join(filter(None, {*map(re.escape, codes), words, initials, "so"}))
    between = r"[\s._-]{0,2}"
    before = rf"(?<![a-z0-9])(?:{kinds}){between}(?:so{between})?0*(\d{{1,5}})(?![\d])"
    behind = rf"(?<![\d/.])0*(\d{{1,5}})[\s_/-]{{0,2}}(?:{kinds})(?![a-z])"
    found = [digits for form in (behind, before) for digits in re.findall(form, stem)]
    return tuple(dict.fromkeys(digits for digits in found if not re.fullmatch(r"(?:19|20)\d\d", digits)))


def _dates_in(name: str) -> set[date]:
    found = set()
    for day, month, year in _DATE_IN_NAME.findall(_SCANNED_AT.sub("", name)):
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found


def digits_of_number(number: str) -> str:
    """Return the number without symbol and leading zeros: ``7`` of ``07/QĐ-UBND``."""
    return number[: len(number) - len(symbol_of(number))].lstrip("0")


def _first_candidates(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))[:_MOST_CANDIDATES]
